//! What can be typed about a check and what is recorded in it.

use std::path::PathBuf;

use clap::Args;

/// `angen check`
#[derive(Args)]
pub(crate) struct PlanCheck {
    /// The enterprise, by name, credit code or id
    #[arg(long)]
    pub(crate) enterprise: String,
    /// Checklists, by list id (mw, ls, hc, fe, gm) or id
    #[arg(long, value_delimiter = ',', required = true)]
    pub(crate) checklist: Vec<String>,
    /// plan, complaint, special or assistance
    #[arg(long, default_value = "plan")]
    pub(crate) basis: String,
    /// Number of the approval
    #[arg(long)]
    pub(crate) approval_no: Option<String>,
    /// Number of the notice
    #[arg(long)]
    pub(crate) notice_no: Option<String>,
    /// The assistance visit's dossier
    #[arg(long)]
    pub(crate) visit: Option<String>,
}

/// `angen answer`
#[derive(Args)]
pub(crate) struct Answer {
    /// The check's dossier
    pub(crate) dossier: String,
    /// The checklist, by list id or id
    #[arg(long)]
    pub(crate) checklist: String,
    /// ITEM=VALUE, as many as were answered
    #[arg(required = true)]
    pub(crate) answers: Vec<String>,
    /// Why answers change
    #[arg(long)]
    pub(crate) reason: Option<String>,
}

/// `angen find`
#[derive(Args)]
pub(crate) struct Find {
    /// The check's dossier
    pub(crate) dossier: String,
    /// What is wrong, in a sentence
    #[arg(long, required_unless_present = "from")]
    pub(crate) title: Option<String>,
    /// The item that it comes from
    #[arg(long)]
    pub(crate) item: Option<String>,
    /// The checklist whose item says title, law, authority and penalty 按检查表预填
    #[arg(long, requires = "item")]
    pub(crate) from: Option<String>,
    /// Law, version and article
    #[arg(long)]
    pub(crate) basis: Option<String>,
    /// EM, FR, MS or EE; EM when nothing says otherwise
    #[arg(long)]
    pub(crate) authority: Option<String>,
    /// Code of the penalty table
    #[arg(long)]
    pub(crate) penalty: Option<String>,
    /// The major-hazard criterion
    #[arg(long)]
    pub(crate) major_hazard: Option<String>,
    /// on_the_spot, order or case
    #[arg(long, default_value = "order")]
    pub(crate) consequence: String,
    /// CODE=WORDS: subject, location, act, observed, consequence
    #[arg(long)]
    pub(crate) element: Vec<String>,
}

/// `angen correct`
#[derive(Args)]
pub(crate) struct Correct {
    /// The check's dossier
    pub(crate) dossier: String,
    /// The finding
    pub(crate) finding: String,
    /// Better words
    #[arg(long)]
    pub(crate) title: Option<String>,
    /// Law, version and article
    #[arg(long)]
    pub(crate) basis: Option<String>,
    /// on_the_spot, order or case
    #[arg(long)]
    pub(crate) consequence: Option<String>,
    /// CODE=WORDS, every element that can be told now
    #[arg(long)]
    pub(crate) element: Vec<String>,
    /// Why
    #[arg(long)]
    pub(crate) reason: String,
}

/// `angen capture`
#[derive(Args)]
pub(crate) struct Capture {
    /// The file
    pub(crate) file: PathBuf,
    /// The dossier
    #[arg(long)]
    pub(crate) dossier: String,
    /// The finding, training or record that it shows
    #[arg(long)]
    pub(crate) about: Option<String>,
    /// documentary, physical, audio_visual, electronic, testimony, party_statement,
    /// expert_opinion, scene_record
    #[arg(long, default_value = "audio_visual")]
    pub(crate) kind: String,
    /// own_camera, body_camera, cctv_copy, from_party, colleague_phone, scan, instrument, imported
    #[arg(long, default_value = "imported")]
    pub(crate) source: String,
    /// The device's serial, or who copied it
    #[arg(long)]
    pub(crate) source_note: Option<String>,
    /// What one sees or hears
    #[arg(long)]
    pub(crate) caption: String,
    /// How it was made
    #[arg(long)]
    pub(crate) method: Option<String>,
    /// What it is to prove
    #[arg(long)]
    pub(crate) proves: Option<String>,
    /// courseware, sign_in_sheet, signed_page, subject_papers, interview, hash_list, refusal_note
    #[arg(long)]
    pub(crate) purpose: Option<String>,
    /// LATITUDE,LONGITUDE in degrees, WGS-84
    #[arg(long, allow_hyphen_values = true)]
    pub(crate) place: Option<String>,
    /// The evidence that it was made from
    #[arg(long)]
    pub(crate) derived_from: Option<String>,
}

/// `angen sign`
#[derive(Args)]
pub(crate) struct Sign {
    /// The check's dossier
    pub(crate) dossier: String,
    /// Who signed
    #[arg(long, requires_all = ["post", "evidence"], conflicts_with = "refused")]
    pub(crate) signer: Option<String>,
    /// The post
    #[arg(long)]
    pub(crate) post: Option<String>,
    /// The captured page (or the video of the refusal)
    #[arg(long)]
    pub(crate) evidence: Option<String>,
    /// Why the party refused to sign
    #[arg(long, required_unless_present = "signer")]
    pub(crate) refused: Option<String>,
}
