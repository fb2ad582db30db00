//! The catalogue of conditions: code, rule, step and words, one line each; the only place with
//! sentences of the procedure.
//!
//! In a sentence `{have}`, `{need}` and `{more}` (what is still needed) are numbers and `{names}`
//! a few names. Sentences are short: three of them fit on a phone.

use angen_ledger::verify::Lang;

macro_rules! catalogue {
    ($($(#[$doc:meta])* $variant:ident: $word:literal, $rank:literal, $rule:literal, $step:expr,
        $zh:literal, $en:literal, $open_zh:literal, $open_en:literal;)*) => {
        /// A condition of the procedure. The codes are stable: hosts and tests name them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[$doc])* $variant,)* }

        impl Code {
            /// Every code, in the order of the catalogue.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The stable word.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// The code of a word.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.word() == word)
            }

            /// How much it matters: 1 first. Below 10: without it nothing else is valid.
            #[must_use]
            pub fn rank(self) -> u8 {
                match self { $(Self::$variant => $rank,)* }
            }

            /// The rule that it comes from (docs: R and S rules, 3a-T, 3a-C, 3a-V, 3a-E).
            #[must_use]
            pub fn rule(self) -> &'static str {
                match self { $(Self::$variant => $rule,)* }
            }

            /// The verb that resolves it; none when no verb of this build does.
            #[must_use]
            pub fn step(self) -> Option<&'static str> {
                match self { $(Self::$variant => $step,)* }
            }

            /// What the condition asks, in a few words.
            #[must_use]
            pub fn label(self, lang: Lang) -> &'static str {
                match (self, lang) {
                    $((Self::$variant, Lang::Zh) => $zh, (Self::$variant, Lang::En) => $en,)*
                }
            }

            pub(super) fn sentence(self, lang: Lang) -> &'static str {
                match (self, lang) {
                    $((Self::$variant, Lang::Zh) => $open_zh, (Self::$variant, Lang::En) => $open_en,)*
                }
            }
        }
    };
}

catalogue! {
    /// Two certified enforcers acted that day, each by their own writer.
    TwoOfficers: "two_officers", 1, "R01", Some("give_assent"),
        "两名持证人员到场", "two certified officers",
        "本次检查持证人员{have}名，须{need}名", "{have} of {need} certified officers acted here";
    /// Both showed their certificates before the first record.
    CertificatesShown: "certificates_shown", 2, "R02", Some("show_certificates"),
        "首条记录前两人亮证", "certificates shown before the first record",
        "首条记录前亮证{have}人，须{need}人", "{have} of {need} showed certificates before the first record";
    /// A mandate covers the place on the day of the check.
    MandateCovers: "mandate_covers", 3, "R04", Some("grant_mandate"),
        "执法权限覆盖当日当地", "a mandate covers the place and the day",
        "执法权限不覆盖本次检查：{names}", "no mandate covers this check: {names}";
    /// The check was approved.
    ApprovalGiven: "approval", 3, "3a-C", Some("plan_check"),
        "检查审批", "approval", "没有检查审批号", "the approval number is missing";
    /// The check has its notice.
    NoticeGiven: "notice", 4, "3a-C", Some("plan_check"),
        "检查通知书", "notice", "没有检查通知书文号", "the notice number is missing";
    /// The check has a basis.
    BasisGiven: "basis", 4, "3a-C", Some("plan_check"),
        "检查依据", "basis", "没有写明检查依据", "the basis of the check is missing";
    /// The enterprise has a credit code, or none with a reason.
    EnterpriseIdentified: "enterprise_identified", 5, "3a-C", Some("register_enterprise"),
        "企业信用代码", "credit code",
        "企业没有信用代码，也没写原因", "the enterprise has no credit code and no reason";
    /// The enterprise is not one that is counted already.
    EnterpriseDifferent: "enterprise_different", 6, "3a-C", Some("plan_check"),
        "两家不同企业", "a different enterprise",
        "同一企业只计一次，请另查一家", "the same enterprise counts once: check another";
    /// A checklist was chosen.
    ChecklistChosen: "checklist", 10, "3a-C", Some("plan_check"),
        "检查表", "checklist", "没有选检查表", "no checklist was chosen";
    /// Every item is answered, or not checked with its reason.
    ItemsAnswered: "items_answered", 11, "3a-C", Some("set_answers"),
        "逐项作答", "every item answered",
        "还有{more}处未答或答错：{names}", "{more} items open or wrong: {names}";
    /// Every violation on the sheet has a finding.
    ViolationsRaised: "violations_raised", 12, "S06", Some("raise_finding"),
        "不符合项均已立为问题", "every violation is a finding",
        "不符合项未记为问题：{names}", "violations without a finding: {names}";
    /// Clause of law cited.
    LegalBasisCited: "legal_basis", 13, "3a-V", Some("correct_finding"),
        "法律依据", "legal basis", "问题没有写法律依据", "the finding cites no law";
    /// The authority is the emergency management's.
    AuthorityKnown: "authority", 14, "3a-V", Some("correct_finding"),
        "主管部门", "authority", "问题没有写主管部门", "the finding names no authority";
    /// Every element is told.
    ElementsTold: "elements", 15, "3a-V", Some("correct_finding"),
        "要件齐全", "every element told", "问题缺要件：{names}", "elements not told: {names}";
    /// Two independent kinds of evidence for the main fact of a case.
    TwoKinds: "two_kinds", 16, "3a-V", Some("capture_evidence"),
        "两种独立证据", "two independent kinds of evidence",
        "主要事实证据{have}种，须{need}种", "{have} of {need} independent kinds of evidence";
    /// A photo, document or reading for an order.
    OneProof: "one_proof", 16, "3a-V", Some("capture_evidence"),
        "照片、书证或读数", "a photo, document or reading",
        "问题没有照片、书证或读数", "the finding has no photo, document or reading";
    /// The party's statement on the fact, or the refusal.
    PartyStatement: "party_statement", 17, "3a-V", Some("capture_evidence"),
        "当事人陈述或拒述说明", "the party's statement or refusal",
        "没有当事人陈述，也没有拒述说明", "no statement of the party, and no refusal noted";
    /// The record on site is signed, or the refusal noted, with the page.
    RecordClosed: "record_closed", 18, "S06", Some("sign_record"),
        "笔录签字或注明拒签", "record signed, or refusal noted",
        "笔录未签字，或缺签字页、拒签说明", "the record is not signed, or its page is missing";
    /// The record covers what was found.
    OnRecord: "on_record", 19, "3a-V", Some("sign_record"),
        "已入笔录", "on the record", "问题还没有入签字笔录", "no signed record covers the finding";
    /// A finding and its evidence carry two enforcers.
    FindingByTwo: "finding_by_two", 20, "R01", Some("give_assent"),
        "问题和证据两人确认", "finding and evidence by two",
        "问题和证据{have}/{need}条有第二人确认", "{have} of {need} ops of the finding have a second officer";
    /// Every finding and evidence op of a check carries two enforcers.
    RecordedByTwo: "recorded_by_two", 21, "R01", Some("give_assent"),
        "第二人逐条确认", "second officer's assent",
        "第二人已确认{have}/{need}条", "the second officer assented to {have} of {need} ops";
    /// Licence and identity papers.
    SubjectPapers: "subject_papers", 22, "3a-E", Some("capture_evidence"),
        "主体资格材料", "subject papers", "没有主体资格材料（执照）", "the subject papers are missing";
    /// An interview or statement is captured.
    Interview: "interview", 23, "3a-E", Some("capture_evidence"),
        "询问笔录或陈述", "interview or statement", "没有询问笔录或陈述", "no interview was captured";
    /// A scene record or photos, with the party's signature.
    SceneRecord: "scene_record", 24, "3a-E", Some("capture_evidence"),
        "现场笔录或照片并签字", "scene record or photos, signed",
        "缺现场笔录或照片，或当事人未签字", "no scene record or photos with a signature";
    /// A reading or documents.
    ReadingOrDocuments: "reading_or_documents", 25, "3a-E", Some("capture_evidence"),
        "书证或仪器读数", "documents or a reading", "没有书证或仪器读数", "no document and no reading";
    /// The trainer is a mentor on the roster.
    TrainerIsMentor: "trainer_is_mentor", 30, "3a-T", Some("enrol_officer"),
        "授课人在专家库", "trainer is a mentor", "授课人不是在册专家", "the trainer is no enrolled mentor";
    /// The trainer's appointment to the pool holds on the days of the training.
    TrainerAppointed: "trainer_appointed", 30, "3a-T", Some("appoint_expert"),
        "授课人在聘期内", "the trainer's appointment holds",
        "授课人没有当日有效的专家聘任：{names}", "the trainer has no appointment that holds then: {names}";
    /// The agenda covers the whole loop.
    AgendaComplete: "agenda", 31, "3a-T", Some("record_training"),
        "议程覆盖执法闭环", "the agenda covers the whole loop",
        "议程缺{more}项：{names}", "the agenda lacks {more}: {names}";
    /// Attendance is shown.
    AttendanceShown: "attendance", 32, "3a-T", Some("confirm_attendance"),
        "本人签到或签到表", "attendance", "没有本人签到，也没有签到表", "no attendance and no sign-in sheet";
    /// Enough certified enforcers were there.
    CertifiedAttended: "certified_attended", 33, "3a-T", Some("confirm_attendance"),
        "持证人员参加", "certified officers attended",
        "参训持证人员{have}名，须{need}名", "{have} of {need} certified officers attended";
    /// Courseware is captured.
    Courseware: "courseware", 34, "3a-T", Some("capture_evidence"),
        "课件存证", "courseware", "没有课件", "the courseware is missing";
    /// The training is over.
    TrainingHeld: "training_held", 35, "3a-T", None,
        "培训已结束", "the training is over", "培训还没有结束", "the training is not over";
    /// A training is needed.
    TrainingNeeded: "training_needed", 36, "3a-T", Some("record_training"),
        "培训1次", "one training", "还差培训{more}次", "{more} training to hold";
    /// Sites are needed.
    SitesNeeded: "sites_needed", 37, "3a-C", Some("plan_check"),
        "检查2家", "two sites", "还差检查企业{more}家", "{more} more enterprises to check";
    /// A violation is needed.
    ViolationNeeded: "violation_needed", 38, "3a-V", Some("raise_finding"),
        "违法事项", "a violation", "还没有发现违法事项", "no violation was found yet";
    /// A chain is needed.
    ChainNeeded: "chain_needed", 39, "3a-E", Some("raise_finding"),
        "全过程取证", "a chain of evidence", "还没有可立案的事项供取证", "no finding for a case to investigate";
    /// Nothing was found, so the chain is taught on a case elsewhere.
    TaughtElsewhere: "taught_elsewhere", 40, "3a-E", Some("practise_case"),
        "实办或演练案件教学", "the chain taught on another case",
        "没有违法事项，取证须在实办或演练案件上教学",
        "nothing was found: teach the chain on an open case or a practice case";
    /// The visit guides the case.
    CaseGuided: "case_guided", 41, "3a-E", Some("guide_case"),
        "案件由本次帮扶指导", "guided by this visit",
        "案件没有写明由本次帮扶指导", "the case does not say that this visit guides it";
    /// Answers on which phones differ.
    ConflictsDecided: "conflicts_decided", 50, "3a-C", Some("set_answers"),
        "无冲突答案", "no conflicting answers",
        "两机答案不一，暂按较重的计：{names}", "phones differ, the worse counts: {names}";
    /// Values of fields that differ, and transitions that collided.
    ConflictsListed: "conflicts_listed", 50, "3a-C", Some("decide_conflict"),
        "冲突已裁定", "conflicts are decided",
        "待裁定的冲突，暂按较严的计：{names}", "conflicts to decide, the stricter counts: {names}";
    /// The same original was captured before elsewhere.
    OriginalsFresh: "originals_fresh", 51, "3a-C", Some("capture_evidence"),
        "照片未重复使用", "no photo used twice",
        "同一文件在别处用过：{names}", "files used elsewhere before: {names}";
    /// The last day of every certificate is known.
    CertificateDayKnown: "certificate_day_known", 52, "R01", Some("enrol_officer"),
        "证件有效期已知", "certificates' last days are known",
        "执法证有效期不明：{names}", "last day of the certificate not known: {names}";
    /// Something is held about the power to check.
    MandateHeld: "mandate_held", 52, "R05", Some("grant_mandate"),
        "执法权限依据已登记", "a mandate is held",
        "没有登记执法权限依据，无法核对", "no mandate is held to compare the check with";
    /// A certificate that only a photo shows is entered.
    CertificateEntered: "certificate_entered", 52, "R01", Some("enrol_officer"),
        "换发证件已入册", "renewed certificates are entered",
        "新执法证仅有照片、未入册：{names}", "a photo alone shows the new certificate of: {names}";
    /// Whoever acts is on post.
    OnPost: "on_post", 52, "E09", Some("set_post"),
        "行为人在岗", "whoever acts is on post",
        "参与检查的人登记为不在岗：{names}", "said to be off post and acted all the same: {names}";
    /// Every recusal is decided.
    RecusalDecided: "recusal_decided", 52, "R03", Some("decide_recusal"),
        "回避申请已决定", "recusals are decided",
        "回避申请还没有决定：{names}", "recusals to be decided: {names}";
    /// The profile is known and in force.
    ProfileKnown: "profile_known", 53, "3a", Some("plan_assistance"),
        "帮扶标准现行有效", "the profile is in force",
        "帮扶标准不明或不在有效期：{names}", "profile not known or not in force: {names}";
    /// Facts that are not here: a checklist or enterprise that this reader does not hold.
    FactsHeld: "facts_held", 54, "3a-C", None,
        "所引资料可读", "what is relied on is held", "这里读不到：{names}", "not held here: {names}";
    /// Preserved evidence was approved before it was registered.
    PreservationApproved: "preservation_approved", 26, "R22", Some("approve_preservation"),
        "先行登记保存事先批准", "preservation approved beforehand",
        "先行登记保存没有事先批准（或缺审批表）：{names}",
        "preserved without approval beforehand, or without its form: {names}";
    /// Preserved evidence was decided on in time.
    PreservedDecided: "preserved_decided", 27, "R22", Some("decide_preservation"),
        "登记保存物品7个工作日内处理", "preserved items decided in 7 working days",
        "登记保存物品待处理（7个工作日内）或已逾期：{names}",
        "preserved items to be decided in 7 working days, or late: {names}";
    /// What belongs to another authority was handed over, with the letter.
    OthersTransferred: "others_transferred", 60, "S07", Some("transfer_finding"),
        "其他部门的问题已移送", "handed over to other authorities",
        "应移送其他部门：{names}", "to hand over, with the letter: {names}";
    /// A major hazard was acted on at once.
    MajorHazardActedOn: "major_hazard_acted_on", 61, "S04 S17", Some("take_measure"),
        "重大隐患已采取现场处理措施", "major hazards acted on at once",
        "重大隐患没有现场处理措施：{names}", "major hazards without an on-site measure: {names}";
    /// What leads to an order stands in one.
    OrderIssued: "order_issued", 62, "S04", Some("issue_order"),
        "已责令限期整改", "correction ordered",
        "应责令整改而未责令：{names}", "no correction order yet: {names}";
    /// Measure, order and re-check carry two certified enforcers.
    OrdersByTwo: "orders_by_two", 63, "R01", Some("give_assent"),
        "措施、责令、复查两人作出", "measures, orders and re-checks by two",
        "措施、责令、复查{have}/{need}条有第二人确认",
        "{have} of {need} measures, orders and re-checks have a second officer";
    /// A longer deadline was asked for in time and answered in time.
    ExtensionInTime: "extension_in_time", 64, "S14", Some("extend_order"),
        "延期申请和答复及时", "longer deadlines asked and answered in time",
        "延期申请迟于期限或超过5日未答复（待核实）：{names}",
        "asked after the deadline, or not answered in 5 days (to be confirmed): {names}";
    /// What the re-check found uncorrected has a case.
    FailedHasCase: "failed_has_case", 65, "R19", Some("propose_case"),
        "逾期未整改已提请立案", "uncorrected findings have a case",
        "复查不合格，应提请立案：{names}", "re-checked and not corrected, propose a case: {names}";
    /// A proposed penalty goes with an order to correct.
    CorrectionOrdered: "correction_ordered", 66, "R07", Some("issue_order"),
        "拟处罚的同时责令改正", "the penalty goes with an order to correct",
        "拟予处罚，但没有责令改正", "a penalty is proposed and nothing orders the correction";
    /// What was written after the signature is an addendum.
    AddendaShown: "addenda", 67, "S06", Some("sign_record"),
        "签字后没有补记", "nothing written after the signature",
        "签字后补记{more}处，不在签字内容里：{names}",
        "{more} addenda after the signature, not part of what was signed: {names}";
    /// The enterprise was checked before in the same year.
    CheckedBefore: "checked_before", 68, "国办发〔2024〕54号", None,
        "本年度首次检查", "the first check of the year",
        "本年度此前已检查{have}次，最近一次{names}，避免重复检查",
        "checked {have} times this year already, last on {names}: avoid a repetition";
    /// A period runs.
    ClockRuns: "clock", 69, "R20 R22 R29 S14", None,
        "期限", "periods", "有期限在计算：{names}", "a period runs: {names}";
    /// The case is filed and decided: 查实.
    Proved: "proved", 90, "3a-V", Some("propose_case"),
        "查实（立案审批）", "proved by a decision of the competent body",
        "查实须待立案审批", "proof waits for the filing of a case";
    /// Filing approval.
    FilingApproved: "filing_approved", 91, "3a-E", Some("decide_filing"),
        "立案审批", "filing approval", "立案审批待办", "the filing approval is to come";
    /// Hash list signed by the party.
    HashListSigned: "hash_list_signed", 92, "3a-E", Some("capture_evidence"),
        "证据清单签认", "hash list signed", "证据清单待当事人签认", "the hash list is to be signed";
    /// Evidence index.
    EvidenceIndexed: "evidence_indexed", 93, "3a-E", Some("index_evidence"),
        "证据目录", "evidence index", "证据目录待编", "the evidence index is to come";
    /// Conclusion of the investigation.
    InvestigationConcluded: "investigation_concluded", 94, "3a-E", Some("conclude_investigation"),
        "调查终结报告", "conclusion by two officers",
        "调查终结待两人出具", "two officers are to conclude the investigation";
    /// Copies of papers were checked with their originals.
    CopiesChecked: "copies_checked", 95, "3a-E", Some("check_copy"),
        "书证核对盖章", "copies checked and stamped",
        "书证未与原件核对盖章：{names}", "copies not checked with the original and stamped: {names}";
    /// The interview was recorded, with rights told, and signed.
    InterviewRecorded: "interview_recorded", 96, "3a-E", Some("record_interview"),
        "询问笔录（权利已告知、逐页签字）", "interview record, rights told and signed",
        "询问笔录未制作、未告知权利、未签字或未两人",
        "no interview record with rights told, signed, and by two officers";
}
