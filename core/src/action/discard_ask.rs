//! The question of this device that nobody has answered 待答申请, and how it is let go 丢弃申请:
//! left lying, it would bar the next person from asking on a phone that several share.

use angen_ledger::hash::Hash;

use crate::action::join_township::{ASKED, AskedToJoin, is_certified, kept};
use crate::error::{Error, Result};
use crate::ports::Ports;
use crate::store::{self, Store};

/// The question that waits for its answer on this device; none when none was asked, or whoever
/// asked is certified here by now. No key need be open, so anybody sees that it lies here.
///
/// # Errors
/// `Malformed`, `Storage`.
pub fn open_ask(store: &Store) -> Result<Option<AskedToJoin>> {
    store.read(|read| match kept(read)? {
        Some((text, ask, asked)) if !is_certified(read, ask.writer)? => {
            Ok(Some(AskedToJoin { writer: ask.writer, text, asked }))
        }
        _ => Ok(None),
    })
}

/// Discards the question with this hash, and destroys the keys that were made for it: an answer to
/// it is worth nothing from then on. Whoever holds the phone may, since no PIN but the asker's
/// would open it, and that one may be gone; asking anew costs a minute. The hash is that of the
/// question which was shown, so that nobody discards another.
///
/// # Errors
/// `Invalid` at `asked` when no question waits here, or another one; `Sign` when the keys cannot
/// be destroyed; `Storage`. Calling it again goes on.
pub fn discard_ask(store: &Store, ports: &Ports, asked: Hash) -> Result<()> {
    store.write(|tx| {
        let Some((_, ask, waiting)) = kept(tx)? else { return Err(nothing_waits()) };
        // The keys are an officer's once they are certified.
        if is_certified(tx, ask.writer)? {
            return Err(nothing_waits());
        }
        if waiting != asked {
            return Err(Error::invalid(
                "asked",
                "本机上等待应答的是另一份申请：请重新打开此页再看",
                "another question waits on this device: open this page again",
            ));
        }
        store::put_setting(tx, ASKED, "")?;
        Ok(ports.keys.destroy(ask.writer)?)
    })
}

fn nothing_waits() -> Error {
    Error::invalid(
        "asked",
        "本机上没有等待应答的申请，无需丢弃",
        "no question waits on this device: there is nothing to discard",
    )
}
