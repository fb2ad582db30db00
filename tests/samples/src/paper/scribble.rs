//! Marks that people leave on paper: signatures, a fingerprint in red, a company's round seal.

use fastrand::Rng;

use crate::canvas::{Canvas, ink, wash};

/// A name written by hand: a few strokes for each character, joined in haste.
/// The name gives the strokes, `hand` the little by which one signature differs from the next.
pub(crate) fn signature(canvas: &mut Canvas, at: (f32, f32), name: &str, hand: u64) {
    let mut tremble = Rng::with_seed(hand);
    let writer =
        name.chars().fold(0_u64, |sum, character| sum * 31 + u64::from(u32::from(character)));
    for (place, character) in name.chars().enumerate() {
        let mut rng = Rng::with_seed(writer ^ u64::from(u32::from(character)));
        let left = at.0 + place as f32 * 34.0;
        let strokes = rng.usize(4..7);
        for _ in 0..strokes {
            let points: Vec<(f32, f32)> = (0..rng.usize(3..5))
                .map(|_| {
                    (
                        left + rng.f32() * 32.0 + tremble.f32() * 3.0,
                        at.1 + 4.0 - rng.f32() * 36.0 + tremble.f32() * 3.0,
                    )
                })
                .collect();
            canvas.curve(&points, 1.6 + rng.f32() * 1.2, wash(0x16_1b3a, 0.88));
        }
        if rng.bool() {
            let tail =
                [(left + 4.0, at.1 - 8.0), (left + 22.0, at.1 + 8.0), (left + 46.0, at.1 - 12.0)];
            canvas.curve(&tail, 1.8, wash(0x16_1b3a, 0.85));
        }
    }
}

/// The print of a finger in red ink: ridges around a core, with gaps.
pub(crate) fn fingerprint(canvas: &mut Canvas, at: (f32, f32), hand: u64) {
    let mut rng = Rng::with_seed(hand ^ 0x66_696e);
    canvas.placed(at, 1.0, -12.0 + rng.f32() * 24.0, |canvas| {
        canvas.oval(-27.0, -38.0, 54.0, 76.0, wash(0xc8_2018, 0.3));
        for ridge in 1..9 {
            let size = ridge as f32 / 8.0;
            for part in 0..14 {
                if rng.f32() < 0.22 {
                    continue;
                }
                let points: Vec<(f32, f32)> = (0..4)
                    .map(|step| {
                        let angle =
                            (part as f32 + step as f32 / 3.0) * std::f32::consts::TAU / 14.0;
                        (angle.cos() * 25.0 * size, angle.sin() * 36.0 * size - 4.0 * (1.0 - size))
                    })
                    .collect();
                canvas.curve(&points, 2.2, wash(0xb8_1a14, 0.75));
            }
        }
    });
}

/// A round company seal in red (样例: it says so) with its star.
pub(crate) fn seal(canvas: &mut Canvas, at: (f32, f32), text: &str) {
    let red = wash(0xc4_1c1c, 0.72);
    canvas.ring(at, 86.0, 5.0, red);
    let star: Vec<(f32, f32)> = (0..10)
        .map(|corner| {
            let radius = if corner % 2 == 0 { 26.0 } else { 10.0 };
            let angle = corner as f32 * std::f32::consts::PI / 5.0 - std::f32::consts::FRAC_PI_2;
            (at.0 + angle.cos() * radius, at.1 + angle.sin() * radius)
        })
        .collect();
    canvas.polygon(&star, red);
    let count = text.chars().count();
    // The letters stand on an arc of 240 degrees, open below.
    let step = 240.0 / (count.max(2) - 1) as f32;
    for (place, character) in text.chars().enumerate() {
        canvas.placed(at, 1.0, -120.0 + step * place as f32, |canvas| {
            canvas.text_centred((0.0, -57.0), 21.0, red, &character.to_string());
        });
    }
    canvas.text_centred((at.0, at.1 + 58.0), 17.0, red, "样例专用");
}

/// The stamp of the keeper, which says that the copy agrees with the original.
pub(crate) fn copy_stamp(canvas: &mut Canvas, at: (f32, f32), text: &str) {
    let right = 54.0 + 28.0 * text.chars().count() as f32;
    canvas.placed(at, 1.0, -6.0, |canvas| {
        let blue = wash(0x1c_3f9a, 0.8);
        let corners = [(0.0, 0.0), (right, 0.0), (right, 46.0), (0.0, 46.0), (0.0, 0.0)];
        canvas.line(&corners, 3.0, blue);
        canvas.text((16.0, 34.0), 28.0, blue, text);
    });
    canvas.line(&[(at.0 + 10.0, at.1 + 60.0), (at.0 + 150.0, at.1 + 52.0)], 1.0, ink(0x30_3030));
}
