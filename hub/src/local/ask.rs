//! Asks a hub that serves, by the socket in its folder.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};

use angen_core::action::{Imported, Returned};
use angen_core::error::Error;
use angen_ledger::certificate::SignedCertificate;
use angen_ledger::id::DossierId;
use base64ct::{Base64UrlUnpadded, Encoding};
use serde_json::{Value, json};

use crate::local::{LINE_BYTES_MAX, dossiers_in, dossiers_json, imported_in, socket_in};
use crate::run::HubError;
use crate::stick::Readers;

/// A hub that serves its folder.
pub struct ServingHub {
    socket: PathBuf,
}

impl ServingHub {
    /// The hub that serves a folder, if it has a door.
    #[must_use]
    pub fn at(folder: &Path) -> Option<Self> {
        let socket = socket_in(folder);
        UnixStream::connect(&socket).is_ok().then_some(Self { socket })
    }

    /// Hands a bundle or a package over.
    ///
    /// # Errors
    /// `Local` with what the hub says; `Core` for a file that cannot be read here.
    pub fn import(&self, file: &Path) -> Result<Imported, HubError> {
        let failed = |source| HubError::Core(Error::file(file, source));
        let mut input = File::open(file).map_err(failed)?;
        let length = input.metadata().map_err(failed)?.len();
        let asked = json!({"do": "import", "name": file.display().to_string(), "length": length});
        let (said, _) = self.ask(&asked, &mut input)?;
        imported_in(&said["imported"]).ok_or_else(|| self.strange())
    }

    /// The certificates that are there under these names or hashes.
    ///
    /// # Errors
    /// `Local`.
    pub fn certificates(&self, named: &[String]) -> Result<Vec<SignedCertificate>, HubError> {
        let asked = json!({"do": "certificates", "named": named});
        let (said, _) = self.ask(&asked, &mut io::empty())?;
        let held = said["certificates"].as_array().ok_or_else(|| self.strange())?;
        let read = |one: &Value| {
            let cose = Base64UrlUnpadded::decode_vec(one.as_str()?).ok()?;
            SignedCertificate::read(&cose).ok()
        };
        held.iter().map(read).collect::<Option<_>>().ok_or_else(|| self.strange())
    }

    /// Has receipts written, and keeps the file. It appears whole or not at all.
    ///
    /// # Errors
    /// `Local` with what the hub says; `Core` for a file that cannot be written here.
    pub fn return_receipts(
        &self,
        readers: &Readers,
        dossiers: &[DossierId],
        software: &str,
        file: &Path,
    ) -> Result<(Returned, Vec<String>), HubError> {
        let readers = match readers {
            Readers::All => Value::Null,
            Readers::Named(named) => named.iter().map(|held| held.hash.to_string()).collect(),
        };
        let asked = json!({
            "do": "receipts", "readers": readers, "dossiers": dossiers_json(dossiers),
            "software": software,
        });
        let (said, mut rest) = self.ask(&asked, &mut io::empty())?;
        let read = || {
            let names = said["readers"].as_array()?.iter();
            let names: Option<Vec<String>> = names.map(|one| Some(one.as_str()?.into())).collect();
            let returned = Returned {
                dossiers: said["dossiers"].as_u64()?,
                kept_back: dossiers_in(&said["kept_back"])?,
                receipts: said["receipts"].as_u64()?,
                bytes: said["length"].as_u64()?,
            };
            Some((returned, names?))
        };
        let (returned, names) = read().ok_or_else(|| self.strange())?;
        self.keep(&mut rest, returned.bytes, file)?;
        Ok((returned, names))
    }

    fn keep(&self, rest: &mut impl Read, bytes: u64, file: &Path) -> Result<(), HubError> {
        let part = file.with_extension("part");
        let failed = |source| HubError::Core(Error::file(file, source));
        let copied = write_synced(&mut rest.take(bytes), &part).map_err(failed)?;
        if copied < bytes {
            let _ = fs::remove_file(&part);
            return Err(self.strange());
        }
        fs::rename(&part, file).map_err(failed)
    }

    /// Sends a line and a file; the line of the answer, and what follows it.
    fn ask(
        &self,
        asked: &Value,
        file: &mut impl Read,
    ) -> Result<(Value, BufReader<UnixStream>), HubError> {
        let failed = |source| HubError::Core(Error::file(&self.socket, source));
        let mut stream = UnixStream::connect(&self.socket).map_err(failed)?;
        writeln!(stream, "{asked}").map_err(failed)?;
        // A hub that refuses may stop reading before the end; then it says why.
        let _ = io::copy(file, &mut stream);
        let mut answer = BufReader::new(stream);
        let mut line = String::new();
        answer.by_ref().take(LINE_BYTES_MAX).read_line(&mut line).map_err(failed)?;
        let said: Value = serde_json::from_str(&line).map_err(|_| self.strange())?;
        match (said["zh"].as_str(), said["en"].as_str()) {
            (Some(zh), Some(en)) => Err(HubError::Local { zh: zh.to_owned(), en: en.to_owned() }),
            _ => Ok((said, answer)),
        }
    }

    fn strange(&self) -> HubError {
        let socket = self.socket.display();
        HubError::Local {
            zh: format!("{socket}：应答的不是这个版本的平台，请核对版本"),
            en: format!("{socket}: what answers is no hub of this version: compare the versions"),
        }
    }
}

fn write_synced(input: &mut impl Read, file: &Path) -> io::Result<u64> {
    let mut out = File::create(file)?;
    let copied = io::copy(input, &mut out)?;
    out.sync_all()?;
    Ok(copied)
}
