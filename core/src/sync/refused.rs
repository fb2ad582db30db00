//! What a hub refused under its signature is kept: the phone can show that it was sent.

use std::collections::BTreeSet;

use angen_ledger::cose::Purpose;
use angen_ledger::hash::Hash;
use angen_ledger::log::origin::log_of;
use angen_ledger::log::refusal::SignedRefusal;
use rusqlite::Connection;

use crate::error::Result as Done;
use crate::store::{self, Refused as About, Store};
use crate::sync::session::Session;
use crate::sync::{PullError, PushError};

/// What a hub refused under its signature.
#[derive(Debug, Default)]
pub(super) struct Refused {
    /// How many seals.
    pub(super) seals: u64,
    /// Which certificates.
    pub(super) certificates: BTreeSet<Hash>,
}

impl Session<'_> {
    /// Keeps each signed refusal of a seal or a certificate that is here, and goes on. One that
    /// does not hold, or that nobody signed, ends the session as an error.
    pub(super) fn keep_refusals(
        &self,
        store: &Store,
        errors: Vec<PushError>,
    ) -> Result<Refused, PullError> {
        let mut refused = Refused::default();
        for error in errors {
            match self.keep_refusal(store, &error)? {
                Some(About::Seal(_)) => refused.seals += 1,
                Some(About::Certificate(hash)) => {
                    refused.certificates.insert(hash);
                }
                None => return Err(error.into()),
            }
        }
        Ok(refused)
    }

    /// Keeps the signed refusal in an error, if there is one that holds.
    pub(super) fn keep_refusal(
        &self,
        store: &Store,
        error: &PushError,
    ) -> Result<Option<About>, PullError> {
        let PushError::Refused { signed: Some(cose), .. } = error else { return Ok(None) };
        let Ok(refusal) = SignedRefusal::read(cose) else { return Ok(None) };
        let about = store.read(|read| self.about(read, &refusal))?;
        if about.is_some() {
            store.write(|tx| store::keep_refusal(tx, &self.origin, &refusal, cose))?;
        }
        Ok(about)
    }

    /// What a refusal is about, if this hub signed it and that is here.
    fn about(&self, read: &Connection, refusal: &SignedRefusal) -> Done<Option<About>> {
        let Some(hub) = store::certificate(read, refusal.certificate)? else { return Ok(None) };
        let is_its = log_of(&hub.certificate) == Some((self.origin.as_str(), &self.hub))
            && refusal.signed.verifies(Purpose::Refusal, &self.hub);
        if is_its { store::refused_here(read, refusal) } else { Ok(None) }
    }
}
