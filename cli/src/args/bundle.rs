//! What can be typed about bundles.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// `angen bundle`
#[derive(Subcommand)]
pub(crate) enum BundleVerb {
    /// Export dossiers for named readers; whoever carries the file cannot read it 导出加密包
    Export(ExportBundle),
    /// Import a bundle that is for who acts, or a package 导入
    Import {
        /// The bundle or package
        file: PathBuf,
    },
    /// Show to whom a bundle goes; needs no key 查看收件人
    Show {
        /// The bundle
        file: PathBuf,
    },
}

/// `angen bundle export`
#[derive(Args)]
pub(crate) struct ExportBundle {
    /// The dossiers; all that have something without a receipt, if none is named
    pub(crate) dossiers: Vec<String>,
    /// A reader: a name, the hash of a certificate, or what `angen hub certify` wrote 收件人
    #[arg(long = "for", value_name = "READER", required = true)]
    pub(crate) readers: Vec<String>,
    /// The file, such as stick.angenb
    #[arg(long)]
    pub(crate) out: PathBuf,
    /// Which files go along
    #[arg(long, value_enum, default_value = "all")]
    pub(crate) blobs: Blobs,
    /// Who gets it, if not the readers; noted in the dossiers 交给谁
    #[arg(long)]
    pub(crate) to: Option<String>,
    /// What for; noted in the dossiers 用途
    #[arg(long)]
    pub(crate) purpose: Option<String>,
}

/// Which files go along.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Blobs {
    /// All that are here 全部
    All,
    /// Those without a receipt 尚无回执的
    Waiting,
    /// None 不带
    None,
}
