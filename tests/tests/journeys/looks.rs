//! The looks that people choose: dark, high contrast, large text, and a small window. The main screens are clean in each.

use counterfoil_tests::day::menu;
use counterfoil_tests::demo;
use counterfoil_tests::journey::journey;
use counterfoil_tests::window::{Counter, Failure};
use fantoccini::key::Key;

/// The text as large as it gets, by the keys for it.
async fn enlarges(counter: &Counter) -> Result<(), Failure> {
    for _ in 0..4 {
        counter.chord(&[Key::Control], "+").await?;
    }
    counter.until("document.documentElement.style.fontSize === '200%'").await
}

/// Goes through the menu's colours until it is these.
async fn colours(counter: &Counter, theme: &str) -> Result<(), Failure> {
    menu(counter, "theme").await?;
    for _ in 0..4 {
        if counter.script("return document.documentElement.dataset.theme").await? == theme {
            break;
        }
        counter.presses(Key::Enter).await?;
    }
    counter.until(&format!("document.documentElement.dataset.theme === '{theme}'")).await?;
    counter.clean(&format!("{theme}-menu")).await?;
    counter.presses(Key::Escape).await?;
    counter.no_dialog().await?;
    counter.focus_on("reference").await
}

/// A sale from the empty counter to its receipt, and the lists, each screen looked at.
async fn looks_around(counter: &Counter, look: &str) -> Result<(), Failure> {
    counter.focus_on("reference").await?;
    counter.clean(&format!("{look}-counter")).await?;
    counter.scans("12345678914").await?;
    counter.focus_on("amount").await?;
    counter.clean(&format!("{look}-account-on-stop")).await?;
    counter.presses(Key::Escape).await?;
    counter.focus_on("reference").await?;
    demo::add_line(counter, "BJ12345673", "35").await?;
    counter.clean(&format!("{look}-line")).await?;
    counter.presses(Key::F7).await?;
    counter.focus_on("cheque-amount").await?;
    counter.clean(&format!("{look}-cheque")).await?;
    counter.presses(Key::F5).await?;
    counter.focus_on("tendered").await?;
    counter.types("40").await?;
    counter.reads("change", "5.00").await?;
    counter.clean(&format!("{look}-cash")).await?;
    counter.presses(Key::Enter).await?;
    counter.sees("#receipt-number").await?;
    counter.clean(&format!("{look}-taken")).await?;
    counter.presses(Key::F3).await?;
    counter.until("document.querySelector(\"[data-dialog='receipts'] [role='option']\") !== null").await?;
    counter.clean(&format!("{look}-receipts")).await?;
    counter.presses(Key::Escape).await?;
    counter.no_dialog().await?;
    counter.focus_on("reference").await
}

#[tokio::test]
async fn the_main_screens_are_clean_in_dark_and_in_high_contrast_with_text_twice_as_large() -> Result<(), Failure> {
    journey("looks", async |counter| {
        counter.screen("sign-in").await?;
        counter.focus_on("user-code").await?;
        enlarges(counter).await?;
        counter.clean("large-sign-in").await?;
        demo::open_session(counter, false).await?;
        for theme in ["dark", "contrast"] {
            colours(counter, theme).await?;
            looks_around(counter, theme).await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_main_screens_are_clean_in_the_smallest_window_that_a_counter_has() -> Result<(), Failure> {
    journey("small-window", async |counter| {
        counter.screen("sign-in").await?;
        counter.resizes(1024, 768).await?;
        counter.clean("sign-in").await?;
        demo::open_session(counter, false).await?;
        looks_around(counter, "small").await
    })
    .await
}
