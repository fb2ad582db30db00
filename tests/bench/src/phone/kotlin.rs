//! The same calls from Kotlin on a JVM: Maven runs `CostsBench` of bindings/kotlin.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::calls::Costs;

/// What the JVM measured.
pub(super) struct Said {
    pub(super) costs: Costs,
    /// Memory of the JVM in KiB, before the library is loaded and after all of it.
    pub(super) before_kib: u64,
    pub(super) after_kib: u64,
}

/// Runs it over the databases in a folder.
pub(super) fn measure(folder: &Path, library: &Path) -> Result<Said, String> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../bindings/kotlin");
    if !project.join("generated/uniffi").is_dir() {
        return Err("not measured: `cargo xtask bindgen` was not run".to_owned());
    }
    let mut maven = Command::new("mvn");
    maven.args(["--batch-mode", "--quiet", "test", "-Dtest=CostsBench"]);
    maven.args(["-Dgroups=bench", "-Dangen.left.out=none"]);
    maven.arg(format!("-Dangen.costs.folder={}", folder.display()));
    maven.arg(format!("-Dangen.library={}", library.display()));
    if !maven.current_dir(project).status().is_ok_and(|status| status.success()) {
        return Err("not measured: Maven and a JDK are needed, or it failed".to_owned());
    }
    let said = std::fs::read(folder.join("costs.json")).map_err(|error| error.to_string())?;
    let said: serde_json::Value =
        serde_json::from_slice(&said).map_err(|error| error.to_string())?;
    let number = |name: &str| said[name].as_u64().ok_or(format!("{name} is missing"));
    let time = |name: &str| number(name).map(Duration::from_nanos);
    Ok(Said {
        costs: Costs {
            open_register: time("open_register_ns")?,
            open_worked: time("open_worked_ns")?,
            call: time("call_ns")?,
            page: time("page_ns")?,
            dossiers: time("dossiers_ns")?,
            today: time("today_ns")?,
            photo: time("photo_ns")?,
        },
        before_kib: number("resident_before_kib")?,
        after_kib: number("resident_after_kib")?,
    })
}
