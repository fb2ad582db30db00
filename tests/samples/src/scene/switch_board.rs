//! A distribution board without a door, wires hanging out, sacks in front of it (FE09).

use super::{props, room};
use crate::canvas::{Canvas, Fill, ink, wash};

/// The board on the wall of the workshop.
pub(crate) fn wide(canvas: &mut Canvas) {
    room::workshop(canvas, 0xaf_b5b5);
    canvas.rect(622.0, -20.0, 26.0, 260.0, Fill::Round(ink(0xc9_cccc), ink(0x71_7676)));
    canvas.placed((510.0, 235.0), 1.0, 0.0, board);
    room::shadow(canvas, 400.0, 720.0, 520.0, 90.0);
    for (x, y) in [(430.0, 640.0), (600.0, 660.0), (740.0, 632.0), (520.0, 575.0), (660.0, 585.0)] {
        sack(canvas, x, y);
    }
}

/// Live parts and hinges, with ruler and plate.
pub(crate) fn close(canvas: &mut Canvas) {
    room::ground(canvas, ink(0xa4_aaa9), ink(0x7f_8685));
    canvas.placed((170.0, -40.0), 2.6, 1.5, board);
    props::ruler(canvas, (60.0, 850.0), -1.5, 24);
    props::plate(canvas, (1000.0, 640.0), "证据04", "FE09");
}

/// The open board, 260 wide and 310 high.
fn board(canvas: &mut Canvas) {
    canvas.rect(8.0, 10.0, 260.0, 310.0, wash(0, 0.35));
    canvas.rect(0.0, 0.0, 260.0, 310.0, Fill::Down(ink(0xb8_bdb8), ink(0x8f_9590)));
    canvas.rect(14.0, 14.0, 232.0, 282.0, Fill::Down(ink(0x2e_3231), ink(0x3f_4544)));
    for y in [40.0, 250.0] {
        canvas.rect(-7.0, y, 14.0, 34.0, ink(0x6d_4a35));
        canvas.circle((0.0, y + 17.0), 4.0, ink(0xa8_6b45));
    }
    for (bar, color) in [0xc7_8b2e, 0x3c_8a3c, 0xa9_2f26].into_iter().enumerate() {
        canvas.rect(
            34.0 + 30.0 * bar as f32,
            30.0,
            14.0,
            74.0,
            Fill::Round(ink(0xe0_a860), ink(color)),
        );
    }
    for row in 0..2 {
        for column in 0..5 {
            breaker(
                canvas,
                28.0 + 41.0 * column as f32,
                116.0 + 82.0 * row as f32,
                (row + column) % 3 == 0,
            );
        }
    }
    wires(canvas);
    props::nameplate(canvas, (136.0, 40.0), 0.5, &["配电箱 AL-03", "380V 100A"]);
    props::voltage_triangle(canvas, (214.0, -34.0), 46.0);
    canvas.text((30.0, -16.0), 30.0, ink(0x2a_2d2b), "三号配电箱");
}

fn breaker(canvas: &mut Canvas, x: f32, y: f32, off: bool) {
    canvas.rect(x, y, 34.0, 62.0, Fill::Down(ink(0xe8_e8e2), ink(0xbd_bdb6)));
    canvas.rect(x + 8.0, y + 18.0, 18.0, 28.0, ink(0x26_2827));
    let lever = if off { y + 34.0 } else { y + 20.0 };
    canvas.rect(x + 11.0, lever, 12.0, 10.0, ink(if off { 0x2f_8a4a } else { 0xc4_3024 }));
    canvas.circle((x + 17.0, y + 8.0), 3.0, ink(0x6a_6c68));
    canvas.circle((x + 17.0, y + 55.0), 3.0, ink(0x6a_6c68));
}

fn wires(canvas: &mut Canvas) {
    let colors = [0xd0_3a2a, 0xe0_b52c, 0x2b_8146, 0x1e_5a9f, 0x1a_1a1a, 0xd0_3a2a, 0x1e_5a9f];
    for (strand, color) in colors.into_iter().enumerate() {
        let step = strand as f32;
        let from = (45.0 + step * 29.0, 256.0);
        let points = [
            from,
            (from.0 - 8.0, 300.0),
            (70.0 + step * 12.0, 345.0 + step * 7.0),
            (100.0 + step * 20.0, 372.0),
        ];
        canvas.curve(&points, 5.0, ink(color));
        canvas.circle(points[3], 3.5, ink(0xd8_8a4a));
    }
    canvas.curve(
        &[(60.0, 104.0), (20.0, 140.0), (22.0, 220.0), (50.0, 256.0)],
        4.0,
        ink(0xd0_3a2a),
    );
    canvas.line(&[(196.0, 262.0), (226.0, 250.0)], 11.0, ink(0x18_3048));
}

fn sack(canvas: &mut Canvas, x: f32, y: f32) {
    canvas.oval(x, y, 200.0, 112.0, Fill::Down(ink(0xdc_d6c4), ink(0x9d_9580)));
    canvas.oval(x + 20.0, y + 14.0, 120.0, 40.0, wash(0xff_ffff, 0.25));
    canvas.curve(
        &[(x + 30.0, y + 70.0), (x + 90.0, y + 92.0), (x + 170.0, y + 66.0)],
        3.0,
        wash(0x6f_6750, 0.7),
    );
    canvas.text((x + 66.0, y + 66.0), 24.0, wash(0x25_508f, 0.75), "饲料");
}
