//! A phone of a township: real verbs of the core on lent clocks, chance, keys and disk.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use angen_core::action::{
    CaptureEvidence, CertifyHub, EnrolOfficer, Establish, Established, EvidenceView, ExportPackage,
    Exported, Handing, PlanAssistance, RevokeWriter, WriteComment, capture_evidence, certify_hub,
    enrol_officer, establish, export_package, plan_assistance, release_teaching, revoke_writer,
    write_comment,
};
use angen_core::desk::Desk;
use angen_core::domain::{EvidenceKind, Role, SourceClass};
use angen_core::error::Result;
use angen_core::ports::{Chance, Clock, ClockSource, Disk, Keys, NewKeys, Ports};
use angen_core::store::{self, SealedRun, Store};
use angen_ledger::hash::Hash;
use angen_ledger::header::BlobRef;
use angen_ledger::id::{BootId, DossierId, WriterId};
use angen_ledger::key::{Algorithm, SignError, Signer, SoftKey};
use angen_ledger::op::Moment;
use angen_ledger::testing::{BEGIN_MS, Chance as Dice};
use tempfile::TempDir;

/// A phone fresh from its box.
pub(crate) struct NewPhone {
    pub(crate) store: Store,
    pub(crate) ports: Ports,
    _folder: TempDir,
}

impl NewPhone {
    pub(crate) fn new(seed: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("data")).unwrap();
        let ports = ports(seed, &Arc::new(MemoryKeys::new(seed)), 0);
        Self { store, ports, _folder: folder }
    }
}

/// Somebody to enrol.
pub(crate) fn officer(name: &str) -> EnrolOfficer {
    EnrolOfficer {
        name: name.to_owned(),
        role: Role::Enforcer,
        organisation: "涛雒镇应急管理办公室".to_owned(),
        certificate_no: Some("15110200001".to_owned()),
        certificate_valid_until: None,
    }
}

/// A phone with an established township and two officers.
pub(crate) struct Phone {
    pub(crate) store: Store,
    pub(crate) place: Established,
    pub(crate) officers: Vec<WriterId>,
    pub(crate) ports: Ports,
    keys: Arc<MemoryKeys>,
    folder: TempDir,
}

impl Phone {
    /// A township; everything random in it comes from the seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self::in_area(seed, "371102110")
    }

    /// A township with another division code.
    pub(crate) fn in_area(seed: u64, area: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("data")).unwrap();
        let keys = Arc::new(MemoryKeys::new(seed));
        let ports = ports(seed, &keys, 0);
        let request = Establish {
            area: area.to_owned(),
            township: "涛雒镇".to_owned(),
            organisation: "涛雒镇应急管理办公室".to_owned(),
            administrator: "管理员甲".to_owned(),
        };
        let place = establish(&store, &ports, &request).unwrap();
        let enrol = |name: &str| {
            let desk = Desk::sign_in(&store, &ports, place.administrator).unwrap();
            enrol_officer(&desk, &officer(name)).unwrap().writer
        };
        let officers = vec![enrol("执法员乙"), enrol("执法员丙")];
        Self { store, place, officers, ports, keys, folder }
    }

    /// A second phone that holds everything that this one does, keys included.
    pub(crate) fn copy(&self, seed: u64) -> Self {
        // One at a time: what is closed for one copy must not be opened for another meanwhile.
        static COPYING: Mutex<()> = Mutex::new(());
        let folder = tempfile::tempdir().unwrap();
        let alone = COPYING.lock().unwrap();
        self.store.pause().unwrap();
        copy_folder(&self.folder.path().join("data"), &folder.path().join("data"));
        self.store.resume().unwrap();
        drop(alone);
        Self {
            store: Store::open(&folder.path().join("data")).unwrap(),
            place: self.place.clone(),
            officers: self.officers.clone(),
            ports: ports(seed, &self.keys, 3_600_000),
            keys: Arc::clone(&self.keys),
            folder,
        }
    }

    /// An officer captures a photo with a file of at least this many bytes into the register.
    pub(crate) fn capture(&self, officer: usize, name: &str, bytes: usize) -> EvidenceView {
        let path = self.folder.path().join(name);
        std::fs::write(&path, jpeg(name, bytes)).unwrap();
        let desk = Desk::sign_in(&self.store, &self.ports, self.officers[officer]).unwrap();
        let request = CaptureEvidence {
            path,
            dossier: self.place.register,
            about: None,
            kind: EvidenceKind::AudioVisual,
            source: SourceClass::OwnCamera,
            source_note: None,
            caption: "砂轮机缺防护罩".to_owned(),
            method: None,
            proves: None,
            purpose: None,
            place: None,
            device: "test".to_owned(),
            derived_from: None,
        };
        capture_evidence(&desk, &request).unwrap()
    }

    /// The dossier that evidence goes into.
    pub(crate) fn register(&self) -> DossierId {
        self.place.register
    }

    /// The three dossiers of the township.
    pub(crate) fn dossiers(&self) -> [DossierId; 3] {
        [self.place.roster, self.place.library, self.place.register]
    }

    /// Every certificate, issuers first.
    pub(crate) fn certificates(&self) -> Vec<Vec<u8>> {
        let held = self.store.read(store::certificates).unwrap();
        held.into_iter().map(|(cose, _)| cose).collect()
    }

    /// Every run of a dossier, the opening's first.
    pub(crate) fn runs(&self, dossier: DossierId) -> Vec<SealedRun> {
        let runs: Result<Vec<_>> = self.store.read(|connection| {
            let seals = store::seals_of(connection, dossier)?;
            seals.iter().map(|(cose, seal)| store::run_under(connection, cose, seal)).collect()
        });
        let mut runs = runs.unwrap();
        let is_opening = |run: &SealedRun| {
            run.ops.iter().any(|(header, _)| header.windows(14).any(|w| w == b"dossier.open/1"))
        };
        runs.sort_by_key(|run| !is_opening(run));
        runs
    }

    /// The administrator certifies a hub; gives the chain that the hub is started with.
    pub(crate) fn certify(&self, keys: NewKeys, origin: &str) -> Vec<Vec<u8>> {
        let desk = Desk::sign_in(&self.store, &self.ports, self.place.administrator).unwrap();
        let request = CertifyHub {
            name: "东港平台".to_owned(),
            organisation: "日照市应急管理局".to_owned(),
            origin: origin.to_owned(),
            keys,
        };
        certify_hub(&desk, &request).unwrap().chain
    }

    /// The administrator revokes a writer.
    pub(crate) fn revoke(&self, writer: WriterId) {
        let desk = Desk::sign_in(&self.store, &self.ports, self.place.administrator).unwrap();
        let request = RevokeWriter { writer, reason: "手机遗失".to_owned(), cut: Vec::new() };
        revoke_writer(&desk, &request).unwrap();
    }

    /// A visit with a mentor who has commented on it, and released nothing.
    pub(crate) fn mentored_visit(&self) -> Mentored {
        let desk = Desk::sign_in(&self.store, &self.ports, self.place.administrator).unwrap();
        let request = EnrolOfficer {
            name: "专家丁".to_owned(),
            role: Role::Mentor,
            organisation: "日照市应急管理局".to_owned(),
            certificate_no: None,
            certificate_valid_until: None,
        };
        let mentor = enrol_officer(&desk, &request).unwrap().writer;
        let plan = PlanAssistance {
            round: 1,
            profile: "rizhao-2021".to_owned(),
            mentors: vec![mentor],
            round_dossier: None,
        };
        let visit = plan_assistance(&desk, &plan).unwrap();
        let comment = WriteComment {
            visit: visit.dossier,
            about_dossier: visit.dossier,
            about: visit.assistance,
            text: "先看防护，再看台账".to_owned(),
        };
        let desk = Desk::sign_in(&self.store, &self.ports, mentor).unwrap();
        write_comment(&desk, &comment).unwrap();
        Mentored { dossier: visit.dossier, mentor }
    }

    /// The mentor releases everything.
    pub(crate) fn release(&self, visit: &Mentored) {
        let desk = Desk::sign_in(&self.store, &self.ports, visit.mentor).unwrap();
        release_teaching(&desk, visit.dossier, &[]).unwrap();
    }

    /// The first officer exports a dossier into a file.
    pub(crate) fn export(&self, dossier: DossierId) -> PathBuf {
        self.exported(dossier).0
    }

    /// As `export`, with what came of it.
    pub(crate) fn exported(&self, dossier: DossierId) -> (PathBuf, Exported) {
        let file = self.folder.path().join("out.angen");
        let desk = Desk::sign_in(&self.store, &self.ports, self.officers[0]).unwrap();
        let request = ExportPackage {
            dossiers: vec![dossier],
            withhold: BTreeSet::new(),
            software: "test".to_owned(),
            handing: Handing { recipient: Some("法院".to_owned()), purpose: None },
        };
        let exported = export_package(&desk, &request, &file, &mut |_, _| {}).unwrap();
        (file, exported)
    }

    /// The certificate and the key of a writer.
    pub(crate) fn credentials(&self, writer: WriterId) -> (Hash, Box<dyn Signer>) {
        let desk = Desk::sign_in(&self.store, &self.ports, writer).unwrap();
        (desk.certificate(), self.ports.keys.signer(writer).unwrap())
    }

    /// What the administrator works at.
    pub(crate) fn admin(&self) -> Desk<'_> {
        Desk::sign_in(&self.store, &self.ports, self.place.administrator).unwrap()
    }

    /// The only blob of the register, and its ciphertext.
    pub(crate) fn only_blob(&self) -> (BlobRef, Vec<u8>) {
        let register = self.place.register;
        let named = self.store.read(|c| store::named_blobs(c, register)).unwrap();
        let [blob] = named[..] else { panic!("one blob was expected: {named:?}") };
        (blob, std::fs::read(self.store.blobs().path_of(blob.address)).unwrap())
    }
}

/// An assistance visit, and who mentors it.
pub(crate) struct Mentored {
    pub(crate) dossier: DossierId,
    pub(crate) mentor: WriterId,
}

/// A JPEG file of little but comment segments, at least so long, and another one for each name.
fn jpeg(name: &str, bytes: usize) -> Vec<u8> {
    let seed = name.bytes().fold(7_u64, |sum, byte| sum.wrapping_mul(31) + u64::from(byte));
    let (mut dice, mut file) = (Dice::new(seed), vec![0xff, 0xd8]);
    loop {
        let noise: [u8; 4_096] = dice.bytes();
        // A comment segment: marker, then its length with the two bytes of the length itself.
        file.extend([0xff, 0xfe]);
        file.extend((noise.len() as u16 + 2).to_be_bytes());
        file.extend(noise);
        if file.len() >= bytes {
            file.extend([0xff, 0xd9]);
            return file;
        }
    }
}

/// Lent things whose clock begins so long after the tests' world: a copy is no older than what
/// it holds.
fn ports(seed: u64, keys: &Arc<MemoryKeys>, late_ms: i64) -> Ports {
    Ports {
        clock: Box::new(TickingClock(AtomicI64::new(late_ms))),
        chance: Box::new(SeededChance(Mutex::new(Dice::new(seed)))),
        keys: Box::new(SharedKeys(Arc::clone(keys))),
        disk: Box::new(TestDisk::roomy()),
    }
}

pub(crate) fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A second passes each time that somebody looks.
struct TickingClock(AtomicI64);

impl Clock for TickingClock {
    fn now(&self) -> Moment {
        let passed = self.0.fetch_add(1_000, Ordering::Relaxed);
        Moment { wall_ms: BEGIN_MS + passed, mono_ms: passed.unsigned_abs(), boot: BootId([9; 16]) }
    }

    fn source(&self) -> ClockSource {
        ClockSource::Network
    }
}

pub(crate) struct SeededChance(pub(crate) Mutex<Dice>);

impl Chance for SeededChance {
    fn fill(&self, buffer: &mut [u8]) {
        let mut dice = self.0.lock().unwrap();
        for part in buffer.chunks_mut(32) {
            let bytes: [u8; 32] = dice.bytes();
            part.copy_from_slice(&bytes[..part.len()]);
        }
    }
}

struct MemoryKeys {
    dice: Mutex<Dice>,
    secrets: Mutex<HashMap<WriterId, [u8; 32]>>,
}

impl MemoryKeys {
    fn new(seed: u64) -> Self {
        Self { dice: Mutex::new(Dice::new(seed ^ 0x5eed)), secrets: Mutex::default() }
    }
}

struct SharedKeys(Arc<MemoryKeys>);

impl Keys for SharedKeys {
    fn create(&self, writer: WriterId) -> std::result::Result<NewKeys, SignError> {
        let fresh = self.0.dice.lock().unwrap().bytes();
        let secret = *self.0.secrets.lock().unwrap().entry(writer).or_insert(fresh);
        let key = SoftKey::from_secret(Algorithm::Ed25519, &secret).unwrap();
        Ok(NewKeys { sign: key.public_key(), seal_to: [7; 32] })
    }

    fn signer(&self, writer: WriterId) -> std::result::Result<Box<dyn Signer>, SignError> {
        let secrets = self.0.secrets.lock().unwrap();
        let secret = secrets.get(&writer).ok_or(SignError::Locked)?;
        Ok(Box::new(SoftKey::from_secret(Algorithm::Ed25519, secret).unwrap()))
    }
}

/// A disk with as much room as it is said to have.
pub(crate) struct TestDisk(pub(crate) u64);

impl TestDisk {
    /// More room than any test needs.
    pub(crate) fn roomy() -> Self {
        Self(1 << 40)
    }
}

impl Disk for TestDisk {
    fn free_bytes(&self, _place: &Path) -> std::io::Result<u64> {
        Ok(self.0)
    }
}
