//! What can be typed about preserved evidence, numbers that come later, and clocks.

use clap::{Args, Subcommand};

/// `angen preserve`
#[derive(Subcommand)]
pub(crate) enum PreserveVerb {
    /// Note the approval by the head of the agency 审批
    Approve {
        /// The dossier of the check or case
        dossier: String,
        /// The preservation, if it was registered already
        #[arg(long)]
        preservation: Option<String>,
        /// Who approved
        #[arg(long)]
        approver: String,
        /// When, in milliseconds since 1970 UTC
        #[arg(long)]
        at_ms: i64,
        /// The captured form
        #[arg(long)]
        form: String,
        /// Why the evidence may be lost or hard to get later
        #[arg(long)]
        reason: String,
    },
    /// Register the items: seven working days run from here 登记
    Register {
        /// The dossier of the check or case
        dossier: String,
        /// The preservation that was approved
        #[arg(long)]
        preservation: Option<String>,
        /// NAME=QUANTITY=PLACE or NAME=QUANTITY=PLACE=MODEL, in the order of the list
        #[arg(long, required = true)]
        item: Vec<String>,
        /// Who keeps them
        #[arg(long)]
        holder: String,
        /// Number of the notice
        #[arg(long)]
        notice_no: Option<String>,
        /// Who was told
        #[arg(long)]
        told_to: Option<String>,
        /// When, in milliseconds since 1970 UTC, if not now
        #[arg(long)]
        at_ms: Option<i64>,
    },
    /// Decide on items 处理
    Decide {
        /// The dossier of the check or case
        dossier: String,
        /// The preservation
        preservation: String,
        /// NUMBER=DECISION or NUMBER=DECISION=WORDS: return, record, test, `seize_by_bureau`,
        /// transfer
        #[arg(long, required = true)]
        item: Vec<String>,
        /// The day
        #[arg(long)]
        on: String,
    },
}

/// `angen number`
#[derive(Args)]
pub(crate) struct Number {
    /// The check's dossier
    pub(crate) dossier: String,
    /// Number of the approval
    #[arg(long)]
    pub(crate) approval_no: Option<String>,
    /// Number of the notice
    #[arg(long)]
    pub(crate) notice_no: Option<String>,
    /// Task or scan code of the platform
    #[arg(long)]
    pub(crate) platform_task: Option<String>,
    /// Version of the published item list
    #[arg(long)]
    pub(crate) item_list_version: Option<String>,
    /// Why there was no notice
    #[arg(long)]
    pub(crate) exempt: Option<String>,
    /// Why something changes that stands there already
    #[arg(long)]
    pub(crate) reason: Option<String>,
}
