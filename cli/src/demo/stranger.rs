//! Last step: the package, and what a stranger does with it, without the database.

use std::fs::{self, File};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use angen_core::action::{ExportPackage, Handing, export_package_once};
use angen_core::error::Error;
use angen_ledger::verify::Outcome as Word;

use crate::demo::Story;
use crate::demo::story::PINS;
use crate::out::{Answer, Failure, failure, print};
use crate::session::Outcome;
use crate::verbs::{SOFTWARE, broken_words, open_file, verdict_of, verify_file};

impl Story {
    /// Exports the visit, its checks and its case as one package.
    pub(super) fn export(&self) -> Outcome<PathBuf> {
        self.heading("十、导出卷宗包", "10. One package");
        let file = self.folder.join("visit.angen");
        let mut dossiers = vec![self.assistance()];
        dossiers.extend(&self.checks);
        dossiers.extend(&self.cases);
        let request = ExportPackage {
            dossiers,
            withhold: Default::default(),
            software: SOFTWARE.to_owned(),
            handing: Handing {
                recipient: Some("东港区应急管理局法制科".to_owned()),
                purpose: Some("案卷评查".to_owned()),
            },
        };
        let desk = self.session.sign_in(self.people().officers[0], PINS[1])?;
        let bar = self.bar(1, "写入附件", "writing blobs");
        // The event of the export has its receipt before the package is closed.
        let mut met = Ok(());
        let mut noted = || {
            let (zh, en) = ("导出已记录，取回执", "the export is on record and gets its receipt");
            met = self.meet_hub(self.people().officers[0], PINS[1], zh, en);
        };
        let done = export_package_once(&desk, &request, &file, &mut noted, &mut |done, all| {
            bar.set_length(all);
            bar.set_position(done);
        });
        bar.finish_and_clear();
        met?;
        let done = self.session.say(done)?;
        self.tell(
            &format!(
                "  {}：{} 条记录，{} 个附件，{} 字节",
                file.display(),
                done.ops,
                done.blobs,
                done.bytes
            ),
            &format!(
                "  {}: {} ops, {} blobs, {} bytes",
                file.display(),
                done.ops,
                done.blobs,
                done.bytes
            ),
        );
        Ok(file)
    }

    /// Verifies, opens, and shows that a flipped byte is refused.
    pub(super) fn hand_over(&self, file: &Path, kept: bool) -> Outcome<Answer> {
        self.heading("十一、外人验证（不用数据库）", "11. A stranger verifies it (no database)");
        let root = self.session.place()?.root.to_string();
        let verified = verify_file(file, Some(&root), None, self.lang)?;
        self.must(verified.code == 0, &verified.text)?;
        if !self.quiet {
            print(&indent(&verified.text));
        }
        let opened = open_file(file, &self.folder.join("opened"), Some(&root), self.lang)?;
        self.tell(&format!("  {}", opened.text), &format!("  {}", opened.text));

        self.heading("十二、改动一个字节", "12. One byte is changed");
        let touched = self.touch(file)?;
        let refused = verdict_of(&touched, Some(&root), self.lang)?;
        let words = broken_words(&refused, self.lang);
        self.must(refused.outcome == Word::Refused, &words.join("\n"))?;
        words.iter().for_each(|line| self.tell(&format!("  {line}"), &format!("  {line}")));
        Ok(self.summary(file, kept))
    }

    /// Copies the package and flips one byte in the middle of a photo.
    fn touch(&self, file: &Path) -> Outcome<PathBuf> {
        let copy = self.folder.join("touched.angen");
        let flip = || -> std::io::Result<()> {
            fs::copy(file, &copy)?;
            let mut bytes = File::options().read(true).write(true).open(&copy)?;
            // Blobs come last in a package: three quarters in lies a photo.
            let place = bytes.metadata()?.len() / 4 * 3;
            let mut byte = [0];
            bytes.seek(SeekFrom::Start(place))?;
            bytes.read_exact(&mut byte)?;
            bytes.seek(SeekFrom::Start(place))?;
            bytes.write_all(&[byte[0] ^ 1])
        };
        flip().map_err(|error| failure(&Error::file(&copy, error), self.lang))?;
        Ok(copy)
    }

    /// The demo itself is a check: it fails when what it shows is not so.
    pub(super) fn must(&self, holds: bool, text: &str) -> Outcome<()> {
        if holds { Ok(()) } else { Err(Failure::new("demo", text.to_owned())) }
    }
}

fn indent(text: &str) -> String {
    text.lines().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n")
}
