//! Assent on a phone of one's own 用自己的手机确认, its first two steps: one phone shows what it asks
//! assent to, the other shows a signed statement. Neither writes anything.

use angen_ledger::assent::{AssentCard, AssentRequest, AssentStatement};
use angen_ledger::certificate::{Certificate, Duty};
use angen_ledger::hash::Suite;
use angen_ledger::id::{DossierId, WriterId};

use crate::action::give_assent::{ASSENT_OPS_MAX, nothing_to_assent};
use crate::action::look::{Names, no_mentor, require_dossier};
use crate::action::to_assent::{Whose, request_for, to_assent};
use crate::desk::Desk;
use crate::domain::{Bilingual, Role, assent_lines};
use crate::error::{Error, Result};
use crate::store::{self, Store};

/// What is asked or assented to, as a person reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssentTold {
    /// The dossier.
    pub dossier: DossierId,
    /// Its title, cut when it is long.
    pub title: String,
    /// Who asks.
    pub by: WriterId,
    /// The name of who asks; none where the roster does not have it.
    pub by_name: Option<String>,
    /// Who is asked; none for whoever else.
    pub of: Option<WriterId>,
    /// How many records.
    pub count: u64,
    /// What they are: how many of each, the titles of findings, how many more there are.
    pub lines: Vec<Bilingual>,
    /// When it was asked, by that device, in milliseconds since 1970 UTC.
    pub asked_ms: i64,
}

/// A text to be shown as a code, with what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssentText {
    /// The text: every sign is one of the alphanumeric mode of a QR code.
    pub text: String,
    /// What it says.
    pub told: AssentTold,
}

/// Asks assent to what there is in a dossier, of one writer or of whoever else: what
/// [`crate::action::give_assent`] without ops would take. Of whoever else it is asked for what the
/// desk itself wrote.
///
/// # Errors
/// `Invalid` when there is nothing to assent to, too much for one assent, the desk would assent to
/// its own, or a mentor is at the desk; `NotFound` for a dossier that is not here; `Storage`.
pub fn request_assent(
    desk: &Desk<'_>,
    dossier: DossierId,
    of: Option<WriterId>,
) -> Result<AssentText> {
    if of == Some(desk.writer()) {
        return Err(Error::invalid(
            "of",
            "自己的记录不能由自己确认，请选另一名执法人员",
            "one's own record cannot be assented to: choose another officer",
        ));
    }
    let now_ms = desk.ports().clock.now().wall_ms;
    let request = desk.store().read(|read| {
        require_dossier(read, dossier)?;
        no_mentor(read, desk, dossier)?;
        let ops = to_assent(read, dossier, of.map_or(Whose::Others(desk.writer()), Whose::Of))?;
        if ops.is_empty() || ops.len() > ASSENT_OPS_MAX {
            return Err(nothing_to_assent());
        }
        request_for(read, dossier, &ops, (desk.writer(), of), now_ms)
    })?;
    Ok(AssentText { text: request.to_text(), told: told(desk.store(), &request)? })
}

/// What a colleague's phone asks assent to, to be read before it is given. Changes nothing; the
/// dossier need not be here.
///
/// # Errors
/// `Invalid` for a text that is no request; `Storage`.
pub fn read_assent_request(store: &Store, text: &str) -> Result<AssentTold> {
    told(store, &read_request(text)?)
}

/// Assents to what a colleague's phone asks, by the desk's own key: a statement for that phone to
/// carry. It counts once it is carried.
///
/// # Errors
/// `Invalid` for a text that is no request, when somebody else is asked or the desk itself asks,
/// for a desk that is no enforcer's, or one that is revoked; `Sign`, `Storage`.
pub fn sign_assent(desk: &Desk<'_>, text: &str) -> Result<AssentText> {
    let request = read_request(text)?;
    let told = told(desk.store(), &request)?;
    if request.by == desk.writer() || request.of.is_some_and(|of| of != desk.writer()) {
        return Err(Error::invalid(
            "request",
            "这个确认请求不是给你的：请由被请求的执法人员用自己的签名身份确认",
            "somebody else is asked: the officer who is asked must assent by a key of their own",
        ));
    }
    let certificate = desk.certificate();
    let (cose, held) = desk.store().read(|read| {
        if store::revoked_by(read, desk.writer())?.is_some() {
            return Err(revoked());
        }
        let held = store::chains_of(read, [certificate])?.pop();
        held.ok_or_else(|| Error::NotFound { noun: "certificate", id: certificate.to_string() })
    })?;
    let statement = AssentStatement {
        suite: Suite::Sha256,
        request,
        writer: desk.writer(),
        wall_ms: desk.ports().clock.now().wall_ms,
    };
    must_enforce(&held.certificate)?;
    let key = desk.ports().keys.signer(desk.writer())?;
    let statement = statement.sign(&*key, certificate)?;
    let text = AssentCard { statement, certificate: Some(cose) }.to_text();
    Ok(AssentText { text, told })
}

/// Refuses a certificate under which no assent counts.
pub(crate) fn must_enforce(holder: &Certificate) -> Result<()> {
    let role = Role::Enforcer.word();
    let enforces = holder.scopes.iter().any(|scope| scope.role() == role || scope.role() == "*");
    if holder.duty == Duty::Writer && enforces {
        return Ok(());
    }
    Err(Error::invalid(
        "as",
        format!("{}不是执法人员，其确认不算第二名执法人员：请由执法人员来确认", holder.name),
        format!("{} is no enforcement officer, whose assent alone counts", holder.name),
    ))
}

pub(crate) fn revoked() -> Error {
    Error::invalid(
        "as",
        "确认人的签名身份已被吊销：请由其新的签名身份确认",
        "who assents is revoked: assent by the writer that took its place",
    )
}

/// What a request says, with the name of who asks.
pub(crate) fn told(store: &Store, request: &AssentRequest) -> Result<AssentTold> {
    let by_name = store.read(|read| {
        let Some(roster) = store::get_setting(read, "roster")? else { return Ok(None) };
        Ok(Names::read(read, roster.parse()?)?.of(request.by))
    })?;
    Ok(AssentTold {
        dossier: request.dossier,
        title: request.title.clone(),
        by: request.by,
        by_name,
        of: request.of,
        count: request.count,
        lines: assent_lines(request),
        asked_ms: request.asked_ms,
    })
}

fn read_request(text: &str) -> Result<AssentRequest> {
    AssentRequest::read_text(text).map_err(|why| {
        Error::invalid(
            "request",
            format!("不是同事手机出示的确认请求，或没有扫全（{why}）：请重新扫码"),
            format!(
                "this is not what a colleague's phone shows, or not all of it ({why}): scan it \
                 again"
            ),
        )
    })
}
