//! Who writes here, and what they write about.

use angen_bindings::Inspector;
use angen_core::action::{AppointExpert, EnrolOfficer, Establish, RegisterEnterprise};
use angen_core::domain::{ExpertKind, Role};
use angen_ledger::id::WriterId;
use serde_json::json;

use super::Shown;
use crate::shown;
use crate::with::With;

pub(super) fn people(
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
