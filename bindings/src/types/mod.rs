//! The core's values as Kotlin and Swift see them: each described once more, none copied.
//!
//! A field that is left out here, or that the core does not have, does not compile.

mod answers;
mod assent;
mod assistance;
mod board;
mod check;
mod clock;
mod conflict;
mod document;
mod dossier;
mod enterprise;
mod evidence;
mod field;
mod finding;
mod form;
mod gallery;
mod handover;
mod ids;
mod language;
mod measure;
mod missing;
mod note;
mod officer;
mod order;
mod people;
mod room;
mod sync;
mod teaching;
mod time;
mod today;
mod training;
mod trust;
mod verdict;

pub use answers::{ChecklistPage, SetAnswers};
pub use assent::{AssentView, RecusalView};
pub use board::{ApartView, BoardView, ConditionView, OutcomeView, PartView, UnitView, WhyView};
pub use clock::ClockView;
pub use conflict::{ClaimView, CollisionView, ConflictList, ConflictView, MoveView};
pub use document::{
    DocumentPage, DocumentPreview, DocumentRow, LackView, NumberBlockView, PenFields,
    PrintDocument, PrintedPath, PrintedView,
};
pub use field::{FieldView, FrequencyView, LevelCount};
pub use finding::{CorrectFinding, Element, FindingPage, FindingRow, FindingView, RaiseFinding};
pub use gallery::EvidencePage;
pub use handover::{CustodyPage, ExportPackage, ReaderPage};
pub use measure::{MeasurePage, MeasureRow, RecheckView};
pub use missing::MissingView;
pub use note::NoteView;
pub use order::{ExtensionView, IssueOrder, OrderItemView, OrderView, OrderedItem};
pub use room::{LastOpView, RecoveryView};
pub use sync::SyncRequest;
pub use teaching::{ReleaseView, TeachingView};
pub use today::{Today, TodayRow};
pub use training::{RecordTraining, TrainingPage, TrainingView};
pub use trust::{
    AskList, AskView, CertifyHub, Cut, InvitationView, JoinOffer, JoinState, QuarantinePage,
    ReissueOfficer, RevokeWriter, WipeView,
};
pub use verdict::{PackageFindingPage, RevokedView, RuleView, StandingView, TimePage, VerdictView};
