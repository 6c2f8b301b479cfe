//! Devices: chosen, tried, and taken back, at the till itself.

use counterfoil_simulators::printer::{Manner, SimulatedPrinter, State};
use counterfoil_tests::demo;
use counterfoil_tests::journey::{demonstration, journey, journey_from};
use counterfoil_tests::window::{Counter, Failure};
use fantoccini::key::Key;
use std::time::Duration;

async fn opens_devices(counter: &Counter) -> Result<(), Failure> {
    counter.presses(Key::F9).await?;
    counter.sees("[data-dialog='till'] #menu-devices").await?;
    demo::tab_to(counter, "menu-devices").await?;
    counter.presses(Key::Enter).await
}

#[tokio::test]
async fn an_administrator_chooses_a_printer_and_goes_back_to_the_one_before() -> Result<(), Failure> {
    let printer = SimulatedPrinter::start(Manner::Answers(State::Ready))?;
    journey_from("devices-printer", demonstration, async |counter, place| {
        demo::sign_in(counter, "90", "9090").await?;
        counter.screen("open-session").await?;
        opens_devices(counter).await?;
        counter.focus_on("printer-kind").await?;
        counter.clean("devices").await?;
        counter.types("On the n").await?;
        demo::tab_to(counter, "printer-address").await?;
        counter.types(&printer.address().to_string()).await?;
        counter.presses(Key::Enter).await?;
        counter.focus_on("keep-printer").await?;
        counter.clean("chosen").await?;
        let settings = std::fs::read_to_string(place.folder.join("data/settings.json"))?;
        assert!(settings.contains("printer_before") && settings.contains("tcp"), "{settings}");
        demo::tab_to(counter, "printer-back").await?;
        counter.presses(Key::Enter).await?;
        counter.reads("said", "used again").await?;
        counter.focus_on("printer-kind").await?;
        let settings = std::fs::read_to_string(place.folder.join("data/settings.json"))?;
        assert!(!settings.contains("printer_before") && settings.contains("screen"), "{settings}");
        assert!(printer.next_job(Duration::ZERO).is_none());
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_cashier_tries_the_scanner_for_which_nothing_is_taken_and_asks_the_terminal_how_it_is() -> Result<(), Failure> {
    journey("devices-scanner", async |counter| {
        demo::open_session(counter, false).await?;
        opens_devices(counter).await?;
        counter.focus_on("try-scan").await?;
        counter.presses(Key::Enter).await?;
        counter.scans("]C0982650123456600018450").await?;
        counter.reads("tried-text", "]C0982650123456600018450").await?;
        counter.reads("tried-symbology", "]C0").await?;
        counter.reads("tried-layout", "Council Tax bill").await?;
        counter.clean("tried").await?;
        demo::tab_to(counter, "terminal-check").await?;
        counter.presses(Key::Enter).await?;
        counter.reads("terminal-says", "simulator").await?;
        counter.presses(Key::Escape).await?;
        counter.focus_on("menu-devices").await?;
        counter.presses(Key::Escape).await?;
        counter.no_dialog().await?;
        counter.until("document.getElementById('reference').value === ''").await
    })
    .await
}
