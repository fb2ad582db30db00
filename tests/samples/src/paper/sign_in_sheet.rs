//! The sign-in sheet of the training (签到表): printed names, signatures by hand.

use super::form::{self, MARGIN};
use super::scribble;
use crate::canvas::Canvas;
use crate::sample::People;

/// Where the table begins and how high a row is, so that signatures meet their cells.
const TABLE_TOP: f32 = 320.0;
const ROW_HEIGHT: f32 = 62.0;

pub(crate) fn draw(canvas: &mut Canvas, people: &People, date: &str, hand: u64) {
    form::title(canvas, "执法闭环培训签到表");
    form::line(canvas, 190.0, "时间：", date);
    form::line(canvas, 235.0, "地点：", "涛雒镇会议室（样例）");
    form::line(canvas, 280.0, "授课人：", &people.mentor);
    let widths = [90.0, 170.0, 220.0, 260.0];
    let mut rows = vec![form::row(&["序号", "姓名", "单位", "本人签名"])];
    for (index, name) in people.attendees.iter().enumerate() {
        let unit = if *name == people.mentor { "市级执法专家" } else { "涛雒镇" };
        rows.push(form::row(&[&(index + 1).to_string(), name, unit, ""]));
    }
    let bottom = form::table(canvas, TABLE_TOP, ROW_HEIGHT, &widths, &rows);
    let left = MARGIN + widths[..3].iter().sum::<f32>() + 60.0;
    for (index, name) in people.attendees.iter().enumerate() {
        let y = TABLE_TOP + ROW_HEIGHT * (index as f32 + 1.0) + 46.0;
        scribble::signature(canvas, (left, y), name, hand);
    }
    let note = format!("应到{0}人，实到{0}人。", people.attendees.len());
    canvas.text((MARGIN, bottom + 56.0), 24.0, form::PRINT, &note);
}
