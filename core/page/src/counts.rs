//! What of a package counts, in words: revoked writers, and how far the package can tell.

use angen_core::domain::china_time;
use angen_ledger::id::WriterId;
use angen_ledger::verify::{Aside, Lang, Place, Reach, Standing, Verdict};

use crate::kind_words;

/// Lines that name single ops at most; the rest are counted.
const LINES_MAX: usize = 20;

/// What of a package counts: who is revoked, what lies behind the cut, and how far all this can
/// tell. `here_ms` is the moment of the newest op of a roster that was asked besides.
#[must_use]
pub fn counts_in_words(
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
    let (seq, at, kind) = (link.seq, china_time(*wall_ms), kind_words(kind, lang));
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
        (None, _) => String::new(),
    };
    format!("{carried}{closed}{here}")
}

fn name_of(verdict: &Verdict, writer: WriterId) -> String {
    let mut writers = verdict.contents.writers.iter();
    let known = writers.find(|known| known.writer == writer).map(|known| known.name.clone());
    known.or_else(|| verdict.contents.exporter.clone()).unwrap_or_default()
}
