//! Finding an enterprise by what an officer types: a part of its name, pinyin, or a credit code.
//!
//! A typed word fits when it stands in the name; when it is the initials of neighbouring
//! characters (`jxjg` in 日照机械加工厂) or their pinyin (`jixie`), in any of their readings; or when
//! the credit code begins with it. Every word must fit. Brackets, spaces and case do not count.

use pinyin::ToPinyinMulti;

/// Characters of a question: longer ones are cut, no name is that long.
pub const FIND_CHARS_MAX: usize = 60;

/// Characters of a name that are searched: no enterprise has a longer name, and each character
/// with several readings multiplies the terms.
pub const FIND_NAME_CHARS_MAX: usize = 100;

/// The words of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindWords(Vec<String>);

/// A name as it is searched: each character, and how it may be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindName {
    /// Letters, digits and characters, half-width, small.
    pub chars: Vec<char>,
    /// The readings of each, without tones; of a letter or a digit itself. Ascending, none twice.
    pub readings: Vec<Vec<String>>,
}

impl FindWords {
    /// The words of what was typed, separated by spaces.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let cut: String = text.chars().take(FIND_CHARS_MAX).collect();
        let words = cut.split_whitespace().map(|word| plain(word).into_iter().collect());
        Self(words.filter(|word: &String| !word.is_empty()).collect())
    }

    /// The words, in the form in which names are compared. None: everything fits.
    #[must_use]
    pub fn words(&self) -> &[String] {
        &self.0
    }

    /// Whether an enterprise fits every word.
    #[must_use]
    pub fn fit(&self, name: &FindName, credit_code: Option<&str>) -> bool {
        let code: String = credit_code.map(plain).into_iter().flatten().collect();
        self.0.iter().all(|word| name.fits(word) || !code.is_empty() && code.starts_with(word))
    }
}

impl FindName {
    /// A name, ready to be searched.
    #[must_use]
    pub fn of(name: &str) -> Self {
        let mut chars = plain(name);
        chars.truncate(FIND_NAME_CHARS_MAX);
        let readings = chars.iter().map(|c| readings(*c)).collect();
        Self { chars, readings }
    }

    fn fits(&self, word: &str) -> bool {
        let word_chars: Vec<char> = word.chars().collect();
        if self.chars.windows(word_chars.len()).any(|part| part == word_chars) {
            return true;
        }
        word.is_ascii()
            && (0..self.chars.len())
                .any(|from| self.has_initials(from, word) || self.has_pinyin(from, word))
    }

    /// Whether each letter of a word begins a reading of one character after the other.
    fn has_initials(&self, from: usize, word: &str) -> bool {
        let readings = &self.readings[from..];
        word.len() <= readings.len()
            && word.bytes().zip(readings).all(|(letter, readings)| {
                readings.iter().any(|reading| reading.as_bytes().first() == Some(&letter))
            })
    }

    /// Whether a word is the pinyin of one character after the other; the last may be unfinished.
    fn has_pinyin(&self, from: usize, word: &str) -> bool {
        let Some(readings) = self.readings.get(from) else { return false };
        readings.iter().any(|reading| {
            reading.starts_with(word)
                || word
                    .strip_prefix(reading.as_str())
                    .is_some_and(|rest| self.has_pinyin(from + 1, rest))
        })
    }
}

/// Letters, digits and characters of a text: half-width, small, and nothing else.
pub(crate) fn plain(text: &str) -> Vec<char> {
    let half = |c: char| match c {
        '！'..='～' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    };
    text.chars().map(half).filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// How a character may be read. ü is typed as v or as u.
fn readings(c: char) -> Vec<String> {
    let Some(multi) = c.to_pinyin_multi() else { return vec![c.to_string()] };
    let mut readings = Vec::new();
    for reading in multi {
        let plain = reading.plain();
        if plain.is_ascii() {
            readings.push(plain.to_owned());
        } else {
            readings.extend(["v", "u"].map(|letter| plain.replace('ü', letter)));
        }
    }
    readings.sort_unstable();
    readings.dedup();
    readings
}

#[cfg(test)]
mod tests {
    use super::{FindName, FindWords};

    fn fits(words: &str, name: &str) -> bool {
        FindWords::parse(words).fit(&FindName::of(name), Some("91371102MAHK00014X"))
    }

    #[test]
    fn a_name_is_found_by_its_parts_its_initials_its_pinyin_and_the_start_of_its_code() {
        let name = "日照（岚山）长兴机械加工有限公司";
        for words in [
            "机械",
            "械加",
            "长",
            "照岚",
            "岚山 机械",
            "jxjg",
            "rz",
            "rizhao",
            "jixiejia",
            "zhaols",
            "zhangxing",
            "changxing",
            "cxjx",
            "zxjx",
            "9137",
            "91371102mahk",
            "９１３７ 机械",
            "",
        ] {
            let expected = words != "zhaols";
            assert_eq!(fits(words, name), expected, "{words}");
        }
        for words in ["械机", "机械厂", "jxjgyxgsx", "izhao", "1371", "食品", "岚山 食品"]
        {
            assert!(!fits(words, name), "{words}");
        }
    }

    #[test]
    fn a_letter_with_dots_is_typed_in_either_way() {
        for words in ["lvye", "luye", "ly"] {
            assert!(fits(words, "绿野食品厂"), "{words}");
        }
        assert!(fits("nvzhuang", "女装厂") && fits("abchg", "ＡＢＣ化工"));
    }

    #[test]
    fn a_question_in_brackets_and_spaces_alone_asks_for_everything() {
        assert!(FindWords::parse(" （）　").words().is_empty());
        assert!(FindWords::parse(&"长".repeat(500)).words()[0].chars().count() <= 60);
    }
}
