//! Gives a person a new key 补发: the phone is lost, or the PIN forgotten. The person stays the same,
//! the old writer is revoked with a cut, all in one step.

use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, PersonId, WriterId};

use crate::action::certify_writer::{Certifying, Terms, certify_on};
use crate::action::enrol_officer::{EnrolOfficer, OfficerView};
use crate::action::establish::established;
use crate::action::join_township::{answer_text, keys_of, read_ask};
use crate::action::revoke_writer::{RevokeWriter, revoke_on};
use crate::desk::{Desk, Page};
use crate::domain::{Officer, read_all};
use crate::error::{Error, Result};
use crate::store;

/// Whose key is replaced.
#[derive(Debug, Clone)]
pub struct ReissueOfficer {
    /// The writer that is revoked.
    pub writer: WriterId,
    /// Why: the phone is lost, the PIN forgotten.
    pub reason: String,
    /// Where another op than the last one here is the last that counts, as in [`RevokeWriter`].
    pub cut: Vec<(DossierId, Option<u64>)>,
    /// On what terms the new writer is certified.
    pub terms: Terms,
    /// What the new phone shows; none when the new key is made on this device.
    pub ask: Option<String>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reissued {
    /// The new writer, with the line that goes on from the old one.
    pub officer: OfficerView,
    /// The op that revokes the old one.
    pub revocation: Hash,
    /// What the new phone is shown.
    pub answer: Option<String>,
}

/// Replaces the key of a person. The desk is the administrator's. Both lines of the roster stand:
/// the old one for what the person did before, the new one, which names it, from now on.
///
/// # Errors
/// As [`crate::action::revoke_writer`] and [`crate::action::answer_join`]; `NotFound` for a writer
/// who is not on the roster. Nothing is changed then.
pub fn reissue_officer(desk: &Desk<'_>, request: &ReissueOfficer) -> Result<Reissued> {
    let place = established(desk.store())?;
    request.terms.check(&place, desk.ports().clock.now().wall_ms)?;
    let ask = request.ask.as_deref().map(read_ask).transpose()?;
    let (writer, keys) = match &ask {
        Some((ask, _)) => (ask.writer, keys_of(ask)),
        None => {
            let writer = WriterId(desk.ports().id());
            (writer, desk.ports().keys.create(writer)?)
        }
    };
    desk.write(|page| {
        let people: Vec<Officer> = read_all(page.read(), place.roster)?;
        let old = people.iter().find(|known| known.writer == request.writer);
        let Some(old) = old else {
            return Err(Error::NotFound { noun: "officer", id: request.writer.to_string() });
        };
        let who = EnrolOfficer {
            name: old.name.clone(),
            role: old.role,
            organisation: old.organisation.clone(),
            certificate_no: old.certificate_no.clone(),
            certificate_valid_until: old.certificate_valid_until.clone(),
        };
        let person = person_of(page, request.writer)?;
        let continues = Some(old.officer);
        if is_certified(page, writer)? {
            return Err(Error::invalid(
                "ask",
                "这台新手机已经发过证，请在新手机上重新申请",
                "the new phone was certified already: ask anew on it",
            ));
        }
        let revoke = RevokeWriter {
            writer: request.writer,
            reason: request.reason.clone(),
            cut: request.cut.clone(),
        };
        let revocation = revoke_on(page, &place, desk.writer(), &revoke)?;
        let terms = &request.terms;
        let asked = Certifying { who: &who, terms, writer, keys, person, continues };
        let officer = certify_on(page, desk, &place, &asked)?;
        let answer = match &ask {
            Some((_, asked)) => Some(answer_text(page, desk, &place, *asked, officer.certificate)?),
            None => None,
        };
        Ok(Reissued { officer, revocation, answer })
    })
}

/// The person behind a writer.
pub(crate) fn person_of(page: &Page<'_, '_>, writer: WriterId) -> Result<PersonId> {
    let held = store::certificates(page.read())?;
    let mut newest = held.iter().rev().map(|(_, signed)| &signed.certificate);
    let known = newest.find(|known| known.writer == writer);
    known
        .map(|known| known.person)
        .ok_or_else(|| Error::NotFound { noun: "writer", id: writer.to_string() })
}

fn is_certified(page: &Page<'_, '_>, writer: WriterId) -> Result<bool> {
    let held = store::certificates(page.read())?;
    Ok(held.iter().any(|(_, signed)| signed.certificate.writer == writer))
}
