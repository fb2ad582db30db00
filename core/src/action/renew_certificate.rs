//! Shows a renewed enforcement certificate 换发的执法证 by a photo, before the roster has it: it
//! counts provisionally, so that nobody is kept from work by an old date.

use angen_ledger::hash::Hash;
use angen_ledger::id::EntityId;

use crate::action::establish::established;
use crate::action::look::{day, not_empty};
use crate::desk::{Desk, Entry};
use crate::domain::{Evidence, Officer, read_one};
use crate::error::{Error, Result};

/// A renewed certificate.
#[derive(Debug, Clone)]
pub struct RenewCertificate {
    /// The person on the roster.
    pub officer: EntityId,
    /// Its number.
    pub certificate_no: String,
    /// Its last day, `2031-06-30`.
    pub valid_until: String,
    /// The photo of it, captured in the roster.
    pub photo: EntityId,
}

/// Shows a renewed certificate.
///
/// # Errors
/// `Invalid` for an empty number, a day that is none, or a person who never had a certificate;
/// `NotFound` for somebody who is not enrolled, or a photo that was not captured in the roster;
/// `Sign`, `Storage`.
pub fn renew_certificate(desk: &Desk<'_>, request: &RenewCertificate) -> Result<Hash> {
    not_empty("certificate_no", &request.certificate_no)?;
    day("valid_until", &request.valid_until)?;
    let place = established(desk.store())?;
    desk.write(|page| {
        let officer: Officer = read_one(page.read(), place.roster, request.officer)?;
        if officer.certificate_no.is_none() {
            return Err(Error::invalid(
                "officer",
                format!("{}原来没有执法证，不能按换证处理，请先登记", officer.name),
                format!("{} never had a certificate to renew: enter it first", officer.name),
            ));
        }
        read_one::<Evidence>(page.read(), place.roster, request.photo)?;
        page.put(
            Entry::new("certificate.renew/1", place.roster, request.officer)
                .set("renewed_no", request.certificate_no.as_str())
                .set("renewed_until", request.valid_until.as_str())
                .set("renewed_photo", request.photo.raw().as_slice()),
        )
    })
}
