//! A small township that the program itself made, copied for each test that starts from one.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use angen_core::store::Store;
use angen_testing::files::{Listed, checklists, contents, jpeg};
use angen_testing::picture::{Picture, picture};
use tempfile::TempDir;

use crate::program::{Program, text};

/// The administrator's PIN.
pub(crate) const ADMIN_PIN: &str = "admin-000000";
/// The first officer and the PIN: who writes the record.
pub(crate) const FIRST: (&str, &str) = ("林海平", "first-111111");
/// The second officer and the PIN: who assents.
pub(crate) const SECOND: (&str, &str) = ("徐文涛", "second-222222");
/// The mentor and the PIN.
pub(crate) const MENTOR: (&str, &str) = ("郭志松", "mentor-333333");
/// A credit code with the right check character.
pub(crate) const CREDIT_CODE: &str = "91371102MA8QY0035G";
/// A day until which the tests' certificates are valid.
pub(crate) const VALID_UNTIL: &str = "2099-12-31";

/// A delegation to the township, as it is entered.
pub(crate) const DELEGATION: &[&str] = &[
    "mandate",
    "grant",
    "--kind",
    "delegation",
    "--delegator",
    "市局",
    "--delegate",
    "涛雒镇人民政府",
    "--delegate-kind",
    "government",
    "--area",
    "涛雒",
    "--from",
    "2021-09-01",
    "--published-on",
    "2021-08-20",
    "--document-no",
    "委1号",
    "--cap",
    "unit=50000",
    "--cap",
    "person=20000",
    "--number-region",
    "鲁日",
];

/// What the tests speak of, by id.
#[derive(Clone)]
pub(crate) struct Cast {
    /// The root's fingerprint.
    pub(crate) root: String,
    /// The dossier of the assistance visit.
    pub(crate) visit: String,
    /// The dossier of the check.
    pub(crate) check: String,
    /// A finding in the check.
    pub(crate) finding: String,
    /// A photo in the check.
    pub(crate) photo: String,
}

/// A township of one test.
pub(crate) struct Town {
    folder: TempDir,
    /// What is in it.
    pub(crate) cast: Cast,
}

/// The files of the township, as every test finds them, and its cast.
struct Built {
    files: Vec<(PathBuf, Vec<u8>)>,
    cast: Cast,
}

/// Everything that a database is: its rows, its blobs, its keys.
pub(crate) type State = (Picture, Vec<Listed>, Vec<Listed>);

impl Town {
    /// A copy of the township in a folder of its own.
    pub(crate) fn new() -> Self {
        static BUILT: OnceLock<Built> = OnceLock::new();
        let built = BUILT.get_or_init(build);
        let folder = tempfile::tempdir().unwrap();
        for (path, bytes) in &built.files {
            let path = folder.path().join("data").join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
        Self { folder, cast: built.cast.clone() }
    }

    /// The folder of the database.
    pub(crate) fn data(&self) -> PathBuf {
        self.path("data")
    }

    /// A place beside the database.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file beside the database; gives its path as it is typed.
    pub(crate) fn file(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.path(name);
        std::fs::write(&path, bytes).unwrap();
        typed(&path)
    }

    /// The program, as nobody yet.
    pub(crate) fn program(&self) -> Program {
        Program::on(&self.data())
    }

    /// The program as the administrator uses it.
    pub(crate) fn admin(&self) -> Program {
        self.program().with(&["--pin", ADMIN_PIN])
    }

    /// The program as the first officer uses it.
    pub(crate) fn first(&self) -> Program {
        self.program().as_one(FIRST)
    }

    /// Exports the check; gives the package's path as it is typed.
    pub(crate) fn package(&self) -> String {
        let file = typed(&self.path("check.angen"));
        self.first().json(&["export", &self.cast.check, "--out", &file]);
        file
    }

    /// Everything that is held now.
    pub(crate) fn state(&self) -> State {
        let rows = picture(&Store::open(&self.data()).unwrap()).unwrap();
        let listed = |name| contents(&self.data().join(name)).unwrap();
        (rows, listed("blobs"), listed("keys"))
    }
}

/// A path as it is typed.
pub(crate) fn typed(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

/// A workbook of the project.
pub(crate) fn workbook(list: &str) -> String {
    typed(&checklists().join(format!("{list}.xlsx")))
}

/// Makes the township with the program, reads it into memory, and lets its folder go.
fn build() -> Built {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let program = Program::on(&data);
    let root = establish(&program);
    let cast = record(&program, folder.path(), root);
    let listed = contents(&data).unwrap();
    let read = |(path, _, _): Listed| {
        let bytes = std::fs::read(&path).unwrap();
        (path.strip_prefix(&data).unwrap().to_owned(), bytes)
    };
    Built { files: listed.into_iter().map(read).collect(), cast }
}

/// The database, its people, an enterprise and a checklist. Gives the root's fingerprint.
pub(crate) fn establish(program: &Program) -> String {
    let admin = program.with(&["--pin", ADMIN_PIN]);
    let line = ["init", "--area", "371102110", "--township", "涛雒镇", "--organisation", "市局"];
    let root = text(&admin.json(&line), "/root").to_owned();
    for ((name, pin), number) in [(FIRST, "鲁样例-0001"), (SECOND, "鲁样例-0002")] {
        let person =
            ["officer", "add", "--name", name, "--organisation", "涛雒镇", "--new-pin", pin];
        let certificate = ["--certificate-no", number, "--valid-until", VALID_UNTIL];
        admin.json(&[&person[..], &certificate].concat());
    }
    let (name, pin) = MENTOR;
    let person = ["officer", "add", "--name", name, "--organisation", "市局", "--new-pin", pin];
    admin.json(&[&person[..], &["--role", "mentor"]].concat());
    let place = ["--credit-code", CREDIT_CODE, "--address", "样例路一号"];
    admin.json(&[&["enterprise", "add", "--name", "样例机械厂"][..], &place].concat());
    admin.json(&["import", &workbook("mw")]);
    root
}

/// A visit, and a check with an answer, a finding and a photo.
fn record(program: &Program, folder: &Path, root: String) -> Cast {
    let admin = program.with(&["--pin", ADMIN_PIN]);
    let first = program.as_one(FIRST);
    let visit = admin.json(&["visit", "plan", "--mentor", MENTOR.0]);
    let visit = text(&visit, "/dossier").to_owned();
    let line = ["check", "--enterprise", CREDIT_CODE, "--checklist", "angen_mw", "--visit", &visit];
    let check = text(&first.json(&line), "/dossier").to_owned();
    first.json(&["show", &check, "--to", "王志松"]);
    first.json(&["answer", &check, "--checklist", "angen_mw", "MW02=compliant"]);
    let finding = first.json(&["find", &check, "--title", "传动部位没有防护罩", "--item", "MW01"]);
    let photo = folder.join("photo.jpg");
    std::fs::write(&photo, jpeg("a photo of the belt drive")).unwrap();
    let line = ["capture", photo.to_str().unwrap(), "--dossier", &check, "--caption", "皮带轮"];
    let photo = first.json(&line);
    let (finding, photo) = (text(&finding, "/finding"), text(&photo, "/evidence"));
    Cast { root, visit, check, finding: finding.to_owned(), photo: photo.to_owned() }
}
