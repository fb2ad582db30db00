//! What can go wrong, exactly; and what an app can do about it.

use std::path::PathBuf;

use angen_ledger::certificate::Distrust;
use angen_ledger::key::SignError;
use angen_ledger::package::PackageError;
use angen_ledger::verify::Lang;
use angen_ledger::wire::Malformed;
use rusqlite::ErrorCode;
use thiserror::Error;

/// Something that a person gave and that cannot be taken: what, where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The field, file, or item.
    pub place: String,
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Problem {
    /// A problem at a place, in both languages.
    pub fn new(place: impl Into<String>, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { place: place.into(), zh: zh.into(), en: en.into() }
    }
}

/// What is between a key and a database. No file was touched, and none was taken for damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyTrouble {
    /// The database is encrypted and no key was given.
    Needed,
    /// The key is not the one that the database was made with.
    Wrong,
    /// The value that would tell a wrong key from damage is missing.
    Unproven,
    /// A key was given and the database is not encrypted.
    NotEncrypted,
    /// This build cannot encrypt.
    NoCipher,
}

impl KeyTrouble {
    /// What is the matter: Chinese, English. What to do about it depends on where somebody stands,
    /// so each edge says it in its own words: options of a command mean nothing on a phone.
    #[must_use]
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Needed => (
                "数据库是加密的，而没有给出密钥",
                "the database is encrypted, and no key was given",
            ),
            Self::Wrong => (
                "密钥不对：不是这个数据库的密钥；文件没有动过",
                "the key is not the one of this database; no file was touched",
            ),
            Self::Unproven => (
                "打不开，而密钥校验文件不见了，分不清是密钥不对还是文件损坏；文件没有动过",
                "it does not open, and without the key-check file nobody can tell a wrong key from \
                 damage; no file was touched",
            ),
            Self::NotEncrypted => (
                "数据库没有加密，却给出了密钥；文件没有动过",
                "the database is not encrypted, and a key was given; no file was touched",
            ),
            Self::NoCipher => ("这个版本不带加密", "this build cannot encrypt"),
        }
    }
}

/// Every failure of the core. Nothing was changed when a verb returns one.
#[derive(Debug, Error)]
pub enum Error {
    /// What was given cannot be taken.
    #[error("{}: {}", .0.place, .0.en)]
    Invalid(Problem),
    /// There is no such thing here.
    #[error("no {noun} {id} here: check the id")]
    NotFound {
        /// What was looked for.
        noun: &'static str,
        /// Its id.
        id: String,
    },
    /// A newer build wrote something critical on this entity.
    #[error("a newer version wrote {kind} here: update to go on")]
    UpdateNeeded {
        /// The kind that this build does not know.
        kind: String,
    },
    /// The database was written by a newer version.
    #[error("the database has version {found}, this program knows up to {known}: update it")]
    FromTheFuture {
        /// Its version.
        found: i64,
        /// The newest known here.
        known: i64,
    },
    /// The database file is damaged. It was moved aside and is whole as it was found.
    #[error("the database is damaged; it was kept as {}", .set_aside.display())]
    Damaged {
        /// Where it is kept.
        set_aside: PathBuf,
    },
    /// A key does not fit, is missing, or is not wanted.
    #[error("{}", .0.words().1)]
    Key(KeyTrouble),
    /// There is not enough room.
    #[error("not enough room: {needed} bytes are needed and {free} are free; free some space")]
    NoSpace {
        /// Bytes that are needed.
        needed: u64,
        /// Bytes that are free.
        free: u64,
    },
    /// The core is paused; resume it first.
    #[error("the database is paused")]
    Paused,
    /// A file cannot be read or written.
    #[error("{}: {} ({source})", .path.display(), file_words(source).1)]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The database failed.
    #[error("the database failed: {}", storage_words(.0).1)]
    Storage(#[from] rusqlite::Error),
    /// Nothing was signed.
    #[error(transparent)]
    Sign(#[from] SignError),
    /// A certificate is not trusted.
    #[error(transparent)]
    Distrust(#[from] Distrust),
    /// Bytes are not of the protocol.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// Ops from elsewhere do not hold.
    #[error("refused: {0}")]
    Refused(String),
    /// A package was not made.
    #[error(transparent)]
    Package(#[from] PackageError),
}

/// The core's result.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An invalid input.
    pub fn invalid(place: impl Into<String>, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Invalid(Problem::new(place, zh, en))
    }

    /// A file that failed.
    pub fn file(path: impl Into<PathBuf>, source: std::io::Error) -> Self {
        Self::File { path: path.into(), source }
    }

    /// The sentence for the user.
    #[must_use]
    pub fn say(&self, lang: Lang) -> String {
        if lang == Lang::En {
            return self.to_string();
        }
        match self {
            Self::Invalid(problem) => format!("{}：{}", problem.place, problem.zh),
            Self::NotFound { noun, id } => {
                format!("这里没有{} {id}，请核对编号", noun_zh(noun))
            }
            Self::UpdateNeeded { kind } => {
                format!("较新版本在这里写过 {kind}，请先升级程序再继续")
            }
            Self::FromTheFuture { found, known } => {
                format!("数据库版本是 {found}，本程序只认得到 {known}，请升级程序；数据库未被改动")
            }
            Self::Damaged { set_aside } => {
                format!("数据库已损坏，原样保存为 {}，没有删除", set_aside.display())
            }
            Self::NoSpace { needed, free } => {
                format!("空间不足：需要 {needed} 字节，只剩 {free} 字节，请先腾出空间")
            }
            Self::Key(trouble) => trouble.words().0.to_owned(),
            Self::Paused => "数据库已暂停，请先恢复".to_owned(),
            Self::File { path, source } => {
                format!("{}：{}（{source}）", path.display(), file_words(source).0)
            }
            Self::Storage(error) => format!("数据库出错：{}", storage_words(error).0),
            Self::Sign(SignError::Locked) => "密钥未解锁，请输入 PIN".to_owned(),
            Self::Sign(SignError::Store(why)) => format!("密钥库出错：{why}"),
            Self::Distrust(why) => format!("证书不可信：{why}"),
            Self::Malformed(why) => format!("格式不合规定：{why}"),
            Self::Refused(why) => format!("拒收：{why}"),
            Self::Package(why) => format!("卷宗包没有做成：{why}"),
        }
    }
}

/// What a failure of the database means for the user, and what to do: Chinese, English.
fn storage_words(error: &rusqlite::Error) -> (String, String) {
    let (zh, en) = match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => (
            "磁盘空间不足，请先腾出空间再试；什么都没有改动",
            "the disk has no space left: make room and try again; nothing was changed",
        ),
        Some(ErrorCode::ReadOnly) => (
            "数据库是只读的，请换一个可写的文件夹",
            "it is read-only: use a folder that can be written",
        ),
        Some(ErrorCode::CannotOpen) => (
            "打不开：文件夹是只读的，或者没有权限，请换一个可写的文件夹",
            "the folder is read-only, or there is no right to it: use one that can be written",
        ),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => (
            "数据库文件已损坏，请停止使用并保留原文件",
            "the file is damaged: stop, and keep it as it is",
        ),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            ("另一个程序正在使用，请稍后再试", "another program is using it: try again later")
        }
        _ => return (error.to_string(), error.to_string()),
    };
    (format!("{zh}（{error}）"), format!("{en} ({error})"))
}

/// What a failure of a file means, and what to do: Chinese, English.
fn file_words(source: &std::io::Error) -> (&'static str, &'static str) {
    use std::io::ErrorKind;
    match source.kind() {
        ErrorKind::NotFound => ("文件不存在，请核对路径", "there is no such file: check the path"),
        ErrorKind::PermissionDenied => (
            "没有权限，请换一个有权读写的位置",
            "no right to it: use a place that may be read and written",
        ),
        ErrorKind::StorageFull => {
            ("磁盘空间不足，请先腾出空间", "the disk has no space left: make room")
        }
        ErrorKind::ReadOnlyFilesystem => (
            "文件夹是只读的，请换一个可写的文件夹",
            "the folder is read-only: use one that can be written",
        ),
        ErrorKind::IsADirectory => {
            ("这是文件夹，请选择一个文件", "this is a folder: choose a file")
        }
        ErrorKind::DirectoryNotEmpty => {
            ("文件夹不是空的，请换一个", "the folder is not empty: name another")
        }
        _ => ("读写失败", "it cannot be read or written"),
    }
}

/// The Chinese term of what was looked for; nouns that only programs meet stay as they are.
fn noun_zh(noun: &str) -> &str {
    match noun {
        "assistance" => "帮扶",
        "check" => "检查",
        "checklist" => "检查表",
        "document" => "文书",
        "dossier" => "卷宗",
        "enterprise" => "企业",
        "evidence" => "证据",
        "finding" => "问题",
        "log" => "日志",
        "hash_list" => "证据哈希清单",
        "interview" => "询问笔录",
        "note" => "记事",
        "officer" => "人员",
        "op" => "记录",
        "paper" => "文书",
        "training" => "培训",
        "writer" => "操作人",
        other => other,
    }
}
