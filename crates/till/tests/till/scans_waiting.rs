//! What a serial scanner reads is for whoever sits at the till there and then, and never for whoever comes after.

use crate::common::{Counter, PATIENCE};
use counterfoil_simulators::serial_scanner::SerialScannerWire;
use serde_json::{Value, json};

const BILL: &str = "982650123456600018450";
const NEXT_BILL: &str = "98271234567890200009120";

/// Cashier 12 at a till with a scanner on a wire, and the scanner's end of it.
fn with_scanner() -> (Counter, SerialScannerWire) {
    let mut counter = Counter::fresh();
    let folder = counter.folder.path().to_owned();
    let wire = SerialScannerWire::plugged_in(&folder).expect("a wire");
    counter.sign_in("90", "9090");
    let port = SerialScannerWire::port(&folder);
    counter.call("devices.choose_scanner", json!({ "scanner": { "kind": "serial", "path": port, "baud": 9600 } }));
    counter.prints = true;
    counter.restart();
    // Its port is open.
    heard(&counter);
    counter.sign_in("12", "1212");
    (counter, wire)
}

/// The till has taken notice of what its scanner said.
fn heard(counter: &Counter) {
    counter.scanned.1.recv_timeout(PATIENCE).expect("the scanner is heard");
}

fn scans(counter: &Counter, wire: &mut SerialScannerWire, barcode: &str) {
    wire.sends(format!("{barcode}\r").as_bytes()).expect("sent");
    heard(counter);
}

fn handed_out(counter: &Counter) -> Vec<Value> {
    let next = counter.call("scan.next", json!({}));
    next["scans"].as_array().expect("a list").iter().map(|scan| scan["text"].clone()).collect()
}

#[test]
fn a_barcode_is_handed_out_once() {
    let (counter, mut wire) = with_scanner();
    scans(&counter, &mut wire, BILL);
    scans(&counter, &mut wire, NEXT_BILL);
    assert_eq!(handed_out(&counter), [BILL, NEXT_BILL]);
    assert!(handed_out(&counter).is_empty());
}

#[test]
fn a_barcode_that_is_read_while_the_screen_is_locked_is_nobodys() {
    let (counter, mut wire) = with_scanner();
    counter.call("user.lock", json!({}));
    scans(&counter, &mut wire, BILL);
    assert_eq!(counter.refused("scan.next", json!({})), "screen-locked");
    counter.call("user.unlock", json!({ "secret": "1212" }));
    scans(&counter, &mut wire, NEXT_BILL);
    assert_eq!(handed_out(&counter), [NEXT_BILL]);
}

#[test]
fn a_barcode_that_nobody_took_before_the_screen_was_locked_or_the_cashier_left_is_gone_when_somebody_is_back() {
    let (counter, mut wire) = with_scanner();
    scans(&counter, &mut wire, BILL);
    counter.call("user.lock", json!({}));
    counter.call("user.unlock", json!({ "secret": "1212" }));
    assert!(handed_out(&counter).is_empty());
    scans(&counter, &mut wire, BILL);
    counter.call("user.sign_out", json!({}));
    scans(&counter, &mut wire, BILL);
    counter.sign_in("90", "9090");
    scans(&counter, &mut wire, NEXT_BILL);
    assert_eq!(handed_out(&counter), [NEXT_BILL]);
}

#[test]
fn a_barcode_that_could_not_be_taken_for_a_while_does_not_come_with_the_next_one() {
    let (counter, mut wire) = with_scanner();
    scans(&counter, &mut wire, BILL);
    counter.clock.now_ms.fetch_add(60_000, std::sync::atomic::Ordering::Relaxed);
    scans(&counter, &mut wire, NEXT_BILL);
    assert_eq!(handed_out(&counter), [NEXT_BILL]);
}
