//! Comments of mentors, answers of officers, skills, in words and as JSON.

use angen_core::action::{
    Adoption, MarkSkill, WriteComment, answer_comment, mark_skill, release_teaching, teaching,
    write_comment,
};
use angen_core::domain::{Comment, SkillLevel, SkillMark};
use angen_core::procedure::Teaching;
use angen_ledger::verify::Lang;
use serde_json::{Value, json};

use crate::args::{Cli, TeachVerb};
use crate::out::Answer;
use crate::session::{Outcome, Session};
use crate::verbs::record::op_answer;

/// `angen teach`
pub(super) fn teach(session: &Session, cli: &Cli, verb: &TeachVerb) -> Outcome<Answer> {
    let desk = session.desk(cli)?;
    match verb {
        TeachVerb::Comment { visit, of, about, text } => {
            let request = WriteComment {
                visit: session.dossier(visit)?,
                about_dossier: session.dossier(of)?,
                about: session.entity(about)?,
                text: text.clone(),
            };
            let comment = session.say(write_comment(&desk, &request))?;
            let json = json!({"comment": comment.comment.to_string()});
            Ok(Answer::new(json, comment.comment.to_string()))
        }
        TeachVerb::Answer { visit, comment, because, .. } => {
            let adoption = match because {
                Some(because) => Adoption::NotAdopted { because: because.clone() },
                None => Adoption::Adopted,
            };
            let (visit, comment) = (session.dossier(visit)?, session.entity(comment)?);
            let op = session.say(answer_comment(&desk, visit, comment, &adoption))?;
            Ok(op_answer(session, op, "已答复", "answered"))
        }
        TeachVerb::Skill { visit, officer, skill, level, on } => {
            let request = MarkSkill {
                visit: session.dossier(visit)?,
                officer: session.writer(officer)?,
                skill: skill.clone(),
                level: session.word("--level", level, SkillLevel::ALL, SkillLevel::word)?,
                day: on.clone(),
            };
            let mark = session.say(mark_skill(&desk, &request))?.mark.to_string();
            Ok(Answer::new(json!({"mark": mark}), mark))
        }
        TeachVerb::Release { visit, items } => {
            let items = items.iter().map(|item| session.entity(item));
            let items = items.collect::<Outcome<Vec<_>>>()?;
            let released = release_teaching(&desk, session.dossier(visit)?, &items);
            let (op, count) = session.say(released)?;
            let text = match session.lang {
                Lang::Zh => format!("已开放 {count} 条"),
                Lang::En => format!("{count} released"),
            };
            Ok(Answer::new(json!({"op": op.to_string(), "released": count}), text))
        }
        TeachVerb::Show { visit } => {
            let told = session.say(teaching(&desk, session.dossier(visit)?))?;
            Ok(Answer::new(teaching_json(&told), teaching_words(&told, session.lang)))
        }
    }
}

fn teaching_words(told: &Teaching, lang: Lang) -> String {
    let mut lines: Vec<String> =
        told.comments.iter().map(|comment| comment_words(comment, lang)).collect();
    lines.extend(told.skills.iter().map(|mark| match lang {
        Lang::Zh => format!("{} {} {} {}", mark.day, mark.officer, mark.skill, mark.level.term()),
        Lang::En => format!("{} {} {} {}", mark.day, mark.officer, mark.skill, mark.level.word()),
    }));
    if told.kept_back > 0 {
        lines.push(match lang {
            Lang::Zh => format!("另有 {} 条专家还没有开放", told.kept_back),
            Lang::En => format!("{} more were not released yet", told.kept_back),
        });
    }
    if told.not_by_mentor > 0 {
        lines.push(match lang {
            Lang::Zh => format!("{} 条不是本次帮扶的专家所写，不计", told.not_by_mentor),
            Lang::En => {
                format!("{} are of no mentor of this visit: not counted", told.not_by_mentor)
            }
        });
    }
    lines.join("\n")
}

fn comment_words(comment: &Comment, lang: Lang) -> String {
    let answer = match (&comment.answer, lang) {
        (None, Lang::Zh) => "未答复".to_owned(),
        (None, Lang::En) => "not answered".to_owned(),
        (Some(answer), Lang::Zh) if answer.adopted => "采纳".to_owned(),
        (Some(answer), Lang::En) if answer.adopted => "adopted".to_owned(),
        (Some(answer), Lang::Zh) => {
            format!("不采纳，因为：{}", answer.reason.as_deref().unwrap_or("（隐去）"))
        }
        (Some(answer), Lang::En) => {
            format!("not adopted, because: {}", answer.reason.as_deref().unwrap_or("(withheld)"))
        }
    };
    format!("{} {} [{answer}]", comment.comment, comment.text)
}

fn teaching_json(told: &Teaching) -> Value {
    let comment = |comment: &Comment| {
        json!({
            "comment": comment.comment.to_string(),
            "dossier": comment.about_dossier.to_string(),
            "about": comment.about.to_string(),
            "text": comment.text,
            "writer": comment.writer.to_string(),
            "answer": comment.answer.as_ref().map(|answer| json!({
                "adopted": answer.adopted,
                "because": answer.reason,
                "writer": answer.writer.to_string(),
            })),
        })
    };
    let mark = |mark: &SkillMark| {
        json!({
            "mark": mark.mark.to_string(),
            "officer": mark.officer.to_string(),
            "skill": mark.skill,
            "level": mark.level.word(),
            "day": mark.day,
        })
    };
    json!({
        "comments": told.comments.iter().map(comment).collect::<Vec<_>>(),
        "skills": told.skills.iter().map(mark).collect::<Vec<_>>(),
        "kept_back": told.kept_back,
        "not_by_mentor": told.not_by_mentor,
    })
}
