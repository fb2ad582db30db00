//! Enterprises 生产经营单位: registered and found.

use angen_core::action::{FoundPage, RegisterEnterprise};
use angen_core::domain::Enterprise;
use angen_core::store::FoundEnterprise;
use angen_ledger::hash::Hash;
use angen_ledger::id::EntityId;

/// What is registered.
#[uniffi::remote(Record)]
pub struct RegisterEnterprise {
    /// The name on the licence.
    pub name: String,
    /// Unified social credit code.
    #[uniffi(default = None)]
    pub credit_code: Option<String>,
    /// Why it has none (an individual, an old number).
    #[uniffi(default = None)]
    pub no_code_reason: Option<String>,
    /// The address.
    pub address: String,
    /// The person in charge.
    #[uniffi(default = None)]
    pub representative: Option<String>,
    /// Industry (GB/T 4754-2017), such as `C33`.
    #[uniffi(default = None)]
    pub industry: Option<String>,
}

/// An enterprise 生产经营单位.
#[uniffi::remote(Record)]
pub struct Enterprise {
    /// The entity.
    pub enterprise: EntityId,
    /// The op that registered it.
    pub op: Option<Hash>,
    /// The name.
    pub name: String,
    /// Unified social credit code 统一社会信用代码 (GB 32100-2015).
    pub credit_code: Option<String>,
    /// Why it has none.
    pub no_code_reason: Option<String>,
    /// The address.
    pub address: String,
    /// The person in charge.
    pub representative: Option<String>,
    /// Industry (GB/T 4754-2017), such as `C33`.
    pub industry: Option<String>,
}

/// An enterprise that was found.
#[uniffi::remote(Record)]
pub struct FoundEnterprise {
    /// Where it stands in the order of the register on this device.
    pub place: i64,
    /// The entity.
    pub enterprise: EntityId,
    /// The name.
    pub name: String,
    /// The credit code.
    pub credit_code: Option<String>,
}

/// One page of what was found.
#[uniffi::remote(Record)]
pub struct FoundPage {
    /// What was found, in the order of the register.
    pub found: Vec<FoundEnterprise>,
    /// Where the next page begins; none when this is the last.
    pub next: Option<i64>,
}
