//! One run of the world: phones act, meet the hub through a bad network, and then all heals.

#[path = "erased.rs"]
pub(crate) mod erased;
#[path = "events.rs"]
mod events;
#[path = "headers.rs"]
mod headers;
#[path = "lies.rs"]
mod lies;
#[path = "meeting.rs"]
mod meeting;
#[path = "revoked.rs"]
pub(crate) mod revoked;
#[path = "sticks.rs"]
mod sticks;

use std::collections::BTreeSet;

use angen_core::sync::PullError;
use angen_ledger::id::WriterId;

use crate::check;
use crate::device::{Device, VERBS, Verb};
use crate::dice::Dice;
use crate::net::{FAULTS, Net};
use crate::newer::NewerOp;
use crate::run::erased::Erased;
use crate::run::events::EVENTS;
use crate::run::revoked::Revoked;
use crate::run::sticks::{Pocket, all_ways};
use crate::site::HubSite;

/// Things that happen in a run.
const STEPS: usize = 24;
/// Rounds in which everybody meets the hub in the end: what the last one brings, the others pull.
const HEALING_ROUNDS: usize = 4;
/// A clock that is off by so much.
const FIVE_YEARS_MS: i64 = 5 * 365 * 86_400_000;

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
    let heard = check::HEARD.into_iter().chain([PARTS_CUT]).map(str::to_owned);
    let ways = all_ways().chain(heard);
    verbs.chain(events).chain(both).chain(ways).collect()
}

/// A blob of several parts of which a part was cut, and the rest went on from there.
const PARTS_CUT: &str = "a cut between the parts of a blob";

/// The world of a run.
pub(crate) struct Scene {
    pub(crate) devices: Vec<Device>,
    pub(crate) hub: HubSite,
    /// Writers of which two phones wrote, or one from an older state: their forks are honest.
    pub(crate) may_fork: BTreeSet<WriterId>,
    /// Phones that lost what the hub has the headers of, and nobody the bodies.
    pub(crate) stuck: BTreeSet<usize>,
    /// Who was revoked, and what of hers counts.
    pub(crate) revoked: Vec<Revoked>,
    /// What was erased.
    pub(crate) erased: Vec<Erased>,
    /// Ops that no build here knows.
    pub(crate) newer: Vec<NewerOp>,
    pocket: Pocket,
    /// Logs of which two trees were shown.
    two_trees: BTreeSet<String>,
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
        stuck: BTreeSet::new(),
        revoked: Vec::new(),
        erased: Vec::new(),
        newer: Vec::new(),
        pocket: Pocket::new(),
        two_trees: BTreeSet::new(),
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
    let heard: Vec<String> = check::heard(&scene).map(str::to_owned).collect();
    scene.met.extend(heard);
    Report { faults, trace: scene.trace, met: scene.met }
}

impl Scene {
    fn step(&mut self) {
        let who = self.dice.below(self.devices.len());
        match self.dice.below(10) {
            0..3 => self.act(who),
            3..7 => {
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
        self.newer.extend(self.devices[who].newer.take());
        self.met.insert(format!("{verb:?}"));
        self.last_verb = Some(verb);
        self.say(format!("{who} {verb:?} {done}"));
    }

    /// The network heals, and everybody meets the hub until nothing is left to say.
    fn heal(&mut self) {
        self.net.deliver_late(&self.hub.router);
        self.carry_what_is_left();
        for round in 0..HEALING_ROUNDS {
            for who in 0..self.devices.len() {
                match self.meet(who, 0) {
                    Ok(done) => {
                        if round + 1 == HEALING_ROUNDS
                            && done.waiting_seals > 0
                            && done.limit.is_none()
                        {
                            let left = done.waiting_seals;
                            self.faults.push(format!("{who}: {left} seals without a receipt"));
                        }
                        self.say(format!("{who} heals: {done:?}"));
                    }
                    Err(PullError::OwnRecordsMissing) if self.left_headers_alone(who) => {
                        self.stuck.insert(who);
                        self.say(format!("{who} is to tell the administrator"));
                    }
                    Err(why) if round + 1 == HEALING_ROUNDS => {
                        self.faults.push(format!("{who} does not heal: {why}"));
                    }
                    Err(why) => self.say(format!("{who} stopped: {}", word_of(&why))),
                }
            }
        }
    }

    fn say(&mut self, words: String) {
        self.trace.push(words);
    }
}

pub(crate) fn word_of(why: &PullError) -> String {
    // Names of temporary files have no place in a trace that is compared.
    let words = why.to_string();
    words.split(": /").next().unwrap_or_default().to_owned()
}
