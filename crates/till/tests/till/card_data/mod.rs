//! Card data: whatever text a command takes, a payment card's number that is typed into it is kept nowhere: not in the store, not in
//! what is exported, printed or logged.
//!
//! The fields aren't listed here. They are read from the requests' own types, and a field that no request below fills fails the test.

mod cards;
mod numbers;
mod shapes;

use crate::common;
use crate::common::{Counter, cheque};
use numbers::Numbers;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// Secrets are compared or hashed, and too many wrong ones lock whoever they are of: they are tried at the end, once each.
const SECRETS: [&str; 3] = ["secret", "secret_again", "approval.secret"];

/// What needs a ledger, an extract or a payment in a state that there isn't; of their texts, those of a ledger's commands are looked at before
/// anything else, and the others are kept nowhere.
const CANNOT_BE_DONE: [(&str, &str); 11] = [
    ("accounts.import", "file-not-found"),
    ("backup.begin", "backup-folder-missing"),
    ("card.abort", "card-payment-not-at-terminal"),
    ("card.pair", "terminal-bad-settings"),
    ("card.reverse", "card-payment-not-approved"),
    ("card.signature", "card-payment-not-approved"),
    ("ledger.enrol", "ledger-certificate"),
    ("ledger.release", "ledger-no-alarm"),
    ("ledger.release_receipt", "ledger-not-quarantined"),
    ("ledger.settle_receipt", "ledger-not-quarantined"),
    ("slip.print", "printer-slip-none"),
];

/// How many numbers each field is given.
const EACH: usize = 4;

/// A counter at which every text of every request is first tried with card numbers in it.
struct Watched {
    counter: Counter,
    numbers: Numbers,
    tried: BTreeMap<String, BTreeSet<String>>,
    /// Requests that weren't done, as they are without a card's number, and why.
    refused: Vec<(String, String)>,
}

impl Watched {
    /// Tries the request with card numbers, then as it is. The answer is that of whichever was taken last.
    fn tries(&mut self, name: &str, request: Value) -> Value {
        let mut taken = None;
        for path in texts(&request, "") {
            let shape = shape_of(&path);
            self.tried.entry(name.to_owned()).or_default().insert(shape.clone());
            if SECRETS.iter().any(|secret| shape.ends_with(secret)) {
                continue;
            }
            for turn in 0..EACH {
                let mut changed = request.clone();
                *at(&mut changed, &path) = json!(self.numbers.next(&format!("{name} {shape}"), turn % 2 == 0));
                if let Ok(answer) = self.counter.till().call(name, changed) {
                    taken = Some(answer);
                }
            }
        }
        match (self.counter.till().call(name, request), taken) {
            (Ok(answer), _) | (Err(_), Some(answer)) => answer,
            (Err(error), None) => {
                self.refused.push((name.to_owned(), error.code));
                Value::Null
            }
        }
    }

    fn id(&self, begin: &str, field: &str) -> Value {
        self.counter.call(begin, json!({}))[field].clone()
    }
}

/// The places of all texts in a request, as JSON pointers.
fn texts(value: &Value, pointer: &str) -> Vec<String> {
    match value {
        Value::String(_) => vec![pointer.to_owned()],
        Value::Array(items) => items.iter().enumerate().flat_map(|(at, item)| texts(item, &format!("{pointer}/{at}"))).collect(),
        Value::Object(fields) => fields.iter().flat_map(|(name, field)| texts(field, &format!("{pointer}/{name}"))).collect(),
        _ => Vec::new(),
    }
}

fn at<'a>(value: &'a mut Value, pointer: &str) -> &'a mut Value {
    value.pointer_mut(pointer).expect("a place in the request")
}

/// `/lines/0/narrative` is `lines[].narrative`.
fn shape_of(pointer: &str) -> String {
    let mut shape = String::new();
    for part in pointer.split('/').skip(1) {
        if part.bytes().all(|byte| byte.is_ascii_digit()) {
            shape.push_str("[]");
        } else {
            shape.push_str(if shape.is_empty() { "" } else { "." });
            shape.push_str(part);
        }
    }
    shape
}

fn jo() -> Value {
    json!({ "user_code": "20", "secret": "2020" })
}

fn line(fund: &str, reference: &str) -> Value {
    json!({ "fund_code": fund, "reference": reference, "amount": "10", "narrative": "as agreed", "override_stop": false,
        "override_reason": "", "payer_name": "A Payer", "payer_address": "1 High Street" })
}

fn cash() -> Value {
    json!({ "kind": "cash", "mop_code": "1", "tendered": "10" })
}

fn card() -> Value {
    json!({ "kind": "card", "mop_code": "92", "amount": "10", "amount_again": "10", "terminal": "T1", "authorisation": "A1", "last_four": "1111" })
}

fn slip() -> Value {
    json!({ "tender": 0, "terminal": "T1", "authorisation": "A2", "last_four": "1111" })
}

fn part() -> Value {
    json!({ "line": 0, "amount": "10" })
}

impl Watched {
    fn fresh() -> Watched {
        let mut counter = Counter::fresh();
        let settings = json!({ "card_terminal": { "target": { "kind": "simulator" },
            "patience": { "first_wait_ms": 1, "longest_wait_ms": 2, "look_up_for_ms": 8 } } });
        std::fs::write(counter.folder.path().join("data/settings.json"), settings.to_string()).expect("settings");
        common::terminal::direct(&counter, &json!({}));
        counter.restart();
        Watched { counter, numbers: Numbers::new(), tried: BTreeMap::new(), refused: Vec::new() }
    }

    fn is_set_up(&mut self) {
        self.counter.sign_in("90", "9090");
        let typing = json!({ "kind": "keyboard", "prefix": "~", "suffix": "!", "ends_by_pause": false, "min_length": 6 });
        for (printer, scanner) in [
            (json!({ "kind": "serial", "path": "/dev/ttyS9", "baud": 9600, "flow": "none" }), typing),
            (
                json!({ "kind": "file", "folder": self.counter.folder.path().join("printed") }),
                json!({ "kind": "serial", "path": "/dev/ttyS8", "baud": 9600 }),
            ),
            (json!({ "kind": "queue", "name": "counter", "server": "127.0.0.1:9" }), json!({ "kind": "keyboard" })),
            (json!({ "kind": "tcp", "host": "192.0.2.1", "port": 9100 }), json!({ "kind": "keyboard" })),
        ] {
            let pack = common::assets().join("packs/barnsley-demo");
            let set_up = json!({ "folder": pack, "office_code": "CH", "till_code": "01", "printer": printer, "scanner": scanner });
            self.tries("start.set_up", set_up);
        }
        self.counter.call("user.sign_out", json!({}));
    }

    fn begins_the_day(&mut self) {
        let signing_in = json!({ "user_code": "12", "secret": "1212" });
        self.tries("user.sign_in", signing_in);
        let floats = json!({ "counts": [{ "denomination": "20", "pieces": 5 }], "reason": "", "text": "", "approval": jo() });
        self.tries("session.open", floats);
        self.counter.call("user.lock", json!({}));
        self.tries("user.unlock", json!({ "secret": "1212" }));
        for (name, request) in [
            ("reference.recognise", json!({ "text": "501234566", "suspense": false })),
            ("account.show", json!({ "fund_code": "23", "reference": "501234566" })),
            ("account.find", json!({ "text": "smith" })),
        ] {
            self.tries(name, request);
        }
    }

    fn takes_payments(&mut self) {
        let tenders = json!([
            cash(),
            cheque("10"),
            card(),
            { "kind": "postal-order", "mop_code": "PO", "amount": "10", "number": "12345678" },
        ]);
        let mut priced = line("23", "501234566");
        priced["vat_code"] = json!("N0");
        self.tries("sale.price", json!({ "lines": [priced], "tenders": tenders }));
        for tender in tenders.as_array().expect("tenders") {
            for (fund, reference) in [("23", "501234566"), ("1", "UNKNOWN")] {
                let mut typed = line(fund, reference);
                if fund == "23" {
                    typed["vat_code"] = json!("N0");
                }
                let sale = json!({ "sale_id": self.id("sale.begin", "sale_id"), "lines": [typed], "tenders": [tender], "language": "en-GB",
                    "approval": jo() });
                self.tries("sale.take", sale);
            }
        }
        for ending in ["sale.resume", "sale.abandon", "cash_up.abandon"] {
            let id = self.id("sale.begin", "sale_id");
            let mut parked = line("23", "501234566");
            parked["vat_code"] = json!("N0");
            self.tries("sale.park", json!({ "sale_id": id, "label": "blue coat", "lines": [parked], "approval": jo() }));
            self.tries(ending, json!({ "sale_id": id }));
        }
        let parked = self.counter.call("sale.parked", json!({}));
        for sale in parked.as_array().expect("parked").clone() {
            self.counter.call("sale.abandon", json!({ "sale_id": sale["sale_id"] }));
        }
    }

    /// A fresh receipt's number.
    fn receipt(&self, tender: Value) -> Value {
        let sale = json!({ "sale_id": self.id("sale.begin", "sale_id"), "lines": [line("23", "501234566")], "tenders": [tender] });
        self.counter.call("sale.take", sale)["receipt"]["number"].clone()
    }

    /// What is looked for, voided and moved of receipts of the open session.
    fn corrects(&mut self) {
        let number = self.receipt(card());
        for name in ["receipt.show", "receipt.correctable"] {
            self.tries(name, json!({ "number": number }));
        }
        self.tries("receipt.find", json!({ "text": number }));
        self.tries("receipt.reprint", json!({ "number": number, "other_printer": false }));
        self.tries("slip.print", json!({ "number": number, "kind": "validation", "place": 0 }));
        let void = json!({ "correction_id": self.correction(&number), "number": number, "lines": [part()], "slips": [slip()],
            "reason": { "code": "keyed-wrong", "text": "" }, "approval": jo() });
        self.tries("receipt.void", void);
        let number = self.receipt(cash());
        let to = json!({ "fund_code": "11", "reference": "BJ12345673", "narrative": "moved" });
        let reason = json!({ "code": "posted-to-wrong-account", "text": "" });
        let transfer = json!({ "correction_id": self.correction(&number), "number": number, "part": part(), "to": to, "reason": reason,
            "approval": jo() });
        self.tries("receipt.transfer", transfer);
    }

    fn correction(&self, number: &Value) -> Value {
        self.counter.call("receipt.correctable", json!({ "number": number }))["correction_id"].clone()
    }

    /// What is paid back of receipts of an earlier session.
    fn refunds(&mut self, earlier: &[Value]) {
        let by = [json!({ "mop_code": "92", "slip": slip(), "payee": "" }), json!({ "mop_code": "RQ", "payee": "A Payer" })];
        for (number, by) in earlier.iter().zip(by) {
            let approval = json!({ "user_code": "21", "secret": "2121" });
            let refund = json!({ "correction_id": self.correction(number), "number": number, "lines": [part()], "by": by,
                "reason": { "code": "paid-twice", "text": "" }, "approval": approval });
            self.tries("receipt.refund", refund);
        }
    }

    /// A supervisor looks at the open session meanwhile.
    fn is_looked_at(&mut self) {
        let folder = self.counter.folder.path().join("exported");
        std::fs::create_dir_all(&folder).expect("a folder");
        self.counter.call("user.sign_out", json!({}));
        self.counter.sign_in("20", "2020");
        for format in ["csv", "pdf"] {
            self.tries("session.x_export", json!({ "format": format, "folder": folder, "language": "en-GB" }));
        }
        self.counter.call("user.sign_out", json!({}));
        self.counter.sign_in("12", "1212");
    }

    fn moves_cash_and_counts(&mut self) {
        let movement = |watched: &Watched| watched.id("cash.begin", "movement_id");
        let twenty = json!([{ "denomination": "20", "text": "1" }]);
        self.tries("cash.lift", json!({ "movement_id": movement(self), "bag": "L1", "counts": twenty, "approval": jo() }));
        self.tries("cash.top_up", json!({ "movement_id": movement(self), "counts": twenty, "approval": jo() }));
        let ten = json!([{ "denomination": "10", "text": "2" }]);
        self.tries("cash.exchange", json!({ "movement_id": movement(self), "out": twenty, "in": ten, "approval": jo() }));
        self.tries("drawer.open", json!({ "reason": "give-change", "text": "coins", "approval": jo() }));
        let first = self.counts();
        self.tries("cash_up.reject", json!({ "attempt": first, "reason": "counting-error", "text": "", "approval": jo() }));
        let attempt = self.counts();
        let close = json!({ "session": 1, "attempt": attempt, "reason": "wrong-change", "text": "", "float_left": "20", "approval": jo() });
        self.tries("cash_up.close", close);
    }

    /// Gives a count; which it was.
    fn counts(&mut self) -> Value {
        let begun = self.counter.call("cash_up.begin", json!({}));
        let ticked: Vec<Value> = begun["tenders"].as_array().expect("tenders").iter().map(|tick| tick["key"].clone()).collect();
        let twenty = json!([{ "denomination": "20", "text": "1" }]);
        let terminals = json!([{ "mop_code": "92", "text": "0" }]);
        self.tries("cash_up.give", json!({ "count_id": begun["count_id"], "cash": twenty, "ticked": ticked, "terminals": terminals }))["attempt"].clone()
    }

    fn is_supervised(&mut self) {
        self.counter.call("user.sign_out", json!({}));
        self.counter.sign_in("20", "2020");
        let folder = self.counter.folder.path().join("exported");
        for format in ["csv", "pdf"] {
            self.tries("z.export", json!({ "number": 1, "format": format, "folder": folder, "language": "en-GB" }));
        }
        let ready = self.counter.call("banking.ready", json!({}));
        let cash = json!([{ "denomination": "20", "text": "1" }]);
        let bags = json!([{ "number": "bk-1", "seal": "s77", "amount": "20" }]);
        let approval = json!({ "user_code": "21", "secret": "2121" });
        let deposit = json!({ "deposit_id": ready["deposit_id"], "z_reads": [1], "slip": "000123", "cash": cash, "bags": bags,
            "reason": "loose-coin-kept", "text": "", "approval": approval });
        self.tries("banking.make", deposit);
        self.tries("suspense.list", json!({ "text": "as agreed" }));
        for report in ["audit-trail", "cheques", "voids-and-refunds", "drawer-openings", "over-and-short", "deposits"] {
            let what = json!({ "report": report, "period": "today", "from": "", "to": "", "language": "en-GB", "user_code": "", "kind": null,
                "text": "", "before": null });
            self.tries("report.run", what.clone());
            for format in ["csv", "pdf"] {
                self.tries("report.export", json!({ "what": what, "format": format, "folder": folder }));
            }
        }
        for (name, request) in [
            (
                "user.reset_secret",
                json!({ "user_code": "14", "secret": "8642", "secret_again": "8642", "reason": "forgotten", "approval": approval }),
            ),
            ("user.disable", json!({ "user_code": "14", "reason": "left", "approval": approval })),
            ("user.enable", json!({ "user_code": "14", "reason": "back", "approval": approval })),
            ("user.release", json!({ "user_code": "14" })),
            ("user.history", json!({ "user_code": "14" })),
            ("ledger.release", json!({ "text": "looked at it" })),
            ("ledger.release_receipt", json!({ "number": "RC-1", "text": "looked at it" })),
            ("ledger.settle_receipt", json!({ "number": "RC-1", "text": "looked at it", "approval": approval })),
        ] {
            self.tries(name, request);
        }
    }

    /// What is journalled of a ledger's troubles, which this till doesn't have.
    fn says_what_it_found(&self) {
        for name in ["ledger.release", "ledger.release_receipt", "ledger.settle_receipt"] {
            let request = json!({ "number": "RC-1", "text": "seen 4111 1111 1111 1111" });
            assert_eq!(self.counter.refused(name, request), "card-number-typed", "{name}");
        }
    }

    fn is_administered(&mut self) {
        self.counter.call("user.sign_out", json!({}));
        self.counter.sign_in("90", "9090");
        for (name, request) in [
            ("reference.check", json!({ "text": "501234566", "fund_code": "23" })),
            ("accounts.import", json!({ "path": "/nowhere/extract.csv" })),
            ("ledger.enrol", json!({ "url": "https://127.0.0.1:1", "code": "AAAA-BBBB", "authority": "/nowhere.pem" })),
            ("start.look_at_pack", json!({ "folder": common::assets().join("packs/barnsley-demo") })),
            ("scan.look", json!({ "text": "501234566" })),
            ("backup.begin", json!({ "folder": "/nowhere/backups" })),
            ("devices.choose_printer", json!({ "printer": { "kind": "tcp", "host": "127.0.0.1", "port": 9 }, "columns": 42 })),
            (
                "devices.choose_printer",
                json!({ "printer": { "kind": "serial", "path": "/dev/none", "baud": 9600, "flow": "none" }, "columns": 42 }),
            ),
            (
                "devices.choose_printer",
                json!({ "printer": { "kind": "queue", "name": "counter", "server": "127.0.0.1:9" }, "columns": 42 }),
            ),
            ("devices.choose_printer", json!({ "printer": { "kind": "file", "folder": "/nowhere/jobs" }, "columns": 42 })),
            ("devices.choose_printer", json!({ "printer": { "kind": "screen" }, "columns": 42 })),
            (
                "devices.choose_printer",
                json!({ "other": true, "printer": { "kind": "tcp", "host": "127.0.0.1", "port": 9 }, "model": "any", "columns": 42 }),
            ),
            (
                "card.pair",
                json!({ "host": "127.0.0.1", "port": "9", "poi_id": "P400Plus-275479597", "sale_id": "CH07", "key_identifier": "counter",
                    "key_version": "1", "authority": common::assets().join("packs/barnsley-demo/council.toml"), "live": true, "passphrase": "x" }),
            ),
            ("devices.choose_scanner", json!({ "scanner": { "kind": "serial", "path": "/dev/none", "baud": 9600 } })),
            (
                "devices.choose_scanner",
                json!({ "scanner": { "kind": "keyboard", "prefix": "~", "suffix": "#", "ends_by_pause": false, "min_length": 8 } }),
            ),
        ] {
            self.tries(name, request);
        }
    }

    /// Secrets with a card's number in them, once each.
    fn is_told_secrets(&mut self) {
        for (name, request) in [
            ("user.sign_in", json!({ "user_code": "14", "secret": self.numbers.next("a secret", true) })),
            ("user.unlock", json!({ "secret": self.numbers.next("a secret", true) })),
            (
                "drawer.open",
                json!({ "reason": "give-change", "text": "coins", "approval": { "user_code": "21", "secret": self.numbers.next("a secret", true) } }),
            ),
        ] {
            assert!(self.counter.till().call(name, request).is_err(), "{name}");
        }
    }
}

/// What the program logs.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] })
        .collect()
}

#[test]
fn a_card_number_in_any_text_of_any_command_is_kept_nowhere() {
    let log = Log::default();
    let written = log.clone();
    let subscriber =
        tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_ansi(false).with_writer(move || written.clone()).finish();
    tracing::subscriber::set_global_default(subscriber).expect("the only test here");
    let mut watched = Watched::fresh();
    watched.is_set_up();
    watched.begins_the_day();
    watched.takes_payments();
    watched.pays_at_the_terminal();
    watched.says_what_became_of_payments();
    watched.corrects();
    let earlier = [watched.receipt(card()), watched.receipt(cash())];
    watched.is_looked_at();
    watched.moves_cash_and_counts();
    watched.is_supervised();
    watched.counter.call(
        "session.open",
        json!({ "counts": [{ "denomination": "20", "pieces": 1 }], "reason": "not-known", "text": "as found",
        "approval": { "user_code": "21", "secret": "2121" } }),
    );
    watched.says_what_it_found();
    watched.refunds(&earlier);
    watched.is_administered();
    watched.is_told_secrets();

    // Every text field there is was tried.
    let mut missed = Vec::new();
    for (name, fields) in shapes::text_fields() {
        let tried = watched.tried.remove(&name).unwrap_or_default();
        missed.extend(fields.difference(&tried).map(|field| format!("{name}: {field}")));
    }
    assert!(missed.is_empty(), "text fields that no request here fills:\n{}", missed.join("\n"));

    // The requests were good ones: each was done, but for those that a till by itself can't do.
    watched.refused.sort();
    watched.refused.dedup();
    let refused: Vec<(&str, &str)> = watched.refused.iter().map(|(name, code)| (name.as_str(), code.as_str())).collect();
    assert_eq!(refused, CANNOT_BE_DONE);

    let till = watched.counter.till.take();
    drop(till);
    let mut kept = Vec::new();
    for path in files(watched.counter.folder.path()) {
        let found = watched.numbers.found_in(&std::fs::read(&path).expect("a file"));
        kept.extend(found.into_iter().map(|number| format!("{number} in {}", path.display())));
        let named = watched.numbers.found_in(path.to_string_lossy().as_bytes());
        kept.extend(named.into_iter().map(|number| format!("{number} names a file")));
    }
    kept.extend(
        watched
            .numbers
            .found_in(&log.0.lock().unwrap_or_else(PoisonError::into_inner))
            .into_iter()
            .map(|number| format!("{number} in the log")),
    );
    assert!(kept.is_empty(), "card numbers that were kept:\n{}", kept.join("\n"));
}
