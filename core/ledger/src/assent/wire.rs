//! Requests, statements and cards as bytes and back, strictly.

use super::{AssentCard, AssentRequest, AssentStatement};
use crate::enrolment::version;
use crate::hash::{Hash, Suite};
use crate::id::{DossierId, WriterId};
use crate::limits::{
    ASSENT_CARD_BYTES_MAX, ASSENT_REQUEST_BYTES_MAX, ASSENT_STATEMENT_BYTES_MAX,
    ASSENT_TITLE_BYTES_MAX, ASSENT_TOLD_MAX, COSE_BYTES_MAX, KIND_BYTES_MAX,
};
use crate::wire::{Malformed, Reader, Wire, Writer};

impl Wire for AssentRequest {
    const ITEM: &'static str = "assent_request";
    const BYTES_MAX: usize = ASSENT_REQUEST_BYTES_MAX;

    fn write(&self, out: &mut Writer) {
        out.array(12).uint(1).uint(self.suite.number());
        self.dossier.write(out);
        out.text(&self.title);
        self.by.write(out);
        out.optional(self.of, |out, of| of.write(out)).uint(self.count);
        self.digest.write(out);
        out.array(self.told.len());
        for (noun, count) in &self.told {
            out.array(2).text(noun).uint(*count);
        }
        out.array(self.findings.len());
        for title in &self.findings {
            out.text(title);
        }
        out.uint(self.more).int(self.asked_ms);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, Malformed> {
        input.tuple("assent_request", 12)?;
        version(input, "assent_request.version")?;
        let suite = Suite::read(input)?;
        let dossier = DossierId::read(input)?;
        let title = input.text("assent_request.title", ASSENT_TITLE_BYTES_MAX)?.to_owned();
        let by = WriterId::read(input)?;
        let of = input.optional("assent_request.of", WriterId::read)?;
        let count = input.uint("assent_request.count")?;
        let digest = Hash::read(input, "assent_request.digest")?;
        let told = read_told(input)?;
        let mut findings = Vec::new();
        for _ in 0..input.array("assent_request.findings", ASSENT_TOLD_MAX)? {
            let title = input.text("assent_request.findings", ASSENT_REQUEST_BYTES_MAX)?;
            findings.push(title.to_owned());
        }
        let more = input.uint("assent_request.more")?;
        let asked_ms = input.int("assent_request.asked_at")?;
        let sum = told.iter().try_fold(0_u64, |sum, (_, of_noun)| sum.checked_add(*of_noun));
        if count == 0 || sum != Some(count) {
            let rule = "is the number of ops of all nouns, and not 0";
            return Err(Malformed::Rule { item: "assent_request.count", rule });
        }
        Ok(Self { suite, dossier, title, by, of, count, digest, told, findings, more, asked_ms })
    }
}

fn read_told(input: &mut Reader<'_>) -> Result<Vec<(String, u64)>, Malformed> {
    const ITEM: &str = "assent_request.told";
    let mut told: Vec<(String, u64)> = Vec::new();
    for _ in 0..input.array(ITEM, ASSENT_TOLD_MAX)? {
        input.tuple(ITEM, 2)?;
        let noun = input.text(ITEM, KIND_BYTES_MAX)?.to_owned();
        if told.last().is_some_and(|(last, _)| *last >= noun) {
            return Err(Malformed::Rule { item: ITEM, rule: "must be sorted, each entry once" });
        }
        told.push((noun, input.uint(ITEM)?));
    }
    Ok(told)
}

impl Wire for AssentStatement {
    const ITEM: &'static str = "assent";
    const BYTES_MAX: usize = ASSENT_STATEMENT_BYTES_MAX;

    fn write(&self, out: &mut Writer) {
        out.array(5).uint(1).uint(self.suite.number());
        self.request.write(out);
        self.writer.write(out);
        out.int(self.wall_ms);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, Malformed> {
        input.tuple("assent", 5)?;
        version(input, "assent.version")?;
        let suite = Suite::read(input)?;
        let request = AssentRequest::read(input)?;
        // Nested, its own limit is not looked at by what reads the whole.
        if request.to_wire().len() > ASSENT_REQUEST_BYTES_MAX {
            let max = ASSENT_REQUEST_BYTES_MAX;
            return Err(Malformed::TooLarge { item: "assent_request", max });
        }
        let writer = WriterId::read(input)?;
        let wall_ms = input.int("assent.at")?;
        if writer == request.by || request.of.is_some_and(|of| of != writer) {
            return Err(Malformed::Rule { item: "assent.writer", rule: "must be who was asked" });
        }
        Ok(Self { suite, request, writer, wall_ms })
    }
}

impl Wire for AssentCard {
    const ITEM: &'static str = "assent_card";
    const BYTES_MAX: usize = ASSENT_CARD_BYTES_MAX;

    fn write(&self, out: &mut Writer) {
        out.array(3).uint(1).bytes(&self.statement);
        out.optional(self.certificate.as_ref(), |out, certificate| {
            out.bytes(certificate);
        });
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, Malformed> {
        input.tuple("assent_card", 3)?;
        version(input, "assent_card.version")?;
        let statement = input.bytes("assent_card.statement", ASSENT_STATEMENT_BYTES_MAX)?.to_vec();
        let certificate = input.optional("assent_card.certificate", |input| {
            input.bytes("assent_card.certificate", COSE_BYTES_MAX).map(<[u8]>::to_vec)
        })?;
        Ok(Self { statement, certificate })
    }
}
