//! A checklist of a check, and its state as of the answers given now.

use angen_core::action::{
    FormState, ItemKind, ItemState, VOICE_NOTES_MAX, WriteComment, capture_evidence, form_of,
    form_state, retract, set_answers, write_comment,
};
use angen_core::error::Error;
use angen_ledger::id::EntityId;
use angen_testing::township::{self as input, Township};

fn item<'s>(state: &'s FormState, name: &str) -> &'s ItemState {
    state.items.iter().find(|item| item.name == name).unwrap()
}

#[test]
fn a_checklist_is_shown_with_labels_choices_and_its_legal_basis() {
    let folder = tempfile::tempdir().unwrap();
    let town = Township::build(folder.path(), 31);
    let form = form_of(&town.store, town.cast.check.dossier, town.cast.checklist).unwrap();
    let shown = form.items.iter().find(|item| item.name == "MW01").unwrap();
    assert_eq!(shown.kind, ItemKind::SelectOne);
    assert_eq!(shown.label.zh, "传动、旋转部位装有牢固的防护罩");
    assert_eq!(shown.label.en, "Moving and rotating parts have firm guards");
    assert!(shown.legal_basis.is_some());
    let choices: Vec<&str> = shown.choices.iter().map(|choice| choice.name.as_str()).collect();
    assert!(choices.contains(&"non_compliant") && choices.contains(&"not_checked"));
    let names = |items: &mut dyn Iterator<Item = String>| items.collect::<Vec<_>>();
    let static_names = names(&mut form.items.iter().map(|item| item.name.clone()));
    assert_eq!(static_names, names(&mut form.state.items.iter().map(|item| item.name.clone())));
}

#[test]
fn an_answer_changes_what_is_asked_and_what_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let town = Township::build(folder.path(), 32);
    let (dossier, list) = (town.cast.check.dossier, town.cast.checklist);
    let state = || form_state(&town.store, dossier, list).unwrap();
    let before = state();
    assert!(!item(&before, "MW01_note").is_relevant && item(&before, "MW01").is_missing);
    let answer = |answers: &[(&str, &str)], reason| {
        set_answers(&town.officer(), &town.answers(answers, reason)).unwrap()
    };
    let _ = answer(&[("MW01", "non_compliant")], None);
    let violated = state();
    let note = item(&violated, "MW01_note");
    assert!(note.is_relevant && note.is_missing && note.answer.is_none());
    assert_eq!((violated.answered, violated.asked), (1, before.asked + 1));
    assert_eq!(item(&violated, "MW01").answered_by.as_deref(), Some("王安海"));
    let _ = answer(&[("MW01_note", "皮带轮外露")], None);
    let _ = answer(&[("MW01", "compliant")], Some("当场装好"));
    // The note is kept, is not asked any more, and does not count.
    let after = state();
    let note = item(&after, "MW01_note");
    assert!(!note.is_relevant && !note.is_missing);
    assert_eq!(note.answer.as_deref(), Some("皮带轮外露"));
    assert_eq!((after.answered, after.asked), (1, before.asked));
}

#[test]
fn a_checklist_that_the_check_does_not_have_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let town = Township::build(folder.path(), 33);
    let refused = form_of(&town.store, town.cast.check.dossier, town.cast.finding).unwrap_err();
    let Error::Invalid(problem) = refused else { panic!("{refused:?}") };
    assert_eq!(problem.place, "checklist");
}

/// A voice note about something in the check.
fn speak(town: &Township, about: EntityId, number: u8) -> EntityId {
    let mut sound = b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0".to_vec();
    sound.extend([number; 64]);
    let path = town.file(&format!("note {number}.wav"), &sound);
    let mut request = input::capture(path, town.cast.check.dossier);
    request.about = Some(about);
    capture_evidence(&town.officer(), &request).unwrap().evidence
}

/// The answer of an item and its voice notes, as the checklist shows them.
fn voices(town: &Township, name: &str) -> (EntityId, Vec<EntityId>) {
    let form = form_of(&town.store, town.cast.check.dossier, town.cast.checklist).unwrap();
    let item = form.items.into_iter().find(|item| item.name == name).unwrap();
    (item.answer, item.voice_notes)
}

#[test]
fn a_voice_note_stands_at_the_item_whose_answer_it_is_about() {
    let folder = tempfile::tempdir().unwrap();
    let town = Township::build(folder.path(), 34);
    let (answer, none) = voices(&town, "MW01");
    assert_eq!(none, []);
    // It may be said before anybody answers.
    let first = speak(&town, answer, 1);
    let _ = set_answers(&town.officer(), &town.answers(&[("MW01", "compliant")], None)).unwrap();
    let second = speak(&town, answer, 2);
    let _ = speak(&town, town.cast.finding, 3);
    assert_eq!(voices(&town, "MW01"), (answer, vec![first, second]));
    assert_eq!(voices(&town, "MW02").1, []);
    let dossier = town.cast.check.dossier;
    retract(&town.officer(), dossier, first, "录错了").unwrap();
    assert_eq!(voices(&town, "MW01").1, [second]);
    // A mentor's comment is about the same entity.
    let comment = WriteComment {
        visit: town.cast.assistance,
        about_dossier: dossier,
        about: answer,
        text: "请核对防护罩编号".to_owned(),
    };
    assert_eq!(write_comment(&town.desk(town.cast.mentor), &comment).unwrap().about, answer);
}

#[test]
fn an_item_names_its_newest_voice_notes_and_no_more_than_a_line_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let town = Township::build(folder.path(), 35);
    let answer = voices(&town, "MW01").0;
    let all: Vec<EntityId> = (1..=7).map(|number| speak(&town, answer, number)).collect();
    assert_eq!(voices(&town, "MW01").1, all[all.len() - VOICE_NOTES_MAX..]);
}
