//! The core's errors, sorted by what an app can do about them.
//!
//! Each carries its sentence for the user in Chinese and English, so that an app shows one text
//! and never makes up its own.

use std::io::ErrorKind;
use std::path::Path;

use angen_core::action::{ImportError, PrintError};
use angen_core::error::{Error, KeyTrouble};
use angen_core::sync::{PullError, PushError};
use angen_forms::Problem;
use angen_ledger::key::SignError;
use angen_ledger::verify::Lang;
use rusqlite::ErrorCode;
use thiserror::Error as ThisError;

use crate::host::HostError;

/// What went wrong. Nothing was changed by the call that throws it, where it does not say else.
#[derive(Debug, Clone, PartialEq, Eq, ThisError, uniffi::Error)]
pub enum ApiError {
    /// What was given cannot be taken. Show the sentence at its place.
    #[error("{place}: {en}")]
    Invalid {
        /// The field, file, or item.
        place: String,
        /// For the user, in Chinese.
        zh: String,
        /// For the user, in English.
        en: String,
    },
    /// There is no such thing here. Go back to the list, or choose another file.
    #[error("{en}")]
    NotFound {
        /// For the user, in Chinese.
        zh: String,
        /// For the user, in English.
        en: String,
    },
    /// This writer may not do that. Somebody else must: the administrator, usually.
    #[error("{en}")]
    NotAllowed {
        /// For the user, in Chinese.
        zh: String,
        /// For the user, in English.
        en: String,
    },
    /// The officer's key is not open. Ask for the PIN or biometric, then call again.
    #[error("{en}")]
    Locked {
        /// For the user, in Chinese.
        zh: String,
        /// For the user, in English.
        en: String,
    },
    /// The database is paused. Resume it, then call again.
    #[error("{en}")]
    Paused {
        /// For the user, in Chinese.
        zh: String,
        /// For the user, in English.
        en: String,
    },
    /// Somebody else has the database just now. Call again.
    #[error("{en}")]
    Retry {
        /// For the user, in Chinese.
        zh: String,
        /// For the user, in English.
        en: String,
    },
    /// A newer version wrote this. Offer the update; everything can still be read or sent.
    #[error("{en}")]
    UpdateNeeded {
        /// For the user, in Chinese.
        zh: String,
        /// For the user, in English.
        en: String,
    },
    /// There is not enough room. Help the user to make some.
    #[error("{en}")]
    StorageFull {
        /// For the user, in Chinese.
        zh: String,
        /// For the user, in English.
        en: String,
    },
    /// The database file was damaged and has been moved aside, whole as it was found.
    #[error("{en}")]
    Damaged {
        /// Where it is kept.
        set_aside: String,
        /// For the user, in Chinese.
        zh: String,
        /// For the user, in English.
        en: String,
    },
    /// No network, or the hub does not answer. Try again when there is one.
    #[error("{en}")]
    Offline {
        /// For the user, in Chinese.
        zh: String,
        /// For the user, in English.
        en: String,
    },
    /// Who answers is not proved to be the hub, or the hub contradicts itself. Trying again does
    /// not help: show it, and tell the administrator.
    #[error("{en}")]
    Untrusted {
        /// For the user, in Chinese.
        zh: String,
        /// For the user, in English.
        en: String,
    },
    /// The app stopped it. What was done until then is kept.
    #[error("{en}")]
    Cancelled {
        /// For the user, in Chinese.
        zh: String,
        /// For the user, in English.
        en: String,
    },
    /// The database is encrypted, and the key does not fit. No file was touched or moved.
    #[error("{en}")]
    WrongKey {
        /// For the user, in Chinese.
        zh: String,
        /// For the user, in English.
        en: String,
    },
    /// A defect of the app, the core or the device. Show it and keep it for a report.
    #[error("{en}")]
    Internal {
        /// For the user, in Chinese.
        zh: String,
        /// For the user, in English.
        en: String,
    },
}

/// The core's error is dropped on the way: a phone needs its sentences and its kind.
impl From<Error> for ApiError {
    fn from(error: Error) -> Self {
        let (zh, en) = (error.say(Lang::Zh), error.say(Lang::En));
        match error {
            Error::Invalid(problem) => {
                Self::Invalid { place: problem.place, zh: problem.zh, en: problem.en }
            }
            Error::Malformed(_) => Self::Invalid { place: "request".to_owned(), zh, en },
            Error::Refused(_) => Self::Invalid { place: "bundle".to_owned(), zh, en },
            Error::NotFound { .. } => Self::NotFound { zh, en },
            Error::Distrust(_) => Self::NotAllowed { zh, en },
            Error::Sign(SignError::Locked) => Self::Locked { zh, en },
            Error::Sign(SignError::Store(_)) | Error::Package(_) => Self::Internal { zh, en },
            Error::Key(trouble) => Self::of_key(trouble),
            Error::Paused => Self::Paused { zh, en },
            Error::UpdateNeeded { .. } | Error::FromTheFuture { .. } => {
                Self::UpdateNeeded { zh, en }
            }
            Error::NoSpace { .. } => Self::StorageFull { zh, en },
            Error::Damaged { set_aside } => Self::Damaged { set_aside: text(&set_aside), zh, en },
            Error::File { source, .. } => Self::of_file(source.kind(), zh, en),
            Error::Storage(error) => Self::of_database(error.sqlite_error_code(), zh, en),
        }
    }
}

/// A workbook that cannot be taken: every cell, one a line, so that it is mended in one round.
impl From<ImportError> for ApiError {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::Core(error) => error.into(),
            ImportError::Form(errors) => {
                // A problem shows itself in two lines, Chinese first.
                let lines = |at: usize| {
                    let line = |problem: &Problem| {
                        problem.to_string().lines().nth(at).unwrap_or_default().to_owned()
                    };
                    errors.problems().iter().map(line).collect::<Vec<_>>().join("\n")
                };
                Self::Invalid { place: "path".to_owned(), zh: lines(0), en: lines(1) }
            }
        }
    }
}

/// What an app throws while it is asked for a reading of its clock.
impl From<HostError> for ApiError {
    fn from(error: HostError) -> Self {
        match error {
            HostError::Locked => Error::Sign(SignError::Locked).into(),
            HostError::Failed { why } => Self::Internal {
                zh: format!("应用提供的时钟出错：{why}"),
                en: format!("the clock that the app lends failed: {why}"),
            },
        }
    }
}

/// What uniffi itself could not pass on, such as text that is not UTF-8.
impl From<uniffi::UnexpectedUniFFICallbackError> for ApiError {
    fn from(error: uniffi::UnexpectedUniFFICallbackError) -> Self {
        HostError::from(error).into()
    }
}

/// Why a document is not printed: all that stands against it, at the form's plain name.
impl From<PrintError> for ApiError {
    fn from(error: PrintError) -> Self {
        let (zh, en) = (error.say(Lang::Zh), error.say(Lang::En));
        match error {
            PrintError::Core(error) => error.into(),
            PrintError::Refused { form, .. } => {
                Self::Invalid { place: form.slug().to_owned(), zh, en }
            }
        }
    }
}

/// Why an exchange with a hub did not end well.
impl From<PullError> for ApiError {
    fn from(error: PullError) -> Self {
        let (zh, en) = (error.say(Lang::Zh), error.say(Lang::En));
        match error {
            PullError::Hub(error) => error.into(),
            PullError::Core(error) => error.into(),
            PullError::Sign(error) => Error::from(error).into(),
            PullError::OtherRoot(_)
            | PullError::OtherLog { .. }
            | PullError::Forged(_)
            | PullError::TwoTrees { .. }
            | PullError::RolledBack { .. }
            | PullError::BadReceipt(_)
            | PullError::OtherRuns(_)
            | PullError::BlobAltered(_)
            | PullError::OwnRecordsMissing => Self::Untrusted { zh, en },
        }
    }
}

/// Why something was not sent.
impl From<PushError> for ApiError {
    fn from(error: PushError) -> Self {
        let (zh, en) = (error.say(Lang::Zh), error.say(Lang::En));
        match error {
            PushError::Core(error) => error.into(),
            PushError::Unreachable(_) => Self::Offline { zh, en },
            PushError::Refused { .. } if error.may_pass() => Self::Retry { zh, en },
            PushError::Refused { .. } => Self::NotAllowed { zh, en },
            PushError::Strange(_) | PushError::Differs { .. } | PushError::NotSent { .. } => {
                Self::Untrusted { zh, en }
            }
        }
    }
}

impl ApiError {
    /// What a person can do about it who holds a phone, and no command line.
    fn of_key(trouble: KeyTrouble) -> Self {
        let (zh, en) = match trouble {
            KeyTrouble::Needed | KeyTrouble::NotEncrypted => (
                "请装管理员发的最新版应用，再打开一次",
                "install the newest app that the administrator gives out, and open it once more",
            ),
            KeyTrouble::Wrong | KeyTrouble::Unproven => (
                "不要卸载应用，也不要清除它的数据，请联系管理员",
                "do not remove the app or clear its data, and ask the administrator",
            ),
            KeyTrouble::NoCipher => {
                ("请装管理员发的正式版应用", "install the app that the administrator gives out")
            }
        };
        let (what_zh, what_en) = trouble.words();
        let (zh, en) = (format!("{what_zh}。{zh}"), format!("{what_en}. {en}"));
        match trouble {
            KeyTrouble::NoCipher => Self::Internal { zh, en },
            _ => Self::WrongKey { zh, en },
        }
    }

    fn of_file(kind: ErrorKind, zh: String, en: String) -> Self {
        match kind {
            ErrorKind::NotFound => Self::NotFound { zh, en },
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::StorageFull { zh, en },
            _ => Self::Internal { zh, en },
        }
    }

    fn of_database(code: Option<ErrorCode>, zh: String, en: String) -> Self {
        match code {
            Some(ErrorCode::DiskFull) => Self::StorageFull { zh, en },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Retry { zh, en },
            _ => Self::Internal { zh, en },
        }
    }
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
