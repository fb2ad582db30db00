//! Who can sign in, and what they have before them.

use angen_core::action::{KeyState, close_dossier, officers, sync_state, today};
use angen_core::domain::Role;
use angen_core::error::Error;
use angen_core::procedure::LINES_MAX;
use angen_ledger::id::WriterId;
use angen_testing::township::{Township, check};

use crate::now_ms;

#[test]
fn who_can_sign_in_is_listed_with_what_they_may() {
    let folder = tempfile::tempdir().unwrap();
    let town = Township::build(folder.path(), 11);
    let rows = officers(&town.store, &town.ports, now_ms(&town)).unwrap();
    assert_eq!(rows.len(), 3);
    for row in &rows {
        assert_eq!(row.is_certified, row.role == Role::Enforcer, "{}", row.name);
        assert_eq!((row.key, row.is_revoked), (KeyState::Open, false));
    }
    town.world.lock_keys(true);
    let locked = officers(&town.store, &town.ports, now_ms(&town)).unwrap();
    assert!(locked.iter().all(|row| row.key == KeyState::Locked));
    town.world.lock_keys(false);
    // A key that is not here belongs to somebody who writes on another device: behind the others.
    town.ports.keys.destroy(town.cast.officers[0]).unwrap();
    let rows = officers(&town.store, &town.ports, now_ms(&town)).unwrap();
    let last = rows.last().unwrap();
    assert_eq!((last.writer, last.key), (town.cast.officers[0], KeyState::Elsewhere));
    // The certificates end in June 2028.
    let later = officers(&town.store, &town.ports, 1_900_000_000_000).unwrap();
    assert!(later.iter().all(|row| !row.is_certified));
}

#[test]
fn today_shows_open_work_with_three_lines_and_the_board_of_the_visit() {
    let folder = tempfile::tempdir().unwrap();
    let town = Township::build(folder.path(), 12);
    let today = today(&town.store, town.cast.officers[0], now_ms(&town)).unwrap();
    let kinds: Vec<&str> = today.rows.iter().map(|row| row.kind.as_str()).collect();
    assert_eq!(kinds, ["check", "assistance"], "the newest first");
    let (check, visit) = (&today.rows[0], &today.rows[1]);
    assert_eq!(check.dossier, town.cast.check.dossier);
    assert_eq!(check.assistance, Some(town.cast.assistance));
    assert_eq!(check.place, "日照市东港区涛雒镇样例路一号");
    assert_eq!((check.board.len(), visit.board.len()), (0, 4));
    assert_eq!(check.missing.len(), LINES_MAX);
    assert!(check.missing_count as usize > LINES_MAX);
    let whole = angen_core::action::missing(&town.store, check.dossier, now_ms(&town)).unwrap();
    assert_eq!(check.missing[..], whole[..LINES_MAX]);
    let whole = angen_core::action::missing(&town.store, visit.dossier, now_ms(&town)).unwrap();
    assert_eq!(visit.missing[..], whole[..LINES_MAX]);
    // Nobody has given a receipt: the workbook and the photo are on this device alone.
    let unsent = today.unsent;
    assert_eq!((unsent.files, unsent.files_receipted), (2, 0));
    assert!(unsent.records > 3 && !today.is_cut && today.conflicts == 0);
}

#[test]
fn what_is_closed_is_not_before_anybody_and_a_stranger_has_no_today() {
    let folder = tempfile::tempdir().unwrap();
    let town = Township::build(folder.path(), 13);
    let request = check(town.cast.enterprise, town.cast.checklist, None);
    let alone = angen_core::action::plan_check(&town.officer(), &request).unwrap();
    let before_me = || today(&town.store, town.cast.officers[0], now_ms(&town)).unwrap();
    let open = before_me();
    assert_eq!(open.rows.len(), 3);
    let _ = close_dossier(&town.officer(), alone.dossier, "2026-11-30", "检查完毕").unwrap();
    let closed = before_me();
    assert_eq!(closed.rows.len(), 2);
    // It is closed and still on this device alone (number 53).
    assert!(closed.unsent.records > open.unsent.records);
    assert_eq!(closed.unsent, sync_state(&town.store).unwrap().counts);
    let stranger = WriterId([7; 16]);
    let refused = today(&town.store, stranger, now_ms(&town)).unwrap_err();
    assert!(matches!(refused, Error::NotFound { noun: "writer", .. }), "{refused:?}");
}
