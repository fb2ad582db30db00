//! Who wrote, with the certificate that says so.

use angen_core::domain::Officer;
use angen_ledger::certificate::SignedCertificate;
use angen_ledger::verify::WriterSummary;

use crate::book::Book;
use crate::show::{groups_of_four, to_the_minute};

/// Certificates above a writer's that are followed: protocol.md section 5 allows three.
const ISSUERS_MAX: usize = 3;

/// Someone who wrote.
pub(crate) struct Person {
    pub(crate) name: String,
    pub(crate) organisation: String,
    pub(crate) role: String,
    pub(crate) certificate_no: String,
    pub(crate) ops: u64,
    pub(crate) from: String,
    pub(crate) to: String,
    /// The digest of the digital certificate, in groups of four.
    pub(crate) certificate: String,
    /// The names on the way up to the root.
    pub(crate) issued_by: String,
}

/// Everyone who wrote in the package.
pub(crate) fn people(book: &Book<'_>) -> Vec<Person> {
    book.opened.verdict.contents.writers.iter().map(|writer| person(book, writer)).collect()
}

fn person(book: &Book<'_>, writer: &WriterSummary) -> Person {
    let say = book.say;
    let officer = book.officers.get(&writer.writer);
    let held = book.certificate(writer.writer);
    let no_role = || match held.map(|held| held.certificate.duty.word()) {
        Some("admin" | "root") => say.t("管理员", "administrator").to_owned(),
        _ => say.t("（名册不在本包内）", "(roster not in this package)").to_owned(),
    };
    Person {
        name: writer.name.clone(),
        organisation: writer.organisation.clone(),
        role: officer.map_or_else(no_role, |officer| say.code("role", officer.role.word())),
        certificate_no: certificate_no(book, officer),
        ops: writer.ops,
        from: to_the_minute(writer.wall_ms.0),
        to: to_the_minute(writer.wall_ms.1),
        certificate: held.map(|held| groups_of_four(&held.hash.to_string())).unwrap_or_default(),
        issued_by: held.map(|held| issuers(book, held).join(" ← ")).unwrap_or_default(),
    }
}

fn certificate_no(book: &Book<'_>, officer: Option<&Officer>) -> String {
    let say = book.say;
    let Some(number) = officer.and_then(|officer| officer.certificate_no.clone()) else {
        return "—".to_owned();
    };
    match officer.and_then(|officer| officer.certificate_valid_until.as_ref()) {
        Some(day) => format!("{number}{}{day}", say.t("，有效期至 ", ", valid until ")),
        None => number,
    }
}

fn issuers(book: &Book<'_>, held: &SignedCertificate) -> Vec<String> {
    let mut names = Vec::new();
    let mut above = held.signed.signer;
    while let Some(issuer) = above.filter(|_| names.len() < ISSUERS_MAX) {
        let Some(found) = book.opened.certificates.iter().find(|known| known.hash == issuer) else {
            break;
        };
        names.push(found.certificate.name.clone());
        above = found.signed.signer;
    }
    names
}
