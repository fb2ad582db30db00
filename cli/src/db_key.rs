//! The key of an encrypted database in a file: what a computer has in place of a phone's keystore.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use angen_core::ports::DatabaseKeys;
use angen_core::store::{DatabaseKey, Store};
use angen_ledger::key::SignError;
use angen_ledger::verify::Lang;

use crate::args::Cli;
use crate::host::SystemChance;
use crate::out::{Answer, Failure, failure};
use crate::session::Outcome;

/// Bytes of a key.
const KEY_BYTES: usize = 32;

/// A file with a raw key.
pub(crate) struct KeyFile {
    path: PathBuf,
}

impl KeyFile {
    /// The key in a file; read when it is asked for.
    pub(crate) fn new(path: &Path) -> Self {
        Self { path: path.to_owned() }
    }

    fn failed(&self, why: &dyn std::fmt::Display) -> SignError {
        SignError::Store(format!("{}: {why}", self.path.display()))
    }
}

impl DatabaseKeys for KeyFile {
    fn database_key(&self) -> Result<DatabaseKey, SignError> {
        let bytes = fs::read(&self.path).map_err(|why| self.failed(&why))?;
        let bytes: [u8; KEY_BYTES] = bytes.try_into().map_err(|_| {
            self.failed(&"密钥文件应恰好 32 字节 / a key file has exactly 32 bytes")
        })?;
        Ok(DatabaseKey::new(bytes))
    }

    fn destroy(&self) -> Result<(), SignError> {
        let remove = || -> std::io::Result<()> {
            let mut file = OpenOptions::new().write(true).open(&self.path)?;
            file.write_all(&[0; KEY_BYTES])?;
            file.sync_all()?;
            fs::remove_file(&self.path)
        };
        match remove() {
            Err(why) if why.kind() != std::io::ErrorKind::NotFound => Err(self.failed(&why)),
            _ => Ok(()),
        }
    }
}

/// `angen encrypt`
pub(crate) fn encrypt(cli: &Cli, lang: Lang) -> Outcome<Answer> {
    let Some(file) = &cli.db_key_file else { return Err(no_key(lang)) };
    let done = Store::encrypt(&cli.db, &SystemChance, &KeyFile::new(file))
        .map_err(|error| failure(&error, lang))?;
    let text = match (done, lang) {
        (true, Lang::Zh) => "数据库已加密",
        (true, Lang::En) => "the database is encrypted",
        (false, Lang::Zh) => "无需加密：数据库已是加密的，或还没有数据库",
        (false, Lang::En) => "nothing to do: it is encrypted already, or there is none yet",
    };
    Ok(Answer::new(serde_json::json!({"encrypted": done}), text))
}

fn no_key(lang: Lang) -> Failure {
    let text = match lang {
        Lang::Zh => {
            "请用 --db-key-file 给出 32 字节的密钥文件（可用 head -c 32 /dev/urandom 生成）"
        }
        Lang::En => {
            "name a key file of 32 bytes with --db-key-file (head -c 32 /dev/urandom makes one)"
        }
    };
    Failure::new("--db-key-file", text)
}
