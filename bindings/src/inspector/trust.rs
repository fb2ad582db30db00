//! Trust: new phones, hubs, lost phones, revoked writers, orders that a phone be emptied.

use std::path::PathBuf;

use angen_core::action::{
    self, AdoptOps, AnswerJoin, AnsweredJoin, AskedToJoin, Established, HubView, Reissued,
    RenewCertificate,
};
use angen_core::domain::WipeOrder;
use angen_core::error::Error;
use angen_ledger::hash::Hash;
use angen_ledger::id::WriterId;

use super::Inspector;
use crate::error::ApiError;
use crate::paging::page;
use crate::types::{
    CertifyHub, JoinOffer, OrderedWipeView, QuarantinePage, ReissueOfficer, RevokeWriter, WipeView,
};

#[uniffi::export]
impl Inspector {
    /// Asks to join: makes keys, and gives the text that the administrator scans. On a phone where
    /// nothing is established it is for whoever will use it, on one that has joined for a further
    /// officer. Asking again shows the same, until that officer is certified here or the question
    /// is discarded.
    pub fn ask_to_join(&self) -> Result<AskedToJoin, ApiError> {
        Ok(action::ask_to_join(&self.store, &self.host.lend()?)?)
    }

    /// The question that waits for its answer on this phone; none when none was asked, or whoever
    /// asked is certified here by now. No PIN is needed to see that it lies here.
    pub fn open_ask(&self) -> Result<Option<AskedToJoin>, ApiError> {
        Ok(action::open_ask(&self.store)?)
    }

    /// Discards the question with this hash 丢弃申请, and destroys the keys that were made for it,
    /// so that the next person can ask. Confirm it first: an answer to it is worth nothing then.
    ///
    /// Throws `Invalid` at `asked` when no question waits here, or another one; `Internal` when
    /// the keys cannot be destroyed.
    pub fn discard_ask(&self, asked: Hash) -> Result<(), ApiError> {
        Ok(action::discard_ask(&self.store, &self.host.lend()?, asked)?)
    }

    /// Answers a new phone: certifies its keys and writes the line in the roster. The writer given
    /// is the administrator's. The same question again gives the same certificate.
    ///
    /// Throws `Invalid` for a text that is no question, for keys that are certified otherwise or
    /// revoked; `NotAllowed`; `Locked`.
    pub fn answer_join(
        &self,
        writer: WriterId,
        request: AnswerJoin,
    ) -> Result<AnsweredJoin, ApiError> {
        self.at_desk(writer, |desk| action::answer_join(desk, &request))
    }

    /// What an answer offers: its words are compared with those on the administrator's phone before
    /// joining. Throws `Invalid` for a text that is no answer to the question of this phone.
    pub fn read_join_answer(&self, text: String) -> Result<JoinOffer, ApiError> {
        Ok(action::read_join_answer(&self.store, &text)?.into())
    }

    /// Joins 入网: establishes the database as a further device of the township whose root was
    /// compared; on a phone that has joined, the officer who asked may sign in from then on. Throws
    /// as [`Inspector::read_join_answer`], and `Invalid` for another root, or another township than
    /// that of this phone.
    pub fn accept_join(&self, text: String, root: Hash) -> Result<Established, ApiError> {
        Ok(action::accept_join(&self.store, &text, root)?)
    }

    /// The writer who joined on this device; none where the database was established.
    pub fn joined_writer(&self) -> Result<Option<WriterId>, ApiError> {
        Ok(action::joined_writer(&self.store)?)
    }

    /// Certifies a hub 签发平台证书, and writes the file that it is started with: `angen hub serve
    /// --certificate`. The writer given is the administrator's. The same request again gives the
    /// same certificate, so whoever had no room for the file, or lost it, calls it once more.
    ///
    /// Throws `Invalid` for keys that are those of no hub, an origin that is none, or an empty
    /// name; `NotAllowed`; `StorageFull`; `Locked`.
    pub fn certify_hub(
        &self,
        writer: WriterId,
        request: CertifyHub,
        path: PathBuf,
    ) -> Result<HubView, ApiError> {
        let request = request.try_into()?;
        self.at_desk(writer, |desk| {
            let hub = action::certify_hub(desk, &request)?;
            hub.write(&*desk.ports().disk, &path)?;
            Ok::<_, Error>(hub)
        })
    }

    /// Replaces the key of a person whose phone is lost or PIN forgotten 补发: the old writer is
    /// revoked, a new one goes on. The writer given is the administrator's. Throws `Invalid`,
    /// `NotFound`, `NotAllowed`, `Locked`.
    pub fn reissue_officer(
        &self,
        writer: WriterId,
        request: ReissueOfficer,
    ) -> Result<Reissued, ApiError> {
        let request = request.into();
        self.at_desk(writer, |desk| action::reissue_officer(desk, &request))
    }

    /// Revokes a writer 吊销. What this device holds of the writer now counts, unless the cut says
    /// otherwise; what it does not hold yet is set aside when it comes. Throws `Invalid` without a
    /// reason, for oneself, or for who may not; `NotFound`; `Locked`.
    pub fn revoke_writer(&self, writer: WriterId, request: RevokeWriter) -> Result<Hash, ApiError> {
        let request = request.into();
        self.at_desk(writer, |desk| action::revoke_writer(desk, &request))
    }

    /// Records of revoked writers that were set aside, at most 50, from this one on: 0 for the
    /// first page.
    pub fn quarantine(&self, from: u64) -> Result<QuarantinePage, ApiError> {
        let (rows, next) = page(&action::quarantine(&self.store)?, from);
        Ok(QuarantinePage { rows, next })
    }

    /// Lets records of a revoked writer count after all 采认, with the reason. Throws `Invalid` for
    /// who may not, or records that count already; `NotFound`; `Locked`.
    pub fn adopt_ops(&self, writer: WriterId, request: AdoptOps) -> Result<Hash, ApiError> {
        self.at_desk(writer, |desk| action::adopt_ops(desk, &request))
    }

    /// Shows a renewed enforcement certificate 换证 on the roster. Throws `Invalid` for an empty
    /// number or a person who never had one; `NotFound` for a photo that was not captured in the
    /// roster; `Locked`.
    pub fn renew_certificate(
        &self,
        writer: WriterId,
        request: RenewCertificate,
    ) -> Result<Hash, ApiError> {
        self.at_desk(writer, |desk| action::renew_certificate(desk, &request))
    }

    /// Orders that the devices of some writers be emptied: a phone that syncs finds it in
    /// [`Inspector::wipe_orders`]. The writer given is the administrator's. Throws `Invalid` for
    /// who may not, oneself, or nobody; `NotFound`; `Locked`.
    pub fn order_wipe(
        &self,
        writer: WriterId,
        writers: Vec<WriterId>,
        reason: String,
    ) -> Result<Hash, ApiError> {
        self.at_desk(writer, |desk| action::order_wipe(desk, &writers, &reason))
    }

    /// What this device must do by the orders that stand, and what that would lose; none when they
    /// name nobody whose key is here. Ask at each start and after each sync. Send what is not sent,
    /// if there is a hub and somebody is signed in, and then [`Inspector::wipe`] what it names.
    pub fn ordered_wipe(&self) -> Result<Option<OrderedWipeView>, ApiError> {
        Ok(action::ordered_wipe(&self.store, &self.host.lend()?)?.map(Into::into))
    }

    /// The orders that stand against some writers, wherever their keys are.
    pub fn wipe_orders(&self, writers: Vec<WriterId>) -> Result<Vec<WipeOrder>, ApiError> {
        Ok(action::wipe_orders(&self.store, &writers)?)
    }

    /// What emptying this device of some writers would lose. Changes nothing.
    pub fn wipe_report(&self, writers: Vec<WriterId>) -> Result<WipeView, ApiError> {
        Ok(action::wipe_report(&self.store, &writers)?.into())
    }

    /// Destroys the keys of some writers for good; with `everything`, the database and its files as
    /// well: afterwards this object is of no use, and the folder can be opened anew. Once it has
    /// begun with `everything`, nothing stops it: the next opening goes on. Throws `Internal` when
    /// a key is still there; calling it again goes on.
    pub fn wipe(&self, writers: Vec<WriterId>, everything: bool) -> Result<WipeView, ApiError> {
        let ports = self.host.lend()?;
        Ok(action::wipe(&self.store, &ports, &writers, everything)?.into())
    }

    /// Whether this opening went on with a wipe that was cut off: then the device is empty, and the
    /// first screen says so.
    pub fn finished_wipe(&self) -> bool {
        self.finished_wipe
    }
}
