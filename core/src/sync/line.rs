//! The line between the session and its host: the session waits at one place only, for one answer.
//!
//! The session is written as `async` code that is polled by [`Task::step`] alone, with a waker
//! that does nothing. So it reads in the order in which it happens, and the compiler makes the
//! state machine of it.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use crate::sync::request::{Answer, Request};

/// What the network costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Network {
    /// Nothing: everything is sent and fetched.
    #[default]
    Free,
    /// By the byte: records and receipts travel, and only blobs that are small.
    Metered,
}

/// How far a session has come, for a bar on a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// What it does.
    pub stage: Stage,
    /// Dossiers or blobs of this stage that are done.
    pub done: u64,
    /// Of how many.
    pub of: u64,
    /// Bytes of blobs that were sent or came since the session began.
    pub blob_bytes: u64,
}

/// What a session does at the moment, in the order of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// The hub proves itself, then the phone.
    #[default]
    SignIn,
    /// The phone's own records come back after a restore.
    Restore,
    /// Roster, checklists and register come.
    Rules,
    /// Records go out.
    Push,
    /// Records of others come.
    Pull,
    /// Media go out.
    SendBlobs,
    /// Media of others come.
    FetchBlobs,
}

/// What the host is to do next.
#[derive(Debug)]
pub enum Step<T> {
    /// Perform the request, and tell what came of it.
    Send(Request),
    /// Let this time pass.
    Wait {
        /// Milliseconds.
        ms: u64,
    },
    /// Nothing: the session is over.
    Done(T),
}

/// What the host tells the session.
#[derive(Debug)]
pub enum Told {
    /// Nothing was asked yet: the first step.
    Begin,
    /// The answer came, whole.
    Answer(Answer),
    /// No answer, or a part of one.
    Cut {
        /// Why, as the host's library says.
        why: String,
        /// What came of an answer.
        came: Option<Answer>,
    },
    /// The time has passed, or the network is back.
    Waited,
}

/// The session's end of the line. Clones are the same line.
#[derive(Clone)]
pub struct Line(Arc<Mutex<Ends>>);

struct Ends {
    asked: Option<Asked>,
    told: Option<Told>,
    progress: Progress,
    network: Network,
    jitter: u64,
}

enum Asked {
    Send(Request),
    Wait(u64),
}

impl Line {
    /// A line. `jitter` is any number, another one on each device: it keeps phones whose hub was
    /// away from coming back in the same moment.
    #[must_use]
    pub fn new(jitter: u64) -> Self {
        let (progress, network) = (Progress::default(), Network::default());
        Self(Arc::new(Mutex::new(Ends { asked: None, told: None, progress, network, jitter })))
    }

    /// Sends a request and waits for what the host tells.
    pub(super) async fn send(&self, request: Request) -> Told {
        self.ends().asked = Some(Asked::Send(request));
        self.told().await
    }

    /// Waits about this long: half to one and a half times.
    pub(super) async fn wait(&self, ms: u64) {
        {
            let mut ends = self.ends();
            // A step of a linear congruential generator (Knuth, MMIX): chance enough for a pause.
            ends.jitter = ends.jitter.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let spread = (ends.jitter >> 33) % (ms + 1);
            ends.asked = Some(Asked::Wait(ms / 2 + spread));
        }
        self.told().await;
    }

    pub(super) fn network(&self) -> Network {
        self.ends().network
    }

    /// A stage begins, with so many things to do.
    pub(super) fn begin(&self, stage: Stage, of: usize) {
        let mut ends = self.ends();
        ends.progress = Progress { stage, done: 0, of: of as u64, ..ends.progress };
    }

    /// One of them is done.
    pub(super) fn one_done(&self) {
        self.ends().progress.done += 1;
    }

    /// Bytes of a blob went over the line.
    pub(super) fn moved(&self, bytes: u64) {
        self.ends().progress.blob_bytes += bytes;
    }

    async fn told(&self) -> Told {
        poll_fn(|_| match self.ends().told.take() {
            Some(told) => Poll::Ready(told),
            None => Poll::Pending,
        })
        .await
    }

    fn ends(&self) -> MutexGuard<'_, Ends> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A session under way. Dropping it stops it; nothing that was done is lost.
pub struct Task<'a, T> {
    line: Line,
    work: Pin<Box<dyn Future<Output = T> + Send + 'a>>,
}

impl<'a, T> Task<'a, T> {
    /// A task on a line.
    pub fn new(line: Line, work: impl Future<Output = T> + Send + 'a) -> Self {
        Self { line, work: Box::pin(work) }
    }

    /// Goes on until the host has something to do.
    ///
    /// # Panics
    /// When it is called again after [`Step::Done`]: the host's mistake.
    pub fn step(&mut self, told: Told) -> Step<T> {
        if !matches!(told, Told::Begin) {
            self.line.ends().told = Some(told);
        }
        let mut context = Context::from_waker(Waker::noop());
        match self.work.as_mut().poll(&mut context) {
            Poll::Ready(done) => Step::Done(done),
            Poll::Pending => match self.line.ends().asked.take() {
                Some(Asked::Send(request)) => Step::Send(request),
                Some(Asked::Wait(ms)) => Step::Wait { ms },
                None => unreachable!("the session waits on its line alone"),
            },
        }
    }

    /// How far it has come.
    #[must_use]
    pub fn progress(&self) -> Progress {
        self.line.ends().progress
    }

    /// Tells what the network costs from now on.
    pub fn set_network(&self, network: Network) {
        self.line.ends().network = network;
    }
}
