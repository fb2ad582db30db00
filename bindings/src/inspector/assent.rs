//! Who stands behind a record: the second officer, the party, and who must step aside.

use angen_core::action::{self, PartyAnswer, RequestRecusal};
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, WriterId};

use super::Inspector;
use crate::error::ApiError;
use crate::types::{AssentView, RecusalView};

#[uniffi::export]
impl Inspector {
    /// Assents to ops of others 第二名执法人员确认, by the writer's own key: switch officer, then call.
    /// Without ops it assents to all of others that it has not assented to yet.
    ///
    /// Throws `Invalid` when there is nothing to assent to, an op is the writer's own or of another
    /// dossier, or a mentor is at the desk; `NotFound`; `Locked`.
    pub fn give_assent(
        &self,
        writer: WriterId,
        dossier: DossierId,
        ops: Vec<Hash>,
    ) -> Result<AssentView, ApiError> {
        Ok(self.at_desk(writer, |desk| action::give_assent(desk, dossier, &ops))?.into())
    }

    /// Notes how the party answered the record of a check 当事人签字或拒签.
    ///
    /// Throws `Invalid` for an empty name, post or reason, or a mentor; `NotFound` for a page that
    /// was not captured in the dossier; `Locked`.
    pub fn sign_record(
        &self,
        writer: WriterId,
        dossier: DossierId,
        answer: PartyAnswer,
    ) -> Result<Hash, ApiError> {
        self.at_desk(writer, |desk| action::sign_record(desk, dossier, &answer))
    }

    /// Asks that an officer step aside 申请回避. The investigation goes on until it is decided.
    ///
    /// Throws `Invalid` for an unknown asker, an empty reason, or a dossier that is no check and no
    /// case; `NotFound` for somebody who is not enrolled; `Locked`.
    pub fn request_recusal(
        &self,
        writer: WriterId,
        request: RequestRecusal,
    ) -> Result<RecusalView, ApiError> {
        Ok(self.at_desk(writer, |desk| action::request_recusal(desk, &request))?.into())
    }
}
