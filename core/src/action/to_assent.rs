//! What there is to assent to 待确认, in the order in which it came: the same for who switches with
//! a PIN and for who is asked on a phone of their own.

use std::collections::{BTreeMap, BTreeSet};

use angen_ledger::assent::{AssentRequest, digest_of_ops, shortened};
use angen_ledger::hash::{Hash, Suite};
use angen_ledger::id::{DossierId, WriterId};
use angen_ledger::op::Op;
use rusqlite::Connection;

use crate::domain::{Assent, Dossier, Finding, Noun, Officer, Role, is_assented, read_all};
use crate::error::Result;
use crate::procedure::{CarriedAssent, carried_assents};
use crate::store;

/// Whose assent it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whose {
    /// A writer's: everything that others wrote and this one has not assented to.
    Of(WriterId),
    /// Whoever else's: what this writer wrote and no other enforcer has assented to.
    Others(WriterId),
}

/// The ops of a dossier that there are to assent to, in the order of arrival: what is written later
/// stands behind.
pub(crate) fn to_assent(read: &Connection, dossier: DossierId, whose: Whose) -> Result<Vec<Op>> {
    let done = assented(read, dossier, whose)?;
    let asked = |op: &Op| {
        let writer = op.header.writer;
        let theirs = match whose {
            Whose::Of(of) => writer != of,
            Whose::Others(by) => writer == by,
        };
        theirs && is_assented(op.header.kind.noun()) && !done.contains(&op.hash)
    };
    let held = store::ops_of_dossier(read, dossier)?.into_iter();
    let counting = held.filter(|stored| !stored.quarantined).map(|stored| stored.op);
    Ok(counting.filter(asked).collect())
}

/// What was assented to already, by an op or by a statement that counts.
fn assented(read: &Connection, dossier: DossierId, whose: Whose) -> Result<BTreeSet<Hash>> {
    let given: Vec<Assent> = read_all(read, dossier)?;
    let carried = carried_assents(read, dossier)?;
    let carried = carried.iter().filter_map(CarriedAssent::counts);
    let enforcers = match whose {
        Whose::Of(_) => BTreeSet::new(),
        Whose::Others(_) => enforcers(read)?,
    };
    let counts = |assent: &Assent| match whose {
        Whose::Of(of) => assent.writer == of,
        Whose::Others(by) => assent.writer != by && enforcers.contains(&assent.writer),
    };
    Ok(given.into_iter().chain(carried).filter(counts).flat_map(|assent| assent.ops).collect())
}

fn enforcers(read: &Connection) -> Result<BTreeSet<WriterId>> {
    let Some(roster) = store::get_setting(read, "roster")? else { return Ok(BTreeSet::new()) };
    let people: Vec<Officer> = read_all(read, roster.parse()?)?;
    let enforcers = people.into_iter().filter(|person| person.role == Role::Enforcer);
    Ok(enforcers.map(|person| person.writer).collect())
}

/// The request for some ops, with what they are in words.
pub(crate) fn request_for(
    read: &Connection,
    dossier: DossierId,
    ops: &[Op],
    (by, of): (WriterId, Option<WriterId>),
    asked_ms: i64,
) -> Result<AssentRequest> {
    let mut told: BTreeMap<&str, u64> = BTreeMap::new();
    let mut titles: Vec<String> = Vec::new();
    for op in ops {
        *told.entry(op.header.kind.noun()).or_default() += 1;
        let is_finding = op.header.kind.noun() == Finding::NOUN;
        let title = op.get("title").and_then(|title| title.as_text()).filter(|_| is_finding);
        titles.extend(title.map(str::to_owned).filter(|title| !titles.contains(title)));
    }
    let opened = read_all::<Dossier>(read, dossier)?.into_iter().next();
    let hashes: Vec<Hash> = ops.iter().map(|op| op.hash).collect();
    let request = AssentRequest {
        suite: Suite::Sha256,
        dossier,
        title: shortened(&opened.map(|opened| opened.title).unwrap_or_default()),
        by,
        of,
        count: ops.len() as u64,
        digest: digest_of_ops(Suite::Sha256, &hashes),
        told: told.into_iter().map(|(noun, count)| (noun.to_owned(), count)).collect(),
        findings: Vec::new(),
        more: 0,
        asked_ms,
    };
    Ok(request.telling(&titles))
}
