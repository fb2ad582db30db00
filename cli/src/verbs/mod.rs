//! One verb each: translate what was typed, call the core, translate what came back.

mod assent;
mod board;
mod bundle;
mod case;
mod conflict;
mod custody;
mod defects;
mod document;
mod enrol;
mod erase;
mod follow_up;
mod hub;
mod keep;
mod keeping;
mod library;
mod mandate;
mod over_hub;
mod people;
mod posts;
mod powers;
mod record;
mod recusal;
mod report;
mod round;
mod rows;
mod safety;
mod standing;
mod stranger;
mod teach;
mod trust;
mod upkeep;
mod visit;
mod why;

use angen_core::action::Handing;

use crate::args::{Cli, EnrolVerb, Verb};
use crate::out::Answer;
use crate::session::{Outcome, Session, lang};

pub(crate) use board::{board_words, missing_words};
pub(crate) use bundle::imported_answer;
pub(crate) use document::print_failure;
pub(crate) use hub::{exchange_with, exchanged_words};
pub(crate) use keep::clock_words;
pub(crate) use record::device;
pub(crate) use safety::{wipe_json, wipe_words};
pub(crate) use stranger::{broken_words, open_file, verdict_of, verify_file};
pub(crate) use upkeep::SOFTWARE;

/// Does what was typed.
pub(crate) fn run(cli: &Cli) -> Outcome<Answer> {
    if let Some(answer) = run_without_session(cli) {
        return answer;
    }
    let session = &session_of(cli)?;
    match &cli.verb {
        Verb::Init(init) => people::init(session, cli, init),
        Verb::Officer(verb) => people::officer(session, cli, verb),
        Verb::Township(verb) => posts::township(session, verb),
        Verb::Expert(verb) => posts::expert(session, cli, verb),
        Verb::Mandate(verb) => mandate::mandate(session, cli, verb),
        Verb::Powers(ask) => powers::powers(session, ask),
        Verb::Recusal(verb) => recusal::recusal(session, cli, verb),
        Verb::Enterprise(verb) => people::enterprise(session, cli, verb),
        Verb::Import { file } => library::import(session, cli, file),
        Verb::Checklists => library::list(session),
        Verb::Visit(verb) => visit::visit(session, cli, verb),
        Verb::Round(verb) => round::round(session, cli, verb),
        Verb::Teach(verb) => teach::teach(session, cli, verb),
        Verb::Train(verb) => visit::train(session, cli, verb),
        Verb::Check(plan) => visit::check(session, cli, plan),
        Verb::Missing { dossier } => board::missing(session, dossier),
        Verb::Board { dossier, why: None } => board::board(session, dossier),
        Verb::Board { dossier, why: Some(part) } => why::why(session, dossier, part),
        Verb::Show { dossier, to } => record::show(session, cli, dossier, to),
        Verb::Answer(answer) => record::answer(session, cli, answer),
        Verb::Find(find) => record::find(session, cli, find),
        Verb::Correct(correct) => record::correct(session, cli, correct),
        Verb::Retract { dossier, entity, reason } => {
            record::retract(session, cli, dossier, entity, reason)
        }
        Verb::Capture(capture) => record::capture(session, cli, capture),
        Verb::Note { dossier, text, about } => {
            record::note(session, cli, dossier, text, about.as_deref())
        }
        Verb::Assent { dossier, ops } => record::assent(session, cli, dossier, ops),
        Verb::RequestAssent { dossier, of } => {
            assent::request(session, cli, dossier, of.as_deref())
        }
        Verb::SignAssent { text, yes } => assent::sign(session, cli, text, *yes),
        Verb::CarryAssent { dossier, text } => assent::carry(session, cli, dossier, text),
        Verb::Sign(sign) => record::sign(session, cli, sign),
        Verb::Measure(verb) => follow_up::measure(session, cli, verb),
        Verb::Order(verb) => follow_up::order(session, cli, verb),
        Verb::Recheck(typed) => follow_up::recheck(session, cli, typed),
        Verb::Transfer(typed) => follow_up::transfer(session, cli, typed),
        Verb::Number(typed) => keep::number(session, cli, typed),
        Verb::Preserve(verb) => keep::preserve(session, cli, verb),
        Verb::Report { dossier, out } => report::report(session, dossier, out.as_deref()),
        Verb::Case(verb) => case::case(session, cli, verb),
        Verb::Print(print) => document::print(session, cli, print),
        Verb::Document(verb) => document::document(session, cli, verb),
        _ => run_upkeep(session, cli),
    }
}

/// The verbs of a stranger, who has a package and no database, and of a hub, which has a database
/// of its own; none for the others.
fn run_without_session(cli: &Cli) -> Option<Outcome<Answer>> {
    let lang = lang(cli);
    let answer = match &cli.verb {
        Verb::Verify { file, root, by_database } => standing::known_here(cli, *by_database, lang)
            .and_then(|known| verify_file(file, root.as_deref(), known, lang)),
        Verb::Open { file, out, root } => open_file(file, out, root.as_deref(), lang),
        Verb::Hub(verb) => hub::hub(cli, verb),
        Verb::Bundle(verb) => bundle::bundle(cli, verb),
        Verb::Encrypt => crate::db_key::encrypt(cli, lang),
        Verb::Demo { out, without_violation } => {
            crate::demo::run(out.as_deref(), *without_violation, lang, cli.json)
        }
        _ => return None,
    };
    Some(answer)
}

/// The database that a verb is about: a new one only for those that begin one.
fn session_of(cli: &Cli) -> Outcome<Session> {
    let (key_file, lang) = (cli.db_key_file.as_deref(), lang(cli));
    match &cli.verb {
        Verb::Init(_) | Verb::Enrol(EnrolVerb::Ask | EnrolVerb::Join { .. }) => {
            Session::create(&cli.db, key_file, lang)
        }
        _ => Session::open(&cli.db, key_file, lang),
    }
}

/// The verbs that keep dossiers, trust and the database, and hand them out.
fn run_upkeep(session: &Session, cli: &Cli) -> Outcome<Answer> {
    match &cli.verb {
        Verb::Clocks { dossier, as_of } => {
            keep::clocks(session, dossier.as_deref(), as_of.as_deref())
        }
        Verb::Defects { dossier, media } => defects::defects(session, dossier.as_deref(), *media),
        Verb::Export { dossiers, out, withhold, reader, to, purpose, hub, way } => {
            let handing = Handing { recipient: to.clone(), purpose: purpose.clone() };
            let withhold = upkeep::withheld(session, withhold, reader.as_deref())?;
            upkeep::export(
                session,
                cli,
                dossiers,
                out,
                withhold,
                handing,
                hub.as_deref().map(|hub| way.to(hub)),
            )
        }
        Verb::Look { dossier, entity, reveal, purpose } => {
            let purpose = purpose.as_deref().filter(|_| *reveal);
            custody::look(session, cli, dossier, entity, purpose)
        }
        Verb::Custody(verb) => custody::custody(session, cli, verb),
        Verb::Dossier(verb) => custody::dossier(session, cli, verb),
        Verb::Retention(verb) => keeping::retention(session, cli, verb),
        Verb::Hold(verb) => keeping::hold(session, cli, verb),
        Verb::Erase(verb) => erase::erase(session, cli, verb),
        Verb::Enrol(verb) => enrol::enrol(session, cli, verb),
        Verb::Revoke(typed) => trust::revoke(session, cli, typed),
        Verb::Adopt(typed) => trust::adopt(session, cli, typed),
        Verb::Quarantine => trust::quarantine(session),
        Verb::Conflicts { dossier } => conflict::list(session, dossier.as_deref()),
        Verb::Conflict(verb) => conflict::conflict(session, cli, verb),
        Verb::Status => upkeep::status(session),
        Verb::Room => safety::room(session),
        Verb::Wipe { order, reason, confirm } => {
            safety::wipe(session, cli, order, reason.as_deref(), *confirm)
        }
        Verb::Rebuild => upkeep::rebuild(session),
        Verb::Fsck => upkeep::fsck(session),
        Verb::Sweep => upkeep::sweep(session),
        _ => unreachable!("every other verb was done above"),
    }
}
