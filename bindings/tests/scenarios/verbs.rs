//! The verbs that scenarios may name: arguments in, the exported method, its result out as JSON.

use angen_bindings::types::{
    CorrectFinding, Element, IssueOrder, OrderedItem, RaiseFinding, RecordTraining, SetAnswers,
};
use angen_bindings::{ApiError, Inspector};
use angen_core::action::{
    Adoption, AppointExpert, CaptureEvidence, DecideConflict, EnrolOfficer, Establish, MarkSkill,
    PartyAnswer, PlanAssistance, PlanCheck, ProposeFinding, RecordRecheck, RegisterEnterprise,
    RequestRecusal, Shot, TakeMeasure, WriteComment, WriteNote,
};
use angen_core::domain::{
    Consequence, EvidenceKind, ExpertKind, MeasureKind, Place, Purpose, RecheckOutcome,
    RecheckedItem, Role, SkillLevel, SourceClass,
};
use angen_ledger::id::WriterId;
use serde_json::{Value, json};

use crate::shown;
use crate::with::With;

type Shown = Result<Value, ApiError>;

/// Calls a verb. `writer` is who is at the desk, where the step names somebody.
pub(crate) fn call(
    inspector: &Inspector,
    verb: &str,
    writer: Option<&str>,
    with: &Value,
    at_ms: i64,
) -> Shown {
    let with = &With(with);
    if let Some(shown) = read(inspector, verb, with, at_ms) {
        return shown;
    }
    let writer = || writer.unwrap_or_else(|| panic!("{verb} needs an \"as\"")).parse().unwrap();
    let done = people(inspector, verb, &writer, with)
        .or_else(|| visit(inspector, verb, &writer, with))
        .or_else(|| facts(inspector, verb, &writer, with))
        .or_else(|| follow_up(inspector, verb, &writer, with))
        .or_else(|| teaching(inspector, verb, &writer, with, at_ms));
    done.unwrap_or_else(|| panic!("this player does not know the verb {verb}"))
}

/// What only reads, and has no writer.
fn read(inspector: &Inspector, verb: &str, with: &With<'_>, at_ms: i64) -> Option<Shown> {
    Some(match verb {
        "officers" => inspector.officers(at_ms).map(|rows| shown::officers(&rows)),
        "find_enterprises" => {
            inspector.find_enterprises(with.text("words"), None).map(|page| shown::found(&page))
        }
        "checks" => inspector.checks(with.opt_id("visit"), None).map(|page| shown::checks(&page)),
        "check" => inspector.check(with.id("dossier")).map(|row| shown::check(&row)),
        "trainings" => inspector.trainings(with.id("visit"), None).map(|p| shown::trainings(&p)),
        "form_state" => inspector
            .form_state(with.id("dossier"), with.id("checklist"))
            .map(|state| shown::form_state(&state)),
        "findings" => {
            inspector.findings(with.id("dossier"), None, at_ms).map(|page| shown::findings(&page))
        }
        "evidence_of" => inspector
            .evidence_of(with.id("dossier"), with.opt_id("about"), None)
            .map(|page| shown::evidence(&page)),
        "propose_caption" => inspector
            .propose_caption(with.id("dossier"), with.id("finding"), with.word("shot", shot))
            .map(Value::from),
        "missing" => inspector.missing(with.id("dossier"), at_ms).map(|all| shown::missing(&all)),
        "board" => inspector.board(with.id("dossier"), at_ms).map(|board| shown::board(&board)),
        "clocks" => inspector.clocks(with.opt_id("dossier"), at_ms).map(|all| shown::clocks(&all)),
        "orders" => inspector.orders(with.id("dossier")).map(|all| shown::orders(&all)),
        "conflicts" => inspector.conflicts(with.opt_id("dossier")).map(|l| shown::conflicts(&l)),
        _ => return None,
    })
}

fn people(
    inspector: &Inspector,
    verb: &str,
    writer: &dyn Fn() -> WriterId,
    with: &With<'_>,
) -> Option<Shown> {
    Some(match verb {
        "establish" => {
            let request = Establish {
                area: with.text("area"),
                township: with.text("township"),
                organisation: with.text("organisation"),
                administrator: with.text("administrator"),
            };
            inspector.establish(request).map(|done| shown::established(&done))
        }
        "enrol_officer" => {
            let request = EnrolOfficer {
                name: with.text("name"),
                role: with.word("role", Role::from_word),
                organisation: with.text("organisation"),
                certificate_no: with.opt_text("certificate_no"),
                certificate_valid_until: with.opt_text("certificate_valid_until"),
            };
            let done = inspector.enrol_officer(writer(), request);
            done.map(|row| {
                let (officer, writer) = (row.officer.to_string(), row.writer.to_string());
                json!({"officer": officer, "writer": writer, "name": row.name})
            })
        }
        "appoint_expert" => {
            let request = AppointExpert {
                person: with.id("person"),
                kind: with.word("kind", ExpertKind::from_word),
                specialties: with.texts("specialties"),
                from: with.text("from"),
                until: with.text("until"),
                appointed_by: with.text("appointed_by"),
                document_no: with.opt_text("document_no"),
            };
            inspector.appoint_expert(writer(), request).map(|id| json!(id.to_string()))
        }
        "register_enterprise" => {
            let request = RegisterEnterprise {
                name: with.text("name"),
                credit_code: with.opt_text("credit_code"),
                no_code_reason: with.opt_text("no_code_reason"),
                address: with.text("address"),
                representative: with.opt_text("representative"),
                industry: with.opt_text("industry"),
            };
            let done = inspector.register_enterprise(writer(), request);
            done.map(|row| json!({"enterprise": row.enterprise.to_string(), "name": row.name}))
        }
        "import_checklist" => {
            let done = inspector.import_checklist(writer(), with.path("path"));
            done.map(|row| json!({"checklist": row.checklist.to_string(), "list_id": row.list_id}))
        }
        _ => return None,
    })
}

fn visit(
    inspector: &Inspector,
    verb: &str,
    writer: &dyn Fn() -> WriterId,
    with: &With<'_>,
) -> Option<Shown> {
    Some(match verb {
        "plan_assistance" => {
            let request = PlanAssistance {
                round: u32::try_from(with.int("round")).unwrap(),
                profile: with.text("profile"),
                mentors: with.ids("mentors"),
                round_dossier: with.opt_id("round_dossier"),
            };
            let done = inspector.plan_assistance(writer(), request);
            done.map(|view| {
                let (dossier, visit) = (view.dossier.to_string(), view.assistance.to_string());
                json!({"dossier": dossier, "assistance": visit})
            })
        }
        "record_training" => {
            let request = RecordTraining {
                dossier: with.id("dossier"),
                title: with.text("title"),
                trainer: with.id("trainer"),
                agenda: with.texts("agenda"),
                place: with.text("place"),
                from_ms: with.int("from_ms"),
                to_ms: with.int("to_ms"),
            };
            let done = inspector.record_training(writer(), request);
            done.map(|view| json!({"training": view.training.to_string(), "title": view.title}))
        }
        "confirm_attendance" => inspector
            .confirm_attendance(writer(), with.id("dossier"), with.id("training"))
            .map(|op| json!(op.map(|op| op.to_string()))),
        "plan_check" => {
            let request = PlanCheck {
                enterprise: with.id("enterprise"),
                checklists: with.ids("checklists"),
                basis: with.text("basis"),
                approval_no: with.opt_text("approval_no"),
                notice_no: with.opt_text("notice_no"),
                assistance: with.opt_id("assistance"),
            };
            inspector.plan_check(writer(), request).map(|view| {
                json!({"dossier": view.dossier.to_string(), "check": view.check.to_string()})
            })
        }
        "show_certificates" => inspector
            .show_certificates(
                writer(),
                with.id("dossier"),
                with.text("shown_to"),
                with.opt_text("note"),
            )
            .map(|op| json!(op.to_string())),
        "write_note" => {
            let request = WriteNote {
                dossier: with.id("dossier"),
                text: with.text("text"),
                about: with.opt_id("about"),
            };
            let done = inspector.write_note(writer(), request);
            done.map(|view| json!({"note": view.note.to_string(), "op": view.op.to_string()}))
        }
        _ => return None,
    })
}

fn facts(
    inspector: &Inspector,
    verb: &str,
    writer: &dyn Fn() -> WriterId,
    with: &With<'_>,
) -> Option<Shown> {
    Some(match verb {
        "set_answers" => {
            let request = SetAnswers {
                dossier: with.id("dossier"),
                checklist: with.id("checklist"),
                answers: with.map("answers"),
                reason: with.opt_text("reason"),
            };
            let done = inspector.set_answers(writer(), request);
            done.map(|ops| ops.iter().map(|op| json!(op.to_string())).collect())
        }
        "propose_finding" => {
            let request = ProposeFinding {
                dossier: with.id("dossier"),
                checklist: with.id("checklist"),
                item: with.text("item"),
                consequence: with.word("consequence", Consequence::from_word),
                criterion_met: with.flag("criterion_met"),
            };
            inspector.propose_finding(writer(), request).map(|found| shown::proposed(&found))
        }
        "propose_note" => inspector
            .propose_note(writer(), with.id("dossier"), with.id("finding"))
            .map(|request| shown::answers(&request)),
        "raise_finding" => {
            inspector.raise_finding(writer(), raised(with)).map(|view| shown::finding(&view))
        }
        "correct_finding" => {
            let request = CorrectFinding {
                dossier: with.id("dossier"),
                finding: with.id("finding"),
                reason: with.text("reason"),
                title: with.opt_text("title"),
                legal_basis: with.opt_text("legal_basis"),
                consequence: with.opt_word("consequence", Consequence::from_word),
                elements: with.0.get("elements").map(|_| elements(with)),
            };
            inspector.correct_finding(writer(), request).map(|view| shown::finding(&view))
        }
        "retract" => inspector
            .retract(writer(), with.id("dossier"), with.id("entity"), with.text("reason"))
            .map(|op| json!(op.to_string())),
        "capture_evidence" => {
            inspector.capture_evidence(writer(), captured(with)).map(|view| shown::captured(&view))
        }
        "give_assent" => {
            let done = inspector.give_assent(writer(), with.id("dossier"), with.ids("ops"));
            done.map(|view| json!({"op": view.op.to_string(), "assented": view.assented}))
        }
        "sign_record" => inspector
            .sign_record(writer(), with.id("dossier"), party(&With(with.get("answer"))))
            .map(|op| json!(op.to_string())),
        "request_recusal" => {
            let request = RequestRecusal {
                dossier: with.id("dossier"),
                officer: with.id("officer"),
                asked_by: with.text("asked_by"),
                reason: with.text("reason"),
            };
            let done = inspector.request_recusal(writer(), request);
            done.map(|view| json!({"recusal": view.recusal.to_string()}))
        }
        "decide_conflict" => {
            let request = DecideConflict {
                dossier: with.id("dossier"),
                op: with.id("op"),
                reason: with.text("reason"),
            };
            inspector.decide_conflict(writer(), request).map(|op| json!(op.to_string()))
        }
        _ => return None,
    })
}

fn raised(with: &With<'_>) -> RaiseFinding {
    RaiseFinding {
        dossier: with.id("dossier"),
        item: with.opt_text("item"),
        title: with.text("title"),
        legal_basis: with.text("legal_basis"),
        major_hazard: with.opt_text("major_hazard"),
        authority: with.text("authority"),
        penalty: with.opt_text("penalty"),
        consequence: with.word("consequence", Consequence::from_word),
        elements: elements(with),
    }
}

fn elements(with: &With<'_>) -> Vec<Element> {
    let element = |with: With<'_>| Element { code: with.text("code"), words: with.text("words") };
    with.each("elements").map(element).collect()
}

fn captured(with: &With<'_>) -> CaptureEvidence {
    CaptureEvidence {
        path: with.path("path"),
        dossier: with.id("dossier"),
        about: with.opt_id("about"),
        kind: with.word("kind", EvidenceKind::from_word),
        source: with.word("source", SourceClass::from_word),
        source_note: with.opt_text("source_note"),
        caption: with.text("caption"),
        method: with.opt_text("method"),
        proves: with.opt_text("proves"),
        purpose: with.opt_word("purpose", Purpose::from_word),
        place: with.0.get("place").map(With).map(|place| Place {
            latitude_e7: place.int("latitude_e7"),
            longitude_e7: place.int("longitude_e7"),
            accuracy_mm: None,
        }),
        device: with.text("device"),
        derived_from: with.opt_id("derived_from"),
    }
}

fn party(with: &With<'_>) -> PartyAnswer {
    match with.text("kind").as_str() {
        "signed" => PartyAnswer::Signed {
            signer: with.text("signer"),
            post: with.text("post"),
            evidence: with.id("evidence"),
        },
        _ => {
            PartyAnswer::Refused { reason: with.text("reason"), evidence: with.opt_id("evidence") }
        }
    }
}

fn follow_up(
    inspector: &Inspector,
    verb: &str,
    writer: &dyn Fn() -> WriterId,
    with: &With<'_>,
) -> Option<Shown> {
    Some(match verb {
        "take_measure" => {
            let request = TakeMeasure {
                dossier: with.id("dossier"),
                kind: with.word("kind", MeasureKind::from_word),
                findings: with.ids("findings"),
                legal_basis: with.opt_text("legal_basis"),
                words: with.opt_text("words"),
                shown_by: Vec::new(),
                told_to: with.opt_text("told_to"),
            };
            let done = inspector.take_measure(writer(), request);
            done.map(|held| json!({"measure": held.measure.to_string()}))
        }
        "issue_order" => {
            let item =
                |with: With<'_>| OrderedItem { finding: with.id("finding"), by: with.text("by") };
            let request = IssueOrder {
                dossier: with.id("dossier"),
                items: with.each("items").map(item).collect(),
                legal_basis: with.opt_text("legal_basis"),
                number: with.opt_text("number"),
                issued_on: with.opt_text("issued_on"),
                told_to: with.opt_text("told_to"),
            };
            inspector.issue_order(writer(), request).map(|order| shown::order(&order))
        }
        "record_recheck" => {
            let item = |with: With<'_>| RecheckedItem {
                finding: with.id("finding"),
                outcome: with.word("outcome", RecheckOutcome::from_word),
                words: with.text("words"),
                shown_by: with.ids("shown_by"),
            };
            let request = RecordRecheck {
                dossier: with.id("dossier"),
                order: with.id("order"),
                items: with.each("items").map(item).collect(),
                rechecked_on: with.text("rechecked_on"),
            };
            inspector.record_recheck(writer(), request).map(|view| {
                let propose: Vec<_> = view.to_propose.iter().map(ToString::to_string).collect();
                json!({"recheck": view.recheck.to_string(), "to_propose": propose})
            })
        }
        _ => return None,
    })
}

fn teaching(
    inspector: &Inspector,
    verb: &str,
    writer: &dyn Fn() -> WriterId,
    with: &With<'_>,
    at_ms: i64,
) -> Option<Shown> {
    Some(match verb {
        "write_comment" => {
            let request = WriteComment {
                visit: with.id("visit"),
                about_dossier: with.id("about_dossier"),
                about: with.id("about"),
                text: with.text("text"),
            };
            let done = inspector.write_comment(writer(), request);
            done.map(|held| json!({"comment": held.comment.to_string()}))
        }
        "answer_comment" => {
            let answer = With(with.get("adoption"));
            let adoption = match answer.text("kind").as_str() {
                "adopted" => Adoption::Adopted,
                _ => Adoption::NotAdopted { because: answer.text("because") },
            };
            let (visit, comment) = (with.id("visit"), with.id("comment"));
            let done = inspector.answer_comment(writer(), visit, comment, adoption);
            done.map(|op| json!(op.to_string()))
        }
        "mark_skill" => {
            let request = MarkSkill {
                visit: with.id("visit"),
                officer: with.id("officer"),
                skill: with.text("skill"),
                level: with.word("level", SkillLevel::from_word),
                day: with.text("day"),
            };
            let done = inspector.mark_skill(writer(), request);
            done.map(|held| json!({"mark": held.mark.to_string()}))
        }
        "release_teaching" => {
            let done = inspector.release_teaching(writer(), with.id("visit"), with.ids("items"));
            done.map(|view| json!({"op": view.op.to_string(), "released": view.released}))
        }
        "teaching" => {
            inspector.teaching(writer(), with.id("visit")).map(|told| shown::teaching(&told))
        }
        "today" => inspector.today(writer(), at_ms).map(|today| shown::today(&today)),
        _ => return None,
    })
}

fn shot(word: &str) -> Option<Shot> {
    match word {
        "wide" => Some(Shot::Wide),
        "close" => Some(Shot::Close),
        "reading" => Some(Shot::Reading),
        _ => None,
    }
}
