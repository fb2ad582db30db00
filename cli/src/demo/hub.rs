//! The hub of the story: certified before anybody writes, met when there is a network, and given a
//! stick when there is none.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use angen_core::action::{CertifyHub, Imported, Returned, certify_hub};
use angen_core::error::Error;
use angen_core::store;
use angen_hub::client::Exchanged;
use angen_hub::{HubError, HubKey, Logging, OfflineHub, Options, Readers, Running};
use angen_ledger::hash::Hash;
use angen_ledger::id::WriterId;

use crate::demo::Story;
use crate::demo::clock::Shared;
use crate::demo::story::{CITY_BUREAU, HUB_NAME, HUB_ORIGIN, PINS};
use crate::host::{SystemChance, SystemDisk};
use crate::out::{Failure, failure};
use crate::session::{Outcome, Session};
use crate::verbs::{SOFTWARE, exchange_with, exchanged_words};

/// The hub as the story knows it, running or not.
pub(super) struct StoryHub {
    /// Its own certificate, for who writes to it.
    pub(super) certificate: Hash,
    /// The certificates from the root to its own.
    chain: Vec<Vec<u8>>,
    running: Option<Running>,
}

impl Story {
    /// Certifies a hub in a folder of its own and starts it, so that whatever is written from now
    /// on can name a moment of its log.
    pub(super) fn start_hub(&mut self) -> Outcome<()> {
        let place = self.session.place()?;
        let data = self.hub_folder();
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
        let hub = self.session.say(certify_hub(&desk, &request))?;
        self.hub = Some(StoryHub { certificate: hub.certificate, chain: hub.chain, running: None });
        self.listen()?;
        self.meet_hub(place.administrator, PINS[0], "平台启动，取第一个时刻", "the hub starts")
    }

    /// Lets the hub listen.
    pub(super) fn listen(&mut self) -> Outcome<()> {
        let options = Options {
            data: self.hub_folder(),
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            tls: None,
            plain_on_network: false,
            roots: vec![self.session.place()?.root],
            logging: Some(self.logging()?),
            disk: Box::new(SystemDisk),
        };
        let running = Running::start(options).map_err(|why| self.hub_failed(&why))?;
        if let Some(hub) = &mut self.hub {
            hub.running = Some(running);
        }
        Ok(())
    }

    /// Where the hub listens.
    pub(super) fn hub_url(&self) -> Outcome<String> {
        let running = self.known_hub()?.running.as_ref();
        Ok(running
            .ok_or_else(|| Failure::new("hub", "the hub of the story is not running".to_owned()))?
            .base_url())
    }

    /// Exchanges with the hub from the phone of the visit.
    pub(super) fn meet_hub(&self, who: WriterId, pin: &str, zh: &str, en: &str) -> Outcome<()> {
        self.exchange_of(&self.session, who, pin, zh, en).map(drop)
    }

    /// Exchanges with the hub from one of the phones.
    pub(super) fn exchange_of(
        &self,
        phone: &Session,
        who: WriterId,
        pin: &str,
        zh: &str,
        en: &str,
    ) -> Outcome<Exchanged> {
        let desk = phone.sign_in(who, pin)?;
        let done = exchange_with(phone, &desk, &self.hub_url()?)?;
        self.tell(&format!("  {zh}："), &format!("  {en}:"));
        for line in exchanged_words(&done, self.lang).lines() {
            self.tell(&format!("    {line}"), &format!("    {line}"));
        }
        Ok(done)
    }

    /// Stops the hub; what it stored stays in its folder.
    pub(super) fn stop_hub(&mut self) -> Outcome<()> {
        match self.hub.as_mut().and_then(|hub| hub.running.take()).map(Running::stop) {
            Some(Err(why)) => Err(self.hub_failed(&why)),
            _ => Ok(()),
        }
    }

    /// The hub takes a stick in and writes another one with receipts for a reader.
    pub(super) fn stick_at_hub(
        &self,
        stick: &Path,
        reader: WriterId,
        receipts: &Path,
    ) -> Outcome<(Imported, Returned)> {
        let roots = [self.session.place()?.root];
        let failed = |why: HubError| self.hub_failed(&why);
        let opened =
            OfflineHub::open(&self.hub_folder(), Box::new(SystemDisk), &roots, self.logging()?);
        let hub = opened.map_err(failed)?;
        let imported = hub.import(stick).map_err(failed)?;
        let held = self.session.say(self.session.store.read(store::certificates))?;
        let held = held.into_iter().map(|(_, held)| held);
        let of_reader = held.rev().find(|held| held.certificate.writer == reader);
        let reader = of_reader.ok_or_else(|| Failure::new("hub", reader.to_string()))?;
        let readers = Readers::Named(vec![reader]);
        let returned = hub.return_receipts(readers, Vec::new(), SOFTWARE, receipts);
        Ok((imported, returned.map_err(failed)?.0))
    }

    /// The hub, once it is certified.
    pub(super) fn known_hub(&self) -> Outcome<&StoryHub> {
        self.hub.as_ref().ok_or_else(|| Failure::new("hub", "the story has no hub yet".to_owned()))
    }

    fn logging(&self) -> Outcome<Logging> {
        Ok(Logging {
            certificates: self.known_hub()?.chain.clone(),
            mark: None,
            new_epoch: false,
            clock: Shared::of(&self.clock),
            chance: Box::new(SystemChance),
        })
    }

    fn hub_folder(&self) -> PathBuf {
        self.folder.join("hub")
    }

    fn hub_failed(&self, why: &HubError) -> Failure {
        Failure::new("hub", why.say(self.lang))
    }
}
