//! What can be typed about comments, skills and their release.

use clap::Subcommand;

/// `angen teach`
#[derive(Subcommand)]
pub(crate) enum TeachVerb {
    /// Comment on an answer, a photo, a draft; by a mentor of the visit 写意见
    Comment {
        /// The assistance visit's dossier
        visit: String,
        /// The dossier of what it is about
        #[arg(long)]
        of: String,
        /// What it is about in it
        #[arg(long)]
        about: String,
        /// What is said
        text: String,
    },
    /// Answer a released comment; by an officer 答复意见
    Answer {
        /// The assistance visit's dossier
        visit: String,
        /// The comment
        comment: String,
        /// Adopted 采纳
        #[arg(long, required_unless_present = "because", conflicts_with = "because")]
        adopted: bool,
        /// Not adopted, and why 不采纳及理由
        #[arg(long)]
        because: Option<String>,
    },
    /// Mark an officer's skill; by a mentor of the visit 记技能
    Skill {
        /// The assistance visit's dossier
        visit: String,
        /// The officer, by name or writer
        #[arg(id = "skilled", long = "officer", value_name = "NAME")]
        officer: String,
        /// An agenda tag, such as evidence
        #[arg(long)]
        skill: String,
        /// shown, helped or alone
        #[arg(long)]
        level: String,
        /// The day, 2026-09-15
        #[arg(long)]
        on: String,
    },
    /// Release comments and marks to the township; all that are not yet, if none is named 开放
    Release {
        /// The assistance visit's dossier
        visit: String,
        /// Comments and marks
        items: Vec<String>,
    },
    /// Show what the one who acts may read 查看
    Show {
        /// The assistance visit's dossier
        visit: String,
    },
}
