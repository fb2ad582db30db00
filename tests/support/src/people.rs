//! What the people of a pretend township act by: mandates, appointments, posts, a recusal.

use angen_core::action::{
    AppointExpert, DecideRecusal, GrantMandate, PlanPosts, RenewCertificate, RequestRecusal,
    SetPost, appoint_expert, capture_evidence, grant_mandate, request_recusal,
};
use angen_core::domain::{
    Cap, CapBasis, CapSubject, DelegateKind, ExpertKind, MandateKind, Matters, PostKind,
};
use angen_ledger::id::{EntityId, WriterId};

use crate::files::jpeg;
use crate::township::{Township, capture};

/// What a test of people stands on must stand.
const WORKS: &str = "the pretend people work";

/// What a test may go on from. Plain ids: they hold for a copy of the folder too.
#[derive(Debug, Clone, Copy)]
pub struct PeopleCast {
    /// The first officer's line in the roster.
    pub officer: EntityId,
    /// A photo in the roster: of a certificate.
    pub card: EntityId,
    /// A second appointment of the mentor.
    pub appointment: EntityId,
    /// A mandate of another district.
    pub mandate: EntityId,
    /// A recusal in the check, not decided.
    pub recusal: EntityId,
}

/// A delegation to enter: the caps of 2021, published, with an end that no test reaches.
#[must_use]
pub fn delegation(area: &str) -> GrantMandate {
    let cap = |subject, amount| {
        let (basis, inclusive) = (CapBasis::ActualFine, true);
        Cap { subject, amount, basis, inclusive }
    };
    GrantMandate {
        kind: MandateKind::Delegation,
        delegator: Some("日照市应急管理局".to_owned()),
        delegate: "日照市东港区涛雒镇人民政府".to_owned(),
        delegate_kind: Some(DelegateKind::Government),
        matters: Matters::All,
        caps: vec![cap(CapSubject::Unit, 50_000), cap(CapSubject::Person, 20_000)],
        areas: vec![area.to_owned()],
        from: "2021-09-01".to_owned(),
        until: Some("2099-12-31".to_owned()),
        published_on: Some("2021-08-20".to_owned()),
        published_at: None,
        document_no: Some("日应急委〔2021〕3号".to_owned()),
        number_region: Some("鲁日".to_owned()),
        seal_of: None,
        evidence: None,
    }
}

/// An appointment to make.
#[must_use]
pub fn appointment(person: EntityId) -> AppointExpert {
    AppointExpert {
        person,
        kind: ExpertKind::City,
        specialties: vec!["机械".to_owned()],
        from: "2026-01-01".to_owned(),
        until: "2099-12-31".to_owned(),
        appointed_by: "日照市应急管理局".to_owned(),
        document_no: None,
    }
}

/// The establishment 1+2+N.
#[must_use]
pub fn establishment() -> PlanPosts {
    PlanPosts { director: 1, professionals: 2, staff: 5 }
}

/// A post to set.
#[must_use]
pub fn post(person: EntityId) -> SetPost {
    let (since, reason) = ("2026-01-01".to_owned(), Some("新到岗".to_owned()));
    SetPost { person, post: PostKind::Professional, on_post: true, since, reason }
}

/// A certificate that was renewed.
#[must_use]
pub fn renewal(cast: &PeopleCast) -> RenewCertificate {
    RenewCertificate {
        officer: cast.officer,
        certificate_no: "15110200009".to_owned(),
        valid_until: "2031-06-30".to_owned(),
        photo: cast.card,
    }
}

/// A recusal to ask for in the check.
#[must_use]
pub fn recusal(town: &Township, officer: WriterId) -> RequestRecusal {
    RequestRecusal {
        dossier: town.cast.check.dossier,
        officer,
        asked_by: "party".to_owned(),
        reason: "曾在该企业任职".to_owned(),
    }
}

/// A decision on a recusal in the check.
#[must_use]
pub fn decision(town: &Township, recusal: EntityId, granted: bool) -> DecideRecusal {
    DecideRecusal {
        dossier: town.cast.check.dossier,
        recusal,
        granted,
        approver: "周明华".to_owned(),
        approver_post: "局长".to_owned(),
        decided_on: "2026-11-24".to_owned(),
        reason: "情况属实".to_owned(),
        evidence: town.cast.photo,
    }
}

/// Builds what a test may go on from.
///
/// # Panics
/// When a verb fails: then the test has nothing to stand on.
#[must_use]
pub fn build_people(town: &Township) -> PeopleCast {
    let admin = town.desk(town.place.administrator);
    let line = |writer| {
        let roster = town.roster();
        roster.iter().find(|person| person.writer == writer).expect(WORKS).officer
    };
    let file = town.file("card.jpg", &jpeg("a renewed certificate"));
    let card = capture_evidence(&admin, &capture(file, town.place.roster)).expect(WORKS).evidence;
    let mentor = line(town.cast.mentor);
    let appointment = appoint_expert(&admin, &appointment(mentor)).expect(WORKS).appointment;
    let mut elsewhere = delegation("371103");
    elsewhere.document_no = Some("岚应急委〔2021〕1号".to_owned());
    let mandate = grant_mandate(&admin, &elsewhere).expect(WORKS).mandate.mandate;
    let asked = recusal(town, town.cast.officers[1]);
    let recusal = request_recusal(&town.officer(), &asked).expect(WORKS).recusal;
    PeopleCast { officer: line(town.cast.officers[0]), card, appointment, mandate, recusal }
}
