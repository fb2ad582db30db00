//! Forms of enforcement documents (执法文书) as PDF, DOCX and a sheet to copy from.

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
pub use number::{DocumentNumber, Number, NumberError, ProvisionalNumber, SERIAL_MAX, Series};
pub use people::{Officer, Unit, UnitSignature};
pub use problem::{Problem, ProblemKind, Refusal};
pub use register::{BLOCK_LENGTH_MAX, Register, RegisterError, RegisterEvent};
pub use remedies::Remedies;
