//! The visit as a list: which file is taken when, where, of what.

use fastrand::Rng;

use crate::sample::{People, Place, Role, Site};
use crate::scene::Subject;

/// What the training leaves behind.
const TRAINING: Option<usize> = None;
const SITE_0: Option<usize> = Some(0);
const SITE_1: Option<usize> = Some(1);

/// One file to make.
pub(crate) struct Entry {
    pub(crate) role: Role,
    pub(crate) file_name: &'static str,
    /// Minutes after the beginning of the visit.
    pub(crate) minute: i64,
    pub(crate) site: Option<usize>,
    pub(crate) item: Option<&'static str>,
    pub(crate) caption: &'static str,
    /// What a photo of a scene shows; papers and sound have none.
    pub(crate) subject: Option<Subject>,
}

const fn paper(
    role: Role,
    file_name: &'static str,
    minute: i64,
    site: Option<usize>,
    caption: &'static str,
) -> Entry {
    Entry { role, file_name, minute, site, item: None, caption, subject: None }
}

const fn scene(
    role: Role,
    file_name: &'static str,
    minute: i64,
    site: Option<usize>,
    item: &'static str,
    subject: Subject,
    caption: &'static str,
) -> Entry {
    Entry { role, file_name, minute, site, item: Some(item), caption, subject: Some(subject) }
}

/// Every file of the visit: the training in the morning, then one site, then the other, then the
/// papers of a case, and days later those of the re-check.
///
/// The place in this list seeds the chance of a file, so that a new file goes to the end whatever
/// its minute is: put elsewhere, it would change the bytes of those after it.
#[rustfmt::skip] // One file a line, so that the visit reads as the table that it is.
pub(crate) const ENTRIES: &[Entry] = {
    use Role::*;
    use Subject::*;
    &[
        paper(Courseware, "training-courseware.pdf", 0, TRAINING, "执法闭环培训课件：从检查到结案"),
        paper(SignInSheet, "training-sign-in.jpg", 45, TRAINING, "执法闭环培训签到表"),
        scene(WidePhoto, "site0-mw01-wide.jpg", 125, SITE_0, "MW01", BeltDrive, "一号车间皮带传动部位无防护罩（全景）"),
        scene(ClosePhoto, "site0-mw01-close.jpg", 126, SITE_0, "MW01", BeltDrive, "皮带轮外露，附比例尺（近景）"),
        scene(SceneVideo, "site0-mw01-running.webm", 128, SITE_0, "MW01", BeltDrive, "皮带轮无防护罩运转的录像"),
        scene(WidePhoto, "site0-fe01-wide.jpg", 133, SITE_0, "FE01", BlockedExit, "安全出口被纸箱堵塞（全景）"),
        scene(ClosePhoto, "site0-fe01-close.jpg", 134, SITE_0, "FE01", BlockedExit, "安全出口门被链条锁闭（近景）"),
        scene(WidePhoto, "site0-mw04-wide.jpg", 140, SITE_0, "MW04", Grinder, "砂轮机防护罩缺失（全景）"),
        scene(ClosePhoto, "site0-mw04-close.jpg", 141, SITE_0, "MW04", Grinder, "砂轮外露、托架间隙过大（近景）"),
        paper(SoundStatement, "site0-statement.wav", 150, SITE_0, "现场负责人陈述录音"),
        paper(ScannedPaper, "site0-ledger-scan.pdf", 155, SITE_0, "设备检修台账和安全培训记录扫描件"),
        paper(SignedRecordPage, "site0-record-signed.jpg", 170, SITE_0, "现场检查记录签字页（一号企业）"),
        scene(WidePhoto, "site1-fe09-wide.jpg", 335, SITE_1, "FE09", SwitchBoard, "配电箱无门、前方堆物（全景）"),
        scene(ClosePhoto, "site1-fe09-close.jpg", 336, SITE_1, "FE09", SwitchBoard, "配电箱带电部位外露（近景）"),
        scene(WidePhoto, "site1-fe13-wide.jpg", 342, SITE_1, "FE13", Cylinders, "氧气瓶、乙炔瓶间距不足且无防倾倒（全景）"),
        scene(ClosePhoto, "site1-fe13-close.jpg", 343, SITE_1, "FE13", Cylinders, "两瓶间距用比例尺测量（近景）"),
        scene(WidePhoto, "site1-ls03-wide.jpg", 350, SITE_1, "LS03", Pit, "污水池井口敞开、无警示标志（全景）"),
        scene(ClosePhoto, "site1-ls03-close.jpg", 351, SITE_1, "LS03", Pit, "井口无盖板、无告知牌（近景）"),
        scene(InstrumentPhoto, "site1-ls07-detector.jpg", 356, SITE_1, "LS07", Detector, "四合一气体检测仪读数照片"),
        Entry { role: InstrumentReading, file_name: "site1-ls07-reading.csv", minute: 356, site: SITE_1, item: Some("LS07"), caption: "四合一气体检测仪导出读数", subject: None },
        paper(SignedRecordPage, "site1-record-signed.jpg", 380, SITE_1, "现场检查记录签字页（二号企业）"),
        paper(LicenceCopy, "site0-licence-scan.pdf", 157, SITE_0, "营业执照复印件，与原件核对无误"),
        paper(HashListPage, "site0-hash-list-signed.jpg", 172, SITE_0, "证据哈希清单签认页"),
        paper(FilingForm, "site0-filing-form.jpg", 520, SITE_0, "立案审批表"),
        paper(InterviewPage, "site0-interview-page.jpg", 560, SITE_0, "询问笔录签字页"),
        paper(ProcedurePage, "site0-preserve-approval.jpg", 159, SITE_0, "先行登记保存证据审批表"),
        paper(ProcedurePage, "site0-transfer-letter.jpg", 2 * 1440 + 30, SITE_0, "移送函及送达回证"),
        paper(ProcedurePage, "site0-recheck-page.jpg", 9 * 1440 + 60, SITE_0, "整改复查意见书签字页"),
    ]
};

/// The numbers of the records of the two sites, as a township prints them first in a year.
pub const RECORD_NUMBERS: [&str; 2] =
    ["（日东）应急检记〔2026〕1号", "（日东）应急检记〔2026〕2号"];

/// The number of the filing form.
pub const FILING_NUMBER: &str = "（日东）应急立〔2026〕1号";

/// The hall of the township where the training is held.
const HALL: Place = place(35.276_610, 119.370_240, 9.0, 6.5);

const fn place(
    latitude_degrees: f64,
    longitude_degrees: f64,
    altitude_metres: f64,
    error_metres: f64,
) -> Place {
    Place { latitude_degrees, longitude_degrees, altitude_metres, error_metres }
}

/// The two enterprises; both lie in one township, as a visit asks.
pub(crate) fn sites(seed: u64) -> [Site; 2] {
    let names = names(seed);
    [
        Site {
            name: "日照样例机械加工有限公司",
            credit_code: "91371102MA8QY0035G",
            address: "日照市东港区涛雒镇样例路一号",
            place: place(35.271_245, 119.374_518, 12.0, 5.0),
            representative: names[3].clone(),
        },
        Site {
            name: "日照样例水产设备有限公司",
            credit_code: "91371102MA7DEM016T",
            address: "日照市东港区涛雒镇样例路八号",
            place: place(35.284_377, 119.362_106, 7.0, 8.0),
            representative: names[4].clone(),
        },
    ]
}

/// The officers, the mentor and the others of the sign-in sheet.
pub(crate) fn people(seed: u64) -> People {
    let names = names(seed);
    let mut attendees = vec![names[0].clone(), names[1].clone(), names[2].clone()];
    attendees.extend_from_slice(&names[5..]);
    People { officers: [names[0].clone(), names[1].clone()], mentor: names[2].clone(), attendees }
}

/// Where a file is taken: at its site or in the hall, a few steps from the point on the map.
pub(crate) fn place_of(entry: &Entry, sites: &[Site; 2], rng: &mut Rng) -> Place {
    let mut place = entry.site.map_or(HALL, |site| sites[site].place);
    // Two ten-thousandths of a degree are about twenty metres: the size of a workshop.
    place.latitude_degrees += (rng.f64() - 0.5) * 2e-4;
    place.longitude_degrees += (rng.f64() - 0.5) * 2e-4;
    place
}

const SURNAMES: &str = "王李张刘陈杨赵孙周吴徐郑马胡林郭";
const GIVEN: &str = "安海平春华文志明建国宁晓东丽云波辰浩松涛";
/// Two officers, a mentor, two representatives, nine more on the sheet.
const NAME_COUNT: usize = 14;

/// Different names, the same for the same seed.
fn names(seed: u64) -> Vec<String> {
    let mut rng = Rng::with_seed(seed ^ 0x6e61_6d65);
    let surnames: Vec<char> = SURNAMES.chars().collect();
    let given: Vec<char> = GIVEN.chars().collect();
    let mut names: Vec<String> = Vec::new();
    while names.len() < NAME_COUNT {
        let mut name = String::from(surnames[rng.usize(..surnames.len())]);
        for _ in 0..rng.usize(1..=2) {
            name.push(given[rng.usize(..given.len())]);
        }
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
