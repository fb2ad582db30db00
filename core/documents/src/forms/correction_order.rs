//! 责令限期整改指令书: orders a unit to correct findings by a day.
use chrono::NaiveDate;

use crate::content::{Block, Document, FieldName, Item, Piece, Sealing};
use crate::entry::{Day, Entry, Filled, Printed};
use crate::form::Form;
use crate::gather::{self, Gather, officer_places};
use crate::law::Citation;
use crate::number::DocumentNumber;
use crate::people::{Officer, UnitSignature};
use crate::problem::{ProblemKind, Refusal};
use crate::remedies::{self, Remedies};

use super::finding::{self, Finding};

/// A correction order. Power: 安全生产法（2021年修正）第六十五条.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectionOrder {
    /// 执法机关.
    pub agency: Entry,
    /// 文号.
    pub number: Filled<DocumentNumber>,
    /// 被责令单位.
    pub unit_name: Entry,
    /// 检查日期: when the findings were made.
    pub found_on: Day,
    /// 现场检查记录文号.
    pub record_number: Entry,
    /// 问题; each names what it breaks.
    pub findings: Vec<Finding>,
    /// 整改期限; together they cover each finding exactly once.
    pub deadlines: Vec<Deadline>,
    /// 责令依据: the articles that give the power to order.
    pub basis: Vec<Citation>,
    /// 逾期后果: what follows when it is not done, with its own citation in the text.
    pub consequence: Entry,
    /// 救济途径.
    pub remedies: Remedies,
    /// 执法人员.
    pub officers: Vec<Officer>,
    /// 现场负责人签名.
    pub unit_signature: UnitSignature,
    /// 制作日期; printed, since the wording on remedies depends on it.
    pub day: Day,
    /// 盖章方式.
    pub sealing: Sealing,
}

/// By when some of the findings are corrected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// The numbers of the findings, from 1.
    pub numbers: Vec<usize>,
    /// By when.
    pub by: CorrectBy,
}

/// By when a finding is corrected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CorrectBy {
    /// 立即整改.
    AtOnce,
    /// 限期整改, before the end of this day.
    Day(NaiveDate),
}

const AGENCY: FieldName = FieldName::new("agency", "执法机关", "agency");
const FOUND_ON: FieldName = FieldName::new("found_on", "检查日期", "day of the check");
const RECORD: FieldName =
    FieldName::new("record_number", "现场检查记录文号", "number of the site record");
const FINDING: FieldName = FieldName::new("finding", "存在的问题", "finding");
const DEADLINE: FieldName = FieldName::new("deadline", "整改期限", "deadline");
const BASIS: FieldName = FieldName::new("basis", "责令依据", "legal basis of the order");
const CONSEQUENCE: FieldName = FieldName::new("consequence", "逾期后果", "consequence of default");
const DAY: FieldName = FieldName::new("day", "制作日期", "day of the document");

impl CorrectionOrder {
    /// The document.
    ///
    /// # Errors
    ///
    /// Everything that stands against it, at once.
    pub fn document(&self) -> Result<Document, Refusal> {
        let mut gather = Gather::new(Form::CorrectionOrder);
        let agency = gather.printed(AGENCY, &self.agency);
        let number = gather.number(&self.number);
        let mut blocks = vec![Block::Addressee(gather.printed(gather::UNIT_NAME, &self.unit_name))];
        blocks.push(self.opening(&mut gather));
        gather.count(FINDING, self.findings.len(), 1, gather::ENTRIES_MAX);
        let items = finding::items(&mut gather, FINDING, &self.findings, true);
        blocks.push(Block::Items { name: FINDING, items });
        blocks.push(self.order(&mut gather));
        blocks.push(Block::Items { name: DEADLINE, items: self.deadlines(&mut gather) });
        blocks.push(self.consequence(&mut gather));
        let day = gather.printed(DAY, &self.day);
        if let Some(day) = gather::day_of(&self.day) {
            let told = remedies::paragraph(&mut gather, &self.remedies, day);
            blocks.push(Block::Paragraph(told));
        }
        gather.officers(&self.officers);
        let mut places = officer_places("执法人员", &self.officers);
        places.extend(gather.unit_signature("被责令单位现场负责人", &self.unit_signature));
        blocks.push(Block::Signatures(places));
        blocks.push(Block::Note("本指令书一式两份，一份交被责令单位，一份存档。".to_owned()));
        let closing = Block::Closing { agency: agency.clone(), day, sealing: self.sealing };
        blocks.push(closing);
        let agency = agency.value.text().to_owned();
        let form = Form::CorrectionOrder;
        gather.finish(Document { form, agency, number, blocks, page_signers: Vec::new() })
    }

    fn opening(&self, gather: &mut Gather) -> Block {
        Block::Paragraph(vec![
            Piece::words("本机关于"),
            Piece::Field(gather.must(FOUND_ON, &self.found_on)),
            Piece::words("对你单位进行检查（现场检查记录："),
            Piece::Field(gather.must(RECORD, &self.record_number)),
            Piece::words("），发现存在下列问题："),
        ])
    }

    fn order(&self, gather: &mut Gather) -> Block {
        Block::Paragraph(vec![
            Piece::words("依据"),
            Piece::Field(gather.citations(BASIS, &self.basis)),
            Piece::words(
                "，现责令你单位按下列期限完成整改，达到有关法律、法规、规章和标准规定的要求：",
            ),
        ])
    }

    fn deadlines(&self, gather: &mut Gather) -> Vec<Item> {
        gather.count(DEADLINE, self.deadlines.len(), 1, gather::ENTRIES_MAX);
        let mut covered = vec![0_usize; self.findings.len()];
        let mut items = Vec::new();
        for (number, deadline) in (1..).zip(&self.deadlines) {
            for finding in &deadline.numbers {
                match finding.checked_sub(1).and_then(|at| covered.get_mut(at)) {
                    Some(times) => *times += 1,
                    None => gather.object(DEADLINE, Some(number), ProblemKind::NoSuchEntry),
                }
            }
            self.check_order(gather, number, deadline.by);
            let (text, basis, outcome) = (deadline.in_words(), None, None);
            items.push(Item { number, text, basis, outcome });
        }
        for (number, times) in (1..).zip(covered) {
            match times {
                0 => gather.object(FINDING, Some(number), ProblemKind::Uncovered),
                1 => {}
                _ => gather.object(FINDING, Some(number), ProblemKind::Twice),
            }
        }
        items
    }

    fn check_order(&self, gather: &mut Gather, number: usize, by: CorrectBy) {
        if let (CorrectBy::Day(by), Some(day)) = (by, self.day.given())
            && by < *day
        {
            gather.object(DEADLINE, Some(number), ProblemKind::Reversed);
        }
    }

    fn consequence(&self, gather: &mut Gather) -> Block {
        Block::Paragraph(vec![
            Piece::Field(gather.printed(CONSEQUENCE, &self.consequence)),
            Piece::words("整改期间应当采取措施保证安全；整改完成后请及时书面申请复查。"),
        ])
    }
}

impl Deadline {
    fn in_words(&self) -> String {
        let numbers: Vec<String> = self.numbers.iter().map(ToString::to_string).collect();
        let numbers = numbers.join("、");
        match self.by {
            CorrectBy::AtOnce => format!("第{numbers}项问题：立即整改。"),
            CorrectBy::Day(day) => format!("第{numbers}项问题：于{}前整改完毕。", day.printed()),
        }
    }
}
