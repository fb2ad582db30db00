//! A hub that lies about its log: it goes back in secret, or shows two trees at once.

use angen_core::store;
use angen_core::sync::PullError;

use crate::run::Scene;

impl Scene {
    /// The hub goes back in secret: nobody who has seen more may take it for the same.
    pub(super) fn roll_back(&mut self, who: usize) -> bool {
        let copy = self.hub.copy();
        self.act(who);
        let _ = self.meet(who, 0);
        let size = self.hub.show(&copy);
        let origin = self.hub.origin();
        for who in 0..self.devices.len() {
            let seen = self.seen(who, &origin);
            // Who has not seen more cannot tell, and would write into the second tree.
            if seen > size && !is_told_untrue(&self.meet(who, 0)) {
                self.faults.push(format!("{who} has seen {seen} entries, and takes {size}"));
            }
        }
        self.hub.put_back();
        true
    }

    /// The hub shows one tree to one phone and, from the same beginning, another to another. Once
    /// either is shown what the other was, or one brings a stick to the other, somebody notices;
    /// and the township goes on under a new certificate.
    pub(super) fn show_two_trees(&mut self, who: usize) -> bool {
        let other = self.dice.below(self.devices.len());
        if other == who || self.is_revoked(who) || self.is_revoked(other) {
            return false;
        }
        let origin = self.hub.origin();
        let copy = self.hub.copy();
        self.act(who);
        let _ = self.meet(who, 0);
        let size = self.hub.show(&copy);
        if self.seen(other, &origin) > size {
            // She would notice at once: that is the other event.
            self.hub.put_back();
            return false;
        }
        self.act(other);
        let _ = self.meet(other, 0);
        let trees = (self.seen(who, &origin), self.seen(other, &origin));
        self.say(format!("{who} and {other} were shown two trees of {trees:?} from {size} on"));
        let are_two = trees.0 > size && trees.1 > size;
        if are_two {
            self.two_trees.insert(origin.clone());
            self.compare_by_stick(who, other, trees.0 == trees.1);
        }
        let shown_to = if self.dice.once_in(2) {
            self.hub.put_back();
            other
        } else {
            who
        };
        if are_two {
            let met = self.meet(shown_to, 0);
            self.judge_notice(shown_to, &origin, &met);
        }
        // What the second tree alone had is on the phones that it was shown to.
        self.hub.put_back();
        self.hub.begin_epoch(&self.devices[0].town);
        are_two
    }

    /// Who was shown the other tree says so, and keeps both heads when they can be held against
    /// each other.
    fn judge_notice<T>(&mut self, who: usize, origin: &str, met: &Result<T, PullError>) {
        if !is_told_untrue(met) {
            self.faults.push(format!("{who} was shown another tree of {origin} and believed it"));
        }
        let kept = self.devices[who].town.store.read(store::checkpoints_kept).unwrap();
        let has_both =
            kept.iter().any(|kept| !kept.agrees && kept.signed.checkpoint.origin == origin);
        if matches!(met, Err(PullError::TwoTrees { .. })) && !has_both {
            self.faults.push(format!("{who} kept no evidence of the two trees of {origin}"));
        }
    }

    /// How many entries of a log a phone has seen.
    pub(super) fn seen(&self, who: usize, origin: &str) -> u64 {
        let held = &self.devices[who].town.store;
        let seen = held.read(|read| store::last_checkpoint(read, origin)).unwrap();
        seen.map_or(0, |signed| signed.checkpoint.size)
    }
}

fn is_told_untrue<T>(met: &Result<T, PullError>) -> bool {
    matches!(met, Err(why) if why.is_untrue())
}
