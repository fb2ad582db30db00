//! PouchDB with express-pouchdb as the peer, and CRDT libraries in memory as a floor: programs of
//! their own, installed beside the build when the sync bench is asked for.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use angen_ledger::hash::Hash;

use crate::sync::child::Server;

const NODE_FILES: [&str; 4] = ["package.json", "package-lock.json", "server.js", "client.js"];

const CRDT_FILES: [&str; 5] =
    ["Cargo.toml", "Cargo.lock", "src/main.rs", "src/with_loro.rs", "src/with_yrs.rs"];

/// A program that does the same work, or why there is none.
pub(crate) type Peer = Result<PathBuf, String>;

/// PouchDB, installed by its lock file; `may_install` says whether the network may be used.
pub(crate) fn pouchdb(may_install: bool) -> Peer {
    let folder = peers().join("pouchdb");
    for program in ["node", "npm"] {
        let runs = Command::new(program).arg("--version").stdout(Stdio::null()).status();
        if !runs.is_ok_and(|status| status.success()) {
            return Err(format!("{program} is not here: `apt-get install nodejs npm`"));
        }
    }
    std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let mut is_same = folder.join("node_modules").is_dir();
    for name in NODE_FILES {
        let from = source().join("pouchdb").join(name);
        let bytes = std::fs::read(&from).map_err(|error| error.to_string())?;
        let to = folder.join(name);
        let is_lock = name == "package-lock.json";
        is_same &= !is_lock || std::fs::read(&to).is_ok_and(|held| held == bytes);
        std::fs::write(to, bytes).map_err(|error| error.to_string())?;
    }
    if !is_same && may_install {
        let mut npm = Command::new("npm");
        npm.args(["ci", "--no-audit", "--no-fund"]).current_dir(&folder).stdout(Stdio::null());
        is_same = npm.status().is_ok_and(|status| status.success());
    }
    if is_same { Ok(folder) } else { Err(not_installed("npm ci failed, or was not tried")) }
}

/// The CRDT libraries, built in their own folder. A program that other sources were built into is
/// none.
pub(crate) fn crdt(may_install: bool) -> Peer {
    let (target, folder) = (peers().join("crdt"), source().join("crdt"));
    let program = target.join("release").join("angen-bench-crdt");
    let built_from = target.join("sources");
    let sources = CRDT_FILES.map(|name| std::fs::read(folder.join(name)));
    let sources: std::io::Result<Vec<Vec<u8>>> = sources.into_iter().collect();
    let sources = sources.map_err(|error| error.to_string())?.concat();
    if may_install {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(["build", "--release", "--locked", "--quiet", "--manifest-path"]);
        cargo.arg(folder.join("Cargo.toml")).arg("--target-dir").arg(&target);
        if !cargo.status().is_ok_and(|status| status.success()) {
            return Err(not_installed("cargo build failed"));
        }
        std::fs::write(&built_from, &sources).map_err(|error| error.to_string())?;
    }
    let is_same = std::fs::read(&built_from).is_ok_and(|held| held == sources);
    if is_same { Ok(program) } else { Err(not_installed("it is not built")) }
}

fn not_installed(why: &str) -> String {
    format!("not measured, {why}: `cargo xtask bench -- sync` with a network installs it")
}

/// What a peer measured itself, having shown that it ended with these values.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Measured {
    pub(crate) time: Duration,
    /// Bytes that it would send, where it says so.
    pub(crate) bytes: u64,
}

/// A PouchDB server with these records: a file with one document a line.
pub(crate) fn serve_pouchdb(peer: &Path, folder: &Path, records: &Path) -> Server {
    std::fs::create_dir_all(folder).expect("a folder");
    let mut node = Command::new("node");
    node.arg(peer.join("server.js")).arg(folder).arg(records);
    // What it says of old parts of node is of no use here.
    node.env("NODE_NO_WARNINGS", "1").stderr(Stdio::null());
    Server::of(node)
}

/// Replicates it into an empty device.
pub(crate) fn replicate(
    peer: &Path,
    url: &str,
    folder: &Path,
    count: usize,
    hash: Hash,
) -> Measured {
    std::fs::create_dir_all(folder).expect("a folder");
    let mut node = Command::new("node");
    node.arg(peer.join("client.js")).arg(url).arg(folder).env("NODE_NO_WARNINGS", "1");
    measured(node, count, hash)
}

/// A CRDT library, by its name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Library(&'static str);

impl Library {
    /// Those that are measured.
    pub(crate) const ALL: [Self; 2] = [Self("yrs"), Self("loro")];

    /// The name.
    pub(crate) fn name(self) -> &'static str {
        self.0
    }

    /// Encodes the records as one update and applies it to an empty document, all in memory.
    pub(crate) fn merge(self, peer: &Path, records: &Path, count: usize, hash: Hash) -> Measured {
        let mut program = Command::new(peer);
        program.arg(self.0).arg(records);
        measured(program, count, hash)
    }
}

fn measured(mut command: Command, count: usize, hash: Hash) -> Measured {
    let output = command.stderr(Stdio::inherit()).output().expect("the peer runs");
    assert!(output.status.success(), "the peer failed");
    let said: serde_json::Value = serde_json::from_slice(&output.stdout).expect("it says JSON");
    assert_eq!(said["count"].as_u64(), Some(count as u64), "the peer has another count");
    assert_eq!(said["digest"].as_str(), Some(hash.to_string().as_str()), "it has other values");
    let ms = said["ms"].as_f64().expect("it says how long it took");
    Measured {
        time: Duration::from_secs_f64(ms / 1_000.0),
        bytes: said["bytes"].as_u64().unwrap_or(0),
    }
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// Where peers are installed: below the target folder, which nobody commits.
fn peers() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    target.unwrap_or_else(|| source().join("../../target")).join("bench-peers")
}
