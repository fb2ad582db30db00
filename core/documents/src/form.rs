//! The forms: their titles, the characters in their numbers, and their sources.

/// A form of enforcement document (执法文书).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Form {
    /// 行政检查通知书.
    InspectionNotice,
    /// 现场检查记录.
    SiteRecord,
    /// 责令限期整改指令书.
    CorrectionOrder,
    /// 整改复查意见书.
    RecheckOpinion,
    /// 询问笔录.
    InterviewRecord,
    /// 立案审批表.
    FilingApproval,
    /// 证据页与证据哈希清单.
    EvidencePages,
}

/// What is fixed about a form.
struct Facts {
    title: &'static str,
    title_en: &'static str,
    code: Option<&'static str>,
    slug: &'static str,
}

impl Form {
    /// All forms, in the order in which a visit needs them.
    pub const ALL: [Self; 7] = [
        Self::InspectionNotice,
        Self::SiteRecord,
        Self::CorrectionOrder,
        Self::RecheckOpinion,
        Self::FilingApproval,
        Self::InterviewRecord,
        Self::EvidencePages,
    ];

    /// The form of a plain name.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.slug() == slug)
    }

    /// The title in Chinese, as printed.
    #[must_use]
    pub fn title(self) -> &'static str {
        self.facts().title
    }

    /// The title in English, for messages.
    #[must_use]
    pub fn title_en(self) -> &'static str {
        self.facts().title_en
    }

    /// The characters of the kind in a number (文种代字); `None` when the form has no number.
    #[must_use]
    pub fn code(self) -> Option<&'static str> {
        self.facts().code
    }

    /// A plain name for files and programs, such as `site-record`.
    #[must_use]
    pub fn slug(self) -> &'static str {
        self.facts().slug
    }

    /// The codes 检记, 责改, 复查 and 立 are those of the national set of 2017. The notice came with
    /// the Ministry of Justice's templates of 2025 and has no national code; 检通 is used until an
    /// agency says otherwise.
    fn facts(self) -> Facts {
        let facts = |title, title_en, code, slug| Facts { title, title_en, code, slug };
        match self {
            Self::InspectionNotice => facts(
                "行政检查通知书",
                "administrative inspection notice",
                Some("检通"),
                "inspection-notice",
            ),
            Self::SiteRecord => {
                facts("现场检查记录", "on-site inspection record", Some("检记"), "site-record")
            }
            Self::CorrectionOrder => facts(
                "责令限期整改指令书",
                "order to correct within a time limit",
                Some("责改"),
                "correction-order",
            ),
            Self::RecheckOpinion => {
                facts("整改复查意见书", "re-check opinion", Some("复查"), "recheck-opinion")
            }
            Self::InterviewRecord => {
                facts("询问笔录", "interview record", None, "interview-record")
            }
            Self::FilingApproval => {
                facts("立案审批表", "filing approval form", Some("立"), "filing-approval")
            }
            Self::EvidencePages => facts("证据页", "evidence pages", None, "evidence-pages"),
        }
    }
}
