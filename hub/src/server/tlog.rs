//! The public half of the log: its certificates, its newest head, its tiles, and that it only grew.
//!
//! Anybody may read it: the leaves are salted, so it tells nothing to who has not the entries.

use std::sync::Arc;

use angen_ledger::log::tile::{TILE_WIDTH, Tile};
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, Response, header};
use axum::response::IntoResponse;

use crate::server::Hub;
use crate::server::dossiers::blocking;
use crate::server::refusal::Refusal;
use crate::server::routes::answer;
use crate::wire::{Certificates, Consistency};

/// Levels of tiles that a tree of 2^63 leaves has.
const LEVELS_MAX: u32 = 8;

/// `GET /v1/tlog/certificates`.
pub(super) async fn give_certificates(
    State(hub): State<Arc<Hub>>,
) -> Result<Response<Body>, Refusal> {
    let (log, _) = hub.logged()?;
    Ok(answer(&Certificates(log.certificates.clone())))
}

/// `GET /v1/tlog/checkpoint`.
pub(super) async fn give_checkpoint(
    State(hub): State<Arc<Hub>>,
) -> Result<Response<Body>, Refusal> {
    let note = blocking(move || {
        hub.logged()?;
        hub.ledger.checkpoint()?.ok_or_else(Refusal::internal)
    });
    let text = HeaderValue::from_static("text/plain; charset=utf-8");
    // The newest head is never the same for long: nobody may keep it in between.
    let head = [(header::CONTENT_TYPE, text), (header::CACHE_CONTROL, NO_STORE)];
    Ok((head, note.await?).into_response())
}

/// `GET /v1/tlog/tile/{level}/{path}`.
pub(super) async fn give_tile(
    State(hub): State<Arc<Hub>>,
    Path((level, path)): Path<(String, String)>,
) -> Result<Response<Body>, Refusal> {
    let tile = tile_in(&level, &path).ok_or_else(Refusal::unknown)?;
    let hashes = blocking(move || {
        hub.logged()?;
        let hashes = hub.ledger.tile(tile)?;
        if hashes.len() as u64 == tile.width { Ok(hashes) } else { Err(Refusal::unknown()) }
    });
    let bytes: Vec<u8> = hashes.await?.iter().flat_map(|hash| hash.0).collect();
    let kind = HeaderValue::from_static("application/octet-stream");
    Ok(([(header::CONTENT_TYPE, kind)], bytes).into_response())
}

/// `GET /v1/tlog/consistency/{old}/{new}`.
pub(super) async fn give_consistency(
    State(hub): State<Arc<Hub>>,
    Path((old, new)): Path<(String, String)>,
) -> Result<Response<Body>, Refusal> {
    let sizes = number_in(&old).zip(number_in(&new));
    let (old, new) = sizes.filter(|(old, new)| old <= new).ok_or_else(Refusal::unknown)?;
    let proof = blocking(move || {
        hub.logged()?;
        hub.ledger.consistency(old, new)?.ok_or_else(Refusal::unknown)
    });
    Ok(answer(&Consistency(proof.await?)))
}

const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

/// The tile of an address: it is read, written again, and taken only when both are the same, so
/// that each tile has one address and no path can be made of it.
fn tile_in(level: &str, path: &str) -> Option<Tile> {
    let (place, width) = match path.split_once(".p/") {
        Some((place, width)) => (place, number_in(width)?),
        None => (path, TILE_WIDTH),
    };
    let mut index: u64 = 0;
    for part in place.split('/') {
        let digits = part.strip_prefix('x').unwrap_or(part);
        index = index.checked_mul(1_000)?.checked_add(number_in(digits)?)?;
    }
    let asked = format!("tile/{level}/{path}");
    let level = u32::try_from(number_in(level)?).ok()?;
    let is_permitted = level < LEVELS_MAX
        && (1..=TILE_WIDTH).contains(&width)
        && index < i64::MAX.unsigned_abs() / TILE_WIDTH;
    let tile = Tile { level, index, width };
    (is_permitted && tile.path() == asked).then_some(tile)
}

/// A decimal number of an address, within what every language can hold.
pub(super) fn number_in(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.len() < 20 && text.bytes().all(|b| b.is_ascii_digit());
    let number = if digits { text.parse::<u64>().ok()? } else { return None };
    i64::try_from(number).is_ok().then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tile_has_one_address() {
        let read = |path| tile_in("0", path).map(|tile| (tile.index, tile.width));
        assert_eq!(read("000"), Some((0, 256)));
        assert_eq!(read("x001/x234/067.p/8"), Some((1_234_067, 8)));
        for bad in [
            "",
            "0",
            "00",
            "0000",
            "x000/001",
            "001/002",
            "x001",
            "000.p/0",
            "000.p/256",
            "000.p/257",
            "000.p/08",
            "000.p/",
            "000.p/1/2",
            "../000",
            "000/..",
            "x001/../000",
            "-01",
            "+01",
            "0a1",
            "000.p/1.p/1",
            "x999/x999/x999/x999/x999/x999/999",
            "x999/x999/x999/x999/x999/x999/x999/999",
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
        assert_eq!(tile_in("8", "000"), None);
        assert_eq!(tile_in("01", "000"), None);
    }
}
