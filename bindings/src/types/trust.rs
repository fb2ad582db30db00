//! Trust: who joins, on what terms, and who is let go.

use angen_core::action::{
    self, AdoptOps, AnswerJoin, AnsweredJoin, AskOverHub, AskedToJoin, EnrolOfficer, Established,
    HubView, OfficerView, OrderedWipe, QuarantinedOp, Reissued, RenewCertificate, Terms,
    WipeReport,
};
use angen_core::domain::{Bilingual, WipeOrder, code_words, fingerprint_words};
use angen_core::error::Error;
use angen_core::sync::hub_keys_from_text;
use angen_ledger::enrolment::Answered;
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId, WriterId};
use angen_ledger::invitation::Invitation;
use angen_ledger::limits::QR_CHARS_MAX;

/// On what terms somebody is certified.
#[uniffi::remote(Record)]
pub struct Terms {
    /// Last day of the writer's certificate, `2026-12-31`; none for no end. It is another thing
    /// than the last day of the enforcement certificate.
    #[uniffi(default = None)]
    pub until: Option<String>,
    /// Division code below the township's, for who works in a part of it.
    #[uniffi(default = None)]
    pub area: Option<String>,
    /// The only dossiers that a hub gives to the holder, beside the standing ones; none for all.
    #[uniffi(default = [])]
    pub dossiers: Vec<DossierId>,
}

/// What a new phone shows 入网申请.
#[uniffi::remote(Record)]
pub struct AskedToJoin {
    /// The writer that was made.
    pub writer: WriterId,
    /// The text for the administrator's device, as a QR code.
    pub text: String,
    /// The hash of the question.
    pub asked: Hash,
}

/// Whom an administrator lets join.
#[uniffi::remote(Record)]
pub struct AnswerJoin {
    /// What the new phone shows.
    pub ask: String,
    /// The person.
    pub who: EnrolOfficer,
    /// On what terms.
    pub terms: Terms,
    /// A writer of the same person, when it is that person's second phone.
    #[uniffi(default = None)]
    pub same_as: Option<WriterId>,
}

/// What an administrator shows to the new phone.
#[uniffi::remote(Record)]
pub struct AnsweredJoin {
    /// The new line of the roster.
    pub officer: OfficerView,
    /// The text for the new phone, as a QR code.
    pub text: String,
}

/// What an answer offers, for its owner to compare with the administrator before joining.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct JoinOffer {
    /// Name of the township.
    pub township: String,
    /// Its division code.
    pub area: String,
    /// The name of who joins.
    pub name: String,
    /// The fingerprint of the root.
    pub root: Hash,
    /// The same as words, to be read aloud: both devices must show the same.
    pub words: Bilingual,
}

impl From<Answered> for JoinOffer {
    fn from(offer: Answered) -> Self {
        let own = offer.chain.last().map(|own| own.certificate.name.clone());
        Self {
            township: offer.answer.township,
            area: offer.answer.area,
            name: own.unwrap_or_default(),
            root: offer.root,
            words: Bilingual::say(|lang| fingerprint_words(&offer.root, lang)),
        }
    }
}

/// An invitation to ask over a hub, to be shown face to face: whoever has seen it can ask.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct InvitationView {
    /// The text for the new phone, as a QR code.
    pub text: String,
    /// Whether it fits one that every phone reads.
    pub fits_qr: bool,
    /// The fingerprint of the root as words.
    pub words: Bilingual,
    /// Seconds for which it is good.
    pub ends_in_s: u64,
}

impl InvitationView {
    /// An invitation that a hub has taken.
    pub(crate) fn of(invitation: &Invitation, ends_in_s: u64) -> Self {
        let text = invitation.to_text();
        Self {
            fits_qr: text.len() <= QR_CHARS_MAX,
            text,
            words: Bilingual::say(|lang| fingerprint_words(&invitation.root, lang)),
            ends_in_s,
        }
    }
}

/// A new phone that asks over a hub and has seen an invitation of this device.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct AskView {
    /// The writer that it has made.
    pub writer: WriterId,
    /// What both devices show, to be read aloud.
    pub words: Bilingual,
    /// Seconds that it has waited at the hub.
    pub waited_s: u64,
}

impl From<&AskOverHub> for AskView {
    fn from(ask: &AskOverHub) -> Self {
        let words = Bilingual::say(|lang| code_words(&ask.code, lang));
        Self { writer: ask.writer, words, waited_s: ask.waited_s }
    }
}

/// Who asks over a hub.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct AskList {
    /// Those who have seen an invitation of this device, at most a few hundred.
    pub rows: Vec<AskView>,
    /// How many others there are: not shown, since nobody invited them here.
    pub others: u64,
}

/// How far a new phone has come over a hub.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct JoinState {
    /// What it has joined, once the administrator has answered.
    pub joined: Option<Established>,
    /// The words that it shows, to be read to the administrator.
    pub words: Bilingual,
    /// Seconds until the hub forgets the invitation.
    pub ends_in_s: u64,
}

/// Which hub is certified 签发平台证书.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct CertifyHub {
    /// The hub's name, for people.
    pub name: String,
    /// The body that runs it.
    pub organisation: String,
    /// Its log: hub and epoch, such as `rizhao.example/donggang/1`. A hub that was restored from a
    /// backup begins the next epoch, and is certified again.
    pub origin: String,
    /// The hub's public keys, as `angen hub keys` shows them: scanned, or pasted.
    pub keys: String,
}

impl TryFrom<CertifyHub> for action::CertifyHub {
    type Error = Error;

    fn try_from(given: CertifyHub) -> Result<Self, Error> {
        let CertifyHub { name, organisation, origin, keys } = given;
        Ok(Self { name, organisation, origin, keys: hub_keys_from_text(&keys)? })
    }
}

/// A hub that was certified.
#[uniffi::remote(Record)]
pub struct HubView {
    /// The entity in the roster.
    pub hub: EntityId,
    /// Its log.
    pub origin: String,
    /// The hash of its certificate.
    pub certificate: Hash,
    /// The certificates from the root to its own, as the file has them.
    pub chain: Vec<Vec<u8>>,
}

/// The last record of a chain that counts, where it is another than the last one here.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Cut {
    /// The dossier of the chain.
    pub dossier: DossierId,
    /// Its number in the chain; none when nothing of it counts.
    pub seq: Option<u64>,
}

fn cuts(given: Vec<Cut>) -> Vec<(DossierId, Option<u64>)> {
    given.into_iter().map(|cut| (cut.dossier, cut.seq)).collect()
}

/// Who is revoked 吊销, and from where on.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct RevokeWriter {
    /// The writer.
    pub writer: WriterId,
    /// Why: the phone is lost, the person has left.
    pub reason: String,
    /// Chains whose last record that counts is another than the last one here.
    #[uniffi(default = [])]
    pub cut: Vec<Cut>,
}

impl From<RevokeWriter> for action::RevokeWriter {
    fn from(given: RevokeWriter) -> Self {
        Self { writer: given.writer, reason: given.reason, cut: cuts(given.cut) }
    }
}

/// Whose key is replaced: the phone is lost, the PIN forgotten.
#[derive(Debug, Clone, uniffi::Record)]
pub struct ReissueOfficer {
    /// The writer that is revoked.
    pub writer: WriterId,
    /// Why.
    pub reason: String,
    /// Chains whose last record that counts is another than the last one here.
    #[uniffi(default = [])]
    pub cut: Vec<Cut>,
    /// On what terms the new writer is certified.
    pub terms: Terms,
    /// What the new phone shows; none when the new key is made on this device.
    #[uniffi(default = None)]
    pub ask: Option<String>,
}

impl From<ReissueOfficer> for action::ReissueOfficer {
    fn from(given: ReissueOfficer) -> Self {
        let ReissueOfficer { writer, reason, cut, terms, ask } = given;
        Self { writer, reason, cut: cuts(cut), terms, ask }
    }
}

/// What came of it.
#[uniffi::remote(Record)]
pub struct Reissued {
    /// The new writer, with the line that goes on from the old one.
    pub officer: OfficerView,
    /// The record that revokes the old one.
    pub revocation: Hash,
    /// What the new phone is shown.
    pub answer: Option<String>,
}

/// A renewed enforcement certificate 换证.
#[uniffi::remote(Record)]
pub struct RenewCertificate {
    /// The person on the roster.
    pub officer: EntityId,
    /// Its number.
    pub certificate_no: String,
    /// Its last day, `2031-06-30`.
    pub valid_until: String,
    /// The photo of it, captured in the roster.
    pub photo: EntityId,
}

/// An order that devices be emptied 清除指令.
#[uniffi::remote(Record)]
pub struct WipeOrder {
    /// The entity.
    pub order: EntityId,
    /// The record.
    pub op: Hash,
    /// The writers whose keys are to be destroyed.
    pub writers: Vec<WriterId>,
    /// Why.
    pub reason: String,
    /// Who ordered it.
    pub writer: WriterId,
    /// When, by that device, in milliseconds since 1970 UTC.
    pub wall_ms: i64,
}

/// What a wipe would lose, or has lost.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct WipeView {
    /// Writers whose keys are destroyed.
    pub writers: Vec<WriterId>,
    /// Records of theirs that no other device and no hub is known to have.
    pub unsent_ops: u64,
    /// In so many dossiers.
    pub unsent_dossiers: u64,
    /// Files on this device that no hub has given a receipt for. They go with the database.
    pub unsent_files: u64,
    /// Whether the database went with them.
    pub is_emptied: bool,
}

impl From<WipeReport> for WipeView {
    fn from(report: WipeReport) -> Self {
        Self {
            unsent_ops: report.unsent_ops(),
            unsent_dossiers: report.unsent.len() as u64,
            unsent_files: report.unsent_files,
            writers: report.writers,
            is_emptied: report.emptied,
        }
    }
}

/// What an order says that this device must do.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct OrderedWipeView {
    /// The newest order that names somebody whose key is here.
    pub order: WipeOrder,
    /// The name of who gave it.
    pub ordered_by: String,
    /// The names of those whose keys are destroyed.
    pub names: Vec<String>,
    /// Whether nobody is left to work here, so that the database goes as well: what
    /// [`Inspector::wipe`](crate::Inspector::wipe) is given.
    pub everything: bool,
    /// Whose keys are to be destroyed, and what that would lose.
    pub report: WipeView,
}

impl From<OrderedWipe> for OrderedWipeView {
    fn from(ordered: OrderedWipe) -> Self {
        Self {
            order: ordered.order,
            ordered_by: ordered.ordered_by,
            names: ordered.names,
            everything: ordered.everything,
            report: ordered.report.into(),
        }
    }
}

/// A record of a revoked writer that waits for an administrator.
#[uniffi::remote(Record)]
pub struct QuarantinedOp {
    /// The record.
    pub op: Hash,
    /// The dossier.
    pub dossier: DossierId,
    /// Whose it is.
    pub writer: WriterId,
    /// The writer's name, as its certificate has it.
    pub name: String,
    /// Its number in its chain.
    pub seq: u64,
    /// What it says.
    pub kind: String,
    /// When, by the writer's device, in milliseconds since 1970 UTC.
    pub wall_ms: i64,
    /// The revocation.
    pub by: Hash,
    /// Why the writer was revoked.
    pub reason: String,
    /// Whether it was written after the writer was revoked, whatever its clock says.
    pub is_after: bool,
}

/// Records that wait, a page of them.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct QuarantinePage {
    /// At most 50.
    pub rows: Vec<QuarantinedOp>,
    /// What to ask for next; none when this was the last page.
    pub next: Option<u64>,
}

/// Records of a revoked writer that count after all 采认.
#[uniffi::remote(Record)]
pub struct AdoptOps {
    /// Whose.
    pub writer: WriterId,
    /// In which dossier.
    pub dossier: DossierId,
    /// Number of the first; of the first that does not count, if none is given.
    #[uniffi(default = None)]
    pub first: Option<u64>,
    /// Number of the last; of the last one here, if none is given.
    #[uniffi(default = None)]
    pub last: Option<u64>,
    /// The last record itself, where the chain is forked.
    #[uniffi(default = None)]
    pub head: Option<Hash>,
    /// Why they are believed.
    pub reason: String,
}
