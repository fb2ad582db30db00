//! What a caller may do: whoever has a session pushes, and who is in good standing reads as well.
//!
//! A revoked phone must still hand over what it recorded, and one whose certificate is over too:
//! evidence must not be lost with a right. So a session is given to both, and only what it shows
//! is limited; pushing without any session would show a stranger what a hub holds.

use std::sync::Arc;

use angen_ledger::certificate::Certificate;
use angen_ledger::hash::Hash;
use angen_ledger::id::DossierId;
use axum::http::{HeaderMap, StatusCode};

use crate::log::Log;
use crate::server::Hub;
use crate::server::refusal::Refusal;
use crate::store::Asker;
use crate::wire::{Limit, Limited};

/// Who sent a request.
pub(super) struct Caller {
    /// The hash of the certificate.
    pub(super) hash: Hash,
    /// What it says.
    pub(super) certificate: Arc<Certificate>,
}

impl Caller {
    /// What became of the certificate since it was issued; none when it is in good standing.
    pub(super) fn limit(&self, hub: &Hub, log: &Log) -> Result<Option<Limit>, Refusal> {
        let taken_back = hub.ledger.taken_back_since(self.hash, self.certificate.writer)?;
        self.limit_since(hub, log, taken_back)
    }

    /// The same for whoever knows since when it is taken back.
    fn limit_since(
        &self,
        hub: &Hub,
        log: &Log,
        taken_back: Option<i64>,
    ) -> Result<Option<Limit>, Refusal> {
        // A root that is out of use takes back everything under it.
        let retired = hub.roots.retired_since(&*hub.ledger, self.hash)?;
        let taken_back = taken_back.into_iter().chain(retired).min();
        if let Some(since_ms) = taken_back {
            return Ok(Some(Limit { why: Limited::Revoked, since_ms }));
        }
        // A beginning that lies ahead is a clock that runs ahead; only an end takes a right away.
        let now_ms = log.clock.now().wall_ms;
        let ended = self.certificate.not_after_ms.filter(|end_ms| *end_ms < now_ms);
        Ok(ended.map(|since_ms| Limit { why: Limited::PeriodOver, since_ms }))
    }

    /// Refuses to show anything to a caller who may only push: from the moment on at which the
    /// hub knows of it, whatever session is open.
    pub(super) fn check(&self, hub: &Hub, log: &Log) -> Result<(), Refusal> {
        match self.limit(hub, log)?.map(|limit| limit.why) {
            None => Ok(()),
            Some(Limited::Revoked) => Err(revoked()),
            Some(Limited::PeriodOver) => Err(period_over()),
        }
    }
}

/// Who pushes. A hub without a certificate can tell nobody from another, and takes it from all.
pub(super) struct Pusher(Option<Caller>);

impl Pusher {
    /// Finds out who pushes.
    pub(super) fn of(hub: &Hub, headers: &HeaderMap) -> Result<Self, Refusal> {
        match &hub.log {
            Some((log, sessions)) => sessions.caller(log, headers).map(|caller| Self(Some(caller))),
            None => Ok(Self(None)),
        }
    }

    /// Whether what the hub holds of a dossier may be shown to who pushes it.
    pub(super) fn may_see(&self, hub: &Hub, dossier: DossierId) -> Result<bool, Refusal> {
        let [may] = <[_; 1]>::try_from(may_see_each(hub, &[(self, dossier)]))
            .map_err(|_| Refusal::internal())?;
        may
    }
}

/// Whether what the hub holds of a dossier may be shown to who pushes it: for each of several, as
/// things stand at one moment.
pub(super) fn may_see_each(
    hub: &Hub,
    pushers: &[(&Pusher, DossierId)],
) -> Vec<Result<bool, Refusal>> {
    let askers = pushers.iter().filter_map(|(Pusher(caller), dossier)| {
        let Caller { hash, certificate } = caller.as_ref()?;
        Some(Asker { certificate: *hash, holder: certificate, dossier: *dossier })
    });
    let askers: Vec<Asker<'_>> = askers.collect();
    let rights = match hub.ledger.rights(&askers) {
        Ok(rights) => rights,
        Err(error) => {
            let refusal = Refusal::from(error);
            return pushers.iter().map(|_| Err(refusal.clone())).collect();
        }
    };
    let mut rights = rights.into_iter();
    let may_see = |(Pusher(caller), _): &(&Pusher, DossierId)| {
        let Some(caller) = caller else { return Ok(true) };
        let right = rights.next().ok_or_else(Refusal::internal)??;
        let limit = caller.limit_since(hub, hub.logged()?.0, right.taken_back_since)?;
        Ok(right.may_read && limit.is_none())
    };
    pushers.iter().map(may_see).collect()
}

fn revoked() -> Refusal {
    Refusal::new(
        StatusCode::FORBIDDEN,
        "revoked",
        "这张证书已被管理员吊销，不能读取；已有的记录仍可上传",
        "this certificate was revoked by an administrator and reads nothing; what was recorded can \
         still be sent",
    )
}

fn period_over() -> Refusal {
    Refusal::new(
        StatusCode::FORBIDDEN,
        "period_over",
        "这张证书已过有效期，不能读取；已有的记录仍可上传，请管理员换发证书",
        "the period of this certificate is over and it reads nothing; what was recorded can still \
         be sent: ask the administrator for another one",
    )
}
