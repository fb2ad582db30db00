//! What happens in the demo: who, where, and what is found. All of it is invented.

use angen_core::domain::Consequence;

/// The township: 涛雒镇, by its real division code.
pub(crate) const AREA: &str = "371102110";
pub(crate) const TOWNSHIP: &str = "涛雒镇";
pub(crate) const CITY_BUREAU: &str = "日照市应急管理局（演示）";
pub(crate) const TOWNSHIP_OFFICE: &str = "涛雒镇应急管理办公室（演示）";
pub(crate) const ADMINISTRATOR: &str = "演示管理员";

/// PINs of the administrator, the two officers and the mentor.
pub(crate) const PINS: [&str; 4] = ["demo-000000", "demo-111111", "demo-222222", "demo-333333"];

/// Who has the phone at the station.
pub(crate) const DUTY: &str = "演示值班员";
pub(crate) const DUTY_PIN: &str = "demo-444444";

/// Who drives to town and carries the stick.
pub(crate) const COURIER: &str = "演示班车司机";
pub(crate) const COURIER_PIN: &str = "demo-555555";

/// Enforcement certificate numbers of the two officers: the form is invented as well.
pub(crate) const CERTIFICATE_NUMBERS: [&str; 2] = ["鲁演示-0001", "鲁演示-0002"];
pub(crate) const CERTIFICATE_UNTIL: &str = "2028-06-30";

/// The delegation to the township: the tiers of 2021, published in the year in which it began.
pub(crate) const DELEGATION: DelegationStory = DelegationStory {
    delegate: "日照市东港区涛雒镇人民政府（演示）",
    document_no: "日应急委〔2021〕9号（演示）",
    published_on: "2021-08-20",
    published_at: "http://example.invalid/delegation/9",
    from: "2021-09-01",
    until: "2026-12-31",
    number_region: REGION,
    unit_yuan: 50_000,
    person_yuan: 20_000,
};

/// A delegation.
pub(crate) struct DelegationStory {
    pub(crate) delegate: &'static str,
    pub(crate) document_no: &'static str,
    pub(crate) published_on: &'static str,
    pub(crate) published_at: &'static str,
    pub(crate) from: &'static str,
    pub(crate) until: &'static str,
    pub(crate) number_region: &'static str,
    pub(crate) unit_yuan: i64,
    pub(crate) person_yuan: i64,
}

/// The hub of the district, and its log: both are made up.
pub(crate) const HUB_NAME: &str = "东港区安全生产执法平台（演示）";
pub(crate) const HUB_ORIGIN: &str = "donggang.example/1";

/// The mentor's appointment: from, until, number and specialties.
pub(crate) const APPOINTED: (&str, &str, &str) =
    ("2026-01-01", "2026-12-31", "日应急聘〔2026〕2号（演示）");
pub(crate) const SPECIALTIES: [&str; 2] = ["机械加工", "粉尘防爆"];

/// Other staff of the township by establishment: the N of 1+2+N.
pub(crate) const STAFF_POSTS: u32 = 5;
/// Since when the two officers are on post.
pub(crate) const ON_POST_SINCE: &str = "2026-03-01";

/// Credit codes of the two enterprises, with right check characters.
pub(crate) const CREDIT_CODES: [&str; 2] = ["91371102MA8QY0035G", "91371102MA7DEM016T"];
pub(crate) const INDUSTRIES: [&str; 2] = ["C34", "C35"];

/// The workbooks that the demo imports.
pub(crate) const WORKBOOKS: [(&str, &[u8]); 5] = [
    ("mw.xlsx", include_bytes!("../../../checklists/mw.xlsx")),
    ("ls.xlsx", include_bytes!("../../../checklists/ls.xlsx")),
    ("hc.xlsx", include_bytes!("../../../checklists/hc.xlsx")),
    ("fe.xlsx", include_bytes!("../../../checklists/fe.xlsx")),
    ("gm.xlsx", include_bytes!("../../../checklists/gm.xlsx")),
];

/// What is done at one enterprise.
pub(crate) struct SiteStory {
    /// Checklists by list id.
    pub(crate) lists: &'static [&'static str],
    pub(crate) approval_no: &'static str,
    /// When the notice says that the check begins and ends.
    pub(crate) noticed: [&'static str; 2],
    /// Items that do not apply there.
    pub(crate) not_applicable: &'static [&'static str],
    /// Items that could not be checked, and why.
    pub(crate) not_checked: &'static [(&'static str, &'static str)],
    /// Readings: item and value.
    pub(crate) readings: &'static [(&'static str, &'static str)],
    /// What is found.
    pub(crate) findings: &'static [FindingStory],
}

/// One finding.
pub(crate) struct FindingStory {
    pub(crate) item: &'static str,
    pub(crate) title: &'static str,
    pub(crate) basis: &'static str,
    pub(crate) authority: &'static str,
    pub(crate) penalty: Option<&'static str>,
    pub(crate) consequence: Consequence,
    pub(crate) location: &'static str,
    pub(crate) act: &'static str,
    pub(crate) danger: &'static str,
    /// What the act turned out to be once it was measured, and why the record changes.
    pub(crate) corrected: Option<(&'static str, &'static str)>,
}

/// The two sites.
pub(crate) const SITES: [SiteStory; 2] = [
    SiteStory {
        lists: &["angen_mw", "angen_fe"],
        approval_no: "涛雒应急检审〔2026〕17号",
        noticed: ["2026-09-15 10:15", "2026-09-15 12:00"],
        not_applicable: &[
            "MW06", "MW07", "MW08", "MW09", "MW10", "MW11", "MW12", "MW13", "MW14", "MW15", "MW16",
            "MW17", "MW18", "MW19", "MW20", "FE05", "FE06", "FE12", "FE13", "FE14",
        ],
        not_checked: &[("MW05", "行车检验报告在总公司档案室，已要求三日内提供")],
        readings: &[],
        findings: &[
            FindingStory {
                item: "MW01",
                title: "一号车间皮带传动部位无防护罩",
                basis: "安全生产法（2021）第三十六条",
                authority: "EM",
                penalty: Some("P99(2)"),
                consequence: Consequence::Case,
                location: "一号车间东侧皮带传动装置",
                act: "传动部位外露，运转时没有防护罩",
                danger: "作业人员肢体可能被卷入",
                corrected: None,
            },
            FindingStory {
                item: "FE01",
                title: "一号车间安全出口被纸箱堵塞、门被锁闭",
                basis: "安全生产法（2021）第四十二条第二款",
                authority: "EM",
                penalty: Some("P105(2)"),
                consequence: Consequence::Order,
                location: "一号车间南侧安全出口",
                act: "出口前堆放纸箱，门用链条锁闭",
                danger: "发生火灾时人员无法疏散",
                corrected: None,
            },
            FindingStory {
                item: "MW04",
                title: "砂轮机防护罩缺失、托架间隙过大",
                basis: "安全生产法（2021）第三十六条",
                authority: "EM",
                penalty: Some("P99(2)"),
                consequence: Consequence::Order,
                location: "一号车间砂轮机",
                act: "没有防护罩，托架与砂轮间隙超过三毫米",
                danger: "砂轮碎裂或工件卷入伤人",
                corrected: Some((
                    "没有防护罩，托架与砂轮间隙实测为六毫米",
                    "用塞尺复测，把目测改为实测数值",
                )),
            },
            FindingStory {
                item: "FE03",
                title: "一号车间两具灭火器压力不足",
                basis: "消防法（2021）第十六条",
                authority: "FR",
                penalty: None,
                consequence: Consequence::Order,
                location: "一号车间北墙灭火器箱",
                act: "两具干粉灭火器压力表指针在红区",
                danger: "发生火灾时无法扑救",
                corrected: None,
            },
        ],
    },
    SiteStory {
        lists: &["angen_fe", "angen_ls"],
        approval_no: "涛雒应急检审〔2026〕18号",
        noticed: ["2026-09-15 13:45", "2026-09-15 16:00"],
        not_applicable: &["FE05", "FE06", "FE12", "FE14", "LS06", "LS08", "LS09", "LS13", "LS15"],
        not_checked: &[],
        readings: &[
            ("LS07_o2", "20.6"),
            ("LS07_lel", "0"),
            ("LS07_h2s", "3"),
            ("LS07_co", "4"),
            ("FE13_distance", "1.8"),
        ],
        findings: &[
            FindingStory {
                item: "FE09",
                title: "配电箱没有门、前方堆物",
                basis: "安全生产法（2021）第三十六条",
                authority: "EM",
                penalty: Some("P99(2)"),
                consequence: Consequence::Order,
                location: "包装间配电箱",
                act: "箱门缺失，带电部位外露，前方堆放周转箱",
                danger: "触电，紧急时无法断电",
                corrected: None,
            },
            FindingStory {
                item: "FE13",
                title: "氧气瓶与乙炔瓶间距不足、没有防倾倒",
                basis: "安全生产法（2021）第四十一条",
                authority: "EM",
                penalty: Some("P102"),
                consequence: Consequence::OnTheSpot,
                location: "维修间气瓶存放处",
                act: "两瓶相距一点八米，未固定",
                danger: "气瓶倾倒、回火爆炸",
                corrected: None,
            },
            FindingStory {
                item: "LS03",
                title: "污水池出入口没有警示标志和风险告知",
                basis: "工贸企业有限空间作业安全规定（2024）第十一条",
                authority: "EM",
                penalty: Some("P99(1)"),
                consequence: Consequence::Order,
                location: "厂区北侧污水池",
                act: "井口敞开，没有标志、告知牌和盖板",
                danger: "人员误入，硫化氢中毒",
                corrected: None,
            },
        ],
    },
];

/// The same two sites where nothing is found.
pub(crate) const CLEAN_SITES: [SiteStory; 2] = [
    SiteStory { findings: &[], ..SITES[0] },
    SiteStory {
        readings: &[
            ("LS07_o2", "20.6"),
            ("LS07_lel", "0"),
            ("LS07_h2s", "0"),
            ("LS07_co", "0"),
            ("FE13_distance", "6.0"),
        ],
        findings: &[],
        ..SITES[1]
    },
];

/// The exercise after two checks that found nothing.
pub(crate) const EXERCISE: CaseStory = CaseStory {
    cause: "皮带传动部位未设防护装置（演练脚本）",
    approver: "演示负责人",
    approver_post: "日照市应急管理局分管负责人",
    decided_on: "2026-09-15",
    facts: "演练：假定一号车间东侧的皮带传动装置没有防护罩，按脚本固定证据、询问、编目，练习全过程调查取证。",
    basis: "安全生产法（2021）第三十六条、第九十九条第二项",
};

/// The number of the exercise, which is none of the series.
pub(crate) const EXERCISE_NUMBER: &str = "演练〔2026〕1号";

/// The case on the first finding of the first site.
pub(crate) struct CaseStory {
    pub(crate) cause: &'static str,
    pub(crate) approver: &'static str,
    pub(crate) approver_post: &'static str,
    pub(crate) decided_on: &'static str,
    pub(crate) facts: &'static str,
    pub(crate) basis: &'static str,
}

pub(crate) const CASE: CaseStory = CaseStory {
    cause: "涉嫌未在皮带传动部位设置安全防护装置",
    approver: "演示负责人",
    approver_post: "日照市应急管理局分管负责人",
    decided_on: "2026-09-15",
    facts: "2026年9月15日，执法人员在该公司一号车间东侧检查时发现，正在运转的皮带传动装置没有防护罩，\
            传动部位外露。上述事实有现场检查记录、照片、录像、设备检修台账和询问笔录相互印证。",
    basis: "安全生产法（2021）第三十六条、第九十九条第二项",
};

/// What follows the findings.
pub(crate) struct FollowUpStory {
    /// The item that is corrected at once; the others by the deadline.
    pub(crate) at_once: &'static str,
    pub(crate) deadline: &'static str,
    pub(crate) preserved: &'static str,
    pub(crate) preserved_because: &'static str,
    pub(crate) preserved_notice: &'static str,
    /// Captions of the papers.
    pub(crate) approval_page: &'static str,
    pub(crate) letter: &'static str,
    pub(crate) recheck_page: &'static str,
    pub(crate) letter_no: &'static str,
    /// What the re-check found.
    pub(crate) corrected: &'static str,
}

pub(crate) const FOLLOW_UP: FollowUpStory = FollowUpStory {
    at_once: "FE01",
    deadline: "2026-09-22",
    preserved: "皮带传动装置检修台账",
    preserved_because: "台账由当事人自行保管，可能被更换或者涂改，以后难以取得",
    preserved_notice: "（日东）应急先保通〔2026〕3号",
    approval_page: "先行登记保存证据审批表",
    letter: "移送函及送达回证",
    recheck_page: "整改复查意见书签字页",
    letter_no: "（日东）应急移〔2026〕2号",
    corrected: "现场查看并试运行，防护装置齐全有效，出口畅通",
};

/// The device of the township, and how its documents are numbered.
pub(crate) const DEVICE: &str = "A3";
pub(crate) const REGION: &str = "日东";
pub(crate) const YEAR: u16 = 2026;
pub(crate) const NUMBERS: u32 = 20;

/// What no record holds and is said when a document is printed.
pub(crate) const CONTACT_PHONE: &str = "0633-0000001";
pub(crate) const UNIT_POST: &str = "现场负责人";
pub(crate) const UNIT_PHONE: &str = "0633-0000002";

/// Who reviews an order, and which court hears of it.
pub(crate) const REVIEWER: &str = "日照市东港区人民政府";
pub(crate) const COURT: &str = "日照市东港区人民法院";

/// What the officers say in the filing form; the sample that is signed says the same.
pub(crate) const PROPOSAL: &str = "有违法事实，属本机关管辖，建议立案调查。";

/// What the person in charge answered on recusal.
pub(crate) const RECUSAL: &str = "听清楚了，不申请回避";

/// The identity number of the person who is interviewed, invented, with a right check character.
pub(crate) const ID_NUMBER: &str = "371102199001010010";
pub(crate) const HOME: &str = "日照市东港区涛雒镇样例小区2号楼";
pub(crate) const HOME_PHONE: &str = "13000000000";
