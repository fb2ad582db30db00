//! What the engine sees of the world: templates, fonts and one document. No file, no network, no
//! clock.
use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Dict, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use super::fonts::Fonts;
use crate::form::Form;

/// The templates by name: the shared frame, and one for each form.
const TEMPLATES: [(&str, &str); 8] = [
    ("frame", include_str!("../../templates/frame.typ")),
    ("inspection-notice", include_str!("../../templates/inspection-notice.typ")),
    ("site-record", include_str!("../../templates/site-record.typ")),
    ("correction-order", include_str!("../../templates/correction-order.typ")),
    ("recheck-opinion", include_str!("../../templates/recheck-opinion.typ")),
    ("interview-record", include_str!("../../templates/interview-record.typ")),
    ("filing-approval", include_str!("../../templates/filing-approval.typ")),
    ("evidence-pages", include_str!("../../templates/evidence-pages.typ")),
];

/// The templates' identities in the engine, made once: the engine never forgets one.
static IDS: LazyLock<[FileId; TEMPLATES.len()]> = LazyLock::new(|| {
    TEMPLATES.map(|(name, _)| {
        let path = VirtualPath::new(format!("{name}.typ")).expect("the names are plain words");
        FileId::new(RootedPath::new(VirtualRoot::Project, path))
    })
});

/// The parsed templates.
pub(super) struct Sources(Vec<Source>);

impl Sources {
    pub(super) fn parse() -> Self {
        let parsed = TEMPLATES.iter().zip(IDS.iter());
        Self(parsed.map(|((_, text), id)| Source::new(*id, (*text).to_owned())).collect())
    }
}

/// One document on the press.
pub(super) struct Desk<'press> {
    fonts: &'press Fonts,
    sources: &'press Sources,
    main: FileId,
    library: LazyHash<Library>,
}

impl<'press> Desk<'press> {
    pub(super) fn new(
        fonts: &'press Fonts,
        sources: &'press Sources,
        form: Form,
        inputs: Dict,
    ) -> Self {
        let at = TEMPLATES.iter().position(|(name, _)| *name == form.slug());
        let main = IDS[at.expect("each form has a template")];
        let library = LazyHash::new(Library::builder().with_inputs(inputs).build());
        Self { fonts, sources, main, library }
    }
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let source = self.sources.0.iter().find(|source| source.id() == id);
        source.cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    /// There is no today: a document says its own day.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_has_a_template() {
        for form in Form::ALL {
            assert!(TEMPLATES.iter().any(|(name, _)| *name == form.slug()), "{form:?}");
        }
    }
}
