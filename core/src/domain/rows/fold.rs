//! Full-width characters as half-width ones: what was typed with a Chinese keyboard.

/// From a full-width sign to its half-width one.
const WIDE: u32 = 0xfee0;

/// The half-width form of full-width digits and letters, and with `signs` of all signs.
pub(super) fn fold(text: &str, signs: bool) -> String {
    let half = |c: char| {
        let narrow = char::from_u32((c as u32).saturating_sub(WIDE)).unwrap_or(c);
        match c {
            '\u{3000}' => ' ',
            '！'..='～' if signs || narrow.is_ascii_alphanumeric() => narrow,
            _ => c,
        }
    };
    text.chars().map(half).collect::<String>().trim().to_owned()
}

/// A day as ledgers write it, `2028/6/30`, `2028.6.30` or `2028年6月30日`, as `2028-06-30`. None
/// for anything that could be read in two ways.
pub(super) fn day(text: &str) -> Option<String> {
    let text = text.strip_suffix('日').unwrap_or(text);
    let parts: Vec<&str> = text.split(['-', '/', '.', '年', '月']).map(str::trim).collect();
    let [year, month, day] = parts.as_slice() else { return None };
    let number = |part: &str| part.parse::<u32>().ok().filter(|_| part.len() <= 2);
    if year.len() != 4 || !year.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let day = format!("{year}-{:02}-{:02}", number(month)?, number(day)?);
    crate::domain::parse_day(&day).map(|_| day)
}

#[cfg(test)]
mod tests {
    use super::{day, fold};

    #[test]
    fn digits_and_letters_are_folded_and_chinese_brackets_stay_in_names() {
        assert_eq!(fold("　日照（Ａ）２厂", false), "日照（A）2厂");
        assert_eq!(fold("鲁－０１２（甲）", true), "鲁-012(甲)");
    }

    #[test]
    fn a_day_is_read_in_the_ways_of_ledgers_and_never_guessed() {
        for text in ["2028-06-30", "2028/6/30", "2028.6.30", "2028年6月30日", "2028年06月30"] {
            assert_eq!(day(text).as_deref(), Some("2028-06-30"), "{text}");
        }
        for text in ["30/6/2028", "28-6-30", "2028-6", "2028-02-30", "长期", "2028-6-30-1", ""] {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
