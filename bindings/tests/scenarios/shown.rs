//! Results as a scenario sees them: the fields that README.md lists, and no others.

use angen_bindings::types::{
    BoardView, CarriedView, ClaimView, ClockView, ConflictList, DocumentPreview, EvidencePage,
    FindingPage, FindingView, MeasurePage, MissingView, OrderView, RaiseFinding, ReaderPage,
    SetAnswers, TeachingView, Today, TrainingPage,
};
use angen_core::action::{
    AskedToJoin, AssentText, CheckPage, CheckRow, Established, EvidenceView, FormState, FoundPage,
    KeyState, OfficerRow,
};
use angen_core::domain::Bilingual;
use angen_core::procedure::ClockState;
use serde_json::{Value, json};

fn all<T>(rows: &[T], shown: impl Fn(&T) -> Value) -> Value {
    rows.iter().map(shown).collect()
}

fn page<T>(rows: &[T], next: Option<impl Into<Value>>, shown: impl Fn(&T) -> Value) -> Value {
    json!({"rows": all(rows, shown), "next": next.map(Into::into)})
}

fn id(id: impl ToString) -> Value {
    json!(id.to_string())
}

fn bilingual(words: &Bilingual) -> Value {
    json!({"zh": words.zh, "en": words.en})
}

pub(crate) fn established(done: &Established) -> Value {
    json!({
        "root": id(done.root), "administrator": id(done.administrator), "roster": id(done.roster),
        "library": id(done.library), "register": id(done.register),
    })
}

pub(crate) fn officers(rows: &[OfficerRow]) -> Value {
    all(rows, |row| {
        let key = match row.key {
            KeyState::Open => "open",
            KeyState::Locked => "locked",
            KeyState::Elsewhere => "elsewhere",
        };
        json!({
            "writer": id(row.writer), "name": row.name, "key": key,
            "is_certified": row.is_certified, "is_revoked": row.is_revoked,
        })
    })
}

pub(crate) fn found(found: &FoundPage) -> Value {
    page(&found.found, found.next, |row| {
        json!({
            "enterprise": id(row.enterprise), "name": row.name, "credit_code": row.credit_code,
        })
    })
}

pub(crate) fn check(row: &CheckRow) -> Value {
    let lists = all(&row.lists, |list| {
        json!({
            "checklist": id(list.checklist), "title": list.title, "answered": list.answered,
            "asked": list.asked,
        })
    });
    json!({
        "dossier": id(row.dossier), "check": id(row.check), "title": row.title,
        "enterprise": id(row.enterprise), "enterprise_name": row.enterprise_name,
        "lists": lists, "shown_by": row.shown_by, "record": row.record,
        "findings": row.findings, "evidence": row.evidence,
    })
}

pub(crate) fn checks(checks: &CheckPage) -> Value {
    page(&checks.rows, checks.next, check)
}

pub(crate) fn trainings(trainings: &TrainingPage) -> Value {
    page(&trainings.rows, trainings.next, |row| {
        json!({
            "training": id(row.training), "title": row.title, "trainer_name": row.trainer_name,
            "attended": all(&row.attended, |one| json!({"name": one.name})),
        })
    })
}

pub(crate) fn form_state(state: &FormState) -> Value {
    let missing = state.items.iter().filter(|item| item.is_missing).map(|item| &item.name);
    json!({
        "answered": state.answered, "asked": state.asked,
        "missing": missing.collect::<Vec<_>>(),
    })
}

pub(crate) fn answers(request: &SetAnswers) -> Value {
    json!({
        "dossier": id(request.dossier), "checklist": id(request.checklist),
        "answers": request.answers, "reason": request.reason,
    })
}

pub(crate) fn proposed(found: &RaiseFinding) -> Value {
    let elements = all(&found.elements, |told| json!({"code": told.code, "words": told.words}));
    json!({
        "dossier": id(found.dossier), "item": found.item, "title": found.title,
        "legal_basis": found.legal_basis, "major_hazard": found.major_hazard,
        "authority": found.authority, "penalty": found.penalty,
        "consequence": found.consequence.word(), "elements": elements,
    })
}

pub(crate) fn finding(view: &FindingView) -> Value {
    json!({"finding": id(view.finding), "title": view.title})
}

pub(crate) fn findings(findings: &FindingPage) -> Value {
    page(&findings.rows, findings.next, |row| {
        json!({
            "finding": id(row.finding), "title": row.title, "consequence": row.consequence.word(),
            "stage": row.stage, "evidence": row.evidence, "is_retracted": row.is_retracted,
            "raised_by": row.raised_by,
            "lacks": all(&row.lacks, |line| json!(line.code)),
        })
    })
}

pub(crate) fn captured(view: &EvidenceView) -> Value {
    json!({
        "evidence": id(view.evidence), "op": id(view.op), "sha256": id(view.sha256),
        "length": view.length, "same_original": all(&view.same_original, |op| id(op)),
    })
}

pub(crate) fn evidence(evidence: &EvidencePage) -> Value {
    page(&evidence.rows, evidence.next, |row| {
        json!({
            "evidence": id(row.evidence), "caption": row.caption, "mime": row.mime,
            "captured_by": row.captured_by, "is_here": row.is_here,
            "is_receipted": row.is_receipted, "is_retracted": row.is_retracted,
        })
    })
}

pub(crate) fn assent_text(asked: &AssentText) -> Value {
    let told = &asked.told;
    json!({
        "text": asked.text,
        "told": {
            "dossier": id(told.dossier), "title": told.title, "by": id(told.by),
            "by_name": told.by_name, "of": told.of.map(id), "count": told.count,
            "lines": all(&told.lines, bilingual), "asked_ms": told.asked_ms,
        },
    })
}

pub(crate) fn carried(view: &CarriedView) -> Value {
    json!({
        "op": id(view.op), "writer": id(view.writer), "name": view.name,
        "assented": view.assented,
    })
}

pub(crate) fn measures(measures: &MeasurePage) -> Value {
    page(&measures.rows, measures.next, |row| {
        json!({
            "subject": id(row.subject), "label": bilingual(&row.label), "words": row.words,
            "state": row.state.word(), "can_be_lifted": row.can_be_lifted,
        })
    })
}

pub(crate) fn preview(drawn: &DocumentPreview) -> Value {
    json!({
        "about": id(drawn.about), "document": drawn.document.map(id), "number": drawn.number,
        "is_provisional": drawn.is_provisional,
        "lacks": all(&drawn.lacks, |lack| json!(lack.place)), "lines": drawn.lines.len(),
    })
}

pub(crate) fn missing(missing: &[MissingView]) -> Value {
    all(missing, |line| json!({"code": line.code, "is_open": line.is_open}))
}

pub(crate) fn board(board: &BoardView) -> Value {
    let parts = all(&board.parts, |part| {
        json!({
            "letter": part.letter, "have": part.have, "need": part.need,
            "state": part.state.word(),
        })
    });
    json!({
        "profile": board.profile, "parts": parts, "is_field_complete": board.is_field_complete,
        "is_chain_complete": board.is_chain_complete, "is_honest_zero": board.is_honest_zero,
    })
}

pub(crate) fn clocks(clocks: &[ClockView]) -> Value {
    all(clocks, clock)
}

fn clock(clock: &ClockView) -> Value {
    let state = match clock.state {
        ClockState::Over => "over",
        ClockState::Red => "red",
        ClockState::Running => "running",
        ClockState::MetLate => "met_late",
        ClockState::Met => "met",
    };
    json!({
        "code": clock.code, "state": state, "end": clock.end, "days_left": clock.days_left,
        "hours_left": clock.hours_left,
    })
}

pub(crate) fn order(order: &OrderView) -> Value {
    let items = all(&order.items, |item| {
        json!({
            "finding": id(item.finding), "by": item.by,
            "outcome": item.outcome.map(|outcome| outcome.word()),
        })
    });
    json!({"order": id(order.order), "issued_on": order.issued_on, "items": items})
}

pub(crate) fn orders(orders: &[OrderView]) -> Value {
    all(orders, order)
}

pub(crate) fn conflicts(list: &ConflictList) -> Value {
    let claim = |claim: &ClaimView| {
        json!({
            "author": {"op": id(claim.author.op), "name": claim.author.name},
            "value": bilingual(&claim.value),
            "holds": claim.holds,
        })
    };
    json!({
        "conflicts": all(&list.conflicts, |one| {
            json!({"field": one.field, "values": all(&one.values, claim)})
        }),
        "collisions": all(&list.collisions, |one| json!({"subject": id(one.subject)})),
    })
}

pub(crate) fn asked(asked: &AskedToJoin) -> Value {
    json!({"writer": id(asked.writer), "text": asked.text, "asked": id(asked.asked)})
}

pub(crate) fn readers(readers: &ReaderPage) -> Value {
    page(
        &readers.rows,
        readers.next,
        |row| json!({"certificate": id(row.certificate), "writer": id(row.writer), "name": row.name}),
    )
}

pub(crate) fn teaching(told: &TeachingView) -> Value {
    let comments = all(&told.comments, |held| {
        json!({
            "comment": id(held.comment), "text": held.text, "is_answered": held.answer.is_some(),
        })
    });
    json!({
        "comments": comments, "skills": told.skills.len(), "kept_back": told.kept_back,
        "not_by_mentor": told.not_by_mentor,
    })
}

pub(crate) fn today(today: &Today) -> Value {
    let rows = all(&today.rows, |row| {
        let board = all(&row.board, |part| json!(part.state.word()));
        json!({
            "dossier": id(row.dossier), "kind": row.kind, "title": row.title, "place": row.place,
            "board": board, "missing": missing(&row.missing), "missing_count": row.missing_count,
            "conflicts": row.conflicts,
        })
    });
    let unsent = json!({
        "records": today.unsent.records, "files": today.unsent.files,
        "files_receipted": today.unsent.files_receipted,
    });
    json!({
        "rows": rows, "is_cut": today.is_cut, "clocks": clocks(&today.clocks),
        "conflicts": today.conflicts, "unsent": unsent,
    })
}
