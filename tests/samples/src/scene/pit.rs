//! The open mouth of a sewage tank without cover, barrier or sign (LS03).

use super::{props, room};
use crate::canvas::{Canvas, Fill, ink, wash};

/// The yard with the open mouth and the ladder in it.
pub(crate) fn wide(canvas: &mut Canvas) {
    canvas.rect(-40.0, -40.0, 1380.0, 420.0, Fill::Down(ink(0xaf_c8d8), ink(0xdc_e4e2)));
    factory_wall(canvas);
    canvas.rect(-40.0, 480.0, 1380.0, 540.0, Fill::Down(ink(0x8d_8a80), ink(0xa9_a598)));
    for crack in 0..9 {
        let x = (crack * 173 % 1280) as f32;
        let y = 520.0 + (crack * 97 % 400) as f32;
        canvas.curve(
            &[(x, y), (x + 60.0, y + 12.0), (x + 90.0, y + 44.0)],
            2.0,
            wash(0x33_302a, 0.5),
        );
    }
    canvas.oval(250.0, 840.0, 280.0, 50.0, wash(0x4d_6a3c, 0.45));
    canvas.placed((400.0, 560.0), 1.0, 0.0, mouth);
    canvas.curve(
        &[(711.0, 470.0), (690.0, 540.0), (650.0, 560.0), (600.0, 590.0)],
        22.0,
        ink(0x2e_5f78),
    );
    // The cover lies aside.
    room::shadow(canvas, 900.0, 742.0, 250.0, 60.0);
    canvas.oval(890.0, 720.0, 250.0, 70.0, ink(0x4a_4845));
    canvas.oval(890.0, 710.0, 250.0, 70.0, Fill::Down(ink(0x7a_7772), ink(0x5c_5955)));
}

/// The rim and the dark below, with ruler and plate.
pub(crate) fn close(canvas: &mut Canvas) {
    room::ground(canvas, ink(0x97_9488), ink(0xab_a79b));
    canvas.placed((60.0, 130.0), 2.1, -1.0, mouth);
    props::ruler(canvas, (330.0, 760.0), 1.5, 24);
    props::plate(canvas, (1010.0, 40.0), "证据06", "LS03");
}

fn factory_wall(canvas: &mut Canvas) {
    canvas.rect(-40.0, 200.0, 1380.0, 290.0, Fill::Down(ink(0xcf_c3ae), ink(0xb0_a48e)));
    for row in 0..9 {
        let y = 216.0 + row as f32 * 30.0;
        canvas.line(&[(-40.0, y), (1340.0, y)], 1.5, wash(0x6d_6350, 0.35));
    }
    canvas.rect(160.0, 250.0, 150.0, 110.0, ink(0x4a_5a60));
    canvas.rect(168.0, 258.0, 134.0, 94.0, Fill::Down(ink(0x9a_b2bc), ink(0x5f_7680)));
    canvas.rect(960.0, 240.0, 190.0, 245.0, ink(0x5d_6f82));
    canvas.rect(700.0, 190.0, 22.0, 300.0, Fill::Round(ink(0xbf_c4c4), ink(0x6a_6f70)));
    canvas.text((420.0, 330.0), 54.0, wash(0x96_2a20, 0.85), "安全第一");
}

/// The square mouth with its dark water, 440 wide and 250 high.
fn mouth(canvas: &mut Canvas) {
    canvas.polygon(&[(50.0, 30.0), (390.0, 30.0), (440.0, 220.0), (0.0, 220.0)], ink(0xb5_b0a4));
    canvas.polygon(&[(72.0, 46.0), (368.0, 46.0), (406.0, 200.0), (34.0, 200.0)], ink(0x4d_4a42));
    canvas.polygon(
        &[(84.0, 60.0), (356.0, 60.0), (386.0, 192.0), (54.0, 192.0)],
        Fill::Down(ink(0x12_130f), ink(0x2c_3322)),
    );
    for (x, y, width) in [(130.0, 150.0, 90.0), (230.0, 120.0, 70.0), (270.0, 165.0, 60.0)] {
        canvas.oval(x, y, width, 12.0, wash(0x7d_8a5c, 0.4));
    }
    for rail in [186.0, 250.0] {
        canvas.line(&[(rail, -40.0), (rail + 6.0, 170.0)], 9.0, ink(0x8c_5a34));
    }
    for rung in 0..5 {
        let y = -10.0 + rung as f32 * 38.0;
        canvas.line(&[(188.0, y), (254.0, y)], 7.0, ink(0x74_4a2c));
    }
    for chip in [(20.0, 210.0), (120.0, 34.0), (330.0, 214.0), (410.0, 130.0)] {
        canvas.circle(chip, 7.0, wash(0x5a_564c, 0.7));
    }
}
