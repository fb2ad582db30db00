//! Where a hub is, and what a connection to it must be before anything is sent.

use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use angen_core::sync::PushError;
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{CertificateError, ProtocolVersion};
use ureq::Agent;
use ureq::config::ConfigBuilder;
use ureq::http::Uri;
use ureq::tls::{Certificate, RootCerts, TlsConfig, TlsProvider};
use ureq::typestate::AgentScope;

/// The client waits this long for a connection.
const CONNECT_TIME_MAX: Duration = Duration::from_secs(15);
/// The client waits this long for the head of an answer: the hub may be storing for others.
const ANSWER_TIME_MAX: Duration = Duration::from_secs(120);

/// Where a hub is, and how far the way to it is trusted.
///
/// `https` speaks TLS 1.3 alone, and believes the authorities of the system (on Linux, where
/// `SSL_CERT_FILE` or `SSL_CERT_DIR` says when they are set) and the one given here. Plain `http`
/// goes to this machine alone unless it is allowed: a token and every record travel in it.
#[derive(Debug, Clone, Copy)]
pub struct Endpoint<'a> {
    /// The address, such as `https://hub.example:8371`; a path before those of the protocol is one
    /// of a proxy.
    pub url: &'a str,
    /// One or more certificates of authorities, as PEM, that are believed too.
    pub ca: Option<&'a Path>,
    /// Whether another machine may be spoken to without TLS.
    pub plain_on_network: bool,
}

impl<'a> From<&'a str> for Endpoint<'a> {
    /// An address with what is believed anyway.
    fn from(url: &'a str) -> Self {
        Self { url, ca: None, plain_on_network: false }
    }
}

impl<'a> From<&'a String> for Endpoint<'a> {
    fn from(url: &'a String) -> Self {
        url.as_str().into()
    }
}

impl Endpoint<'_> {
    /// The agent that speaks to it.
    pub(super) fn agent(&self) -> Result<Agent, PushError> {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_connect(Some(CONNECT_TIME_MAX))
            .timeout_recv_response(Some(ANSWER_TIME_MAX));
        Ok(self.secured(config)?.build().new_agent())
    }

    fn secured(
        &self,
        config: ConfigBuilder<AgentScope>,
    ) -> Result<ConfigBuilder<AgentScope>, PushError> {
        let uri: Uri = self.url.parse().map_err(|_| self.no_address())?;
        let host = uri.host().filter(|host| !host.is_empty()).ok_or_else(|| self.no_address())?;
        match uri.scheme_str() {
            _ if uri.query().is_some() => Err(self.no_address()),
            Some("https") => Ok(config.tls_config(self.tls()?)),
            // A proxy of the environment would carry what is meant for this machine alone.
            Some("http") if is_loopback(host) => Ok(config.proxy(None)),
            Some("http") if self.plain_on_network => Ok(config),
            Some("http") => Err(self.plain(host)),
            _ => Err(self.no_address()),
        }
    }

    fn tls(&self) -> Result<TlsConfig, PushError> {
        // Whatever of the system's cannot be read is not believed, and the handshake says so.
        let mut roots = rustls_native_certs::load_native_certs().certs;
        if let Some(path) = self.ca {
            let given = std::fs::read(path).map_err(|why| unread(path, &why.to_string()))?;
            let given: Vec<CertificateDer<'static>> = CertificateDer::pem_slice_iter(&given)
                .collect::<Result<_, _>>()
                .map_err(|why| unread(path, &why.to_string()))?;
            if given.is_empty() {
                return Err(unread(path, "no certificate"));
            }
            roots.extend(given);
        }
        let roots = roots.iter().map(|root| Certificate::from_der(root).to_owned());
        Ok(TlsConfig::builder()
            .provider(TlsProvider::Rustls)
            .unversioned_rustls_crypto_provider(Arc::new(only_tls13()))
            .root_certs(RootCerts::from(roots))
            .build())
    }

    fn no_address(&self) -> PushError {
        let url = self.url;
        PushError::NotSent {
            zh: format!("{url}：不是平台地址，应如 https://hub.example:8371"),
            en: format!("{url}: this is no address of a hub, such as https://hub.example:8371"),
        }
    }

    fn plain(&self, host: &str) -> PushError {
        let url = self.url;
        PushError::NotSent {
            zh: format!(
                "{url}：{host} 不是本机，而 http 不加密，途中任何人都能看到全部内容：\
                 请用 https://，或用 --plain-on-network 明确允许"
            ),
            en: format!(
                "{url}: {host} is another machine, and whoever is in between reads plain http: \
                 use https://, or allow it with --plain-on-network"
            ),
        }
    }
}

/// Why TLS ended a connection for good: who answers has not proved to be the one that was
/// called, or does not speak TLS 1.3. Trying again helps nobody. None: it may have been cut.
pub(super) fn refused_by_tls(url: &str, error: &ureq::Error) -> Option<PushError> {
    let error = match error {
        ureq::Error::Rustls(error) => error,
        ureq::Error::Io(error) => error.get_ref()?.downcast_ref::<rustls::Error>()?,
        _ => return None,
    };
    let (zh, en) = match error {
        rustls::Error::InvalidCertificate(why) => said_of(why),
        rustls::Error::PeerIncompatible(_) | rustls::Error::AlertReceived(_) => {
            ("对方不支持 TLS 1.3", "the other side does not speak TLS 1.3")
        }
        rustls::Error::InvalidMessage(_) => {
            ("对方的应答不是 TLS", "what answers does not speak TLS")
        }
        _ => return None,
    };
    Some(PushError::NotSent {
        zh: format!(
            "{url}：{zh}（{error}），什么也没有发送；请核对地址，或用 --ca 给出签发机构的证书"
        ),
        en: format!(
            "{url}: {en} ({error}), and nothing was sent: compare the address, or give the \
             certificate of the authority with --ca"
        ),
    })
}

/// What is wrong with a certificate, in Chinese and in English.
fn said_of(why: &CertificateError) -> (&'static str, &'static str) {
    match why {
        // Another authority may have the name of one that is known.
        CertificateError::UnknownIssuer | CertificateError::BadSignature => (
            "平台的 TLS 证书不是本机信任的机构签发的",
            "no authority that is known here issued its TLS certificate",
        ),
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            ("平台的 TLS 证书不是给这个地址的", "its TLS certificate is for another address")
        }
        CertificateError::Expired
        | CertificateError::ExpiredContext { .. }
        | CertificateError::NotValidYet
        | CertificateError::NotValidYetContext { .. } => (
            "平台的 TLS 证书不在有效期内，或本机时钟不对",
            "its TLS certificate is not valid now, or the clock here is wrong",
        ),
        _ => ("平台的 TLS 证书不成立", "its TLS certificate does not hold"),
    }
}

/// Ring without the suites of earlier versions: what is not offered cannot be fallen back to.
fn only_tls13() -> CryptoProvider {
    let mut provider = ring::default_provider();
    provider.cipher_suites.retain(|suite| suite.version().version == ProtocolVersion::TLSv1_3);
    provider
}

fn is_loopback(host: &str) -> bool {
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    let address = bare.parse::<IpAddr>();
    host.eq_ignore_ascii_case("localhost")
        || address.is_ok_and(|address| address.to_canonical().is_loopback())
}

fn unread(path: &Path, why: &str) -> PushError {
    let path = path.display();
    PushError::NotSent {
        zh: format!("{path}：读不出 PEM 格式的证书（{why}），请核对 --ca"),
        en: format!("{path}: no certificate as PEM can be read there ({why}): compare --ca"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opens(url: &str) -> bool {
        Endpoint::from(url).agent().is_ok()
    }

    #[test]
    fn plain_http_goes_to_this_machine_and_nowhere_else() {
        let here = ["http://127.0.0.1:8371", "http://localhost:1/", "http://[::1]:8371"];
        for url in here.into_iter().chain(["http://[::ffff:127.0.0.1]:1", "https://hub.example"]) {
            assert!(opens(url), "{url}");
        }
        for url in [
            "http://192.0.2.1:8371",
            "http://127.0.0.1@hub.example/",
            "http://127.0.0.1.hub.example",
            "http://localhost.hub.example",
            "http://[2001:db8::1]:80",
            "http://0.0.0.0:8371",
        ] {
            let refused = Endpoint::from(url).agent().unwrap_err();
            assert!(refused.to_string().contains("--plain-on-network"), "{refused}");
            let allowed = Endpoint { plain_on_network: true, ..Endpoint::from(url) };
            assert!(allowed.agent().is_ok(), "{url}");
        }
    }

    #[test]
    fn what_is_no_address_of_a_hub_is_refused() {
        for url in ["", "hub.example", "127.0.0.1:8371", "ftp://127.0.0.1", "https://", "http:///x"]
        {
            assert!(!opens(url), "{url}");
        }
        assert!(!opens("https://hub.example/?a=b"));
    }
}
