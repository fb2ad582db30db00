//! A meeting of a phone and the hub: the real session, with the world's hands on every request.

use std::collections::{BTreeMap, BTreeSet};

use angen_core::desk::Desk;
use angen_core::store;
use angen_core::sync::limits::PART_BYTES;
use angen_core::sync::{Answer, AnswerBody};
use angen_core::sync::{
    Caller, Exchanged, Method, Network, PullError, PushError, Request, RequestBody, Site, Step,
    Told, exchange,
};

use crate::net::{FAULTS, Fault};
use crate::run::{PARTS_CUT, Scene};

impl Scene {
    /// A session of one phone, in which one request of ten in so many tens goes wrong.
    pub(super) fn meet(&mut self, who: usize, bad: u64) -> Result<Exchanged, PullError> {
        let mut traffic = Traffic::default();
        let met = self.exchange(who, bad, &mut traffic);
        self.judge_traffic(who, &traffic);
        met
    }

    fn exchange(
        &mut self,
        who: usize,
        bad: u64,
        traffic: &mut Traffic,
    ) -> Result<Exchanged, PullError> {
        let Self { devices, hub, net, dice, trace, met, last_verb, .. } = self;
        let town = &devices[who].town;
        let ports = town.world.ports();
        let desk = Desk::sign_in(&town.store, &town.ports, devices[who].officer).unwrap();
        let key = ports.keys.signer(devices[who].officer).unwrap();
        let caller = Caller { certificate: desk.certificate(), key: &*key };
        let site = Site { store: &town.store, disk: &*ports.disk };
        let roots = BTreeSet::from([town.place.root]);
        let mut task = exchange(dice.number(), site, roots, caller);
        if bad > 0 && dice.once_in(4) {
            task.set_network(Network::Metered);
        }
        let dropped_after = (bad > 0 && dice.once_in(4)).then(|| dice.below(30));
        let mut told = Told::Begin;
        for step in 0.. {
            if dropped_after == Some(step) {
                trace.push(format!("{who} is killed in its meeting"));
                return Err(PullError::Hub(PushError::Unreachable("killed".to_owned())));
            }
            told = match task.step(told) {
                Step::Done(done) => return done,
                Step::Wait { .. } => Told::Waited,
                Step::Send(request) => {
                    if bad > 0 && dice.once_in(6) {
                        let late = net.deliver_late(&hub.router);
                        traffic.late += late as u64;
                        trace.push(format!("{late} late requests arrive"));
                    }
                    // Blobs are few, and their parts are where a cut matters most.
                    let of = if address_in(&request).is_some() { 10 } else { 30 };
                    let fault = (dice.number() % of < bad).then(|| dice.one_of(&FAULTS));
                    if let (Some(fault), Some(verb)) = (fault, *last_verb) {
                        met.insert(format!("{fault:?} after {verb:?}"));
                    }
                    let told = net.pass(&hub.router, &request, fault, dice);
                    traffic.note(&request, fault, &told);
                    let path = request.path.split(['?', '=']).next().unwrap_or_default();
                    let (method, heard) = (request.method.word(), heard(&told));
                    trace.push(format!("{who} {method} {path} {fault:?} -> {heard}"));
                    told
                }
            };
        }
        unreachable!("a session ends")
    }

    /// Whatever was cut, at most one part of a blob travels again for it.
    fn judge_traffic(&mut self, who: usize, traffic: &Traffic) {
        if traffic.flows.values().all(|flow| flow.parts < 2) {
            return;
        }
        let here = &self.devices[who].town.store;
        let blobs = here.read(store::blobs_of_log).unwrap();
        for ((address, _), flow) in &traffic.flows {
            let Some(blob) = blobs.iter().find(|blob| blob.address.to_string() == *address) else {
                continue;
            };
            let disturbed = flow.faults + traffic.late;
            let most = blob.length + disturbed * PART_BYTES;
            if flow.bytes > most {
                let why =
                    format!("{} bytes of {} travelled in {disturbed} faults", flow.bytes, most);
                self.faults.push(format!("{who}: blob {}: {why}", blob.address.short()));
            }
            let is_whole = |held: &store::Store| held.blobs().holds(blob.address);
            let went_on = flow.parts > 1 && flow.faults > 0 && blob.length > PART_BYTES;
            if went_on && is_whole(here) && is_whole(&self.hub.store) {
                self.met.insert(PARTS_CUT.to_owned());
            }
        }
    }

    /// An honest hub over a network that alters nothing is never called untrue.
    pub(super) fn judge(&mut self, why: &PullError, is_bad: bool) {
        if why.is_untrue() && !is_bad {
            self.faults.push(format!("an honest hub was called untrue: {why}"));
        }
    }
}

/// What travelled of blobs in one meeting.
#[derive(Default)]
struct Traffic {
    /// By address, and by method: there or back.
    flows: BTreeMap<(String, Method), Flow>,
    /// Requests of other meetings that arrived meanwhile.
    late: u64,
}

#[derive(Default)]
struct Flow {
    bytes: u64,
    parts: u64,
    faults: u64,
}

impl Traffic {
    fn note(&mut self, request: &Request, fault: Option<Fault>, told: &Told) {
        let Some(address) = address_in(request) else { return };
        let flow = self.flows.entry((address, request.method)).or_default();
        let came = match told {
            Told::Answer(answer) | Told::Cut { came: Some(answer), .. } => Some(answer),
            _ => None,
        };
        let bytes = match (&request.body, came) {
            (RequestBody::File { bytes, .. }, _) => *bytes,
            (_, Some(Answer { status: 206, body: AnswerBody::Bytes(bytes), .. })) => {
                bytes.len() as u64
            }
            _ => 0,
        };
        flow.bytes += bytes;
        flow.parts += u64::from(bytes > 0);
        let is_refused = came.is_some_and(|answer| answer.status >= 400);
        flow.faults += u64::from(fault.is_some() || is_refused);
    }
}

fn address_in(request: &Request) -> Option<String> {
    let rest = request.path.strip_prefix("/v1/blobs/")?;
    Some(rest.split('?').next().unwrap_or_default().to_owned())
}

pub(super) fn heard(told: &Told) -> String {
    match told {
        Told::Answer(answer) => answer.status.to_string(),
        Told::Cut { .. } => "cut".to_owned(),
        Told::Begin | Told::Waited => String::new(),
    }
}
