//! Scanning: wherever the focus is, over a wire, barcodes that could mean two things, and questions that come first.

use counterfoil_simulators::serial_scanner::SerialScannerWire;
use counterfoil_tests::demo;
use counterfoil_tests::journey::{demonstration, journey, journey_from};
use counterfoil_tests::window::{Counter, Failure};
use fantoccini::key::Key;
use serde_json::json;
use std::path::Path;

/// Council Tax account 501234566, £184.50; the rent account 12345678902, £91.20.
const BILL: &str = "982650123456600018450";
const RENT_CARD: &str = "98271234567890200009120";

/// A till of the demonstration council with a scanner of its own.
fn with_scanner(data: &Path, scanner: &serde_json::Value) -> Result<(), Failure> {
    demonstration(data)?;
    let file = data.join("settings.json");
    let mut settings: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&file)?)?;
    settings["scanner"] = scanner.clone();
    Ok(std::fs::write(file, settings.to_string())?)
}

/// A scanner that types `~` before a barcode and `#` after it: known by these however busy the machine is.
fn with_signs(data: &Path) -> Result<(), Failure> {
    with_scanner(data, &json!({ "kind": "keyboard", "prefix": "~", "suffix": "#" }))
}

async fn pays_exactly(counter: &Counter) -> Result<(), Failure> {
    counter.focus_on("reference").await?;
    counter.presses(Key::Enter).await?;
    counter.focus_on("tendered").await?;
    counter.presses(Key::Enter).await?;
    counter.sees("#receipt-number").await
}

#[tokio::test]
async fn from_scan_to_receipt_with_a_scanner_that_types() -> Result<(), Failure> {
    journey("scan-to-receipt", async |counter| {
        demo::open_session(counter, false).await?;
        counter.scans(BILL).await?;
        counter.focus_on("amount").await?;
        counter.until("document.getElementById('amount').value === '184.50'").await?;
        counter.clean("scanned").await?;
        counter.presses(Key::Enter).await?;
        pays_exactly(counter).await?;
        counter.reads("paper", "501234566").await?;
        counter.reads("paper", "184.50").await
    })
    .await
}

#[tokio::test]
async fn a_scan_is_a_scan_wherever_the_focus_is_and_what_was_typed_there_stays() -> Result<(), Failure> {
    journey_from("scan-elsewhere", with_signs, async |counter, _| {
        demo::open_session(counter, false).await?;
        counter.scans(&format!("~{BILL}#")).await?;
        counter.focus_on("amount").await?;
        // The next bill, scanned in the box for money: the line goes into the basket as it was proposed.
        counter.scans(&format!("~{RENT_CARD}#")).await?;
        counter.reads("line-0", "501234566").await?;
        counter.until("document.getElementById('amount').value === '91.20'").await?;
        // The same card read twice is one line still.
        counter.scans(&format!("~{RENT_CARD}#")).await?;
        counter.until("document.getElementById('amount').value === '91.20'").await?;
        // An amount that was changed is somebody's: nothing is made of it behind their back.
        counter.selects_all().await?;
        counter.types("50").await?;
        counter.scans("~BJ12345673#").await?;
        counter.reads("scan-refused", "Finish this line first").await?;
        counter.until("document.getElementById('amount').value === '50'").await?;
        counter.clean("line-first").await?;
        counter.presses(Key::Enter).await?;
        counter.focus_on("reference").await?;
        counter.until("document.querySelectorAll('#basket .line').length === 2 && !document.getElementById('scan-refused')").await?;
        // On a line of the basket, where no box has the focus.
        demo::tab_to(counter, "line-0").await?;
        counter.scans("~BJ12345673#").await?;
        counter.focus_on("amount").await?;
        counter.types("35").await?;
        counter.presses(Key::Enter).await?;
        counter.focus_on("reference").await?;
        counter.until("document.querySelectorAll('#basket .line').length === 3").await?;
        // In the box for cash, with nothing typed yet: back to the basket for one more bill.
        counter.presses(Key::F5).await?;
        counter.focus_on("tendered").await?;
        counter.scans("~]C0501234566#").await?;
        counter.focus_on("amount").await?;
        counter.presses(Key::Enter).await?;
        counter.focus_on("reference").await?;
        counter.presses(Key::F5).await?;
        counter.focus_on("tendered").await?;
        counter.types("2000").await?;
        counter.scans(&format!("~{BILL}#")).await?;
        counter.reads("scan-refused", "Finish this payment first").await?;
        counter.until("document.getElementById('tendered').value === '2000'").await?;
        counter.clean("payment-first").await
    })
    .await
}

#[tokio::test]
async fn a_dialog_is_answered_before_a_scan_is_used_and_none_of_its_keys_press_anything() -> Result<(), Failure> {
    journey_from("scan-in-dialog", with_signs, async |counter, _| {
        demo::open_session(counter, false).await?;
        // Its figures would choose from the menu, its Enter press what is chosen.
        counter.presses(Key::F9).await?;
        counter.sees("[data-dialog='till']").await?;
        counter.scans(&format!("~{BILL}#")).await?;
        counter.reads("scan-refused", "Answer this first").await?;
        counter.sees("#menu-last").await?;
        counter.clean("answer-first").await?;
        counter.presses(Key::Escape).await?;
        counter.no_dialog().await?;
        counter.focus_on("reference").await?;
        counter.until("document.getElementById('reference').value === ''").await?;
        // A key that nothing follows chooses as before.
        counter.presses(Key::F9).await?;
        counter.sees("[data-dialog='till']").await?;
        counter.types("1").await?;
        counter.sees("[data-dialog='receipts']").await
    })
    .await
}

#[tokio::test]
async fn an_unknown_barcode_and_a_misread_one_are_told_and_stay_in_the_box() -> Result<(), Failure> {
    journey_from("scan-unknown", with_signs, async |counter, _| {
        demo::open_session(counter, false).await?;
        counter.scans("~https://example.gov.uk/pay?ref=501234566#").await?;
        counter.reads("problem", "Nothing is known by this barcode").await?;
        counter.until("document.getElementById('reference').value.endsWith('ref=501234566')").await?;
        counter.clean("unknown").await?;
        counter.scans("~9828103769511470000060004#").await?;
        counter.reads("problem", "misread").await?;
        counter.scans("~%B4111111111111111^EXAMPLE?#").await?;
        counter.reads("problem", "card").await?;
        counter.until("document.getElementById('reference').value === ''").await?;
        counter.scans("~9828103769511470000060003#").await?;
        counter.focus_on("amount").await?;
        counter.until("document.getElementById('amount').value === '60.00'").await
    })
    .await
}

/// The demonstration's council with a second layout for the same barcodes.
fn with_two_layouts(data: &Path) -> Result<(), Failure> {
    with_signs(data)?;
    let pack = data.with_file_name("pack");
    std::fs::create_dir_all(&pack)?;
    for entry in std::fs::read_dir(counterfoil_testkit::till::demonstration_pack())? {
        let path = entry?.path();
        if let (true, Some(name)) = (path.is_file(), path.file_name()) {
            std::fs::copy(&path, pack.join(name))?;
        }
    }
    let barcodes = std::fs::read_to_string(pack.join("barcodes.toml"))?;
    let second = "[[barcodes]]\nname = \"Planning application\"\nlength = 21\nprefix = \"9826\"\nfund_code = \"32\"
        reference = { start = 4, length = 9 }\namount = { start = 13, length = 8 }\n";
    std::fs::write(pack.join("barcodes.toml"), format!("{barcodes}\n{second}"))?;
    let till = counterfoil_testkit::till::open(data, false)?;
    Ok(counterfoil_till::apply_pack(&till, &pack)?)
}

#[tokio::test]
async fn a_barcode_that_means_two_things_is_asked_about() -> Result<(), Failure> {
    journey_from("scan-ambiguous", with_two_layouts, async |counter, _| {
        demo::open_session(counter, false).await?;
        counter.scans(&format!("~{BILL}#")).await?;
        counter.focus_on("candidate-0").await?;
        counter.reads("candidate-0", "Council Tax bill").await?;
        counter.reads("candidate-1", "Planning application").await?;
        counter.clean("which").await?;
        counter.types("2").await?;
        counter.focus_on("amount").await?;
        counter.until("document.getElementById('amount').value === '184.50'").await?;
        counter.presses(Key::Enter).await?;
        counter.focus_on("reference").await?;
        counter.reads("line-0", "Planning Fees").await
    })
    .await
}

fn with_wire(data: &Path) -> Result<SerialScannerWire, Failure> {
    let folder = data.parent().ok_or("no folder")?;
    with_scanner(data, &json!({ "kind": "serial", "path": SerialScannerWire::port(folder), "baud": 9600 }))?;
    Ok(SerialScannerWire::plugged_in(folder)?)
}

#[tokio::test]
async fn from_scan_to_receipt_with_a_scanner_on_a_wire_that_is_pulled_out_and_put_back() -> Result<(), Failure> {
    journey_from("scan-serial", with_wire, async |counter, place| {
        let mut wire = place.kept;
        demo::open_session(counter, false).await?;
        wire.sends(format!("]C0{BILL}\r\n").as_bytes())?;
        counter.focus_on("amount").await?;
        counter.until("document.getElementById('amount').value === '184.50'").await?;
        drop(wire);
        counter.reads("status-line", "The scanner isn't connected").await?;
        counter.clean("unplugged").await?;
        // Whoever has none types; and the payment goes on.
        counter.presses(Key::Enter).await?;
        let mut wire = SerialScannerWire::plugged_in(&place.folder)?;
        counter.until("!document.getElementById('status-line').textContent.includes('scanner')").await?;
        // Two at once are two lines, one after the other.
        wire.sends(format!("{RENT_CARD}\r501234566\r").as_bytes())?;
        counter.reads("line-1", "12345678902").await?;
        counter.focus_on("amount").await?;
        counter.presses(Key::Enter).await?;
        pays_exactly(counter).await?;
        // What a wire says while a question stands is answered there too.
        counter.presses(Key::F9).await?;
        counter.sees("[data-dialog='till']").await?;
        wire.sends(b"501234566\r")?;
        counter.reads("scan-refused", "Answer this first").await?;
        counter.clean("answer-first").await
    })
    .await
}
