//! What can be typed about documents and their numbers.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// `angen print`
#[derive(Args)]
pub(crate) struct Print {
    /// The dossier of the check or case
    pub(crate) dossier: String,
    /// inspection-notice, site-record, correction-order, recheck-opinion, filing-approval,
    /// interview-record or evidence-pages; or its Chinese title
    pub(crate) form: String,
    /// The folder for the files
    #[arg(long, required_unless_present = "dry_run")]
    pub(crate) out: Option<PathBuf>,
    /// Write the PDF
    #[arg(long)]
    pub(crate) pdf: bool,
    /// Write the DOCX
    #[arg(long)]
    pub(crate) docx: bool,
    /// Write the sheet to copy into a platform 平台录入单
    #[arg(long)]
    pub(crate) copy: bool,
    /// Only show what would stand on it and what is missing; nothing is recorded and no number is
    /// used 预览
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// What it is about, where there are several: an interview, a list of digests
    #[arg(long)]
    pub(crate) about: Option<String>,
    /// FIELD=WORDS: what no record holds, such as phone=0633-0000000
    #[arg(long)]
    pub(crate) set: Vec<String>,
    /// Fields that are left to the pen, separated by commas; `rest` for all that may be 手填
    #[arg(long, value_delimiter = ',')]
    pub(crate) by_hand: Vec<String>,
    /// The paper carries the seal already 预盖章
    #[arg(long)]
    pub(crate) presealed: bool,
    /// Further fonts for rare characters 生僻字字体
    #[arg(long)]
    pub(crate) font: Vec<PathBuf>,
}

/// `angen document`
#[derive(Subcommand)]
pub(crate) enum DocumentVerb {
    /// Name this device, as provisional numbers say it 设备号
    Device {
        /// 1 to 8 letters and digits, such as A3; says the name, if none is given
        name: Option<String>,
    },
    /// Reserve a block of numbers for a device 预留号段
    Reserve {
        /// The form, or `all` that have a number
        form: String,
        /// Abbreviation of the region or agency, such as 鲁日
        #[arg(long)]
        region: String,
        /// The field
        #[arg(long, default_value = "应急")]
        department: String,
        /// The year that is counted in
        #[arg(long)]
        year: u16,
        /// The device; this one, if none is named
        #[arg(long)]
        device: Option<String>,
        /// How many numbers
        #[arg(long, default_value_t = 20)]
        count: u32,
    },
    /// List documents and void numbers 文书登记
    List {
        /// One dossier; all, if none is named
        dossier: Option<String>,
    },
    /// Make a document or a number void 作废
    Void {
        /// The document's number or id, or a number left over
        what: String,
        /// Why
        #[arg(long)]
        reason: String,
    },
    /// Give a document its final number in place of the provisional one 暂编号换正式文号
    Settle {
        /// The document's provisional number or id
        what: String,
    },
}
