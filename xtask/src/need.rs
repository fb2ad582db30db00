//! What a step can need on the machine: how to see that it is there, and how to get it.
use std::path::Path;
use std::process::{Command, Stdio};

/// The oldest Java that the bindings' tests are built for.
const JAVA_VERSION_MIN: u32 = 17;

/// Where the Python packages of the tests live; below `target`, so that nothing else is touched.
const VENV: &str = "target/venv";

/// The copy of the requirements that the virtual environment was filled from.
const VENV_STAMP: &str = "target/venv/requirements-installed.txt";

/// The interpreter of that virtual environment, as a step in the top folder calls it.
pub(crate) const VENV_PYTHON: &str = "target/venv/bin/python";

/// The packages that the Python tests import, with exact versions.
pub(crate) const PYTHON_REQUIREMENTS: &str = "tests/python/requirements.txt";

/// One thing that must be on the machine.
#[derive(Debug)]
pub(crate) struct Need {
    /// What a person calls it.
    pub(crate) name: &'static str,
    /// What it is for.
    pub(crate) purpose: &'static str,
    /// How to see that it is there.
    pub(crate) detect: Detect,
    /// How to get it.
    pub(crate) get: Get,
}

/// How to see that a need is met.
#[derive(Debug)]
pub(crate) enum Detect {
    /// The command runs and succeeds.
    Runs(&'static [&'static str]),
    /// The command succeeds, and the first number in what it prints is at least this.
    VersionMin(&'static [&'static str], u32),
    /// The virtual environment was filled from the present requirements.
    VenvFilled,
}

/// How to get what is missing.
#[derive(Debug)]
pub(crate) enum Get {
    /// Debian packages; installing them takes root.
    Apt(&'static [&'static str]),
    /// Commands of the current user, run in the top folder one after the other.
    Commands(&'static [&'static [&'static str]]),
    /// A new virtual environment, filled with the packages of the requirements.
    FillVenv,
}

pub(crate) static RUSTFMT: Need = Need {
    name: "rustfmt",
    purpose: "formatting",
    detect: Detect::Runs(&["cargo", "fmt", "--version"]),
    get: Get::Commands(&[&["rustup", "component", "add", "rustfmt"]]),
};

pub(crate) static CLIPPY: Need = Need {
    name: "clippy",
    purpose: "lints",
    detect: Detect::Runs(&["cargo", "clippy", "--version"]),
    get: Get::Commands(&[&["rustup", "component", "add", "clippy"]]),
};

pub(crate) static C_COMPILER: Need = Need {
    name: "C compiler",
    purpose: "SQLite is compiled from its C source",
    detect: Detect::Runs(&["cc", "--version"]),
    get: Get::Apt(&["gcc", "libc6-dev"]),
};

pub(crate) static PERL_AND_MAKE: Need = Need {
    name: "perl and make",
    purpose: "the encrypted flavour compiles OpenSSL",
    detect: Detect::Runs(&["sh", "-c", "perl -v && make -v"]),
    get: Get::Apt(&["perl", "make"]),
};

pub(crate) static PYTHON: Need = Need {
    name: "python3 with venv",
    purpose: "the second implementation of the verifier",
    detect: Detect::Runs(&["python3", "-c", "import venv, ensurepip"]),
    get: Get::Apt(&["python3", "python3-venv"]),
};

pub(crate) static PYTHON_PACKAGES: Need = Need {
    name: "Python packages",
    purpose: "published packages for the second verifier, and to build the Python wheel",
    detect: Detect::VenvFilled,
    get: Get::FillVenv,
};

/// Debian's default Java is new enough on every release since 12, whichever version it is.
pub(crate) static JAVA: Need = Need {
    name: "Java 17 or newer",
    purpose: "the Kotlin tests over the real core",
    detect: Detect::VersionMin(&["javac", "-version"], JAVA_VERSION_MIN),
    get: Get::Apt(&["default-jdk-headless"]),
};

pub(crate) static MAVEN: Need = Need {
    name: "Maven",
    purpose: "fetches the Kotlin compiler and runs the Kotlin tests",
    detect: Detect::Runs(&["mvn", "--version"]),
    get: Get::Apt(&["maven"]),
};

pub(crate) static AAPT2: Need = Need {
    name: "aapt2",
    purpose: "compiles the resources of the Android shell",
    detect: Detect::Runs(&["aapt2", "version"]),
    get: Get::Apt(&["aapt"]),
};

/// A Go that is too old, or that cannot fetch the module, is none.
pub(crate) static GO: Need = Need {
    name: "Go 1.21 or newer",
    purpose: "the tools that the Go project verifies its logs with, on the log of a hub",
    detect: Detect::Runs(&["sh", "-c", "cd tests/go && go mod download"]),
    get: Get::Apt(&["golang-go"]),
};

pub(crate) static QPDF: Need = Need {
    name: "qpdf",
    purpose: "says whether the printed PDFs are sound",
    detect: Detect::Runs(&["qpdf", "--version"]),
    get: Get::Apt(&["qpdf"]),
};

pub(crate) static POPPLER: Need = Need {
    name: "poppler-utils",
    purpose: "reads the printed PDFs as another program does",
    detect: Detect::Runs(&["pdftotext", "-v"]),
    get: Get::Apt(&["poppler-utils"]),
};

pub(crate) static LIBREOFFICE: Need = Need {
    name: "LibreOffice Writer",
    purpose: "opens the DOCX files as an office does",
    detect: Detect::Runs(&["soffice", "--version"]),
    get: Get::Apt(&["libreoffice-writer-nogui", "fonts-noto-cjk"]),
};

pub(crate) static CARGO_DENY: Need = Need {
    name: "cargo-deny",
    purpose: "licences, sources and known weaknesses of outside crates",
    detect: Detect::Runs(&["cargo", "deny", "--version"]),
    get: Get::Commands(&[&["cargo", "install", "cargo-deny", "--locked"]]),
};

pub(crate) static TYPOS: Need = Need {
    name: "typos",
    purpose: "spelling",
    detect: Detect::Runs(&["typos", "--version"]),
    get: Get::Commands(&[&["cargo", "install", "typos-cli", "--locked"]]),
};

pub(crate) static CARGO_FUZZ: Need = Need {
    name: "cargo-fuzz",
    purpose: "fuzzing",
    detect: Detect::Runs(&["cargo", "fuzz", "--version"]),
    get: Get::Commands(&[&["cargo", "install", "cargo-fuzz", "--locked"]]),
};

pub(crate) static NIGHTLY: Need = Need {
    name: "nightly Rust",
    purpose: "the sanitizers that fuzzing switches on",
    detect: Detect::Runs(&["cargo", "+nightly", "--version"]),
    get: Get::Commands(&[&["rustup", "toolchain", "install", "nightly", "--profile", "minimal"]]),
};

impl Need {
    /// True when the machine has it.
    pub(crate) fn is_met(&self, root: &Path) -> bool {
        match self.detect {
            Detect::Runs(command) => output_of(root, command).is_some(),
            Detect::VersionMin(command, version_min) => output_of(root, command)
                .and_then(|text| first_number(&text))
                .is_some_and(|version| version >= version_min),
            Detect::VenvFilled => {
                let read = |path: &str| std::fs::read(root.join(path)).ok();
                let wanted = read(PYTHON_REQUIREMENTS);
                wanted.is_some() && read(VENV_STAMP) == wanted
            }
        }
    }

    /// The commands that bring it, as the current user. Empty for Debian packages: those are
    /// installed together, by [`crate::setup`].
    pub(crate) fn commands(&self) -> Vec<Vec<&'static str>> {
        match self.get {
            Get::Apt(_) => Vec::new(),
            Get::Commands(commands) => commands.iter().map(|command| command.to_vec()).collect(),
            Get::FillVenv => vec![
                vec!["python3", "-m", "venv", "--clear", VENV],
                vec![
                    VENV_PYTHON,
                    "-m",
                    "pip",
                    "install",
                    "--quiet",
                    "--disable-pip-version-check",
                    "--requirement",
                    PYTHON_REQUIREMENTS,
                ],
                vec!["cp", PYTHON_REQUIREMENTS, VENV_STAMP],
            ],
        }
    }
}

/// What a command prints when it succeeds; `None` when it fails or does not exist.
fn output_of(root: &Path, command: &[&str]) -> Option<String> {
    let output = Command::new(command[0])
        .args(&command[1..])
        .current_dir(root)
        .stdin(Stdio::null())
        .output()
        .ok()?;
    let text = [output.stdout, output.stderr].concat();
    output.status.success().then(|| String::from_utf8_lossy(&text).into_owned())
}

/// The first whole number in a text: 17 in `javac 17.0.15`.
fn first_number(text: &str) -> Option<u32> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let digits = &text[start..];
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    digits[..end].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn met(detect: Detect) -> bool {
        let get = Get::Apt(&["nothing"]);
        Need { name: "test", purpose: "a test", detect, get }.is_met(&crate::root::find())
    }

    #[test]
    fn a_command_that_does_not_exist_is_missing() {
        assert!(met(Detect::Runs(&["true"])));
        assert!(!met(Detect::Runs(&["false"])));
        assert!(!met(Detect::Runs(&["no-such-command-anywhere"])));
    }

    #[test]
    fn a_version_that_is_too_old_is_missing() {
        assert!(met(Detect::VersionMin(&["echo", "javac 21.0.2"], 17)));
        assert!(met(Detect::VersionMin(&["echo", "javac 17.0.15"], 17)));
        assert!(!met(Detect::VersionMin(&["echo", "javac 11.0.2"], 17)));
        assert!(!met(Detect::VersionMin(&["echo", "no number"], 17)));
    }
}
