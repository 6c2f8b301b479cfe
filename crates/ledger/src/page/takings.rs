//! Takings with search.

use super::layout::{field, notice, scrolled, view};
use super::signed_in::SignedIn;
use super::suspense::to_one;
use super::words::{Words, day, money};
use crate::error::Refused;
use crate::finance::takings::{self, MOST_LISTED, Taking, Wanted};
use crate::ledger::Ledger;
use axum::extract::{Query, State};
use chrono::NaiveDate;
use counterfoil_wire::enrolment::ledger_reference;
use maud::{Markup, html};
use serde::Deserialize;

/// The boxes as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Typed {
    receipt_number: String,
    reference: String,
    amount: String,
    from: String,
    to: String,
    fund: String,
    till_number: String,
}

impl Typed {
    /// What is wanted; the box that can't be read otherwise.
    fn read(&self) -> Result<Wanted, &'static str> {
        Ok(Wanted {
            receipt_number: text(&self.receipt_number),
            reference: text(&self.reference).map(|reference| reference.to_uppercase()),
            amount_pence: optional(&self.amount, pence).ok_or("ledger-amount")?,
            from: optional(&self.from, |text| text.parse::<NaiveDate>().ok()).ok_or("ledger-from")?,
            to: optional(&self.to, |text| text.parse::<NaiveDate>().ok()).ok_or("ledger-to")?,
            fund_code: text(&self.fund),
            till_number: optional(&self.till_number, |text| text.parse().ok()).ok_or("ledger-till-number")?,
        })
    }
}

fn text(typed: &str) -> Option<String> {
    let text: String = typed.trim().chars().filter(|letter| !letter.is_control()).take(100).collect();
    Some(text).filter(|text| !text.is_empty())
}

/// Nothing is fine; something must be readable.
fn optional<T>(typed: &str, read: impl Fn(&str) -> Option<T>) -> Option<Option<T>> {
    let typed = typed.trim();
    if typed.is_empty() { Some(None) } else { read(typed).map(Some) }
}

/// An amount as it is typed at a counter, or below zero for what was taken back.
pub fn pence(typed: &str) -> Option<i64> {
    let (sign, amount) = typed.strip_prefix('-').map_or((1, typed), |amount| (-1, amount));
    counterfoil_domain::money::parse_amount(amount).ok().map(|pence| sign * pence.0)
}

/// `GET /takings`.
///
/// # Errors
/// The database's.
pub async fn show(State(ledger): State<Ledger>, by: SignedIn, Query(typed): Query<Typed>) -> Result<Markup, Refused> {
    let words = by.words;
    let found = match typed.read() {
        Ok(wanted) => Ok(takings::search(&ledger.database().await?, &wanted).await?),
        Err(key) => Err(key),
    };
    // However long ago it came into suspense, or left it.
    let decided = |taking: &Taking| {
        let is_to_do = taking.in_suspense_pence() != 0 && by.person.role.may_allocate();
        let key = if is_to_do { "ledger-allocate" } else { "ledger-decisions" };
        html! { @if taking.was_in_suspense { (to_one(&ledger, words, taking, key)) } }
    };
    let main = html! {
        form.boxes method="get" action={ (ledger.path_prefix()) "/takings" } role="search" {
            (field(words, "receipt-number", "text", &typed.receipt_number))
            (field(words, "reference", "text", &typed.reference))
            (field(words, "amount", "text", &typed.amount))
            (field(words, "from", "date", &typed.from))
            (field(words, "to", "date", &typed.to))
            (field(words, "fund", "text", &typed.fund))
            (field(words, "till-number", "text", &typed.till_number))
            button.main { (words.say("ledger-search")) }
        }
        @match &found {
            Err(key) => (notice(&words.say_with("ledger-not-readable", &[("name", &words.say(key))]), true)),
            Ok(found) if found.is_empty() => (notice(&words.say("ledger-nothing-found"), false)),
            Ok(found) => {
                @if found.len() as i64 == MOST_LISTED { (notice(&words.say_with("ledger-more", &[("count", &MOST_LISTED.to_string())]), false)) }
                (scrolled(&words.say("ledger-takings"), &table(words, found, decided)))
            }
        }
    };
    Ok(view(&ledger, &by, "/takings", &words.say("ledger-takings"), &main))
}

/// Postings as a table; `more` is what else a row offers.
pub fn table(words: Words, found: &[Taking], more: impl Fn(&Taking) -> Markup) -> Markup {
    let total: i64 = found.iter().map(|taking| taking.amount_pence).fold(0, i64::saturating_add);
    html! {
        table {
            thead { tr {
                @for key in ["day", "receipt-number", "kind", "fund", "reference", "mop"] { th scope="col" { (words.say(&format!("ledger-{key}"))) } }
                th.number scope="col" { (words.say("ledger-amount")) }
                @for key in ["cashier", "in-the-ledger", "suspense"] { th scope="col" { (words.say(&format!("ledger-{key}"))) } }
            } }
            tbody {
                @for taking in found {
                    tr {
                        td { (day(taking.day)) }
                        th scope="row" { (taking.receipt_number) }
                        td { (words.say(&format!("ledger-kind-{}", taking.kind))) }
                        td { (taking.fund_code) }
                        td { (taking.reference) }
                        td { (taking.mop_code) }
                        td.number { (money(taking.amount_pence)) }
                        td { (taking.cashier) }
                        td { (ledger_reference(taking.till_number.cast_unsigned(), taking.seq.cast_unsigned())) }
                        td.wraps { (standing(words, taking)) (more(taking)) }
                    }
                }
            }
            tfoot { tr { th scope="row" colspan="6" { (words.say("ledger-total")) } td.number { (money(total)) } td colspan="3" {} } }
        }
    }
}

/// Where a posting stands with suspense.
fn standing(words: Words, taking: &Taking) -> Markup {
    html! {
        @for (fund, reference, pence) in &taking.allocated {
            div { (words.say_with("ledger-allocated-to", &[("amount", &money(*pence)), ("fund", fund), ("reference", reference)])) }
        }
        @if taking.in_suspense_pence() != 0 {
            @if let Some(reason) = &taking.held_reason { span.tag { (words.say(&format!("ledger-held-{reason}"))) } " " }
            @if !taking.allocated.is_empty() { (words.say_with("ledger-left", &[("amount", &money(taking.in_suspense_pence()))])) }
        }
    }
}
