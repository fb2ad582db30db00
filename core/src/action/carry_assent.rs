//! Carries an assent 带回确认 that was signed on a phone of its giver's own into the dossier. It
//! counts by its own signature; who carries it adds nothing.

use angen_ledger::assent::{AssentCard, SignedAssent, digest_of_ops};
use angen_ledger::certificate::SignedCertificate;
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId, WriterId};
use angen_ledger::op::Op;
use angen_ledger::value::Value;
use rusqlite::Connection;

use crate::action::establish::established_in;
use crate::action::give_assent::ASSENT_OPS_MAX;
use crate::action::look::{no_mentor, require_dossier};
use crate::action::request_assent::{must_enforce, revoked};
use crate::action::to_assent::{Whose, request_for, to_assent};
use crate::desk::{Desk, Entry, Page};
use crate::domain::Source;
use crate::error::{Error, Result};
use crate::procedure::{CarriedAssent, carried_assents, is_trusted, mentors_here};
use crate::store;

/// An assent that was carried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarriedView {
    /// The op that carries it.
    pub op: Hash,
    /// Who has assented.
    pub writer: WriterId,
    /// The name, as the certificate says it.
    pub name: String,
    /// How many records.
    pub assented: usize,
}

/// Carries what a colleague's phone shows into the dossier. It stands for the records that were
/// asked for: what was written since is not among them. The same once more changes nothing.
///
/// # Errors
/// `Invalid` at `statement` for a text that is no statement, or one that does not hold: of another
/// dossier, other records or other words, by a key that is not trusted here; at `as` for a signer
/// who is no enforcer, a mentor here, revoked, or the writer of the records, and for a mentor at
/// the desk; `NotFound` for a dossier that is not here; `Sign`, `Storage`.
pub fn carry_assent(desk: &Desk<'_>, dossier: DossierId, text: &str) -> Result<CarriedView> {
    let card = AssentCard::read_text(text);
    let read = card.and_then(|card| Ok((SignedAssent::read(&card.statement)?, card)));
    let (signed, card) = read.map_err(|why| {
        wrong(
            &format!("不是确认人手机出示的确认码，或没有扫全（{why}）：请重新扫码"),
            &format!(
                "this is not what the other phone shows, or not all of it ({why}): scan it \
                 again"
            ),
        )
    })?;
    desk.write(|page| {
        require_dossier(page.read(), dossier)?;
        no_mentor(page.read(), desk, dossier)?;
        if signed.statement.request.dossier != dossier {
            return Err(wrong(
                "这是对另一个卷宗的确认：请打开那个卷宗再扫",
                "it assents to another dossier: open that one, and scan it there",
            ));
        }
        let certificate = signer(page.read(), &signed, card.certificate.as_deref())?;
        may_assent(page.read(), dossier, &certificate)?;
        let name = certificate.certificate.name.clone();
        let (writer, count) = (signed.statement.writer, signed.statement.request.count);
        if let Some(op) = carried_before(page.read(), dossier, &signed)? {
            let assented = usize::try_from(count).unwrap_or(usize::MAX);
            return Ok(CarriedView { op, writer, name, assented });
        }
        let ops = asked_for(page.read(), dossier, &signed)?;
        let op = put(page, &signed, (&card, &certificate), &ops)?;
        Ok(CarriedView { op, writer, name, assented: ops.len() })
    })
}

/// The certificate that the statement is signed under, which must be trusted.
fn signer(
    read: &Connection,
    signed: &SignedAssent,
    brought: Option<&[u8]>,
) -> Result<SignedCertificate> {
    let held = Source::certificates(read)?;
    let known = held.iter().find(|known| known.hash == signed.certificate).cloned();
    let brought = brought.and_then(|cose| SignedCertificate::read(cose).ok());
    let Some(own) = known.or(brought.filter(|own| own.hash == signed.certificate)) else {
        return Err(wrong(
            "本机没有确认人的证书，确认码里也放不下：请先同步名册，或换人用 PIN 确认",
            "the certificate of who assents is neither here nor in the code: sync the roster \
             first, or assent here by PIN",
        ));
    };
    if !is_trusted(&own, &held) {
        return Err(wrong(
            "确认人的证书不是本乡镇签发的，或签发人的证书还不在本机：请先同步名册",
            "the certificate of who assents was not issued here, or its issuer's is not on this \
             phone yet: sync the roster first",
        ));
    }
    if signed.holds(&own) {
        return Ok(own);
    }
    Err(wrong(
        "签名与证书不符，或不在证书有效期内：请核对两台手机的时间，请对方重新确认",
        "the signature does not hold, or not within the period of the certificate: compare the \
         clocks of both phones, and let it be signed again",
    ))
}

/// Refuses a signer whose assent would not count here.
fn may_assent(
    read: &Connection,
    dossier: DossierId,
    certificate: &SignedCertificate,
) -> Result<()> {
    let holder = &certificate.certificate;
    if mentors_here(read, dossier, holder.writer)? {
        return Err(Error::invalid(
            "as",
            "帮扶专家只指导，不在检查和案件中确认：请由执法人员来确认",
            "a mentor advises and assents to nothing in a check or a case: an enforcement officer \
             must do it",
        ));
    }
    must_enforce(holder)?;
    let place = established_in(read)?;
    if !holder.covers_area(&place.area)
        && !holder.scopes.iter().any(|scope| {
            // Whoever works in a part of the township works in the township.
            scope.area().starts_with(&place.area)
        })
    {
        return Err(wrong(
            "确认人的证书不管本乡镇：请由本乡镇的执法人员确认",
            "the certificate of who assents is for another area: an officer of this one must do it",
        ));
    }
    if store::revoked_by(read, holder.writer)?.is_some() { Err(revoked()) } else { Ok(()) }
}

/// The op by which the same was carried before: by the same person, to the same records.
fn carried_before(
    read: &Connection,
    dossier: DossierId,
    signed: &SignedAssent,
) -> Result<Option<Hash>> {
    let same = |known: &CarriedAssent| {
        known.counts().is_some()
            && known.signed.as_ref().is_some_and(|known| {
                known.statement.writer == signed.statement.writer
                    && known.statement.request.digest == signed.statement.request.digest
            })
    };
    Ok(carried_assents(read, dossier)?
        .iter()
        .find(|known| same(known))
        .map(|known| known.carried.op))
}

/// The records that were asked for, in the order in which they came. What there is to assent to
/// only grows at its end, so what was asked for stands at its beginning.
fn asked_for(read: &Connection, dossier: DossierId, signed: &SignedAssent) -> Result<Vec<Hash>> {
    let request = &signed.statement.request;
    let whose = request.of.map_or(Whose::Others(request.by), Whose::Of);
    let mut ops: Vec<Op> = to_assent(read, dossier, whose)?;
    let count = usize::try_from(request.count).unwrap_or(usize::MAX);
    if count <= ops.len() && count <= ASSENT_OPS_MAX {
        ops.truncate(count);
        if ops.iter().any(|op| op.header.writer == signed.statement.writer) {
            return Err(Error::invalid(
                "as",
                "其中有确认人自己的记录，请由另一名执法人员确认",
                "records of who assents are among them: another officer must assent",
            ));
        }
        let hashes: Vec<Hash> = ops.iter().map(|op| op.hash).collect();
        if digest_of_ops(request.suite, &hashes) == request.digest {
            let again = request_for(read, dossier, &ops, (request.by, request.of), 0)?;
            let words = |of: &angen_ledger::assent::AssentRequest| {
                (of.title.clone(), of.told.clone(), of.findings.clone(), of.more)
            };
            if words(&again) == words(request) {
                return Ok(hashes);
            }
            return Err(wrong(
                "确认人看到的文字与这些记录不符，不能算数：请重新出示请求码，请其重新确认",
                "the words that were shown are not those of the records: show the request again, \
                 and let it be signed again",
            ));
        }
    }
    Err(wrong(
        "确认的不是本机现在待确认的这些记录（可能已由别人确认，或记录有变）：请重新出示请求码",
        "it assents to other records than those that wait here (somebody has assented meanwhile, \
         or they changed): show the request again",
    ))
}

fn put(
    page: &mut Page<'_, '_>,
    signed: &SignedAssent,
    (card, certificate): (&AssentCard, &SignedCertificate),
    ops: &[Hash],
) -> Result<Hash> {
    let request = &signed.statement.request;
    let cose = match &card.certificate {
        Some(cose) => cose.clone(),
        None => {
            let held = store::chains_of(page.read(), [certificate.hash])?.pop();
            held.map(|(cose, _)| cose).unwrap_or_default()
        }
    };
    // The same on two phones is one assent.
    let name = format!("assent/{}/{}", signed.statement.writer, request.digest);
    let entity = EntityId::derived(request.dossier, &name);
    let values = ops.iter().map(|hash| Value::from(hash.as_bytes().as_slice()));
    let entry = Entry::new("assent.carry/1", request.dossier, entity)
        .set("carried", values.collect::<Vec<_>>())
        .set("statement", card.statement.as_slice())
        .set("certificate", cose.as_slice());
    page.put(entry)
}

fn wrong(zh: &str, en: &str) -> Error {
    Error::invalid("statement", zh, en)
}
