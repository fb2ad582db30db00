//! Assent on a phone of one's own: what is asked, and what is signed, each short enough for a QR
//! code (docs/protocol.md section 17).
//!
//! The request names ops by a digest and tells in words what they are. Whoever assents signs all of
//! it, so that a stranger sees later which words stood on the screen, and for which ops.

use crate::certificate::{Duty, SignedCertificate};
use crate::cose::{Purpose, Signed};
use crate::enrolment::{from_text, to_text, version};
use crate::hash::{Hash, HashName, Suite};
use crate::id::{DossierId, WriterId};
use crate::key::{SignError, Signer};
use crate::limits::{
    ASSENT_CARD_BYTES_MAX, ASSENT_CARD_CHARS_MAX, ASSENT_REQUEST_BYTES_MAX,
    ASSENT_STATEMENT_BYTES_MAX, ASSENT_TITLE_BYTES_MAX, ASSENT_TOLD_MAX, COSE_BYTES_MAX,
    KIND_BYTES_MAX,
};
use crate::wire::{Malformed, Reader, Wire, Writer};

/// What the text of a request begins with.
const REQUEST_PREFIX: &str = "ANGEN:ASSENT:1:";

/// What the text of a card begins with.
const CARD_PREFIX: &str = "ANGEN:ASSENTED:1:";

/// What somebody is asked to assent to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssentRequest {
    /// Hash and signatures.
    pub suite: Suite,
    /// The dossier.
    pub dossier: DossierId,
    /// Its title, as [`shortened`] cuts it.
    pub title: String,
    /// Who asks.
    pub by: WriterId,
    /// Who is asked; none for whoever else.
    pub of: Option<WriterId>,
    /// How many ops.
    pub count: u64,
    /// [`digest_of_ops`].
    pub digest: Hash,
    /// How many ops of each noun, ascending by noun: together [`AssentRequest::count`].
    pub told: Vec<(String, u64)>,
    /// Titles of findings among them, as many as fit.
    pub findings: Vec<String>,
    /// How many more titles there are.
    pub more: u64,
    /// When it was asked, by that device, in milliseconds since 1970 UTC.
    pub asked_ms: i64,
}

/// What somebody has assented to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssentStatement {
    /// Hash and signatures.
    pub suite: Suite,
    /// All that was asked, words included.
    pub request: AssentRequest,
    /// Who assents.
    pub writer: WriterId,
    /// When, by that device, in milliseconds since 1970 UTC.
    pub wall_ms: i64,
}

/// A statement as it travels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedAssent {
    /// What it says.
    pub statement: AssentStatement,
    /// The certificate that it names.
    pub certificate: Hash,
    /// The COSE message; whether it holds, [`SignedAssent::holds`] tells.
    pub signed: Signed,
}

/// What a phone shows of a statement: its bytes, and the certificate where it fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssentCard {
    /// The COSE message of the statement.
    pub statement: Vec<u8>,
    /// The COSE message of the signer's certificate.
    pub certificate: Option<Vec<u8>>,
}

/// The digest of a set of ops: the order in which they are given does not matter.
#[must_use]
pub fn digest_of_ops(suite: Suite, ops: &[Hash]) -> Hash {
    let mut sorted = ops.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    let bytes: Vec<u8> = sorted.iter().flat_map(|op| *op.as_bytes()).collect();
    suite.hash(HashName::Assented, &bytes)
}

/// A title that fits into a request: whole, or cut with an ellipsis.
#[must_use]
pub fn shortened(title: &str) -> String {
    if title.len() <= ASSENT_TITLE_BYTES_MAX {
        return title.to_owned();
    }
    let end = title.floor_char_boundary(ASSENT_TITLE_BYTES_MAX - '…'.len_utf8());
    format!("{}…", &title[..end])
}

impl AssentRequest {
    /// Puts the titles of findings in, as many as fit, and counts the others.
    #[must_use]
    pub fn telling(mut self, titles: &[String]) -> Self {
        self.findings.clear();
        self.more = titles.len() as u64;
        for title in titles {
            self.findings.push(title.clone());
            // The count shrinks with each that is told, and its encoding with it.
            if self.findings.len() > ASSENT_TOLD_MAX
                || self.to_wire().len() > ASSENT_REQUEST_BYTES_MAX
            {
                self.findings.pop();
            } else {
                self.more -= 1;
            }
        }
        self
    }

    /// The text that is shown.
    #[must_use]
    pub fn to_text(&self) -> String {
        to_text(REQUEST_PREFIX, &self.to_wire())
    }

    /// Reads the text.
    ///
    /// # Errors
    /// [`Malformed`] for another text.
    pub fn read_text(text: &str) -> Result<Self, Malformed> {
        Self::from_wire(&from_text(REQUEST_PREFIX, text, ASSENT_REQUEST_BYTES_MAX)?)
    }
}

impl AssentStatement {
    /// Signs the statement; gives the bytes of the COSE message.
    ///
    /// # Errors
    /// What the signer returns.
    pub fn sign(&self, key: &dyn Signer, certificate: Hash) -> Result<Vec<u8>, SignError> {
        Signed::make(Purpose::Assent, key, Some(certificate), self.to_wire())
    }
}

impl SignedAssent {
    /// Reads the bytes of a COSE message. The signature is not checked here.
    ///
    /// # Errors
    /// [`Malformed`].
    pub fn read(cose: &[u8]) -> Result<Self, Malformed> {
        let signed = Signed::read(cose, ASSENT_STATEMENT_BYTES_MAX)?;
        let statement = AssentStatement::from_wire(&signed.payload)?;
        let certificate = signed
            .signer
            .ok_or(Malformed::Rule { item: "assent", rule: "names the certificate that signed" })?;
        Ok(Self { statement, certificate, signed })
    }

    /// Whether the holder of a certificate, which must be trusted already, signed this as a
    /// writer, within the period of the certificate by the claimed time.
    #[must_use]
    pub fn holds(&self, by: &SignedCertificate) -> bool {
        let holder = &by.certificate;
        self.certificate == by.hash
            && holder.duty == Duty::Writer
            && holder.writer == self.statement.writer
            && holder.covers_time(self.statement.wall_ms)
            && self.signed.verifies(Purpose::Assent, &holder.key)
    }
}

impl AssentCard {
    /// The text that is shown. The certificate goes along unless the code would be too large.
    #[must_use]
    pub fn to_text(&self) -> String {
        let whole = to_text(CARD_PREFIX, &self.to_wire());
        if whole.len() <= ASSENT_CARD_CHARS_MAX {
            return whole;
        }
        to_text(CARD_PREFIX, &Self { certificate: None, ..self.clone() }.to_wire())
    }

    /// Reads the text.
    ///
    /// # Errors
    /// [`Malformed`] for another text.
    pub fn read_text(text: &str) -> Result<Self, Malformed> {
        Self::from_wire(&from_text(CARD_PREFIX, text, ASSENT_CARD_BYTES_MAX)?)
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::Algorithm;
    use crate::testing::{Grant, Scribe};

    fn request() -> AssentRequest {
        let ops = [Hash([1; 32]), Hash([2; 32]), Hash([3; 32])];
        AssentRequest {
            suite: Suite::Sha256,
            dossier: DossierId([4; 16]),
            title: "日照样例机械加工有限公司现场检查".to_owned(),
            by: WriterId([5; 16]),
            of: None,
            count: 3,
            digest: digest_of_ops(Suite::Sha256, &ops),
            told: vec![("answer".to_owned(), 2), ("finding".to_owned(), 1)],
            findings: Vec::new(),
            more: 0,
            asked_ms: 1_795_424_400_000,
        }
    }

    fn scribe(seed: u64, duty: Duty) -> Scribe {
        let scopes = &["enforcer:371102110"];
        let grant = Grant { duty, name: "李红梅", scopes, algorithm: Algorithm::P256 };
        let root = Grant { duty: Duty::Root, name: "根", ..grant };
        Scribe::new(
            seed,
            &grant,
            (duty != Duty::Root).then(|| Scribe::new(9, &root, None)).as_ref(),
        )
    }

    fn stated(by: &Scribe) -> AssentStatement {
        let wall_ms = by.certificate.certificate.not_before_ms;
        AssentStatement { suite: Suite::Sha256, request: request(), writer: by.writer, wall_ms }
    }

    #[test]
    fn a_request_is_read_back_and_one_with_any_sign_changed_is_another_or_none() {
        let asked = request().telling(&["皮带传动部位无防护罩".to_owned()]);
        let shown = asked.to_text();
        assert_eq!(AssentRequest::read_text(&format!(" {shown}\n")).unwrap(), asked);
        for at in 0..shown.len() {
            let mut bent = shown.clone().into_bytes();
            bent[at] = if bent[at] == b'A' { b'B' } else { b'A' };
            let read = AssentRequest::read_text(&String::from_utf8(bent).unwrap());
            assert_ne!(read.ok(), Some(asked.clone()), "{at}");
        }
    }

    #[test]
    fn findings_that_do_not_fit_are_counted_and_the_code_stays_small() {
        let titles: Vec<String> =
            (0..300).map(|number| format!("第{number}台砂轮机没有防护罩")).collect();
        for many in [0, 1, 5, 23, 24, 40, 299, 300] {
            let asked = request().telling(&titles[..many]);
            assert_eq!(asked.findings.len() as u64 + asked.more, many as u64);
            let text = asked.to_text();
            assert!(text.len() <= 840, "{many}: {} signs", text.len());
            assert_eq!(AssentRequest::read_text(&text).unwrap(), asked);
        }
        assert!(request().telling(&titles).findings.len() >= 6);
        // A title that alone is too long is counted, and a shorter one behind it is told.
        let long = "很长".repeat(200);
        let asked = request().telling(&[long, titles[0].clone()]);
        assert_eq!((asked.findings, asked.more), (vec![titles[0].clone()], 1));
    }

    #[test]
    fn a_long_title_is_cut_between_signs() {
        let cut = shortened(&"日照样例".repeat(12));
        assert!(cut.len() <= ASSENT_TITLE_BYTES_MAX && cut.ends_with('…'), "{cut}");
        assert_eq!(shortened("短"), "短");
    }

    #[test]
    fn a_count_that_is_not_the_sum_or_a_noun_twice_is_no_request() {
        let one = |told: &[(&str, u64)], count| {
            let told = told.iter().map(|(noun, of)| ((*noun).to_owned(), *of)).collect();
            AssentRequest::from_wire(&AssentRequest { told, count, ..request() }.to_wire())
        };
        assert!(one(&[("answer", 1), ("finding", 2)], 3).is_ok());
        assert!(one(&[("answer", 1), ("finding", 2)], 4).is_err());
        assert!(one(&[("finding", 2), ("answer", 1)], 3).is_err());
        assert!(one(&[("answer", 1), ("answer", 2)], 3).is_err());
        assert!(one(&[("answer", u64::MAX >> 1), ("finding", u64::MAX >> 1)], 3).is_err());
        assert!(one(&[], 0).is_err());
    }

    #[test]
    fn a_statement_holds_for_its_signer_alone_and_any_changed_byte_breaks_it() {
        let own = scribe(1, Duty::Writer);
        let cose = stated(&own).sign(&*own.key, own.certificate.hash).unwrap();
        let signed = SignedAssent::read(&cose).unwrap();
        assert!(signed.holds(&own.certificate));
        assert!(!signed.holds(&scribe(2, Duty::Writer).certificate), "another's");
        for at in 0..cose.len() {
            let mut bent = cose.clone();
            bent[at] ^= 1;
            let held = SignedAssent::read(&bent).is_ok_and(|read| read.holds(&own.certificate));
            assert!(!held, "byte {at}");
        }
    }

    #[test]
    fn nobody_signs_for_another_writer_out_of_the_period_or_for_another_purpose() {
        let (own, other) = (scribe(1, Duty::Writer), scribe(2, Duty::Writer));
        let hash = own.certificate.hash;
        let sign = |statement: AssentStatement| {
            SignedAssent::read(&statement.sign(&*own.key, hash).unwrap())
        };
        let foreign = sign(AssentStatement { writer: other.writer, ..stated(&own) }).unwrap();
        assert!(!foreign.holds(&own.certificate) && !foreign.holds(&other.certificate));
        let early = AssentStatement { wall_ms: stated(&own).wall_ms - 1, ..stated(&own) };
        assert!(!sign(early).unwrap().holds(&own.certificate));
        let payload = stated(&own).to_wire();
        let seal = Signed::make(Purpose::Seal, &*own.key, Some(hash), payload.clone()).unwrap();
        assert!(!SignedAssent::read(&seal).unwrap().holds(&own.certificate));
        let nobody = Signed::make(Purpose::Assent, &*own.key, None, payload).unwrap();
        assert!(SignedAssent::read(&nobody).is_err());
        let mut asked = stated(&own);
        asked.request.of = Some(other.writer);
        assert!(sign(asked.clone()).is_err(), "another was asked");
        asked.request = AssentRequest { by: own.writer, ..request() };
        assert!(sign(asked).is_err(), "it is who asks");
        let root = scribe(3, Duty::Root);
        let cose = stated(&root).sign(&*root.key, root.certificate.hash).unwrap();
        assert!(!SignedAssent::read(&cose).unwrap().holds(&root.certificate), "no writer");
    }

    #[test]
    fn a_card_fits_a_code_with_its_certificate_and_leaves_a_long_one_out() {
        let own = scribe(1, Duty::Writer);
        let titles: Vec<String> = (0..40).map(|n| format!("第{n}台没有防护罩")).collect();
        let full = AssentStatement { request: request().telling(&titles), ..stated(&own) };
        let statement = full.sign(&*own.key, own.certificate.hash).unwrap();
        let card = AssentCard { statement, certificate: Some(own.cose.clone()) };
        let text = card.to_text();
        assert!(text.len() < 1_853, "version 25 or less: {} signs", text.len());
        assert_eq!(AssentCard::read_text(&text).unwrap(), card);
        let long = AssentCard { certificate: Some(vec![7; COSE_BYTES_MAX]), ..card.clone() };
        let read = AssentCard::read_text(&long.to_text()).unwrap();
        assert_eq!(read, AssentCard { certificate: None, ..card });
    }
}
