//! Enums whose values have a stable word in ops and a Chinese term, made from one table.

/// Gives an enum its words: `Variant: "word", "term";` for each value.
macro_rules! words {
    ($type:ident { $($variant:ident: $word:literal, $term:literal;)* }) => {
        impl $type {
            /// Every one, in the order of the list.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The word in ops.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// The Chinese term.
            #[must_use]
            pub fn term(self) -> &'static str {
                match self { $(Self::$variant => $term,)* }
            }

            /// The one of a word.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.word() == word)
            }
        }
    };
}

pub(crate) use words;
