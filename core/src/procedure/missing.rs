//! What is still missing, the most important first, in sentences that fit on a phone.

use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::verify::Lang;

use crate::domain::{Dossier, Source, read_all};
use crate::error::{Error, Result};
use crate::procedure::aside::asides;
use crate::procedure::board::{case_units, check_units};
use crate::procedure::read_once::ReadOnce;
use crate::procedure::words::and_more;
use crate::procedure::{Board, Code, Condition, Part, Unit, Verdict, board};

/// Lines that an officer reads at the gate.
pub const LINES_MAX: usize = 3;

/// One thing that is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// Which condition.
    pub code: Code,
    /// Open, a warning, or for the case to come.
    pub verdict: Verdict,
    /// The part of the visit; none for the visit as a whole.
    pub part: Option<Part>,
    /// The dossier where it is resolved.
    pub dossier: DossierId,
    /// The training, check or finding.
    pub subject: Option<EntityId>,
    /// What people call the subject.
    pub title: String,
    /// Every item, element or tag by name, where the sentence shows only a few.
    pub names: Vec<String>,
    /// The sentence, Chinese.
    pub zh: String,
    /// The sentence, English.
    pub en: String,
}

impl Missing {
    pub(crate) fn new(condition: &Condition, dossier: DossierId) -> Self {
        Self {
            code: condition.code,
            verdict: condition.verdict,
            part: None,
            dossier,
            subject: None,
            title: String::new(),
            names: condition.names.clone(),
            zh: condition.code.say(condition, Lang::Zh),
            en: condition.code.say(condition, Lang::En),
        }
    }

    /// What is missing by a board that was counted already.
    pub(crate) fn of_board(board: &Board) -> Vec<Self> {
        let mut missing = of_board(board);
        missing.sort_by_key(Self::order);
        missing
    }

    /// What one unit lacks, the most important first.
    pub(crate) fn of_unit(unit: &Unit) -> Vec<Self> {
        let mut missing: Vec<Self> = of_unit(unit).collect();
        missing.sort_by_key(Self::order);
        missing
    }

    /// The rule that it comes from.
    #[must_use]
    pub fn rule(&self) -> &'static str {
        self.code.rule()
    }

    /// The verb that resolves it; none when no verb of this build does.
    #[must_use]
    pub fn step(&self) -> Option<&'static str> {
        self.code.step()
    }

    /// The sentence.
    #[must_use]
    pub fn say(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }

    /// Whether it is for now: not a warning, and not for the case to come.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.verdict == Verdict::Open
    }

    fn order(&self) -> (u8, u8, DossierId, Option<EntityId>) {
        let urgency = match self.verdict {
            Verdict::Open => 0,
            Verdict::Warn => 1,
            Verdict::Later | Verdict::Met => 2,
        };
        (urgency, self.code.rank(), self.dossier, self.subject)
    }
}

/// What is missing in a dossier: of a check, before leaving the gate; of an assistance visit,
/// before it is complete; of a case, before its investigation is concluded. Open things first,
/// then warnings, then what waits for the case.
///
/// # Errors
/// `Invalid` for a dossier that is neither; `NotFound`; what the source returns.
pub fn missing_of(source: &dyn Source, dossier: DossierId, as_of_ms: i64) -> Result<Vec<Missing>> {
    let source = &ReadOnce::new(source);
    let opened: Vec<Dossier> = read_all(source, dossier)?;
    let kind = opened.first().map(|opened| opened.kind.as_str());
    let mut missing = match kind {
        Some("assistance") => return Ok(Missing::of_board(&board(source, dossier, as_of_ms)?)),
        Some("check") => {
            let units = check_units(source, dossier, as_of_ms)?;
            units.iter().flat_map(of_unit).collect::<Vec<_>>()
        }
        Some("case") => {
            let units = case_units(source, dossier, as_of_ms)?;
            units.iter().flat_map(of_unit).collect()
        }
        Some(_) => {
            return Err(Error::invalid(
                "dossier",
                "只有帮扶卷宗、检查卷宗和案件卷宗有待办清单",
                "only an assistance visit, a check or a case has a list of what is missing",
            ));
        }
        None => return Err(Error::NotFound { noun: "dossier", id: dossier.to_string() }),
    };
    missing.extend(asides(source, dossier, as_of_ms)?);
    missing.sort_by_key(Missing::order);
    Ok(missing)
}

/// What an officer reads at the gate: at most [`LINES_MAX`] lines. Empty when nothing is open.
#[must_use]
pub fn three_lines(missing: &[Missing], lang: Lang) -> Vec<String> {
    let open: Vec<&Missing> = missing.iter().filter(|line| line.is_open()).collect();
    let shown = if open.len() > LINES_MAX { LINES_MAX - 1 } else { open.len() };
    let mut lines: Vec<String> = open[..shown].iter().map(|m| m.say(lang).to_owned()).collect();
    if open.len() > shown {
        lines.push(and_more(open.len() - shown, lang));
    }
    lines
}

/// Of each part: what is lacking altogether, and what the furthest units lack. A second training
/// that was given up is nobody's task.
fn of_board(board: &Board) -> Vec<Missing> {
    let mut missing: Vec<Missing> = Vec::new();
    for part in &board.parts {
        if let Some(gap) = &part.gap {
            let mut line = Missing::new(gap, board.dossier);
            // A gap rests on the units that there are, and is open all the same.
            line.verdict = Verdict::Open;
            line.part = Some(part.part);
            missing.push(line);
        }
        missing.extend(part.units.iter().take(part.need).flat_map(of_unit));
    }
    missing.extend(board.warnings.iter().map(|warning| Missing::new(warning, board.dossier)));
    missing
}

fn of_unit(unit: &Unit) -> impl Iterator<Item = Missing> {
    let open = unit.conditions.iter().filter(|condition| condition.verdict != Verdict::Met);
    open.map(|condition| Missing {
        part: Some(unit.part),
        subject: Some(unit.subject),
        title: unit.title.clone(),
        ..Missing::new(condition, unit.dossier)
    })
}
