//! Sync: what an exchange is asked for, how far it is, what came of it, and what waits.

use angen_core::action::{Contact, SyncState, WaitingDossier, WaitingPage};
use angen_core::store::{Changed, ReceiptCount};
use angen_core::sync::wire::{Limit, Limited};
use angen_core::sync::{Exchanged, Method, Network, Progress as SyncProgress, Pulled, Stage};
use angen_ledger::id::DossierId;

/// With which hub, and over what.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SyncRequest {
    /// The address of the hub, such as `https://hub.example:8371`.
    pub hub: String,
    /// What the network costs.
    pub network: Network,
    /// Whether plain `http` may go to another machine: a hub in the same room, over a network that
    /// the station itself runs. Whoever is in between reads all of it.
    #[uniffi(default = false)]
    pub plain_on_network: bool,
}

/// What the network costs.
#[uniffi::remote(Enum)]
pub enum Network {
    /// Nothing: everything is sent and fetched.
    Free,
    /// By the byte: records and receipts travel, and only files up to 4 MiB.
    Metered,
}

/// The method of a request.
#[uniffi::remote(Enum)]
pub enum Method {
    /// `GET`.
    Get,
    /// `HEAD`.
    Head,
    /// `POST`.
    Post,
    /// `PATCH`.
    Patch,
}

/// What an exchange does at the moment, in the order of an exchange.
#[uniffi::remote(Enum)]
pub enum Stage {
    /// The hub proves itself, then the phone.
    SignIn,
    /// The phone's own records come back after a restore.
    Restore,
    /// Roster, checklists and register come.
    Rules,
    /// Records go out.
    Push,
    /// Records of others come.
    Pull,
    /// Media go out.
    SendBlobs,
    /// Media of others come.
    FetchBlobs,
}

/// How far an exchange has come, for a bar on a screen.
#[uniffi::remote(Record)]
pub struct SyncProgress {
    /// What it does.
    pub stage: Stage,
    /// Dossiers or files of this stage that are done.
    pub done: u64,
    /// Of how many.
    pub of: u64,
    /// Bytes of files that were sent or came since the exchange began.
    pub blob_bytes: u64,
}

/// What came from the hub.
#[uniffi::remote(Record)]
pub struct Pulled {
    /// Dossiers that had changed at the hub.
    pub dossiers: u64,
    /// Records that were not here before.
    pub new_ops: u64,
    /// Records that were here already.
    pub known_ops: u64,
    /// Files that are whole here now and were not before.
    pub blobs: u64,
    /// Bytes of files that came.
    pub blob_bytes: u64,
    /// Files that the hub does not have yet either.
    pub absent_blobs: u64,
    /// Files that are too large for a network that costs.
    pub postponed_blobs: u64,
    /// Receipts that were verified.
    pub receipts: u64,
}

/// What became of the certificate of who may only send.
#[uniffi::remote(Enum)]
pub enum Limited {
    /// An administrator revoked its writer.
    Revoked,
    /// Its period is over.
    PeriodOver,
}

/// Why the hub takes what is sent and shows nothing.
#[uniffi::remote(Record)]
pub struct Limit {
    /// Why.
    pub why: Limited,
    /// Since when, in milliseconds since 1970 UTC.
    pub since_ms: i64,
}

/// What came of an exchange.
#[uniffi::remote(Record)]
pub struct Exchanged {
    /// The log of the hub.
    pub origin: String,
    /// Whether records of this writer that the device had lost came back first.
    pub is_restored: bool,
    /// Dossiers of which something was sent.
    pub sent_dossiers: u64,
    /// Records that the hub did not have.
    pub sent_ops: u64,
    /// Files of which something was sent.
    pub sent_blobs: u64,
    /// Receipts for what is here that were verified and are kept.
    pub receipts: u64,
    /// What came from the hub.
    pub pulled: Pulled,
    /// Seals that the hub refused under its signature.
    pub refused_seals: u64,
    /// Certificates that it refused so.
    pub refused_certificates: u64,
    /// Why only what is here was sent, and nothing came.
    pub limit: Option<Limit>,
    /// Seals that still have no receipt of this hub.
    pub waiting_seals: u64,
    /// Files that still have none: they are on another device, or too large for now.
    pub waiting_blobs: u64,
}

/// What of a dossier has a receipt of some hub, and what not.
#[uniffi::remote(Record)]
pub struct ReceiptCount {
    /// Records without one.
    pub records: u64,
    /// Files that its records name.
    pub files: u64,
    /// Of them, those with one.
    pub files_receipted: u64,
}

/// The last exchange with a hub that came to its end.
#[uniffi::remote(Record)]
pub struct Contact {
    /// When, by this device, in milliseconds since 1970 UTC.
    pub met_at_ms: i64,
    /// Why the hub only took what was sent and showed nothing, if it did.
    pub limit: Option<Limit>,
}

/// What of this device has a receipt, and what not.
#[uniffi::remote(Record)]
pub struct SyncState {
    /// The address of the hub that this device syncs with, if one is kept.
    pub hub: Option<String>,
    /// The last exchange, if there was one.
    pub contact: Option<Contact>,
    /// Dossiers of which something has no receipt.
    pub waiting_dossiers: u64,
    /// The sum over all dossiers. A file that two dossiers name counts in each.
    pub counts: ReceiptCount,
    /// Seals and certificates that a hub refused under its signature.
    pub refused: u64,
}

/// A dossier of which something has no receipt.
#[uniffi::remote(Record)]
pub struct WaitingDossier {
    /// The dossier.
    pub dossier: DossierId,
    /// Its counts.
    pub counts: ReceiptCount,
}

/// Dossiers that wait, a page of them.
#[uniffi::remote(Record)]
pub struct WaitingPage {
    /// At most 50, by id.
    pub rows: Vec<WaitingDossier>,
    /// What to ask for next; none when this was the last page.
    pub next: Option<DossierId>,
}

/// What was written since the last call.
#[uniffi::remote(Record)]
pub struct Changed {
    /// Dossiers with new records; empty when there are none, or more than 64.
    pub dossiers: Vec<DossierId>,
    /// Whether more may have changed than is named: more dossiers, receipts, facts of this device.
    pub has_more: bool,
}
