//! Both sides of the money, by till, session, MOP and fund.

use super::layout::{field, notice, scrolled, view};
use super::signed_in::SignedIn;
use super::words::{Words, money};
use crate::error::Refused;
use crate::finance::fleet::{self, FleetTill};
use crate::finance::sides::{self, MOST_LISTED, Side};
use crate::ledger::Ledger;
use axum::extract::{Query, State};
use chrono::NaiveDate;
use maud::{Markup, html};
use serde::Deserialize;

/// Which days.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Days {
    /// The first.
    pub from: Option<NaiveDate>,
    /// The last.
    pub to: Option<NaiveDate>,
}

impl Days {
    /// Today, where nothing was chosen.
    pub fn or_today(self, ledger: &Ledger, by: &SignedIn) -> (NaiveDate, NaiveDate) {
        let today = by.clock.day_of(ledger.now_ms());
        let to = self.to.unwrap_or(today);
        (self.from.unwrap_or(to), to)
    }
}

/// `GET /reconciliation`.
///
/// # Errors
/// The database's.
pub async fn show(State(ledger): State<Ledger>, by: SignedIn, Query(days): Query<Days>) -> Result<Markup, Refused> {
    let (from, to) = days.or_today(&ledger, &by);
    let client = ledger.database().await?;
    let (found, tills) = (sides::of_days(&client, from, to).await?, fleet::tills(&client).await?);
    let (words, count) = (by.words, MOST_LISTED.to_string());
    let main = html! {
        (days_form(&ledger, words, "/reconciliation", (from, to)))
        @if found.len() as i64 == MOST_LISTED { (notice(&words.say_with("ledger-more", &[("count", &count)]), true)) }
        @if found.is_empty() { (notice(&words.say("ledger-nothing-found"), false)) }
        @else { (scrolled(&words.say("ledger-in-the-ledger"), &table(words, &found))) }
        h2 { (words.say("ledger-still-at-tills")) }
        (unsent(words, &tills))
    };
    Ok(view(&ledger, &by, "/reconciliation", &words.say("ledger-reconciliation"), &main))
}

/// Two days and a button.
pub fn days_form(ledger: &Ledger, words: Words, path: &str, (from, to): (NaiveDate, NaiveDate)) -> Markup {
    html! {
        form.boxes method="get" action={ (ledger.path_prefix()) (path) } {
            (field(words, "from", "date", &from.to_string()))
            (field(words, "to", "date", &to.to_string()))
            button.main { (words.say("ledger-show")) }
        }
    }
}

fn table(words: Words, found: &[Side]) -> Markup {
    let (count, pence) =
        found.iter().fold((0, 0_i64), |(count, pence), side| (count + side.count, pence.saturating_add(side.amount_pence)));
    html! {
        table {
            caption { (words.say("ledger-in-the-ledger")) }
            thead { tr {
                @for key in ["office", "till"] { th scope="col" { (words.say(&format!("ledger-{key}"))) } }
                th.number scope="col" { (words.say("ledger-session")) }
                @for key in ["mop", "fund"] { th scope="col" { (words.say(&format!("ledger-{key}"))) } }
                @for key in ["count", "amount"] { th.number scope="col" { (words.say(&format!("ledger-{key}"))) } }
            } }
            tbody {
                @for side in found {
                    tr {
                        td { (side.till.0) }
                        th scope="row" { (side.till.1) }
                        td.number { (side.session) }
                        td { (side.mop_code) }
                        td { (side.fund_code) }
                        td.number { (side.count) }
                        td.number { (money(side.amount_pence)) }
                    }
                }
            }
            tfoot { tr { th scope="row" colspan="5" { (words.say("ledger-total")) } td.number { (count) } td.number { (money(pence)) } } }
        }
    }
}

fn unsent(words: Words, tills: &[FleetTill]) -> Markup {
    let behind: Vec<&FleetTill> = tills.iter().filter(|till| till.unsent_receipts > 0).collect();
    html! {
        @if behind.is_empty() { p { (words.say("ledger-all-sent")) } }
        @else {
            ul.plain {
                @for till in behind {
                    li { (words.say_with("ledger-till-unsent", &[
                        ("office", &till.office_code),
                        ("till", &till.till_code),
                        ("count", &till.unsent_receipts.to_string()),
                        ("amount", &money(till.unsent_pence)),
                    ])) }
                }
            }
        }
    }
}
