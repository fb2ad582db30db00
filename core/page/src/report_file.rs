//! The one-page report of a visit, in the form that a file's name asks for.

use std::path::Path;

use angen_core::error::{Error, Result};
use angen_core::procedure::Report;
use angen_ledger::verify::Lang;

use crate::{render_report, report_markdown};

/// The content of a file of this name: HTML that prints on one A4 page, or Markdown, as its ending
/// says.
///
/// # Errors
/// `Invalid` for a name with another ending.
pub fn report_for_file(report: &Report, lang: Lang, name: &Path) -> Result<String> {
    match name.extension().and_then(|extension| extension.to_str()) {
        Some("html") => Ok(render_report(report, lang)),
        Some("md") => Ok(report_markdown(report, lang)),
        _ => Err(Error::invalid(
            "to",
            "文件名要以 .html 或 .md 结尾",
            "the file's name ends in .html or .md",
        )),
    }
}
