//! What an app does on the network for the core: one request at a time, with the platform's own
//! means; and how it hears what goes on.

use std::path::PathBuf;
use std::sync::Arc;

use angen_core::store::Changed;
use angen_core::sync::{Method, Progress as SyncProgress};
use thiserror::Error;

use crate::host::HostError;

/// A field of the head of a request or an answer.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct HttpField {
    /// Its name, in any case.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// The body of a request.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum HttpBody {
    /// None.
    Empty,
    /// Bytes in memory, at most 16 MiB.
    Bytes {
        /// The bytes.
        bytes: Vec<u8>,
    },
    /// A part of a file; an app whose transfers take whole files copies the part first.
    File {
        /// The file. It is never changed.
        path: PathBuf,
        /// The first byte, from 0.
        from: u64,
        /// How many bytes.
        bytes: u64,
    },
}

/// A request to the hub.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct HttpRequest {
    /// The method.
    pub method: Method,
    /// The whole address: `https`, or `http` to this machine alone. Follow no redirect.
    pub url: String,
    /// The head. `Content-Length` is the app's to add.
    pub fields: Vec<HttpField>,
    /// The body.
    pub body: HttpBody,
    /// Read at most so many bytes of the answer; more is an error of the hub.
    pub answer_bytes_max: u64,
}

/// The body of an answer.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum HttpAnswerBody {
    /// In memory.
    Bytes {
        /// The bytes.
        bytes: Vec<u8>,
    },
    /// In a file that the app made for it. It is removed once it has been read.
    File {
        /// The file.
        path: PathBuf,
    },
}

/// What the hub answered, whatever its status.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct HttpAnswer {
    /// The HTTP status.
    pub status: u16,
    /// The head.
    pub fields: Vec<HttpField>,
    /// The body.
    pub body: HttpAnswerBody,
}

/// Why no whole answer came.
#[derive(Debug, Clone, PartialEq, Eq, Error, uniffi::Error)]
pub enum TransportError {
    /// No network, no such host, or no answer in time. It is tried again, a few times.
    #[error("{why}")]
    Offline {
        /// What the system says, for a log.
        why: String,
    },
    /// The connection was cut while the answer came: what came is kept and the rest asked for.
    #[error("{why}")]
    Cut {
        /// What the system says.
        why: String,
        /// What came.
        came: HttpAnswer,
    },
    /// TLS refused who answered, or the system forbids the connection. Nothing more is sent.
    #[error("{why}")]
    Untrusted {
        /// What the system says.
        why: String,
    },
    /// A defect of the app. Nothing more is sent.
    #[error("{why}")]
    Failed {
        /// What happened. It must name no person.
        why: String,
    },
}

/// An exception that the trait does not name.
impl From<uniffi::UnexpectedUniFFICallbackError> for TransportError {
    fn from(error: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Failed { why: error.reason }
    }
}

/// The network, as the app has it. It is called from one thread of its own for each exchange, one
/// request after the other.
#[uniffi::export(foreign)]
pub trait Transport: Send + Sync {
    /// Performs one request and reads its answer to the end. It must come back by itself (give it
    /// time limits); an exchange that is cancelled does not wait for it.
    fn perform(&self, request: HttpRequest) -> Result<HttpAnswer, TransportError>;
}

/// Hears how far an exchange has come.
#[uniffi::export(foreign)]
pub trait Progress: Send + Sync {
    /// Called before each request, from the thread of the transport. What it throws is passed over.
    fn came(&self, progress: SyncProgress) -> Result<(), HostError>;
}

/// Hears that something was written.
#[uniffi::export(foreign)]
pub trait Changes: Send + Sync {
    /// Called after commits, from a thread of its own, with no lock held: verbs may be called from
    /// within. Commits that come close together are one call; while one is under way, what comes
    /// is gathered for the next. What it throws is passed over.
    fn changed(&self, changed: Changed) -> Result<(), HostError>;
}

/// Hears how far a long verb has come.
#[uniffi::export(foreign)]
pub trait Steps: Send + Sync {
    /// So many of how many files are done. Called from within the verb, which waits for it. What it
    /// throws is passed over.
    fn came(&self, done: u64, of: u64) -> Result<(), HostError>;
}

/// A listener as the core calls one.
pub(crate) fn stepping(steps: Option<Arc<dyn Steps>>) -> impl FnMut(u64, u64) {
    move |done, of| {
        // A bar that cannot be drawn stops no export.
        let _ = steps.as_ref().map(|steps| steps.came(done, of));
    }
}
