//! What a mandate allows: on a day, in an area, for an act and a penalty. Pure: mandates in,
//! issuers and reasons out.
//!
//! Each mandate that is held is judged by itself. Those without a reason that blocks are issuers;
//! when there is none, the reasons of all of them say why.

use angen_ledger::hash::Hash;
use angen_ledger::id::EntityId;
use chrono::NaiveDate;

use crate::domain::{Cap, CapBasis, CapSubject, Mandate, MandateKind, area_name};
use crate::procedure::{Act, FineStage, Penalty, Reason, Why, penalty};

/// Certified people that a body needs to act at all (行政处罚法 2021, article 42).
pub const CERTIFIED_MIN: usize = 2;

/// First day of 山东省安全生产条例 (2021).
const OWN_POWER_FROM: Option<NaiveDate> = NaiveDate::from_ymd_opt(2022, 3, 1);

/// What is asked of the mandates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The day of the document.
    pub day: NaiveDate,
    /// Division code of the place of the violation.
    pub area: String,
    /// The kind of act.
    pub act: Act,
    /// The form, by its plain name, if one is asked about.
    pub form: Option<String>,
    /// Codes of the penalty table.
    pub penalties: Vec<String>,
    /// Who would be fined; none: a unit, or a person where the clause fines only persons.
    pub subject: Option<CapSubject>,
    /// The stage of the act.
    pub stage: FineStage,
    /// The fine in yuan, if it is known.
    pub amount: Option<i64>,
}

/// A mandate under which it can be issued, and how the document is then made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issuer {
    /// The mandate.
    pub mandate: EntityId,
    /// The op that granted it.
    pub op: Hash,
    /// Which kind.
    pub kind: MandateKind,
    /// In whose name.
    pub in_name_of: String,
    /// Whose seal.
    pub seal_of: String,
    /// What stands in brackets of the number; none when nobody has said.
    pub number_region: Option<String>,
    /// Of a joint mandate: the township that gets the credit. Such acts are tagged.
    pub credit_to: Option<String>,
    /// What is to be borne in mind.
    pub warnings: Vec<Reason>,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Powers {
    /// The kind of act.
    pub act: Act,
    /// Mandates that allow it: the most special first (joint, transfer, delegation, own).
    pub issuers: Vec<Issuer>,
    /// Why the others do not.
    pub refusals: Vec<Reason>,
    /// What is to be said whatever the mandate.
    pub warnings: Vec<Reason>,
}

impl Question {
    /// A question about an act, with nothing said of penalties.
    #[must_use]
    pub fn new(day: NaiveDate, area: &str, act: Act) -> Self {
        let (area, form, penalties) = (area.to_owned(), None, Vec::new());
        let (subject, stage, amount) = (None, FineStage::First, None);
        Self { day, area, act, form, penalties, subject, stage, amount }
    }

    fn is_about_penalties(&self) -> bool {
        matches!(self.act, Act::Case | Act::Penalty)
    }

    /// Who is fined under a clause.
    fn subject_of(&self, clause: &Penalty) -> CapSubject {
        let of_unit = clause.max(CapSubject::Unit, self.stage);
        let of_person = clause.max(CapSubject::Person, self.stage);
        self.subject.unwrap_or(match (of_unit, of_person) {
            (None, Some(_)) => CapSubject::Person,
            _ => CapSubject::Unit,
        })
    }
}

/// Asks the mandates that are held. `certified` is how many certified people the township has.
#[must_use]
pub fn powers(held: &[Mandate], certified: usize, question: &Question) -> Powers {
    let mut warnings = about_penalties(question);
    let mut refusals: Vec<Reason> = warnings.iter().filter(|r| r.why.blocks()).cloned().collect();
    warnings.retain(|reason| !reason.why.blocks());
    if held.is_empty() {
        warnings.push(Reason::new(Why::NoMandateHeld, Vec::new()));
    }
    let mut issuers = Vec::new();
    for mandate in held {
        let reasons = judge(mandate, held, certified, question);
        let (blocking, others): (Vec<Reason>, Vec<Reason>) =
            reasons.into_iter().partition(|reason| reason.why.blocks());
        if blocking.is_empty() {
            issuers.push(issuer(mandate, others));
        } else {
            refusals.extend(blocking);
        }
    }
    // What no body of ours may fine, no mandate helps with.
    if refusals.iter().any(|reason| reason.mandate.is_none()) {
        issuers.clear();
    }
    issuers.sort_by_key(|issuer| (rank(issuer.kind), issuer.mandate));
    Powers { act: question.act, issuers, refusals, warnings }
}

fn rank(kind: MandateKind) -> u8 {
    match kind {
        MandateKind::Joint => 0,
        MandateKind::Transfer => 1,
        MandateKind::Delegation => 2,
        MandateKind::Own => 3,
    }
}

fn issuer(mandate: &Mandate, warnings: Vec<Reason>) -> Issuer {
    let name = mandate.in_name_of().to_owned();
    let is_joint = mandate.kind == MandateKind::Joint;
    Issuer {
        mandate: mandate.mandate,
        op: mandate.op,
        kind: mandate.kind,
        seal_of: mandate.seal_of.clone().unwrap_or_else(|| name.clone()),
        in_name_of: name,
        number_region: mandate.number_region.clone(),
        credit_to: is_joint.then(|| mandate.delegate.clone()),
        warnings,
    }
}

/// What is to be said of the penalties themselves.
fn about_penalties(question: &Question) -> Vec<Reason> {
    if !question.is_about_penalties() {
        return Vec::new();
    }
    if question.penalties.is_empty() {
        return vec![Reason::new(Why::MatterNotKnown, Vec::new())];
    }
    let mut reasons = Vec::new();
    for code in &question.penalties {
        let name = |law: &str| vec![format!("{code} {law}").trim().to_owned()];
        match penalty(code) {
            None => reasons.push(Reason::new(Why::PenaltyNotKnown, name(""))),
            Some(clause) if clause.authority != "EM" => {
                reasons.push(Reason::new(Why::OtherAuthority, name(clause.law)));
            }
            Some(clause) if !clause.is_in_force(question.day) => {
                reasons.push(Reason::new(Why::PenaltyNotInForce, name(clause.law)));
            }
            Some(_) => {}
        }
    }
    reasons
}

/// Every reason against a mandate, and every warning about it.
fn judge(
    mandate: &Mandate,
    held: &[Mandate],
    certified: usize,
    question: &Question,
) -> Vec<Reason> {
    let mut reasons = in_time(mandate, question.day);
    if !mandate.covers_area(&question.area) {
        let name = area_name(&question.area);
        let name = name.map_or(question.area.clone(), |name| format!("{name} {}", question.area));
        reasons.push(Reason::new(Why::OutsideArea, vec![name]));
    }
    reasons.extend(match mandate.kind {
        MandateKind::Own => own(question),
        MandateKind::Delegation => delegation(mandate, held, certified, question),
        MandateKind::Joint => Vec::new(),
        MandateKind::Transfer => transfer(mandate, question),
    });
    // Own power has no penalties whatever they are: that is said once.
    if mandate.kind != MandateKind::Own && question.is_about_penalties() {
        reasons.extend(matters(mandate, question));
    }
    let seal = mandate.seal_of.as_ref().filter(|seal| seal.as_str() != mandate.in_name_of());
    reasons.extend(seal.map(|seal| Reason::new(Why::OtherSeal, vec![seal.clone()])));
    reasons.into_iter().map(|reason| reason.of(mandate.mandate)).collect()
}

/// What the paper is called where it must be named.
fn paper(mandate: &Mandate) -> String {
    mandate.document_no.clone().unwrap_or_else(|| mandate.delegate.clone())
}

fn in_time(mandate: &Mandate, day: NaiveDate) -> Vec<Reason> {
    let named = |date: NaiveDate| vec![format!("{} {date}", paper(mandate))];
    let over = [mandate.until.filter(|last| *last < day), mandate.ended_on.filter(|d| *d <= day)];
    let mut reasons = Vec::new();
    if day < mandate.from {
        reasons.push(Reason::new(Why::NotBegun, named(mandate.from)));
    }
    if let Some(end) = over.into_iter().flatten().min() {
        reasons.push(Reason::new(Why::Expired, named(end)));
    }
    reasons
}

fn own(question: &Question) -> Vec<Reason> {
    let mut reasons = Vec::new();
    match question.act {
        Act::Inspection => {}
        Act::Correction => reasons.push(Reason::new(Why::MustReport, Vec::new())),
        Act::Case | Act::Penalty => reasons.push(Reason::new(Why::OwnHasNoPenalty, Vec::new())),
        Act::Coercive => reasons.push(Reason::new(Why::CoercionNotOwn, Vec::new())),
    }
    if OWN_POWER_FROM.is_some_and(|from| question.day < from) {
        reasons.push(Reason::new(Why::OwnNotInForce, Vec::new()));
    }
    reasons
}

fn delegation(
    mandate: &Mandate,
    held: &[Mandate],
    certified: usize,
    question: &Question,
) -> Vec<Reason> {
    let named = || vec![paper(mandate)];
    let mut reasons = Vec::new();
    if question.act == Act::Coercive {
        reasons.push(Reason::new(Why::CoercionNotDelegated, Vec::new()));
    }
    if question.form.as_deref() == Some("measures-decision") {
        reasons.push(Reason::new(Why::MeasuresOfDelegate, Vec::new()));
    }
    if mandate.published_on.is_none_or(|published| question.day < published) {
        reasons.push(Reason::new(Why::NotPublished, named()));
    }
    if mandate.document_no.is_none() && mandate.evidence.is_none() {
        reasons.push(Reason::new(Why::NotInWriting, named()));
    }
    let is_delegate = |other: &&Mandate| {
        other.kind == MandateKind::Delegation
            && Some(other.delegate.as_str()) == mandate.delegator.as_deref()
    };
    if let Some(above) = held.iter().find(is_delegate) {
        reasons.push(Reason::new(Why::SubDelegation, vec![above.delegate.clone()]));
    }
    if mandate.delegate_kind.is_none() {
        reasons.push(Reason::new(Why::DelegateNotKnown, vec![mandate.delegate.clone()]));
    }
    if certified < CERTIFIED_MIN {
        let name = format!("{} {certified}/{CERTIFIED_MIN}", mandate.delegate);
        reasons.push(Reason::new(Why::DelegateWithoutStaff, vec![name]));
    }
    reasons
}

fn transfer(mandate: &Mandate, question: &Question) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let by = mandate.delegator.as_deref().unwrap_or_default();
    if !by.ends_with("省人民政府") {
        reasons.push(Reason::new(Why::TransferNotByProvince, vec![by.to_owned()]));
    }
    if mandate.published_on.is_none_or(|published| question.day < published) {
        reasons.push(Reason::new(Why::TransferNotPublished, vec![paper(mandate)]));
    }
    if question.act == Act::Coercive {
        reasons.push(Reason::new(Why::CoercionOfTransfer, Vec::new()));
    }
    reasons
}

fn matters(mandate: &Mandate, question: &Question) -> Vec<Reason> {
    let mut reasons = Vec::new();
    for code in &question.penalties {
        if !mandate.covers_matter(code) {
            reasons.push(Reason::new(Why::OutsideMatters, vec![code.clone()]));
        }
        if let Some(clause) = penalty(code) {
            reasons.extend(capped(mandate, code, clause, question));
        }
    }
    reasons
}

/// Compares the fine, or the clause, with the caps. Where nothing can be compared, it warns.
fn capped(mandate: &Mandate, code: &str, clause: &Penalty, question: &Question) -> Vec<Reason> {
    let subject = question.subject_of(clause);
    let mut caps = mandate.caps.iter().filter(|cap| cap.subject == subject).peekable();
    if caps.peek().is_none() && !mandate.caps.is_empty() {
        let name = format!("{code} {} —", subject.term());
        return vec![Reason::new(Why::CapNotCompared, vec![name])];
    }
    caps.filter_map(|cap| compared(*cap, code, clause, question)).collect()
}

fn compared(cap: Cap, code: &str, clause: &Penalty, question: &Question) -> Option<Reason> {
    let fine = match cap.basis {
        CapBasis::ActualFine => question.amount,
        CapBasis::StatutoryMax => clause.max(cap.subject, question.stage),
    };
    let within = if cap.inclusive { "含" } else { "不含" };
    let (who, what) = (cap.subject.term(), cap.basis.term());
    let told = fine.map_or_else(|| "?".to_owned(), |fine| fine.to_string());
    let name = format!("{code} {who}{what} {told} 元 / {} 元（{within}）", cap.amount);
    // Amounts that nobody has read in the law warn and never block.
    let is_sure = cap.basis == CapBasis::ActualFine || clause.is_confirmed;
    match fine {
        Some(fine) if cap.holds(fine) && is_sure => None,
        Some(_) if is_sure => Some(Reason::new(Why::OverCap, vec![name])),
        _ => Some(Reason::new(Why::CapNotCompared, vec![name])),
    }
}
