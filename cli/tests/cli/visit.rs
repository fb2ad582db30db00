//! A whole visit, verb by verb, as officers drive it; each answer is JSON of the agreed shape.

use angen_samples::{Role, bytes_of};
use angen_testing::files::jpeg;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::program::{Program, assert_fields, is_hash, is_id, text};
use crate::town::{
    ADMIN_PIN, CREDIT_CODE, DELEGATION, FIRST, MENTOR, SECOND, Town, VALID_UNTIL, typed, workbook,
};

/// The second enterprise.
const OTHER_CODE: &str = "91371102MA7DEM016T";

/// A finding with every element that can be told on site.
const FINDING: [&str; 15] = [
    "--item=MW01",
    "--title=传动部位没有防护罩",
    "--basis=安全生产法（2021）第三十六条",
    "--penalty=P99(2)",
    "--consequence=case",
    "--element",
    "subject=样例机械厂",
    "--element",
    "location=一号车间",
    "--element",
    "act=传动部位外露",
    "--element",
    "observed=两名执法人员当场发现",
    "--element",
    "consequence=肢体可能被卷入",
];

/// The visit so far.
struct Visit {
    folder: TempDir,
    program: Program,
    root: String,
    visit: String,
    checks: Vec<String>,
}

#[track_caller]
fn id<'v>(answer: &'v Value, field: &str) -> &'v str {
    let id = text(answer, &format!("/{field}"));
    assert!(is_id(id), "{field}: {answer}");
    id
}

#[track_caller]
fn assert_op(answer: &Value) {
    assert_fields(answer, &["op"]);
    assert!(is_hash(text(answer, "/op")), "{answer}");
}

impl Visit {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let program = Program::on(&folder.path().join("data"));
        let (root, visit, checks) = (String::new(), String::new(), Vec::new());
        Self { folder, program, root, visit, checks }
    }

    fn admin(&self) -> Program {
        self.program.with(&["--pin", ADMIN_PIN])
    }

    fn by(&self, who: (&str, &str)) -> Program {
        self.program.as_one(who)
    }

    /// `init`, `officer`, `enterprise`, `import`, `checklists`.
    fn prepare(&mut self) {
        let line =
            ["init", "--area", "371102110", "--township", "涛雒镇", "--organisation", "市局"];
        let made = self.admin().json(&line);
        assert_fields(
            &made,
            &["root", "area", "warning", "administrator", "roster", "library", "register"],
        );
        for name in ["administrator", "roster", "library", "register"] {
            id(&made, name);
        }
        self.root = text(&made, "/root").to_owned();
        assert!(is_hash(&self.root), "{made}");
        self.enrol();
        for (name, code) in [("样例机械厂", CREDIT_CODE), ("样例水产厂", OTHER_CODE)] {
            let line =
                ["enterprise", "add", "--name", name, "--credit-code", code, "--address", "样例路"];
            let known = self.admin().json(&line);
            assert_fields(&known, &["enterprise", "name", "credit_code", "address"]);
            assert_eq!((id(&known, "enterprise").len(), text(&known, "/credit_code")), (36, code));
        }
        let known = self.program.json(&["enterprise", "list"]);
        assert_eq!(known.as_array().unwrap().len(), 2);
        let list = self.admin().json(&["import", &workbook("mw")]);
        assert_fields(&list, &["checklist", "list_id", "title", "version", "item_list_version"]);
        assert_eq!((id(&list, "checklist").len(), text(&list, "/list_id")), (36, "angen_mw"));
        // The same workbook again is the same checklist.
        assert_eq!(self.admin().json(&["import", &workbook("mw")]), list);
        assert_eq!(self.program.json(&["checklists"]), json!([list]));
    }

    fn enrol(&self) {
        for ((name, pin), number) in [(FIRST, "鲁样例-0001"), (SECOND, "鲁样例-0002")] {
            let line =
                ["officer", "add", "--name", name, "--organisation", "涛雒镇", "--new-pin", pin];
            let more = ["--certificate-no", number, "--valid-until", VALID_UNTIL];
            let person = self.admin().json(&[&line[..], &more].concat());
            assert_fields(&person, &["officer", "writer", "certificate"]);
            assert_ne!(id(&person, "officer"), id(&person, "writer"));
            assert!(is_hash(text(&person, "/certificate")), "{person}");
        }
        let (name, pin) = MENTOR;
        let line = ["officer", "add", "--name", name, "--organisation", "市局", "--new-pin", pin];
        self.admin().json(&[&line[..], &["--role", "mentor"]].concat());
        let term = ["--from", "2026-01-01", "--until", VALID_UNTIL];
        let line = ["expert", "appoint", name, "--by", "市局", "--specialty", "机械,粉尘"];
        let made = self.admin().json(&[&line[..], &term].concat());
        assert_fields(&made, &["appointment"]);
        let made = self.admin().json(DELEGATION);
        assert_fields(&made, &["mandate", "warnings"]);
        let people = self.program.json(&["officer", "list"]);
        let roles: Vec<_> =
            people.as_array().unwrap().iter().map(|one| text(one, "/role")).collect();
        assert_eq!(roles, ["enforcer", "enforcer", "mentor"]);
        let fields = ["name", "role", "writer", "certificate_no", "certificate_valid_until"];
        let fields = [&fields[..], &["until", "continues", "revoked"]].concat();
        assert_fields(&people[0], &fields);
        assert_eq!(
            (text(&people[0], "/name"), &people[2]["certificate_no"]),
            (FIRST.0, &Value::Null)
        );
    }

    /// Captures a sample; gives the evidence.
    fn capture(&self, role: Role, name: &str, dossier: &str, more: &[&str]) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes_of(role, (self.checks.len() + name.len()) as u64)).unwrap();
        let line = ["capture", &typed(&path), "--dossier", dossier, "--caption", name];
        let answer = self.by(FIRST).json(&[&line[..], more].concat());
        let fields = ["evidence", "op", "sha256", "sm3", "length", "mime", "same_original"];
        assert_fields(&answer, &fields);
        for field in ["op", "sha256", "sm3"] {
            assert!(is_hash(text(&answer, &format!("/{field}"))), "{answer}");
        }
        assert_eq!(answer["length"], std::fs::metadata(&path).unwrap().len());
        let told = text(&answer, "/mime").replace("x-wav", "wav");
        assert_eq!((told.as_str(), &answer["same_original"]), (role.media_type(), &json!([])));
        id(&answer, "evidence").to_owned()
    }

    /// `visit plan`, `train record`, `train attend`.
    fn train(&mut self) {
        let line = ["visit", "plan", "--profile", "rizhao-2021", "--mentor", MENTOR.0];
        let planned = self.admin().json(&line);
        assert_fields(&planned, &["dossier", "assistance"]);
        assert_ne!(id(&planned, "dossier"), id(&planned, "assistance"));
        self.visit = id(&planned, "dossier").to_owned();
        let open = self.missing(&self.visit);
        assert!(open.iter().any(|title| title.contains("培训")), "{open:?}");
        let line =
            ["train", "record", &self.visit, "--title", "执法闭环培训", "--trainer", MENTOR.0];
        let more = ["--agenda", "all", "--place", "会议室", "--from-ms", "1789432200000"];
        let line = [&line[..], &more, &["--to-ms", "1789437600000"]].concat();
        let training = self.by(MENTOR).json(&line);
        assert_fields(&training, &["training"]);
        let training = id(&training, "training").to_owned();
        for who in [FIRST, SECOND] {
            assert_op(&self.by(who).json(&["train", "attend", &self.visit, &training]));
        }
        let again = self.by(FIRST).json(&["train", "attend", &self.visit, &training]);
        assert_eq!(again, json!({"op": null}), "who attends twice attended once");
        let about = ["--about", &training, "--kind", "documentary", "--purpose"];
        let with = |purpose| [&about[..], &[purpose]].concat();
        self.capture(Role::Courseware, "course.pdf", &self.visit, &with("courseware"));
        self.capture(Role::SignInSheet, "sheet.jpg", &self.visit, &with("sign_in_sheet"));
    }

    /// What is open in a dossier, by title.
    fn missing(&self, dossier: &str) -> Vec<String> {
        let list = self.program.json(&["missing", dossier]);
        let list = list.as_array().unwrap();
        for one in list {
            assert_fields(one, &["code", "message", "rule", "step", "title", "open"]);
        }
        let open = list.iter().filter(|one| one["open"] == true);
        open.map(|one| text(one, "/message").to_owned()).collect()
    }

    /// `check`, `show`, `answer`: a check with every item answered.
    fn check(&mut self, code: &str, bad: Option<&str>) -> String {
        let line =
            ["check", "--enterprise", code, "--checklist", "angen_mw", "--basis", "assistance"];
        let number = format!("涛雒检审〔2026〕{}号", self.checks.len() + 1);
        let more = ["--approval-no", &number, "--notice-no", &number, "--visit", &self.visit];
        let planned = self.by(FIRST).json(&[&line[..], &more].concat());
        let fields = ["dossier", "check", "checked_before", "by_level", "last"];
        assert_fields(&planned, &fields);
        let check = id(&planned, "dossier").to_owned();
        for who in [FIRST, SECOND] {
            assert_op(&self.by(who).json(&["show", &check, "--to", "王志松"]));
        }
        let mut answers: Vec<String> = (1..=20)
            .map(|item| {
                let item = format!("MW{item:02}");
                match bad == Some(item.as_str()) {
                    true => format!("{item}=non_compliant"),
                    false => format!("{item}=not_applicable"),
                }
            })
            .collect();
        answers.extend(bad.map(|item| format!("{item}_note=传动部位外露")));
        let count = answers.len();
        let mut line = vec!["answer", &check, "--checklist", "angen_mw"];
        line.extend(answers.iter().map(String::as_str));
        let answer = self.by(FIRST).json(&line);
        assert_fields(&answer, &["ops"]);
        let ops = answer["ops"].as_array().unwrap();
        assert!(
            ops.len() == count && ops.iter().all(|op| is_hash(op.as_str().unwrap())),
            "{answer}"
        );
        assert_eq!(
            self.by(FIRST).json(&line),
            json!({"ops": []}),
            "the same again changes nothing"
        );
        self.checks.push(check.clone());
        check
    }

    /// `find`, `capture`, `note`, `correct`, `retract`, `sign`, `assent` at the first site.
    fn first_site(&mut self) {
        let check = self.check(CREDIT_CODE, Some("MW01"));
        let first = self.by(FIRST);
        let raised = first.json(&[&["find", &check][..], &FINDING].concat());
        assert_fields(&raised, &["finding"]);
        let finding = id(&raised, "finding").to_owned();
        let about = ["--about", &finding];
        let with = |more: &[&'static str]| [&about[..], more].concat();
        let camera = ["--source", "own_camera", "--place", "35.271245,119.374518"];
        let wide = self.capture(Role::WidePhoto, "wide.jpg", &check, &with(&camera));
        self.capture(Role::SceneVideo, "run.webm", &check, &with(&camera));
        let said = with(&["--kind", "party_statement", "--purpose", "interview"]);
        self.capture(Role::SoundStatement, "said.wav", &check, &said);
        let paper = with(&["--kind", "documentary", "--purpose", "subject_papers"]);
        self.capture(Role::ScannedPaper, "licence.pdf", &check, &paper);
        let ledger = with(&["--kind", "documentary", "--source", "from_party"]);
        self.capture(Role::ScannedPaper, "ledger.pdf", &check, &ledger);
        let read =
            with(&["--kind", "electronic", "--source", "instrument", "--source-note", "GX-7"]);
        let reading = self.capture(Role::InstrumentReading, "gas.csv", &check, &read);
        let near = ["--about", &finding, "--derived-from", &wide];
        self.capture(Role::ClosePhoto, "near.jpg", &check, &near);

        let note = first.json(&["note", &check, "现场已停机", "--about", &finding]);
        assert_fields(&note, &["note"]);
        let line =
            ["correct", &check, &finding, "--title", "皮带传动没有防护罩", "--reason", "写清部位"];
        assert_eq!(first.json(&line), raised);
        let line = ["retract", &check, &reading, "--reason", "拿错了仪器"];
        assert_op(&first.json(&line));

        let page = ["--kind", "scene_record", "--source", "scan", "--purpose", "signed_page"];
        let page = self.capture(Role::SignedRecordPage, "page.jpg", &check, &page);
        let line =
            ["sign", &check, "--signer", "王志松", "--post", "现场负责人", "--evidence", &page];
        assert_op(&first.json(&line));
        self.assent(&check);
    }

    /// The second site: nothing is found, and the party refuses to sign.
    fn second_site(&mut self) {
        let check = self.check(OTHER_CODE, None);
        let more = ["--purpose", "refusal_note", "--source", "own_camera"];
        let film = self.capture(Role::SceneVideo, "refusal.webm", &check, &more);
        let line = ["sign", &check, "--refused", "负责人不在现场，员工不愿签", "--evidence", &film];
        assert_op(&self.by(FIRST).json(&line));
        self.assent(&check);
    }

    fn assent(&self, check: &str) {
        let answer = self.by(SECOND).json(&["assent", check]);
        assert_fields(&answer, &["op", "assented"]);
        assert!(answer["assented"].as_u64() > Some(20), "{answer}");
        assert_eq!(self.missing(check), [""; 0]);
    }

    /// `board`: what is done on site is told, what comes with the case is not met.
    fn board(&self) {
        let board = self.program.json(&["board", &self.visit]);
        let states = ["field_complete", "chain_complete", "honest_zero", "practice", "outcome"];
        let fields = ["dossier", "profile", "as_of_ms", "parts", "apart", "joint"];
        assert_fields(&board, &[&fields[..], &states].concat());
        assert_eq!(
            (&board["field_complete"], &board["chain_complete"]),
            (&true.into(), &false.into())
        );
        assert_eq!(text(&board, "/profile"), "rizhao-2021");
        let states = ["T met", "C met", "V on_site_done", "E on_site_done"];
        for (part, state) in board["parts"].as_array().unwrap().iter().zip(states) {
            assert_fields(part, &["part", "have", "need", "state", "units", "gap"]);
            assert_eq!(
                format!("{} {}", text(part, "/part"), text(part, "/state")),
                state,
                "{part}"
            );
            assert_eq!(part["have"] == part["need"], text(part, "/state") == "met", "{part}");
        }
        assert_eq!(board["parts"][1]["have"], 2);
    }

    /// `export`, `verify`, `status`, `rebuild`, `fsck`, `visit list`.
    fn hand_over(&self) {
        let file = typed(&self.folder.path().join("visit.angen"));
        let line = ["export", &self.visit, &self.checks[0], &self.checks[1], "--out", &file];
        let done = self.by(FIRST).json(&line);
        assert_fields(
            &done,
            &["file", "ops", "blobs", "bytes", "contradicted", "hub_error", "defects"],
        );
        assert_eq!(done["bytes"], std::fs::metadata(&file).unwrap().len());
        let verdict = Program::bare().json(&["verify", &file, "--root", &self.root]);
        assert_eq!((&verdict["root"], &verdict["ops"]), (&"known".into(), &done["ops"]));
        let status = self.program.json(&["status"]);
        assert_fields(
            &status,
            &["township", "area", "root", "dossiers", "ops", "digest", "quarantined", "recovery"],
        );
        assert_eq!(
            (text(&status, "/root"), text(&status, "/area")),
            (self.root.as_str(), "371102110")
        );
        let rebuilt = self.program.json(&["rebuild"]);
        assert_fields(&rebuilt, &["before", "after", "same"]);
        assert_eq!((&rebuilt["same"], &rebuilt["after"]), (&true.into(), &status["digest"]));
        let report = self.program.json(&["fsck"]);
        assert_fields(
            &report,
            &["ops", "seals", "blobs", "pending", "stray_files", "set_aside_files", "problems"],
        );
        assert_eq!((&report["ops"], &report["problems"]), (&status["ops"], &json!([])));
        assert_eq!((&report["pending"], &report["stray_files"]), (&0.into(), &0.into()));
        let swept = self.program.json(&["sweep"]);
        assert_eq!(swept, json!({"set_aside": [], "brought_back": [], "left_alone": 0}));
        let dossiers = self.program.json(&["visit", "list"]);
        let types: Vec<_> =
            dossiers.as_array().unwrap().iter().map(|dossier| text(dossier, "/type")).collect();
        assert_eq!(types.iter().filter(|kind| **kind == "check").count(), 2, "{dossiers}");
        assert_fields(&dossiers[0], &["dossier", "type", "title", "area"]);
    }
}

#[test]
fn a_whole_visit_is_driven_verb_by_verb() {
    let mut visit = Visit::new();
    visit.prepare();
    visit.train();
    visit.first_site();
    visit.second_site();
    visit.board();
    visit.hand_over();
}

#[test]
fn the_same_file_captured_twice_is_noticed() {
    let town = Town::new();
    let file = town.file("twice.jpg", &jpeg("one photo, two uses"));
    let line = ["capture", &file, "--dossier", &town.cast.check, "--caption", "现场"];
    let once = town.first().json(&line);
    let twice = town.first().json(&line);
    assert_eq!(
        (&once["same_original"], &twice["same_original"]),
        (&json!([]), &json!([once["op"]]))
    );
    assert!(town.first().words(&line).contains("同一文件此前已取证"));
}
