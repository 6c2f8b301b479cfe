//! The tills, and the alarms.

use super::go;
use super::layout::{csrf, notice, scrolled, view};
use super::signed_in::SignedIn;
use super::words::money;
use crate::error::Refused;
use crate::finance::fleet::{self, Alarm, FleetTill};
use crate::ledger::Ledger;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

/// `GET /fleet`.
///
/// # Errors
/// The database's.
pub async fn show(State(ledger): State<Ledger>, by: SignedIn) -> Result<Markup, Refused> {
    let client = ledger.database().await?;
    let (tills, alarms) = (fleet::tills(&client).await?, fleet::alarms(&client).await?);
    let words = by.words;
    let main = html! {
        @for code in ledger.exposed() { (notice(&words.say(&format!("ledger-exposed-{code}")), true)) }
        @if alarms.is_empty() { (notice(&words.say("ledger-no-alarms"), false)) }
        @else { (alarms_table(&ledger, &by, &alarms)) }
        h2 { (words.say("ledger-tills")) }
        @if tills.is_empty() { p { (words.say("ledger-no-tills")) } }
        @else { (scrolled(&words.say("ledger-tills"), &tills_table(&by, &tills))) }
    };
    Ok(view(&ledger, &by, "/fleet", &words.say("ledger-fleet"), &main))
}

fn tills_table(by: &SignedIn, tills: &[FleetTill]) -> Markup {
    let words = by.words;
    html! {
        table {
            thead { tr {
                @for key in ["office", "till", "last-heard"] { th scope="col" { (words.say(&format!("ledger-{key}"))) } }
                @for key in ["unsent", "unsent-value", "open-session", "entries"] { th.number scope="col" { (words.say(&format!("ledger-{key}"))) } }
                @for key in ["version", "pack", "extract"] { th scope="col" { (words.say(&format!("ledger-{key}"))) } }
            } }
            tbody {
                @for till in tills {
                    tr {
                        td { (till.office_code) }
                        th scope="row" { (till.till_code) @if till.revoked { " " span.tag { (words.say("ledger-revoked")) } } }
                        td { (till.heard_at_ms.map_or_else(|| words.say("ledger-never"), |at_ms| by.clock.moment(at_ms))) }
                        td.number { (till.unsent_receipts) }
                        td.number { (money(till.unsent_pence)) }
                        td.number { (till.open_session.map_or_else(|| "–".to_owned(), |session| session.to_string())) }
                        td.number { (till.entries) }
                        td { (till.program_version) }
                        td { (till.pack.as_deref().unwrap_or("–")) }
                        td { (till.extract_version.map_or_else(|| "–".to_owned(), |version| version.to_string())) }
                    }
                }
            }
        }
    }
}

fn alarms_table(ledger: &Ledger, by: &SignedIn, alarms: &[Alarm]) -> Markup {
    let words = by.words;
    html! {
        section.alarms aria-labelledby="alarms" {
            h2 id="alarms" { (words.say("ledger-alarms")) }
            @for alarm in alarms {
                article {
                    p {
                        strong { (words.say_with(&format!("ledger-alarm-{}", alarm.kind), &[("seq", &alarm.seq.to_string())])) }
                    }
                    p.soft {
                        (words.say_with("ledger-alarm-of", &[
                            ("office", &alarm.till.0),
                            ("till", &alarm.till.1),
                            ("when", &by.clock.moment(alarm.last_at_ms)),
                            ("times", &alarm.times.to_string()),
                        ]))
                        @if !alarm.detail.is_empty() { " · " code { (alarm.detail) } }
                    }
                    @if by.person.role.may_settle() {
                        form.row method="post" action={ (ledger.path_prefix()) "/fleet/alarms/" (alarm.id) } {
                            (csrf(by))
                            div.field {
                                label for={ "why-" (alarm.id) } { (words.say("ledger-settle-why")) }
                                input id={ "why-" (alarm.id) } name="why" required maxlength="200" autocomplete="off";
                            }
                            button { (words.say("ledger-settle")) }
                        }
                    }
                }
            }
        }
    }
}

/// Why an alarm is settled.
#[derive(Deserialize)]
pub struct Settled {
    csrf: String,
    why: String,
}

/// `POST /fleet/alarms/{id}`.
///
/// # Errors
/// Not theirs to settle; no reason; the database's.
pub async fn settle(
    State(ledger): State<Ledger>,
    by: SignedIn,
    Path(id): Path<i64>,
    Form(form): Form<Settled>,
) -> Result<Response, Refused> {
    by.check(&form.csrf)?;
    let why: String = form.why.trim().chars().filter(|letter| !letter.is_control()).take(200).collect();
    if !by.person.role.may_settle() || why.is_empty() {
        return Err(Refused::new(StatusCode::FORBIDDEN, "not-allowed", "Settling an alarm needs a supervisor and a reason."));
    }
    let client = ledger.database().await?;
    fleet::settle(&client, id, &by.person, &why, ledger.now_ms()).await?;
    Ok(go(&ledger, "/fleet"))
}
