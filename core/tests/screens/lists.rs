//! Dossiers, checks, trainings, findings, evidence and checklists, page by page.

use angen_core::action::{
    PAGE_ROWS_MAX, check, checklists, checks, confirm_attendance, dossiers, evidence_of, findings,
    plan_check, retract, trainings, view_evidence,
};
use angen_core::error::Error;
use angen_testing::township::{Township, check as check_of};

use crate::now_ms;

#[test]
fn dossiers_and_checks_come_page_by_page_the_newest_first() {
    let folder = tempfile::tempdir().unwrap();
    let town = Township::build(folder.path(), 21);
    let request = check_of(town.cast.enterprise, town.cast.checklist, None);
    let mut planned = vec![town.cast.check.dossier];
    for _ in 0..PAGE_ROWS_MAX {
        planned.push(plan_check(&town.officer(), &request).unwrap().dossier);
    }
    planned.reverse();
    let first = dossiers(&town.store, Some("check"), None).unwrap();
    assert_eq!(first.rows.len(), PAGE_ROWS_MAX);
    // What comes meanwhile stands before the first page and moves nothing.
    let _ = plan_check(&town.officer(), &request).unwrap();
    let last = dossiers(&town.store, Some("check"), first.next).unwrap();
    assert_eq!(last.next, None);
    let shown: Vec<_> = first.rows.iter().chain(&last.rows).map(|row| row.dossier).collect();
    assert_eq!(shown, planned);
    assert_eq!(dossiers(&town.store, Some("assistance"), None).unwrap().rows.len(), 1);
    let of_visit = checks(&town.store, Some(town.cast.assistance), None).unwrap();
    assert_eq!((of_visit.rows.len(), of_visit.next), (1, None));
    assert_eq!(of_visit.rows[0].dossier, town.cast.check.dossier);
    assert_eq!(checks(&town.store, None, None).unwrap().rows.len(), PAGE_ROWS_MAX);
}

#[test]
fn a_check_shows_its_enterprise_its_lists_and_what_was_recorded() {
    let folder = tempfile::tempdir().unwrap();
    let town = Township::build(folder.path(), 22);
    let row = check(&town.store, town.cast.check.dossier).unwrap();
    assert_eq!(row.enterprise_name, "日照样例机械加工有限公司");
    assert_eq!((row.findings, row.evidence, row.record.as_deref()), (1, 1, None));
    assert_eq!(row.lists.len(), 1);
    assert!(row.lists[0].asked > 10 && row.lists[0].answered == 0, "{:?}", row.lists);
    let refused = check(&town.store, town.cast.assistance).unwrap_err();
    assert!(matches!(refused, Error::NotFound { noun: "check", .. }), "{refused:?}");
    let lists = checklists(&town.store, None).unwrap();
    assert_eq!(lists.rows[0].checklist, town.cast.checklist);
}

#[test]
fn a_training_shows_who_attended_by_their_own_writer() {
    let folder = tempfile::tempdir().unwrap();
    let town = Township::build(folder.path(), 23);
    let (visit, training) = (town.cast.assistance, town.cast.training);
    let _ = confirm_attendance(&town.officer(), visit, training).unwrap();
    let page = trainings(&town.store, visit, None).unwrap();
    let row = &page.rows[0];
    assert_eq!((row.training, row.trainer_name.as_deref()), (training, Some("陈晓东")));
    let names: Vec<_> = row.attended.iter().map(|one| one.name.as_deref()).collect();
    assert_eq!(names, [Some("王安海")]);
}

#[test]
fn a_finding_shows_every_element_and_what_it_lacks_until_it_is_retracted() {
    let folder = tempfile::tempdir().unwrap();
    let town = Township::build(folder.path(), 24);
    let dossier = town.cast.check.dossier;
    let row = |page: angen_core::action::Paged<_>| page.rows.into_iter().next().unwrap();
    let shown = row(findings(&town.store, dossier, None, now_ms(&town)).unwrap());
    assert_eq!(shown.finding, town.cast.finding);
    assert_eq!(shown.elements.len(), 5);
    let told = shown.elements.iter().filter(|element| element.words.is_some());
    assert_eq!(told.map(|element| element.code.as_str()).collect::<Vec<_>>(), ["location"]);
    assert!(shown.stage.is_some() && !shown.lacks.is_empty());
    assert_eq!(shown.raised_by.as_deref(), Some("王安海"));
    let _ = retract(&town.officer(), dossier, town.cast.finding, "重复记录").unwrap();
    let shown = row(findings(&town.store, dossier, None, now_ms(&town)).unwrap());
    assert!(shown.is_retracted && shown.stage.is_none() && shown.lacks.is_empty());
}

#[test]
fn evidence_is_listed_the_newest_first_and_by_what_it_is_about() {
    let folder = tempfile::tempdir().unwrap();
    let town = Township::build(folder.path(), 25);
    let dossier = town.cast.check.dossier;
    let second = town.photograph("the second photo").unwrap();
    let page = evidence_of(&town.store, dossier, None, None).unwrap();
    let shown: Vec<_> = page.rows.iter().map(|row| row.evidence).collect();
    assert_eq!((shown, page.next), (vec![second.evidence, town.cast.photo], None));
    assert!(page.rows.iter().all(|row| row.is_here && !row.is_receipted && !row.is_retracted));
    let about = evidence_of(&town.store, dossier, Some(town.cast.finding), None).unwrap();
    assert!(about.rows.is_empty());
}

#[test]
fn an_original_is_written_out_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let town = Township::build(folder.path(), 26);
    let (dossier, photo) = (town.cast.check.dossier, town.cast.photo);
    let out = folder.path().join("shown.jpg");
    let held = view_evidence(&town.store, dossier, photo, &out).unwrap();
    let original = std::fs::read(folder.path().join("inbox/first.jpg")).unwrap();
    assert_eq!(std::fs::read(&out).unwrap(), original);
    // A file that is there is never written over.
    std::fs::write(&out, "mine").unwrap();
    let refused = view_evidence(&town.store, dossier, photo, &out).unwrap_err();
    assert!(matches!(refused, Error::File { .. }), "{refused:?}");
    assert_eq!(std::fs::read(&out).unwrap(), b"mine");
    // A blob that was changed opens nothing and leaves nothing.
    let blob = town.store.blobs().path_of(held.address);
    let mut bytes = std::fs::read(&blob).unwrap();
    bytes[0] ^= 1;
    std::fs::write(&blob, bytes).unwrap();
    let other = folder.path().join("other.jpg");
    let refused = view_evidence(&town.store, dossier, photo, &other).unwrap_err();
    assert!(matches!(refused, Error::Refused(_)), "{refused:?}");
    assert!(!other.exists());
    std::fs::remove_file(&blob).unwrap();
    let refused = view_evidence(&town.store, dossier, photo, &other).unwrap_err();
    assert!(matches!(refused, Error::NotFound { noun: "evidence", .. }), "{refused:?}");
}
