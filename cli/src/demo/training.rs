//! Second step: one training, with attendance by each officer's own key and a sign-in sheet.

use angen_core::action::{
    CaptureEvidence, RecordTraining, capture_evidence, confirm_attendance, record_training,
};
use angen_core::desk::Desk;
use angen_core::domain::{AGENDA, EvidenceKind, Place, Purpose, SourceClass};
use angen_ledger::id::{DossierId, EntityId};
use angen_samples::{Role, Sample};

use crate::demo::Story;
use crate::demo::story::PINS;
use crate::out::Failure;
use crate::session::Outcome;
use crate::verbs::device;

/// How long the training takes.
const TRAINING_MS: i64 = 90 * 60_000;

impl Story {
    /// The training.
    pub(super) fn train(&mut self) -> Outcome<()> {
        self.heading("三、一次培训", "3. One training");
        self.show_missing(self.assistance())?;
        let people = self.people();
        let courseware = self.sample(Role::Courseware, None)?.clone();
        self.clock.move_to(courseware.taken_at_ms);
        let desk = self.session.sign_in(people.mentor, PINS[3])?;
        let from_ms = courseware.taken_at_ms;
        let request = RecordTraining {
            dossier: self.assistance(),
            title: "执法闭环培训：从检查到结案".to_owned(),
            trainer: people.mentor,
            agenda: AGENDA.iter().map(|(tag, _)| (*tag).to_owned()).collect(),
            place: "涛雒镇政府会议室".to_owned(),
            held_ms: (from_ms, from_ms + TRAINING_MS),
        };
        let training = self.session.say(record_training(&desk, &request))?.training;
        self.capture(&desk, self.assistance(), &courseware, Some(training))?;
        let sheet = self.sample(Role::SignInSheet, None)?.clone();
        self.clock.move_to(sheet.taken_at_ms);
        for (writer, pin) in people.officers.into_iter().zip([PINS[1], PINS[2]]) {
            let desk = self.session.sign_in(writer, pin)?;
            self.session.say(confirm_attendance(&desk, self.assistance(), training))?;
        }
        let desk = self.session.sign_in(people.officers[0], PINS[1])?;
        self.capture(&desk, self.assistance(), &sheet, Some(training))?;
        self.clock.move_to(from_ms + TRAINING_MS);
        self.tell(
            "  培训人、议程、课件、签到表、两名执法人员本人签到：已记录",
            "  trainer, agenda, courseware, sign-in sheet, two officers' own confirmation: recorded",
        );
        self.show_board()
    }

    /// Captures a sample as evidence.
    pub(super) fn capture(
        &self,
        desk: &Desk<'_>,
        dossier: DossierId,
        sample: &Sample,
        about: Option<EntityId>,
    ) -> Outcome<EntityId> {
        self.clock.move_to(sample.taken_at_ms);
        let (kind, source, note, purpose) = what(sample.role);
        let place = Place {
            latitude_e7: (sample.place.latitude_degrees * 1e7).round() as i64,
            longitude_e7: (sample.place.longitude_degrees * 1e7).round() as i64,
            accuracy_mm: Some((sample.place.error_metres * 1000.0).round() as i64),
        };
        let request = CaptureEvidence {
            path: sample.path.clone(),
            dossier,
            about,
            kind,
            source,
            source_note: note.map(str::to_owned),
            caption: sample.caption.to_owned(),
            method: None,
            proves: None,
            purpose,
            place: Some(place),
            device: device(),
            derived_from: None,
        };
        Ok(self.session.say(capture_evidence(desk, &request))?.evidence)
    }

    /// The first sample of a role at a site.
    pub(super) fn sample(&self, role: Role, site: Option<usize>) -> Outcome<&Sample> {
        let found = self.samples.of_role(role).find(|sample| sample.site == site);
        found.ok_or_else(|| Failure::new("demo", format!("no sample {role:?}")))
    }
}

/// Which evidence a sample is, and where it comes from.
fn what(role: Role) -> (EvidenceKind, SourceClass, Option<&'static str>, Option<Purpose>) {
    use EvidenceKind::{AudioVisual, Documentary, Electronic, PartyStatement, SceneRecord};
    use SourceClass::{FromParty, Instrument, OwnCamera, Scan};
    match role {
        Role::WidePhoto | Role::ClosePhoto | Role::SceneVideo | Role::InstrumentPhoto => {
            (AudioVisual, OwnCamera, None, None)
        }
        Role::SoundStatement => (PartyStatement, OwnCamera, None, Some(Purpose::Interview)),
        Role::ScannedPaper => (Documentary, FromParty, None, None),
        Role::InstrumentReading => (Electronic, Instrument, Some("检测仪 GX-演示-07"), None),
        Role::SignInSheet => (Documentary, OwnCamera, None, Some(Purpose::SignInSheet)),
        Role::SignedRecordPage => (SceneRecord, Scan, None, Some(Purpose::SignedPage)),
        Role::Courseware => (Documentary, SourceClass::Imported, None, Some(Purpose::Courseware)),
        Role::LicenceCopy => (Documentary, FromParty, None, Some(Purpose::SubjectPapers)),
        Role::HashListPage => (Documentary, OwnCamera, None, Some(Purpose::HashList)),
        Role::FilingForm | Role::ProcedurePage => {
            (Documentary, OwnCamera, None, Some(Purpose::SignedPage))
        }
        Role::InterviewPage => (PartyStatement, OwnCamera, None, Some(Purpose::Interview)),
    }
}
