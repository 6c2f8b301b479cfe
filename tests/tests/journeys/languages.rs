//! English and Welsh.

use counterfoil_tests::demo;
use counterfoil_tests::journey::journey;
use counterfoil_tests::window::Failure;
use fantoccini::key::Key;

#[tokio::test]
async fn a_payment_is_taken_in_welsh_and_its_receipt_is_in_welsh() -> Result<(), Failure> {
    journey("welsh", async |counter| {
        demo::open_session(counter, false).await?;
        counter.chord(&[Key::Control, Key::Shift], "l").await?;
        counter.until("document.documentElement.lang === 'cy'").await?;
        counter.focus_on("reference").await?;
        counter.clean("counter").await?;
        counter.scans("501234566").await?;
        counter.focus_on("amount").await?;
        counter.reads("account", "Treth Gyngor").await?;
        counter.clean("account").await?;
        counter.presses(Key::Enter).await?;
        counter.focus_on("reference").await?;
        counter.presses(Key::F5).await?;
        counter.focus_on("tendered").await?;
        counter.clean("paying").await?;
        counter.types("2000").await?;
        counter.reads("change", "795.50").await?;
        counter.presses(Key::Enter).await?;
        counter.sees("#receipt-number").await?;
        counter.reads("paper", "Cyfanswm").await?;
        let paper = counter.text("paper").await?;
        assert!(paper.contains("Treth Gyngor") && paper.contains("Newid") && !paper.contains("Council Tax"), "a receipt in Welsh: {paper}");
        counter.clean("taken").await
    })
    .await
}

#[tokio::test]
async fn another_language_in_the_middle_of_a_sale_keeps_what_was_typed() -> Result<(), Failure> {
    journey("welsh-and-back", async |counter| {
        demo::open_session(counter, false).await?;
        demo::add_line(counter, "BJ12345673", "35").await?;
        counter.chord(&[Key::Control, Key::Shift], "l").await?;
        counter.until("document.documentElement.lang === 'cy'").await?;
        counter.scans("FP1234567A").await?;
        counter.focus_on("amount").await?;
        counter.types("12.5").await?;
        demo::tab_to(counter, "narrative").await?;
        counter.types("ail lythyr").await?;
        counter.reads("account", "Hysbysiad cosb benodedig").await?;
        counter.chord(&[Key::Control, Key::Shift], "l").await?;
        counter.until("document.documentElement.lang === 'en-GB'").await?;
        counter.reads("account", "Fixed Penalty Notice").await?;
        counter.focus_on("narrative").await?;
        counter
            .until("document.getElementById('amount').value === '12.5' && document.getElementById('narrative').value === 'ail lythyr'")
            .await?;
        counter.clean("back-in-english").await?;
        counter.presses(Key::Enter).await?;
        counter.reads("total", "47.50").await?;
        counter.reads("line-0", "Parking Fines").await?;
        counter.focus_on("reference").await
    })
    .await
}

#[tokio::test]
async fn whoever_has_welsh_as_their_language_is_spoken_to_in_it_and_nobody_after_them() -> Result<(), Failure> {
    journey("welsh-cashier", async |counter| {
        demo::sign_in(counter, "14", "1414").await?;
        counter.screen("open-session").await?;
        counter.until("document.documentElement.lang === 'cy'").await?;
        counter.clean("open-session").await?;
        demo::tab_to(counter, "sign-out").await?;
        counter.presses(Key::Enter).await?;
        counter.screen("sign-in").await?;
        counter.until("document.documentElement.lang === 'en-GB'").await
    })
    .await
}
