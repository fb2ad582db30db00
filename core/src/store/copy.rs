//! A copy of the database while others read and write it.

use std::fs::File;
use std::path::Path;

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use crate::error::{Error, KeyTrouble, Result};
use crate::store::Store;

/// All pages in one step: what is copied is one state of the database, and writers go on meanwhile.
const ALL: i32 = -1;

impl Store {
    /// Copies the database as it stands now into a new file, and syncs it.
    ///
    /// # Errors
    /// `Key` for an encrypted database, `Refused` when another program keeps it from being read,
    /// `File`, `Storage`.
    pub fn copy_database(&self, to: &Path) -> Result<()> {
        if self.keys.is_some() {
            return Err(Error::Key(KeyTrouble::Needed));
        }
        let mut copy = Connection::open(to)?;
        self.read(|connection| {
            let backup = Backup::new(connection, &mut copy)?;
            match backup.step(ALL)? {
                StepResult::Done => Ok(()),
                _ => Err(Error::Refused("the database is busy: copy it again later".to_owned())),
            }
        })?;
        copy.close().map_err(|(_, error)| error)?;
        File::open(to).and_then(|file| file.sync_all()).map_err(|source| Error::file(to, source))
    }
}
