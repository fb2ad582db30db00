//! Erases personal data 依法删除: one person asks, another who may issue certificates approves, and
//! only then are the values gone; that they were there stays proved.
//!
//! Packages that were handed out cannot be reached: the answer lists to whom they went.

use angen_ledger::certificate::Certificate;
use angen_ledger::erasure::{
    TARGETS_MAX, Target, are_two, may_approve, may_be_erased, targets_value,
};
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId, WriterId};
use angen_ledger::op::Op;
use rusqlite::Connection;

use crate::action::close_dossier::opened;
use crate::action::look::not_empty;
use crate::action::note_custody::custody_of;
use crate::desk::{Desk, Entry};
use crate::domain::{Custody, CustodyAct, ERASURE_BASES, Erasure, erasure_basis, read_one};
use crate::error::{Error, Result};
use crate::procedure::keeps_from_erasure;
use crate::store;

/// The field whose erasure makes a blob unreadable for ever.
const BLOB_KEY: &str = "blob_key";

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestErasure {
    /// The dossier.
    pub dossier: DossierId,
    /// Fields of its ops. Of an op that captured a file, `blob_key` stands for the file.
    pub targets: Vec<Target>,
    /// Code of one of the [`ERASURE_BASES`].
    pub basis: String,
    /// Why.
    pub reason: String,
}

/// An erasure that was carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erased {
    /// The op that carried it out.
    pub op: Hash,
    /// How many fields.
    pub fields: u64,
    /// Where copies went that nothing can reach: packages, prints and copies handed out.
    pub handed_out: Vec<Custody>,
}

/// Asks for an erasure. Anybody may ask; nothing is erased yet.
///
/// # Errors
/// `Invalid` for a basis that is none, an empty reason, no target, or a target that cannot be
/// erased; `NotFound` for an op that is not here; `Sign`, `Storage`.
pub fn request_erasure(desk: &Desk<'_>, request: &RequestErasure) -> Result<EntityId> {
    not_empty("reason", &request.reason)?;
    let Some(basis) = erasure_basis(&request.basis) else {
        let known: Vec<&str> = ERASURE_BASES.iter().map(|basis| basis.code).collect();
        return Err(Error::invalid(
            "basis",
            format!("没有“{}”这个法律依据，可用：{}", request.basis, known.join("、")),
            format!("there is no basis {}: use one of {}", request.basis, known.join(", ")),
        ));
    };
    desk.write(|page| {
        opened(page.read(), request.dossier)?;
        let targets = checked(page.read(), request)?;
        let entity = page.new_entity();
        page.put(
            Entry::new("erasure.request/1", request.dossier, entity)
                .set("targets", targets_value(&targets))
                .set("basis", basis.code)
                .set("law", basis.law)
                .set("reason", request.reason.as_str()),
        )?;
        Ok(entity)
    })
}

/// Approves an erasure as it was asked for.
///
/// # Errors
/// `Invalid` when the desk is the same person's, or one that may not approve, or when it was
/// approved already; `NotFound`, `Sign`, `Storage`.
pub fn approve_erasure(desk: &Desk<'_>, dossier: DossierId, erasure: EntityId) -> Result<Hash> {
    desk.write(|page| {
        let held: Erasure = read_one(page.read(), dossier, erasure)?;
        check_two(page.read(), held.writer, desk.writer())?;
        if held.approval.is_some() {
            return Err(Error::invalid("erasure", "已经批准", "it is approved already"));
        }
        page.put(
            Entry::new("erasure.approve/1", dossier, erasure)
                .set("approves", held.request.as_bytes().as_slice()),
        )
    })
}

/// Carries out an approved erasure. The values are gone from every table when it returns; call
/// [`store::Store::scrub`] next, which takes the bytes out of the files.
///
/// # Errors
/// `Invalid` when it is not approved by another person, was carried out already, or something
/// keeps the dossier from it (all of it is told); `NotFound`, `Sign`, `Storage`.
pub fn erase(desk: &Desk<'_>, dossier: DossierId, erasure: EntityId) -> Result<Erased> {
    desk.write(|page| {
        let held: Erasure = read_one(page.read(), dossier, erasure)?;
        let Some((approval, approver)) = held.approval else {
            return Err(Error::invalid(
                "erasure",
                "还没有第二人批准，不能删除",
                "nobody has approved it yet: two persons are needed",
            ));
        };
        check_two(page.read(), held.writer, approver)?;
        if held.executed.is_some() {
            return Err(Error::invalid("erasure", "已经执行", "it was carried out already"));
        }
        let ops: Vec<Hash> = held.targets.iter().map(|target| target.op).collect();
        let kept = keeps_from_erasure(page.read(), dossier, &refs_to(page.read(), &ops)?)?;
        if !kept.is_empty() {
            let zh: Vec<&str> = kept.iter().map(|why| why.zh.as_str()).collect();
            let en: Vec<&str> = kept.iter().map(|why| why.en.as_str()).collect();
            return Err(Error::invalid("erasure", zh.join("；"), en.join("; ")));
        }
        let op = page.put(
            Entry::new("erasure.execute/1", dossier, erasure)
                .set("executes", held.request.as_bytes().as_slice())
                .set("approval", approval.as_bytes().as_slice()),
        )?;
        let handed_out = custody_of(page.read(), dossier)?.into_iter().filter(|event| {
            !event.failed
                && matches!(event.act, CustodyAct::Export | CustodyAct::Print | CustodyAct::Copy)
        });
        Ok(Erased {
            op,
            fields: held.targets.iter().map(|target| target.fields.len() as u64).sum(),
            handed_out: handed_out.collect(),
        })
    })
}

/// The targets, sorted, each op once; the same file in another op of the dossier goes along.
fn checked(read: &Connection, request: &RequestErasure) -> Result<Vec<Target>> {
    let mut targets: Vec<Target> = Vec::new();
    for target in &request.targets {
        let stored = store::op_by_hash(read, target.op)?;
        let Some(stored) = stored.filter(|held| held.op.header.dossier == request.dossier) else {
            return Err(Error::NotFound { noun: "op", id: target.op.to_string() });
        };
        check_target(&stored.op, &target.fields)?;
        merge(&mut targets, target.op, &target.fields);
        if target.fields.iter().any(|field| field == BLOB_KEY) {
            for other in same_file(read, &stored.op)? {
                merge(&mut targets, other, &[BLOB_KEY.to_owned()]);
            }
        }
    }
    if targets.is_empty() || targets.len() > TARGETS_MAX {
        return Err(Error::invalid(
            "targets",
            format!("请写明要删除的字段，最多 {TARGETS_MAX} 条记录"),
            format!("name the fields to erase, of at most {TARGETS_MAX} ops"),
        ));
    }
    targets.sort_by_key(|target| target.op);
    Ok(targets)
}

fn merge(targets: &mut Vec<Target>, op: Hash, fields: &[String]) {
    let place = targets.iter().position(|known| known.op == op).unwrap_or_else(|| {
        targets.push(Target { op, fields: Vec::new() });
        targets.len() - 1
    });
    targets[place].fields.extend_from_slice(fields);
    targets[place].fields.sort_unstable();
    targets[place].fields.dedup();
}

fn check_target(op: &Op, fields: &[String]) -> Result<()> {
    let kind = op.header.kind.as_str();
    if !may_be_erased(op.header.kind.noun()) {
        return Err(Error::invalid(
            "targets",
            format!("{kind} 说明卷宗本身和删除经过，不能删除"),
            format!("{kind} tells what the dossier is and what was erased: it is never erased"),
        ));
    }
    let open = |field: &&String| op.get(field).is_none();
    if let Some(field) = fields.iter().find(open) {
        return Err(Error::invalid(
            "targets",
            format!("记录 {} 没有“{field}”，或者已经隐去", op.hash.short()),
            format!("op {} has no field {field}, or it is closed already", op.hash.short()),
        ));
    }
    Ok(())
}

/// Other ops of the dossier that name the same file. One of another dossier forbids it: its
/// dossier decides for itself.
fn same_file(read: &Connection, op: &Op) -> Result<Vec<Hash>> {
    let named =
        |other: &Op| {
            other.hash != op.hash
                && op.header.blobs.iter().any(|blob| {
                    other.header.blobs.iter().any(|known| known.address == blob.address)
                })
        };
    let mut same = Vec::new();
    for dossier in store::dossiers_naming(read, &op.header.blobs)? {
        if dossier != op.header.dossier {
            return Err(Error::invalid(
                "targets",
                "这个文件还属于另一个卷宗，请在那里申请",
                "the file belongs to another dossier too: ask there",
            ));
        }
        let ops = store::ops_of_dossier(read, dossier)?.into_iter().map(|stored| stored.op);
        same.extend(ops.filter(named).map(|other| other.hash));
    }
    Ok(same)
}

/// Dossiers with ops that rely on one of these.
fn refs_to(read: &Connection, ops: &[Hash]) -> Result<Vec<DossierId>> {
    let mut relying = Vec::new();
    for dossier in store::dossiers(read)? {
        let held = store::ops_of_dossier(read, dossier)?;
        let mut refs = held.iter().flat_map(|stored| &stored.op.header.refs);
        if refs.any(|reference| ops.contains(&reference.op)) {
            relying.push(dossier);
        }
    }
    Ok(relying)
}

fn check_two(read: &Connection, asks: WriterId, approves: WriterId) -> Result<()> {
    let held = store::certificates(read)?;
    let known: Vec<&Certificate> = held.iter().map(|(_, signed)| &signed.certificate).collect();
    if are_two(asks, approves, &known) {
        return Ok(());
    }
    Err(match may_approve(approves, &known) {
        false => Error::invalid(
            "approver",
            "批准人须是有权签发证书的管理员",
            "only an administrator who may issue certificates can approve",
        ),
        true => Error::invalid(
            "approver",
            "申请和批准须是两个人",
            "it takes two persons: who asks cannot approve",
        ),
    })
}
