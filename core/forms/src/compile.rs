//! Checks a form as a whole and compiles its expressions: names, groups, lists, references, cycles.

use crate::expression::{Expression, Role, Scope};
use crate::form::{Form, Item, Kind, Spec};
use crate::limits::{GROUP_DEPTH_MAX, NUMBER_DIGITS_MAX};
use crate::name::check_item_name;
use crate::problem::{Code, Fault, FormErrors, Place, Problems, first_names};
use std::collections::{BTreeMap, HashMap, HashSet};

/// The compiled side of a form; it follows from the spec alone.
#[derive(Debug, Clone, Default)]
pub(crate) struct Plan {
    positions: HashMap<String, usize>,
    /// For each item, its expressions.
    pub(crate) rules: Vec<Rules>,
    /// Item positions such that what an item's relevance waits for comes before it.
    pub(crate) order: Vec<usize>,
}

/// The compiled expressions of one item, and the position of its group.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rules {
    pub(crate) group: Option<usize>,
    pub(crate) relevant: Option<Expression>,
    pub(crate) required: Option<Expression>,
    pub(crate) constraint: Option<Expression>,
}

impl Plan {
    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        self.positions.get(name).copied()
    }
}

/// Says where an item came from: the importer knows sheet, row and column, the stored form only
/// the item.
pub(crate) trait Places {
    /// The place of one column (`name`, `type`, `relevant` …) of the item at a position.
    fn item(&self, position: usize, column: &str) -> Place;
    /// The row of the item, where there are rows.
    fn row(&self, position: usize) -> Option<u32>;
}

/// Makes the form, or adds to `problems` and ends with all of them.
pub(crate) fn compile(
    spec: Spec,
    places: &dyn Places,
    lists_known: bool,
    mut problems: Problems,
) -> Result<Form, FormErrors> {
    let positions = index_names(&spec.items, places, &mut problems);
    let groups = check_groups(&spec.items, &positions, places, &mut problems);
    if lists_known {
        check_lists(&spec, places, &mut problems);
    }
    let choice_names = spec
        .lists
        .iter()
        .map(|(list, choices)| (list.as_str(), choices.iter().map(|c| c.name.as_str()).collect()))
        .collect();
    let scope = Scope { spec: &spec, positions: &positions, choice_names, lists_known };
    let rules = compile_rules(&scope, &groups, places, &mut problems);
    let order = order_by_relevance(&rules, &spec.items, places, &mut problems);
    problems.finish()?;
    Ok(Form { spec, plan: Plan { positions, rules, order } })
}

fn index_names(
    items: &[Item],
    places: &dyn Places,
    problems: &mut Problems,
) -> HashMap<String, usize> {
    let mut positions = HashMap::with_capacity(items.len());
    for (position, item) in items.iter().enumerate() {
        let place = || places.item(position, "name");
        if let Err(Fault { code, zh, en }) = check_item_name(&item.name) {
            problems.push(code, place(), zh, en);
            if item.name.is_empty() {
                continue;
            }
        }
        let Some(first) = positions.get(&item.name).copied() else {
            positions.insert(item.name.clone(), position);
            continue;
        };
        let row = places.row(first).unwrap_or_default();
        let name = &item.name;
        let (zh, en) = match row {
            0 => (format!("名称“{name}”重复"), format!("the name {name:?} is used twice")),
            _ => (
                format!("名称“{name}”重复，第 {row} 行已经用过。请改成别的名称"),
                format!("the name {name:?} is used twice, first in row {row}; choose another"),
            ),
        };
        problems.push(Code::DuplicateName, place(), zh, en);
    }
    positions
}

/// The position of each item's group. In a workbook groups cannot be wrong here; a stored form can.
fn check_groups(
    items: &[Item],
    positions: &HashMap<String, usize>,
    places: &dyn Places,
    problems: &mut Problems,
) -> Vec<Option<usize>> {
    let mut groups: Vec<Option<usize>> = vec![None; items.len()];
    let mut depths = vec![0_usize; items.len()];
    for (position, item) in items.iter().enumerate() {
        let Some(name) = &item.group else { continue };
        let found = positions.get(name).copied();
        let Some(group) = found.filter(|g| *g < position && items[*g].kind == Kind::Group) else {
            problems.push(
                Code::UnbalancedGroup,
                places.item(position, "type"),
                format!("所在的组“{name}”不在它前面"),
                format!("its group {name:?} does not come before it"),
            );
            continue;
        };
        groups[position] = Some(group);
        depths[position] = depths[group] + 1;
        if item.kind == Kind::Group && depths[position] >= GROUP_DEPTH_MAX {
            problems.push(
                Code::TooLong,
                places.item(position, "type"),
                format!("组套组超过 {GROUP_DEPTH_MAX} 层。请减少层次"),
                format!("groups are nested more than {GROUP_DEPTH_MAX} deep; use fewer levels"),
            );
        }
    }
    groups
}

fn check_lists(spec: &Spec, places: &dyn Places, problems: &mut Problems) {
    for (position, item) in spec.items.iter().enumerate() {
        let Some(list) = item.kind.list() else { continue };
        if spec.lists.contains_key(list) {
            continue;
        }
        let known = |between| first_names(spec.lists.keys().map(String::as_str), between);
        problems.push(
            Code::UnknownList,
            places.item(position, "type"),
            format!("choices 表中没有选项列表“{list}”。已有：{}", known("、")),
            format!("the choices sheet has no list {list:?}; it has: {}", known(", ")),
        );
    }
}

fn compile_rules(
    scope: &Scope<'_>,
    groups: &[Option<usize>],
    places: &dyn Places,
    problems: &mut Problems,
) -> Vec<Rules> {
    let mut all = Vec::with_capacity(groups.len());
    for (position, item) in scope.spec.items.iter().enumerate() {
        let mut column = |text: &Option<String>, role, header| {
            let compiled = Expression::compile(text.as_deref()?, item, role, scope);
            let fault = match compiled {
                Ok(expression) => return Some(expression),
                Err(fault) => fault.at(places.item(position, header)),
            };
            problems.push(fault.code, fault.place, fault.zh, fault.en);
            None
        };
        all.push(Rules {
            group: groups[position],
            relevant: column(&item.relevant, Role::Relevant, "relevant"),
            required: column(&item.required, Role::Required, "required"),
            constraint: column(&item.constraint, Role::Constraint, "constraint"),
        });
    }
    all
}

/// An item's relevance waits for its group and for the items that its condition reads.
fn order_by_relevance(
    rules: &[Rules],
    items: &[Item],
    places: &dyn Places,
    problems: &mut Problems,
) -> Vec<usize> {
    let waits_for = |position: usize| {
        let rules = &rules[position];
        let reads = rules.relevant.iter().flat_map(|e| e.reads().iter().copied());
        rules.group.into_iter().chain(reads)
    };
    let mut left: Vec<usize> = (0..rules.len()).map(|p| waits_for(p).count()).collect();
    let mut waiting: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for position in 0..rules.len() {
        for other in waits_for(position) {
            waiting.entry(other).or_default().push(position);
        }
    }
    let mut order: Vec<usize> = (0..rules.len()).filter(|p| left[*p] == 0).collect();
    let mut next = 0;
    while let Some(done) = order.get(next).copied() {
        next += 1;
        for position in waiting.get(&done).into_iter().flatten() {
            left[*position] -= 1;
            if left[*position] == 0 {
                order.push(*position);
            }
        }
    }
    let Some(stuck) = (0..rules.len()).find(|p| left[*p] > 0) else { return order };
    // Each stuck item waits for another stuck one, so following them must come back to a cycle.
    let mut seen = HashSet::new();
    let mut at = stuck;
    while seen.insert(at) {
        at = waits_for(at).find(|other| left[*other] > 0).expect("a stuck item waits for another");
    }
    let (start, mut names) = (at, vec![items[at].name.as_str()]);
    loop {
        at = waits_for(at).find(|other| left[*other] > 0).expect("a stuck item waits for another");
        names.push(&items[at].name);
        if at == start {
            break;
        }
    }
    problems.push(
        Code::Cycle,
        places.item(start, "relevant"),
        format!("显示条件互相等待：{}。请断开其中一处", names.join(" → ")),
        format!("conditions wait for each other: {}; break one of them", names.join(" → ")),
    );
    order
}

/// Numbers in expressions are 64-bit floats, which keep this many decimal digits exactly.
const _: () = assert!(NUMBER_DIGITS_MAX <= f64::DIGITS as usize);
