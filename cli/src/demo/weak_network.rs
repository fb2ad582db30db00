//! A network that is there for a while: it passes bytes on to a hub, and is gone after so many.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Bytes that are passed on at a time.
const PIECE_BYTES: usize = 16 << 10;

/// Where the network is reached while there is one.
pub(super) struct WeakNetwork {
    address: SocketAddr,
    left: Arc<AtomicI64>,
}

impl WeakNetwork {
    /// A network before `hub` that carries `bytes` towards it, and nothing afterwards.
    ///
    /// # Errors
    /// What the system says when there is no port.
    pub(super) fn before(hub: SocketAddr, bytes: i64) -> std::io::Result<Self> {
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0)))?;
        let weak = Self { address: listener.local_addr()?, left: Arc::new(AtomicI64::new(bytes)) };
        let left = Arc::clone(&weak.left);
        // Ends with the listener, which is dropped by the first connection after the last byte.
        std::thread::spawn(move || {
            for phone in listener.incoming() {
                if left.load(Ordering::SeqCst) <= 0 || connect(phone, hub, &left).is_err() {
                    return;
                }
            }
        });
        Ok(weak)
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Whether it was used up.
    pub(super) fn is_gone(&self) -> bool {
        self.left.load(Ordering::SeqCst) <= 0
    }
}

fn connect(
    phone: std::io::Result<TcpStream>,
    hub: SocketAddr,
    left: &Arc<AtomicI64>,
) -> std::io::Result<()> {
    let (phone, hub) = (phone?, TcpStream::connect(hub)?);
    let (from_hub, to_phone) = (hub.try_clone()?, phone.try_clone()?);
    let towards = Arc::clone(left);
    std::thread::spawn(move || pass(phone, hub, Some(&towards)));
    std::thread::spawn(move || pass(from_hub, to_phone, None));
    Ok(())
}

/// Passes bytes on until one side ends, or none is left.
fn pass(mut from: TcpStream, mut to: TcpStream, left: Option<&AtomicI64>) {
    let mut piece = [0; PIECE_BYTES];
    while let Ok(read @ 1..) = from.read(&mut piece) {
        let before = left.map(|left| left.fetch_sub(read as i64, Ordering::SeqCst));
        let is_cut = before.is_some_and(|before| before <= read as i64);
        if is_cut || to.write_all(&piece[..read]).is_err() {
            break;
        }
    }
    // Both sides learn of it now; one that is closed already has nothing to learn.
    let _ = from.shutdown(Shutdown::Both);
    let _ = to.shutdown(Shutdown::Both);
}
