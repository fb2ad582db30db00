//! Issues a correction order 责令限期整改, and gives an item of it a longer deadline.
//!
//! What cannot stand in an order is refused with everything that stands against it at once: a
//! finding of another authority is handed over instead (安全生产法 2021, article 69).

use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::value::Value;
use chrono::NaiveDate;

use crate::action::look::{day, no_mentor, not_empty, only};
use crate::action::raise_finding::authority_term;
use crate::desk::{Desk, Entry};
use crate::domain::{
    Check, CorrectBy, Extension, Finding, Order, Source, china_day, read_all, read_one,
};
use crate::error::{Error, Result};

/// Items of one order: a check has a few dozen findings.
pub const ORDER_ITEMS_MAX: usize = 200;

/// The power to order a correction, as long as nobody cites another article.
pub const ORDER_BASIS: &str = "安全生产法（2021）第六十五条第一款第二项";

/// What is ordered.
#[derive(Debug, Clone)]
pub struct IssueOrder {
    /// The dossier of the check.
    pub dossier: DossierId,
    /// Findings, in the order of the paper, and by when each must be corrected: `at_once` or a
    /// day.
    pub items: Vec<(EntityId, String)>,
    /// Law, version and article that give the power; [`ORDER_BASIS`], if none is given.
    pub legal_basis: Option<String>,
    /// Number of the paper, if it has one yet.
    pub number: Option<String>,
    /// The day of the order; today, if none is given.
    pub issued_on: Option<String>,
    /// Who of the unit was told.
    pub told_to: Option<String>,
}

/// An application for a longer deadline, and its answer once there is one.
#[derive(Debug, Clone)]
pub struct ExtendOrder {
    /// The dossier of the check.
    pub dossier: DossierId,
    /// The order.
    pub order: EntityId,
    /// The finding whose deadline it is about.
    pub finding: EntityId,
    /// The day of the application.
    pub asked_on: String,
    /// Why the unit asks.
    pub reason: String,
    /// The answer, if there is one already.
    pub answer: Option<AnswerExtension>,
}

/// The answer to an application.
#[derive(Debug, Clone)]
pub struct AnswerExtension {
    /// The new last day; none refuses.
    pub granted_to: Option<String>,
    /// The day of the answer; today, if none is given.
    pub answered_on: Option<String>,
}

/// Issues an order.
///
/// # Errors
/// `Invalid` for no item, a mentor, a deadline that is no day or lies before the order, and for
/// findings that cannot stand in an order, all of them at once; `NotFound`; `Sign`, `Storage`.
pub fn issue_order(desk: &Desk<'_>, request: &IssueOrder) -> Result<Order> {
    let issued_on = day_or_today(desk, "issued_on", request.issued_on.as_deref())?;
    let items = request.deadlines(issued_on)?;
    desk.write(|page| {
        let (read, dossier) = (page.read(), request.dossier);
        no_mentor(read, desk, dossier)?;
        only::<Check>(read, dossier)?;
        let objections = objections(read, dossier, &items)?;
        if !objections.is_empty() {
            let (zh, en): (Vec<_>, Vec<_>) = objections.into_iter().unzip();
            let zh = format!("这些问题不能写进责令：{}", zh.join("；"));
            let en = format!("these cannot stand in an order: {}", en.join("; "));
            return Err(Error::invalid("items", zh, en));
        }
        let item = |(finding, by): &(EntityId, CorrectBy)| {
            Value::map([
                ("finding", Value::from(finding.raw().as_slice())),
                ("by", Value::from(by.to_text())),
            ])
        };
        let basis = request.legal_basis.as_deref().filter(|basis| !basis.trim().is_empty());
        let order = page.new_entity();
        page.put(
            Entry::new("order.issue/1", dossier, order)
                .set("order_items", items.iter().map(item).collect::<Vec<_>>())
                .set("legal_basis", basis.unwrap_or(ORDER_BASIS))
                .set("issued_on", issued_on.to_string())
                .set_some("number", request.number.as_deref())
                .set_some("told_to", request.told_to.as_deref()),
        )?;
        read_one(page.read(), dossier, order)
    })
}

/// Notes an application for a longer deadline, or its answer. One that comes late is recorded
/// too; what is wrong with it stands in the list of what is missing.
///
/// # Errors
/// `Invalid` for an empty reason, a finding that is not in the order, a new day that is not later
/// than the last one, an answer before the application; `NotFound`; `Sign`, `Storage`.
pub fn extend_order(desk: &Desk<'_>, request: &ExtendOrder) -> Result<Extension> {
    not_empty("reason", &request.reason)?;
    let asked_on = day("asked_on", &request.asked_on)?;
    let answer = match &request.answer {
        Some(answer) => Some(answer.read(desk, asked_on)?),
        None => None,
    };
    desk.write(|page| {
        let (read, dossier) = (page.read(), request.dossier);
        no_mentor(read, desk, dossier)?;
        let order: Order = read_one(read, dossier, request.order)?;
        let name = format!("extension/{}/{}/{asked_on}", request.order, request.finding);
        let entity = EntityId::derived(dossier, &name);
        // An answer that is said again stands beside the days that were granted otherwise.
        let mut others: Vec<Extension> = read_all(read, dossier)?;
        others.retain(|known| known.extension != entity);
        let Some(last) = order.deadline(request.finding, &others) else {
            return Err(Error::invalid(
                "finding",
                "这个问题不在这份责令里",
                "this finding is not in this order",
            ));
        };
        if let Some((Some(granted), _)) = answer
            && granted <= last
        {
            return Err(Error::invalid(
                "granted_to",
                format!("新期限应晚于现在的期限 {last}"),
                format!("the new day must be later than {last}"),
            ));
        }
        let mut entry = Entry::new("order.extend/1", dossier, entity)
            .set("order", request.order.raw().as_slice())
            .set("finding", request.finding.raw().as_slice())
            .set("asked_on", asked_on.to_string())
            .set("reason", request.reason.as_str());
        if let Some((granted, answered_on)) = answer {
            entry = entry
                .set("extension", if granted.is_some() { "granted" } else { "refused" })
                .set("answered_on", answered_on.to_string())
                .set_some("extended_to", granted.map(|day| day.to_string()));
        }
        page.put(entry)?;
        read_one(page.read(), dossier, entity)
    })
}

impl IssueOrder {
    /// The items with their deadlines, none of which is before the order.
    fn deadlines(&self, issued_on: NaiveDate) -> Result<Vec<(EntityId, CorrectBy)>> {
        if self.items.is_empty() || self.items.len() > ORDER_ITEMS_MAX {
            return Err(Error::invalid(
                "items",
                format!("一份责令要有 1 到 {ORDER_ITEMS_MAX} 个问题"),
                format!("an order has 1 to {ORDER_ITEMS_MAX} findings"),
            ));
        }
        let item = |(finding, by): &(EntityId, String)| match CorrectBy::from_text(by) {
            Some(CorrectBy::Day(day)) if day < issued_on => Err(Error::invalid(
                "items",
                format!("期限 {day} 早于责令日期 {issued_on}"),
                format!("the deadline {day} is before the day of the order, {issued_on}"),
            )),
            Some(by) => Ok((*finding, by)),
            None => Err(Error::invalid(
                "items",
                format!("“{by}”不是期限，请写 at_once（立即）或 2026-09-30 这样的日期"),
                format!("{by} is no deadline: write at_once, or a day like 2026-09-30"),
            )),
        };
        self.items.iter().map(item).collect()
    }
}

impl AnswerExtension {
    fn read(&self, desk: &Desk<'_>, asked: NaiveDate) -> Result<(Option<NaiveDate>, NaiveDate)> {
        let granted = self.granted_to.as_deref().map(|text| day("granted_to", text)).transpose()?;
        let answered_on = day_or_today(desk, "answered_on", self.answered_on.as_deref())?;
        if answered_on < asked {
            return Err(Error::invalid(
                "answered_on",
                "答复日期早于申请日期",
                "the answer is before the application",
            ));
        }
        Ok((granted, answered_on))
    }
}

/// Why findings cannot stand in an order: Chinese and English, one for each reason.
fn objections(
    source: &dyn Source,
    dossier: DossierId,
    items: &[(EntityId, CorrectBy)],
) -> Result<Vec<(String, String)>> {
    let mut objections = Vec::new();
    for (index, (id, _)) in items.iter().enumerate() {
        let finding: Finding = read_one(source, dossier, *id)?;
        let title = &finding.title;
        let mut object = |zh: String, en: String| {
            objections.push((format!("“{title}”{zh}"), format!("\"{title}\" {en}")));
        };
        if items[..index].iter().any(|(before, _)| before == id) {
            object("写了两次".to_owned(), "stands there twice".to_owned());
        } else if finding.retracted {
            object("已经撤回".to_owned(), "was retracted".to_owned());
        } else if !finding.is_ours() {
            let (zh, en) = authority_term(&finding.authority);
            object(
                format!("归{zh}管，应当移送（安全生产法（2021）第六十九条）"),
                format!("belongs to {en}: hand it over (Work Safety Law 2021, article 69)"),
            );
        } else if finding.transfer.is_some() {
            object("已经移送".to_owned(), "was handed over".to_owned());
        }
    }
    Ok(objections)
}

fn day_or_today(desk: &Desk<'_>, field: &'static str, text: Option<&str>) -> Result<NaiveDate> {
    match text {
        Some(text) => day(field, text),
        None => china_day(desk.ports().clock.now().wall_ms).ok_or_else(|| {
            Error::invalid(field, "本机时间不对，请写明日期", "the clock is far off: name the day")
        }),
    }
}
