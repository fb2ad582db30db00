//! The verbs that scenarios may name: arguments in, the exported method, its result out as JSON.

mod after;
mod assent;
mod facts;
mod papers;
mod people;
mod phones;
mod visit;

use angen_bindings::{ApiError, Inspector};
use angen_core::action::Shot;
use serde_json::Value;

use crate::shown;
use crate::with::With;

type Shown = Result<Value, ApiError>;

/// Calls a verb. `writer` is who is at the desk, where the step names somebody.
pub(crate) fn call(
    inspector: &Inspector,
    verb: &str,
    writer: Option<&str>,
    with: &Value,
    at_ms: i64,
) -> Shown {
    let with = &With(with);
    let shown = read(inspector, verb, with, at_ms);
    if let Some(shown) = shown.or_else(|| phones::joining(inspector, verb, with)) {
        return shown;
    }
    let writer = || writer.unwrap_or_else(|| panic!("{verb} needs an \"as\"")).parse().unwrap();
    let done = people::people(inspector, verb, &writer, with)
        .or_else(|| phones::phones(inspector, verb, &writer, with))
        .or_else(|| visit::visit(inspector, verb, &writer, with))
        .or_else(|| facts::facts(inspector, verb, &writer, with))
        .or_else(|| assent::assent(inspector, verb, &writer, with))
        .or_else(|| after::follow_up(inspector, verb, &writer, with))
        .or_else(|| papers::papers(inspector, verb, &writer, with))
        .or_else(|| after::teaching(inspector, verb, &writer, with, at_ms));
    done.unwrap_or_else(|| panic!("this player does not know the verb {verb}"))
}

/// What only reads, and has no writer.
fn read(inspector: &Inspector, verb: &str, with: &With<'_>, at_ms: i64) -> Option<Shown> {
    Some(match verb {
        "officers" => inspector.officers(at_ms).map(|rows| shown::officers(&rows)),
        "find_enterprises" => {
            inspector.find_enterprises(with.text("words"), None).map(|page| shown::found(&page))
        }
        "checks" => inspector.checks(with.opt_id("visit"), None).map(|page| shown::checks(&page)),
        "check" => inspector.check(with.id("dossier")).map(|row| shown::check(&row)),
        "trainings" => inspector.trainings(with.id("visit"), None).map(|p| shown::trainings(&p)),
        "form_state" => inspector
            .form_state(with.id("dossier"), with.id("checklist"))
            .map(|state| shown::form_state(&state)),
        "findings" => {
            inspector.findings(with.id("dossier"), None, at_ms).map(|page| shown::findings(&page))
        }
        "evidence_of" => inspector
            .evidence_of(with.id("dossier"), with.opt_id("about"), None)
            .map(|page| shown::evidence(&page)),
        "propose_caption" => inspector
            .propose_caption(with.id("dossier"), with.id("finding"), with.word("shot", shot))
            .map(Value::from),
        "missing" => inspector.missing(with.id("dossier"), at_ms).map(|all| shown::missing(&all)),
        "board" => inspector.board(with.id("dossier"), at_ms).map(|board| shown::board(&board)),
        "clocks" => inspector.clocks(with.opt_id("dossier"), at_ms).map(|all| shown::clocks(&all)),
        "measures" => {
            let from = with.int("from").cast_unsigned();
            let done = inspector.measures(with.id("dossier"), at_ms, from);
            done.map(|page| shown::measures(&page))
        }
        "orders" => inspector.orders(with.id("dossier")).map(|all| shown::orders(&all)),
        "conflicts" => inspector.conflicts(with.opt_id("dossier")).map(|l| shown::conflicts(&l)),
        _ => return None,
    })
}

fn shot(word: &str) -> Option<Shot> {
    match word {
        "wide" => Some(Shot::Wide),
        "close" => Some(Shot::Close),
        "reading" => Some(Shot::Reading),
        _ => None,
    }
}
