//! Proposes what is the same on every paper of a township 沿用: court, reviewing government, contact
//! telephone, as they were given for the last paper of the form.

use std::collections::BTreeMap;

use angen_documents::Form;

use crate::error::Result;
use crate::procedure::paper::papers;
use crate::store::Store;

/// Fields that belong to the township. What belongs to one enterprise or person is never carried
/// to another.
const OF_TOWNSHIP: &[&str] = &["contact_phone", "court", "review_department", "review_government"];

/// Proposes what was given for the newest paper of a form that stands and names it. Empty before
/// the first one.
///
/// # Errors
/// `Paused`, `Storage`.
pub fn propose_given(store: &Store, form: Form) -> Result<BTreeMap<String, String>> {
    let mut printed = store.read(|read| papers(read))?;
    printed.retain(|paper| paper.issued.form == form.slug() && paper.issued.void.is_none());
    printed.sort_by_key(|paper| (paper.issued.made_at_ms, paper.issued.document));
    let given = printed.into_iter().flat_map(|paper| paper.issued.given);
    // The newest comes last and stays.
    Ok(given.filter(|(key, _)| OF_TOWNSHIP.contains(&key.as_str())).collect())
}
