//! A verdict on a package, with the words that every other part of Angen uses for it.

use angen_core::domain::Bilingual;
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId, WriterId};
use angen_ledger::verify::{
    Lang, OpTime, Outcome as VerdictOutcome, Reach, RootAnswer, Rule, RuleResult,
    Status as RuleStatus, Verdict,
};
use angen_page::{
    Opened, PackageFinding, counts_in_words, headline_in_words, item_in_words, proved_in_words,
    verdict_in_words,
};

/// The answer in one word.
#[uniffi::remote(Enum)]
pub enum VerdictOutcome {
    /// No rule is broken.
    Verifies,
    /// Some rule is broken.
    Refused,
    /// These bytes are no package.
    Unreadable,
}

/// What is known of the root.
#[uniffi::remote(Enum)]
pub enum RootAnswer {
    /// It is the root that was asked for.
    Known,
    /// None was asked for: intact, issuer unknown.
    Unknown,
    /// It is another root than the one asked for.
    Other,
}

/// The state of a rule.
#[uniffi::remote(Enum)]
pub enum RuleStatus {
    /// It was checked and holds.
    Holds,
    /// It was not checked: there was nothing to check it on, or reading stopped before.
    NotChecked,
    /// True and worth knowing; no damage.
    Noted,
    /// It does not hold.
    Broken,
}

/// A rule of docs/protocol.md, and what was found.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct RuleView {
    /// Its code, such as `S2`.
    pub code: String,
    /// Its state.
    pub status: RuleStatus,
    /// What holds when it holds.
    pub rule: Bilingual,
    /// How many things were found.
    pub count: u64,
    /// The first hundred of them.
    pub items: Vec<Bilingual>,
}

/// A writer whose certificate was revoked.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct RevokedView {
    /// Who is revoked.
    pub writer: WriterId,
    /// Who revoked.
    pub by: WriterId,
    /// Why, where it is disclosed.
    pub reason: Option<String>,
    /// When, by that device, in milliseconds since 1970 UTC.
    pub wall_ms: i64,
}

/// What of a package counts, beside the rules: a record that does not count is as intact as any.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct StandingView {
    /// Whether the package has something that does not count.
    pub is_limited: bool,
    /// Records that do not count: written by who is revoked, behind the cut, adopted by nobody.
    pub aside: u64,
    /// The revocations that count, of writers who wrote in it or closed it.
    pub revoked: Vec<RevokedView>,
    /// The newest record of a roster that the package itself can tell by, in milliseconds since
    /// 1970 UTC; none when nothing of a roster is in it.
    pub reach_ms: Option<i64>,
    /// All this in words, a line for each.
    pub words: Vec<Bilingual>,
}

/// A verdict on a package.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct VerdictView {
    /// The answer in one word.
    pub outcome: VerdictOutcome,
    /// What is known of the root.
    pub root: RootAnswer,
    /// The answer in one line.
    pub headline: Bilingual,
    /// What is proved, and what is not: two things apart.
    pub proved: Vec<Bilingual>,
    /// All of it as `angen verify` prints it, in lines.
    pub words: Bilingual,
    /// Every rule.
    pub rules: Vec<RuleView>,
    /// What of it counts.
    pub standing: StandingView,
    /// The fingerprints of its roots.
    pub roots: Vec<Hash>,
    /// Its dossiers.
    pub dossiers: Vec<DossierId>,
    /// Who made it, by the name in the certificate.
    pub exporter: Option<String>,
    /// When, by that device, in milliseconds since 1970 UTC.
    pub created_ms: i64,
    /// Records.
    pub ops: u64,
    /// Seals.
    pub seals: u64,
    /// Seals with a receipt of a hub that holds.
    pub seals_receipted: u64,
    /// Files that its records name.
    pub blobs_named: u64,
    /// Files that are in it, whole.
    pub blobs_held: u64,
    /// Named files with a receipt that holds.
    pub blobs_receipted: u64,
    /// Records with a latest moment that a hub signed.
    pub ops_bounded: u64,
    /// Of them, those whose device claims another time than the hubs signed.
    pub ops_outside: u64,
}

impl VerdictView {
    /// The verdict of a package that was opened.
    pub(crate) fn of(opened: &Opened) -> Self {
        let (verdict, contents) = (&opened.verdict, &opened.verdict.contents);
        Self {
            outcome: verdict.outcome,
            root: verdict.root,
            headline: Bilingual::say(|lang| headline_in_words(verdict, lang).to_owned()),
            proved: both(|lang| proved_in_words(verdict, lang).iter().copied()),
            words: Bilingual::say(|lang| verdict_in_words(verdict, lang)),
            rules: verdict.rules.iter().map(|(rule, found)| rule_view(*rule, found)).collect(),
            standing: standing(opened),
            roots: contents.roots.clone(),
            dossiers: contents.dossiers.clone(),
            exporter: contents.exporter.clone(),
            created_ms: contents.created_ms,
            ops: contents.ops,
            seals: contents.seals,
            seals_receipted: contents.seals_receipted,
            blobs_named: contents.blobs_named,
            blobs_held: contents.blobs_held,
            blobs_receipted: contents.blobs_receipted,
            ops_bounded: count(verdict, |time| time.not_after_ms.is_some()),
            ops_outside: count(verdict, OpTime::is_outside),
        }
    }
}

fn count(verdict: &Verdict, which: impl Fn(&OpTime) -> bool) -> u64 {
    verdict.times.iter().filter(|time| which(time)).count() as u64
}

fn rule_view(rule: Rule, found: &RuleResult) -> RuleView {
    RuleView {
        code: rule.code().to_owned(),
        status: found.status,
        rule: Bilingual::say(|lang| rule.words(lang).to_owned()),
        count: found.count,
        items: found
            .items
            .iter()
            .map(|item| Bilingual::say(|lang| item_in_words(item, lang)))
            .collect(),
    }
}

fn standing(opened: &Opened) -> StandingView {
    let standing = &opened.standing;
    let revoked = standing.revoked.iter().map(|known| RevokedView {
        writer: known.writer,
        by: known.by,
        reason: known.reason.clone(),
        wall_ms: known.wall_ms,
    });
    StandingView {
        is_limited: standing.is_limited(),
        aside: standing.aside.len() as u64,
        revoked: revoked.collect(),
        reach_ms: match standing.reach {
            Reach::Nothing => None,
            Reach::Part { newest_ms } | Reach::Whole { newest_ms } => Some(newest_ms),
        },
        words: both(|lang| counts_in_words(&opened.verdict, standing, None, lang)),
    }
}

/// Lines that both languages have in the same order.
fn both<W: Into<String>, L: IntoIterator<Item = W>>(lines: impl Fn(Lang) -> L) -> Vec<Bilingual> {
    let (zh, en) = (lines(Lang::Zh).into_iter(), lines(Lang::En).into_iter());
    zh.zip(en).map(|(zh, en)| Bilingual { zh: zh.into(), en: en.into() }).collect()
}

/// The time of a record: what its writer's device claims, and what hubs signed. All in
/// milliseconds since 1970 UTC.
#[uniffi::remote(Record)]
pub struct OpTime {
    /// The record.
    pub op: Hash,
    /// By the clock of the device: a claim.
    pub claimed_ms: i64,
    /// A checkpoint of this time is named in the record or in its past.
    pub not_before_ms: Option<i64>,
    /// A checkpoint of this time has the record's seal in its tree.
    pub not_after_ms: Option<i64>,
}

/// Times, a page of them.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct TimePage {
    /// At most 50, in the order of the package.
    pub rows: Vec<OpTime>,
    /// What to ask for next; none when this was the last page.
    pub next: Option<u64>,
}

/// A finding 问题 with where it was found, what backs it, and when it was written down.
#[uniffi::remote(Record)]
pub struct PackageFinding {
    /// The dossier.
    pub dossier: DossierId,
    /// The entity.
    pub finding: EntityId,
    /// The enterprise, when it is in the package.
    pub enterprise: Option<String>,
    /// Its credit code 统一社会信用代码.
    pub credit_code: Option<String>,
    /// What is wrong, in a sentence.
    pub title: String,
    /// Law, version and article.
    pub legal_basis: String,
    /// The major-hazard criterion 重大事故隐患判定, if one is met.
    pub major_hazard: Option<String>,
    /// Who enforces: `EM`, `FR`, `MS` or `EE`.
    pub authority: String,
    /// What it leads to: the word in the records, such as `order`.
    pub consequence: String,
    /// Whether it was retracted.
    pub is_retracted: bool,
    /// Pieces of evidence about it.
    pub evidence: u64,
    /// Who raised it.
    pub writer: WriterId,
    /// The name in that certificate.
    pub writer_name: String,
    /// When, by the writer's device, in milliseconds since 1970 UTC: a claim.
    pub claimed_ms: i64,
    /// Not before this moment, as a hub signed it.
    pub not_before_ms: Option<i64>,
    /// Not after this moment, as a hub signed it.
    pub not_after_ms: Option<i64>,
}

/// Findings, a page of them.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct PackageFindingPage {
    /// At most 50, dossier by dossier.
    pub rows: Vec<PackageFinding>,
    /// What to ask for next; none when this was the last page.
    pub next: Option<u64>,
}
