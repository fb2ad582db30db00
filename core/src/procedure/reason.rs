//! Why something cannot be issued, or is issued with a warning: the catalogue of reasons, with
//! rule, law and words; the only place with sentences of powers.
//!
//! In a sentence `{names}` stands for what the reason is about. A reason that blocks stops the
//! issue of a document and never the recording of a fact.

use angen_ledger::id::EntityId;
use angen_ledger::verify::Lang;

macro_rules! catalogue {
    ($($(#[$doc:meta])* $variant:ident: $word:literal, $blocks:literal, $rule:literal,
        $law_zh:literal, $law_en:literal, $zh:literal, $en:literal;)*) => {
        /// A reason. The words are stable: hosts and tests name them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Why { $($(#[$doc])* $variant,)* }

        impl Why {
            /// Every reason, in the order of the catalogue.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The stable word.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// Whether it stops the issue of a document; otherwise it warns.
            #[must_use]
            pub fn blocks(self) -> bool {
                match self { $(Self::$variant => $blocks,)* }
            }

            /// The rule that it comes from.
            #[must_use]
            pub fn rule(self) -> &'static str {
                match self { $(Self::$variant => $rule,)* }
            }

            /// Law, version and article.
            #[must_use]
            pub fn law(self, lang: Lang) -> &'static str {
                match (self, lang) {
                    $((Self::$variant, Lang::Zh) => $law_zh, (Self::$variant, Lang::En) => $law_en,)*
                }
            }

            fn sentence(self, lang: Lang) -> &'static str {
                match (self, lang) {
                    $((Self::$variant, Lang::Zh) => $zh, (Self::$variant, Lang::En) => $en,)*
                }
            }
        }
    };
}

catalogue! {
    /// Nothing is held about powers at all.
    NoMandateHeld: "no_mandate_held", false, "R05",
        "行政处罚法（2021）第二十条", "Administrative Penalty Law (2021), article 20",
        "没有登记执法权限依据，无法核对", "no mandate is held, so nothing can be compared with one";
    /// Fewer than two people with valid certificates.
    FewerThanTwo: "fewer_than_two", true, "R01",
        "行政处罚法（2021）第四十二条", "Administrative Penalty Law (2021), article 42",
        "持有效证件的执法人员不足两名：{names}", "fewer than two officers with a valid certificate: {names}";
    /// A recusal is not decided.
    RecusalOpen: "recusal_open", false, "R03",
        "行政处罚法（2021）第四十三条", "Administrative Penalty Law (2021), article 43",
        "回避申请还没有决定：{names}；决定前不停止调查", "a recusal is not decided: {names}; the investigation goes on meanwhile";
    /// The area is not the mandate's.
    OutsideArea: "outside_area", true, "R04",
        "行政处罚法（2021）第二十二条", "Administrative Penalty Law (2021), article 22",
        "违法行为发生地不在权限区域内：{names}", "the place is outside the mandate's areas: {names}";
    /// The penalty is not among the matters.
    OutsideMatters: "outside_matters", true, "R05",
        "行政处罚法（2021）第二十条", "Administrative Penalty Law (2021), article 20",
        "处罚事项不在权限范围内：{names}", "the penalty is not among the mandate's matters: {names}";
    /// No penalty code says which matter it is.
    MatterNotKnown: "matter_not_known", false, "R05",
        "行政处罚法（2021）第二十条", "Administrative Penalty Law (2021), article 20",
        "没有写处罚条款代码，无法核对事项和限额", "no penalty code is given: matters and caps cannot be compared";
    /// A code that the penalty table does not have.
    PenaltyNotKnown: "penalty_not_known", false, "R05",
        "行政处罚法（2021）第二十条", "Administrative Penalty Law (2021), article 20",
        "处罚条款表里没有这个代码：{names}", "the penalty table has no such code: {names}";
    /// The clause is of another day.
    PenaltyNotInForce: "penalty_not_in_force", false, "R05",
        "行政处罚法（2021）第三十七条", "Administrative Penalty Law (2021), article 37",
        "该条款当日不在施行期：{names}", "the clause is not in force on that day: {names}";
    /// Fire and the like.
    OtherAuthority: "other_authority", true, "S07",
        "消防法（2021）第七十条", "Fire Protection Law (2021), article 70",
        "不由应急管理部门处罚，应当移送：{names}", "another body fines this; hand it over: {names}";
    /// The fine is above the cap.
    OverCap: "over_cap", true, "R05",
        "行政处罚法（2021）第二十条", "Administrative Penalty Law (2021), article 20",
        "超过委托的罚款限额：{names}", "above the cap of the mandate: {names}";
    /// What would be compared with the cap is not known.
    CapNotCompared: "cap_not_compared", false, "R05",
        "行政处罚法（2021）第二十条", "Administrative Penalty Law (2021), article 20",
        "限额待核对：{names}", "still to be compared with the cap: {names}";
    /// Not in force yet.
    NotBegun: "not_begun", true, "R05",
        "行政处罚法（2021）第二十条", "Administrative Penalty Law (2021), article 20",
        "权限还没有开始：{names}", "the mandate has not begun: {names}";
    /// Over.
    Expired: "expired", true, "R05",
        "行政处罚法（2021）第二十条", "Administrative Penalty Law (2021), article 20",
        "权限已到期或终止：{names}", "the mandate has ended: {names}";
    /// Not published.
    NotPublished: "not_published", true, "R05",
        "行政处罚法（2021）第二十条", "Administrative Penalty Law (2021), article 20",
        "委托书没有公布：{names}", "the delegation is not published: {names}";
    /// No number says that it is written.
    NotInWriting: "not_in_writing", false, "R05",
        "行政处罚法（2021）第二十条", "Administrative Penalty Law (2021), article 20",
        "没有书面文号或扫描件：{names}", "no number or scan shows that it is in writing: {names}";
    /// A delegate that delegates.
    SubDelegation: "sub_delegation", true, "R05",
        "行政处罚法（2021）第二十条", "Administrative Penalty Law (2021), article 20",
        "受委托的组织不得再委托：{names}", "a delegate does not delegate further: {names}";
    /// What the delegate is was not said.
    DelegateNotKnown: "delegate_not_known", false, "R06",
        "行政处罚法（2021）第二十一条", "Administrative Penalty Law (2021), article 21",
        "没有写明受托单位的性质：{names}", "what sort of body the delegate is was not said: {names}";
    /// The delegate has not the staff.
    DelegateWithoutStaff: "delegate_without_staff", false, "R06",
        "行政处罚法（2021）第二十一条", "Administrative Penalty Law (2021), article 21",
        "受托单位在册持证人员不足两名：{names}", "the delegate has fewer than two certified people: {names}";
    /// Own power has no penalties.
    OwnHasNoPenalty: "own_has_no_penalty", true, "S16",
        "山东省安全生产条例（2021）第四十七条", "Shandong Work Safety Regulation (2021), article 47",
        "自有权限不能立案处罚，应当报告主管部门", "the township's own power has no penalties: report to the department";
    /// Own power reports.
    MustReport: "must_report", false, "S16",
        "山东省安全生产条例（2021）第四十七条", "Shandong Work Safety Regulation (2021), article 47",
        "按自有权限处理后应当报告主管部门", "what was done by the township's own power is reported to the department";
    /// Own power before its law.
    OwnNotInForce: "own_not_in_force", false, "S16",
        "山东省安全生产条例（2021）第四十七条", "Shandong Work Safety Regulation (2021), article 47",
        "该条例自2022年3月1日起施行，请写明当日的依据", "the regulation is in force since 2022-03-01: name the basis of that day";
    /// No delegation of coercion.
    CoercionNotDelegated: "coercion_not_delegated", true, "S15",
        "行政强制法（2011）第十七条", "Administrative Coercion Law (2011), article 17",
        "行政强制措施权不得委托", "the power of coercive measures cannot be delegated";
    /// No coercion by own power.
    CoercionNotOwn: "coercion_not_own", true, "S15",
        "行政强制法（2011）第十七条", "Administrative Coercion Law (2011), article 17",
        "行政强制措施由法律、法规规定的机关实施，乡镇没有这项权力", "only the bodies that a law names take coercive measures";
    /// Coercion after a transfer is not settled.
    CoercionOfTransfer: "coercion_of_transfer", false, "S15",
        "行政强制法（2011）第十七条", "Administrative Coercion Law (2011), article 17",
        "赋权是否含行政强制措施待确认，请先问法制机构", "whether a transfer takes coercive measures with it is to be confirmed: ask the legal office";
    /// On-site measures of a delegate are not settled.
    MeasuresOfDelegate: "measures_of_delegate", false, "S04",
        "行政强制法（2011）第十七条", "Administrative Coercion Law (2011), article 17",
        "撤人、暂时停产等现场措施能否受托作出待确认", "whether a delegate may evacuate or stop production is to be confirmed";
    /// Only the province transfers.
    TransferNotByProvince: "transfer_not_by_province", true, "R05",
        "行政处罚法（2021）第二十四条", "Administrative Penalty Law (2021), article 24",
        "赋权须由省级人民政府决定：{names}", "only the provincial government transfers penalties: {names}";
    /// A transfer that is not published.
    TransferNotPublished: "transfer_not_published", true, "R05",
        "行政处罚法（2021）第二十四条", "Administrative Penalty Law (2021), article 24",
        "赋权决定没有公布：{names}", "the decision to transfer is not published: {names}";
    /// The seal is another body's.
    OtherSeal: "other_seal", false, "R30",
        "行政处罚法（2021）第五十九条", "Administrative Penalty Law (2021), article 59",
        "印章与名义机关不一致：{names}", "the seal is not that of the body in whose name it is: {names}";
    /// A form that is not in the table of forms.
    FormNotKnown: "form_not_known", false, "R05",
        "行政处罚法（2021）第二十条", "Administrative Penalty Law (2021), article 20",
        "不认识的文书，无法核对权限：{names}", "an unknown form: its power cannot be compared: {names}";
    /// A code of no division.
    AreaNotKnown: "area_not_known", false, "R04",
        "行政处罚法（2021）第二十二条", "Administrative Penalty Law (2021), article 22",
        "区划代码不在表中：{names}", "the division code is not in the table: {names}";
}

impl Why {
    /// The reason in a few words, without what it is about.
    #[must_use]
    pub fn label(self, lang: Lang) -> &'static str {
        let sentence = self.sentence(lang);
        sentence.split(['：', ':']).next().unwrap_or(sentence)
    }

    /// The reason of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|why| why.word() == word)
    }
}

/// A reason, with what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Which.
    pub why: Why,
    /// The mandate that it is about, if it is about one.
    pub mandate: Option<EntityId>,
    /// What the sentence names.
    pub names: Vec<String>,
}

impl Reason {
    /// A reason about some names.
    #[must_use]
    pub fn new(why: Why, names: Vec<String>) -> Self {
        Self { why, mandate: None, names }
    }

    /// The same, about a mandate.
    #[must_use]
    pub fn of(mut self, mandate: EntityId) -> Self {
        self.mandate = Some(mandate);
        self
    }

    /// The sentence alone.
    #[must_use]
    pub fn short(&self, lang: Lang) -> String {
        let join = if lang == Lang::Zh { "、" } else { ", " };
        self.why.sentence(lang).replace("{names}", &self.names.join(join))
    }

    /// The sentence, with the law behind it.
    #[must_use]
    pub fn say(&self, lang: Lang) -> String {
        let (open, close) = if lang == Lang::Zh { ("（", "）") } else { (" (", ")") };
        format!("{}{open}{}{close}", self.short(lang), self.why.law(lang))
    }
}

#[cfg(test)]
mod tests {
    use angen_ledger::verify::Lang;

    use super::{Reason, Why};

    #[test]
    fn every_reason_has_a_sentence_of_its_own_that_cites_law_version_and_article() {
        let mut said = Vec::new();
        for why in Why::ALL {
            let reason = Reason::new(*why, vec!["甲".to_owned()]);
            let (zh, en) = (reason.say(Lang::Zh), reason.say(Lang::En));
            assert!(zh.contains("第") && zh.contains("条）") && !zh.contains('{'), "{zh}");
            assert!(en.contains(", article ") && !en.contains('{'), "{en}");
            assert!(!said.contains(&zh) && why.rule().len() == 3, "{zh}");
            said.push(zh);
        }
    }
}
