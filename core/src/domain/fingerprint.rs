//! A fingerprint in words that two people can read to each other.
//!
//! Each byte is a pair of plain words. Twelve bytes of the 32 are said: whoever wants another root
//! with the same words has to try 2^96 of them.

use angen_ledger::hash::Hash;
use angen_ledger::invitation::CODE_BYTES;
use angen_ledger::verify::Lang;

/// Bytes that are said.
const SAID_BYTES: usize = 12;

/// The first word, for the upper half of a byte. No two sound alike, in either language.
const FIRST: [(&str, &str); 16] = [
    ("红", "red"),
    ("黄", "yellow"),
    ("蓝", "blue"),
    ("绿", "green"),
    ("白", "white"),
    ("黑", "black"),
    ("金", "golden"),
    ("银", "silver"),
    ("大", "big"),
    ("小", "small"),
    ("长", "long"),
    ("高", "tall"),
    ("新", "new"),
    ("老", "old"),
    ("冷", "cold"),
    ("甜", "sweet"),
];

/// The second word, for the lower half.
const SECOND: [(&str, &str); 16] = [
    ("马", "horse"),
    ("牛", "ox"),
    ("羊", "sheep"),
    ("狗", "dog"),
    ("鸟", "bird"),
    ("鱼", "fish"),
    ("山", "hill"),
    ("河", "river"),
    ("海", "sea"),
    ("花", "flower"),
    ("树", "tree"),
    ("门", "door"),
    ("桥", "bridge"),
    ("灯", "lamp"),
    ("船", "ship"),
    ("书", "book"),
];

/// The words of a fingerprint, three pairs at a time.
#[must_use]
pub fn fingerprint_words(fingerprint: &Hash, lang: Lang) -> String {
    words_of(&fingerprint.as_bytes()[..SAID_BYTES], lang)
}

/// The words of a code that two people compare when a phone asks over a hub.
#[must_use]
pub fn code_words(code: &[u8; CODE_BYTES], lang: Lang) -> String {
    words_of(code, lang)
}

/// Whether these words, as somebody typed them in either language, are those of a code. Blanks and
/// signs between them are passed over.
#[must_use]
pub fn says_code(typed: &str, code: &[u8; CODE_BYTES]) -> bool {
    let bare = |text: &str| -> String {
        text.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let typed = bare(typed);
    [Lang::Zh, Lang::En].into_iter().any(|lang| bare(&code_words(code, lang)) == typed)
}

fn words_of(bytes: &[u8], lang: Lang) -> String {
    let pairs = bytes.iter().map(|byte| {
        let (first, second) = (FIRST[usize::from(byte >> 4)], SECOND[usize::from(byte & 15)]);
        match lang {
            Lang::Zh => format!("{}{}", first.0, second.0),
            Lang::En => format!("{} {}", first.1, second.1),
        }
    });
    let pairs: Vec<String> = pairs.collect();
    let (between, groups) = if lang == Lang::Zh { (" ", "，") } else { (", ", "; ") };
    pairs.chunks(3).map(|three| three.join(between)).collect::<Vec<_>>().join(groups)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_has_words_of_its_own_and_another_byte_is_heard() {
        let mut said = std::collections::BTreeSet::new();
        for lang in [Lang::Zh, Lang::En] {
            for byte in 0..=255 {
                for place in 0..SAID_BYTES {
                    let mut bytes = [0; 32];
                    bytes[place] = byte;
                    said.insert((lang == Lang::Zh, fingerprint_words(&Hash(bytes), lang)));
                }
            }
        }
        // The zero byte gives the same words at every place.
        assert_eq!(said.len(), 2 * (255 * SAID_BYTES + 1));
    }

    #[test]
    fn a_code_is_known_by_its_words_in_both_languages_and_by_no_others() {
        let code = [0x00, 0x4f, 0xa0, 0x11, 0xfe, 0x72];
        for lang in [Lang::Zh, Lang::En] {
            let words = code_words(&code, lang);
            assert!(says_code(&words, &code) && says_code(&words.to_uppercase(), &code), "{words}");
            for place in 0..CODE_BYTES {
                let mut other = code;
                other[place] ^= 1;
                assert!(!says_code(&words, &other), "{place}");
            }
        }
        assert!(!says_code("", &code) && !says_code("红马", &code));
    }
}
