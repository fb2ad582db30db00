//! What an officer records on a phone that joined without a network, before anything has come.

use angen_bindings::ApiError;
use angen_core::action::{CaptureEvidence, RegisterEnterprise, WriteNote};
use angen_ledger::id::DossierId;
use angen_testing::township::enterprise;
use angen_testing::world::World;

use crate::enrol::whom;
use crate::host::{Phone, open};
use crate::hub::{RealHub, Sockets};
use crate::sync::at;

/// Number 55: a note and a photo outside a visit were refused until the register had come.
#[test]
fn fault_55_a_phone_that_joined_by_two_texts_records_in_the_register_at_once_and_all_of_it_arrives()
{
    let mut hub = None;
    let phone = Phone::new(94, |town| hub = Some(RealHub::certified_by(town)));
    let url = hub.as_ref().unwrap().url();
    let administrator = phone.place.administrator;
    let meet = |inspector: &angen_bindings::Inspector, writer| {
        inspector.sync(writer, at(&url), Sockets::new(), None, None).unwrap()
    };
    let folder = tempfile::tempdir().unwrap();
    let new = open(folder.path().to_owned(), &World::new(95));
    let asked = new.ask_to_join().unwrap();
    let answered = phone.inspector.answer_join(administrator, whom(&asked.text)).unwrap();
    let place = new.accept_join(answered.text, phone.place.root).unwrap();
    let writer = asked.writer;
    let photo = CaptureEvidence { dossier: place.register, ..phone.photo(None) };

    let note =
        WriteNote {
            dossier: place.register, text: "路边堆有氧气瓶".to_owned(), about: None
        };
    new.write_note(writer, note.clone()).unwrap();
    let captured = new.capture_evidence(writer, photo).unwrap();
    let wood = RegisterEnterprise {
        name: "日照兴隆木业有限公司".to_owned(),
        credit_code: Some("91371121MA0000007C".to_owned()),
        ..enterprise()
    };
    let registered = new.register_enterprise(writer, wood).unwrap().enterprise;

    let listed = new.evidence_of(place.register, None, None).unwrap();
    assert_eq!(listed.rows[0].evidence, captured.evidence, "and sees what there is");
    let unknown = WriteNote { dossier: DossierId([7; 16]), ..note };
    let refused = new.write_note(writer, unknown).unwrap_err();
    assert!(matches!(refused, ApiError::NotFound { .. }), "{refused:?}");
    meet(&phone.inspector, administrator);
    meet(&new, writer);
    meet(&phone.inspector, administrator);
    assert_eq!(new.sync_state().unwrap().counts.records, 0, "the hub has given its receipts");
    for inspector in [&new, &phone.inspector] {
        let listed = inspector.evidence_of(place.register, None, None).unwrap();
        assert!(listed.rows.iter().any(|row| row.evidence == captured.evidence));
        let found = inspector.find_enterprises("兴隆".to_owned(), None).unwrap().found;
        assert!(found.iter().any(|row| row.enterprise == registered), "{found:?}");
    }
}
