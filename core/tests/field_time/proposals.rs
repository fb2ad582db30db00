//! What the checklist, the register and a finding say already is proposed, and nothing else is.

use angen_core::action::{
    ProposeFinding, RaiseFinding, Shot, ToVoid, import_checklist, plan_check, propose_caption,
    propose_finding, propose_given, propose_note, raise_finding, read_form, void_document,
};
use angen_core::domain::{Checklist, Consequence, Finding, read_one};
use angen_core::error::Error;
use angen_core::procedure::paper::citations;
use angen_core::procedure::penalty;
use angen_documents::Form;
use angen_ledger::id::{DossierId, EntityId};
use angen_testing::files::checklists;
use angen_testing::papers;
use angen_testing::township::{Township, check};
use tempfile::TempDir;

fn town() -> (TempDir, Township) {
    let folder = tempfile::tempdir().unwrap();
    let town = Township::build(&folder.path().join("data"), 7);
    (folder, town)
}

fn propose(town: &Township, item: &str, criterion_met: bool) -> Result<RaiseFinding, Error> {
    let (dossier, checklist) = (town.cast.check.dossier, town.cast.checklist);
    let request = ask(dossier, checklist, item, criterion_met);
    propose_finding(&town.officer(), &request)
}

fn ask(dossier: DossierId, checklist: EntityId, item: &str, criterion_met: bool) -> ProposeFinding {
    let (item, consequence) = (item.to_owned(), Consequence::Order);
    ProposeFinding { dossier, checklist, item, consequence, criterion_met }
}

#[track_caller]
fn raised(town: &Township, mut proposed: RaiseFinding, told: &[(&str, &str)]) -> Finding {
    let told = told.iter().map(|(code, words)| ((*code).to_owned(), (*words).to_owned()));
    proposed.elements.extend(told);
    raise_finding(&town.officer(), &proposed).unwrap()
}

#[test]
fn a_finding_is_proposed_from_its_item_the_register_and_the_clock() {
    let (_folder, town) = town();
    let proposed = propose(&town, "MW01", false).unwrap();
    assert_eq!(proposed.item.as_deref(), Some("MW01"));
    assert_eq!(proposed.title, "不符合“传动、旋转部位装有牢固的防护罩”");
    // The product standard beside it has no article, and no paper may cite it so.
    assert_eq!(proposed.legal_basis, "安全生产法（2021年修正）第36条");
    assert_eq!((proposed.authority.as_str(), proposed.penalty.as_deref()), ("EM", Some("P99(2)")));
    assert_eq!(proposed.major_hazard, None);
    let [subject, observed] = &proposed.elements[..] else { panic!("{:?}", proposed.elements) };
    assert_eq!((subject.0.as_str(), subject.1.as_str()), ("subject", "日照样例机械加工有限公司"));
    assert_eq!(observed.0, "observed");
    assert!(observed.1.starts_with("2026年11月23日16时"), "{observed:?}");
}

#[test]
fn a_criterion_of_a_major_hazard_is_cited_only_where_an_officer_says_that_it_is_met() {
    let (_folder, town) = town();
    let (law, criterion) = (
        "工贸企业粉尘防爆安全规定（应急管理部令6号）第18条",
        "工贸企业重大事故隐患判定标准（应急管理部令10号）第11条(10)",
    );
    let not_met = propose(&town, "MW19", false).unwrap();
    assert_eq!((not_met.legal_basis.as_str(), not_met.major_hazard), (law, None));
    let met = propose(&town, "MW19", true).unwrap();
    assert_eq!(met.legal_basis, format!("{law}；{criterion}"));
    assert_eq!(met.major_hazard.as_deref(), Some(criterion));
    let none = propose(&town, "MW01", true).unwrap_err();
    assert!(matches!(&none, Error::Invalid(problem) if problem.place.contains("MW01")), "{none}");
}

#[test]
fn what_an_officer_must_choose_is_not_proposed() {
    let (_folder, town) = town();
    // Two penalties: which one fits is a judgement.
    assert_eq!(propose(&town, "MW19", false).unwrap().penalty, None);
    // For market supervision, by a law that is cited without article.
    let handed_over = propose(&town, "MW05", false).unwrap();
    assert_eq!((handed_over.authority.as_str(), handed_over.penalty), ("MS", None));
    assert_eq!(handed_over.legal_basis, "");
}

#[test]
fn what_the_check_does_not_have_is_refused() {
    let (_folder, town) = town();
    let refused = propose(&town, "FE01", false).unwrap_err();
    assert!(matches!(refused, Error::Invalid(_)), "{refused}");
    let other = EntityId([9; 16]);
    let request = ask(town.cast.check.dossier, other, "MW01", false);
    let refused = propose_finding(&town.officer(), &request).unwrap_err();
    assert!(matches!(refused, Error::Invalid(_)), "{refused}");
}

#[test]
fn note_and_captions_say_what_the_finding_says() {
    let (_folder, town) = town();
    let told = [("location", "一号车间"), ("act", "没有防护罩")];
    let finding = raised(&town, propose(&town, "MW01", false).unwrap(), &told);
    let note = propose_note(&town.officer(), town.cast.check.dossier, &finding).unwrap();
    let words: Vec<_> = note.answers.iter().collect();
    assert_eq!(words, [(&"MW01_note".to_owned(), &"没有防护罩".to_owned())]);
    assert_eq!(note.checklist, town.cast.checklist);
    assert_eq!(propose_caption(&finding, Shot::Close), "一号车间：没有防护罩（近景）");
    let bare = raised(&town, propose(&town, "MW04", false).unwrap(), &[]);
    assert_eq!(propose_caption(&bare, Shot::Wide), format!("{}（全景）", bare.title));
    let mut elsewhere = bare;
    elsewhere.item = None;
    let none = propose_note(&town.officer(), town.cast.check.dossier, &elsewhere).unwrap_err();
    assert!(matches!(none, Error::NotFound { .. }), "{none}");
}

#[test]
fn of_every_item_of_every_list_a_finding_can_be_proposed_and_raised() {
    let (_folder, town) = town();
    let admin = town.desk(town.place.administrator);
    let others = ["ls", "hc", "fe", "gm"].map(|name| {
        let path = checklists().join(format!("{name}.xlsx"));
        import_checklist(&admin, &path).unwrap().checklist
    });
    let mut plan = check(town.cast.enterprise, town.cast.checklist, None);
    plan.checklists.extend(others);
    let dossier = plan_check(&town.officer(), &plan).unwrap().dossier;
    let mut proposed = 0;
    for list in plan.checklists {
        let read = town.store.read(|read| read_one::<Checklist>(read, town.place.library, list));
        let form = read_form(&read.unwrap()).unwrap();
        for item in form.items().iter().filter(|item| item.kind.list() == Some("compliance")) {
            let asked = ask(dossier, list, &item.name, false);
            let finding = propose_finding(&town.officer(), &asked).unwrap();
            for cited in citations(&finding.legal_basis) {
                assert!(!cited.version.is_empty() && !cited.article.is_empty(), "{cited:?}");
            }
            let code = finding.penalty.as_deref();
            assert!(code.is_none_or(|code| penalty(code).is_some()), "{}: {code:?}", item.name);
            let finding = raised(&town, finding, &[]);
            assert!(finding.title.contains(item.label.get("zh").unwrap()), "{}", finding.title);
            proposed += 1;
        }
    }
    assert_eq!(proposed, 87);
}

#[test]
fn what_belongs_to_the_township_is_carried_to_the_next_paper_and_nothing_of_an_enterprise() {
    let (_folder, town) = town();
    papers::prepare(&town, 3);
    let proposed = || propose_given(&town.store, Form::SiteRecord).unwrap();
    assert!(propose_given(&town.store, Form::InspectionNotice).unwrap().is_empty());
    let check = town.cast.check.dossier;
    let notice = papers::request(check, Form::InspectionNotice);
    let printed = papers::print(&town, &notice).unwrap();
    papers::print(&town, &papers::request(check, Form::SiteRecord)).unwrap();
    // Post and telephone were given for the record: they are the enterprise's.
    assert!(proposed().is_empty(), "{:?}", proposed());
    let carried = propose_given(&town.store, Form::InspectionNotice).unwrap();
    let carried: Vec<_> = carried.iter().map(|(key, words)| (&**key, &**words)).collect();
    assert_eq!(carried, [("contact_phone", "0633-0000001")]);
    let void = ToVoid::Document(check, printed.document);
    void_document(&town.officer(), &void, "打错电话").unwrap();
    assert!(propose_given(&town.store, Form::InspectionNotice).unwrap().is_empty());
}
