//! The steps of a check, with the real verbs and in the model.

use angen_core::action::{
    CorrectFinding, PartyAnswer, RaiseFinding, correct_finding, raise_finding, retract, sign_record,
};
use angen_core::domain::{Consequence, ELEMENTS, EvidenceKind, Purpose};
use angen_ledger::id::DossierId;
use angen_testing::township as input;

use super::Walker;
use crate::model::{Evidence, Finding, Place};
use crate::script::{Piece, Who};

impl Walker {
    pub(super) fn capture(&mut self, site: usize, check: DossierId, who: Who, piece: Piece) {
        let newest = self.findings[site].len().checked_sub(1);
        let (kind, purpose, about) = match piece {
            Piece::Photo => (EvidenceKind::AudioVisual, None, newest),
            Piece::Document => (EvidenceKind::Documentary, None, newest),
            Piece::Statement => (EvidenceKind::PartyStatement, Some(Purpose::Interview), newest),
            Piece::SubjectPapers => (EvidenceKind::Documentary, Some(Purpose::SubjectPapers), None),
            Piece::HashList => (EvidenceKind::Documentary, Some(Purpose::HashList), None),
            Piece::Page => (EvidenceKind::SceneRecord, Some(Purpose::SignedPage), None),
        };
        let subject = about.map(|number| self.findings[site][number]);
        let evidence = self.photograph(check, who, subject, kind, purpose);
        let number = self.evidence[site].len();
        self.evidence[site].push(evidence);
        let act = self.act(Place::Check(site), &format!("evidence {number}"), who);
        let held = Evidence { act, piece, about, retracted: false };
        self.model.checks[site].evidence.push(held);
    }

    pub(super) fn retract_evidence(
        &mut self,
        site: usize,
        check: DossierId,
        who: Who,
        piece: Piece,
    ) {
        let held = &self.model.checks[site].evidence;
        let newest = held.iter().rposition(|held| held.piece == piece && !held.retracted);
        if let Some(number) = newest {
            retract(&self.desk(who), check, self.evidence[site][number], "拍错了").unwrap();
            self.act(Place::Check(site), &format!("evidence {number}"), who);
            self.model.checks[site].evidence[number].retracted = true;
        }
    }

    pub(super) fn find(&mut self, site: usize, check: DossierId, who: Who) {
        let number = self.findings[site].len();
        let told = |(code, _): &(&str, &str)| ((*code).to_owned(), format!("第{number}处已写明"));
        let request = RaiseFinding {
            item: None,
            title: format!("第{number}处没有防护罩"),
            consequence: Consequence::Case,
            elements: ELEMENTS.iter().map(told).collect(),
            ..input::finding(check)
        };
        let raised = raise_finding(&self.desk(who), &request).unwrap();
        self.findings[site].push(raised.finding);
        let act = self.act(Place::Check(site), &format!("finding {number}"), who);
        let finding = Finding { acts: vec![act], retracted: false };
        self.model.checks[site].findings.push(finding);
    }

    pub(super) fn newest_finding(&self, site: usize) -> Option<usize> {
        self.model.checks[site].findings.iter().rposition(|finding| !finding.retracted)
    }

    pub(super) fn correct(&mut self, site: usize, check: DossierId, who: Who) {
        let Some(number) = self.newest_finding(site) else { return };
        self.files += 1;
        let title = Some(format!("第{number}处防护罩缺失（第{}次描述）", self.files));
        let correction = CorrectFinding { title, ..CorrectFinding::default() };
        let finding = self.findings[site][number];
        correct_finding(&self.desk(who), check, finding, &correction, "描述更准").unwrap();
        let act = self.act(Place::Check(site), &format!("finding {number}"), who);
        let acts = &mut self.model.checks[site].findings[number].acts;
        acts.truncate(1);
        acts.push(act);
    }

    pub(super) fn retract_finding(&mut self, site: usize, check: DossierId, who: Who) {
        if let Some(number) = self.newest_finding(site) {
            retract(&self.desk(who), check, self.findings[site][number], "不是隐患").unwrap();
            self.act(Place::Check(site), &format!("finding {number}"), who);
            self.model.checks[site].findings[number].retracted = true;
        }
    }

    pub(super) fn sign(&mut self, site: usize, check: DossierId, who: Who, signed: bool) {
        let held = &self.model.checks[site].evidence;
        let page = held.iter().rposition(|held| held.piece == Piece::Page && !held.retracted);
        let evidence = page.map(|page| self.evidence[site][page]);
        let answer = match (signed, evidence) {
            (true, None) => return,
            (true, Some(evidence)) => {
                let (signer, post) = ("钱主任".to_owned(), "主任".to_owned());
                PartyAnswer::Signed { signer, post, evidence }
            }
            (false, evidence) => {
                PartyAnswer::Refused { reason: "要先问律师".to_owned(), evidence }
            }
        };
        if who == Who::Mentor {
            return self.refused(|walker| sign_record(&walker.desk(who), check, &answer));
        }
        sign_record(&self.desk(who), check, &answer).unwrap();
        let act = self.act(Place::Check(site), "record", who);
        let before = self.model.checks[site].record.and_then(|(_, page)| page);
        self.model.checks[site].record = Some((act, page.or(before)));
    }
}
