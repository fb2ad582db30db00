//! TLS for the connections of a hub: version 1.3 alone, with a certificate and a key from files.

use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use angen_ledger::verify::Lang;
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::version::TLS13;
use tokio_rustls::TlsAcceptor;
use zeroize::Zeroizing;

/// What everybody on the machine must not have on the key's file. Its group may read it: that is
/// how a program that renews certificates hands it over.
const EVERYBODY: u32 = 0o007;

/// Certificate and key of a hub's TLS.
#[derive(Clone)]
pub struct Tls(Arc<ServerConfig>);

/// Why TLS cannot be spoken with these files.
#[derive(Debug, thiserror::Error)]
pub enum TlsTrouble {
    /// A file cannot be read, or has nothing of what it should have.
    #[error("{}: no certificate or key for TLS can be read there: {why}", .path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// Everybody on the machine may read the key.
    #[error("{}: everybody may read the key of TLS: set its mode to 600", .0.display())]
    KeyIsOpen(PathBuf),
    /// Certificate and key do not go together, or are of a kind that is not spoken.
    #[error("certificate and key of TLS do not go together: {0}")]
    Unfit(String),
}

impl TlsTrouble {
    /// The sentence for the user.
    #[must_use]
    pub fn say(&self, lang: Lang) -> String {
        match (self, lang) {
            (_, Lang::En) => self.to_string(),
            (Self::File { path, why }, Lang::Zh) => {
                format!("{}：读不出 TLS 的证书或私钥（{why}）", path.display())
            }
            (Self::KeyIsOpen(path), Lang::Zh) => {
                format!("{}：任何人都能读 TLS 私钥，请把权限改为 600", path.display())
            }
            (Self::Unfit(why), Lang::Zh) => format!("TLS 证书与私钥不配（{why}）"),
        }
    }
}

impl Tls {
    /// Reads the certificate with those above it, its own first, and its key, both as PEM.
    ///
    /// # Errors
    /// [`TlsTrouble`].
    pub fn open(certificate: &Path, key: &Path) -> Result<Self, TlsTrouble> {
        let at = |path: &Path, why: String| TlsTrouble::File { path: path.to_owned(), why };
        let pem = fs::read(certificate).map_err(|why| at(certificate, why.to_string()))?;
        let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_slice_iter(&pem)
            .collect::<Result<_, _>>()
            .map_err(|why| at(certificate, why.to_string()))?;
        if chain.is_empty() {
            return Err(at(certificate, ErrorKind::InvalidData.to_string()));
        }
        let mode = fs::metadata(key).map_err(|why| at(key, why.to_string()))?.permissions().mode();
        if mode & EVERYBODY != 0 {
            return Err(TlsTrouble::KeyIsOpen(key.to_owned()));
        }
        let pem = Zeroizing::new(fs::read(key).map_err(|why| at(key, why.to_string()))?);
        let secret = PrivateKeyDer::from_pem_slice(&pem).map_err(|why| at(key, why.to_string()))?;
        let unfit = |why: rustls::Error| TlsTrouble::Unfit(why.to_string());
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_protocol_versions(&[&TLS13])
            .map_err(unfit)?
            .with_no_client_auth()
            .with_single_cert(chain, secret)
            .map_err(unfit)?;
        // Nothing else is spoken. Data ahead of the handshake stays off: it could be replayed.
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self(Arc::new(config)))
    }

    pub(crate) fn acceptor(&self) -> TlsAcceptor {
        TlsAcceptor::from(Arc::clone(&self.0))
    }
}
