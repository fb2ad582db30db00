//! How long a dossier is kept, what stands in the way of an erasure, and what is due when.
//!
//! The periods are data to confirm (domain facts 7.10): nothing is ever blocked by them, and what
//! is due is only listed.

use angen_ledger::id::DossierId;
use chrono::{Datelike, NaiveDate};

use crate::domain::{Case, Dossier, Hold, RetentionSet, Source, parse_day, read_all};
use crate::error::{Problem, Result};

/// A retention class 保管期限 with its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetentionClass {
    /// The code in ops, one of [`crate::domain::RETENTION_CLASSES`].
    pub code: &'static str,
    /// Chinese.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
    /// Years from the first day of the year after the closing; none for ever.
    pub years: Option<i32>,
    /// The day from which the rule stands.
    pub since: &'static str,
    /// Where it comes from.
    pub source: &'static str,
    /// Whether the province's own value has been seen.
    pub confirmed: bool,
}

/// Rule of the State Archives Administration for papers of public bodies.
const ARCHIVES_ORDER: &str = "国家档案局令第8号（2006）机关文件材料归档范围和文书档案保管期限规定";

/// The classes, the longest first.
pub const RETENTION: &[RetentionClass] = &[
    class("permanent", "永久", "permanent", None),
    class("30_years", "30年", "30 years", Some(30)),
    class("10_years", "10年", "10 years", Some(10)),
];

const fn class(
    code: &'static str,
    zh: &'static str,
    en: &'static str,
    years: Option<i32>,
) -> RetentionClass {
    let (since, source, confirmed) = ("2006-12-18", ARCHIVES_ORDER, false);
    RetentionClass { code, zh, en, years, since, source, confirmed }
}

/// How a dossier is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptDossier {
    /// The dossier.
    pub dossier: Dossier,
    /// Its class; the longest when the dossier names one that is not known.
    pub class: RetentionClass,
    /// The first day on which it need not be kept any longer; none while it is open, or for ever.
    pub due_on: Option<NaiveDate>,
    /// Whether that day has come and nothing holds it.
    pub is_due: bool,
    /// The holds that stand.
    pub holds: Vec<Hold>,
    /// What is to be confirmed before anybody acts on it.
    pub warnings: Vec<Problem>,
}

/// Every dossier as it is kept, what is due first on top.
///
/// # Errors
/// What the source returns.
pub fn kept_dossiers(source: &dyn Source, as_of: NaiveDate) -> Result<Vec<KeptDossier>> {
    let mut kept = Vec::new();
    for id in source.dossiers()? {
        let held: Vec<Dossier> = read_all(source, id)?;
        if let Some(dossier) = held.into_iter().find(|held| held.dossier == id) {
            kept.push(kept_dossier(source, dossier, as_of)?);
        }
    }
    kept.sort_by_key(|kept| (kept.due_on.is_none(), kept.due_on, kept.dossier.dossier));
    Ok(kept)
}

fn kept_dossier(source: &dyn Source, dossier: Dossier, as_of: NaiveDate) -> Result<KeptDossier> {
    let set: Vec<RetentionSet> = read_all(source, dossier.dossier)?;
    let code = set.first().map_or(dossier.retention.as_str(), |set| set.class.as_str());
    let known = RETENTION.iter().find(|class| class.code == code);
    let class = *known.unwrap_or(&RETENTION[0]);
    let mut warnings = Vec::new();
    if known.is_none() {
        warnings.push(Problem::new(
            "retention",
            format!("不认识保管期限“{code}”，按永久保管"),
            format!("the class \"{code}\" is not known: it is kept for ever"),
        ));
    }
    if !class.confirmed {
        warnings.push(Problem::new(
            "retention",
            format!("保管期限待确认（{}；山东省的规定未见）", class.source),
            "the period is to be confirmed: the province's own rule was not seen",
        ));
    }
    let closed = dossier.closed_on.as_deref().and_then(parse_day);
    let due_on = closed.zip(class.years).and_then(|(day, years)| ends(day, years));
    let holds: Vec<Hold> = read_all(source, dossier.dossier)?;
    let holds: Vec<Hold> = holds.into_iter().filter(|hold| !hold.lifted).collect();
    let is_due = due_on.is_some_and(|due| due <= as_of) && holds.is_empty();
    Ok(KeptDossier { dossier, class, due_on, is_due, holds, warnings })
}

/// The period runs from the first day of the year after the closing: the later of the two
/// readings, so that nothing is let go too early.
fn ends(closed: NaiveDate, years: i32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(closed.year() + 1 + years, 1, 1)
}

/// What keeps a dossier from an erasure, all of it at once. `relying` are the dossiers with ops
/// that rely on what is to be erased.
///
/// # Errors
/// What the source returns.
pub fn keeps_from_erasure(
    source: &dyn Source,
    dossier: DossierId,
    relying: &[DossierId],
) -> Result<Vec<Problem>> {
    let mut why = Vec::new();
    for hold in read_all::<Hold>(source, dossier)?.iter().filter(|hold| !hold.lifted) {
        let (reason, place) = (&hold.reason, hold.hold.to_string());
        why.push(Problem::new(
            place,
            format!("卷宗处于法律保全：{reason}"),
            format!("the dossier is under a legal hold: {reason}"),
        ));
    }
    let held: Vec<Dossier> = read_all(source, dossier)?;
    if let Some(held) = held.first() {
        why.extend(stage(held, false));
    }
    for id in source.dossiers()?.into_iter().filter(|id| *id != dossier) {
        let cases: Vec<Case> = read_all(source, id)?;
        let is_on_it = cases.iter().any(|case| case.check == dossier);
        let is_case = !cases.is_empty();
        if is_on_it || (is_case && relying.contains(&id)) {
            let case: Vec<Dossier> = read_all(source, id)?;
            why.extend(case.iter().flat_map(|case| stage(case, true)));
        }
    }
    Ok(why)
}

/// Whether a dossier is at a stage that forbids an erasure: still open, or archived.
fn stage(dossier: &Dossier, relies: bool) -> Option<Problem> {
    let (title, place) = (&dossier.title, dossier.dossier.to_string());
    let relation = if relies { "依据它的卷宗" } else { "卷宗" };
    let relation_en = if relies { "the dossier that relies on it" } else { "the dossier" };
    if dossier.archived_on.is_some() {
        return Some(Problem::new(
            place,
            format!("{relation}“{title}”已归档"),
            format!("{relation_en} \"{title}\" is archived"),
        ));
    }
    let open = dossier.closed_on.is_none() && !dossier.is_standing();
    open.then(|| {
        Problem::new(
            place,
            format!("{relation}“{title}”尚未结案"),
            format!("{relation_en} \"{title}\" is still open"),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::RETENTION_CLASSES;

    #[test]
    fn a_period_runs_from_the_first_day_of_the_next_year() {
        let day = |text| parse_day(text).unwrap();
        assert_eq!(ends(day("2026-01-01"), 10), Some(day("2037-01-01")));
        assert_eq!(ends(day("2026-12-31"), 30), Some(day("2057-01-01")));
    }

    #[test]
    fn every_class_of_the_nouns_has_its_rule_and_none_is_confirmed_yet() {
        let codes: Vec<&str> = RETENTION.iter().map(|class| class.code).collect();
        assert_eq!(codes, RETENTION_CLASSES);
        assert!(RETENTION.iter().all(|class| !class.confirmed && parse_day(class.since).is_some()));
    }
}
