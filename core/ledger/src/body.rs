//! The body of an op: fields that can be withheld or erased one by one.
//!
//! Each field is committed to with a salt of its own, and the body's commitment is over the list
//! of names and commitments. Whoever holds a field's commitment in place of the field still
//! arrives at the same body commitment, and learns nothing of the value: the salt hides it.

use minicbor::data::Type;

use crate::hash::{Hash, HashName, Suite};
use crate::limits::{BODY_BYTES_MAX, BODY_FIELDS_MAX, FIELD_NAME_BYTES_MAX};
use crate::value::Value;
use crate::wire::{Malformed, Reader, Wire, Writer, ascending};

/// What an open field is made of on the wire: name, salt, value. A closed one has two parts.
const OPEN_PARTS: usize = 3;

/// One field: its value, or what stands for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// The value with its salt.
    Open {
        /// 16 random bytes.
        salt: [u8; 16],
        /// The value.
        value: Value,
    },
    /// Withheld from this reader, or erased.
    Closed(Hash),
}

/// A named field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// 1 to 64 bytes of `a-z0-9_`.
    pub name: String,
    /// The value or its commitment.
    pub content: Content,
}

impl Field {
    /// The commitment: computed from an open field, carried by a closed one.
    #[must_use]
    pub fn commitment(&self, suite: Suite) -> Hash {
        match &self.content {
            Content::Open { .. } => suite.hash(HashName::Field, &self.to_wire()),
            Content::Closed(commitment) => *commitment,
        }
    }
}

/// A body, some of whose fields may be closed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Body {
    fields: Vec<Field>,
}

impl Body {
    /// A body of open fields. `salt` is asked once for each field.
    ///
    /// # Errors
    /// `Rule`, `TooLarge`: a name that is not permitted or stands twice, too many fields, too many
    /// bytes.
    pub fn open(
        fields: impl IntoIterator<Item = (String, Value)>,
        mut salt: impl FnMut() -> [u8; 16],
    ) -> Result<Self, Malformed> {
        let mut fields: Vec<Field> = fields
            .into_iter()
            .map(|(name, value)| Field { name, content: Content::Open { salt: salt(), value } })
            .collect();
        fields.sort_by(|a, b| a.name.as_bytes().cmp(b.name.as_bytes()));
        let body = Self { fields };
        body.check()?;
        // Reading back applies the limits of values too, so that nothing is written that no
        // reader would take.
        Self::from_wire(&body.to_wire())
    }

    /// The fields, ascending by name.
    #[must_use]
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// The value of a field, if it is there and open.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        match &self.fields.iter().find(|field| field.name == name)?.content {
            Content::Open { value, .. } => Some(value),
            Content::Closed(_) => None,
        }
    }

    /// Whether every field is open.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.fields.iter().all(|field| matches!(field.content, Content::Open { .. }))
    }

    /// Whether every field is open in the bytes of a body that was read strictly when it came: its
    /// values are passed over.
    ///
    /// # Errors
    /// `Shape` for bytes that are no body at all.
    pub fn is_whole_in(bytes: &[u8]) -> Result<bool, Malformed> {
        let mut input = Reader::new(bytes);
        for _ in 0..input.array("body", BODY_FIELDS_MAX)? {
            let parts = input.array("field", OPEN_PARTS)?;
            if parts != OPEN_PARTS {
                return Ok(false);
            }
            (0..parts).try_for_each(|_| input.skip("field"))?;
        }
        input.end("body").map(|()| true)
    }

    /// The same body with the fields that the predicate names closed.
    #[must_use]
    pub fn withhold(&self, suite: Suite, mut hidden: impl FnMut(&str) -> bool) -> Self {
        let close = |field: &Field| Field {
            name: field.name.clone(),
            content: Content::Closed(field.commitment(suite)),
        };
        let fields = self
            .fields
            .iter()
            .map(|field| if hidden(&field.name) { close(field) } else { field.clone() })
            .collect();
        Self { fields }
    }

    /// The same body with every field open that is open here or in the other. Both must belong to
    /// one header, so that a field is the same wherever it is open.
    #[must_use]
    pub fn joined(&self, other: &Self) -> Self {
        let open = |field: &Field| {
            let same = other.fields.iter().find(|known| known.name == field.name);
            match (&field.content, same) {
                (Content::Closed(_), Some(known)) => known.clone(),
                _ => field.clone(),
            }
        };
        Self { fields: self.fields.iter().map(open).collect() }
    }

    /// The body commitment, the same whichever fields are closed.
    #[must_use]
    pub fn commitment(&self, suite: Suite) -> Hash {
        let mut list = Writer::default();
        list.array(self.fields.len());
        for field in &self.fields {
            list.array(2).text(&field.name);
            field.commitment(suite).write(&mut list);
        }
        suite.hash(HashName::Body, &list.into_bytes())
    }

    fn check(&self) -> Result<(), Malformed> {
        let permitted = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        for field in &self.fields {
            let len = field.name.len();
            if len == 0 || len > FIELD_NAME_BYTES_MAX || !field.name.bytes().all(permitted) {
                return Err(Malformed::Rule {
                    item: "body.name",
                    rule: "must be 1 to 64 bytes of a-z, 0-9 and _",
                });
            }
        }
        let names: Vec<_> = self.fields.iter().map(|field| field.name.as_bytes()).collect();
        ascending("body", &names)
    }
}

impl Wire for Field {
    const ITEM: &'static str = "field";
    const BYTES_MAX: usize = BODY_BYTES_MAX;

    fn write(&self, out: &mut Writer) {
        match &self.content {
            Content::Open { salt, value } => {
                out.array(3).text(&self.name).bytes(salt);
                value.write(out);
            }
            Content::Closed(commitment) => {
                out.array(2).text(&self.name);
                commitment.write(out);
            }
        }
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, Malformed> {
        let parts = input.array("field", OPEN_PARTS)?;
        let name = input.text("body.name", FIELD_NAME_BYTES_MAX)?.to_owned();
        let content = match parts {
            2 => Content::Closed(Hash::read(input, "field")?),
            OPEN_PARTS => {
                Content::Open { salt: input.fixed("field.salt")?, value: Value::read(input)? }
            }
            _ => return Err(Malformed::Shape { item: "field" }),
        };
        Ok(Self { name, content })
    }
}

impl Wire for Body {
    const ITEM: &'static str = "body";
    const BYTES_MAX: usize = BODY_BYTES_MAX;

    fn write(&self, out: &mut Writer) {
        out.array(self.fields.len());
        self.fields.iter().for_each(|field| field.write(out));
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, Malformed> {
        if input.peek("body")? != Type::Array {
            return Err(Malformed::Shape { item: "body" });
        }
        let len = input.array("body", BODY_FIELDS_MAX)?;
        let fields = (0..len).map(|_| Field::read(input)).collect::<Result<Vec<_>, _>>()?;
        let body = Self { fields };
        body.check()?;
        Ok(body)
    }
}
