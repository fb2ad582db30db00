//! The catalogue of defects: code, rule, law and words, one line each.
//!
//! In a sentence `{names}` stands for a few names: people, numbers, files.

use angen_ledger::verify::Lang;

/// Names written out in a sentence; the defect itself holds them all.
const NAMES_SHOWN_MAX: usize = 3;

macro_rules! catalogue {
    ($($(#[$doc:meta])* $variant:ident: $word:literal, $rule:literal, $law_zh:literal,
        $law_en:literal, $zh:literal, $en:literal;)*) => {
        /// A defect that comparing ops finds. The codes are stable: hosts and tests name them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum DefectCode { $($(#[$doc])* $variant,)* }

        impl DefectCode {
            /// Every code, in the order of the catalogue.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The stable word.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// The rule that it comes from; `4.3` for what only experience suspects.
            #[must_use]
            pub fn rule(self) -> &'static str {
                match self { $(Self::$variant => $rule,)* }
            }

            /// The law behind it: name, version, article.
            #[must_use]
            pub fn law(self, lang: Lang) -> &'static str {
                match (self, lang) {
                    $((Self::$variant, Lang::Zh) => $law_zh,
                    (Self::$variant, Lang::En) => $law_en,)*
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
    /// A closed check in which fewer than two certified people acted on its day.
    OneOfficer: "one_officer", "R01", "行政处罚法（2021）第四十二条",
        "Administrative Penalty Law (2021), art. 42",
        "当天只有一名持证人员有记录：{names}", "only one certified officer acted that day: {names}";
    /// An enforcer acted with a certificate past its last day.
    CertificateExpired: "certificate_expired", "R01", "行政处罚法（2021）第四十二条",
        "Administrative Penalty Law (2021), art. 42",
        "执法证当日已过有效期：{names}", "the certificate had expired on the day: {names}";
    /// The same officer at two enterprises at the same time.
    TwoPlaces: "two_places", "R01", "行政诉讼证据规定（2002）第五十六条",
        "Rules on Evidence in Administrative Litigation (2002), art. 56",
        "同一人同一时间在两家企业：{names}", "the same officer at two enterprises at once: {names}";
    /// An interview that began before the check.
    InterviewBeforeCheck: "interview_before_check", "R21", "行政处罚法（2021）第五十五条",
        "Administrative Penalty Law (2021), art. 55",
        "询问开始早于检查开始：{names}", "the interview began before the check did: {names}";
    /// Two interviews by one officer at the same time.
    InterviewsOverlap: "interviews_overlap", "R21", "行政处罚法（2021）第四十二条、第五十五条",
        "Administrative Penalty Law (2021), arts. 42, 55",
        "同一人同时做两份询问笔录：{names}", "one officer in two interviews at once: {names}";
    /// Work outside office hours, and nothing says why.
    OutsideHours: "outside_hours", "S05", "安全生产法（2021）第六十五条",
        "Work Safety Law (2021), art. 65",
        "非工作时间且未记明原因：{names}", "outside office hours, and no note says why: {names}";
    /// Somebody signed for the unit without an authority letter.
    SignerWithoutLetter: "signer_without_letter", "S06", "安全生产法（2021）第六十八条",
        "Work Safety Law (2021), art. 68",
        "签字人不是负责人，也没有授权委托书：{names}",
        "signed by someone else than the person in charge, with no letter of authority: {names}";
    /// A conclusion without a list of its evidence.
    NoEvidenceList: "no_evidence_list", "R12", "行政处罚法（2021）第四十六条、第五十九条",
        "Administrative Penalty Law (2021), arts. 46, 59",
        "调查已终结，没有证据目录", "the investigation is concluded and has no index of evidence";
    /// An old version of a law, or the number that an article had in it.
    OldArticle: "old_article", "4.3", "立法法（2023）第一百零三条",
        "Legislation Law (2023), art. 103",
        "引用的是旧条文：{names}", "an old article is cited: {names}";
    /// Evidence from after the conclusion.
    EvidenceAfterDecision: "evidence_after_decision", "R40",
        "行政诉讼法（2017）第六十七条；行政诉讼证据规定（2002）第六十条",
        "Administrative Litigation Law (2017), art. 67; Rules on Evidence (2002), art. 60",
        "证据形成于调查终结之后：{names}", "evidence from after the conclusion: {names}";
    /// The digest that was signed is not that of the files.
    HashMismatch: "hash_mismatch", "R12", "行政诉讼证据规定（2002）第六十四条",
        "Rules on Evidence in Administrative Litigation (2002), art. 64",
        "证据与登记的哈希值不符：{names}", "evidence does not match the recorded digest: {names}";
    /// One number on two papers.
    NumberTwice: "number_twice", "R30", "安全生产执法文书编号规则",
        "numbering rules of enforcement documents",
        "同一文号用了两次：{names}", "one number on two papers: {names}";
    /// The text of a finding is not the same on all papers.
    TextDiffers: "text_differs", "R23", "行政处罚法（2021）第四十条、第四十四条",
        "Administrative Penalty Law (2021), arts. 40, 44",
        "同一问题在不同文书中表述不一：{names}", "a finding is worded differently on its papers: {names}";
    /// Evidence was preserved without an approval, or before it.
    PreservedWithoutApproval: "preserved_without_approval", "R22", "行政处罚法（2021）第五十六条",
        "Administrative Penalty Law (2021), art. 56",
        "先行登记保存没有事先审批", "evidence was preserved without an approval before it";
    /// Preserved evidence was not decided on in time.
    PreservedTooLong: "preserved_too_long", "R22", "行政处罚法（2021）第五十六条、第八十五条",
        "Administrative Penalty Law (2021), arts. 56, 85",
        "先行登记保存超过七个工作日未处理",
        "preserved evidence was not decided on within seven working days";
    /// A paper was signed on a later day than it was printed.
    SignedAfterPrint: "signed_after_print", "S06", "安全生产法（2021）第六十八条",
        "Work Safety Law (2021), art. 68",
        "签字日期晚于打印日期：{names}", "signed on a later day than it was printed: {names}";
    /// Many units on one day.
    ManyUnits: "many_units", "4.3", "国办发〔2024〕54号",
        "General Office of the State Council [2024] No. 54",
        "一天检查的企业过多：{names}", "too many enterprises on one day: {names}";
    /// The same words at two enterprises.
    CopiedFinding: "copied_finding", "4.3", "行政处罚法（2021）第四十条",
        "Administrative Penalty Law (2021), art. 40",
        "问题描述与另一家企业完全相同：{names}", "worded exactly as at another enterprise: {names}";
    /// A photo from far away.
    FarAway: "far_away", "4.3", "行政诉讼证据规定（2002）第五十六条",
        "Rules on Evidence in Administrative Litigation (2002), art. 56",
        "拍摄地点离检查现场太远：{names}", "taken far from the place of the check: {names}";
    /// Many checks in a row that found nothing.
    ZeroStreak: "zero_streak", "4.3", "安全生产法（2021）第九十条",
        "Work Safety Law (2021), art. 90",
        "连续多次检查没有发现问题：{names}", "many checks in a row found nothing: {names}";
    /// A closed check without any photo, video or sound.
    NoMedia: "no_media", "R13", "行政处罚法（2021）第四十七条",
        "Administrative Penalty Law (2021), art. 47",
        "检查全程没有音像记录", "no photo, video or sound of the whole check";
}

impl DefectCode {
    /// The sentence with its names.
    #[must_use]
    pub fn say(self, names: &[String], lang: Lang) -> String {
        let (join, rest) = match lang {
            Lang::Zh => ("、", "等"),
            Lang::En => (", ", " …"),
        };
        let shown: Vec<&str> = names.iter().take(NAMES_SHOWN_MAX).map(String::as_str).collect();
        let end = if names.len() > NAMES_SHOWN_MAX { rest } else { "" };
        self.sentence(lang).replace("{names}", &format!("{}{end}", shown.join(join)))
    }
}
