//! Records an interview 询问笔录: who was asked, that rights were told, questions and answers.
//!
//! The signed pages come later, through [`crate::action::sign_paper`]: the record is printed,
//! signed on every page, and captured back.

use angen_ledger::id::DossierId;
use angen_ledger::value::Value;

use crate::action::look::{not_empty, require_dossier};
use crate::desk::{Desk, Entry};
use crate::domain::{Interview, Question, read_one};
use crate::error::{Error, Result};

/// Questions of one interview; a long one has a hundred.
pub const QUESTIONS_MAX: usize = 500;

/// The person who is asked 被询问人. Each is a field of its own, so that it can be withheld.
#[derive(Debug, Clone, Default)]
pub struct Person {
    /// The name.
    pub name: String,
    /// Post at the enterprise.
    pub post: String,
    /// Employer.
    pub employer: Option<String>,
    /// Number of the resident identity card.
    pub id_no: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Home address.
    pub address: Option<String>,
}

/// What is recorded.
#[derive(Debug, Clone)]
pub struct RecordInterview {
    /// The dossier: of the case, or of the check as long as there is none.
    pub dossier: DossierId,
    /// The how-manieth with this person, from 1.
    pub number: i64,
    /// From and to, in milliseconds since 1970 UTC.
    pub held_ms: (i64, i64),
    /// Where.
    pub place: String,
    /// Who was asked.
    pub person: Person,
    /// Whether rights and duties, recusal among them, were told at the start.
    pub rights_told: bool,
    /// What the person answered to that, as it stands on the record.
    pub rights_answer: Option<String>,
    /// Questions and answers, in order.
    pub questions: Vec<Question>,
}

/// Records an interview.
///
/// # Errors
/// `Invalid` for an empty name, post or place, an end before the start, no question, an empty
/// question; `NotFound`; `Sign`, `Storage`.
pub fn record_interview(desk: &Desk<'_>, request: &RecordInterview) -> Result<Interview> {
    request.check()?;
    let person = &request.person;
    let questions = request.questions.iter().map(|(question, answer)| {
        Value::map([
            ("question", Value::from(question.as_str())),
            ("answer", Value::from(answer.as_str())),
        ])
    });
    let questions: Vec<Value> = questions.collect();
    desk.write(|page| {
        require_dossier(page.read(), request.dossier)?;
        let interview = page.new_entity();
        page.put(
            Entry::new("interview.record/1", request.dossier, interview)
                .set("number", request.number)
                .set("from", request.held_ms.0)
                .set("to", request.held_ms.1)
                .set("place_name", request.place.as_str())
                .set("person", person.name.as_str())
                .set("post", person.post.as_str())
                .set_some("employer", person.employer.as_deref())
                .set_some("id_no", person.id_no.as_deref())
                .set_some("phone", person.phone.as_deref())
                .set_some("address", person.address.as_deref())
                .set("rights_told", request.rights_told)
                .set_some("rights_answer", request.rights_answer.as_deref())
                .set("questions", questions),
        )?;
        read_one(page.read(), request.dossier, interview)
    })
}

impl RecordInterview {
    fn check(&self) -> Result<()> {
        not_empty("person", &self.person.name)?;
        not_empty("post", &self.person.post)?;
        not_empty("place_name", &self.place)?;
        if self.held_ms.1 < self.held_ms.0 || self.number < 1 {
            return Err(Error::invalid(
                "from",
                "询问的结束时间早于开始时间，或次数不是正数",
                "the interview ends before it starts, or its number is not positive",
            ));
        }
        if self.questions.is_empty() || self.questions.len() > QUESTIONS_MAX {
            return Err(Error::invalid(
                "questions",
                format!("一份笔录要有 1 到 {QUESTIONS_MAX} 个问题"),
                format!("a record has 1 to {QUESTIONS_MAX} questions"),
            ));
        }
        for (index, (question, _)) in self.questions.iter().enumerate() {
            if question.trim().is_empty() {
                return Err(Error::invalid(
                    format!("questions {}", index + 1),
                    "问题不能为空；没有回答时把回答写成“不作回答”",
                    "the question is empty; who does not answer is recorded as not answering",
                ));
            }
        }
        Ok(())
    }
}
