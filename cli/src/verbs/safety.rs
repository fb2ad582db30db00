//! Room on the disk, what was under way after a kill, and emptying a device.

use angen_core::action::{
    LastOp, Recovery, Room, RoomState, WipeReport, keep_ballast, order_wipe, room as room_left,
    wipe as empty, wipe_report,
};
use angen_core::domain::china_time;
use angen_ledger::verify::Lang;
use serde_json::{Value, json};

use crate::args::Cli;
use crate::out::Answer;
use crate::session::{Outcome, Session};
use crate::verbs::record::op_answer;

/// Dossiers whose last op is told in words; `--json` tells them all.
const LAST_SHOWN_MAX: usize = 3;

/// `angen room`
pub(super) fn room(session: &Session) -> Outcome<Answer> {
    session.say(keep_ballast(&session.store, &session.ports))?;
    let room = session.say(room_left(&session.store, &session.ports))?;
    let (photos, minutes, free) = (room.photos, room.video_minutes, room.free_bytes);
    let text = match (room.state, session.lang) {
        (RoomState::Plenty, Lang::Zh) => format!("空间充足：约可拍 {photos} 张或录 {minutes} 分钟"),
        (RoomState::Plenty, Lang::En) => {
            format!("plenty: about {photos} photos or {minutes} minutes of video")
        }
        (RoomState::Tight, Lang::Zh) => {
            format!("空间紧张：约可拍 {photos} 张或录 {minutes} 分钟，请先腾出空间")
        }
        (RoomState::Tight, Lang::En) => {
            format!("tight: about {photos} photos or {minutes} minutes of video; make room first")
        }
        (RoomState::Full, Lang::Zh) => {
            format!("空间已满（剩 {free} 字节）：不能取证，文字记录和导出仍可进行")
        }
        (RoomState::Full, Lang::En) => {
            format!("full ({free} bytes): nothing can be captured; notes and exports still can")
        }
    };
    Ok(Answer::new(room_json(&room), text))
}

fn room_json(room: &Room) -> Value {
    json!({
        "free_bytes": room.free_bytes,
        "ballast_bytes": room.ballast_bytes,
        "capture_bytes_max": room.capture_bytes_max,
        "photos": room.photos,
        "video_minutes": room.video_minutes,
        "state": match room.state {
            RoomState::Plenty => "plenty",
            RoomState::Tight => "tight",
            RoomState::Full => "full",
        },
    })
}

/// What was under way, for people.
pub(super) fn recovery_words(recovery: &Recovery, lang: Lang) -> String {
    let mut lines = Vec::new();
    let mut tell = |count: usize, zh: String, en: String| {
        if count > 0 {
            lines.push(if lang == Lang::Zh { zh } else { en });
        }
    };
    let captures = recovery.captures.len();
    tell(
        captures,
        format!("! 有 {captures} 个取证没有完成，原件未动，请重新取证"),
        format!(
            "! {captures} captures were cut off; the originals are untouched: capture them again"
        ),
    );
    let arriving = recovery.arriving.len();
    tell(
        arriving,
        format!("{arriving} 个附件只收到一部分，会接着收"),
        format!("{arriving} blobs have come in part and go on from there"),
    );
    let damaged = recovery.damaged.len();
    tell(
        damaged,
        format!("! 有 {damaged} 个损坏的数据库文件被移开保存"),
        format!("! {damaged} files of damaged databases were set aside"),
    );
    tell(
        usize::from(recovery.owes_scrub),
        "! 删除后的残留还没有清除，请运行 angen erase scrub".to_owned(),
        "! an erasure is not scrubbed from the files yet: run angen erase scrub".to_owned(),
    );
    if recovery.is_quiet() {
        lines.push(match lang {
            Lang::Zh => "没有中断的工作".to_owned(),
            Lang::En => "nothing was under way".to_owned(),
        });
    }
    let shown = recovery.last.iter().take(LAST_SHOWN_MAX);
    lines.extend(shown.map(|last| last_line(last, lang)));
    lines.join("\n")
}

fn last_line(last: &LastOp, lang: Lang) -> String {
    let (time, title, kind) = (china_time(last.wall_ms), &last.title, &last.kind);
    match lang {
        Lang::Zh => format!("已保存到：{title} {time} {kind}"),
        Lang::En => format!("safe up to: {title} {time} {kind}"),
    }
}

/// What was under way, for programs.
pub(super) fn recovery_json(recovery: &Recovery) -> Value {
    let captures = recovery.captures.iter().map(|leftover| &leftover.path);
    let arriving = recovery.arriving.iter().map(|arriving| {
        json!({
            "address": arriving.blob.address.to_string(),
            "length": arriving.blob.length,
            "held": arriving.held_bytes,
        })
    });
    let last = recovery.last.iter().map(|last| {
        json!({
            "dossier": last.dossier.to_string(),
            "title": last.title,
            "op": last.op.to_string(),
            "kind": last.kind.as_str(),
            "writer": last.writer.to_string(),
            "wall_ms": last.wall_ms,
            "pending": last.pending,
        })
    });
    json!({
        "captures": captures.collect::<Vec<_>>(),
        "arriving": arriving.collect::<Vec<_>>(),
        "set_aside": recovery.set_aside,
        "damaged": recovery.damaged,
        "owes_scrub": recovery.owes_scrub,
        "last": last.collect::<Vec<_>>(),
    })
}

/// `angen wipe`
pub(super) fn wipe(
    session: &Session,
    cli: &Cli,
    order: &[String],
    reason: Option<&str>,
    confirm: bool,
) -> Outcome<Answer> {
    if !order.is_empty() {
        let writers = order.iter().map(|name| session.writer(name)).collect::<Outcome<Vec<_>>>()?;
        let desk = session.desk(cli)?;
        let op = session.say(order_wipe(&desk, &writers, reason.unwrap_or_default()))?;
        return Ok(op_answer(session, op, "已下达清除指令", "the wipe is ordered"));
    }
    let writers = session.keys.writers();
    let report = match confirm {
        true => empty(&session.store, &session.ports, &writers, true),
        false => wipe_report(&session.store, &writers),
    };
    let report = session.say(report)?;
    Ok(Answer::new(wipe_json(&report), wipe_words(&report, session.lang)))
}

/// What a wipe would lose, or has lost.
pub(crate) fn wipe_words(report: &WipeReport, lang: Lang) -> String {
    let (keys, unsent, files) = (report.writers.len(), report.unsent_ops(), report.unsent_files);
    match (report.emptied, lang) {
        (true, Lang::Zh) => format!(
            "本机已清除：{keys} 个密钥和数据库；其中 {unsent} 条记录、{files} 个附件未见于别处，已丢失"
        ),
        (true, Lang::En) => format!(
            "emptied: {keys} keys and the database; {unsent} ops and {files} files were seen nowhere \
             else and are lost"
        ),
        (false, Lang::Zh) => format!(
            "本机有 {keys} 个密钥；{unsent} 条记录、{files} 个附件未见于别处，请先上传。要清除本机，\
             请加 --confirm"
        ),
        (false, Lang::En) => format!(
            "{keys} keys here; {unsent} ops and {files} files were seen nowhere else: push them \
             first. --confirm empties this device"
        ),
    }
}

/// The same for programs.
pub(crate) fn wipe_json(report: &WipeReport) -> Value {
    let unsent = report
        .unsent
        .iter()
        .map(|(dossier, ops)| json!({"dossier": dossier.to_string(), "ops": ops}));
    json!({
        "writers": report.writers.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "unsent_ops": report.unsent_ops(),
        "unsent": unsent.collect::<Vec<_>>(),
        "unsent_files": report.unsent_files,
        "emptied": report.emptied,
    })
}
