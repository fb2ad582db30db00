//! A township's database, and the people who write in it.

use angen_core::action::{EnrolOfficer, Establish, Established, OfficerView};
use angen_core::domain::Role;
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId, WriterId};

/// What is established.
#[uniffi::remote(Record)]
pub struct Establish {
    /// Division code of the township: 9 digits, such as `371102110`.
    pub area: String,
    /// Name of the township.
    pub township: String,
    /// Name of the body that the root belongs to.
    pub organisation: String,
    /// Name of the administrator.
    pub administrator: String,
}

/// What stands once it is established.
#[uniffi::remote(Record)]
pub struct Established {
    /// The root's fingerprint: what a stranger must know to tell whose dossiers these are.
    pub root: Hash,
    /// The administrator's writer.
    pub administrator: WriterId,
    /// Division code of the township.
    pub area: String,
    /// Name of the township.
    pub township: String,
    /// The dossier with people, certificates and posts 名册.
    pub roster: DossierId,
    /// The dossier with checklists 检查表库.
    pub library: DossierId,
    /// The dossier with enterprises 企业台账.
    pub register: DossierId,
}

/// A role. Enforcers act; the others help, and nothing of theirs counts as an enforcer's act.
#[uniffi::remote(Enum)]
pub enum Role {
    /// Enforcement officer 执法人员 of the township.
    Enforcer,
    /// Mentor 帮扶专家 from the city's expert pool.
    Mentor,
    /// Assistant 协助人员 without a certificate.
    Assistant,
}

/// Who is enrolled.
#[uniffi::remote(Record)]
pub struct EnrolOfficer {
    /// The person's name.
    pub name: String,
    /// What the person does here.
    pub role: Role,
    /// The body that the person belongs to.
    pub organisation: String,
    /// Number of the enforcement certificate 执法证号; none for who has none.
    #[uniffi(default = None)]
    pub certificate_no: Option<String>,
    /// Last day of the enforcement certificate, `2028-06-30`; none when it is not known.
    #[uniffi(default = None)]
    pub certificate_valid_until: Option<String>,
}

/// A person who writes on this device.
#[uniffi::remote(Record)]
pub struct OfficerView {
    /// The entity in the roster.
    pub officer: EntityId,
    /// The writer.
    pub writer: WriterId,
    /// The person's name.
    pub name: String,
    /// What the person does.
    pub role: Role,
    /// The body.
    pub organisation: String,
    /// Number of the enforcement certificate.
    pub certificate_no: Option<String>,
    /// The hash of the writer's certificate.
    pub certificate: Hash,
}
