//! What the roster of the visit says of powers: mandate, appointment, posts, a renewed certificate.

use angen_core::domain::{EvidenceKind, Post};
use angen_core::procedure::{Code, Part, State, Verdict, pool, posts};
use angen_ledger::value::Value;

use crate::names::{dossier, entity, id};
use crate::visit::{Visit, Who};

impl Visit {
    /// Enters what the roster says of powers, without the steps that are left out.
    pub(crate) fn powers(&mut self) {
        if !self.skips("", "mandate") {
            self.delegate("mandate", &[]);
        }
        if !self.skips("", "appointment") {
            self.appoint("appointment", "2026-01-01", "2026-12-31");
        }
        for who in [Who::Wang, Who::Li] {
            let on_post = who == Who::Wang || !self.skips("", "li_on_post");
            self.set_post(who, on_post);
        }
        if self.skips("", "li_entered") {
            self.renew(Who::Li);
        }
    }

    /// A delegation by the bureau; later fields replace the usual ones.
    pub(crate) fn delegate(&mut self, name: &str, fields: &[(&'static str, Value)]) {
        let area = if self.skips("", "mandate_area") { "371103" } else { "371102110" };
        let cap = |subject: &str, amount: i64| {
            Value::map([
                ("subject", Value::from(subject)),
                ("amount", amount.into()),
                ("basis", "actual_fine".into()),
                ("inclusive", Value::Bool(true)),
            ])
        };
        let mut all = vec![
            ("power", Value::from("delegation")),
            ("delegator", "日照市应急管理局".into()),
            ("delegate", "涛雒镇人民政府".into()),
            ("delegate_kind", "government".into()),
            ("matters", vec![Value::from("all")].into()),
            ("caps", vec![cap("unit", 50_000), cap("person", 20_000)].into()),
            ("areas", vec![Value::from(area)].into()),
            ("from", "2021-09-01".into()),
            ("until", "2026-12-31".into()),
            ("document_no", "日应急委〔2021〕3号".into()),
            ("number_region", "鲁日".into()),
        ];
        if !self.skips("", "mandate_published") {
            all.push(("published_on", "2021-08-20".into()));
        }
        all.retain(|(known, _)| !fields.iter().any(|(field, _)| field == known));
        all.extend(fields.iter().cloned());
        all.retain(|(_, value)| *value != Value::Null);
        self.put(Who::Wang, dossier("roster"), entity(name), "mandate.grant/1", &all);
    }

    pub(crate) fn appoint(&mut self, name: &str, from: &str, until: &str) {
        let fields = [
            ("person", id(Self::person(Who::Mentor))),
            ("expert_kind", "city".into()),
            ("specialties", vec![Value::from("机械")].into()),
            ("from", from.into()),
            ("until", until.into()),
            ("appointed_by", "日照市应急管理局".into()),
        ];
        self.put(Who::Wang, dossier("roster"), entity(name), "appointment.make/1", &fields);
    }

    pub(crate) fn set_post(&mut self, who: Who, on_post: bool) {
        let person = Self::person(who);
        let fields = [
            ("person", id(person)),
            ("post", "professional".into()),
            ("on_post", Value::Bool(on_post)),
            ("since", "2026-01-01".into()),
        ];
        let post = Post::entity(dossier("roster"), person);
        self.put(Who::Wang, dossier("roster"), post, "post.set/1", &fields);
    }

    /// A photo of a renewed certificate.
    fn renew(&mut self, who: Who) {
        let kind = EvidenceKind::Documentary;
        let (photo, _) = self.capture(who, "roster", "renewed", kind, None);
        let fields = [
            ("renewed_no", Value::from("9")),
            ("renewed_until", "2031-06-30".into()),
            ("renewed_photo", id(photo)),
        ];
        let person = Self::person(who);
        self.put(who, dossier("roster"), person, "certificate.renew/1", &fields);
    }
}

#[test]
fn r01_a_stale_certificate_with_a_photo_of_the_new_one_passes_and_warns() {
    let visit = Visit::without(&["li_entered"]);
    let part = visit.part(Part::Checks);
    assert_eq!(part.state, State::Met);
    let missing = visit.missing("b");
    let warned = missing.iter().find(|line| line.code == Code::CertificateEntered).unwrap();
    assert_eq!((warned.verdict, warned.names.len()), (Verdict::Warn, 1));
}

#[test]
fn r01_a_stale_certificate_without_a_photo_counts_for_nothing() {
    let visit = Visit::without(&["li_valid"]);
    assert!(visit.part(Part::Checks).state < State::Met);
    let missing = visit.missing("b");
    assert!(missing.iter().any(|line| line.code == Code::TwoOfficers && line.is_open()));
    assert!(!missing.iter().any(|line| line.code == Code::CertificateEntered));
}

#[test]
fn r01_a_renewal_whose_photo_was_retracted_counts_no_more() {
    let mut visit = Visit::without(&["li_entered"]);
    let photo = entity("roster renewed documentary None");
    let fields = [("retracted", Value::Bool(true)), ("reason", "拍错了".into())];
    visit.put(Who::Li, dossier("roster"), photo, "evidence.retract/1", &fields);
    assert!(visit.part(Part::Checks).state < State::Met);
}

#[test]
fn a_training_counts_only_while_the_appointment_holds() {
    let state = |visit: &Visit| visit.part(Part::Training).state;
    assert_eq!(state(&Visit::without(&[])), State::Met);
    let mut visit = Visit::without(&["appointment"]);
    visit.appoint("earlier", "2025-01-01", "2025-12-31");
    assert_eq!(state(&visit), State::UnderWay);
    let missing = visit.missing("assistance");
    let open = missing.iter().find(|line| line.code == Code::TrainerAppointed).unwrap();
    assert_eq!(open.names, ["2025-01-01—2025-12-31"], "the term that is held is told");
    visit.appoint("renewed", "2026-01-01", "2026-12-31");
    assert_eq!(state(&visit), State::Met);
    let end = [("ended_on", Value::from("2026-06-01")), ("reason", "调离".into())];
    visit.put(Who::Wang, dossier("roster"), entity("renewed"), "appointment.end/1", &end);
    assert_eq!(state(&visit), State::UnderWay, "ended before the training");
}

#[test]
fn the_pool_shows_specialty_term_and_load() {
    let visit = Visit::without(&[]);
    let day = |text| angen_core::domain::parse_day(text).unwrap();
    let members = visit.source(|source| pool(source, day("2026-11-23")).unwrap());
    let member = &members[0];
    assert_eq!((member.visits, member.trainings, member.is_valid), (1, 1, true));
    assert_eq!(member.appointment.specialties, ["机械"]);
    let later = visit.source(|source| pool(source, day("2027-01-01")).unwrap());
    assert!(!later[0].is_valid);
}

#[test]
fn r01_a_township_with_fewer_than_two_holders_on_post_is_flagged() {
    let day = angen_core::domain::parse_day("2026-11-23").unwrap();
    let of = |visit: &Visit| visit.source(|source| posts(source, day).unwrap()).remove(0);
    let whole = of(&Visit::without(&[]));
    assert_eq!((whole.holders, whole.can_act_alone()), (2, true));
    assert_eq!((whole.township.as_str(), whole.planned), ("东港区涛雒镇", None));
    let flagged = of(&Visit::without(&["li_on_post"]));
    assert_eq!((flagged.holders, flagged.can_act_alone()), (1, false));
    assert_eq!(flagged.off_post_holders, ["enforcer"]);
    let one_card = of(&Visit::without(&["own_number"]));
    assert_eq!(one_card.holders, 1, "two lines with one certificate are one person");
}

#[test]
fn vacancies_are_what_the_establishment_has_and_nobody_fills() {
    let mut visit = Visit::without(&[]);
    let plan = Post::plan_entity(dossier("roster"));
    let fields = [("director", 1.into()), ("professionals", 2.into()), ("staff", 5.into())];
    visit.put(Who::Wang, dossier("roster"), plan, "post.plan/1", &fields);
    let day = angen_core::domain::parse_day("2026-11-23").unwrap();
    let township = visit.source(|source| posts(source, day).unwrap()).remove(0);
    assert_eq!(township.filled, [0, 2, 0]);
    assert_eq!(township.vacancies(), Some([1, 0, 5]));
    // Before the day on which they came, nothing is said of them.
    let before = angen_core::domain::parse_day("2025-12-31").unwrap();
    let township = visit.source(|source| posts(source, before).unwrap()).remove(0);
    assert_eq!((township.holders, township.unknown_holders.len()), (0, 2));
}
