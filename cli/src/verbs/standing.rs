//! What of a package counts, in words: revoked writers, and how far the package can tell.

use angen_core::domain::china_time;
use angen_core::store;
use angen_ledger::id::WriterId;
use angen_ledger::verify::{Aside, Known, Lang, Place, Reach, Standing, Verdict};
use serde_json::{Value, json};

use crate::args::Cli;
use crate::session::{Outcome, Session};

/// Lines that name single ops at most; the rest are counted, and JSON has all of them.
const LINES_MAX: usize = 20;

/// What a database knows of revocations.
pub(crate) struct Here {
    /// What the ledger judges by.
    pub(super) known: Known,
    /// When the newest op of its roster was written, by the clock of its writer, in milliseconds
    /// since 1970 UTC.
    pub(super) newest_ms: i64,
}

/// What the database of `--db` knows.
pub(super) fn known_here(cli: &Cli, lang: Lang) -> Outcome<Option<Here>> {
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

/// What counts, for people.
pub(super) fn standing_words(
    verdict: &Verdict,
    standing: &Standing,
    here_ms: Option<i64>,
    lang: Lang,
) -> Vec<String> {
    let mut lines = Vec::new();
    let (ops, seals) = (standing.aside.len(), standing.seals.len());
    if standing.is_limited() {
        lines.push(match lang {
            Lang::Zh => format!(
                "但有 {ops} 条记录（{seals} 个印签）不作数：写的人已被吊销，写在截止点之后，也未经采认"
            ),
            Lang::En => format!(
                "BUT {ops} ops under {seals} seals DO NOT COUNT: their writer is revoked, they lie \
                 behind the cut, and nobody has adopted them"
            ),
        });
    }
    for revoked in &standing.revoked {
        let (name, at) = (name_of(verdict, revoked.writer), china_time(revoked.wall_ms));
        let reason = revoked.reason.as_deref().unwrap_or("–");
        lines.push(match lang {
            Lang::Zh => format!("  已吊销 {name}（{}），{at}：{reason}", revoked.writer),
            Lang::En => format!("  revoked: {name} ({}), {at}: {reason}", revoked.writer),
        });
    }
    lines.extend(standing.aside.iter().take(LINES_MAX).map(|aside| aside_words(aside, lang)));
    if ops > LINES_MAX {
        lines.push(format!("    … +{}", ops - LINES_MAX));
    }
    if standing.is_exporter_revoked {
        lines.push(match lang {
            Lang::Zh => "  封包人已被吊销：何时封的包只有其密钥为证，包内各条以自己的印签为准",
            Lang::En => {
                "  whoever closed the package is revoked: when it was closed only that key says, \
                 and what is in it stands by its own seals"
            }
        }
        .to_owned());
    }
    lines.push(reach_words(standing, here_ms, lang));
    lines
}

fn aside_words(aside: &Aside, lang: Lang) -> String {
    let Aside { link, kind, wall_ms, .. } = aside;
    let (seq, at) = (link.seq, china_time(*wall_ms));
    let place = match (aside.place, lang) {
        (Place::Behind, Lang::Zh) => "在截止点之后",
        (Place::Behind, Lang::En) => "behind the cut",
        (Place::After, Lang::Zh) => "在截止点之后，且按平台日志写于吊销之后",
        (Place::After, Lang::En) => "behind the cut, and by the hub's log written afterwards",
        (Place::Unclear, Lang::Zh) => "截止点所指的记录不在包内，无法判断",
        (Place::Unclear, Lang::En) => "nobody can tell: the op that the cut names is not here",
    };
    match lang {
        Lang::Zh => format!("    卷宗 {} #{seq} {kind}，自称 {at}：{place}", link.dossier),
        Lang::En => {
            format!("    dossier {} #{seq} {kind}, by its clock {at}: {place}", link.dossier)
        }
    }
}

/// How far all this can tell: a package is silent of what nobody put into it.
fn reach_words(standing: &Standing, here_ms: Option<i64>, lang: Lang) -> String {
    let carried = match (standing.reach, lang) {
        (Reach::Nothing, Lang::Zh) => "吊销：包内没有名册，说不出有没有人被吊销".to_owned(),
        (Reach::Nothing, Lang::En) => {
            "revocations: nothing of a roster is in the package, so it cannot tell".to_owned()
        }
        (Reach::Part { newest_ms }, Lang::Zh) => format!(
            "吊销：按包内名册的摘录判断，最近一条写于 {}（设备所称）；此后的和未放进包里的，本包说不出",
            china_time(newest_ms)
        ),
        (Reach::Part { newest_ms }, Lang::En) => format!(
            "revocations: judged by the part of the roster that was put in, its newest op of {} by \
             its clock; of later ones, and of those left out, the package cannot tell",
            china_time(newest_ms)
        ),
        (Reach::Whole { newest_ms }, Lang::Zh) => format!(
            "吊销：按包内整本名册判断，最近一条写于 {}（设备所称）；此后的，本包说不出",
            china_time(newest_ms)
        ),
        (Reach::Whole { newest_ms }, Lang::En) => format!(
            "revocations: judged by the whole roster in the package, its newest op of {} by its \
             clock; of later ones the package cannot tell",
            china_time(newest_ms)
        ),
    };
    let closed = match (standing.closed, lang) {
        (0, _) => String::new(),
        (count, Lang::Zh) => format!("；另有 {count} 条吊销或采认被隐去，无法判断"),
        (count, Lang::En) => format!("; {count} more are withheld and cannot be judged"),
    };
    let here = match (here_ms, lang) {
        (Some(at), Lang::Zh) => format!("；并按本机名册，最近一条写于 {}", china_time(at)),
        (Some(at), Lang::En) => {
            format!("; and by the roster of this database, its newest op of {}", china_time(at))
        }
        (None, Lang::Zh) => "；本机有名册的，可加 --by-database".to_owned(),
        (None, Lang::En) => "; who has a roster adds --by-database".to_owned(),
    };
    format!("{carried}{closed}{here}")
}

fn name_of(verdict: &Verdict, writer: WriterId) -> String {
    let mut writers = verdict.contents.writers.iter();
    let known = writers.find(|known| known.writer == writer).map(|known| known.name.clone());
    known.or_else(|| verdict.contents.exporter.clone()).unwrap_or_default()
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
