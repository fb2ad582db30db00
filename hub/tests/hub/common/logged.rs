//! A hub with a log: its clock, its certificates, and a sign-in by raw requests.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use angen_core::ports::{Clock, ClockSource};
use angen_hub::wire::{Certificates, Challenge, ChallengeAnswer, Token};
use angen_hub::{HubKey, Logging};
use angen_ledger::hash::Hash;
use angen_ledger::id::{BootId, WriterId};
use angen_ledger::key::Signer;
use angen_ledger::op::Moment;
use angen_ledger::testing::{BEGIN_MS, Chance as Dice};
use angen_ledger::wire::Wire;
use base64ct::{Base64UrlUnpadded, Encoding};

use crate::common::phone::SeededChance;
use crate::common::{Answer, Phone, request};

/// A clock that stands until a test lets time pass; a day after the phones' world begins.
#[derive(Default)]
pub(crate) struct HubClock(AtomicU64);

impl HubClock {
    pub(crate) fn pass(&self, ms: u64) {
        self.0.fetch_add(ms, Ordering::Relaxed);
    }

    pub(crate) fn wall_ms(&self) -> i64 {
        BEGIN_MS + 86_400_000 + self.0.load(Ordering::Relaxed) as i64
    }
}

struct Shared(Arc<HubClock>);

impl Clock for Shared {
    fn now(&self) -> Moment {
        let mono_ms = self.0.0.load(Ordering::Relaxed);
        Moment { wall_ms: self.0.wall_ms(), mono_ms, boot: BootId([3; 16]) }
    }

    fn source(&self) -> ClockSource {
        ClockSource::Network
    }
}

/// What a hub is started with. Each start has other chance, as on a real machine.
pub(crate) fn logging(certificates: Vec<Vec<u8>>, clock: &Arc<HubClock>) -> Logging {
    static STARTS: AtomicU64 = AtomicU64::new(0x10_9000);
    let seed = STARTS.fetch_add(1, Ordering::Relaxed);
    Logging {
        certificates,
        mark: None,
        new_epoch: false,
        clock: Box::new(Shared(Arc::clone(clock))),
        chance: Box::new(SeededChance(Mutex::new(Dice::new(seed)))),
    }
}

/// The chains for the hub of a folder, one of each township, for an epoch of its log.
pub(crate) fn certificates_for(folder: &Path, phones: &[&Phone], epoch: u32) -> Vec<Vec<u8>> {
    std::fs::create_dir_all(folder).unwrap();
    let chance = SeededChance(Mutex::new(Dice::new(folder.to_string_lossy().len() as u64)));
    let keys = HubKey::open(folder, &chance).unwrap().public();
    let origin = format!("rizhao.example/donggang/{epoch}");
    phones.iter().flat_map(|phone| phone.certify(keys.clone(), &origin)).collect()
}

/// Somebody who has signed in.
pub(crate) struct Signed {
    address: SocketAddr,
    pub(crate) token: String,
}

impl Signed {
    pub(crate) fn get(&self, path: &str) -> Answer {
        get_as(self.address, path, &self.token, &[])
    }

    pub(crate) fn get_range(&self, path: &str, range: &str) -> Answer {
        get_as(self.address, path, &self.token, &[("Range", range.to_owned())])
    }
}

/// A request with a token.
fn get_as(address: SocketAddr, path: &str, token: &str, more: &[(&str, String)]) -> Answer {
    let mut fields = vec![("Authorization", format!("Bearer {token}"))];
    fields.extend_from_slice(more);
    request(address, "GET", path, &fields, &[])
}

/// Signs a writer of a phone in, with requests of our own.
pub(crate) fn sign_in(address: SocketAddr, phone: &Phone, writer: WriterId) -> Signed {
    let certificates = Certificates(phone.certificates()).to_wire();
    let admitted = request(address, "POST", "/v1/certificates", &[], &certificates);
    assert_eq!(admitted.status, 200, "{admitted:?}");
    let (certificate, key) = phone.credentials(writer);
    sign_in_with(address, certificate, &*key)
}

/// Signs in with a certificate that the hub has.
pub(crate) fn sign_in_with(address: SocketAddr, certificate: Hash, key: &dyn Signer) -> Signed {
    let challenge = request(address, "POST", "/v1/session/challenge", &[], &[]);
    let Challenge { nonce, origin } = Challenge::from_wire(&challenge.body).unwrap();
    let cose = ChallengeAnswer { origin, nonce }.sign(key, certificate).unwrap();
    let token = request(address, "POST", "/v1/session", &[], &cose);
    let Token { token, .. } = Token::from_wire(&token.body).unwrap();
    Signed { address, token: Base64UrlUnpadded::encode_string(&token) }
}
