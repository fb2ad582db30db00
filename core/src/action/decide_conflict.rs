//! Decides a conflict 冲突裁定: one of the statements that stand is said again, by a person who
//! has all of them before their eyes, with a reason. The others stay in the log.
//!
//! Two persons who decide differently without knowing of each other make a conflict again, and
//! the worse holds again.

use std::collections::BTreeSet;

use angen_ledger::certificate::Duty;
use angen_ledger::hash::Hash;
use angen_ledger::id::DossierId;
use angen_ledger::op::Op;
use angen_ledger::value::Value;

use crate::action::look::{no_mentor, not_empty, require_dossier};
use crate::desk::{Desk, Entry, Page};
use crate::domain::{DECIDED_BECAUSE, DECIDED_OVER, Fields, KNOWN_KINDS, Source};
use crate::error::{Error, Result};
use crate::procedure::{Deciders, Undecided, undecided};
use crate::store;

/// What is decided.
#[derive(Debug, Clone)]
pub struct DecideConflict {
    /// The dossier.
    pub dossier: DossierId,
    /// The op whose statement is to hold: one that `conflicts` lists.
    pub op: Hash,
    /// Why.
    pub reason: String,
}

/// Kinds whose fields are not decided by saying them again: what opens a dossier is said once,
/// and a file is captured once.
const SAID_ONCE: &[&str] = &["dossier.open/1", "evidence.capture/1", "checklist.import/1"];

/// Decides every conflict of one op: of its fields, and of its transition. Gives the new op.
///
/// # Errors
/// `Invalid` without a reason, for an op that is in no conflict, and for who may not decide here:
/// in a check or a case it takes an officer with a certificate that is valid today, in a roster an
/// administrator; `NotFound`; `UpdateNeeded`, `Sign`, `Storage`.
pub fn decide_conflict(desk: &Desk<'_>, request: &DecideConflict) -> Result<Hash> {
    not_empty("reason", &request.reason)?;
    desk.write(|page| {
        let (read, dossier) = (page.read(), request.dossier);
        require_dossier(read, dossier)?;
        let open = undecided(read, dossier)?;
        let chosen = store::require_op(read, request.op)?;
        let over = not_followed(&open, request.op);
        if over.is_empty() || chosen.header.dossier != dossier {
            return Err(Error::invalid(
                "op",
                "这条记录不在待裁定的冲突里，请先查看冲突清单",
                "this op is in no conflict that is undecided: look at the list of conflicts",
            ));
        }
        check_may(page, desk, dossier, chosen.header.kind.noun())?;
        let fields = read.fields(dossier, chosen.header.entity)?;
        let names = said_again(&open, &chosen, &fields);
        let mut entry = Entry::new(kind_of(&chosen)?, dossier, chosen.header.entity);
        for name in names {
            let value = chosen.get(&name).cloned().ok_or_else(|| withheld(&name))?;
            entry = entry.say_again(name, value);
        }
        let before = decided_before(&fields);
        let over: BTreeSet<Hash> = over.into_iter().chain(before).collect();
        let over: Vec<Value> =
            over.iter().map(|op| Value::from(op.as_bytes().as_slice())).collect();
        let entry = entry.set(DECIDED_BECAUSE, request.reason.as_str());
        page.put(entry.set(DECIDED_OVER, over))
    })
}

/// The ops that lose if this one is chosen; none when it is in no conflict.
fn not_followed(open: &Undecided, chosen: Hash) -> Vec<Hash> {
    let has = |ops: &[Hash]| ops.contains(&chosen);
    let values = open
        .conflicts
        .iter()
        .map(|conflict| conflict.values.iter().map(|claim| claim.head.op).collect::<Vec<_>>());
    let moves = open.collisions.iter().map(|c| vec![c.holds.op, c.yields.op]);
    let of_chosen = values.chain(moves).filter(|ops| has(ops)).flatten();
    of_chosen.filter(|op| *op != chosen).collect()
}

/// The fields to say again: of a transition all that its op holds; of a conflict those that
/// several ops hold, so that what belongs together is decided together.
fn said_again(open: &Undecided, chosen: &Op, fields: &Fields) -> BTreeSet<String> {
    let hash = chosen.hash;
    let moved = open.collisions.iter().any(|c| c.holds.op == hash || c.yields.op == hash);
    let held = fields.all().filter(|(_, head)| head.op == hash).map(|(name, _)| name);
    let held = held.filter(|name| moved || fields.heads(name).len() > 1);
    let mine = open.conflicts.iter().filter(|conflict| conflict.entity == chosen.header.entity);
    let contested = mine
        .filter(|conflict| conflict.values.iter().any(|claim| claim.head.op == hash))
        .map(|conflict| conflict.field.as_str());
    held.chain(contested)
        .filter(|name| *name != DECIDED_BECAUSE && *name != DECIDED_OVER)
        .map(str::to_owned)
        .collect()
}

/// What earlier decisions on the entity did not follow: it is said again with each new one.
fn decided_before(fields: &Fields) -> Vec<Hash> {
    let heads = fields.heads(DECIDED_OVER).iter();
    let lists = heads.filter_map(|head| head.value.as_ref()?.as_array());
    lists.flatten().filter_map(|op| Hash::from_slice(op.as_bytes()?)).collect()
}

/// The kind under which a statement is said again.
fn kind_of(chosen: &Op) -> Result<&'static str> {
    let kind = match chosen.header.kind.as_str() {
        "finding.raise/1" => "finding.correct/1",
        "enterprise.register/1" => "enterprise.correct/1",
        other => other,
    };
    let known = KNOWN_KINDS.iter().find(|known| **known == kind);
    let known = known.filter(|known| !SAID_ONCE.contains(*known) && chosen.header.blobs.is_empty());
    known.copied().ok_or_else(|| {
        Error::invalid(
            "op",
            format!("“{kind}”只能写一次，不能这样裁定：请用相应的更正命令"),
            format!("{kind} is said once and not decided this way: correct it with its own verb"),
        )
    })
}

fn withheld(field: &str) -> Error {
    Error::invalid(
        "op",
        format!("“{field}”的内容不在本机（隐去或已删除），无法选它"),
        format!("the value of {field} is not here (withheld or erased), so it cannot be chosen"),
    )
}

/// Refuses who may not decide here.
fn check_may(page: &Page<'_, '_>, desk: &Desk<'_>, dossier: DossierId, noun: &str) -> Result<()> {
    no_mentor(page.read(), desk, dossier)?;
    let deciders = Deciders::open(page.read(), dossier)?;
    if !deciders.may(noun, desk.writer(), page.now_ms()) {
        return Err(match deciders.of_facts() {
            true => Error::invalid(
                "as",
                "检查和案件中的冲突，只能由执法证在有效期内、没有回避的执法人员裁定",
                "a conflict in a check or a case is decided by an officer with a valid certificate \
                 who need not step aside",
            ),
            false => Error::invalid(
                "as",
                "这里的冲突不由此人裁定（技能记录由专家裁定，其余由执法人员或管理员裁定）",
                "this person does not decide here: marks are a mentor's, the rest an officer's",
            ),
        });
    }
    if deciders.kind == "roster" && !is_administrator(page, desk)? {
        return Err(Error::invalid(
            "as",
            "名册上的冲突由管理员裁定",
            "a conflict on the roster is decided by an administrator",
        ));
    }
    Ok(())
}

fn is_administrator(page: &Page<'_, '_>, desk: &Desk<'_>) -> Result<bool> {
    let held = store::certificates(page.read())?;
    let mut own = held.iter().filter(|(_, signed)| signed.certificate.writer == desk.writer());
    Ok(own.any(|(_, signed)| matches!(signed.certificate.duty, Duty::Root | Duty::Admin)))
}
