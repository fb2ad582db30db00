//! A form: its items in the order of the workbook, its choice lists, its settings.

use crate::compile::Plan;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The order from worst to best of the compliance choices, when a workbook does not set its own:
/// 不符合 > 未查 > 不涉及 > 符合.
pub const WORST_ORDER_DEFAULT: [&str; 4] =
    ["non_compliant", "not_checked", "not_applicable", "compliant"];

/// A text in the languages of its form, by language code (`zh`); the empty code is "no language
/// named".
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Texts(pub BTreeMap<String, String>);

impl Texts {
    /// The text in one language, otherwise the one without a language, otherwise any; `None` when
    /// empty.
    pub fn get(&self, language: &str) -> Option<&str> {
        let found = self.0.get(language).or_else(|| self.0.get(""));
        found.or_else(|| self.0.values().next()).map(String::as_str)
    }

    /// Whether no language has a text.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A language of a form, as its column headers write it: `中文 (zh)`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Language {
    /// The code in the brackets; the name again where there are no brackets.
    pub code: String,
    /// The name in front of the brackets.
    pub name: String,
}

/// What an item is, and for selects which list it chooses from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// One choice of the named list.
    SelectOne(String),
    /// Any number of choices of the named list.
    SelectMultiple(String),
    /// A whole number.
    Integer,
    /// A number with a decimal point, kept as it was typed.
    Decimal,
    /// Free text.
    Text,
    /// Something to read; takes no answer.
    Note,
    /// A photo.
    Image,
    /// Holds the items that name it as their group; takes no answer.
    Group,
}

impl Kind {
    /// Whether an item of this kind takes an answer.
    pub fn is_question(&self) -> bool {
        !matches!(self, Kind::Note | Kind::Group)
    }

    /// The choice list, for selects.
    pub fn list(&self) -> Option<&str> {
        match self {
            Kind::SelectOne(list) | Kind::SelectMultiple(list) => Some(list),
            _ => None,
        }
    }
}

/// One row of the survey sheet: a question, a note or a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// The name, unique in the form.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// The name of the group that it lies in directly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// What the officer reads.
    #[serde(default, skip_serializing_if = "Texts::is_empty")]
    pub label: Texts,
    /// Help below the label.
    #[serde(default, skip_serializing_if = "Texts::is_empty")]
    pub hint: Texts,
    /// The expression that says whether an answer must be given; `true()` for a plain `yes`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required: Option<String>,
    /// The expression that says whether the item is asked at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relevant: Option<String>,
    /// The expression that an answer must satisfy; `.` is the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub constraint: Option<String>,
    /// What the officer reads when the constraint fails.
    #[serde(default, skip_serializing_if = "Texts::is_empty")]
    pub constraint_message: Texts,
    /// How a screen may show it (XLSForm appearance); not interpreted here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appearance: Option<String>,
    /// The columns that start with `x_`, as they are.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub marks: BTreeMap<String, String>,
}

impl Item {
    /// The legal basis (依据), column `x_legal_basis`.
    pub fn legal_basis(&self) -> Option<&str> {
        self.mark("x_legal_basis")
    }

    /// The criterion of a major hazard (重大隐患判定), column `x_major_hazard`.
    pub fn major_hazard(&self) -> Option<&str> {
        self.mark("x_major_hazard")
    }

    /// The penalty code (罚则代码), column `x_penalty`.
    pub fn penalty(&self) -> Option<&str> {
        self.mark("x_penalty")
    }

    /// The competent authorities (主管部门), column `x_authority`: EM emergency management, FR fire and
    /// rescue, MS market supervision, EE ecology and environment.
    pub fn authorities(&self) -> impl Iterator<Item = &str> {
        self.mark("x_authority").unwrap_or_default().split_whitespace()
    }

    /// The letters of the evidence that a finding needs (证据), column `x_evidence`: R on-site
    /// record,
    /// P photo, V video, S statement, D document copy, M instrument reading, K sample.
    pub fn evidence(&self) -> impl Iterator<Item = char> {
        self.mark("x_evidence").unwrap_or_default().chars().filter(|c| !c.is_whitespace())
    }

    /// Any column that starts with `x_`.
    pub fn mark(&self, column: &str) -> Option<&str> {
        self.marks.get(column).map(String::as_str)
    }
}

/// One row of the choices sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// The name, unique in its list: what an answer stores.
    pub name: String,
    /// What the officer reads.
    pub label: Texts,
    /// The columns that start with `x_`, as they are.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub marks: BTreeMap<String, String>,
}

/// What a form says, as it is stored; [`Form`] adds the compiled expressions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Spec {
    /// Version of this stored shape.
    pub(crate) format: u32,
    pub(crate) id: String,
    pub(crate) version: String,
    pub(crate) title: String,
    pub(crate) default_language: String,
    pub(crate) languages: Vec<Language>,
    pub(crate) worst_order: Vec<String>,
    pub(crate) marks: BTreeMap<String, String>,
    pub(crate) lists: BTreeMap<String, Vec<Choice>>,
    pub(crate) items: Vec<Item>,
}

/// A checked form: every name, group, list and expression in it is sound.
///
/// Two forms are equal when they say the same; they are made by [`Form::from_xlsx`] from a workbook
/// and by [`Form::from_json`] from the stored text.
#[derive(Debug, Clone)]
pub struct Form {
    pub(crate) spec: Spec,
    pub(crate) plan: Plan,
}

impl PartialEq for Form {
    fn eq(&self, other: &Form) -> bool {
        self.spec == other.spec
    }
}

impl Eq for Form {}

impl Form {
    /// The identifier, `form_id` of the settings.
    pub fn id(&self) -> &str {
        &self.spec.id
    }

    /// The version of the form.
    pub fn version(&self) -> &str {
        &self.spec.version
    }

    /// The title that people read.
    pub fn title(&self) -> &str {
        &self.spec.title
    }

    /// The version of the published item list (检查事项清单) that it maps to, setting
    /// `x_item_list_version`.
    pub fn item_list_version(&self) -> Option<&str> {
        self.setting("x_item_list_version")
    }

    /// Any setting that starts with `x_`.
    pub fn setting(&self, name: &str) -> Option<&str> {
        self.spec.marks.get(name).map(String::as_str)
    }

    /// The code of the language to show first; empty when the form names no language.
    pub fn default_language(&self) -> &str {
        &self.spec.default_language
    }

    /// The languages, in the order of the columns of the survey sheet, then of the choices sheet.
    pub fn languages(&self) -> &[Language] {
        &self.spec.languages
    }

    /// All items in the order of the workbook: a group comes before what it holds.
    pub fn items(&self) -> &[Item] {
        &self.spec.items
    }

    /// The item of a name.
    pub fn item(&self, name: &str) -> Option<&Item> {
        self.plan.position(name).map(|position| &self.spec.items[position])
    }

    /// The choices of a list, in the order of the workbook.
    pub fn choices(&self, list: &str) -> Option<&[Choice]> {
        self.spec.lists.get(list).map(Vec::as_slice)
    }

    /// The choice names from worst to best.
    pub fn worst_order(&self) -> &[String] {
        &self.spec.worst_order
    }

    /// The worse of two choices, for conflicts between phones (取最不利值); `None` when one of them is
    /// not
    /// in the order, since guessing would hide a violation.
    pub fn worse<'a>(&self, a: &'a str, b: &'a str) -> Option<&'a str> {
        let rank = |name: &str| self.spec.worst_order.iter().position(|known| known == name);
        let (rank_a, rank_b) = (rank(a)?, rank(b)?);
        Some(if rank_a <= rank_b { a } else { b })
    }
}
