//! What a set of answers amounts to: what is asked, what is missing, what fails.

use crate::answer::{Answer, outside};
use crate::form::{Form, Item};
use crate::problem::{Place, Problem};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Answers by item name.
pub type Answers = BTreeMap<String, Answer>;

/// The state of a sheet (检查表): everything in the order of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review<'f> {
    /// Items that are asked now, notes and groups included.
    pub relevant: Vec<&'f Item>,
    /// Questions that are asked, required, and not answered.
    pub missing: Vec<&'f Item>,
    /// Answers that break their constraint, or that this version of the form cannot have.
    pub failed: Vec<Problem>,
    /// Questions that have an answer and are not asked: the answer is kept and does not count.
    pub set_aside: Vec<&'f Item>,
    /// Names of answers for which the form has no question.
    pub unknown: Vec<String>,
}

impl Review<'_> {
    /// Whether nothing is missing and nothing fails.
    pub fn is_complete(&self) -> bool {
        self.missing.is_empty() && self.failed.is_empty() && self.unknown.is_empty()
    }
}

impl Form {
    /// Computes what is asked, what is missing and what fails.
    ///
    /// An item is asked when its own condition and that of every group around it hold. The answer
    /// of
    /// an item that is not asked reads as blank in other expressions, as in ODK. An expression that
    /// cannot be evaluated asks, requires and fails: nothing is hidden by an error.
    pub fn review(&self, answers: &Answers) -> Review<'_> {
        let given: Vec<Option<&Answer>> =
            self.spec.items.iter().map(|item| answers.get(&item.name)).collect();
        let mut values: Vec<Cow<'_, str>> = given
            .iter()
            .map(|answer| answer.map(Answer::expression_text).unwrap_or_default())
            .collect();
        let relevant = self.relevance(&mut values);
        let unknown = answers.keys().filter(|name| !self.takes_answer(name));
        let mut review = Review {
            relevant: Vec::new(),
            missing: Vec::new(),
            failed: Vec::new(),
            set_aside: Vec::new(),
            unknown: unknown.cloned().collect(),
        };
        for (position, item) in self.spec.items.iter().enumerate() {
            if !relevant[position] {
                if given[position].is_some() {
                    review.set_aside.push(item);
                }
                continue;
            }
            review.relevant.push(item);
            match given[position] {
                Some(answer) => review.failed.extend(self.judge(position, answer, &values)),
                None if self.is_required(position, &values) => review.missing.push(item),
                None => {}
            }
        }
        review
    }

    fn takes_answer(&self, name: &str) -> bool {
        self.item(name).is_some_and(|item| item.kind.is_question())
    }

    /// Which items are asked; blanks the value of each that is not, before others read it.
    fn relevance(&self, values: &mut [Cow<'_, str>]) -> Vec<bool> {
        let mut relevant = vec![true; values.len()];
        for position in self.plan.order.iter().copied() {
            let rules = &self.plan.rules[position];
            let inside = rules.group.is_none_or(|group| relevant[group]);
            let own = |rule: &crate::expression::Expression| {
                rule.holds("", |other| &values[other]).unwrap_or(true)
            };
            relevant[position] = inside && rules.relevant.as_ref().is_none_or(own);
            if !relevant[position] {
                values[position] = Cow::Borrowed("");
            }
        }
        relevant
    }

    fn is_required(&self, position: usize, values: &[Cow<'_, str>]) -> bool {
        let rule = self.plan.rules[position].required.as_ref();
        rule.is_some_and(|rule| rule.holds("", |other| &values[other]).unwrap_or(true))
    }

    fn judge(&self, position: usize, answer: &Answer, values: &[Cow<'_, str>]) -> Option<Problem> {
        let item = &self.spec.items[position];
        let place = || Place { item: Some(item.name.clone()), ..Place::default() };
        if !item.kind.is_question() {
            return None;
        }
        if let Err(fault) = self.fits(item, answer) {
            return Some(fault.at(place()));
        }
        let rule = self.plan.rules[position].constraint.as_ref()?;
        let holds = rule.holds(&values[position], |other| &values[other]).unwrap_or(false);
        (!holds).then(|| outside(item).at(place()))
    }
}
