//! The hub of the story: started beside the phone, certified, and met before and after the visit.

use std::sync::Arc;

use angen_core::action::{CertifyHub, certify_hub};
use angen_core::error::Error;
use angen_hub::{HubError, HubKey, Logging, Options, Running};

use crate::demo::Story;
use crate::demo::clock::Shared;
use crate::demo::story::{CITY_BUREAU, HUB_NAME, HUB_ORIGIN, PINS};
use crate::host::{SystemChance, SystemDisk};
use crate::out::{Failure, failure};
use crate::session::Outcome;
use crate::verbs::{exchange_with, exchanged_words};

impl Story {
    /// Starts a hub in a folder of its own, certified by the administrator.
    pub(super) fn start_hub(&mut self) -> Outcome<()> {
        let place = self.session.place()?;
        let data = self.folder.join("hub");
        let failed = |why| failure(&Error::file(&data, why), self.lang);
        std::fs::create_dir_all(&data).map_err(failed)?;
        let key = HubKey::open(&data, &SystemChance);
        let key = key.map_err(|why| self.hub_failed(&why.into()))?;
        let request = CertifyHub {
            name: HUB_NAME.to_owned(),
            organisation: CITY_BUREAU.to_owned(),
            origin: HUB_ORIGIN.to_owned(),
            keys: key.public(),
        };
        let desk = self.session.sign_in(place.administrator, PINS[0])?;
        let certificates = self.session.say(certify_hub(&desk, &request))?.chain;
        let options = Options {
            data,
            listen: std::net::SocketAddr::from(([127, 0, 0, 1], 0)),
            tls: None,
            plain_on_network: false,
            roots: vec![place.root],
            logging: Some(Logging {
                certificates,
                mark: None,
                new_epoch: false,
                clock: Box::new(Shared(Arc::clone(&self.clock))),
                chance: Box::new(SystemChance),
            }),
            disk: Box::new(SystemDisk),
        };
        let running = Running::start(options).map_err(|why| self.hub_failed(&why))?;
        self.hub = Some(running);
        Ok(())
    }

    /// Exchanges with the hub as the first officer.
    pub(super) fn meet_hub(&self, zh: &str, en: &str) -> Outcome<()> {
        let Some(hub) = &self.hub else { return Ok(()) };
        let desk = self.session.sign_in(self.people().officers[0], PINS[1])?;
        let done = exchange_with(&self.session, &desk, &hub.base_url())?;
        self.tell(&format!("  {zh}："), &format!("  {en}:"));
        for line in exchanged_words(&done, self.lang).lines() {
            self.tell(&format!("    {line}"), &format!("    {line}"));
        }
        Ok(())
    }

    /// Stops the hub; what it stored stays in its folder.
    pub(super) fn stop_hub(&mut self) -> Outcome<()> {
        match self.hub.take().map(Running::stop) {
            Some(Err(why)) => Err(self.hub_failed(&why)),
            _ => Ok(()),
        }
    }

    fn hub_failed(&self, why: &HubError) -> Failure {
        Failure::new("hub", why.say(self.lang))
    }
}
