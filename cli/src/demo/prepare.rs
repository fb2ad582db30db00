//! First step: the township's database, its people, enterprises and checklists.

use angen_core::action::{
    EnrolOfficer, Establish, PlanAssistance, RegisterEnterprise, enrol_officer, establish,
    import_checklist, plan_assistance, register_enterprise,
};
use angen_core::domain::Role;
use angen_core::error::Error;
use angen_ledger::id::WriterId;

use crate::demo::story::{
    ADMINISTRATOR, AREA, CERTIFICATE_NUMBERS, CERTIFICATE_UNTIL, CITY_BUREAU, CREDIT_CODES,
    INDUSTRIES, PINS, TOWNSHIP, TOWNSHIP_OFFICE, WORKBOOKS,
};
use crate::demo::{People, Story};
use crate::out::{failure, import_failure};
use crate::session::Outcome;

impl Story {
    /// Root, administrator, and the standing dossiers.
    pub(super) fn establish(&mut self) -> Outcome<()> {
        self.heading("一、建库、发证", "1. The database and its keys");
        self.session.set_new_pin("--pin", PINS[0])?;
        let request = Establish {
            area: AREA.to_owned(),
            township: TOWNSHIP.to_owned(),
            organisation: CITY_BUREAU.to_owned(),
            administrator: ADMINISTRATOR.to_owned(),
        };
        let made = establish(&self.session.store, &self.session.ports, &request);
        let place = self.session.say(made)?;
        self.tell(
            &format!("  {TOWNSHIP}（{AREA}），根证书指纹 {}", place.root),
            &format!("  {TOWNSHIP} ({AREA}), root fingerprint {}", place.root),
        );
        Ok(())
    }

    /// Writers, enterprises, checklists, and the plan of the visit.
    pub(super) fn prepare(&mut self) -> Outcome<()> {
        self.enrol()?;
        self.enrol_devices()?;
        self.stand_up()?;
        self.reserve()?;
        self.register()?;
        self.import()?;
        self.plan()
    }

    fn enrol(&mut self) -> Outcome<()> {
        let people = self.samples.people.clone();
        let [first, second] = &people.officers;
        let mut writers = Vec::new();
        for (index, (name, role)) in
            [(first, Role::Enforcer), (second, Role::Enforcer), (&people.mentor, Role::Mentor)]
                .into_iter()
                .enumerate()
        {
            let place = self.session.place()?;
            self.session.set_new_pin("--new-pin", PINS[index + 1])?;
            let desk = self.session.sign_in(place.administrator, PINS[0])?;
            let enforcer = role == Role::Enforcer;
            let request = EnrolOfficer {
                name: name.clone(),
                role,
                organisation: if enforcer { TOWNSHIP_OFFICE } else { CITY_BUREAU }.to_owned(),
                certificate_no: enforcer.then(|| CERTIFICATE_NUMBERS[index].to_owned()),
                certificate_valid_until: enforcer.then(|| CERTIFICATE_UNTIL.to_owned()),
            };
            let view = self.session.say(enrol_officer(&desk, &request))?;
            let role_en = role.word();
            self.tell(
                &format!("  {}：{}，自己的密钥和 PIN", role.term(), view.name),
                &format!("  {role_en}: {}, with a key and PIN of their own", view.name),
            );
            writers.push(view.writer);
        }
        let [first, second, mentor]: [WriterId; 3] =
            writers.try_into().expect("three people were enrolled");
        self.people = Some(People { officers: [first, second], mentor });
        Ok(())
    }

    fn register(&self) -> Outcome<()> {
        let place = self.session.place()?;
        let desk = self.session.sign_in(place.administrator, PINS[0])?;
        for (index, site) in self.samples.sites.iter().enumerate() {
            let request = RegisterEnterprise {
                name: site.name.to_owned(),
                credit_code: Some(CREDIT_CODES[index].to_owned()),
                no_code_reason: None,
                address: site.address.to_owned(),
                representative: Some(site.representative.clone()),
                industry: Some(INDUSTRIES[index].to_owned()),
            };
            self.session.say(register_enterprise(&desk, &request))?;
        }
        Ok(())
    }

    fn import(&self) -> Outcome<()> {
        self.heading("二、导入检查表（Excel）", "2. Checklists from Excel workbooks");
        let place = self.session.place()?;
        let desk = self.session.sign_in(place.administrator, PINS[0])?;
        let folder = self.folder.join("checklists");
        let failed = |error| failure(&Error::file(&folder, error), self.lang);
        std::fs::create_dir_all(&folder).map_err(failed)?;
        let bar = self.bar(WORKBOOKS.len(), "导入检查表", "importing checklists");
        let mut lines = Vec::new();
        for (name, bytes) in WORKBOOKS {
            let path = folder.join(name);
            std::fs::write(&path, bytes).map_err(failed)?;
            let list = import_checklist(&desk, &path)
                .map_err(|error| import_failure(&error, self.lang))?;
            lines.push(format!("  {name}\t{}（{}）", list.title, list.version));
            bar.inc(1);
        }
        bar.finish_and_clear();
        lines.iter().for_each(|line| self.tell(line, line));
        Ok(())
    }

    fn plan(&mut self) -> Outcome<()> {
        let place = self.session.place()?;
        let desk = self.session.sign_in(place.administrator, PINS[0])?;
        let request = PlanAssistance {
            round: 1,
            profile: if self.clean { "since-2025" } else { "rizhao-2021" }.to_owned(),
            mentors: vec![self.people().mentor],
            round_dossier: None,
        };
        let view = self.session.say(plan_assistance(&desk, &request))?;
        self.assistance = Some(view.dossier);
        Ok(())
    }
}
