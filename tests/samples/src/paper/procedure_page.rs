//! A signed paper of the procedure (审批表、移送函、复查意见书): a title, a sentence, signatures.

use super::form::{self, MARGIN, PRINT};
use super::scribble;
use super::{PAGE_WIDTH, Page};
use crate::canvas::Canvas;

/// The title is what the paper is called.
pub(crate) fn draw(canvas: &mut Canvas, page: Page<'_>, title: &str, hand: u64) {
    let Page { site, people, date, .. } = page;
    form::title(canvas, title);
    canvas.text((620.0, 175.0), 20.0, PRINT, "（样例，不具效力）");
    form::line(canvas, 240.0, "当事人：", site.name);
    form::line(canvas, 290.0, "时间：", date);
    let words = format!("{}的{title}，事项和意见见卷内记录。经办人已核对，情况属实。", site.name);
    form::paragraph(canvas, (MARGIN, 370.0), PAGE_WIDTH - MARGIN, PRINT, &words);
    form::line(canvas, 980.0, "经办人：", "");
    scribble::signature(canvas, (MARGIN + 160.0, 977.0), &people.officers[0], hand);
    scribble::signature(canvas, (MARGIN + 400.0, 977.0), &people.officers[1], hand);
    form::line(canvas, 1070.0, "签收：", "");
    scribble::signature(canvas, (MARGIN + 160.0, 1067.0), &site.representative, hand);
}
