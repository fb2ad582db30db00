//! The signed list of digests (证据哈希清单): which photos were taken, and what each one's file gives.

use super::Page;
use super::form::{self, MARGIN, PRINT};
use super::scribble;
use crate::canvas::Canvas;

/// Where the table begins and how high a row is: two lines stand in it.
const TABLE_TOP: f32 = 330.0;
const ROW_HEIGHT: f32 = 74.0;
/// Widths of the number and of the rest.
const WIDTHS: [f32; 2] = [80.0, 660.0];

/// Each row is a caption and the first digits of the SHA-256 of its file.
pub(crate) fn draw(canvas: &mut Canvas, page: Page<'_>, rows: &[(&str, String)], hand: u64) {
    let Page { site, people, date, .. } = page;
    form::title(canvas, "证据哈希清单");
    canvas.text((620.0, 160.0), 20.0, PRINT, "（样例，不具效力）");
    form::line(canvas, 215.0, "当事人：", site.name);
    form::line(canvas, 265.0, "签认时间：", date);
    canvas.text((MARGIN, 312.0), 20.0, PRINT, "以下为照片文件的哈希值（SHA-256，前十六位）：");
    let mut cells = vec![form::row(&["序号", "照片和哈希值"])];
    cells.extend((1..=rows.len()).map(|number| form::row(&[&number.to_string(), ""])));
    let bottom = form::table(canvas, TABLE_TOP, ROW_HEIGHT, &WIDTHS, &cells);
    for (index, (caption, digits)) in rows.iter().enumerate() {
        let top = TABLE_TOP + ROW_HEIGHT * (index as f32 + 1.0);
        let left = MARGIN + WIDTHS[0] + 16.0;
        canvas.text((left, top + 31.0), 22.0, PRINT, caption);
        canvas.text((left, top + 62.0), 24.0, PRINT, digits);
    }
    let count = format!("共{}项。以上清单我已核对，与现场拍摄一致。", rows.len());
    canvas.text((MARGIN, bottom + 60.0), 24.0, PRINT, &count);
    form::line(canvas, bottom + 140.0, "执法人员：", "");
    scribble::signature(canvas, (MARGIN + 160.0, bottom + 137.0), &people.officers[0], hand);
    scribble::signature(canvas, (MARGIN + 400.0, bottom + 137.0), &people.officers[1], hand);
    form::line(canvas, bottom + 225.0, "当事人签认：", "");
    scribble::signature(canvas, (MARGIN + 190.0, bottom + 222.0), &site.representative, hand);
    scribble::fingerprint(canvas, (MARGIN + 350.0, bottom + 207.0), hand);
    canvas.text((410.0, 1220.0), 20.0, PRINT, "第1页");
}
