//! Money in suspense, and where it belongs: whole or in parts, and taken back where that was wrong.

use super::go;
use super::layout::{csrf, field, notice, scrolled, view};
use super::signed_in::SignedIn;
use super::takings::{pence, table};
use super::words::{Words, money};
use crate::error::Refused;
use crate::finance::suspense::{self, Allocation, Kept, NotAllocated, Of, Part};
use crate::finance::takings::Taking;
use crate::ledger::Ledger;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use counterfoil_domain::Pence;
use maud::{Markup, html};
use serde::Deserialize;

/// `GET /suspense`.
///
/// # Errors
/// The database's.
pub async fn show(State(ledger): State<Ledger>, by: SignedIn) -> Result<Markup, Refused> {
    let client = ledger.database().await?;
    let (found, allocated) = (suspense::list(&client).await?, suspense::allocated(&client).await?);
    let words = by.words;
    let allocate = |taking: &Taking| html! { @if by.person.role.may_allocate() { (to_one(&ledger, words, taking, "ledger-allocate")) } };
    let main = html! {
        @if found.is_empty() { (notice(&words.say("ledger-suspense-empty"), false)) }
        @else { (scrolled(&words.say("ledger-suspense"), &table(words, &found, allocate))) }
        @if !allocated.is_empty() {
            h2 { (words.say("ledger-allocated")) }
            (scrolled(&words.say("ledger-allocated"), &table(words, &allocated, |taking| to_one(&ledger, words, taking, "ledger-decisions"))))
        }
    };
    Ok(view(&ledger, &by, "/suspense", &words.say("ledger-suspense"), &main))
}

/// The way to what was decided of a posting, and to deciding.
pub fn to_one(ledger: &Ledger, words: Words, taking: &Taking, key: &str) -> Markup {
    html! {
        " " a href={ (ledger.path_prefix()) (path((taking.till_number, taking.seq, taking.part))) } {
            (words.say(key)) span.visually-hidden { " " (taking.receipt_number) }
        }
    }
}

fn path((till, seq, part): Of) -> String {
    format!("/suspense/{till}/{seq}/{part}")
}

/// `GET /suspense/{till}/{seq}/{part}`.
///
/// # Errors
/// It never was in suspense; the database's.
pub async fn show_one(State(ledger): State<Ledger>, by: SignedIn, Path(of): Path<Of>) -> Result<Markup, Refused> {
    form(&ledger, &by, of, &Decided::default(), None).await
}

async fn form(ledger: &Ledger, by: &SignedIn, of: Of, typed: &Decided, wrong: Option<&str>) -> Result<Markup, Refused> {
    let words = by.words;
    let client = ledger.database().await?;
    let taking = suspense::one(&client, of).await?.ok_or_else(|| Refused::not_found("This isn't in suspense."))?;
    let decisions = suspense::decisions(&client, of).await?;
    let left = taking.in_suspense_pence();
    let amount = if typed.amount.is_empty() { Pence(left).plain() } else { typed.amount.clone() };
    let main = html! {
        @if let Some(key) = wrong { (notice(&words.say(key), true)) }
        (scrolled(&words.say("ledger-suspense"), &table(words, std::slice::from_ref(&taking), |_| html! {})))
        @if by.person.role.may_allocate() && left != 0 {
            form.narrow method="post" action={ (ledger.path_prefix()) (path(of)) } {
                (csrf(by))
                input type="hidden" name="left" value=(left);
                (field(words, "amount", "text", &amount))
                (field(words, "fund", "text", &typed.fund))
                (field(words, "reference", "text", &typed.reference))
                (field(words, "why", "text", &typed.why))
                button.main { (words.say("ledger-allocate")) }
            }
        }
        @if !decisions.is_empty() { (decided(ledger, by, of, &decisions)) }
    };
    Ok(view(ledger, by, "/suspense", &words.say("ledger-allocate"), &main))
}

/// What was decided, each with the way to take it back.
fn decided(ledger: &Ledger, by: &SignedIn, of: Of, decisions: &[Kept]) -> Markup {
    let words = by.words;
    html! {
        section.decisions aria-labelledby="decisions" {
            h2 id="decisions" { (words.say("ledger-decisions")) }
            @for kept in decisions {
                article {
                    p {
                        strong { (told(by, kept)) }
                        @if kept.is_undone { " " span.tag { (words.say("ledger-undone")) } }
                    }
                    p.soft { (by.clock.moment(kept.at_ms)) " · " (kept.by_person) " · " (kept.why) }
                    @if by.person.role.may_allocate() && kept.undoes.is_none() && !kept.is_undone {
                        form.row method="post" action={ (ledger.path_prefix()) (path(of)) "/undo/" (kept.id) } {
                            (csrf(by))
                            div.field {
                                label for={ "why-" (kept.id) } { (words.say("ledger-undo-why")) }
                                input id={ "why-" (kept.id) } name="why" required maxlength="200" autocomplete="off";
                            }
                            button { (words.say("ledger-undo")) }
                        }
                    }
                }
            }
        }
    }
}

fn told(by: &SignedIn, kept: &Kept) -> String {
    let (key, pence) =
        if kept.undoes.is_some() { ("ledger-decided-back", -kept.amount_pence) } else { ("ledger-decided", kept.amount_pence) };
    by.words.say_with(key, &[("amount", &money(pence)), ("fund", &kept.fund_code), ("reference", &kept.reference)])
}

/// What was decided, as typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Decided {
    csrf: String,
    amount: String,
    left: Option<i64>,
    fund: String,
    reference: String,
    why: String,
}

impl Decided {
    /// The part that is typed, none for all of it; an error where it can't be read.
    fn part(&self) -> Result<Option<Part>, ()> {
        match (self.amount.trim(), self.left) {
            ("", _) => Ok(None),
            (typed, Some(of_pence)) => pence(typed).map(|pence| Some(Part { pence, of_pence })).ok_or(()),
            (_, None) => Err(()),
        }
    }
}

fn plain(text: &str, most: usize) -> String {
    text.trim().chars().filter(|letter| !letter.is_control()).take(most).collect()
}

fn not_finance() -> Refused {
    Refused::new(StatusCode::FORBIDDEN, "not-allowed", "Allocating needs finance.")
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
        return Err(not_finance());
    }
    let outcome = match typed.part() {
        Err(()) => Err(NotAllocated::AmountWrong),
        Ok(amount) => {
            let allocation = Allocation {
                of,
                fund_code: plain(&typed.fund, 5),
                reference: plain(&typed.reference, 30).to_uppercase(),
                amount,
                why: plain(&typed.why, 200),
                day: by.clock.day_of(ledger.now_ms()),
            };
            suspense::allocate(&ledger, &allocation, &by.person).await?
        }
    };
    // A part was decided on: the rest of the posting is what they look at next.
    let next = if typed.amount.trim().is_empty() { "/suspense".to_owned() } else { path(of) };
    answered(&ledger, &by, of, &typed, outcome, &next).await
}

/// Why an allocation is taken back.
#[derive(Deserialize)]
pub struct Undone {
    csrf: String,
    why: String,
}

/// `POST /suspense/{till}/{seq}/{part}/undo/{id}`.
///
/// # Errors
/// Not theirs to decide; the database's.
pub async fn undo(
    State(ledger): State<Ledger>,
    by: SignedIn,
    Path((till, seq, part, id)): Path<(i32, i64, i32, i64)>,
    Form(typed): Form<Undone>,
) -> Result<Response, Refused> {
    by.check(&typed.csrf)?;
    if !by.person.role.may_allocate() {
        return Err(not_finance());
    }
    let (of, day) = ((till, seq, part), by.clock.day_of(ledger.now_ms()));
    let outcome = suspense::undo(&ledger, of, id, &plain(&typed.why, 200), day, &by.person).await?;
    answered(&ledger, &by, of, &Decided::default(), outcome, &path(of)).await
}

/// On to what is next, or the form again with what is wrong.
async fn answered(
    ledger: &Ledger,
    by: &SignedIn,
    of: Of,
    typed: &Decided,
    outcome: Result<(), NotAllocated>,
    next: &str,
) -> Result<Response, Refused> {
    let (status, wrong) = match outcome {
        Ok(()) => return Ok(go(ledger, next)),
        Err(NotAllocated::NotThere) => return Err(Refused::not_found("This isn't in suspense.")),
        Err(NotAllocated::Already) => (StatusCode::CONFLICT, "ledger-decided-already"),
        Err(NotAllocated::FundUnknown) => (StatusCode::UNPROCESSABLE_ENTITY, "ledger-fund-unknown"),
        Err(NotAllocated::Incomplete) => (StatusCode::UNPROCESSABLE_ENTITY, "ledger-incomplete"),
        Err(NotAllocated::AmountWrong) => (StatusCode::UNPROCESSABLE_ENTITY, "ledger-amount-wrong"),
    };
    Ok((status, form(ledger, by, of, typed, Some(wrong)).await?).into_response())
}
