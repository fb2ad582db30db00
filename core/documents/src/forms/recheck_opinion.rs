//! 整改复查意见书: says item by item whether what was ordered has been corrected.
use crate::content::{Block, Document, FieldName, Item, Piece, Sealing};
use crate::entry::{Day, Entry, Filled};
use crate::form::Form;
use crate::gather::{self, Gather, officer_places};
use crate::number::DocumentNumber;
use crate::people::{Officer, UnitSignature};
use crate::problem::Refusal;

/// A re-check opinion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecheckOpinion {
    /// 执法机关.
    pub agency: Entry,
    /// 文号.
    pub number: Filled<DocumentNumber>,
    /// 被复查单位.
    pub unit_name: Entry,
    /// 原指令书文号.
    pub order_number: Entry,
    /// 原指令书日期.
    pub order_day: Day,
    /// 复查日期.
    pub rechecked_on: Day,
    /// 逐项意见, one for each item of the order.
    pub items: Vec<RecheckedItem>,
    /// 复查结论: what follows for the whole, such as an extension or a filing.
    pub conclusion: Entry,
    /// 执法人员.
    pub officers: Vec<Officer>,
    /// 现场负责人签名.
    pub unit_signature: UnitSignature,
    /// 制作日期.
    pub day: Day,
    /// 盖章方式.
    pub sealing: Sealing,
}

/// One item of the order, looked at again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecheckedItem {
    /// The finding as the order worded it.
    pub text: String,
    /// What the officers found now.
    pub found: String,
    /// Their opinion.
    pub outcome: RecheckOutcome,
}

/// The opinion on one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecheckOutcome {
    /// 已整改.
    Corrected,
    /// 部分整改.
    Partly,
    /// 未整改.
    NotCorrected,
}

const AGENCY: FieldName = FieldName::new("agency", "执法机关", "agency");
const ORDER: FieldName = FieldName::new("order_number", "原指令书文号", "number of the order");
const ORDER_DAY: FieldName = FieldName::new("order_day", "原指令书日期", "day of the order");
const RECHECKED_ON: FieldName = FieldName::new("rechecked_on", "复查日期", "day of the re-check");
const OPINION: FieldName = FieldName::new("opinion", "复查意见", "opinion on an item");
const FOUND: FieldName = FieldName::new("found", "复查情况", "what was found now");
const CONCLUSION: FieldName = FieldName::new("conclusion", "复查结论", "conclusion");
const DAY: FieldName = FieldName::new("day", "制作日期", "day of the document");

impl RecheckOpinion {
    /// The document.
    ///
    /// # Errors
    ///
    /// Everything that stands against it, at once.
    pub fn document(&self) -> Result<Document, Refusal> {
        let mut gather = Gather::new(Form::RecheckOpinion);
        let agency = gather.printed(AGENCY, &self.agency);
        let number = gather.number(&self.number);
        let mut blocks = vec![Block::Addressee(gather.printed(gather::UNIT_NAME, &self.unit_name))];
        blocks.push(self.opening(&mut gather));
        blocks.push(Block::Items { name: OPINION, items: self.items(&mut gather) });
        blocks.push(Block::Paragraph(vec![
            Piece::words("复查结论："),
            Piece::Field(gather.printed(CONCLUSION, &self.conclusion)),
        ]));
        gather.officers(&self.officers);
        let mut places = officer_places("执法人员", &self.officers);
        places.extend(gather.unit_signature("被复查单位现场负责人", &self.unit_signature));
        blocks.push(Block::Signatures(places));
        blocks.push(Block::Note("本意见书一式两份，一份交被复查单位，一份存档。".to_owned()));
        blocks.push(Block::Closing {
            agency: agency.clone(),
            day: gather.must(DAY, &self.day),
            sealing: self.sealing,
        });
        let agency = agency.value.text().to_owned();
        let form = Form::RecheckOpinion;
        gather.finish(Document { form, agency, number, blocks, page_signers: Vec::new() })
    }

    fn opening(&self, gather: &mut Gather) -> Block {
        Block::Paragraph(vec![
            Piece::words("本机关于"),
            Piece::Field(gather.printed(ORDER_DAY, &self.order_day)),
            Piece::words("作出责令限期整改指令（"),
            Piece::Field(gather.printed(ORDER, &self.order_number)),
            Piece::words("），"),
            Piece::Field(gather.must(RECHECKED_ON, &self.rechecked_on)),
            Piece::words("对你单位的整改情况进行了复查，逐项意见如下："),
        ])
    }

    fn items(&self, gather: &mut Gather) -> Vec<Item> {
        gather.count(OPINION, self.items.len(), 1, gather::ENTRIES_MAX);
        let mut items = Vec::new();
        for (number, item) in (1..).zip(&self.items) {
            let text = gather.text(OPINION, number, &item.text);
            let found = gather.text(FOUND, number, &item.found);
            let outcome = Some(format!("{}：{found}", item.outcome.in_words()));
            items.push(Item { number, text, basis: None, outcome });
        }
        items
    }
}

impl RecheckOutcome {
    fn in_words(self) -> &'static str {
        match self {
            Self::Corrected => "已整改",
            Self::Partly => "部分整改",
            Self::NotCorrected => "未整改",
        }
    }
}
