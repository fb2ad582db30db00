//! The courseware of the training (课件): one page that names every step of the closed loop.

use crate::pdf::{self, TextLine};

/// The steps of the loop, in order, as the training's agenda tags them.
const STEPS: [&str; 11] = [
    "检查：两名执法人员，出示证件，按清单逐项核对",
    "记录：现场检查记录，当场签字",
    "责令：责令限期整改，写明期限",
    "复查：到期复查，写明结果",
    "立案：审批后立案",
    "取证：询问、照片、书证、检测，形成证据链",
    "告知与陈述申辩：告知事实、理由、依据和权利",
    "审核与决定：法制审核，集体讨论",
    "送达：按法定方式送达",
    "缴款：罚缴分离",
    "结案：归档",
];

/// The page as a PDF file with a text layer.
pub(crate) fn page() -> Vec<u8> {
    let numbered: Vec<String> =
        STEPS.iter().enumerate().map(|(index, step)| format!("{}. {step}", index + 1)).collect();
    let mut lines = vec![
        TextLine { top: 90.0, left: 60.0, size: 28.0, text: "执法闭环培训课件" },
        TextLine {
            top: 145.0,
            left: 60.0,
            size: 14.0,
            text: "从检查到结案，一个案件走完全程（样例）",
        },
    ];
    lines.extend(numbered.iter().enumerate().map(|(index, text)| TextLine {
        top: 200.0 + 44.0 * index as f32,
        left: 70.0,
        size: 16.0,
        text,
    }));
    pdf::text_page(&lines)
}
