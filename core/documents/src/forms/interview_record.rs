//! 询问笔录: what a person said when two officers asked, page by page signed.
use crate::content::{Block, Document, Field, FieldName, Piece, Row, SignaturePlace, Turn, Value};
use crate::entry::{Entry, Moment};
use crate::form::Form;
use crate::gather::{ENTRIES_MAX, Gather, officer_places};
use crate::people::Officer;
use crate::problem::{ProblemKind, Refusal};

/// An interview record. Duty: 行政处罚法（2021年修订）第五十五条; signatures: 最高人民法院《关于行政诉讼
/// 证据若干问题的规定》（2002年）第十条.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InterviewRecord {
    /// 执法机关.
    pub agency: Entry,
    /// 询问开始时间.
    pub from: Moment,
    /// 询问结束时间; by hand when the paper is printed before the end.
    pub to: Moment,
    /// 第几次询问, from 1.
    pub nth: u32,
    /// 询问地点.
    pub place: Entry,
    /// 被询问人.
    pub person: Interviewee,
    /// 询问人.
    pub interviewer: Officer,
    /// 记录人, another officer than the interviewer.
    pub recorder: Officer,
    /// 到场人员: an interpreter, a guardian; struck out when there is nobody.
    pub others: Entry,
    /// 出示证件及权利告知后的回答: what the person answered when told who asks, of the duty to tell
    /// the truth, and of the right to have officers recused.
    pub rights_answer: Entry,
    /// 问答.
    pub turns: Vec<QuestionAnswer>,
    /// How the person came to know what was written down.
    pub reading: Reading,
}

/// The person who is asked (被询问人).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Interviewee {
    /// 姓名.
    pub name: Entry,
    /// 性别.
    pub sex: Entry,
    /// 年龄, in years.
    pub age: Entry,
    /// 身份证号.
    pub id_number: Entry,
    /// 工作单位.
    pub work_unit: Entry,
    /// 职务.
    pub post: Entry,
    /// 住址.
    pub address: Entry,
    /// 联系电话.
    pub phone: Entry,
}

/// A question and its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionAnswer {
    /// 问.
    pub question: String,
    /// 答; silence is an answer and is written down as one.
    pub answer: String,
}

/// How the person came to know the record (核对方式).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// 本人阅看.
    ReadBySelf,
    /// 向其宣读.
    ReadAloud,
    /// Not decided when printed: both words stand on the paper, and one is struck out by hand.
    Either,
}

const AGENCY: FieldName = FieldName::new("agency", "执法机关", "agency");
const FROM: FieldName = FieldName::new("from", "询问开始时间", "start of the interview");
const TO: FieldName = FieldName::new("to", "询问结束时间", "end of the interview");
const NTH: FieldName = FieldName::new("nth", "询问次数", "which interview");
const PLACE: FieldName = FieldName::new("place", "询问地点", "place of the interview");
const NAME: FieldName = FieldName::new("person_name", "被询问人", "name of the person");
const SEX: FieldName = FieldName::new("sex", "性别", "sex");
const AGE: FieldName = FieldName::new("age", "年龄", "age");
const ID_NUMBER: FieldName = FieldName::new("id_number", "身份证号", "identity number");
const WORK_UNIT: FieldName = FieldName::new("work_unit", "工作单位", "employer");
const POST: FieldName = FieldName::new("post", "职务", "post");
const ADDRESS: FieldName = FieldName::new("address", "住址", "home address");
const PHONE: FieldName = FieldName::new("phone", "联系电话", "telephone number");
const OTHERS: FieldName = FieldName::new("others", "到场人员", "others present");
const RIGHTS: FieldName = FieldName::new("rights_answer", "权利告知回答", "answer on the rights");
const QUESTION: FieldName = FieldName::new("question", "问", "question");
const ANSWER: FieldName = FieldName::new("answer", "答", "answer");

impl InterviewRecord {
    /// The document.
    ///
    /// # Errors
    ///
    /// Everything that stands against it, at once.
    pub fn document(&self) -> Result<Document, Refusal> {
        let mut gather = Gather::new(Form::InterviewRecord);
        let agency = gather.printed(AGENCY, &self.agency).value.text().to_owned();
        let mut blocks = vec![Block::Table(self.rows(&mut gather))];
        blocks.push(Block::Paragraph(vec![Piece::words(self.opening())]));
        blocks.push(Block::Dialogue(self.turns(&mut gather)));
        blocks.push(Block::Paragraph(vec![Piece::words(self.reading.last_line())]));
        let person = gather.printed(NAME, &self.person.name).value.text().to_owned();
        let mut places = vec![SignaturePlace {
            name: Some(person),
            fingerprint: true,
            ..SignaturePlace::line("被询问人")
        }];
        places.extend(officer_places("询问人", std::slice::from_ref(&self.interviewer)));
        places.extend(officer_places("记录人", std::slice::from_ref(&self.recorder)));
        blocks.push(Block::Signatures(places));
        let page_signers =
            ["被询问人（签名、捺指印）", "询问人", "记录人"].map(str::to_owned).to_vec();
        let form = Form::InterviewRecord;
        gather.finish(Document { form, agency, number: None, blocks, page_signers })
    }

    fn rows(&self, gather: &mut Gather) -> Vec<Row> {
        if self.nth == 0 {
            gather.object(NTH, None, ProblemKind::Missing);
        }
        let person = &self.person;
        let nth = Field::printed(NTH, format!("第{}次", self.nth));
        let mut rows = vec![
            Row::of(gather.span((FROM, &self.from), (TO, &self.to))),
            Row::of([nth, gather.must(PLACE, &self.place)]),
            Row::of([
                gather.printed(NAME, &person.name),
                gather.must(SEX, &person.sex),
                gather.must(AGE, &person.age),
            ]),
            Row::of([gather.must(ID_NUMBER, &person.id_number), gather.must(PHONE, &person.phone)]),
            Row::of([gather.must(WORK_UNIT, &person.work_unit), gather.must(POST, &person.post)]),
            Row::of([gather.must(ADDRESS, &person.address)]),
            Row::of([gather.optional(OTHERS, &self.others)]),
        ];
        let officers = [self.interviewer.clone(), self.recorder.clone()];
        let fields = gather.officers(&officers);
        rows.extend(fields.chunks(2).map(|pair| Row::of(pair.to_vec())));
        rows
    }

    fn opening(&self) -> String {
        let (first, second) = (&self.interviewer, &self.recorder);
        format!(
            "我们是执法人员{}、{}（执法证号：{}、{}），现向你出示执法证件。你应当如实回答并协助调查，不得阻挠；\
             你有权对与本案有利害关系的执法人员申请回避，有权陈述和申辩，有权核对、更正笔录。",
            first.name, second.name, first.certificate_number, second.certificate_number
        )
    }

    fn turns(&self, gather: &mut Gather) -> Vec<Turn> {
        gather.count(QUESTION, self.turns.len(), 1, ENTRIES_MAX);
        let rights = gather.printed(RIGHTS, &self.rights_answer);
        let asked = "以上告知你是否听清？是否申请有关人员回避？".to_owned();
        let mut turns = vec![Turn { question: asked, answer: rights.value }];
        for (number, turn) in (1..).zip(&self.turns) {
            turns.push(Turn {
                question: gather.text(QUESTION, number, &turn.question),
                answer: Value::Printed(gather.text(ANSWER, number, &turn.answer)),
            });
        }
        turns
    }
}

impl Reading {
    /// The customary last line of a record, which the person confirms by signing below it.
    fn last_line(self) -> &'static str {
        match self {
            Self::ReadBySelf => "以上笔录我已看过，与我说的相符。",
            Self::ReadAloud => "以上笔录已向我宣读，与我说的相符。",
            Self::Either => "以上笔录我已看过（或已向我宣读），与我说的相符。",
        }
    }
}
