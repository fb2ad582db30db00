//! Turns `${name}` into a variable that the parser knows, and refuses what could hurt the parser.

use crate::limits::{EXPRESSION_CHARS_MAX, EXPRESSION_NESTING_MAX};
use crate::name::{check_item_name, half_width, half_width_text};
use crate::problem::{Code, Fault};

/// The text with every `${name}` outside of quotation marks written as `$name `.
///
/// A variable, and not a path, so that an author's own path can be told apart and refused.
pub(crate) fn references_to_variables(text: &str) -> Result<String, Fault> {
    let count = text.chars().count();
    if count > EXPRESSION_CHARS_MAX {
        return Err(Fault::new(
            Code::TooLong,
            format!("表达式有 {count} 个字符，上限为 {EXPRESSION_CHARS_MAX}。请拆成几个条目"),
            format!(
                "the expression has {count} characters, at most {EXPRESSION_CHARS_MAX} fit; split it"
            ),
        ));
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text.chars().peekable();
    let mut quote = None;
    let mut nesting = Nesting::default();
    while let Some(c) = rest.next() {
        if let Some(mark) = quote {
            out.push(c);
            if c == mark {
                quote = None;
            }
            continue;
        }
        if half_width(c).is_some() {
            return Err(full_width(text, c));
        }
        nesting.see(c)?;
        match c {
            '\'' | '"' => quote = Some(c),
            '$' => {
                let name = reference(text, &mut rest)?;
                out.push('$');
                out.push_str(&name);
                out.push(' ');
                continue;
            }
            _ => {}
        }
        out.push(c);
    }
    Ok(out)
}

/// Reads `{name}` behind a `$`.
fn reference(
    text: &str,
    rest: &mut std::iter::Peekable<std::str::Chars<'_>>,
) -> Result<String, Fault> {
    let wrong = || {
        Fault::new(
            Code::BadExpression,
            format!("引用条目要写成 ${{条目名称}}：{text}"),
            format!("a reference is written ${{name}}: {text}"),
        )
    };
    if rest.next() != Some('{') {
        return Err(wrong());
    }
    let mut name = String::new();
    loop {
        match rest.next() {
            Some('}') => break,
            Some(c) => name.push(c),
            None => return Err(wrong()),
        }
    }
    let name = name.trim();
    check_item_name(name)?;
    Ok(name.to_owned())
}

fn full_width(text: &str, c: char) -> Fault {
    let half = half_width_text(text).unwrap_or_default();
    Fault::new(
        Code::FullWidth,
        format!("表达式中有全角字符“{c}”。请改用半角：{half}"),
        format!("the expression has the full-width character {c:?}; write: {half}"),
    )
}

/// Counts what makes the parser recurse: open brackets, and signs that follow one another.
#[derive(Default)]
struct Nesting {
    open: usize,
    signs: usize,
}

impl Nesting {
    fn see(&mut self, c: char) -> Result<(), Fault> {
        match c {
            '(' | '[' => self.open += 1,
            ')' | ']' => self.open = self.open.saturating_sub(1),
            '-' => self.signs += 1,
            c if c.is_whitespace() => {}
            _ => self.signs = 0,
        }
        if self.open + self.signs <= EXPRESSION_NESTING_MAX {
            return Ok(());
        }
        Err(Fault::new(
            Code::TooLong,
            format!("括号或负号超过 {EXPRESSION_NESTING_MAX} 层。请拆成几个条目"),
            format!(
                "brackets or signs are nested more than {EXPRESSION_NESTING_MAX} deep; split the expression"
            ),
        ))
    }
}
