//! Refusals: a status for programs, a code for apps, a sentence for people.

use angen_core::error::Error;
use angen_ledger::certificate::Distrust;
use angen_ledger::verify::Lang;
use angen_ledger::wire::Malformed;
use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse;
use base64ct::{Base64UrlUnpadded, Encoding};

use crate::limits::RETRY_AFTER_SECONDS;
use crate::log::LogTrouble;
use crate::server::uploads::UPLOAD_OFFSET;
use crate::trust::Untrusted;

/// Why a request was refused. Nothing of it was stored, other than parts of blobs that had come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The HTTP status.
    pub status: StatusCode,
    /// The word for apps; docs/hub.md lists them.
    pub code: &'static str,
    /// Chinese: what is wrong and what to do.
    pub zh: String,
    /// The same in English.
    pub en: String,
    /// Where the upload stands, if it is about one.
    pub offset: Option<u64>,
    /// The same under the hub's key, when it is about a seal or a certificate.
    pub signed: Option<Vec<u8>>,
}

/// The code of a refusal, for whoever counts answers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Code(pub(super) &'static str);

impl Refusal {
    /// A refusal.
    pub fn new(
        status: StatusCode,
        code: &'static str,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        Self { status, code, zh: zh.into(), en: en.into(), offset: None, signed: None }
    }

    /// Says where the upload stands.
    #[must_use]
    pub fn at(mut self, offset: u64) -> Self {
        self.offset = Some(offset);
        self
    }

    pub(crate) fn other_root() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "other_root",
            "证书不属于本服务器信任的根，请核对根指纹",
            "the certificate leads to a root that this hub does not know: compare the fingerprints",
        )
    }

    pub(crate) fn certificate_missing() -> Self {
        Self::new(
            StatusCode::CONFLICT,
            "certificate_missing",
            "服务器还没有封签人的证书，请先上传证书",
            "the hub does not have the sealer's certificate yet: send the certificates first",
        )
    }

    pub(crate) fn busy() -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "busy",
            "服务器正忙，请稍后重试",
            "the hub is busy: try again shortly",
        )
    }

    /// It asked more often than one caller may.
    pub(crate) fn too_many() -> Self {
        Self::new(
            StatusCode::TOO_MANY_REQUESTS,
            "too_many",
            "请求太频繁，请稍后重试",
            "too many requests: try again shortly",
        )
    }

    pub(crate) fn too_large(what: &str, bytes_max: u64) -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too_large",
            format!("{what}：内容超过 {bytes_max} 字节，请分批发送"),
            format!("{what}: more than {bytes_max} bytes, send less at once"),
        )
    }

    pub(crate) fn too_slow() -> Self {
        Self::new(
            StatusCode::REQUEST_TIMEOUT,
            "too_slow",
            "等待内容超时，请重试",
            "the body did not come in time: try again",
        )
    }

    pub(crate) fn cut() -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "cut",
            "内容没有传完，请重试",
            "the body ended early: try again",
        )
    }

    /// The hub keeps no log, so it can give no receipts and tell nobody from another.
    pub(crate) fn no_log() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "no_log",
            "本平台没有平台证书，不记日志",
            "this hub has no certificate and keeps no log",
        )
    }

    /// The same for what is not here and for what the caller may not read, so that nobody learns
    /// which of the two it is.
    pub(crate) fn unknown() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "unknown",
            "这里没有，或者您无权读取",
            "it is not here, or you may not read it",
        )
    }

    /// One answer for a missing invitation, one that never was, and one that has ended.
    pub(crate) fn no_invitation() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "no_invitation",
            "没有入网邀请，或邀请已过期：请管理员重新出示",
            "there is no such invitation, or it has ended: let the administrator show another one",
        )
    }

    /// Whoever photographed an invitation can fill it, and hinders nobody beyond it.
    pub(crate) fn enrolments_full() -> Self {
        Self::new(
            StatusCode::CONFLICT,
            "enrolments_full",
            "这份邀请下的申请已满：请管理员重新出示一份邀请",
            "too many have asked under this invitation: let the administrator show another one",
        )
    }

    pub(crate) fn bad_query() -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "bad_query",
            "地址中的参数不合规定",
            "the query is not what this address takes",
        )
    }

    /// Until the opening is here, nobody can tell which area a sealer must cover.
    pub(crate) fn not_open() -> Self {
        Self::new(
            StatusCode::CONFLICT,
            "dossier_not_open",
            "服务器还没有这个卷宗的立卷记录，请先发送含立卷记录的一段",
            "the hub does not have this dossier's opening yet: send the run with it first",
        )
    }

    /// The failure is the hub's own. What failed where is nobody else's business.
    pub(crate) fn internal() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "服务器内部出错，没有保存，请稍后重试",
            "the hub failed and stored nothing: try again later",
        )
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        let (status, code) = match &error {
            Error::Malformed(Malformed::TooLarge { .. }) => {
                (StatusCode::PAYLOAD_TOO_LARGE, "too_large")
            }
            Error::Malformed(_) => (StatusCode::BAD_REQUEST, "malformed"),
            Error::Distrust(Distrust::NoIssuer) => (StatusCode::FORBIDDEN, "no_issuer"),
            Error::Distrust(_) => (StatusCode::FORBIDDEN, "distrust"),
            Error::Refused(_) => (StatusCode::UNPROCESSABLE_ENTITY, "refused"),
            Error::NoSpace { .. } => (StatusCode::INSUFFICIENT_STORAGE, "no_space"),
            Error::Paused => return Self::busy(),
            Error::NotFound { noun: "dossier", .. } => return Self::not_open(),
            Error::Invalid(_)
            | Error::NotFound { .. }
            | Error::UpdateNeeded { .. }
            | Error::FromTheFuture { .. }
            | Error::Damaged { .. }
            | Error::File { .. }
            | Error::Storage(_)
            | Error::Key(_)
            | Error::Sign(_)
            | Error::Package(_) => {
                // For the operator alone: what failed where is nobody else's business.
                tracing::error!(target: "angen_hub", why = %error, "the hub failed");
                return Self::internal();
            }
        };
        Self::new(status, code, error.say(Lang::Zh), error.say(Lang::En))
    }
}

impl From<Untrusted> for Refusal {
    fn from(why: Untrusted) -> Self {
        match why {
            Untrusted::OtherRoot => Self::other_root(),
            Untrusted::Core(error) => error.into(),
        }
    }
}

impl From<LogTrouble> for Refusal {
    /// Only the mark can fail while a hub runs: then the database has it, and the mark is owed.
    fn from(why: LogTrouble) -> Self {
        tracing::error!(target: "angen_hub", %why, "the mark is owed");
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "服务器内部出错：已保存，但日志水位没有写下，请稍后重发",
            "the hub failed: it is stored, and the mark of the log is not: send again later",
        )
    }
}

impl From<Malformed> for Refusal {
    fn from(why: Malformed) -> Self {
        Error::from(why).into()
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response<Body> {
        let mut text = serde_json::json!({"code": self.code, "zh": self.zh, "en": self.en});
        if let Some(signed) = &self.signed {
            text["signed"] = Base64UrlUnpadded::encode_string(signed).into();
        }
        let mut response = Response::new(Body::from(text.to_string()));
        *response.status_mut() = self.status;
        response.extensions_mut().insert(Code(self.code));
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if let Some(offset) = self.offset {
            headers.insert(UPLOAD_OFFSET, offset.into());
        }
        let may_pass =
            [StatusCode::SERVICE_UNAVAILABLE, StatusCode::LOCKED, StatusCode::TOO_MANY_REQUESTS];
        if may_pass.contains(&self.status) {
            headers.insert(header::RETRY_AFTER, RETRY_AFTER_SECONDS.into());
        }
        response
    }
}
