//! A four-gas detector in front of the pit, its display showing a reading (LS07).

use super::room;
use crate::canvas::{Canvas, Fill, ink, wash};
use crate::instrument::Reading;

/// The detector fills the picture.
pub(crate) fn close(canvas: &mut Canvas, reading: &Reading, instrument_number: &str) {
    room::ground(canvas, ink(0x6d_6b62), ink(0x95_9185));
    canvas.oval(60.0, 60.0, 1100.0, 330.0, ink(0x1a_1c16));
    glove(canvas);
    canvas.placed((360.0, 90.0), 1.0, 3.0, |canvas| body(canvas, reading, instrument_number));
    for finger in 0..3 {
        let y = 560.0 + finger as f32 * 92.0;
        canvas.oval(800.0, y, 190.0, 84.0, Fill::Down(ink(0xe2_ddd0), ink(0xa2_9c8e)));
    }
    canvas.oval(262.0, 520.0, 120.0, 210.0, Fill::Down(ink(0xe2_ddd0), ink(0xa2_9c8e)));
}

fn glove(canvas: &mut Canvas) {
    canvas.polygon(
        &[
            (300.0, 1000.0),
            (330.0, 560.0),
            (420.0, 470.0),
            (900.0, 480.0),
            (1000.0, 600.0),
            (1040.0, 1000.0),
        ],
        Fill::Down(ink(0xd8_d3c6), ink(0x9a_9486)),
    );
}

fn body(canvas: &mut Canvas, reading: &Reading, instrument_number: &str) {
    canvas.rect(14.0, 20.0, 520.0, 760.0, wash(0, 0.4));
    canvas.rect(0.0, 0.0, 520.0, 760.0, Fill::Round(ink(0xf2_b632), ink(0xb7_7c12)));
    canvas.rect(34.0, 34.0, 452.0, 690.0, Fill::Down(ink(0x34_3636), ink(0x1f_2121)));
    for port in 0..4 {
        let centre = (110.0 + 100.0 * port as f32, 92.0);
        canvas.circle(centre, 34.0, ink(0x55_5957));
        canvas.circle(centre, 25.0, ink(0x14_1615));
    }
    canvas.rect(66.0, 150.0, 388.0, 330.0, ink(0x10_1210));
    let alarm = reading.hydrogen_sulfide_ppm >= 10.0;
    let screen = if alarm { (0xd9_6a4a, 0xc4_4e34) } else { (0xb9_cfa8, 0x9a_b48a) };
    canvas.rect(76.0, 160.0, 368.0, 310.0, Fill::Down(ink(screen.0), ink(screen.1)));
    let cells = [
        ("O2", format!("{:.1}", reading.oxygen_percent), "%VOL"),
        ("LEL", format!("{:.0}", reading.combustible_percent_lel), "%LEL"),
        ("CO", format!("{:.0}", reading.carbon_monoxide_ppm), "ppm"),
        ("H2S", format!("{:.1}", reading.hydrogen_sulfide_ppm), "ppm"),
    ];
    for (cell, (gas, value, unit)) in cells.iter().enumerate() {
        let x = 92.0 + 182.0 * (cell % 2) as f32;
        let y = 196.0 + 150.0 * (cell / 2) as f32;
        canvas.text((x, y), 30.0, ink(0x12_1612), gas);
        canvas.text((x + 96.0, y), 22.0, ink(0x12_1612), unit);
        canvas.text((x, y + 84.0), 76.0, ink(0x0a_0d0a), value);
    }
    canvas.line(&[(260.0, 170.0), (260.0, 460.0)], 3.0, wash(0x10_1410, 0.6));
    canvas.line(&[(86.0, 314.0), (434.0, 314.0)], 3.0, wash(0x10_1410, 0.6));
    if alarm {
        canvas.circle((260.0, 520.0), 20.0, ink(0xff_5030));
        canvas.circle((260.0, 520.0), 44.0, wash(0xff_4020, 0.3));
    }
    for (x, label) in [(150.0, "确认"), (370.0, "电源")] {
        canvas.circle((x, 600.0), 40.0, Fill::Down(ink(0x5c_605e), ink(0x33_3635)));
        canvas.text_centred((x, 610.0), 28.0, ink(0xe8_e8e0), label);
    }
    canvas.rect(120.0, 662.0, 280.0, 44.0, ink(0xe9_e7da));
    canvas.text_centred((260.0, 693.0), 26.0, ink(0x22_2422), instrument_number);
}
