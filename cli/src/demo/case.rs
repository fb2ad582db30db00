//! Fourth step: the case on the main finding, from its proposal to the concluded investigation.

use std::collections::BTreeMap;

use angen_core::action::{
    ConcludeInvestigation, DecideFiling, FilingDecision, PaperAnswer, Person, ProposeCase,
    RecordInterview, conclude_investigation, decide_filing, give_assent, index_evidence,
    propose_case, record_interview, sign_paper,
};
use angen_core::desk::Desk;
use angen_core::domain::{Finding, read_all};
use angen_documents::Form;
use angen_ledger::id::DossierId;
use angen_samples::{INTERVIEW, Role};

use crate::demo::Story;
use crate::demo::story::{CASE, HOME, HOME_PHONE, ID_NUMBER, PINS, PROPOSAL, SITES};
use crate::session::Outcome;

/// How long the interview takes before its page is signed.
const INTERVIEW_MS: i64 = 35 * 60_000;

impl Story {
    /// The case: proposed, filed, the party interviewed, the evidence indexed, concluded by two.
    pub(super) fn investigate(&mut self) -> Outcome<()> {
        self.heading("五、立案调查", "5. The case");
        let people = self.people();
        let form = self.sample(Role::FilingForm, Some(0))?.clone();
        let page = self.sample(Role::InterviewPage, Some(0))?.clone();
        self.clock.move_to(form.taken_at_ms - 20 * 60_000);
        let dossier = self.propose(&self.session.sign_in(people.officers[0], PINS[1])?)?;
        self.cases.push(dossier);
        self.second_assents(dossier)?;
        let desk = self.session.sign_in(people.officers[0], PINS[1])?;
        self.show_missing(dossier)?;
        let paper =
            self.print(&desk, dossier, Form::FilingApproval, &[("officers_opinion", PROPOSAL)])?;
        let evidence = self.capture(&desk, dossier, &form, Some(paper))?;
        let filing = DecideFiling {
            dossier,
            decision: FilingDecision::Filed { number: self.number_of(dossier, paper)? },
            approver: CASE.approver.to_owned(),
            approver_post: CASE.approver_post.to_owned(),
            decided_on: CASE.decided_on.to_owned(),
            evidence,
        };
        self.session.say(decide_filing(&desk, &filing))?;
        self.interview(dossier, &page, true)?;
        let desk = self.session.sign_in(people.officers[0], PINS[1])?;
        let index = self.session.say(index_evidence(&desk, dossier, &BTreeMap::new()))?;
        self.decide_preserved(&desk)?;
        let conclusion = ConcludeInvestigation {
            dossier,
            facts: CASE.facts.to_owned(),
            opinion: angen_core::domain::Opinion::Penalty,
            basis: CASE.basis.to_owned(),
        };
        self.session.say(conclude_investigation(&desk, &conclusion))?;
        self.show_missing(dossier)?;
        let second = self.session.sign_in(people.officers[1], PINS[2])?;
        let (_, assented) = self.session.say(give_assent(&second, dossier, &[]))?;
        let pieces = index.items.len();
        self.tell(
            &format!("  立案、询问、证据目录 {pieces} 件、调查终结；第二名执法人员确认 {assented} 条"),
            &format!("  filed, interviewed, {pieces} pieces indexed, concluded; the second officer assents to {assented} ops"),
        );
        self.show_board()
    }

    fn propose(&self, desk: &Desk<'_>) -> Outcome<DossierId> {
        let check = self.checks[0];
        let held = self.session.store.read(|read| read_all::<Finding>(read, check));
        let main = SITES[0].findings[0].item;
        let finding = self.session.say(held)?.into_iter().find(|f| f.item.as_deref() == Some(main));
        let finding = finding.expect("the first site's first finding was raised").finding;
        let (cause, source) = (CASE.cause.to_owned(), "check".to_owned());
        let request = ProposeCase { check, finding, cause, source, guided_by: None };
        Ok(self.session.say(propose_case(desk, &request))?.dossier)
    }

    /// The interview: recorded, assented to by the officer who took it down, printed and signed.
    /// Of an exercise nothing is printed: no paper may look like one of a case.
    pub(super) fn interview(
        &self,
        dossier: DossierId,
        page: &angen_samples::Sample,
        is_printed: bool,
    ) -> Outcome<()> {
        let first = self.people().officers[0];
        let site = &self.samples.sites[0];
        let to_ms = page.taken_at_ms - 4 * 60_000;
        self.clock.move_to(to_ms);
        let person = Person {
            name: site.representative.clone(),
            post: "现场负责人".to_owned(),
            employer: Some(site.name.to_owned()),
            id_no: Some(ID_NUMBER.to_owned()),
            phone: Some(HOME_PHONE.to_owned()),
            address: Some(HOME.to_owned()),
        };
        // The page that is signed says the same: first the rights, then the facts.
        let [(_, rights_answer), facts @ ..] = INTERVIEW;
        let questions = facts.iter().map(|(q, a)| ((*q).to_owned(), (*a).to_owned()));
        let request = RecordInterview {
            dossier,
            number: 1,
            held_ms: (to_ms - INTERVIEW_MS, to_ms),
            place: site.address.to_owned(),
            person,
            rights_told: true,
            rights_answer: Some(rights_answer.to_owned()),
            questions: questions.collect(),
        };
        let interview = {
            let desk = self.session.sign_in(first, PINS[1])?;
            self.session.say(record_interview(&desk, &request))?.interview
        };
        self.second_assents(dossier)?;
        let desk = self.session.sign_in(first, PINS[1])?;
        let paper = match is_printed {
            true => self.print(&desk, dossier, Form::InterviewRecord, &[])?,
            false => interview,
        };
        let evidence = self.capture(&desk, dossier, page, Some(paper))?;
        let signer = site.representative.clone();
        let answer = PaperAnswer::Signed { signer, pages: vec![evidence] };
        self.session.say(sign_paper(&desk, dossier, paper, &answer)).map(drop)
    }
}
