//! Appoints a person to the expert pool 聘任, and ends an appointment.

use angen_ledger::hash::Hash;
use angen_ledger::id::EntityId;
use angen_ledger::value::Value;

use crate::action::establish::established;
use crate::action::look::{day, ending, not_empty};
use crate::desk::{Desk, Entry};
use crate::domain::{Appointment, ExpertKind, Listed, read_one};
use crate::error::{Error, Result};
use crate::procedure::{self, PoolMember};
use crate::store::Store;

/// Specialties of one person: a longer list says nothing.
pub const SPECIALTIES_MAX: usize = 20;

/// An appointment.
#[derive(Debug, Clone)]
pub struct AppointExpert {
    /// The person on the roster.
    pub person: EntityId,
    /// Which pool.
    pub kind: ExpertKind,
    /// What the person knows, in words of the trade.
    pub specialties: Vec<String>,
    /// First day, `2026-01-01`.
    pub from: String,
    /// Last day, `2026-12-31`.
    pub until: String,
    /// The body that appoints.
    pub appointed_by: String,
    /// Number of the letter of appointment, if it has one.
    pub document_no: Option<String>,
}

/// Appoints a person.
///
/// # Errors
/// `Invalid` for a day that is none, an end before the beginning, an empty body or specialty;
/// `NotFound` for somebody who is not on the roster; `Sign`, `Storage`.
pub fn appoint_expert(desk: &Desk<'_>, request: &AppointExpert) -> Result<Appointment> {
    request.check()?;
    let place = established(desk.store())?;
    desk.write(|page| {
        read_one::<Listed>(page.read(), place.roster, request.person)?;
        let appointment = page.new_entity();
        let specialties = request.specialties.iter().map(|word| Value::from(word.as_str()));
        page.put(
            Entry::new("appointment.make/1", place.roster, appointment)
                .set("person", request.person.raw().as_slice())
                .set("expert_kind", request.kind.word())
                .set("specialties", specialties.collect::<Vec<_>>())
                .set("from", request.from.as_str())
                .set("until", request.until.as_str())
                .set("appointed_by", request.appointed_by.as_str())
                .set_some("document_no", request.document_no.as_deref()),
        )?;
        read_one(page.read(), place.roster, appointment)
    })
}

/// Ends an appointment from a day on.
///
/// # Errors
/// `Invalid` for a day that is none or an empty reason; `NotFound`; `Sign`, `Storage`.
pub fn end_appointment(
    desk: &Desk<'_>,
    appointment: EntityId,
    ended_on: &str,
    reason: &str,
) -> Result<Hash> {
    let place = established(desk.store())?;
    let entry = Entry::new("appointment.end/1", place.roster, appointment);
    let entry = ending(entry, ended_on, reason)?;
    desk.write(|page| {
        read_one::<Appointment>(page.read(), place.roster, appointment)?;
        page.put(entry)
    })
}

/// The expert pool as of a moment, in milliseconds since 1970 UTC.
///
/// # Errors
/// `Paused`, `Storage`.
pub fn pool(store: &Store, as_of_ms: i64) -> Result<Vec<PoolMember>> {
    let day = crate::domain::china_day(as_of_ms).unwrap_or_default();
    store.read(|connection| procedure::pool(connection, day))
}

impl AppointExpert {
    fn check(&self) -> Result<()> {
        not_empty("appointed_by", &self.appointed_by)?;
        if self.specialties.len() > SPECIALTIES_MAX {
            return Err(Error::invalid(
                "specialties",
                format!("专长超过 {SPECIALTIES_MAX} 项，请只写主要的"),
                format!("more than {SPECIALTIES_MAX} specialties: name the main ones"),
            ));
        }
        for specialty in &self.specialties {
            not_empty("specialties", specialty)?;
        }
        check_term(&self.from, Some(&self.until))
    }
}

/// Refuses days that are none, and an end before the beginning.
pub(crate) fn check_term(from: &str, until: Option<&str>) -> Result<()> {
    let first = day("from", from)?;
    let Some(until) = until else { return Ok(()) };
    let last = day("until", until)?;
    if last < first {
        return Err(Error::invalid("until", "截止日早于起始日", "it ends before it begins"));
    }
    Ok(())
}
