//! Invites new phones to ask over a hub 邀请入网, and tells which of those who ask have seen the
//! invitation.

use angen_ledger::enrolment::Ask;
use angen_ledger::hash::Hash;
use angen_ledger::id::WriterId;
use angen_ledger::invitation::{CODE_BYTES, Invitation};
use angen_ledger::limits::HUB_URL_BYTES_MAX;

use crate::action::establish::established;
use crate::desk::Desk;
use crate::domain::says_code;
use crate::error::{Error, Result};
use crate::store::{self, Store};
use crate::sync::limits::INVITATIONS_OF_ONE_MAX;
use crate::sync::wire::WaitingAsks;

/// The setting that keeps the invitations of this device: a line for each, its end in milliseconds
/// since 1970 UTC, a blank, and its text.
const INVITED: &str = "enrol_invitations";

/// A new phone that asks over a hub and has seen an invitation of this device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskOverHub {
    /// Under which invitation.
    pub invitation: [u8; 32],
    /// The text of its question: what it would show as a QR code.
    pub text: String,
    /// The hash of the question.
    pub asked: Hash,
    /// The writer that it has made.
    pub writer: WriterId,
    /// What both devices show.
    pub code: [u8; CODE_BYTES],
    /// Seconds that it has waited at the hub.
    pub waited_s: u64,
}

/// Makes an invitation to the township of the desk, with a secret of its own. It is not kept yet:
/// that follows once the hub has taken it.
///
/// # Errors
/// `Invalid` for an address that does not fit; `NotFound`, `Storage`.
pub fn new_invitation(desk: &Desk<'_>, hub: &str) -> Result<Invitation> {
    let hub = hub.trim_end_matches('/');
    if hub.is_empty() || hub.len() > HUB_URL_BYTES_MAX {
        return Err(Error::invalid(
            "hub",
            format!("平台地址应为 1 至 {HUB_URL_BYTES_MAX} 字节"),
            format!("the address of a hub has 1 to {HUB_URL_BYTES_MAX} bytes"),
        ));
    }
    let root = established(desk.store())?.root;
    Ok(Invitation::new(root, desk.ports().random(), hub.to_owned()))
}

/// Keeps an invitation that a hub has taken, so that what comes under it can be told from what a
/// stranger or the hub itself made up.
///
/// # Errors
/// `Storage`.
pub fn keep_invitation(desk: &Desk<'_>, invitation: &Invitation, ends_in_s: u64) -> Result<()> {
    let now_ms = desk.ports().clock.now().wall_ms;
    let ends_ms = now_ms.saturating_add_unsigned(ends_in_s.saturating_mul(1_000));
    desk.store().write(|tx| {
        let mut lines = open_lines(store::get_setting(tx, INVITED)?, now_ms);
        // The hub lets go of the oldest as well.
        lines.drain(..(lines.len() + 1).saturating_sub(INVITATIONS_OF_ONE_MAX));
        lines.push(format!("{ends_ms} {}", invitation.to_text()));
        store::put_setting(tx, INVITED, &lines.join("\n"))
    })
}

/// The invitations of this device that have not ended.
///
/// # Errors
/// `Malformed`, `Storage`.
pub fn open_invitations(store: &Store, now_ms: i64) -> Result<Vec<Invitation>> {
    let kept = store.read(|read| store::get_setting(read, INVITED))?;
    let texts = open_lines(kept, now_ms);
    let texts = texts.iter().filter_map(|line| line.split_once(' '));
    Ok(texts.map(|(_, text)| Invitation::read(text)).collect::<std::result::Result<_, _>>()?)
}

/// Of what a hub says is waiting, what comes from who has seen one of these invitations; and how
/// many others there were. A hub can leave out and never make up.
#[must_use]
pub fn proven_asks(invitations: &[Invitation], waiting: &WaitingAsks) -> (Vec<AskOverHub>, u64) {
    let mut proven = Vec::new();
    for one in &waiting.0 {
        let under = invitations.iter().find(|known| known.id() == one.invitation);
        let (Some(under), Ok((ask, asked))) = (under, Ask::read(&one.laid.ask)) else { continue };
        if under.proof(&asked) == one.laid.proof {
            proven.push(AskOverHub {
                invitation: one.invitation,
                text: one.laid.ask.clone(),
                asked,
                writer: ask.writer,
                code: under.code(&asked),
                waited_s: one.waited_s,
            });
        }
    }
    let others = waiting.0.len() - proven.len();
    (proven, others as u64)
}

/// The question whose words somebody has read out, of those that wait.
///
/// # Errors
/// `Invalid` when no phone shows these words, or two do.
pub fn said_ask(asks: Vec<AskOverHub>, words: &str) -> Result<AskOverHub> {
    let mut said = asks.into_iter().filter(|ask| says_code(words, &ask.code));
    match (said.next(), said.next()) {
        (Some(ask), None) => Ok(ask),
        (None, _) => Err(Error::invalid(
            "code",
            "没有核对词是这样的申请：请对方重新念一遍，或刷新申请列表",
            "no phone that asks shows these words: let them be read again, or look at the list \
             anew",
        )),
        (Some(_), Some(_)) => Err(Error::invalid(
            "code",
            "两台手机的核对词相同，有人在冒充：请停止，重新邀请",
            "two phones show these words, so one of them pretends: stop, and invite anew",
        )),
    }
}

fn open_lines(kept: Option<String>, now_ms: i64) -> Vec<String> {
    let kept = kept.unwrap_or_default();
    let is_open = |line: &&str| {
        let ends_ms = line.split_once(' ').and_then(|(ends_ms, _)| ends_ms.parse().ok());
        ends_ms.is_some_and(|ends_ms: i64| now_ms < ends_ms)
    };
    kept.lines().filter(is_open).map(str::to_owned).collect()
}
