//! An exit that nobody can use: cartons before the doors, a chain through the handles (FE01).

use super::{props, room};
use crate::canvas::{Canvas, Fill, ink, wash};

/// Doors and cartons in the workshop.
pub(crate) fn wide(canvas: &mut Canvas) {
    room::workshop(canvas, 0xc2_bfb2);
    canvas.placed((460.0, 205.0), 1.0, 0.0, doors);
    room::shadow(canvas, 330.0, 650.0, 640.0, 110.0);
    for (x, y, size) in [(400.0, 560.0, 1.1), (560.0, 580.0, 1.25), (720.0, 566.0, 1.15)] {
        canvas.placed((x, y), size, 0.0, carton);
    }
    for (x, y, size) in [(436.0, 455.0, 1.0), (610.0, 462.0, 1.1)] {
        canvas.placed((x, y), size, 1.5, carton);
    }
    canvas.placed((640.0, 370.0), 0.85, -2.0, carton);
}

/// The chain and the lock, with ruler and plate.
pub(crate) fn close(canvas: &mut Canvas) {
    room::ground(canvas, ink(0xa9_a79a), ink(0x8d_8b80));
    canvas.placed((130.0, -330.0), 2.7, 1.0, doors);
    canvas.placed((-90.0, 690.0), 2.4, -2.0, carton);
    props::ruler(canvas, (520.0, 800.0), 2.0, 22);
    props::plate(canvas, (990.0, 520.0), "证据02", "FE01");
}

/// A pair of steel doors, 380 wide and 350 high, with the sign above.
fn doors(canvas: &mut Canvas) {
    props::sign(canvas, (112.0, -58.0), 28.0, ink(0x16_7a46), "安全出口");
    canvas.rect(-14.0, -6.0, 408.0, 360.0, ink(0x57_5d60));
    for side in 0..2 {
        let x = side as f32 * 191.0;
        canvas.rect(x, 6.0, 188.0, 348.0, Fill::Down(ink(0x9c_a8ae), ink(0x77_848b)));
        canvas.rect(x + 24.0, 30.0, 140.0, 84.0, ink(0x2f_3a40));
        canvas.rect(x + 28.0, 34.0, 132.0, 76.0, Fill::Down(ink(0x7d_929c), ink(0x55_6870)));
        canvas.rect(x + 24.0, 230.0, 140.0, 100.0, wash(0x4b_565c, 0.35));
    }
    for x in [170.0, 198.0] {
        canvas.rect(x, 150.0, 12.0, 70.0, Fill::Round(ink(0xe4_e7e8), ink(0x76_7b7e)));
    }
    chain(canvas);
}

fn chain(canvas: &mut Canvas) {
    for link in 0..9 {
        let angle = link as f32 * 0.7;
        let at = (190.0 + angle.cos() * 27.0, 186.0 + angle.sin() * 17.0);
        canvas.ring(at, 6.5, 4.0, ink(0x2f_3132));
        canvas.ring(at, 6.5, 1.2, ink(0x9a_9c9b));
    }
    canvas.ring((190.0, 212.0), 10.0, 4.5, ink(0xb9_bbba));
    canvas.rect(174.0, 214.0, 32.0, 27.0, Fill::Down(ink(0xd2_a63c), ink(0x8d_6516)));
    canvas.circle((190.0, 227.0), 3.5, ink(0x2a_1d08));
}

/// A carton 160 wide and 120 high with tape and print.
fn carton(canvas: &mut Canvas) {
    canvas.rect(0.0, 0.0, 160.0, 120.0, Fill::Down(ink(0xc2_9a68), ink(0x95_703f)));
    canvas.polygon(
        &[(0.0, 0.0), (22.0, -20.0), (176.0, -20.0), (160.0, 0.0)],
        Fill::Down(ink(0xd8_b585), ink(0xc5_9e6c)),
    );
    canvas.polygon(&[(160.0, 0.0), (176.0, -20.0), (176.0, 96.0), (160.0, 120.0)], ink(0x7d_5c32));
    canvas.rect(70.0, 0.0, 20.0, 44.0, wash(0xe9_dcb8, 0.7));
    canvas.text((14.0, 92.0), 22.0, wash(0x3c_2a12, 0.8), "小心轻放");
    canvas.line(&[(112.0, 100.0), (112.0, 74.0), (120.0, 82.0)], 3.0, wash(0x3c_2a12, 0.8));
}
