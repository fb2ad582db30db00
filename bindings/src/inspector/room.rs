//! Room on the disk, and what a kill has left behind.

use angen_core::action::{self, Room, Swept};

use super::Inspector;
use crate::error::ApiError;
use crate::types::RecoveryView;

#[uniffi::export]
impl Inspector {
    /// How much room is left, in photos and minutes of video. Ask before a check begins.
    pub fn room(&self) -> Result<Room, ApiError> {
        Ok(action::room(&self.store, &self.host.lend()?)?)
    }

    /// Makes the ballast again when there is room for it: bytes that are let go so that the last
    /// notes fit on a full disk. True when it lies there. Run it when the app has time.
    pub fn keep_ballast(&self) -> Result<bool, ApiError> {
        Ok(action::keep_ballast(&self.store, &self.host.lend()?)?)
    }

    /// Sets leftovers of a kill aside; nothing is deleted. Run it when the app has time.
    pub fn sweep(&self) -> Result<Swept, ApiError> {
        Ok(action::sweep(&self.store, &self.host.lend()?)?)
    }

    /// What was under way when the app ended, and what is safe: shown at the next start unless it
    /// is quiet. Changes nothing.
    pub fn recovery(&self) -> Result<RecoveryView, ApiError> {
        Ok(action::recovery(&self.store)?.into())
    }
}
