//! Every limit of a form and of an answer, each with the reason for its number.

/// Bytes of a workbook as uploaded: the largest public XLSForms are near 2 MB, so this leaves room.
pub const WORKBOOK_BYTES_MAX: usize = 16 * 1024 * 1024;

/// Bytes of all parts of a workbook once inflated: what a phone can hold for a moment.
pub const WORKBOOK_INFLATED_BYTES_MAX: u64 = 128 * 1024 * 1024;

/// Bytes of all cells together: cells may share one long text, so this is not bounded by the file.
pub const WORKBOOK_TEXT_BYTES_MAX: usize = 32 * 1024 * 1024;

/// Parts in a workbook's zip, and sheets: Excel writes about 15 parts and a few for each sheet.
pub const WORKBOOK_PARTS_MAX: usize = 1_000;

/// Cells with text in all sheets together: ten thousand questions with a hundred columns filled.
pub const WORKBOOK_CELLS_MAX: usize = 1_000_000;

/// Strings that a workbook shares between its cells: there cannot be more than cells.
pub const WORKBOOK_STRINGS_MAX: usize = WORKBOOK_CELLS_MAX;

/// Elements of the styles: hundreds are usual, files that grew for years have ten thousand.
pub const WORKBOOK_STYLE_ELEMENTS_MAX: usize = 32_768;

/// Bytes of one value in the styles: Excel stops at 255 characters, of at most three bytes each.
pub const STYLE_ATTRIBUTE_BYTES_MAX: usize = 1_024;

/// Links between the parts: one for each part, and one for each hyperlink of a sheet.
pub const WORKBOOK_RELATIONS_MAX: usize = 100_000;

/// Bytes of one value of such a link: Excel stops at 2,079 characters for a hyperlink.
pub const RELATION_ATTRIBUTE_BYTES_MAX: usize = 8_192;

/// Characters that Excel lets into a cell; a file with more was not written by it.
pub const EXCEL_CELL_CHARS_MAX: usize = 32_767;

/// Characters in the header of a column: `constraint_message::中文 (zh)` has 27.
pub const HEADER_CHARS_MAX: usize = 100;

/// Last row that may hold text: ten thousand questions, with room for groups and choices.
pub const ROWS_MAX: u32 = 50_000;

/// Last column that may hold text: the known columns in ten languages stay under 100.
pub const COLUMNS_MAX: u32 = 200;

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
