//! What an officer has before them today 今日: open work, what is missing, what runs out, and what
//! only this device holds.

use angen_ledger::certificate::Certificate;
use angen_ledger::id::{DossierId, WriterId};

use crate::action::dossiers::{DossierRow, row};
use crate::action::establish::{Established, established};
use crate::action::look::only;
use crate::action::may_read::may_read;
use crate::domain::{Check, Enterprise, Source, read_one};
use crate::error::{Error, Result};
use crate::procedure::{
    Board, Clock, LINES_MAX, Missing, Part, ReadOnce, State, board, clocks, missing_of, undecided,
};
use crate::store::{self, Connection, ReceiptCount, Store};

/// Open dossiers that a phone shows at once; more are in the list of dossiers.
pub const TODAY_ROWS_MAX: usize = 20;

/// One part of the 1-2-1-1 board, in short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartShort {
    /// Which.
    pub part: Part,
    /// How many units count.
    pub have: u32,
    /// How many must; 0 where an honest zero 如实为零 closes the visit.
    pub need: u32,
    /// How far it is.
    pub state: State,
}

/// An open visit, check or case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TodayRow {
    /// The dossier.
    pub dossier: DossierId,
    /// `assistance`, `check` or `case`.
    pub kind: String,
    /// What people call it.
    pub title: String,
    /// Where: the township, or the enterprise's address.
    pub place: String,
    /// When it was opened, by the device that did, in milliseconds since 1970 UTC.
    pub opened_ms: i64,
    /// The visit that a check belongs to.
    pub assistance: Option<DossierId>,
    /// The board of a visit: training, checks, violation, chain. Empty for a check or a case.
    pub board: Vec<PartShort>,
    /// The first things that are missing, at most three; the most important first.
    pub missing: Vec<Missing>,
    /// How many things are missing.
    pub missing_count: u32,
    /// Conflicts 冲突 that a person must decide.
    pub conflicts: u32,
}

/// A period that runs 期限, and what is left of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockLeft {
    /// The clock.
    pub clock: Clock,
    /// Whole hours until the end of its last day in China; negative when it is over.
    pub hours_left: i64,
}

/// What an officer has before them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Today {
    /// Open visits, checks and cases that the officer may read, the newest first.
    pub rows: Vec<TodayRow>,
    /// Whether there are more than [`TODAY_ROWS_MAX`].
    pub is_cut: bool,
    /// The periods that run in the rows, what is over or ends first before the others.
    pub clocks: Vec<ClockLeft>,
    /// Conflicts in the rows and in the standing dossiers.
    pub conflicts: u32,
    /// What only this device may have, over all of its dossiers: what was closed, or is too old to
    /// be shown, waits for its receipt 回执 as well (number 53).
    pub unsent: ReceiptCount,
}

/// What a writer has before them as of a moment, in milliseconds since 1970 UTC.
///
/// # Errors
/// `NotFound` for a writer without a certificate here; `Paused`, `Storage`, `Malformed`.
pub fn today(store: &Store, writer: WriterId, as_of_ms: i64) -> Result<Today> {
    let place = established(store)?;
    store.read(|read| {
        let certificate = certificate_of(read, writer)?;
        // Each row asks again whose dossier is whose: the openings are read once for all of them.
        let once = ReadOnce::new(read);
        let (open, is_cut) = open_dossiers(read, &once, &certificate)?;
        let mut today = Today {
            rows: Vec::new(),
            is_cut,
            clocks: Vec::new(),
            conflicts: 0,
            unsent: ReceiptCount::over(&store::count_receipts(read)?),
        };
        for opened in open {
            let dossier = opened.dossier;
            for clock in clocks(&once, Some(dossier), as_of_ms)? {
                let hours_left = clock.hours_left(as_of_ms);
                if clock.state.is_open() {
                    today.clocks.push(ClockLeft { clock, hours_left });
                }
            }
            let shown = today_row(&once, &place, opened, as_of_ms)?;
            today.conflicts += shown.conflicts;
            today.rows.push(shown);
        }
        for standing in [place.roster, place.library, place.register] {
            today.conflicts += count(undecided(&once, standing)?.count());
        }
        today.clocks.sort_by_key(|left| (left.clock.state, left.clock.end, left.clock.dossier));
        Ok(today)
    })
}

fn certificate_of(read: &Connection, writer: WriterId) -> Result<Certificate> {
    let held = store::certificates(read)?;
    let newest = held.into_iter().rev().find(|(_, signed)| signed.certificate.writer == writer);
    let absent = || Error::NotFound { noun: "writer", id: writer.to_string() };
    newest.map(|(_, signed)| signed.certificate).ok_or_else(absent)
}

/// The newest dossiers that are worked on and not closed, and whether there are more.
fn open_dossiers(
    read: &Connection,
    once: &ReadOnce<'_>,
    holder: &Certificate,
) -> Result<(Vec<DossierRow>, bool)> {
    let mut open = Vec::new();
    for (_, dossier) in store::dossiers_by_arrival(read, None)? {
        let worked_on = |row: &DossierRow| {
            matches!(row.kind.as_str(), "assistance" | "check" | "case")
                && row.closed_on.is_none()
                && row.archived_on.is_none()
        };
        let Some(found) = row(once, dossier)?.filter(worked_on) else { continue };
        if !may_read(read, holder, dossier)? {
            continue;
        }
        if open.len() == TODAY_ROWS_MAX {
            return Ok((open, true));
        }
        open.push(found);
    }
    Ok((open, false))
}

fn today_row(
    read: &dyn Source,
    place: &Established,
    opened: DossierRow,
    as_of_ms: i64,
) -> Result<TodayRow> {
    let dossier = opened.dossier;
    let (parts, missing) = match opened.kind.as_str() {
        "assistance" => {
            let board = board(read, dossier, as_of_ms)?;
            (short(&board), Missing::of_board(&board))
        }
        _ => (Vec::new(), missing_of(read, dossier, as_of_ms)?),
    };
    let check = only::<Check>(read, dossier).ok();
    let enterprise = check
        .as_ref()
        .and_then(|check| read_one::<Enterprise>(read, place.register, check.enterprise).ok());
    let mut open: Vec<Missing> = missing.into_iter().filter(Missing::is_open).collect();
    let missing_count = count(open.len());
    open.truncate(LINES_MAX);
    Ok(TodayRow {
        dossier,
        kind: opened.kind,
        title: opened.title,
        place: enterprise.map_or_else(|| place.township.clone(), |known| known.address),
        opened_ms: opened.opened_ms,
        assistance: check.and_then(|check| check.assistance),
        board: parts,
        missing: open,
        missing_count,
        conflicts: count(undecided(read, dossier)?.count()),
    })
}

fn short(board: &Board) -> Vec<PartShort> {
    let part = |part: &crate::procedure::PartBoard| PartShort {
        part: part.part,
        have: count(part.have),
        need: count(part.need),
        state: part.state,
    };
    board.parts.iter().map(part).collect()
}

fn count(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}
