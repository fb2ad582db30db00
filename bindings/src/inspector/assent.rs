//! Who stands behind a record: the second officer, the party, and who must step aside.

use angen_core::action::{self, AssentText, AssentTold, PartyAnswer, RequestRecusal};
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, WriterId};

use super::Inspector;
use crate::error::ApiError;
use crate::types::{AssentView, CarriedView, RecusalView};

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

    /// Asks assent 出示确认请求 to be given on another phone: of one writer, to what
    /// [`Inspector::give_assent`] without ops would take, or of whoever else, to what the writer
    /// itself wrote. Writes nothing.
    ///
    /// Throws `Invalid` when there is nothing to assent to, for oneself, or a mentor at the desk;
    /// `NotFound`; `Locked`.
    pub fn request_assent(
        &self,
        writer: WriterId,
        dossier: DossierId,
        of: Option<WriterId>,
    ) -> Result<AssentText, ApiError> {
        self.at_desk(writer, |desk| action::request_assent(desk, dossier, of))
    }

    /// What a colleague's phone asks assent to: to be read before it is given. The dossier need not
    /// be here. Throws `Invalid` for a text that is no request.
    pub fn read_assent_request(&self, text: String) -> Result<AssentTold, ApiError> {
        Ok(action::read_assent_request(&self.store, &text)?)
    }

    /// Assents to what a colleague's phone asks, by the writer's own key: a statement for that
    /// phone to carry. Writes nothing here, and counts once it is carried.
    ///
    /// Throws `Invalid` for a text that is no request or asks somebody else, for a writer who is no
    /// enforcer, asks itself, or is revoked; `Locked`.
    pub fn sign_assent(&self, writer: WriterId, text: String) -> Result<AssentText, ApiError> {
        self.at_desk(writer, |desk| action::sign_assent(desk, &text))
    }

    /// Carries what the other phone shows 带回确认 into the dossier. It stands for what was asked,
    /// and not for what was written since. The same once more changes nothing.
    ///
    /// Throws `Invalid` for what is no statement or does not hold here, or a signer whose assent
    /// would not count; `NotFound`; `Locked`.
    pub fn carry_assent(
        &self,
        writer: WriterId,
        dossier: DossierId,
        text: String,
    ) -> Result<CarriedView, ApiError> {
        Ok(self.at_desk(writer, |desk| action::carry_assent(desk, dossier, &text))?.into())
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
