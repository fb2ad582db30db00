//! What happens in a run beside the work of the officers and their meetings with the hub.

use std::collections::BTreeSet;

use angen_core::store;
use angen_ledger::hash::Hash;

use crate::device::{Verb, film};
use crate::run::{FIVE_YEARS_MS, Scene};

/// What may happen beside verbs and meetings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Event {
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
    /// An administrator takes a device back; it goes on writing and pushing.
    Revoke,
    /// A phone puts what waits on a stick.
    StickOut,
    /// The hub puts receipts on a stick.
    ReceiptsOut,
    /// A stick arrives, in one way or another.
    StickIn,
    /// The hub shows one tree to one phone, and another tree to another.
    TwoTrees,
    /// Personal data is erased, by two persons.
    Erase,
    /// A file of several parts is sent over a network that cuts.
    Film,
}

pub(super) const EVENTS: [Event; 19] = [
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
    Event::Revoke,
    Event::StickOut,
    Event::ReceiptsOut,
    Event::StickIn,
    Event::TwoTrees,
    Event::Erase,
    Event::Film,
];

/// What happens more often than the others: a stick is worth nothing before it arrives.
const OFTEN: [Event; 3] = [Event::StickOut, Event::StickIn, Event::StickIn];

impl Scene {
    pub(super) fn happen(&mut self, who: usize) {
        let place = self.dice.below(EVENTS.len() + OFTEN.len());
        let event = EVENTS.iter().chain(&OFTEN).nth(place).copied().unwrap_or(Event::Restart);
        let happened = match event {
            Event::ClockJump => self.jump_clock(who),
            Event::Restart => {
                self.devices[who].restart();
                true
            }
            Event::BackUp => {
                self.devices[who].back_up();
                true
            }
            Event::Restore => self.restore(who),
            Event::Clone => self.become_clone(who),
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
            Event::Revoke => self.revoke(who),
            Event::StickOut => self.put_on_stick(who),
            Event::ReceiptsOut => self.put_receipts_on_stick(who),
            Event::StickIn => self.carry_stick(),
            Event::TwoTrees => self.show_two_trees(who),
            Event::Erase => self.erase(who),
            Event::Film => self.send_film(who),
        };
        if happened {
            self.met.insert(format!("{event:?}"));
            self.say(format!("{who} {event:?}"));
        }
    }

    fn jump_clock(&mut self, who: usize) -> bool {
        // The administrator's certifies hubs: a certificate does not begin before its issuer's.
        if who == 0 {
            return false;
        }
        let way = if self.dice.once_in(2) { 1 } else { -1 };
        self.devices[who].town.world.jump_ms(way * FIVE_YEARS_MS);
        true
    }

    fn restore(&mut self, who: usize) -> bool {
        let officer = self.devices[who].officer;
        let had = self.devices[who].own_ops();
        let restored = self.devices[who].restore();
        if restored && self.dice.once_in(2) {
            // She meets the hub before she writes, as the app asks her to.
            self.say(format!("{who} asks first"));
            let met = self.meet(who, 0);
            // A stick may carry what the hub has not heard of: nobody can tell her (number 51).
            let at_hub = |op: &Hash| self.hub.store.read(|read| store::has_op(read, *op)).unwrap();
            if met.is_err() || !had.iter().all(at_hub) {
                self.may_fork.insert(officer);
            }
        } else if restored {
            self.may_fork.insert(officer);
        }
        restored
    }

    fn become_clone(&mut self, who: usize) -> bool {
        let other = self.dice.below(self.devices.len());
        if other == who || who == 0 {
            return false;
        }
        let (from, to) = if other < who { (other, who) } else { (who, other) };
        let (before, behind) = self.devices.split_at_mut(to);
        self.may_fork.insert(before[from].officer);
        behind[0].become_clone_of(&before[from]);
        true
    }

    /// The disk of a phone is full while she works and meets the hub.
    fn fill_disk(&mut self, who: usize) -> bool {
        self.devices[who].town.world.set_free_bytes(0);
        self.act(who);
        let _ = self.meet(who, 4);
        self.devices[who].town.world.set_free_bytes(angen_testing::world::FREE_BYTES);
        true
    }

    /// A file that takes several parts goes out, and comes in, over a network that cuts.
    fn send_film(&mut self, who: usize) -> bool {
        let bytes = film(&mut self.dice);
        if !self.devices[who].capture_bytes(&bytes, &mut self.dice) {
            return false;
        }
        self.last_verb = Some(Verb::Capture);
        for who in BTreeSet::from([who, self.dice.below(self.devices.len())]) {
            if let Err(why) = self.meet(who, 9) {
                self.say(format!("{who} stopped: {}", crate::run::word_of(&why)));
            }
        }
        true
    }
}
