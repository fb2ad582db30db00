//! A belt drive whose guard is gone: motor, two wheels, belt, the empty bolts of the guard (MW01).

use super::{props, room};
use crate::canvas::{Canvas, Fill, ink, wash};

/// The drive in the middle of the workshop; `turn` in degrees is how far the wheels have turned.
pub(crate) fn wide(canvas: &mut Canvas, turn: f32) {
    room::workshop(canvas, 0xb9_b8ab);
    lathe_behind(canvas);
    room::shadow(canvas, 330.0, 735.0, 640.0, 90.0);
    canvas.placed((350.0, 420.0), 1.0, 0.0, |canvas| drive(canvas, turn));
    props::sign(canvas, (470.0, 300.0), 26.0, ink(0x1f_5a9a), "一号车间");
}

/// The large wheel and the bolts, with ruler and plate.
pub(crate) fn close(canvas: &mut Canvas) {
    room::ground(canvas, ink(0x52_695e), ink(0x83_867f));
    canvas.placed((-20.0, 60.0), 2.15, -2.0, |canvas| drive(canvas, 24.0));
    props::ruler(canvas, (590.0, 690.0), -3.0, 20);
    props::plate(canvas, (90.0, 90.0), "证据01", "MW01");
}

fn lathe_behind(canvas: &mut Canvas) {
    canvas.rect(980.0, 430.0, 250.0, 60.0, Fill::Down(ink(0x7f_9a8c), ink(0x5c_7568)));
    canvas.rect(1000.0, 490.0, 50.0, 130.0, ink(0x53_6a5f));
    canvas.rect(1160.0, 490.0, 50.0, 130.0, ink(0x53_6a5f));
    canvas.rect(1000.0, 395.0, 74.0, 40.0, ink(0x8f_aa9b));
    canvas.circle((1085.0, 412.0), 17.0, Fill::Down(ink(0xc8_c8c0), ink(0x6b_6b66)));
}

/// The drive by itself, about 600 by 370 pixels.
fn drive(canvas: &mut Canvas, turn: f32) {
    // The frame of the machine.
    canvas.rect(330.0, 60.0, 240.0, 290.0, Fill::Down(ink(0x6f_8f80), ink(0x48_6255)));
    canvas.rect(330.0, 60.0, 240.0, 12.0, ink(0x8c_ab9c));
    canvas.rect(300.0, 340.0, 300.0, 26.0, ink(0x39_4a42));
    props::nameplate(
        canvas,
        (462.0, 88.0),
        0.5,
        &["样例设备 型号 Y-160", "转速 1440", "编号 0317"],
    );
    // The motor on its base.
    canvas.rect(20.0, 300.0, 190.0, 26.0, ink(0x33_3c40));
    canvas.rect(40.0, 210.0, 150.0, 94.0, Fill::Down(ink(0x5f_86a8), ink(0x2d_475d)));
    for rib in 0..7 {
        canvas.rect(48.0 + rib as f32 * 20.0, 210.0, 4.0, 94.0, wash(0x0f_1a22, 0.5));
    }
    canvas.rect(86.0, 188.0, 50.0, 26.0, ink(0x3a_5a74));
    canvas.curve(
        &[(110.0, 190.0), (100.0, 120.0), (-60.0, 160.0), (-90.0, 330.0)],
        8.0,
        ink(0x1c_1c1e),
    );
    belt(canvas);
    wheel(canvas, (115.0, 258.0), 42.0, turn * 2.2);
    wheel(canvas, (440.0, 200.0), 96.0, turn);
    empty_bolts(canvas);
}

fn belt(canvas: &mut Canvas) {
    let edges = [((109.0, 216.0), (430.0, 104.0)), ((121.0, 300.0), (456.0, 295.0))];
    for (from, to) in edges {
        canvas.line(&[from, to], 17.0, ink(0x16_1617));
        canvas.line(&[from, to], 3.0, wash(0x6a_6a68, 0.6));
    }
}

fn wheel(canvas: &mut Canvas, centre: (f32, f32), radius: f32, turn: f32) {
    canvas.circle((centre.0 + 5.0, centre.1 + 7.0), radius + 3.0, wash(0, 0.35));
    canvas.circle(centre, radius, Fill::Down(ink(0xb4_b6b3), ink(0x66_6966)));
    canvas.ring(centre, radius - 3.0, 7.0, ink(0x2a_2a2a));
    canvas.placed(centre, radius / 100.0, turn, |canvas| {
        for spoke in 0..5 {
            canvas.placed((0.0, 0.0), 1.0, spoke as f32 * 72.0, |canvas| {
                canvas.polygon(
                    &[(-16.0, -20.0), (16.0, -20.0), (34.0, -78.0), (-34.0, -78.0)],
                    Fill::Down(ink(0x2f_3433), ink(0x47_4d4b)),
                );
            });
        }
        canvas.circle((0.0, 0.0), 24.0, Fill::Down(ink(0xd2_d4d0), ink(0x74_7874)));
        canvas.rect(-4.0, -24.0, 8.0, 12.0, ink(0x22_2222));
    });
}

/// Where the guard was: a clean outline in the dirt and four holes without bolts.
fn empty_bolts(canvas: &mut Canvas) {
    canvas.ring((440.0, 200.0), 118.0, 5.0, wash(0xd9_d2b0, 0.5));
    for corner in [(345.0, 92.0), (552.0, 92.0), (345.0, 312.0), (552.0, 312.0)] {
        canvas.circle(corner, 9.0, ink(0xa3_4a2c));
        canvas.circle(corner, 5.0, ink(0x12_0f0d));
    }
}
