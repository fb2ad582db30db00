//! `angen hub backup`, `restore` and `fsck`: what keeps a hub from being lost; and `retire-root`.

use std::path::Path;

use angen_core::ports::Clock as _;
use angen_hub::{Checked, check, restore as restore_hub};
use angen_ledger::verify::Lang;
use serde_json::json;

use crate::host::SystemClock;
use crate::out::{Answer, Failure, failure};
use crate::session::Outcome;
use crate::verbs::stranger::parse_root;
use crate::verbs::upkeep::fsck_answer;

/// `angen hub backup`
pub(super) fn backup(data: &Path, out: &Path, lang: Lang) -> Outcome<Answer> {
    let done = angen_hub::backup(data, out).map_err(|why| failure(&why, lang))?;
    let (blobs, new, ops) = (done.blobs, done.new_blobs, done.ops);
    let text = match lang {
        Lang::Zh => format!(
            "已备份到 {}：{ops} 条记录，{blobs} 个附件（新增 {new} 个）；平台密钥和日志水位不在其中",
            out.display()
        ),
        Lang::En => format!(
            "backed up to {}: {ops} ops, {blobs} blobs ({new} new); without the hub's key and mark",
            out.display()
        ),
    };
    let json = json!({
        "path": out,
        "origin": done.origin,
        "entries": done.entries,
        "root": done.root.to_string(),
        "ops": ops,
        "blobs": blobs,
        "new_blobs": new,
        "linked_blobs": done.linked_blobs,
    });
    Ok(Answer::new(json, text))
}

/// `angen hub restore`
pub(super) fn restore(from: &Path, data: &Path, lang: Lang) -> Outcome<Answer> {
    let done = restore_hub(from, data).map_err(|why| Failure::new("hub", why.say(lang)))?;
    let (blobs, ops) = (done.blobs, done.ops);
    let mut text = match lang {
        Lang::Zh => format!("已恢复到 {}：{ops} 条记录，{blobs} 个附件", data.display()),
        Lang::En => format!("restored into {}: {ops} ops, {blobs} blobs", data.display()),
    };
    if let Some(log) = &done.origin {
        text.push_str(&match lang {
            Lang::Zh => {
                format!("\n日志 {log} 到此为止：请为下一个纪元签发证书，再用 --new-epoch 启动")
            }
            Lang::En => format!(
                "\nthe log {log} ends here: have the hub certified for the next epoch, and start \
                 it with --new-epoch"
            ),
        });
    }
    let json = json!({
        "path": data,
        "origin": done.origin,
        "entries": done.entries,
        "ops": ops,
        "blobs": blobs,
    });
    Ok(Answer::new(json, text))
}

/// `angen hub fsck`: exits 1 when something is wrong.
pub(super) fn fsck(data: &Path, lang: Lang) -> Outcome<Answer> {
    let Checked { report, awaited_blobs, entries } =
        check(data).map_err(|why| failure(&why, lang))?;
    let beside = match lang {
        Lang::Zh => format!("{entries} 条日志，{awaited_blobs} 个附件尚未传来"),
        Lang::En => {
            format!("{entries} entries of the log, {awaited_blobs} blobs have not come yet")
        }
    };
    let more = json!({"awaited_blobs": awaited_blobs, "entries": entries});
    fsck_answer(&report, more, &beside, lang)
}

/// `angen hub retire-root`
pub(super) fn retire(data: &Path, root: &str, new: &str, lang: Lang) -> Outcome<Answer> {
    let parse = |text: &str| match parse_root(Some(text), lang)? {
        Some(root) => Ok(root),
        None => Err(Failure::new("root", text.to_owned())),
    };
    let (old, new) = (parse(root)?, parse(new)?);
    let now_ms = SystemClock::new().now().wall_ms;
    let under = angen_hub::retire_root(data, old, new, now_ms);
    let under = under.map_err(|why| Failure::new("hub", why.say(lang)))?;
    let text = match lang {
        Lang::Zh => format!(
            "根证书 {old} 已停用，由 {new} 接替：其下 {under} 张证书只能上传已有记录，不再受理新证书"
        ),
        Lang::En => format!(
            "the root {old} is out of use and {new} takes its place: {under} certificates under it \
             hand over what they have, and no new one is taken"
        ),
    };
    let json = json!({
        "retired": old.to_string(), "root": new.to_string(), "certificates": under,
    });
    Ok(Answer::new(json, text))
}
