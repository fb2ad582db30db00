//! 现场检查记录: what two officers found on site, signed before they leave.
use crate::content::{Block, Document, Field, FieldName, Piece, Row};
use crate::entry::{Entry, Filled, Moment};
use crate::form::Form;
use crate::gather::{Gather, officer_places};
use crate::law::Citation;
use crate::number::DocumentNumber;
use crate::people::{Officer, Unit, UnitSignature};
use crate::problem::Refusal;

use super::finding::{self, Finding};

/// A site record. Duty and signatures: 安全生产法（2021年修正）第六十八条.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteRecord {
    /// 执法机关.
    pub agency: Entry,
    /// 文号.
    pub number: Filled<DocumentNumber>,
    /// 被检查单位.
    pub unit: Unit,
    /// 检查场所.
    pub place: Entry,
    /// 检查开始时间.
    pub from: Moment,
    /// 检查结束时间.
    pub to: Moment,
    /// 执法人员, at least two; mentors and neighbours are not among them.
    pub officers: Vec<Officer>,
    /// 参加人员: mentors, experts, people of the unit, who check nothing themselves.
    pub others: Entry,
    /// 出示证件时间: before the first record (行政处罚法（2021年修订）第五十五条).
    pub certificates_shown_at: Moment,
    /// 回避情况: what the unit answered when told of its right.
    pub recusal: Entry,
    /// 检查依据.
    pub basis: Vec<Citation>,
    /// 检查通知书文号; struck out when the check needed none.
    pub notice_number: Entry,
    /// 检查事项清单及版本.
    pub item_list: Entry,
    /// 平台任务编码; may come later.
    pub task_code: Entry,
    /// 检查情况: what was looked at, in order.
    pub course: Entry,
    /// 发现的问题; an empty list says in print that none was found.
    pub findings: Vec<Finding>,
    /// 现场处理情况: measures taken at once.
    pub measures: Entry,
    /// 现场负责人签名.
    pub unit_signature: UnitSignature,
}

const AGENCY: FieldName = FieldName::new("agency", "执法机关", "agency");
const PLACE: FieldName = FieldName::new("place", "检查场所", "place of the check");
const FROM: FieldName = FieldName::new("from", "检查开始时间", "start of the check");
const TO: FieldName = FieldName::new("to", "检查结束时间", "end of the check");
const OTHERS: FieldName = FieldName::new("others", "参加人员", "others present");
const SHOWN: FieldName =
    FieldName::new("certificates_shown_at", "出示证件时间", "certificates shown at");
const RECUSAL: FieldName = FieldName::new("recusal", "回避情况", "answer on recusal");
const BASIS: FieldName = FieldName::new("basis", "检查依据", "legal basis of the check");
const NOTICE: FieldName = FieldName::new("notice_number", "检查通知书文号", "number of the notice");
const ITEM_LIST: FieldName =
    FieldName::new("item_list", "检查事项清单及版本", "item list and its version");
const TASK_CODE: FieldName =
    FieldName::new("task_code", "平台任务编码", "task code of the platform");
const COURSE: FieldName = FieldName::new("course", "检查情况", "course of the check");
const FINDING: FieldName = FieldName::new("finding", "发现的问题", "finding");
const NO_FINDING: FieldName = FieldName::new("no_finding", "检查结论", "conclusion of the check");
const MEASURES: FieldName = FieldName::new("measures", "现场处理情况", "measures on site");

impl SiteRecord {
    /// The document.
    ///
    /// # Errors
    ///
    /// Everything that stands against it, at once.
    pub fn document(&self) -> Result<Document, Refusal> {
        let mut gather = Gather::new(Form::SiteRecord);
        let agency = gather.printed(AGENCY, &self.agency).value.text().to_owned();
        let number = gather.number(&self.number);
        let mut blocks = vec![Block::Table(self.rows(&mut gather))];
        blocks.push(self.opening(&mut gather));
        blocks.push(Block::Heading("检查情况".to_owned()));
        blocks.push(Block::Paragraph(vec![Piece::Field(gather.printed(COURSE, &self.course))]));
        blocks.extend(self.findings(&mut gather));
        blocks.push(Block::Heading("现场处理情况".to_owned()));
        blocks.push(Block::Paragraph(vec![Piece::Field(gather.must(MEASURES, &self.measures))]));
        blocks.push(Block::Signatures(self.signatures(&mut gather)));
        let page_signers = vec!["现场负责人".to_owned(), "检查人员".to_owned()];
        gather.finish(Document { form: Form::SiteRecord, agency, number, blocks, page_signers })
    }

    fn rows(&self, gather: &mut Gather) -> Vec<Row> {
        let [name, code, address, person, post, phone] = gather.unit(&self.unit);
        let mut rows = vec![
            Row::of([name]),
            Row::of([code]),
            Row::of([address]),
            Row::of([person, post]),
            Row::of([phone, gather.must(PLACE, &self.place)]),
            Row::of(gather.span((FROM, &self.from), (TO, &self.to))),
        ];
        let officers = gather.officers(&self.officers);
        rows.extend(officers.chunks(2).map(|pair| Row::of(pair.to_vec())));
        rows.push(Row::of([gather.optional(OTHERS, &self.others)]));
        rows.push(Row::of([gather.citations(BASIS, &self.basis)]));
        rows.push(Row::of([gather.optional(NOTICE, &self.notice_number)]));
        rows.push(Row::of([
            gather.optional(ITEM_LIST, &self.item_list),
            gather.optional(TASK_CODE, &self.task_code),
        ]));
        rows
    }

    fn opening(&self, gather: &mut Gather) -> Block {
        Block::Paragraph(vec![
            Piece::words("检查人员于"),
            Piece::Field(gather.must(SHOWN, &self.certificates_shown_at)),
            Piece::words(
                "向现场负责人出示执法证件，说明检查事由，告知其配合检查的义务以及陈述申辩、申请回避的权利。现场负责人答：",
            ),
            Piece::Field(gather.must(RECUSAL, &self.recusal)),
            Piece::words("。"),
        ])
    }

    fn findings(&self, gather: &mut Gather) -> Vec<Block> {
        let heading = Block::Heading("发现的问题".to_owned());
        let items = finding::items(gather, FINDING, &self.findings, false);
        if items.is_empty() {
            let none = Field::printed(NO_FINDING, "本次检查未发现问题。");
            return vec![heading, Block::Paragraph(vec![Piece::Field(none)])];
        }
        vec![heading, Block::Items { name: FINDING, items }]
    }

    fn signatures(&self, gather: &mut Gather) -> Vec<crate::content::SignaturePlace> {
        let mut places = officer_places("检查人员", &self.officers);
        places.extend(gather.unit_signature("被检查单位现场负责人", &self.unit_signature));
        places
    }
}
