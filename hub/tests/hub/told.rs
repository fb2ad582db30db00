//! What a hub tells its operator, and what it tells nobody.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard};

use crate::common::{Phone, TestHub, push, request, sign_in};
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt::MakeWriter;

#[test]
fn metrics_are_for_this_machine_and_for_administrators() {
    let phone = Phone::new(181);
    phone.capture(0, "a.jpg", 50_000);
    let (hub, _) = TestHub::certified(&[&phone]);
    push(hub.address, &phone, phone.register()).unwrap();
    let page = request(hub.address, "GET", "/v1/metrics", &[], &[]);
    assert_eq!(page.status, 200);
    let text = String::from_utf8(page.body).unwrap();
    for line in [
        r#"angen_hub_requests_total{route="/v1/dossiers/{id}/runs",method="POST",status="200"} 1"#,
        "angen_hub_log_entries 3",
        "angen_hub_blobs 1",
        "angen_hub_ops 2",
        "angen_hub_sessions 1",
        "angen_hub_disk_free_bytes 1099511627776",
        r#"angen_hub_request_seconds_count{route="/v1/blobs/{address}",method="PATCH"} 1"#,
        "# EOF",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    let received = "angen_hub_received_bytes_total ";
    let received = text.lines().find_map(|line| line.strip_prefix(received));
    assert!(received.unwrap().parse::<u64>().unwrap() > 50_000);
    let (blob, _) = phone.only_blob();
    assert!(!text.contains(&phone.register().to_string()));
    assert!(!text.contains(&blob.address.to_string()));

    let officer = sign_in(hub.address, &phone, phone.officers[0]);
    let admin = sign_in(hub.address, &phone, phone.place.administrator);
    // As a proxy on the same machine passes a request on.
    let ask = |token: Option<&str>| {
        let mut fields = vec![("Forwarded", "for=192.0.2.1".to_owned())];
        fields.extend(token.map(|token| ("Authorization", format!("Bearer {token}"))));
        request(hub.address, "GET", "/v1/metrics", &fields, &[])
    };
    assert_eq!(ask(None).refusal(), (401, "no_session".to_owned()));
    assert_eq!(ask(Some(&officer.token)).refusal(), (404, "unknown".to_owned()));
    assert_eq!(ask(Some(&admin.token)).status, 200);
}

/// Everything that the hubs of this process write, whoever runs beside this test.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Written {
    fn bytes(&self) -> MutexGuard<'_, Vec<u8>> {
        self.0.lock().unwrap()
    }
}

impl io::Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes().extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Written {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

#[test]
fn the_log_of_a_whole_session_names_nobody_and_nothing_of_theirs() {
    let written = Written::default();
    let to = tracing_subscriber::fmt().json().with_writer(written.clone());
    to.with_max_level(LevelFilter::TRACE).init();
    let phone = Phone::new(182);
    phone.capture(0, "b.jpg", 50_000);
    let (hub, _) = TestHub::certified(&[&phone]);
    for dossier in phone.dossiers() {
        push(hub.address, &phone, dossier).unwrap();
    }
    let officer = sign_in(hub.address, &phone, phone.officers[0]);
    let (blob, _) = phone.only_blob();
    let register = phone.register();
    for path in [
        "/v1/changes".to_owned(),
        format!("/v1/dossiers/{register}/runs"),
        format!("/v1/dossiers/{register}/receipts"),
        format!("/v1/blobs/{}?dossier={register}", blob.address),
        "/v1/made-up-by-a-stranger".to_owned(),
    ] {
        officer.get(&path);
    }
    let refused = request(hub.address, "POST", "/v1/session", &[], b"made-up-by-a-stranger");
    assert_eq!(refused.status, 400);
    drop(hub);

    let text = String::from_utf8(written.bytes().clone()).unwrap();
    let told =
        ["/v1/changes", "/v1/dossiers/{id}/runs", r#""status":200"#, r#""code":"malformed""#];
    for told in told {
        assert!(text.contains(told), "{told}");
    }
    assert!(text.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()));
    let (certificate, _) = phone.credentials(phone.officers[0]);
    let mut secrets = vec![
        officer.token.clone(),
        certificate.to_string(),
        blob.address.to_string(),
        phone.place.root.to_string(),
        phone.place.administrator.to_string(),
    ];
    let words = ["管理员甲", "执法员乙", "砂轮机", "made-up-by", "Bearer", "127.0.0.1"];
    secrets.extend(words.map(str::to_owned));
    secrets.extend(phone.officers.iter().map(ToString::to_string));
    secrets.extend(phone.dossiers().iter().map(ToString::to_string));
    for secret in secrets {
        assert!(!text.contains(&secret), "the log has {secret}");
    }
}
