//! Signing in and out, and the language.

use super::go;
use super::layout::{notice, plain};
use super::signed_in::{SignedIn, begin, language as language_of, language_cookie, no_cookie};
use super::words::Words;
use crate::error::Refused;
use crate::ledger::Ledger;
use crate::people::{self, NotSignedIn};
use axum::Form;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use counterfoil_domain::text::Language;
use maud::{Markup, html};
use serde::Deserialize;

/// What the form sends.
#[derive(Deserialize)]
pub struct Typed {
    code: String,
    password: String,
}

/// `GET /sign-in`.
pub async fn show(State(ledger): State<Ledger>, headers: HeaderMap) -> Markup {
    form(&ledger, language_of(&headers), None)
}

fn form(ledger: &Ledger, words: Words, wrong: Option<&str>) -> Markup {
    let main = html! {
        @if let Some(key) = wrong { (notice(&words.say(key), true)) }
        form.narrow method="post" action={ (ledger.path_prefix()) "/sign-in" } {
            div.field {
                label for="code" { (words.say("ledger-code")) }
                input id="code" name="code" autocomplete="username" required maxlength="40" spellcheck="false" autofocus;
            }
            div.field {
                label for="password" { (words.say("ledger-password")) }
                input id="password" name="password" type="password" autocomplete="current-password" required maxlength="200";
            }
            button.main { (words.say("ledger-sign-in")) }
        }
    };
    plain(ledger, words, &words.say("ledger-sign-in"), &main)
}

/// `POST /sign-in`.
///
/// # Errors
/// The database's.
pub async fn sign_in(State(ledger): State<Ledger>, headers: HeaderMap, Form(typed): Form<Typed>) -> Result<Response, Refused> {
    let words = language_of(&headers);
    let wrong = match people::sign_in(&ledger, typed.code.trim(), &typed.password).await? {
        Ok(person) => return with_cookie(go(&ledger, "/fleet"), &begin(&ledger, &person).await?),
        Err(NotSignedIn::Wrong) => "ledger-sign-in-wrong",
        Err(NotSignedIn::Locked) => "ledger-sign-in-locked",
    };
    Ok((StatusCode::FORBIDDEN, form(&ledger, words, Some(wrong))).into_response())
}

fn with_cookie(mut response: Response, cookie: &str) -> Result<Response, Refused> {
    let value = HeaderValue::from_str(cookie).map_err(|_| Refused::bad("The cookie can't be sent."))?;
    response.headers_mut().append(SET_COOKIE, value);
    Ok(response)
}

/// A form that has nothing but the token of its page.
#[derive(Deserialize)]
pub struct Bare {
    csrf: String,
}

/// `POST /sign-out`.
///
/// # Errors
/// The form isn't the page's; the database's.
pub async fn sign_out(State(ledger): State<Ledger>, by: SignedIn, Form(form): Form<Bare>) -> Result<Response, Refused> {
    by.check(&form.csrf)?;
    by.end(&ledger).await?;
    with_cookie(go(&ledger, "/sign-in"), &no_cookie(&ledger))
}

/// A language.
#[derive(Deserialize)]
pub struct Chosen {
    tag: String,
}

/// `POST /language`: changes nothing but how the page speaks.
///
/// # Errors
/// None that happens.
pub async fn language(State(ledger): State<Ledger>, Form(chosen): Form<Chosen>) -> Result<Response, Refused> {
    let language = if chosen.tag == "cy" { Language::Welsh } else { Language::English };
    with_cookie(go(&ledger, "/"), &language_cookie(&ledger, language))
}
