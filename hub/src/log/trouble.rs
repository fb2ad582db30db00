//! Why a hub does not go on with its log.

use std::path::PathBuf;

use angen_core::error::Error;
use angen_ledger::verify::Lang;

/// Why a hub does not go on with its log. Nothing was appended.
#[derive(Debug, thiserror::Error)]
pub enum LogTrouble {
    /// The file with the key cannot be read or made, or holds something else.
    #[error("{}: the hub's key cannot be used: {source}", .path.display())]
    Key {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Others than the owner may read the key.
    #[error("{}: others may read the hub's key: set its mode to 600", .0.display())]
    KeyIsOpen(PathBuf),
    /// No certificate names this hub's key and a log.
    #[error("no certificate of a hub is for the key of this hub: have it certified")]
    NotCertified,
    /// The certificate does not lead to a root that the hub knows.
    #[error("the hub's certificate leads to a root that it was not given: add it with --root")]
    OtherRoot,
    /// The certificates name different logs.
    #[error("the hub's certificates name different logs: {0} and {1}")]
    TwoOrigins(String, String),
    /// The certificate is for another log than the one in the database.
    #[error(
        "the database has the log {held}, the certificate is for {given}: \
         begin a new epoch explicitly, or give the right certificate"
    )]
    OtherLog {
        /// The log of the database, or of the mark.
        held: String,
        /// The log of the certificate.
        given: String,
    },
    /// A new epoch must be later than all before it, of the same hub.
    #[error("{given} is no later epoch of {held}: have the hub certified for the next one")]
    NotLater {
        /// The newest log that is known.
        held: String,
        /// The log of the certificate.
        given: String,
    },
    /// The database is behind what the hub has signed.
    #[error(
        "the database is behind its log: {marked} entries of {origin} were signed and it has \
         {held}. It was restored from a backup; have the hub certified for the next epoch"
    )]
    Behind {
        /// The log.
        origin: String,
        /// Entries that were signed.
        marked: u64,
        /// Entries in the database.
        held: u64,
    },
    /// The database came from a backup, and the certificate is for the log before it.
    #[error(
        "the database was restored from a backup, and {0} may have been signed further: have the \
         hub certified for the next epoch, and begin it explicitly"
    )]
    Restored(String),
    /// The database holds other entries than those that the hub has signed.
    #[error(
        "the log of the database is not the one that was signed as {0}: keep both, and have the \
         hub certified for the next epoch"
    )]
    Differs(String),
    /// The file with the mark cannot be read or written.
    #[error("{}: the mark of the log cannot be used: {source}", .path.display())]
    Mark {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The folder or its database failed.
    #[error(transparent)]
    Core(#[from] Error),
}

impl LogTrouble {
    /// The sentence for the user.
    #[must_use]
    pub fn say(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Core(error), _) => error.say(lang),
            (_, Lang::En) => self.to_string(),
            (_, Lang::Zh) => self.zh(),
        }
    }

    fn zh(&self) -> String {
        match self {
            Self::Key { path, source } => {
                format!("{}：平台密钥不能使用（{source}）", path.display())
            }
            Self::KeyIsOpen(path) => {
                format!("{}：别人也能读平台密钥，请把权限改为 600", path.display())
            }
            Self::NotCertified => "没有给本平台密钥的平台证书，请先由管理员签发".to_owned(),
            Self::OtherRoot => "平台证书的根不在已知的根里，请用 --root 给出".to_owned(),
            Self::TwoOrigins(one, two) => format!("平台证书写的日志名不一致：{one} 和 {two}"),
            Self::OtherLog { held, given } => format!(
                "数据库的日志是 {held}，证书是给 {given} 的：请明确开启新纪元，或换正确的证书"
            ),
            Self::NotLater { held, given } => {
                format!("{given} 不是 {held} 之后的纪元，请为下一个纪元签发证书")
            }
            Self::Behind { origin, marked, held } => format!(
                "数据库落后于日志：{origin} 已签出 {marked} 条，库里只有 {held} 条，\
                 应是从备份恢复的；请为下一个纪元签发证书"
            ),
            Self::Restored(origin) => format!(
                "数据库是从备份恢复的，{origin} 可能还签出过更多：请为下一个纪元签发证书，并明确开启"
            ),
            Self::Differs(origin) => {
                format!("数据库里的日志不是已签出的 {origin}：请都保留，并为下一个纪元签发证书")
            }
            Self::Mark { path, source } => {
                format!("{}：日志水位文件不能使用（{source}）", path.display())
            }
            Self::Core(error) => error.say(Lang::Zh),
        }
    }
}
