//! Third step, twice: a check at an enterprise.

use std::collections::BTreeMap;

use angen_core::action::{
    CorrectFinding, PaperAnswer, PartyAnswer, PlanCheck, RaiseFinding, SetAnswers, check_copy,
    correct_finding, give_assent, list_hashes, plan_check, raise_finding, read_form, set_answers,
    show_certificates, sign_paper, sign_record,
};
use angen_core::desk::Desk;
use angen_core::domain::{Checklist, Finding, read_all, read_one};
use angen_documents::Form;
use angen_ledger::id::{DossierId, EntityId};
use angen_samples::Role;

use crate::demo::Story;
use crate::demo::story::{
    CLEAN_SITES, COURT, CREDIT_CODES, FindingStory, PINS, RECUSAL, REVIEWER, SITES, SiteStory,
    UNIT_PHONE, UNIT_POST,
};
use crate::session::Outcome;

/// Papers that are signed, and captured once they are.
const SIGNED_LATER: &[Role] = &[
    Role::SignedRecordPage,
    Role::HashListPage,
    Role::FilingForm,
    Role::InterviewPage,
    Role::ProcedurePage,
];

/// What is captured where nothing is found: the licence, and a reading as it should be.
const PROVES_NO_VIOLATION: &[Role] =
    &[Role::LicenceCopy, Role::InstrumentPhoto, Role::InstrumentReading];

/// An item's verdict is a choice of the list `compliance`.
const VERDICTS: &str = "compliance";

impl Story {
    /// One site: plan, certificates, answers, findings with evidence, signature, assent.
    pub(super) fn visit_site(&mut self, site: usize) -> Outcome<()> {
        let stories = if self.clean { &CLEAN_SITES } else { &SITES };
        let (story, place) = (&stories[site], self.samples.sites[site].clone());
        self.heading(
            &format!("四（{}）、现场检查：{}", site + 1, place.name),
            &format!("4.{} A check: {}", site + 1, place.name),
        );
        let people = self.people();
        let arrival = self.samples.files.iter().filter(|s| s.site == Some(site));
        let arrival_ms = arrival.map(|sample| sample.taken_at_ms).min().unwrap_or_default();
        self.clock.move_to(arrival_ms - 15 * 60_000);
        let dossier = {
            let desk = self.session.sign_in(people.officers[0], PINS[1])?;
            self.plan_site(&desk, story, CREDIT_CODES[site])?
        };
        self.checks.push(dossier);
        self.notify(dossier, story)?;
        self.show_missing(dossier)?;
        for (writer, pin) in people.officers.into_iter().zip([PINS[1], PINS[2]]) {
            let desk = self.session.sign_in(writer, pin)?;
            let shown = show_certificates(&desk, dossier, &place.representative, None);
            self.session.say(shown)?;
        }
        let desk = self.session.sign_in(people.officers[0], PINS[1])?;
        let answered = self.answer_site(&desk, dossier, story)?;
        let captured = self.record_findings(&desk, dossier, site, story)?;
        let corrected = self.correct_findings(&desk, dossier, story)?;
        if !self.clean {
            self.act_on_findings(&desk, dossier, site, &place.representative)?;
        }
        self.sign_site(&desk, dossier, site, &place.representative)?;
        if !self.clean {
            self.list_files(&desk, dossier, site, &place.representative)?;
        }
        // The second officer takes the phone and stands by it with a key of their own.
        let second = self.session.sign_in(people.officers[1], PINS[2])?;
        let (_, assented) = self.session.say(give_assent(&second, dossier, &[]))?;
        self.tell(
            &format!(
                "  {answered} 项答案，{} 个问题，更正 {corrected} 处，{captured} 份证据，第二名执法人员确认 {assented} 条",
                story.findings.len()
            ),
            &format!(
                "  {answered} answers, {} findings, {corrected} corrected, {captured} pieces of evidence, the second officer assents to {assented} ops",
                story.findings.len()
            ),
        );
        let desk = self.session.sign_in(people.officers[0], PINS[1])?;
        if !story.findings.is_empty() {
            let told = [("review_government", REVIEWER), ("court", COURT)];
            self.print(&desk, dossier, Form::CorrectionOrder, &told)?;
        }
        self.show_missing(dossier)?;
        self.show_board()
    }

    fn plan_site(&self, desk: &Desk<'_>, story: &SiteStory, code: &str) -> Outcome<DossierId> {
        let lists = story.lists.iter().map(|list| self.session.checklist(list));
        let request = PlanCheck {
            enterprise: self.session.enterprise(code)?,
            checklists: lists.collect::<Outcome<Vec<_>>>()?,
            basis: "assistance".to_owned(),
            approval_no: Some(story.approval_no.to_owned()),
            // The notice is printed below, under a number of the device's block.
            notice_no: None,
            assistance: Some(self.assistance()),
        };
        Ok(self.session.say(plan_check(desk, &request))?.dossier)
    }

    fn answer_site(
        &self,
        desk: &Desk<'_>,
        dossier: DossierId,
        story: &SiteStory,
    ) -> Outcome<usize> {
        let mut answered = 0;
        for list_id in story.lists {
            let place = self.session.place()?;
            let checklist = self.session.checklist(list_id)?;
            let list: Checklist = self
                .session
                .say(self.session.store.read(|read| read_one(read, place.library, checklist)))?;
            let form = self.session.say(read_form(&list))?;
            let mut answers = BTreeMap::new();
            for item in form.items().iter().filter(|item| item.kind.list() == Some(VERDICTS)) {
                let (verdict, note) = verdict(story, &item.name);
                answers.insert(item.name.clone(), verdict.to_owned());
                if let Some(note) = note {
                    answers.insert(format!("{}_note", item.name), note.to_owned());
                }
            }
            for (item, value) in story.readings {
                if form.item(item).is_some() {
                    answers.insert((*item).to_owned(), (*value).to_owned());
                }
            }
            let request = SetAnswers { dossier, checklist, answers, reason: None };
            answered += self.session.say(set_answers(desk, &request))?.len();
        }
        Ok(answered)
    }

    fn record_findings(
        &self,
        desk: &Desk<'_>,
        dossier: DossierId,
        site: usize,
        story: &SiteStory,
    ) -> Outcome<usize> {
        let enterprise = self.samples.sites[site].name;
        let mut raised: BTreeMap<&str, EntityId> = BTreeMap::new();
        for finding in story.findings {
            let request = request(dossier, enterprise, finding);
            let done = self.session.say(raise_finding(desk, &request))?;
            raised.insert(finding.item, done.finding);
        }
        let main = story.findings.first().and_then(|finding| raised.get(finding.item)).copied();
        let is_taken = |role: &Role| {
            if self.clean {
                PROVES_NO_VIOLATION.contains(role)
            } else {
                !SIGNED_LATER.contains(role)
            }
        };
        let files = self.samples.files.iter();
        let files = files.filter(|sample| sample.site == Some(site) && is_taken(&sample.role));
        let files: Vec<_> = files.cloned().collect();
        let bar = self.bar(files.len(), "取证", "capturing evidence");
        for sample in &files {
            // What belongs to no single item is about the main fact.
            let about = sample.item.and_then(|item| raised.get(item)).copied().or(main);
            let of_check = sample.role == Role::LicenceCopy;
            let evidence = self.capture(desk, dossier, sample, about.filter(|_| !of_check))?;
            if matches!(sample.role, Role::LicenceCopy | Role::ScannedPaper) {
                // The officer lays the copy beside the original; the enterprise stamps it.
                self.session.say(check_copy(desk, dossier, evidence, enterprise, true))?;
            }
            bar.inc(1);
        }
        bar.finish_and_clear();
        Ok(files.len())
    }

    /// Findings that were measured after they were raised: the record is corrected with a reason,
    /// and what stood there before stays in the dossier.
    fn correct_findings(
        &self,
        desk: &Desk<'_>,
        dossier: DossierId,
        story: &SiteStory,
    ) -> Outcome<usize> {
        let held = self.session.store.read(|read| read_all::<Finding>(read, dossier));
        let mut corrected = 0;
        for finding in self.session.say(held)? {
            let of_item = |told: &&FindingStory| finding.item.as_deref() == Some(told.item);
            let told = story.findings.iter().find(of_item);
            let Some((act, reason)) = told.and_then(|told| told.corrected) else { continue };
            let mut elements = finding.elements.clone();
            elements.iter_mut().filter(|(code, _)| code == "act").for_each(|element| {
                act.clone_into(&mut element.1);
            });
            let correction = CorrectFinding { elements: Some(elements), ..Default::default() };
            let done = correct_finding(desk, dossier, finding.finding, &correction, reason);
            self.session.say(done)?;
            corrected += 1;
        }
        Ok(corrected)
    }

    /// The list of digests, printed, signed by the party on site, and captured back.
    fn list_files(
        &self,
        desk: &Desk<'_>,
        dossier: DossierId,
        site: usize,
        signer: &str,
    ) -> Outcome<()> {
        let Ok(page) = self.sample(Role::HashListPage, Some(site)).cloned() else { return Ok(()) };
        self.session.say(list_hashes(desk, dossier))?;
        let pages = self.print(desk, dossier, Form::EvidencePages, &[])?;
        let evidence = self.capture(desk, dossier, &page, Some(pages))?;
        let answer = PaperAnswer::Signed { signer: signer.to_owned(), pages: vec![evidence] };
        self.session.say(sign_paper(desk, dossier, pages, &answer)).map(drop)
    }

    fn sign_site(
        &self,
        desk: &Desk<'_>,
        dossier: DossierId,
        site: usize,
        signer: &str,
    ) -> Outcome<()> {
        let page = self.sample(Role::SignedRecordPage, Some(site))?.clone();
        // Printed a few minutes before it is signed, at the gate.
        self.clock.move_to(page.taken_at_ms - 5 * 60_000);
        let given = [("post", UNIT_POST), ("phone", UNIT_PHONE), ("recusal", RECUSAL)];
        let record = self.print(desk, dossier, Form::SiteRecord, &given)?;
        let evidence = self.capture(desk, dossier, &page, Some(record))?;
        let answer =
            PartyAnswer::Signed { signer: signer.to_owned(), post: UNIT_POST.to_owned(), evidence };
        self.session.say(sign_record(desk, dossier, &answer)).map(|_| ())
    }
}

/// The verdict on an item, and the note that it needs.
fn verdict(story: &SiteStory, item: &str) -> (&'static str, Option<&'static str>) {
    if let Some(finding) = story.findings.iter().find(|finding| finding.item == item) {
        return ("non_compliant", Some(finding.act));
    }
    if let Some((_, why)) = story.not_checked.iter().find(|(known, _)| *known == item) {
        return ("not_checked", Some(why));
    }
    let applies = !story.not_applicable.contains(&item);
    (if applies { "compliant" } else { "not_applicable" }, None)
}

fn request(dossier: DossierId, enterprise: &str, finding: &FindingStory) -> RaiseFinding {
    let elements = [
        ("subject", enterprise),
        ("location", finding.location),
        ("act", finding.act),
        ("observed", "现场检查时两名执法人员当场发现，拍照录像并由现场负责人确认"),
        ("consequence", finding.danger),
    ];
    RaiseFinding {
        dossier,
        item: Some(finding.item.to_owned()),
        title: finding.title.to_owned(),
        legal_basis: finding.basis.to_owned(),
        major_hazard: None,
        authority: finding.authority.to_owned(),
        penalty: finding.penalty.map(str::to_owned),
        consequence: finding.consequence,
        elements: elements.map(|(code, words)| (code.to_owned(), words.to_owned())).to_vec(),
    }
}
