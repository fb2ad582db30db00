//! After the case: the mentor's advice, the officers' answers, and the report that writes itself.

use angen_core::action::{
    Adoption, MarkSkill, WriteComment, answer_comment, mark_skill, release_teaching, report,
    write_comment,
};
use angen_core::domain::{Finding, SkillLevel, read_all};
use angen_core::error::Error;

use crate::demo::Story;
use crate::demo::story::PINS;
use crate::out::failure;
use crate::session::Outcome;

/// What the mentor says of the first findings, and how it is answered: adopted, or not because.
const COMMENTS: [(&str, Option<&str>); 2] = [
    ("照片要有比例尺和方位，近景、全景各一张", None),
    ("建议补拍电机铭牌", Some("铭牌已锈蚀看不清，已在检修台账里核对型号")),
];

/// Skills of the two officers: which officer, tag, level.
const SKILLS: [(usize, &str, SkillLevel); 4] = [
    (0, "record", SkillLevel::Alone),
    (0, "evidence", SkillLevel::Helped),
    (1, "evidence", SkillLevel::Shown),
    (1, "filing", SkillLevel::Helped),
];

/// The day of the visit.
const DAY: &str = "2026-09-15";

impl Story {
    /// Comments, release, answers, skills.
    pub(super) fn advise(&self) -> Outcome<()> {
        let (visit, people, check) = (self.assistance(), self.people(), self.checks[0]);
        let desk = self.session.sign_in(people.mentor, PINS[3])?;
        let held = self.session.store.read(|read| read_all::<Finding>(read, check));
        let findings = self.session.say(held)?;
        let mut comments = Vec::new();
        for (finding, (words, answer)) in findings.iter().zip(COMMENTS) {
            let request = WriteComment {
                visit,
                about_dossier: check,
                about: finding.finding,
                text: words.to_owned(),
            };
            comments.push((self.session.say(write_comment(&desk, &request))?.comment, answer));
        }
        for (officer, skill, level) in SKILLS {
            let officer = people.officers[officer];
            let (skill, day) = (skill.to_owned(), DAY.to_owned());
            self.session
                .say(mark_skill(&desk, &MarkSkill { visit, officer, skill, level, day }))?;
        }
        let (_, released) = self.session.say(release_teaching(&desk, visit, &[]))?;
        let desk = self.session.sign_in(people.officers[0], PINS[1])?;
        for (comment, answer) in &comments {
            let adoption = match answer {
                None => Adoption::Adopted,
                Some(because) => Adoption::NotAdopted { because: (*because).to_owned() },
            };
            self.session.say(answer_comment(&desk, visit, *comment, &adoption))?;
        }
        self.tell(
            &format!("  专家意见和技能 {released} 条已开放，执法人员答复 {} 条", comments.len()),
            &format!("  {released} comments and marks released, {} answered", comments.len()),
        );
        Ok(())
    }

    /// The one-page report, beside the package.
    pub(super) fn write_report(&self) -> Outcome<()> {
        let now = self.session.ports.clock.now().wall_ms;
        let report = self.session.say(report(&self.session.store, self.assistance(), now))?;
        let file = self.folder.join("report.html");
        std::fs::write(&file, angen_page::render_report(&report, self.lang))
            .map_err(|why| failure(&Error::file(&file, why), self.lang))?;
        self.tell(
            &format!("  一页报告 {}", file.display()),
            &format!("  the one-page report {}", file.display()),
        );
        Ok(())
    }
}
