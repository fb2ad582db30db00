//! What can be typed about revoking, adopting, new phones and new keys.

use clap::{Args, Subcommand};

use crate::args::place::Way;

/// On what terms a writer is certified.
#[derive(Args)]
pub(crate) struct TermsTyped {
    /// Last day of the writer's certificate, such as 2026-12-31; open, if none is given 证书有效期至
    #[arg(long)]
    pub(crate) until: Option<String>,
    /// Division code below the township's, for who works in a part of it 限定区域
    #[arg(long)]
    pub(crate) area: Option<String>,
    /// Dossiers that a hub gives to the holder, beside the standing ones; all, if none is
    /// named 限定卷宗
    #[arg(long)]
    pub(crate) dossier: Vec<String>,
}

/// `angen enrol`
#[derive(Subcommand)]
pub(crate) enum EnrolVerb {
    /// On a new phone: make keys, and show the text for the administrator 申请
    Ask,
    /// On a new phone: discard the question that was left lying, so that somebody else can ask
    /// 丢弃申请
    Discard {
        /// Do it: its keys are destroyed; without it, the question is only shown
        #[arg(long)]
        confirm: bool,
    },
    /// On the administrator's device: certify the phone that shows a text 应答
    Answer(Box<AnswerEnrol>),
    /// On the new phone: compare the root, then join 接受
    Accept {
        /// What the administrator's device shows
        text: String,
        /// The root's fingerprint, compared with the administrator by another way; without it
        /// nothing is done, and what to compare is shown 根证书指纹
        #[arg(long)]
        root: Option<String>,
    },
    /// On the administrator's device: show what lets new phones ask over a hub 邀请
    Invite {
        /// The hub, such as https://hub.example:8371
        #[arg(long)]
        with: String,
        #[command(flatten)]
        way: Way,
    },
    /// On the administrator's device: list the new phones that ask over a hub 待办申请
    Waiting {
        /// The hub, such as https://hub.example:8371
        #[arg(long)]
        with: String,
        #[command(flatten)]
        way: Way,
    },
    /// On a new phone: ask over the hub of an invitation; again, once it is answered, to join
    /// 线上入网
    Join {
        /// What the administrator's device shows
        invitation: String,
        #[command(flatten)]
        way: Way,
    },
}

/// A phone that asks over a hub.
#[derive(Args)]
pub(crate) struct OverHub {
    /// The words that the new phone shows, as its holder reads them out 核对词
    #[arg(long, requires = "with")]
    pub(crate) code: Option<String>,
    /// The hub over which it asks
    #[arg(long, requires = "code")]
    pub(crate) with: Option<String>,
    #[command(flatten)]
    pub(crate) way: Way,
}

/// `angen enrol answer`
#[derive(Args)]
pub(crate) struct AnswerEnrol {
    /// What the new phone shows, without a network
    #[arg(required_unless_present = "code", conflicts_with = "code")]
    pub(crate) text: Option<String>,
    /// The person's name
    #[arg(long, required_unless_present = "same_as")]
    pub(crate) name: Option<String>,
    /// enforcer, mentor or assistant
    #[arg(long, default_value = "enforcer")]
    pub(crate) role: String,
    /// The body
    #[arg(long, required_unless_present = "same_as")]
    pub(crate) organisation: Option<String>,
    /// Number of the enforcement certificate 执法证号
    #[arg(long)]
    pub(crate) certificate_no: Option<String>,
    /// Its last day, 2028-06-30
    #[arg(long)]
    pub(crate) valid_until: Option<String>,
    /// It is the second phone of this person, by name or writer 同一人的第二台手机
    #[arg(long, conflicts_with_all = ["name", "organisation", "certificate_no", "valid_until"])]
    pub(crate) same_as: Option<String>,
    #[command(flatten)]
    pub(crate) terms: TermsTyped,
    #[command(flatten)]
    pub(crate) over: OverHub,
}

/// `angen officer reissue`
#[derive(Args)]
pub(crate) struct Reissue {
    /// The person, by name or writer
    pub(crate) person: String,
    /// Why: the phone is lost, the PIN forgotten
    #[arg(long)]
    pub(crate) reason: String,
    /// What the person's new phone shows; without it the new key is made here 新手机的申请
    #[arg(long, conflicts_with = "code")]
    pub(crate) ask: Option<String>,
    /// The person's new PIN, for a key that is made here
    #[arg(long, env = "ANGEN_NEW_PIN", hide_env_values = true)]
    pub(crate) new_pin: Option<String>,
    /// Last op of the old writer that counts in a dossier, DOSSIER=SEQ, or DOSSIER=none
    #[arg(long)]
    pub(crate) cut: Vec<String>,
    #[command(flatten)]
    pub(crate) terms: TermsTyped,
    #[command(flatten)]
    pub(crate) over: OverHub,
}

/// `angen revoke`
#[derive(Args)]
pub(crate) struct Revoke {
    /// Who, by name or writer
    pub(crate) person: String,
    /// Why
    #[arg(long)]
    pub(crate) reason: String,
    /// Last op that counts in a dossier, DOSSIER=SEQ, or DOSSIER=none; where it is not given, the
    /// last one that is here
    #[arg(long)]
    pub(crate) cut: Vec<String>,
}

/// `angen adopt`
#[derive(Args)]
pub(crate) struct Adopt {
    /// Whose, by name or writer
    pub(crate) person: String,
    /// The dossier
    #[arg(long)]
    pub(crate) dossier: String,
    /// Number of the first; the first that is set aside, if none is given
    #[arg(long)]
    pub(crate) first: Option<u64>,
    /// Number of the last; the last that is here, if none is given
    #[arg(long)]
    pub(crate) last: Option<u64>,
    /// The last op by hash, where the chain is forked
    #[arg(long)]
    pub(crate) head: Option<String>,
    /// Why they are believed
    #[arg(long)]
    pub(crate) reason: String,
}
