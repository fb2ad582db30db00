//! Who reads a package, and what is withheld from such a reader: presets, as data.
//!
//! A name is a field wherever it stands (`signer`), or a field of one noun (`interview.phone`).
//! What a township withholds is to be confirmed with its legal office; a preset is where to start.

use crate::domain::PERSONAL;

/// A kind of reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reader {
    /// The word that is typed.
    pub code: &'static str,
    /// Chinese.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
    /// Whether every personal field is withheld but those of [`Reader::except`].
    pub without_personal: bool,
    /// Personal fields that this reader sees all the same.
    pub except: &'static [&'static str],
    /// Other fields that are withheld.
    pub also: &'static [&'static str],
    /// Why.
    pub basis: &'static str,
}

/// The presets.
pub const READERS: &[Reader] = &[
    Reader {
        code: "court",
        zh: "人民法院",
        en: "a court",
        without_personal: false,
        except: &[],
        also: &[],
        basis: "行政诉讼法（2017）第三十四条：被告提供作出行政行为的证据",
    },
    Reader {
        code: "party_lawyer",
        zh: "当事人的律师",
        en: "the party's lawyer",
        without_personal: true,
        except: &[
            "certificates.shown_to",
            "enterprise.representative",
            "filing.approver",
            "interview.person",
            "measure.told_to",
            "officer.certificate_no",
            "officer.name",
            "order.told_to",
            "paper.signer",
            "preservation.approver",
            "preservation.holder",
            "preservation.told_to",
            "record.signer",
        ],
        also: &[],
        basis: "行政处罚法（2021）第五十条：个人隐私应当保密",
    },
    Reader {
        code: "public",
        zh: "社会公众",
        en: "the public",
        without_personal: true,
        except: &["officer.certificate_no", "officer.name"],
        also: &[
            "evidence.blob_key",
            "evidence.caption",
            "evidence.file_name",
            "evidence.place",
            "interview.questions",
            "note.text",
        ],
        basis: "行政处罚法（2021）第五十条：商业秘密、个人隐私应当保密",
    },
];

impl Reader {
    /// The preset of a code.
    #[must_use]
    pub fn named(code: &str) -> Option<&'static Self> {
        READERS.iter().find(|reader| reader.code == code)
    }

    /// What is withheld from this reader.
    #[must_use]
    pub fn withheld(&self) -> Vec<String> {
        let personal = PERSONAL.iter().map(|(noun, field)| format!("{noun}.{field}"));
        let personal =
            personal.filter(|name| self.without_personal && !self.except.contains(&name.as_str()));
        personal.chain(self.also.iter().map(|name| (*name).to_owned())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_preset_excepts_is_a_personal_field_that_exists() {
        let known: Vec<String> =
            PERSONAL.iter().map(|(noun, field)| format!("{noun}.{field}")).collect();
        for reader in READERS {
            assert!(reader.except.iter().all(|name| known.contains(&(*name).to_owned())));
            assert!(reader.also.iter().all(|name| !known.contains(&(*name).to_owned())));
        }
    }

    #[test]
    fn a_new_personal_field_is_withheld_from_all_but_a_court_until_somebody_excepts_it() {
        let count = |code| Reader::named(code).unwrap().withheld().len();
        assert_eq!(count("court"), 0);
        assert!(count("party_lawyer") > 0 && count("public") > count("party_lawyer"));
    }
}
