//! People and enterprises.

use angen_core::action::{
    EnrolOfficer, Establish, RegisterEnterprise, enrol_officer_on, establish, find_enterprises,
    register_enterprise,
};
use angen_core::domain::rows::RowKind;
use angen_core::domain::{Enterprise, Officer, Role, check_area, read_all};
use angen_core::store::{self, FoundEnterprise};
use angen_ledger::verify::Lang;
use serde_json::{Value, json};

use crate::args::{Cli, EnterpriseVerb, FindEnterprises, Init, OfficerVerb};
use crate::out::Answer;
use crate::session::{Outcome, Session};
use crate::verbs::{posts, rows, trust};

/// `angen init`
pub(super) fn init(session: &Session, cli: &Cli, init: &Init) -> Outcome<Answer> {
    let pin = cli.pin.as_deref().unwrap_or_default();
    session.set_new_pin("--pin", pin)?;
    let area = session.area("--area", &init.area)?;
    let request = Establish {
        area: area.clone(),
        township: init.township.clone(),
        organisation: init.organisation.clone(),
        administrator: init.administrator.clone(),
    };
    let made = session.say(establish(&session.store, &session.ports, &request))?;
    let mut text = match session.lang {
        Lang::Zh => format!("已为{}建库。\n根证书指纹：{}", made.township, made.root),
        Lang::En => {
            format!("The database of {} is ready.\nRoot fingerprint: {}", made.township, made.root)
        }
    };
    let warning = check_area(&area, Some(&init.township)).map(|problem| match session.lang {
        Lang::Zh => problem.zh,
        Lang::En => problem.en,
    });
    text.extend(warning.iter().map(|words| format!("\n⚠ {words}")));
    let json = json!({
        "root": made.root.to_string(),
        "area": made.area,
        "warning": warning,
        "administrator": made.administrator.to_string(),
        "roster": made.roster.to_string(),
        "library": made.library.to_string(),
        "register": made.register.to_string(),
    });
    Ok(Answer::new(json, text))
}

/// `angen officer …`
pub(super) fn officer(session: &Session, cli: &Cli, verb: &OfficerVerb) -> Outcome<Answer> {
    match verb {
        OfficerVerb::Import(typed) => {
            return rows::import(session, cli, RowKind::Officer, typed);
        }
        OfficerVerb::PlanPosts { director, professionals, staff } => {
            return posts::plan(session, cli, [*director, *professionals, *staff]);
        }
        OfficerVerb::Post(typed) => return posts::set(session, cli, typed),
        OfficerVerb::Posts { day } => return posts::list(session, day.as_deref()),
        OfficerVerb::Renew(typed) => return posts::renew(session, cli, typed),
        OfficerVerb::Reissue(typed) => return trust::reissue(session, cli, typed),
        OfficerVerb::Add { .. } | OfficerVerb::List => {}
    }
    let OfficerVerb::Add { name, role, organisation, certificate_no, valid_until, new_pin, terms } =
        verb
    else {
        return list_officers(session);
    };
    session.set_new_pin("--new-pin", new_pin)?;
    let request = EnrolOfficer {
        name: name.clone(),
        role: session.word("--role", role, Role::ALL, Role::word)?,
        organisation: organisation.clone(),
        certificate_no: certificate_no.clone(),
        certificate_valid_until: valid_until.clone(),
    };
    let desk = session.desk(cli)?;
    let terms = trust::terms(session, terms)?;
    let view = session.say(enrol_officer_on(&desk, &request, &terms))?;
    let text = format!("{}（{}） {}", view.name, view.role.term(), view.writer);
    let json = json!({
        "officer": view.officer.to_string(),
        "writer": view.writer.to_string(),
        "certificate": view.certificate.to_string(),
    });
    Ok(Answer::new(json, text))
}

fn list_officers(session: &Session) -> Outcome<Answer> {
    let place = session.place()?;
    let people: Vec<Officer> =
        session.say(session.store.read(|read| read_all(read, place.roster)))?;
    let line = |(person, revoked): (&Officer, &bool)| {
        let number = person.certificate_no.as_deref().unwrap_or("—");
        let mark = match (revoked, session.lang) {
            (false, _) => "",
            (true, Lang::Zh) => "\t已吊销",
            (true, Lang::En) => "\trevoked",
        };
        format!("{}\t{}\t{number}\t{}{mark}", person.name, person.role.term(), person.writer)
    };
    let mut revoked = Vec::new();
    for person in &people {
        let by = session.store.read(|read| store::revoked_by(read, person.writer));
        revoked.push(session.say(by)?.is_some());
    }
    let json = people.iter().zip(&revoked).map(|(person, revoked)| {
        json!({
            "name": person.name,
            "role": person.role.word(),
            "writer": person.writer.to_string(),
            "certificate_no": person.certificate_no,
            "certificate_valid_until": person.certificate_valid_until,
            "until": person.until,
            "continues": person.continues.map(|line| line.to_string()),
            "revoked": revoked,
        })
    });
    let text = people.iter().zip(&revoked).map(line).collect::<Vec<_>>().join("\n");
    Ok(Answer::new(Value::Array(json.collect()), text))
}

/// `angen enterprise …`
pub(super) fn enterprise(session: &Session, cli: &Cli, verb: &EnterpriseVerb) -> Outcome<Answer> {
    match verb {
        EnterpriseVerb::Import(typed) => {
            return rows::import(session, cli, RowKind::Enterprise, typed);
        }
        EnterpriseVerb::Find(typed) => return find_enterprise(session, typed),
        EnterpriseVerb::Add { .. } | EnterpriseVerb::List => {}
    }
    let EnterpriseVerb::Add {
        name,
        credit_code,
        no_code_reason,
        address,
        representative,
        industry,
    } = verb
    else {
        return list_enterprises(session);
    };
    let request = RegisterEnterprise {
        name: name.clone(),
        credit_code: credit_code.clone(),
        no_code_reason: no_code_reason.clone(),
        address: address.clone(),
        representative: representative.clone(),
        industry: industry.clone(),
    };
    let desk = session.desk(cli)?;
    let known = session.say(register_enterprise(&desk, &request))?;
    let text = format!("{} {}", known.name, known.enterprise);
    Ok(Answer::new(enterprise_json(&known), text))
}

/// `angen enterprise find`
fn find_enterprise(session: &Session, typed: &FindEnterprises) -> Outcome<Answer> {
    let words = typed.words.join(" ");
    let page = find_enterprises(&session.store, &words, typed.after, typed.limit);
    let page = session.say(page)?;
    let line = |known: &FoundEnterprise| {
        let code = known.credit_code.as_deref().unwrap_or("—");
        format!("{}\t{code}\t{}", known.name, known.enterprise)
    };
    let mut lines: Vec<String> = page.found.iter().map(line).collect();
    lines.extend(page.next.map(|next| match session.lang {
        Lang::Zh => format!("还有，请加 --after {next} 继续"),
        Lang::En => format!("there are more: go on with --after {next}"),
    }));
    if lines.is_empty() {
        let none = if session.lang == Lang::Zh { "没有找到" } else { "nothing was found" };
        lines.push(none.to_owned());
    }
    let json = |known: &FoundEnterprise| {
        json!({
            "enterprise": known.enterprise.to_string(),
            "name": known.name,
            "credit_code": known.credit_code,
        })
    };
    let found: Vec<Value> = page.found.iter().map(json).collect();
    Ok(Answer::new(json!({"found": found, "next": page.next}), lines.join("\n")))
}

fn list_enterprises(session: &Session) -> Outcome<Answer> {
    let place = session.place()?;
    let all: Vec<Enterprise> =
        session.say(session.store.read(|read| read_all(read, place.register)))?;
    let line = |known: &Enterprise| {
        let code = known.credit_code.as_deref().unwrap_or("—");
        format!("{}\t{code}\t{}", known.name, known.enterprise)
    };
    let text = all.iter().map(line).collect::<Vec<_>>().join("\n");
    Ok(Answer::new(Value::Array(all.iter().map(enterprise_json).collect()), text))
}

fn enterprise_json(known: &Enterprise) -> Value {
    json!({
        "enterprise": known.enterprise.to_string(),
        "name": known.name,
        "credit_code": known.credit_code,
        "address": known.address,
    })
}
