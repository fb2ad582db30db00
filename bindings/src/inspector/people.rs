//! Who writes here: the township is established, officers are enrolled.

use angen_core::action::{self, AppointExpert, EnrolOfficer, Establish, Established, OfficerView};
use angen_ledger::id::{EntityId, WriterId};

use super::Inspector;
use crate::error::ApiError;

#[uniffi::export]
impl Inspector {
    /// Establishes the database of one township: a root, an administrator, the standing dossiers.
    ///
    /// Throws `Invalid` for a code that is no division code, an empty name, or a database that is
    /// established already.
    pub fn establish(&self, request: Establish) -> Result<Established, ApiError> {
        let ports = self.host.lend()?;
        Ok(action::establish(&self.store, &ports, &request)?)
    }

    /// What was established here. Throws `NotFound` when nothing was.
    pub fn established(&self) -> Result<Established, ApiError> {
        Ok(action::established(&self.store)?)
    }

    /// Enrols a person as a writer on this device. The writer given is the administrator's.
    ///
    /// Throws `Invalid` for an empty name or number, or a day that is none; `NotAllowed` when the
    /// writer may not enrol; `NotFound` for a writer that is not here; `Locked`.
    pub fn enrol_officer(
        &self,
        writer: WriterId,
        request: EnrolOfficer,
    ) -> Result<OfficerView, ApiError> {
        self.at_desk(writer, |desk| action::enrol_officer(desk, &request))
    }

    /// Appoints a person on the roster to the expert pool 专家库: a trainer counts from then on. The
    /// writer given is an administrator's.
    ///
    /// Throws `Invalid` for a person who is no mentor, days that are none or end before they begin;
    /// `NotAllowed` when the writer may not appoint; `NotFound`; `Locked`.
    pub fn appoint_expert(
        &self,
        writer: WriterId,
        request: AppointExpert,
    ) -> Result<EntityId, ApiError> {
        let made = self.at_desk(writer, |desk| action::appoint_expert(desk, &request))?;
        Ok(made.appointment)
    }
}
