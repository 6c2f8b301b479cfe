//! Ways to pay other than cash.

use counterfoil_tests::demo;
use counterfoil_tests::journey::journey;
use counterfoil_tests::window::{Counter, Failure};
use fantoccini::key::Key;

/// Fills the boxes of a form one after the other, by Enter from each to the next, and gives it with the last Enter.
async fn fills(counter: &Counter, boxes: &[(&str, &str)]) -> Result<(), Failure> {
    for (id, text) in boxes {
        counter.focus_on(id).await?;
        counter.types(text).await?;
        counter.presses(Key::Enter).await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_payment_keyed_from_the_card_terminal_s_slip_is_taken() -> Result<(), Failure> {
    journey("card", async |counter| {
        demo::open_session(counter, false).await?;
        demo::add_line(counter, "BJ12345673", "35").await?;
        counter.chord(&[Key::Shift], &char::from(Key::F6).to_string()).await?;
        counter.focus_on("card-amount").await?;
        counter.clean("card").await?;
        // Enter goes on to the first box that is empty: what is due stands in the first already.
        counter.presses(Key::Enter).await?;
        fills(
            counter,
            &[("card-amount-again", "53"), ("card-authorisation", "123456"), ("card-last-four", "4242"), ("card-terminal", "1")],
        )
        .await?;
        counter.reads("problem", "The two amounts differ.").await?;
        counter.clean("amounts-differ").await?;
        demo::tab_to(counter, "card-amount-again").await?;
        counter.selects_all().await?;
        counter.types("35").await?;
        counter.presses(Key::Enter).await?;
        counter.sees("#receipt-number").await?;
        counter.reads("change", "0.00").await?;
        // The slip's details are on the receipt, which comes out after the payment is taken.
        counter.reads("paper", "4242").await?;
        counter.reads("paper", "123456").await?;
        counter.clean("taken").await?;
        // A counter has one terminal: its number needn't be typed again.
        demo::add_line(counter, "BJ12345673", "10").await?;
        counter.chord(&[Key::Shift], &char::from(Key::F6).to_string()).await?;
        counter.focus_on("card-amount").await?;
        counter.until("document.getElementById('card-terminal').value === '1'").await
    })
    .await
}

#[tokio::test]
async fn a_postal_order_and_the_rest_in_cash_are_taken() -> Result<(), Failure> {
    journey("postal-order", async |counter| {
        demo::open_session(counter, false).await?;
        demo::add_line(counter, "BJ12345673", "35").await?;
        counter.presses(Key::F8).await?;
        counter.focus_on("postal-order-amount").await?;
        counter.clean("postal-order").await?;
        counter.selects_all().await?;
        fills(counter, &[("postal-order-amount", "25"), ("postal-order-number", "AB1234567")]).await?;
        counter.reads("due", "10.00").await?;
        counter.focus_on("tendered").await?;
        counter.clean("rest").await?;
        counter.types("20").await?;
        counter.reads("change", "10.00").await?;
        counter.presses(Key::Enter).await?;
        counter.sees("#receipt-number").await?;
        counter.reads("paper", "AB1234567").await?;
        counter.clean("taken").await
    })
    .await
}

#[tokio::test]
async fn a_postal_order_that_is_not_right_is_answered_beside_its_box() -> Result<(), Failure> {
    journey("postal-order-refused", async |counter| {
        demo::open_session(counter, false).await?;
        demo::add_line(counter, "FP1234567A", "300").await?;
        counter.presses(Key::F8).await?;
        counter.focus_on("postal-order-amount").await?;
        counter.presses(Key::Enter).await?;
        fills(counter, &[("postal-order-number", "AB1234567")]).await?;
        counter.reads("problem", "The most that can be paid this way is £250.00.").await?;
        counter.focus_on("postal-order-amount").await?;
        counter.clean("over-the-most").await
    })
    .await
}

#[tokio::test]
async fn a_cheque_that_is_not_right_is_answered_beside_its_boxes_and_taken_once_it_is() -> Result<(), Failure> {
    journey("cheque", async |counter| {
        demo::open_session(counter, false).await?;
        demo::add_line(counter, "BJ12345673", "35").await?;
        counter.presses(Key::F7).await?;
        counter.focus_on("cheque-amount").await?;
        counter.clean("cheque").await?;
        counter.presses(Key::Escape).await?;
        counter.focus_on("reference").await?;
        demo::pay_by_cheque(counter, "35").await?;
        counter.focus_on("cheque-dated").await?;
        counter.selects_all().await?;
        counter.types("31/02/2020").await?;
        counter.presses(Key::Enter).await?;
        counter.reads("problem", "That isn't a date.").await?;
        counter.focus_on("cheque-dated").await?;
        counter.clean("bad-date").await?;
        counter.presses(Key::Escape).await?;
        counter.focus_on("reference").await?;
        demo::pay_by_cheque(counter, "35").await?;
        counter.presses(Key::Enter).await?;
        counter.sees("#receipt-number").await?;
        counter.reads("paper", "000123").await
    })
    .await
}
