//! Which names a form may use, and what full-width characters look like.

use crate::limits::NAME_CHARS_MAX;
use crate::problem::{Code, Fault};

/// The half-width form of a full-width character (全角), or of a quotation mark that Excel curls.
pub(crate) fn half_width(c: char) -> Option<char> {
    match c {
        // U+FF01 to U+FF5E repeat ASCII 0x21 to 0x7E in the same order.
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFF01 + 0x21),
        '\u{3000}' => Some(' '),
        '。' => Some('.'),
        '、' => Some(','),
        '‘' | '’' => Some('\''),
        '“' | '”' => Some('"'),
        '−' | '—' => Some('-'),
        _ => None,
    }
}

/// The text with every full-width character replaced; `None` when there is none.
pub(crate) fn half_width_text(text: &str) -> Option<String> {
    text.chars()
        .any(|c| half_width(c).is_some())
        .then(|| text.chars().map(|c| half_width(c).unwrap_or(c)).collect())
}

/// Says that a text has full-width characters, and shows the half-width one.
pub(crate) fn refuse_full_width(text: &str) -> Result<(), Fault> {
    let Some(half) = half_width_text(text) else { return Ok(()) };
    Err(Fault::new(
        Code::FullWidth,
        format!("“{text}”含有全角字符。请改用半角：{half}"),
        format!("{text:?} has full-width characters; write them half-width: {half}"),
    ))
}

fn refuse_long(name: &str) -> Result<(), Fault> {
    let count = name.chars().count();
    if count <= NAME_CHARS_MAX {
        return Ok(());
    }
    Err(Fault::new(
        Code::TooLong,
        format!("名称有 {count} 个字符，上限为 {NAME_CHARS_MAX}。请缩短"),
        format!("the name has {count} characters, at most {NAME_CHARS_MAX} fit; shorten it"),
    ))
}

/// The name of an item: a letter or underscore, then letters, digits, underscores, hyphens, all
/// ASCII,
/// since it is an XML element name for ODK tools and a key for ours.
pub(crate) fn check_item_name(name: &str) -> Result<(), Fault> {
    if name.is_empty() {
        return Err(Fault::new(
            Code::MissingValue,
            "没有名称。请在 name 列填写，每个条目一个，不能重复",
            "there is no name; fill the name column, a different one for each item",
        ));
    }
    refuse_full_width(name)?;
    refuse_long(name)?;
    let starts = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if starts && name.chars().all(fits) {
        return Ok(());
    }
    Err(Fault::new(
        Code::BadName,
        format!("“{name}”不能作名称。以英文字母或下划线开头，其后只用英文字母、数字、_ 和 -"),
        format!(
            "{name:?} cannot be a name; start with a letter or underscore, then use letters, digits, _ and -"
        ),
    ))
}

/// The name of a choice or of a list: letters of any script, digits, `_`, `-`, `.`; no spaces,
/// since
/// several chosen names are written with spaces between them.
pub(crate) fn check_choice_name(name: &str) -> Result<(), Fault> {
    refuse_full_width(name)?;
    refuse_long(name)?;
    if !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "_-.".contains(c)) {
        return Ok(());
    }
    Err(Fault::new(
        Code::BadName,
        format!("“{name}”不能作选项或列表名称。只用文字、数字、_、- 和 .，不要空格"),
        format!(
            "{name:?} cannot name a choice or a list; use letters, digits, _, - and . without spaces"
        ),
    ))
}

/// A form's identifier or version: printable ASCII without spaces.
pub(crate) fn check_identifier(text: &str) -> Result<(), Fault> {
    refuse_full_width(text)?;
    refuse_long(text)?;
    if !text.is_empty() && text.chars().all(|c| c.is_ascii_graphic()) {
        return Ok(());
    }
    Err(Fault::new(
        Code::BadName,
        format!("“{text}”不能作编号或版本。只用英文字母、数字和半角符号，不要空格"),
        format!(
            "{text:?} cannot be an identifier or version; use letters, digits and signs without spaces"
        ),
    ))
}
