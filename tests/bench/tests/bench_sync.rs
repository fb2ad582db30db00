//! The bench of sync on little: it ends, its checks of count and value hold, each line has figures.

use std::process::Command;

#[test]
fn a_quick_run_ends_and_every_line_has_a_figure_on_both_sides() {
    let program = env!("CARGO_BIN_EXE_angen-bench");
    let output = Command::new(program).args(["sync", "--quick"]).output().unwrap();
    let (text, error) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{text}\n{error}");
    let rows = text.lines().skip_while(|line| !line.starts_with("|---"));
    let lines: Vec<Vec<&str>> = rows
        .skip(1)
        .take_while(|line| line.starts_with('|'))
        .map(|line| line.trim_matches('|').split(" | ").map(str::trim).collect())
        .collect();
    let has_figure = |cell: &str| cell.starts_with(|first: char| first.is_ascii_digit());
    assert!(lines.len() >= 18, "{text}");
    for line in lines {
        let [work, ours, floor, ..] = line[..] else { panic!("{line:?}") };
        assert!(has_figure(ours), "{work}: {ours}");
        // A peer that is not installed says how to get it.
        assert!(
            has_figure(floor) || floor.contains("cargo xtask bench -- sync"),
            "{work}: {floor}"
        );
    }
}

#[test]
fn the_tables_of_scale_are_what_the_measured_figures_come_to() {
    let program = env!("CARGO_BIN_EXE_angen-bench");
    let status = Command::new(program).args(["scale", "--check"]).status().unwrap();
    assert!(status.success(), "run `cargo xtask bench -- scale` and look at docs/scale.md");
}
