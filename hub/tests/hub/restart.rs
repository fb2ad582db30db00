//! A hub as a process of its own: killed, started again, and told to stop.
//!
//! The process is this test program, which runs one test alone when it finds the folder of a hub
//! in its environment.

use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use crate::common::{Phone, TestDisk, certificates_for, logging};
use angen_core::store::{self, Store};
use angen_hub::client::{Caller, Session, push_dossier};
use angen_hub::wire::Certificates;
use angen_hub::{HubError, Logging, Options, run};
use angen_ledger::wire::Wire;
use rustix::process::{Pid, Signal, kill_process};

const FOLDER: &str = "ANGEN_TEST_HUB_FOLDER";
const ROOT: &str = "ANGEN_TEST_HUB_ROOT";
/// Beside the folder of a hub that keeps a log: the certificates that it is started with.
const CERTIFICATES_FILE: &str = "certificates";

fn options(folder: &Path, listen: &str) -> Options {
    Options {
        data: folder.to_owned(),
        listen: listen.parse().unwrap(),
        tls: None,
        plain_on_network: false,
        roots: std::env::var(ROOT).ok().map(|root| root.parse().unwrap()).into_iter().collect(),
        logging: logging_of(folder),
        disk: Box::new(TestDisk::roomy()),
    }
}

fn logging_of(folder: &Path) -> Option<Logging> {
    let bytes = std::fs::read(folder.join(CERTIFICATES_FILE)).ok()?;
    let Certificates(certificates) = Certificates::from_wire(&bytes).unwrap();
    Some(logging(certificates, &Arc::default()))
}

/// Serves when it is started by the other tests; alone it only sees that it was not.
#[test]
fn process_of_a_hub() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let folder = Path::new(&folder);
    run(options(folder, "127.0.0.1:0"), |address| {
        let temporary = folder.join("address.new");
        std::fs::File::create(&temporary)
            .unwrap()
            .write_all(address.to_string().as_bytes())
            .unwrap();
        std::fs::rename(temporary, folder.join("address")).unwrap();
    })
    .unwrap();
}

struct HubProcess {
    child: Child,
    url: String,
}

impl HubProcess {
    fn start(folder: &Path, root: Option<String>) -> Self {
        let _ = std::fs::remove_file(folder.join("address"));
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "restart::process_of_a_hub"]).env(FOLDER, folder);
        if let Some(root) = root {
            command.env(ROOT, root);
        }
        let child = command.stdout(Stdio::null()).spawn().unwrap();
        let address = loop {
            match std::fs::read_to_string(folder.join("address")) {
                Ok(address) => break address,
                Err(_) => std::thread::sleep(Duration::from_millis(10)),
            }
        };
        Self { child, url: format!("http://{address}") }
    }

    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

#[test]
fn a_killed_hub_still_holds_what_it_acknowledged() {
    let phone = Phone::new(41);
    let folder = tempfile::tempdir().unwrap();
    let mut root = Some(phone.place.root.to_string());
    for round in 0..4_u64 {
        phone.capture(0, &format!("{round}.jpg"), 60_000);
        // Roots are kept: only the first start names one.
        let hub = HubProcess::start(folder.path(), root.take());
        let pushed = push_dossier(&hub.url, &phone.store, phone.register()).unwrap();
        assert!(pushed.is_same);
        hub.kill();

        let held = Store::open(folder.path()).unwrap();
        let heads = held.read(|c| store::heads_of(c, phone.register())).unwrap();
        assert_eq!(heads, pushed.head.heads);
        for blob in held.read(|c| store::named_blobs(c, phone.register())).unwrap() {
            assert_eq!(held.blobs().held_bytes(blob).unwrap(), blob.length);
        }
    }
}

#[test]
fn a_hub_killed_in_the_middle_of_a_push_takes_the_rest_after_its_start() {
    let phone = Phone::new(42);
    for number in 0..12 {
        phone.capture(number % 2, &format!("{number}.jpg"), 400_000);
    }
    let folder = tempfile::tempdir().unwrap();
    let mut root = Some(phone.place.root.to_string());
    for wait_ms in [5, 20, 60, 150] {
        let hub = HubProcess::start(folder.path(), root.take());
        std::thread::scope(|scope| {
            let url = hub.url.clone();
            let phone = &phone;
            // It may end before the kill, or not: what counts is the push after the last start.
            scope.spawn(move || push_dossier(&url, &phone.store, phone.register()).is_ok());
            std::thread::sleep(Duration::from_millis(wait_ms));
            hub.kill();
        });
    }
    let hub = HubProcess::start(folder.path(), root.take());
    let pushed = push_dossier(&hub.url, &phone.store, phone.register()).unwrap();
    assert!(pushed.is_same);
    hub.kill();
}

#[test]
fn a_hub_that_is_killed_again_and_again_goes_on_with_its_log() {
    let phone = Phone::new(43);
    for number in 0..8 {
        phone.capture(number % 2, &format!("{number}.jpg"), 200_000);
    }
    let folder = tempfile::tempdir().unwrap();
    let certificates = Certificates(certificates_for(folder.path(), &[&phone], 1)).to_wire();
    std::fs::write(folder.path().join(CERTIFICATES_FILE), certificates).unwrap();
    let mut root = Some(phone.place.root.to_string());
    let (certificate, key) = phone.credentials(phone.officers[0]);
    let caller = Caller { certificate, key: &*key };
    let sign_in =
        |url: &str| Session::sign_in(url, &phone.store, &[phone.place.root], &caller).unwrap();
    for wait_ms in [5, 20, 60, 150] {
        let hub = HubProcess::start(folder.path(), root.take());
        // Whatever the last hub had shown, this one continues it.
        let session = sign_in(&hub.url);
        std::thread::scope(|scope| {
            let phone = &phone;
            scope.spawn(move || session.push_dossier(&phone.store, phone.register()).is_ok());
            std::thread::sleep(Duration::from_millis(wait_ms));
            hub.kill();
        });
    }
    let hub = HubProcess::start(folder.path(), None);
    let session = sign_in(&hub.url);
    session.push_dossier(&phone.store, phone.register()).unwrap();
    assert_eq!(session.receipts(&phone.store, phone.register()).unwrap(), 9 + 8);
    let open = phone.store.read(|c| store::unreceipted(c, phone.register(), None)).unwrap();
    assert_eq!(open, store::Unreceipted::default());
    hub.kill();
}

#[test]
fn a_hub_that_is_told_to_stop_ends_well() {
    let folder = tempfile::tempdir().unwrap();
    let mut hub = HubProcess::start(folder.path(), None);
    // Not by the program `kill`: a bare Debian has none.
    kill_process(Pid::from_child(&hub.child), Signal::TERM).unwrap();
    assert!(hub.child.wait().unwrap().success());
}

#[test]
fn an_address_that_others_can_reach_needs_a_word() {
    let folder = tempfile::tempdir().unwrap();
    let refused = run(options(folder.path(), "0.0.0.0:0"), |_| panic!("it must not start"));
    assert!(matches!(refused, Err(HubError::NotLoopback(_))));
    assert!(!folder.path().join("angen.db").exists());
}
