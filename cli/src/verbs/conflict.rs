//! What is undecided, and deciding it.

use angen_core::action::{
    Author, CollisionView, ConflictList, ConflictView, DecideConflict, conflicts, decide_conflict,
};
use angen_core::domain::{china_time, is_personal};
use angen_core::procedure::{Claim, Move};
use angen_ledger::hash::Hash;
use angen_ledger::id::DossierId;
use angen_ledger::verify::{Lang, OpTime};
use serde_json::{Value, json};

use crate::args::{Cli, ConflictVerb, DecideConflict as Typed};
use crate::out::Answer;
use crate::session::{Outcome, Session};

/// Digits of a hash that are enough to name an op of the list.
const DIGITS_MIN: usize = 8;

/// `angen conflicts`
pub(super) fn list(session: &Session, dossier: Option<&str>) -> Outcome<Answer> {
    let dossier = dossier.map(|text| session.dossier(text)).transpose()?;
    let list = session.say(conflicts(&session.store, dossier))?;
    let lang = session.lang;
    let of_fields = list.conflicts.iter().map(|view| conflict_json(view, lang));
    let moves = list.collisions.iter().map(|view| collision_json(view, lang));
    let json = json!({
        "conflicts": of_fields.collect::<Vec<_>>(),
        "collisions": moves.collect::<Vec<_>>(),
    });
    Ok(Answer::new(json, words(&list, lang)))
}

/// `angen conflict …`
pub(super) fn conflict(session: &Session, cli: &Cli, verb: &ConflictVerb) -> Outcome<Answer> {
    match verb {
        ConflictVerb::Decide(typed) => decide(session, cli, typed),
    }
}

fn decide(session: &Session, cli: &Cli, typed: &Typed) -> Outcome<Answer> {
    let dossier = session.dossier(&typed.dossier)?;
    let before = session.say(conflicts(&session.store, Some(dossier)))?;
    let op = op_of(session, &before, &typed.op)?;
    let request = DecideConflict { dossier, op, reason: typed.reason.clone() };
    let decided = session.say(decide_conflict(&session.desk(cli)?, &request))?;
    let after = session.say(conflicts(&session.store, Some(dossier)))?;
    let left = after.conflicts.len() + after.collisions.len();
    let text = match session.lang {
        Lang::Zh => format!("已裁定（{}）；本卷宗还有 {left} 项待裁定", decided.short()),
        Lang::En => format!("decided ({}); {left} are left in this dossier", decided.short()),
    };
    let json = json!({"op": decided.to_string(), "chosen": op.to_string(), "left": left});
    Ok(Answer::new(json, text))
}

/// The one op of the list that is meant.
fn op_of(session: &Session, list: &ConflictList, typed: &str) -> Outcome<Hash> {
    let typed = typed.to_lowercase();
    let values = list.conflicts.iter().flat_map(|view| &view.authors);
    let moves = list.collisions.iter().flat_map(|view| [&view.holds, &view.yields]);
    let mut ops: Vec<Hash> = values.chain(moves).map(|author| author.op).collect();
    ops.sort_unstable();
    ops.dedup();
    ops.retain(|op| typed.len() >= DIGITS_MIN && op.to_string().starts_with(&typed));
    match ops[..] {
        [op] => Ok(op),
        _ => Err(session.wrong(
            "OP",
            "待裁定的冲突里没有（或不止一条）这样的记录，请用 angen conflicts 核对，至少写 8 位",
            "no one op in an undecided conflict: see angen conflicts, and give 8 digits or more",
        )),
    }
}

fn words(list: &ConflictList, lang: Lang) -> String {
    let (fields, moves) = (list.conflicts.len(), list.collisions.len());
    if fields + moves == 0 {
        return match lang {
            Lang::Zh => "没有待裁定的冲突".to_owned(),
            Lang::En => "no conflict is undecided".to_owned(),
        };
    }
    let mut lines = vec![match lang {
        Lang::Zh => format!(
            "待裁定：内容冲突 {fields} 项，流转冲突 {moves} 项。＊暂按此计；\
             用 angen conflict decide 卷宗 记录 --reason 理由 裁定"
        ),
        Lang::En => format!(
            "undecided: {fields} fields, {moves} transitions. * holds meanwhile; \
             decide with angen conflict decide DOSSIER OP --reason WHY"
        ),
    }];
    list.conflicts.iter().for_each(|view| conflict_words(view, lang, &mut lines));
    list.collisions.iter().for_each(|view| collision_words(view, lang, &mut lines));
    lines.join("\n")
}

fn conflict_words(view: &ConflictView, lang: Lang, lines: &mut Vec<String>) {
    let conflict = &view.conflict;
    let field = angen_page::field_words(&conflict.field, lang);
    lines.push(head(conflict.dossier, &conflict.title, &field));
    for (claim, author) in conflict.values.iter().zip(&view.authors) {
        let mark = if conflict.holds == Some(author.op) { "＊" } else { "　" };
        let value = value_words(view, claim, lang);
        let beside = match (claim.may_decide, lang) {
            (true, _) => "",
            (false, Lang::Zh) => "（此人无权裁定，仅列出）",
            (false, Lang::En) => " (may not decide here, shown only)",
        };
        lines.push(format!("  {mark}{value}{beside}　{}", author_words(author, lang)));
    }
    lines.push(match (conflict.rule, lang) {
        (Some(rule), Lang::Zh) => format!("    理由：{}", rule.zh),
        (Some(rule), Lang::En) => format!("    because: {}", rule.en),
        (None, Lang::Zh) => "    这一项不分轻重，先列其一".to_owned(),
        (None, Lang::En) => "    no value is worse here; one is shown first".to_owned(),
    });
}

fn collision_words(view: &CollisionView, lang: Lang, lines: &mut Vec<String>) {
    let collision = &view.collision;
    let what = if lang == Lang::Zh { "流转冲突" } else { "collided" };
    lines.push(head(collision.dossier, &collision.title, what));
    let one = |mark: &str, moved: &Move, author: &Author| {
        let kind = move_words(moved, lang);
        format!("  {mark}{kind}　{}", author_words(author, lang))
    };
    lines.push(one("＊", &collision.holds, &view.holds));
    lines.push(one("　", &collision.yields, &view.yields));
}

fn head(dossier: DossierId, title: &str, what: &str) -> String {
    let between = if title.is_empty() { "" } else { " · " };
    format!("{dossier}\t{title}{between}{what}")
}

fn move_words(moved: &Move, lang: Lang) -> String {
    match lang {
        Lang::Zh => moved.kind.term().to_owned(),
        Lang::En => moved.kind.word().replace('_', " "),
    }
}

/// Who, what, on which device, between which moments, and the op.
fn author_words(author: &Author, lang: Lang) -> String {
    let name = author.name.clone().unwrap_or_else(|| author.writer.to_string());
    let post = post_words(author, lang);
    let time = OpTime {
        op: author.op,
        claimed_ms: author.claimed_ms,
        not_before_ms: author.not_before_ms,
        not_after_ms: author.not_after_ms,
    };
    let time = time.words(lang, china_time);
    let kind = angen_page::kind_words(&author.kind, lang);
    let because = author.because.as_ref().map(|because| match lang {
        Lang::Zh => format!("；裁定理由：{because}"),
        Lang::En => format!("; decided because: {because}"),
    });
    let (because, op) = (because.unwrap_or_default(), author.op.short());
    let device = &author.writer.to_string()[..8];
    match lang {
        Lang::Zh => format!("{name}（{post}，设备 {device}）{kind}；{time}{because} [{op}]"),
        Lang::En => format!("{name} ({post}, device {device}) {kind}; {time}{because} [{op}]"),
    }
}

/// The post on the roster, or else the role, or that it is not on the roster.
fn post_words(author: &Author, lang: Lang) -> String {
    let post = author.post.map(|post| ("post", post.word()));
    let told = post.or(author.role.map(|role| ("role", role.word())));
    match (told, lang) {
        (Some((field, word)), _) => angen_page::value_words(field, &word.into(), lang),
        (None, Lang::Zh) => "不在名册".to_owned(),
        (None, Lang::En) => "not on the roster".to_owned(),
    }
}

fn value_words(view: &ConflictView, claim: &Claim, lang: Lang) -> String {
    let conflict = &view.conflict;
    match (&claim.head.value, lang) {
        (Some(_), _) if is_personal(&conflict.noun, &conflict.field) => match lang {
            Lang::Zh => "（个人信息，用 angen look 查看）".to_owned(),
            Lang::En => "(personal data: see angen look)".to_owned(),
        },
        (Some(value), _) => angen_page::value_words(&conflict.field, value, lang),
        (None, Lang::Zh) => "（隐去）".to_owned(),
        (None, Lang::En) => "(withheld)".to_owned(),
    }
}

fn conflict_json(view: &ConflictView, lang: Lang) -> Value {
    let conflict = &view.conflict;
    let values = conflict.values.iter().zip(&view.authors).map(|(claim, author)| {
        let mut json = author_json(author);
        json["value"] = value_words(view, claim, lang).into();
        json["holds"] = (conflict.holds == Some(author.op)).into();
        json["may_decide"] = claim.may_decide.into();
        json
    });
    json!({
        "dossier": conflict.dossier.to_string(),
        "entity": conflict.entity.to_string(),
        "noun": conflict.noun,
        "title": conflict.title,
        "field": conflict.field,
        "because": conflict.rule.map(|rule| if lang == Lang::Zh { rule.zh } else { rule.en }),
        "values": values.collect::<Vec<_>>(),
    })
}

fn collision_json(view: &CollisionView, lang: Lang) -> Value {
    let one = |moved: &Move, author: &Author| {
        let mut json = author_json(author);
        json["move"] = moved.kind.word().into();
        json["words"] = move_words(moved, lang).into();
        json["entity"] = moved.entity.to_string().into();
        json
    };
    let collision = &view.collision;
    json!({
        "dossier": collision.dossier.to_string(),
        "subject": collision.subject.to_string(),
        "title": collision.title,
        "holds": one(&collision.holds, &view.holds),
        "yields": one(&collision.yields, &view.yields),
    })
}

fn author_json(author: &Author) -> Value {
    json!({
        "op": author.op.to_string(),
        "kind": author.kind,
        "writer": author.writer.to_string(),
        "name": author.name,
        "organisation": author.organisation,
        "role": author.role.map(|role| role.word()),
        "post": author.post.map(|post| post.word()),
        "claimed_ms": author.claimed_ms,
        "not_before_ms": author.not_before_ms,
        "not_after_ms": author.not_after_ms,
        "decided_because": author.because,
    })
}
