//! Verbs: one file each, with its input, its checks, and one transaction.
//!
//! `capture_evidence` is the one that teaches; docs/howto/add-a-verb.md walks through a new one.

mod adopt_ops;
mod answer_comment;
mod appoint_expert;
mod board;
mod capture_evidence;
mod certify_hub;
mod certify_writer;
mod check_copy;
mod check_frequency;
mod checklists;
mod checks;
mod clocks;
mod close_dossier;
mod close_round;
mod conclude_investigation;
mod conflicts;
mod decide_conflict;
mod decide_filing;
mod defects;
mod dossiers;
mod enrol_officer;
mod erase;
mod establish;
mod evidence_of;
mod export_bundle;
mod export_package;
mod export_receipts;
mod find_enterprises;
mod findings;
mod form_of;
mod give_assent;
mod grant_mandate;
mod guide_case;
mod import_bundle;
mod import_checklist;
mod import_package;
mod import_rows;
mod index_evidence;
mod invite;
mod issue_order;
mod join_township;
mod keep_dossier;
mod keys_here;
mod list_hashes;
mod look;
mod maintain;
mod mark_skill;
mod may_read;
mod measures;
mod missing;
mod note_custody;
mod note_outcome;
mod number_check;
mod number_documents;
mod officers;
mod open_round;
mod orders;
mod package_contents;
mod paged;
mod plan_assistance;
mod plan_check;
mod plan_posts;
mod postpone_township;
mod powers;
mod practise_case;
mod preserve_evidence;
mod print_document;
mod propose_case;
mod propose_finding;
mod propose_given;
mod quarantine;
mod raise_finding;
mod readers;
mod record_interview;
mod record_recheck;
mod record_training;
mod recovery;
mod register_enterprise;
mod reissue_officer;
mod release_teaching;
mod renew_certificate;
mod report;
mod request_recusal;
mod return_receipts;
mod revoke_writer;
mod room;
mod set_answers;
mod show_certificates;
mod sign_paper;
mod sign_record;
mod sweep;
mod sync_state;
mod take_frames;
mod take_measure;
mod take_proofs;
mod today;
mod trainings;
mod transfer_finding;
mod view_entity;
mod view_evidence;
mod why;
mod wipe;
mod write_comment;
mod write_note;

pub use adopt_ops::{AdoptOps, adopt_ops};
pub use appoint_expert::{AppointExpert, SPECIALTIES_MAX, appoint_expert, end_appointment, pool};
pub use board::board;
pub use capture_evidence::{CaptureEvidence, EvidenceView, capture_evidence};
pub use certify_hub::{CertifyHub, HubView, certify_hub};
pub use certify_writer::Terms;
pub use check_copy::check_copy;
pub use check_frequency::check_frequency;
pub use checklists::{ChecklistRow, checklists};
pub use checks::{CheckPage, CheckRow, ListProgress, check, checks};
pub use clocks::clocks;
pub use close_dossier::{archive_dossier, close_dossier};

pub use answer_comment::{Adoption, answer_comment};
pub use close_round::close_round;
pub use conclude_investigation::{ConcludeInvestigation, conclude_investigation};
pub use conflicts::{Author, CollisionView, ConflictList, ConflictView, conflicts};
pub use decide_conflict::{DecideConflict, decide_conflict};
pub use decide_filing::{DecideFiling, FilingDecision, decide_filing};
pub use defects::defects;
pub use dossiers::{DossierPage, DossierRow, dossiers};
pub use enrol_officer::{EnrolOfficer, OfficerView, enrol_officer, enrol_officer_on};
pub use erase::{Erased, RequestErasure, approve_erasure, erase, request_erasure};
pub use establish::{Establish, Established, establish, established};
pub use evidence_of::{EvidenceRow, evidence_of};
pub use export_bundle::{BundleBlobs, ExportBundle, ExportedBundle, export_bundle};
pub use export_package::{ExportPackage, Exported, export_package, export_package_once};
pub use find_enterprises::{FIND_LIMIT_MAX, FoundPage, find_enterprises};
pub use findings::{ElementRow, FindingRow, findings};
pub use form_of::{
    FormState, ItemKind, ItemState, ShownChoice, ShownForm, ShownItem, VOICE_NOTES_MAX, form_of,
    form_state,
};
pub use give_assent::{ASSENT_OPS_MAX, give_assent};
pub use grant_mandate::{GrantMandate, MANDATE_LIST_MAX, MandateView, end_mandate, grant_mandate};
pub use guide_case::guide_case;
pub use import_bundle::{
    BundleKeys, bundle_header, import_bundle, import_bundle_at, import_file, is_bundle,
};
pub use import_checklist::{ImportError, import_checklist};
pub use import_package::{Imported, LogSide, Receiver, import_package};
pub use import_rows::{ImportRows, ImportRowsError, ImportedRows, import_rows, preview_rows};
pub use index_evidence::index_evidence;
pub use invite::{
    AskOverHub, keep_invitation, new_invitation, open_invitations, proven_asks, said_ask,
};
pub use issue_order::{
    AnswerExtension, ExtendOrder, IssueOrder, ORDER_BASIS, ORDER_ITEMS_MAX, extend_order,
    issue_order,
};
pub use join_township::{
    AnswerJoin, AnsweredJoin, AskedToJoin, accept_join, answer_join, ask_to_join, joined_writer,
    may_join, read_join_answer,
};
pub use keep_dossier::{lift_hold, place_hold, set_retention};
pub use keys_here::{KeyHolder, keys_here};
pub use list_hashes::{HashListView, digest_of, list_hashes};
pub use maintain::{FsckReport, fsck, rebuild};
pub use mark_skill::{MarkSkill, mark_skill};
pub use may_read::{may_read, may_read_in};
pub use measures::measures;
pub use missing::missing;
pub use note_custody::{Handing, NoteCustody, Noted, custody_of, note_custody};
pub use note_outcome::{NoteOutcome, note_outcome};
pub use number_check::{NumberCheck, number_check};
pub use number_documents::{
    ReserveNumbers, ToVoid, device_of, name_device, reserve_numbers, series_of_number,
    settle_document, void_document,
};
pub use officers::{KeyState, OfficerRow, officers};
pub use open_round::{OpenRound, TOWNSHIPS_MAX, open_round, round_board};
pub use orders::orders;
pub use paged::{PAGE_ROWS_MAX, Paged};
pub use plan_assistance::{AssistanceView, PlanAssistance, plan_assistance};
pub use plan_check::{BASES, CheckView, PlanCheck, plan_check};
pub use plan_posts::{POSTS_MAX, PlanPosts, SetPost, plan_posts, posts, set_post};
pub use postpone_township::{PostponeTownship, postpone_township};
pub use powers::{may_issue, powers};
pub use practise_case::{PractiseCase, practise_case};
pub use preserve_evidence::{
    ApprovePreservation, DecidePreservation, PRESERVED_ITEMS_MAX, RegisterPreservation,
    approve_preservation, decide_preservation, register_preservation,
};
pub use print_document::{
    DocumentPreview, FileKind, PreviewLine, PrintDocument, PrintError, PrintedDocument,
    PrintedFile, Printer, digest_of_document, lacks_in_words, preview_document, print_document,
    write_files,
};
pub use propose_case::{CaseView, ProposeCase, propose_case};
pub use propose_finding::{ProposeFinding, Shot, propose_caption, propose_finding, propose_note};
pub use propose_given::propose_given;
pub use quarantine::{QuarantinedOp, quarantine};
pub use raise_finding::{
    AUTHORITIES, CorrectFinding, RaiseFinding, correct_finding, raise_finding, retract,
};
pub use readers::{Reader, readers};
pub use record_interview::{Person, QUESTIONS_MAX, RecordInterview, record_interview};
pub use record_recheck::{RecheckView, RecordRecheck, record_recheck};
pub use record_training::{RecordTraining, confirm_attendance, record_training};
pub use recovery::{Arriving, LastOp, Recovery, recovery};
pub use register_enterprise::{RegisterEnterprise, register_enterprise};
pub use reissue_officer::{ReissueOfficer, Reissued, reissue_officer};
pub use release_teaching::{release_teaching, teaching};
pub use renew_certificate::{RenewCertificate, renew_certificate};
pub use report::report;
pub use request_recusal::{DecideRecusal, RequestRecusal, decide_recusal, request_recusal};
pub use return_receipts::{ReturnReceipts, Returned, return_receipts};
pub use revoke_writer::{RevokeWriter, revoke_writer};
pub use room::{Room, RoomState, keep_ballast, room};
pub use set_answers::{SetAnswers, read_form, set_answers};
pub use show_certificates::show_certificates;
pub use sign_paper::{PaperAnswer, sign_paper};
pub use sign_record::{PartyAnswer, sign_record};
pub use sweep::{Swept, sweep};
pub use sync_state::{
    Contact, SyncState, WaitingDossier, WaitingPage, hub, keep_hub, note_contact, sync_state,
    waiting,
};
pub use take_measure::{LiftMeasure, TakeMeasure, lift_measure, take_measure};
pub use today::{ClockLeft, PartShort, TODAY_ROWS_MAX, Today, TodayRow, today};
pub use trainings::{Attendee, TrainingRow, trainings};
pub use transfer_finding::{TransferFinding, transfer_finding};
pub use view_entity::{FieldContent, FieldView, reveal_entity, view_entity};
pub use view_evidence::view_evidence;
pub use why::{Why, WhyOp, why};
pub use wipe::{WipeReport, order_wipe, wipe, wipe_orders, wipe_report};
pub use write_comment::{WriteComment, write_comment};
pub use write_note::{WriteNote, write_note};
