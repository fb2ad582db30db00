//! What can be typed about conflicts.

use clap::{Args, Subcommand};

/// `angen conflict`
#[derive(Subcommand)]
pub(crate) enum ConflictVerb {
    /// Decide which of the statements holds, with a reason; the others stay in the log 裁定
    Decide(DecideConflict),
}

/// `angen conflict decide`
#[derive(Args)]
pub(crate) struct DecideConflict {
    /// The dossier
    pub(crate) dossier: String,
    /// The op that is to hold, as `angen conflicts` shows it: its hash, or eight digits of it or
    /// more
    pub(crate) op: String,
    /// Why
    #[arg(long)]
    pub(crate) reason: String,
}
