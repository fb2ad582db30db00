//! A checklist of a check, and its state as of the answers given now.

use angen_core::action::{FormState, ItemKind, ItemState, form_of, form_state, set_answers};
use angen_core::error::Error;
use angen_testing::township::Township;

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
