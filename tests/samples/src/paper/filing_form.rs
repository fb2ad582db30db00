//! The form that opens a case (立案审批表): what it is about, and three opinions, each signed.

use super::form::{self, MARGIN, PRINT};
use super::{PAGE_WIDTH, Page, scribble};
use crate::canvas::{Canvas, Ink, ink};

/// Colour of what is filled in.
const FILLED: Ink = ink(0x1a_2a5a);
/// Where the column of labels ends and that of values begins.
const DIVIDE: f32 = 240.0;
const RIGHT: f32 = PAGE_WIDTH - MARGIN;

/// One row: its label, its height, its words, and who signs below them.
struct Row<'a> {
    label: &'a str,
    height: f32,
    words: &'a str,
    signers: &'a [String],
}

/// The reviewer and the approver are other people than the officers in charge of the case.
pub(crate) fn draw(canvas: &mut Canvas, page: Page<'_>, day: &str, hand: u64) {
    let Page { site, people, number, .. } = page;
    form::title(canvas, "立案审批表");
    canvas.text((620.0, 160.0), 20.0, PRINT, "（样例，不具效力）");
    canvas.text((MARGIN, 205.0), 22.0, PRINT, number);
    let party = format!("{}，{}，法定代表人{}。", site.name, site.address, site.representative);
    let facts = format!("{day}现场检查发现：一号车间皮带传动部位外露，运转时无防护罩。");
    let rows = [
        plain("案由", 80.0, "涉嫌未在皮带传动部位设置安全防护罩案"),
        plain("当事人", 130.0, &party),
        plain("案情简介", 130.0, &facts),
        Row {
            label: "承办人意见",
            height: 190.0,
            words: "有违法事实，属本机关管辖，建议立案调查。",
            signers: &people.officers,
        },
        Row {
            label: "审核意见",
            height: 190.0,
            words: "材料齐全，同意立案，报请审批。",
            signers: &people.attendees[3..4],
        },
        Row {
            label: "审批意见",
            height: 190.0,
            words: "同意立案。",
            signers: &people.attendees[4..5],
        },
    ];
    let top = 230.0;
    let mut y = top;
    for row in &rows {
        draw_row(canvas, y, row, day, hand);
        y += row.height;
    }
    canvas.line(&[(MARGIN, y), (RIGHT, y)], 1.6, PRINT);
    for x in [MARGIN, DIVIDE, RIGHT] {
        canvas.line(&[(x, top), (x, y)], 1.6, PRINT);
    }
}

fn plain<'a>(label: &'a str, height: f32, words: &'a str) -> Row<'a> {
    Row { label, height, words, signers: &[] }
}

fn draw_row(canvas: &mut Canvas, top: f32, row: &Row<'_>, day: &str, hand: u64) {
    canvas.line(&[(MARGIN, top), (RIGHT, top)], 1.6, PRINT);
    let middle = (MARGIN + DIVIDE) / 2.0;
    canvas.text_centred((middle, top + row.height / 2.0 + 8.0), 26.0, PRINT, row.label);
    form::paragraph(canvas, (DIVIDE + 20.0, top + 48.0), RIGHT - 20.0, FILLED, row.words);
    if row.signers.is_empty() {
        return;
    }
    let y = top + row.height - 30.0;
    canvas.text((DIVIDE + 20.0, y), 24.0, PRINT, "签名：");
    for (place, signer) in row.signers.iter().enumerate() {
        let left = DIVIDE + 100.0 + 130.0 * place as f32;
        scribble::signature(canvas, (left, y - 3.0), signer, hand);
    }
    canvas.text((RIGHT - 210.0, y), 24.0, FILLED, day);
}
