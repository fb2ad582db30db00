//! TLS as a client meets it: a real handshake against a certificate that the test made.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crate::common::{TestDisk, TestHub, request};
use angen_core::store::Store;
use angen_hub::limits::Patience;
use angen_hub::server::Hub;
use angen_hub::{HubError, Options, Running, Tls, TlsTrouble};
use angen_ledger::verify::Lang;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

/// An authority, and what it issued for `localhost`: two files in PEM, as an operator has them.
struct Issued {
    root: CertificateDer<'static>,
    certificate: PathBuf,
    key: PathBuf,
}

fn issue(folder: &Path) -> Issued {
    let mut of_root = rcgen::CertificateParams::new(Vec::<String>::new()).unwrap();
    of_root.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let root_key = rcgen::KeyPair::generate().unwrap();
    let root = of_root.self_signed(&root_key).unwrap();
    let issuer = rcgen::Issuer::from_params(&of_root, &root_key);
    let own_key = rcgen::KeyPair::generate().unwrap();
    let own = rcgen::CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    let own = own.signed_by(&own_key, &issuer).unwrap();
    let (certificate, key) = (folder.join("tls.pem"), folder.join("tls.key"));
    std::fs::write(&certificate, own.pem()).unwrap();
    std::fs::write(&key, own_key.serialize_pem()).unwrap();
    allow(&key, 0o600);
    Issued { root: root.der().clone(), certificate, key }
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
