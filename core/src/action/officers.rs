//! The people on the roster 名册, and where the key of each is.

use angen_ledger::id::{EntityId, WriterId};
use angen_ledger::key::SignError;

use crate::action::establish::established;
use crate::domain::{Officer, Role, read_all};
use crate::error::Result;
use crate::ports::Ports;
use crate::store::{self, Store};

/// Where an officer's key is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyState {
    /// Here, and open: the officer may write at once.
    Open,
    /// Here, and the officer's PIN or biometric must open it.
    Locked,
    /// Not on this device: the officer writes on another.
    Elsewhere,
}

/// A person on the roster 名册, to be chosen for a visit or a training; who signs in is chosen from
/// [`keys_here`](crate::action::keys_here).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficerRow {
    /// The entity in the roster.
    pub officer: EntityId,
    /// The writer to sign in as.
    pub writer: WriterId,
    /// The name.
    pub name: String,
    /// What the person does.
    pub role: Role,
    /// The body.
    pub organisation: String,
    /// Number of the enforcement certificate 执法证号.
    pub certificate_no: Option<String>,
    /// Last day of the enforcement certificate, `2028-06-30`.
    pub certificate_valid_until: Option<String>,
    /// Whether the person is an enforcer whose certificate, or a renewed one that a photo shows,
    /// is valid at the moment.
    pub is_certified: bool,
    /// Whether the writer was revoked: what it writes does not count any more.
    pub is_revoked: bool,
    /// Where the key is.
    pub key: KeyState,
}

/// The people on the roster as of a moment, in milliseconds since 1970 UTC: whose key is here
/// first, then by name. The host is asked for each key; one that it does not give and does not
/// call locked is elsewhere.
///
/// # Errors
/// `NotFound` when nothing was established here; `Paused`, `Storage`.
pub fn officers(store: &Store, ports: &Ports, as_of_ms: i64) -> Result<Vec<OfficerRow>> {
    let place = established(store)?;
    let mut rows = store.read(|read| {
        let mut rows = Vec::new();
        for person in read_all::<Officer>(read, place.roster)? {
            rows.push(OfficerRow {
                is_certified: person.passes_on(as_of_ms),
                is_revoked: store::revoked_by(read, person.writer)?.is_some(),
                key: key_state(ports, person.writer),
                officer: person.officer,
                writer: person.writer,
                name: person.name,
                role: person.role,
                organisation: person.organisation,
                certificate_no: person.certificate_no,
                certificate_valid_until: person.certificate_valid_until,
            });
        }
        Ok(rows)
    })?;
    let order = |row: &OfficerRow| (row.key == KeyState::Elsewhere, row.is_revoked);
    rows.sort_by(|a, b| order(a).cmp(&order(b)).then_with(|| a.name.cmp(&b.name)));
    Ok(rows)
}

pub(crate) fn key_state(ports: &Ports, writer: WriterId) -> KeyState {
    match ports.keys.signer(writer) {
        Ok(_) => KeyState::Open,
        Err(SignError::Locked) => KeyState::Locked,
        Err(SignError::Store(_)) => KeyState::Elsewhere,
    }
}
