//! Packages and bundles over the exported objects, whole and damaged.

use std::path::PathBuf;

use angen_bindings::ApiError;
use angen_bindings::package::{open_package, verify_package};
use angen_bindings::types::ExportPackage;
use angen_core::action::{BundleBlobs, ExportBundle, Handing};
use angen_ledger::verify::{Outcome, RootAnswer, Status};

use crate::host::Phone;
use crate::hub::{RealHub, Sockets};
use crate::sync::at;

fn exported(phone: &Phone) -> PathBuf {
    let path = phone.folder.path().join("check.angen");
    let request = ExportPackage {
        dossiers: vec![phone.cast.check.dossier],
        withhold: Vec::new(),
        software: "test".to_owned(),
        handing: Handing { recipient: Some("法制科".to_owned()), purpose: None },
    };
    phone.inspector.export_package(phone.officer(), request, path.clone(), None).unwrap();
    path
}

#[test]
fn a_package_verifies_with_its_words_and_its_finding_has_a_row() {
    let phone = Phone::new(61, |_| {});
    let photo = phone.photo(Some(phone.cast.finding));
    phone.inspector.capture_evidence(phone.officer(), photo).unwrap();
    let path = exported(&phone);

    let verdict = verify_package(path.clone(), Some(phone.place.root)).unwrap();
    assert_eq!((verdict.outcome, verdict.root), (Outcome::Verifies, RootAnswer::Known));
    assert!(verdict.headline.zh.contains("验证通过"), "{}", verdict.headline.zh);
    assert_eq!(verdict.proved.len(), 2, "what is proved, and what is not");
    assert!(!verdict.standing.is_limited && !verdict.standing.words.is_empty());

    let package = open_package(path, None).unwrap();
    let findings = package.findings(0);
    let found = findings.rows.iter().find(|row| row.finding == phone.cast.finding).unwrap();
    assert_eq!(found.enterprise.as_deref(), Some("日照样例机械加工有限公司"));
    assert_eq!((found.authority.as_str(), found.consequence.as_str()), ("EM", "order"));
    assert_eq!((found.evidence, found.is_retracted), (1, false));
    assert_eq!(found.not_after_ms, None, "no hub has given a receipt");
    assert_eq!(package.times(0).rows, Vec::new());
}

#[test]
fn what_a_hub_has_receipted_has_an_interval() {
    let mut hub = None;
    let phone = Phone::new(62, |town| hub = Some(RealHub::certified_by(town)));
    let url = hub.as_ref().unwrap().url();
    phone.inspector.sync(phone.officer(), at(&url), Sockets::new(), None, None).unwrap();

    let package = open_package(exported(&phone), Some(phone.place.root)).unwrap();

    let verdict = package.verdict();
    assert!(verdict.seals_receipted > 0 && verdict.ops_bounded > 0, "{:?}", verdict.headline);
    let found = package.findings(0).rows.remove(0);
    assert!(found.not_after_ms.is_some_and(|late| found.claimed_ms <= late));
    let (mut seen, mut from) = (0, Some(0));
    while let Some(at) = from {
        let page = package.times(at);
        assert!(page.rows.len() <= 50);
        seen += page.rows.len() as u64;
        from = page.next;
    }
    assert_eq!(seen, verdict.ops);
}

#[test]
fn a_damaged_package_is_refused_with_the_rule_and_shows_nothing() {
    let phone = Phone::new(61, |_| {});
    let path = exported(&phone);
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&path, bytes).unwrap();

    let package = open_package(path, Some(phone.place.root)).unwrap();

    let verdict = package.verdict();
    assert_eq!(verdict.outcome, Outcome::Refused);
    let broken: Vec<_> =
        verdict.rules.iter().filter(|rule| rule.status == Status::Broken).collect();
    assert!(!broken.is_empty() && broken.iter().all(|rule| !rule.items[0].zh.is_empty()));
    assert!(package.findings(0).rows.is_empty());
}

#[test]
fn a_bundle_is_opened_by_its_reader_and_names_her_to_everybody_else() {
    let phone = Phone::new(63, |_| {});
    let readers = phone.inspector.readers(0).unwrap().rows;
    let other = phone.cast.officers[1];
    let reader = readers.iter().find(|reader| reader.writer == other).unwrap();
    let path = phone.folder.path().join("stick.bundle");
    let request = ExportBundle {
        dossiers: vec![phone.cast.check.dossier],
        readers: vec![reader.certificate],
        certificates: Vec::new(),
        blobs: BundleBlobs::All,
        software: "test".to_owned(),
        handing: Handing::default(),
    };
    let done = phone.inspector.export_bundle(phone.officer(), request, path.clone(), None).unwrap();
    assert_eq!(done.readers, [reader.name.as_str()]);

    let refused = phone.inspector.import_file(phone.officer(), path.clone()).unwrap_err();
    assert!(
        matches!(&refused, ApiError::Invalid { zh, .. } if zh.contains(&reader.name)),
        "{refused:?}"
    );
    let came = phone.inspector.import_file(other, path).unwrap();
    assert!(came.new_ops == 0 && came.known_ops > 0, "{came:?}");
}
