//! Sticks and who carries them: bundles for phones and the hub, and receipts on their way back.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use angen_core::action::{
    BundleBlobs, ExportBundle, Handing, Imported, Receiver, export_bundle, import_bundle_at,
};
use angen_core::desk::Desk;
use angen_core::error::Error;
use angen_core::store::{self, Store};
use angen_ledger::hash::Hash;
use angen_ledger::id::WriterId;
use tempfile::TempDir;

use crate::run::Scene;
use crate::scratch::scratch;

/// What becomes of a stick on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// It arrives.
    Whole,
    /// It is taken in twice.
    Twice,
    /// Its end is missing.
    Cut,
    /// A bit is another one.
    Altered,
    /// It arrives where it does not go: the courier, or a phone that was mistaken for another.
    Elsewhere,
}

const WAYS: [Way; 5] = [Way::Whole, Way::Twice, Way::Cut, Way::Altered, Way::Elsewhere];

/// Receipts that came by a stick and were held against the tree.
const RECEIPTS_IN: &str = "receipts by a stick";

/// Everything that must have become of sticks in the standing seeds.
pub(super) fn all_ways() -> impl Iterator<Item = String> {
    let places = ["the hub", "a phone"];
    let at = move |way: &Way| places.map(|place| format!("stick {way:?} at {place}"));
    WAYS.iter().flat_map(at).chain([RECEIPTS_IN.to_owned()])
}

/// The sticks that are under way.
pub(super) struct Pocket {
    folder: TempDir,
    sticks: Vec<Stick>,
    made: u32,
}

impl Pocket {
    pub(super) fn new() -> Self {
        Self { folder: scratch(), sticks: Vec::new(), made: 0 }
    }

    /// Where the next stick lies.
    fn next(&mut self) -> PathBuf {
        self.made += 1;
        self.folder.path().join(format!("{}.angenb", self.made))
    }
}

#[derive(Clone)]
struct Stick {
    file: PathBuf,
    /// Officers who can open it.
    readers: BTreeSet<WriterId>,
    /// Whether the hub can.
    for_hub: bool,
    /// The ops of the dossiers that went, as its exporter held them.
    ops: Vec<Hash>,
    /// The log whose receipts are in it, its size, and what they are for.
    log: Option<(String, u64, BTreeSet<Hash>)>,
}

/// Where a stick arrives: a phone, or the hub.
type Door = Option<usize>;

impl Scene {
    /// A phone exports what waits, or one dossier, to the hub or to another officer or to both.
    pub(super) fn put_on_stick(&mut self, who: usize) -> bool {
        let reader = self.devices[self.dice.below(self.devices.len())].officer;
        let for_hub = self.dice.once_in(2);
        let for_phone = !for_hub || self.dice.once_in(3);
        let (hub, chain) = self.hub.certificates();
        let device = &self.devices[who];
        let (town, file) = (&device.town, self.pocket.next());
        let desk = Desk::sign_in(&town.store, &town.ports, device.officer).unwrap();
        let certificate = Desk::sign_in(&town.store, &town.ports, reader).unwrap().certificate();
        let all = town.store.read(store::dossiers).unwrap();
        let one = self.dice.once_in(3).then(|| self.dice.one_of(&all));
        let request = ExportBundle {
            dossiers: one.into_iter().collect(),
            readers: [for_hub.then_some(hub), for_phone.then_some(certificate)]
                .into_iter()
                .flatten()
                .collect(),
            certificates: chain,
            blobs: self.dice.one_of(&[BundleBlobs::All, BundleBlobs::Waiting, BundleBlobs::None]),
            software: "world".to_owned(),
            handing: Handing::default(),
        };
        let exported = match export_bundle(&desk, &request, &file, &mut |_, _| {}) {
            Ok(exported) => exported,
            Err(Error::Invalid { .. } | Error::NotFound { .. }) => return false,
            Err(why) => {
                self.faults.push(format!("{who} cannot export: {why}"));
                return false;
            }
        };
        let ops = exported.dossiers.iter().flat_map(|dossier| {
            town.store.read(|read| store::ops_of_dossier(read, *dossier)).unwrap()
        });
        let ops = ops.map(|stored| stored.op.hash).collect();
        let readers = for_phone.then_some(reader).into_iter().collect();
        self.pocket.sticks.push(Stick { file, readers, for_hub, ops, log: None });
        true
    }

    /// The hub writes the receipts of an officer's dossiers.
    pub(super) fn put_receipts_on_stick(&mut self, who: usize) -> bool {
        if self.is_revoked(who) {
            return false;
        }
        let (reader, file) = (self.devices[who].officer, self.pocket.next());
        let Some((size, subjects)) = self.hub.return_receipts(reader, &file) else { return false };
        let (readers, origin) = (BTreeSet::from([reader]), self.hub.origin());
        let log = Some((origin, size, subjects));
        self.pocket.sticks.push(Stick { file, readers, for_hub: false, ops: Vec::new(), log });
        true
    }

    /// A stick arrives, or what became of it on its way does. It may come again later.
    pub(super) fn carry_stick(&mut self) -> bool {
        if self.pocket.sticks.is_empty() {
            return false;
        }
        let place = self.dice.below(self.pocket.sticks.len());
        let stick = self.pocket.sticks[place].clone();
        let way = self.dice.one_of(&WAYS);
        let opens = |door: &Door| match door {
            Some(who) => stick.readers.contains(&self.devices[*who].officer),
            None => stick.for_hub,
        };
        let doors = (0..self.devices.len()).map(Some).chain([None]);
        let doors: Vec<Door> =
            doors.filter(|door| opens(door) != (way == Way::Elsewhere)).collect();
        if doors.is_empty() {
            return false;
        }
        // The hub, where it is one of two, as often as all phones together.
        let to_hub = doors.last() == Some(&None) && self.dice.once_in(2);
        let door = if to_hub { None } else { self.dice.one_of(&doors) };
        let at = door.map_or("the hub", |_| "a phone");
        self.say(format!("stick {place} {way:?} at {door:?}"));
        self.met.insert(format!("stick {way:?} at {at}"));
        match way {
            Way::Whole | Way::Twice => self.take_in(&stick, door, way == Way::Twice),
            Way::Cut | Way::Altered => {
                let spoilt = self.spoilt(&stick.file, way);
                self.refuse(&spoilt, door, way);
            }
            Way::Elsewhere => self.refuse(&stick.file, door, way),
        }
        if matches!(way, Way::Whole | Way::Twice) && self.dice.once_in(2) {
            self.pocket.sticks.remove(place);
        }
        true
    }

    /// What is still under way arrives late, when all faults are over.
    pub(super) fn carry_what_is_left(&mut self) {
        for _ in 0..self.pocket.sticks.len() {
            self.carry_stick();
        }
    }

    /// A stick without its end, or with another bit.
    fn spoilt(&mut self, file: &Path, way: Way) -> PathBuf {
        let mut bytes = std::fs::read(file).unwrap();
        let at = self.dice.below(bytes.len());
        match way {
            Way::Cut => bytes.truncate(at),
            _ => bytes[at] ^= 1 << self.dice.below(8),
        }
        let spoilt = self.pocket.next();
        std::fs::write(&spoilt, bytes).unwrap();
        spoilt
    }

    /// Whoever is not meant, or gets less than was sealed, takes nothing of it.
    fn refuse(&mut self, file: &Path, door: Door, way: Way) {
        let before = self.held_at(door);
        let imported = self.import(file, door);
        if let Ok(imported) = imported {
            self.faults.push(format!("stick {way:?} at {door:?} was taken: {imported:?}"));
        }
        if self.held_at(door) != before {
            self.faults.push(format!("stick {way:?} at {door:?} left something"));
        }
    }

    /// Whoever is meant has everything that was on it, whenever and however often it comes.
    fn take_in(&mut self, stick: &Stick, door: Door, twice: bool) {
        let first = match self.import(&stick.file, door) {
            Ok(first) => first,
            // A package with two branches of one chain of seals breaks rule S3 of the protocol:
            // such a dossier travels by the network alone. Where nobody had a reason to fork, it
            // is wrong.
            Err(why) if why.contains(" S3 ") && !self.may_fork.is_empty() => {
                self.say(format!("stick at {door:?} holds a fork, and is refused"));
                return;
            }
            Err(why) => {
                self.faults.push(format!("stick at {door:?} is not taken: {why}"));
                return;
            }
        };
        if twice {
            match self.import(&stick.file, door) {
                Ok(Imported { new_ops: 0, new_blobs: 0, receipts: 0, .. }) => {}
                other => self.faults.push(format!("the same stick again brings {other:?}")),
            }
        }
        let held = self.store_at(door);
        let lacks = |op: &&Hash| !held.read(|read| store::has_op(read, **op)).unwrap();
        let lacking = stick.ops.iter().filter(lacks).count();
        let contradicted =
            first.contradicted.iter().filter(|log| !self.two_trees.contains(*log)).count();
        if lacking > 0 || contradicted > 0 {
            self.faults.push(format!(
                "stick at {door:?}: {lacking} ops lack, {contradicted} logs are contradicted"
            ));
        }
        if let (Some((origin, size, subjects)), Some(who)) = (&stick.log, door) {
            self.judge_receipts(who, &first, (origin, *size), subjects);
        }
    }

    /// The receipts lead to the head that came with them, unless a later one is here already.
    fn judge_receipts(
        &mut self,
        who: usize,
        imported: &Imported,
        (origin, size): (&str, u64),
        subjects: &BTreeSet<Hash>,
    ) {
        let held = &self.devices[who].town.store;
        let receipted = held
            .read(|read| {
                let mut receipted = BTreeSet::new();
                for dossier in store::dossiers(read)? {
                    let kept = store::receipts_of(read, dossier)?.into_iter();
                    let of_it = kept.filter(|kept| kept.origin == origin);
                    receipted.extend(of_it.map(|kept| kept.receipt.entry.subject));
                }
                Ok(receipted)
            })
            .unwrap();
        let lacking = subjects.difference(&receipted).count();
        let is_older = self.seen(who, origin) > size || self.two_trees.contains(origin);
        if !is_older && (lacking > 0 || imported.unproved_receipts > 0) {
            let unproved = imported.unproved_receipts;
            self.faults.push(format!("{who} lacks {lacking} receipts, {unproved} are unproved"));
        } else if !is_older {
            self.met.insert(RECEIPTS_IN.to_owned());
        }
    }

    fn import(&mut self, file: &Path, door: Door) -> Result<Imported, String> {
        let Some(who) = door else { return self.hub.import(file) };
        let device = &self.devices[who];
        let town = &device.town;
        let desk = Desk::sign_in(&town.store, &town.ports, device.officer).unwrap();
        let (disk, roots) = (&*town.ports.disk, vec![town.place.root]);
        let receiver = Receiver { store: &town.store, disk, roots, log: None };
        import_bundle_at(&desk, &receiver, file).map_err(|why| why.to_string())
    }

    fn store_at(&self, door: Door) -> &Store {
        door.map_or(&*self.hub.store, |who| &self.devices[who].town.store)
    }

    /// What a party holds, as far as an import could change it.
    fn held_at(&self, door: Door) -> (Hash, u64, usize, usize) {
        let held = self.store_at(door);
        let numbers = held.read(|read| {
            let (ops, logs) = (store::count_ops(read)?, store::checkpoints_kept(read)?.len());
            Ok((store::digest(read)?, ops, store::certificates(read)?.len(), logs))
        });
        numbers.unwrap()
    }
}

impl Scene {
    /// Two phones that were shown two trees meet by a stick: where the two have one size, who
    /// takes it in has both heads in hand.
    pub(super) fn compare_by_stick(&mut self, who: usize, other: usize, is_one_size: bool) {
        let device = &self.devices[who];
        let town = &device.town;
        let desk = Desk::sign_in(&town.store, &town.ports, device.officer).unwrap();
        let reader = self.devices[other].officer;
        let reader = Desk::sign_in(&town.store, &town.ports, reader).unwrap().certificate();
        let request = ExportBundle {
            dossiers: town.store.read(store::dossiers).unwrap(),
            readers: vec![reader],
            certificates: Vec::new(),
            blobs: BundleBlobs::None,
            software: "world".to_owned(),
            handing: Handing::default(),
        };
        let file = self.pocket.next();
        if export_bundle(&desk, &request, &file, &mut |_, _| {}).is_err() {
            return;
        }
        let imported = self.import(&file, Some(other));
        let noticed = imported.as_ref().is_ok_and(|it| !it.contradicted.is_empty());
        self.say(format!("{other} is brought the other tree by {who}: {noticed}"));
        if is_one_size && !noticed {
            self.faults.push(format!("{other} holds two trees and does not see it: {imported:?}"));
        }
    }
}
