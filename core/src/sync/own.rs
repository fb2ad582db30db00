//! The own head is adopted before anything is written after a restore: whoever goes on from an
//! older one forks the own chain, with both branches signed.

use crate::store::{self, Store};
use crate::sync::PullError;
use crate::sync::session::Session;
use crate::sync::wire::Own;

impl Session<'_> {
    /// Whether the hub holds a later seal of the caller's writer than this device: a backup was
    /// restored, or the last records were lost with the power.
    pub(super) async fn has_lost_records(&self, store: &Store) -> Result<bool, PullError> {
        let Own { last } = self.asking.get("/v1/own").await?;
        let Some(last) = last else { return Ok(false) };
        Ok(!store.read(|read| store::has_seal(read, last.seal))?)
    }
}
