//! Rounds: the frozen list, coverage with the postponed by name, weak points, and loads.

use angen_core::domain::RoundTownship;
use angen_core::procedure::{
    Code, NOT_VISITED, RoundBoard, report, round_board, round_entity, weak_points,
};
use angen_ledger::hash::Hash;
use angen_ledger::value::Value;

use crate::names::{dossier, entity};
use crate::visit::{Visit, Who};

const TAOLUO: (&str, &str) = ("371102110", "涛雒镇");
const HOUCUN: (&str, &str) = ("371102109", "后村镇");
const XIHU: (&str, &str) = ("371102111", "西湖镇");
const NANHU: (&str, &str) = ("371102112", "南湖镇");

impl Visit {
    fn townships(list: &[(&str, &str)]) -> Value {
        let values = list.iter().map(|(area, name)| {
            RoundTownship { area: (*area).to_owned(), name: (*name).to_owned() }.to_value()
        });
        values.collect::<Vec<_>>().into()
    }

    fn round_fields(&self, list: &[(&str, &str)]) -> Vec<(&'static str, Value)> {
        let mentor =
            Value::map([("area", Value::from(TAOLUO.0)), ("mentor", self.writer(Who::Mentor))]);
        vec![
            ("number", 1.into()),
            ("organiser", "东港区".into()),
            ("profile", "since-2025".into()),
            ("townships", Self::townships(list)),
            ("mentors", vec![mentor].into()),
            ("from_day", "2026-11-01".into()),
            ("until_day", "2026-12-15".into()),
        ]
    }

    /// A round of three townships, and this visit in it.
    fn in_round(&mut self) {
        self.open("round", "round");
        let fields = self.round_fields(&[TAOLUO, HOUCUN, XIHU]);
        let round = round_entity(dossier("round"));
        self.put(Who::Wang, dossier("round"), round, "round.open/1", &fields);
        let of_round = [("round_dossier", Value::from(dossier("round").raw().as_slice()))];
        let plan = entity("plan");
        self.put(Who::Wang, dossier("assistance"), plan, "assistance.plan/1", &of_round);
    }

    fn put_off(&mut self, area: &str) -> Hash {
        let fields = [
            ("area", Value::from(area)),
            ("reason", "台风".into()),
            ("to_day", "2026-12-20".into()),
        ];
        let put_off = entity(&format!("put off {area}"));
        self.put(Who::Wang, dossier("round"), put_off, "round.postpone/1", &fields)
    }

    fn round_board(&self) -> RoundBoard {
        let now = self.now_ms();
        self.source(|source| round_board(source, dossier("round"), now).expect("a round"))
    }
}

fn names(board: &RoundBoard) -> Vec<&str> {
    board.townships.iter().map(|line| line.township.name.as_str()).collect()
}

#[test]
fn coverage_is_every_township_of_the_list_and_who_is_put_off_is_named() {
    let mut visit = Visit::without(&[]);
    visit.in_round();
    let op = visit.put_off(HOUCUN.0);
    let board = visit.round_board();
    assert_eq!((board.covered(), board.townships.len()), (1, 3));
    assert!(!board.is_covered_completely());
    let postponed: Vec<_> = board.postponed().map(|line| line.township.name.as_str()).collect();
    let open: Vec<_> = board.open().map(|line| line.township.name.as_str()).collect();
    assert_eq!((postponed, open), (vec!["后村镇"], vec!["西湖镇"]));
    assert_eq!(board.townships[1].postponed.as_ref().unwrap().op, op);
    let here = board.townships[0].visit.as_ref().unwrap();
    assert!(here.field_complete && !here.chain_complete);
    assert_eq!(here.counts, [(1, 1), (2, 2), (0, 1), (0, 1)]);
}

#[test]
fn a_visit_that_is_open_on_site_covers_nothing() {
    let mut visit = Visit::without(&["b.record"]);
    visit.in_round();
    visit.put_off(TAOLUO.0);
    let board = visit.round_board();
    assert_eq!(board.covered(), 0);
    assert_eq!(board.postponed().count(), 1, "a visit that has begun does not hide it");
}

#[test]
fn a_later_op_that_adds_or_drops_a_township_is_shown_and_does_not_count() {
    let mut visit = Visit::without(&[]);
    visit.in_round();
    let before = visit.round_board();
    let fields = [("townships", Visit::townships(&[TAOLUO, NANHU]))];
    let round = round_entity(dossier("round"));
    let op = visit.put(Who::Li, dossier("round"), round, "round.open/1", &fields);
    let after = visit.round_board();
    assert_eq!(names(&after), names(&before));
    assert_eq!(after.covered(), before.covered());
    let tried = &after.tried[0];
    assert_eq!((tried.op, after.tried.len()), (op, 1));
    assert_eq!(
        (tried.added.clone(), tried.dropped.clone()),
        (vec!["南湖镇".to_owned()], vec!["后村镇".to_owned(), "西湖镇".to_owned()])
    );
}

#[test]
fn a_list_of_a_phone_that_knew_of_no_other_and_a_second_round_beside_it_do_not_count_either() {
    let mut visit = Visit::without(&[]);
    visit.in_round();
    let before = names(&visit.round_board()).join(" ");
    let round = round_entity(dossier("round"));
    let fields = visit.round_fields(&[TAOLUO]);
    visit.write(Who::Li, dossier("round"), round, "round.open/1", &fields, false);
    let fields = visit.round_fields(&[NANHU]);
    visit.put(Who::Li, dossier("round"), entity("beside"), "round.open/1", &fields);
    let after = visit.round_board();
    assert_eq!(names(&after).join(" "), before);
    assert_eq!(after.tried.len(), 2, "{:#?}", after.tried);
}

#[test]
fn a_township_outside_of_the_list_covers_nothing_and_loads_nobody() {
    let mut visit = Visit::without(&[]);
    visit.open("round", "round");
    let fields = visit.round_fields(&[HOUCUN]);
    let round = round_entity(dossier("round"));
    visit.put(Who::Wang, dossier("round"), round, "round.open/1", &fields);
    let of_round = [("round_dossier", Value::from(dossier("round").raw().as_slice()))];
    visit.put(Who::Wang, dossier("assistance"), entity("plan"), "assistance.plan/1", &of_round);
    let board = visit.round_board();
    assert_eq!((board.covered(), board.loads[0].visits, board.loads[0].townships), (0, 0, 0));
}

#[test]
fn the_weak_points_are_what_the_boards_leave_open() {
    let mut visit = Visit::without(&["b.notice", "payment"]);
    visit.in_round();
    let now = visit.now_ms();
    let weak = visit.source(|source| weak_points(source, dossier("round"), now).unwrap());
    let of = |area: &str| weak.iter().find(|(known, _)| known == area).unwrap().1.clone();
    let here = of(TAOLUO.0);
    for code in [Code::NoticeGiven, Code::AgendaComplete, Code::FilingApproved] {
        assert!(here.iter().any(|word| word == code.word()), "{code:?}: {here:?}");
    }
    assert!(!here.iter().any(|word| word == Code::TwoOfficers.word()), "{here:?}");
    assert_eq!(of(XIHU.0), [NOT_VISITED]);
}

#[test]
fn a_mentors_load_is_visits_and_days() {
    let mut visit = Visit::without(&[]);
    visit.in_round();
    let load = |visit: &Visit| visit.round_board().loads[0].clone();
    let before = load(&visit);
    assert_eq!((before.townships, before.visits, before.days), (1, 1, 1));
    visit.days_pass(2);
    let note = [("text", Value::from("再看一次"))];
    visit.put(Who::Mentor, dossier("a"), entity("note"), "note.write/1", &note);
    visit.days_pass(1);
    // What an officer writes on a day of the mentor's absence is no day of the mentor.
    visit.put(Who::Wang, dossier("a"), entity("other note"), "note.write/1", &note);
    assert_eq!(load(&visit).days, 2);
}

#[test]
fn closing_names_the_day_and_hides_nothing() {
    let mut visit = Visit::without(&[]);
    visit.in_round();
    let fields = [("closed_on", Value::from("2026-12-15")), ("remark", "按期".into())];
    let round = round_entity(dossier("round"));
    visit.put(Who::Wang, dossier("round"), round, "round.close/1", &fields);
    let board = visit.round_board();
    assert_eq!(board.round.closed_on.as_deref(), Some("2026-12-15"));
    assert_eq!((board.covered(), board.open().count()), (1, 2));
}

#[test]
fn the_report_says_who_where_what_counts_and_what_comes_next() {
    let visit = Visit::without(&["b.notice"]);
    let now = visit.now_ms();
    let of = |visit: &Visit| {
        visit.source(|source| report(source, dossier("assistance"), now).expect("a visit"))
    };
    let told = of(&visit);
    assert_eq!(told, of(&visit), "equal ops give an equal report");
    assert_eq!(told.sites.len(), 2);
    assert_eq!((told.officers.len(), told.mentors.len()), (1, 1), "{told:#?}");
    assert_eq!(told.findings.len(), 1);
    assert!(told.missing.iter().any(|line| line.code == Code::NoticeGiven));
    assert!(told.days.is_some() && told.halls.is_empty());
}
