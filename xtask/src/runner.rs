//! The one runner: runs steps in order, some beside those that follow, stops at the first failure,
//! sums up at the end.
use std::io::{Read, Write};
use std::path::Path;
use std::process::ExitStatus;
use std::thread::{Scope, ScopedJoinHandle};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use clap::Args;

use crate::closing::{self, Totals};
use crate::setup;
use crate::step::Step;

/// What a child writes is passed on in pieces of at most this size. A pipe holds 64 KiB, so a
/// larger piece would never fill.
const PIECE_BYTES_MAX: usize = 64 * 1024;

/// Arguments that every list of steps understands.
#[derive(Args, Default)]
pub(crate) struct RunArgs {
    /// Run only this step (can be given more than once).
    #[arg(long, value_name = "STEP")]
    only: Vec<String>,
    /// Leave this step out (can be given more than once).
    #[arg(long, value_name = "STEP")]
    skip: Vec<String>,
    /// List the steps and their commands, and run nothing.
    #[arg(long)]
    pub(crate) list: bool,
}

impl RunArgs {
    /// Whether a step was asked for by name.
    pub(crate) fn is_named(&self, step: &str) -> bool {
        self.only.iter().any(|name| name == step)
    }
}

/// What a step came to.
struct Done {
    name: String,
    took: Option<Duration>,
}

/// What the steps so far came to.
#[derive(Default)]
struct Report {
    done: Vec<Done>,
    closing_lines: Vec<String>,
    totals: Totals,
}

impl Report {
    fn add(&mut self, other: Self) {
        self.done.extend(other.done);
        self.closing_lines.extend(other.closing_lines);
        self.totals += other.totals;
    }
}

/// What came of one step: what is to be reported of it, and whether it failed.
type Ran = (Report, anyhow::Result<()>);

/// A step that runs beside those that follow it, and what it said once it has ended.
type Beside<'scope> = (&'scope str, ScopedJoinHandle<'scope, (Ran, Vec<u8>)>);

/// Runs the chosen steps: installs what they need, then one after the other.
///
/// Fails at the first step that fails, with its name and the command that repeats it by hand.
pub(crate) fn run(root: &Path, steps: Vec<Step>, args: &RunArgs) -> anyhow::Result<()> {
    let steps = chosen(steps, args)?;
    if args.list {
        steps.iter().for_each(print_entry);
        return Ok(());
    }
    setup::provide(root, &setup::needs_of(&steps))?;
    let mut report = Report::default();
    let start = now();
    let outcome = run_all(root, &steps, &mut std::io::stdout(), &mut report);
    print_report(&report, start.elapsed());
    outcome
}

fn chosen(mut steps: Vec<Step>, args: &RunArgs) -> anyhow::Result<Vec<Step>> {
    for name in args.only.iter().chain(&args.skip) {
        if !steps.iter().any(|step| step.name == *name) {
            let names: Vec<&str> = steps.iter().map(|step| step.name.as_str()).collect();
            bail!("there is no step `{name}`; the steps are: {}", names.join(", "));
        }
    }
    let named = |names: &[String], step: &Step| names.contains(&step.name);
    steps.retain(|step| args.only.is_empty() || named(&args.only, step));
    steps.retain(|step| !named(&args.skip, step));
    Ok(steps)
}

fn print_entry(step: &Step) {
    let note = step.skipped.as_ref().map(|why| format!("   (skipped: {why})")).unwrap_or_default();
    println!("{:<16} {}{note}", step.name, step.by_hand());
}

/// Runs steps in their order. One that may run beside others is begun and let go on; what it says
/// is shown when it has ended. Nothing is left running, whatever fails.
fn run_all(
    root: &Path,
    steps: &[Step],
    terminal: &mut impl Write,
    report: &mut Report,
) -> anyhow::Result<()> {
    std::thread::scope(|scope| {
        let mut beside = Vec::new();
        let mut outcome = Ok(());
        for (at, step) in steps.iter().enumerate() {
            outcome = gather(&mut beside, step.alone, terminal, report);
            if outcome.is_err() {
                break;
            }
            if goes_beside(step, &steps[at + 1..]) {
                println!("\n== {}: {}\n(beside the steps that follow)", step.name, step.by_hand());
                beside.push(begin(scope, root, step));
                continue;
            }
            match &step.skipped {
                Some(why) => println!("\n== {}: SKIPPED, {why}", step.name),
                None => println!("\n== {}: {}", step.name, step.by_hand()),
            }
            let (part, ran) = run_step(root, step, terminal);
            report.add(part);
            outcome = ran;
            if outcome.is_err() {
                break;
            }
        }
        if let (Err(why), false) = (&outcome, beside.is_empty()) {
            let names: Vec<&str> = beside.iter().map(|(name, _)| *name).collect();
            println!("\n== FAILED: {why}\n== waiting for the end of: {}", names.join(", "));
        }
        let gathered = gather(&mut beside, true, terminal, report);
        outcome.and(gathered)
    })
}

/// Whether a step is begun beside those that follow. With none of them to wait for, a person may as
/// well watch it.
fn goes_beside(step: &Step, rest: &[Step]) -> bool {
    let follows = |next: &Step| !next.beside && !next.alone && next.skipped.is_none();
    step.beside && step.skipped.is_none() && rest.iter().any(follows)
}

fn begin<'scope>(
    scope: &'scope Scope<'scope, '_>,
    root: &'scope Path,
    step: &'scope Step,
) -> Beside<'scope> {
    let run = move || {
        let mut said = Vec::new();
        (run_step(root, step, &mut said), said)
    };
    (&step.name, scope.spawn(run))
}

/// Shows and reports the steps beside that have ended; with `all`, waits for the others as well.
fn gather(
    beside: &mut Vec<Beside<'_>>,
    all: bool,
    terminal: &mut impl Write,
    report: &mut Report,
) -> anyhow::Result<()> {
    let mut outcome = Ok(());
    for (name, handle) in std::mem::take(beside) {
        if !all && !handle.is_finished() {
            beside.push((name, handle));
            continue;
        }
        let Ok(((part, ran), said)) = handle.join() else { bail!("step `{name}` panicked") };
        println!("\n== {name}, which ran beside the others");
        terminal.write_all(&said)?;
        report.add(part);
        outcome = outcome.and(ran);
    }
    outcome
}

fn run_step(root: &Path, step: &Step, terminal: &mut impl Write) -> Ran {
    let mut report = Report::default();
    let outcome = run_into(root, step, terminal, &mut report);
    (report, outcome)
}

fn run_into(
    root: &Path,
    step: &Step,
    terminal: &mut impl Write,
    report: &mut Report,
) -> anyhow::Result<()> {
    if step.skipped.is_some() {
        report.done.push(Done { name: step.name.clone(), took: None });
        return Ok(());
    }
    let start = now();
    let (status, lines) = stream(root, step, terminal)?;
    report.done.push(Done { name: step.name.clone(), took: Some(start.elapsed()) });
    for line in &lines {
        if closing::is_of_fuzzer(line) {
            report.closing_lines.push(format!("{}: {}", step.name, line.trim()));
        }
        if let Some(totals) = closing::read(line) {
            report.totals += totals;
            if totals != Totals::default() {
                report.closing_lines.push(line.trim().to_owned());
            }
        }
    }
    if !status.success() {
        bail!("step `{}` failed ({status}). To repeat it: {}", step.name, step.by_hand());
    }
    if step.silent && lines.iter().any(|line| !line.trim().is_empty()) {
        bail!("step `{}` printed what is above; it must print nothing", step.name);
    }
    Ok(())
}

/// Runs a child, passes its standard output on unchanged while it runs, and keeps the lines.
/// Its standard error is ours, so that progress bars stay progress bars, unless the step says that
/// it is read as well, or other steps have the terminal.
fn stream(
    root: &Path,
    step: &Step,
    terminal: &mut impl Write,
) -> anyhow::Result<(ExitStatus, Vec<String>)> {
    let (mut output, writer) = std::io::pipe().context("making a pipe")?;
    let mut process = step.process(root);
    if step.errors_read || step.beside {
        process.stderr(writer.try_clone().context("making a pipe")?);
    }
    process.stdout(writer);
    let mut child = process
        .spawn()
        .with_context(|| format!("step `{}`: cannot start `{}`", step.name, step.command[0]))?;
    // Our ends for writing go with it; otherwise the pipe would never end.
    drop(process);
    let mut piece = vec![0; PIECE_BYTES_MAX];
    let mut all = Vec::new();
    loop {
        let length = output.read(&mut piece).context("reading the output of a step")?;
        if length == 0 {
            break;
        }
        terminal.write_all(&piece[..length])?;
        terminal.flush()?;
        all.extend_from_slice(&piece[..length]);
    }
    let status = child.wait().context("waiting for a step to end")?;
    let lines = String::from_utf8_lossy(&all).lines().map(str::to_owned).collect();
    Ok((status, lines))
}

fn print_report(report: &Report, took: Duration) {
    println!("\n== steps");
    for done in &report.done {
        match done.took {
            Some(took) => println!("{:<16} {:>8.1} s", done.name, took.as_secs_f64()),
            None => println!("{:<16}  skipped", done.name),
        }
    }
    println!("{:<16} {:>8.1} s", "all of it", took.as_secs_f64());
    if report.closing_lines.is_empty() {
        return;
    }
    println!("\n== closing lines of the test runners");
    for line in &report.closing_lines {
        println!("{line}");
    }
    if report.totals != Totals::default() {
        println!("{} passed, {} failed", report.totals.passed, report.totals.failed);
    }
}

/// The only place in xtask that looks at a clock: the seconds in the table of steps.
#[expect(clippy::disallowed_methods, reason = "how long a step took is about this machine")]
fn now() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Nothing reaches the terminal: the run that runs these tests reads closing lines from it.
    fn run_steps(steps: &[Step]) -> (anyhow::Result<()>, Report) {
        let mut report = Report::default();
        let root = crate::root::find();
        let outcome = run_all(&root, steps, &mut std::io::sink(), &mut report);
        (outcome, report)
    }

    #[test]
    fn the_first_failure_ends_the_run_and_says_how_to_repeat_it() {
        let steps = [
            Step::new("one", ["true"]),
            Step::new("two", ["sh", "-c", "exit 3"]),
            Step::new("three", ["true"]),
        ];
        let (outcome, report) = run_steps(&steps);
        let text = outcome.unwrap_err().to_string();
        assert!(text.contains("step `two`") && text.contains("sh -c 'exit 3'"), "{text}");
        assert_eq!(names(&report), ["one", "two"]);
    }

    fn names(report: &Report) -> Vec<&str> {
        report.done.iter().map(|done| done.name.as_str()).collect()
    }

    #[test]
    fn a_step_beside_goes_on_while_others_run_and_has_ended_before_one_that_is_alone() {
        // The first ends only once the second has begun; neither could alone.
        let folder = std::env::temp_dir().join(format!("angen-beside-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let sh = |name: &str, line: &str| {
            let line = line.replace("AT", &folder.display().to_string());
            Step::new(name, ["timeout", "60", "sh", "-c", &line])
        };
        let (outcome, report) = run_steps(&[
            sh(
                "long",
                "until [ -e AT/met ]; do sleep 0.01; done; touch AT/long; echo '4 passed in 1s'",
            )
            .beside(),
            sh("short", "touch AT/met; echo '3 passed in 1s'"),
            sh("last", "test -e AT/long").alone(),
        ]);
        std::fs::remove_dir_all(&folder).unwrap();
        outcome.unwrap();
        assert_eq!(report.totals, Totals { passed: 7, failed: 0 });
        assert_eq!(report.done.last().unwrap().name, "last");
        assert_eq!(names(&report).len(), 3);
    }

    #[test]
    fn a_step_beside_that_fails_ends_the_run_and_no_step_is_alone_with_nothing_beside_it() {
        let failing = || Step::new("beside", ["sh", "-c", "exit 3"]).beside();
        let last = || Step::new("last", ["true"]).alone();
        let (outcome, report) = run_steps(&[failing(), Step::new("other", ["true"]), last()]);
        let text = outcome.unwrap_err().to_string();
        assert!(text.contains("step `beside`") && text.contains("sh -c 'exit 3'"), "{text}");
        assert!(!names(&report).contains(&"last"), "{:?}", names(&report));
        let other = Step::new("other", ["sh", "-c", "exit 4"]);
        let (outcome, report) = run_steps(&[Step::new("beside", ["true"]).beside(), other]);
        assert!(outcome.unwrap_err().to_string().contains("step `other`"));
        assert_eq!(names(&report), ["other", "beside"], "it is waited for");
        assert!(!goes_beside(&failing(), &[last()]));
    }

    #[test]
    fn closing_lines_are_summed_over_the_runners_and_empty_ones_left_out() {
        let said = "test result: ok. 2 passed; 0 failed\\ntest result: ok. 0 passed; 0 failed\\n";
        let steps = [
            Step::new("rust", ["printf", said]),
            Step::new("python", ["printf", "3 passed in 0.1s\\n"]),
        ];
        let (outcome, report) = run_steps(&steps);
        outcome.unwrap();
        assert_eq!(report.totals, Totals { passed: 5, failed: 0 });
        assert_eq!(report.closing_lines.len(), 2);
    }

    #[test]
    fn closing_lines_of_a_fuzzer_are_read_from_its_standard_error() {
        let said = "echo 'INFO: Seed: 1' >&2; echo 'Done 7 runs in 1 second(s)' >&2";
        let step = Step::new("op", ["sh", "-c", said]);
        let (outcome, report) = run_steps(&[step.errors_read()]);
        outcome.unwrap();
        assert_eq!(report.closing_lines, ["op: Done 7 runs in 1 second(s)"]);
    }

    #[test]
    fn a_silent_step_that_prints_fails() {
        let (outcome, _) = run_steps(&[Step::new("clean", ["echo", "M file"]).silent()]);
        assert!(outcome.is_err());
        let (outcome, _) = run_steps(&[Step::new("clean", ["true"]).silent()]);
        outcome.unwrap();
    }

    #[test]
    fn an_unknown_step_name_is_refused_with_the_known_ones() {
        let args = RunArgs { only: vec!["fmtt".to_owned()], ..RunArgs::default() };
        let text = chosen(vec![Step::new("fmt", ["true"])], &args).unwrap_err().to_string();
        assert!(text.contains("fmtt") && text.contains("the steps are: fmt"), "{text}");
    }
}
