//! This program again as another process: a server with a memory and a core of its own.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, ExitCode, Stdio};

/// Says what a process is to be: `hub` or `plain`.
pub(crate) const ROLE: &str = "ANGEN_BENCH_ROLE";
/// Says where it keeps its data.
pub(crate) const FOLDER: &str = "ANGEN_BENCH_FOLDER";

/// A server in a process of its own, until it is dropped.
pub(crate) struct Server {
    pub(crate) url: String,
    child: Child,
    /// Closing it is the word to stop.
    open: Option<ChildStdin>,
}

impl Server {
    /// Starts this program in a role, and waits until it says where it listens.
    pub(crate) fn start(role: &str, folder: &Path) -> Self {
        let program = std::env::current_exe().expect("this program has a path");
        let mut command = Command::new(program);
        command.env(ROLE, role).env(FOLDER, folder);
        Self::of(command)
    }

    /// Starts a command that prints its address as the first line and ends with its input.
    pub(crate) fn of(mut command: Command) -> Self {
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("a process starts");
        let open = child.stdin.take();
        let mut lines = BufReader::new(child.stdout.take().expect("its output is piped"));
        let mut url = String::new();
        lines.read_line(&mut url).expect("it says where it listens");
        let url = url.trim().to_owned();
        assert!(url.starts_with("http://"), "no address but {url:?}");
        Self { url, child, open }
    }

    /// The most memory that it ever held, in bytes.
    pub(crate) fn peak_bytes(&self) -> u64 {
        let status = format!("/proc/{}/status", self.child.id());
        let text = std::fs::read_to_string(status).expect("the system tells about processes");
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
        1_024 * kib.expect("a peak in KiB")
    }
}

/// Ticks of a second in which the system counts what a process used (USER_HZ on Linux).
const TICKS_A_SECOND: f64 = 100.0;

impl Server {
    /// The seconds of a core that it has used, in the system's calls as well.
    pub(crate) fn cpu_seconds(&self) -> f64 {
        let stat = format!("/proc/{}/stat", self.child.id());
        let text = std::fs::read_to_string(stat).expect("the system tells about processes");
        // Behind the program's name, which may hold anything: the 12th and the 13th.
        let fields = text.rsplit_once(')').map_or("", |(_, fields)| fields);
        let ticks = fields.split_whitespace().skip(11).take(2).map(str::parse::<u64>);
        let ticks: u64 = ticks.collect::<Result<Vec<_>, _>>().expect("two numbers").iter().sum();
        ticks as f64 / TICKS_A_SECOND
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.open.take());
        let _ = self.child.wait();
    }
}

/// What this process does when it was started as a server; nothing when it was not.
pub(crate) fn play() -> Option<ExitCode> {
    let role = std::env::var(ROLE).ok()?;
    let folder = std::env::var(FOLDER).expect("a folder is named");
    let folder = Path::new(&folder);
    match role.as_str() {
        "hub" => crate::sync::hub::serve(folder),
        _ => crate::sync::plain::serve(folder),
    }
    Some(ExitCode::SUCCESS)
}

/// Waits until whoever started this process lets go of it.
pub(crate) fn wait_for_the_end() {
    let _ = std::io::stdin().read_to_end(&mut Vec::new());
}
