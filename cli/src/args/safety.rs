//! What can be typed about custody, closing, retention, holds and erasure.

use clap::{Args, Subcommand};

/// `angen custody`
#[derive(Subcommand)]
pub(crate) enum CustodyVerb {
    /// Note that something was printed, copied, opened or seen 登记流转
    Note(NoteCustody),
    /// List the events of a dossier 列出流转
    List {
        /// The dossier
        dossier: String,
    },
}

/// `angen custody note`
#[derive(Args)]
pub(crate) struct NoteCustody {
    /// The dossier
    pub(crate) dossier: String,
    /// view, export, print, copy or open
    #[arg(long)]
    pub(crate) what: String,
    /// What of it, by id; all of it, if nothing is named
    #[arg(long)]
    pub(crate) about: Vec<String>,
    /// Who gets it
    #[arg(long)]
    pub(crate) to: Option<String>,
    /// What for
    #[arg(long)]
    pub(crate) purpose: Option<String>,
}

/// `angen dossier`
#[derive(Subcommand)]
pub(crate) enum DossierVerb {
    /// Close a dossier 结案
    Close {
        /// The dossier
        dossier: String,
        /// The day, 2026-09-16
        #[arg(long)]
        on: String,
        /// How it ended
        #[arg(long)]
        reason: String,
    },
    /// Archive a closed dossier 归档
    Archive {
        /// The dossier
        dossier: String,
        /// The day, 2026-09-16
        #[arg(long)]
        on: String,
        /// Number in the archive
        #[arg(long)]
        number: Option<String>,
    },
}

/// `angen retention`
#[derive(Subcommand)]
pub(crate) enum RetentionVerb {
    /// Set the class of a dossier 设定保管期限
    Set {
        /// The dossier
        dossier: String,
        /// permanent, 30_years or 10_years
        #[arg(long)]
        class: String,
        /// Law, version and article
        #[arg(long)]
        basis: String,
    },
    /// What is kept how long, and what is due 列出到期情况
    List {
        /// As of which day, 2026-09-16; today, if none is named
        #[arg(long)]
        as_of: Option<String>,
    },
}

/// `angen hold`
#[derive(Subcommand)]
pub(crate) enum HoldVerb {
    /// Place a legal hold: nothing of the dossier is erased while it stands 保全
    Place {
        /// The dossier
        dossier: String,
        /// Why
        #[arg(long)]
        reason: String,
        /// Who ordered it
        #[arg(long)]
        by: Option<String>,
    },
    /// Lift a hold 解除保全
    Lift {
        /// The dossier
        dossier: String,
        /// The hold
        hold: String,
        /// Why
        #[arg(long)]
        reason: String,
    },
    /// List the holds of a dossier 列出保全
    List {
        /// The dossier
        dossier: String,
    },
}

/// `angen erase`
#[derive(Subcommand)]
pub(crate) enum EraseVerb {
    /// Ask for an erasure; nothing is erased yet 申请删除
    Request {
        /// The dossier
        dossier: String,
        /// OP=FIELD[,FIELD…]; blob_key of a capture stands for its file
        #[arg(required = true)]
        targets: Vec<String>,
        /// purpose_met, period_over, consent_withdrawn or unlawful
        #[arg(long)]
        basis: String,
        /// Why
        #[arg(long)]
        reason: String,
    },
    /// Approve it: another person, who may issue certificates 批准删除
    Approve {
        /// The dossier
        dossier: String,
        /// The erasure
        erasure: String,
    },
    /// Carry it out, and take the bytes out of every file 执行删除
    Run {
        /// The dossier
        dossier: String,
        /// The erasure
        erasure: String,
    },
    /// List the erasures of a dossier 列出删除
    List {
        /// The dossier
        dossier: String,
    },
    /// Take out of the files what an interrupted erasure has left 清除残留
    Scrub,
}
