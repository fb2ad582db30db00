//! A text as a QR code of half blocks, for the camera of a phone before a screen of text.

use qrcode::{Color, EcLevel, QrCode};

/// Light modules around the code, without which a camera does not find it.
const QUIET: i32 = 4;

/// The code, two rows of modules a line; none for a text that is too long. Light modules are
/// blocks, since most screens of text are dark; a phone reads it either way.
pub(crate) fn blocks(text: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::L).ok()?;
    let side = i32::try_from(code.width()).ok()?;
    let colors = code.to_colors();
    let is_light = |x: i32, y: i32| {
        let inside = (0..side).contains(&x) && (0..side).contains(&y);
        let place = usize::try_from(y * side + x).ok().filter(|_| inside);
        place.and_then(|place| colors.get(place)).is_none_or(|color| *color == Color::Light)
    };
    let line = |y: i32| -> String {
        (-QUIET..side + QUIET)
            .map(|x| match (is_light(x, y), is_light(x, y + 1)) {
                (true, true) => '█',
                (true, false) => '▀',
                (false, true) => '▄',
                (false, false) => ' ',
            })
            .collect()
    };
    let rows = (-QUIET..side + QUIET).step_by(2);
    Some(rows.map(line).collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_three_eyes_and_light_around() {
        let code = blocks(&"0123456789abcdef".repeat(8)).unwrap();
        let lines: Vec<Vec<char>> = code.lines().map(|line| line.chars().collect()).collect();
        let side = lines[0].len();
        assert!(lines.iter().all(|line| line.len() == side) && lines.len() == side.div_ceil(2));
        let quiet = usize::try_from(QUIET).unwrap();
        let dark =
            |x: usize, y: usize| matches!((lines[y / 2][x], y % 2), (' ', _) | ('▄', 0) | ('▀', 1));
        assert!((0..side).all(|x| (0..quiet).all(|y| !dark(x, y) && !dark(y, x))));
        let far = side - quiet - 7;
        for (left, top) in [(quiet, quiet), (far, quiet), (quiet, far)] {
            for step in 0..7 {
                assert!(dark(left + step, top) && dark(left, top + step), "{left} {top} {step}");
                let is_inner = (2..5).contains(&step) || step == 0 || step == 6;
                assert_eq!(dark(left + step, top + 3), is_inner, "{left} {top} {step}");
            }
        }
    }

    #[test]
    fn a_text_that_no_code_holds_gives_none() {
        assert!(blocks(&"a".repeat(5_000)).is_none());
    }
}
