//! Why a pull did not end well: the network, the hub's refusal, or a hub that does not hold true.

use crate::error::Error;
use angen_ledger::key::SignError;
use angen_ledger::verify::Lang;

use crate::sync::PushError;
use crate::sync::trust::Untrusted;

/// Why a pull did not end well. What was stored before stays; pulling again goes on from there.
#[derive(Debug, thiserror::Error)]
pub enum PullError {
    /// The hub was not reached, refused, or does not speak as one.
    #[error(transparent)]
    Hub(#[from] PushError),
    /// No certificate of the hub, or of what it gave, leads to a root that is known here.
    #[error("{0} leads to no root that is known here: compare the fingerprints")]
    OtherRoot(&'static str),
    /// The hub's answers are of another log than the one that it was certified for.
    #[error("the hub answers for the log {shown} and was certified for {certified}")]
    OtherLog {
        /// The log of its certificate.
        certified: String,
        /// The log of its answer.
        shown: String,
    },
    /// A checkpoint that the hub's key did not sign.
    #[error("the checkpoint of {0} is not signed by the hub's key")]
    Forged(String),
    /// Two heads of one log that cannot both be true.
    #[error(
        "the hub shows another past of {origin} than before ({kept} and {shown} entries): both \
         checkpoints are kept as evidence, tell the administrator"
    )]
    TwoTrees {
        /// The log.
        origin: String,
        /// Entries of the checkpoint that was kept.
        kept: u64,
        /// Entries of the one that contradicts it.
        shown: u64,
    },
    /// The hub is behind what it showed before.
    #[error(
        "the hub shows {shown} entries of {origin} and has shown {kept} before: tell the administrator"
    )]
    RolledBack {
        /// The log.
        origin: String,
        /// Entries that it showed.
        kept: u64,
        /// Entries that it shows now.
        shown: u64,
    },
    /// A receipt does not hold.
    #[error("a receipt of the hub does not hold: {0}")]
    BadReceipt(&'static str),
    /// The runs are not those that the log says arrived.
    #[error("the hub gives other runs than its log says: {0}")]
    OtherRuns(&'static str),
    /// The bytes of a blob have another hash.
    #[error("the hub gave other bytes for blob {0}: all of them were dropped")]
    BlobAltered(String),
    /// The hub holds records of this writer that this device lost, and does not give them.
    #[error(
        "the hub holds later records of this writer than this device and does not give them: \
         nothing was sent, write nothing more with this writer and tell the administrator"
    )]
    OwnRecordsMissing,
    /// The key did not sign.
    #[error(transparent)]
    Sign(#[from] SignError),
    /// The store here failed, or did not take what the hub gave.
    #[error(transparent)]
    Core(#[from] Error),
}

impl PullError {
    /// Whether the same request may succeed later, without any change.
    #[must_use]
    pub fn may_pass(&self) -> bool {
        matches!(self, Self::Hub(error) if error.may_pass())
    }

    /// Whether the hub contradicts itself or its certificate: no failure of the network is this.
    #[must_use]
    pub fn is_untrue(&self) -> bool {
        match self {
            Self::OtherLog { .. }
            | Self::Forged(_)
            | Self::TwoTrees { .. }
            | Self::RolledBack { .. }
            | Self::BadReceipt(_)
            | Self::OtherRuns(_)
            | Self::BlobAltered(_) => true,
            Self::Hub(_)
            | Self::OtherRoot(_)
            | Self::OwnRecordsMissing
            | Self::Sign(_)
            | Self::Core(_) => false,
        }
    }

    /// The sentence for the user.
    #[must_use]
    pub fn say(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Hub(error), _) => error.say(lang),
            (Self::Core(error), _) => error.say(lang),
            (_, Lang::En) => self.to_string(),
            (_, Lang::Zh) => self.zh(),
        }
    }

    fn zh(&self) -> String {
        match self {
            Self::OtherRoot(what) => {
                format!("{what}：不属于本机认得的根，请核对根指纹")
            }
            Self::OtherLog { certified, shown } => {
                format!("平台按日志 {shown} 应答，而它的证书是给 {certified} 的")
            }
            Self::Forged(origin) => format!("{origin} 的检查点不是平台密钥签的"),
            Self::TwoTrees { origin, kept, shown } => format!(
                "平台出示的 {origin} 与以前的不是同一个过去（{kept} 条与 {shown} 条）：\
                 两个检查点都已留作证据，请报告管理员"
            ),
            Self::RolledBack { origin, kept, shown } => {
                format!("平台的 {origin} 只有 {shown} 条，以前出示过 {kept} 条：请报告管理员")
            }
            Self::BadReceipt(why) => format!("平台的回执不成立：{why}"),
            Self::OtherRuns(why) => format!("平台给的记录与它的日志不符：{why}"),
            Self::BlobAltered(address) => format!("平台给的文件 {address} 摘要不符，已全部丢弃"),
            Self::OwnRecordsMissing => "平台上有本人在本机丢失的后续记录，而平台没有给出：\
                 本次什么也没有发送，请不要再用这个身份记录，并报告管理员"
                .to_owned(),
            Self::Hub(error) => error.say(Lang::Zh),
            Self::Sign(error) => Error::from(error.clone()).say(Lang::Zh),
            Self::Core(error) => error.say(Lang::Zh),
        }
    }
}

impl PullError {
    pub(super) fn untrusted(what: &'static str, why: Untrusted) -> Self {
        match why {
            Untrusted::OtherRoot => Self::OtherRoot(what),
            Untrusted::Core(error) => error.into(),
        }
    }
}
