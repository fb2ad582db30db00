//! Where a hub is, and whether anything may be sent there: https, or this machine alone.

use std::net::{IpAddr, Ipv6Addr};

use angen_ledger::limits::HUB_URL_BYTES_MAX;

use crate::error::{Error, Result};

/// The address of a hub, such as `https://hub.example:8371`: read, and without a slash at its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HubAddress(String);

impl HubAddress {
    /// Reads what somebody typed or scanned. Plain `http` goes to this machine alone unless it is
    /// allowed: a token and every record travel in it.
    ///
    /// # Errors
    /// `Invalid` at `hub`.
    pub fn read(text: &str, plain_on_network: bool) -> Result<Self> {
        let text = text.trim().trim_end_matches('/');
        let (scheme, rest) = text.split_once("://").ok_or_else(|| no_address(text))?;
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let host = host_of(authority);
        let is_plain = |c: char| c.is_ascii_graphic() && !"?#@\\\"<>".contains(c);
        if host.is_empty() || text.len() > HUB_URL_BYTES_MAX || !rest.chars().all(is_plain) {
            return Err(no_address(text));
        }
        match scheme {
            "https" => {}
            "http" if plain_on_network || is_this_machine(host) => {}
            "http" => return Err(plain(text, host)),
            _ => return Err(no_address(text)),
        }
        Ok(Self(text.to_owned()))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address of a request's path.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }
}

/// The host without its port: a name, an IPv4 address, or an IPv6 address in brackets.
fn host_of(authority: &str) -> &str {
    if let Some(end) = authority.find(']') {
        return &authority[..=end];
    }
    authority.split_once(':').map_or(authority, |(host, _)| host)
}

fn is_this_machine(host: &str) -> bool {
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    let v6 = bare.and_then(|host| host.parse::<Ipv6Addr>().ok());
    let address = v6.map(IpAddr::V6).or_else(|| host.parse().ok());
    host.eq_ignore_ascii_case("localhost") || address.is_some_and(|address| address.is_loopback())
}

fn no_address(text: &str) -> Error {
    Error::invalid(
        "hub",
        format!("“{text}”不是平台地址，应如 https://hub.example:8371"),
        format!("\"{text}\" is no address of a hub, such as https://hub.example:8371"),
    )
}

fn plain(text: &str, host: &str) -> Error {
    Error::invalid(
        "hub",
        format!(
            "{text}：{host} 不是本机，而 http 不加密，途中任何人都能看到全部内容：请用 https://"
        ),
        format!(
            "{text}: {host} is another machine, and whoever is in between reads plain http: use \
             https://"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_goes_anywhere_and_http_to_this_machine_alone() {
        for good in [
            "https://hub.example:8371/",
            "https://hub.example/behind/a/proxy",
            "http://127.0.0.1:8371",
            "http://localhost",
            "http://[::1]:8371",
        ] {
            let read = HubAddress::read(good, false).unwrap();
            assert_eq!(read.url("/v1/heads"), format!("{}/v1/heads", good.trim_end_matches('/')));
        }
        let lan = "http://192.168.1.9:8371";
        assert!(HubAddress::read(lan, false).unwrap_err().to_string().contains("192.168.1.9"));
        assert_eq!(HubAddress::read(lan, true).unwrap().as_str(), lan);
    }

    #[test]
    fn what_only_looks_like_this_machine_is_not() {
        for bad in [
            "http://localhost.example",
            "http://127.0.0.1.example:80",
            "http://localhost@hub.example",
            "http://[::2]",
        ] {
            assert!(HubAddress::read(bad, false).is_err(), "{bad}");
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for bad in
            ["", "hub.example", "ftp://hub.example", "https://", "https://a?b=c", "https://a b"]
        {
            assert!(HubAddress::read(bad, true).is_err(), "{bad}");
        }
    }
}
