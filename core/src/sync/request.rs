//! What a host sends for the session, and what it brings back.

use std::path::PathBuf;

/// The method of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Method {
    /// `GET`.
    Get,
    /// `HEAD`.
    Head,
    /// `POST`.
    Post,
    /// `PATCH`.
    Patch,
}

impl Method {
    /// The word on the wire.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Patch => "PATCH",
        }
    }
}

/// The body of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RequestBody {
    /// None.
    Empty,
    /// Bytes in memory.
    Bytes(Vec<u8>),
    /// A part of a file; a host whose transfers take whole files copies the part first.
    File {
        /// The file.
        path: PathBuf,
        /// The first byte.
        from: u64,
        /// How many.
        bytes: u64,
    },
}

/// A request to the hub.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// Behind the hub's address, with its query: `/v1/changes?since=7`.
    pub path: String,
    /// Fields of the head. A `Content-Length` is for the host to add.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: RequestBody,
    /// Bytes of the answer that are read at most; more is an error of the hub.
    pub answer_bytes_max: u64,
}

/// The body of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnswerBody {
    /// In memory.
    Bytes(Vec<u8>),
    /// In a file of the host, which removes it after the next step.
    File(PathBuf),
}

/// What the hub answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// Fields of the head, with names in any case.
    pub headers: Vec<(String, String)>,
    /// The body, or what came of it before the connection was cut.
    pub body: AnswerBody,
}

impl Answer {
    /// The value of a field of the head.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(given, _)| given.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}
