//! Enrols a person as a writer on this device: a key, a certificate, and a line in the roster.

use angen_ledger::hash::Hash;
use angen_ledger::id::{EntityId, PersonId, WriterId};

use crate::action::certify_writer::{Certifying, Terms, certify_on};
use crate::action::establish::established;
use crate::desk::Desk;
use crate::domain::Role;
use crate::error::{Error, Result};

/// Who is enrolled.
#[derive(Debug, Clone)]
pub struct EnrolOfficer {
    /// The person's name.
    pub name: String,
    /// What the person does here.
    pub role: Role,
    /// The body that the person belongs to.
    pub organisation: String,
    /// Number of the enforcement certificate 执法证号; none for who has none.
    pub certificate_no: Option<String>,
    /// Last day of the enforcement certificate, `2028-06-30`; none when it is not known.
    pub certificate_valid_until: Option<String>,
}

/// A person who writes on this device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficerView {
    /// The entity in the roster.
    pub officer: EntityId,
    /// The writer.
    pub writer: WriterId,
    /// The person's name.
    pub name: String,
    /// What the person does.
    pub role: Role,
    /// The body.
    pub organisation: String,
    /// Number of the enforcement certificate.
    pub certificate_no: Option<String>,
    /// The hash of the writer's certificate.
    pub certificate: Hash,
}

/// Enrols a person. The desk is the administrator's.
///
/// # Errors
/// `Invalid` for an empty name or number, or a day that is none; `Distrust` when the desk may not
/// issue; `Sign`, `Storage`.
pub fn enrol_officer(desk: &Desk<'_>, request: &EnrolOfficer) -> Result<OfficerView> {
    enrol_officer_on(desk, request, &Terms::default())
}

/// As [`enrol_officer`], on terms: for a visiting team, a mentor, who works in a part.
///
/// # Errors
/// As [`enrol_officer`], and `Invalid` for a last day that is over or none, an area elsewhere, or
/// too many dossiers.
pub fn enrol_officer_on(
    desk: &Desk<'_>,
    request: &EnrolOfficer,
    terms: &Terms,
) -> Result<OfficerView> {
    request.check()?;
    let place = established(desk.store())?;
    terms.check(&place, desk.ports().clock.now().wall_ms)?;
    let writer = WriterId(desk.ports().id());
    let keys = desk.ports().keys.create(writer)?;
    let person = PersonId(desk.ports().id());
    let asked = Certifying { who: request, terms, writer, keys, person, continues: None };
    desk.write(|page| certify_on(page, desk, &place, &asked))
}

impl EnrolOfficer {
    pub(crate) fn check(&self) -> Result<()> {
        if self.name.trim().is_empty() {
            return Err(Error::invalid("name", "姓名不能为空", "the name must not be empty"));
        }
        if self.certificate_no.as_ref().is_some_and(|number| number.trim().is_empty()) {
            return Err(Error::invalid(
                "certificate_no",
                "执法证号不能为空，没有证就不要填",
                "the certificate number must not be empty: leave it out if there is none",
            ));
        }
        match &self.certificate_valid_until {
            Some(day) if crate::domain::parse_day(day).is_none() => Err(Error::invalid(
                "certificate_valid_until",
                format!("“{day}”不是日期，应为 2028-06-30 这样的半角数字"),
                format!("\"{day}\" is no day: write it like 2028-06-30"),
            )),
            _ => Ok(()),
        }
    }
}
