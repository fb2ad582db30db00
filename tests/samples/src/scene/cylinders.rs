//! An oxygen and an acetylene cylinder side by side, upright and not chained (FE13).

use super::{props, room};
use crate::canvas::{Canvas, Fill, ink, wash};

/// Both cylinders on the floor of the workshop.
pub(crate) fn wide(canvas: &mut Canvas) {
    room::workshop(canvas, 0xbe_bab0);
    cutting_table(canvas);
    room::shadow(canvas, 420.0, 755.0, 330.0, 66.0);
    canvas.placed((450.0, 350.0), 1.0, 0.0, pair);
    props::sign(canvas, (760.0, 300.0), 26.0, ink(0xb0_2a20), "严禁烟火");
}

/// The distance between them, with ruler and plate.
pub(crate) fn close(canvas: &mut Canvas) {
    room::ground(canvas, ink(0x5a_7568), ink(0x8a_8c86));
    canvas.rect(-40.0, 800.0, 1380.0, 220.0, Fill::Down(ink(0x77_7a76), ink(0x9b_9c95)));
    canvas.placed((230.0, -230.0), 2.5, 0.5, pair);
    props::ruler(canvas, (400.0, 700.0), 0.0, 18);
    props::plate(canvas, (1000.0, 500.0), "证据05", "FE13");
}

/// The two cylinders, 240 wide and 430 high.
fn pair(canvas: &mut Canvas) {
    cylinder(canvas, 10.0, 84.0, Fill::Round(ink(0x7f_b6dc), ink(0x24_5a85)), ("氧", 0x12_1416));
    cylinder(canvas, 140.0, 92.0, Fill::Round(ink(0xfa_f8f2), ink(0xa7_a49b)), ("乙炔", 0xb8_2a20));
    canvas.curve(
        &[(70.0, 34.0), (150.0, -20.0), (320.0, 120.0), (330.0, 300.0), (480.0, 420.0)],
        7.0,
        ink(0x1d_5f94),
    );
    canvas.curve(
        &[(200.0, 40.0), (300.0, 10.0), (370.0, 160.0), (360.0, 320.0), (500.0, 430.0)],
        7.0,
        ink(0xa8_2a22),
    );
}

fn cylinder(canvas: &mut Canvas, x: f32, width: f32, body: Fill, (gas, print): (&str, u32)) {
    let middle = x + width / 2.0;
    canvas.rect(middle - 8.0, 26.0, 16.0, 44.0, Fill::Round(ink(0xe0_bf6a), ink(0x86_6318)));
    canvas.line(&[(middle, 36.0), (middle + 28.0, 36.0)], 9.0, ink(0x9a_7420));
    for gauge in [(middle + 18.0, 16.0), (middle + 40.0, 30.0)] {
        canvas.circle(gauge, 15.0, ink(0x8d_8f8e));
        canvas.circle(gauge, 12.0, ink(0xf4_f4ee));
        canvas.line(&[gauge, (gauge.0 + 6.0, gauge.1 - 7.0)], 2.0, ink(0xb0_2018));
    }
    canvas.oval(x, 60.0, width, 110.0, body);
    canvas.rect(x, 112.0, width, 300.0, body);
    canvas.oval(x, 400.0, width, 26.0, body);
    canvas.rect(x - 2.0, 300.0, width + 4.0, 9.0, wash(0x1c_1e1e, 0.75));
    for (row, character) in gas.chars().enumerate() {
        let size = width * 0.55;
        let baseline = 190.0 + row as f32 * size * 1.1;
        canvas.text_centred((middle, baseline), size, ink(print), &character.to_string());
    }
    // Rust and knocks, so that it looks used.
    for mark in 0..7 {
        let at = (x + 8.0 + (mark * 29 % 60) as f32, 250.0 + (mark * 47 % 150) as f32);
        canvas.circle(at, 3.0 + (mark % 3) as f32, wash(0x6b_3a1c, 0.4));
    }
}

fn cutting_table(canvas: &mut Canvas) {
    canvas.rect(860.0, 600.0, 330.0, 30.0, Fill::Down(ink(0x6a_6460), ink(0x3f_3b38)));
    canvas.rect(880.0, 630.0, 26.0, 150.0, ink(0x4a_4643));
    canvas.rect(1140.0, 630.0, 26.0, 150.0, ink(0x4a_4643));
    for slot in 0..10 {
        canvas.rect(875.0 + 31.0 * slot as f32, 592.0, 6.0, 10.0, ink(0x84_5a3a));
    }
    canvas.polygon(&[(900.0, 590.0), (1080.0, 580.0), (1150.0, 592.0)], ink(0x86_8886));
}
