//! Expressions of a form (`relevant`, `constraint`, `required`), compiled once, evaluated by
//! rxeval.
//!
//! rxeval runs XPath over a tree. A whole form as one tree would make every `${name}` a search
//! among
//! all items, so each expression gets a tree of its own: a root with one child for each item that
//! it
//! reads, and one for the answer itself (`.`). docs/adr/0004-expressions.md has the reasons.

mod check;
mod rewrite;

use crate::form::{Item, Spec};
use crate::limits::EXPRESSION_DEPTH_MAX;
use crate::problem::{Code, Fault};
use check::Checker;
use rxeval::parser::{Axis, NameTest, Step};
use rxeval::{Context, Expr, Fixed, Instance};
use std::collections::{HashMap, HashSet};

/// The name of the tree's root, and of the node that holds the answer itself.
const ROOT: &str = "form";
const SELF: &str = "self";

/// What expressions are compiled against.
pub(crate) struct Scope<'a> {
    pub(crate) spec: &'a Spec,
    pub(crate) positions: &'a HashMap<String, usize>,
    /// The choice names of each list: thousands of conditions may ask for one of thousands.
    pub(crate) choice_names: HashMap<&'a str, HashSet<&'a str>>,
    /// False when the choices sheet itself is broken, so that its choices cannot be checked.
    pub(crate) lists_known: bool,
}

/// Which column an expression stands in: only a constraint may read the answer itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Relevant,
    Required,
    Constraint,
}

/// An expression that parsed, names existing questions only, and ran once on blank answers.
#[derive(Debug, Clone)]
pub(crate) struct Expression {
    tree: Expr,
    /// Positions of the items that it reads, each once.
    reads: Vec<usize>,
}

impl Expression {
    /// Compiles the text in one column of one item.
    pub(crate) fn compile(
        text: &str,
        item: &Item,
        role: Role,
        scope: &Scope<'_>,
    ) -> Result<Expression, Fault> {
        let rewritten = rewrite::references_to_variables(text)?;
        let mut tree = rxeval::parse(&rewritten).map_err(|reason| {
            Fault::new(
                Code::BadExpression,
                format!("表达式写得不对：{text}。请检查括号、引号和运算符（{reason}）"),
                format!("the expression does not parse: {text}; check brackets, quotes and operators ({reason})"),
            )
        })?;
        refuse_deep(&tree)?;
        let mut checker = Checker::new(item, role, scope);
        checker.check_condition(&mut tree)?;
        let reads = checker.into_reads();
        let expression = Expression { tree, reads };
        expression.try_functions(&expression.tree, text)?;
        Ok(expression)
    }

    /// Positions of the items that it reads.
    pub(crate) fn reads(&self) -> &[usize] {
        &self.reads
    }

    /// Whether it holds. `own` is the answer itself, `value` gives the text of an item's answer,
    /// empty
    /// where there is none. The error is rxeval's reason; a compiled expression should not meet
    /// one.
    pub(crate) fn holds<'v>(
        &self,
        own: &str,
        value: impl Fn(usize) -> &'v str,
    ) -> Result<bool, String> {
        let (instance, context) = self.instance(own, value);
        let result = rxeval::evaluate(&self.tree, &instance, context, &no_clock())?;
        Ok(result.to_boolean(&instance))
    }

    fn instance<'v>(&self, own: &str, value: impl Fn(usize) -> &'v str) -> (Instance, Context) {
        let mut instance = Instance::new();
        let root = instance.create_element(ROOT, "");
        let own = instance.create_element(SELF, own);
        instance.append_child(root, own);
        for (slot, position) in self.reads.iter().enumerate() {
            let child = instance.create_element(&slot_name(slot), value(*position));
            instance.append_child(root, child);
        }
        instance.set_root(root);
        (instance, Context::at(own))
    }

    /// Runs every function call once on blank answers: rxeval checks the number of arguments only
    /// when
    /// a call runs, and a branch that is not taken must not hide a mistake until the field.
    fn try_functions(&self, tree: &Expr, text: &str) -> Result<(), Fault> {
        match tree {
            Expr::Function { args, .. } => {
                args.iter().try_for_each(|arg| self.try_functions(arg, text))?;
                let (instance, context) = self.instance("", |_| "");
                let tried = rxeval::evaluate(tree, &instance, context, &no_clock());
                tried.map(|_| ()).map_err(|reason| {
                    Fault::new(
                        Code::BadExpression,
                        format!("表达式中的函数用法不对：{text}（{reason}）"),
                        format!("a function is used in a wrong way: {text} ({reason})"),
                    )
                })
            }
            Expr::Binary { left, right, .. } => {
                self.try_functions(left, text)?;
                self.try_functions(right, text)
            }
            Expr::Negate(inner) => self.try_functions(inner, text),
            _ => Ok(()),
        }
    }
}

/// rxeval asks for the day when `today()` runs; the checker lets no such function through.
fn no_clock() -> Fixed {
    Fixed { today: String::new(), now: String::new() }
}

fn slot_name(slot: usize) -> String {
    format!("s{slot}")
}

/// The path to the node that holds one read item.
fn slot_path(slot: usize) -> Expr {
    let step = |name: String| Step {
        axis: Axis::Child,
        test: NameTest::Named(name),
        predicates: Vec::new(),
    };
    Expr::Path { absolute: true, steps: vec![step(ROOT.to_owned()), step(slot_name(slot))] }
}

fn refuse_deep(tree: &Expr) -> Result<(), Fault> {
    if depth_fits(tree, EXPRESSION_DEPTH_MAX) {
        return Ok(());
    }
    Err(Fault::new(
        Code::TooLong,
        format!("表达式层次超过 {EXPRESSION_DEPTH_MAX} 层。请拆成几个条目"),
        format!("the expression is nested more than {EXPRESSION_DEPTH_MAX} deep; split it"),
    ))
}

fn depth_fits(tree: &Expr, left_over: usize) -> bool {
    let Some(below) = left_over.checked_sub(1) else { return false };
    match tree {
        Expr::Binary { left, right, .. } | Expr::Union(left, right) => {
            depth_fits(left, below) && depth_fits(right, below)
        }
        Expr::Negate(inner) => depth_fits(inner, below),
        Expr::Function { args, .. } => args.iter().all(|arg| depth_fits(arg, below)),
        // Paths and filters are refused by the checker before anything walks into them.
        _ => true,
    }
}
