//! The scripted check: a township the night before, then gate, items and the way out.

use std::collections::BTreeMap;

use angen_core::action::{
    PlanCheck, RegisterEnterprise, SetAnswers, find_enterprises, give_assent, issue_order, missing,
    plan_check, read_form, register_enterprise, set_answers, show_certificates,
};
use angen_core::domain::{Checklist, Finding, read_one};
use angen_core::procedure::three_lines;
use angen_documents::Form;
use angen_forms::Item;
use angen_ledger::id::DossierId;
use angen_ledger::verify::Lang;
use angen_testing::township::Township;
use angen_testing::{follow_up, papers};
use tempfile::TempDir;

use crate::hand::{Hand, Stage};
use crate::story::{
    APPROVAL_NO, CREDIT_CODE, ENTERPRISE, FIND_BY, FINDINGS, NOT_APPLICABLE, NOT_CHECKED, NOTICED,
    REPRESENTATIVE,
};

/// From the afternoon on which the world begins to nine o'clock of the next day.
const UNTIL_MORNING_MS: u32 = 17 * 3_600_000;

/// The list of choices that an item's verdict is one of.
const VERDICTS: &str = "compliance";

/// What an officer read when asking what is missing.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) when: &'static str,
    pub(crate) zh: Vec<String>,
    pub(crate) en: Vec<String>,
    /// A heading that the app could show: how many are open, and what the first asks.
    pub(crate) heading: Option<String>,
    /// What is said beside it and stands in nobody's way, each once.
    pub(crate) beside: Vec<String>,
}

/// A check, the township that it is made in, and the hand that holds the phone.
pub(crate) struct Visit {
    pub(crate) town: Township,
    _folder: TempDir,
    pub(crate) dossier: DossierId,
    pub(crate) hand: Hand,
    pub(crate) findings: Vec<Finding>,
    pub(crate) asked: Vec<Asked>,
    pub(crate) characters_to_read: u64,
}

impl Visit {
    /// The whole check.
    pub(crate) fn to_the_end() -> Self {
        let mut visit = Self::planned();
        visit.town.world.wait_ms(UNTIL_MORNING_MS);
        visit.show();
        visit.ask("at the gate, before the first record");
        visit.answer();
        visit.ask("back in the office, before the record is printed");
        visit.close_record();
        visit.order();
        visit.ask("before they leave");
        visit
    }

    /// The night before, in the office: plan and notice.
    fn planned() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let town = Township::build(&folder.path().join("data"), 7);
        stand_ready(&town);
        let mut hand = Hand::default();
        hand.begins(Stage::NightBefore);
        let request = plan(&town, &mut hand);
        let desk = town.desk(hand.pin(town.cast.officers[0]));
        hand.presses("plan");
        let dossier = plan_check(&desk, &request).unwrap().dossier;
        let (findings, asked) = (Vec::new(), Vec::new());
        let mut visit =
            Self { town, _folder: folder, dossier, hand, findings, asked, characters_to_read: 0 };
        visit.assent();
        let given = [
            ("from", visit.hand.dials("from", NOTICED[0])),
            ("to", visit.hand.dials("to", NOTICED[1])),
        ];
        visit.print(visit.town.cast.officers[1], Form::InspectionNotice, given);
        visit
    }

    /// Both officers show their certificates, each by a key of their own.
    fn show(&mut self) {
        self.hand.begins(Stage::Gate);
        for officer in self.town.cast.officers {
            let writer = self.hand.pin(officer);
            let to = self.hand.holds("certificates: shown to", REPRESENTATIVE, "the register");
            self.hand.presses("certificates shown");
            show_certificates(&self.town.desk(writer), self.dossier, &to, None).unwrap();
        }
        // The first officer takes the phone back and answers.
        self.hand.pin(self.town.cast.officers[0]);
    }

    /// Item by item; what is not complied with becomes a finding where the officer stands.
    fn answer(&mut self) {
        for item in self.items() {
            self.hand.begins(Stage::Items);
            let label = item.label.get("zh").unwrap_or_default();
            self.characters_to_read += label.chars().count() as u64;
            let verdict = self.hand.tap("verdict", verdict(&item.name));
            self.set(&item.name, verdict);
            if item.name == NOT_CHECKED.0 {
                let why = self.hand.types("reason of 未查", NOT_CHECKED.1);
                self.hand.presses("save");
                self.set(&format!("{}_note", item.name), &why);
            }
            if let Some(story) = FINDINGS.iter().find(|story| story.item == item.name) {
                self.find(story, &item);
            }
        }
    }

    /// The items of the checklist that take a verdict.
    pub(crate) fn items(&self) -> Vec<Item> {
        let (library, list) = (self.town.place.library, self.town.cast.checklist);
        let list = self.town.store.read(|read| read_one::<Checklist>(read, library, list));
        let form = read_form(&list.unwrap()).unwrap();
        let items = form.items().iter().filter(|item| item.kind.list() == Some(VERDICTS));
        items.cloned().collect()
    }

    /// One answer, committed by itself.
    pub(crate) fn set(&self, item: &str, value: &str) {
        let answers = BTreeMap::from([(item.to_owned(), value.to_owned())]);
        let (dossier, checklist) = (self.dossier, self.town.cast.checklist);
        let request = SetAnswers { dossier, checklist, answers, reason: None };
        set_answers(&self.town.officer(), &request).unwrap();
    }

    /// Asks what is missing, and reads at most three lines.
    fn ask(&mut self, when: &'static str) {
        self.hand.begins(Stage::Missing);
        self.hand.presses("what is missing");
        let now = self.town.ports.clock.now().wall_ms;
        let list = missing(&self.town.store, self.dossier, now).unwrap();
        let (zh, en) = (three_lines(&list, Lang::Zh), three_lines(&list, Lang::En));
        let (open, beside): (Vec<_>, Vec<_>) = list.iter().partition(|line| line.is_open());
        let heading =
            open.first().map(|first| format!("差{}项：{}", open.len(), first.code.label(Lang::Zh)));
        let mut beside: Vec<String> = beside.into_iter().map(|line| line.zh.clone()).collect();
        beside.dedup();
        self.asked.push(Asked { when, zh, en, heading, beside });
    }

    /// The second officer takes the phone and stands by what was recorded.
    pub(crate) fn assent(&mut self) {
        let second = self.hand.pin(self.town.cast.officers[1]);
        self.hand.presses("assent to all");
        give_assent(&self.town.desk(second), self.dossier, &[]).unwrap();
    }
}

/// What was there long before: numbers for the device, the enterprise in the register, and the
/// papers of another check.
fn stand_ready(town: &Township) {
    papers::prepare(town, 3);
    issue_order(&town.officer(), &follow_up::order(town)).unwrap();
    papers::assent(town, town.cast.check.dossier);
    for form in [Form::InspectionNotice, Form::SiteRecord, Form::CorrectionOrder] {
        papers::print(town, &papers::request(town.cast.check.dossier, form)).unwrap();
    }
    let admin = town.desk(town.place.administrator);
    let request = RegisterEnterprise {
        name: ENTERPRISE.to_owned(),
        credit_code: Some(CREDIT_CODE.to_owned()),
        no_code_reason: None,
        address: "日照市东港区涛雒镇样例路九号".to_owned(),
        representative: Some(REPRESENTATIVE.to_owned()),
        industry: Some("C20".to_owned()),
    };
    register_enterprise(&admin, &request).unwrap();
}

fn plan(town: &Township, hand: &mut Hand) -> PlanCheck {
    let words = hand.types("search of the register", FIND_BY);
    let found = find_enterprises(&town.store, &words, None, 10).unwrap().found;
    assert_eq!(found.len(), 1, "{found:?}");
    PlanCheck {
        enterprise: hand.tap("enterprise", found[0].enterprise),
        checklists: vec![hand.picks("checklist", town.cast.checklist)],
        basis: hand.tap("basis", "assistance").to_owned(),
        approval_no: Some(hand.types("approval_no", APPROVAL_NO)),
        // It is printed under a number of the device's block.
        notice_no: None,
        assistance: Some(hand.picks("assistance", town.cast.assistance)),
    }
}

fn verdict(item: &str) -> &'static str {
    if FINDINGS.iter().any(|story| story.item == item) {
        return "non_compliant";
    }
    if NOT_APPLICABLE.contains(&item) {
        return "not_applicable";
    }
    if item == NOT_CHECKED.0 { "not_checked" } else { "compliant" }
}
