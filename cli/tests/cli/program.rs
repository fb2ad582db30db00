//! Runs the built program, and reads what it answers.

use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

/// What the program reads from the environment: nothing of the tester's own may reach a test.
const VARIABLES: [&str; 6] =
    ["ANGEN_DB", "ANGEN_DB_KEY_FILE", "ANGEN_AS", "ANGEN_PIN", "ANGEN_NEW_PIN", "ANGEN_LANG"];

/// The program, with nothing of the environment.
pub(crate) fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_angen"));
    command.stdin(Stdio::null());
    for variable in VARIABLES {
        command.env_remove(variable);
    }
    command
}

/// The program with arguments that every line of a test shares, such as the database.
#[derive(Clone, Default)]
pub(crate) struct Program {
    shared: Vec<OsString>,
}

/// How a run ended.
#[derive(Debug)]
pub(crate) struct Run {
    /// The exit code.
    pub(crate) code: i32,
    /// Standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) err: String,
}

impl Program {
    /// The program without a database.
    pub(crate) fn bare() -> Self {
        Self::default()
    }

    /// The program on a database.
    pub(crate) fn on(data: &Path) -> Self {
        let mut program = Self::bare();
        program.shared.extend(["--db".into(), data.into()]);
        program
    }

    /// The program with more arguments.
    pub(crate) fn with(&self, arguments: &[&str]) -> Self {
        let mut program = self.clone();
        program.shared.extend(arguments.iter().map(Into::into));
        program
    }

    /// The program as someone uses it.
    pub(crate) fn as_one(&self, (name, pin): (&str, &str)) -> Self {
        self.with(&["--as", name, "--pin", pin])
    }

    /// The command of a line.
    pub(crate) fn line(&self, line: &[&str]) -> Command {
        let mut command = command();
        command.args(&self.shared).args(line);
        command
    }

    /// Runs a line to its end.
    pub(crate) fn run(&self, line: &[&str]) -> Run {
        let output = self.line(line).output().unwrap();
        let code = output.status.code().unwrap_or_else(|| panic!("{line:?}: {}", output.status));
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Run { code, out: text(output.stdout), err: text(output.stderr) }
    }

    /// Runs a line with `--json`, which must succeed and print one line of JSON and nothing else.
    #[track_caller]
    pub(crate) fn json(&self, line: &[&str]) -> Value {
        let run = self.with(&["--json"]).run(line);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{line:?}: {}", run.out);
        one_line_of_json(&run.out)
    }

    /// Runs a line in words, which must succeed and complain of nothing.
    #[track_caller]
    pub(crate) fn words(&self, line: &[&str]) -> String {
        let run = self.run(line);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{line:?}: {}", run.out);
        run.out
    }
}

/// Reads the one line of JSON that a run printed.
#[track_caller]
pub(crate) fn one_line_of_json(out: &str) -> Value {
    let line = out.strip_suffix('\n').unwrap_or_else(|| panic!("no whole line: {out:?}"));
    assert!(!line.contains('\n'), "more than one line: {out}");
    serde_json::from_str(line).unwrap_or_else(|why| panic!("{why}: {line}"))
}

/// The text at a JSON pointer.
#[track_caller]
pub(crate) fn text<'v>(value: &'v Value, pointer: &str) -> &'v str {
    let found = value.pointer(pointer).and_then(Value::as_str);
    found.unwrap_or_else(|| panic!("no text at {pointer}: {value}"))
}

/// Checks that an object has exactly these fields.
#[track_caller]
pub(crate) fn assert_fields(value: &Value, fields: &[&str]) {
    let object = value.as_object().unwrap_or_else(|| panic!("no object: {value}"));
    let mut held: Vec<&str> = object.keys().map(String::as_str).collect();
    let mut wanted = fields.to_vec();
    held.sort_unstable();
    wanted.sort_unstable();
    assert_eq!(held, wanted, "{value}");
}

/// Whether a text is an id (a UUID).
pub(crate) fn is_id(text: &str) -> bool {
    text.len() == 36 && text.split('-').map(str::len).eq([8, 4, 4, 4, 12])
}

/// Whether a text is a hash: 64 hexadecimal digits.
pub(crate) fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Whether a text has Chinese characters.
pub(crate) fn is_chinese(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}
