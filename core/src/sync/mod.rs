//! The session with a hub as a state machine: requests out, answers in; no socket, no clock, no
//! thread.
//!
//! [`exchange`] makes a [`Task`]. Whoever drives it performs what [`Task::step`] asks for, and
//! tells what came of it; Android's WorkManager, iOS's background transfer, the command line and a
//! simulator drive the same code. Between two steps nothing is held but memory: what is done is in
//! the store, so a task may be dropped at any moment, and the next one goes on from there.
//!
//! # How to walk it
//!
//! - [`Task`], [`Step`], [`Told`]: what a host sees. `line` is the wire between both sides.
//! - `ask`: one request, its answer read strictly, and when it is tried again; `renew`: under a new
//!   session, when the one before has ended.
//! - `session`: the hub proves itself, then the phone; `checkpoint` keeps the head of the log.
//! - `exchange`: the order of all of it; `push`, `send`, `refused`, `receipts`, `pull`, `blobs` are
//!   its parts. `enrol`: how a new phone comes to be somebody who may do that.
//! - [`HubAddress`]: where a hub is, and whether anything may be sent there; `hub_keys`: how its
//!   public keys reach the administrator who certifies it.
//! - [`wire`]: what travels in bodies (docs/hub.md). [`limits`]: every limit by name.

mod address;
mod ask;
mod blobs;
mod checkpoint;
mod enrol;
mod exchange;
mod hub_keys;
pub mod limits;
mod line;
mod order;
mod own;
mod pull;
mod pull_error;
mod push;
mod push_error;
mod receipts;
mod refused;
mod renew;
mod request;
mod send;
mod session;
mod trust;
mod upload;
pub mod wire;

pub use address::HubAddress;
pub use enrol::ask_over_hub;
pub use exchange::{Exchanged, exchange};
pub use hub_keys::{hub_keys_from_text, hub_keys_to_text};
pub use line::{Line, Network, Progress, Stage, Step, Task, Told};
pub use pull::Pulled;
pub use pull_error::PullError;
pub use push::{Pushed, push_dossier};
pub use push_error::PushError;
pub use request::{Answer, AnswerBody, Method, Request, RequestBody};
pub use session::{Caller, Session, Site};
pub use trust::{
    Unbelieved, Untrusted, check_certificates, judge_by, judge_certificates, with_issuers,
};
