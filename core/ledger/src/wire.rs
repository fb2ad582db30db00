//! Bytes to values and back, in the narrow CBOR profile of docs/protocol.md section 1.
//!
//! Reading is strict by construction: [`Wire::from_wire`] decodes, encodes again, and refuses the
//! bytes unless both are identical. So there is exactly one encoding of each value, and nothing
//! is ever verified over bytes other than those that were signed.

use minicbor::data::Type;
use minicbor::{Decoder, Encoder};
use thiserror::Error;

/// Why bytes are not a value of the protocol. `item` names the part, such as `header.deps`.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Malformed {
    /// The bytes end early, or another type stands where this one belongs.
    #[error("{item}: not what belongs here")]
    Shape {
        /// The part that was being read.
        item: &'static str,
    },
    /// The value is well-formed and not in its one permitted encoding.
    #[error("{item}: not in the one permitted encoding")]
    NotDeterministic {
        /// The part that was being read.
        item: &'static str,
    },
    /// A limit of docs/protocol.md section 10 is exceeded.
    #[error("{item}: over the limit of {max}")]
    TooLarge {
        /// The part that was being read.
        item: &'static str,
        /// The limit.
        max: usize,
    },
    /// The value has the right type and breaks a rule of its own (order, characters, range).
    #[error("{item}: {rule}")]
    Rule {
        /// The part that was being read.
        item: &'static str,
        /// The rule, in words.
        rule: &'static str,
    },
    /// The suite is one that this build does not know.
    #[error("suite {suite} is not known to this build: a newer one is needed")]
    UnknownSuite {
        /// The suite that was found.
        suite: u64,
    },
}

/// A value with one encoding.
pub trait Wire: Sized {
    /// What the value is called in errors.
    const ITEM: &'static str;

    /// The most bytes that its encoding may have.
    const BYTES_MAX: usize;

    /// Appends the one encoding of the value.
    fn write(&self, out: &mut Writer);

    /// Reads one value; may accept encodings that [`Wire::from_wire`] then refuses.
    ///
    /// # Errors
    /// [`Malformed`] with the part that is wrong.
    fn read(input: &mut Reader<'_>) -> Result<Self, Malformed>;

    /// The one encoding.
    fn to_wire(&self) -> Vec<u8> {
        let mut out = Writer::default();
        self.write(&mut out);
        out.into_bytes()
    }

    /// Reads exactly these bytes, strictly.
    ///
    /// # Errors
    /// [`Malformed`] when a part is wrong, bytes are left over, or the encoding is another one.
    fn from_wire(bytes: &[u8]) -> Result<Self, Malformed> {
        if bytes.len() > Self::BYTES_MAX {
            return Err(Malformed::TooLarge { item: Self::ITEM, max: Self::BYTES_MAX });
        }
        let mut input = Reader::new(bytes);
        let value = Self::read(&mut input)?;
        input.end(Self::ITEM)?;
        let mut again = Writer(Vec::with_capacity(bytes.len()));
        value.write(&mut again);
        if again.0 == bytes {
            Ok(value)
        } else {
            Err(Malformed::NotDeterministic { item: Self::ITEM })
        }
    }
}

/// Writes the profile's tokens. Writing to memory cannot fail.
#[derive(Default)]
pub struct Writer(Vec<u8>);

macro_rules! put {
    ($self:ident, $method:ident $(, $arg:expr)?) => {{
        Encoder::new(&mut $self.0).$method($($arg)?).expect("writing to memory cannot fail");
        $self
    }};
}

impl Writer {
    /// The bytes written so far.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    /// The head of an array of `len` values.
    pub fn array(&mut self, len: usize) -> &mut Self {
        put!(self, array, len as u64)
    }

    /// The head of a map of `len` pairs.
    pub fn map(&mut self, len: usize) -> &mut Self {
        put!(self, map, len as u64)
    }

    /// An unsigned integer.
    pub fn uint(&mut self, value: u64) -> &mut Self {
        put!(self, u64, value)
    }

    /// An integer.
    pub fn int(&mut self, value: i64) -> &mut Self {
        put!(self, i64, value)
    }

    /// A byte string.
    pub fn bytes(&mut self, value: &[u8]) -> &mut Self {
        put!(self, bytes, value)
    }

    /// A text string.
    pub fn text(&mut self, value: &str) -> &mut Self {
        put!(self, str, value)
    }

    /// `true` or `false`.
    pub fn bool(&mut self, value: bool) -> &mut Self {
        put!(self, bool, value)
    }

    /// `null`.
    pub fn null(&mut self) -> &mut Self {
        put!(self, null)
    }

    /// `null`, or what the closure writes.
    pub fn optional<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T)) -> &mut Self {
        match value {
            Some(value) => write(self, value),
            None => {
                self.null();
            }
        }
        self
    }
}

/// Reads the profile's tokens; each call names the part that it reads.
pub struct Reader<'b>(Decoder<'b>);

impl<'b> Reader<'b> {
    /// A reader at the first byte.
    #[must_use]
    pub fn new(bytes: &'b [u8]) -> Self {
        Self(Decoder::new(bytes))
    }

    /// Where the reader stands, in bytes from the start.
    #[must_use]
    pub fn position(&self) -> usize {
        self.0.position()
    }

    /// The type of the next value.
    ///
    /// # Errors
    /// `Shape` at the end of the bytes.
    pub fn peek(&self, item: &'static str) -> Result<Type, Malformed> {
        self.0.datatype().map_err(|_| Malformed::Shape { item })
    }

    /// Nothing may follow.
    ///
    /// # Errors
    /// `Shape` when bytes are left.
    pub fn end(&self, item: &'static str) -> Result<(), Malformed> {
        if self.0.position() == self.0.input().len() {
            Ok(())
        } else {
            Err(Malformed::Shape { item })
        }
    }

    /// The length of the array that starts here, at most `max`.
    ///
    /// # Errors
    /// `Shape`, `TooLarge`.
    pub fn array(&mut self, item: &'static str, max: usize) -> Result<usize, Malformed> {
        Self::bounded(self.0.array(), item, max)
    }

    /// The length of the map that starts here, at most `max`.
    ///
    /// # Errors
    /// `Shape`, `TooLarge`.
    pub fn map(&mut self, item: &'static str, max: usize) -> Result<usize, Malformed> {
        Self::bounded(self.0.map(), item, max)
    }

    fn bounded(
        head: Result<Option<u64>, minicbor::decode::Error>,
        item: &'static str,
        max: usize,
    ) -> Result<usize, Malformed> {
        let len = head.ok().flatten().ok_or(Malformed::Shape { item })?;
        match usize::try_from(len) {
            Ok(len) if len <= max => Ok(len),
            _ => Err(Malformed::TooLarge { item, max }),
        }
    }

    /// An array of exactly `len` values.
    ///
    /// # Errors
    /// `Shape`.
    pub fn tuple(&mut self, item: &'static str, len: usize) -> Result<(), Malformed> {
        match self.0.array() {
            Ok(Some(found)) if found == len as u64 => Ok(()),
            _ => Err(Malformed::Shape { item }),
        }
    }

    /// An unsigned integer up to 2^63 − 1, so that every language can hold it.
    ///
    /// # Errors
    /// `Shape`.
    pub fn uint(&mut self, item: &'static str) -> Result<u64, Malformed> {
        let value = self.0.u64().map_err(|_| Malformed::Shape { item })?;
        if i64::try_from(value).is_ok() { Ok(value) } else { Err(Malformed::Shape { item }) }
    }

    /// An integer of 64 bits.
    ///
    /// # Errors
    /// `Shape`.
    pub fn int(&mut self, item: &'static str) -> Result<i64, Malformed> {
        self.0.i64().map_err(|_| Malformed::Shape { item })
    }

    /// A byte string of at most `max` bytes.
    ///
    /// # Errors
    /// `Shape`, `TooLarge`.
    pub fn bytes(&mut self, item: &'static str, max: usize) -> Result<&'b [u8], Malformed> {
        let bytes = self.0.bytes().map_err(|_| Malformed::Shape { item })?;
        if bytes.len() <= max { Ok(bytes) } else { Err(Malformed::TooLarge { item, max }) }
    }

    /// A byte string of exactly `N` bytes.
    ///
    /// # Errors
    /// `Shape`.
    pub fn fixed<const N: usize>(&mut self, item: &'static str) -> Result<[u8; N], Malformed> {
        self.bytes(item, N)?.try_into().map_err(|_| Malformed::Shape { item })
    }

    /// A text string of at most `max` bytes.
    ///
    /// # Errors
    /// `Shape`, `TooLarge`.
    pub fn text(&mut self, item: &'static str, max: usize) -> Result<&'b str, Malformed> {
        let text = self.0.str().map_err(|_| Malformed::Shape { item })?;
        if text.len() <= max { Ok(text) } else { Err(Malformed::TooLarge { item, max }) }
    }

    /// `true` or `false`.
    ///
    /// # Errors
    /// `Shape`.
    pub fn bool(&mut self, item: &'static str) -> Result<bool, Malformed> {
        self.0.bool().map_err(|_| Malformed::Shape { item })
    }

    /// Passes over the next value, whatever it is.
    ///
    /// # Errors
    /// `Shape` when there is none.
    pub fn skip(&mut self, item: &'static str) -> Result<(), Malformed> {
        self.0.skip().map_err(|_| Malformed::Shape { item })
    }

    /// `null` as nothing, anything else as what the closure reads.
    ///
    /// # Errors
    /// What the closure returns.
    pub fn optional<T>(
        &mut self,
        item: &'static str,
        read: impl FnOnce(&mut Self) -> Result<T, Malformed>,
    ) -> Result<Option<T>, Malformed> {
        if self.peek(item)? == Type::Null {
            self.0.null().map_err(|_| Malformed::Shape { item })?;
            return Ok(None);
        }
        read(self).map(Some)
    }
}

/// Refuses a list that is not in strictly ascending order.
///
/// # Errors
/// `Rule`.
pub fn ascending<T: Ord>(item: &'static str, list: &[T]) -> Result<(), Malformed> {
    if list.windows(2).all(|pair| pair[0] < pair[1]) {
        Ok(())
    } else {
        Err(Malformed::Rule { item, rule: "must be sorted, each entry once" })
    }
}
