//! Shows how often an enterprise was checked this year, before another check is planned.

use angen_ledger::id::{DossierId, EntityId};

use crate::domain::china_day;
use crate::error::Result;
use crate::procedure::{self, Frequency};
use crate::store::Store;

/// The checks of an enterprise in the year of a moment, in milliseconds since 1970 UTC, without
/// the one that asks.
///
/// # Errors
/// `Paused`, `Storage`.
pub fn check_frequency(
    store: &Store,
    enterprise: EntityId,
    as_of_ms: i64,
    except: Option<DossierId>,
) -> Result<Frequency> {
    let day = china_day(as_of_ms).unwrap_or_default();
    store.read(|connection| procedure::frequency(connection, enterprise, day, except))
}
