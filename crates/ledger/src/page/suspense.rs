//! Money in suspense, and where it belongs.

use super::go;
use super::layout::{csrf, field, notice, scrolled, view};
use super::signed_in::SignedIn;
use super::takings::table;
use super::words::day_of;
use crate::error::Refused;
use crate::finance::suspense::{self, Allocation, NotAllocated};
use crate::finance::takings::Taking;
use crate::ledger::Ledger;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Deserialize;

/// `GET /suspense`.
///
/// # Errors
/// The database's.
pub async fn show(State(ledger): State<Ledger>, by: SignedIn) -> Result<Markup, Refused> {
    let found = suspense::list(&ledger.database().await?).await?;
    let words = by.words;
    let allocate = |taking: &Taking| {
        html! { @if by.person.role.may_allocate() {
            " " a href={ (ledger.path_prefix()) "/suspense/" (taking.till_number) "/" (taking.seq) "/" (taking.part) } {
                (words.say("ledger-allocate")) span.visually-hidden { " " (taking.receipt_number) }
            }
        } }
    };
    let main = html! {
        @if found.is_empty() { (notice(&words.say("ledger-suspense-empty"), false)) }
        @else { (scrolled(&words.say("ledger-suspense"), &table(words, &found, allocate))) }
    };
    Ok(view(&ledger, &by, "/suspense", &words.say("ledger-suspense"), &main))
}

/// Which posting.
type Of = (i32, i64, i32);

/// `GET /suspense/{till}/{seq}/{part}`.
///
/// # Errors
/// It isn't in suspense; the database's.
pub async fn show_one(State(ledger): State<Ledger>, by: SignedIn, Path(of): Path<Of>) -> Result<Markup, Refused> {
    form(&ledger, &by, of, &Decided::default(), None).await
}

async fn form(ledger: &Ledger, by: &SignedIn, of: Of, typed: &Decided, wrong: Option<&str>) -> Result<Markup, Refused> {
    let (words, (till, seq, part)) = (by.words, of);
    let list = suspense::list(&ledger.database().await?).await?;
    let taking = list.into_iter().find(|taking| (taking.till_number, taking.seq, taking.part) == of);
    let taking = taking.ok_or_else(|| Refused::not_found("This isn't in suspense."))?;
    let main = html! {
        @if let Some(key) = wrong { (notice(&words.say(key), true)) }
        (scrolled(&words.say("ledger-suspense"), &table(words, std::slice::from_ref(&taking), |_| html! {})))
        @if by.person.role.may_allocate() {
            form.narrow method="post" action={ (ledger.path_prefix()) "/suspense/" (till) "/" (seq) "/" (part) } {
                (csrf(by))
                (field(words, "fund", "text", &typed.fund))
                (field(words, "reference", "text", &typed.reference))
                (field(words, "why", "text", &typed.why))
                button.main { (words.say("ledger-allocate")) }
            }
        }
    };
    Ok(view(ledger, by, "/suspense", &words.say("ledger-allocate"), &main))
}

/// What was decided, as typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Decided {
    csrf: String,
    fund: String,
    reference: String,
    why: String,
}

/// `POST /suspense/{till}/{seq}/{part}`.
///
/// # Errors
/// Not theirs to decide; the database's.
pub async fn allocate(
    State(ledger): State<Ledger>,
    by: SignedIn,
    Path(of): Path<Of>,
    Form(typed): Form<Decided>,
) -> Result<Response, Refused> {
    by.check(&typed.csrf)?;
    if !by.person.role.may_allocate() {
        return Err(Refused::new(StatusCode::FORBIDDEN, "not-allowed", "Allocating needs finance."));
    }
    let plain = |text: &str, most: usize| text.trim().chars().filter(|letter| !letter.is_control()).take(most).collect::<String>();
    let allocation = Allocation {
        of,
        fund_code: plain(&typed.fund, 5),
        reference: plain(&typed.reference, 30).to_uppercase(),
        why: plain(&typed.why, 200),
        day: day_of(ledger.now_ms()),
    };
    let wrong = match suspense::allocate(&ledger, &allocation, &by.person).await? {
        Ok(()) | Err(NotAllocated::Already) => return Ok(go(&ledger, "/suspense")),
        Err(NotAllocated::FundUnknown) => "ledger-fund-unknown",
        Err(NotAllocated::Incomplete) => "ledger-incomplete",
        Err(NotAllocated::NotInSuspense) => return Err(Refused::not_found("This isn't in suspense.")),
    };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, form(&ledger, &by, of, &typed, Some(wrong)).await?).into_response())
}
