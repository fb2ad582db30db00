//! Enrols a person as a writer on this device: a key, a certificate, and a line in the roster.

use angen_ledger::certificate::{Certificate, Duty, SignedCertificate};
use angen_ledger::hash::{Hash, Suite};
use angen_ledger::id::{DossierId, EntityId, PersonId, WriterId};
use angen_ledger::scope::Scope;

use crate::action::establish::established;
use crate::desk::{Desk, Entry, Page};
use crate::domain::{Listed, Role, read_all};
use crate::error::{Error, Result};
use crate::store;

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
    request.check()?;
    let place = established(desk.store())?;
    let writer = WriterId(desk.ports().id());
    let keys = desk.ports().keys.create(writer)?;
    let certificate = Certificate {
        suite: Suite::Sha256,
        duty: Duty::Writer,
        writer,
        person: PersonId(desk.ports().id()),
        name: request.name.clone(),
        organisation: request.organisation.clone(),
        scopes: vec![format!("{}:{}", request.role.word(), place.area).parse::<Scope>()?],
        not_before_ms: desk.ports().clock.now().wall_ms,
        not_after_ms: None,
        key: keys.sign,
        seal_to: keys.seal_to,
        ext: Vec::new(),
    };
    let issuer = desk.ports().keys.signer(desk.writer())?;
    let cose = certificate.sign(&*issuer, Some(desk.certificate()))?;
    let hash = SignedCertificate::read(&cose)?.hash;
    desk.write(|page| {
        // The same rules that a stranger will apply decide whether this certificate is good.
        let mut trust = angen_ledger::certificate::Trust::default();
        for (_, held) in store::certificates(page.read())? {
            trust.admit(&held)?;
        }
        trust.admit(&SignedCertificate::read(&cose)?)?;
        store::insert_certificate(page.tx(), &cose, hash)?;
        let officer = listed(page, place.roster, request)?;
        page.put(
            Entry::new("officer.enrol/1", place.roster, officer)
                .set("name", request.name.as_str())
                .set("role", request.role.word())
                .set("organisation", request.organisation.as_str())
                .set("writer", writer.raw().as_slice())
                .set("certificate", hash.as_bytes().as_slice())
                .set_some("certificate_no", request.certificate_no.as_deref())
                .set_some("certificate_valid_until", request.certificate_valid_until.as_deref()),
        )?;
        Ok(OfficerView {
            officer,
            writer,
            name: request.name.clone(),
            role: request.role,
            organisation: request.organisation.clone(),
            certificate_no: request.certificate_no.clone(),
            certificate: hash,
        })
    })
}

/// The entity of a person whom a bulk import has listed, found by certificate number and name, or
/// a new one.
fn listed(page: &Page<'_, '_>, roster: DossierId, request: &EnrolOfficer) -> Result<EntityId> {
    let all: Vec<Listed> = read_all(page.read(), roster)?;
    let same = |known: &&Listed| {
        known.writer.is_none()
            && known.certificate_no.is_some()
            && known.certificate_no == request.certificate_no
            && known.name == request.name
    };
    let found = all.iter().find(same).map(|known| known.officer);
    Ok(found.unwrap_or_else(|| page.new_entity()))
}

impl EnrolOfficer {
    fn check(&self) -> Result<()> {
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
