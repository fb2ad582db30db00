//! An honest zero: the visit closes since 2025 with the chain taught on a practice case or on a
//! real open case, and does not close by the rules of 2021.

use angen_core::domain::{EvidenceKind, Opinion, Purpose};
use angen_core::procedure::{Code, Part, Stage, State};
use angen_ledger::hash::Hash;
use angen_ledger::value::Value;

use crate::names::{dossier, entity, hashes, id};
use crate::visit::{Visit, Who};

/// What lies in a case beside its form, its interview and its conclusion.
const FILES: &[(EvidenceKind, Option<Purpose>)] = &[
    (EvidenceKind::AudioVisual, None),
    (EvidenceKind::Documentary, None),
    (EvidenceKind::Documentary, Some(Purpose::SubjectPapers)),
];

impl Visit {
    /// A whole exercise at the site of check `a`, proposed by somebody.
    fn exercise(&mut self, who: Who) {
        let case = dossier("case");
        self.open("case", "case");
        let visit = Value::from(dossier("assistance").raw().as_slice());
        let proposed = [
            ("check", Value::from(dossier("a").raw().as_slice())),
            ("finding", id(entity("exercise"))),
            ("enterprise", id(entity("a enterprise"))),
            ("cause", "演练".into()),
            ("source", "check".into()),
            ("practice", Value::Bool(true)),
            ("guided_by", vec![visit].into()),
        ];
        self.put(who, case, entity("case"), "case.propose/1", &proposed);
        self.in_case();
    }

    /// Everything that a case holds, from the form to the conclusion by two.
    fn in_case(&mut self) {
        let case = dossier("case");
        let mut ops: Vec<Hash> = Vec::new();
        for (kind, purpose) in FILES {
            self.capture(Who::Wang, "case", "case", *kind, *purpose);
        }
        for copy in
            self.of_dossier("case").iter().filter(|e| e.kind == Some(EvidenceKind::Documentary))
        {
            let fields = [("keeper", Value::from("样例公司")), ("stamped", Value::Bool(true))];
            self.put(Who::Wang, case, copy.evidence, "evidence.check_copy/1", &fields);
        }
        let page = Some(Purpose::SignedPage);
        let (form, _) = self.capture(Who::Wang, "case", "case", EvidenceKind::Documentary, page);
        let fields = [
            ("decision", Value::from("filed")),
            ("number", "1号".into()),
            ("approver", "局长".into()),
            ("decided_on", "2026-11-24".into()),
            ("evidence", id(form)),
        ];
        self.put(Who::Wang, case, entity("filing"), "filing.decide/1", &fields);
        ops.extend(self.interview(""));
        let files: Vec<Hash> = self.of_dossier("case").iter().map(|file| file.op).collect();
        let items = [("items", hashes(&files))];
        self.put(Who::Wang, case, entity("list"), "hash_list.make/1", &items);
        let page = Some(Purpose::HashList);
        let (page, _) = self.capture(Who::Wang, "case", "list", EvidenceKind::Documentary, page);
        let fields = [
            ("paper", id(entity("list"))),
            ("outcome", "signed".into()),
            ("signer", "赵厂长".into()),
            ("pages", vec![id(page)].into()),
        ];
        self.put(Who::Wang, case, entity("list signed"), "paper.sign/1", &fields);
        self.index(0);
        let fields = [
            ("facts", Value::from("按脚本演练")),
            ("opinion", Opinion::Penalty.word().into()),
            ("basis", "安全生产法（2021）第九十九条".into()),
        ];
        let about = entity("investigation");
        ops.push(self.put(Who::Wang, case, about, "investigation.conclude/1", &fields));
        let ops = [("ops", hashes(&ops))];
        self.put(Who::Li, case, entity("case assent"), "assent.give/1", &ops);
    }

    /// A real case of another check, of no visit: `c` with a finding, in the dossier `case`.
    fn case_elsewhere(&mut self) {
        self.open("c", "check");
        let fields = [
            ("enterprise", id(entity("a enterprise"))),
            ("checklists", vec![id(entity("mw"))].into()),
            ("basis", "plan".into()),
        ];
        self.put(Who::Wang, dossier("c"), entity("c"), "check.plan/1", &fields);
        let page = Some(Purpose::SignedPage);
        let (page, _) = self.capture(Who::Wang, "c", "c", EvidenceKind::SceneRecord, page);
        let fields = [
            ("outcome", Value::from("signed")),
            ("signer", "赵厂长".into()),
            ("evidence", id(page)),
        ];
        self.put(Who::Wang, dossier("c"), entity("c record"), "record.sign/1", &fields);
        self.open("case", "case");
        let proposed = [
            ("check", Value::from(dossier("c").raw().as_slice())),
            ("finding", id(entity("c finding"))),
            ("enterprise", id(entity("a enterprise"))),
            ("cause", "去年的案子".into()),
            ("source", "check".into()),
        ];
        self.put(Who::Wang, dossier("case"), entity("case"), "case.propose/1", &proposed);
    }

    pub(crate) fn guide(&mut self, who: Who) -> Hash {
        let visit = Value::from(dossier("assistance").raw().as_slice());
        let fields = [("guided_by", vec![visit].into())];
        self.put(who, dossier("case"), entity("case"), "case.guide/1", &fields)
    }
}

fn zero(profile: &'static str) -> Visit {
    Visit::of_profile(profile, &["finding"])
}

fn counts(visit: &Visit) -> Vec<(usize, usize, State)> {
    visit.board().parts.iter().map(|part| (part.have, part.need, part.state)).collect()
}

#[test]
fn a_3a_e_honest_zero_and_a_practice_case_close_the_visit_since_2025() {
    let mut visit = zero("since-2025");
    let before = visit.board();
    assert!(before.honest_zero && before.field_complete() && !before.chain_complete());
    assert_eq!(before.parts[3].gap.as_ref().unwrap().code, Code::TaughtElsewhere);
    visit.exercise(Who::Wang);
    let board = visit.board();
    let met = State::Met;
    assert_eq!(counts(&visit), [(1, 1, met), (2, 2, met), (0, 0, met), (1, 1, met)], "{board:#?}");
    assert!(board.chain_complete() && board.is_practice());
    assert!(visit.missing("assistance").is_empty(), "{:#?}", visit.missing("assistance"));
    assert!(visit.missing("case").is_empty(), "{:#?}", visit.missing("case"));
}

#[test]
fn a_3a_v_the_same_run_stays_open_by_the_rules_of_2021() {
    let mut visit = zero("rizhao-2021");
    visit.exercise(Who::Wang);
    let board = visit.board();
    assert!(!board.honest_zero && !board.field_complete() && !board.chain_complete());
    let none = State::NotStarted;
    assert_eq!(counts(&visit)[2..], [(0, 1, none), (0, 1, none)], "{board:#?}");
    let missing = visit.missing("assistance");
    for code in [Code::ViolationNeeded, Code::ChainNeeded] {
        assert!(missing.iter().any(|line| line.code == code && line.is_open()), "{code:?}");
    }
}

#[test]
fn a_practice_case_enters_no_statistics_and_proves_no_violation() {
    let mut visit = zero("since-2025");
    visit.exercise(Who::Wang);
    let outcome = visit.board().outcome;
    assert_eq!((outcome.filed, outcome.decided, outcome.practice), (0, 0, 1));
    assert!(outcome.ops.is_empty());
    // Even one that calls a real finding its own proves nothing.
    let mut visit = Visit::without(&[]);
    visit.exercise(Who::Wang);
    let own = [("finding", id(entity("finding")))];
    visit.put(Who::Wang, dossier("case"), entity("case"), "case.propose/1", &own);
    let board = visit.board();
    assert_eq!(board.parts[2].units[0].stage, Some(Stage::Substantiated));
    assert_eq!((board.parts[2].have, board.parts[3].have), (0, 0));
    assert!(!board.is_practice());
}

#[test]
fn a_practice_case_that_a_mentor_opened_is_demonstrated_and_not_performed() {
    let mut visit = zero("since-2025");
    visit.exercise(Who::Mentor);
    let board = visit.board();
    assert_eq!((board.parts[3].have, board.parts[3].need), (0, 1));
}

#[test]
fn a_practice_case_that_lacks_its_conclusion_leaves_the_chain_open() {
    let mut visit = zero("since-2025");
    visit.exercise(Who::Wang);
    let fields = [("decision", Value::from("not_filed")), ("reason", "不够".into())];
    visit.put(Who::Wang, dossier("case"), entity("filing"), "filing.decide/1", &fields);
    let chain = visit.part(Part::Chain);
    assert_eq!((chain.have, chain.state), (0, State::UnderWay), "{chain:#?}");
}

#[test]
fn a_real_open_case_that_the_visit_guides_teaches_the_chain_and_stays_in_the_statistics() {
    let mut visit = zero("since-2025");
    visit.case_elsewhere();
    assert_eq!(visit.part(Part::Chain).have, 0, "it is nobody's yet");
    let op = visit.guide(Who::Wang);
    visit.in_case();
    let board = visit.board();
    assert_eq!((board.parts[3].have, board.is_practice()), (1, false), "{:#?}", board.parts[3]);
    assert_eq!((board.outcome.filed, board.outcome.practice), (1, 0));
    let guided = &board.parts[3].units[0].conditions[0];
    assert_eq!((guided.code, guided.ops.as_slice()), (Code::CaseGuided, [op].as_slice()));
}

#[test]
fn a_case_that_was_concluded_before_is_no_open_case_and_a_mentor_names_none() {
    let mut visit = zero("since-2025");
    visit.case_elsewhere();
    visit.guide(Who::Mentor);
    assert!(visit.part(Part::Chain).units.is_empty());
    let mut visit = zero("since-2025");
    visit.case_elsewhere();
    visit.in_case();
    visit.guide(Who::Wang);
    let board = visit.board();
    assert!(board.parts[3].units.is_empty(), "{:#?}", board.parts[3]);
    assert_eq!(board.outcome.filed, 1, "what comes of it is told all the same");
}
