//! X and Z reads on paper and as files, and what is named that didn't come out of the printer.

use crate::common::Counter;
use crate::common::day::pieces;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::process::Command;

/// A session of cashier 12 with £123.45 in cash, read by supervisor 20.
fn read_by_a_supervisor() -> Counter {
    let counter = Counter::open();
    counter.call("sale.take", counter.cash_sale("23", "501234566", "123.45"));
    counter.sign_in("20", "2020");
    counter
}

/// The rows of a CSV file as a spreadsheet reads them: part and what, then how many and how much.
fn csv_rows(written: &Value) -> BTreeMap<(String, String), (String, String)> {
    let text = std::fs::read_to_string(written["path"].as_str().expect("a path")).expect("the file");
    let mut reader = csv::Reader::from_reader(text.strip_prefix('\u{feff}').expect("a mark").as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().expect("rows");
    assert_eq!(written["rows"], rows.len());
    rows.iter().map(|row| ((row[0].to_owned(), row[1].to_owned()), (row[2].to_owned(), row[3].to_owned()))).collect()
}

fn figure(rows: &BTreeMap<(String, String), (String, String)>, part: &str, what: &str) -> (String, String) {
    rows.get(&(part.to_owned(), what.to_owned())).unwrap_or_else(|| panic!("{part} {what} in {rows:?}")).clone()
}

fn text_of(written: &Value) -> String {
    let file = written["path"].as_str().expect("a path");
    let output = Command::new("pdftotext").args(["-layout", "-enc", "UTF-8", file, "-"]).output().expect("poppler-utils");
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn pair(count: &str, amount: &str) -> (String, String) {
    (count.to_owned(), amount.to_owned())
}

#[test]
fn an_x_read_is_a_file_for_whoever_may_read_it() {
    let counter = read_by_a_supervisor();
    let rows = csv_rows(&counter.call("session.x_export", json!({ "format": "csv" })));
    assert_eq!(figure(&rows, "Takings by method of payment", "Cash"), pair("1", "123.45"));
    assert_eq!(figure(&rows, "A count should find", "Cash"), pair("", "223.45"));
    let paper = text_of(&counter.call("session.x_export", json!({ "format": "pdf" })));
    assert!(paper.contains("X READ") && paper.contains("223.45"), "{paper}");
    let folder = json!({ "format": "csv", "folder": "nowhere" });
    assert_eq!(counter.refused("session.x_export", folder), "folder-missing");
    counter.sign_in("12", "1212");
    assert_eq!(counter.refused("session.x_export", json!({ "format": "csv" })), "right-missing");
    counter.call("cash_up.begin", json!({}));
}

#[test]
fn an_x_read_that_waits_for_the_printer_says_what_was_there_when_it_was_asked_for() {
    let mut counter = read_by_a_supervisor();
    counter.call("session.x_print", json!({}));
    counter.sign_in("12", "1212");
    counter.call("sale.take", counter.cash_sale("11", "BJ12345673", "76.55"));
    counter.prints = true;
    counter.restart();
    counter.sign_in("20", "2020");
    counter.printer(|line| line["waiting"] == 0, || {});
    let strips = counter.call("print.paper", json!({}))["strips"].as_array().expect("strips").clone();
    let read = strips.iter().map(|strip| strip["sheet"].to_string()).find(|sheet| sheet.contains("X READ")).expect("an X read");
    assert!(read.contains("223.45") && !read.contains("300.00"), "{read}");
    let trail = counter.call("report.run", json!({ "report": "audit-trail", "kind": "sessions", "text": "x read" }));
    assert_eq!(trail["rows"][0][2], "20");
    assert_eq!(counter.till().store().rebuild().expect("rebuilt"), []);
}

#[test]
fn a_supervisor_prints_and_exports_no_x_read_of_their_own_session() {
    let counter = Counter::fresh();
    counter.sign_in("20", "2020");
    counter.call("session.open", json!({ "counts": [{ "denomination": "20", "pieces": 5 }] }));
    assert_eq!(counter.refused("session.x_print", json!({})), "x-read-of-own-session");
    assert_eq!(counter.refused("session.x_export", json!({ "format": "pdf" })), "x-read-of-own-session");
}

#[test]
fn a_z_read_is_a_file_with_every_figure_in_both_languages() {
    let counter = Counter::open();
    counter.call("sale.take", counter.cash_sale("23", "501234566", "40"));
    counter.close_session(pieces(&[("20", 6)]), "100");
    counter.sign_in("20", "2020");
    let rows = csv_rows(&counter.call("z.export", json!({ "number": 1, "format": "csv" })));
    assert_eq!(figure(&rows, "Expected", "Cash"), pair("", "140.00"));
    assert_eq!(figure(&rows, "Over or short", "Cash"), pair("", "-20.00"));
    assert_eq!(figure(&rows, "Takings by fund", "Council Tax"), pair("1", "40.00"));
    assert_eq!(figure(&rows, "Reason", "Wrong change given"), pair("", ""));
    assert_eq!(figure(&rows, "Cash to bank, lifts included", ""), pair("", "20.00"));
    let welsh = csv_rows(&counter.call("z.export", json!({ "number": 1, "format": "csv", "language": "cy" })));
    assert!(welsh.values().any(|figures| figures.1 == "-20.00") && !welsh.contains_key(&("Expected".to_owned(), "Cash".to_owned())));
    let paper = text_of(&counter.call("z.export", json!({ "number": 1, "format": "pdf" })));
    assert!(paper.contains("Z READ 1") && paper.contains("COPY"), "{paper}");
    assert_eq!(counter.refused("z.export", json!({ "number": 2, "format": "pdf" })), "z-unknown");
}

#[test]
fn what_did_not_come_out_of_the_printer_is_named_before_the_close() {
    let counter = Counter::open();
    counter.call("sale.take", counter.cash_sale("11", "BJ12345673", "15"));
    let id = counter.call("receipt.correctable", json!({ "number": "CH07-0000001" }))["correction_id"].clone();
    let void = json!({ "correction_id": id, "number": "CH07-0000001", "lines": [{ "line": 0 }], "reason": { "code": "keyed-wrong" } });
    counter.call("receipt.void", void);
    let id = counter.call("cash.begin", json!({}))["movement_id"].clone();
    counter.call("cash.lift", json!({ "movement_id": id, "bag": "SB-1", "counts": pieces(&[("20", 1)]) }));
    let named = |begun: &Value| -> Vec<(Value, Value)> {
        let list = begun["unprinted"].as_array().expect("a list").iter();
        list.map(|one| (one["kind"].clone(), one["number"].clone())).collect()
    };
    let begun = counter.call("cash_up.begin", json!({}));
    let expected = [("receipt", "CH07-0000001"), ("void", "CH07-0000002"), ("lift", "SB-1")];
    assert_eq!(named(&begun), expected.map(|(kind, number)| (json!(kind), json!(number))));
    assert_eq!(begun["unprinted"][0]["failed"], false);
}
