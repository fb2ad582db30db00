//! The record printed, signed and captured; then the order, and the second officer's assent.

use angen_core::action::{IssueOrder, PartyAnswer, issue_order, sign_record};
use angen_core::domain::{Consequence, EvidenceKind, Purpose, SourceClass};
use angen_documents::Form;

use crate::finding::Photo;
use crate::hand::Stage;
use crate::story::{DEADLINE, PHONE, POST, RECUSAL, REPRESENTATIVE};
use crate::visit::Visit;

impl Visit {
    /// Prints the record, has it signed, and brings the signed page back.
    pub(crate) fn close_record(&mut self) {
        self.hand.begins(Stage::Record);
        let given = [
            ("post", self.hand.types("post", POST)),
            ("phone", self.hand.types("phone", PHONE)),
            ("recusal", self.hand.tap("recusal", RECUSAL).to_owned()),
        ];
        let record = self.print(self.town.cast.officers[0], Form::SiteRecord, given);
        let caption = format!("{}签字页", Form::SiteRecord.title());
        let page = Photo {
            about: Some(self.hand.keeps("signed page: about", record, "the print")),
            kind: self.hand.keeps("signed page: kind", EvidenceKind::SceneRecord, "the print"),
            source: self.hand.keeps("signed page: source", SourceClass::OwnCamera, "the camera"),
            purpose: Some(self.hand.keeps(
                "signed page: purpose",
                Purpose::SignedPage,
                "the print",
            )),
            caption: self.hand.holds("signed page: caption", &caption, "the print"),
        };
        let answer = PartyAnswer::Signed {
            evidence: self.capture(page),
            signer: self.hand.holds("record: signer", REPRESENTATIVE, "the register"),
            post: self.hand.holds("record: post", POST, "the print"),
        };
        self.hand.presses("signed");
        sign_record(&self.town.officer(), self.dossier, &answer).unwrap();
    }

    /// Orders what is not corrected on the spot. The second officer assents, and prints the order.
    pub(crate) fn order(&mut self) {
        self.hand.begins(Stage::Order);
        let ordered = self.findings.iter().filter(|f| f.consequence == Consequence::Order);
        let ordered: Vec<_> = ordered.map(|finding| finding.finding).collect();
        let mut items = Vec::new();
        for finding in ordered {
            let finding = self.hand.keeps("order: item", finding, "the findings");
            items.push((finding, self.hand.dials("deadline", DEADLINE)));
        }
        let request = IssueOrder {
            dossier: self.dossier,
            items,
            legal_basis: self.hand.keeps("order: legal basis", None, "the law in force"),
            number: None,
            issued_on: self.hand.keeps("order: day", None, "the clock"),
            told_to: Some(self.hand.holds("order: told to", REPRESENTATIVE, "the register")),
        };
        self.hand.presses("issue");
        issue_order(&self.town.officer(), &request).unwrap();
        self.hand.begins(Stage::Assent);
        self.assent();
        self.hand.begins(Stage::Order);
        self.print(self.town.cast.officers[1], Form::CorrectionOrder, []);
    }
}
