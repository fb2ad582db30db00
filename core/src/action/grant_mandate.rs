//! Enters a mandate 执法权限依据 (own power, delegation, joint enforcement, transfer), and its end.

use angen_ledger::hash::Hash;
use angen_ledger::id::EntityId;
use angen_ledger::scope::is_area;
use angen_ledger::value::Value;

use crate::action::appoint_expert::check_term;
use crate::action::establish::established;
use crate::action::look::{day, ending, not_empty};
use crate::desk::{Desk, Entry};
use crate::domain::{
    ALL_MATTERS, Cap, DelegateKind, Evidence, Mandate, MandateKind, Matters, check_area, read_one,
};
use crate::error::{Error, Problem, Result};
use crate::procedure::{penalties, penalty};

/// Matters, areas and caps of one mandate: the penalty table has a few dozen codes, the city a few
/// dozen townships.
pub const MANDATE_LIST_MAX: usize = 200;

/// A mandate as its paper says.
#[derive(Debug, Clone)]
pub struct GrantMandate {
    /// Which kind.
    pub kind: MandateKind,
    /// The body that gives the power; none for own power.
    pub delegator: Option<String>,
    /// The township's body.
    pub delegate: String,
    /// What it is.
    pub delegate_kind: Option<DelegateKind>,
    /// Which penalties.
    pub matters: Matters,
    /// Up to which fines.
    pub caps: Vec<Cap>,
    /// Division codes; each covers what lies below it.
    pub areas: Vec<String>,
    /// First day, `2026-01-01`.
    pub from: String,
    /// Last day, if one is set.
    pub until: Option<String>,
    /// The day of publication, if it was published.
    pub published_on: Option<String>,
    /// Where it was published.
    pub published_at: Option<String>,
    /// Number of the paper.
    pub document_no: Option<String>,
    /// What stands in brackets of a document's number, such as 鲁日.
    pub number_region: Option<String>,
    /// Whose seal, if it is not the body in whose name a document is.
    pub seal_of: Option<String>,
    /// The scan of the paper, captured in the roster.
    pub evidence: Option<EntityId>,
}

/// A mandate that was entered, and what is to be checked about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MandateView {
    /// The mandate.
    pub mandate: Mandate,
    /// Codes that the tables do not have: they are taken as they are.
    pub warnings: Vec<Problem>,
}

/// Enters a mandate. The same paper entered again, by kind, number and delegate, is the same
/// mandate: what is said now stands.
///
/// # Errors
/// `Invalid` for what cannot be true: a day that is none, an end before the beginning, no area,
/// an area that is no division code, a cap below zero, no delegator where there must be one;
/// `NotFound` for a scan that was not captured in the roster; `Sign`, `Storage`.
pub fn grant_mandate(desk: &Desk<'_>, request: &GrantMandate) -> Result<MandateView> {
    request.check()?;
    let place = established(desk.store())?;
    let paper = request.document_no.as_deref().unwrap_or_default();
    let name = format!("mandate/{}/{paper}/{}", request.kind.word(), request.delegate);
    let entity = EntityId::derived(place.roster, &name);
    let warnings = request.warnings();
    desk.write(|page| {
        if let Some(evidence) = request.evidence {
            read_one::<Evidence>(page.read(), place.roster, evidence)?;
        }
        page.put(request.entry(place.roster, entity))?;
        let mandate = read_one(page.read(), place.roster, entity)?;
        Ok(MandateView { mandate, warnings })
    })
}

/// Ends a mandate from a day on.
///
/// # Errors
/// `Invalid` for a day that is none or an empty reason; `NotFound`; `Sign`, `Storage`.
pub fn end_mandate(
    desk: &Desk<'_>,
    mandate: EntityId,
    ended_on: &str,
    reason: &str,
) -> Result<Hash> {
    let place = established(desk.store())?;
    let entry = Entry::new("mandate.end/1", place.roster, mandate);
    let entry = ending(entry, ended_on, reason)?;
    desk.write(|page| {
        read_one::<Mandate>(page.read(), place.roster, mandate)?;
        page.put(entry)
    })
}

impl GrantMandate {
    fn check(&self) -> Result<()> {
        not_empty("delegate", &self.delegate)?;
        let given = self.delegator.as_deref().unwrap_or_default().trim();
        if self.kind != MandateKind::Own && given.is_empty() {
            return Err(Error::invalid(
                "delegator",
                format!("{}要写明授权或委托的机关", self.kind.term()),
                "name the body that gives the power",
            ));
        }
        check_term(&self.from, self.until.as_deref())?;
        if let Some(published_on) = &self.published_on {
            day("published_on", published_on)?;
        }
        let listed = match &self.matters {
            Matters::All => 0,
            Matters::Listed(codes) if codes.is_empty() => {
                return Err(Error::invalid(
                    "matters",
                    "请写明处罚事项代码，或写 all（全部）",
                    "name the penalty codes, or all",
                ));
            }
            Matters::Listed(codes) => codes.len(),
        };
        if listed.max(self.areas.len()).max(self.caps.len()) > MANDATE_LIST_MAX {
            return Err(Error::invalid(
                "mandate",
                format!("事项、区域或限额超过 {MANDATE_LIST_MAX} 项，请分成几份"),
                format!("more than {MANDATE_LIST_MAX} matters, areas or caps: split it"),
            ));
        }
        if self.areas.is_empty() || self.areas.iter().any(|area| !is_area(area)) {
            return Err(Error::invalid(
                "areas",
                "请写区划代码，2 到 12 位半角数字，如 371102110",
                "give division codes, 2 to 12 digits such as 371102110",
            ));
        }
        if self.caps.iter().any(|cap| cap.amount < 0) {
            return Err(Error::invalid("caps", "限额不能是负数", "a cap is not below zero"));
        }
        Ok(())
    }

    /// Codes that the tables of this build do not have: divisions and laws change.
    fn warnings(&self) -> Vec<Problem> {
        let mut warnings: Vec<Problem> =
            self.areas.iter().filter_map(|area| check_area(area, None)).collect();
        if let Matters::Listed(codes) = &self.matters {
            let known: Vec<&str> = penalties().iter().map(|clause| clause.code).collect();
            let unknown = codes.iter().filter(|code| penalty(code).is_none());
            warnings.extend(unknown.map(|code| {
                Problem::new(
                    "matters",
                    format!("处罚条款表里没有“{code}”，有：{}", known.join("、")),
                    format!("the penalty table has no {code}; it has {}", known.join(", ")),
                )
            }));
        }
        warnings
    }

    fn entry(&self, roster: angen_ledger::id::DossierId, entity: EntityId) -> Entry {
        let texts = |list: &[String]| -> Vec<Value> {
            list.iter().map(|text| Value::from(text.as_str())).collect()
        };
        let matters = match &self.matters {
            Matters::All => vec![Value::from(ALL_MATTERS)],
            Matters::Listed(codes) => texts(codes),
        };
        let caps: Vec<Value> = self.caps.iter().map(|cap| cap.to_value()).collect();
        Entry::new("mandate.grant/1", roster, entity)
            .set("power", self.kind.word())
            .set_some("delegator", self.delegator.as_deref())
            .set("delegate", self.delegate.as_str())
            .set_some("delegate_kind", self.delegate_kind.map(DelegateKind::word))
            .set("matters", matters)
            .set("caps", caps)
            .set("areas", texts(&self.areas))
            .set("from", self.from.as_str())
            .set_some("until", self.until.as_deref())
            .set_some("published_on", self.published_on.as_deref())
            .set_some("published_at", self.published_at.as_deref())
            .set_some("document_no", self.document_no.as_deref())
            .set_some("number_region", self.number_region.as_deref())
            .set_some("seal_of", self.seal_of.as_deref())
            .set_some("evidence", self.evidence.as_ref().map(|id| id.raw().as_slice()))
    }
}
