//! What can be typed about a case and its papers.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// `angen case`
#[derive(Subcommand)]
pub(crate) enum CaseVerb {
    /// Propose a case on a finding of a check 提请立案
    Propose {
        /// The check's dossier
        check: String,
        /// The finding
        #[arg(long)]
        finding: String,
        /// What it is about, as it stands on every paper 案由
        #[arg(long)]
        cause: String,
        /// check, complaint, transfer or upper
        #[arg(long, default_value = "check")]
        source: String,
        /// The assistance visit that guides it, when it is none of the check's own
        #[arg(long)]
        visit: Option<String>,
    },
    /// Open a practice case at the site of a check; it enters no statistics 演练案件
    Practise {
        /// The check's dossier
        check: String,
        /// What is pretended
        #[arg(long)]
        cause: String,
    },
    /// Say that an assistance visit guides a case 帮扶指导
    Guide {
        /// The case's dossier
        dossier: String,
        /// The assistance visit's dossier
        #[arg(long)]
        visit: String,
    },
    /// Note what came of a case: statistics, nothing counts by it 后续成效
    Outcome {
        /// The case's dossier
        dossier: String,
        /// decided, paid or closed
        #[arg(long)]
        step: String,
        /// The day, 2026-11-02
        #[arg(long)]
        on: String,
        /// The amount in yuan, such as 12000 or 12000.50
        #[arg(long)]
        yuan: Option<String>,
        /// Number of the decision or of the receipt
        #[arg(long)]
        number: Option<String>,
        /// The captured paper
        #[arg(long)]
        evidence: Option<String>,
    },
    /// Note the decision on filing, shown by the signed form 立案审批
    Decide(DecideFiling),
    /// Record an interview 询问笔录
    Interview(Interview),
    /// List the digests of what was captured, for the party to sign 证据哈希清单
    Hashes {
        /// The dossier of a check or case
        dossier: String,
    },
    /// Note the party's signature on an interview, a list of digests or a printed document 签字或拒签
    Signed {
        /// The dossier
        dossier: String,
        /// The interview, the list, or the document as it was printed
        paper: String,
        /// Who signed
        #[arg(long, required_unless_present = "refused", conflicts_with = "refused")]
        signer: Option<String>,
        /// Why it was refused
        #[arg(long)]
        refused: Option<String>,
        /// The captured pages, in order
        #[arg(long, required = true)]
        page: Vec<String>,
    },
    /// Note that a copy was checked with its original 核对无误
    Copy {
        /// The dossier
        dossier: String,
        /// The evidence
        evidence: String,
        /// Who keeps the original
        #[arg(long)]
        keeper: String,
        /// The copy bears the keeper's stamp
        #[arg(long)]
        stamped: bool,
    },
    /// Make the index of evidence 证据目录
    Index {
        /// The case's dossier
        dossier: String,
        /// EVIDENCE=WORDS: what a piece proves
        #[arg(long)]
        proves: Vec<String>,
    },
    /// Conclude the investigation 调查终结
    Conclude {
        /// The case's dossier
        dossier: String,
        /// The facts that were found
        #[arg(long)]
        facts: String,
        /// `no_violation`, `no_penalty`, transfer or penalty
        #[arg(long)]
        opinion: String,
        /// Law, version and article
        #[arg(long)]
        basis: String,
    },
}

/// `angen case decide`
#[derive(Args)]
pub(crate) struct DecideFiling {
    /// The case's dossier
    pub(crate) dossier: String,
    /// Filed, under this number 立案
    #[arg(long, required_unless_present = "not_filed", conflicts_with = "not_filed")]
    pub(crate) filed: Option<String>,
    /// Not filed, and why 不予立案
    #[arg(long)]
    pub(crate) not_filed: Option<String>,
    /// Who decided
    #[arg(long)]
    pub(crate) approver: String,
    /// Post of who decided
    #[arg(long)]
    pub(crate) post: String,
    /// The day of the decision, 2026-09-16
    #[arg(long)]
    pub(crate) on: String,
    /// The captured form
    #[arg(long)]
    pub(crate) evidence: String,
}

/// `angen case interview`
#[derive(Args)]
pub(crate) struct Interview {
    /// The dossier of the case or check
    pub(crate) dossier: String,
    /// Who was asked
    #[arg(long)]
    pub(crate) person: String,
    /// Post at the enterprise
    #[arg(long)]
    pub(crate) post: String,
    /// Employer
    #[arg(long)]
    pub(crate) employer: Option<String>,
    /// Number of the identity card
    #[arg(long)]
    pub(crate) id_no: Option<String>,
    /// Telephone
    #[arg(long)]
    pub(crate) phone: Option<String>,
    /// Home address
    #[arg(long)]
    pub(crate) address: Option<String>,
    /// Where
    #[arg(long)]
    pub(crate) place: String,
    /// Began, in milliseconds since 1970 UTC
    #[arg(long)]
    pub(crate) from_ms: i64,
    /// Ended, in milliseconds since 1970 UTC
    #[arg(long)]
    pub(crate) to_ms: i64,
    /// The how-manieth with this person
    #[arg(long, default_value_t = 1)]
    pub(crate) number: i64,
    /// Rights and duties were told
    #[arg(long)]
    pub(crate) rights_told: bool,
    /// What the person answered to that
    #[arg(long)]
    pub(crate) rights_answer: Option<String>,
    /// A text file, lines that begin with 问： and 答： (or Q: and A:)
    #[arg(long)]
    pub(crate) questions: PathBuf,
}
