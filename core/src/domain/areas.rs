//! Which division a dossier belongs to, and who may therefore write in it.

use angen_ledger::certificate::Certificate;
use angen_ledger::id::DossierId;
use angen_ledger::op::Op;

use crate::domain::Source;
use crate::error::{Error, Result};

/// The noun of a dossier's opening.
const OPENING: &str = "dossier";

/// The division codes (行政区划代码) that the openings of a dossier claim, of those that count.
///
/// # Errors
/// What the source returns.
pub fn claimed_areas(source: &dyn Source, dossier: DossierId) -> Result<Vec<String>> {
    let mut areas = Vec::new();
    for entity in source.entities(dossier, OPENING)? {
        let fields = source.fields(dossier, entity)?;
        let claimed = fields.heads("area").iter().filter_map(|head| head.value.as_ref()?.as_text());
        areas.extend(claimed.map(str::to_owned));
    }
    Ok(areas)
}

/// The division code that an op claims, if it opens a dossier: asked of those that do not count,
/// since that must not keep the dossier from those who judge it.
#[must_use]
pub fn area_claimed_by(op: &Op) -> Option<String> {
    let opens = op.header.seq == 0 && op.header.kind.noun() == OPENING;
    let area = if opens { op.get("area") } else { None };
    area.and_then(|area| area.as_text()).map(str::to_owned)
}

/// Refuses a sealer who does not cover every area of the dossier.
///
/// # Errors
/// `Refused`.
pub fn check_covers(areas: &[String], sealer: &Certificate, seal: u64) -> Result<()> {
    match areas.iter().find(|area| !sealer.covers_area(area)) {
        Some(area) => Err(Error::Refused(format!(
            "seal {seal} of {}: the certificate does not cover area {area}",
            sealer.name
        ))),
        None => Ok(()),
    }
}
