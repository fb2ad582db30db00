//! 行政检查通知书: tells a unit that and why it will be checked, before the check.
use crate::content::{Block, Document, FieldName, Piece, Row, Sealing, SignaturePlace};
use crate::entry::{Day, Entry, Filled, Moment};
use crate::form::Form;
use crate::gather::{self, Gather};
use crate::law::Citation;
use crate::number::DocumentNumber;
use crate::people::Officer;
use crate::problem::Refusal;

/// An inspection notice. Source of the duty: 国办发〔2024〕54号 asks for approval and notice before
/// each check; form: 司法部《行政检查文书基本格式文本（试行）》2025.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InspectionNotice {
    /// 执法机关, under delegation the delegating bureau.
    pub agency: Entry,
    /// 文号.
    pub number: Filled<DocumentNumber>,
    /// 被检查单位名称.
    pub unit_name: Entry,
    /// 单位地址.
    pub unit_address: Entry,
    /// 检查事由: the yearly plan, a complaint, an order from above.
    pub reason: Entry,
    /// 检查审批编号: the number of the approval that came before.
    pub approval_number: Entry,
    /// 检查依据: by which articles the check is made.
    pub basis: Vec<Citation>,
    /// 检查事项清单及版本: the published list of items and its version.
    pub item_list: Entry,
    /// 检查内容.
    pub scope: Entry,
    /// 检查方式: on site, papers, sampling.
    pub way: Entry,
    /// 检查开始时间.
    pub from: Moment,
    /// 检查结束时间.
    pub to: Moment,
    /// 平台任务编码; may come later, then it is struck out.
    pub task_code: Entry,
    /// 执法人员, at least two.
    pub officers: Vec<Officer>,
    /// 联系人.
    pub contact: Entry,
    /// 联系电话.
    pub contact_phone: Entry,
    /// 制作日期.
    pub day: Day,
    /// 盖章方式.
    pub sealing: Sealing,
}

const AGENCY: FieldName = FieldName::new("agency", "执法机关", "agency");
const REASON: FieldName = FieldName::new("reason", "检查事由", "reason for the check");
const APPROVAL: FieldName = FieldName::new("approval_number", "检查审批编号", "approval number");
const BASIS: FieldName = FieldName::new("basis", "检查依据", "legal basis of the check");
const ITEM_LIST: FieldName =
    FieldName::new("item_list", "检查事项清单及版本", "item list and its version");
const SCOPE: FieldName = FieldName::new("scope", "检查内容", "content of the check");
const WAY: FieldName = FieldName::new("way", "检查方式", "way of checking");
const FROM: FieldName = FieldName::new("from", "检查开始时间", "start of the check");
const TO: FieldName = FieldName::new("to", "检查结束时间", "end of the check");
const TASK_CODE: FieldName =
    FieldName::new("task_code", "平台任务编码", "task code of the platform");
const CONTACT: FieldName = FieldName::new("contact", "联系人", "contact");
const CONTACT_PHONE: FieldName =
    FieldName::new("contact_phone", "联系人电话", "telephone number of the contact");
const DAY: FieldName = FieldName::new("day", "制作日期", "day of the document");

impl InspectionNotice {
    /// The document.
    ///
    /// # Errors
    ///
    /// Everything that stands against it, at once.
    pub fn document(&self) -> Result<Document, Refusal> {
        let mut gather = Gather::new(Form::InspectionNotice);
        let agency = gather.printed(AGENCY, &self.agency);
        let number = gather.number(&self.number);
        let blocks = vec![
            Block::Addressee(gather.printed(gather::UNIT_NAME, &self.unit_name)),
            self.opening(&mut gather),
            Block::Table(self.rows(&mut gather)),
            Block::Paragraph(vec![Piece::words(DUTIES)]),
            Block::Closing {
                agency: agency.clone(),
                day: gather.must(DAY, &self.day),
                sealing: self.sealing,
            },
            Block::Signatures(vec![SignaturePlace::line("被检查单位签收人")]),
            Block::Note("本通知书一式两份，一份交被检查单位，一份存档。".to_owned()),
        ];
        let agency = agency.value.text().to_owned();
        let form = Form::InspectionNotice;
        gather.finish(Document { form, agency, number, blocks, page_signers: Vec::new() })
    }

    fn opening(&self, gather: &mut Gather) -> Block {
        Block::Paragraph(vec![
            Piece::words("因"),
            Piece::Field(gather.printed(REASON, &self.reason)),
            Piece::words("，经审批（审批编号："),
            Piece::Field(gather.must(APPROVAL, &self.approval_number)),
            Piece::words("），本机关依据"),
            Piece::Field(gather.citations(BASIS, &self.basis)),
            Piece::words("，对你单位进行行政检查。有关事项通知如下："),
        ])
    }

    fn rows(&self, gather: &mut Gather) -> Vec<Row> {
        let mut rows = vec![
            Row::of([gather.must(gather::UNIT_ADDRESS, &self.unit_address)]),
            Row::of(gather.span((FROM, &self.from), (TO, &self.to))),
            Row::of([gather.printed(ITEM_LIST, &self.item_list)]),
            Row::tall(gather.printed(SCOPE, &self.scope), TALL_MM),
            Row::of([gather.must(WAY, &self.way), gather.optional(TASK_CODE, &self.task_code)]),
        ];
        let officers = gather.officers(&self.officers);
        rows.extend(officers.chunks(2).map(|pair| Row::of(pair.to_vec())));
        rows.push(Row::of([
            gather.must(CONTACT, &self.contact),
            gather.must(CONTACT_PHONE, &self.contact_phone),
        ]));
        rows
    }
}

/// Room for three lines of content.
const TALL_MM: u16 = 22;

const DUTIES: &str = "检查时，执法人员不少于两人，并应主动出示执法证件；未出示的，你单位有权拒绝检查。请如实提供有关资料并安排负责人到场。\
你单位有权陈述、申辩；认为执法人员与检查事项有利害关系的，有权申请其回避。";
