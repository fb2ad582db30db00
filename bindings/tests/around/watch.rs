//! Watches: told after commits, gathered, and never in the way of a write.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use angen_bindings::host::HostError;
use angen_bindings::{Changes, Inspector};
use angen_core::store::Changed;
use angen_ledger::id::DossierId;

use crate::host::Phone;

/// Long enough for a slow machine, and no test waits for it that passes.
const LONG: Duration = Duration::from_secs(60);
/// Long enough that a call that should not come would have come.
const SHORT: Duration = Duration::from_millis(300);

/// Passes on what it hears, and does something of its own then.
struct Hearing<F> {
    tell: Mutex<Sender<Changed>>,
    then: F,
}

fn hearing<F>(then: F) -> (Arc<Hearing<F>>, Receiver<Changed>) {
    let (tell, told) = channel();
    (Arc::new(Hearing { tell: Mutex::new(tell), then }), told)
}

impl<F: Fn() -> Result<(), HostError> + Send + Sync> Changes for Hearing<F> {
    fn changed(&self, changed: Changed) -> Result<(), HostError> {
        let _ = self.tell.lock().unwrap().send(changed);
        (self.then)()
    }
}

fn watched(phone: &Phone) -> Arc<Inspector> {
    Arc::clone(&phone.inspector)
}

#[test]
fn a_verb_is_told_with_its_dossier_and_a_stopped_watch_hears_nothing() {
    let phone = Phone::new(51, |_| {});
    let (listener, told) = hearing(|| Ok(()));
    let handle = watched(&phone).watch(listener).unwrap();

    let dossier = phone.note("一");
    let changed = told.recv_timeout(LONG).unwrap();
    assert_eq!(changed, Changed { dossiers: vec![dossier], has_more: false });

    handle.stop();
    phone.note("二");
    assert!(told.recv_timeout(SHORT).is_err());
}

#[test]
fn many_commits_while_a_listener_is_slow_are_told_together() {
    let phone = Phone::new(52, |_| {});
    let (go, wait) = channel::<()>();
    let wait = Mutex::new(wait);
    let (listener, told) = hearing(move || {
        let _ = wait.lock().unwrap().recv();
        Ok(())
    });
    let _handle = watched(&phone).watch(listener).unwrap();
    phone.note("零");
    told.recv_timeout(LONG).unwrap();
    for number in 0..20 {
        phone.note(&number.to_string());
    }
    drop(go);
    let together: Vec<Changed> = std::iter::from_fn(|| told.recv_timeout(SHORT).ok()).collect();
    assert!((1..=3).contains(&together.len()), "{together:?}");
    let named: Vec<DossierId> = together.iter().flat_map(|one| one.dossiers.clone()).collect();
    assert!(named.contains(&phone.cast.check.dossier));
    assert!(together[0].has_more, "more than one commit was gathered");
}

#[test]
fn a_listener_that_throws_or_panics_is_told_again_and_harms_no_write() {
    let phone = Phone::new(53, |_| {});
    let (thrower, thrown) = hearing(|| Err(HostError::Failed { why: "no view".to_owned() }));
    let (panicker, panicked) = hearing(|| panic!("no view"));
    let _one = watched(&phone).watch(thrower).unwrap();
    let _two = watched(&phone).watch(panicker).unwrap();
    for text in ["一", "二"] {
        phone.note(text);
        thrown.recv_timeout(LONG).unwrap();
        panicked.recv_timeout(LONG).unwrap();
    }
}

#[test]
fn a_listener_that_hangs_keeps_nobody_from_writing_stopping_or_closing() {
    let phone = Phone::new(54, |_| {});
    let (_release, hang) = channel::<()>();
    let hang = Mutex::new(hang);
    let (listener, told) = hearing(move || {
        let _ = hang.lock().unwrap().recv();
        Ok(())
    });
    let handle = watched(&phone).watch(listener).unwrap();
    phone.note("一");
    told.recv_timeout(LONG).unwrap();
    phone.note("二");
    phone.inspector.pause().unwrap();
    phone.inspector.resume().unwrap();
    phone.note("三");
    drop(handle);
}

#[test]
fn a_listener_may_call_verbs() {
    let phone = Phone::new(55, |_| {});
    let inspector = Arc::downgrade(&phone.inspector);
    let (listener, told) = hearing(move || {
        let state = inspector.upgrade().map(|open| open.sync_state());
        assert!(state.is_none_or(|read| read.is_ok()));
        Ok(())
    });
    let _handle = watched(&phone).watch(listener).unwrap();
    phone.note("一");
    told.recv_timeout(LONG).unwrap();
    phone.note("二");
    told.recv_timeout(LONG).unwrap();
}

#[test]
fn a_watch_keeps_no_database_open() {
    let phone = Phone::new(56, |_| {});
    let (listener, told) = hearing(|| Ok(()));
    let handle = watched(&phone).watch(listener).unwrap();
    let weak = Arc::downgrade(&phone.inspector);
    drop(phone);
    assert!(weak.upgrade().is_none());
    // The listener goes with the thread, so the channel closes.
    assert!(told.recv_timeout(LONG).is_err());
    drop(handle);
}
