//! The people on the roster, who of them can sign in on this device, and experts of the pool.

use angen_core::action::{AppointExpert, KeyHolder, KeyState, OfficerRow};
use angen_core::domain::{ExpertKind, Role};
use angen_ledger::id::{EntityId, WriterId};

/// Where an officer's key is.
#[uniffi::remote(Enum)]
pub enum KeyState {
    /// Here, and open: the officer may write at once.
    Open,
    /// Here, and the officer's PIN or biometric must open it.
    Locked,
    /// Not on this device: the officer writes on another.
    Elsewhere,
}

/// A person on the roster 名册, to be chosen for a visit or a training.
#[uniffi::remote(Record)]
pub struct OfficerRow {
    /// The entity in the roster.
    pub officer: EntityId,
    /// The writer to sign in as.
    pub writer: WriterId,
    /// The name.
    pub name: String,
    /// What the person does.
    pub role: Role,
    /// The body.
    pub organisation: String,
    /// Number of the enforcement certificate 执法证号.
    pub certificate_no: Option<String>,
    /// Last day of the enforcement certificate, `2028-06-30`.
    pub certificate_valid_until: Option<String>,
    /// Whether the person is an enforcer whose certificate, or a renewed one that a photo shows,
    /// is valid at the moment.
    pub is_certified: bool,
    /// Whether the writer was revoked: what it writes does not count any more.
    pub is_revoked: bool,
    /// Where the key is.
    pub key: KeyState,
}

/// Which pool a mentor is appointed to.
#[uniffi::remote(Enum)]
pub enum ExpertKind {
    /// An enforcement expert of the city.
    City,
    /// An expert of the district or county.
    District,
    /// A technical expert who is invited for one subject.
    Technical,
}

/// An appointment.
#[uniffi::remote(Record)]
pub struct AppointExpert {
    /// The person on the roster.
    pub person: EntityId,
    /// Which pool.
    pub kind: ExpertKind,
    /// What the person knows, in words of the trade.
    pub specialties: Vec<String>,
    /// First day, `2026-01-01`.
    pub from: String,
    /// Last day, `2026-12-31`.
    pub until: String,
    /// The body that appoints.
    pub appointed_by: String,
    /// Number of the letter of appointment, if it has one.
    #[uniffi(default = None)]
    pub document_no: Option<String>,
}

/// Somebody who can sign in here, as the sign-in screen lists them.
#[uniffi::remote(Record)]
pub struct KeyHolder {
    /// The writer to sign in as.
    pub writer: WriterId,
    /// The name.
    pub name: String,
    /// What the person does; none for an administrator.
    pub role: Option<Role>,
    /// The body.
    pub organisation: String,
    /// Number of the enforcement certificate 执法证号, once the roster is here.
    pub certificate_no: Option<String>,
    /// Whether the person is an enforcer whose certificate, or a renewed one that a photo shows,
    /// is valid at the moment.
    pub is_certified: bool,
    /// Whether the roster has the person's line: a phone that joined has none before it first
    /// synced, and its officer works meanwhile.
    pub is_listed: bool,
    /// Whether the writer was revoked: what it writes does not count any more.
    pub is_revoked: bool,
    /// Whether the key is open: `Open` or `Locked`.
    pub key: KeyState,
}
