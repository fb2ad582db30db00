//! Resident ID numbers 公民身份号码 (GB 11643-1999): 17 digits and a check; the date is real.

use chrono::NaiveDate;

use crate::error::Problem;

/// What the digits weigh (ISO 7064, MOD 11-2).
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/// The check character for each remainder of 11.
const CHECKS: &[u8; 11] = b"10X98765432";

/// Nobody alive was born before.
const BIRTH_YEAR_MIN: i32 = 1900;

/// Checks a number. The number itself is in no message: it is personal data.
///
/// # Errors
/// A [`Problem`] that says which part is wrong.
pub fn check_resident_id(number: &str) -> Result<(), Problem> {
    let problem = |zh: String, en: String| Err(Problem::new("id_number", zh, en));
    let bytes = number.as_bytes();
    if bytes.len() != 18 {
        let count = number.chars().count();
        return problem(
            format!("身份证号应为 18 位，这里是 {count} 位，请核对"),
            format!("an ID number has 18 characters, this has {count}: check it"),
        );
    }
    let is_digit = |index: usize| bytes[index].is_ascii_digit() || index == 17 && bytes[17] == b'X';
    if let Some(index) = (0..18).find(|index| !is_digit(*index)) {
        return problem(
            format!("身份证号第 {} 位不是数字（只有末位可以是大写 X），请核对", index + 1),
            format!("character {} is no digit (only the last may be X): check it", index + 1),
        );
    }
    let part = |from: usize, to: usize| number[from..to].parse::<u32>().unwrap_or_default();
    let year = i32::try_from(part(6, 10)).unwrap_or_default();
    if year < BIRTH_YEAR_MIN || NaiveDate::from_ymd_opt(year, part(10, 12), part(12, 14)).is_none()
    {
        return problem(
            "身份证号第 7 至 14 位的出生日期不存在，请核对".to_owned(),
            "the birth date in characters 7 to 14 does not exist: check it".to_owned(),
        );
    }
    let digits = bytes.iter().map(|byte| u32::from(byte - b'0'));
    let sum: u32 = digits.zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    if CHECKS[sum as usize % 11] == bytes[17] {
        return Ok(());
    }
    problem(
        "身份证号校验位不对，请核对是否抄错".to_owned(),
        "the check character of the ID number is wrong: was it copied wrongly?".to_owned(),
    )
}

/// Age in whole years on a day, from a number that holds; none from any other.
#[must_use]
pub fn age_on(number: &str, day: NaiveDate) -> Option<u32> {
    check_resident_id(number).ok()?;
    let part = |from: usize, to: usize| number[from..to].parse::<u32>().ok();
    let year = i32::try_from(part(6, 10)?).ok()?;
    day.years_since(NaiveDate::from_ymd_opt(year, part(10, 12)?, part(12, 14)?)?)
}

/// Whether a number that holds is a man's: its 17th digit is odd.
#[must_use]
pub fn is_male(number: &str) -> Option<bool> {
    check_resident_id(number).ok()?;
    Some(!number.as_bytes()[16].is_multiple_of(2))
}

/// The number with only its last four characters shown.
#[must_use]
pub fn masked(number: &str) -> String {
    let count = number.chars().count();
    let shown = |(index, c)| if index + 4 >= count && count > 4 { c } else { '*' };
    number.chars().enumerate().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::{age_on, check_resident_id, is_male, masked};

    #[test]
    fn age_and_sex_are_told_by_a_number_that_holds() {
        let day = |text| crate::domain::parse_day(text).unwrap();
        assert_eq!(age_on("371102199001010010", day("2026-01-01")), Some(36));
        assert_eq!(age_on("371121198808081236", day("2026-08-07")), Some(37));
        assert_eq!(is_male("371102199001010010"), Some(true));
        assert_eq!(is_male("371122199511124443"), Some(false));
        assert_eq!(age_on("371102199001010011", day("2026-01-01")), None);
    }

    #[test]
    fn good_numbers_pass_and_each_changed_digit_is_noticed() {
        for number in ["11010519491231002X", "371102199001010010", "371121198808081236"] {
            assert_eq!(check_resident_id(number), Ok(()));
            for index in 0..18 {
                let mut wrong = number.as_bytes().to_vec();
                wrong[index] = if wrong[index] == b'7' { b'8' } else { b'7' };
                let wrong = String::from_utf8(wrong).unwrap();
                assert!(check_resident_id(&wrong).is_err(), "{wrong}");
            }
        }
    }

    #[test]
    fn a_day_that_never_was_is_refused_though_the_check_is_right() {
        let problem = check_resident_id("371103198502290016").unwrap_err();
        assert!(problem.zh.contains("出生日期"), "{problem:?}");
    }

    #[test]
    fn no_message_holds_the_number() {
        for number in ["37110219900101001", "37110219900101001a", "371102199001010011"] {
            let problem = check_resident_id(number).unwrap_err();
            assert!(!problem.zh.contains("0101") && !problem.en.contains("0101"), "{problem:?}");
        }
        assert_eq!(masked("371102199001010010"), "**************0010");
        assert_eq!(masked("1234"), "****");
    }
}
