//! A bench grinder with one guard gone and its rest too far from the wheel (MW04).

use super::{props, room};
use crate::canvas::{Canvas, Fill, ink, wash};

/// The grinder on its bench in the workshop.
pub(crate) fn wide(canvas: &mut Canvas) {
    room::workshop(canvas, 0xb6_b2a6);
    room::shadow(canvas, 300.0, 800.0, 700.0, 80.0);
    for x in [350.0, 890.0] {
        canvas.rect(x, 620.0, 46.0, 220.0, Fill::Round(ink(0x6b_6f70), ink(0x36_393a)));
    }
    canvas.rect(310.0, 590.0, 670.0, 40.0, Fill::Down(ink(0x96_7a55), ink(0x6a_5233)));
    canvas.placed((430.0, 390.0), 1.0, 0.0, grinder);
    canvas.rect(860.0, 520.0, 80.0, 70.0, Fill::Down(ink(0xb0_3a2c), ink(0x7a_2019)));
    canvas.rect(872.0, 506.0, 56.0, 16.0, ink(0x38_3c3d));
    props::sign(canvas, (500.0, 300.0), 26.0, ink(0x1f_5a9a), "打磨工位");
}

/// The bare wheel and the gap at the rest, with ruler and plate.
pub(crate) fn close(canvas: &mut Canvas) {
    room::ground(canvas, ink(0x68_6f6c), ink(0x8d_7353));
    canvas.rect(-40.0, 690.0, 1380.0, 330.0, Fill::Down(ink(0x96_7a55), ink(0x6a_5233)));
    canvas.placed((-370.0, 150.0), 2.7, 1.0, grinder);
    props::ruler(canvas, (90.0, 830.0), -2.0, 20);
    props::plate(canvas, (1000.0, 60.0), "证据03", "MW04");
}

/// The grinder, 400 wide and 200 high; its right wheel is bare.
fn grinder(canvas: &mut Canvas) {
    canvas.polygon(
        &[(140.0, 150.0), (260.0, 150.0), (290.0, 200.0), (110.0, 200.0)],
        Fill::Down(ink(0x3f_5d52), ink(0x2a_3f37)),
    );
    canvas.rect(96.0, 84.0, 208.0, 34.0, Fill::Down(ink(0xcf_d2cf), ink(0x77_7a78)));
    canvas.rect(130.0, 58.0, 140.0, 100.0, Fill::Down(ink(0x5b_8372), ink(0x31_4c41)));
    props::nameplate(canvas, (154.0, 76.0), 0.48, &["台式砂轮机", "M3220 200mm", "2850 转"]);
    stone(canvas, (70.0, 104.0));
    canvas.circle((70.0, 104.0), 74.0, wash(0x2f_4a40, 0.0));
    guard(canvas);
    stone(canvas, (330.0, 104.0));
    // The rest stands off the wheel by several times what it may.
    canvas.rect(392.0, 112.0, 52.0, 12.0, Fill::Down(ink(0xc4_c7c5), ink(0x6c_706e)));
    canvas
        .polygon(&[(420.0, 124.0), (444.0, 124.0), (300.0, 190.0), (276.0, 190.0)], ink(0x4b_504e));
    for bolt in [(300.0, 52.0), (352.0, 50.0)] {
        canvas.circle(bolt, 5.0, ink(0x1a_1816));
    }
    spark_marks(canvas);
}

fn stone(canvas: &mut Canvas, centre: (f32, f32)) {
    canvas.circle((centre.0 + 6.0, centre.1 + 8.0), 58.0, wash(0, 0.3));
    canvas.circle(centre, 57.0, Fill::Down(ink(0xa2_9c92), ink(0x6f_6a62)));
    for speck in 0..90_u32 {
        let angle = speck as f32 * 2.4;
        let radius = 22.0 + (speck * 37 % 33) as f32;
        let at = (centre.0 + angle.cos() * radius, centre.1 + angle.sin() * radius);
        canvas.circle(at, 1.3, wash(if speck % 2 == 0 { 0x3c_3833 } else { 0xd5_cfc4 }, 0.7));
    }
    // A piece has broken off the edge.
    canvas.polygon(
        &[
            (centre.0 + 38.0, centre.1 - 44.0),
            (centre.0 + 58.0, centre.1 - 22.0),
            (centre.0 + 46.0, centre.1 - 24.0),
        ],
        ink(0x3a_3733),
    );
    canvas.circle(centre, 18.0, Fill::Down(ink(0xd4_d6d4), ink(0x82_8684)));
    canvas.circle(centre, 8.0, ink(0x3b_3e3d));
}

/// The guard of the left wheel, which is there.
fn guard(canvas: &mut Canvas) {
    canvas.ring((70.0, 104.0), 64.0, 13.0, ink(0x35_5448));
    canvas.ring((70.0, 104.0), 68.0, 2.0, ink(0x6d_9483));
    canvas.polygon(&[(2.0, 104.0), (30.0, 104.0), (40.0, 168.0), (14.0, 160.0)], ink(0x8f_887c));
}

fn spark_marks(canvas: &mut Canvas) {
    for mark in 0..26 {
        let x = 330.0 + (mark * 61 % 150) as f32;
        let y = 176.0 + (mark * 17 % 26) as f32;
        canvas.circle((x, y), 1.6, wash(0x1a_1612, 0.6));
    }
}
