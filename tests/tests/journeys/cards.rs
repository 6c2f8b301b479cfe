//! Card payments at the till's own terminal, which is a simulator: paid, declined, given up, lost, and unclear until a supervisor speaks.

use counterfoil_tests::day::{approves, menu};
use counterfoil_tests::demo;
use counterfoil_tests::journey::{demonstration, journey_from};
use counterfoil_tests::program;
use counterfoil_tests::window::{Counter, Failure};
use fantoccini::key::Key;
use serde_json::{Value, json};
use std::path::Path;

/// A till whose simulated terminal does what is said, in turn, and that asks an unclear payment's fate for a short while only.
fn directed(data: &Path, payments: &[&str]) -> Result<(), Failure> {
    scripted(data, &json!({ "pace_ms": 1_500, "payments": payments }))
}

fn scripted(data: &Path, script: &Value) -> Result<(), Failure> {
    demonstration(data)?;
    std::fs::write(data.join("simulated-terminal-script.json"), script.to_string())?;
    let file = data.join("settings.json");
    let mut settings: Value = serde_json::from_slice(&std::fs::read(&file)?)?;
    settings["card_terminal"]["patience"] = json!({ "first_wait_ms": 50, "longest_wait_ms": 100, "look_up_for_ms": 400 });
    Ok(std::fs::write(file, settings.to_string())?)
}

/// Sends what is due of one line to the terminal.
async fn sends(counter: &Counter, pounds: &str) -> Result<(), Failure> {
    demo::add_line(counter, "BJ12345673", pounds).await?;
    counter.presses(Key::F6).await?;
    counter.focus_on("terminal-amount").await?;
    counter.presses(Key::Enter).await
}

/// What the terminal's slip says, and what else was looked at.
async fn types_slip(counter: &Counter, pounds: &str) -> Result<(), Failure> {
    for (id, text) in [
        ("slip-amount", pounds),
        ("slip-authorisation", "A1B2"),
        ("slip-last-four", "4242"),
        ("slip-terminal", "SIM00001"),
        ("slip-text", "The terminal's own list"),
    ] {
        demo::tab_to(counter, id).await?;
        counter.types(text).await?;
    }
    Ok(())
}

/// Voids the newest receipt, for the first reason.
async fn voids(counter: &Counter) -> Result<(), Failure> {
    counter.presses(Key::F3).await?;
    counter.sees("#hit-0").await?;
    counter.presses(Key::Enter).await?;
    counter.focus_on("reprint").await?;
    counter.types("v").await?;
    counter.focus_on("part-0").await?;
    demo::tab_to(counter, "reason").await?;
    counter.presses(Key::Down).await?;
    counter.until("document.getElementById('reason').value !== ''").await?;
    demo::tab_to(counter, "correct").await?;
    counter.presses(Key::Enter).await
}

#[tokio::test]
async fn a_card_is_paid_with_at_the_terminal_and_its_receipt_comes_with_ours() -> Result<(), Failure> {
    journey_from(
        "card-paid",
        |data| directed(data, &[]),
        async |counter, _| {
            demo::open_session(counter, false).await?;
            counter.reads("bar-terminal", "simulator").await?;
            demo::add_line(counter, "BJ12345673", "35").await?;
            counter.presses(Key::F6).await?;
            counter.focus_on("terminal-amount").await?;
            counter.clean("amount").await?;
            counter.presses(Key::Enter).await?;
            counter.reads("card-shows", "present card").await?;
            counter.clean("waiting").await?;
            counter.sees("#receipt-number").await?;
            counter.reads("paper", "CARDHOLDER COPY").await?;
            counter.clean("taken").await
        },
    )
    .await
}

#[tokio::test]
async fn a_declined_card_leaves_the_sale_to_another_way_of_paying() -> Result<(), Failure> {
    journey_from(
        "card-declined",
        |data| directed(data, &["decline"]),
        async |counter, _| {
            demo::open_session(counter, false).await?;
            sends(counter, "35").await?;
            counter.reads("card-ended", "declined: Refusal").await?;
            counter.clean("declined").await?;
            counter.presses(Key::F5).await?;
            counter.focus_on("tendered").await?;
            counter.types("35").await?;
            counter.presses(Key::Enter).await?;
            counter.sees("#receipt-number").await
        },
    )
    .await
}

#[tokio::test]
async fn a_card_payment_is_given_up_with_escape() -> Result<(), Failure> {
    journey_from(
        "card-aborted",
        |data| directed(data, &["slow"]),
        async |counter, _| {
            demo::open_session(counter, false).await?;
            sends(counter, "35").await?;
            counter.reads("card-shows", "present card").await?;
            counter.presses(Key::Escape).await?;
            counter.reads("card-ended", "given up").await?;
            counter.clean("given-up").await?;
            counter.focus_on("terminal-amount").await
        },
    )
    .await
}

#[tokio::test]
async fn a_signature_is_asked_about_and_a_refused_one_gives_the_money_back() -> Result<(), Failure> {
    journey_from(
        "card-signature",
        |data| directed(data, &["signature"]),
        async |counter, _| {
            demo::open_session(counter, false).await?;
            sends(counter, "35").await?;
            counter.focus_on("signature-matches").await?;
            counter.clean("signature").await?;
            counter.reads("paper", "MERCHANT COPY").await?;
            counter.presses(Key::Tab).await?;
            counter.focus_on("signature-refused").await?;
            counter.presses(Key::Enter).await?;
            counter.reads("card-ended", "given back").await?;
            counter.clean("given-back").await
        },
    )
    .await
}

#[tokio::test]
async fn a_lost_answer_is_a_receipt_after_the_restart() -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("data");
    directed(&data, &["hold-after"])?;
    let pictures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../out/screenshots/card-lost");
    let counter = Counter::open(&program("COUNTERFOIL_PROGRAM", "counterfoil"), &data, &pictures).await?;
    demo::open_session(&counter, false).await?;
    sends(&counter, "35").await?;
    counter.reads("card-shows", "present card").await?;
    counter.close().await?;
    let counter = Counter::open(&program("COUNTERFOIL_PROGRAM", "counterfoil"), &data, &pictures).await?;
    demo::sign_in(&counter, "12", "1212").await?;
    counter.screen("counter").await?;
    counter.presses(Key::F10).await?;
    counter.sees("[data-dialog='receipts']").await?;
    counter.until("document.querySelector('[data-dialog=receipts]')?.textContent.includes('35.00')").await?;
    counter.clean("receipt").await?;
    counter.close().await
}

#[tokio::test]
async fn an_unclear_payment_blocks_the_cash_up_until_a_supervisor_has_resolved_it() -> Result<(), Failure> {
    journey_from(
        "card-unclear",
        |data| directed(data, &["silent"]),
        async |counter, _| {
            demo::open_session(counter, false).await?;
            sends(counter, "35").await?;
            counter.reads("card-ended", "Nobody knows yet").await?;
            counter.reads("status-line", "unclear").await?;
            counter.clean("unclear").await?;
            // The next customer is served: this one's basket goes, and the cashier is told what that means.
            counter.presses(Key::Escape).await?;
            counter.focus_on("reference").await?;
            counter.presses(Key::Escape).await?;
            counter.sees("#clear-card").await?;
            counter.clean("clearing").await?;
            counter.focus_on("clear-yes").await?;
            counter.presses(Key::Enter).await?;
            menu(counter, "cash-up").await?;
            counter.screen("cash-up").await?;
            counter.sees("#cards-open").await?;
            counter.clean("blocked").await?;
            menu(counter, "cards").await?;
            counter.focus_on("card-0").await?;
            counter.clean("queue").await?;
            counter.presses(Key::Enter).await?;
            counter.focus_on("card-taken").await?;
            types_slip(counter, "35.00").await?;
            counter.clean("slip").await?;
            counter.presses(Key::Enter).await?;
            counter.sees("[data-dialog='approval']").await?;
            approves(counter, "20", "2020").await?;
            counter.reads("cards-said", "written down").await?;
            counter.clean("resolved").await?;
            counter.presses(Key::Escape).await?;
            counter.presses(Key::Escape).await?;
            counter.no_dialog().await?;
            counter.until("document.querySelector('#cards-open') === null").await
        },
    )
    .await
}

#[tokio::test]
async fn a_void_whose_money_nobody_knows_to_be_back_is_written_once_a_supervisor_has_said_so() -> Result<(), Failure> {
    journey_from(
        "card-void-unclear",
        |data| scripted(data, &json!({ "pace_ms": 100, "reversals": ["silent"] })),
        async |counter, _| {
            demo::open_session(counter, false).await?;
            sends(counter, "15").await?;
            counter.sees("#receipt-number").await?;
            voids(counter).await?;
            counter.until("document.body.textContent.includes('Nobody knows yet whether the terminal has given')").await?;
            // No slip is asked for: it may be back already.
            counter.until("document.querySelector('[id^=slip-authorisation]') === null").await?;
            counter.clean("nobody-knows").await?;
            for _ in 0..4 {
                counter.presses(Key::Escape).await?;
            }
            counter.no_dialog().await?;
            menu(counter, "cards").await?;
            counter.focus_on("card-0").await?;
            counter.presses(Key::Enter).await?;
            counter.focus_on("card-taken").await?;
            types_slip(counter, "15.00").await?;
            counter.presses(Key::Enter).await?;
            approves(counter, "20", "2020").await?;
            counter.reads("cards-said", "written down").await?;
            counter.presses(Key::Enter).await?;
            // It is back, and no receipt says so: a supervisor could close it here.
            counter.focus_on("slip-text").await?;
            counter.clean("back").await?;
            for _ in 0..3 {
                counter.presses(Key::Escape).await?;
            }
            counter.no_dialog().await?;
            voids(counter).await?;
            counter.focus_on("corrected-close").await?;
            counter.clean("voided").await
        },
    )
    .await
}
