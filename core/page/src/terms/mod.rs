//! The page's words for what ops say: kinds, fields and coded values, Chinese and English.

mod codes;
mod fields;
mod kinds;

use angen_ledger::verify::Lang;

use codes::CODES;
use fields::FIELDS;
use kinds::KINDS;

/// Chooses between two wordings that stand side by side where they are used.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Say(pub(crate) Lang);

impl Say {
    pub(crate) fn t<'w>(&self, zh: &'w str, en: &'w str) -> &'w str {
        match self.0 {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// The words of a code in a table; the code itself when the table is older than the code.
    fn of(self, table: &[(&str, &'static str, &'static str)], code: &str) -> String {
        let known = table.iter().find(|(known, _, _)| *known == code);
        known.map_or(code, |(_, zh, en)| self.t(zh, en)).to_owned()
    }

    pub(crate) fn kind(self, kind: &str) -> String {
        self.of(KINDS, kind)
    }

    pub(crate) fn field(self, field: &str) -> String {
        self.of(FIELDS, field)
    }

    /// A coded value of a field; other text as it is.
    pub(crate) fn code(self, field: &str, code: &str) -> String {
        // A skill is a part of the loop that the agenda of a training has.
        let field = if field == "skill" { "agenda" } else { field };
        let table = CODES.iter().find(|(known, _)| *known == field);
        table.map_or_else(|| code.to_owned(), |(_, table)| self.of(table, code))
    }
}

type Table = &'static [(&'static str, &'static str, &'static str)];

#[cfg(test)]
mod tests {
    use angen_core::domain::{
        AGENDA, CapBasis, CapSubject, Consequence, DelegateKind, ELEMENTS, EvidenceKind,
        ExpertKind, KNOWN_KINDS, MandateKind, MeasureKind, OutcomeStep, PostKind,
        PreservedDecision, Purpose, RECUSAL_ASKERS, RecheckOutcome, Role, SkillLevel, SourceClass,
    };
    use angen_ledger::verify::Lang;

    use super::Say;

    #[test]
    fn every_code_of_the_core_has_words_and_the_chinese_ones_are_the_cores() {
        let (zh, en) = (Say(Lang::Zh), Say(Lang::En));
        let mut codes: Vec<(&str, &str, &str)> = Vec::new();
        codes.extend(Consequence::ALL.iter().map(|c| ("consequence", c.word(), c.term())));
        codes.extend(EvidenceKind::ALL.iter().map(|k| ("kind", k.word(), k.term())));
        codes.extend(Purpose::ALL.iter().map(|p| ("purpose", p.word(), p.term())));
        codes.extend(SourceClass::ALL.iter().map(|s| ("source", s.word(), s.term())));
        codes.extend(MeasureKind::ALL.iter().map(|m| ("measure", m.word(), m.term())));
        codes.extend(RecheckOutcome::ALL.iter().map(|o| ("recheck_items", o.word(), o.term())));
        let decisions = PreservedDecision::ALL.iter();
        codes.extend(decisions.map(|d| ("preserved_decisions", d.word(), d.term())));
        codes.extend(OutcomeStep::ALL.iter().map(|s| ("step", s.word(), s.term())));
        codes.extend(SkillLevel::ALL.iter().map(|l| ("level", l.word(), l.term())));
        codes.extend(ELEMENTS.iter().map(|(code, term)| ("elements", *code, *term)));
        codes.extend(AGENDA.iter().map(|(code, term)| ("agenda", *code, *term)));
        codes.extend(MandateKind::ALL.iter().map(|k| ("power", k.word(), k.term())));
        codes.extend(DelegateKind::ALL.iter().map(|k| ("delegate_kind", k.word(), k.term())));
        codes.extend(CapSubject::ALL.iter().map(|k| ("caps", k.word(), k.term())));
        codes.extend(CapBasis::ALL.iter().map(|k| ("caps", k.word(), k.term())));
        codes.extend(ExpertKind::ALL.iter().map(|k| ("expert_kind", k.word(), k.term())));
        codes.extend(PostKind::ALL.iter().map(|k| ("post", k.word(), k.term())));
        codes.extend(RECUSAL_ASKERS.iter().map(|(code, term)| ("asked_by", *code, *term)));
        let roles = [Role::Enforcer, Role::Mentor, Role::Assistant];
        codes.extend(roles.iter().map(|role| ("role", role.word(), role.term())));
        for (field, code, term) in codes {
            assert_eq!(zh.code(field, code), term, "{field}");
            assert!(en.code(field, code).is_ascii() && !en.code(field, code).contains('_'));
        }
        for kind in KNOWN_KINDS {
            assert_ne!(zh.kind(kind), *kind);
            assert_ne!(en.kind(kind), *kind);
        }
    }
}
