//! Who is signed in on the page. The cookie is a random token; the database has its hash, so that every copy of the hub knows
//! it and whoever reads the database can't use it.

use super::go;
use super::words::Words;
use crate::council_clock::CouncilClock;
use crate::error::{LedgerError, Refused};
use crate::ledger::Ledger;
use crate::people::{self, Person};
use axum::extract::FromRequestParts;
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use counterfoil_domain::text::Language;
use counterfoil_wire::Hash;

/// The cookie with the token.
const TOKEN: &str = "counterfoil-ledger";
/// The cookie with the language.
const LANGUAGE: &str = "counterfoil-language";
/// Signed out after so long without a request.
const IDLE_MS: i64 = 30 * 60 * 1000;
/// Signed out after so long altogether.
const LONGEST_MS: i64 = 12 * 60 * 60 * 1000;

/// Somebody who is signed in, and what their page needs.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Who.
    pub person: Person,
    /// What their forms carry.
    pub csrf: String,
    /// In which language.
    pub words: Words,
    /// What moments are told by.
    pub clock: CouncilClock,
    token: Hash,
}

impl SignedIn {
    /// A form of theirs carries the token that their page gave it.
    ///
    /// # Errors
    /// It doesn't.
    pub fn check(&self, csrf: &str) -> Result<(), Refused> {
        let same = csrf.len() == self.csrf.len() && csrf.bytes().zip(self.csrf.bytes()).fold(0, |odd, (a, b)| odd | (a ^ b)) == 0;
        if same { Ok(()) } else { Err(Refused::new(StatusCode::FORBIDDEN, "form-stale", "The form is out of date. Open the page again.")) }
    }

    /// Nobody is, with this token, from now on.
    ///
    /// # Errors
    /// The database's.
    pub async fn end(&self, ledger: &Ledger) -> Result<(), LedgerError> {
        let client = ledger.database().await?;
        client.execute("DELETE FROM signed_in WHERE token_sha256 = $1", &[&self.token.0.as_slice()]).await?;
        Ok(())
    }
}

/// Signs somebody in: the value of the cookie's header.
///
/// # Errors
/// The database's.
pub async fn begin(ledger: &Ledger, person: &Person) -> Result<String, LedgerError> {
    let (token, csrf) = (hex::encode(ledger.random::<32>()?), hex::encode(ledger.random::<16>()?));
    let now_ms = ledger.now_ms();
    let client = ledger.database().await?;
    client.execute("DELETE FROM signed_in WHERE seen_at_ms < $1 OR since_ms < $2", &[&(now_ms - IDLE_MS), &(now_ms - LONGEST_MS)]).await?;
    let sql = "INSERT INTO signed_in (token_sha256, person, csrf, since_ms, seen_at_ms) VALUES ($1, $2, $3, $4, $4)";
    client.execute(sql, &[&hashed(&token).0.as_slice(), &person.code, &csrf, &now_ms]).await?;
    Ok(cookie(ledger, TOKEN, &token))
}

/// Browsers keep such a cookie for HTTPS and for the machine itself, and send it with no other site's requests.
pub fn cookie(ledger: &Ledger, name: &str, value: &str) -> String {
    format!("{name}={value}; Path={}/; HttpOnly; Secure; SameSite=Strict", ledger.path_prefix())
}

/// The cookie that keeps a language.
pub fn language_cookie(ledger: &Ledger, language: Language) -> String {
    cookie(ledger, LANGUAGE, Words(language).tag())
}

/// The cookie that keeps nobody.
pub fn no_cookie(ledger: &Ledger) -> String {
    format!("{}; Max-Age=0", cookie(ledger, TOKEN, ""))
}

fn hashed(token: &str) -> Hash {
    Hash::of(token.as_bytes())
}

fn value<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let cookies = headers.get_all(COOKIE).into_iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(';'));
    cookies.filter_map(|cookie| cookie.trim().split_once('=')).find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// The language that was chosen, or what the browser asks for.
pub fn language(headers: &HeaderMap) -> Words {
    let asked = || headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).is_some_and(|value| value.starts_with("cy"));
    let is_welsh = value(headers, LANGUAGE).map_or_else(asked, |tag| tag == "cy");
    Words(if is_welsh { Language::Welsh } else { Language::English })
}

/// Whoever isn't signed in is sent to where they can be.
pub enum NotSignedIn {
    /// To the form.
    Elsewhere(Response),
    /// The database's.
    Refused(Refused),
}

impl IntoResponse for NotSignedIn {
    fn into_response(self) -> Response {
        match self {
            NotSignedIn::Elsewhere(response) => response,
            NotSignedIn::Refused(refused) => refused.into_response(),
        }
    }
}

impl FromRequestParts<Ledger> for SignedIn {
    type Rejection = NotSignedIn;

    async fn from_request_parts(parts: &mut Parts, ledger: &Ledger) -> Result<SignedIn, NotSignedIn> {
        let found = match value(&parts.headers, TOKEN) {
            Some(token) => find(ledger, hashed(token), language(&parts.headers)).await,
            None => Ok(None),
        };
        match found {
            Ok(Some(signed_in)) => Ok(signed_in),
            Ok(None) => Err(NotSignedIn::Elsewhere(go(ledger, "/sign-in"))),
            Err(error) => Err(NotSignedIn::Refused(error.into())),
        }
    }
}

async fn find(ledger: &Ledger, token: Hash, words: Words) -> Result<Option<SignedIn>, LedgerError> {
    let client = ledger.database().await?;
    let statement = client.prepare_cached(
        "UPDATE signed_in SET seen_at_ms = $2 FROM people
         WHERE token_sha256 = $1 AND person = code AND NOT disabled AND seen_at_ms > $3 AND since_ms > $4
         RETURNING code, name, role, csrf",
    );
    let now_ms = ledger.now_ms();
    let values: [&(dyn tokio_postgres::types::ToSql + Sync); 4] =
        [&token.0.as_slice(), &now_ms, &(now_ms - IDLE_MS), &(now_ms - LONGEST_MS)];
    let row = client.query_opt(&statement.await?, &values).await?;
    let Some(row) = row else { return Ok(None) };
    let clock = ledger.of_newest_pack(&client).await?.clock;
    Ok(Some(SignedIn { person: people::of_row(&row)?, csrf: row.get(3), words, clock, token }))
}
