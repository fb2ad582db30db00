//! What stands on a document as one digest, so that a sheet of paper can be told from another.

use angen_documents::Document;
use angen_ledger::hash::Hash;
use sha2::{Digest, Sha256};

/// SHA-256 over the form's plain name and each field in reading order: key, a tab, the text with
/// line breaks and tabs and backslashes escaped, LF. The words of the form itself are not in it.
#[must_use]
pub fn digest_of_document(document: &Document) -> Hash {
    let mut sha = Sha256::new();
    sha.update(format!("{}\n", document.form.slug()));
    for line in document.lines() {
        sha.update(format!("{}\t{}\n", line.key, escaped(&line.text)));
    }
    Hash(sha.finalize().into())
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r").replace('\t', "\\t")
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn two_texts_never_read_as_one_line() {
        assert_eq!(escaped("a\tb\nc"), "a\\tb\\nc");
        assert_ne!(escaped("a\\nb"), escaped("a\nb"));
    }
}
