//! What an op of each kind does, as a verb.

use super::Table;

pub(super) const KINDS: Table = &[
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
