//! Card payments at the till's own terminal, which is a simulator: paid, declined, given up, lost, and unclear until a supervisor speaks.

use crate::corrections::{for_the_first_reason, newest_receipt};
use counterfoil_tests::day::{approves, menu};
use counterfoil_tests::demo;
use counterfoil_tests::journey::{demonstration, journey_from};
use counterfoil_tests::program;
use counterfoil_tests::window::{Counter, Failure};
use fantoccini::key::Key;
use serde_json::{Value, json};
use std::path::Path;
use std::time::Duration;

/// A till whose simulated terminal does what is said, in turn, and that asks an unclear payment's fate for a short while only.
fn directed(data: &Path, payments: &[&str]) -> Result<(), Failure> {
    with_script(data, &json!({ "pace_ms": 1_500, "payments": payments }))
}

fn with_script(data: &Path, script: &Value) -> Result<(), Failure> {
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
            // The same bill typed again: the cashier is told, and only a supervisor has a card charged for it.
            sends(counter, "35").await?;
            counter.until("document.querySelector('#basket .twice')?.textContent.includes('ask a supervisor')").await?;
            counter.sees("[data-dialog='approval']").await?;
            counter.clean("typed-again").await?;
            counter.presses(Key::Escape).await?;
            counter.reads("problem", "may have been charged already").await?;
            counter.clean("not-again").await?;
            counter.presses(Key::Escape).await?;
            counter.focus_on("reference").await?;
            counter.presses(Key::Escape).await?;
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
            // What is missing is said beside its box.
            demo::tab_to(counter, "card-resolve").await?;
            counter.presses(Key::Enter).await?;
            counter.focus_on("slip-text").await?;
            counter.reads("slip-text-error", "Type what you looked at").await?;
            counter.presses(Key::Escape).await?;
            counter.focus_on("menu-cards").await?;
            counter.presses(Key::Enter).await?;
            counter.focus_on("card-0").await?;
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
async fn what_the_terminal_has_approved_is_given_back_before_its_basket_is_cleared() -> Result<(), Failure> {
    journey_from(
        "card-cleared",
        |data| directed(data, &["partial"]),
        async |counter, _| {
            demo::open_session(counter, false).await?;
            sends(counter, "35").await?;
            counter.reads("card-ended", "Only £17.50 of £35.00").await?;
            counter.presses(Key::Escape).await?;
            counter.focus_on("reference").await?;
            counter.presses(Key::Escape).await?;
            counter.focus_on("clear-give-back").await?;
            counter.reads("clear-approved", "£17.50").await?;
            counter.clean("approved").await?;
            counter.presses(Key::Enter).await?;
            counter.focus_on("card-panel").await?;
            counter.reads("card-ended", "£17.50 was given back").await?;
            counter.presses(Key::Escape).await?;
            counter.focus_on("reference").await?;
            counter.presses(Key::Escape).await?;
            counter.focus_on("clear-yes").await?;
            counter.presses(Key::Enter).await?;
            counter.no_dialog().await?;
            counter.until("document.querySelectorAll('#basket .line').length === 0").await
        },
    )
    .await
}

/// Pays £35 by card, and asks for the whole receipt to be voided.
async fn voids_a_card(counter: &Counter) -> Result<(), Failure> {
    demo::open_session(counter, false).await?;
    sends(counter, "35").await?;
    counter.sees("#receipt-number").await?;
    void_again(counter).await
}

/// Asks for the newest receipt to be voided; a supervisor approves.
async fn void_again(counter: &Counter) -> Result<(), Failure> {
    newest_receipt(counter).await?;
    counter.types("v").await?;
    counter.focus_on("part-0").await?;
    for_the_first_reason(counter).await?;
    approves(counter, "20", "2020").await
}

#[tokio::test]
async fn a_void_is_given_back_at_the_terminal_in_the_cashier_s_sight() -> Result<(), Failure> {
    journey_from(
        "card-void",
        |data| directed(data, &[]),
        async |counter, place| {
            demo::open_session(counter, false).await?;
            sends(counter, "35").await?;
            counter.sees("#receipt-number").await?;
            // Long enough for whoever looks at it meanwhile.
            let script = json!({ "pace_ms": 12_000 }).to_string();
            std::fs::write(place.folder.join("data/simulated-terminal-script.json"), script)?;
            void_again(counter).await?;
            // The dialog that asked the supervisor has stepped aside.
            counter.focus_on("card-panel").await?;
            counter.until("!document.querySelector('[data-dialog=approval]')").await?;
            counter.clean("giving-back").await?;
            // Money is on its way: nobody turns away from it by mistake.
            counter.presses(Key::Escape).await?;
            counter.sees("#card-panel").await?;
            counter.focus_on("corrected-close").await?;
            counter.reads("hand-back-0", "35.00").await?;
            counter.clean("given-back").await?;
            counter.reads("paper", "REVERSAL").await
        },
    )
    .await
}

#[tokio::test]
async fn a_void_that_the_terminal_declines_is_done_with_another_terminal_s_slip() -> Result<(), Failure> {
    journey_from(
        "card-void-declined",
        |data| with_script(data, &json!({ "pace_ms": 300, "reversals": ["decline"] })),
        async |counter, _| {
            voids_a_card(counter).await?;
            counter.reads("problem", "didn't give the money back").await?;
            counter.focus_on("correct").await?;
            counter.clean("declined").await?;
            counter.presses(Key::Enter).await?;
            counter.focus_on("slip-authorisation-0").await?;
            for (field, text) in [("authorisation", "A1"), ("last-four", "4242"), ("terminal", "T1")] {
                demo::tab_to(counter, &format!("slip-{field}-0")).await?;
                counter.types(text).await?;
            }
            counter.clean("slip").await?;
            counter.presses(Key::Enter).await?;
            approves(counter, "20", "2020").await?;
            counter.focus_on("corrected-close").await?;
            counter.reads("hand-back-0", "35.00").await
        },
    )
    .await
}

#[tokio::test]
async fn a_void_whose_reply_is_lost_is_asked_about_and_done() -> Result<(), Failure> {
    journey_from(
        "card-void-lost",
        |data| with_script(data, &json!({ "pace_ms": 300, "reversals": ["lose-reply"] })),
        async |counter, _| {
            voids_a_card(counter).await?;
            counter.focus_on("corrected-close").await?;
            counter.reads("hand-back-0", "35.00").await
        },
    )
    .await
}

#[tokio::test]
async fn a_void_that_nobody_knows_the_end_of_waits_for_a_supervisor_and_gives_the_money_back_once() -> Result<(), Failure> {
    journey_from(
        "card-void-unclear",
        |data| with_script(data, &json!({ "pace_ms": 300, "reversals": ["silent"] })),
        async |counter, _| {
            voids_a_card(counter).await?;
            counter.reads("problem", "Nobody knows yet").await?;
            counter.until("!document.querySelector('[id^=slip-authorisation]')").await?;
            counter.clean("unclear").await?;
            counter.presses(Key::Escape).await?;
            counter.focus_on("reprint").await?;
            counter.presses(Key::Escape).await?;
            counter.focus_on("find-text").await?;
            counter.presses(Key::Escape).await?;
            counter.no_dialog().await?;
            menu(counter, "cards").await?;
            counter.focus_on("card-0").await?;
            counter.presses(Key::Enter).await?;
            counter.focus_on("card-taken").await?;
            types_slip(counter, "35.00").await?;
            counter.presses(Key::Enter).await?;
            approves(counter, "20", "2020").await?;
            counter.reads("cards-said", "written down").await?;
            // It is back, and no receipt says so: what is left to do is said.
            counter.focus_on("card-0").await?;
            counter.presses(Key::Enter).await?;
            counter.reads("card-next", "void or refund it again").await?;
            counter.focus_on("cards-back").await?;
            counter.clean("next").await?;
            counter.presses(Key::Escape).await?;
            counter.presses(Key::Escape).await?;
            counter.no_dialog().await?;
            void_again(counter).await?;
            counter.focus_on("corrected-close").await?;
            counter.reads("hand-back-0", "35.00").await
        },
    )
    .await
}

/// £35 paid by card at the terminal in a session that is closed; cashier 12 has the session that is open now.
fn paid_earlier(data: &Path) -> Result<(), Failure> {
    with_script(data, &json!({ "pace_ms": 300 }))?;
    let till = counterfoil_testkit::till::open(data, false)?;
    till.call("user.sign_in", json!({ "user_code": "12", "secret": "1212" }))?;
    till.call("session.open", json!({ "counts": [{ "denomination": "20", "pieces": 5 }] }))?;
    let sale_id = till.call("sale.begin", json!({}))?["sale_id"].clone();
    let line = json!({ "fund_code": "11", "reference": "BJ12345673", "amount": "35" });
    let begun = till.call("card.begin", json!({ "sale_id": sale_id, "lines": [line], "mop_code": "92" }))?;
    let standing = || Ok::<_, Failure>(till.call("card.state", begun.clone())?["payment"]["standing"].clone());
    let mut ticks = 0;
    while standing()? != "used" {
        ticks += 1;
        assert!(ticks < 3_000, "the payment never came to its end");
        std::thread::park_timeout(Duration::from_millis(10));
    }
    let begun = till.call("cash_up.begin", json!({}))?;
    let cash = json!([{ "denomination": "20", "text": "5" }]);
    let count = json!({ "count_id": begun["count_id"], "cash": cash, "terminals": [{ "mop_code": "92", "text": "35" }] });
    till.call("cash_up.give", count)?;
    // Whether the terminal has said its totals by now is nothing that this waits for.
    let approval = json!({ "user_code": "20", "secret": "2020" });
    let close = json!({ "session": begun["session"]["number"], "attempt": 1, "reason": "wrong-change", "approval": approval });
    till.call("cash_up.close", close)?;
    till.call("session.open", json!({ "counts": [{ "denomination": "20", "pieces": 5 }] }))?;
    till.call("user.sign_out", json!({}))?;
    Ok(())
}

#[tokio::test]
async fn a_refund_that_a_supervisor_approves_is_then_given_back_at_the_terminal() -> Result<(), Failure> {
    journey_from("card-refund", paid_earlier, async |counter, _| {
        demo::sign_in(counter, "12", "1212").await?;
        counter.screen("counter").await?;
        newest_receipt(counter).await?;
        counter.types("e").await?;
        counter.focus_on("part-0").await?;
        demo::tab_to(counter, "method").await?;
        counter.types("Card").await?;
        counter.until("document.getElementById('method').value === '92'").await?;
        for_the_first_reason(counter).await?;
        approves(counter, "20", "2020").await?;
        // The dialog has stepped aside, and what the terminal says is seen.
        counter.focus_on("card-panel").await?;
        counter.until("!document.querySelector('[data-dialog=approval]')").await?;
        counter.clean("giving-back").await?;
        counter.focus_on("corrected-close").await?;
        counter.reads("hand-back-0", "35.00").await?;
        counter.clean("given-back").await
    })
    .await
}
