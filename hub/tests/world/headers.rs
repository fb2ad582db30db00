//! Headers without their bodies: what a stranger's device, or a cut in the wrong place, may send.

use std::collections::BTreeSet;

use angen_core::store;
use angen_core::sync::wire::{Certificates, Runs};
use angen_core::sync::{Caller, Line, Method, Request, RequestBody, Session, Step, Task, Told};
use angen_ledger::wire::Wire;

use crate::run::Scene;

impl Scene {
    /// Somebody in between lets the headers through and keeps the bodies back.
    pub(super) fn send_headers(&mut self, who: usize) -> bool {
        let Some(authorization) = self.sign_in(who) else { return false };
        let town = &self.devices[who].town;
        let posting = |path: String, body| Request {
            method: Method::Post,
            path,
            headers: vec![
                ("Content-Type", "application/cbor".to_owned()),
                ("Authorization", authorization.clone()),
            ],
            body: RequestBody::Bytes(body),
            answer_bytes_max: 1 << 20,
        };
        let sent: Vec<Request> = town
            .store
            .read(|read| {
                let held = store::certificates(read)?.into_iter().map(|(cose, _)| cose);
                let certificates = Certificates(held.collect()).to_wire();
                let mut sent = vec![posting("/v1/certificates".to_owned(), certificates)];
                for dossier in store::dossiers(read)? {
                    let mut runs = Vec::new();
                    for (cose, seal) in store::seals_of(read, dossier)? {
                        let mut run = store::run_under(read, &cose, &seal)?;
                        run.ops.iter_mut().for_each(|(_, body)| *body = None);
                        runs.push(run);
                    }
                    sent.push(posting(
                        format!("/v1/dossiers/{dossier}/runs"),
                        Runs(runs).to_wire(),
                    ));
                }
                Ok(sent)
            })
            .unwrap();
        for request in &sent {
            let told = self.net.pass(&self.hub.router, request, None, &mut self.dice);
            // It did nothing for as long as nobody was signed in (number 28).
            assert!(!matches!(told, Told::Answer(answer) if answer.status == 401));
        }
        true
    }

    /// Whether the hub has a later seal of this phone's writer, without bodies, and the phone was
    /// restored from before it: nobody can give her what she lost, so she is told to write nothing
    /// more as this writer, and to ask for another (number 52).
    pub(super) fn left_headers_alone(&self, who: usize) -> bool {
        let (device, hub) = (&self.devices[who], &self.hub.store);
        let is_here = |seal| device.town.store.read(|read| store::has_seal(read, seal)).unwrap();
        let read = hub.read(|read| {
            for dossier in store::dossiers(read)? {
                for (_, seal) in store::seals_of(read, dossier)? {
                    let is_own = seal.seal.writer == device.officer && !is_here(seal.hash);
                    if is_own && !store::is_run_whole(read, &seal)? {
                        return Ok(true);
                    }
                }
            }
            Ok(false)
        });
        read.unwrap()
    }

    /// What the requests of a device say in `Authorization` once it has signed in.
    fn sign_in(&mut self, who: usize) -> Option<String> {
        let Self { devices, hub, net, dice, .. } = self;
        let town = &devices[who].town;
        let ports = town.world.ports();
        let desk = angen_core::desk::Desk::sign_in(&town.store, &town.ports, devices[who].officer);
        let (certificate, key) =
            (desk.unwrap().certificate(), ports.keys.signer(devices[who].officer).unwrap());
        let (roots, line) = (BTreeSet::from([town.place.root]), Line::new(dice.number()));
        let caller = Caller { certificate, key: &*key };
        let signing_in = Session::sign_in(line.clone(), &town.store, roots, caller);
        let mut task = Task::new(line, signing_in);
        let mut told = Told::Begin;
        loop {
            told = match task.step(told) {
                Step::Done(done) => return Some(done.ok()?.authorization()),
                Step::Wait { .. } => Told::Waited,
                Step::Send(request) => net.pass(&hub.router, &request, None, dice),
            };
        }
    }
}
