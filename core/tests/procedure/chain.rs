//! The case on the finding of a visit, from its proposal to the concluded investigation.

use std::collections::BTreeSet;

use angen_core::domain::{Evidence, EvidenceKind, Opinion, Purpose, read_all};
use angen_core::procedure::{ApartWhy, Code, Part, Stage, State, Verdict};
use angen_ledger::hash::Hash;
use angen_ledger::value::Value;

use crate::names::{dossier, entity, hashes, id};
use crate::visit::{HOUR_MS, Visit, Who};

/// Steps of the case; a test leaves one out, and one condition is open then.
const STEPS: &[(&str, &[Code])] = &[
    ("form", &[Code::FilingApproved]),
    ("decision", &[Code::FilingApproved]),
    ("filed", &[Code::FilingApproved]),
    ("interview", &[Code::InterviewRecorded]),
    ("rights", &[Code::InterviewRecorded]),
    ("pages", &[Code::InterviewRecorded]),
    ("signature", &[Code::InterviewRecorded]),
    ("copies", &[Code::CopiesChecked]),
    ("stamp", &[Code::CopiesChecked]),
    ("index", &[Code::EvidenceIndexed]),
    ("whole_index", &[Code::EvidenceIndexed]),
    ("conclusion", &[Code::InvestigationConcluded]),
    // Without the second officer nothing that two must do is done.
    ("assent", &[Code::InterviewRecorded, Code::InvestigationConcluded]),
];

/// The codes of a chain that has a case, or is taught on one (see `practice`).
pub(crate) const OF_THE_CHAIN: &[Code] =
    &[Code::InterviewRecorded, Code::TaughtElsewhere, Code::CaseGuided];

impl Visit {
    /// The case on the finding of check `a`, without a step.
    pub(crate) fn case(&mut self, without: &str, opinion: Opinion) {
        let case = dossier("case");
        let with = |step: &str| step != without;
        self.open("case", "case");
        let proposed = [
            ("check", Value::from(dossier("a").raw().as_slice())),
            ("finding", id(entity("finding"))),
            ("enterprise", id(entity("a enterprise"))),
            ("cause", "未在有较大危险因素的设备上设置防护装置".into()),
            ("source", "check".into()),
        ];
        let mut ops = vec![self.put(Who::Wang, case, entity("case"), "case.propose/1", &proposed)];
        let form = entity("case case documentary Some(\"signed_page\")");
        if with("form") {
            let page = Some(Purpose::SignedPage);
            self.capture(Who::Wang, "case", "case", EvidenceKind::Documentary, page);
        }
        let decision = if with("filed") { "filed" } else { "not_filed" };
        let fields = [
            ("decision", Value::from(decision)),
            ("number", "1号".into()),
            ("approver", "局长".into()),
            ("decided_on", "2026-11-24".into()),
            ("evidence", id(form)),
        ];
        if with("decision") {
            self.put(Who::Wang, case, entity("filing"), "filing.decide/1", &fields);
        }
        ops.extend(self.interview(without));
        if with("copies") {
            let stamped = with("stamp");
            for copy in self.of_dossier("a").iter().filter(|e| e.copy_keeper.is_none()) {
                let fields =
                    [("keeper", Value::from("样例公司")), ("stamped", Value::Bool(stamped))];
                self.put(Who::Wang, dossier("a"), copy.evidence, "evidence.check_copy/1", &fields);
            }
        }
        if with("index") {
            self.index(usize::from(!with("whole_index")));
        }
        if with("conclusion") {
            let fields = [
                ("facts", Value::from("皮带轮没有防护罩")),
                ("opinion", opinion.word().into()),
                ("basis", "安全生产法（2021）第九十九条".into()),
            ];
            let about = entity("investigation");
            ops.push(self.put(Who::Wang, case, about, "investigation.conclude/1", &fields));
        }
        if with("assent") {
            self.put(
                Who::Li,
                case,
                entity("case assent"),
                "assent.give/1",
                &[("ops", hashes(&ops))],
            );
        }
    }

    pub(crate) fn interview(&mut self, without: &str) -> Option<Hash> {
        let case = dossier("case");
        if without == "interview" {
            return None;
        }
        let pair = [("question", "谁负责设备？".into()), ("answer", "我。".into())];
        let fields = [
            ("person", Value::from("赵厂长")),
            ("post", "厂长".into()),
            ("from", self.now_ms().into()),
            ("to", (self.now_ms() + HOUR_MS).into()),
            ("rights_told", Value::Bool(without != "rights")),
            ("questions", vec![Value::map(pair)].into()),
        ];
        let op = self.put(Who::Wang, case, entity("interview"), "interview.record/1", &fields);
        let page = entity("case interview party_statement Some(\"interview\")");
        if without != "pages" {
            let purpose = Some(Purpose::Interview);
            let kind = EvidenceKind::PartyStatement;
            self.capture(Who::Wang, "case", "interview", kind, purpose);
        }
        if without != "signature" {
            let fields = [
                ("paper", id(entity("interview"))),
                ("outcome", "signed".into()),
                ("signer", "赵厂长".into()),
                ("pages", vec![id(page)].into()),
            ];
            self.put(Who::Wang, case, entity("signature"), "paper.sign/1", &fields);
        }
        Some(op)
    }

    pub(crate) fn index(&mut self, left_out: usize) {
        let mut pieces = self.of_dossier("a");
        pieces.retain(|e| e.purpose.is_none() || e.purpose == Some(Purpose::Interview));
        pieces.extend(self.of_dossier("case"));
        let items = pieces.iter().skip(left_out).map(|piece| {
            let op = Value::from(piece.op.as_bytes().as_slice());
            Value::map([("op", op), ("proves", "违法事实".into())])
        });
        let items: Vec<Value> = items.collect();
        let index = entity("index");
        let items = [("items", items.into())];
        self.put(Who::Wang, dossier("case"), index, "evidence_index.make/1", &items);
    }

    pub(crate) fn of_dossier(&self, name: &str) -> Vec<Evidence> {
        self.source(|source| read_all(source, dossier(name)).expect("readable"))
    }

    fn open_codes(&self) -> BTreeSet<Code> {
        let missing = self.missing("assistance");
        missing.iter().filter(|line| line.is_open()).map(|line| line.code).collect()
    }
}

fn visit(without: &str) -> Visit {
    let mut visit = Visit::of_profile("rizhao-2021", &[]);
    visit.case(without, Opinion::Penalty);
    visit
}

#[test]
fn a_filed_case_with_its_whole_chain_makes_the_violation_proved_and_the_chain_whole() {
    let visit = visit("");
    for part in [Part::Training, Part::Checks, Part::Violation, Part::Chain] {
        let part = visit.part(part);
        assert_eq!((part.have, part.state), (part.need, State::Met), "{part:#?}");
    }
    assert_eq!(visit.part(Part::Violation).units[0].stage, Some(Stage::Proved));
    assert_eq!(visit.open_codes(), BTreeSet::new());
}

#[test]
fn each_step_of_the_case_alone_keeps_the_chain_open() {
    for (step, codes) in STEPS {
        let visit = visit(step);
        let mut expected: BTreeSet<Code> = codes.iter().copied().collect();
        let chain = visit.part(Part::Chain);
        assert_eq!((chain.have, chain.state), (0, State::UnderWay), "{step}: {chain:#?}");
        let violation = visit.part(Part::Violation);
        let is_filed = !codes.contains(&Code::FilingApproved);
        assert_eq!(violation.have, usize::from(is_filed), "{step}: {violation:#?}");
        let mut open = visit.open_codes();
        // What rests on the case as a whole is told beside it.
        expected.remove(&Code::Proved);
        open.remove(&Code::Proved);
        assert_eq!(open, expected, "{step}");
    }
}

#[test]
fn what_the_mentor_proposes_is_demonstrated_and_not_performed() {
    let mut visit = Visit::of_profile("rizhao-2021", &[]);
    let case = dossier("case");
    visit.open("case", "case");
    let proposed = [
        ("check", Value::from(dossier("a").raw().as_slice())),
        ("finding", id(entity("finding"))),
        ("enterprise", id(entity("a enterprise"))),
        ("cause", "案由".into()),
    ];
    visit.put(Who::Mentor, case, entity("case"), "case.propose/1", &proposed);
    assert_eq!(visit.part(Part::Chain).state, State::OnSiteDone);
}

#[test]
fn a_conclusion_that_there_is_no_violation_overturns_it() {
    let mut visit = Visit::of_profile("rizhao-2021", &[]);
    visit.case("", Opinion::NoViolation);
    let board = visit.board();
    assert_eq!(board.apart[0].why, ApartWhy::Overturned);
    assert_eq!((board.parts[2].have, board.parts[3].have), (0, 0));
}

#[test]
fn a_list_that_was_made_here_must_name_every_file_that_proves_something() {
    let mut visit = Visit::of_profile("rizhao-2021", &["hash_list"]);
    let files = visit.of_dossier("a");
    let sign = |visit: &mut Visit, items: &[Hash]| {
        let list = entity("list");
        let fields = [("items", hashes(items))];
        visit.put(Who::Wang, dossier("a"), list, "hash_list.make/1", &fields);
        let page = Some(Purpose::HashList);
        let (page, _) = visit.capture(Who::Wang, "a", "list", EvidenceKind::Documentary, page);
        let fields = [
            ("paper", id(list)),
            ("outcome", "signed".into()),
            ("signer", "赵厂长".into()),
            ("pages", vec![id(page)].into()),
        ];
        visit.put(Who::Wang, dossier("a"), entity("list signed"), "paper.sign/1", &fields);
    };
    let listed = |visit: &Visit| {
        let chain = visit.part(Part::Chain);
        let listed =
            chain.units[0].conditions.iter().find(|c| c.code == Code::HashListSigned).cloned();
        listed.unwrap()
    };
    let but_photos = files.iter().filter(|file| file.mime != "image/jpeg");
    sign(&mut visit, &but_photos.map(|file| file.op).collect::<Vec<_>>());
    assert_eq!(listed(&visit).verdict, Verdict::Later);
    sign(&mut visit, &files.iter().map(|file| file.op).collect::<Vec<_>>());
    assert_eq!(listed(&visit).verdict, Verdict::Met);
}
