//! The Python package: the real core under Python, built as a wheel and tested as it installs.
use std::path::Path;

use crate::kotlin::{LIBRARY, bindgen};
use crate::step::Step;
use crate::{memory, need};

/// Where the package is; without it these steps are skipped.
const PYTHON_PROJECT: &str = "bindings/python/pyproject.toml";

/// Where the wheel is built, and below it `site`, where the tests find it installed.
const WHEELS: &str = "target/python";

/// Behind the steps of Kotlin, which build the library: write the Python source from it, build the
/// wheel and install it into a folder of its own, run the tests over that.
pub(crate) fn steps(root: &Path) -> Vec<Step> {
    let bindgen = bindgen("python-bindgen", "python", "bindings/python/angen");
    let wheel =
        Step::new("python-wheel", [need::VENV_PYTHON, "bindings/python/build.py", LIBRARY, WHEELS])
            .needs(&[&need::PYTHON, &need::PYTHON_PACKAGES]);
    let pytest = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "bindings/python/tests"];
    let tests = Step::new("python-package", std::iter::once(need::VENV_PYTHON).chain(pytest));
    let tests = memory::within(tests)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("PYTHONPATH", format!("{WHEELS}/site:tests/python"))
        .needs(&[&need::PYTHON, &need::PYTHON_PACKAGES]);
    [bindgen, wheel, tests].map(|step| step.only_where(root, PYTHON_PROJECT)).into()
}
