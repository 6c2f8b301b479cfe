//! The counter itself: its states, its dialogs, parking, receipts.

use counterfoil_tests::demo;
use counterfoil_tests::journey::journey;
use counterfoil_tests::window::Failure;
use fantoccini::key::Key;

#[tokio::test]
async fn the_demonstration_journey() -> Result<(), Failure> {
    journey("demonstration", async |counter| {
        let numbers = demo::perform(counter).await?;
        assert_eq!(numbers.len(), 2);
        assert!(numbers[0].len() <= 30 && numbers[0] != numbers[1]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn from_scan_to_receipt_in_four_key_presses() -> Result<(), Failure> {
    journey("four-keys", async |counter| {
        demo::open_session(counter, false).await?;
        counter.counted_keys();
        counter.scans("501234566").await?;
        counter.focus_on("amount").await?;
        counter.presses(Key::Enter).await?;
        counter.focus_on("reference").await?;
        counter.presses(Key::Enter).await?;
        counter.focus_on("tendered").await?;
        counter.presses(Key::Enter).await?;
        counter.sees("#receipt-number").await?;
        assert_eq!(counter.counted_keys(), 4);
        counter.reads("change", "0.00").await
    })
    .await
}

#[tokio::test]
async fn axe_finds_nothing_on_the_counter_in_any_state() -> Result<(), Failure> {
    journey("axe-counter", async |counter| {
        demo::open_session(counter, false).await?;
        counter.clean("counter").await?;
        counter.scans("501234566").await?;
        counter.focus_on("amount").await?;
        counter.clean("account").await?;
        counter.presses(Key::Enter).await?;
        counter.focus_on("reference").await?;
        counter.clean("line").await?;
        counter.presses(Key::F5).await?;
        counter.focus_on("tendered").await?;
        counter.clean("paying").await?;
        counter.presses(Key::Enter).await?;
        counter.sees("#receipt-number").await?;
        counter.clean("taken").await?;
        for (key, dialog) in [(Key::F1, "keys"), (Key::F2, "find"), (Key::F3, "receipts"), (Key::F4, "parked"), (Key::F9, "till")] {
            counter.presses(key).await?;
            counter.sees(&format!("[data-dialog='{dialog}']")).await?;
            counter.clean(dialog).await?;
            counter.presses(Key::Escape).await?;
            counter.no_dialog().await?;
            counter.focus_on("reference").await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_dialog_that_closes_goes_back_to_where_the_work_was() -> Result<(), Failure> {
    journey("dialogs", async |counter| {
        demo::open_session(counter, false).await?;
        demo::add_line(counter, "BJ12345673", "35").await?;
        counter.presses(Key::F8).await?;
        counter.focus_on("postal-order-amount").await?;
        for key in [Key::F1, Key::F3, Key::F9, Key::F10] {
            counter.presses(key).await?;
            counter.sees("[data-dialog]").await?;
            counter.presses(Key::Escape).await?;
            counter.no_dialog().await?;
            counter.focus_on("postal-order-amount").await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn who_pays_is_asked_beside_the_line_where_the_fund_wants_it_and_is_printed_with_it() -> Result<(), Failure> {
    journey("payer", async |counter| {
        demo::open_session(counter, false).await?;
        counter.scans("ALS/1234/5678").await?;
        counter.focus_on("amount").await?;
        counter.sees("#payer-name").await?;
        counter.types("60").await?;
        counter.presses(Key::Enter).await?;
        counter.focus_on("payer-name").await?;
        counter.clean("name-missing").await?;
        counter.types("Ms A Landlord").await?;
        counter.presses(Key::Enter).await?;
        counter.focus_on("payer-address").await?;
        counter.types("7 Mill Lane, Barnsley").await?;
        counter.clean("payer").await?;
        counter.presses(Key::Enter).await?;
        counter.focus_on("reference").await?;
        // Taken back to be changed, the line has its payer still.
        demo::tab_to(counter, "line-0").await?;
        counter.presses(Key::Enter).await?;
        counter.focus_on("amount").await?;
        counter.until("document.getElementById('payer-address').value === '7 Mill Lane, Barnsley'").await?;
        counter.presses(Key::Enter).await?;
        counter.focus_on("reference").await?;
        counter.presses(Key::Enter).await?;
        counter.focus_on("tendered").await?;
        counter.presses(Key::Enter).await?;
        counter.sees("#receipt-number").await?;
        counter.reads("paper", "Paid by: Ms A Landlord").await?;
        // With the next fund that knows its own account nobody is asked.
        counter.scans("501234566").await?;
        counter.focus_on("amount").await?;
        counter.until("document.getElementById('payer-name') === null").await
    })
    .await
}

#[tokio::test]
async fn a_parked_basket_is_taken_up_again_and_paid() -> Result<(), Failure> {
    journey("park", async |counter| {
        demo::open_session(counter, false).await?;
        demo::add_line(counter, "BJ12345673", "35").await?;
        counter.presses(Key::F4).await?;
        counter.focus_on("park-label").await?;
        counter.types("blue coat").await?;
        counter.clean("park").await?;
        counter.presses(Key::Enter).await?;
        counter.no_dialog().await?;
        counter.reads("total", "0.00").await?;
        counter.focus_on("reference").await?;
        counter.presses(Key::F4).await?;
        counter.focus_on("parked-0").await?;
        counter.clean("parked").await?;
        counter.presses(Key::Enter).await?;
        counter.reads("total", "35.00").await?;
        counter.focus_on("reference").await?;
        counter.presses(Key::Enter).await?;
        counter.focus_on("tendered").await?;
        counter.presses(Key::Enter).await?;
        counter.sees("#receipt-number").await
    })
    .await
}

#[tokio::test]
async fn a_receipt_that_is_scanned_into_the_list_is_the_one_shown_and_printed_again_says_copy() -> Result<(), Failure> {
    journey("reprint", async |counter| {
        demo::open_session(counter, false).await?;
        let mut first = String::new();
        for amount in ["35", "70"] {
            demo::add_line(counter, "BJ12345673", amount).await?;
            counter.presses(Key::F5).await?;
            counter.focus_on("tendered").await?;
            counter.presses(Key::Enter).await?;
            counter.sees("#receipt-number").await?;
            if first.is_empty() {
                first = counter.text("receipt-number").await?;
            }
        }
        counter.presses(Key::F3).await?;
        counter.focus_on("find-text").await?;
        counter.until("document.querySelectorAll(\"[data-dialog='receipts'] [role='option']\").length === 2").await?;
        counter.clean("receipts").await?;
        // No wait between number and Enter: a scanner doesn't wait either.
        counter.scans(&first).await?;
        counter.focus_on("reprint").await?;
        counter.reads("shown-number", &first).await?;
        counter.clean("receipt").await?;
        counter.types("r").await?;
        counter.until("(document.getElementById('paper')?.textContent ?? '').includes('COPY')").await?;
        counter.presses(Key::Escape).await?;
        counter.focus_on("find-text").await?;
        counter.presses(Key::Escape).await?;
        counter.no_dialog().await?;
        counter.clean("copy").await
    })
    .await
}
