//! The signed page of the on-site record (现场检查记录): what was found, who signed, a fingerprint.

use super::Page;
use super::form::{self, MARGIN, PRINT};
use super::scribble;
use crate::canvas::Canvas;

pub(crate) fn draw(canvas: &mut Canvas, page: Page<'_>, findings: &[&str], hand: u64) {
    let Page { site, people, date, number } = page;
    form::title(canvas, "现场检查记录");
    canvas.text((620.0, 160.0), 20.0, PRINT, "（样例，不具效力）");
    canvas.text((MARGIN, 170.0), 22.0, PRINT, number);
    form::line(canvas, 215.0, "被检查单位：", site.name);
    form::line(canvas, 265.0, "地址：", site.address);
    form::line(canvas, 315.0, "检查时间：", date);
    form::line(canvas, 365.0, "现场负责人：", &site.representative);
    canvas.text((MARGIN, 425.0), 24.0, PRINT, "检查情况：已出示证件，发现以下问题：");
    for (index, finding) in findings.iter().enumerate() {
        let text = format!("{}. {finding}；", index + 1);
        canvas.text((MARGIN + 20.0, 480.0 + 52.0 * index as f32), 24.0, PRINT, &text);
    }
    let blank = 490.0 + 52.0 * findings.len() as f32;
    for step in 0..3 {
        let y = blank + 52.0 * step as f32;
        canvas.line(&[(MARGIN, y), (820.0, y)], 0.8, PRINT);
    }
    canvas.text((MARGIN, 905.0), 24.0, PRINT, "以上记录已看过，情况属实。");
    form::line(canvas, 985.0, "执法人员：", "");
    scribble::signature(canvas, (MARGIN + 160.0, 982.0), &people.officers[0], hand);
    scribble::signature(canvas, (MARGIN + 400.0, 982.0), &people.officers[1], hand);
    form::line(canvas, 1070.0, "现场负责人：", "");
    scribble::signature(canvas, (MARGIN + 190.0, 1067.0), &site.representative, hand);
    scribble::fingerprint(canvas, (MARGIN + 330.0, 1052.0), hand);
    form::line(canvas, 1150.0, "日期：", date);
    canvas.text((410.0, 1220.0), 20.0, PRINT, "第1页");
}
