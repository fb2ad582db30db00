//! Opens a round of assistance 帮扶轮次: its list of townships is frozen, and what the round before
//! left open comes with it.

use std::collections::BTreeSet;

use angen_ledger::id::{DossierId, WriterId};
use angen_ledger::scope::is_area;
use angen_ledger::value::Value;

use crate::action::establish::{established, opening};
use crate::action::look::{day, newest, not_empty};
use crate::desk::{Desk, Entry};
use crate::domain::{Officer, Role, Round, RoundTownship, read_all};
use crate::error::{Error, Result};
use crate::procedure::{self, RoundBoard, frozen_list, profile_named, round_entity};
use crate::store::Store;

/// Townships of one round. A prefecture has at most some 300; the body stays far below its limit.
pub const TOWNSHIPS_MAX: usize = 500;

/// What is opened.
#[derive(Debug, Clone)]
pub struct OpenRound {
    /// Number, from 1.
    pub number: u32,
    /// Who organises it.
    pub organiser: String,
    /// The dated profile of what counts.
    pub profile: String,
    /// Every township. Nobody can add or drop one afterwards.
    pub townships: Vec<RoundTownship>,
    /// Who mentors which township: division code and writer.
    pub mentors: Vec<(String, WriterId)>,
    /// First day, `2026-09-01`.
    pub from: String,
    /// Last day.
    pub until: String,
    /// The dossier of the round before, if it is here.
    pub before: Option<DossierId>,
}

/// Opens a round in a dossier of its own.
///
/// # Errors
/// `Invalid` for round 0, an unknown profile, a list that is empty, too long, or has a code twice
/// or wrong, a mentor who is none or mentors a township outside of the list, or days that are
/// none; `NotFound` when the round before is not here; `Sign`, `Storage`.
pub fn open_round(desk: &Desk<'_>, request: &OpenRound) -> Result<DossierId> {
    request.check()?;
    let place = established(desk.store())?;
    let now_ms = desk.ports().clock.now().wall_ms;
    desk.write(|page| {
        let read = page.read();
        let roster: Vec<Officer> = read_all(read, place.roster)?;
        let dossier = DossierId(page.new_entity().0);
        let pair = |(area, mentor): &(String, WriterId)| {
            Value::map([
                ("area", Value::from(area.as_str())),
                ("mentor", mentor.raw().as_slice().into()),
            ])
        };
        let mut entry = Entry::new("round.open/1", dossier, round_entity(dossier))
            .set("number", i64::from(request.number))
            .set("organiser", request.organiser.as_str())
            .set("profile", request.profile.as_str())
            .set(
                "townships",
                request.townships.iter().map(RoundTownship::to_value).collect::<Vec<_>>(),
            )
            .set("mentors", request.mentors.iter().map(pair).collect::<Vec<_>>())
            .set("from_day", request.from.as_str())
            .set("until_day", request.until.as_str());
        let mentors: BTreeSet<WriterId> =
            request.mentors.iter().map(|(_, mentor)| *mentor).collect();
        for mentor in mentors {
            let line = roster.iter().find(|o| o.writer == mentor && o.role == Role::Mentor);
            let Some(op) = line.and_then(|line| line.op) else {
                return Err(Error::invalid(
                    "mentors",
                    format!("{mentor} 不在名册的帮扶专家里"),
                    format!("{mentor} is no mentor on the roster"),
                ));
            };
            entry = entry.rely_on("mentor", place.roster, op);
        }
        if let Some(before) = request.before {
            let (_, op) = newest::<Round>(read, before, round_entity(before))?;
            let weak = procedure::weak_points(read, before, now_ms)?;
            let listed = |area: &str| request.townships.iter().any(|known| known.area == area);
            let weak = weak.into_iter().filter(|(area, _)| listed(area)).map(|(area, codes)| {
                let codes: Vec<Value> = codes.into_iter().map(Value::from).collect();
                Value::map([("area", Value::from(area)), ("codes", codes.into())])
            });
            entry = entry
                .set("before", before.raw().as_slice())
                .set("weak", weak.collect::<Vec<_>>())
                .rely_on("before", before, op);
        }
        let title = format!("第{}轮执法帮扶（{}）", request.number, request.organiser);
        page.put(opening(dossier, "round", &title, &place.area))?;
        page.put(entry)?;
        Ok(dossier)
    })
}

/// A round as it stands at a moment, in milliseconds since 1970 UTC.
///
/// # Errors
/// `NotFound` when the dossier holds no round; `Paused`, `Storage`.
pub fn round_board(store: &Store, dossier: DossierId, as_of_ms: i64) -> Result<RoundBoard> {
    store.read(|read| procedure::round_board(read, dossier, as_of_ms))
}

/// The frozen list of a round that is here.
pub(crate) fn list_of(
    source: &dyn crate::domain::Source,
    dossier: DossierId,
) -> Result<Vec<RoundTownship>> {
    let list = frozen_list(source, dossier)?;
    let missing = || Error::NotFound { noun: "round", id: dossier.to_string() };
    Ok(list.ok_or_else(missing)?.1)
}

impl OpenRound {
    fn check(&self) -> Result<()> {
        not_empty("organiser", &self.organiser)?;
        if self.number == 0 {
            return Err(Error::invalid("number", "轮次从 1 开始", "rounds begin at 1"));
        }
        if profile_named(&self.profile).is_none() {
            return Err(Error::invalid(
                "profile",
                format!("没有“{}”这套口径", self.profile),
                format!("there is no profile {}", self.profile),
            ));
        }
        if self.townships.is_empty() || self.townships.len() > TOWNSHIPS_MAX {
            return Err(Error::invalid(
                "townships",
                format!("乡镇名单须有 1 到 {TOWNSHIPS_MAX} 个"),
                format!("a round has 1 to {TOWNSHIPS_MAX} townships"),
            ));
        }
        let mut known = BTreeSet::new();
        for RoundTownship { area, name } in &self.townships {
            if area.len() != 9 || !is_area(area) || name.trim().is_empty() {
                return Err(Error::invalid(
                    "townships",
                    format!("“{area} {name}”要写成 9 位代码和名称，如 371102110 涛雒镇"),
                    format!("\"{area} {name}\": a code of 9 digits and a name, 371102110 涛雒镇"),
                ));
            }
            if !known.insert(area.as_str()) {
                return Err(Error::invalid(
                    "townships",
                    format!("代码 {area} 出现两次"),
                    format!("the code {area} stands twice"),
                ));
            }
        }
        if let Some((area, _)) =
            self.mentors.iter().find(|(area, _)| !known.contains(area.as_str()))
        {
            return Err(Error::invalid(
                "mentors",
                format!("{area} 不在本轮名单里，不能为它指派专家"),
                format!("{area} is not on the list: no mentor can be assigned to it"),
            ));
        }
        day("from", &self.from)?;
        day("until", &self.until)?;
        if self.until < self.from {
            return Err(Error::invalid("until", "结束早于开始", "it ends before it begins"));
        }
        Ok(())
    }
}
