//! What kind of act a document is: which power it needs.

use crate::domain::word_enum::word_enum;

word_enum! {
    /// A kind of act, from the one that needs the least power.
    Act {
        /// To inspect, read papers, ask and record 检查.
        Inspection: "inspection", "检查、询问、记录";
        /// To order a correction or an immediate measure 责令改正.
        Correction: "correction", "责令改正、现场处理措施";
        /// To file a case and to prepare a penalty 立案与处罚程序.
        Case: "case", "立案、调查、告知";
        /// To impose a penalty 行政处罚.
        Penalty: "penalty", "行政处罚决定";
        /// To seize, seal or cut the power 行政强制措施.
        Coercive: "coercive", "查封、扣押等强制措施";
    }
}

/// A form of document 文书 as far as powers are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormPower {
    /// Its plain name, as `angen-documents` has it where it prints the form.
    pub form: &'static str,
    /// The title.
    pub title: &'static str,
    /// Which act it is.
    pub act: Act,
    /// Whether two officers sign it.
    pub by_two: bool,
}

const fn of(form: &'static str, title: &'static str, act: Act, by_two: bool) -> FormPower {
    FormPower { form, title, act, by_two }
}

/// The forms (set of 2017, and the notice of inspection of 2025).
pub const FORMS: &[FormPower] = &[
    of("inspection-notice", "行政检查通知书", Act::Inspection, false),
    of("inspection-plan", "现场检查方案", Act::Inspection, false),
    of("site-record", "现场检查记录", Act::Inspection, true),
    of("interview-record", "询问笔录", Act::Inspection, true),
    of("scene-record", "勘验笔录", Act::Inspection, true),
    of("evidence-pages", "证据页", Act::Inspection, true),
    of("measures-decision", "现场处理措施决定书", Act::Correction, true),
    of("correction-order", "责令限期整改指令书", Act::Correction, true),
    of("recheck-opinion", "整改复查意见书", Act::Correction, true),
    of("filing-approval", "立案审批表", Act::Case, true),
    of("interview-notice", "询问通知书", Act::Case, false),
    of("sampling-record", "抽样取证凭证", Act::Case, true),
    of("preservation-notice", "先行登记保存证据通知书", Act::Case, true),
    of("preservation-decision", "先行登记保存证据处理决定书", Act::Case, false),
    of("investigation-report", "案件处理呈批表", Act::Case, true),
    of("penalty-notice", "行政处罚告知书", Act::Case, false),
    of("hearing-notice", "行政处罚听证告知书", Act::Case, false),
    of("on-spot-penalty", "行政（当场）处罚决定书", Act::Penalty, true),
    of("penalty-decision", "行政处罚决定书", Act::Penalty, false),
    of("late-fine-decision", "加处罚款决定书", Act::Penalty, false),
    of("seizure-decision", "查封扣押决定书", Act::Coercive, true),
    of("seizure-extension", "延长查封扣押期限决定书", Act::Coercive, false),
    of("power-stop-decision", "停止供电（供应民用爆炸物品）决定书", Act::Coercive, false),
];

/// The form of a plain name or a title.
#[must_use]
pub fn form_power(form: &str) -> Option<&'static FormPower> {
    FORMS.iter().find(|known| known.form == form || known.title == form)
}

#[cfg(test)]
mod tests {
    use super::{Act, FORMS, form_power};

    #[test]
    fn every_form_stands_once_and_every_act_has_one() {
        for known in FORMS {
            assert_eq!(form_power(known.form), Some(known));
            assert_eq!(form_power(known.title), Some(known));
        }
        assert!(Act::ALL.iter().all(|act| FORMS.iter().any(|known| known.act == *act)));
        assert_eq!(form_power("no-such-form"), None);
    }
}
