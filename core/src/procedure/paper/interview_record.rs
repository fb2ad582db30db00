//! 询问笔录, from an interview that two officers stand behind.

use angen_documents::Officer;
use angen_documents::forms::{InterviewRecord, Interviewee, QuestionAnswer, Reading};

use super::draft::{Draft, clock};
use super::{Filling, Lack};
use crate::domain::{Interview, age_on, is_male};
use crate::error::{Error, Result};
use crate::procedure::visit::Trace;

pub(super) fn fill(draft: &Draft<'_>) -> Result<Filling> {
    draft.must_be(&["case", "check"])?;
    let dossier = draft.request.dossier;
    let mut trace = Trace::default();
    let interviews: Vec<Interview> = trace.read(draft.source, dossier)?;
    trace.read_assents(draft.source, dossier)?;
    let held = interviews.iter().find(|held| held.interview == draft.request.about);
    let Some(interview) = held else {
        return Err(Error::NotFound { noun: "interview", id: dossier.to_string() });
    };
    let mut people = draft.behind(&trace, &interview.ops);
    // Who asked stands first; who took it down is the other.
    let asked = draft.view.people.enforcer(interview.writer, interview.wall_ms);
    people.sort_by_key(|person| asked.as_ref() != Some(person));
    let mut officers = draft.officers(&people, &trace).into_iter();
    if !interview.rights_told {
        draft.lacks(Lack::new(
            "rights_told",
            "没有记载告知权利义务：请告知后重新制作笔录",
            "it does not say that rights and duties were told: tell them and record it again",
        ));
    }
    let nobody = || Officer::new("", "");
    let turns = interview.questions.iter().map(|(question, answer)| QuestionAnswer {
        question: question.clone(),
        answer: answer.clone(),
    });
    let form = InterviewRecord {
        agency: draft.agency(&people),
        from: clock(interview.held_ms.0).into(),
        to: clock(interview.held_ms.1).into(),
        nth: u32::try_from(interview.number).unwrap_or_default(),
        place: draft.fact("place", Some(&interview.place)),
        person: person(draft, interview),
        interviewer: officers.next().unwrap_or_else(nobody),
        recorder: officers.next().unwrap_or_else(nobody),
        others: draft.wording("others", ""),
        rights_answer: match interview.rights_answer.as_deref() {
            Some(answer) => answer.into(),
            None => draft.fact("rights_answer", None),
        },
        turns: turns.collect(),
        reading: Reading::Either,
    };
    Ok(form.document())
}

/// Sex and age stand in the identity number, where there is one.
fn person(draft: &Draft<'_>, interview: &Interview) -> Interviewee {
    let number = interview.id_no.as_deref();
    let day = clock(interview.held_ms.0).date();
    let sex = number.and_then(is_male).map(|male| if male { "男" } else { "女" });
    let age = number.and_then(|number| age_on(number, day)).map(|age| age.to_string());
    Interviewee {
        name: interview.person.as_deref().unwrap_or_default().into(),
        sex: draft.fact("sex", sex),
        age: draft.fact("age", age.as_deref()),
        id_number: draft.fact("id_number", number),
        work_unit: draft.fact("work_unit", interview.employer.as_deref()),
        post: draft.fact("post", interview.post.as_deref()),
        address: draft.fact("address", interview.address.as_deref()),
        phone: draft.fact("phone", interview.phone.as_deref()),
    }
}
