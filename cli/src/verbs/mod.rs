//! One verb each: translate what was typed, call the core, translate what came back.

mod board;
mod case;
mod follow_up;
mod hub;
mod keep;
mod library;
mod people;
mod record;
mod report;
mod round;
mod rows;
mod stranger;
mod teach;
mod upkeep;
mod visit;
mod why;

use crate::args::{Cli, Verb};
use crate::out::Answer;
use crate::session::{Outcome, Session, lang};

pub(crate) use board::{board_words, missing_words};
pub(crate) use keep::clock_words;
pub(crate) use record::device;
pub(crate) use stranger::{broken_words, open_file, verdict_of, verify_file};
pub(crate) use upkeep::SOFTWARE;

/// Does what was typed.
pub(crate) fn run(cli: &Cli) -> Outcome<Answer> {
    let lang = lang(cli);
    // A stranger has a package and no database; a hub has a database of its own.
    match &cli.verb {
        Verb::Verify { file, root } => return verify_file(file, root.as_deref(), lang),
        Verb::Open { file, out, root } => return open_file(file, out, root.as_deref(), lang),
        Verb::Hub(verb) => return hub::hub(cli, verb),
        Verb::Demo { out, without_violation } => {
            return crate::demo::run(out.as_deref(), *without_violation, lang, cli.json);
        }
        _ => {}
    }
    let session = match &cli.verb {
        Verb::Init(_) => Session::create(&cli.db, lang)?,
        _ => Session::open(&cli.db, lang)?,
    };
    let session = &session;
    match &cli.verb {
        Verb::Init(init) => people::init(session, cli, init),
        Verb::Officer(verb) => people::officer(session, cli, verb),
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
        Verb::Sign(sign) => record::sign(session, cli, sign),
        Verb::Measure(verb) => follow_up::measure(session, cli, verb),
        Verb::Order(verb) => follow_up::order(session, cli, verb),
        Verb::Recheck(typed) => follow_up::recheck(session, cli, typed),
        Verb::Transfer(typed) => follow_up::transfer(session, cli, typed),
        Verb::Number(typed) => keep::number(session, cli, typed),
        Verb::Preserve(verb) => keep::preserve(session, cli, verb),
        Verb::Clocks { dossier, as_of } => {
            keep::clocks(session, dossier.as_deref(), as_of.as_deref())
        }
        Verb::Case(verb) => case::case(session, cli, verb),
        Verb::Report { dossier, out } => report::report(session, dossier, out.as_deref()),
        Verb::Export { dossiers, out, withhold } => {
            upkeep::export(session, cli, dossiers, out, withhold)
        }
        Verb::Status => upkeep::status(session),
        Verb::Rebuild => upkeep::rebuild(session),
        Verb::Fsck => upkeep::fsck(session),
        Verb::Sweep => upkeep::sweep(session),
        Verb::Verify { .. } | Verb::Open { .. } | Verb::Hub(_) | Verb::Demo { .. } => {
            unreachable!("a stranger's verbs were done above")
        }
    }
}
