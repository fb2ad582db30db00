//! A whole assistance visit, from workbooks to a package that a stranger verifies.
//!
//! The story runs on the same verbs as everything else, with keys, database and files of its own.

mod advice;
mod case;
mod clock;
mod devices;
mod follow_up;
mod homeward;
mod hub;
mod papers;
mod powers;
mod practice;
mod prepare;
mod site;
mod story;
mod stranger;
mod training;
mod weak_network;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use angen_core::action::Printer;
use angen_core::error::Error;
use angen_ledger::id::{DossierId, WriterId};
use angen_ledger::verify::Lang;
use angen_samples::{BASE_TIME_MS, Samples};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::json;

use crate::out::{Answer, Failure, failure, print};
use crate::session::{Outcome, Session};
use crate::verbs::{board_words, missing_words};
use clock::{Shared, StoryClock};
use devices::Devices;
use hub::StoryHub;

/// The same files on every run.
const SEED: u64 = 20_261_123;

/// How long before the visit the township prepares.
const PREPARE_BEFORE_MS: i64 = 2 * 3_600_000;

/// The story as it stands.
pub(crate) struct Story {
    session: Session,
    clock: Arc<StoryClock>,
    folder: PathBuf,
    samples: Samples,
    /// Nothing is found at either site.
    clean: bool,
    printer: Printer,
    lang: Lang,
    quiet: bool,
    people: Option<People>,
    assistance: Option<DossierId>,
    checks: Vec<DossierId>,
    cases: Vec<DossierId>,
    hub: Option<StoryHub>,
    devices: Option<Devices>,
}

/// The people by their writers.
#[derive(Clone, Copy)]
pub(crate) struct People {
    pub(crate) officers: [WriterId; 2],
    pub(crate) mentor: WriterId,
}

/// `angen demo`
pub(crate) fn run(
    out: Option<&Path>,
    without_violation: bool,
    lang: Lang,
    quiet: bool,
) -> Outcome<Answer> {
    let temporary = match out {
        Some(_) => None,
        None => Some(tempfile::tempdir().map_err(|why| Failure::new("demo", why.to_string()))?),
    };
    let folder = match (out, &temporary) {
        (Some(out), _) => out.to_owned(),
        (None, Some(temporary)) => temporary.path().to_owned(),
        (None, None) => unreachable!("a folder was given or made"),
    };
    let mut story = Story::begin(&folder, without_violation, lang, quiet)?;
    story.establish()?;
    story.start_hub()?;
    story.prepare()?;
    story.leave()?;
    story.train()?;
    for site in 0..story::SITES.len() {
        story.visit_site(site)?;
    }
    if without_violation {
        story.practise()?;
    } else {
        story.investigate()?;
        story.follow_up()?;
        story.advise()?;
    }
    story.write_report()?;
    story.go_home()?;
    let file = story.export()?;
    story.stop_hub()?;
    story.hand_over(&file, out.is_some())
}

impl Story {
    fn begin(folder: &Path, clean: bool, lang: Lang, quiet: bool) -> Outcome<Self> {
        let failed = |error: std::io::Error| failure(&Error::file(folder, error), lang);
        std::fs::create_dir_all(folder).map_err(failed)?;
        if std::fs::read_dir(folder).map_err(failed)?.next().is_some() {
            let place = folder.display().to_string();
            let text = match lang {
                Lang::Zh => format!("{place}：文件夹不是空的，请换一个，免得混在一起"),
                Lang::En => format!("{place}: the folder is not empty; name another"),
            };
            return Err(Failure::new(&place, text));
        }
        let clock = Arc::new(StoryClock::new(BASE_TIME_MS - PREPARE_BEFORE_MS));
        let session = Session::with_clock(&folder.join("phone"), lang, Shared::of(&clock))?;
        let bar = bar(quiet, 1, say(lang, "拍摄演示素材", "making the files of the visit"));
        let samples = angen_samples::write_visit_samples(&folder.join("files"), SEED, BASE_TIME_MS)
            .map_err(failed)?;
        bar.finish_and_clear();
        Ok(Self {
            session,
            clock,
            folder: folder.to_owned(),
            samples,
            clean,
            printer: papers::printer(),
            lang,
            quiet,
            people: None,
            assistance: None,
            checks: Vec::new(),
            cases: Vec::new(),
            hub: None,
            devices: None,
        })
    }

    fn people(&self) -> People {
        self.people.expect("people are enrolled in the first step")
    }

    fn assistance(&self) -> DossierId {
        self.assistance.expect("the visit is planned in the first step")
    }

    fn devices(&self) -> Outcome<&Devices> {
        self.devices
            .as_ref()
            .ok_or_else(|| Failure::new("demo", "the story has no other devices yet".to_owned()))
    }

    /// Says a line, unless only JSON is wanted.
    fn tell(&self, zh: &str, en: &str) {
        if !self.quiet {
            print(say(self.lang, zh, en));
        }
    }

    /// Shows what is still missing in a dossier, in at most three lines.
    fn show_missing(&self, dossier: DossierId) -> Outcome<()> {
        let now = self.session.ports.clock.now().wall_ms;
        let list = angen_core::action::missing(&self.session.store, dossier, now);
        let words = missing_words(&self.session.say(list)?, self.lang);
        self.tell("  还缺：", "  still missing:");
        words.lines().for_each(|line| self.tell(&format!("    {line}"), &format!("    {line}")));
        Ok(())
    }

    /// Shows the 1-2-1-1 board.
    fn show_board(&self) -> Outcome<()> {
        let now = self.session.ports.clock.now().wall_ms;
        let board = angen_core::action::board(&self.session.store, self.assistance(), now);
        let words = board_words(&self.session.say(board)?, self.lang);
        words.lines().for_each(|line| self.tell(&format!("  {line}"), &format!("  {line}")));
        Ok(())
    }

    fn heading(&self, zh: &str, en: &str) {
        self.tell(&format!("\n── {zh} ──"), &format!("\n-- {en} --"));
    }

    fn bar(&self, steps: usize, zh: &'static str, en: &'static str) -> ProgressBar {
        bar(self.quiet, steps as u64, say(self.lang, zh, en))
    }

    fn summary(&self, file: &Path, kept: bool) -> Answer {
        let folder = self.folder.display();
        let text = match (kept, self.lang) {
            (true, Lang::Zh) => format!(
                "\n全部文件在 {folder}\n  卷宗包 {}\n  给人看的页 {folder}/opened/index.html\n  文书 {folder}/documents",
                file.display()
            ),
            (true, Lang::En) => format!(
                "\nEverything is in {folder}\n  the package {}\n  the page to read {folder}/opened/index.html\n  the documents {folder}/documents",
                file.display()
            ),
            (false, Lang::Zh) => {
                "\n演示文件已清除；要留下来看，请运行 angen demo --out 文件夹".to_owned()
            }
            (false, Lang::En) => {
                "\nThe files are gone; run angen demo --out FOLDER to keep them".to_owned()
            }
        };
        let json = json!({
            "package": file,
            "assistance": self.assistance().to_string(),
            "checks": self.checks.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "cases": self.cases.iter().map(ToString::to_string).collect::<Vec<_>>(),
        });
        Answer::new(json, text)
    }
}

/// One of two texts.
pub(crate) fn say<'t>(lang: Lang, zh: &'t str, en: &'t str) -> &'t str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// A progress bar on the error output, so that what is piped stays clean.
fn bar(quiet: bool, steps: u64, what: &str) -> ProgressBar {
    let target = if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
    let style = ProgressStyle::with_template("  {msg} [{bar:30}] {pos}/{len}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    let bar = ProgressBar::with_draw_target(Some(steps), target).with_style(style);
    bar.set_message(what.to_owned());
    bar.tick();
    bar
}
