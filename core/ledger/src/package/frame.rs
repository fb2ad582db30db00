//! The frames of a package (docs/protocol.md section 8).

use crate::hash::{Hash, Suite};
use crate::id::DossierId;
use crate::limits::{
    BLOB_BYTES_MAX, BLOB_FRAME_BYTES, BODY_BYTES_MAX, CLOSE_BYTES_MAX, COSE_BYTES_MAX,
    DOSSIERS_MAX, EXT_MAX, FRAME_BYTES_MAX, FRAMES_MAX, HEADER_BYTES_MAX, NAME_BYTES_MAX,
};
use crate::package::log_frame::LogFrame;
use crate::value::{Value, read_pairs, write_pairs};
use crate::wire::{Malformed, Reader, Wire, Writer, ascending};

const MAGIC: &str = "angen-package";

/// Frame numbers below this one and above the known ones are reserved: kept, not understood.
const CLOSE_TYPE: u64 = 32;

/// How much of a dossier a package carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Every chain from its first op.
    Whole,
    /// Whole runs of some chains.
    Excerpt,
}

/// The first frame: what the package is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Start {
    /// When it was made, in milliseconds since 1970 UTC, by the exporter's clock.
    pub created_ms: i64,
    /// The certificate of who made it.
    pub exporter: Hash,
    /// The dossiers, ascending.
    pub dossiers: Vec<(DossierId, Mode)>,
    /// The program that made it.
    pub software: String,
    /// Extensions, kept as they are.
    pub ext: Vec<(String, Value)>,
}

/// One frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Frame {
    /// What the package is.
    Start(Start),
    /// The COSE message of a certificate.
    Certificate(Vec<u8>),
    /// The bytes of a header, and of a body as far as it is disclosed.
    Op {
        /// The bytes that were signed.
        header: Vec<u8>,
        /// The disclosed body, or nothing when all of it is withheld.
        body: Option<Vec<u8>>,
    },
    /// The COSE message of a seal.
    Seal(Vec<u8>),
    /// A part of a blob's ciphertext.
    Blob {
        /// SHA-256 of the whole ciphertext.
        address: Hash,
        /// Where the part begins.
        offset: u64,
        /// The part.
        bytes: Vec<u8>,
    },
    /// A frame of a hub's log (types 5 to 8).
    Log(LogFrame),
    /// A frame of a later version (types 5 to 31).
    Other(u64),
    /// The COSE message that closes the package.
    Close(Vec<u8>),
}

/// What the closing message says: the hash of every frame before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// Hash and signatures.
    pub suite: Suite,
    /// `H("angen/frame/1", …)` of each frame, in order.
    pub frames: Vec<Hash>,
}

impl Wire for Frame {
    const ITEM: &'static str = "frame";
    const BYTES_MAX: usize = CLOSE_BYTES_MAX + 16;

    fn write(&self, out: &mut Writer) {
        match self {
            Self::Start(start) => start.write(out),
            Self::Certificate(cose) => {
                out.array(2).uint(1).bytes(cose);
            }
            Self::Op { header, body } => {
                out.array(3).uint(2).bytes(header).optional(body.as_deref(), |out, body| {
                    out.bytes(body);
                });
            }
            Self::Seal(cose) => {
                out.array(2).uint(3).bytes(cose);
            }
            Self::Blob { address, offset, bytes } => {
                out.array(4).uint(4);
                address.write(out);
                out.uint(*offset).bytes(bytes);
            }
            Self::Log(frame) => frame.write(out),
            Self::Other(number) => {
                out.array(1).uint(*number);
            }
            Self::Close(cose) => {
                out.array(2).uint(CLOSE_TYPE).bytes(cose);
            }
        }
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, Malformed> {
        let parts = input.array("frame", 16)?;
        let number = input.uint("frame")?;
        match (number, parts) {
            (0, 8) => Start::read(input).map(Self::Start),
            (1, 2) => Ok(Self::Certificate(input.bytes("certificate", COSE_BYTES_MAX)?.to_vec())),
            (2, 3) => Ok(Self::Op {
                header: input.bytes("header", HEADER_BYTES_MAX)?.to_vec(),
                body: input.optional("body", |input| {
                    input.bytes("body", BODY_BYTES_MAX).map(<[u8]>::to_vec)
                })?,
            }),
            (3, 2) => Ok(Self::Seal(input.bytes("seal", COSE_BYTES_MAX)?.to_vec())),
            (4, 4) => read_blob(input),
            (CLOSE_TYPE, 2) => Ok(Self::Close(input.bytes("close", CLOSE_BYTES_MAX)?.to_vec())),
            _ => Err(Malformed::Rule { item: "frame", rule: "is of no permitted type" }),
        }
    }

    fn from_wire(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut input = Reader::new(bytes);
        let parts = input.array("frame", 16)?;
        let number = input.uint("frame")?;
        if number != CLOSE_TYPE && bytes.len() > FRAME_BYTES_MAX {
            return Err(Malformed::TooLarge { item: "frame", max: FRAME_BYTES_MAX });
        }
        let mut again = Reader::new(bytes);
        if (5..CLOSE_TYPE).contains(&number) {
            let Ok(frame) = LogFrame::read(&mut again).map(Self::Log) else {
                return read_other(input, number, parts, bytes);
            };
            return frame.strictly(&again, bytes);
        }
        Self::read(&mut again)?.strictly(&again, bytes)
    }
}

impl Frame {
    /// This frame, if it is what exactly these bytes encode.
    fn strictly(self, input: &Reader<'_>, bytes: &[u8]) -> Result<Self, Malformed> {
        input.end("frame")?;
        if self.to_wire() == bytes {
            Ok(self)
        } else {
            Err(Malformed::NotDeterministic { item: "frame" })
        }
    }
}

/// Whether strictly encoded bytes begin as the first frame of a package does, of any version.
pub(crate) fn begins_a_package(bytes: &[u8]) -> bool {
    let mut input = Reader::new(bytes);
    let Ok(parts) = input.array("frame", 16) else { return false };
    let strict = matches!(input.uint("frame"), Ok(0)) && read_other(input, 0, parts, bytes).is_ok();
    let mut magic = Writer::default();
    magic.uint(0).text(MAGIC);
    strict && bytes.get(1..).is_some_and(|rest| rest.starts_with(&magic.into_bytes()))
}

fn read_blob(input: &mut Reader<'_>) -> Result<Frame, Malformed> {
    let address = Hash::read(input, "blob.address")?;
    let offset = input.uint("blob.offset")?;
    let bytes = input.bytes("blob.bytes", BLOB_FRAME_BYTES)?.to_vec();
    if bytes.is_empty() || offset > BLOB_BYTES_MAX {
        return Err(Malformed::Rule { item: "blob", rule: "has no bytes, or lies too far" });
    }
    Ok(Frame::Blob { address, offset, bytes })
}

/// A reserved frame is not understood, and held to the profile all the same.
fn read_other(
    mut input: Reader<'_>,
    number: u64,
    parts: usize,
    bytes: &[u8],
) -> Result<Frame, Malformed> {
    let mut again = Writer::default();
    again.array(parts).uint(number);
    for _ in 1..parts {
        Value::read(&mut input)?.write(&mut again);
    }
    input.end("frame")?;
    if again.into_bytes() == bytes {
        Ok(Frame::Other(number))
    } else {
        Err(Malformed::NotDeterministic { item: "frame" })
    }
}

impl Start {
    fn write(&self, out: &mut Writer) {
        out.array(8).uint(0).text(MAGIC).uint(1).int(self.created_ms);
        self.exporter.write(out);
        out.array(self.dossiers.len());
        for (dossier, mode) in &self.dossiers {
            out.array(2);
            dossier.write(out);
            out.uint(match mode {
                Mode::Whole => 0,
                Mode::Excerpt => 1,
            });
        }
        out.text(&self.software);
        write_pairs(out, &self.ext);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, Malformed> {
        if input.text("start.magic", 32)? != MAGIC || input.uint("start.version")? != 1 {
            return Err(Malformed::Rule {
                item: "start",
                rule: "must say angen-package, version 1",
            });
        }
        let created_ms = input.int("start.created")?;
        let exporter = Hash::read(input, "start.exporter")?;
        let len = input.array("start.dossiers", DOSSIERS_MAX)?;
        let dossiers = (0..len).map(|_| read_dossier(input)).collect::<Result<Vec<_>, _>>()?;
        let ids: Vec<_> = dossiers.iter().map(|(id, _)| *id).collect();
        ascending("start.dossiers", &ids)?;
        if ids.is_empty() {
            return Err(Malformed::Rule { item: "start.dossiers", rule: "at least one is needed" });
        }
        let software = input.text("start.software", NAME_BYTES_MAX)?.to_owned();
        Ok(Self { created_ms, exporter, dossiers, software, ext: read_pairs(input, 0, EXT_MAX)? })
    }
}

fn read_dossier(input: &mut Reader<'_>) -> Result<(DossierId, Mode), Malformed> {
    input.tuple("start.dossiers", 2)?;
    let dossier = DossierId::read(input)?;
    match input.uint("start.dossiers")? {
        0 => Ok((dossier, Mode::Whole)),
        1 => Ok((dossier, Mode::Excerpt)),
        _ => Err(Malformed::Rule { item: "start.dossiers", rule: "a mode is 0 or 1" }),
    }
}

impl Wire for Closing {
    const ITEM: &'static str = "closing";
    const BYTES_MAX: usize = CLOSE_BYTES_MAX;

    fn write(&self, out: &mut Writer) {
        out.array(3).uint(1).uint(self.suite.number()).array(self.frames.len());
        self.frames.iter().for_each(|frame| frame.write(out));
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, Malformed> {
        input.tuple("closing", 3)?;
        if input.uint("closing.version")? != 1 {
            return Err(Malformed::Rule { item: "closing.version", rule: "must be 1" });
        }
        let suite = Suite::read(input)?;
        let len = input.array("closing.frames", FRAMES_MAX)?;
        let frames =
            (0..len).map(|_| Hash::read(input, "closing.frames")).collect::<Result<_, _>>()?;
        Ok(Self { suite, frames })
    }
}
