//! The hub in a process of its own, as `angen hub serve` runs it, and what it counts.

use std::path::Path;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use angen_core::ports::{Clock, ClockSource};
use angen_hub::{Logging, Options, Running};
use angen_ledger::id::BootId;
use angen_ledger::op::Moment;

use crate::sync::child::{Server, wait_for_the_end};
use crate::sync::device::{Roomy, Seeded, certify_hub, origin, root};

/// Starts a hub in a new folder whose certificate the root of all that is measured signed.
pub(crate) fn start(folder: &Path) -> Server {
    std::fs::create_dir_all(folder).expect("a folder");
    Server::start("hub", folder)
}

/// The process: serves until its input ends.
pub(crate) fn serve(folder: &Path) {
    let root = root();
    let name = folder.file_name().map_or_else(String::new, |name| name.display().to_string());
    let options = Options {
        data: folder.to_owned(),
        listen: "127.0.0.1:0".parse().expect("an address"),
        tls: None,
        plain_on_network: false,
        roots: vec![root.certificate.hash],
        logging: Some(Logging {
            certificates: certify_hub(folder, &origin(&name), &root),
            mark: None,
            new_epoch: false,
            clock: Box::new(SystemClock(Instant::now())),
            chance: Box::new(Seeded::new(u64::from(std::process::id()))),
        }),
        disk: Box::new(Roomy),
    };
    let running = Running::start(options).expect("a hub starts");
    println!("{}", running.base_url());
    wait_for_the_end();
    running.stop().expect("a hub stops");
}

struct SystemClock(Instant);

impl Clock for SystemClock {
    fn now(&self) -> Moment {
        let wall = SystemTime::now().duration_since(UNIX_EPOCH).expect("it is after 1970");
        Moment {
            wall_ms: i64::try_from(wall.as_millis()).expect("not so late"),
            mono_ms: u64::try_from(self.0.elapsed().as_millis()).expect("not so long"),
            boot: BootId([1; 16]),
        }
    }

    fn source(&self) -> ClockSource {
        ClockSource::Network
    }
}

/// What a hub has counted since it began.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Traffic {
    /// Bytes that came over its sockets, heads included.
    pub(crate) came: u64,
    /// Bytes that went.
    pub(crate) went: u64,
    /// Requests that it answered.
    pub(crate) requests: u64,
}

impl Traffic {
    /// What a hub has counted by now.
    pub(crate) fn of(server: &Server) -> Self {
        let mut answer = ureq::get(format!("{}/v1/metrics", server.url)).call().expect("metrics");
        let page = answer.body_mut().read_to_string().expect("a text");
        let counted = |name: &str| -> u64 {
            let lines = page.lines().filter(|line| line.starts_with(name));
            let numbers = lines.filter_map(|line| line.rsplit(' ').next()?.parse::<f64>().ok());
            numbers.sum::<f64>() as u64
        };
        Self {
            came: counted("angen_hub_received_bytes_total"),
            went: counted("angen_hub_sent_bytes_total"),
            requests: counted("angen_hub_requests_total"),
        }
    }

    /// Bytes both ways and requests since then.
    pub(crate) fn since(self, before: Self) -> (u64, u64) {
        let bytes = self.came - before.came + self.went - before.went;
        (bytes, self.requests - before.requests)
    }
}
