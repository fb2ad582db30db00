//! Whose keys are on this device 本机可登录者: officers, and administrators, who stand on no roster.

use std::collections::BTreeSet;

use angen_ledger::certificate::{Duty, SignedCertificate};
use angen_ledger::id::WriterId;

use crate::action::establish::established;
use crate::action::officers::{KeyState, key_state};
use crate::domain::{Officer, Role, read_all};
use crate::error::Result;
use crate::ports::Ports;
use crate::store::{self, Store};

/// Somebody who can sign in here, as the sign-in screen lists them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyHolder {
    /// The writer to sign in as.
    pub writer: WriterId,
    /// The name.
    pub name: String,
    /// What the person does; none for an administrator.
    pub role: Option<Role>,
    /// The body.
    pub organisation: String,
    /// Number of the enforcement certificate 执法证号, once the roster is here.
    pub certificate_no: Option<String>,
    /// Whether the person is an enforcer whose certificate, or a renewed one that a photo shows,
    /// is valid at the moment.
    pub is_certified: bool,
    /// Whether the roster has the person's line: a phone that joined has none before it first
    /// synced, and its officer works meanwhile.
    pub is_listed: bool,
    /// Whether the writer was revoked: what it writes does not count any more.
    pub is_revoked: bool,
    /// Whether the key is open: `Open` or `Locked`.
    pub key: KeyState,
}

/// Whose keys are here as of a moment, in milliseconds since 1970 UTC: administrators last, else
/// by name. The certificates say who can sign in, since the roster comes later to a new phone.
///
/// # Errors
/// `NotFound` when nothing was established here; `Paused`, `Storage`.
pub fn keys_here(store: &Store, ports: &Ports, as_of_ms: i64) -> Result<Vec<KeyHolder>> {
    let place = established(store)?;
    let mut rows = store.read(|read| {
        let people: Vec<Officer> = read_all(read, place.roster)?;
        let (mut rows, mut seen) = (Vec::new(), BTreeSet::new());
        // Of several certificates of one writer the newest counts, and it comes last.
        for (_, held) in store::certificates(read)?.into_iter().rev() {
            let SignedCertificate { certificate, .. } = held;
            let writes = matches!(certificate.duty, Duty::Writer | Duty::Admin);
            if !writes || !seen.insert(certificate.writer) {
                continue;
            }
            let key = key_state(ports, certificate.writer);
            if key == KeyState::Elsewhere {
                continue;
            }
            let line = people.iter().find(|line| line.writer == certificate.writer);
            let role = certificate.scopes.first().and_then(|scope| Role::from_word(scope.role()));
            rows.push(KeyHolder {
                writer: certificate.writer,
                role: role.filter(|_| certificate.duty == Duty::Writer),
                certificate_no: line.and_then(|line| line.certificate_no.clone()),
                is_certified: line.is_some_and(|line| line.passes_on(as_of_ms)),
                is_listed: line.is_some(),
                is_revoked: store::revoked_by(read, certificate.writer)?.is_some(),
                name: certificate.name,
                organisation: certificate.organisation,
                key,
            });
        }
        Ok(rows)
    })?;
    let order = |row: &KeyHolder| (row.is_revoked, row.role.is_none());
    rows.sort_by(|a, b| order(a).cmp(&order(b)).then_with(|| a.name.cmp(&b.name)));
    Ok(rows)
}
