//! Fourth step where nothing was found: the chain is taught on a marked practice case.

use std::collections::BTreeMap;

use angen_core::action::{
    ConcludeInvestigation, DecideFiling, FilingDecision, PaperAnswer, PractiseCase, check_copy,
    conclude_investigation, decide_filing, give_assent, index_evidence, list_hashes, practise_case,
    sign_paper,
};
use angen_core::desk::Desk;
use angen_core::domain::Opinion;
use angen_ledger::id::DossierId;
use angen_samples::Role;

use crate::demo::Story;
use crate::demo::story::{EXERCISE, EXERCISE_NUMBER, PINS};
use crate::session::Outcome;

/// What is captured for the exercise, and what each is called in it.
const FILES: [(Role, &str); 3] = [
    (Role::WidePhoto, "（演练）皮带传动部位全景"),
    (Role::ClosePhoto, "（演练）皮带轮近景"),
    (Role::ScannedPaper, "（演练）设备检修台账扫描件"),
];

impl Story {
    /// The exercise: opened with its mark, filed on paper, evidence, interview, index, conclusion.
    pub(super) fn practise(&mut self) -> Outcome<()> {
        self.heading("五、没有违法事项：演练案件", "5. Nothing was found: a practice case");
        self.show_missing(self.assistance())?;
        let people = self.people();
        let form = self.sample(Role::FilingForm, Some(0))?.clone();
        let page = self.sample(Role::InterviewPage, Some(0))?.clone();
        self.clock.move_to(form.taken_at_ms - 60 * 60_000);
        let desk = self.session.sign_in(people.officers[0], PINS[1])?;
        let request = PractiseCase { check: self.checks[0], cause: EXERCISE.cause.to_owned() };
        let dossier = self.session.say(practise_case(&desk, &request))?.dossier;
        self.cases.push(dossier);
        self.exercise_files(&desk, dossier)?;
        let evidence = self.capture(&desk, dossier, &form, None)?;
        let filing = DecideFiling {
            dossier,
            decision: FilingDecision::Filed { number: EXERCISE_NUMBER.to_owned() },
            approver: EXERCISE.approver.to_owned(),
            approver_post: EXERCISE.approver_post.to_owned(),
            decided_on: EXERCISE.decided_on.to_owned(),
            evidence,
        };
        self.session.say(decide_filing(&desk, &filing))?;
        self.interview(dossier, &page, false)?;
        let desk = self.session.sign_in(people.officers[0], PINS[1])?;
        self.sign_list(&desk, dossier)?;
        self.session.say(index_evidence(&desk, dossier, &BTreeMap::new()))?;
        let conclusion = ConcludeInvestigation {
            dossier,
            facts: EXERCISE.facts.to_owned(),
            opinion: Opinion::Penalty,
            basis: EXERCISE.basis.to_owned(),
        };
        self.session.say(conclude_investigation(&desk, &conclusion))?;
        self.show_missing(dossier)?;
        let second = self.session.sign_in(people.officers[1], PINS[2])?;
        let (_, assented) = self.session.say(give_assent(&second, dossier, &[]))?;
        self.tell(
            &format!("  演练：立案、取证、询问、编目、调查终结；第二名执法人员确认 {assented} 条"),
            &format!("  practised: filing, evidence, interview, index, conclusion; the second officer assents to {assented} ops"),
        );
        self.show_board()
    }

    fn exercise_files(&self, desk: &Desk<'_>, dossier: DossierId) -> Outcome<()> {
        for (role, caption) in FILES {
            let mut sample = self.sample(role, Some(0))?.clone();
            sample.caption = caption;
            let evidence = self.capture(desk, dossier, &sample, None)?;
            if role == Role::ScannedPaper {
                let keeper = self.samples.sites[0].name;
                self.session.say(check_copy(desk, dossier, evidence, keeper, true))?;
            }
        }
        Ok(())
    }

    fn sign_list(&self, desk: &Desk<'_>, dossier: DossierId) -> Outcome<()> {
        let page = self.sample(Role::HashListPage, Some(0))?.clone();
        let list = self.session.say(list_hashes(desk, dossier))?.list.list;
        let evidence = self.capture(desk, dossier, &page, None)?;
        let signer = self.samples.sites[0].representative.clone();
        let answer = PaperAnswer::Signed { signer, pages: vec![evidence] };
        self.session.say(sign_paper(desk, dossier, list, &answer)).map(drop)
    }
}
