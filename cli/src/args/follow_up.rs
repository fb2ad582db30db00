//! What can be typed about what follows a finding: measures, orders, re-checks, hand-over.

use clap::{Args, Subcommand};

/// `angen measure`
#[derive(Subcommand)]
pub(crate) enum MeasureVerb {
    /// Take a measure at once 采取措施
    Take {
        /// The check's dossier
        dossier: String,
        /// `correct_at_once`, `remove_at_once`, evacuate, `stop_work`, `stop_equipment`,
        /// `stop_operation`; `seal_or_seize` and `cut_supply` only as proposed to the bureau
        #[arg(long)]
        kind: String,
        /// A finding that it is about; as many as there are
        #[arg(long)]
        finding: Vec<String>,
        /// Law, version and article, if not the usual ones
        #[arg(long)]
        basis: Option<String>,
        /// What exactly is to be done
        #[arg(long)]
        words: Option<String>,
        /// Captured evidence that shows it
        #[arg(long)]
        evidence: Vec<String>,
        /// Who of the unit was told
        #[arg(long)]
        told_to: Option<String>,
    },
    /// Measures and preservations of a check or a case, and how they stand 措施清单
    List {
        /// The dossier of the check or case
        dossier: String,
    },
    /// Lift a measure, once it was checked 解除措施
    Lift {
        /// The check's dossier
        dossier: String,
        /// The measure
        measure: String,
        /// How it was checked that the danger is gone
        #[arg(long)]
        how: String,
        /// Captured evidence that shows it
        #[arg(long)]
        evidence: Vec<String>,
    },
}

/// `angen order`
#[derive(Subcommand)]
pub(crate) enum OrderVerb {
    /// Order a correction 责令限期整改
    Issue(IssueOrder),
    /// Note an application for a longer deadline, or its answer 延期整改
    Extend(ExtendOrder),
    /// Orders of a check with their deadlines and re-checks 责令和复查
    List {
        /// The check's dossier
        dossier: String,
    },
}

/// `angen order issue`
#[derive(Args)]
pub(crate) struct IssueOrder {
    /// The check's dossier
    pub(crate) dossier: String,
    /// FINDING=DEADLINE: `at_once` or a day, in the order of the paper
    #[arg(long, required = true)]
    pub(crate) item: Vec<String>,
    /// Law, version and article, if not the usual ones
    #[arg(long)]
    pub(crate) basis: Option<String>,
    /// Number of the paper, if it has one yet
    #[arg(long)]
    pub(crate) number: Option<String>,
    /// The day of the order, if not today
    #[arg(long)]
    pub(crate) on: Option<String>,
    /// Who of the unit was told
    #[arg(long)]
    pub(crate) told_to: Option<String>,
}

/// `angen order extend`
#[derive(Args)]
pub(crate) struct ExtendOrder {
    /// The check's dossier
    pub(crate) dossier: String,
    /// The order
    pub(crate) order: String,
    /// The finding whose deadline it is about
    #[arg(long)]
    pub(crate) finding: String,
    /// The day of the application
    #[arg(long)]
    pub(crate) asked_on: String,
    /// Why the unit asks
    #[arg(long)]
    pub(crate) reason: String,
    /// Granted, with this new last day
    #[arg(long, conflicts_with = "refused")]
    pub(crate) granted_to: Option<String>,
    /// Refused
    #[arg(long)]
    pub(crate) refused: bool,
    /// The day of the answer, if not today
    #[arg(long)]
    pub(crate) answered_on: Option<String>,
}

/// `angen recheck`
#[derive(Args)]
pub(crate) struct Recheck {
    /// The check's dossier
    pub(crate) dossier: String,
    /// The order
    pub(crate) order: String,
    /// FINDING=OUTCOME=WORDS: corrected, partly or `not_corrected`, and what was found now
    #[arg(long, required = true)]
    pub(crate) item: Vec<String>,
    /// FINDING=EVIDENCE: captured evidence that shows it
    #[arg(long)]
    pub(crate) evidence: Vec<String>,
    /// The day of the re-check
    #[arg(long)]
    pub(crate) on: String,
}

/// `angen transfer`
#[derive(Args)]
pub(crate) struct Transfer {
    /// The check's dossier
    pub(crate) dossier: String,
    /// The finding
    pub(crate) finding: String,
    /// FR fire, MS market supervision, EE ecology
    #[arg(long)]
    pub(crate) to: String,
    /// The day
    #[arg(long)]
    pub(crate) on: String,
    /// Number of the letter
    #[arg(long)]
    pub(crate) letter_no: Option<String>,
    /// The captured letter, or its receipt
    #[arg(long)]
    pub(crate) letter: Option<String>,
}
