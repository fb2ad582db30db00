//! Opens a package for a stranger: the originals, and one offline page that a judge can read.
//!
//! [`open_package`] verifies a package in one pass, hands its originals to a sink, and keeps what
//! the page needs; [`render`] makes the page: one file, no script, nothing fetched from anywhere.
//! A package that does not verify gives a page that says why, and nothing of its content.
//!
//! ```
//! # use angen_page::{OriginalSink, open_package, render};
//! # use angen_ledger::{hash::Hash, verify::Lang};
//! # struct Nowhere;
//! # impl OriginalSink for Nowhere {
//! #     fn begin(&mut self, _: Hash, _: &str) -> std::io::Result<()> { Ok(()) }
//! #     fn part(&mut self, _: &[u8]) -> std::io::Result<()> { Ok(()) }
//! #     fn end(&mut self, _: bool) -> std::io::Result<()> { Ok(()) }
//! #     fn finish(&mut self, _: bool) -> std::io::Result<()> { Ok(()) }
//! # }
//! let opened = open_package(b"no package".as_slice(), None, &mut Nowhere)?;
//! assert!(render(&opened, Lang::En).contains("CANNOT BE READ"));
//! # Ok::<(), angen_page::OpenError>(())
//! ```
//!
//! How to walk it: `open` verifies and gathers, `book` looks things up, `view` says what the page
//! shows, with a module for each part of it (`people`, `training`, `check`, `follow_up`,
//! `preserved`, `clocks`, `answers`, `media`, `change`, `timeline`, `defects`, `verdict`,
//! `counts`), and `templates/` says how. `verdict_words` has the verdict for a terminal or a
//! phone, `table` the findings as rows. What it leaves out: judging. It shows what was signed, the
//! verdict on it, and where the records do not fit together. What was written behind a cut is
//! named in the verdict and counts in nothing else.

mod answers;
mod book;
mod case;
mod change;
mod check;
mod clocks;
mod counts;
mod defects;
mod file_name;
mod follow_up;
mod media;
mod open;
mod order;
mod people;
mod preserved;
mod report;
mod report_file;
mod sentence;
mod show;
mod standing;
mod table;
mod terms;
mod timeline;
mod training;
mod verdict;
mod verdict_words;
mod view;
mod words;

use angen_ledger::verify::Lang;
use askama::Template as _;

pub use counts::counts_in_words;
pub use open::{ORIGINALS_FOLDER, OpenError, Opened, Original, OriginalSink, open_package};
pub use report_file::report_for_file;
pub use table::PackageFinding;
pub use verdict::receipts_in_words;
pub use verdict_words::{
    headline_in_words, held_in_words, item_in_words, proved_in_words, verdict_in_words,
};
pub use words::{field_words, value_words};

/// What a kind of op does, in words: the kind itself when this build does not know it.
#[must_use]
pub fn kind_words(kind: &str, lang: Lang) -> String {
    terms::Say(lang).kind(kind)
}

/// The one-page report of a visit, as an HTML document that prints on one A4 page.
///
/// # Panics
/// Never: the template writes to memory.
#[must_use]
pub fn render_report(report: &angen_core::procedure::Report, lang: Lang) -> String {
    report::ReportPage::new(report, lang).render().expect("a template writes to memory")
}

/// The one-page report of a visit, as Markdown.
#[must_use]
pub fn report_markdown(report: &angen_core::procedure::Report, lang: Lang) -> String {
    report::ReportView::new(report, lang).to_markdown()
}

/// The page, as one HTML document.
///
/// # Panics
/// Never: the template writes to memory.
#[must_use]
pub fn render(opened: &Opened, lang: Lang) -> String {
    view::Page::new(opened, lang).render().expect("a template writes to memory")
}
