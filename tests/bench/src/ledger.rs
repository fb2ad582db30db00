//! A made-up ledger of enterprises, as a township would send it.

use std::fmt::Write as _;

use angen_core::action::ImportRows;
use angen_core::domain::check_credit_code;
use angen_core::domain::rows::RowKind;

const PLACES: [&str; 8] =
    ["日照市东港区", "日照", "日照岚山", "五莲县", "莒县", "涛雒镇", "（日照）", "山东日照长行"];
const TRADES: [&str; 16] = [
    "机械加工",
    "食品",
    "木业",
    "水产冷藏",
    "粮油",
    "化工",
    "铸造",
    "金属制品",
    "纺织",
    "塑料",
    "建材",
    "仓储物流",
    "家具",
    "电子科技",
    "茶业",
    "石材",
];
const FORMS: [&str; 5] = ["有限公司", "有限责任公司", "厂", "经营部", "专业合作社"];
const WORDS: &[char] = &[
    '鑫', '隆', '泰', '安', '海', '盛', '华', '源', '通', '达', '瑞', '丰', '恒', '信', '德', '祥',
    '宏', '亿', '金', '正', '东', '昌', '兴', '利', '润', '康', '宝', '永', '顺', '和', '长', '乐',
];

/// The name of one enterprise. Two words of two characters each make a thousand and more.
pub(crate) fn name(number: usize) -> String {
    let word = |by: usize| WORDS[number / by % WORDS.len()];
    format!(
        "{}{}{}{}{}{}",
        PLACES[number % PLACES.len()],
        word(3),
        word(101),
        word(1_009),
        TRADES[number / 7 % TRADES.len()],
        FORMS[number / 11 % FORMS.len()]
    )
}

/// The credit code of one enterprise, with the right check character.
fn credit_code(number: usize) -> String {
    let body = format!("91371102MA{number:07}");
    let mut checks = "0123456789ABCDEFGHJKLMNPQRTUWXY".chars();
    let good = |check: &char| check_credit_code(&format!("{body}{check}")).is_ok();
    let check = checks.find(good).expect("one of the characters is right");
    format!("{body}{check}")
}

/// Some enterprises as a .csv.
pub(crate) fn ledger(numbers: std::ops::Range<usize>) -> String {
    let mut text = "企业名称,统一社会信用代码,生产经营地址,主要负责人,行业代码\n".to_owned();
    for number in numbers {
        let (name, code) = (name(number), credit_code(number));
        writeln!(text, "{name},{code},涛雒镇样例路{number}号,王志松,C33").expect("a text grows");
    }
    text
}

/// The import of a ledger.
pub(crate) fn request(text: &str) -> ImportRows {
    ImportRows {
        kind: RowKind::Enterprise,
        file_name: "ledger.csv".to_owned(),
        bytes: text.as_bytes().to_vec(),
        sheet: None,
        corrections: Vec::new(),
        skip: std::collections::BTreeSet::new(),
        update_reason: None,
    }
}
