//! `angen bundle`: a stick goes from phone to phone to hub and back, in anybody's hands.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use serde_json::Value;

use crate::hub::Hub as Served;
use crate::program::{Program, assert_fields, is_chinese, text};
use crate::town::{FIRST, SECOND, Town, typed};

/// A hub that never listens, certified by the administrator of a township.
struct Hub {
    data: String,
    certificate: String,
}

impl Hub {
    fn new(town: &Town) -> Self {
        let data = typed(&town.path("hub"));
        let keys = Program::bare().json(&["hub", "keys", "--data", &data]);
        let certificate = typed(&town.path("hub.cert"));
        let line = ["hub", "certify", "--name", "区平台", "--organisation", "区应急管理局"];
        let more = ["--keys", text(&keys, "/keys"), "--origin", "a.example/1", "--out"];
        town.admin().json(&[&line[..], &more, &[&certificate]].concat());
        Self { data, certificate }
    }

    fn import(&self, town: &Town, file: &str) -> Value {
        let line = ["hub", "import", file, "--data", &self.data, "--root", &town.cast.root];
        Program::bare().json(&[&line[..], &["--certificate", &self.certificate]].concat())
    }

    fn receipts_for(&self, reader: &str, out: &str) -> Value {
        let line = ["hub", "export-receipts", "--data", &self.data, "--for", reader, "--out", out];
        Program::bare().json(&line)
    }
}

fn waiting(town: &Town) -> usize {
    town.program().json(&["hub", "waiting"])["waiting"].as_array().unwrap().len()
}

fn note(town: &Town, words: &str) {
    town.first().json(&["note", &town.cast.check, words]);
}

#[test]
fn a_stick_goes_from_phone_to_phone_to_hub_and_the_receipts_come_back() {
    let (a, b) = (Town::new(), Town::new());
    let hub = Hub::new(&a);
    note(&a, "只在甲机上的记事");
    let stick = typed(&a.path("stick.angenb"));
    let export =
        ["bundle", "export", "--out", &stick, "--for", SECOND.0, "--for", &hub.certificate];
    let exported = a.first().json(&export);
    assert_fields(
        &exported,
        &["file", "dossiers", "kept_back", "readers", "ops", "blobs", "bytes", "contradicted"],
    );
    assert!(exported["blobs"].as_u64() > Some(0), "{exported}");

    // Whoever carries it sees to whom it goes, and nothing else.
    let shown = Program::bare().json(&["bundle", "show", &stick]);
    assert_eq!(shown["readers"].as_array().unwrap().len(), 2, "{shown}");
    let bytes = std::fs::read(&stick).unwrap();
    let holds = |words: &str| bytes.windows(words.len()).any(|part| part == words.as_bytes());
    assert!(!holds("只在甲机上的记事") && !holds("涛雒") && !holds(&a.cast.root));
    let courier = b.first().run(&["bundle", "import", &stick]);
    assert_eq!(courier.code, 1, "{courier:?}");
    assert!(is_chinese(&courier.err) && courier.err.contains("stick.angenb"), "{}", courier.err);
    assert!(courier.err.contains(SECOND.0), "{}", courier.err);

    // The second phone takes all of it, once.
    let second = b.program().as_one(SECOND);
    let imported = second.json(&["bundle", "import", &stick]);
    assert!(imported["new_ops"].as_u64() > Some(3), "{imported}");
    assert_eq!(imported["absent_blobs"], 0);
    let state = b.state();
    let again = second.json(&["bundle", "import", &stick]);
    assert_eq!((&again["new_ops"], &again["new_blobs"]), (&0.into(), &0.into()), "{again}");
    assert!(b.state() == state, "a second import has changed something");

    // The hub takes it without ever listening, and answers with receipts.
    let at_hub = hub.import(&a, &stick);
    assert_eq!((&at_hub["known_ops"], &at_hub["absent_blobs"]), (&0.into(), &0.into()));
    assert_eq!(hub.import(&a, &stick)["new_ops"], 0);
    let receipts = typed(&a.path("receipts.angenb"));
    let returned = hub.receipts_for(FIRST.0, &receipts);
    let fields = ["file", "readers", "dossiers", "kept_back", "receipts", "bytes"];
    assert_fields(&returned, &fields);
    let before = waiting(&a);
    assert!(before > 3, "nothing was receipted yet");
    let kept = a.first().json(&["bundle", "import", &receipts]);
    assert_eq!((&kept["receipts"], &kept["new_ops"]), (&returned["receipts"], &0.into()));
    assert_eq!((waiting(&a), &kept["unproved_receipts"]), (0, &0.into()), "{kept}");
    assert_eq!(a.first().json(&["bundle", "import", &receipts])["receipts"], 0);

    // A second round: the log has grown, and is shown to have only grown.
    note(&a, "后来的记事");
    let stick = typed(&a.path("second.angenb"));
    let export = ["bundle", "export", "--out", &stick, "--for", "区平台", "--blobs", "waiting"];
    let exported = a.first().json(&export);
    assert_eq!(
        (exported["dossiers"].as_array().unwrap().len(), &exported["blobs"]),
        (1, &0.into())
    );
    hub.import(&a, &stick);
    let newer = typed(&a.path("newer.angenb"));
    hub.receipts_for(FIRST.0, &newer);
    let kept = a.first().json(&["bundle", "import", &newer]);
    assert_eq!((waiting(&a), &kept["unproved_receipts"]), (0, &0.into()), "{kept}");
    // The older one once more, after the newer.
    let state = a.state();
    a.first().json(&["bundle", "import", &receipts]);
    assert!(a.state() == state, "an older bundle has changed something");
    let package = a.package();
    let verdict = Program::bare().json(&["verify", &package, "--root", &a.cast.root]);
    assert_eq!(verdict["verdict"], "verifies", "{verdict}");
    assert!(verdict["checkpoints"].as_u64() > Some(1), "{verdict}");
}

#[test]
fn one_stick_brings_the_receipts_of_several_and_says_what_not_all_may_see() {
    let (a, b) = (Town::new(), Town::new());
    let hub = Hub::new(&a);
    // A certificate reaches the hub with what its holder wrote.
    let second = a.program().as_one(SECOND);
    second.json(&["note", &a.cast.check, "另一人的记事"]);
    let stick = typed(&a.path("stick.angenb"));
    a.first().json(&["bundle", "export", "--out", &stick, "--for", &hub.certificate]);
    hub.import(&a, &stick);
    let line = ["hub", "export-receipts", "--data", &hub.data, "--out"];
    let two = typed(&a.path("two.angenb"));
    let both = [&line[..], &[&two, "--for", FIRST.0, "--for", SECOND.0]].concat();
    let returned = Program::bare().json(&both);
    assert_eq!(returned["readers"], serde_json::json!([FIRST.0, SECOND.0]));
    assert_eq!(returned["kept_back"], serde_json::json!([]));
    let second = b.program().as_one(SECOND);
    // The other phone has what was sent; it imports the same file with another key.
    second.json(&["bundle", "import", &two]);
    a.first().json(&["bundle", "import", &two]);
    assert_eq!((waiting(&a), waiting(&b)), (0, 0));

    let all = typed(&a.path("all.angenb"));
    let returned = Program::bare().json(&[&line[..], &[&all, "--all"]].concat());
    let readers = returned["readers"].as_array().unwrap();
    assert!(readers.len() >= 3 && readers.contains(&SECOND.0.into()), "{returned}");
    let neither = Program::bare().run(&[&line[..], &[&all]].concat());
    assert_eq!(neither.code, 2, "{neither:?}");
}

#[test]
fn a_hub_takes_a_stick_and_writes_receipts_while_it_serves() {
    let town = Town::new();
    let stick = typed(&town.path("stick.angenb"));
    let (_hub, to) = Served::certified(&town, &[]);
    let (data, certificate) = (typed(&town.path("hub")), typed(&town.path("hub.cert")));
    town.first().json(&["bundle", "export", "--out", &stick, "--for", &certificate]);
    let import = |file: &str| Program::bare().run(&["hub", "import", file, "--data", &data]);

    let broken = town.file("broken.angenb", &std::fs::read(&stick).unwrap()[..900]);
    let refused = import(&broken);
    assert_eq!(refused.code, 1, "{refused:?}");
    assert!(is_chinese(&refused.err) && refused.err.contains("broken.angenb"), "{}", refused.err);
    let line = ["hub", "import", &stick, "--data", &data];
    let imported = Program::bare().json(&line);
    assert!(imported["new_ops"].as_u64() > Some(3) && imported["absent_blobs"] == 0, "{imported}");
    assert_eq!(Program::bare().json(&line)["new_ops"], 0);

    let out = typed(&town.path("receipts.angenb"));
    let line = ["hub", "export-receipts", "--data", &data, "--for", FIRST.0, "--out", &out];
    let returned = Program::bare().json(&line);
    assert_eq!(returned["bytes"], std::fs::metadata(&out).unwrap().len());
    let kept = town.first().json(&["bundle", "import", &out]);
    assert_eq!((&kept["receipts"], waiting(&town)), (&returned["receipts"], 0), "{kept}");
    // Nothing of it lies about, nobody else of the machine comes to the door, and the network
    // was served all the while.
    let door = town.path("hub").join("local");
    assert!(!door.join("stick.part").exists());
    assert_eq!(std::fs::metadata(&door).unwrap().permissions().mode() & 0o777, 0o700);
    assert_eq!(town.first().json(&["hub", "sync", "--with", &to])["waiting_seals"], 0);
}

#[test]
fn a_bundle_that_was_altered_or_cut_is_refused_with_its_name_and_changes_nothing() {
    let (a, b) = (Town::new(), Town::new());
    let stick = typed(&a.path("stick.angenb"));
    a.first().json(&["bundle", "export", "--out", &stick, "--for", SECOND.0]);
    assert!(!Path::new(&format!("{stick}.part")).exists());
    let good = std::fs::read(&stick).unwrap();
    let second = b.program().as_one(SECOND);
    let before = b.state();
    let flipped = |at: usize| {
        let mut bytes = good.clone();
        bytes[at] ^= 4;
        bytes
    };
    let damaged = [
        ("cut.angenb", good[..good.len() - 1].to_vec()),
        ("half.angenb", good[..good.len() / 2].to_vec()),
        ("short.angenb", good[..40].to_vec()),
        ("empty.angenb", Vec::new()),
        ("envelope.angenb", flipped(16 + 20 + 34 + 34 + 10)),
        ("body.angenb", flipped(good.len() / 2)),
        ("end.angenb", flipped(good.len() - 1)),
        ("twice.angenb", [good.clone(), good.clone()].concat()),
    ];
    for (name, bytes) in damaged {
        let file = b.file(name, &bytes);
        let run = second.run(&["bundle", "import", &file]);
        assert_eq!(run.code, 1, "{name}: {run:?}");
        assert!(is_chinese(&run.err) && run.err.contains(name), "{name}: {}", run.err);
        let en = second.with(&["--lang", "en"]).run(&["bundle", "import", &file]);
        assert!(en.err.contains(name) && en.err != run.err, "{name}: {}", en.err);
    }
    assert!(b.state() == before, "a refused bundle has changed something");
    assert!(second.json(&["bundle", "import", &stick])["new_ops"].as_u64() > Some(0));
}

#[test]
fn a_package_is_imported_as_a_bundle_is_and_another_root_is_refused() {
    let (a, b) = (Town::new(), Town::new());
    note(&a, "装进卷宗包");
    let package = a.package();
    let imported = b.first().json(&["bundle", "import", &package]);
    assert!(imported["new_ops"].as_u64() >= Some(2), "{imported}");
    let other = a.path("other");
    let elsewhere = Program::on(&other).with(&["--pin", "admin-000000"]);
    let init =
        ["init", "--area", "371102110", "--township", "他镇", "--organisation", "他镇应急办"];
    elsewhere.json(&init);
    let run = elsewhere.run(&["bundle", "import", &package]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.err.contains(&a.cast.root) && run.err.contains("check.angen"), "{}", run.err);
    let nobody = a.first().run(&["bundle", "export", "--out", "x", "--for", "没有此人"]);
    assert!(nobody.code == 1 && nobody.err.contains("没有此人"), "{nobody:?}");
}
