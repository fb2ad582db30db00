//! Makes an enum of coded values: each with its word in ops and its Chinese term.

macro_rules! word_enum {
    ($(#[$doc:meta])* $name:ident { $($(#[$item:meta])* $variant:ident: $word:literal, $term:literal;)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$item])* $variant,)* }

        $crate::domain::words::words! { $name { $($variant: $word, $term;)* } }
    };
}

pub(crate) use word_enum;
