//! The signed page of an interview (询问笔录): questions, answers, a signature and a fingerprint.

use super::form::{self, MARGIN, PRINT};
use super::{PAGE_WIDTH, Page, scribble};
use crate::canvas::{Canvas, ink};

/// What is asked and answered, the rights first; the answers agree with the ledger of repairs.
pub const INTERVIEW: [(&str, &str); 5] = [
    ("我们是涛雒镇执法人员，已出示证件。你是否申请我们回避？", "看过证件了，不申请回避。"),
    ("一号车间皮带传动部位为什么没有防护罩？", "三月十一日更换皮带时拆下，之后没有装回。"),
    ("设备从那以后是否一直在运转？", "是，每天运转约八个小时，由一名工人看管。"),
    ("你是否知道这样有危险？", "知道手可能被卷入，一直没有安排人去装，是我的责任。"),
    ("还有没有要补充的？", "没有，以上都是事实。防护罩马上装回。"),
];

/// The words that the party leaves on the page by hand.
const READ_AND_TRUE: &str = "以上笔录我已看过，与我说的相符。";

pub(crate) fn draw(canvas: &mut Canvas, page: Page<'_>, hand: u64) {
    let Page { site, people, date, .. } = page;
    form::title(canvas, "询问笔录");
    canvas.text((620.0, 160.0), 20.0, PRINT, "（样例，不具效力）");
    form::line(canvas, 210.0, "被询问人：", &site.representative);
    form::line(canvas, 258.0, "工作单位：", site.name);
    let right = PAGE_WIDTH - MARGIN;
    let mut y = 318.0;
    for (question, answer) in INTERVIEW {
        y = form::paragraph(canvas, (MARGIN, y), right, PRINT, &format!("问：{question}"));
        y = form::paragraph(canvas, (MARGIN, y), right, PRINT, &format!("答：{answer}")) + 14.0;
    }
    canvas.text((MARGIN, 985.0), 28.0, ink(0x16_1b3a), READ_AND_TRUE);
    form::line(canvas, 1070.0, "被询问人：", "");
    scribble::signature(canvas, (MARGIN + 160.0, 1067.0), &site.representative, hand);
    scribble::fingerprint(canvas, (MARGIN + 310.0, 1052.0), hand);
    canvas.text((MARGIN + 400.0, 1067.0), 24.0, ink(0x16_1b3a), date);
    form::line(canvas, 1150.0, "询问人、记录人：", "");
    scribble::signature(canvas, (MARGIN + 240.0, 1147.0), &people.officers[0], hand);
    scribble::signature(canvas, (MARGIN + 480.0, 1147.0), &people.officers[1], hand);
    canvas.text((400.0, 1225.0), 20.0, PRINT, "第1页 共1页");
}
