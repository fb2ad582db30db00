//! The library that an app carries: built for speed, its symbols taken off; plain, encrypted, and
//! with documents as PDF.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::report::Report;

use super::mib;

/// Where the encrypting flavour is built, as `cargo xtask test --only cipher` does.
const CIPHER_TARGET: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/cipher");

/// A build of the bindings.
struct Flavour {
    called: &'static str,
    features: &'static [&'static str],
    target: Option<&'static str>,
}

const FLAVOURS: [Flavour; 3] = [
    Flavour { called: "plain", features: &[], target: None },
    Flavour {
        called: "with SQLCipher and its OpenSSL, as phones have it",
        features: &["--features", "sqlcipher"],
        target: Some(CIPHER_TARGET),
    },
    Flavour {
        called: "with SQLCipher and PDF",
        features: &["--features", "sqlcipher,pdf"],
        target: Some(CIPHER_TARGET),
    },
];

/// Tells the sizes, and gives the plain library for the calls.
pub(super) fn sizes(report: &mut Report) -> Result<PathBuf, String> {
    let mut plain = None;
    for flavour in FLAVOURS {
        let work = format!("the phones' library, stripped: {}", flavour.called);
        match flavour.build() {
            Ok((whole, stripped)) => {
                let whole = format!("{} with its symbols", mib(bytes(&whole)));
                report.compare(&work, mib(bytes(&stripped)), whole, None);
                plain.get_or_insert(stripped);
            }
            Err(why) => report.compare(&work, why, "–".to_owned(), None),
        }
    }
    plain.ok_or_else(|| "not measured: the library was not built".to_owned())
}

impl Flavour {
    /// Builds it, and a copy without symbols beside it. Bindgen reads the one that has them.
    fn build(&self) -> Result<(PathBuf, PathBuf), String> {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(["build", "--release", "--quiet", "--package", "angen-bindings"]);
        cargo.args(self.features);
        let built = match self.target {
            Some(target) => {
                cargo.args(["--target-dir", target]);
                Path::new(target).join("release")
            }
            None => std::env::current_exe().expect("this program").with_file_name(""),
        };
        let built = built.join("libangen_bindings.so");
        if !cargo.status().is_ok_and(|status| status.success()) {
            return Err("not measured: cargo build failed".to_owned());
        }
        let name = format!("libangen_bindings.{}.so", self.features.last().unwrap_or(&"plain"));
        let stripped = built.with_file_name(name);
        let strip = Command::new("strip").arg("-o").arg(&stripped).arg(&built).status();
        match strip {
            Ok(status) if status.success() => Ok((built, stripped)),
            _ => Err("not measured: strip (binutils) is not here".to_owned()),
        }
    }
}

fn bytes(path: &Path) -> u64 {
    std::fs::metadata(path).map_or(0, |found| found.len())
}
