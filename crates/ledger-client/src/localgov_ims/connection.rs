//! The way to an IMS: one request, one answer, and what an answer means. Nothing here decides or tries twice.

use super::api::{self, ShownFund, ShownMop, ShownTransaction};
use super::course::PostAnswer;
use super::progress::Trouble;
use super::rows::{RowToPost, StoredRow};
use super::settings::{Auth, Settings};
use crate::reason::Reason;
use crate::tls::{self, TlsNotUsable};
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, RequestBuilder, Response, StatusCode, Url, redirect};
use serde::de::DeserializeOwned;
use std::time::Duration;

/// The most that is read of one answer, in bytes: more is no answer to anything that is asked here.
const MAX_ANSWER: usize = 8 * 1024 * 1024;
/// How long a connection that nobody uses is kept. Shorter than what servers keep, so that a posting seldom meets a connection
/// that is just being closed.
const IDLE: Duration = Duration::from_secs(10);

/// Why settings can't be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotUsable {
    /// The address isn't one.
    #[error("the IMS's address must be an http or https address without user name, query or fragment")]
    Address,
    /// A secret would go over the network in the clear.
    #[error("a token or key is sent over https only")]
    SecretInTheClear,
    /// The token, or the key's header or value, can't be sent.
    #[error("the token, or the API key or its header, has characters that can't be sent")]
    Auth,
    /// A certificate can't be read, or TLS can't be set up.
    #[error(transparent)]
    Tls(#[from] TlsNotUsable),
    /// A settle time or timeout of nothing.
    #[error("the timeouts and the settle time must be above zero")]
    Pace,
}

/// The way to one IMS.
#[derive(Debug)]
pub(super) struct Connection {
    client: Client,
    base: Url,
}

impl Connection {
    pub fn new(settings: &Settings) -> Result<Connection, NotUsable> {
        let base = address(settings)?;
        let pace = &settings.pace;
        if pace.connect_timeout_ms == 0 || pace.request_timeout_ms == 0 || pace.settle_ms <= 0 {
            return Err(NotUsable::Pace);
        }
        let authorities = settings.ca_pem.as_deref().map(str::as_bytes);
        let certificate = settings.client_certificate_pem.as_ref().map(|pem| pem.reveal().as_bytes());
        // No redirects and no retries: a POST goes where it was sent, once, or not at all. No proxy of the machine's either.
        let client = Client::builder()
            .user_agent(concat!("Counterfoil/", env!("CARGO_PKG_VERSION")))
            .default_headers(headers(&settings.auth)?)
            .redirect(redirect::Policy::none())
            .retry(reqwest::retry::never())
            .no_proxy()
            .pool_idle_timeout(IDLE)
            .connect_timeout(Duration::from_millis(pace.connect_timeout_ms))
            .timeout(Duration::from_millis(pace.request_timeout_ms))
            .tls_backend_preconfigured(tls::configured(base.scheme(), authorities, certificate)?)
            .build()
            .map_err(|_| NotUsable::Tls(TlsNotUsable::Machine))?;
        Ok(Connection { client, base })
    }

    /// The rows under a receipt's number. `sure_of_nothing` asks, when nothing is there, whether it is the IMS that says so.
    pub async fn search(&self, psp_reference: &str, sure_of_nothing: bool) -> Result<Vec<StoredRow>, Trouble> {
        // Versions of the IMS ignore one name or the other; where both are known they mean the same.
        let query = [("PspReference", psp_reference), ("ReceiptNumber", psp_reference)];
        let (status, body) = self.get("ProcessedTransactions", &query).await?;
        let shown = match status {
            StatusCode::NOT_FOUND => Vec::new(),
            StatusCode::OK => read::<Vec<ShownTransaction>>(&body)?,
            StatusCode::BAD_REQUEST => return Err(Trouble::SearchFailed),
            other => return Err(unexpected(other)),
        };
        let own = own_rows(shown, psp_reference)?;
        if own.is_empty() && sure_of_nothing {
            self.is_the_api().await?;
        }
        Ok(own)
    }

    /// Is the IMS's API at this address, and well?
    pub async fn is_the_api(&self) -> Result<(), Trouble> {
        match self.mops().await {
            Ok(mops) if mops.is_empty() => Err(Trouble::NotTheApi),
            Ok(_) => Ok(()),
            Err(trouble) => Err(trouble),
        }
    }

    pub async fn post(&self, row: &RowToPost) -> PostAnswer {
        let Ok(body) = api::written(row) else { return PostAnswer::NotSent(Trouble::Unreadable) };
        let request = self.client.post(self.url("ProcessedTransactions", &[])).header(CONTENT_TYPE, "application/json").body(body);
        match answered(request).await {
            Err(trouble @ (Trouble::NoConnection | Trouble::CertificateNotTrusted)) => PostAnswer::NotSent(trouble),
            Err(trouble) => PostAnswer::Unclear(trouble),
            Ok((StatusCode::CREATED, body)) => match read::<ShownTransaction>(&body) {
                Ok(stored) => PostAnswer::Stored { reference: stored.into_reference() },
                Err(trouble) => PostAnswer::Unclear(trouble),
            },
            Ok((status, body)) if blames_what_was_sent(status) => PostAnswer::Refused { status: status.as_u16(), said: api::said(&body) },
            Ok((status, _)) => PostAnswer::Unclear(unexpected(status)),
        }
    }

    /// The funds that are in use, or those that are disabled.
    pub async fn funds(&self, disabled: bool) -> Result<Vec<ShownFund>, Trouble> {
        self.list("Funds", &[("IsDisabled", if disabled { "true" } else { "false" })]).await
    }

    pub async fn mops(&self) -> Result<Vec<ShownMop>, Trouble> {
        // Without any parameter ASP.NET leaves the criteria out, and the IMS trips over that.
        self.list("MethodOfPayments", &[("Type", "")]).await
    }

    async fn list<T: DeserializeOwned>(&self, what: &str, query: &[(&str, &str)]) -> Result<Vec<T>, Trouble> {
        match self.get(what, query).await? {
            (StatusCode::OK, body) => read(&body),
            (StatusCode::NOT_FOUND, _) => Ok(Vec::new()),
            (StatusCode::BAD_REQUEST, _) => Err(Trouble::SearchFailed),
            (other, _) => Err(unexpected(other)),
        }
    }

    async fn get(&self, what: &str, query: &[(&str, &str)]) -> Result<(StatusCode, Vec<u8>), Trouble> {
        answered(self.client.get(self.url(what, query)).header(ACCEPT, "application/json")).await
    }

    fn url(&self, what: &str, query: &[(&str, &str)]) -> Url {
        let mut url = self.base.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(["api", what]);
        }
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        url
    }
}

fn address(settings: &Settings) -> Result<Url, NotUsable> {
    let base: Url = settings.base_url.trim().parse().map_err(|_| NotUsable::Address)?;
    let plain = base.username().is_empty() && base.password().is_none() && base.query().is_none() && base.fragment().is_none();
    if !plain || !matches!(base.scheme(), "http" | "https") {
        return Err(NotUsable::Address);
    }
    let at_home = base.host_str().is_some_and(|host| matches!(host, "127.0.0.1" | "[::1]" | "localhost"));
    let secret = !matches!(settings.auth, Auth::None);
    if secret && base.scheme() == "http" && !at_home { Err(NotUsable::SecretInTheClear) } else { Ok(base) }
}

fn headers(auth: &Auth) -> Result<HeaderMap, NotUsable> {
    let (name, value) = match auth {
        Auth::None => return Ok(HeaderMap::new()),
        Auth::Bearer(token) => (AUTHORIZATION, format!("Bearer {}", token.reveal())),
        Auth::ApiKey { header, key } => (HeaderName::try_from(header).map_err(|_| NotUsable::Auth)?, key.reveal().to_owned()),
    };
    let mut value = HeaderValue::try_from(value).map_err(|_| NotUsable::Auth)?;
    value.set_sensitive(true);
    Ok(HeaderMap::from_iter([(name, value)]))
}

async fn answered(request: RequestBuilder) -> Result<(StatusCode, Vec<u8>), Trouble> {
    let response = request.send().await.map_err(|error| trouble_of(&error))?;
    let status = response.status();
    Ok((status, body_of(response).await?))
}

async fn body_of(mut response: Response) -> Result<Vec<u8>, Trouble> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| trouble_of(&error))? {
        body.extend_from_slice(&chunk);
        if body.len() > MAX_ANSWER {
            return Err(Trouble::Unreadable);
        }
    }
    Ok(body)
}

/// An error's own text can hold the address with what was asked: only its kind is kept.
fn trouble_of(error: &reqwest::Error) -> Trouble {
    if error.is_connect() {
        let untrusted = Reason::of_failure(error) == Reason::Certificate;
        if untrusted { Trouble::CertificateNotTrusted } else { Trouble::NoConnection }
    } else if error.is_timeout() {
        Trouble::TimedOut
    } else {
        Trouble::Broken
    }
}

/// The rows under this number. SQL Server takes no notice of case, so that a row under a number that differs in nothing else is
/// another payment's; any other row shows that the search wasn't by number at all.
fn own_rows(shown: Vec<ShownTransaction>, psp_reference: &str) -> Result<Vec<StoredRow>, Trouble> {
    let number = |row: &ShownTransaction| row.psp_reference.as_deref().unwrap_or_default().trim_end().to_owned();
    if shown.iter().any(|row| !number(row).eq_ignore_ascii_case(psp_reference)) {
        return Err(Trouble::SearchIgnored);
    }
    let own = shown.into_iter().filter(|row| number(row) == psp_reference);
    let mut stored: Vec<StoredRow> = own.map(ShownTransaction::into_stored).collect();
    // Versions differ in their order; the IMS numbers its rows, so the later of two that are the same is the one too many.
    stored.sort_by(|one, other| (one.reference.len(), &one.reference).cmp(&(other.reference.len(), &other.reference)));
    Ok(stored)
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Trouble> {
    serde_json::from_slice(body).map_err(|_| Trouble::Unreadable)
}

fn unexpected(status: StatusCode) -> Trouble {
    match status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::PROXY_AUTHENTICATION_REQUIRED => Trouble::NotLetIn(status.as_u16()),
        other => Trouble::Status(other.as_u16()),
    }
}

/// Does this status say that something is wrong with what was sent, rather than with the IMS or with who asks?
fn blames_what_was_sent(status: StatusCode) -> bool {
    let about_us = matches!(unexpected(status), Trouble::NotLetIn(_));
    let about_now = matches!(status, StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS | StatusCode::NOT_FOUND);
    status.is_client_error() && !about_us && !about_now
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::localgov_ims::Secret;

    fn connection(base_url: &str, auth: Auth) -> Result<Connection, NotUsable> {
        Connection::new(&Settings { base_url: base_url.to_owned(), auth, ..Settings::default() })
    }

    #[test]
    fn the_address_may_have_a_path_and_what_is_asked_is_escaped() {
        for base in ["https://gateway.example/ims", "https://gateway.example/ims/"] {
            let url = connection(base, Auth::None).unwrap().url("ProcessedTransactions", &[("PspReference", "CH/07&1")]);
            assert_eq!(url.as_str(), "https://gateway.example/ims/api/ProcessedTransactions?PspReference=CH%2F07%261");
        }
    }

    #[test]
    fn an_address_that_is_none_is_refused() {
        for base in ["", "ims", "ftp://ims.example", "https://me:secret@ims.example", "https://ims.example?x=1", "https://ims.example#x"] {
            assert_eq!(connection(base, Auth::None).err(), Some(NotUsable::Address), "{base}");
        }
    }

    #[test]
    fn rows_of_other_receipts_are_never_taken_for_this_one_s() {
        let shown = |numbers: &[&str]| {
            let json: Vec<_> = numbers.iter().map(|number| format!(r#"{{"PspReference": "{number}", "Reference": "{number}"}}"#)).collect();
            serde_json::from_str(&format!("[{}]", json.join(","))).unwrap()
        };
        assert_eq!(own_rows(shown(&["CH1 ", "ch1", "CH1"]), "CH1").map(|rows| rows.len()), Ok(2));
        assert_eq!(own_rows(shown(&["CH1", "CH2"]), "CH1"), Err(Trouble::SearchIgnored));
        assert_eq!(own_rows(shown(&[""]), "CH1"), Err(Trouble::SearchIgnored));
    }

    #[test]
    fn a_token_is_never_sent_in_the_clear() {
        let token = || Auth::Bearer(Secret::new("t"));
        assert_eq!(connection("http://ims.example", token()).err(), Some(NotUsable::SecretInTheClear));
        assert!(connection("https://ims.example", token()).is_ok());
        assert!(connection("http://127.0.0.1:1", token()).is_ok());
    }

    #[test]
    fn a_header_or_certificate_that_cannot_be_used_is_refused_by_name() {
        let odd = Auth::ApiKey { header: "a header".to_owned(), key: Secret::new("k") };
        assert_eq!(connection("https://ims.example", odd).err(), Some(NotUsable::Auth));
        let base = || Settings { base_url: "https://ims.example".to_owned(), ..Settings::default() };
        let ca = Settings { ca_pem: Some("nothing".to_owned()), ..base() };
        assert_eq!(Connection::new(&ca).err(), Some(TlsNotUsable::Authorities.into()));
        let own = Settings { client_certificate_pem: Some(Secret::new("nothing")), ..base() };
        assert_eq!(Connection::new(&own).err(), Some(TlsNotUsable::ClientCertificate.into()));
    }
}
