//! Every limit of a form and of an answer, each with the reason for its number.

pub use angen_tables::limits::{
    COLUMNS_MAX, EXCEL_CELL_CHARS_MAX, RELATION_ATTRIBUTE_BYTES_MAX, ROWS_MAX,
    STYLE_ATTRIBUTE_BYTES_MAX, WORKBOOK_BYTES_MAX, WORKBOOK_CELLS_MAX, WORKBOOK_INFLATED_BYTES_MAX,
    WORKBOOK_PARTS_MAX, WORKBOOK_RELATIONS_MAX, WORKBOOK_STRINGS_MAX, WORKBOOK_STYLE_ELEMENTS_MAX,
    WORKBOOK_TEXT_BYTES_MAX,
};

/// Characters in the header of a column: `constraint_message::中文 (zh)` has 27.
pub const HEADER_CHARS_MAX: usize = 100;

/// Characters in a label, a hint or a message: about one screen of a phone.
pub const LABEL_CHARS_MAX: usize = 2_000;

/// Characters in any other cell (a legal basis, an appearance): one long line.
pub const CELL_CHARS_MAX: usize = 1_000;

/// Characters in the name of an item, a choice, a list or a form: fits a database key and a line.
pub const NAME_CHARS_MAX: usize = 64;

/// Characters in an expression: longer ones cannot be reviewed by a reader.
pub const EXPRESSION_CHARS_MAX: usize = 1_024;

/// Depth of an expression: parsing and evaluating recurse, and a phone's thread has 512 KiB of
/// stack.
pub const EXPRESSION_DEPTH_MAX: usize = 64;

/// Open brackets and signs at one point of an expression: the parser uses ten frames for each.
pub const EXPRESSION_NESTING_MAX: usize = 16;

/// Groups inside groups: deeper than this no screen can show where the officer is.
pub const GROUP_DEPTH_MAX: usize = 8;

/// Problems reported for one workbook: more than this is not read by anyone.
pub const PROBLEMS_MAX: usize = 200;

/// Names that one problem lists of those that would be right: the first ones show the pattern.
pub const NAMES_LISTED_MAX: usize = 20;

/// Characters of a problem's text: the place, what is wrong and what to do fit in a screen.
pub const PROBLEM_CHARS_MAX: usize = 2_000;

/// Bytes of a stored form: what a form at the other limits comes to, with room.
pub const STORED_BYTES_MAX: usize = 64 * 1024 * 1024;

/// Characters of a text answer, and of several choices: ten pages, more than any note of a visit.
pub const TEXT_CHARS_MAX: usize = 10_000;

/// Characters of a media reference: a digest or a file name.
pub const MEDIA_CHARS_MAX: usize = 256;

/// Digits of a number: what a 64-bit float, in which expressions calculate, keeps exactly.
pub const NUMBER_DIGITS_MAX: usize = 15;
