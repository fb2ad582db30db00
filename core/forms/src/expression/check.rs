//! Walks a parsed expression: refuses what we cannot promise, and puts slots in place of
//! references.

use super::{Role, Scope, slot_path};
use crate::form::{Item, Kind};
use crate::problem::{Code, Fault, first_names};
use rxeval::Expr;
use rxeval::parser::{Axis, BinaryOp};

/// Functions that read nothing but their arguments and mean the same in ODK Collect and in Enketo.
/// `today()` and `now()` wait for a clock that the host lends; `regex()` for a matcher with a
/// bound.
const FUNCTIONS: [&str; 24] = [
    "abs",
    "boolean",
    "coalesce",
    "concat",
    "contains",
    "count-selected",
    "ends-with",
    "false",
    "if",
    "int",
    "max",
    "min",
    "normalize-space",
    "not",
    "number",
    "round",
    "selected",
    "selected-at",
    "starts-with",
    "string",
    "string-length",
    "substr",
    "translate",
    "true",
];

/// What a reference stands for while the tree is walked.
struct Operand<'s> {
    kind: &'s Kind,
}

pub(super) struct Checker<'s> {
    item: &'s Item,
    role: Role,
    scope: &'s Scope<'s>,
    reads: Vec<usize>,
}

impl<'s> Checker<'s> {
    pub(super) fn new(item: &'s Item, role: Role, scope: &'s Scope<'s>) -> Checker<'s> {
        Checker { item, role, scope, reads: Vec::new() }
    }

    pub(super) fn into_reads(self) -> Vec<usize> {
        self.reads
    }

    /// Checks a tree whose value is taken as true or false. A bare reference is refused there: it
    /// is
    /// always true in Enketo and true when answered in Collect.
    pub(super) fn check_condition(&mut self, tree: &mut Expr) -> Result<(), Fault> {
        match tree {
            Expr::Binary { op: BinaryOp::And | BinaryOp::Or, left, right } => {
                self.check_condition(left)?;
                self.check_condition(right)
            }
            Expr::Variable(_) | Expr::Path { .. } => {
                self.check_value(tree)?;
                Err(Fault::new(
                    Code::BadExpression,
                    "只写了条目，没有写条件。请写成比较，例如 ${名称} != ''",
                    "a reference alone is not a condition; compare it, for example ${name} != ''",
                ))
            }
            _ => self.check_value(tree),
        }
    }

    fn check_value(&mut self, tree: &mut Expr) -> Result<(), Fault> {
        match tree {
            Expr::Number(_) | Expr::Literal(_) => Ok(()),
            Expr::Negate(inner) => self.check_value(inner),
            Expr::Variable(name) => {
                *tree = self.reference(name)?;
                Ok(())
            }
            Expr::Binary { op: BinaryOp::And | BinaryOp::Or, .. } => self.check_condition(tree),
            Expr::Binary { op, left, right } => {
                if matches!(op, BinaryOp::Equal | BinaryOp::NotEqual) {
                    self.check_choice(left, right)?;
                    self.check_choice(right, left)?;
                }
                self.check_value(left)?;
                self.check_value(right)
            }
            Expr::Function { name, args } => self.check_call(name, args),
            Expr::Path { .. } if is_own_answer(tree) => self.check_own(),
            Expr::Path { .. } | Expr::Filter { .. } | Expr::Union(..) => Err(Fault::new(
                Code::BadExpression,
                "不支持 XPath 路径。请用 ${条目名称} 引用条目，文字要加引号",
                "paths are not supported; refer to an item as ${name}, and put texts in quotes",
            )),
        }
    }

    fn check_call(&mut self, name: &mut String, args: &mut [Expr]) -> Result<(), Fault> {
        if !FUNCTIONS.contains(&name.as_str()) {
            return Err(Fault::new(
                Code::NotSupported,
                format!("不支持函数 {name}()。可用：{}", FUNCTIONS.join("、")),
                format!(
                    "the function {name}() is not supported; there are: {}",
                    FUNCTIONS.join(", ")
                ),
            ));
        }
        match (name.as_str(), &*args) {
            ("selected", [list, choice]) => self.check_choice(list, choice)?,
            // rxeval evaluates the one argument of concat twice, so that calls within calls double
            // the work at each level; on one value, string does the same.
            ("concat", [_]) => "string".clone_into(name),
            // The work is the product of the lengths, and an answer may be long.
            ("translate", [_, from, _]) if !matches!(from, Expr::Literal(_)) => {
                return Err(Fault::new(
                    Code::NotSupported,
                    "translate() 的第二个参数只能是引号中的文字",
                    "the second argument of translate() is a text in quotes",
                ));
            }
            _ => {}
        }
        let takes_condition = matches!(name.as_str(), "not" | "boolean" | "if");
        for (index, arg) in args.iter_mut().enumerate() {
            if takes_condition && index == 0 {
                self.check_condition(arg)?;
            } else {
                self.check_value(arg)?;
            }
        }
        Ok(())
    }

    fn reference(&mut self, name: &str) -> Result<Expr, Fault> {
        let position = self.scope.positions.get(name).copied();
        let found = position.filter(|p| self.scope.spec.items[*p].kind.is_question());
        let Some(position) = found else {
            return Err(Fault::new(
                Code::UnknownReference,
                format!("表达式引用了 ${{{name}}}，表中没有这个名称的问题。请核对 name 列"),
                format!(
                    "the expression names ${{{name}}}, but no question has that name; check the name column"
                ),
            ));
        };
        let known = self.reads.iter().position(|read| *read == position);
        let slot = known.unwrap_or_else(|| {
            self.reads.push(position);
            self.reads.len() - 1
        });
        Ok(slot_path(slot))
    }

    fn check_own(&self) -> Result<(), Fault> {
        if self.role == Role::Constraint {
            return Ok(());
        }
        Err(Fault::new(
            Code::BadExpression,
            "“.”代表本条目的答案，只能写在 constraint 列",
            "'.' is the answer itself and belongs in the constraint column only",
        ))
    }

    fn operand(&self, tree: &Expr) -> Option<Operand<'s>> {
        match tree {
            Expr::Variable(name) => {
                let position = self.scope.positions.get(name)?;
                Some(Operand { kind: &self.scope.spec.items[*position].kind })
            }
            tree if is_own_answer(tree) => Some(Operand { kind: &self.item.kind }),
            _ => None,
        }
    }

    /// A misspelt choice would make a condition silently false, and hide a question for ever.
    fn check_choice(&self, select: &Expr, choice: &Expr) -> Result<(), Fault> {
        let (Some(operand), Expr::Literal(name)) = (self.operand(select), choice) else {
            return Ok(());
        };
        let Some(list) = operand.kind.list() else { return Ok(()) };
        let Some(known) = self.scope.choice_names.get(list) else { return Ok(()) };
        if name.is_empty() || known.contains(name.as_str()) || !self.scope.lists_known {
            return Ok(());
        }
        let choices = &self.scope.spec.lists[list];
        let names =
            |between| first_names(choices.iter().map(|choice| choice.name.as_str()), between);
        Err(Fault::new(
            Code::UnknownChoice,
            format!("列表 {list} 中没有选项“{name}”。可用：{}", names("、")),
            format!("the list {list} has no choice {name:?}; it has: {}", names(", ")),
        ))
    }
}

/// Whether a tree is `.` alone.
fn is_own_answer(tree: &Expr) -> bool {
    let Expr::Path { absolute: false, steps } = tree else { return false };
    matches!(&steps[..], [step] if step.axis == Axis::Self_ && step.predicates.is_empty())
}
