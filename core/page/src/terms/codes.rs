//! The words of coded values, field by field.

use super::Table;

pub(super) const CODES: &[(&str, Table)] = &[
    (
        "type",
        &[
            ("roster", "人员名册", "roster"),
            ("library", "检查表库", "checklist library"),
            ("register", "企业名录", "register of enterprises"),
            ("assistance", "执法帮扶", "assistance visit"),
            ("check", "现场检查", "check"),
            ("case", "案件", "case"),
            ("custody", "流转登记簿", "custody book"),
            ("round", "帮扶轮次", "round"),
            ("teaching", "帮教", "teaching"),
        ],
    ),
    (
        "what",
        &[
            ("view", "查看个人信息", "personal data was seen"),
            ("export", "导出卷宗包", "a package was made"),
            ("print", "打印", "printed"),
            ("copy", "复制", "copied"),
            ("open", "开封", "opened"),
        ],
    ),
    (
        "class",
        &[
            ("permanent", "永久", "permanent"),
            ("30_years", "30年", "30 years"),
            ("10_years", "10年", "10 years"),
        ],
    ),
    (
        "basis",
        &[
            ("plan", "年度检查计划", "the yearly plan"),
            ("complaint", "投诉举报", "a complaint"),
            ("special", "专项检查", "a special campaign"),
            ("assistance", "执法帮扶", "an assistance visit"),
        ],
    ),
    (
        "consequence",
        &[
            ("on_the_spot", "当场改正", "put right on the spot"),
            ("order", "责令限期整改", "correction order"),
            ("case", "立案调查", "case"),
        ],
    ),
    (
        "authority",
        &[
            ("EM", "应急管理部门", "emergency management"),
            ("FR", "消防救援机构", "fire and rescue"),
            ("MS", "市场监督管理部门", "market supervision"),
            ("EE", "生态环境部门", "ecology and environment"),
        ],
    ),
    (
        "power",
        &[
            ("own", "自有权限", "own power"),
            ("delegation", "委托执法", "delegation"),
            ("joint", "联合执法", "joint enforcement"),
            ("transfer", "赋权（交由行使）", "transfer by the province"),
        ],
    ),
    (
        "delegate_kind",
        &[
            ("government", "乡镇政府（街道办事处）", "township government"),
            ("institution", "事业单位", "public institution"),
        ],
    ),
    ("matters", &[("all", "全部", "all")]),
    (
        "caps",
        &[
            ("subject", "对象", "subject"),
            ("amount", "限额（元）", "yuan"),
            ("basis", "比照", "compared with"),
            ("inclusive", "含本数", "inclusive"),
            ("person", "个人", "person"),
            ("unit", "单位", "unit"),
            ("actual_fine", "实际罚款", "the fine"),
            ("statutory_max", "法定最高罚款", "the highest fine of the clause"),
        ],
    ),
    (
        "expert_kind",
        &[
            ("city", "市级执法专家", "expert of the city"),
            ("district", "区县执法专家", "expert of the district"),
            ("technical", "特邀技术专家", "technical expert"),
        ],
    ),
    (
        "post",
        &[
            ("director", "专职主任", "director"),
            ("professional", "专业人员", "professional"),
            ("staff", "工作人员", "staff"),
        ],
    ),
    ("asked_by", &[("party", "当事人申请", "the party"), ("officer", "本人申请", "the officer")]),
    ("recusal_decision", &[("granted", "同意回避", "granted"), ("refused", "驳回申请", "refused")]),
    (
        // A form of a document has a title; the form of a checklist is no code.
        "document_form",
        &[
            ("inspection-notice", "行政检查通知书", "inspection notice"),
            ("site-record", "现场检查记录", "site record"),
            ("correction-order", "责令限期整改指令书", "correction order"),
            ("recheck-opinion", "整改复查意见书", "re-check opinion"),
            ("filing-approval", "立案审批表", "filing approval form"),
            ("interview-record", "询问笔录", "interview record"),
            ("evidence-pages", "证据页", "evidence pages"),
        ],
    ),
    (
        "sealing",
        &[("presealed", "预盖章", "sealed beforehand"), ("later", "后盖章", "sealed afterwards")],
    ),
    ("decision", &[("filed", "立案", "filed"), ("not_filed", "不予立案", "not filed")]),
    (
        "measure",
        &[
            ("correct_at_once", "责令当场纠正", "put right on the spot"),
            ("remove_at_once", "责令立即排除事故隐患", "remove the hazard at once"),
            ("evacuate", "责令撤出作业人员", "leave the dangerous area"),
            ("stop_work", "责令暂时停产停业", "stop production for a time"),
            ("stop_equipment", "责令停止使用设施、设备", "stop using facilities or equipment"),
            ("stop_operation", "责令立即停止作业", "stop the operation at once"),
            (
                "seal_or_seize",
                "查封、扣押（提请区局决定）",
                "seal or seize, proposed to the bureau",
            ),
            (
                "cut_supply",
                "停止供电、供应民爆物品（提请区局决定）",
                "cut power or explosives, proposed to the bureau",
            ),
        ],
    ),
    (
        "order_items",
        &[("finding", "问题", "finding"), ("by", "期限", "by"), ("at_once", "立即整改", "at once")],
    ),
    ("extension", &[("granted", "同意延期", "granted"), ("refused", "不同意延期", "refused")]),
    (
        "recheck_items",
        &[
            ("finding", "问题", "finding"),
            ("outcome", "复查意见", "opinion"),
            ("words", "复查情况", "found now"),
            ("shown_by", "证据", "shown by"),
            ("corrected", "已整改", "corrected"),
            ("partly", "部分整改", "partly corrected"),
            ("not_corrected", "未整改", "not corrected"),
        ],
    ),
    (
        "preserved_items",
        &[
            ("name", "名称", "name"),
            ("model", "型号", "model"),
            ("quantity", "数量", "quantity"),
            ("place", "保存地点", "kept at"),
        ],
    ),
    (
        "preserved_decisions",
        &[
            ("item", "序号", "item"),
            ("decision", "处理", "decision"),
            ("decided_on", "日期", "on"),
            ("words", "说明", "words"),
            ("return", "退还", "returned"),
            ("record", "记录、复制、拍照后退还", "recorded and returned"),
            ("test", "送交检测、鉴定", "sent to be tested"),
            ("seize_by_bureau", "提请区局查封、扣押", "seizure proposed to the bureau"),
            ("transfer", "移送有关部门", "handed over to another authority"),
        ],
    ),
    (
        "transferred_to",
        &[
            ("FR", "消防救援机构", "fire and rescue"),
            ("MS", "市场监督管理部门", "market supervision"),
            ("EE", "生态环境部门", "ecology and environment"),
        ],
    ),
    (
        "opinion",
        &[
            ("no_violation", "违法事实不成立", "no violation"),
            ("no_penalty", "不予处罚", "no penalty"),
            ("transfer", "移送", "hand over to another body"),
            ("penalty", "拟予处罚", "a penalty is proposed"),
        ],
    ),
    (
        "step",
        &[
            ("decided", "作出决定", "decided"),
            ("paid", "缴款", "paid"),
            ("closed", "结案", "closed"),
        ],
    ),
    ("answer", &[("adopted", "采纳", "adopted"), ("not_adopted", "不采纳", "not adopted")]),
    (
        "level",
        &[
            ("shown", "看过示范", "shown"),
            ("helped", "带着做过", "with help"),
            ("alone", "独立完成", "alone"),
        ],
    ),
    ("outcome", &[("signed", "已签字", "signed"), ("refused", "拒绝签字", "refused to sign")]),
    (
        "clock_source",
        &[
            ("gnss", "卫星授时", "satellite"),
            ("network", "网络授时", "network"),
            ("manual", "人工设置", "set by hand"),
        ],
    ),
    (
        "role",
        &[
            ("enforcer", "执法人员", "enforcement officer"),
            ("mentor", "帮扶专家", "mentor"),
            ("assistant", "协助人员", "assistant"),
        ],
    ),
    (
        "kind",
        &[
            ("documentary", "书证", "documentary evidence"),
            ("physical", "物证", "physical evidence"),
            ("audio_visual", "视听资料", "audio-visual material"),
            ("electronic", "电子数据", "electronic data"),
            ("testimony", "证人证言", "testimony of a witness"),
            ("party_statement", "当事人的陈述", "statement of the party"),
            ("expert_opinion", "鉴定意见", "expert opinion"),
            ("scene_record", "勘验笔录、现场笔录", "record of the scene"),
        ],
    ),
    (
        "source",
        &[
            ("own_camera", "本机拍摄", "this phone's camera"),
            ("body_camera", "执法记录仪", "body camera"),
            ("cctv_copy", "监控复制", "copy of the enterprise's CCTV"),
            ("from_party", "当事人提供", "received from the party"),
            ("colleague_phone", "同事手机", "a colleague's phone"),
            ("scan", "扫描件", "scan"),
            ("instrument", "仪器导出", "exported by an instrument"),
            ("imported", "非本机拍摄", "imported, origin not known"),
            ("check", "检查发现", "found by a check"),
            ("complaint", "投诉举报", "a complaint"),
            ("transfer", "其他部门移送", "handed over by another body"),
            ("upper", "上级交办", "assigned from above"),
        ],
    ),
    (
        "value",
        &[
            ("non_compliant", "不符合", "non-compliant"),
            ("not_checked", "未查", "not checked"),
            ("not_applicable", "不涉及", "not applicable"),
            ("compliant", "符合", "compliant"),
        ],
    ),
    (
        "purpose",
        &[
            ("courseware", "课件", "courseware"),
            ("sign_in_sheet", "签到表", "sign-in sheet"),
            ("signed_page", "签字页", "signed page"),
            ("subject_papers", "主体资格材料", "papers of the party"),
            ("interview", "询问笔录", "recorded interview"),
            ("hash_list", "证据清单签认页", "signed list of digests"),
            ("refusal_note", "拒签、拒述说明", "note of a refusal"),
        ],
    ),
    (
        "elements",
        &[
            ("subject", "主体", "subject"),
            ("location", "部位", "location"),
            ("act", "行为或状态", "act or state"),
            ("observed", "发现时间和方式", "when and how observed"),
            ("consequence", "可能后果", "possible consequence"),
        ],
    ),
    (
        "agenda",
        &[
            ("check", "检查", "check"),
            ("record", "记录", "record"),
            ("order", "责令整改", "correction order"),
            ("recheck", "复查", "re-check"),
            ("filing", "立案", "filing"),
            ("evidence", "取证", "evidence"),
            ("notice_defence", "告知与陈述申辩", "notice and defence"),
            ("review_decision", "法制审核与决定", "review and decision"),
            ("service", "送达", "service"),
            ("payment", "缴款", "payment"),
            ("closing", "结案", "closing"),
        ],
    ),
];
