//! Sync over an app's transport, with a hub that is there, away, or no hub at all.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use angen_bindings::host::HostError;
use angen_bindings::transport::{HttpAnswer, HttpAnswerBody, HttpRequest};
use angen_bindings::types::SyncRequest;
use angen_bindings::{ApiError, Cancel, Progress, SyncStep, Transport, TransportError};
use angen_core::sync::{Network, Progress as SyncProgress, Stage};

use crate::host::Phone;
use crate::hub::{RealHub, Sockets};

/// Long enough for a slow machine, and no test waits for it that passes.
const LONG: Duration = Duration::from_secs(60);

pub(crate) fn at(hub: &str) -> SyncRequest {
    SyncRequest { hub: hub.to_owned(), network: Network::Free, plain_on_network: false }
}

fn met() -> (Phone, RealHub) {
    let mut hub = None;
    let phone = Phone::new(41, |town| hub = Some(RealHub::certified_by(town)));
    (phone, hub.unwrap())
}

/// Answers every request in its own way.
struct Answering<F>(F);

impl<F> Transport for Answering<F>
where
    F: Fn(HttpRequest) -> Result<HttpAnswer, TransportError> + Send + Sync,
{
    fn perform(&self, request: HttpRequest) -> Result<HttpAnswer, TransportError> {
        (self.0)(request)
    }
}

fn sync(phone: &Phone, hub: &str, transport: Arc<dyn Transport>) -> Result<(), ApiError> {
    phone.inspector.sync(phone.officer(), at(hub), transport, None, None).map(|_| ())
}

#[test]
fn what_waits_is_told_before_and_gone_after_an_exchange_with_a_real_hub() {
    let (phone, hub) = met();
    let before = phone.inspector.sync_state().unwrap();
    assert!(before.counts.records > 0 && before.contact.is_none(), "{before:?}");
    assert!(before.counts.files > 0 && before.counts.files_receipted == 0, "{before:?}");
    let page = phone.inspector.waiting(None).unwrap();
    assert_eq!(page.rows.len() as u64, before.waiting_dossiers);

    let transport = Sockets::new();
    let stages = Arc::new(Stages::default());
    let done = phone
        .inspector
        .sync(phone.officer(), at(&hub.url()), transport.clone(), Some(stages.clone()), None)
        .unwrap();
    phone.inspector.keep_hub(hub.url(), false).unwrap();

    assert!(done.sent_ops > 0 && done.receipts > 0 && done.waiting_seals == 0, "{done:?}");
    let after = phone.inspector.sync_state().unwrap();
    assert_eq!((after.counts.records, after.waiting_dossiers), (0, 0));
    assert_eq!(after.counts.files, after.counts.files_receipted);
    assert_eq!(after.hub, Some(hub.url()));
    assert!(after.contact.unwrap().met_at_ms > 0);
    assert!(phone.inspector.waiting(None).unwrap().rows.is_empty());
    assert_eq!(transport.leftovers(), 0, "answers in files are removed");
    let seen = stages.0.lock().unwrap();
    assert!(seen.contains(&Stage::Push) && seen.contains(&Stage::SendBlobs), "{seen:?}");
}

/// Keeps the stages, and throws each time: nobody is kept from sending by that.
#[derive(Default)]
struct Stages(Mutex<Vec<Stage>>);

impl Progress for Stages {
    fn came(&self, progress: SyncProgress) -> Result<(), HostError> {
        self.0.lock().unwrap().push(progress.stage);
        Err(HostError::Failed { why: "the bar cannot be drawn".to_owned() })
    }
}

#[test]
fn without_a_network_it_says_so_and_nothing_is_noted() {
    let phone = Phone::new(42, |_| {});
    let away = Answering(|_| Err(TransportError::Offline { why: "no route".to_owned() }));

    let error = sync(&phone, "https://hub.example", Arc::new(away)).unwrap_err();

    assert!(matches!(&error, ApiError::Offline { zh, .. } if zh.contains("网络")), "{error:?}");
    assert_eq!(phone.inspector.sync_state().unwrap().contact, None);
}

#[test]
fn who_is_not_proved_by_tls_gets_nothing_more() {
    let phone = Phone::new(42, |_| {});
    let asked = Arc::new(AtomicU64::new(0));
    let count = Arc::clone(&asked);
    let refused = Answering(move |_| {
        count.fetch_add(1, Ordering::SeqCst);
        Err(TransportError::Untrusted { why: "certificate expired".to_owned() })
    });

    let error = sync(&phone, "https://hub.example", Arc::new(refused)).unwrap_err();

    assert!(matches!(&error, ApiError::Untrusted { en, .. } if en.contains("expired")));
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}

#[test]
fn plain_http_to_another_machine_is_refused_before_anything_is_asked() {
    let phone = Phone::new(42, |_| {});
    let never = Answering(|_| unreachable!("nothing may be sent"));

    let error = sync(&phone, "http://192.168.1.9:8371", Arc::new(never)).unwrap_err();

    assert!(matches!(&error, ApiError::Invalid { place, .. } if place == "hub"), "{error:?}");
}

#[test]
fn an_answer_that_is_nonsense_changes_nothing() {
    let phone = Phone::new(42, |_| {});
    let before = phone.inspector.sync_state().unwrap();
    let gone = phone.folder.path().join("there-is-no-such-answer");
    type Made = Box<dyn Fn(HttpRequest) -> Result<HttpAnswer, TransportError> + Send + Sync>;
    let with = |status, body: HttpAnswerBody| -> Made {
        Box::new(move |_| Ok(HttpAnswer { status, fields: Vec::new(), body: body.clone() }))
    };
    let nonsense: Vec<Made> = vec![
        with(200, HttpAnswerBody::Bytes { bytes: b"<html>please log in</html>".to_vec() }),
        with(0, HttpAnswerBody::Bytes { bytes: Vec::new() }),
        with(200, HttpAnswerBody::File { path: gone }),
        Box::new(|request| {
            let bytes = vec![0; request.answer_bytes_max as usize + 1];
            Ok(HttpAnswer {
                status: 200,
                fields: Vec::new(),
                body: HttpAnswerBody::Bytes { bytes },
            })
        }),
        Box::new(|_| panic!("the app's own defect")),
        Box::new(|_| Err(TransportError::Failed { why: "null pointer".to_owned() })),
    ];
    for made in nonsense {
        let error = sync(&phone, "https://hub.example", Arc::new(Answering(made))).unwrap_err();
        assert!(!matches!(error, ApiError::Cancelled { .. }), "{error:?}");
    }
    assert_eq!(phone.inspector.sync_state().unwrap(), before);
}

#[test]
fn a_transport_that_hangs_is_left_behind_when_the_officer_stops() {
    let phone = Phone::new(43, |_| {});
    let (began, beginning) = channel::<()>();
    let began = Mutex::new(began);
    let (_release, hang) = channel::<()>();
    let hang = Mutex::new(hang);
    let hanging = Answering(move |_| {
        began.lock().unwrap().send(()).unwrap();
        let _ = hang.lock().unwrap().recv();
        Err(TransportError::Failed { why: "released".to_owned() })
    });
    let cancel = Cancel::new();

    std::thread::scope(|scope| {
        let exchange = scope.spawn(|| {
            let request = at("https://hub.example");
            let cancel = Some(Arc::clone(&cancel));
            phone.inspector.sync(phone.officer(), request, Arc::new(hanging), None, cancel)
        });
        beginning.recv_timeout(LONG).unwrap();
        // The officer goes on while the network hangs.
        phone.note("等网络时记下的");
        cancel.cancel();
        let error = exchange.join().unwrap().unwrap_err();
        assert!(matches!(error, ApiError::Cancelled { .. }), "{error:?}");
    });
    assert!(cancel.is_cancelled());
}

#[test]
fn stopping_ends_a_pause_between_two_attempts_at_once() {
    let phone = Phone::new(43, |_| {});
    let (tried, tries) = channel::<()>();
    let tried: Mutex<Sender<()>> = Mutex::new(tried);
    let cancel = Cancel::new();
    let stop = Arc::clone(&cancel);
    let busy = Answering(move |_| {
        tried.lock().unwrap().send(()).unwrap();
        stop.cancel();
        Err(TransportError::Offline { why: "busy".to_owned() })
    });
    let request = at("https://hub.example");

    let error = phone
        .inspector
        .sync(phone.officer(), request, Arc::new(busy), None, Some(cancel))
        .unwrap_err();

    assert!(matches!(error, ApiError::Cancelled { .. }), "{error:?}");
    assert_eq!(tries.try_iter().count(), 1);
}

#[test]
fn cut_off_at_any_request_the_next_exchange_goes_on_from_there() {
    let (phone, hub) = met();
    let whole = Sockets::new();
    for cut_at in 0.. {
        let sockets = Sockets::new();
        let behind = Arc::clone(&sockets);
        let cutting = Answering(move |request| {
            if behind.performed() >= cut_at {
                return Err(TransportError::Untrusted { why: "the cable was cut".to_owned() });
            }
            behind.perform(request)
        });
        if sync(&phone, &hub.url(), Arc::new(cutting)).is_ok() {
            break;
        }
        assert!(cut_at < 200, "it never comes to its end");
    }
    sync(&phone, &hub.url(), whole).unwrap();
    let state = phone.inspector.sync_state().unwrap();
    assert_eq!((state.counts.records, state.waiting_dossiers), (0, 0));
}

#[test]
fn a_locked_key_sends_nothing() {
    let phone = Phone::new(42, |_| {});
    phone.world.lock_keys(true);
    let never = Answering(|_| unreachable!("nothing may be sent"));
    let error = sync(&phone, "https://hub.example", Arc::new(never)).unwrap_err();
    assert!(matches!(error, ApiError::Locked { .. }), "{error:?}");
}

#[test]
fn taken_step_by_step_it_does_the_same() {
    let (phone, hub) = met();
    let sockets = Sockets::new();
    let task = Arc::clone(&phone.inspector).begin_sync(phone.officer(), at(&hub.url())).unwrap();
    // What nobody has asked for yet answers nothing.
    task.failed(TransportError::Failed { why: "too early".to_owned() });
    let done = loop {
        match task.next_step().unwrap() {
            SyncStep::Done { done } => break done,
            SyncStep::Perform { request } => match sockets.perform(request) {
                Ok(answer) => task.performed(answer),
                Err(error) => task.failed(error),
            },
        }
    };
    assert!(done.sent_ops > 0 && done.waiting_seals == 0, "{done:?}");
    assert!(matches!(task.next_step(), Err(ApiError::Cancelled { .. })));
}

#[test]
fn an_exchange_that_is_dropped_lets_the_database_go() {
    let phone = Phone::new(44, |_| {});
    let request = at("https://hub.example");
    let task = Arc::clone(&phone.inspector).begin_sync(phone.officer(), request).unwrap();
    assert!(matches!(task.next_step(), Ok(SyncStep::Perform { .. })));
    let open = Arc::downgrade(&phone.inspector);
    drop(task);
    drop(phone);
    let began = std::time::Duration::from_millis(10);
    let gone = (0..6_000).any(|_| {
        std::thread::sleep(began);
        open.strong_count() == 0
    });
    assert!(gone, "the thread of the exchange keeps it open");
}
