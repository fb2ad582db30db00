//! What a verb answers with, and how it is printed: words for people, JSON for programs.

use std::io::{self, Write};

use angen_core::action::ImportError;
use angen_core::error::{Error, KeyTrouble};
use angen_ledger::verify::Lang;
use serde_json::{Value, json};

/// The answer of a verb.
pub(crate) struct Answer {
    /// For programs.
    pub(crate) json: Value,
    /// For people.
    pub(crate) text: String,
    /// The exit code.
    pub(crate) code: u8,
}

impl Answer {
    /// An answer of a verb that did what it was asked.
    pub(crate) fn new(json: Value, text: impl Into<String>) -> Self {
        Self { json, text: text.into(), code: 0 }
    }
}

/// Why a verb did nothing.
pub(crate) struct Failure {
    /// What is wrong, for people.
    pub(crate) text: String,
    /// For programs.
    pub(crate) json: Value,
    /// The exit code: 1 for what the user can mend, 2 for what cannot be read.
    pub(crate) code: u8,
}

impl Failure {
    /// A failure with a place and a sentence in the user's language.
    pub(crate) fn new(place: &str, text: impl Into<String>) -> Self {
        let text = text.into();
        Self { json: json!({"error": {"place": place, "message": text}}), text, code: 1 }
    }
}

/// Turns the core's errors into sentences of one language.
pub(crate) fn failure(error: &Error, lang: Lang) -> Failure {
    let place = match error {
        Error::Invalid(problem) => problem.place.clone(),
        Error::File { path, .. } => path.display().to_string(),
        _ => String::new(),
    };
    let what = error.say(lang);
    let text = match (error, lang) {
        (Error::Key(trouble), Lang::Zh) => format!("{what}，{}", at_the_command_line(*trouble).0),
        (Error::Key(trouble), Lang::En) => format!("{what}: {}", at_the_command_line(*trouble).1),
        _ => what,
    };
    Failure::new(&place, text)
}

/// What to do about a key that does not fit, for who types commands: Chinese, English.
fn at_the_command_line(trouble: KeyTrouble) -> (&'static str, &'static str) {
    match trouble {
        KeyTrouble::Needed => (
            "请用 --db-key-file 给出密钥（须用带加密的版本）",
            "give its key with --db-key-file (encrypting build)",
        ),
        KeyTrouble::Wrong => {
            ("请核对 --db-key-file 所指的文件", "compare the file that --db-key-file names")
        }
        KeyTrouble::Unproven => {
            ("请从备份取回 angen.db.keycheck", "bring angen.db.keycheck back from a backup")
        }
        KeyTrouble::NotEncrypted => {
            ("请先运行 angen encrypt，或不给密钥", "run angen encrypt first, or give no key")
        }
        KeyTrouble::NoCipher => ("请换带 sqlcipher 的版本", "use the one with sqlcipher"),
    }
}

/// Turns a failed import into one line for each cell.
pub(crate) fn import_failure(error: &ImportError, lang: Lang) -> Failure {
    let problems = match error {
        ImportError::Core(error) => return failure(error, lang),
        ImportError::Form(problems) => problems.problems(),
    };
    // A problem shows itself in two lines, Chinese first.
    let line = usize::from(lang == Lang::En);
    let say = |problem: &angen_forms::Problem| {
        problem.to_string().lines().nth(line).unwrap_or_default().to_owned()
    };
    let lines: Vec<String> = problems.iter().map(say).collect();
    let list: Vec<Value> = problems
        .iter()
        .map(|problem| json!({"place": problem.place, "message": say(problem)}))
        .collect();
    Failure { text: lines.join("\n"), json: json!({"errors": list}), code: 1 }
}

/// Prints to standard output. A reader that went away (`| head`) is no failure.
pub(crate) fn print(text: &str) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{text}");
}

/// Prints to standard error.
pub(crate) fn complain(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Prints an answer or a failure; gives the exit code.
pub(crate) fn finish(result: Result<Answer, Failure>, as_json: bool) -> u8 {
    match result {
        Ok(answer) if as_json => {
            print(&answer.json.to_string());
            answer.code
        }
        Ok(answer) => {
            print(&answer.text);
            answer.code
        }
        Err(failure) => {
            if as_json {
                print(&failure.json.to_string());
            } else {
                complain(&failure.text);
            }
            failure.code
        }
    }
}
