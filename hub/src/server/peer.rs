//! Who is at the other end of a connection, and how many connections they have.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};

/// An address; of IPv6 the network that one customer gets, since they may use every address in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Peer(IpAddr);

impl Peer {
    pub(crate) fn of(address: IpAddr) -> Self {
        let network = |address: Ipv6Addr| u128::from(address) & !u128::from(u64::MAX);
        Self(match address.to_canonical() {
            IpAddr::V6(address) if !address.is_loopback() => {
                IpAddr::V6(Ipv6Addr::from(network(address)))
            }
            address => address,
        })
    }

    /// Whether it is this machine: a proxy or a tunnel here asks for many.
    pub(crate) fn is_loopback(self) -> bool {
        self.0.is_loopback()
    }
}

/// The connections of each peer.
#[derive(Default)]
pub(crate) struct Connected(Mutex<HashMap<Peer, usize>>);

/// A connection of a peer, counted until it is dropped.
pub(crate) struct Counted {
    all: Arc<Connected>,
    peer: Peer,
}

impl Connected {
    /// Counts one more; none when the peer has as many as it may.
    pub(crate) fn count(self: &Arc<Self>, peer: Peer, most: usize) -> Option<Counted> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let open = all.entry(peer).or_insert(0);
        if *open >= most {
            return None;
        }
        *open += 1;
        Some(Counted { all: Arc::clone(self), peer })
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        let mut all = self.all.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(open) = all.get_mut(&self.peer) {
            *open -= 1;
            if *open == 0 {
                all.remove(&self.peer);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_customer_of_ipv6_is_one_peer_and_a_mapped_address_is_that_of_ipv4() {
        let peer = |text: &str| Peer::of(text.parse().unwrap());
        assert_eq!(peer("2001:db8:1:2::3"), peer("2001:db8:1:2:ffff::9"));
        assert_ne!(peer("2001:db8:1:2::3"), peer("2001:db8:1:3::3"));
        assert_eq!(peer("::ffff:192.0.2.7"), peer("192.0.2.7"));
        assert_ne!(peer("192.0.2.8"), peer("192.0.2.7"));
        assert!(peer("::1").is_loopback() && peer("::ffff:127.0.0.1").is_loopback());
        assert!(!peer("2001:db8::1").is_loopback());
    }

    #[test]
    fn a_peer_has_no_more_connections_than_its_share_and_closed_ones_count_no_more() {
        let all = Arc::new(Connected::default());
        let (one, other) =
            (Peer::of(IpAddr::from([192, 0, 2, 1])), Peer::of(IpAddr::from([192, 0, 2, 2])));
        let first = all.count(one, 2).unwrap();
        let _second = all.count(one, 2).unwrap();
        assert!(all.count(one, 2).is_none());
        let last = all.count(other, 2).unwrap();
        drop(first);
        let _third = all.count(one, 2).unwrap();
        drop(last);
        assert_eq!(all.0.lock().unwrap().len(), 1);
    }
}
