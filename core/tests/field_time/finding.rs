//! A finding where the officer stands: proposed from the item, completed in words, shown by photos.

use angen_core::action::{
    CaptureEvidence, ProposeFinding, RaiseFinding, Shot, TakeMeasure, capture_evidence, check_copy,
    propose_caption, propose_finding, propose_note, raise_finding, set_answers, take_measure,
};
use angen_core::domain::{EvidenceKind, Finding, Purpose, SourceClass};
use angen_forms::Item;
use angen_ledger::id::EntityId;
use angen_testing::files::jpeg;

use crate::hand::Stage;
use crate::story::{ENTERPRISE, FindingStory, REPRESENTATIVE};
use crate::visit::Visit;

/// Where the proposals of a finding come from, by field.
const ITEM: &str = "the item of the checklist";
const REGISTER: &str = "the register";
const FINDING: &str = "the words of the finding";

/// A photo to capture: what it is of, and what it is.
pub(crate) struct Photo {
    pub(crate) about: Option<EntityId>,
    pub(crate) kind: EvidenceKind,
    pub(crate) source: SourceClass,
    pub(crate) purpose: Option<Purpose>,
    pub(crate) caption: String,
}

impl Visit {
    /// Raises a finding with everything that belongs to it.
    pub(crate) fn find(&mut self, story: &FindingStory, item: &Item) {
        let finding = self.raise(story, item);
        self.hand.begins(Stage::Evidence);
        let wide = self.shoot(&finding, Shot::Wide);
        self.shoot(&finding, Shot::Close);
        if let Some((reading, value)) = story.reading {
            let value = self.hand.types("reading", value);
            self.hand.presses("save");
            self.set(reading, &value);
            self.shoot(&finding, Shot::Reading);
        }
        if let Some(caption) = story.copy {
            self.copy(&finding, caption);
        }
        if let Some((kind, words)) = story.measure {
            self.hand.begins(Stage::Measures);
            let request = TakeMeasure {
                dossier: self.dossier,
                kind: self.hand.picks("measure", kind),
                findings: vec![self.hand.keeps("measure: finding", finding.finding, "the screen")],
                legal_basis: self.hand.keeps(
                    "measure: legal basis",
                    None,
                    "the kind of the measure",
                ),
                words: words.map(|words| self.hand.types("words of the measure", words)),
                shown_by: vec![self.hand.keeps("measure: shown by", wide, "the wide photo")],
                told_to: Some(self.hand.holds("measure: told to", REPRESENTATIVE, REGISTER)),
            };
            self.hand.presses("save");
            take_measure(&self.town.officer(), &request).unwrap();
        }
        self.findings.push(finding);
    }

    fn raise(&mut self, story: &FindingStory, item: &Item) -> Finding {
        self.hand.begins(Stage::Findings);
        let asks = item.major_hazard().is_some_and(|criterion| criterion.starts_with("O10"));
        let request = ProposeFinding {
            dossier: self.dossier,
            checklist: self.town.cast.checklist,
            item: self.hand.holds("finding: item", &item.name, ITEM),
            consequence: self.hand.tap("consequence", story.consequence),
            // Asked only where the item names a criterion; the dust is swept each shift here.
            criterion_met: asks && self.hand.tap("criterion of a major hazard met", false),
        };
        let mut finding = propose_finding(&self.town.officer(), &request).unwrap();
        self.hold(&finding);
        finding.elements.extend([
            ("location".to_owned(), self.hand.types("location", story.location)),
            ("act".to_owned(), self.hand.types("act", story.act)),
            ("consequence".to_owned(), self.hand.types("possible consequence", story.danger)),
        ]);
        self.hand.presses("save");
        let finding = raise_finding(&self.town.officer(), &finding).unwrap();
        let note = propose_note(&self.town.officer(), self.dossier, &finding).unwrap();
        for words in note.answers.values() {
            self.hand.holds("note of the item", words, FINDING);
        }
        set_answers(&self.town.officer(), &note).unwrap();
        finding
    }

    /// What is proposed of a finding goes into the verb as it is.
    fn hold(&mut self, proposed: &RaiseFinding) {
        self.hand.holds("finding: title", &proposed.title, ITEM);
        self.hand.holds("finding: legal basis", &proposed.legal_basis, ITEM);
        self.hand.holds("finding: authority", &proposed.authority, ITEM);
        if let Some(penalty) = &proposed.penalty {
            self.hand.holds("finding: penalty code", penalty, ITEM);
        }
        for (element, words) in &proposed.elements {
            match element.as_str() {
                "subject" => self.hand.holds("finding: subject", words, REGISTER),
                "observed" => self.hand.holds("finding: observed", words, "the clock"),
                other => panic!("{other} is proposed, and the page does not say from where"),
            };
        }
    }

    fn shoot(&mut self, finding: &Finding, shot: Shot) -> EntityId {
        let caption = propose_caption(finding, shot);
        let caption = self.hand.holds("photo: caption", &caption, FINDING);
        let photo = Photo {
            about: Some(self.hand.keeps("photo: about", finding.finding, "the screen")),
            kind: self.hand.keeps("photo: kind", EvidenceKind::AudioVisual, "the camera"),
            source: self.hand.keeps("photo: source", SourceClass::OwnCamera, "the camera"),
            purpose: None,
            caption,
        };
        self.capture(photo)
    }

    /// A copy that the enterprise stamped, laid beside its original.
    fn copy(&mut self, finding: &Finding, caption: &str) {
        let photo = Photo {
            about: Some(self.hand.keeps("copy: about", finding.finding, "the screen")),
            kind: self.hand.tap("kind", EvidenceKind::Documentary),
            source: self.hand.keeps("copy: source", SourceClass::OwnCamera, "the camera"),
            purpose: None,
            caption: self.hand.types("caption of the copy", caption),
        };
        let evidence = self.capture(photo);
        let keeper = self.hand.holds("copy: keeper of the original", ENTERPRISE, REGISTER);
        let stamped = self.hand.tap("stamped", true);
        self.hand.presses("compared with the original");
        check_copy(&self.town.officer(), self.dossier, evidence, &keeper, stamped).unwrap();
    }

    /// Takes a photo and captures it.
    pub(crate) fn capture(&mut self, photo: Photo) -> EntityId {
        let number = self.hand.photo();
        let name = format!("{number}.jpg");
        let path = self.town.file(&name, &jpeg(&format!("photo {number} of the visit")));
        let request = CaptureEvidence {
            path,
            dossier: self.dossier,
            about: photo.about,
            kind: photo.kind,
            source: photo.source,
            source_note: None,
            purpose: photo.purpose,
            caption: photo.caption,
            method: None,
            proves: None,
            place: None,
            device: self.hand.holds("photo: device", "测试机 0.1", "the phone"),
            derived_from: None,
        };
        capture_evidence(&self.town.officer(), &request).unwrap().evidence
    }
}
