//! The workshop around a subject: wall, floor, windows, lamps; and plain grounds for close views.

use crate::canvas::{Canvas, Fill, Ink, ink, wash};

/// Where wall and floor meet, in pixels from above.
pub(crate) const FLOOR_Y: f32 = 560.0;
/// Sides of what is drawn: a margin beyond the picture.
const LEFT: f32 = -40.0;
const RIGHT: f32 = 1340.0;

/// A workshop seen from its middle; `wall` is the colour of the upper wall.
pub(crate) fn workshop(canvas: &mut Canvas, wall: u32) {
    canvas.rect(LEFT, -40.0, RIGHT - LEFT, FLOOR_Y + 40.0, Fill::Down(ink(0x8a_8d88), ink(wall)));
    canvas.rect(LEFT, 380.0, RIGHT - LEFT, 180.0, Fill::Down(ink(0x5d_7a6c), ink(0x4c_6659)));
    canvas.rect(LEFT, 376.0, RIGHT - LEFT, 5.0, ink(0x3c_5046));
    for x in [90.0, 360.0, 860.0, 1130.0] {
        window(canvas, x);
    }
    for x in [250.0, 640.0, 1030.0] {
        canvas.rect(x - 90.0, 0.0, 180.0, 16.0, ink(0xf4_f6ee));
        canvas.oval(x - 170.0, -60.0, 340.0, 170.0, wash(0xff_fbe0, 0.16));
    }
    canvas.line(&[(LEFT, 60.0), (RIGHT, 48.0)], 9.0, ink(0x6b_6259));
    canvas.line(&[(LEFT, 84.0), (RIGHT, 72.0)], 5.0, ink(0x9a_4438));
    floor(canvas);
}

fn window(canvas: &mut Canvas, x: f32) {
    canvas.rect(x - 6.0, 114.0, 132.0, 172.0, ink(0x4a_4f50));
    for (column, row) in [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)] {
        let pane = Fill::Down(ink(0xe6_eef2), ink(0xb4_c6cf));
        canvas.rect(x + column * 62.0, 120.0 + row * 82.0, 57.0, 77.0, pane);
    }
    canvas.polygon(
        &[(x + 8.0, 190.0), (x + 40.0, 124.0), (x + 54.0, 124.0), (x + 22.0, 190.0)],
        wash(0xff_ffff, 0.35),
    );
}

fn floor(canvas: &mut Canvas) {
    canvas.rect(LEFT, FLOOR_Y, RIGHT - LEFT, 460.0, Fill::Down(ink(0x77_7a76), ink(0x9b_9c95)));
    // Joints of the slabs run to a point behind the wall.
    for step in -9..=9 {
        let foot = 640.0 + step as f32 * 210.0;
        let head = 640.0 + step as f32 * 62.0;
        canvas.line(&[(head, FLOOR_Y), (foot, 1000.0)], 2.0, wash(0x3a_3c3a, 0.5));
    }
    for y in [600.0, 662.0, 750.0, 870.0] {
        canvas.line(&[(LEFT, y), (RIGHT, y)], 2.0, wash(0x3a_3c3a, 0.45));
    }
    canvas.polygon(
        &[(60.0, FLOOR_Y), (92.0, FLOOR_Y), (-30.0, 820.0), (-40.0, 720.0)],
        ink(0xc9_a83a),
    );
    for (x, y, width, height) in
        [(420.0, 900.0, 260.0, 46.0), (930.0, 700.0, 150.0, 26.0), (180.0, 640.0, 120.0, 16.0)]
    {
        canvas.oval(x, y, width, height, wash(0x2b_2622, 0.28));
    }
}

/// A plain ground behind a close view, with scratches and stains.
pub(crate) fn ground(canvas: &mut Canvas, upper: Ink, lower: Ink) {
    canvas.rect(LEFT, -40.0, RIGHT - LEFT, 1060.0, Fill::Down(upper, lower));
    for step in 0..14 {
        let x = (step * 397 % 1280) as f32;
        let y = (step * 263 % 960) as f32;
        canvas.oval(x, y, 160.0, 44.0, wash(0x1a_1814, 0.07));
        canvas.line(&[(x, y), (x + 70.0, y + 23.0)], 2.0, wash(0xff_ffff, 0.12));
    }
}

/// What a thing takes away of the light below itself.
pub(crate) fn shadow(canvas: &mut Canvas, x: f32, y: f32, width: f32, height: f32) {
    canvas.oval(x, y, width, height, wash(0x0c_0d0c, 0.33));
    canvas.oval(x + width * 0.1, y + height * 0.2, width * 0.8, height * 0.6, wash(0, 0.3));
}
