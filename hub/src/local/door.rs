//! Opens the door of a hub that serves, and answers who comes, one after the other.

use std::fs::{self, DirBuilder, File};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use angen_core::error::Error;
use angen_core::store;
use angen_ledger::certificate::SignedCertificate;
use angen_ledger::hash::Hash;
use angen_ledger::verify::Lang;
use base64ct::{Base64UrlUnpadded, Encoding};
use serde_json::{Value, json};
use tokio::net::UnixListener;
use tokio::runtime::Handle;

use crate::limits::UPLOADS_MAX;
use crate::local::{
    FOLDER, LINE_BYTES_MAX, STICK, dossiers_in, dossiers_json, imported_json, socket_in,
};
use crate::run::HubError;
use crate::server::Hub;
use crate::stick::{Carrying, Readers};

/// How long somebody at the door may be silent.
const PATIENCE: Duration = Duration::from_secs(60);

/// Pause after the system could give no connection, so that the loop does not spin.
const PAUSE: Duration = Duration::from_millis(100);

/// A socket in the folder of a hub; it is gone when this is dropped.
pub(crate) struct Door {
    listener: UnixListener,
    folder: PathBuf,
}

impl Door {
    /// Opens it. Whoever calls this holds the lock of the folder.
    pub(crate) fn open(data: &Path) -> io::Result<Self> {
        let folder = data.join(FOLDER);
        match DirBuilder::new().mode(0o700).create(&folder) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            _ => fs::set_permissions(&folder, fs::Permissions::from_mode(0o700))?,
        }
        // Of a process that was killed.
        for left in [socket_in(data), folder.join(STICK)] {
            match fs::remove_file(left) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(Self { listener: UnixListener::bind(socket_in(data))?, folder })
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        let _ = fs::remove_file(self.folder.join(super::SOCKET));
    }
}

/// Answers until it is dropped.
pub(crate) async fn attend(door: Door, hub: Arc<Hub>) {
    loop {
        let Ok((stream, _)) = door.listener.accept().await else {
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        let (hub, folder) = (Arc::clone(&hub), door.folder.clone());
        let answered = tokio::task::spawn_blocking(move || {
            let stream = stream.into_std()?;
            stream.set_nonblocking(false)?;
            stream.set_read_timeout(Some(PATIENCE))?;
            stream.set_write_timeout(Some(PATIENCE))?;
            answer(&hub, &folder.join(STICK), stream)
        });
        // Who leaves early has no answer; what was stored stays.
        let _ = answered.await;
    }
}

fn answer(hub: &Hub, stick: &Path, stream: UnixStream) -> io::Result<()> {
    let mut out = stream.try_clone()?;
    let mut input = BufReader::new(stream);
    let mut line = String::new();
    input.by_ref().take(LINE_BYTES_MAX).read_line(&mut line)?;
    let asked: Value = serde_json::from_str(&line).unwrap_or_default();
    let done = match hub.carrying() {
        Some(carrying) => perform(hub, carrying, &asked, stick, &mut input),
        None => Err(no_such(&asked)),
    };
    let name = asked["name"].as_str().unwrap_or_default().to_owned();
    let written = match done {
        Ok(said) => {
            writeln!(out, "{said}")?;
            // Only receipts go out as a file.
            if said.get("length").is_some() { send(stick, &mut out) } else { Ok(()) }
        }
        Err(error) => {
            let say = |lang| error.say(lang).replace(&stick.display().to_string(), &name);
            writeln!(out, "{}", json!({"zh": say(Lang::Zh), "en": say(Lang::En)}))
        }
    };
    let _ = fs::remove_file(stick);
    written
}

fn send(file: &Path, out: &mut impl Write) -> io::Result<()> {
    io::copy(&mut File::open(file)?, out).map(|_| ())
}

fn perform(
    hub: &Hub,
    carrying: Carrying<'_>,
    asked: &Value,
    stick: &Path,
    input: &mut impl Read,
) -> Result<Value, HubError> {
    match asked["do"].as_str() {
        Some("import") => {
            take_in(carrying, asked, stick, input)?;
            // A blob that the stick has and a phone sends must not be written by both.
            let uploads = Arc::clone(hub.uploads()).acquire_many_owned(UPLOADS_MAX as u32);
            let _alone = Handle::current().block_on(uploads);
            Ok(json!({"imported": imported_json(&carrying.import(stick)?)}))
        }
        Some("certificates") => {
            let named = asked["named"].as_array().into_iter().flatten();
            let named: Vec<String> = named.filter_map(|one| Some(one.as_str()?.into())).collect();
            let held = carrying.certificates(&named)?;
            let held = held.iter().map(|(cose, _)| Base64UrlUnpadded::encode_string(cose));
            Ok(json!({"certificates": held.collect::<Vec<_>>()}))
        }
        Some("receipts") => {
            let dossiers = dossiers_in(&asked["dossiers"]).ok_or_else(|| no_such(asked))?;
            let software = asked["software"].as_str().unwrap_or_default();
            let readers = readers_in(carrying, asked)?;
            let (done, names) = carrying.return_receipts(readers, dossiers, software, stick)?;
            Ok(json!({
                "dossiers": done.dossiers,
                "kept_back": dossiers_json(&done.kept_back),
                "receipts": done.receipts,
                "length": done.bytes,
                "readers": names,
            }))
        }
        _ => Err(no_such(asked)),
    }
}

/// Takes the file in, as far as there is room for it and for what comes of it.
fn take_in(
    carrying: Carrying<'_>,
    asked: &Value,
    stick: &Path,
    input: &mut impl Read,
) -> Result<(), HubError> {
    let length = asked["length"].as_u64().ok_or_else(|| no_such(asked))?;
    carrying.store.check_room(carrying.disk, length.saturating_mul(2))?;
    let failed = |source| HubError::Core(Error::file(stick, source));
    let mut file = File::create(stick).map_err(failed)?;
    let came = io::copy(&mut input.take(length), &mut file).map_err(failed)?;
    if came < length {
        return Err(failed(io::ErrorKind::UnexpectedEof.into()));
    }
    Ok(())
}

fn readers_in(carrying: Carrying<'_>, asked: &Value) -> Result<Readers, HubError> {
    let Some(named) = asked["readers"].as_array() else { return Ok(Readers::All) };
    let mut readers: Vec<SignedCertificate> = Vec::new();
    for hash in named {
        let hash: Option<Hash> = hash.as_str().and_then(|text| text.parse().ok());
        let hash = hash.ok_or_else(|| no_such(asked))?;
        let held = carrying.store.read(|read| store::certificate(read, hash))?;
        let id = hash.to_string();
        readers.push(held.ok_or(Error::NotFound { noun: "certificate", id })?);
    }
    Ok(Readers::Named(readers))
}

fn no_such(asked: &Value) -> HubError {
    let what = asked["do"].as_str().unwrap_or("?").to_owned();
    HubError::Local {
        zh: format!("正在服务的平台不能做“{what}”：请核对版本，或先停止它再试"),
        en: format!(
            "the hub that serves does not do {what}: compare the versions, or stop it first"
        ),
    }
}
