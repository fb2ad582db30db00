//! A new phone joins a township without a network 扫码入网: it asks, the administrator answers, and
//! it believes the answer for the root whose fingerprint its owner has compared. A phone that has
//! joined asks for a further officer in the same way: the key is made here, the root is known.

use angen_ledger::certificate::SignedCertificate;
use angen_ledger::enrolment::{Answer, Answered, Ask, EnrolError};
use angen_ledger::hash::{Hash, Suite};
use angen_ledger::id::{DossierId, PersonId, WriterId};
use rusqlite::Connection;

use crate::action::certify_writer::{Certifying, Terms, certify_on};
use crate::action::enrol_officer::{EnrolOfficer, OfficerView};
use crate::action::establish::{Established, established, established_in};
use crate::action::reissue_officer::person_of;
use crate::desk::{Desk, Page};
use crate::domain::{Officer, read_all};
use crate::error::{Error, Result};
use crate::ports::{NewKeys, Ports};
use crate::store::{self, Store};

/// The setting that keeps what this device has asked, until it is answered.
pub(super) const ASKED: &str = "enrol_ask";

/// The setting that names the writer who joined on this device.
const JOINED: &str = "joined_writer";

/// What a new phone shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedToJoin {
    /// The writer that was made.
    pub writer: WriterId,
    /// The text for the administrator's device.
    pub text: String,
    /// The hash of the question.
    pub asked: Hash,
}

/// Whom an administrator lets join.
#[derive(Debug, Clone)]
pub struct AnswerJoin {
    /// What the new phone shows.
    pub ask: String,
    /// The person.
    pub who: EnrolOfficer,
    /// On what terms.
    pub terms: Terms,
    /// A writer of the same person, when it is that person's second phone.
    pub same_as: Option<WriterId>,
}

/// What an administrator shows to the new phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnsweredJoin {
    /// The new line of the roster.
    pub officer: OfficerView,
    /// The text for the new phone.
    pub text: String,
}

/// Refuses the invitation of another township on a phone that has joined one, before anybody is
/// asked: nothing could come of it.
///
/// # Errors
/// `Invalid` at `invitation`; `Storage`.
pub fn may_join(store: &Store, root: Hash) -> Result<()> {
    let own = store.read(|read| store::get_setting(read, "root"))?;
    match own {
        Some(own) if own != root.to_string() => Err(Error::invalid(
            "invitation",
            "这是另一个乡镇的邀请，本机已属于一个乡镇：请换一台手机",
            "this invites to another township than that of this phone: use another phone",
        )),
        _ => Ok(()),
    }
}

/// Asks to join: on a phone where nothing is established for whoever will use it, on one that has
/// joined for a further officer. Asking again shows the same, until that officer is certified here
/// or the question is discarded ([`crate::action::discard_ask`]).
///
/// # Errors
/// `Sign`, `Storage`.
pub fn ask_to_join(store: &Store, ports: &Ports) -> Result<AskedToJoin> {
    store.write(|tx| {
        if let Some((text, ask, asked)) = kept(tx)? {
            // What was answered is one officer's: the next one asks with keys of their own.
            if !is_certified(tx, ask.writer)? {
                return Ok(AskedToJoin { writer: ask.writer, text, asked });
            }
        }
        let writer = WriterId(ports.id());
        let NewKeys { sign, seal_to } = ports.keys.create(writer)?;
        let ask = Ask { suite: Suite::Sha256, writer, key: sign, seal_to };
        let text = ask.sign(&*ports.keys.signer(writer)?)?;
        store::put_setting(tx, ASKED, &text)?;
        let (_, asked) = Ask::read(&text)?;
        Ok(AskedToJoin { writer, text, asked })
    })
}

/// Answers a new phone: certifies its keys and writes the line in the roster. The desk is the
/// administrator's. The same question again gives the same certificate.
///
/// # Errors
/// `Invalid` for a text that is no question, for keys that are certified otherwise or revoked, and
/// as [`crate::action::enrol_officer_on`]; `Distrust`, `Sign`, `Storage`.
pub fn answer_join(desk: &Desk<'_>, request: &AnswerJoin) -> Result<AnsweredJoin> {
    request.who.check()?;
    let (ask, asked) = read_ask(&request.ask)?;
    let place = established(desk.store())?;
    request.terms.check(&place, desk.ports().clock.now().wall_ms)?;
    desk.write(|page| {
        if store::revoked_by(page.read(), ask.writer)?.is_some() {
            return Err(wrong_ask(
                "这台手机的签名身份已被吊销，请在空文件夹中重新申请",
                "the writer of this phone is revoked: ask anew, in an empty folder",
            ));
        }
        let people: Vec<Officer> = read_all(page.read(), place.roster)?;
        let officer = match certified(page, &ask)? {
            Some(certificate) => again(&people, &ask, certificate)?,
            None => {
                let same = request.same_as;
                let person = match same {
                    Some(writer) => person_of(page, writer)?,
                    None => PersonId(desk.ports().id()),
                };
                let line = people.iter().find(|known| Some(known.writer) == same);
                let asked = Certifying {
                    who: &request.who,
                    terms: &request.terms,
                    writer: ask.writer,
                    keys: keys_of(&ask),
                    person,
                    continues: line.map(|known| known.officer),
                };
                certify_on(page, desk, &place, &asked)?
            }
        };
        let text = answer_text(page, desk, &place, asked, officer.certificate)?;
        Ok(AnsweredJoin { officer, text })
    })
}

/// What an answer offers, for its owner to compare. Changes nothing.
///
/// # Errors
/// `Invalid` for a text that is no answer, or none to the question of this device; `Storage`.
pub fn read_join_answer(store: &Store, text: &str) -> Result<Answered> {
    let Some((_, ask, asked)) = store.read(kept)? else {
        return Err(Error::invalid(
            "enrol",
            "这台设备上还没有申请，请先申请加入",
            "nothing was asked on this device: ask to join first",
        ));
    };
    Answer::read(text, &ask, asked).map_err(wrong_answer)
}

/// Joins: establishes the database as a further device of the township whose root was compared. On
/// a phone that has joined, the officer who asked may sign in from then on.
///
/// # Errors
/// As [`read_join_answer`], and `Invalid` when the answer leads to another root, or to another
/// township than that of this phone.
pub fn accept_join(store: &Store, text: &str, root: Hash) -> Result<Established> {
    let answered = read_join_answer(store, text)?;
    if answered.root != root {
        return Err(Error::invalid(
            "root",
            "应答里的根证书指纹与所给的不同：不是这个乡镇发的，请停止并与管理员核对",
            "the answer leads to another root than the one that was given: stop, and ask the \
             administrator",
        ));
    }
    let Answered { answer, root, chain } = answered;
    let [roster, library, register] = answer.standing;
    let own = chain.last().map(|own| own.certificate.writer);
    let issuer = chain.iter().rev().nth(1).map(|issuer| issuer.certificate.writer);
    let (Some(own), Some(administrator)) = (own, issuer) else {
        return Err(Error::NotFound { noun: "certificate", id: root.to_string() });
    };
    let joined = Established {
        root,
        administrator,
        area: answer.area,
        township: answer.township,
        roster,
        library,
        register,
    };
    store.write(|tx| {
        if store::get_setting(tx, "root")?.is_some() {
            let place = established_in(tx)?;
            may_follow(&place, &joined)?;
            store::receive(tx, &answer.certificates, &[])?;
            store::put_setting(tx, ASKED, "")?;
            return Ok(place);
        }
        store::receive(tx, &answer.certificates, &[])?;
        store::put_setting(tx, ASKED, "")?;
        for (name, value) in joined.settings() {
            store::put_setting(tx, name, &value)?;
        }
        store::put_setting(tx, JOINED, &own.to_string())?;
        Ok(joined)
    })
}

/// The writer who joined on this device; none where the database was established.
///
/// # Errors
/// `Storage`, `Malformed`.
pub fn joined_writer(store: &Store) -> Result<Option<WriterId>> {
    let kept = store.read(|read| store::get_setting(read, JOINED))?;
    Ok(kept.map(|text| text.parse()).transpose()?)
}

/// Reads what a new phone shows.
pub(crate) fn read_ask(text: &str) -> Result<(Ask, Hash)> {
    Ask::read(text).map_err(|why| {
        wrong_ask(
            &format!("不是新手机的申请，或抄漏了：{why}"),
            &format!("this is not what the new phone shows, or not all of it: {why}"),
        )
    })
}

/// The keys that a question names.
pub(crate) fn keys_of(ask: &Ask) -> NewKeys {
    NewKeys { sign: ask.key.clone(), seal_to: ask.seal_to }
}

/// The text for the new phone: the chain of its certificate, and what it must know.
pub(crate) fn answer_text(
    page: &Page<'_, '_>,
    desk: &Desk<'_>,
    place: &Established,
    ask: Hash,
    certificate: Hash,
) -> Result<String> {
    let held = store::certificates(page.read())?;
    let (mut certificates, mut next, mut issuer) = (Vec::new(), Some(certificate), None);
    // Whoever works in a part of the township has a phone of that part.
    let mut area = place.area.clone();
    // Issuers come first in the store, so going backwards meets each before its issuer.
    for (cose, known) in held.into_iter().rev() {
        if next == Some(known.hash) {
            if let (true, Some(scope)) = (certificates.is_empty(), known.certificate.scopes.first())
            {
                area = scope.area().to_owned();
            }
            certificates.insert(0, cose);
            next = known.signed.signer;
            issuer = issuer.or(next);
        }
    }
    if issuer != Some(desk.certificate()) {
        return Err(wrong_ask(
            "这台手机的证书是另一名管理员发的，请由其应答",
            "another administrator has certified this phone: let that one answer",
        ));
    }
    let standing: [DossierId; 3] = [place.roster, place.library, place.register];
    let township = place.township.clone();
    let answer = Answer { suite: Suite::Sha256, ask, certificates, area, township, standing };
    let key = desk.ports().keys.signer(desk.writer())?;
    Ok(answer.sign(&*key, desk.certificate())?)
}

/// The certificate that a question's keys have here already.
fn certified(page: &Page<'_, '_>, ask: &Ask) -> Result<Option<SignedCertificate>> {
    let held = store::certificates(page.read())?.into_iter().rev().map(|(_, signed)| signed);
    let mut own = held.filter(|signed| signed.certificate.writer == ask.writer);
    let Some(newest) = own.next() else { return Ok(None) };
    if newest.certificate.key == ask.key && newest.certificate.seal_to == ask.seal_to {
        return Ok(Some(newest));
    }
    Err(wrong_ask(
        "这个签名身份已用别的密钥发过证，请在新手机上重新申请",
        "this writer was certified with other keys: ask anew on the new phone",
    ))
}

/// The line that a question was answered with before.
fn again(people: &[Officer], ask: &Ask, certificate: SignedCertificate) -> Result<OfficerView> {
    let line = people.iter().find(|known| known.writer == ask.writer);
    let Some(line) = line else {
        return Err(Error::NotFound { noun: "officer", id: ask.writer.to_string() });
    };
    Ok(OfficerView {
        officer: line.officer,
        writer: line.writer,
        name: line.name.clone(),
        role: line.role,
        organisation: line.organisation.clone(),
        certificate_no: line.certificate_no.clone(),
        certificate: certificate.hash,
    })
}

/// The question of this device that nobody has answered yet.
pub(super) fn kept(read: &Connection) -> Result<Option<(String, Ask, Hash)>> {
    let Some(text) = store::get_setting(read, ASKED)?.filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let (ask, asked) = Ask::read(&text)?;
    Ok(Some((text, ask, asked)))
}

/// The writer whose keys were made here to ask with, if one was.
pub(crate) fn asked_writer(read: &Connection) -> Result<Option<WriterId>> {
    Ok(kept(read)?.map(|(_, ask, _)| ask.writer))
}

/// Whether a writer of this device was certified: by an answer, or by what a hub gave since.
pub(super) fn is_certified(read: &Connection, writer: WriterId) -> Result<bool> {
    let held = store::certificates(read)?;
    Ok(held.iter().any(|(_, known)| known.certificate.writer == writer))
}

/// A further officer works in the township of this phone, with its books; the area may be a part.
fn may_follow(place: &Established, joined: &Established) -> Result<()> {
    let books = |of: &Established| (of.root, of.roster, of.library, of.register);
    if books(place) == books(joined) && joined.area.starts_with(&place.area) {
        return Ok(());
    }
    Err(Error::invalid(
        "answer",
        format!("这台手机属于{}，应答却是{}的：请换一台手机", place.township, joined.township),
        format!(
            "this phone is of {}, and the answer is of {}: use another phone",
            place.township, joined.township
        ),
    ))
}

fn wrong_ask(zh: &str, en: &str) -> Error {
    Error::invalid("ask", zh, en)
}

fn wrong_answer(why: EnrolError) -> Error {
    let (zh, en) = match &why {
        EnrolError::OtherAsk => (
            "这是给另一台手机（或另一次申请）的应答",
            "it answers another phone, or another question",
        ),
        EnrolError::OtherKey => (
            "应答里的证书不是给这台手机的密钥的",
            "its certificate is not for the keys of this phone",
        ),
        EnrolError::Malformed(_) => (
            "不是管理员的应答，或抄漏了",
            "this is not what the administrator showed, or not all of it",
        ),
        EnrolError::Distrust(_) => (
            "应答里的证书链或签名不对，请停止并与管理员核对",
            "its certificates or its signature do not hold: stop, and ask the administrator",
        ),
    };
    Error::invalid("answer", format!("{zh}（{why}）"), format!("{en} ({why})"))
}
