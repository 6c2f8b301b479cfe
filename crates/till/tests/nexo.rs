//! A till and a terminal that speaks nexo: pairing, paying, and that nothing of a card is kept but what may be.

#![allow(clippy::expect_used, clippy::panic, reason = "a test's helpers fail the test")]

mod common;

use common::Counter;
use common::terminal::{begin_sale, state};
use counterfoil_simulators::nexo::{Customer, Kind, Manner, Setup, SimulatedTerminal};
use counterfoil_terminals::NexoTarget;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

fn terminal() -> SimulatedTerminal {
    SimulatedTerminal::start(Setup::default()).expect("a terminal")
}

fn target(counter: &Counter, terminal: &SimulatedTerminal) -> NexoTarget {
    let setup = Setup::default();
    let authority = counter.folder.path().join("root.pem");
    std::fs::write(&authority, terminal.authority_pem()).expect("the root");
    NexoTarget {
        host: "127.0.0.1".into(),
        port: terminal.port(),
        poi_id: setup.poi_id,
        sale_id: "till-01".into(),
        key_identifier: setup.key_identifier,
        key_version: setup.key_version,
        authority,
        live: false,
        answer_timeout_ms: 150_000,
    }
}

/// Cashier 12 in an open session, with a terminal that is paired.
fn paired() -> (Counter, SimulatedTerminal) {
    let (counter, terminal) = (Counter::open(), terminal());
    let health = counter.till().pair_terminal(target(&counter, &terminal), &Setup::default().passphrase).expect("paired");
    assert_eq!((health.state.as_str(), health.simulated), ("OK", true));
    (counter, terminal)
}

/// Takes a card payment; what it stands at when it is over.
fn pay(counter: &Counter, pounds: &str) -> Value {
    let sale = counter.call("sale.begin", json!({}))["sale_id"].as_str().expect("id").to_owned();
    let payment = begin_sale(counter, &sale, pounds).expect("begun");
    counter.until("over", |counter| {
        let now = state(counter, &payment);
        matches!(now["payment"]["standing"].as_str(), Some("used" | "free")).then_some(now)
    })
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn a_till_pays_at_a_paired_terminal_and_a_lost_reply_is_asked_about() {
    let (counter, terminal) = paired();
    let first = pay(&counter, "12.30");
    assert_eq!(first["taken"]["receipt"]["tenders"][0]["details"]["last_four"], json!("1111"));
    terminal.misbehave(Kind::Payment, Manner::LosesTheReply);
    assert_eq!(pay(&counter, "20")["payment"]["standing"], json!("used"));
    terminal.expect(Customer::IsRefused("Refusal".into()));
    assert_eq!(pay(&counter, "30")["payment"]["why"], json!("Refusal"));
    let charged: Vec<i64> = terminal.charges().iter().map(|charge| charge.amount_pence).collect();
    assert_eq!(charged, [12_30, 20_00]);
}

#[test]
fn a_terminal_that_does_not_answer_as_it_should_is_not_paired_and_nothing_is_kept_of_it() {
    let (counter, terminal) = (Counter::open(), terminal());
    let target = target(&counter, &terminal);
    let pair = |target: &NexoTarget, passphrase: &str| counter.till().pair_terminal(target.clone(), passphrase).expect_err("refused").code;
    assert_eq!(pair(&target, ""), "terminal-bad-settings");
    assert_eq!(pair(&target, "a guess"), "terminal-garbled");
    assert_eq!(pair(&NexoTarget { poi_id: "P400Plus-000000000".into(), ..target.clone() }, "x"), "terminal-not-trusted");
    terminal.misbehave(Kind::Diagnosis, Manner::BadHmac);
    assert_eq!(pair(&target, &Setup::default().passphrase), "terminal-not-authentic");
    drop(terminal);
    assert_eq!(pair(&target, &Setup::default().passphrase), "terminal-unreachable");
    for file in files(&counter.folder.path().join("data")) {
        let bytes = std::fs::read(&file).expect("a file");
        assert!(!String::from_utf8_lossy(&bytes).contains("P400Plus"), "{}", file.display());
    }
}

#[test]
fn a_card_number_that_a_terminal_sends_anywhere_is_in_no_file_of_the_till() {
    let numbers = ["4111111111111111", "5555555555554444", "378282246310005", "6011000990139424", "4000000000000000006"];
    let (counter, terminal) = paired();
    for number in numbers {
        terminal.expect(Customer::PaysWithNumberInTheOpen(number.into()));
        let paid = pay(&counter, "10");
        assert_eq!(paid["payment"]["standing"], json!("used"));
        let receipt = counter.call("receipt.show", json!({ "number": paid["taken"]["receipt"]["number"] })).to_string();
        assert!(!receipt.contains(number), "{receipt}");
    }
    let last = &numbers[4][15..];
    let bytes: Vec<u8> = files(counter.folder.path()).iter().flat_map(|file| std::fs::read(file).expect("a file")).collect();
    let text: String = String::from_utf8_lossy(&bytes).chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    for number in numbers {
        assert!(!text.contains(number), "{number}");
    }
    assert!(text.contains(last), "the last four are kept");
    assert!(!text.contains("SensitiveCardData") && !text.contains("TrackValue"));
}
