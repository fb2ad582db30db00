//! The core's values as Kotlin and Swift see them: each described once more, none copied.
//!
//! A field that is left out here, or that the core does not have, does not compile.

mod assistance;
mod document;
mod dossier;
mod evidence;
mod ids;
mod missing;
mod note;
mod people;
mod room;
mod sync;
mod time;
mod trust;
mod verdict;

pub use document::{
    DocumentPage, DocumentRow, LackView, NumberBlockView, PenFields, PrintDocument, PrintedPath,
    PrintedView,
};
pub use dossier::{CustodyPage, ExportPackage, ReaderPage};
pub use missing::MissingView;
pub use note::NoteView;
pub use room::{LastOpView, RecoveryView};
pub use sync::SyncRequest;
pub use trust::{
    AskList, AskView, Cut, InvitationView, JoinOffer, JoinState, QuarantinePage, ReissueOfficer,
    RevokeWriter, WipeView,
};
pub use verdict::{
    FindingPage, RevokedView, RuleView, Sentence, StandingView, TimePage, VerdictView,
};
