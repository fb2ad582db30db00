//! Hubs 平台, as the roster lists those that an administrator has certified.

use angen_ledger::hash::Hash;
use angen_ledger::id::EntityId;

use crate::domain::{Fields, Noun};

/// A hub on the roster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertifiedHub {
    /// The entity.
    pub hub: EntityId,
    /// Its name, for people.
    pub name: String,
    /// The body that runs it.
    pub organisation: String,
    /// Its log: hub and epoch.
    pub origin: String,
    /// The hash of its certificate.
    pub certificate: Hash,
}

impl Noun for CertifiedHub {
    const NOUN: &'static str = "hub";

    fn from_fields(entity: EntityId, fields: &Fields) -> Option<Self> {
        let text = |name| fields.text(name).map(ToOwned::to_owned);
        Some(Self {
            hub: entity,
            name: text("name")?,
            organisation: text("organisation")?,
            origin: text("origin")?,
            certificate: Hash::from_slice(fields.bytes("certificate")?)?,
        })
    }
}
