//! Nouns: what ops are about, as values with their rules. No I/O.

mod appointment;
mod areas;
mod assented;
mod bilingual;
mod case;
mod credit_code;
mod custody;
mod document;
mod erasure;
mod evidence;
mod fields;
mod find_words;
mod finding;
mod fingerprint;
mod hold;
mod holds;
mod hub;
mod kinds;
mod mandate;
mod measure;
mod media;
mod note;
mod order;
mod outcome;
mod paper;
mod people;
mod personal;
mod post;
mod preservation;
mod reader;
mod recusal;
mod resident_id;
mod revocation;
mod role;
mod round;
pub mod rows;
mod source;
mod teaching;
mod time;
mod township;
mod visit;
mod wipe;
pub(crate) mod word_enum;
pub(crate) mod words;

pub use appointment::{Appointment, ExpertKind};
pub use areas::{area_claimed_by, check_covers, claimed_areas};
pub use assented::{ASSENTED_NOUNS, Carried, assent_lines, is_assented};
pub use bilingual::Bilingual;
pub use case::{CASE_SOURCES, Case, Conclusion, Filing, Guidance, Opinion};
pub use credit_code::check_credit_code;
pub use custody::{Custody, CustodyAct};
pub use document::{Issued, NumberBlock, VoidNumber, every_text};
pub use erasure::{ERASURE_BASES, Erasure, ErasureBasis, erasure_basis};
pub use evidence::{EvidenceKind, Place, Purpose, SourceClass};
pub use fields::Fields;
pub(crate) use find_words::plain;
pub use find_words::{FIND_CHARS_MAX, FIND_NAME_CHARS_MAX, FindName, FindWords};
pub use finding::{
    Answer, Assent, Consequence, ELEMENTS, Evidence, Finding, Transfer, WORST_ORDER,
};
pub use fingerprint::{code_words, fingerprint_words, says_code};
pub use hold::{Hold, RETENTION_CLASSES, RetentionSet};
pub use holds::{DECIDED_BECAUSE, DECIDED_OVER, HOLD_RULES, HoldRule, Holds, hold_rule};
pub use hub::CertifiedHub;
pub use kinds::{KNOWN_KINDS, is_known_kind};
pub use mandate::{
    ALL_MATTERS, Cap, CapBasis, CapSubject, DelegateKind, Mandate, MandateKind, Matters,
};
pub use measure::{Lifted, Measure, MeasureKind};
pub use media::{Media, inspect};
pub use note::Note;
pub use order::{
    CorrectBy, Extension, ExtensionAnswer, Order, OrderItem, Recheck, RecheckOutcome, RecheckedItem,
};
pub use outcome::{OutcomeNoted, OutcomeStep};
pub use paper::{EvidenceIndex, HashList, Interview, PaperSigned, Question};
pub use people::{Checklist, Enterprise, Listed, Officer, OpenChecklist, Renewal};
pub use personal::{PERSONAL, is_personal, personal_fields};
pub use post::{Post, PostKind, PostPlan};
pub use preservation::{
    DecidedItem, Preservation, PreservationApproval, PreservationRegistered, PreservedDecision,
    PreservedItem,
};
pub use reader::{READERS, Reader};
pub use recusal::{RECUSAL_ASKERS, Recusal, RecusalDecision};
pub use resident_id::{age_on, check_resident_id, is_male, masked};
pub use revocation::{Adoption, Revocation};
pub use role::Role;
pub use round::{Postponed, Round, RoundTownship};
pub use source::{HeadsSource, Noun, Source, read_all, read_one};
pub use teaching::{Comment, CommentAnswer, Release, SkillLevel, SkillMark};
pub use time::{china_clock, china_day, china_noon_ms, china_time, parse_day, parse_minute};
pub use township::{
    NEAREST_MAX, Township, area_name, check_area, find_townships, nearest_townships, township,
    township_meant, townships,
};
pub use visit::{
    AGENDA, Assistance, Attendance, CertificatesShown, Check, Dossier, RecordSigned,
    STANDING_TYPES, Training,
};
pub use wipe::WipeOrder;
