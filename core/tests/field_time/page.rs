//! The page docs/field-time.md, made from what the hand did.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::hand::{Count, PIN_TAPS, Stage};
use crate::model::{
    BARE, GLOVED, PHOTO_HANDLING_MS, TARGET_MINUTES, TARGET_READ_MS, operators, read_ms, spoken_ms,
};
use crate::story::{ENTERPRISE, NOT_APPLICABLE, PHONE, POST};
use crate::visit::{Asked, Visit};

/// The command that compares the page; with `UPDATE=1` before it, it writes it.
pub(crate) const COMMAND: &str = "cargo test -p angen-core --test field_time";

/// The page.
pub(crate) fn page(visit: &Visit) -> String {
    let parts = [head, parts, outside, typed, held, lists, shorter, model];
    let parts: Vec<String> = parts.iter().map(|part| part(visit)).collect();
    parts.join("\n")
}

fn head(visit: &Visit) -> String {
    let all = visit.hand.count(Stage::is_of_the_record);
    let (gloved, bare) = (GLOVED.milliseconds(&all), BARE.milliseconds(&all));
    let findings = visit.findings.len();
    let items = visit.items().len();
    format!(
        "# The officer's own time

From the gate to the printed, signed record with its correction order, one scripted check of {items} items and {findings} findings \
         takes {} minutes of taps and typing with gloves and {} with bare hands, by a model; the target is at most {TARGET_MINUTES}.

This page is written by a test: `UPDATE=1 {COMMAND}` writes it anew, and a plain run fails when it differs.
The test goes through the verbs of the core in a pretend township.
Every value that a verb is given passes through a counter, so a verb that asks for more changes this page.
The times follow from what was counted and from published figures (below): they are a model, **not a measurement**, and nobody with gloves has been timed yet.

The check: {ENTERPRISE}, a workshop with a grinding line.
{} items are 符合, {} 不涉及, 1 未查 with its reason, {findings} 不符合.
Two of the findings are ordered (one of them with a machine that stops at once), one is corrected on the spot.
",
        minutes(gloved),
        minutes(bare),
        items - findings - NOT_APPLICABLE.len() - 1,
        NOT_APPLICABLE.len(),
    )
}

fn parts(visit: &Visit) -> String {
    let mut page = "## Part by part

A step is one value or one button, and costs a moment of thought.
Keys are digits and Latin letters; each turn to another part costs a tap.

| Part | Steps | Taps | Keys | Characters | Photos | Minutes, gloved | Minutes, bare |
|---|---|---|---|---|---|---|---|
"
    .to_owned();
    let stages = visit.hand.stages();
    for (stage, count) in stages.filter(|(stage, _)| stage.is_of_the_record()) {
        page.push_str(&row(stage.title(), count));
    }
    let all = visit.hand.count(Stage::is_of_the_record);
    page.push_str(&row("**From the gate to the last paper**", &all));
    let (gloved, target) = (GLOVED.milliseconds(&all), TARGET_MINUTES * 60_000);
    let _ = write!(
        page,
        "
Target: {TARGET_MINUTES} minutes.
The {} that are left are for what the script does not do: a slip, a change of mind, a longer sentence.
Its sentences are short; {} times as many characters would still fit.

Before the gate, and not among them:

| Part | Steps | Taps | Keys | Characters | Photos | Minutes, gloved | Minutes, bare |
|---|---|---|---|---|---|---|---|
{}",
        minutes(target.saturating_sub(gloved)),
        1 + target.saturating_sub(gloved) / (all.characters * GLOVED.character_ms),
        row(Stage::NightBefore.title(), &visit.hand.count(|stage| stage == Stage::NightBefore)),
    );
    page
}

fn row(title: &str, count: &Count) -> String {
    format!(
        "| {title} | {} | {} | {} | {} | {} | {} | {} |\n",
        count.steps,
        count.taps,
        count.keys,
        count.characters,
        count.photos,
        minutes(GLOVED.milliseconds(count)),
        minutes(BARE.milliseconds(count)),
    )
}

fn outside(visit: &Visit) -> String {
    let photos = visit.hand.count(Stage::is_of_the_record).photos;
    let read = visit.characters_to_read;
    format!(
        "## Beside taps and typing

- {photos} photos, framed and held still: {} minutes, by an assumption of {} seconds each.
- The texts of the items, {read} characters: {} minutes to read.
- Walking, looking, talking, the printer, the pens of the signers: not modelled.
",
        minutes(photos * PHOTO_HANDLING_MS),
        PHOTO_HANDLING_MS / 1_000,
        minutes(read_ms(read)),
    )
}

fn typed(visit: &Visit) -> String {
    let mut page = "## What is typed

Nothing else is, and no text twice: the test fails when a text is typed for a second field, stands inside of another one, or is known already.

| Field | Words |
|---|---|
"
    .to_owned();
    for typed in visit.hand.typed().iter().filter(|typed| typed.stage.is_of_the_record()) {
        let _ = writeln!(page, "| {} | {} |", typed.field, typed.words);
    }
    let before = visit.hand.typed().iter().filter(|typed| !typed.stage.is_of_the_record());
    let before: Vec<_> = before.map(|typed| format!("{} {}", typed.field, typed.words)).collect();
    let _ = writeln!(page, "\nThe night before: {}.", before.join("; "));
    page
}

fn held(visit: &Visit) -> String {
    let mut fields: BTreeMap<(&str, &str), (u64, Count)> = BTreeMap::new();
    let mut all = Count::default();
    for held in visit.hand.held() {
        let line = fields.entry((held.field, held.from)).or_default();
        line.0 += 1;
        line.1.add(&Count::of(&held.words));
        all.add(&Count::of(&held.words));
    }
    let values: u64 = fields.values().map(|(times, _)| times).sum();
    let characters = all.keys + all.characters;
    let mut page = format!(
        "## What is held and not typed

{values} values go into the verbs without a touch: {characters} characters that nobody types, which would take {} minutes with gloves; a choice or a link has none.
Title, legal basis, authority and penalty code of a finding come from its item (`propose_finding`), the note of the item and the captions of the photos from the words of the finding (`propose_note`, `propose_caption`).
What is the same on every paper of a township comes from its last one (`propose_given`): the first order of a township types court and reviewing government.

| Field | From | Times | Characters |
|---|---|---|---|
",
        minutes(GLOVED.milliseconds(&all)),
    );
    for ((field, from), (times, count)) in fields {
        let characters = count.keys + count.characters;
        let _ = writeln!(page, "| {field} | {from} | {times} | {characters} |");
    }
    page
}

fn lists(visit: &Visit) -> String {
    let reach = (0..).take_while(|n| read_ms(*n) <= TARGET_READ_MS).last().unwrap_or_default();
    let mut page = format!(
        "## What is missing, three times

At most three lines; the target is to read them in {} seconds, which is {reach} characters at the published speed.
",
        TARGET_READ_MS / 1_000,
    );
    for asked in &visit.asked {
        page.push_str(&list(asked));
    }
    let longest = visit.asked.iter().map(|asked| read_of(&asked.zh)).max().unwrap_or_default();
    let headings: Vec<String> =
        visit.asked.iter().filter_map(|asked| asked.heading.clone()).collect();
    let heading = headings.iter().map(|line| read_of(std::slice::from_ref(line))).max();
    if longest > reach {
        let _ = write!(
            page,
            "
**The target is missed while something is open**: whoever reads a full list to its end needs longer.
It is met at the end, when nothing is open and there is no line.
A heading of the count and the label of the first thing would be read in {} seconds ({}); no screen shows it yet.
",
            seconds(heading.unwrap_or_default()),
            headings.join("; "),
        );
    } else {
        page.push_str("\nThe target is met each time.\n");
    }
    page
}

fn list(asked: &Asked) -> String {
    let characters = read_of(&asked.zh);
    let mut page = format!("\n**{}** ", capital(asked.when));
    if characters == 0 {
        page.push_str("(nothing is open: no line):\n\n");
    } else {
        let _ = write!(page, "({characters} characters, {} seconds):\n\n", seconds(characters));
    }
    for (zh, en) in asked.zh.iter().zip(&asked.en) {
        let _ = writeln!(page, "- {zh} ({en})");
    }
    for zh in &asked.beside {
        let _ = writeln!(page, "- beside it, in nobody's way: {zh}");
    }
    page
}

/// Characters that are read: commas and brackets are not.
fn read_of(lines: &[String]) -> u64 {
    let read = lines.iter().flat_map(|line| line.chars()).filter(|c| c.is_alphanumeric());
    read.count() as u64
}

/// How long it takes to read so many characters, rounded up.
fn seconds(characters: u64) -> String {
    let tenths = read_ms(characters).div_ceil(100);
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn shorter(visit: &Visit) -> String {
    let all = visit.hand.count(Stage::is_of_the_record);
    let dictated = all.characters * GLOVED.character_ms - spoken_ms(all.characters);
    let bare = all.characters * (GLOVED.character_ms - BARE.character_ms);
    let fingers = all.pins * PIN_TAPS * GLOVED.tap_ms;
    // Post and telephone of whoever signs, with the taps into the two fields.
    let mut unit = Count { steps: 2, taps: 2, ..Count::default() };
    [POST, PHONE].iter().for_each(|words| unit.add(&Count::of(words)));
    let mut ways = [
        (
            dictated,
            "Words dictated instead of typed, where it is quiet enough; correcting what was heard wrong would cost a part of it",
        ),
        (bare, "The glove off for the words, and on again for the taps"),
        (fingers, "A badge held to the phone instead of a PIN; a fingerprint needs a bare hand"),
        (
            GLOVED.milliseconds(&unit),
            "Post and telephone of the person in charge held in the register; today each check types them anew",
        ),
    ];
    ways.sort_by_key(|(saved, _)| std::cmp::Reverse(*saved));
    let mut page = "## What would shorten it most

| Minutes saved, gloved | How |
|---|---|
"
    .to_owned();
    for (saved, how) in ways {
        let _ = writeln!(page, "| {} | {how} |", minutes(saved));
    }
    page.push_str("\nOne tap that answers all other items with 符合 would save a minute too; it would record looks that nobody took, so there is none.\n");
    page
}

fn model(_: &Visit) -> String {
    let mut page = "## The model

The keystroke-level model: the time of a task is the sum of its operators.

| Operator | Milliseconds | From |
|---|---|---|
"
    .to_owned();
    for (what, ms, from) in operators() {
        let _ = writeln!(page, "| {what} | {ms} | {from} |");
    }
    page.push_str("
The study of gloves used targets of 3 to 10 mm; larger ones miss less, so the gloved figures are on the safe side for buttons.
The phone answers at once in the model.
A photo is 3 taps, a PIN 6 with a tap to switch, a list 2, a day or hour 4: assumptions on a screen that is not drawn yet.
");
    page
}

fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// Minutes with one decimal place, rounded.
fn minutes(milliseconds: u64) -> String {
    let tenths = (milliseconds + 3_000) / 6_000;
    format!("{}.{}", tenths / 10, tenths % 10)
}
