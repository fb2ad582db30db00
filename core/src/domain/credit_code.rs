//! Unified social credit codes 统一社会信用代码 (GB 32100-2015): 18 characters, the last a check.

use crate::error::Problem;

/// The characters, each worth its place. I, O, S, V and Z are not used.
const CHARACTERS: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// Checks a code.
///
/// # Errors
/// A [`Problem`] that says which character is wrong, or what the check character should be.
pub fn check_credit_code(code: &str) -> Result<(), Problem> {
    let problem = |zh: String, en: String| Err(Problem::new("credit_code", zh, en));
    if let Some(wide) = code.chars().find(|c| ('！'..='～').contains(c)) {
        let half = char::from_u32(wide as u32 - 0xfee0).unwrap_or('?');
        return problem(
            format!("“{wide}”是全角字符，请改成半角“{half}”"),
            format!("'{wide}' is a full-width character: write '{half}'"),
        );
    }
    let bytes = code.as_bytes();
    if bytes.len() != 18 {
        return problem(
            format!("统一社会信用代码应为 18 位，这里是 {} 位", code.chars().count()),
            format!("a credit code has 18 characters, this has {}", code.chars().count()),
        );
    }
    let mut sum = 0;
    let mut weight = 1;
    for (index, byte) in bytes.iter().enumerate() {
        let Some(value) = CHARACTERS.iter().position(|known| known == byte) else {
            let shown = char::from(*byte);
            return problem(
                format!("第 {} 位“{shown}”不是代码允许的字符", index + 1),
                format!("character {} ('{shown}') is not one of a credit code", index + 1),
            );
        };
        if index < 17 {
            sum += value * weight;
            weight = weight * 3 % 31;
        }
    }
    let check = CHARACTERS[(31 - sum % 31) % 31];
    if bytes[17] == check {
        return Ok(());
    }
    problem(
        format!("校验位不对：末位应为“{}”，请核对是否抄错", char::from(check)),
        format!("the check character should be '{}': was it copied wrongly?", char::from(check)),
    )
}

#[cfg(test)]
mod tests {
    use super::check_credit_code;

    #[test]
    fn good_codes_pass_and_each_changed_character_is_noticed() {
        for code in ["91350100M000100Y43", "91371102MAHK00014X", "92371103MA3T00017X"] {
            assert_eq!(check_credit_code(code), Ok(()));
            for index in 0..18 {
                let mut wrong = code.as_bytes().to_vec();
                wrong[index] = if wrong[index] == b'7' { b'8' } else { b'7' };
                let wrong = String::from_utf8(wrong).unwrap();
                assert!(check_credit_code(&wrong).is_err(), "{wrong}");
            }
        }
    }

    #[test]
    fn a_full_width_digit_is_named_with_its_half_width_form() {
        let problem = check_credit_code("９1350100M000100Y43").unwrap_err();
        assert!(problem.zh.contains('９') && problem.zh.contains('9'), "{problem:?}");
    }
}
