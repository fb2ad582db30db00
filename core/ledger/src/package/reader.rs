//! Cuts a stream of bytes into frames, holding one at a time.

use std::io::{self, Read};

use thiserror::Error;

use crate::limits::{CBOR_DEPTH_MAX, CLOSE_BYTES_MAX, FRAME_BYTES_MAX, FRAMES_MAX};

/// Why no further frame can be cut off.
#[derive(Debug, Error)]
pub enum ReadFault {
    /// The bytes end within a frame, or before the closing one.
    #[error("the package ends early")]
    EndsEarly,
    /// The next bytes do not begin a frame, or one that is too large.
    #[error("the next bytes are no frame within the limits")]
    NotAFrame,
    /// The bytes cannot be read.
    #[error("the package cannot be read: {0}")]
    Io(#[from] io::Error),
}

/// The bytes of one frame.
pub struct FrameBytes {
    /// Its place, from 0.
    pub index: u64,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// The frames of a package, one after the other.
pub struct Frames<R> {
    input: R,
    next: u64,
}

impl<R: Read> Frames<R> {
    /// Frames from the first byte of a package. Give it a buffered reader.
    pub fn new(input: R) -> Self {
        Self { input, next: 0 }
    }

    /// Cuts off the next frame, or none at the end of the bytes.
    ///
    /// # Errors
    /// [`ReadFault`]; after one there is no next frame.
    pub fn next_frame(&mut self) -> Result<Option<FrameBytes>, ReadFault> {
        let mut bytes = Vec::new();
        // Bytes that cannot be read are no verdict on the package: a bad disk is not a forgery.
        match self.take(&mut bytes, 1) {
            Err(ReadFault::EndsEarly) => return Ok(None),
            took => took?,
        }
        if self.next > FRAMES_MAX as u64 {
            return Err(ReadFault::NotAFrame);
        }
        // An array of 1 to 16 parts, its type first. The type decides how large it may be.
        let parts = match bytes.first() {
            Some(head @ 0x81..=0x90) => u64::from(head - 0x80),
            _ => return Err(ReadFault::NotAFrame),
        };
        self.item(&mut bytes, 1, 16)?;
        let max = if bytes[1..] == [0x18, 32] { CLOSE_BYTES_MAX + 16 } else { FRAME_BYTES_MAX };
        for _ in 1..parts {
            self.item(&mut bytes, 1, max)?;
        }
        let index = self.next;
        self.next += 1;
        Ok(Some(FrameBytes { index, bytes }))
    }

    /// Whether bytes follow.
    ///
    /// # Errors
    /// [`ReadFault::Io`].
    pub fn has_more(&mut self) -> Result<bool, ReadFault> {
        let mut byte = Vec::new();
        match self.take(&mut byte, 1) {
            Ok(()) => Ok(true),
            Err(ReadFault::EndsEarly) => Ok(false),
            Err(fault) => Err(fault),
        }
    }

    /// Appends one data item. Only its length is looked at; what it is, the strict decoder says.
    fn item(&mut self, bytes: &mut Vec<u8>, depth: usize, max: usize) -> Result<(), ReadFault> {
        // A frame nests its values below two arrays of its own.
        if depth > CBOR_DEPTH_MAX + 4 {
            return Err(ReadFault::NotAFrame);
        }
        let start = bytes.len();
        self.take(bytes, 1)?;
        let (major, info) = (bytes[start] >> 5, bytes[start] & 0x1f);
        let argument_bytes = match info {
            0..=23 => 0,
            24..=27 => 1usize << (info - 24),
            _ => return Err(ReadFault::NotAFrame),
        };
        self.take(bytes, argument_bytes)?;
        let argument = match argument_bytes {
            0 => u64::from(info),
            _ => bytes[start + 1..].iter().fold(0, |value, byte| (value << 8) | u64::from(*byte)),
        };
        let room = max.saturating_sub(bytes.len()) as u64;
        if matches!(major, 2..=5) && argument > room {
            return Err(ReadFault::NotAFrame);
        }
        match major {
            2 | 3 => {
                let len = usize::try_from(argument).map_err(|_| ReadFault::NotAFrame)?;
                self.take(bytes, len)?;
            }
            4 | 5 => {
                for _ in 0..argument * u64::from(major - 3) {
                    self.item(bytes, depth + 1, max)?;
                }
            }
            6 => return Err(ReadFault::NotAFrame),
            _ => {}
        }
        if bytes.len() > max { Err(ReadFault::NotAFrame) } else { Ok(()) }
    }

    /// Appends exactly `len` bytes. The length is a claim: memory grows with what really comes.
    fn take(&mut self, bytes: &mut Vec<u8>, len: usize) -> Result<(), ReadFault> {
        let took = (&mut self.input).take(len as u64).read_to_end(bytes)?;
        if took == len { Ok(()) } else { Err(ReadFault::EndsEarly) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives some bytes, and then fails as a disk does.
    struct BadDisk<'b>(&'b [u8]);

    impl Read for BadDisk<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            if self.0.is_empty() {
                return Err(io::Error::other("a bad sector"));
            }
            self.0.read(into)
        }
    }

    #[test]
    fn a_disk_that_fails_between_two_frames_is_told_apart_from_a_bad_package() {
        // An array of one part, the number 1.
        for frames in [&[][..], &[0x81, 0x01]] {
            let mut reader = Frames::new(BadDisk(frames));
            for _ in 0..frames.len() / 2 {
                assert!(reader.next_frame().unwrap().is_some());
            }
            assert!(matches!(reader.next_frame(), Err(ReadFault::Io(_))));
        }
    }
}
