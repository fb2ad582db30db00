//! Townships, posts and the expert pool.

use angen_core::action::{
    AppointExpert, PlanPosts, RenewCertificate, SetPost, appoint_expert, end_appointment,
    plan_posts, pool, posts, renew_certificate, set_post,
};
use angen_core::domain::{ExpertKind, PostKind, Township, find_townships, townships};
use angen_core::procedure::{PoolMember, RosterPosts};
use angen_ledger::verify::Lang;
use serde_json::{Value, json};

use crate::args::{self, Cli, ExpertVerb, TownshipVerb};
use crate::out::Answer;
use crate::session::{Outcome, Session};

/// `angen township …`
pub(super) fn township(session: &Session, verb: &TownshipVerb) -> Outcome<Answer> {
    let found: Vec<&Township> = match verb {
        TownshipVerb::List => townships().iter().collect(),
        TownshipVerb::Find { words } => find_townships(&words.join(" ")),
    };
    let line = |known: &&Township| {
        let zone = known.zone.map(|zone| format!("\t{zone}")).unwrap_or_default();
        format!("{}\t{}{}{zone}", known.code, known.county, known.name)
    };
    let mut lines: Vec<String> = found.iter().map(line).collect();
    if lines.is_empty() {
        let none = if session.lang == Lang::Zh { "没有找到" } else { "nothing was found" };
        lines.push(none.to_owned());
    }
    let json = found.iter().map(|known| {
        json!({
            "code": known.code,
            "name": known.name,
            "county": known.county,
            "county_code": known.county_code,
            "zone": known.zone,
            "staffed": known.is_staffed,
            "cut_off": known.cut_off,
        })
    });
    Ok(Answer::new(Value::Array(json.collect()), lines.join("\n")))
}

/// `angen officer plan-posts`
pub(super) fn plan(session: &Session, cli: &Cli, counts: [u32; 3]) -> Outcome<Answer> {
    let [director, professionals, staff] = counts;
    let desk = session.desk(cli)?;
    let request = PlanPosts { director, professionals, staff };
    let op = session.say(plan_posts(&desk, &request))?;
    let text = match session.lang {
        Lang::Zh => {
            format!("编制：专职主任 {director}、专业人员 {professionals}、工作人员 {staff}")
        }
        Lang::En => {
            format!("posts: {director} director, {professionals} professionals, {staff} staff")
        }
    };
    Ok(Answer::new(json!({"op": op.to_string()}), text))
}

/// `angen officer post`
pub(super) fn set(session: &Session, cli: &Cli, typed: &args::SetPost) -> Outcome<Answer> {
    let request = SetPost {
        person: session.person(&typed.person)?,
        post: session.word("--post", &typed.post, PostKind::ALL, PostKind::word)?,
        on_post: typed.on_post,
        since: typed.since.clone(),
        reason: typed.reason.clone(),
    };
    let desk = session.desk(cli)?;
    let post = session.say(set_post(&desk, &request))?;
    let term = request.post.term();
    let text = match (session.lang, typed.on_post) {
        (Lang::Zh, true) => format!("{}：{term}，在岗", typed.person),
        (Lang::Zh, false) => format!("{}：{term}，不在岗", typed.person),
        (Lang::En, true) => format!("{}: {}, on post", typed.person, request.post.word()),
        (Lang::En, false) => format!("{}: {}, off post", typed.person, request.post.word()),
    };
    Ok(Answer::new(json!({"post": post.post.to_string()}), text))
}

/// `angen officer renew`
pub(super) fn renew(session: &Session, cli: &Cli, typed: &args::Renew) -> Outcome<Answer> {
    let request = RenewCertificate {
        officer: session.person(&typed.person)?,
        certificate_no: typed.certificate_no.clone(),
        valid_until: typed.valid_until.clone(),
        photo: session.entity(&typed.photo)?,
    };
    let desk = session.desk(cli)?;
    let op = session.say(renew_certificate(&desk, &request))?;
    let text = match session.lang {
        Lang::Zh => "已记下，入册前按临时有效处理",
        Lang::En => "noted; it counts provisionally until the roster has it",
    };
    Ok(Answer::new(json!({"op": op.to_string()}), text))
}

/// `angen officer posts`
pub(super) fn list(session: &Session, day: Option<&str>) -> Outcome<Answer> {
    let as_of_ms = session.day_ms("--day", day)?;
    let all = session.say(posts(&session.store, as_of_ms))?;
    let words: Vec<String> = all.iter().map(|one| roster_words(one, session.lang)).collect();
    let json = all.iter().map(roster_json);
    Ok(Answer::new(Value::Array(json.collect()), words.join("\n")))
}

fn roster_words(roster: &RosterPosts, lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    let mut lines = vec![format!("{} {}", roster.township, roster.area)];
    for (place, kind) in PostKind::ALL.iter().enumerate() {
        let name = if zh { kind.term() } else { kind.word() };
        let planned = roster.planned.map_or("?".to_owned(), |planned| planned[place].to_string());
        let vacant = roster.vacancies().map_or(0, |vacant| vacant[place]);
        let vacant = match (vacant, zh) {
            (0, _) => String::new(),
            (count, true) => format!("，缺 {count}"),
            (count, false) => format!(", {count} vacant"),
        };
        lines.push(format!("  {name} {}/{planned}{vacant}", roster.filled[place]));
    }
    for person in &roster.people {
        let kind = person.kind.map(|kind| if zh { kind.term() } else { kind.word() });
        let state = match (person.on_post, zh) {
            (Some(true), true) => "在岗",
            (Some(false), true) => "不在岗",
            (None, true) => "在岗情况未填",
            (Some(true), false) => "on post",
            (Some(false), false) => "off post",
            (None, false) => "post not entered",
        };
        let certified = match (person.is_certified, zh) {
            (true, true) => "持证",
            (true, false) => "certified",
            (false, _) => "—",
        };
        let since = person.since.map(|since| format!("\t{since}")).unwrap_or_default();
        lines.push(format!(
            "  {}\t{}\t{state}\t{certified}{since}",
            person.name,
            kind.unwrap_or("—")
        ));
    }
    let holders = roster.holders;
    lines.push(match (roster.can_act_alone(), zh) {
        (true, true) => format!("  持证在岗 {holders} 人"),
        (true, false) => format!("  {holders} certified and on post"),
        (false, true) => format!(
            "  ⚠ 持证在岗 {holders} 人，不足两名，不能单独执法（行政处罚法（2021）第四十二条）"
        ),
        (false, false) => format!(
            "  ⚠ {holders} certified and on post, fewer than two: it cannot act alone (Administrative Penalty Law (2021), article 42)"
        ),
    });
    for (names, zh_words, en_words) in [
        (&roster.off_post_holders, "持证不在岗", "certified and off post"),
        (&roster.unknown_holders, "持证、在岗情况未填", "certified, post not entered"),
    ] {
        if !names.is_empty() {
            let words = if zh { zh_words } else { en_words };
            lines.push(format!("  {words}: {}", names.join(if zh { "、" } else { ", " })));
        }
    }
    lines.join("\n")
}

fn roster_json(roster: &RosterPosts) -> Value {
    let people = roster.people.iter().map(|person| {
        json!({
            "person": person.person.to_string(),
            "name": person.name,
            "role": person.role.word(),
            "post": person.kind.map(PostKind::word),
            "on_post": person.on_post,
            "since": person.since.map(|day| day.to_string()),
            "certified": person.is_certified,
        })
    });
    json!({
        "roster": roster.roster.to_string(),
        "area": roster.area,
        "township": roster.township,
        "planned": roster.planned,
        "filled": roster.filled,
        "vacancies": roster.vacancies(),
        "holders": roster.holders,
        "can_act_alone": roster.can_act_alone(),
        "off_post_holders": roster.off_post_holders,
        "unknown_holders": roster.unknown_holders,
        "people": people.collect::<Vec<_>>(),
    })
}

/// `angen expert …`
pub(super) fn expert(session: &Session, cli: &Cli, verb: &ExpertVerb) -> Outcome<Answer> {
    match verb {
        ExpertVerb::Appoint { person, kind, specialty, from, until, by, document_no } => {
            let request = AppointExpert {
                person: session.person(person)?,
                kind: session.word("--kind", kind, ExpertKind::ALL, ExpertKind::word)?,
                specialties: specialty.clone(),
                from: from.clone(),
                until: until.clone(),
                appointed_by: by.clone(),
                document_no: document_no.clone(),
            };
            let desk = session.desk(cli)?;
            let made = session.say(appoint_expert(&desk, &request))?;
            let id = made.appointment.to_string();
            let text = format!("{person} {}—{} {id}", made.from, made.until);
            Ok(Answer::new(json!({"appointment": id}), text))
        }
        ExpertVerb::End { appointment, on, reason } => {
            let appointment = session.entity(appointment)?;
            let desk = session.desk(cli)?;
            let op = session.say(end_appointment(&desk, appointment, on, reason))?;
            let text = if session.lang == Lang::Zh { "已解聘" } else { "ended" };
            Ok(Answer::new(json!({"op": op.to_string()}), text))
        }
        ExpertVerb::List { day } => {
            let as_of_ms = session.day_ms("--day", day.as_deref())?;
            let members = session.say(pool(&session.store, as_of_ms))?;
            let lines: Vec<String> =
                members.iter().map(|member| member_words(member, session.lang)).collect();
            let json = members.iter().map(member_json);
            Ok(Answer::new(Value::Array(json.collect()), lines.join("\n")))
        }
    }
}

fn member_words(member: &PoolMember, lang: Lang) -> String {
    let held = &member.appointment;
    let (state, load) = match (lang, member.is_valid) {
        (Lang::Zh, true) => {
            ("在聘", format!("帮扶 {} 次，授课 {} 次", member.visits, member.trainings))
        }
        (Lang::Zh, false) => {
            ("不在聘期", format!("帮扶 {} 次，授课 {} 次", member.visits, member.trainings))
        }
        (Lang::En, true) => {
            ("valid", format!("{} visits, {} trainings", member.visits, member.trainings))
        }
        (Lang::En, false) => {
            ("not valid", format!("{} visits, {} trainings", member.visits, member.trainings))
        }
    };
    let kind = if lang == Lang::Zh { held.kind.term() } else { held.kind.word() };
    let specialties = held.specialties.join(if lang == Lang::Zh { "、" } else { ", " });
    format!(
        "{}\t{kind}\t{specialties}\t{}—{}\t{state}\t{load}\t{}",
        member.name,
        held.from,
        held.last_day(),
        held.appointment
    )
}

fn member_json(member: &PoolMember) -> Value {
    let held = &member.appointment;
    json!({
        "appointment": held.appointment.to_string(),
        "person": held.person.to_string(),
        "writer": member.writer.map(|writer| writer.to_string()),
        "name": member.name,
        "organisation": member.organisation,
        "kind": held.kind.word(),
        "specialties": held.specialties,
        "from": held.from.to_string(),
        "until": held.until.to_string(),
        "ended_on": held.ended_on.map(|day| day.to_string()),
        "appointed_by": held.appointed_by,
        "document_no": held.document_no,
        "valid": member.is_valid,
        "visits": member.visits,
        "trainings": member.trainings,
    })
}
