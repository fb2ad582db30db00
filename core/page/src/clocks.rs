//! What the page shows of the clocks: every period that a step started, as of the export.

use angen_core::procedure::{Clock, ClockKind, ClockState};

use crate::book::Book;

/// A clock.
pub(crate) struct ClockView {
    pub(crate) what: String,
    pub(crate) title: String,
    pub(crate) rule: &'static str,
    pub(crate) start: String,
    pub(crate) end: String,
    pub(crate) stands: String,
    pub(crate) is_bad: bool,
    pub(crate) reasoning: String,
    pub(crate) source: &'static str,
}

/// The clocks of everything in the package, as of the moment of its export.
pub(crate) fn clocks(book: &Book<'_>) -> Vec<ClockView> {
    let as_of_ms = book.opened.verdict.contents.created_ms;
    let held = angen_core::procedure::clocks(&book.source(), None, as_of_ms);
    let held = held.expect("a package in memory does not fail");
    held.iter().map(|clock| view(book, clock)).collect()
}

fn view(book: &Book<'_>, clock: &Clock) -> ClockView {
    let say = book.say;
    let rule = clock.kind.rule();
    let how = match clock.kind {
        ClockKind::Correction => say.t("复查确认于", "found by the re-check on"),
        _ => say.t("办理于", "done on"),
    };
    let met = clock.met.map(|(_, on)| format!("{how} {on}"));
    ClockView {
        what: clock.kind.label(say.0).to_owned(),
        title: clock.title.clone(),
        rule: rule.rule,
        start: clock.start.to_string(),
        end: clock.end.to_string(),
        stands: met.unwrap_or_else(|| clock.say(say.0)),
        is_bad: clock.kind != ClockKind::Correction
            && matches!(clock.state, ClockState::Over | ClockState::MetLate),
        reasoning: clock.reasoning(say.0),
        // The names of laws are Chinese; an English page names the rule alone.
        source: say.t(rule.source, ""),
    }
}
