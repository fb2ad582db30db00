//! Every limit of a table, each with the reason for its number.

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

/// Last row that may hold text: ten thousand questions, with room for groups and choices.
pub const ROWS_MAX: u32 = 50_000;

/// Last column that may hold text: the known columns in ten languages stay under 100.
pub const COLUMNS_MAX: u32 = 200;

/// Bytes of a .csv: text of the same table is smaller than this, and larger files are no ledger.
pub const CSV_BYTES_MAX: usize = WORKBOOK_BYTES_MAX;
