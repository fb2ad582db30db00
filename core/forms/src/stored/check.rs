//! What the importer asks of cells, asked of a stored form: it may have been altered.

use crate::form::{Choice, Item, Kind, Spec, Texts, WORST_ORDER_DEFAULT};
use crate::import::unknown_marks;
use crate::limits::{CELL_CHARS_MAX, HEADER_CHARS_MAX, LABEL_CHARS_MAX, ROWS_MAX};
use crate::name::{check_choice_name, check_identifier};
use crate::problem::{Code, Fault, Place, Problems};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Adds what a workbook could not have said. Item names, groups and expressions are checked where
/// they are compiled.
pub(super) fn check(spec: &Spec, problems: &mut Problems) {
    let mut report = |item: Option<&str>, checked: Result<(), Fault>| {
        if let Err(fault) = checked {
            let place = Place { item: item.map(str::to_owned), ..Place::default() };
            problems.push(fault.code, place, fault.zh, fault.en);
        }
    };
    for text in [&spec.id, &spec.version] {
        report(None, check_identifier(text));
    }
    report(None, fits(&spec.title, CELL_CHARS_MAX));
    report(None, check_marks(&spec.marks));
    report(None, check_worst_order(spec));
    let choices = spec.lists.values().map(Vec::len).sum();
    for rows in [spec.items.len(), choices, spec.languages.len()] {
        report(None, check_rows(rows));
    }
    for (list, choices) in &spec.lists {
        report(None, check_choice_name(list));
        let mut names = HashSet::new();
        for choice in choices {
            let checked = check_choice(choice, names.insert(choice.name.as_str()));
            report(None, checked);
        }
    }
    for item in &spec.items {
        report(Some(&item.name), check_item(item));
    }
}

fn check_item(item: &Item) -> Result<(), Fault> {
    for texts in [&item.label, &item.hint, &item.constraint_message] {
        check_texts(texts)?;
    }
    if item.label.is_empty() && item.kind != Kind::Group {
        return Err(wrong("没有 label", "there is no label"));
    }
    if let Some((_, fault)) = unknown_marks(item).into_iter().next() {
        return Err(fault);
    }
    if !item.kind.is_question() && (item.required.is_some() || item.constraint.is_some()) {
        return Err(wrong(
            "说明和组不作答，不能有 required 和 constraint",
            "notes and groups take no answer, so they have no required and no constraint",
        ));
    }
    fits(item.appearance.as_deref().unwrap_or_default(), CELL_CHARS_MAX)?;
    check_marks(&item.marks)
}

fn check_choice(choice: &Choice, first: bool) -> Result<(), Fault> {
    check_choice_name(&choice.name)?;
    if !first {
        let name = &choice.name;
        return Err(Fault::new(
            Code::DuplicateName,
            format!("选项“{name}”重复"),
            format!("the choice {name:?} is twice in its list"),
        ));
    }
    if choice.label.is_empty() {
        let name = &choice.name;
        return Err(wrong(
            &format!("选项“{name}”没有 label"),
            &format!("the choice {name:?} has no label"),
        ));
    }
    check_texts(&choice.label)?;
    check_marks(&choice.marks)
}

/// Each name once, and each the name of a choice, unless nobody has set an order.
fn check_worst_order(spec: &Spec) -> Result<(), Fault> {
    if spec.worst_order.iter().eq(WORST_ORDER_DEFAULT.iter()) || spec.lists.is_empty() {
        return Ok(());
    }
    let choices = spec.lists.values().flatten();
    let names: HashSet<&str> = choices.map(|choice| choice.name.as_str()).collect();
    let mut seen = BTreeSet::new();
    for name in &spec.worst_order {
        if !names.contains(name.as_str()) || !seen.insert(name) {
            return Err(wrong(
                &format!("最不利顺序中的“{name}”重复，或不是选项"),
                &format!("{name:?} is twice in the worst order, or no choice"),
            ));
        }
    }
    Ok(())
}

fn check_texts(texts: &Texts) -> Result<(), Fault> {
    for (language, text) in &texts.0 {
        fits(language, HEADER_CHARS_MAX)?;
        fits(text, LABEL_CHARS_MAX)?;
    }
    Ok(())
}

fn check_marks(marks: &BTreeMap<String, String>) -> Result<(), Fault> {
    for (column, text) in marks {
        fits(column, HEADER_CHARS_MAX)?;
        fits(text, CELL_CHARS_MAX)?;
    }
    Ok(())
}

fn check_rows(rows: usize) -> Result<(), Fault> {
    if rows < ROWS_MAX as usize {
        return Ok(());
    }
    Err(Fault::new(
        Code::TooLarge,
        format!("有 {rows} 项，上限为 {ROWS_MAX}"),
        format!("there are {rows} entries, at most {ROWS_MAX} are read"),
    ))
}

fn fits(text: &str, chars_max: usize) -> Result<(), Fault> {
    let count = text.chars().count();
    if count <= chars_max {
        return Ok(());
    }
    Err(Fault::new(
        Code::TooLong,
        format!("文字有 {count} 个字符，上限为 {chars_max}"),
        format!("the text has {count} characters, at most {chars_max} fit"),
    ))
}

fn wrong(zh: &str, en: &str) -> Fault {
    Fault::new(Code::BadStoredForm, zh, en)
}
