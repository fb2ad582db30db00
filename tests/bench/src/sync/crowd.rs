//! Many devices at once: small submissions over a socket each, and what the hub holds for them.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Barrier, Mutex};
use std::time::{Duration, Instant};

use angen_core::store::SealedRun;
use angen_core::sync::limits::{ATTEMPTS_MAX, PAUSE_FIRST_MS};
use angen_core::sync::wire::{Certificates, Runs};
use angen_ledger::id::DossierId;
use angen_ledger::testing::{Scribe, opening};
use angen_ledger::wire::Wire as _;

use crate::report::{Report, ms};
use crate::sync::child::Server;
use crate::sync::device::{AREA, Device, dossier, draft_of, root, run_of, writer};
use crate::sync::page::{Figures, rate};
use crate::sync::records::{Record, json_lines, records};
use crate::sync::sizes::Sizes;
use crate::sync::{hub, plain};

/// Records of one submission: what an officer enters between two looks at the network.
const RECORDS_A_SUBMISSION: usize = 5;
/// What the crowd must reach, in submissions a second on two cores.
const SUBMISSIONS_A_SECOND: f64 = 1_000.0;
/// Certificates in one request, the root's among them.
const CERTIFICATES_A_REQUEST: usize = 250;
/// Threads that fill the hub: as many as it takes requests without refusing one.
const FILLING: usize = 16;
/// The stack of a thread that only waits for a socket.
const STACK_BYTES: usize = 256 << 10;
/// What a device waits before it asks a busy hub again, doubled each time, as our session does.
const BUSY_PAUSE_MS: u64 = PAUSE_FIRST_MS;

pub(crate) fn run(report: &mut Report, figures: &mut Figures, sizes: &Sizes) {
    let folder = tempfile::tempdir().expect("a folder");
    let plain = plain_crowd(&folder.path().join("plain"), sizes);
    let ours = our_crowd(&folder.path().join("hub"), sizes);
    let total = sizes.devices * sizes.submissions;
    let per_second = rate(total, ours.took);
    report.add(
        &format!(
            "{} devices, a socket each, push {total} submissions of {RECORDS_A_SUBMISSION} ops",
            sizes.devices
        ),
        format!("{per_second:.0} submissions/s, each on the disk and in the log"),
        format!("{:.0} plain rows, a commit each", rate(total, plain.took)),
        Some(ours.took.as_secs_f64() / plain.took.as_secs_f64()),
        "1,000/s",
        per_second >= SUBMISSIONS_A_SECOND,
    );
    report.compare(
        &format!("the wait of one of them, median; {} times one was told to wait", ours.busy),
        format!("{}, 99 of 100 within {}", ms(ours.wait(0.5)), ms(ours.wait(0.99))),
        format!("{}, {}", ms(plain.wait(0.5)), ms(plain.wait(0.99))),
        Some(ours.wait(0.5).as_secs_f64() / plain.wait(0.5).as_secs_f64()),
    );
    let micros = |crowd: &Crowd| crowd.cpu_seconds * 1_000_000.0 / total as f64;
    report.compare(
        "what one of them costs the server, of one core",
        format!("{:.0} µs", micros(&ours)),
        format!("{:.0} µs", micros(&plain)),
        Some(ours.cpu_seconds / plain.cpu_seconds),
    );
    figures.add("submissions_per_second", per_second);
    memory(report, figures, folder.path(), sizes);
}

/// What became of a crowd.
struct Crowd {
    took: Duration,
    waits: Vec<Duration>,
    busy: u64,
    /// What the server used of a core meanwhile.
    cpu_seconds: f64,
}

impl Crowd {
    /// The wait that this share of all did not exceed.
    fn wait(&self, share: f64) -> Duration {
        self.waits[((self.waits.len() - 1) as f64 * share) as usize]
    }
}

/// One device of the crowd: its address, its session, and what it sends, one body after the other.
struct Sender {
    url: String,
    session: Option<String>,
    bodies: Vec<Vec<u8>>,
}

/// All send at once, each over a connection of its own that stays open.
fn send_all(server: &Server, senders: Vec<Sender>) -> Crowd {
    let used = server.cpu_seconds();
    let begin = Barrier::new(senders.len() + 1);
    let (waits, busy) = (Mutex::new(Vec::new()), AtomicU64::new(0));
    let took = std::thread::scope(|scope| {
        let mut threads = Vec::new();
        for (number, sender) in senders.iter().enumerate() {
            let (begin, waits, busy) = (&begin, &waits, &busy);
            let work = move || {
                let agent = quiet_agent();
                begin.wait();
                let sent = sender.bodies.iter().map(|body| {
                    let start = Instant::now();
                    let mut failures = 0;
                    while !is_taken(&agent, &sender.url, sender.session.as_deref(), body) {
                        busy.fetch_add(1, Ordering::Relaxed);
                        let ms = BUSY_PAUSE_MS << failures;
                        failures = ATTEMPTS_MAX.min(failures + 1);
                        // From half to one and a half times, each device another.
                        let spread = ms * (number as u64 % 10) / 10;
                        std::thread::sleep(Duration::from_millis(ms / 2 + spread));
                    }
                    start.elapsed()
                });
                let sent: Vec<Duration> = sent.collect();
                waits.lock().expect("nobody panics with it").extend(sent);
            };
            let thread = std::thread::Builder::new().stack_size(STACK_BYTES);
            threads.push(thread.spawn_scoped(scope, work).expect("a thread"));
        }
        begin.wait();
        let start = Instant::now();
        threads.into_iter().for_each(|thread| thread.join().expect("a device ends well"));
        start.elapsed()
    });
    let mut waits = waits.into_inner().expect("nobody panics with it");
    waits.sort();
    let cpu_seconds = server.cpu_seconds() - used;
    Crowd { took, waits, busy: busy.into_inner(), cpu_seconds }
}

fn quiet_agent() -> ureq::Agent {
    ureq::Agent::config_builder().http_status_as_error(false).build().new_agent()
}

/// Whether the server took it. Not when it is busy: then it says so or, as it reads no more of
/// what comes, the connection breaks; sent again it is known or new, as it should be.
fn is_taken(agent: &ureq::Agent, url: &str, session: Option<&str>, body: &[u8]) -> bool {
    let mut post = agent.post(url);
    if let Some(session) = session {
        post = post.header("Authorization", session);
    }
    let Ok(mut answer) = post.send(body) else { return false };
    let status = answer.status();
    let Ok(said) = answer.body_mut().read_to_vec() else { return false };
    let is_told_to_wait = status == 429 || status == 503;
    assert!(status == 200 || is_told_to_wait, "{status}: {}", String::from_utf8_lossy(&said));
    status == 200
}

/// The records of one device, submission by submission.
fn submissions(number: usize, count: usize) -> Vec<Vec<Record>> {
    let all = records(1_000_000 + number as u64, count * RECORDS_A_SUBMISSION);
    all.chunks(RECORDS_A_SUBMISSION).map(<[Record]>::to_vec).collect()
}

fn our_crowd(folder: &Path, sizes: &Sizes) -> Crowd {
    let (hub, root) = (hub::start(folder), root());
    let mut devices: Vec<Scribe> =
        (0..sizes.devices).map(|number| writer(100 + number as u64, &root)).collect();
    certify(&hub, &root, &devices);
    let phone = Device::new(&folder.join("phone"), &root, &[]);
    let agent = quiet_agent();
    let senders: Vec<Sender> = devices
        .iter_mut()
        .enumerate()
        .map(|(number, device)| {
            let id = dossier(number);
            let session = phone.sign_in(&hub.url, device).authorization();
            let (url, opened) = (runs_url(&hub, id), run_of(device, vec![opening(id, AREA)]));
            assert!(is_taken(&agent, &url, Some(&session), &body_of(opened)), "it is not busy");
            let some = submissions(number, sizes.submissions);
            let run = |records: &Vec<Record>| {
                run_of(device, records.iter().map(|record| draft_of(id, record)).collect())
            };
            let bodies = some.iter().map(run).map(body_of).collect();
            Sender { url, session: Some(session), bodies }
        })
        .collect();
    let before = logged(&hub);
    let crowd = send_all(&hub, senders);
    let seals = (sizes.devices * sizes.submissions) as u64;
    assert_eq!(logged(&hub) - before, seals, "a submission has no entry in the log");
    crowd
}

fn plain_crowd(folder: &Path, sizes: &Sizes) -> Crowd {
    let server = plain::start(folder);
    let url = format!("{}/rows", server.url);
    let sender = |number| {
        let bodies = submissions(number, sizes.submissions);
        let bodies = bodies.iter().map(|some| json_lines(some).into_bytes()).collect();
        Sender { url: url.clone(), session: None, bodies }
    };
    send_all(&server, (0..sizes.devices).map(sender).collect())
}

fn runs_url(hub: &Server, id: DossierId) -> String {
    format!("{}/v1/dossiers/{id}/runs", hub.url)
}

fn body_of(run: SealedRun) -> Vec<u8> {
    Runs(vec![run]).to_wire()
}

/// Entries of the hub's log.
fn logged(hub: &Server) -> u64 {
    let answer = ureq::get(format!("{}/v1/tlog/checkpoint", hub.url)).call();
    let note = answer.expect("a checkpoint").body_mut().read_to_string().expect("a text");
    note.lines().nth(1).and_then(|size| size.parse().ok()).expect("the size of the log")
}

/// Shows the hub who will write.
fn certify(hub: &Server, root: &Scribe, devices: &[Scribe]) {
    let url = format!("{}/v1/certificates", hub.url);
    for some in devices.chunks(CERTIFICATES_A_REQUEST) {
        let chain = [root].into_iter().chain(some).map(|one| one.cose.clone()).collect();
        assert!(is_taken(&quiet_agent(), &url, None, &Certificates(chain).to_wire()));
    }
}

/// The memory of a hub that knows many devices, beside one that knows a single one, and beside a
/// plain server with as many rows.
fn memory(report: &mut Report, figures: &mut Figures, folder: &Path, sizes: &Sizes) {
    let one = peak_with(&folder.join("knows-one"), 1, 1);
    let many = peak_with(&folder.join("knows-many"), sizes.known, sizes.signed_in);
    let plain = plain_peak(&folder.join("plain-many"), sizes.known);
    let mib = |bytes: u64| bytes as f64 / 1_048_576.0;
    report.compare(
        &format!(
            "peak memory of a hub with {} devices' certificates, dossiers and records, {} of \
             them signed in",
            sizes.known, sizes.signed_in
        ),
        format!("{:.1} MiB; {:.1} MiB with one device", mib(many), mib(one)),
        format!("{:.1} MiB a plain server with as many rows", mib(plain)),
        Some(many as f64 / plain as f64),
    );
    figures.add("hub_base_mib", mib(one));
    figures.add("hub_bytes_per_device", many.saturating_sub(one) as f64 / sizes.known as f64);
}

fn peak_with(folder: &Path, known: usize, signed_in: usize) -> u64 {
    let (hub, root) = (hub::start(&folder.join("hub")), root());
    let devices: Vec<Scribe> =
        (0..known).map(|number| writer(10_000 + number as u64, &root)).collect();
    certify(&hub, &root, &devices);
    let next = AtomicU64::new(0);
    let devices = Mutex::new(devices.into_iter().enumerate());
    std::thread::scope(|scope| {
        for thread in 0..FILLING {
            let phone = folder.join(format!("phone-{thread}"));
            let (root, hub, devices, next) = (&root, &hub, &devices, &next);
            scope.spawn(move || {
                let agent = quiet_agent();
                // The hub has all certificates already. Each thread has a database: two sessions
                // on one would show each other checkpoints of before.
                let phone = Device::new(&phone, root, &[]);
                let mut session = None;
                loop {
                    let one = devices.lock().expect("nobody panics with it").next();
                    let Some((number, mut device)) = one else { break };
                    let id = dossier(number);
                    let mut drafts = vec![opening(id, AREA)];
                    let some = records(number as u64, RECORDS_A_SUBMISSION);
                    drafts.extend(some.iter().map(|record| draft_of(id, record)));
                    let body = body_of(run_of(&mut device, drafts));
                    let is_to_sign_in = next.fetch_add(1, Ordering::Relaxed) < signed_in as u64;
                    if is_to_sign_in || session.is_none() {
                        session = Some(phone.sign_in(&hub.url, &device).authorization());
                    }
                    // The others send through hands that are signed in: whose ops they are, the
                    // seals say.
                    let shown = session.as_deref();
                    while !is_taken(&agent, &runs_url(hub, id), shown, &body) {
                        std::thread::sleep(Duration::from_millis(BUSY_PAUSE_MS));
                    }
                }
            });
        }
    });
    assert_eq!(logged(&hub), known as u64);
    hub.peak_bytes()
}

fn plain_peak(folder: &Path, known: usize) -> u64 {
    let server = plain::start(folder);
    let url = format!("{}/rows", server.url);
    let agent = quiet_agent();
    for number in 0..known {
        let some = records(number as u64, RECORDS_A_SUBMISSION);
        assert!(is_taken(&agent, &url, None, json_lines(&some).as_bytes()));
    }
    server.peak_bytes()
}
