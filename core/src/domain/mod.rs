//! Nouns: what ops are about, as values with their rules. No I/O.

mod case;
mod credit_code;
mod evidence;
mod fields;
mod finding;
mod kinds;
mod media;
mod note;
mod paper;
mod people;
mod role;
mod source;
mod time;
mod visit;

pub use case::{CASE_SOURCES, Case, Conclusion, Filing, Opinion};
pub use credit_code::check_credit_code;
pub use evidence::{EvidenceKind, Place, Purpose, SourceClass};
pub use fields::Fields;
pub use finding::{Answer, Assent, Consequence, ELEMENTS, Evidence, Finding, WORST_ORDER};
pub use kinds::{KNOWN_KINDS, is_known_kind};
pub use media::{Media, inspect};
pub use note::Note;
pub use paper::{EvidenceIndex, HashList, Interview, PaperSigned, Question};
pub use people::{Checklist, Enterprise, Officer, OpenChecklist};
pub use role::Role;
pub use source::{HeadsSource, Noun, Source, read_all, read_one};
pub use time::{china_day, china_time, parse_day};
pub use visit::{
    AGENDA, Assistance, Attendance, CertificatesShown, Check, Dossier, RecordSigned, Training,
};
