//! One life of the app: a process of its own that makes the calls of the visit when it is told to,
//! says what each gave, and is killed.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use angen_bindings::host::{NewKeys, PublicKey};
use angen_bindings::{HostError, Keys, software_keys};
use angen_ledger::id::WriterId;
use serde_json::{Value, json};

use crate::play::{Kept, Stage};

/// Where a life begins, as JSON: `folder`, `next`, `kept`.
const BEGINS: &str = "ANGEN_LIFE";

/// What a life says begins with this; the rest of the line is JSON.
const SAYS: &str = "@@";

/// What a life is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Go {
    /// Make the next call.
    On,
    /// The same; and once the call has been signed, stand still.
    StandAtSignature,
}

/// A life that goes on elsewhere.
pub(crate) struct Life {
    child: Child,
    told: ChildStdin,
    out: BufReader<ChildStdout>,
}

impl Life {
    /// Starts the app over the database `phone` of a folder, behind the calls that gave what is
    /// kept, and waits until it is open.
    pub(crate) fn start(folder: &Path, next: usize, kept: &Kept) -> Self {
        let begins = json!({"folder": folder, "next": next, "kept": kept});
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "life::goes_on", "--ignored", "--nocapture"])
            .env(BEGINS, begins.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let told = child.stdin.take().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let mut life = Self { child, told, out };
        assert_eq!(life.says(), Some(json!({"is_open": true})));
        life
    }

    /// Lets it make the next call, and does not wait for it.
    pub(crate) fn send(&mut self, go: Go) {
        writeln!(self.told, "{go:?}").unwrap();
    }

    /// Lets it make the next call, and gives what it says of it; none when the call failed.
    pub(crate) fn go(&mut self, go: Go) -> Option<Value> {
        self.send(go);
        self.says()
    }

    /// Kills it with SIGKILL, and gives what it had said until then.
    pub(crate) fn kill(mut self) -> Option<Value> {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.says()
    }

    /// The next thing that it says; none when it is dead. Half a line was not said.
    fn says(&mut self) -> Option<Value> {
        loop {
            let mut line = String::new();
            self.out.read_line(&mut line).unwrap();
            if !line.ends_with('\n') {
                return None;
            }
            if let Some((_, said)) = line.split_once(SAYS) {
                return Some(serde_json::from_str(said).unwrap());
            }
        }
    }
}

/// A test that failed leaves no process behind.
impl Drop for Life {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
#[ignore = "the tests of kill.rs start it, and kill it"]
fn goes_on() {
    let begins: Value = serde_json::from_str(&std::env::var(BEGINS).unwrap()).unwrap();
    let folder = PathBuf::from(begins["folder"].as_str().unwrap());
    let kept = serde_json::from_value(begins["kept"].clone()).unwrap();
    let next = usize::try_from(begins["next"].as_u64().unwrap()).unwrap();
    let keys = Arc::new(StillKeys(software_keys(folder.join("keys")), AtomicBool::new(false)));
    let mut stage = Stage::open(folder.join("phone"), keys.clone(), kept);
    let scenario = crate::visit();
    say(&json!({"is_open": true}));
    // Whoever started it and is gone tells nothing more: then it ends.
    for (told, next) in std::io::stdin().lines().zip(next..) {
        let stands = told.unwrap() == format!("{:?}", Go::StandAtSignature);
        keys.1.store(stands, Ordering::SeqCst);
        stage.step(&scenario, next);
        say(&json!({"returned": next, "kept": stage.kept, "digest": stage.digest()}));
    }
}

fn say(what: &Value) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{SAYS}{what}").unwrap();
    out.flush().unwrap();
}

/// The officers' keys. Told to, they sign and never come back.
struct StillKeys(Arc<dyn Keys>, AtomicBool);

impl Keys for StillKeys {
    fn create(&self, writer: WriterId) -> Result<NewKeys, HostError> {
        self.0.create(writer)
    }

    fn public_key(&self, writer: WriterId) -> Result<PublicKey, HostError> {
        self.0.public_key(writer)
    }

    fn sign(&self, writer: WriterId, message: Vec<u8>) -> Result<Vec<u8>, HostError> {
        let signature = self.0.sign(writer, message)?;
        if self.1.load(Ordering::SeqCst) {
            say(&json!({"signs": true}));
            loop {
                std::thread::park();
            }
        }
        Ok(signature)
    }

    fn agree(&self, writer: WriterId, public: Vec<u8>) -> Result<Vec<u8>, HostError> {
        self.0.agree(writer, public)
    }

    fn destroy(&self, writer: WriterId) -> Result<(), HostError> {
        self.0.destroy(writer)
    }
}
