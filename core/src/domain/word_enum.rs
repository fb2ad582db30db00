//! Makes an enum of coded values: each with its word in ops and its Chinese term.

macro_rules! word_enum {
    ($(#[$doc:meta])* $name:ident { $($(#[$item:meta])* $variant:ident: $word:literal, $term:literal;)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$item])* $variant,)* }

        impl $name {
            /// Every one.
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

pub(crate) use word_enum;
