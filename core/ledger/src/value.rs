//! What a field can hold: the values of the CBOR profile.

use minicbor::data::Type;

use crate::limits::{BODY_BYTES_MAX, CBOR_DEPTH_MAX};
use crate::wire::{Malformed, Reader, Wire, Writer};

const ITEM: &str = "value";

/// A value of the profile. A decimal number is text (`"12.5"`), so that it stays exact.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Value {
    /// Nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Bytes: a hash, an id, a key.
    Bytes(Vec<u8>),
    /// Text.
    Text(String),
    /// Values in an order that matters.
    Array(Vec<Value>),
    /// Named values. Kept in the order of the wire: shorter names first, then by bytes.
    Map(Vec<(String, Value)>),
}

impl Value {
    /// A map from pairs in any order.
    #[must_use]
    pub fn map<K: Into<String>>(pairs: impl IntoIterator<Item = (K, Value)>) -> Self {
        let mut pairs: Vec<_> = pairs.into_iter().map(|(key, value)| (key.into(), value)).collect();
        pairs.sort_by(|a, b| wire_order(&a.0, &b.0));
        Self::Map(pairs)
    }

    /// The text, if it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The whole number, if it is one.
    #[must_use]
    pub fn as_int(&self) -> Option<i64> {
        if let Self::Int(int) = self { Some(*int) } else { None }
    }

    /// The bytes, if they are bytes.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&[u8]> {
        if let Self::Bytes(bytes) = self { Some(bytes) } else { None }
    }

    /// The truth value, if it is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(value) = self { Some(*value) } else { None }
    }

    /// The entries of an array, or none.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Value]> {
        if let Self::Array(values) = self { Some(values) } else { None }
    }

    /// The value under a name, if this is a map that has it.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        let Self::Map(pairs) = self else { return None };
        pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    fn read_at(input: &mut Reader<'_>, depth: usize) -> Result<Self, Malformed> {
        let kind = input.peek(ITEM)?;
        if matches!(kind, Type::Array | Type::Map) && depth == CBOR_DEPTH_MAX {
            return Err(Malformed::TooLarge { item: ITEM, max: CBOR_DEPTH_MAX });
        }
        Ok(match kind {
            Type::Null => input.optional(ITEM, |_| Ok(Self::Null))?.unwrap_or(Self::Null),
            Type::Bool => Self::Bool(input.bool(ITEM)?),
            Type::Bytes => Self::Bytes(input.bytes(ITEM, BODY_BYTES_MAX)?.to_vec()),
            Type::String => Self::Text(input.text(ITEM, BODY_BYTES_MAX)?.to_owned()),
            Type::Array => {
                let len = input.array(ITEM, BODY_BYTES_MAX)?;
                // The length is a claim: it must not decide how much memory is taken.
                let mut values = Vec::with_capacity(len.min(64));
                for _ in 0..len {
                    values.push(Self::read_at(input, depth + 1)?);
                }
                Self::Array(values)
            }
            Type::Map => Self::Map(read_pairs(input, depth + 1, BODY_BYTES_MAX)?),
            _ => Self::Int(input.int(ITEM)?),
        })
    }
}

/// Reads a map with text keys, such as an extension map, of at most `max` pairs. `depth` is that
/// of its values: 0 in an extension map, which is no value itself.
///
/// # Errors
/// [`Malformed`] when it is not one, or a key stands twice.
pub(crate) fn read_pairs(
    input: &mut Reader<'_>,
    depth: usize,
    max: usize,
) -> Result<Vec<(String, Value)>, Malformed> {
    let len = input.map(ITEM, max)?;
    let mut pairs: Vec<(String, Value)> = Vec::with_capacity(len.min(64));
    for _ in 0..len {
        let key = input.text(ITEM, BODY_BYTES_MAX)?.to_owned();
        if pairs.last().is_some_and(|(last, _)| wire_order(last, &key).is_ge()) {
            return Err(Malformed::NotDeterministic { item: ITEM });
        }
        pairs.push((key, Value::read_at(input, depth)?));
    }
    Ok(pairs)
}

/// Writes what [`read_pairs`] reads.
pub(crate) fn write_pairs(out: &mut Writer, pairs: &[(String, Value)]) {
    out.map(pairs.len());
    for (key, value) in pairs {
        out.text(key);
        value.write(out);
    }
}

/// The order of encoded text keys: the head carries the length, so shorter comes first.
fn wire_order(a: &str, b: &str) -> std::cmp::Ordering {
    (a.len(), a.as_bytes()).cmp(&(b.len(), b.as_bytes()))
}

impl Wire for Value {
    const ITEM: &'static str = ITEM;
    const BYTES_MAX: usize = BODY_BYTES_MAX;

    fn write(&self, out: &mut Writer) {
        match self {
            Self::Null => out.null(),
            Self::Bool(value) => out.bool(*value),
            Self::Int(value) => out.int(*value),
            Self::Bytes(value) => out.bytes(value),
            Self::Text(value) => out.text(value),
            Self::Array(values) => {
                out.array(values.len());
                values.iter().for_each(|value| value.write(out));
                out
            }
            Self::Map(pairs) => {
                write_pairs(out, pairs);
                out
            }
        };
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, Malformed> {
        Self::read_at(input, 0)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Value {
    fn from(int: i64) -> Self {
        Self::Int(int)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<&[u8]> for Value {
    fn from(bytes: &[u8]) -> Self {
        Self::Bytes(bytes.to_vec())
    }
}

impl From<Vec<Value>> for Value {
    fn from(values: Vec<Value>) -> Self {
        Self::Array(values)
    }
}
