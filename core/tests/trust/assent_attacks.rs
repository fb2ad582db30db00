//! Statements that are bent, borrowed, replayed or forged, and carriers who edit what they carry:
//! none counts, and each is named.

use angen_core::action::{
    AssentText, RevokeWriter, carry_assent, enrol_officer, read_assent_request, request_assent,
    revoke_writer, sign_assent,
};
use angen_core::desk::Entry;
use angen_core::domain::Role;
use angen_core::error::Error;
use angen_core::procedure::{Flaw, carried_assents};
use angen_ledger::assent::{AssentCard, AssentRequest, AssentStatement, SignedAssent};
use angen_ledger::hash::{Hash, Suite};
use angen_ledger::id::{DossierId, EntityId, WriterId};
use angen_ledger::value::Value;
use angen_testing::township::{Township, officer};

use crate::assent::{ask, flaws, joined, lacks, refused, town, town_of};

/// A statement over a request as somebody bends it, signed with the key of a writer of the town.
fn bent(town: &Township, writer: WriterId, bend: impl Fn(&mut AssentRequest)) -> String {
    let mut request = AssentRequest::read_text(&ask(town).text).unwrap();
    bend(&mut request);
    let wall_ms = town.ports.clock.now().wall_ms;
    let statement = AssentStatement { suite: Suite::Sha256, request, writer, wall_ms };
    let certificate = town.desk(writer).certificate();
    let key = town.ports.keys.signer(writer).unwrap();
    let statement = statement.sign(&*key, certificate).unwrap();
    AssentCard { statement, certificate: None }.to_text()
}

/// Puts an op that carries something, as a program of somebody's own would.
fn slip_in(town: &Township, dossier: DossierId, entity: EntityId, card: &AssentCard, ops: &[Hash]) {
    let ops = ops.iter().map(|op| Value::from(op.as_bytes().as_slice()));
    let entry = Entry::new("assent.carry/1", dossier, entity)
        .set("carried", ops.collect::<Vec<_>>())
        .set("statement", card.statement.as_slice())
        .set("certificate", card.certificate.as_deref().unwrap_or_default());
    town.officer().write(|page| page.put(entry.clone())).unwrap();
}

fn ops_carried(town: &Township) -> Vec<Hash> {
    let dossier = town.cast.check.dossier;
    let all = town.store.read(|read| carried_assents(read, dossier)).unwrap();
    all[0].carried.ops.clone()
}

#[test]
fn what_is_bent_foreign_or_anothers_is_refused_and_changes_nothing() {
    let (_folder, town) = town();
    let own = joined(&town, 51, "赵新民");
    let (dossier, case) = (town.cast.check.dossier, town.cast.assistance);
    let second = town.cast.officers[1];
    let carry = |text: &str| carry_assent(&town.officer(), dossier, text);
    let refused = |place, words, text: &str| refused(&town, place, words, carry(text));
    refused("statement", "没有扫全", "你好");
    refused("statement", "没有扫全", &ask(&town).text);
    let shown = own.sign(&ask(&town));
    refused("statement", "没有扫全", &shown[..shown.len() - 8]);
    let elsewhere = carry_assent(&town.officer(), case, &shown);
    assert!(matches!(elsewhere, Err(Error::Invalid(problem)) if problem.zh.contains("另一个卷宗")));
    // What she saw was something else than what lies here.
    for bend in [
        (|asked| asked.title = "另一家企业".to_owned()) as fn(&mut AssentRequest),
        |asked| asked.findings = vec!["灭火器缺失".to_owned()],
        |asked| (asked.findings, asked.more) = (Vec::new(), 0),
        |asked| asked.told = vec![("answer".to_owned(), 3)],
    ] {
        refused("statement", "文字与这些记录不符", &bent(&town, second, bend));
    }
    let few = |asked: &mut AssentRequest| {
        (asked.count, asked.told) = (1, vec![("check".to_owned(), 1)]);
    };
    refused("statement", "重新出示请求码", &bent(&town, second, few));
    let other = |asked: &mut AssentRequest| asked.digest = Hash([7; 32]);
    refused("statement", "重新出示请求码", &bent(&town, second, other));
    let many = |asked: &mut AssentRequest| {
        (asked.count, asked.told) = (1 << 40, vec![("check".to_owned(), 1 << 40)]);
    };
    refused("statement", "重新出示请求码", &bent(&town, second, many));
    // A signature that is not hers.
    let card = AssentCard::read_text(&shown).unwrap();
    let mut statement = card.statement.clone();
    *statement.last_mut().unwrap() ^= 1;
    let forged = AssentCard { statement, ..card.clone() }.to_text();
    refused("statement", "签名与证书不符", &forged);
    carry_assent(&town.officer(), dossier, &shown).unwrap();
}

#[test]
fn nobody_assents_to_their_own_and_no_mentor_assistant_stranger_or_revoked_one_does() {
    let (_folder, town) = town();
    let dossier = town.cast.check.dossier;
    let first = town.cast.officers[0];
    let carry = |text: &str| carry_assent(&town.officer(), dossier, text);
    // The first officer wrote it all; that another asks for it does not make it hers to assent to.
    let own_ops = bent(&town, first, |asked| asked.by = town.cast.officers[1]);
    refused(&town, "statement", "重新出示请求码", carry(&own_ops));
    let all = request_assent(&town.officer(), dossier, Some(town.cast.officers[1])).unwrap();
    let all = AssentRequest::read_text(&all.text).unwrap();
    let own_ops = bent(&town, first, |asked| {
        *asked = AssentRequest { by: town.cast.officers[1], of: Some(first), ..all.clone() };
    });
    refused(&town, "statement", "重新出示请求码", carry(&own_ops));
    assert!(matches!(sign_assent(&town.officer(), &ask(&town).text), Err(Error::Invalid(_))));
    let mine = request_assent(&town.officer(), dossier, Some(first));
    assert!(matches!(mine, Err(Error::Invalid(problem)) if problem.place == "of"));

    let mentor = town.desk(town.cast.mentor);
    let asks = request_assent(&mentor, dossier, None);
    assert!(matches!(asks, Err(Error::Invalid(problem)) if problem.place == "as"));
    let signs = sign_assent(&mentor, &ask(&town).text);
    assert!(matches!(signs, Err(Error::Invalid(problem)) if problem.place == "as"));
    refused(&town, "as", "帮扶专家", carry(&bent(&town, town.cast.mentor, |_| {})));
    let admin = town.desk(town.place.administrator);
    let helper = enrol_officer(&admin, &officer("赵宁", Role::Assistant)).unwrap().writer;
    refused(&town, "as", "不是执法人员", carry(&bent(&town, helper, |_| {})));

    let (_elsewhere, other) = town_of(12);
    let stranger = joined(&other, 53, "外人");
    refused(&town, "statement", "不是本乡镇签发的", carry(&stranger.sign(&ask(&town))));
    let own = joined(&town, 51, "赵新民");
    let shown = own.sign(&ask(&town));
    let reason = "手机遗失".to_owned();
    let revoke = RevokeWriter { writer: own.writer, reason, cut: Vec::new() };
    revoke_writer(&admin, &revoke).unwrap();
    refused(&town, "as", "已被吊销", carry(&shown));
}

#[test]
fn a_carrier_who_edits_what_is_carried_gains_nothing_and_is_named() {
    let (_folder, town) = town();
    let own = joined(&town, 51, "赵新民");
    let dossier = town.cast.check.dossier;
    let shown = own.sign(&ask(&town));
    let card = AssentCard::read_text(&shown).unwrap();
    let entity = |name: u8| EntityId([name; 16]);
    let photo = town.photograph("one more").unwrap().op;
    let first = request_assent(&town.officer(), dossier, None).unwrap().told.count;
    assert_eq!(first, 4);
    carry_assent(&town.officer(), dossier, &shown).unwrap();
    let true_ops = ops_carried(&town);
    let more = [&true_ops[..], &[photo]].concat();
    let twice = [&true_ops[..], &true_ops[..1]].concat();
    slip_in(&town, dossier, entity(1), &card, &more);
    slip_in(&town, dossier, entity(2), &card, &true_ops[1..]);
    slip_in(&town, dossier, entity(3), &card, &twice);
    slip_in(&town, town.cast.assistance, entity(4), &card, &true_ops);
    let garbage = AssentCard { statement: vec![1, 2, 3], certificate: None };
    slip_in(&town, dossier, entity(5), &garbage, &true_ops);
    let all = flaws(&town.store, dossier);
    assert_eq!(all.iter().filter(|flaw| flaw.is_none()).count(), 1);
    assert_eq!(all.iter().filter(|flaw| **flaw == Some(Flaw::OtherOps)).count(), 3);
    assert_eq!(all.iter().filter(|flaw| **flaw == Some(Flaw::Unreadable)).count(), 1);
    assert_eq!(flaws(&town.store, town.cast.assistance), [Some(Flaw::OtherDossier)]);
    assert!(lacks(&town, "recorded_by_two"), "the new photo has one officer behind it");
}

#[test]
fn nobody_takes_an_assent_away_by_writing_over_it() {
    let (_folder, town) = town();
    let own = joined(&town, 51, "赵新民");
    let dossier = town.cast.check.dossier;
    carry_assent(&town.officer(), dossier, &own.sign(&ask(&town))).unwrap();
    let all = town.store.read(|read| carried_assents(read, dossier)).unwrap();
    let garbage = AssentCard { statement: vec![9], certificate: None };
    slip_in(&town, dossier, all[0].carried.assent, &garbage, &[Hash([1; 32])]);
    let mut all = flaws(&town.store, dossier);
    all.sort_by_key(Option::is_some);
    assert_eq!(all, [None, Some(Flaw::Unreadable)]);
    assert!(!lacks(&town, "recorded_by_two"));
}

#[test]
fn a_forged_statement_or_one_of_a_revoked_or_uncertified_key_is_named_by_whoever_reads() {
    let (_folder, town) = town();
    let own = joined(&town, 51, "赵新民");
    let dossier = town.cast.check.dossier;
    let shown = AssentCard::read_text(&own.sign(&ask(&town))).unwrap();
    carry_assent(&town.officer(), dossier, &own.sign(&ask(&town))).unwrap();
    let ops = ops_carried(&town);
    let slip = |name: u8, card: &AssentCard| {
        slip_in(&town, dossier, EntityId([name; 16]), card, &ops);
        let all = town.store.read(|read| carried_assents(read, dossier)).unwrap();
        all.iter().find(|one| one.carried.assent == EntityId([name; 16])).unwrap().flaw
    };
    let mut statement = shown.statement.clone();
    *statement.last_mut().unwrap() ^= 1;
    assert_eq!(slip(1, &AssentCard { statement, ..shown.clone() }), Some(Flaw::Signature));
    let (_elsewhere, other) = town_of(12);
    let stranger = joined(&other, 53, "外人");
    let foreign = AssentCard::read_text(&stranger.sign(&ask_again(&town, &shown))).unwrap();
    assert_eq!(slip(2, &foreign), Some(Flaw::Certificate));
    let bare = AssentCard { certificate: None, ..foreign };
    assert_eq!(slip(3, &bare), Some(Flaw::Certificate));
    // What was shown to her was another finding.
    let lied = bent_from(&town, &shown, |asked| asked.findings = vec!["灭火器缺失".to_owned()]);
    assert_eq!(slip(4, &lied), Some(Flaw::OtherWords));
    let lied = bent_from(&town, &shown, |asked| asked.title = "另一家企业".to_owned());
    assert_eq!(slip(5, &lied), Some(Flaw::OtherWords));
    // One's own, signed under the certificate of who wrote it.
    let first = town.cast.officers[0];
    let lied = bent_by(&town, &shown, first, |asked| asked.by = WriterId([1; 16]));
    assert_eq!(slip(6, &lied), Some(Flaw::OwnOps));

    // The revocation cuts off what is carried from then on, and nothing before.
    let reason = "手机遗失".to_owned();
    let revoke = RevokeWriter { writer: own.writer, reason, cut: Vec::new() };
    revoke_writer(&town.desk(town.place.administrator), &revoke).unwrap();
    assert!(flaws(&town.store, dossier).contains(&None), "what was carried before counts");
    assert_eq!(slip(7, &shown), Some(Flaw::Revoked));
}

fn bent_from(town: &Township, shown: &AssentCard, bend: impl Fn(&mut AssentRequest)) -> AssentCard {
    bent_by(town, shown, town.cast.officers[1], bend)
}

fn bent_by(
    town: &Township,
    shown: &AssentCard,
    writer: WriterId,
    bend: impl Fn(&mut AssentRequest),
) -> AssentCard {
    let mut request = SignedAssent::read(&shown.statement).unwrap().statement.request;
    bend(&mut request);
    let wall_ms = town.ports.clock.now().wall_ms;
    let statement = AssentStatement { suite: Suite::Sha256, request, writer, wall_ms };
    let key = town.ports.keys.signer(writer).unwrap();
    let statement = statement.sign(&*key, town.desk(writer).certificate()).unwrap();
    AssentCard { statement, certificate: None }
}

/// The request that was signed, as it was shown.
fn ask_again(town: &Township, shown: &AssentCard) -> AssentText {
    let request = SignedAssent::read(&shown.statement).unwrap().statement.request;
    let told = read_assent_request(&town.store, &request.to_text()).unwrap();
    AssentText { text: request.to_text(), told }
}
