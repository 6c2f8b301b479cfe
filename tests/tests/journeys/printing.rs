//! The printer runs out of paper and has paper again: what didn't come out comes out at one key, there, on the other printer, or as PDF.

use counterfoil_simulators::escpos_reader::read;
use counterfoil_simulators::printer::{Manner, SimulatedPrinter, State};
use counterfoil_tests::day::takes_cash;
use counterfoil_tests::demo;
use counterfoil_tests::journey::{demonstration, journey_from};
use counterfoil_tests::window::{Counter, Failure};
use fantoccini::key::Key;
use serde_json::{Value, json};
use std::path::Path;
use std::time::Duration;

/// How long a printer is waited for.
const PATIENCE: Duration = Duration::from_secs(30);

const READY: Manner = Manner::Answers(State::Ready);
const PAPER_OUT: Manner = Manner::Answers(State::PaperOut);

/// Whatever is said of a slip from now on, also for a moment.
const KEEPS_WHAT_IS_SAID: &str = "window.said = []; const said = document.getElementById('slip-said');
new MutationObserver(() => window.said.push(said.textContent)).observe(said, { characterData: true, childList: true, subtree: true });";

/// The till's printer, and the neighbour's.
struct Printers {
    own: SimulatedPrinter,
    other: SimulatedPrinter,
}

fn two_printers(data: &Path) -> Result<Printers, Failure> {
    demonstration(data)?;
    let printers = Printers { own: SimulatedPrinter::start(READY)?, other: SimulatedPrinter::start(READY)? };
    let at = |printer: &SimulatedPrinter| json!({ "kind": "tcp", "host": printer.address().ip(), "port": printer.address().port() });
    let settings: Value = json!({
        "printer": at(&printers.own), "profile": { "model": "tm-t88", "slip_columns": 45 },
        "other_printer": at(&printers.other), "other_profile": { "model": "generic-58mm" },
    });
    std::fs::write(data.join("settings.json"), settings.to_string())?;
    Ok(printers)
}

/// The next receipt that a printer put out: its text.
fn next(printer: &SimulatedPrinter) -> Result<String, Failure> {
    Ok(read(&printer.next_job(PATIENCE).ok_or("nothing came out")?)?.text())
}

/// A payment is taken while there is no paper, and the status line says what to do.
async fn takes_without_paper(counter: &Counter, printers: &Printers, amount: &str) -> Result<(), Failure> {
    printers.own.set_manner(PAPER_OUT);
    takes_cash(counter, amount).await?;
    counter.reads("status-line", "out of paper").await?;
    counter.until("document.querySelector('footer.keys').textContent.includes('F11')").await
}

/// Nothing waits any more, and the printer is well.
async fn all_is_out(counter: &Counter) -> Result<(), Failure> {
    counter.until("!document.getElementById('status-line').textContent.includes('out of paper')").await
}

async fn press_f11(counter: &Counter, held: &[Key]) -> Result<(), Failure> {
    counter.chord(held, &char::from(Key::F11).to_string()).await
}

#[tokio::test]
async fn paper_runs_out_and_comes_back_and_every_receipt_comes_out_once_at_one_key() -> Result<(), Failure> {
    journey_from("paper-out", two_printers, async |counter, place| {
        let printers = place.kept;
        demo::open_session(counter, false).await?;
        takes_cash(counter, "35").await?;
        assert!(next(&printers.own)?.contains("£35.00"));
        takes_without_paper(counter, &printers, "40").await?;
        counter.clean("paper-out").await?;
        // The counter goes on meanwhile.
        takes_cash(counter, "45").await?;
        printers.own.set_manner(READY);
        press_f11(counter, &[]).await?;
        for amount in ["£40.00", "£45.00"] {
            let text = next(&printers.own)?;
            assert!(text.contains(amount) && !text.contains("COPY"), "{text}");
        }
        all_is_out(counter).await?;
        counter.clean("paper-back").await?;
        assert!(printers.own.next_job(Duration::ZERO).is_none());
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_receipt_that_waits_comes_out_of_the_other_printer_or_as_pdf_and_then_not_again() -> Result<(), Failure> {
    journey_from("print-elsewhere", two_printers, async |counter, place| {
        let printers = place.kept;
        demo::open_session(counter, false).await?;
        takes_without_paper(counter, &printers, "35").await?;
        press_f11(counter, &[Key::Shift]).await?;
        assert!(next(&printers.other)?.contains("£35.00"));
        takes_without_paper(counter, &printers, "40").await?;
        press_f11(counter, &[Key::Control]).await?;
        let receipts = place.folder.join("data/receipts");
        counter.until("!document.querySelector('footer.keys').textContent.includes('F11')").await?;
        assert_eq!(std::fs::read_dir(&receipts)?.count(), 1);
        counter.clean("elsewhere").await?;
        printers.own.set_manner(READY);
        takes_cash(counter, "45").await?;
        assert!(next(&printers.own)?.contains("£45.00"));
        all_is_out(counter).await
    })
    .await
}

#[tokio::test]
async fn a_cheque_is_endorsed_once_it_lies_in_the_printer_and_the_counter_goes_on_without_it_at_one_key() -> Result<(), Failure> {
    journey_from("slip", two_printers, async |counter, place| {
        let printers = place.kept;
        demo::open_session(counter, false).await?;
        demo::add_line(counter, "FP1234567A", "60").await?;
        demo::pay_by_cheque(counter, "60").await?;
        counter.presses(Key::Enter).await?;
        counter.sees("#receipt-number").await?;
        counter.focus_on("reference").await?;
        assert!(next(&printers.own)?.contains("£60.00"));
        counter.reads("to-slip", "Endorse the cheque").await?;
        counter.chord(&[Key::Alt], "p").await?;
        counter.focus_on("slip-cheque-0").await?;
        counter.clean("slip").await?;
        counter.presses(Key::Enter).await?;
        counter.reads("slip-problem", "No slip is in the printer").await?;
        counter.clean("slip-missing").await?;
        printers.own.put_slip();
        counter.presses(Key::Enter).await?;
        counter.reads("slip-said", "Printed").await?;
        let back = next(&printers.own)?;
        assert!(back.contains("Barnsley") && back.contains("£60.00") && !back.contains("COPY"), "{back}");
        counter.clean("endorsed").await?;
        counter.presses(Key::Escape).await?;
        counter.no_dialog().await?;
        counter.focus_on("reference").await?;
        // From the list of receipts too, on the bill this time.
        counter.presses(Key::F10).await?;
        counter.focus_on("reprint").await?;
        counter.types("p").await?;
        counter.focus_on("slip-cheque-0").await?;
        demo::tab_to(counter, "slip-line-0").await?;
        // Not for a moment is it said to be printed because the slip before it was.
        counter.script(KEEPS_WHAT_IS_SAID).await?;
        counter.presses(Key::Enter).await?;
        counter.reads("slip-problem", "No slip is in the printer").await?;
        let said = counter.script("return window.said.join()").await?.to_string();
        assert!(said.contains("Printing") && !said.contains("Printed"), "{said}");
        printers.own.put_slip();
        counter.presses(Key::Enter).await?;
        counter.reads("slip-said", "Printed: Line on the bill").await?;
        assert!(next(&printers.own)?.contains("FP1234567A"));
        Ok(())
    })
    .await
}
