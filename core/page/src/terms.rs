//! The page's words for what ops say: kinds, fields and coded values, Chinese and English.

use angen_ledger::verify::Lang;

/// Chooses between two wordings that stand side by side where they are used.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Say(pub(crate) Lang);

impl Say {
    pub(crate) fn t<'w>(&self, zh: &'w str, en: &'w str) -> &'w str {
        match self.0 {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// The words of a code in a table; the code itself when the table is older than the code.
    fn of(self, table: &[(&str, &'static str, &'static str)], code: &str) -> String {
        let known = table.iter().find(|(known, _, _)| *known == code);
        known.map_or(code, |(_, zh, en)| self.t(zh, en)).to_owned()
    }

    pub(crate) fn kind(self, kind: &str) -> String {
        self.of(KINDS, kind)
    }

    pub(crate) fn field(self, field: &str) -> String {
        self.of(FIELDS, field)
    }

    /// A coded value of a field; other text as it is.
    pub(crate) fn code(self, field: &str, code: &str) -> String {
        let table = CODES.iter().find(|(known, _)| *known == field);
        table.map_or_else(|| code.to_owned(), |(_, table)| self.of(table, code))
    }
}

type Table = &'static [(&'static str, &'static str, &'static str)];

const KINDS: Table = &[
    ("answer.set/1", "填写检查项", "answered an item"),
    ("assent.give/1", "确认记录", "assented"),
    ("assistance.plan/1", "安排执法帮扶", "planned the assistance visit"),
    ("attendance.confirm/1", "培训签到", "confirmed attendance"),
    ("case.propose/1", "提请立案", "proposed a case"),
    ("certificates.show/1", "出示执法证件", "showed the enforcement certificate"),
    ("check.plan/1", "安排现场检查", "planned the check"),
    ("checklist.import/1", "导入检查表", "imported a checklist"),
    ("dossier.open/1", "开立卷宗", "opened a dossier"),
    ("enterprise.correct/1", "更正企业信息", "corrected an enterprise"),
    ("enterprise.register/1", "登记企业", "registered an enterprise"),
    ("evidence.capture/1", "固定证据", "captured evidence"),
    ("evidence.check_copy/1", "核对书证", "checked a copy with its original"),
    ("evidence.retract/1", "撤回证据", "retracted evidence"),
    ("evidence_index.make/1", "编制证据目录", "made the index of evidence"),
    ("filing.decide/1", "登记立案审批", "noted the decision on filing"),
    ("finding.correct/1", "更正问题", "corrected a finding"),
    ("finding.raise/1", "提出问题", "raised a finding"),
    ("finding.retract/1", "撤回问题", "retracted a finding"),
    ("hash_list.make/1", "编制证据哈希清单", "listed the digests"),
    ("interview.record/1", "制作询问笔录", "recorded an interview"),
    ("investigation.conclude/1", "调查终结", "concluded the investigation"),
    ("note.write/1", "记事", "wrote a note"),
    ("officer.enrol/1", "登记人员", "enrolled a person"),
    ("officer.list/1", "列入名册", "listed a person"),
    ("paper.sign/1", "文书签字", "recorded the signature on a paper"),
    ("record.sign/1", "当事人签字", "recorded the party's signature"),
    ("training.record/1", "记录培训", "recorded a training"),
];

const FIELDS: Table = &[
    ("about", "关于", "about"),
    ("address", "地址", "address"),
    ("agenda", "培训内容", "agenda"),
    ("approval_no", "检查审批编号", "approval no."),
    ("approver", "审批人", "approver"),
    ("approver_post", "审批人职务", "post of the approver"),
    ("area", "区划代码", "division code"),
    ("assistance", "所属帮扶", "assistance visit"),
    ("authority", "主管部门", "authority"),
    ("basis", "检查来源", "basis of the check"),
    ("blob", "附件地址", "blob address"),
    ("blob_key", "附件密钥", "blob key"),
    ("camera", "相机", "camera"),
    ("camera_place", "相机所记位置", "place by the camera"),
    ("camera_time", "相机所记时间", "time by the camera"),
    ("caption", "说明", "caption"),
    ("cause", "案由", "cause"),
    ("certificate", "数字证书", "certificate"),
    ("certificate_no", "执法证号", "enforcement certificate no."),
    ("certificate_valid_until", "执法证有效期至", "certificate valid until"),
    ("check", "所属检查", "check"),
    ("checklist", "检查表", "checklist"),
    ("checklists", "检查表", "checklists"),
    ("clock_source", "时钟来源", "clock source"),
    ("consequence", "处理方式", "consequence"),
    ("credit_code", "统一社会信用代码", "unified social credit code"),
    ("decided_on", "审批日期", "decided on"),
    ("decision", "立案决定", "decision on filing"),
    ("derived_from", "由此件加工而成", "made from"),
    ("device", "设备", "device"),
    ("digest", "清单哈希", "digest of the list"),
    ("elements", "要件", "elements"),
    ("employer", "工作单位", "employer"),
    ("enterprise", "被检查单位", "enterprise"),
    ("evidence", "签字页", "signed page"),
    ("facts", "查明的事实", "facts that were found"),
    ("file_name", "原文件名", "original file name"),
    ("finding", "问题", "finding"),
    ("form", "检查表内容", "form"),
    ("from", "开始", "from"),
    ("id_no", "证件号码", "identity number"),
    ("industry", "行业", "industry"),
    ("item", "检查项", "item"),
    ("item_list_version", "检查事项清单版本", "version of the item list"),
    ("items", "所列证据", "evidence listed"),
    ("keeper", "原件保管人", "keeper of the original"),
    ("kind", "证据种类", "kind of evidence"),
    ("legal_basis", "法律依据", "legal basis"),
    ("length", "长度", "length"),
    ("list_id", "检查表编号", "list id"),
    ("major_hazard", "重大事故隐患判定", "major-hazard criterion"),
    ("mentors", "帮扶专家", "mentors"),
    ("method", "制作方法", "method"),
    ("mime", "媒体类型", "media type"),
    ("name", "名称", "name"),
    ("no_code_reason", "无信用代码的原因", "why there is no credit code"),
    ("note", "备注", "note"),
    ("notice_no", "检查通知书编号", "notice no."),
    ("number", "编号或次数", "number"),
    ("opinion", "处理意见", "opinion"),
    ("ops", "所确认的记录", "ops assented to"),
    ("organisation", "单位", "organisation"),
    ("outcome", "签字情况", "outcome"),
    ("pages", "签字页", "signed pages"),
    ("paper", "文书", "paper"),
    ("penalty", "罚则代码", "penalty code"),
    ("person", "被询问人", "person asked"),
    ("phone", "电话", "telephone"),
    ("place", "位置", "place"),
    ("place_name", "地点", "place"),
    ("post", "职务", "post"),
    ("profile", "计数规则", "profile"),
    ("proves", "证明对象", "proves"),
    ("purpose", "用途", "purpose"),
    ("questions", "问答", "questions and answers"),
    ("reason", "理由", "reason"),
    ("representative", "负责人", "person in charge"),
    ("retention", "保管期限", "retention"),
    ("retracted", "撤回", "retracted"),
    ("rights_told", "已告知权利义务", "rights and duties told"),
    ("role", "身份", "role"),
    ("round", "轮次", "round"),
    ("same_original", "同一原件的其他记录", "same original elsewhere"),
    ("sha256", "SHA-256", "SHA-256"),
    ("shown_to", "出示对象", "shown to"),
    ("signer", "签字人", "signer"),
    ("sm3", "SM3", "SM3"),
    ("source", "来源", "source"),
    ("source_note", "来源说明", "note on the source"),
    ("stamped", "已盖章", "stamped"),
    ("text", "内容", "text"),
    ("title", "标题", "title"),
    ("to", "结束", "to"),
    ("township", "乡镇（街道）", "township"),
    ("trainer", "授课人", "trainer"),
    ("training", "培训", "training"),
    ("type", "卷宗类型", "type of dossier"),
    ("value", "答案", "answer"),
    ("version", "版本", "version"),
    ("writer", "书写人", "writer"),
];

const CODES: &[(&str, Table)] = &[
    (
        "type",
        &[
            ("roster", "人员名册", "roster"),
            ("library", "检查表库", "checklist library"),
            ("register", "企业名录", "register of enterprises"),
            ("assistance", "执法帮扶", "assistance visit"),
            ("check", "现场检查", "check"),
            ("case", "案件", "case"),
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
    ("decision", &[("filed", "立案", "filed"), ("not_filed", "不予立案", "not filed")]),
    (
        "opinion",
        &[
            ("no_violation", "违法事实不成立", "no violation"),
            ("no_penalty", "不予处罚", "no penalty"),
            ("transfer", "移送", "hand over to another body"),
            ("penalty", "拟予处罚", "a penalty is proposed"),
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

#[cfg(test)]
mod tests {
    use angen_core::domain::{
        AGENDA, Consequence, ELEMENTS, EvidenceKind, KNOWN_KINDS, Purpose, Role, SourceClass,
    };
    use angen_ledger::verify::Lang;

    use super::Say;

    #[test]
    fn every_code_of_the_core_has_words_and_the_chinese_ones_are_the_cores() {
        let (zh, en) = (Say(Lang::Zh), Say(Lang::En));
        let mut codes: Vec<(&str, &str, &str)> = Vec::new();
        codes.extend(Consequence::ALL.iter().map(|c| ("consequence", c.word(), c.term())));
        codes.extend(EvidenceKind::ALL.iter().map(|k| ("kind", k.word(), k.term())));
        codes.extend(Purpose::ALL.iter().map(|p| ("purpose", p.word(), p.term())));
        codes.extend(SourceClass::ALL.iter().map(|s| ("source", s.word(), s.term())));
        codes.extend(ELEMENTS.iter().map(|(code, term)| ("elements", *code, *term)));
        codes.extend(AGENDA.iter().map(|(code, term)| ("agenda", *code, *term)));
        let roles = [Role::Enforcer, Role::Mentor, Role::Assistant];
        codes.extend(roles.iter().map(|role| ("role", role.word(), role.term())));
        for (field, code, term) in codes {
            assert_eq!(zh.code(field, code), term, "{field}");
            assert!(en.code(field, code).is_ascii() && !en.code(field, code).contains('_'));
        }
        for kind in KNOWN_KINDS {
            assert_ne!(zh.kind(kind), *kind);
            assert_ne!(en.kind(kind), *kind);
        }
    }
}
