//! What can be typed about rounds of assistance.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// `angen round`
#[derive(Subcommand)]
pub(crate) enum RoundVerb {
    /// Open a round; its list of townships is frozen 开轮
    Open(OpenRound),
    /// Show coverage, who was put off, and what mentors carry 本轮进度
    Show {
        /// The round's dossier
        dossier: String,
    },
    /// Put a township off, by name 延期
    Postpone {
        /// The round's dossier
        dossier: String,
        /// Division code, 9 digits
        #[arg(long)]
        township: String,
        /// Why
        #[arg(long)]
        reason: String,
        /// The new day, 2026-10-12
        #[arg(long)]
        to: String,
    },
    /// Close a round; who was not visited stays named 结束本轮
    Close {
        /// The round's dossier
        dossier: String,
        /// The day, 2026-12-15
        #[arg(long)]
        on: String,
        /// What is to be said
        #[arg(long)]
        remark: Option<String>,
    },
}

/// `angen round open`
#[derive(Args)]
pub(crate) struct OpenRound {
    /// Number, from 1
    #[arg(long, default_value_t = 1)]
    pub(crate) number: u32,
    /// Who organises it
    #[arg(long)]
    pub(crate) organiser: String,
    /// rizhao-2021 or since-2025
    #[arg(long, default_value = "since-2025")]
    pub(crate) profile: String,
    /// CODE=NAME of a township, such as 371102110=涛雒镇
    #[arg(long)]
    pub(crate) township: Vec<String>,
    /// A text file of townships, one CODE=NAME a line
    #[arg(long)]
    pub(crate) townships: Option<PathBuf>,
    /// CODE=MENTOR: who mentors a township, by name or writer
    #[arg(long)]
    pub(crate) mentor: Vec<String>,
    /// First day, 2026-09-01
    #[arg(long)]
    pub(crate) from: String,
    /// Last day
    #[arg(long)]
    pub(crate) until: String,
    /// The dossier of the round before: its weak points come along
    #[arg(long)]
    pub(crate) before: Option<String>,
}
