//! 立案审批表: asks for and grants the opening of a case, through 承办人, 审核 and 审批.
use crate::content::{Block, Document, Field, FieldName, Row, SignaturePlace, Value};
use crate::entry::{Day, Entry, Filled, Moment};
use crate::form::Form;
use crate::gather::Gather;
use crate::law::Citation;
use crate::number::DocumentNumber;
use crate::people::{Officer, Unit};
use crate::problem::Refusal;

/// A filing approval form. Duty to file in time: 行政处罚法（2021年修订）第五十四条.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilingApproval {
    /// 执法机关.
    pub agency: Entry,
    /// 文号.
    pub number: Filled<DocumentNumber>,
    /// 案由.
    pub cause: Entry,
    /// 案件来源: a check, a complaint, a transfer.
    pub source: Entry,
    /// 案发时间, or when it was found.
    pub found_at: Moment,
    /// 当事人.
    pub party: Party,
    /// 案件基本情况.
    pub facts: Entry,
    /// 涉嫌违反的条款.
    pub suspected: Vec<Citation>,
    /// 承办人, at least two.
    pub officers: Vec<Officer>,
    /// 承办人意见.
    pub officers_opinion: Opinion,
    /// 审核意见.
    pub review_opinion: Opinion,
    /// 审批意见.
    pub approval_opinion: Opinion,
}

/// Against whom the case is opened (当事人).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Party {
    /// 单位.
    Unit(Unit),
    /// 个人.
    Person {
        /// 姓名.
        name: Entry,
        /// 性别.
        sex: Entry,
        /// 年龄.
        age: Entry,
        /// 身份证号.
        id_number: Entry,
        /// 住址.
        address: Entry,
        /// 所在单位.
        work_unit: Entry,
        /// 联系电话.
        phone: Entry,
    },
}

/// One step of the approval chain; what is not decided yet is `ByHand`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opinion {
    /// 意见.
    pub text: Entry,
    /// 签名人, in print; the signature itself is always by hand.
    pub signer: Entry,
    /// 签署日期.
    pub day: Day,
}

impl Opinion {
    /// All left to the pen.
    #[must_use]
    pub fn by_hand() -> Self {
        Self { text: Entry::ByHand, signer: Entry::ByHand, day: Day::ByHand }
    }
}

const AGENCY: FieldName = FieldName::new("agency", "执法机关", "agency");
const CAUSE: FieldName = FieldName::new("cause", "案由", "cause of the case");
const SOURCE: FieldName = FieldName::new("source", "案件来源", "source of the case");
const FOUND_AT: FieldName = FieldName::new("found_at", "案发时间", "time of the case");
const PERSON: FieldName = FieldName::new("party_name", "当事人姓名", "name of the party");
const SEX: FieldName = FieldName::new("sex", "性别", "sex");
const AGE: FieldName = FieldName::new("age", "年龄", "age");
const ID_NUMBER: FieldName = FieldName::new("id_number", "身份证号", "identity number");
const ADDRESS: FieldName = FieldName::new("address", "住址", "home address");
const WORK_UNIT: FieldName = FieldName::new("work_unit", "所在单位", "employer");
const PHONE: FieldName = FieldName::new("phone", "联系电话", "telephone number");
const FACTS: FieldName = FieldName::new("facts", "案件基本情况", "facts of the case");
const SUSPECTED: FieldName =
    FieldName::new("suspected", "涉嫌违反的条款", "articles suspected to be broken");
const OFFICERS_OPINION: FieldName =
    FieldName::new("officers_opinion", "承办人意见", "opinion of the officers");
const REVIEW: FieldName = FieldName::new("review_opinion", "审核意见", "opinion of the reviewer");
const APPROVAL: FieldName =
    FieldName::new("approval_opinion", "审批意见", "opinion of the approving head");
const SIGNER: FieldName = FieldName::new("signer", "签名人", "who signs");
const SIGNED_ON: FieldName = FieldName::new("signed_on", "签署日期", "day of signature");

/// Room for the facts of a plain case.
const FACTS_MM: u16 = 40;

/// Room to write three lines and sign.
const OPINION_MM: u16 = 27;

impl FilingApproval {
    /// The document.
    ///
    /// # Errors
    ///
    /// Everything that stands against it, at once.
    pub fn document(&self) -> Result<Document, Refusal> {
        let mut gather = Gather::new(Form::FilingApproval);
        let agency = gather.printed(AGENCY, &self.agency).value.text().to_owned();
        let number = gather.number(&self.number);
        let mut rows = vec![
            Row::of([gather.printed(CAUSE, &self.cause)]),
            Row::of([gather.must(SOURCE, &self.source), gather.must(FOUND_AT, &self.found_at)]),
        ];
        rows.extend(self.party_rows(&mut gather));
        rows.push(Row::tall(gather.printed(FACTS, &self.facts), FACTS_MM));
        rows.push(Row::of([gather.citations(SUSPECTED, &self.suspected)]));
        let officers = gather.officers(&self.officers);
        rows.extend(officers.chunks(2).map(|pair| Row::of(pair.to_vec())));
        let steps = [
            (OFFICERS_OPINION, "承办人", &self.officers_opinion),
            (REVIEW, "审核人", &self.review_opinion),
            (APPROVAL, "审批人", &self.approval_opinion),
        ];
        rows.extend(steps.map(|(name, role, opinion)| opinion.row(&mut gather, name, role)));
        let (form, blocks) = (Form::FilingApproval, vec![Block::Table(rows)]);
        gather.finish(Document { form, agency, number, blocks, page_signers: Vec::new() })
    }

    fn party_rows(&self, gather: &mut Gather) -> Vec<Row> {
        match &self.party {
            Party::Unit(unit) => {
                let [name, code, address, person, post, phone] = gather.unit(unit);
                vec![
                    Row::of([name]),
                    Row::of([address]),
                    Row::of([person, post]),
                    Row::of([code, phone]),
                ]
            }
            Party::Person { name, sex, age, id_number, address, work_unit, phone } => vec![
                Row::of([
                    gather.printed(PERSON, name),
                    gather.must(SEX, sex),
                    gather.must(AGE, age),
                ]),
                Row::of([gather.must(ID_NUMBER, id_number), gather.must(PHONE, phone)]),
                Row::of([gather.must(ADDRESS, address)]),
                Row::of([gather.must(WORK_UNIT, work_unit)]),
            ],
        }
    }
}

impl Opinion {
    fn row(&self, gather: &mut Gather, name: FieldName, role: &str) -> Row {
        let mut row = Row::tall(gather.must(name, &self.text), OPINION_MM);
        let signer: Field = gather.must(SIGNER, &self.signer);
        let day = gather.must(SIGNED_ON, &self.day);
        let name = Some(signer.value.text().to_owned()).filter(|name| !name.is_empty());
        let day = match day.value {
            Value::Struck => Value::ByHand(""),
            value => value,
        };
        row.signature = Some(SignaturePlace { name, day, ..SignaturePlace::line(role) });
        row
    }
}
