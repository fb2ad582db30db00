//! The other devices of the story: the phone at the station, and that of the driver who carries a
//! stick. Both join by two texts, as QR codes show them, without a network.

use angen_core::action::{AnswerJoin, EnrolOfficer, Terms, accept_join, answer_join, ask_to_join};
use angen_core::domain::{Role, fingerprint_words};
use angen_ledger::hash::Hash;
use angen_ledger::id::WriterId;

use crate::demo::Story;
use crate::demo::clock::Shared;
use crate::demo::story::{AREA, COURIER, COURIER_PIN, DUTY, DUTY_PIN, PINS, TOWNSHIP_OFFICE};
use crate::session::{Outcome, Session};

/// Village of the driver: a part of the township, in which no site of the visit lies.
const VILLAGE: &str = "201";

/// A device that joined.
pub(super) struct Device {
    pub(super) session: Session,
    pub(super) writer: WriterId,
    pub(super) certificate: Hash,
    pub(super) pin: &'static str,
}

/// The devices that joined.
pub(super) struct Devices {
    /// At the station: it reads the township's dossiers.
    pub(super) duty: Device,
    /// The driver's: it reads nothing of the visit.
    pub(super) courier: Device,
}

impl Story {
    /// Enrols the second phone and the courier.
    pub(super) fn enrol_devices(&mut self) -> Outcome<()> {
        let duty = self.join("station", DUTY, DUTY_PIN, Terms::default())?;
        let village = Terms { area: Some(format!("{AREA}{VILLAGE}")), ..Terms::default() };
        let courier = self.join("courier", COURIER, COURIER_PIN, village)?;
        self.devices = Some(Devices { duty, courier });
        Ok(())
    }

    fn join(&self, folder: &str, name: &str, pin: &'static str, terms: Terms) -> Outcome<Device> {
        let clock = Shared::of(&self.clock);
        let session = Session::with_clock(&self.folder.join(folder), self.lang, clock)?;
        session.set_new_pin("--pin", pin)?;
        let asked = session.say(ask_to_join(&session.store, &session.ports))?;
        let place = self.session.place()?;
        let desk = self.session.sign_in(place.administrator, PINS[0])?;
        let who = EnrolOfficer {
            name: name.to_owned(),
            role: Role::Assistant,
            organisation: TOWNSHIP_OFFICE.to_owned(),
            certificate_no: None,
            certificate_valid_until: None,
        };
        let request = AnswerJoin { ask: asked.text.clone(), who, terms, same_as: None };
        let answered = self.session.say(answer_join(&desk, &request))?;
        session.say(accept_join(&session.store, &answered.text, place.root))?;
        let words = fingerprint_words(&place.root, self.lang);
        self.tell(
            &format!(
                "  {name}：两次扫码登记（{} 字、{} 字），对过的指纹口令：{words}",
                asked.text.len(),
                answered.text.len()
            ),
            &format!(
                "  {name}: joined by two codes ({} and {} signs), words compared: {words}",
                asked.text.len(),
                answered.text.len()
            ),
        );
        let certificate = answered.officer.certificate;
        Ok(Device { session, writer: asked.writer, certificate, pin })
    }
}
