//! The steps of the case, with the real verbs and in the model.

use std::collections::{BTreeMap, BTreeSet};

use angen_core::action::{
    ConcludeInvestigation, DecideFiling, FilingDecision, PaperAnswer, ProposeCase, RecordInterview,
    conclude_investigation, decide_filing, index_evidence, propose_case, record_interview,
    sign_paper,
};
use angen_core::domain::{EvidenceKind, Opinion, Purpose};
use angen_ledger::id::{DossierId, EntityId};
use angen_testing::case;

use super::Walker;
use crate::model::{Evidence, Place};
use crate::script::Who;

impl Walker {
    pub(super) fn propose(&mut self, site: usize, who: Who) {
        let (Some(number), None) = (self.newest_finding(site), self.case) else { return };
        let Some(check) = self.checks[site] else { return };
        let request = proposal(check, self.findings[site][number]);
        self.case = Some(propose_case(&self.desk(who), &request).unwrap().dossier);
        let act = self.act(Place::Case, "case", who);
        self.model.case.proposed = Some((act, site, number));
    }

    pub(super) fn capture_form(&mut self, who: Who) {
        let Some(case) = self.case else { return };
        let page = Some(Purpose::SignedPage);
        let form = self.photograph(case, who, None, EvidenceKind::Documentary, page);
        self.forms.push(form);
        let act = self.act(Place::Case, &format!("form {}", self.forms.len()), who);
        self.model.case.form.push(act);
    }

    pub(super) fn file(&mut self, who: Who, filed: bool) {
        let (Some(case), Some(form)) = (self.case, self.forms.last().copied()) else { return };
        let decision = match filed {
            true => FilingDecision::Filed { number: "应急立〔2026〕1号".to_owned() },
            false => FilingDecision::NotFiled { reason: "情节轻微".to_owned() },
        };
        let request = DecideFiling {
            dossier: case,
            decision,
            approver: "周明华".to_owned(),
            approver_post: "局长".to_owned(),
            decided_on: "2026-11-24".to_owned(),
            evidence: form,
        };
        if who == Who::Mentor {
            return self.refused(|walker| decide_filing(&walker.desk(who), &request));
        }
        decide_filing(&self.desk(who), &request).unwrap();
        let act = self.act(Place::Case, "filing", who);
        let form = *self.model.case.form.last().unwrap();
        self.model.case.filing = Some((act, filed, form));
    }

    pub(super) fn interview(&mut self, who: Who, rights_told: bool) {
        let Some(case) = self.case else { return };
        let request = RecordInterview { rights_told, ..case::interview(case) };
        let interview = record_interview(&self.desk(who), &request).unwrap().interview;
        self.interviews.push(interview);
        let act = self.act(Place::Case, &format!("interview {}", self.interviews.len()), who);
        self.model.case.interviews.push((act, rights_told, None));
    }

    pub(super) fn sign_interview(&mut self, who: Who) {
        let (Some(case), Some(paper)) = (self.case, self.interviews.last().copied()) else {
            return;
        };
        let purpose = Some(Purpose::Interview);
        let page = self.photograph(case, who, Some(paper), EvidenceKind::PartyStatement, purpose);
        let number = self.model.acts.len();
        let captured = self.act(Place::Case, &format!("page {number}"), who);
        let answer = PaperAnswer::Signed { signer: "钱主任".to_owned(), pages: vec![page] };
        self.model.case.pages.push(captured);
        if who == Who::Mentor {
            return self.refused(|walker| sign_paper(&walker.desk(who), case, paper, &answer));
        }
        sign_paper(&self.desk(who), case, paper, &answer).unwrap();
        let signed = self.act(Place::Case, &format!("paper {}", self.interviews.len()), who);
        let last = self.model.case.interviews.last_mut().unwrap();
        last.2 = Some((signed, captured));
    }

    pub(super) fn index(&mut self, who: Who) {
        let (Some(case), Some((_, site, number))) = (self.case, self.model.case.proposed) else {
            return;
        };
        let about =
            |held: &&Evidence| !held.retracted && held.about.is_none_or(|about| about == number);
        let of_check = self.model.checks[site].evidence.iter().filter(about).map(|held| held.act);
        let of_case = self.model.case.form.iter().chain(&self.model.case.pages).copied();
        let listed: BTreeSet<usize> = of_check.chain(of_case).collect();
        let nothing = BTreeMap::new();
        if listed.is_empty() {
            self.refused(|walker| index_evidence(&walker.desk(who), case, &nothing));
            return;
        }
        index_evidence(&self.desk(who), case, &nothing).unwrap();
        let act = self.act(Place::Case, "index", who);
        self.model.case.index = Some((act, listed));
    }

    pub(super) fn conclude(&mut self, who: Who) {
        let Some(case) = self.case else { return };
        let request = ConcludeInvestigation {
            dossier: case,
            facts: "皮带传动部位没有防护罩".to_owned(),
            opinion: Opinion::Penalty,
            basis: "安全生产法（2021）第九十九条".to_owned(),
        };
        if who == Who::Mentor {
            return self.refused(|walker| conclude_investigation(&walker.desk(who), &request));
        }
        conclude_investigation(&self.desk(who), &request).unwrap();
        let act = self.act(Place::Case, "investigation", who);
        self.model.case.concluded = Some(act);
    }
}

pub(super) fn proposal(check: DossierId, finding: EntityId) -> ProposeCase {
    ProposeCase {
        check,
        finding,
        cause: "未在有较大危险因素的设备上设置防护装置".to_owned(),
        source: "check".to_owned(),
        guided_by: None,
    }
}
