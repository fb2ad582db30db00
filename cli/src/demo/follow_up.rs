//! What follows the findings: measures and orders before leaving, what is preserved, and days later
//! the letter to the fire brigade and the re-check.

use angen_core::action::{
    ApprovePreservation, DecidePreservation, IssueOrder, LiftMeasure, RecordRecheck,
    RegisterPreservation, TakeMeasure, TransferFinding, approve_preservation, clocks,
    decide_preservation, give_assent, issue_order, lift_measure, record_recheck,
    register_preservation, take_measure, transfer_finding,
};
use angen_core::desk::Desk;
use angen_core::domain::{
    Consequence, Finding, Measure, MeasureKind, Order, Preservation, PreservedDecision,
    PreservedItem, RecheckOutcome, RecheckedItem, china_day, read_all,
};
use angen_documents::Form;
use angen_ledger::id::DossierId;
use angen_samples::{Role, Sample};

use crate::demo::Story;
use crate::demo::story::{CASE, FOLLOW_UP, PINS};
use crate::out::Failure;
use crate::session::Outcome;
use crate::verbs::clock_words;

impl Story {
    /// Before leaving: measures, the order with its deadlines, and at the first site a ledger
    /// that is preserved.
    pub(super) fn act_on_findings(
        &self,
        desk: &Desk<'_>,
        dossier: DossierId,
        site: usize,
        told_to: &str,
    ) -> Outcome<()> {
        let findings = self.findings(dossier)?;
        if findings.is_empty() {
            return Ok(());
        }
        if site == 0 {
            self.preserve(desk, dossier, told_to)?;
        }
        let ours = findings.iter().filter(|finding| finding.is_ours());
        let mut items = Vec::new();
        for finding in ours {
            let kind = match finding.consequence {
                Consequence::OnTheSpot => Some(MeasureKind::CorrectAtOnce),
                Consequence::Case => Some(MeasureKind::StopEquipment),
                Consequence::Order => None,
            };
            if let Some(kind) = kind {
                let request = TakeMeasure {
                    dossier,
                    kind,
                    findings: vec![finding.finding],
                    legal_basis: None,
                    words: None,
                    shown_by: Vec::new(),
                    told_to: Some(told_to.to_owned()),
                };
                self.session.say(take_measure(desk, &request))?;
            }
            if finding.consequence != Consequence::OnTheSpot {
                let at_once = finding.item.as_deref() == Some(FOLLOW_UP.at_once);
                let by = if at_once { "at_once" } else { FOLLOW_UP.deadline };
                items.push((finding.finding, by.to_owned()));
            }
        }
        let request = IssueOrder {
            dossier,
            items,
            legal_basis: None,
            // Its number is that of the document, which is printed once two stand behind it.
            number: None,
            issued_on: None,
            told_to: Some(told_to.to_owned()),
        };
        let order = self.session.say(issue_order(desk, &request))?;
        let count = order.items.len();
        self.tell(
            &format!("  责令限期整改 {count} 项，期限至 {}", FOLLOW_UP.deadline),
            &format!("  {count} items ordered to be corrected, by {}", FOLLOW_UP.deadline),
        );
        Ok(())
    }

    /// A ledger that might be replaced: approved by the head of the agency, then registered.
    fn preserve(&self, desk: &Desk<'_>, dossier: DossierId, holder: &str) -> Outcome<()> {
        let page = self.page(FOLLOW_UP.approval_page)?.clone();
        let form = self.capture(desk, dossier, &page, None)?;
        let request = ApprovePreservation {
            dossier,
            preservation: None,
            approver: CASE.approver.to_owned(),
            approved_at_ms: page.taken_at_ms,
            form,
            reason: FOLLOW_UP.preserved_because.to_owned(),
        };
        let approved = self.session.say(approve_preservation(desk, &request))?.preservation;
        let request = RegisterPreservation {
            dossier,
            preservation: Some(approved),
            items: vec![PreservedItem {
                name: FOLLOW_UP.preserved.to_owned(),
                model: None,
                quantity: "1册".to_owned(),
                place: "企业办公室".to_owned(),
            }],
            holder: holder.to_owned(),
            notice_no: Some(FOLLOW_UP.preserved_notice.to_owned()),
            told_to: Some(holder.to_owned()),
            registered_at_ms: None,
        };
        self.session.say(register_preservation(desk, &request)).map(drop)
    }

    /// The preserved ledger is copied and given back the same day.
    pub(super) fn decide_preserved(&self, desk: &Desk<'_>) -> Outcome<()> {
        let dossier = self.checks[0];
        let held = self.session.store.read(|read| read_all::<Preservation>(read, dossier));
        for known in self.session.say(held)? {
            let words = Some("复印并核对后退还".to_owned());
            let request = DecidePreservation {
                dossier,
                preservation: known.preservation,
                items: vec![(1, PreservedDecision::Record, words)],
                decided_on: CASE.decided_on.to_owned(),
            };
            self.session.say(decide_preservation(desk, &request))?;
        }
        let second = self.session.sign_in(self.people().officers[1], PINS[2])?;
        self.session.say(give_assent(&second, dossier, &[])).map(drop)
    }

    /// Days later: the fire item goes to the fire brigade, and the order is re-checked.
    pub(super) fn follow_up(&self) -> Outcome<()> {
        self.heading("六、移送与整改复查", "6. Hand-over and re-check");
        self.show_clocks()?;
        let people = self.people();
        let dossier = self.checks[0];
        let letter = self.page(FOLLOW_UP.letter)?.clone();
        let recheck = self.page(FOLLOW_UP.recheck_page)?.clone();
        let desk = self.session.sign_in(people.officers[0], PINS[1])?;
        let evidence = self.capture(&desk, dossier, &letter, None)?;
        let others = self.findings(dossier)?;
        for finding in others.iter().filter(|finding| !finding.is_ours()) {
            let request = TransferFinding {
                dossier,
                finding: finding.finding,
                to: finding.authority.clone(),
                on: day_of(&letter),
                letter_no: Some(FOLLOW_UP.letter_no.to_owned()),
                letter: Some(evidence),
            };
            self.session.say(transfer_finding(&desk, &request))?;
            self.tell(
                &format!("  “{}”已移送消防救援机构", finding.title),
                &format!("  \"{}\" handed over to the fire brigade", finding.title),
            );
        }
        let evidence = self.capture(&desk, dossier, &recheck, None)?;
        let orders = self.session.store.read(|read| read_all::<Order>(read, dossier));
        for order in self.session.say(orders)? {
            let item = |item: &angen_core::domain::OrderItem| RecheckedItem {
                finding: item.finding,
                outcome: RecheckOutcome::Corrected,
                words: FOLLOW_UP.corrected.to_owned(),
                shown_by: vec![evidence],
            };
            let request = RecordRecheck {
                dossier,
                order: order.order,
                items: order.items.iter().map(item).collect(),
                rechecked_on: day_of(&recheck),
            };
            let view = self.session.say(record_recheck(&desk, &request))?;
            let count = view.recheck.items.len();
            self.tell(
                &format!("  复查 {count} 项，均已整改"),
                &format!("  {count} items re-checked, all corrected"),
            );
        }
        let measures = self.session.store.read(|read| read_all::<Measure>(read, dossier));
        for measure in self.session.say(measures)? {
            let request = LiftMeasure {
                dossier,
                measure: measure.measure,
                checked_how: FOLLOW_UP.corrected.to_owned(),
                shown_by: vec![evidence],
            };
            self.session.say(lift_measure(&desk, &request))?;
        }
        let second = self.session.sign_in(people.officers[1], PINS[2])?;
        self.session.say(give_assent(&second, dossier, &[]))?;
        let desk = self.session.sign_in(people.officers[0], PINS[1])?;
        self.print(&desk, dossier, Form::RecheckOpinion, &[])?;
        self.show_clocks()
    }

    /// Shows the periods of the first check and its case, with their reasoning.
    fn show_clocks(&self) -> Outcome<()> {
        let now = self.session.ports.clock.now().wall_ms;
        let mut held = self.session.say(clocks(&self.session.store, None, now))?;
        held.retain(|clock| clock.dossier != self.checks[1]);
        self.tell("  期限：", "  periods:");
        let words = clock_words(&held, self.lang);
        words.lines().for_each(|line| self.tell(&format!("    {line}"), &format!("    {line}")));
        Ok(())
    }

    fn findings(&self, dossier: DossierId) -> Outcome<Vec<Finding>> {
        self.session.say(self.session.store.read(|read| read_all(read, dossier)))
    }

    /// A page of the procedure by its caption.
    fn page(&self, caption: &str) -> Outcome<&Sample> {
        let found = self.samples.of_role(Role::ProcedurePage).find(|page| page.caption == caption);
        found.ok_or_else(|| Failure::new("demo", format!("no page {caption}")))
    }
}

fn day_of(page: &Sample) -> String {
    china_day(page.taken_at_ms).map(|day| day.to_string()).unwrap_or_default()
}
