//! A copy of the business licence (营业执照复印件): the keeper says that it agrees with the original.

use fastrand::Rng;

use super::form::{self, MARGIN, PRINT};
use super::{PAGE_WIDTH, scanned, scribble};
use crate::canvas::{Canvas, ink, wash};
use crate::sample::Site;

/// Where the values of the licence begin, and where they break.
const VALUE_LEFT: f32 = 330.0;
const VALUE_RIGHT: f32 = 770.0;
/// The rim of the copied licence: left, top, right, bottom.
const RIM: (f32, f32, f32, f32) = (60.0, 70.0, 840.0, 880.0);

/// The page as a JPEG file, as a scanner hands it over; the keeper signs on `day`.
pub(crate) fn page(site: &Site, day: &str, rng: &mut Rng) -> Vec<u8> {
    let hand = rng.u64(..);
    scanned(rng, |canvas| {
        rim(canvas);
        licence(canvas, site);
        keeper(canvas, site, day, hand);
    })
}

/// A double rim, and the words across it by which nobody takes it for a licence.
fn rim(canvas: &mut Canvas) {
    let (left, top, right, bottom) = RIM;
    for (inset, width) in [(0.0, 6.0), (12.0, 1.6)] {
        let (left, top, right, bottom) = (left + inset, top + inset, right - inset, bottom - inset);
        let corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)];
        canvas.line(&corners, width, ink(0x55_5555));
    }
    canvas.placed((PAGE_WIDTH / 2.0, 560.0), 1.0, -28.0, |canvas| {
        canvas.text_centred((0.0, 0.0), 110.0, wash(0x60_6060, 0.16), "样例，不具效力");
    });
}

fn licence(canvas: &mut Canvas, site: &Site) {
    canvas.text_centred((PAGE_WIDTH / 2.0, 175.0), 64.0, PRINT, "营业执照");
    canvas.text_centred((PAGE_WIDTH / 2.0, 225.0), 24.0, PRINT, "（副本）（样例，虚构）");
    let rows = [
        ("统一社会信用代码", site.credit_code),
        ("名称", site.name),
        ("类型", "有限责任公司"),
        ("住所", site.address),
        ("法定代表人", &site.representative),
        ("注册资本", "人民币贰佰万元整"),
        ("成立日期", "2019年04月18日"),
        ("经营范围", "机械零部件加工、销售；通用设备修理。"),
        ("登记机关", "样例登记机关（虚构）"),
    ];
    let mut y = 300.0;
    for (label, value) in rows {
        canvas.text((MARGIN + 30.0, y), 24.0, PRINT, label);
        y = form::paragraph(canvas, (VALUE_LEFT, y), VALUE_RIGHT, PRINT, value) + 18.0;
    }
    scribble::seal(canvas, (700.0, 770.0), "样例登记机关");
}

/// What the keeper adds to the copy: the stamp, a hand, a day, the seal.
fn keeper(canvas: &mut Canvas, site: &Site, day: &str, hand: u64) {
    scribble::copy_stamp(canvas, (MARGIN + 10.0, 960.0), "复印件与原件核对无误");
    canvas.text((MARGIN, 1075.0), 24.0, PRINT, "原件存放处：本公司");
    canvas.text((MARGIN, 1130.0), 24.0, PRINT, "提供人：");
    scribble::signature(canvas, (MARGIN + 110.0, 1127.0), &site.representative, hand);
    canvas.text((MARGIN, 1185.0), 24.0, PRINT, &format!("日期：{day}"));
    scribble::seal(canvas, (640.0, 1075.0), site.name);
}
