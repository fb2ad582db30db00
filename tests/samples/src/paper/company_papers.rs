//! Papers of the enterprise: a ledger of repairs and a record of trainings, sealed and stamped.

use fastrand::Rng;

use super::form::{self, MARGIN, PRINT};
use super::{scanned, scribble};
use crate::canvas::Canvas;
use crate::sample::{People, Site};

/// What the keeper's stamp says on these.
const COPY_AGREES: &str = "与原件核对无异";

/// The two pages as JPEG files, as a scanner hands them over.
pub(crate) fn pages(site: &Site, people: &People, rng: &mut Rng) -> [Vec<u8>; 2] {
    let hand = rng.u64(..);
    [
        scanned(rng, |canvas| repairs(canvas, site, hand)),
        scanned(rng, |canvas| trainings(canvas, site, people, hand)),
    ]
}

fn repairs(canvas: &mut Canvas, site: &Site, hand: u64) {
    form::title(canvas, "设备检修台账");
    form::line(canvas, 200.0, "单位：", site.name);
    let widths = [70.0, 200.0, 150.0, 200.0, 120.0];
    let rows = [
        form::row(&["序号", "设备", "日期", "检修情况", "签名"]),
        form::row(&["1", "一号皮带传动", "03-11", "更换皮带，拆防护罩", ""]),
        form::row(&["2", "台式砂轮机", "04-02", "更换砂轮", ""]),
        form::row(&["3", "三号配电箱", "04-19", "更换空气开关", ""]),
        form::row(&["4", "一号皮带传动", "05-08", "加油", ""]),
        form::row(&["5", "行车", "05-27", "检查钢丝绳", ""]),
    ];
    let bottom = form::table(canvas, 250.0, 64.0, &widths, &rows);
    for row in 1..rows.len() {
        let y = 250.0 + 64.0 * row as f32 + 46.0;
        scribble::signature(canvas, (MARGIN + 640.0, y), &site.representative, hand);
    }
    canvas.text((MARGIN, bottom + 60.0), 22.0, PRINT, "注：防护罩拆下后未装回。");
    scribble::copy_stamp(canvas, (MARGIN + 20.0, 900.0), COPY_AGREES);
    scribble::seal(canvas, (640.0, 950.0), site.name);
}

fn trainings(canvas: &mut Canvas, site: &Site, people: &People, hand: u64) {
    form::title(canvas, "安全培训记录");
    form::line(canvas, 200.0, "单位：", site.name);
    form::line(canvas, 250.0, "内容：", "机械伤害预防、用电安全、现场处置");
    form::line(canvas, 300.0, "学时：", "4");
    let widths = [90.0, 260.0, 390.0];
    let mut rows = vec![form::row(&["序号", "姓名", "签名"])];
    // Workers of the enterprise are other people than the officers of the township.
    let workers: Vec<&String> = people.attendees.iter().rev().take(6).collect();
    for (index, worker) in workers.iter().enumerate() {
        let family = worker.chars().next().map(String::from).unwrap_or_default();
        rows.push(form::row(&[&(index + 1).to_string(), &format!("{family}师傅"), ""]));
    }
    form::table(canvas, 350.0, 64.0, &widths, &rows);
    // The last two did not sign: a record as it is found.
    for (index, worker) in workers.iter().take(4).enumerate() {
        let y = 350.0 + 64.0 * (index as f32 + 1.0) + 46.0;
        scribble::signature(canvas, (MARGIN + 460.0, y), worker, hand ^ 7);
    }
    scribble::copy_stamp(canvas, (MARGIN + 20.0, 940.0), COPY_AGREES);
    scribble::seal(canvas, (640.0, 990.0), site.name);
}
