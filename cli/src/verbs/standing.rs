//! What of a package counts, for programs, and what a database knows of it.

use angen_core::store;
use angen_ledger::verify::{Aside, Known, Lang, Place, Reach, Standing};
use serde_json::{Value, json};

use crate::args::Cli;
use crate::session::{Outcome, Session};

/// What a database knows of revocations.
pub(crate) struct Here {
    /// What the ledger judges by.
    pub(super) known: Known,
    /// When the newest op of its roster was written, by the clock of its writer, in milliseconds
    /// since 1970 UTC.
    pub(super) newest_ms: i64,
}

/// What the database of `--db` knows, when it is asked.
pub(super) fn known_here(cli: &Cli, is_asked: bool, lang: Lang) -> Outcome<Option<Here>> {
    if !is_asked {
        return Ok(None);
    }
    let session = Session::open(&cli.db, cli.db_key_file.as_deref(), lang)?;
    let roster = session.place()?.roster;
    let here = session.store.read(|read| {
        let known = store::known_revocations(read)?;
        let newest = store::ops_of_dossier(read, roster)?;
        let newest_ms = newest.iter().map(|stored| stored.op.header.wall_ms).max();
        Ok(newest_ms.map(|newest_ms| Here { known, newest_ms }))
    });
    session.say(here)
}

/// What counts, for programs.
pub(super) fn standing_json(standing: &Standing, here_ms: Option<i64>) -> Value {
    let (reach, newest_ms) = match standing.reach {
        Reach::Nothing => ("nothing", None),
        Reach::Part { newest_ms } => ("part", Some(newest_ms)),
        Reach::Whole { newest_ms } => ("whole", Some(newest_ms)),
    };
    let revoked = standing.revoked.iter().map(|known| {
        json!({
            "op": known.op.to_string(),
            "writer": known.writer.to_string(),
            "by": known.by.to_string(),
            "reason": known.reason,
            "wall_ms": known.wall_ms,
            "carried": known.is_carried,
        })
    });
    let seals = standing.seals.iter().map(
        |seal| json!({"writer": seal.writer.to_string(), "number": seal.number, "ops": seal.ops}),
    );
    json!({
        "reach": reach,
        "newest_ms": newest_ms,
        "database_newest_ms": here_ms,
        "revoked": revoked.collect::<Vec<_>>(),
        "ops": standing.aside.iter().map(aside_json).collect::<Vec<_>>(),
        "seals": seals.collect::<Vec<_>>(),
        "withheld": standing.closed,
        "exporter_revoked": standing.is_exporter_revoked,
    })
}

fn aside_json(aside: &Aside) -> Value {
    json!({
        "op": aside.op.to_string(),
        "dossier": aside.link.dossier.to_string(),
        "writer": aside.link.writer.to_string(),
        "seq": aside.link.seq,
        "kind": aside.kind,
        "wall_ms": aside.wall_ms,
        "revocation": aside.by.to_string(),
        "place": match aside.place {
            Place::Behind => "behind",
            Place::After => "after",
            Place::Unclear => "unclear",
        },
    })
}
