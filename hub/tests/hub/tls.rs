//! TLS as a client meets it: a real handshake against a certificate that the test made.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crate::common::{Phone, TestDisk, TestHub, request};
use angen_core::store::Store;
use angen_hub::client::{Endpoint, PushError, push_dossier};
use angen_hub::limits::Patience;
use angen_hub::server::Hub;
use angen_hub::{HubError, Options, Running, Tls, TlsTrouble};
use angen_ledger::verify::Lang;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{
    ClientConfig, ClientConnection, RootCertStore, ServerConfig, ServerConnection, StreamOwned,
};

/// An authority, and what it issued for `localhost`: two files in PEM, as an operator has them.
struct Issued {
    root: CertificateDer<'static>,
    ca: PathBuf,
    certificate: PathBuf,
    key: PathBuf,
}

fn issue(folder: &Path) -> Issued {
    issue_for(folder, "localhost")
}

fn issue_for(folder: &Path, name: &str) -> Issued {
    let mut of_root = rcgen::CertificateParams::new(Vec::<String>::new()).unwrap();
    of_root.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let root_key = rcgen::KeyPair::generate().unwrap();
    let root = of_root.self_signed(&root_key).unwrap();
    let issuer = rcgen::Issuer::from_params(&of_root, &root_key);
    let own_key = rcgen::KeyPair::generate().unwrap();
    let own = rcgen::CertificateParams::new(vec![name.to_owned()]).unwrap();
    let own = own.signed_by(&own_key, &issuer).unwrap();
    let (certificate, key) = (folder.join("tls.pem"), folder.join("tls.key"));
    let ca = folder.join("ca.pem");
    std::fs::write(&ca, root.pem()).unwrap();
    std::fs::write(&certificate, own.pem()).unwrap();
    std::fs::write(&key, own_key.serialize_pem()).unwrap();
    allow(&key, 0o600);
    Issued { root: root.der().clone(), ca, certificate, key }
}

fn allow(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

/// A hub that speaks TLS.
fn begun(patience: Patience) -> (TestHub, Issued, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let issued = issue(folder.path());
    let store = Arc::new(Store::open(&folder.path().join("hub")).unwrap());
    let hub = Hub::open(Arc::clone(&store), Box::new(TestDisk::roomy()), &[]).unwrap();
    let tls = Tls::open(&issued.certificate, &issued.key).unwrap();
    (TestHub::serve(store, hub.with_tls(tls).with_patience(patience)), issued, folder)
}

/// Asks for health over TLS, knowing these roots; what came back, or why nothing did.
fn ask(
    address: SocketAddr,
    root: &CertificateDer<'static>,
    versions: &[&'static rustls::SupportedProtocolVersion],
    name: &str,
) -> Result<String, std::io::Error> {
    let mut roots = RootCertStore::empty();
    roots.add(root.clone()).unwrap();
    let ring = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(ring)
        .with_protocol_versions(versions)
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from(name.to_owned()).unwrap();
    let client = ClientConnection::new(Arc::new(config), name).unwrap();
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let mut stream = StreamOwned::new(client, stream);
    stream.write_all(b"GET /v1/health HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

const ONLY_13: &[&rustls::SupportedProtocolVersion] = &[&rustls::version::TLS13];

#[test]
fn a_client_who_knows_the_root_is_served_and_one_who_does_not_goes_away() {
    let (hub, issued, _folder) = begun(Patience::USUAL);
    let answer = ask(hub.address, &issued.root, ONLY_13, "localhost").unwrap();
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with(r#""protocol":1}"#), "{answer}");
    // Another authority of the same making, and another name.
    let other = tempfile::tempdir().unwrap();
    assert!(ask(hub.address, &issue(other.path()).root, ONLY_13, "localhost").is_err());
    assert!(ask(hub.address, &issued.root, ONLY_13, "elsewhere.example").is_err());
}

#[test]
fn what_is_no_tls_gets_no_answer_of_http_and_holds_nobody_up() {
    let moment = Duration::from_millis(300);
    let (hub, issued, _folder) = begun(Patience { head: moment, ..Patience::USUAL });
    let plain = request(hub.address, "GET", "/v1/health", &[], &[]);
    assert_eq!(plain.status, 0, "{plain:?}");
    // One who connects and says nothing is let go.
    let mut silent = TcpStream::connect(hub.address).unwrap();
    silent.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    assert!(ask(hub.address, &issued.root, ONLY_13, "localhost").is_ok());
    assert_eq!(silent.read(&mut [0; 16]).unwrap(), 0, "it was closed");
}

#[test]
fn files_that_cannot_be_used_are_said_before_anything_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let issued = issue(folder.path());
    let other = tempfile::tempdir().unwrap();
    let others = issue(other.path());
    let wrong = Tls::open(&issued.certificate, &others.key).err().unwrap();
    assert!(matches!(wrong, TlsTrouble::Unfit(_)), "{wrong}");
    let none = Tls::open(&issued.key, &issued.key).err().unwrap();
    assert!(matches!(none, TlsTrouble::File { .. }), "{none}");
    let missing = Tls::open(&issued.certificate, &folder.path().join("no.key")).err().unwrap();
    assert!(matches!(missing, TlsTrouble::File { .. }), "{missing}");
    allow(&issued.key, 0o644);
    let open = Tls::open(&issued.certificate, &issued.key).err().unwrap();
    assert!(matches!(open, TlsTrouble::KeyIsOpen(_)) && !open.say(Lang::Zh).is_ascii(), "{open}");
}

fn options(folder: &Path, tls: Option<Tls>, listen: &str) -> Options {
    Options {
        data: folder.join("hub"),
        listen: listen.parse().unwrap(),
        tls,
        plain_on_network: false,
        roots: Vec::new(),
        logging: None,
        disk: Box::new(TestDisk::roomy()),
    }
}

#[test]
fn with_tls_other_machines_may_reach_it_and_the_address_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let issued = issue(folder.path());
    let tls = Tls::open(&issued.certificate, &issued.key).unwrap();
    let running = Running::start(options(folder.path(), Some(tls), "0.0.0.0:0")).unwrap();
    let url = running.base_url();
    let port = url.strip_prefix("https://0.0.0.0:").unwrap();
    let address: SocketAddr = format!("127.0.0.1:{port}").parse().unwrap();
    assert!(ask(address, &issued.root, ONLY_13, "localhost").is_ok());
    running.stop().unwrap();
}

#[test]
fn a_folder_has_one_hub_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let first = Running::start(options(folder.path(), None, "127.0.0.1:0")).unwrap();
    let second = Running::start(options(folder.path(), None, "127.0.0.1:0")).err().unwrap();
    assert!(matches!(second, HubError::Taken(_)), "{second}");
    assert!(!second.say(Lang::Zh).is_ascii() && second.say(Lang::En).is_ascii());
    first.stop().unwrap();
    Running::start(options(folder.path(), None, "127.0.0.1:0")).unwrap().stop().unwrap();
}

/// Pushes the register of a phone to a port of this machine over TLS, believing an authority.
fn push(phone: &Phone, port: u16, ca: &Path) -> Result<bool, PushError> {
    let url = format!("https://localhost:{port}");
    let hub = Endpoint { ca: Some(ca), ..Endpoint::from(&url) };
    push_dossier(hub, &phone.store, phone.register()).map(|pushed| pushed.is_same)
}

/// The sentence of a push that the client did not go on with.
fn not_sent(pushed: Result<bool, PushError>) -> String {
    let refused = pushed.unwrap_err();
    assert!(matches!(refused, PushError::NotSent { .. }), "{refused:?}");
    assert!(!refused.say(Lang::Zh).is_ascii() && !refused.may_pass());
    refused.say(Lang::En)
}

#[test]
fn the_client_believes_the_authority_that_it_is_given_and_nobody_else() {
    let phone = Phone::new(241);
    phone.capture(0, "a.jpg", 100_000);
    let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (issued, others) = (issue(folder.path()), issue(other.path()));
    let store = Arc::new(Store::open(&folder.path().join("hub")).unwrap());
    let disk = Box::new(TestDisk::roomy());
    let hub = Hub::open(Arc::clone(&store), disk, &[phone.place.root]).unwrap();
    let tls = Tls::open(&issued.certificate, &issued.key).unwrap();
    let hub = TestHub::serve(store, hub.with_tls(tls));
    let port = hub.address.port();
    let before = hub.contents();

    let unknown = not_sent(push(&phone, port, &others.ca));
    assert!(unknown.contains("no authority that is known here"), "{unknown}");
    let elsewhere = format!("https://127.0.0.1:{port}");
    let elsewhere = Endpoint { ca: Some(&issued.ca), ..Endpoint::from(&elsewhere) };
    let named = push_dossier(elsewhere, &phone.store, phone.register()).map(|_| true);
    assert!(not_sent(named).contains("for another address"));
    let bare = format!("https://localhost:{port}");
    let bare = push_dossier(&bare, &phone.store, phone.register()).map(|_| true);
    assert!(not_sent(bare).contains("--ca"));
    for unread in [&issued.key, &folder.path().join("none.pem")] {
        assert!(not_sent(push(&phone, port, unread)).contains("--ca"));
    }
    assert_eq!(hub.contents(), before, "nothing was sent to any of them");

    assert!(push(&phone, port, &issued.ca).unwrap());
}

#[test]
fn the_client_speaks_no_earlier_version_and_no_http_on_a_port_of_tls() {
    let phone = Phone::new(242);
    let folder = tempfile::tempdir().unwrap();
    let issued = issue(folder.path());
    let read = |path: &Path| std::fs::read(path).unwrap();
    let chain = CertificateDer::from_pem_slice(&read(&issued.certificate)).unwrap();
    let key = PrivateKeyDer::from_pem_slice(&read(&issued.key)).unwrap();
    let ring = Arc::new(rustls::crypto::ring::default_provider());
    let old = ServerConfig::builder_with_provider(ring)
        .with_protocol_versions(&[&rustls::version::TLS12])
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![chain], key)
        .unwrap();
    let listener = TcpListener::bind("localhost:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    // One that speaks TLS 1.2 alone, and tells whether a handshake came to its end.
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut server = ServerConnection::new(Arc::new(old)).unwrap();
        while server.is_handshaking() && server.complete_io(&mut stream).is_ok() {}
        !server.is_handshaking()
    });
    let refused = not_sent(push(&phone, port, &issued.ca));
    assert!(refused.contains("does not speak TLS 1.3"), "{refused}");
    assert!(!server.join().unwrap(), "TLS 1.2 was spoken");

    let plain = TestHub::knowing(&[]);
    let refused = not_sent(push(&phone, plain.address.port(), &issued.ca));
    assert!(refused.contains("does not speak TLS"), "{refused}");
}
