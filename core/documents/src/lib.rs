//! Forms of enforcement documents (执法文书) as PDF, DOCX and a sheet to copy from.
//!
//! An officer prints the record and has it signed before leaving the gate. So a document is made on
//! the phone, offline, in milliseconds, and it is refused, with everything that is missing, before
//! it is printed with a gap. The crate is pure: values in, bytes out; no file, no clock, no chance.
//!
//! # How to walk it
//!
//! | Step | Call | Gives |
//! |---|---|---|
//! | fill a form | a struct of [`forms`], with [`Filled`] values | what the form asks for, typed |
//! | make the document | its `document()` | a [`Document`], or a [`Refusal`] with all problems |
//! | print it | `pdf::Press::print` (feature `pdf`) | PDF/A-2b with embedded fonts |
//! | hand it to an office | [`docx::write`] | a DOCX with the same content |
//! | feed a platform | [`copy_out::text`], [`copy_out::csv`] | fields in the platform's order |
//! | number it | [`Register`], [`Number`] | `（鲁日）应急检记〔2021〕1号`, never twice |
//!
//! ```
//! use angen_documents::forms::RecheckOpinion;
//! use angen_documents::{Entry, Filled, Register, Sealing, Series, UnitSignature};
//!
//! // The hub reserved ten numbers for this device; the first is taken offline.
//! let series = Series::new("鲁日", "应急", "复查", 2026)?;
//! let mut register = Register::default();
//! register.reserve(&series, "A3", 10)?;
//! let number = register.take(&series, "A3")?;
//! assert_eq!(number.to_string(), "（鲁日）应急复查〔2026〕1号");
//!
//! // A form that was hardly begun is refused, and says all that is missing at once.
//! let opinion = RecheckOpinion {
//!     agency: "示例市应急管理局".into(),
//!     number: Filled::Given(angen_documents::DocumentNumber::Final(number)),
//!     unit_name: "示例市青禾机械制造有限公司".into(),
//!     order_number: "（鲁日）应急责改〔2026〕9号".into(),
//!     order_day: Filled::Missing,
//!     rechecked_on: Filled::ByHand,
//!     items: Vec::new(),
//!     conclusion: Entry::Missing,
//!     officers: Vec::new(),
//!     unit_signature: UnitSignature::Expected,
//!     day: Filled::ByHand,
//!     sealing: Sealing::Later,
//! };
//! let refusal = opinion.document().unwrap_err();
//! let missing: Vec<&str> = refusal.problems.iter().map(|problem| problem.field.zh).collect();
//! assert_eq!(missing, ["原指令书日期", "复查意见", "复查结论", "执法人员"]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What it leaves out
//!
//! It does not decide whether a document may be issued (mandates, certificates on their day, the
//! state of the case): that is the core's procedure, which fills these forms from signed ops. It
//! does not sign or seal. Templates of the
//! provincial platform are not known to it; [`copy_out`] is how that platform is fed. The wording
//! is ours and cites the law; an agency's lawyer has to confirm it before use.

mod content;
pub mod copy_out;
pub mod docx;
mod entry;
mod form;
pub mod forms;
mod gather;
mod law;
mod number;
#[cfg(feature = "pdf")]
pub mod pdf;
mod people;
mod problem;
mod register;
mod remedies;

pub use content::*;
pub use entry::{Day, Entry, Filled, Moment, Printed};
pub use form::Form;
pub use law::Citation;
pub use number::{
    DocumentNumber, Number, NumberError, ProvisionalNumber, SERIAL_MAX, Series, is_device,
};
pub use people::{Officer, Unit, UnitSignature};
pub use problem::{Problem, ProblemKind, Refusal};
pub use register::{BLOCK_LENGTH_MAX, Register, RegisterError, RegisterEvent};
pub use remedies::Remedies;
