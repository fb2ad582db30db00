//! Disks that are too small or may not be written, through the program, in a namespace of its own.
//!
//! `unshare` (util-linux) gives a process mounts that nobody else sees and that go when it ends;
//! it needs no right but that the kernel lets users make namespaces. Where it does not, the tests
//! say that they were skipped: core/tests/withstand shows the same with a pretend disk.

use std::path::Path;
use std::process::Command;

use crate::program::is_chinese;
use crate::town::{FIRST, Town, typed};

/// The largest video of the tests: with the margin that a capture leaves free it does not fit
/// into the disk, without it, it does.
const VIDEO_BYTES: usize = 9 << 20;

/// What a script of a test begins with: `state` lists what the database holds, and `angen` runs
/// the program as the first officer and keeps what it says.
const PRELUDE: &str = r#"
set -u
state() { (cd "$DATA" && find . -type f ! -name '*-shm' ! -name '*-wal' | sort | xargs sha256sum); }
angen() {
    name=$1; shift
    "$ANGEN" --db "$DATA" --as "$WHO" --pin "$PIN" "$@" >"$NOTES/$name.out" 2>"$NOTES/$name.err"
    echo $? >"$NOTES/$name.code"
}
"#;

/// A script that has run, and where it left its notes.
struct Notes<'t>(&'t Town);

impl<'t> Notes<'t> {
    /// Runs a script with mounts of its own. `None`, and a line that says why, when it cannot.
    fn of(town: &'t Town, data: &Path, script: &str) -> Option<Self> {
        let notes = town.path("notes");
        std::fs::create_dir(&notes).unwrap();
        let mut command = Command::new("unshare");
        command.args(["--user", "--map-root-user", "--mount"]);
        let probe = Command::new("unshare")
            .args(["--user", "--map-root-user", "--mount"])
            .arg("true")
            .output();
        if !probe.as_ref().is_ok_and(|probe| probe.status.success()) {
            println!("skipped: this system makes no namespaces for users: {probe:?}");
            return None;
        }
        let output = command
            .args(["sh", "-c", &[PRELUDE, script].concat()])
            .env("ANGEN", env!("CARGO_BIN_EXE_angen"))
            .envs([("WHO", FIRST.0), ("PIN", FIRST.1), ("CHECK", &town.cast.check)])
            .envs([("DATA", data), ("NOTES", &notes), ("FROM", &town.data())])
            .env("FOLDER", town.path("notes").parent().unwrap())
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Some(Self(town))
    }

    fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.path("notes").join(name)).unwrap()
    }

    /// The message of a line that must have been refused, in Chinese or in English.
    fn refusal(&self, name: &str) -> String {
        let (code, out) = (self.text(&format!("{name}.code")), self.text(&format!("{name}.out")));
        let err = self.text(&format!("{name}.err"));
        assert_eq!((code.as_str(), out.as_str()), ("1\n", ""), "{name}: {err}");
        err
    }

    fn assert_done(&self, name: &str) {
        assert_eq!(
            self.text(&format!("{name}.code")),
            "0\n",
            "{}",
            self.text(&format!("{name}.err"))
        );
    }

    fn assert_same(&self, before: &str, after: &str) {
        let (before, after) = (self.text(before), self.text(after));
        assert!(before.contains("angen.db") && before.contains("blobs/"), "{before}");
        assert_eq!(before, after);
    }
}

#[test]
fn a_video_larger_than_the_free_space_is_refused_and_a_small_one_is_taken() {
    let town = Town::new();
    let mut video =
        b"\x1a\x45\xdf\xa3\x01\0\0\0\0\0\0\x1f\x42\x86\x81\x01\x42\x82\x84webm".to_vec();
    let small = town.file("small.webm", &video);
    video.resize(VIDEO_BYTES, 0);
    let large = town.file("large.webm", &video);
    let disk = town.path("disk");
    std::fs::create_dir(&disk).unwrap();
    let script = r#"
        mount -t tmpfs -o size=16m tmpfs "$FOLDER/disk" || exit 1
        cp -r "$FROM" "$DATA"
        state >"$NOTES/before"
        angen zh capture "$FOLDER/large.webm" --dossier "$CHECK" --caption 录像
        angen en --lang en capture "$FOLDER/large.webm" --dossier "$CHECK" --caption 录像
        state >"$NOTES/after"
        angen small capture "$FOLDER/small.webm" --dossier "$CHECK" --caption 录像
        angen fsck fsck
    "#;
    let Some(notes) = Notes::of(&town, &disk.join("data"), script) else { return };
    let needed = (VIDEO_BYTES + (8 << 20)).to_string();
    let (zh, en) = (notes.refusal("zh"), notes.refusal("en"));
    assert!(zh.contains("空间不足") && zh.contains("腾出空间") && zh.contains(&needed), "{zh}");
    assert!(en.contains(&needed) && en.contains("free") && !is_chinese(&en), "{en}");
    assert!(zh.contains(&large) && en.contains(&large), "{zh}{en}");
    notes.assert_same("before", "after");
    notes.assert_done("small");
    notes.assert_done("fsck");
    assert!(Path::new(&small).exists());
}

#[test]
fn a_read_only_folder_is_told_as_such_and_stays_as_it_is() {
    let town = Town::new();
    town.file("photo.jpg", &angen_testing::files::jpeg("a photo"));
    let sealed = town.path("sealed");
    std::fs::create_dir(&sealed).unwrap();
    let script = r#"
        for folder in "$DATA" "$FOLDER/sealed"; do
            mount --bind "$folder" "$folder" && mount -o remount,ro,bind "$folder" || exit 1
        done
        state >"$NOTES/before"
        angen zh capture "$FOLDER/photo.jpg" --dossier "$CHECK" --caption 现场
        angen en --lang en capture "$FOLDER/photo.jpg" --dossier "$CHECK" --caption 现场
        state >"$NOTES/after"
        DATA="$FOLDER/sealed/new"
        angen init init --area 371102110 --township 镇 --organisation 局
        angen init_en --lang en init --area 371102110 --township 镇 --organisation 局
    "#;
    let Some(notes) = Notes::of(&town, &town.data(), script) else { return };
    let (zh, en) = (notes.refusal("zh"), notes.refusal("en"));
    assert!(zh.contains("只读") && zh.contains("可写的文件夹"), "{zh}");
    assert!(en.contains("read-only") && en.contains("can be written"), "{en}");
    notes.assert_same("before", "after");
    let (zh, en) = (notes.refusal("init"), notes.refusal("init_en"));
    assert!(zh.contains(&typed(&sealed)) && zh.contains("只读"), "{zh}");
    assert!(en.contains(&typed(&sealed)) && en.contains("read-only"), "{en}");
}

#[test]
fn on_a_full_disk_the_ballast_lets_a_note_and_an_export_through() {
    let town = Town::new();
    let disk = town.path("disk");
    std::fs::create_dir(&disk).unwrap();
    let script = r#"
        mount -t tmpfs -o size=140m tmpfs "$FOLDER/disk" || exit 1
        cp -r "$FROM" "$DATA"
        angen made room
        ls "$DATA" >"$NOTES/with"
        cat /dev/zero >"$FOLDER/disk/filler" 2>/dev/null
        angen note note "$CHECK" 磁盘已满，仍要记下
        ls "$DATA" >"$NOTES/without"
        angen export export "$CHECK" --out "$FOLDER/disk/check.angen"
        angen full room
        rm "$FOLDER/disk/filler"
        angen again room
        ls "$DATA" >"$NOTES/anew"
        angen fsck fsck
    "#;
    let Some(notes) = Notes::of(&town, &disk.join("data"), script) else { return };
    for name in ["made", "note", "export", "full", "again", "fsck"] {
        notes.assert_done(name);
    }
    let holds = |name: &str| notes.text(name).lines().any(|line| line == "ballast");
    assert_eq!((holds("with"), holds("without"), holds("anew")), (true, false, true));
}
