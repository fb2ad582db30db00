//! Personal data that is erased while the world goes on: afterwards it is in nobody's files.

use std::path::Path;

use angen_core::action::{
    RequestErasure, approve_erasure, capture_evidence, erase, register_enterprise, request_erasure,
};
use angen_core::desk::Desk;
use angen_core::domain::{Evidence, read_one};
use angen_core::error::Result;
use angen_core::store::{self, Store};
use angen_ledger::erasure::Target;
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId};
use angen_testing::files::jpeg;
use angen_testing::township::capture;

use crate::device::enterprise;
use crate::run::Scene;

/// Bytes of a ciphertext that are looked for.
const NOISE_BYTES: usize = 32;

/// An erasure that was carried out, and what must be in no file any more.
pub(crate) struct Erased {
    /// The op that carried it out.
    pub(crate) by: Hash,
    /// Names, keys and the beginnings of ciphertexts.
    needles: Vec<Vec<u8>>,
}

/// What is to be erased: two ops of the register, and the bytes that go with them.
struct Marked {
    dossier: DossierId,
    targets: Vec<Target>,
    needles: Vec<Vec<u8>>,
}

impl Scene {
    /// An officer records what should not have been recorded; it spreads; she asks, the
    /// administrator approves, and she erases it.
    pub(super) fn erase(&mut self, who: usize) -> bool {
        if self.devices[who].officer == self.devices[0].officer || self.is_revoked(who) {
            return false;
        }
        let Ok(marked) = self.mark(who) else { return false };
        let bad = if self.dice.once_in(2) { 4 } else { 0 };
        let _ = self.meet(who, bad);
        let other = self.dice.below(self.devices.len());
        let _ = self.meet(other, bad);
        if self.dice.once_in(2) {
            // Its reader may import it after the erasure: nothing may come back by it.
            self.put_on_stick(who);
        }
        let Some(erasure) = self.ask_and_approve(who, &marked) else { return false };
        let town = &self.devices[who].town;
        let desk = Desk::sign_in(&town.store, &town.ports, self.devices[who].officer).unwrap();
        // What is not found before says nothing when it is not found behind.
        let folder = town.store.folder();
        let is_absent = |needle: &&Vec<u8>| files_with(folder, needle).is_empty();
        let unmarked = marked.needles.iter().filter(is_absent).count();
        let unmarked = (unmarked > 0).then(|| format!("{unmarked} marks were never there"));
        let Ok(done) = erase(&desk, marked.dossier, erasure) else { return false };
        town.store.scrub(&*town.ports.disk).unwrap();
        let erased = Erased { by: done.op, needles: marked.needles };
        self.faults.extend(unmarked);
        self.faults.extend(left(&erased, town.store.folder()));
        self.erased.push(erased);
        true
    }

    /// Two records with marks that nothing else has, in the register, which is never closed.
    fn mark(&mut self, who: usize) -> Result<Marked> {
        let name = format!("样例抹去{:020}", self.dice.number());
        let device = &self.devices[who];
        let (town, dossier) = (&device.town, device.town.place.register);
        let desk = Desk::sign_in(&town.store, &town.ports, device.officer)?;
        let file = town.file("erase.jpg", &jpeg(&name));
        let photo = capture_evidence(&desk, &capture(file, dossier))?.evidence;
        let named = register_enterprise(&desk, &enterprise(name.clone()))?.op.unwrap();
        town.store.read(|read| {
            let photo: Evidence = read_one(read, dossier, photo)?;
            let op = store::require_op(read, photo.op)?;
            let key = op.get("blob_key").unwrap().as_bytes().unwrap().to_vec();
            let cipher = std::fs::read(town.store.blobs().path_of(op.header.blobs[0].address));
            let noise = cipher.unwrap()[..NOISE_BYTES].to_vec();
            let target = |op, field: &str| Target { op, fields: vec![field.to_owned()] };
            Ok(Marked {
                dossier,
                targets: vec![target(named, "name"), target(photo.op, "blob_key")],
                needles: vec![name.into_bytes(), key, noise],
            })
        })
    }

    /// Each hears of what the other did from the hub alone.
    fn ask_and_approve(&mut self, who: usize, marked: &Marked) -> Option<EntityId> {
        let town = &self.devices[who].town;
        let desk = Desk::sign_in(&town.store, &town.ports, self.devices[who].officer).unwrap();
        let request = RequestErasure {
            dossier: marked.dossier,
            targets: marked.targets.clone(),
            basis: "purpose_met".to_owned(),
            reason: "本人申请".to_owned(),
        };
        let erasure = request_erasure(&desk, &request).ok()?;
        self.meet(who, 0).ok()?;
        self.meet(0, 0).ok()?;
        let town = &self.devices[0].town;
        let desk = Desk::sign_in(&town.store, &town.ports, self.devices[0].officer).unwrap();
        approve_erasure(&desk, marked.dossier, erasure).ok()?;
        self.meet(0, 0).ok()?;
        self.meet(who, 0).ok()?;
        Some(erasure)
    }
}

/// What a party that has heard of erasures still has of what they erased.
pub(crate) fn traces(scene: &Scene, held: &Store) -> Vec<String> {
    let heard = |erased: &&Erased| held.read(|read| store::has_op(read, erased.by)).unwrap();
    let heard = scene.erased.iter().filter(heard);
    heard.flat_map(|erased| left(erased, held.folder())).collect()
}

fn left(erased: &Erased, folder: &Path) -> Vec<String> {
    let files = erased.needles.iter().flat_map(|needle| files_with(folder, needle));
    files.map(|file| format!("erased bytes are still in {file}")).collect()
}

/// Every file below a folder with some bytes in it: pages, log, blobs, parts, strays.
fn files_with(folder: &Path, needle: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            // Where the camera of the phone lays its files is not the core's to clean.
            if path.is_dir() && !path.ends_with("inbox") {
                folders.push(path);
            } else if path.is_file() && has(&std::fs::read(&path).unwrap(), needle) {
                found.push(path.strip_prefix(folder).unwrap().display().to_string());
            }
        }
    }
    found
}

fn has(bytes: &[u8], needle: &[u8]) -> bool {
    // The first byte rules most places out without a call.
    bytes.windows(needle.len()).any(|window| window[0] == needle[0] && window == needle)
}
