//! Ids, hashes and paths: text on the phone, types of their own in the core.
//!
//! Text that is none is refused as `Invalid` before the verb begins.

use std::path::PathBuf;
use std::str::FromStr;

use angen_ledger::hash::Hash;
use angen_ledger::id::{BootId, DossierId, EntityId, WriterId};

use crate::error::ApiError;

uniffi::custom_type!(BootId, String, {
    remote,
    lower: |id| id.to_string(),
    try_lift: |text| Ok(parsed("boot", &text)?),
});

uniffi::custom_type!(DossierId, String, {
    remote,
    lower: |id| id.to_string(),
    try_lift: |text| Ok(parsed("dossier", &text)?),
});

uniffi::custom_type!(EntityId, String, {
    remote,
    lower: |id| id.to_string(),
    try_lift: |text| Ok(parsed("entity", &text)?),
});

uniffi::custom_type!(WriterId, String, {
    remote,
    lower: |id| id.to_string(),
    try_lift: |text| Ok(parsed("writer", &text)?),
});

uniffi::custom_type!(Hash, String, {
    remote,
    lower: |hash| hash.to_string(),
    try_lift: |text| Ok(parsed("hash", &text)?),
});

uniffi::custom_type!(PathBuf, String, {
    remote,
    lower: |path| path.to_string_lossy().into_owned(),
    try_lift: |text| Ok(PathBuf::from(text)),
});

fn parsed<T: FromStr>(noun: &str, text: &str) -> Result<T, ApiError> {
    text.parse().map_err(|_| ApiError::Invalid {
        place: noun.to_owned(),
        zh: format!("“{text}”不是编号，请原样传回之前得到的编号"),
        en: format!("\"{text}\" is no id: pass back one that was given, as it was given"),
    })
}
