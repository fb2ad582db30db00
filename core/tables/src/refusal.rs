//! Why a file was not read at all, and what to do about it.

/// What kind of refusal it is, for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The bytes are no .xlsx workbook and no table of text, or the file is damaged.
    NotATable,
    /// The file, or what is inside of it, is larger than a named limit.
    TooLarge,
}

/// A file that was not read: what is wrong and what to do, in both languages.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{en}")]
pub struct Refusal {
    /// The kind.
    pub reason: Reason,
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Refusal {
    pub(crate) fn new(reason: Reason, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { reason, zh: zh.into(), en: en.into() }
    }
}

pub(crate) fn damaged(why: &str) -> Refusal {
    Refusal::new(
        Reason::NotATable,
        format!(
            "不是 Excel 工作簿（.xlsx），或文件已损坏（{why}）。请用 Excel 或 WPS 重新另存为 .xlsx"
        ),
        format!("not an Excel workbook (.xlsx), or damaged ({why}); save it again as .xlsx"),
    )
}

pub(crate) fn too_large(what: String) -> Refusal {
    Refusal::new(
        Reason::TooLarge,
        format!("工作簿太大（{what}）。请删去图片、空行和无关的内容，或拆成几个工作簿"),
        format!(
            "the workbook is too large ({what}); remove pictures, empty rows and other content, or split it"
        ),
    )
}
