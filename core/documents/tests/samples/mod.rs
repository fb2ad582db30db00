//! Generated sample data for every form: no real person, unit or number.
#![allow(dead_code, reason = "each test program uses some of it")]
#![allow(clippy::unwrap_used, reason = "the helpers of tests may unwrap as tests do")]
use angen_documents::forms::*;
use angen_documents::*;
use chrono::{NaiveDate, NaiveDateTime};

pub(crate) fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, day).unwrap()
}

pub(crate) fn at(day_of_month: u32, hour: u32, minute: u32) -> NaiveDateTime {
    day(day_of_month).and_hms_opt(hour, minute, 0).unwrap()
}

pub(crate) fn number(kind: &str, serial: u32) -> Filled<DocumentNumber> {
    let series = Series::new("鲁日", "应急", kind, 2026).unwrap();
    Filled::Given(DocumentNumber::Final(series.number(serial).unwrap()))
}

pub(crate) fn officers() -> Vec<Officer> {
    vec![Officer::new("安示例", "15110001001"), Officer::new("贺示范", "15110001002")]
}

pub(crate) fn unit() -> Unit {
    Unit {
        name: "示例市青禾机械制造有限公司".into(),
        credit_code: "91371100MA0EXAMP18".into(),
        address: "示例市北山街道工业园三路18号（二期厂房）".into(),
        person_in_charge: "柳样本".into(),
        post: "安全副总经理".into(),
        phone: "0633-0000000".into(),
    }
}

pub(crate) fn agency() -> Entry {
    "示例市应急管理局".into()
}

fn safety_law(article: &str) -> Citation {
    Citation::new("中华人民共和国安全生产法", "2021年修正", article)
}

pub(crate) fn findings() -> Vec<Finding> {
    vec![
        Finding::new(
            "机加工车间3号冲床双手操作按钮失效，单手即可启动滑块，现场未停用、未挂牌。",
            vec![safety_law("第三十六条第二款")],
        ),
        Finding::new(
            "喷漆房（可燃气体场所）内2只照明灯具不是防爆型，接线盒缺盖，导线裸露约15 cm。",
            vec![safety_law("第三十六条第一款")],
        ),
        Finding::new(
            "２０２６年２月以来新入厂的５名工人没有三级安全教育记录〔抽查台账第3至7页〕。",
            vec![safety_law("第二十八条第一款"), safety_law("第二十八条第四款")],
        ),
    ]
}

pub(crate) fn inspection_notice() -> InspectionNotice {
    InspectionNotice {
        agency: agency(),
        number: number("检通", 12),
        unit_name: unit().name,
        unit_address: unit().address,
        reason: "2026年度安全生产监督检查计划（第二季度）".into(),
        approval_number: "检审2026-0031".into(),
        basis: vec![safety_law("第六十二条"), safety_law("第六十五条")],
        item_list: "机械制造行业检查事项清单 2026.1版".into(),
        scope: "机械防护、涂装作业场所防爆、安全教育培训、有限空间作业审批。".into(),
        way: "现场检查、查阅资料".into(),
        from: at(5, 9, 0).into(),
        to: at(5, 12, 0).into(),
        task_code: Entry::Missing,
        officers: officers(),
        contact: "安示例".into(),
        contact_phone: "0633-0000001".into(),
        day: day(4).into(),
        sealing: Sealing::Later,
    }
}

pub(crate) fn site_record() -> SiteRecord {
    SiteRecord {
        agency: agency(),
        number: number("检记", 12),
        unit: unit(),
        place: "机加工车间、喷漆房、资料室".into(),
        from: at(5, 9, 5).into(),
        to: at(5, 11, 40).into(),
        officers: officers(),
        others: "市级执法专家1名（只提供技术意见，不参与执法）、企业安全员1名".into(),
        certificates_shown_at: at(5, 9, 6).into(),
        recusal: "听清楚了，不申请回避".into(),
        basis: vec![safety_law("第六十五条")],
        notice_number: "（鲁日）应急检通〔2026〕12号".into(),
        item_list: "机械制造行业检查事项清单 2026.1版".into(),
        task_code: Entry::Missing,
        course: "检查人员在企业安全副总经理陪同下，依次检查了机加工车间冲压设备6台、喷漆房1间，并查阅安全教育台账、设备点检表和有限空间作业票。\n现场拍摄照片14张、视频1段，均已列入证据哈希清单。".into(),
        findings: findings(),
        measures: "责令3号冲床立即停止使用并挂牌上锁，11时20分现场复核已停用；其余问题另行下达责令限期整改指令书。".into(),
        unit_signature: UnitSignature::Expected,
    }
}

pub(crate) fn correction_order() -> CorrectionOrder {
    CorrectionOrder {
        agency: agency(),
        number: number("责改", 9),
        unit_name: unit().name,
        found_on: day(5).into(),
        record_number: "（鲁日）应急检记〔2026〕12号".into(),
        findings: findings(),
        deadlines: vec![
            Deadline { numbers: vec![1], by: CorrectBy::AtOnce },
            Deadline { numbers: vec![2, 3], by: CorrectBy::Day(day(20)) },
        ],
        basis: vec![safety_law("第六十五条第一款第二项")],
        consequence: "逾期不整改或者整改后仍不符合要求的，本机关将依据《中华人民共和国安全生产法》（2021年修正）第九十九条等规定处理。".into(),
        remedies: remedies(),
        officers: officers(),
        unit_signature: UnitSignature::Expected,
        day: day(5).into(),
        sealing: Sealing::Later,
    }
}

pub(crate) fn remedies() -> Remedies {
    Remedies {
        government: "示例市人民政府".into(),
        upper_department: "示例省应急管理厅".into(),
        court: "示例市人民法院".into(),
    }
}

pub(crate) fn recheck_opinion() -> RecheckOpinion {
    let item = |text: &str, found: &str, outcome| RecheckedItem {
        text: text.to_owned(),
        found: found.to_owned(),
        outcome,
    };
    let findings = findings();
    RecheckOpinion {
        agency: agency(),
        number: number("复查", 4),
        unit_name: unit().name,
        order_number: "（鲁日）应急责改〔2026〕9号".into(),
        order_day: day(5).into(),
        rechecked_on: day(21).into(),
        items: vec![
            item(
                &findings[0].text,
                "双手按钮已更换，试机10次均须双手同时按下。",
                RecheckOutcome::Corrected,
            ),
            item(&findings[1].text, "灯具已换为防爆型，1只接线盒仍缺盖。", RecheckOutcome::Partly),
            item(&findings[2].text, "仍无记录，企业称正在补训。", RecheckOutcome::NotCorrected),
        ],
        conclusion: "第1项已整改；第2项、第3项未完成，依法另行处理。".into(),
        officers: officers(),
        unit_signature: UnitSignature::Refused {
            reason: "现场负责人称须请示总公司".into(),
            witness: "方证人".into(),
        },
        day: day(21).into(),
        sealing: Sealing::Presealed,
    }
}

pub(crate) fn interview_record(turns: usize) -> InterviewRecord {
    let person = Interviewee {
        name: "柳样本".into(),
        sex: "男".into(),
        age: "43".into(),
        id_number: "371100198301010015".into(),
        work_unit: unit().name,
        post: "安全副总经理".into(),
        address: "示例市北山街道样板小区2号楼1单元301室".into(),
        phone: "13000000000".into(),
    };
    let turn = |number: usize| QuestionAnswer {
        question: format!(
            "请说明第{number}台冲床双手操作按钮的检修情况，由谁负责，有没有书面记录？"
        ),
        answer: format!(
            "第{number}台冲床去年11月换过一次按钮，当时由设备科的维修工处理，只在交接本上记了一笔，没有填写检修单。\
             今年2月以后工人反映过按钮不灵，我安排过检查，但是没有停机，也没有挂牌，这一点我们做得不对，现在已经停用。"
        ),
    };
    InterviewRecord {
        agency: agency(),
        from: at(8, 14, 0).into(),
        to: at(8, 16, 20).into(),
        nth: 1,
        place: "示例市应急管理局询问室".into(),
        person,
        interviewer: officers()[0].clone(),
        recorder: officers()[1].clone(),
        others: Entry::Missing,
        rights_answer: "听清楚了，不申请回避。".into(),
        turns: (1..=turns).map(turn).collect(),
        reading: Reading::Either,
    }
}

pub(crate) fn filing_approval() -> FilingApproval {
    FilingApproval {
        agency: agency(),
        number: number("立", 3),
        cause: "涉嫌未按规定对从业人员进行安全生产教育和培训案".into(),
        source: "现场检查发现".into(),
        found_at: at(5, 11, 0).into(),
        party: Party::Unit(unit()),
        facts: "2026年3月5日，本机关执法人员对示例市青禾机械制造有限公司进行检查，抽查台账发现，2月以来新入厂的5名工人没有三级安全教育记录。现场负责人对此无异议，已拍照并制作现场检查记录。".into(),
        suspected: vec![safety_law("第二十八条第一款")],
        officers: officers(),
        officers_opinion: Opinion {
            text: "建议立案调查，由安示例、贺示范承办。".into(),
            signer: "安示例".into(),
            day: day(6).into(),
        },
        review_opinion: Opinion::by_hand(),
        approval_opinion: Opinion::by_hand(),
    }
}

/// A plain picture, so that the pages have something to show.
pub(crate) fn picture(shade: u8) -> Vec<u8> {
    let size = 480_u32;
    let mut pixmap = tiny_skia::Pixmap::new(size, size * 3 / 4).unwrap();
    pixmap.fill(tiny_skia::Color::from_rgba8(shade, 120, 200 - shade, 255));
    let mut paint = tiny_skia::Paint::default();
    paint.set_color_rgba8(250, 210, 40, 255);
    let square = tiny_skia::Rect::from_xywh(90.0, 70.0, 180.0, 120.0).unwrap();
    pixmap.fill_rect(square, &paint, tiny_skia::Transform::identity(), None);
    pixmap.encode_png().unwrap()
}

pub(crate) fn evidence_pages(count: u8) -> EvidencePages {
    let medium = |number: u8| Medium {
        thumbnail: (number != 3).then(|| picture(number * 20)),
        caption: format!("{number}号冲床双手操作按钮（近景），按钮外壳开裂").into(),
        proof_object: "设备安全装置失效".into(),
        source: "本机拍摄".into(),
        method: "执法终端相机直接拍摄，未经编辑".into(),
        taken_at: at(5, 9, 10 + u32::from(number)).into(),
        place: "机加工车间东侧".into(),
        maker: officers()[0].clone(),
        file_name: format!("IMG_20260305_09{:02}00.jpg", 10 + number),
        length_bytes: 3_145_728 + u64::from(number),
        sha256: std::array::from_fn(|at| (at as u8).wrapping_mul(37).wrapping_add(number)),
        sm3: std::array::from_fn(|at| (at as u8).wrapping_mul(91).wrapping_add(number)),
    };
    EvidencePages {
        agency: agency(),
        unit_name: unit().name,
        belongs_to: "（鲁日）应急检记〔2026〕12号".into(),
        listed_at: at(5, 11, 30).into(),
        media: (1..=count).map(medium).collect(),
        officers: officers(),
        unit_signature: UnitSignature::Expected,
    }
}

/// One document of each form.
pub(crate) fn documents() -> Vec<Document> {
    vec![
        inspection_notice().document().unwrap(),
        site_record().document().unwrap(),
        correction_order().document().unwrap(),
        recheck_opinion().document().unwrap(),
        filing_approval().document().unwrap(),
        interview_record(9).document().unwrap(),
        evidence_pages(4).document().unwrap(),
    ]
}
