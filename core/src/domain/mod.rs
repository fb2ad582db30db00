//! Nouns: what ops are about, as values with their rules. No I/O.

mod case;
mod credit_code;
mod evidence;
mod fields;
mod find_words;
mod finding;
mod kinds;
mod measure;
mod media;
mod note;
mod order;
mod outcome;
mod paper;
mod people;
mod preservation;
mod resident_id;
mod role;
mod round;
pub mod rows;
mod source;
mod teaching;
mod time;
mod visit;
mod words;

pub use case::{CASE_SOURCES, Case, Conclusion, Filing, Guidance, Opinion};
pub use credit_code::check_credit_code;
pub use evidence::{EvidenceKind, Place, Purpose, SourceClass};
pub use fields::Fields;
pub(crate) use find_words::plain;
pub use find_words::{FIND_CHARS_MAX, FIND_NAME_CHARS_MAX, FindName, FindWords};
pub use finding::{
    Answer, Assent, Consequence, ELEMENTS, Evidence, Finding, Transfer, WORST_ORDER,
};
pub use kinds::{KNOWN_KINDS, is_known_kind};
pub use measure::{Lifted, Measure, MeasureKind};
pub use media::{Media, inspect};
pub use note::Note;
pub use order::{
    CorrectBy, Extension, ExtensionAnswer, Order, OrderItem, Recheck, RecheckOutcome, RecheckedItem,
};
pub use outcome::{OutcomeNoted, OutcomeStep};
pub use paper::{EvidenceIndex, HashList, Interview, PaperSigned, Question};
pub use people::{Checklist, Enterprise, Listed, Officer, OpenChecklist};
pub use preservation::{
    DecidedItem, Preservation, PreservationApproval, PreservationRegistered, PreservedDecision,
    PreservedItem,
};
pub use resident_id::{check_resident_id, masked};
pub use role::Role;
pub use round::{Postponed, Round, RoundTownship};
pub use source::{HeadsSource, Noun, Source, read_all, read_one};
pub use teaching::{Comment, CommentAnswer, Release, SkillLevel, SkillMark};
pub use time::{china_day, china_time, parse_day};
pub use visit::{
    AGENDA, Assistance, Attendance, CertificatesShown, Check, Dossier, RecordSigned, Training,
};
