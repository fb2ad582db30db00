//! Registers an enterprise 生产经营单位 in the township's register.

use angen_ledger::id::EntityId;

use crate::action::establish::established;
use crate::action::look::not_empty;
use crate::desk::{Desk, Entry};
use crate::domain::{Enterprise, check_credit_code, read_one};
use crate::error::{Error, Result};
use crate::store;

/// What is registered.
#[derive(Debug, Clone)]
pub struct RegisterEnterprise {
    /// The name on the licence.
    pub name: String,
    /// Unified social credit code.
    pub credit_code: Option<String>,
    /// Why it has none (an individual, an old number).
    pub no_code_reason: Option<String>,
    /// The address.
    pub address: String,
    /// The person in charge.
    pub representative: Option<String>,
    /// Industry (GB/T 4754-2017), such as `C33`.
    pub industry: Option<String>,
}

/// Registers an enterprise. One that is there with the same code is given back as it is.
///
/// # Errors
/// `Invalid` for a wrong code, no code without a reason, an empty name or address; `Sign`,
/// `Storage`.
pub fn register_enterprise(desk: &Desk<'_>, request: &RegisterEnterprise) -> Result<Enterprise> {
    request.check()?;
    let place = established(desk.store())?;
    desk.write(|page| {
        if let Some(code) = &request.credit_code
            && let Some(known) = store::enterprise_by_code(page.read(), place.register, code)?
        {
            return Ok(known);
        }
        let enterprise: EntityId = page.new_entity();
        page.put(
            Entry::new("enterprise.register/1", place.register, enterprise)
                .set("name", request.name.as_str())
                .set("address", request.address.as_str())
                .set_some("credit_code", request.credit_code.as_deref())
                .set_some("no_code_reason", request.no_code_reason.as_deref())
                .set_some("representative", request.representative.as_deref())
                .set_some("industry", request.industry.as_deref()),
        )?;
        read_one(page.read(), place.register, enterprise)
    })
}

impl RegisterEnterprise {
    fn check(&self) -> Result<()> {
        not_empty("name", &self.name)?;
        not_empty("address", &self.address)?;
        match (&self.credit_code, &self.no_code_reason) {
            (Some(code), None) => check_credit_code(code).map_err(Error::Invalid),
            (None, Some(reason)) => not_empty("no_code_reason", reason),
            _ => Err(Error::invalid(
                "credit_code",
                "填统一社会信用代码；确实没有的，写明原因（二者填一个）",
                "give the credit code, or the reason why there is none (one of the two)",
            )),
        }
    }
}
