//! Why a push did not end well, and whether trying again may help.

use crate::error::Error;
use angen_ledger::id::WriterId;
use angen_ledger::verify::Lang;

/// Why a push did not end well.
#[derive(Debug, thiserror::Error)]
pub enum PushError {
    /// No answer: no network, or the connection was cut.
    #[error("the hub cannot be reached: {0}")]
    Unreachable(String),
    /// The hub refused, and said why.
    #[error("the hub refused ({status} {code}): {en}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// The word for apps.
        code: String,
        /// Chinese.
        zh: String,
        /// English.
        en: String,
        /// The same under the hub's key, when it is about a seal; not verified yet.
        signed: Option<Vec<u8>>,
    },
    /// What answered does not speak as a hub does.
    #[error("what answered is no hub of this version: {0}")]
    Strange(&'static str),
    /// The hub holds another op than this store at the end of a chain.
    #[error("the hub does not hold op {seq} of writer {writer} as it is here")]
    Differs {
        /// Whose chain.
        writer: WriterId,
        /// Where in it.
        seq: u64,
    },
    /// The host sends nothing there: the way to the hub is not as safe as it must be, or who
    /// answers is not who was called.
    #[error("{en}")]
    NotSent {
        /// Chinese.
        zh: String,
        /// English.
        en: String,
    },
    /// The store here failed.
    #[error(transparent)]
    Core(#[from] Error),
}

impl PushError {
    /// Whether the same request may succeed later, without any change.
    #[must_use]
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Unreachable(_) => true,
            // Too slow, locked, asked too often, busy; or the connection was cut, or another
            // client was quicker.
            Self::Refused { status, code, .. } => {
                matches!(status, 408 | 423 | 429 | 503) || code == "cut" || code == "other_offset"
            }
            Self::Strange(_) | Self::Differs { .. } | Self::NotSent { .. } | Self::Core(_) => false,
        }
    }

    /// Whether the hub judged what it was sent, and may have judged one thing in it alone.
    pub(super) fn is_judged(&self) -> bool {
        matches!(self, Self::Refused { status: 400 | 403 | 422, .. }) && !self.may_pass()
    }

    /// Whether the hub refused with this code.
    pub(super) fn is_refused_as(&self, refused: &str) -> bool {
        matches!(self, Self::Refused { code, .. } if code == refused)
    }

    /// The sentence for the user.
    #[must_use]
    pub fn say(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Core(error), _) => error.say(lang),
            (_, Lang::En) => self.to_string(),
            (Self::Unreachable(why), Lang::Zh) => {
                format!("连不上服务器（{why}）：请检查网络后重试，已传的不会重传")
            }
            (Self::NotSent { zh, .. }, Lang::Zh) => zh.clone(),
            (Self::Refused { zh, .. }, Lang::Zh) => format!("服务器拒收：{zh}"),
            (Self::Strange(why), Lang::Zh) => {
                format!("对方的应答不合规定（{why}）：请核对服务器地址和版本")
            }
            (Self::Differs { writer, seq }, Lang::Zh) => {
                format!(
                    "服务器上书写人 {writer} 的第 {seq} 条记录与本机不同，请保留本机数据并报告管理员"
                )
            }
        }
    }
}
