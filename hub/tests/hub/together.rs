//! A crowd that comes at once waits for the disk together, and each is answered for itself.

use std::net::SocketAddr;
use std::sync::mpsc::channel;
use std::time::Duration;

use crate::common::{Answer, Phone, TestHub, request, sign_in};
use angen_core::store::{self, SealedRun};
use angen_hub::wire::Runs;
use angen_ledger::id::DossierId;
use angen_ledger::wire::Wire;

/// Submissions that come at once.
const CROWD: usize = 8;
/// How long the database is kept from the hub, so that they are all there when it is free.
const HELD: Duration = Duration::from_secs(1);

/// Sends runs of a dossier with a token.
fn post(hub: SocketAddr, token: &str, dossier: DossierId, runs: Vec<SealedRun>) -> Answer {
    let fields = [("Authorization", format!("Bearer {token}"))];
    request(hub, "POST", &format!("/v1/dossiers/{dossier}/runs"), &fields, &Runs(runs).to_wire())
}

fn count(hub: &TestHub, table: &str) -> i64 {
    let sql = format!("SELECT count(*) FROM {table}");
    hub.store.read(|c| Ok(c.query_row(&sql, [], |row| row.get(0))?)).unwrap()
}

#[test]
fn a_crowd_shares_a_commit_and_a_head_and_one_that_fails_is_refused_alone() {
    let phone = Phone::new(121);
    for number in 0..CROWD {
        phone.capture(0, &format!("{number}.jpg"), 1_000);
    }
    let (hub, _) = TestHub::certified(&[&phone]);
    let token = sign_in(hub.address, &phone, phone.place.administrator).token;
    let mut runs = phone.runs(phone.register());
    let crowd = runs.split_off(runs.len() - CROWD);
    assert_eq!(post(hub.address, &token, phone.register(), runs).status, 200);
    let (heads, entries) = (count(&hub, "log_checkpoint"), count(&hub, "log_entry"));
    // This dossier was never opened here: its run gets an entry before that is found.
    let last_of_roster = phone.runs(phone.place.roster).pop().unwrap();

    let (begun, begin) = channel();
    let answers: Vec<Answer> = std::thread::scope(|scope| {
        let store = &hub.store;
        scope.spawn(move || {
            store.with_writer(|_| {
                begun.send(()).unwrap();
                std::thread::sleep(HELD);
            })
        });
        begin.recv().unwrap();
        let (address, token) = (hub.address, &token);
        let mut sent: Vec<_> = crowd
            .into_iter()
            .map(|run| (phone.register(), run))
            .map(|(id, run)| scope.spawn(move || post(address, token, id, vec![run])))
            .collect();
        let roster = phone.place.roster;
        let unopened = move || post(address, token, roster, vec![last_of_roster]);
        sent.insert(CROWD / 2, scope.spawn(unopened));
        sent.into_iter().map(|one| one.join().unwrap()).collect()
    });

    for (number, answer) in answers.iter().enumerate() {
        match number == CROWD / 2 {
            true => assert_eq!(answer.refusal(), (409, "dossier_not_open".to_owned())),
            false => assert_eq!(answer.status, 200, "{answer:?}"),
        }
    }
    let roster = phone.place.roster;
    assert_eq!(hub.store.read(|c| store::seals_of(c, roster)).unwrap().len(), 0);
    assert_eq!(count(&hub, "log_entry"), entries + CROWD as i64);
    assert_eq!(hub.store.read(|c| store::newest_log(c)?.unwrap().first_fault(c)).unwrap(), None);
    let signed = count(&hub, "log_checkpoint") - heads;
    assert!(signed < CROWD as i64, "{signed} heads for {CROWD} submissions that came at once");
}
