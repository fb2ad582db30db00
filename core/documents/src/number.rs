//! Document numbers (文号), such as `（鲁日）应急检记〔2021〕1号`.
use std::fmt;
use std::str::FromStr;

/// A series runs for one agency, one kind of document and one year, so six digits are ample.
pub const SERIAL_MAX: u32 = 999_999;

/// The first year with a number of this pattern, and the last that is believed.
const YEARS: std::ops::RangeInclusive<u16> = 1990..=2199;

/// A device is called `A3` on paper; longer names are mistyped.
const DEVICE_CHARACTERS_MAX: usize = 8;

/// Regions and departments are abbreviated to a few characters.
const PART_CHARACTERS_MAX: usize = 12;

/// What numbers are counted within: one agency, one kind of document, one year (序列).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Series {
    region: String,
    department: String,
    kind: String,
    year: u16,
}

/// A number of a series.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Number {
    series: Series,
    serial: u32,
}

/// A number that a device gives itself when its reserved block is used up (暂编号). It is replaced
/// by a number of the series later; the paper keeps what was printed on it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ProvisionalNumber {
    series: Series,
    device: String,
    serial: u32,
}

/// What is printed as the number of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DocumentNumber {
    /// A number of the series.
    Final(Number),
    /// A provisional one.
    Provisional(ProvisionalNumber),
}

/// Why a text or its parts are no document number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "“{text}”不是文号：{reason_zh}。请写成（鲁日）应急检记〔2021〕1号的样子 | not a document number: {reason_en}; write it like （鲁日）应急检记〔2021〕1号"
)]
pub struct NumberError {
    text: String,
    reason_zh: &'static str,
    reason_en: &'static str,
}

impl Series {
    /// A series. `region` is the abbreviation of the region or agency (鲁日), `department` the field
    /// (应急), `kind` the characters of the kind of document (文种代字: 检记).
    ///
    /// # Errors
    ///
    /// When a part is empty, longer than 12 characters or not made of Chinese characters, or the
    /// year is out of 1990 to 2199.
    pub fn new(region: &str, department: &str, kind: &str, year: u16) -> Result<Self, NumberError> {
        let text = || format!("（{region}）{department}{kind}〔{year}〕");
        for part in [region, department, kind] {
            let length = part.chars().count();
            if length == 0 || length > PART_CHARACTERS_MAX || !part.chars().all(is_chinese) {
                return Err(NumberError {
                    text: text(),
                    reason_zh: "机关简称、应急、文种代字各为1至12个汉字",
                    reason_en: "each part is 1 to 12 Chinese characters",
                });
            }
        }
        if !YEARS.contains(&year) {
            return Err(NumberError {
                text: text(),
                reason_zh: "年份不在1990至2199之间",
                reason_en: "the year is not within 1990 to 2199",
            });
        }
        let own = str::to_owned;
        Ok(Self { region: own(region), department: own(department), kind: own(kind), year })
    }

    /// The characters of the kind of document (文种代字).
    #[must_use]
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// The year that is counted in.
    #[must_use]
    pub fn year(&self) -> u16 {
        self.year
    }

    /// The number with this serial, from 1.
    ///
    /// # Errors
    ///
    /// When the serial is zero or above [`SERIAL_MAX`].
    pub fn number(&self, serial: u32) -> Result<Number, NumberError> {
        if serial == 0 || serial > SERIAL_MAX {
            return Err(NumberError {
                text: format!("{self}{serial}号"),
                reason_zh: "序号从1到999999",
                reason_en: "the serial is not within 1 to 999999",
            });
        }
        Ok(Number { series: self.clone(), serial })
    }
}

impl Number {
    /// The series that it is counted in.
    #[must_use]
    pub fn series(&self) -> &Series {
        &self.series
    }

    /// Its place in the series, from 1.
    #[must_use]
    pub fn serial(&self) -> u32 {
        self.serial
    }
}

impl ProvisionalNumber {
    pub(crate) fn new(series: &Series, device: &str, serial: u32) -> Self {
        Self { series: series.clone(), device: device.to_owned(), serial }
    }

    /// The series that it waits for.
    #[must_use]
    pub fn series(&self) -> &Series {
        &self.series
    }

    /// The device that made it.
    #[must_use]
    pub fn device(&self) -> &str {
        &self.device
    }

    /// The how-manieth it is of that device, from 1.
    #[must_use]
    pub fn serial(&self) -> u32 {
        self.serial
    }
}

impl DocumentNumber {
    /// The series that it belongs to.
    #[must_use]
    pub fn series(&self) -> &Series {
        match self {
            Self::Final(number) => number.series(),
            Self::Provisional(number) => number.series(),
        }
    }
}

impl fmt::Display for Series {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "（{}）{}{}〔{}〕", self.region, self.department, self.kind, self.year)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}号", self.series, self.serial)
    }
}

impl fmt::Display for ProvisionalNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}暂{}-{}号", self.series, self.device, self.serial)
    }
}

impl fmt::Display for DocumentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Final(number) => number.fmt(f),
            Self::Provisional(number) => number.fmt(f),
        }
    }
}

impl FromStr for Number {
    type Err = NumberError;

    /// Reads a number as it is printed, with full-width round brackets and six-corner brackets. The
    /// department is 应急, or one of the two that it had before 2019 (安监, 安监管).
    fn from_str(text: &str) -> Result<Self, NumberError> {
        let (series, serial) = parts(text)?;
        let serial = digits(serial).ok_or_else(|| leading_zero(text))?;
        series.number(serial)
    }
}

impl FromStr for ProvisionalNumber {
    type Err = NumberError;

    /// Reads a provisional number as it is printed: `（鲁日）应急检记〔2026〕暂A3-1号`.
    fn from_str(text: &str) -> Result<Self, NumberError> {
        let (series, rest) = parts(text)?;
        let split = rest.strip_prefix('暂').and_then(|rest| rest.rsplit_once('-'));
        let (device, serial) = split.ok_or_else(|| wrong(text, "没有“暂”字", "暂 is missing"))?;
        if !is_device(device) {
            return Err(wrong(
                text,
                "设备号是1至8位字母和数字",
                "a device is 1 to 8 letters and digits",
            ));
        }
        let serial = digits(serial).ok_or_else(|| leading_zero(text))?;
        Ok(Self::new(&series, device, serial))
    }
}

impl FromStr for DocumentNumber {
    type Err = NumberError;

    /// Reads a number, provisional or not.
    fn from_str(text: &str) -> Result<Self, NumberError> {
        if text.contains("〕暂") {
            return text.parse().map(Self::Provisional);
        }
        text.parse().map(Self::Final)
    }
}

/// Whether a text can name a device: 1 to 8 letters and digits, which are read aloud and typed.
#[must_use]
pub fn is_device(text: &str) -> bool {
    (1..=DEVICE_CHARACTERS_MAX).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// The series that a printed number begins with, and what stands between it and 号.
fn parts(text: &str) -> Result<(Series, &str), NumberError> {
    let shape = || wrong(text, "括号、年份或“号”字不对", "the brackets, the year or 号 are wrong");
    let rest = text.strip_prefix('（').ok_or_else(shape)?;
    let (region, rest) = rest.split_once('）').ok_or_else(shape)?;
    let (middle, rest) = rest.split_once('〔').ok_or_else(shape)?;
    let (year, rest) = rest.split_once('〕').ok_or_else(shape)?;
    let serial = rest.strip_suffix('号').ok_or_else(shape)?;
    let department = DEPARTMENTS
        .iter()
        .find(|department| middle.starts_with(**department))
        .ok_or_else(|| wrong(text, "没有“应急”二字", "应急 is missing"))?;
    let year = digits(year).and_then(|year| u16::try_from(year).ok()).ok_or_else(shape)?;
    Ok((Series::new(region, department, &middle[department.len()..], year)?, serial))
}

fn wrong(text: &str, reason_zh: &'static str, reason_en: &'static str) -> NumberError {
    NumberError { text: text.to_owned(), reason_zh, reason_en }
}

fn leading_zero(text: &str) -> NumberError {
    wrong(text, "序号不是没有前导零的数字", "the serial has a zero in front")
}

/// The department's names over time, the longest of a common beginning first.
const DEPARTMENTS: [&str; 3] = ["应急", "安监管", "安监"];

/// A whole number in half-width digits without a zero in front.
fn digits(text: &str) -> Option<u32> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
    plain.then(|| text.parse().ok()).flatten()
}

/// Chinese characters of the basic block and its first extension.
fn is_chinese(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c) || ('\u{3400}'..='\u{4dbf}').contains(&c)
}
