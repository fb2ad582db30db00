//! One run of the world: phones act, meet the hub through a bad network, and then all heals.

#[path = "headers.rs"]
mod headers;

use std::collections::BTreeSet;

use angen_core::sync::{Caller, Exchanged, Network, PullError, Site, Step, Told, exchange};

use crate::check;
use crate::device::{Device, VERBS, Verb};
use crate::dice::Dice;
use crate::net::{FAULTS, Net};
use crate::site::HubSite;

/// Things that happen in a run.
const STEPS: usize = 24;
/// Rounds in which everybody meets the hub in the end: what the last one brings, the others pull.
const HEALING_ROUNDS: usize = 4;
/// A clock that is off by so much.
const FIVE_YEARS_MS: i64 = 5 * 365 * 86_400_000;

/// What may happen beside verbs and meetings.
#[derive(Debug, Clone, Copy)]
enum Event {
    ClockJump,
    Restart,
    BackUp,
    Restore,
    Clone,
    DiskFull,
    HubRestart,
    HubBackUp,
    HubRestore,
    HubDiskFull,
    HeadersFirst,
    HubRollsBack,
}

const EVENTS: [Event; 12] = [
    Event::ClockJump,
    Event::Restart,
    Event::BackUp,
    Event::Restore,
    Event::Clone,
    Event::DiskFull,
    Event::HubRestart,
    Event::HubBackUp,
    Event::HubRestore,
    Event::HubDiskFull,
    Event::HeadersFirst,
    Event::HubRollsBack,
];

/// What came of a run.
pub(crate) struct Report {
    /// What does not hold.
    pub(crate) faults: Vec<String>,
    /// What happened, line by line.
    pub(crate) trace: Vec<String>,
    /// Which events, faults and verbs were met.
    pub(crate) met: BTreeSet<String>,
}

/// What the standing seeds must meet: each fault of the network, each event, each verb, and each
/// fault of the network in a meeting behind each verb.
pub(crate) fn all_to_meet() -> Vec<String> {
    let verbs = VERBS.iter().map(|verb| format!("{verb:?}"));
    let events = EVENTS.iter().map(|event| format!("{event:?}"));
    let both = VERBS
        .iter()
        .flat_map(|verb| FAULTS.iter().map(move |fault| format!("{fault:?} after {verb:?}")));
    verbs.chain(events).chain(both).collect()
}

/// The world of a run.
pub(crate) struct Scene {
    pub(crate) devices: Vec<Device>,
    pub(crate) hub: HubSite,
    /// Writers of which two phones wrote, or one from an older state: their forks are honest.
    pub(crate) may_fork: BTreeSet<angen_ledger::id::WriterId>,
    net: Net,
    dice: Dice,
    trace: Vec<String>,
    met: BTreeSet<String>,
    last_verb: Option<Verb>,
    faults: Vec<String>,
}

/// Runs a seed.
pub(crate) fn run(seed: u64) -> Report {
    let mut dice = Dice::new(seed);
    let count = 2 + dice.below(3);
    let devices: Vec<Device> = (0..count).map(|place| Device::hand_out(seed, place)).collect();
    let hub = HubSite::start(&devices[0].town, seed);
    let mut scene = Scene {
        devices,
        hub,
        may_fork: BTreeSet::new(),
        net: Net::new(),
        dice,
        trace: Vec::new(),
        met: BTreeSet::new(),
        last_verb: None,
        faults: Vec::new(),
    };
    for _ in 0..STEPS {
        scene.step();
    }
    scene.heal();
    let mut faults = std::mem::take(&mut scene.faults);
    faults.extend(check::faults(&scene));
    Report { faults, trace: scene.trace, met: scene.met }
}

impl Scene {
    fn step(&mut self) {
        let who = self.dice.below(self.devices.len());
        match self.dice.below(10) {
            0..4 => self.act(who),
            4..8 => {
                let bad = self.dice.below(4) as u64;
                if let Err(why) = self.meet(who, [0, 2, 4, 9][bad as usize]) {
                    self.say(format!("{who} stopped: {}", word_of(&why)));
                    self.judge(&why, bad > 0);
                }
            }
            _ => self.happen(who),
        }
    }

    fn act(&mut self, who: usize) {
        let verb = self.dice.one_of(&VERBS);
        let done = self.devices[who].act(verb, &mut self.dice);
        self.met.insert(format!("{verb:?}"));
        self.last_verb = Some(verb);
        self.say(format!("{who} {verb:?} {done}"));
    }

    fn happen(&mut self, who: usize) {
        let event = self.dice.one_of(&EVENTS);
        let device = &mut self.devices[who];
        let happened = match event {
            // The administrator's certifies hubs: a certificate does not begin before its issuer's.
            Event::ClockJump if who == 0 => false,
            Event::ClockJump => {
                let way = if self.dice.once_in(2) { 1 } else { -1 };
                device.town.world.jump_ms(way * FIVE_YEARS_MS);
                true
            }
            Event::Restart => {
                device.restart();
                true
            }
            Event::BackUp => {
                device.back_up();
                true
            }
            Event::Restore => {
                let officer = device.officer;
                let restored = device.restore();
                if restored && self.dice.once_in(2) {
                    // She meets the hub before she writes, as the app asks her to.
                    self.say(format!("{who} asks first"));
                    if self.meet(who, 0).is_err() {
                        self.may_fork.insert(officer);
                    }
                } else if restored {
                    self.may_fork.insert(officer);
                }
                restored
            }
            Event::Clone => {
                let other = self.dice.below(self.devices.len());
                if other == who || who == 0 {
                    false
                } else {
                    let (from, to) = if other < who { (other, who) } else { (who, other) };
                    let (before, behind) = self.devices.split_at_mut(to);
                    self.may_fork.insert(before[from].officer);
                    behind[0].become_clone_of(&before[from]);
                    true
                }
            }
            Event::DiskFull => self.fill_disk(who),
            Event::HubRestart => {
                self.hub.restart();
                true
            }
            Event::HubBackUp => {
                self.hub.back_up();
                true
            }
            Event::HubRestore => self.hub.restore(&self.devices[0].town),
            Event::HubDiskFull => {
                self.hub.world.fail_step(self.dice.below(4) as u32);
                let _ = self.meet(who, 0);
                self.hub.world.heal();
                true
            }
            Event::HeadersFirst => self.send_headers(who),
            Event::HubRollsBack => self.roll_back(who),
        };
        if happened {
            self.met.insert(format!("{event:?}"));
            self.say(format!("{who} {event:?}"));
        }
    }

    /// A session of one phone, in which one request of ten in so many tens goes wrong.
    fn meet(&mut self, who: usize, bad: u64) -> Result<Exchanged, PullError> {
        let Self { devices, hub, net, dice, trace, met, last_verb, .. } = self;
        let town = &devices[who].town;
        let ports = town.world.ports();
        let desk = angen_core::desk::Desk::sign_in(&town.store, &town.ports, devices[who].officer);
        let (certificate, key) =
            (desk.unwrap().certificate(), ports.keys.signer(devices[who].officer).unwrap());
        let site = Site { store: &town.store, disk: &*ports.disk };
        let roots = BTreeSet::from([town.place.root]);
        let mut task = exchange(dice.number(), site, roots, Caller { certificate, key: &*key });
        if bad > 0 && dice.once_in(4) {
            task.set_network(Network::Metered);
        }
        let dropped_after = (bad > 0 && dice.once_in(4)).then(|| dice.below(30));
        let mut told = Told::Begin;
        for step in 0.. {
            if dropped_after == Some(step) {
                trace.push(format!("{who} is killed in its meeting"));
                return Err(PullError::Hub(angen_core::sync::PushError::Unreachable(
                    "killed".to_owned(),
                )));
            }
            told = match task.step(told) {
                Step::Done(done) => return done,
                Step::Wait { .. } => Told::Waited,
                Step::Send(request) => {
                    if bad > 0 && dice.once_in(6) {
                        let late = net.deliver_late(&hub.router);
                        trace.push(format!("{late} late requests arrive"));
                    }
                    // Blobs are few, and their parts are where a cut matters most.
                    let is_blob = request.path.starts_with("/v1/blobs/");
                    let of = if is_blob { 10 } else { 30 };
                    let fault = (dice.number() % of < bad).then(|| dice.one_of(&FAULTS));
                    if let (Some(fault), Some(verb)) = (fault, *last_verb) {
                        met.insert(format!("{fault:?} after {verb:?}"));
                    }
                    let told = net.pass(&hub.router, &request, fault, dice);
                    let path = request.path.split(['?', '=']).next().unwrap_or_default();
                    trace.push(format!(
                        "{who} {} {path} {fault:?} -> {}",
                        request.method.word(),
                        heard(&told)
                    ));
                    told
                }
            };
        }
        unreachable!("a session ends")
    }

    /// The disk of a phone is full while she works and meets the hub.
    fn fill_disk(&mut self, who: usize) -> bool {
        self.devices[who].town.world.set_free_bytes(0);
        self.act(who);
        let _ = self.meet(who, 4);
        self.devices[who].town.world.set_free_bytes(angen_testing::world::FREE_BYTES);
        true
    }

    /// The hub goes back in secret: nobody who has seen more may take it for the same.
    fn roll_back(&mut self, who: usize) -> bool {
        use angen_core::store;
        self.hub.back_up();
        self.act(who);
        let _ = self.meet(who, 0);
        let Some(size) = self.hub.roll_back() else { return false };
        let origin = self.hub.origin();
        for who in 0..self.devices.len() {
            let seen =
                self.devices[who].town.store.read(|read| store::last_checkpoint(read, &origin));
            let seen = seen.unwrap().map_or(0, |signed| signed.checkpoint.size);
            // Who has not seen more cannot tell, and would write into the second tree.
            if seen > size && !matches!(self.meet(who, 0), Err(why) if why.is_untrue()) {
                self.faults.push(format!("{who} has seen {seen} entries, and takes {size}"));
            }
        }
        self.hub.put_back();
        true
    }

    /// The network heals, and everybody meets the hub until nothing is left to say.
    fn heal(&mut self) {
        self.net.deliver_late(&self.hub.router);
        for round in 0..HEALING_ROUNDS {
            for who in 0..self.devices.len() {
                match self.meet(who, 0) {
                    Ok(done) => {
                        if round + 1 == HEALING_ROUNDS && done.waiting_seals > 0 {
                            let left = done.waiting_seals;
                            self.faults.push(format!("{who}: {left} seals without a receipt"));
                        }
                        self.say(format!("{who} heals: {done:?}"));
                    }
                    Err(why) if round + 1 == HEALING_ROUNDS => {
                        self.faults.push(format!("{who} does not heal: {why}"));
                    }
                    Err(why) => self.say(format!("{who} stopped: {}", word_of(&why))),
                }
            }
        }
    }

    /// An honest hub over a network that alters nothing is never called untrue.
    fn judge(&mut self, why: &PullError, is_bad: bool) {
        if why.is_untrue() && !is_bad {
            self.faults.push(format!("an honest hub was called untrue: {why}"));
        }
    }

    fn say(&mut self, words: String) {
        self.trace.push(words);
    }
}

fn word_of(why: &PullError) -> String {
    // Names of temporary files have no place in a trace that is compared.
    let words = why.to_string();
    words.split(": /").next().unwrap_or_default().to_owned()
}

fn heard(told: &Told) -> String {
    match told {
        Told::Answer(answer) => answer.status.to_string(),
        Told::Cut { .. } => "cut".to_owned(),
        Told::Begin | Told::Waited => String::new(),
    }
}
