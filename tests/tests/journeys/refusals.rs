//! What can't be taken, and how it is said.

use counterfoil_tests::demo;
use counterfoil_tests::journey::journey;
use counterfoil_tests::window::{Counter, Failure};
use fantoccini::key::Key;

/// A reference is scanned and its amount typed and entered.
async fn tries(counter: &Counter, reference: &str, amount: &str) -> Result<(), Failure> {
    counter.focus_on("reference").await?;
    counter.scans(reference).await?;
    counter.focus_on("amount").await?;
    counter.selects_all().await?;
    counter.types(amount).await?;
    counter.presses(Key::Enter).await
}

/// Escape from a line that was begun, back to an empty reference box.
async fn leaves_the_line(counter: &Counter) -> Result<(), Failure> {
    counter.presses(Key::Escape).await?;
    counter.until("document.activeElement?.id === 'reference' && document.activeElement.value === ''").await
}

#[tokio::test]
async fn what_cannot_be_taken_is_answered_in_words_beside_its_field() -> Result<(), Failure> {
    journey("refusals", async |counter| {
        demo::open_session(counter, false).await?;
        counter.scans("50123?567").await?;
        counter.sees("#problem").await?;
        let words = counter.text("problem").await?;
        assert!(!words.contains('#') && !words.contains("digit"), "the expected form is shown: {words}");
        counter.clean("bad-reference").await?;
        leaves_the_line(counter).await?;
        tries(counter, "BJ12345673", "-5").await?;
        counter.sees("[role='alert']").await?;
        counter.clean("bad-amount").await?;
        leaves_the_line(counter).await?;
        // Housing Rents with a message against cheques.
        demo::add_line(counter, "12345678902", "10").await?;
        demo::pay_by_cheque(counter, "10").await?;
        counter.presses(Key::Enter).await?;
        counter.reads("problem", "cheque").await?;
        counter.clean("no-cheques").await
    })
    .await
}

#[tokio::test]
async fn an_amount_over_the_fund_s_maximum_is_refused_beside_it_and_stays_typed() -> Result<(), Failure> {
    journey("fund-maximum", async |counter| {
        demo::open_session(counter, false).await?;
        tries(counter, "FP1234567A", "500.01").await?;
        counter.reads("problem", "The most that can be paid here in one line is £500.00.").await?;
        counter.focus_on("amount").await?;
        counter
            .until("document.activeElement.value === '500.01' && document.activeElement.getAttribute('aria-describedby') === 'problem'")
            .await?;
        counter.clean("over-the-maximum").await?;
        counter.types("500").await?;
        counter.until("document.querySelector('#problem') === null").await?;
        counter.presses(Key::Enter).await?;
        counter.reads("total", "500.00").await
    })
    .await
}

#[tokio::test]
async fn a_cashier_alone_can_take_nothing_for_an_account_on_stop() -> Result<(), Failure> {
    journey("stopped", async |counter| {
        demo::open_session(counter, false).await?;
        counter.scans("12345678914").await?;
        counter.focus_on("amount").await?;
        counter.reads("account", "No payments. Squatter").await?;
        counter.clean("message").await?;
        leaves_the_line(counter).await?;
        tries(counter, "12345678914", "10").await?;
        counter.reads("problem", "No payment can be taken on this account. Read the message and refer the customer.").await?;
        counter.reads("total", "0.00").await?;
        counter.clean("refused").await?;
        // It is still there once the look at what is typed, which comes a moment after the last key, would have come.
        counter.reads("problem", "No payment can be taken on this account.").await
    })
    .await
}

#[tokio::test]
async fn a_message_for_information_is_shown_and_stops_nothing() -> Result<(), Failure> {
    journey("information", async |counter| {
        demo::open_session(counter, false).await?;
        counter.scans("12345678926").await?;
        counter.focus_on("amount").await?;
        counter.reads("account", "Accept Payment - Refer for Int").await?;
        assert!(!counter.text("account").await?.contains("No payments"), "nothing is stopped");
        counter.clean("message").await?;
        leaves_the_line(counter).await?;
        demo::add_line(counter, "12345678926", "10").await?;
        counter.reads("total", "10.00").await?;
        counter.presses(Key::F5).await?;
        counter.focus_on("tendered").await?;
        counter.presses(Key::Enter).await?;
        counter.sees("#receipt-number").await
    })
    .await
}
