//! What an officer lays beside a defect, and signs that hang in every workshop.

use crate::canvas::{Canvas, Ink, ink, wash};

/// A steel rule with a tick at each centimetre; `pixels_per_cm` belongs to the close view.
pub(crate) fn ruler(canvas: &mut Canvas, at: (f32, f32), degrees: f32, length_cm: u16) {
    const PIXELS_PER_CM: f32 = 30.0;
    let length = f32::from(length_cm) * PIXELS_PER_CM + 24.0;
    canvas.placed(at, 1.0, degrees, |canvas| {
        canvas.rect(6.0, 8.0, length, 62.0, wash(0, 0.35));
        canvas.rect(0.0, 0.0, length, 60.0, ink(0xe8_cf4a));
        canvas.rect(0.0, 0.0, length, 4.0, ink(0xf7_ea9a));
        for half in 0..=length_cm * 2 {
            let x = 12.0 + f32::from(half) * PIXELS_PER_CM / 2.0;
            let tick = if half % 2 == 0 { 24.0 } else { 14.0 };
            canvas.line(&[(x, 0.0), (x, tick)], 2.0, ink(0x1a_1a16));
            if half % 2 == 0 {
                canvas.text_centred((x, 46.0), 19.0, ink(0x1a_1a16), &(half / 2).to_string());
            }
        }
        canvas.text((length - 40.0, 57.0), 13.0, ink(0x8c_1f14), "cm");
    });
}

/// The numbered plate of the evidence (证据牌) with the checklist item.
pub(crate) fn plate(canvas: &mut Canvas, at: (f32, f32), number: &str, item: &str) {
    canvas.placed(at, 1.0, -2.0, |canvas| {
        canvas.rect(7.0, 9.0, 250.0, 150.0, wash(0, 0.35));
        canvas.rect(0.0, 0.0, 250.0, 150.0, ink(0xf3_f1e6));
        canvas.rect(0.0, 0.0, 250.0, 44.0, ink(0x1f_4f8f));
        canvas.text_centred((125.0, 32.0), 27.0, ink(0xff_ffff), "现场取证");
        canvas.text_centred((125.0, 100.0), 50.0, ink(0x14_1414), number);
        canvas.text_centred((125.0, 138.0), 26.0, ink(0x8c_1f14), item);
    });
}

/// A small metal nameplate of a machine.
pub(crate) fn nameplate(canvas: &mut Canvas, at: (f32, f32), scale: f32, lines: &[&str]) {
    let height = 20.0 + 24.0 * lines.len() as f32;
    canvas.placed(at, scale, 0.0, |canvas| {
        canvas.rect(0.0, 0.0, 190.0, height, ink(0xbf_c4c4));
        canvas.rect(4.0, 4.0, 182.0, height - 8.0, ink(0xd9_dddc));
        for (row, line) in lines.iter().enumerate() {
            canvas.text((14.0, 30.0 + 24.0 * row as f32), 18.0, ink(0x2a_2d30), line);
        }
        for corner in [(9.0, 9.0), (181.0, 9.0), (9.0, height - 9.0), (181.0, height - 9.0)] {
            canvas.circle(corner, 3.0, ink(0x55_5a5c));
        }
    });
}

/// A sign with one line of text on a coloured board.
pub(crate) fn sign(canvas: &mut Canvas, at: (f32, f32), size: f32, board: Ink, text: &str) {
    let width = size * (text.chars().count() as f32 + 1.0);
    canvas.rect(at.0, at.1, width, size * 1.7, board);
    canvas.text((at.0 + size * 0.5, at.1 + size * 1.2), size, ink(0xf8_f8f0), text);
}

/// The yellow triangle that warns of voltage.
pub(crate) fn voltage_triangle(canvas: &mut Canvas, (x, y): (f32, f32), side: f32) {
    let corners =
        [(x, y - side * 0.6), (x + side * 0.6, y + side * 0.45), (x - side * 0.6, y + side * 0.45)];
    canvas.polygon(&corners, ink(0xf0_c419));
    let loop_back = [corners[0], corners[1], corners[2], corners[0]];
    canvas.line(&loop_back, side * 0.09, ink(0x1b_1b18));
    let bolt = [
        (x + side * 0.06, y - side * 0.3),
        (x - side * 0.13, y + side * 0.08),
        (x + side * 0.1, y + side * 0.03),
        (x - side * 0.04, y + side * 0.32),
    ];
    canvas.line(&bolt, side * 0.08, ink(0x1b_1b18));
}
