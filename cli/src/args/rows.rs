//! What can be typed about rows that come in bulk.

use std::path::PathBuf;

use clap::Args;

/// `angen enterprise import` and `angen officer import`
#[derive(Args)]
pub(crate) struct ImportRows {
    /// The table, .xlsx or .csv (UTF-8 or GB 18030) 表格文件
    pub(crate) file: PathBuf,
    /// Show every row and what is wrong with it; import nothing 只预览，不导入
    #[arg(long)]
    pub(crate) preview: bool,
    /// Mend a cell, the row as Excel numbers it 更正单元格
    #[arg(long = "set", value_name = "ROW:COLUMN=VALUE")]
    pub(crate) corrections: Vec<String>,
    /// Rows to leave out, separated by commas 跳过的行
    #[arg(long, value_delimiter = ',', value_name = "ROW")]
    pub(crate) skip: Vec<u32>,
    /// The sheet; the first with a header, if none is named 工作表
    #[arg(long)]
    pub(crate) sheet: Option<String>,
    /// Why rows change what is stored already 变更原因
    #[arg(long, value_name = "REASON")]
    pub(crate) update: Option<String>,
}

/// `angen enterprise find`
#[derive(Args)]
pub(crate) struct FindEnterprises {
    /// Parts of the name, pinyin or its initials, or the start of the credit code 关键词
    #[arg(required = true)]
    pub(crate) words: Vec<String>,
    /// How many at most
    #[arg(long, default_value_t = 20)]
    pub(crate) limit: usize,
    /// Where the page before has ended
    #[arg(long)]
    pub(crate) after: Option<i64>,
}
