//! What an op says, in one sentence.

use angen_core::domain::Role;
use angen_ledger::assent::SignedAssent;
use angen_ledger::hash::Hash;
use angen_ledger::id::{EntityId, WriterId};
use angen_ledger::op::Op;
use angen_ledger::value::Value;

use crate::book::Book;
use crate::follow_up::follow_up_words;
use crate::preserved::preserved_words;
use crate::show;
use crate::standing::{of_people, of_powers};

/// The sentence of an op, without who and when. What is withheld is said to be.
pub(crate) fn sentence(book: &Book<'_>, op: &Op) -> String {
    let say = book.say;
    let kind = op.header.kind.as_str();
    if !angen_core::domain::is_known_kind(kind) {
        let words =
            say.t("一种本程序不认识的记录", "an op of a kind that this program does not know");
        return format!("{words} ({kind})");
    }
    let verb = say.kind(kind);
    match object(book, op, kind) {
        Some(object) => format!("{verb}{}{object}", say.t("：", ": ")),
        None => format!("{verb}{}", say.t("（内容隐去）", " (content withheld)")),
    }
}

fn object(book: &Book<'_>, op: &Op, kind: &str) -> Option<String> {
    let say = book.say;
    let text = |field: &str| op.get(field).and_then(Value::as_text).map(str::to_owned);
    let entity = |field: &str| EntityId::from_slice(op.get(field)?.as_bytes()?);
    let named = |entity: EntityId| book.name_of(entity);
    let quote = |words: String| format!("{}{words}{}", say.t("“", "“"), say.t("”", "”"));
    match kind {
        "dossier.open/1" => {
            let class = say.code("type", &text("type")?);
            Some(text("title").map_or(class.clone(), |title| format!("{class}{}", quote(title))))
        }
        "officer.enrol/1" | "officer.list/1" => {
            let role = text("role").and_then(|word| Role::from_word(&word))?;
            let name = text("name").unwrap_or_else(|| say.t("姓名隐去", "name withheld").into());
            Some(format!("{name}{}{}", say.t("，", ", "), say.code("role", role.word())))
        }
        "enterprise.register/1" | "hub.certify/1" => text("name"),
        "enterprise.correct/1" => {
            let name = named(op.header.entity).or_else(|| text("name"));
            let reason =
                text("reason").map(|why| format!("{}{why}", say.t("，原因：", ", because: ")));
            Some(format!("{}{}", name?, reason.unwrap_or_default()))
        }
        "checklist.import/1" => {
            Some(format!("{} {}", quote(text("title")?), text("version").unwrap_or_default()))
        }
        "assistance.plan/1" => {
            let round = op.get("round")?.as_int()?;
            let round = match say.0 {
                angen_ledger::verify::Lang::Zh => format!("第 {round} 轮"),
                angen_ledger::verify::Lang::En => format!(", round {round}"),
            };
            Some(format!("{}{round}", text("township")?))
        }
        "note.write/1" => text("text"),
        "training.record/1" => text("title").map(quote),
        "attendance.confirm/1" => {
            let training = op.get("training").is_some();
            training.then(|| say.t("本人到场", "was there in person").to_owned())
        }
        "check.plan/1" => Some(book.enterprise(entity("enterprise")?)),
        "certificates.show/1" => {
            let to = text("shown_to").unwrap_or_else(|| say.t("姓名隐去", "name withheld").into());
            Some(format!("{}{to}", say.t("向 ", "to ")))
        }
        "answer.set/1" => answer(book, op),
        "finding.raise/1" => text("title").map(quote),
        "finding.correct/1" | "finding.retract/1" | "evidence.retract/1" => {
            let title = named(op.header.entity).map(quote);
            let reason = text("reason")?;
            Some(format!(
                "{}{}{reason}",
                title.unwrap_or_default(),
                say.t("，理由：", ", because: ")
            ))
        }
        "evidence.capture/1" => {
            let source = text("source").map(|source| say.code("source", &source));
            let source = source.map(|source| format!("{}{source}", say.t("，", ", ")));
            Some(format!("{}{}", quote(text("caption")?), source.unwrap_or_default()))
        }
        _ => of_people(book, op, kind)
            .or_else(|| of_powers(book, op, kind))
            .or_else(|| of_document(book, op, kind))
            .or_else(|| of_case(book, op, kind))
            .or_else(|| of_keeping(book, op, kind))
            .or_else(|| of_round(book, op, kind)),
    }
}

/// What an op of a round or of a teaching dossier says.
fn of_round(book: &Book<'_>, op: &Op, kind: &str) -> Option<String> {
    let say = book.say;
    let text = |field: &str| op.get(field).and_then(Value::as_text).map(str::to_owned);
    let named = |field: &str| Some(book.value(field, op.get(field)?));
    let colon = say.t("：", ": ");
    match kind {
        "round.open/1" => {
            let count = op.get("townships")?.as_array()?.len();
            let number = op.get("number")?.as_int()?;
            Some(match say.0 {
                angen_ledger::verify::Lang::Zh => format!("第 {number} 轮，{count} 个乡镇（街道）"),
                angen_ledger::verify::Lang::En => format!("round {number}, {count} townships"),
            })
        }
        "round.postpone/1" => {
            Some(format!("{} → {}{colon}{}", text("area")?, text("to_day")?, text("reason")?))
        }
        "round.close/1" => text("closed_on"),
        "comment.write/1" => Some(format!("{}{colon}{}", named("about")?, text("text")?)),
        "comment.answer/1" => {
            let reason = text("reason").map(|reason| format!("{colon}{reason}"));
            Some(format!("{}{}", named("answer")?, reason.unwrap_or_default()))
        }
        "skill.mark/1" => {
            Some(format!("{} {} {}", named("officer")?, named("skill")?, named("level")?))
        }
        "teaching.release/1" => {
            let count = op.get("items")?.as_array()?.len();
            Some(format!("{count}{}", say.t(" 条", " entries")))
        }
        _ => None,
    }
}

/// What an op says of a document or of numbers.
fn of_document(book: &Book<'_>, op: &Op, kind: &str) -> Option<String> {
    let say = book.say;
    let text = |field: &str| op.get(field).and_then(Value::as_text).map(str::to_owned);
    match kind {
        "document.issue/1" => {
            let form = say.code("document_form", &text("form")?);
            let number = text("number").or_else(|| text("provisional"));
            Some(format!("{form}{}", number.map(|number| format!(" {number}")).unwrap_or_default()))
        }
        "document.settle/1" => text("number"),
        "document.void/1" => {
            let number = text("void_number").map(|number| format!("{number}{}", say.t("，", ", ")));
            let why = say.t("原因：", "because: ");
            Some(format!("{}{why}{}", number.unwrap_or_default(), text("void_reason")?))
        }
        _ => {
            let number = |field| op.get(field).and_then(Value::as_int);
            let (year, first, last) = (number("year")?, number("first")?, number("last")?);
            let (region, department) = (text("region")?, text("department")?);
            let (kind, device) = (text("kind")?, text("device")?);
            let series = match say.0 {
                angen_ledger::verify::Lang::Zh => {
                    format!("（{region}）{department}{kind}〔{year}〕{first}–{last}号，设备 ")
                }
                angen_ledger::verify::Lang::En => {
                    format!("{region} {department} {kind} {year}, {first} to {last}, device ")
                }
            };
            Some(format!("{series}{device}"))
        }
    }
}

/// What a signature, or an op of a case, says.
fn of_case(book: &Book<'_>, op: &Op, kind: &str) -> Option<String> {
    let say = book.say;
    let text = |field: &str| op.get(field).and_then(Value::as_text).map(str::to_owned);
    match kind {
        "assent.give/1" => {
            let count = op.get("ops")?.as_array()?.len();
            Some(format!("{count}{}", say.t(" 条记录", " ops")))
        }
        "assent.carry/1" => {
            let count = op.get("carried")?.as_array()?.len();
            let signed = SignedAssent::read(op.get("statement")?.as_bytes()?).ok()?;
            let signer = book.who(signed.statement.writer);
            Some(format!("{signer}{}{count}{}", say.t("，", ", "), say.t(" 条记录", " ops")))
        }
        "case.propose/1" => {
            let practice = op.get("practice").is_some();
            let mark = if practice { say.t("〔演练〕", "[practice] ") } else { "" };
            text("cause").map(|cause| format!("{mark}{cause}"))
        }
        "case.guide/1" => op.get("guided_by").map(|visits| book.value("guided_by", visits)),
        "outcome.note/1" => {
            let step = say.code("step", &text("step")?);
            let yuan = op.get("amount_fen").and_then(Value::as_int).map(show::yuan);
            let yuan = yuan.map(|yuan| format!(" {yuan}{}", say.t(" 元", " yuan")));
            Some(format!("{step} {}{}", text("day")?, yuan.unwrap_or_default()))
        }
        "filing.decide/1" => {
            let decision = say.code("decision", &text("decision")?);
            let more = text("number").or_else(|| text("reason"));
            Some(format!("{decision}{}", more.map(|more| format!(" {more}")).unwrap_or_default()))
        }
        "interview.record/1" => {
            let person =
                text("person").unwrap_or_else(|| say.t("姓名隐去", "name withheld").into());
            let count = op.get("questions")?.as_array()?.len();
            Some(format!("{person}{}{count}{}", say.t("，", ", "), say.t(" 问", " questions")))
        }
        "record.sign/1" | "paper.sign/1" => {
            let outcome = say.code("outcome", &text("outcome")?);
            let signer = text("signer").or_else(|| text("reason"));
            let more = signer.map(|signer| format!("{}{signer}", say.t("，", ", ")));
            Some(format!("{outcome}{}", more.unwrap_or_default()))
        }
        "hash_list.make/1" | "evidence_index.make/1" => {
            let count = op.get("items")?.as_array()?.len();
            Some(format!("{count}{}", say.t(" 件", " pieces")))
        }
        "evidence.check_copy/1" => {
            let title = book.name_of(op.header.entity).unwrap_or_default();
            Some(format!("{title}{}{}", say.t("，原件在", ", original kept by "), text("keeper")?))
        }
        "investigation.conclude/1" => Some(say.code("opinion", &text("opinion")?)),
        _ => follow_up_words(book, op, kind).or_else(|| preserved_words(book, op, kind)),
    }
}

/// What an op says of how the dossier is kept: its end, and where it went.
fn of_keeping(book: &Book<'_>, op: &Op, kind: &str) -> Option<String> {
    let say = book.say;
    let text = |field: &str| op.get(field).and_then(Value::as_text).map(str::to_owned);
    let unknown = || say.t("未写明", "not said").to_owned();
    match kind {
        "custody.note/1" if op.get("failed").is_some() => {
            Some(say.t("未完成", "it came to nothing").to_owned())
        }
        "custody.note/1" => {
            let what = say.code("what", &text("what")?);
            let to = text("recipient").or_else(|| withheld_name(book, op, "recipient"));
            let (to, purpose) =
                (to.unwrap_or_else(unknown), text("purpose").unwrap_or_else(unknown));
            let (mark, for_what) = (say.t("，交给 ", ", to "), say.t("，用途：", ", for "));
            Some(format!("{what}{mark}{to}{for_what}{purpose}"))
        }
        "dossier.close/1" => {
            Some(format!("{}{}{}", text("closed_on")?, say.t("，", ", "), text("reason")?))
        }
        "retention.set/1" => {
            let class = say.code("class", &text("class")?);
            Some(format!("{class}{}{}", say.t("，依据：", ", by "), text("basis")?))
        }
        "wipe.order/1" => {
            let writers = op.get("writers")?.as_array()?.iter();
            let writers = writers.filter_map(|writer| WriterId::from_slice(writer.as_bytes()?));
            let names: Vec<String> = writers.map(|writer| book.who(writer)).collect();
            let (names, because) =
                (names.join(say.t("、", ", ")), say.t("，理由：", ", because: "));
            Some(format!("{names}{because}{}", text("reason")?))
        }
        "writer.revoke/1" | "ops.adopt/1" => {
            let writer = WriterId::from_slice(op.get("writer")?.as_bytes()?)?;
            let number = |name: &str| op.get(name).and_then(|value| value.as_int());
            let range = number("first").zip(number("last"));
            let range = range.map(|(first, last)| format!(" {first}–{last}")).unwrap_or_default();
            let (name, because) = (book.who(writer), say.t("，理由：", ", because: "));
            Some(format!("{name}{range}{because}{}", text("reason")?))
        }
        "hold.place/1" => text("reason"),
        "hold.lift/1" => text("lift_reason"),
        "erasure.request/1" => {
            let count = op.get("targets")?.as_array()?.len();
            let (records, because) =
                (say.t(" 条记录中的字段，", " ops, "), say.t("，理由：", ", because: "));
            Some(format!("{count}{records}{}{because}{}", text("law")?, text("reason")?))
        }
        "erasure.approve/1" => named_op(book, op, "approves"),
        "erasure.execute/1" => named_op(book, op, "executes"),
        "dossier.archive/1" => {
            let number = text("archive_no").map(|number| format!(" {number}"));
            Some(format!("{}{}", text("archived_on")?, number.unwrap_or_default()))
        }
        _ => None,
    }
}

/// The op that a field names, by its digest and who wrote it.
fn named_op(book: &Book<'_>, op: &Op, field: &str) -> Option<String> {
    let hash = Hash::from_slice(op.get(field)?.as_bytes()?)?;
    let who = book.op(&hash).map(|named| format!(" {}", book.who(named.header.writer)));
    Some(format!("{}{}", hash.short(), who.unwrap_or_default()))
}

/// What stands for a name that the op has and this reader does not see.
fn withheld_name(book: &Book<'_>, op: &Op, field: &str) -> Option<String> {
    let named = op.body.as_ref()?.fields().iter().any(|known| known.name == field);
    named.then(|| book.say.t("姓名隐去", "name withheld").to_owned())
}

/// The item as the officer read it, and the answer.
fn answer(book: &Book<'_>, op: &Op) -> Option<String> {
    let text = |field: &str| op.get(field).and_then(Value::as_text);
    let (item, value) = (text("item")?, text("value")?);
    let list = EntityId::from_slice(op.get("checklist")?.as_bytes()?)?;
    let words = book.item_text(list, item).map(|words| format!(" {words}"));
    let answer = book.answer_text(list, item, value);
    Some(format!("{item}{} → {answer}", words.unwrap_or_default()))
}
