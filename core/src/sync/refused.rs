//! What a hub refused under its signature is kept: the phone can show that it was sent.

use angen_ledger::cose::Purpose;
use angen_ledger::log::origin::log_of;
use angen_ledger::log::refusal::SignedRefusal;
use rusqlite::Connection;

use crate::error::Result;
use crate::store::{self, Store};
use crate::sync::session::Session;
use crate::sync::{PullError, PushError};

impl Session<'_> {
    /// Keeps each signed refusal of a seal that is here, and goes on; how many. One that does not
    /// hold, or that nobody signed, ends the session as an error.
    pub(super) fn keep_refusals(
        &self,
        store: &Store,
        refused: Vec<PushError>,
    ) -> std::result::Result<u64, PullError> {
        let mut kept = 0;
        for error in refused {
            let PushError::Refused { signed: Some(cose), .. } = &error else {
                return Err(error.into());
            };
            let Ok(refusal) = SignedRefusal::read(cose) else { return Err(error.into()) };
            if !store.read(|read| self.holds(read, &refusal))? {
                return Err(error.into());
            }
            store.write(|tx| store::keep_refusal(tx, &self.origin, &refusal, cose))?;
            kept += 1;
        }
        Ok(kept)
    }

    /// Whether this hub signed it, and it is of a seal that is here.
    fn holds(&self, read: &Connection, refusal: &SignedRefusal) -> Result<bool> {
        let Some(hub) = store::certificate(read, refusal.certificate)? else { return Ok(false) };
        let is_its = log_of(&hub.certificate) == Some((self.origin.as_str(), &self.hub));
        let said = &refusal.refusal;
        let seals = store::seals_of(read, said.dossier)?;
        Ok(is_its
            && refusal.signed.verifies(Purpose::Refusal, &self.hub)
            && seals.iter().any(|(_, seal)| seal.hash == said.subject))
    }
}
