//! What stands beside the conditions of a check or case: the clock that ends first, earlier checks
//! of the enterprise, addenda to the signed record. It informs, and counts for nothing.

use angen_ledger::id::DossierId;
use angen_ledger::verify::Lang;

use crate::domain::{Check, Source, china_day, read_all};
use crate::error::Result;
use crate::procedure::conflicts::undecided_in;
use crate::procedure::decides::Deciders;
use crate::procedure::{Code, Condition, Missing, Verdict, addenda, clocks, frequency};

/// What stands beside the conditions of a dossier.
pub(crate) fn asides(
    source: &dyn Source,
    dossier: DossierId,
    as_of_ms: i64,
) -> Result<Vec<Missing>> {
    let mut asides = Vec::new();
    let open = undecided_in(source, [(dossier, Deciders::open(source, dossier)?)])?;
    asides.extend(open.map(|condition| Missing::new(&condition, dossier)));
    // The first is the one that is over longest, else the one that ends first.
    let urgent = clocks(source, Some(dossier), as_of_ms)?.into_iter().next();
    if let Some(clock) = urgent.filter(|clock| clock.state.is_open()) {
        let mut condition = beside(Code::ClockRuns);
        condition.ops.push(clock.started_by);
        let mut line = Missing::new(&condition, dossier);
        line.zh = clock.say(Lang::Zh);
        line.en = clock.say(Lang::En);
        line.subject = Some(clock.subject);
        line.title = clock.title;
        asides.push(line);
    }
    let Some(check) = read_all::<Check>(source, dossier)?.into_iter().next() else {
        return Ok(asides);
    };
    let written = source.fields(dossier, check.check)?;
    let planned = written.written().iter().map(|op| op.wall_ms).min().and_then(china_day);
    if let Some(day) = planned {
        let before = frequency(source, check.enterprise, day, Some(dossier))?;
        if before.count() > 0 {
            let mut condition = beside(Code::CheckedBefore);
            condition.have = before.count();
            condition.names = before.last.iter().map(ToString::to_string).collect();
            condition.ops = before.ops;
            asides.push(Missing::new(&condition, dossier));
        }
    }
    let later = addenda(source, dossier)?;
    if !later.is_empty() {
        let mut condition = beside(Code::AddendaShown);
        condition.names = later.iter().map(|addendum| addendum.title.clone()).collect();
        condition.ops = later.iter().map(|addendum| addendum.op).collect();
        asides.push(Missing::new(&condition, dossier));
    }
    Ok(asides)
}

fn beside(code: Code) -> Condition {
    let verdict = Verdict::Warn;
    Condition { code, verdict, have: 0, need: 0, names: Vec::new(), ops: Vec::new() }
}
