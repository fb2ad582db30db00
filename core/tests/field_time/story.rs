//! What happens on the scripted check: one workshop with a grinding line. All of it is invented.

use angen_core::domain::{Consequence, MeasureKind};

/// The enterprise, and what an officer types to find it.
pub(crate) const ENTERPRISE: &str = "日照样例木器机械有限公司";
pub(crate) const FIND_BY: &str = "样例木器";
pub(crate) const CREDIT_CODE: &str = "91371102MA8QY0035G";
pub(crate) const REPRESENTATIVE: &str = "赵文明";

/// What the plan and the notice need.
pub(crate) const APPROVAL_NO: &str = "检审〔2026〕7号";
pub(crate) const NOTICED: [&str; 2] = ["2026-11-24 09:00", "2026-11-24 12:00"];

/// What no record holds and is said at the enterprise.
pub(crate) const POST: &str = "车间主任";
pub(crate) const PHONE: &str = "13000000000";
pub(crate) const RECUSAL: &str = "听清楚了，不申请回避";

/// By when the ordered findings are corrected.
pub(crate) const DEADLINE: &str = "2026-12-08";

/// Items that do not apply: nothing is molten there, and no metal dust reacts with water.
pub(crate) const NOT_APPLICABLE: &[&str] = &["MW08", "MW09", "MW10", "MW20"];

/// The item that could not be checked, and why.
pub(crate) const NOT_CHECKED: (&str, &str) = ("MW05", "检验报告存总公司，三日内补交");

/// A finding as the officer sees it.
pub(crate) struct FindingStory {
    pub(crate) item: &'static str,
    pub(crate) consequence: Consequence,
    pub(crate) location: &'static str,
    pub(crate) act: &'static str,
    pub(crate) danger: &'static str,
    /// What is ordered at once, and in which words, where the kind does not say it all.
    pub(crate) measure: Option<(MeasureKind, Option<&'static str>)>,
    /// The item and value of a reading, which is photographed too.
    pub(crate) reading: Option<(&'static str, &'static str)>,
    /// The caption of a paper whose copy is checked with its original.
    pub(crate) copy: Option<&'static str>,
}

pub(crate) const FINDINGS: [FindingStory; 3] = [
    FindingStory {
        item: "MW01",
        consequence: Consequence::Order,
        location: "一号车间东侧平刨床",
        act: "皮带传动部位外露，运转时没有防护罩",
        danger: "作业人员手臂可能被卷入",
        measure: Some((MeasureKind::StopEquipment, Some("装好防护罩前不得开机"))),
        reading: None,
        copy: None,
    },
    FindingStory {
        item: "MW04",
        consequence: Consequence::Order,
        location: "维修间台式砂轮机",
        act: "没有护罩，托架与砂轮间隙六毫米",
        danger: "砂轮碎裂伤人",
        measure: None,
        reading: None,
        copy: Some("砂轮机检修台账第三页"),
    },
    FindingStory {
        item: "MW19",
        consequence: Consequence::OnTheSpot,
        location: "打磨工段除尘器旁地面",
        act: "当班木粉尘没有清扫",
        danger: "遇火源可能燃爆",
        measure: Some((MeasureKind::CorrectAtOnce, None)),
        reading: Some(("MW19_dust", "2")),
        copy: None,
    },
];
