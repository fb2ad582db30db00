//! Gathers the fields of a form, and everything that stands against it, in one walk.
use chrono::NaiveDateTime;

use crate::content::{Document, Field, FieldName, SignaturePlace, Value};
use crate::entry::{Day, Filled, Moment, Printed};
use crate::form::Form;
use crate::law::Citation;
use crate::number::DocumentNumber;
use crate::people::{Officer, Unit, UnitSignature};
use crate::problem::{Problem, ProblemKind, Refusal};

/// Longer than any finding or answer read so far; an 80-page answer is a pasted file.
pub(crate) const TEXT_CHARACTERS_MAX: usize = 20_000;

/// Findings, orders, questions: a list of five hundred is a mistake in the caller.
pub(crate) const ENTRIES_MAX: usize = 500;

/// Fewer cannot act: 行政处罚法（2021年修订）第四十二条.
const OFFICERS_MIN: usize = 2;

/// Collects problems while the fields of one form are put together.
#[derive(Debug)]
pub(crate) struct Gather {
    form: Form,
    /// The entry of a list that is being gathered, so that a problem says which.
    entry: Option<usize>,
    problems: Vec<Problem>,
}

impl Gather {
    pub(crate) fn new(form: Form) -> Self {
        Self { form, entry: None, problems: Vec::new() }
    }

    /// The document, only when nothing stands against it; else the fields as far as they are.
    pub(crate) fn finish(self, document: Document) -> Result<Document, Refusal> {
        if self.problems.is_empty() {
            Ok(document)
        } else {
            let lines = document.lines();
            Err(Refusal { form: self.form, problems: self.problems, lines })
        }
    }

    pub(crate) fn object(&mut self, field: FieldName, entry: Option<usize>, kind: ProblemKind) {
        let problem = Problem { field, entry: entry.or(self.entry), kind };
        // A name that stands in two places of the form is missing once.
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    /// From here on, problems belong to this entry of a list; `None` ends the list.
    pub(crate) fn in_entry(&mut self, entry: Option<usize>) {
        self.entry = entry;
    }

    /// A must-have field that the pen may fill.
    pub(crate) fn must<T: Printed>(&mut self, name: FieldName, filled: &Filled<T>) -> Field {
        let field = self.optional(name, filled);
        if field.value == Value::Struck {
            self.object(name, None, ProblemKind::Missing);
        }
        field
    }

    /// A must-have field without which the print is worth nothing.
    pub(crate) fn printed<T: Printed>(&mut self, name: FieldName, filled: &Filled<T>) -> Field {
        if matches!(filled, Filled::ByHand) {
            self.object(name, None, ProblemKind::NotByHand);
        }
        self.must(name, filled)
    }

    /// A field that may be struck out.
    pub(crate) fn optional<T: Printed>(&mut self, name: FieldName, filled: &Filled<T>) -> Field {
        let value = Value::of(filled);
        self.check_text(name, None, value.text());
        Field { name, value }
    }

    /// A text of a list, which must be there.
    pub(crate) fn text(&mut self, name: FieldName, entry: usize, text: &str) -> String {
        if text.trim().is_empty() {
            self.object(name, Some(entry), ProblemKind::Missing);
        }
        self.check_text(name, Some(entry), text);
        text.trim().to_owned()
    }

    /// Bounds, and characters that no paper can carry and no XML may.
    pub(crate) fn check_text(&mut self, name: FieldName, entry: Option<usize>, text: &str) {
        if text.chars().count() > TEXT_CHARACTERS_MAX {
            self.object(name, entry, ProblemKind::TooLong(TEXT_CHARACTERS_MAX));
        }
        if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            self.object(name, entry, ProblemKind::ControlCharacter);
        }
    }

    /// A list within its bounds.
    pub(crate) fn count(&mut self, name: FieldName, count: usize, min: usize, max: usize) {
        if count < min {
            self.object(name, None, ProblemKind::TooFew(min));
        }
        if count > max {
            self.object(name, None, ProblemKind::TooMany(max));
        }
    }

    /// The number, whose characters must be those of the form.
    pub(crate) fn number(&mut self, number: &Filled<DocumentNumber>) -> Option<Field> {
        let kind = number.given().map(|number| number.series().kind());
        if kind.is_some() && kind != self.form.code() {
            self.object(NUMBER, None, ProblemKind::WrongCode);
        }
        Some(self.must(NUMBER, number))
    }

    /// A beginning and an end in the right order.
    pub(crate) fn span(
        &mut self,
        from: (FieldName, &Moment),
        to: (FieldName, &Moment),
    ) -> [Field; 2] {
        if let (Some(start), Some(end)) = (from.1.given(), to.1.given()) {
            self.in_order(to.0, start, end);
        }
        [self.must(from.0, from.1), self.must(to.0, to.1)]
    }

    fn in_order(&mut self, name: FieldName, start: &NaiveDateTime, end: &NaiveDateTime) {
        if end < start {
            self.object(name, None, ProblemKind::Reversed);
        }
    }

    /// Names and certificate numbers of at least two different officers.
    pub(crate) fn officers(&mut self, officers: &[Officer]) -> Vec<Field> {
        self.count(OFFICERS, officers.len(), OFFICERS_MIN, ENTRIES_MAX);
        let mut fields = Vec::new();
        for (entry, officer) in (1..).zip(officers) {
            let name = self.text(OFFICER, entry, &officer.name);
            let certificate = self.text(CERTIFICATE, entry, &officer.certificate_number);
            let before = &officers[..entry - 1];
            if before.iter().any(|other| other.certificate_number == officer.certificate_number) {
                self.object(CERTIFICATE, Some(entry), ProblemKind::Twice);
            }
            fields.push(Field::printed(OFFICER, name));
            fields.push(Field::printed(CERTIFICATE, certificate));
        }
        fields
    }

    /// Citations that name law, version and article.
    pub(crate) fn citations(&mut self, name: FieldName, citations: &[Citation]) -> Field {
        self.count(name, citations.len(), 1, ENTRIES_MAX);
        for (entry, citation) in (1..).zip(citations) {
            if !citation.is_whole() {
                self.object(name, Some(entry), ProblemKind::NotCited);
            }
        }
        let text = citations.to_vec().printed();
        self.check_text(name, None, &text);
        Field::printed(name, text)
    }

    /// The unit's name, address, person in charge, post and telephone number.
    pub(crate) fn unit(&mut self, unit: &Unit) -> [Field; 6] {
        [
            self.printed(UNIT_NAME, &unit.name),
            self.optional(CREDIT_CODE, &unit.credit_code),
            self.must(UNIT_ADDRESS, &unit.address),
            self.must(PERSON_IN_CHARGE, &unit.person_in_charge),
            self.must(POST, &unit.post),
            self.must(PHONE, &unit.phone),
        ]
    }

    /// Where the unit signs, or why it does not.
    pub(crate) fn unit_signature(
        &mut self,
        role: &str,
        signature: &UnitSignature,
    ) -> Vec<SignaturePlace> {
        let line = SignaturePlace { fingerprint: true, ..SignaturePlace::line(role) };
        match signature {
            UnitSignature::Expected => vec![line],
            UnitSignature::Refused { reason, witness } => {
                let reason = self.printed(REFUSAL_REASON, reason);
                let instead = Some(format!("拒绝签名，原因：{}", reason.value.text()));
                let mut places = vec![SignaturePlace { instead, fingerprint: false, ..line }];
                if !matches!(witness, Filled::Missing) {
                    let name = witness.given().cloned();
                    places.push(SignaturePlace { name, ..SignaturePlace::line("见证人") });
                }
                places
            }
        }
    }
}

/// Signature lines of officers, with their certificate numbers.
pub(crate) fn officer_places(role: &str, officers: &[Officer]) -> Vec<SignaturePlace> {
    let place = |officer: &Officer| SignaturePlace {
        name: Some(officer.name.clone()),
        certificate: Some(officer.certificate_number.clone()),
        ..SignaturePlace::line(role)
    };
    officers.iter().map(place).collect()
}

/// The day of a document that the law of that day depends on; by hand it cannot be known.
pub(crate) fn day_of(day: &Day) -> Option<chrono::NaiveDate> {
    day.given().copied()
}

pub(crate) const NUMBER: FieldName = FieldName::new("number", "文号", "document number");
pub(crate) const OFFICERS: FieldName = FieldName::new("officers", "执法人员", "officers");
pub(crate) const OFFICER: FieldName =
    FieldName::new("officer", "执法人员姓名", "name of the officer");
pub(crate) const CERTIFICATE: FieldName =
    FieldName::new("officer_certificate", "执法证号", "certificate number of the officer");
pub(crate) const UNIT_NAME: FieldName = FieldName::new("unit_name", "单位名称", "name of the unit");
pub(crate) const CREDIT_CODE: FieldName =
    FieldName::new("credit_code", "统一社会信用代码", "unified social credit code");
pub(crate) const UNIT_ADDRESS: FieldName =
    FieldName::new("unit_address", "单位地址", "address of the unit");
pub(crate) const PERSON_IN_CHARGE: FieldName = FieldName::new(
    "person_in_charge",
    "法定代表人（负责人）",
    "legal representative or person in charge",
);
pub(crate) const POST: FieldName = FieldName::new("post", "职务", "post");
pub(crate) const PHONE: FieldName = FieldName::new("phone", "联系电话", "telephone number");
pub(crate) const REFUSAL_REASON: FieldName =
    FieldName::new("refusal_reason", "拒签原因", "reason for not signing");
