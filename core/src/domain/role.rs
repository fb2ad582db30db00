//! What a person does here.

/// A role. Enforcers act; the others help, and nothing of theirs counts as an enforcer's act
/// (国办发〔2024〕54号: people without certificates do not inspect).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Enforcement officer 执法人员 of the township.
    Enforcer,
    /// Mentor 帮扶专家 from the city's expert pool.
    Mentor,
    /// Assistant 协助人员 without a certificate.
    Assistant,
}

impl Role {
    /// Every one.
    pub const ALL: &'static [Self] = &[Self::Enforcer, Self::Mentor, Self::Assistant];

    /// The word in ops and scopes.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Enforcer => "enforcer",
            Self::Mentor => "mentor",
            Self::Assistant => "assistant",
        }
    }

    /// The role of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|role| role.word() == word)
    }

    /// The Chinese term.
    #[must_use]
    pub fn term(self) -> &'static str {
        match self {
            Self::Enforcer => "执法人员",
            Self::Mentor => "帮扶专家",
            Self::Assistant => "协助人员",
        }
    }
}
