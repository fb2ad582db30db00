//! Requests, statements and cards of assent: read back, bounded, and broken by any changed byte.

use angen_ledger::assent::{
    AssentCard, AssentRequest, AssentStatement, SignedAssent, digest_of_ops, shortened,
};
use angen_ledger::certificate::Duty;
use angen_ledger::cose::{Purpose, Signed};
use angen_ledger::hash::{Hash, Suite};
use angen_ledger::id::{DossierId, WriterId};
use angen_ledger::key::Algorithm;
use angen_ledger::limits::{ASSENT_TITLE_BYTES_MAX, COSE_BYTES_MAX};
use angen_ledger::testing::{Grant, Scribe};
use angen_ledger::wire::Wire as _;

fn request() -> AssentRequest {
    let ops = [Hash([1; 32]), Hash([2; 32]), Hash([3; 32])];
    AssentRequest {
        suite: Suite::Sha256,
        dossier: DossierId([4; 16]),
        title: "日照样例机械加工有限公司现场检查".to_owned(),
        by: WriterId([5; 16]),
        of: None,
        count: 3,
        digest: digest_of_ops(Suite::Sha256, &ops),
        told: vec![("answer".to_owned(), 2), ("finding".to_owned(), 1)],
        findings: Vec::new(),
        more: 0,
        asked_ms: 1_795_424_400_000,
    }
}

fn scribe(seed: u64, duty: Duty) -> Scribe {
    let scopes = &["enforcer:371102110"];
    let grant = Grant { duty, name: "李红梅", scopes, algorithm: Algorithm::P256 };
    let root = Grant { duty: Duty::Root, name: "根", ..grant };
    Scribe::new(seed, &grant, (duty != Duty::Root).then(|| Scribe::new(9, &root, None)).as_ref())
}

fn stated(by: &Scribe) -> AssentStatement {
    let wall_ms = by.certificate.certificate.not_before_ms;
    AssentStatement { suite: Suite::Sha256, request: request(), writer: by.writer, wall_ms }
}

#[test]
fn a_request_is_read_back_and_one_with_any_sign_changed_is_another_or_none() {
    let asked = request().telling(&["皮带传动部位无防护罩".to_owned()]);
    let shown = asked.to_text();
    assert_eq!(AssentRequest::read_text(&format!(" {shown}\n")).unwrap(), asked);
    for at in 0..shown.len() {
        let mut bent = shown.clone().into_bytes();
        bent[at] = if bent[at] == b'A' { b'B' } else { b'A' };
        let read = AssentRequest::read_text(&String::from_utf8(bent).unwrap());
        assert_ne!(read.ok(), Some(asked.clone()), "{at}");
    }
}

#[test]
fn findings_that_do_not_fit_are_counted_and_the_code_stays_small() {
    let titles: Vec<String> =
        (0..300).map(|number| format!("第{number}台砂轮机没有防护罩")).collect();
    for many in [0, 1, 5, 23, 24, 40, 299, 300] {
        let asked = request().telling(&titles[..many]);
        assert_eq!(asked.findings.len() as u64 + asked.more, many as u64);
        let text = asked.to_text();
        assert!(text.len() <= 840, "{many}: {} signs", text.len());
        assert_eq!(AssentRequest::read_text(&text).unwrap(), asked);
    }
    assert!(request().telling(&titles).findings.len() >= 6);
    // A title that alone is too long is counted, and a shorter one behind it is told.
    let long = "很长".repeat(200);
    let asked = request().telling(&[long, titles[0].clone()]);
    assert_eq!((asked.findings, asked.more), (vec![titles[0].clone()], 1));
}

#[test]
fn a_long_title_is_cut_between_signs() {
    let cut = shortened(&"日照样例".repeat(12));
    assert!(cut.len() <= ASSENT_TITLE_BYTES_MAX && cut.ends_with('…'), "{cut}");
    assert_eq!(shortened("短"), "短");
}

#[test]
fn a_count_that_is_not_the_sum_or_a_noun_twice_is_no_request() {
    let one = |told: &[(&str, u64)], count| {
        let told = told.iter().map(|(noun, of)| ((*noun).to_owned(), *of)).collect();
        AssentRequest::from_wire(&AssentRequest { told, count, ..request() }.to_wire())
    };
    assert!(one(&[("answer", 1), ("finding", 2)], 3).is_ok());
    assert!(one(&[("answer", 1), ("finding", 2)], 4).is_err());
    assert!(one(&[("finding", 2), ("answer", 1)], 3).is_err());
    assert!(one(&[("answer", 1), ("answer", 2)], 3).is_err());
    assert!(one(&[("answer", u64::MAX >> 1), ("finding", u64::MAX >> 1)], 3).is_err());
    assert!(one(&[], 0).is_err());
}

#[test]
fn a_statement_holds_for_its_signer_alone_and_any_changed_byte_breaks_it() {
    let own = scribe(1, Duty::Writer);
    let cose = stated(&own).sign(&own.key, own.certificate.hash).unwrap();
    let signed = SignedAssent::read(&cose).unwrap();
    assert!(signed.holds(&own.certificate));
    assert!(!signed.holds(&scribe(2, Duty::Writer).certificate), "another's");
    for at in 0..cose.len() {
        let mut bent = cose.clone();
        bent[at] ^= 1;
        let held = SignedAssent::read(&bent).is_ok_and(|read| read.holds(&own.certificate));
        assert!(!held, "byte {at}");
    }
}

#[test]
fn nobody_signs_for_another_writer_out_of_the_period_or_for_another_purpose() {
    let (own, other) = (scribe(1, Duty::Writer), scribe(2, Duty::Writer));
    let hash = own.certificate.hash;
    let sign =
        |statement: AssentStatement| SignedAssent::read(&statement.sign(&own.key, hash).unwrap());
    let foreign = sign(AssentStatement { writer: other.writer, ..stated(&own) }).unwrap();
    assert!(!foreign.holds(&own.certificate) && !foreign.holds(&other.certificate));
    let early = AssentStatement { wall_ms: stated(&own).wall_ms - 1, ..stated(&own) };
    assert!(!sign(early).unwrap().holds(&own.certificate));
    let payload = stated(&own).to_wire();
    let seal = Signed::make(Purpose::Seal, &own.key, Some(hash), payload.clone()).unwrap();
    assert!(!SignedAssent::read(&seal).unwrap().holds(&own.certificate));
    let nobody = Signed::make(Purpose::Assent, &own.key, None, payload).unwrap();
    assert!(SignedAssent::read(&nobody).is_err());
    let mut asked = stated(&own);
    asked.request.of = Some(other.writer);
    assert!(sign(asked.clone()).is_err(), "another was asked");
    asked.request = AssentRequest { by: own.writer, ..request() };
    assert!(sign(asked).is_err(), "it is who asks");
    let root = scribe(3, Duty::Root);
    let cose = stated(&root).sign(&root.key, root.certificate.hash).unwrap();
    assert!(!SignedAssent::read(&cose).unwrap().holds(&root.certificate), "no writer");
}

#[test]
fn a_card_fits_a_code_with_its_certificate_and_leaves_a_long_one_out() {
    let own = scribe(1, Duty::Writer);
    let titles: Vec<String> = (0..40).map(|n| format!("第{n}台没有防护罩")).collect();
    let full = AssentStatement { request: request().telling(&titles), ..stated(&own) };
    let statement = full.sign(&own.key, own.certificate.hash).unwrap();
    let card = AssentCard { statement, certificate: Some(own.cose.clone()) };
    let text = card.to_text();
    assert!(text.len() < 1_853, "version 25 or less: {} signs", text.len());
    assert_eq!(AssentCard::read_text(&text).unwrap(), card);
    let long = AssentCard { certificate: Some(vec![7; COSE_BYTES_MAX]), ..card.clone() };
    let read = AssentCard::read_text(&long.to_text()).unwrap();
    assert_eq!(read, AssentCard { certificate: None, ..card });
}
