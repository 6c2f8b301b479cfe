//! What was taken is taken back or moved: voids, refunds, transfers, suspense, and the second person whom they need.

use counterfoil_tests::demo;
use counterfoil_tests::journey::{demonstration, journey, journey_from};
use counterfoil_tests::window::{Counter, Failure};
use fantoccini::key::Key;
use serde_json::json;
use std::path::Path;

const JO: [&str; 2] = ["20", "2020"];

/// £30 for parking, taken by cashier 12 in a session that is closed; `user` has the session that is open now.
fn taken_earlier(data: &Path, user: [&str; 2]) -> Result<(), Failure> {
    demonstration(data)?;
    let till = counterfoil_testkit::till::open(data, false)?;
    till.call("user.sign_in", json!({ "user_code": "12", "secret": "1212" }))?;
    till.call("session.open", json!({ "counts": [{ "denomination": "20", "pieces": 5 }] }))?;
    let begun = till.call("sale.begin", json!({}))?;
    let sale_id = begun["sale_id"].as_str().ok_or("no id")?;
    till.call("sale.take", counterfoil_testkit::till::cash_sale(sale_id, "BJ12345673", "30"))?;
    let begun = till.call("cash_up.begin", json!({}))?;
    let cash = json!([{ "denomination": "20", "text": "6" }, { "denomination": "10", "text": "1" }]);
    let count = json!({ "count_id": begun["count_id"], "cash": cash, "terminals": [{ "mop_code": "92", "text": "0" }] });
    till.call("cash_up.give", count)?;
    till.call("cash_up.close", json!({ "session": begun["session"]["number"], "attempt": 1 }))?;
    till.call("user.sign_out", json!({}))?;
    till.call("user.sign_in", json!({ "user_code": user[0], "secret": user[1] }))?;
    till.call("session.open", json!({ "counts": [{ "denomination": "20", "pieces": 5 }] }))?;
    till.call("user.sign_out", json!({}))?;
    Ok(())
}

/// Shows the newest receipt, from the counter.
pub(crate) async fn newest_receipt(counter: &Counter) -> Result<(), Failure> {
    counter.presses(Key::F3).await?;
    counter.sees("#hit-0").await?;
    counter.presses(Key::Enter).await?;
    counter.focus_on("reprint").await
}

/// Chooses the first reason and asks for the correction.
pub(crate) async fn for_the_first_reason(counter: &Counter) -> Result<(), Failure> {
    demo::tab_to(counter, "reason").await?;
    counter.presses(Key::Down).await?;
    counter.until("document.getElementById('reason').value !== ''").await?;
    demo::tab_to(counter, "correct").await?;
    counter.presses(Key::Enter).await
}

/// A second person's code and secret, in the dialog that asks for them.
async fn approves(counter: &Counter, [code, secret]: [&str; 2]) -> Result<(), Failure> {
    counter.focus_on("approver-code").await?;
    counter.selects_all().await?;
    counter.types(code).await?;
    counter.presses(Key::Tab).await?;
    counter.focus_on("approver-secret").await?;
    counter.types(secret).await?;
    counter.presses(Key::Enter).await
}

#[tokio::test]
async fn one_line_of_two_is_voided_and_what_to_hand_back_is_the_largest_thing() -> Result<(), Failure> {
    journey("void", async |counter| {
        demo::open_session(counter, false).await?;
        demo::add_line(counter, "BJ12345673", "15").await?;
        demo::add_line(counter, "501234566", "30").await?;
        counter.presses(Key::F5).await?;
        counter.focus_on("tendered").await?;
        counter.presses(Key::Enter).await?;
        let number = counter.text("receipt-number").await?;
        newest_receipt(counter).await?;
        counter.clean("receipt").await?;
        counter.types("v").await?;
        counter.focus_on("chosen-0").await?;
        counter.types(" ").await?;
        counter.clean("which-lines").await?;
        for_the_first_reason(counter).await?;
        counter.focus_on("corrected-close").await?;
        counter.reads("hand-back-0", "15.00").await?;
        counter.clean("hand-back").await?;
        counter.presses(Key::Enter).await?;
        counter.reads("shown-number", &number).await?;
        counter.reads("corrections", "15.00").await?;
        counter.clean("linked").await?;
        counter.presses(Key::Escape).await?;
        counter.focus_on("find-text").await?;
        counter.presses(Key::Escape).await?;
        counter.no_dialog().await
    })
    .await
}

#[tokio::test]
async fn a_refund_in_cash_is_approved_by_a_supervisor_on_the_spot() -> Result<(), Failure> {
    journey_from(
        "refund",
        |data| taken_earlier(data, ["12", "1212"]),
        async |counter, _| {
            demo::sign_in(counter, "12", "1212").await?;
            counter.screen("counter").await?;
            newest_receipt(counter).await?;
            counter.clean("receipt").await?;
            counter.types("e").await?;
            counter.focus_on("part-0").await?;
            counter.types("12.50").await?;
            counter.clean("refund").await?;
            for_the_first_reason(counter).await?;
            counter.focus_on("approver-code").await?;
            counter.clean("approval").await?;
            approves(counter, ["20", "0000"]).await?;
            counter.reads("approval-problem", "isn't right").await?;
            counter.clean("wrong-secret").await?;
            counter.focus_on("approver-secret").await?;
            counter.types("2020").await?;
            counter.presses(Key::Enter).await?;
            counter.reads("hand-back-0", "12.50").await?;
            counter.focus_on("corrected-close").await?;
            counter.clean("hand-back").await
        },
    )
    .await
}

#[tokio::test]
async fn a_supervisor_who_tries_to_approve_their_own_refund_is_refused() -> Result<(), Failure> {
    journey_from(
        "own-refund",
        |data| taken_earlier(data, JO),
        async |counter, _| {
            demo::sign_in(counter, "20", "2020").await?;
            counter.screen("counter").await?;
            newest_receipt(counter).await?;
            counter.types("e").await?;
            counter.focus_on("part-0").await?;
            for_the_first_reason(counter).await?;
            approves(counter, JO).await?;
            counter.reads("approval-problem", "Nobody approves what they asked for themselves").await?;
            counter.clean("refused").await?;
            counter.focus_on("approver-code").await?;
            // A cashier may not either; another supervisor may.
            approves(counter, ["12", "1212"]).await?;
            counter.reads("approval-problem", "Ask a supervisor").await?;
            counter.focus_on("approver-code").await?;
            counter.presses(Key::Escape).await?;
            counter.reads("problem", "second person").await?;
            counter.clean("given-up").await
        },
    )
    .await
}

#[tokio::test]
async fn a_line_on_the_wrong_account_is_transferred() -> Result<(), Failure> {
    journey_from(
        "transfer",
        |data| taken_earlier(data, ["12", "1212"]),
        async |counter, _| {
            demo::sign_in(counter, "12", "1212").await?;
            counter.screen("counter").await?;
            newest_receipt(counter).await?;
            counter.types("t").await?;
            counter.focus_on("part-0").await?;
            demo::tab_to(counter, "to-reference").await?;
            counter.types("501234566").await?;
            counter.presses(Key::Enter).await?;
            counter.focus_on("to-narrative").await?;
            counter.reads("to-account", "Council Tax").await?;
            counter.clean("to-account").await?;
            for_the_first_reason(counter).await?;
            approves(counter, JO).await?;
            counter.reads("hand-back-0", "30.00").await?;
            counter.focus_on("corrected-close").await?;
            counter.clean("moved").await
        },
    )
    .await
}

#[tokio::test]
async fn money_that_nobody_can_place_is_taken_into_suspense_and_placed_in_two_parts() -> Result<(), Failure> {
    journey("suspense", async |counter| {
        demo::open_session(counter, false).await?;
        counter.types("?!").await?;
        counter.presses(Key::Enter).await?;
        counter.sees("#unplaced").await?;
        counter.clean("not-recognised").await?;
        counter.selects_all().await?;
        counter.types("MR GREEN").await?;
        counter.chord(&[Key::Alt], "s").await?;
        counter.focus_on("amount").await?;
        counter.types("80").await?;
        counter.presses(Key::Enter).await?;
        counter.focus_on("narrative").await?;
        counter.clean("narrative-needed").await?;
        counter.types("No bill, rent he says").await?;
        counter.presses(Key::Enter).await?;
        counter.reads("total", "80.00").await?;
        counter.focus_on("reference").await?;
        counter.presses(Key::F5).await?;
        counter.focus_on("tendered").await?;
        counter.presses(Key::Enter).await?;
        counter.sees("#receipt-number").await?;
        place(counter, "501234566", "50", "first").await?;
        place(counter, "BJ12345673", "", "second").await?;
        counter.presses(Key::F9).await?;
        demo::tab_to(counter, "menu-suspense").await?;
        counter.presses(Key::Enter).await?;
        counter.sees("[data-dialog='suspense'] #find-text").await?;
        counter.until("document.querySelector('[data-dialog=suspense]').innerText.includes('Nothing is in suspense')").await?;
        counter.clean("nothing-left").await
    })
    .await
}

/// Places so much of the first item; nothing typed is the rest.
async fn place(counter: &Counter, reference: &str, amount: &str, picture: &str) -> Result<(), Failure> {
    counter.presses(Key::F9).await?;
    demo::tab_to(counter, "menu-suspense").await?;
    counter.presses(Key::Enter).await?;
    counter.sees("#hit-0").await?;
    counter.clean(&format!("{picture}-list")).await?;
    counter.presses(Key::Enter).await?;
    counter.focus_on("part-0").await?;
    if !amount.is_empty() {
        counter.types(amount).await?;
    }
    demo::tab_to(counter, "to-reference").await?;
    counter.types(reference).await?;
    counter.presses(Key::Enter).await?;
    counter.focus_on("to-narrative").await?;
    for_the_first_reason(counter).await?;
    approves(counter, JO).await?;
    counter.focus_on("corrected-close").await?;
    counter.clean(&format!("{picture}-placed")).await?;
    counter.presses(Key::Escape).await?;
    counter.focus_on("find-text").await?;
    counter.presses(Key::Escape).await?;
    counter.no_dialog().await
}

#[tokio::test]
async fn a_stop_is_overridden_by_two_people_and_a_payment_of_today_is_said() -> Result<(), Failure> {
    journey("two-people", async |counter| {
        demo::open_session(counter, false).await?;
        counter.scans("12345678914").await?;
        counter.focus_on("amount").await?;
        counter.selects_all().await?;
        counter.types("10").await?;
        demo::tab_to(counter, "override-stop").await?;
        counter.types(" ").await?;
        counter.presses(Key::Tab).await?;
        counter.focus_on("override-reason").await?;
        counter.presses(Key::Down).await?;
        counter.until("document.getElementById('override-reason').value !== ''").await?;
        counter.clean("override").await?;
        counter.presses(Key::Enter).await?;
        counter.focus_on("reference").await?;
        counter.presses(Key::F5).await?;
        counter.focus_on("tendered").await?;
        counter.presses(Key::Enter).await?;
        approves(counter, JO).await?;
        counter.sees("#receipt-number").await?;
        for amount in ["25", "25"] {
            counter.focus_on("reference").await?;
            demo::add_line(counter, "BJ12345673", amount).await?;
            counter.picture("paid-today").await?;
            counter.presses(Key::F5).await?;
            counter.focus_on("tendered").await?;
            counter.presses(Key::Enter).await?;
            counter.sees("#receipt-number").await?;
        }
        counter.focus_on("reference").await?;
        demo::add_line(counter, "BJ12345673", "25").await?;
        counter.reads("line-0", "already").await?;
        counter.clean("paid-already").await
    })
    .await
}
