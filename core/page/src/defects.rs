//! What a reviewer of the file would look at: defects that comparing its ops finds.

use angen_core::procedure::{MediaLook, defects};

use crate::book::Book;

/// A defect.
pub(crate) struct DefectView {
    /// The check or case, as people call it.
    pub(crate) title: String,
    /// What does not fit.
    pub(crate) words: String,
    /// The law behind it.
    pub(crate) law: &'static str,
    /// Short hashes of the ops that it rests on, as the timeline shows them.
    pub(crate) ops: String,
}

/// Hashes shown for one defect; the command line lists them all.
const OPS_SHOWN_MAX: usize = 4;

/// The defects of everything in the package, as of its newest op: a page says the same whenever
/// it is made.
pub(crate) fn defects_of(book: &Book<'_>) -> Vec<DefectView> {
    let as_of_ms = book.ops.iter().map(|op| op.header.wall_ms).max().unwrap_or_default();
    // A blob that is not the recorded one breaks a rule of the verdict, which says so itself.
    let found = defects(&book.source(), None, &MediaLook::default(), as_of_ms)
        .expect("a package in memory does not fail");
    let view = |defect: angen_core::procedure::Defect| {
        let shown: Vec<String> =
            defect.ops.iter().take(OPS_SHOWN_MAX).map(|op| op.short().to_string()).collect();
        let rest = if defect.ops.len() > OPS_SHOWN_MAX { " …" } else { "" };
        DefectView {
            words: defect.say(book.say.0),
            law: defect.code.law(book.say.0),
            ops: format!("{}{rest}", shown.join(" ")),
            title: defect.title,
        }
    };
    found.into_iter().map(view).collect()
}
