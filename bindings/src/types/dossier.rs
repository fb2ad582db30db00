//! Dossiers 卷宗 as a list shows them.

use angen_core::action::{DossierPage, DossierRow};
use angen_ledger::id::DossierId;

/// A dossier as a list shows it.
#[uniffi::remote(Record)]
pub struct DossierRow {
    /// Its id.
    pub dossier: DossierId,
    /// `roster`, `library`, `register`, `custody`, `assistance`, `check`, `case`, `round` or
    /// `teaching`.
    pub kind: String,
    /// What people call it.
    pub title: String,
    /// Division code.
    pub area: String,
    /// When it was opened, by the device that did, in milliseconds since 1970 UTC.
    pub opened_ms: i64,
    /// The day on which it was closed 结案, `2026-09-16`.
    pub closed_on: Option<String>,
    /// The day on which it was archived 归档.
    pub archived_on: Option<String>,
}

/// One page of dossiers.
#[uniffi::remote(Record)]
pub struct DossierPage {
    /// The rows, the newest on this device first.
    pub rows: Vec<DossierRow>,
    /// Where the next page begins; none when this is the last.
    pub next: Option<i64>,
}
