//! The counter through its real window, by keys alone. Each screen visited is shown to axe, and kept as a picture.

#![allow(clippy::expect_used, clippy::panic, reason = "a test's helpers fail the test")]

use counterfoil_tests::window::{Counter, Failure};
use counterfoil_tests::{demo, program};
use fantoccini::key::Key;
use serde_json::json;
use std::path::Path;

/// A till of the demonstration council with its few hundred account holders, in a window of its own.
async fn counter(name: &str, folder: &Path) -> Counter {
    let data = folder.join("data");
    let till = counterfoil_testkit::till::open(&data, false).expect("till");
    till.call("start.try_demonstration", json!({})).expect("the demonstration council");
    drop(till);
    window(name, &data).await
}

/// A window of its own on a data folder as it is.
async fn window(name: &str, data: &Path) -> Counter {
    let pictures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../out/screenshots").join(name);
    let _ = std::fs::remove_dir_all(&pictures);
    Counter::open(&program("COUNTERFOIL_PROGRAM", "counterfoil"), data, &pictures).await.expect("the window")
}

/// Runs a journey at a till of the demonstration council.
async fn journey(name: &str, steps: impl AsyncFnOnce(&Counter) -> Result<(), Failure>) {
    let folder = tempfile::tempdir().expect("folder");
    in_window(counter(name, folder.path()).await, steps).await;
}

/// Takes the steps and closes the window whatever came of them; where they failed, a picture is kept.
async fn in_window(counter: Counter, steps: impl AsyncFnOnce(&Counter) -> Result<(), Failure>) {
    let outcome = steps(&counter).await;
    if outcome.is_err() {
        counter.picture("where-it-stopped").await.expect("picture");
    }
    counter.close().await.expect("closed");
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

/// axe finds nothing, and a picture is kept.
async fn clean(counter: &Counter, name: &str) -> Result<(), Failure> {
    counter.picture(name).await?;
    let found = counter.axe().await?;
    if found.is_empty() { Ok(()) } else { Err(format!("axe on {name}: {}", found.join("; ")).into()) }
}

#[tokio::test]
async fn the_demonstration_journey() {
    journey("demonstration", async |counter| {
        let numbers = demo::perform(counter).await?;
        assert_eq!(numbers.len(), 2);
        assert!(numbers[0].len() <= 30 && numbers[0] != numbers[1]);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn from_scan_to_receipt_in_four_key_presses() {
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
    .await;
}

#[tokio::test]
async fn axe_finds_nothing_on_any_screen() {
    journey("axe", async |counter| {
        counter.screen("sign-in").await?;
        clean(counter, "sign-in").await?;
        counter.types("12").await?;
        counter.presses(Key::Tab).await?;
        counter.types("0000").await?;
        counter.presses(Key::Enter).await?;
        counter.sees("[role='alert']").await?;
        clean(counter, "wrong-pin").await?;
        counter.types("1212").await?;
        counter.presses(Key::Enter).await?;
        counter.screen("open-session").await?;
        clean(counter, "open-session").await?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn axe_finds_nothing_on_the_counter_in_any_state() {
    journey("axe-counter", async |counter| {
        demo::open_session(counter, false).await?;
        clean(counter, "counter").await?;
        counter.scans("501234566").await?;
        counter.focus_on("amount").await?;
        clean(counter, "account").await?;
        counter.presses(Key::Enter).await?;
        counter.focus_on("reference").await?;
        clean(counter, "line").await?;
        counter.presses(Key::F5).await?;
        counter.focus_on("tendered").await?;
        clean(counter, "paying").await?;
        counter.presses(Key::Enter).await?;
        counter.sees("#receipt-number").await?;
        clean(counter, "taken").await?;
        for (key, dialog) in [(Key::F1, "keys"), (Key::F2, "find"), (Key::F3, "receipts"), (Key::F4, "parked"), (Key::F9, "till")] {
            counter.presses(key).await?;
            counter.sees(&format!("[data-dialog='{dialog}']")).await?;
            clean(counter, dialog).await?;
            counter.presses(Key::Escape).await?;
            counter.until("document.querySelector('[data-dialog]') === null").await?;
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_taken_is_answered_in_words_beside_its_field() {
    journey("refusals", async |counter| {
        demo::open_session(counter, false).await?;
        counter.scans("50123?567").await?;
        counter.sees("#problem").await?;
        let words = counter.text("problem").await?;
        assert!(!words.contains('#') && !words.contains("digit"), "the expected form is shown: {words}");
        clean(counter, "bad-reference").await?;
        counter.presses(Key::Escape).await?;
        counter.scans("BJ12345673").await?;
        counter.focus_on("amount").await?;
        counter.types("-5").await?;
        counter.presses(Key::Enter).await?;
        counter.sees("[role='alert']").await?;
        clean(counter, "bad-amount").await?;
        counter.presses(Key::Escape).await?;
        counter.until("document.activeElement?.id === 'reference'").await?;
        // Housing Rents with a message against cheques.
        demo::add_line(counter, "12345678902", "10").await?;
        demo::pay_by_cheque(counter, "10").await?;
        counter.presses(Key::Enter).await?;
        counter.reads("problem", "cheque").await?;
        clean(counter, "no-cheques").await
    })
    .await;
}

#[tokio::test]
async fn five_wrong_pins_lock_the_user() {
    journey("five-wrong-pins", async |counter| {
        counter.screen("sign-in").await?;
        counter.types("14").await?;
        counter.presses(Key::Tab).await?;
        let mut said = String::new();
        for _ in 0..5 {
            counter.until("document.activeElement?.id === 'secret' && document.activeElement.value === ''").await?;
            counter.types("9999").await?;
            counter.presses(Key::Enter).await?;
            counter.until("document.getElementById('secret')?.value === ''").await?;
            counter.sees("[role='alert']").await?;
            said = counter.script("return document.querySelector(\"[role='alert']\")?.textContent ?? ''").await?.to_string();
        }
        counter.types("1414").await?;
        counter.presses(Key::Enter).await?;
        counter.until("document.getElementById('secret')?.value === ''").await?;
        counter.screen("sign-in").await?;
        assert!(!said.is_empty());
        clean(counter, "locked-out").await
    })
    .await;
}

#[tokio::test]
async fn a_parked_basket_is_taken_up_again_and_paid() {
    journey("park", async |counter| {
        demo::open_session(counter, false).await?;
        demo::add_line(counter, "BJ12345673", "35").await?;
        counter.presses(Key::F4).await?;
        counter.focus_on("park-label").await?;
        counter.types("blue coat").await?;
        clean(counter, "park").await?;
        counter.presses(Key::Enter).await?;
        counter.until("document.querySelector('[data-dialog]') === null").await?;
        counter.reads("total", "0.00").await?;
        counter.presses(Key::F4).await?;
        counter.focus_on("parked-0").await?;
        clean(counter, "parked").await?;
        counter.presses(Key::Enter).await?;
        counter.reads("total", "35.00").await?;
        counter.focus_on("reference").await?;
        counter.presses(Key::Enter).await?;
        counter.focus_on("tendered").await?;
        counter.presses(Key::Enter).await?;
        counter.sees("#receipt-number").await
    })
    .await;
}

#[tokio::test]
async fn a_receipt_printed_again_says_copy() {
    journey("reprint", async |counter| {
        demo::open_session(counter, false).await?;
        demo::add_line(counter, "BJ12345673", "35").await?;
        counter.presses(Key::F5).await?;
        counter.focus_on("tendered").await?;
        counter.presses(Key::Enter).await?;
        let number = counter.text("receipt-number").await?;
        counter.presses(Key::F3).await?;
        counter.focus_on("find-text").await?;
        counter.types(&number).await?;
        counter.until("document.querySelectorAll(\"[data-dialog='receipts'] [role='option']\").length === 1").await?;
        counter.presses(Key::Enter).await?;
        counter.focus_on("reprint").await?;
        clean(counter, "receipt").await?;
        counter.types("r").await?;
        counter.presses(Key::Escape).await?;
        counter.presses(Key::Escape).await?;
        counter.until("(document.getElementById('paper')?.textContent ?? '').includes('COPY')").await?;
        clean(counter, "copy").await
    })
    .await;
}

#[tokio::test]
async fn a_till_whose_data_is_damaged_says_where_it_is_and_what_to_do() {
    let folder = tempfile::tempdir().expect("folder");
    std::fs::write(folder.path().join("till.db"), b"this was once a store ".repeat(200)).expect("written");
    in_window(window("damaged", folder.path()).await, async |counter| {
        counter.screen("trouble").await?;
        counter.reads("advice", "till.db").await?;
        counter.reads("advice", "set-aside").await?;
        clean(counter, "damaged").await
    })
    .await;
}
