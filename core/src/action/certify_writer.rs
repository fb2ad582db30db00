//! Certifies a writer on the administrator's page: the certificate and the line in the roster, for
//! whoever enrols, answers a new phone, or takes the place of a lost one.

use angen_ledger::certificate::{Certificate, DOSSIERS_EXT, Duty, SignedCertificate, Trust};
use angen_ledger::hash::Suite;
use angen_ledger::id::{DossierId, EntityId, PersonId, WriterId};
use angen_ledger::limits::SCOPE_DOSSIERS_MAX;
use angen_ledger::scope::{Scope, is_area};
use angen_ledger::value::Value;

use crate::action::enrol_officer::{EnrolOfficer, OfficerView};
use crate::action::establish::Established;
use crate::action::look::day;
use crate::desk::{Desk, Entry, Page};
use crate::domain::{Listed, china_noon_ms, read_all};
use crate::error::{Error, Result};
use crate::ports::NewKeys;
use crate::store;

/// Half a day without its last millisecond: from noon to the end of the day.
const AFTERNOON_MS: i64 = 12 * 3_600_000 - 1;

/// On what terms a writer is certified. The default is without end, for the whole township.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    /// Last day of the writer's certificate, `2026-12-31`; none for no end. It is another thing
    /// than the last day of the enforcement certificate.
    pub until: Option<String>,
    /// Division code below the township's, for who works in a part of it.
    pub area: Option<String>,
    /// The only dossiers that a hub gives to the holder, beside the standing ones; none for all.
    pub dossiers: Vec<DossierId>,
}

/// Who is certified, with which keys.
pub(crate) struct Certifying<'r> {
    pub(crate) who: &'r EnrolOfficer,
    pub(crate) terms: &'r Terms,
    pub(crate) writer: WriterId,
    pub(crate) keys: NewKeys,
    pub(crate) person: PersonId,
    /// The line of the same person that this one goes on from.
    pub(crate) continues: Option<EntityId>,
}

impl Terms {
    /// Refuses terms that cannot be meant.
    pub(crate) fn check(&self, place: &Established, now_ms: i64) -> Result<()> {
        if self.end_ms()?.is_some_and(|end_ms| end_ms < now_ms) {
            return Err(Error::invalid(
                "until",
                "有效期的最后一天已经过去",
                "the last day is over already",
            ));
        }
        let within = |area: &String| is_area(area) && area.starts_with(&place.area);
        if let Some(area) = self.area.as_ref().filter(|area| !within(area)) {
            return Err(Error::invalid(
                "area",
                format!("“{area}”不在本乡镇（{}）之内", place.area),
                format!("\"{area}\" does not lie within this township ({})", place.area),
            ));
        }
        if self.dossiers.len() + 3 > SCOPE_DOSSIERS_MAX {
            let most = SCOPE_DOSSIERS_MAX - 3;
            return Err(Error::invalid(
                "dossiers",
                format!("一张证书最多限定 {most} 个卷宗"),
                format!("one certificate is limited to {most} dossiers at most"),
            ));
        }
        Ok(())
    }

    fn end_ms(&self) -> Result<Option<i64>> {
        let last = self.until.as_deref().map(|text| day("until", text)).transpose()?;
        Ok(last.map(|last| china_noon_ms(last) + AFTERNOON_MS))
    }

    /// The standing dossiers are always among them: without the roster its holder would not learn
    /// who is revoked, without library and register nobody can work.
    fn ext(&self, place: &Established) -> Vec<(String, Value)> {
        if self.dossiers.is_empty() {
            return Vec::new();
        }
        let mut named = vec![place.roster, place.library, place.register];
        named.extend(self.dossiers.iter().copied());
        named.sort_unstable();
        named.dedup();
        let ids = named.iter().map(|id| Value::from(id.raw().as_slice()));
        vec![(DOSSIERS_EXT.to_owned(), Value::Array(ids.collect()))]
    }
}

/// Issues the certificate and writes the line.
///
/// # Errors
/// `Distrust` when the desk may not issue it; `Sign`, `Storage`.
pub(crate) fn certify_on(
    page: &mut Page<'_, '_>,
    desk: &Desk<'_>,
    place: &Established,
    asked: &Certifying<'_>,
) -> Result<OfficerView> {
    let Certifying { who, terms, writer, keys, person, continues } = asked;
    let area = terms.area.as_ref().unwrap_or(&place.area);
    let certificate = Certificate {
        suite: Suite::Sha256,
        duty: Duty::Writer,
        writer: *writer,
        person: *person,
        name: who.name.clone(),
        organisation: who.organisation.clone(),
        scopes: vec![format!("{}:{area}", who.role.word()).parse::<Scope>()?],
        not_before_ms: page.now_ms(),
        not_after_ms: terms.end_ms()?,
        key: keys.sign.clone(),
        seal_to: keys.seal_to,
        ext: terms.ext(place),
    };
    let issuer = desk.ports().keys.signer(desk.writer())?;
    let cose = certificate.sign(&*issuer, Some(desk.certificate()))?;
    let signed = SignedCertificate::read(&cose)?;
    // The same rules that a stranger will apply decide whether this certificate is good.
    let mut trust = Trust::default();
    for (_, held) in store::certificates(page.read())? {
        trust.admit(&held)?;
    }
    trust.admit(&signed)?;
    store::insert_certificate(page.tx(), &cose, signed.hash)?;
    let officer = match continues {
        Some(_) => page.new_entity(),
        None => listed(page, place.roster, who)?,
    };
    page.put(
        Entry::new("officer.enrol/1", place.roster, officer)
            .set("name", who.name.as_str())
            .set("role", who.role.word())
            .set("organisation", who.organisation.as_str())
            .set("writer", writer.raw().as_slice())
            .set("certificate", signed.hash.as_bytes().as_slice())
            .set_some("certificate_no", who.certificate_no.as_deref())
            .set_some("certificate_valid_until", who.certificate_valid_until.as_deref())
            .set_some("continues", continues.as_ref().map(|line| line.raw().as_slice()))
            .set_some("until", terms.until.as_deref()),
    )?;
    Ok(OfficerView {
        officer,
        writer: *writer,
        name: who.name.clone(),
        role: who.role,
        organisation: who.organisation.clone(),
        certificate_no: who.certificate_no.clone(),
        certificate: signed.hash,
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
