//! Reports: what they add up and list, for whom, and as which files.

use crate::common;
use crate::common::day::{pieces, tax};
use crate::common::{Counter, MORNING_MS};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::Ordering;

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

const REPORTS: [&str; 12] = [
    "takings-by-fund",
    "takings-by-mop",
    "takings-by-vat",
    "takings-by-cashier",
    "takings-by-hour",
    "takings-by-day",
    "cheques",
    "voids-and-refunds",
    "over-and-short",
    "drawer-openings",
    "deposits",
    "audit-trail",
];

/// A report of today as supervisor 20 sees it, with whatever else is asked.
fn report(counter: &Counter, name: &str, also: Value) -> Value {
    let mut request = json!({ "report": name });
    for (key, value) in also.as_object().expect("an object") {
        request[key] = value.clone();
    }
    counter.call("report.run", request)
}

/// The rows by their first cell.
fn by_key(report: &Value) -> BTreeMap<String, Vec<Value>> {
    let rows = report["rows"].as_array().expect("rows").iter().map(|row| row.as_array().expect("cells").clone());
    rows.map(|row| (row[0].as_str().expect("words").to_owned(), row[1..].to_vec())).collect()
}

/// Yesterday Council Tax in cash; today room hire with VAT, a cheque, and a session that is £10 short.
fn two_days() -> Counter {
    let counter = Counter::open();
    counter.clock.now_ms.store(MORNING_MS - DAY_MS, Ordering::Relaxed);
    counter.call("sale.take", counter.cash_sale("23", "501234566", "100"));
    counter.clock.now_ms.store(MORNING_MS, Ordering::Relaxed);
    counter.call("sale.take", counter.cash_sale("13", "98765432109", "60"));
    counter.clock.now_ms.store(MORNING_MS + 2 * HOUR_MS, Ordering::Relaxed);
    counter.take_cheque("40", "=HYPERLINK(\"x\")");
    counter.call("drawer.open", json!({ "reason": "give-change", "text": "for a £20 note" }));
    counter.close_session(pieces(&[("50", 5)]), "100");
    counter.call("user.sign_out", json!({}));
    counter.sign_in("20", "2020");
    counter
}

#[test]
fn takings_are_added_up_by_fund_mop_vat_cashier_day_and_hour_with_over_and_short_apart() {
    let counter = two_days();
    let week = json!({ "period": "days", "from": "22/11/2026", "to": "23/11/2026" });
    let funds = by_key(&report(&counter, "takings-by-fund", week.clone()));
    assert_eq!(funds["Council Tax"], [json!(2), json!(14_000), json!(0), json!(14_000)]);
    let mops = by_key(&report(&counter, "takings-by-mop", week.clone()));
    assert_eq!(mops["Cash"], [json!(2), json!(16_000), json!(-1_000), json!(15_000)]);
    assert_eq!(mops["Cheque"], [json!(1), json!(4_000), json!(0), json!(4_000)]);
    let vat = report(&counter, "takings-by-vat", week.clone());
    assert_eq!(by_key(&vat)["W0"], [json!(1), json!(6_000), json!(1_000), json!(5_000)]);
    assert_eq!(vat["totals"], json!(["Total", 3, 20_000, 1_000, 19_000]));
    let people = by_key(&report(&counter, "takings-by-cashier", week.clone()));
    assert_eq!(people["Sam Cashier (12)"], [json!(3), json!(20_000), json!(0), json!(20_000)]);
    let days = by_key(&report(&counter, "takings-by-day", week));
    assert_eq!(days["2026-11-22"], [json!(1), json!(10_000), json!(0), json!(10_000), json!(0), json!(10_000)]);
    assert_eq!(days["2026-11-23"], [json!(2), json!(10_000), json!(0), json!(10_000), json!(-1_000), json!(9_000)]);
    let hours = report(&counter, "takings-by-hour", json!({}));
    assert_eq!(hours["rows"], json!([["10:00–11:00", 1, 6_000], ["11:00–12:00", 0, 0], ["12:00–13:00", 1, 4_000]]));
    assert_eq!(hours["picture"][2], json!({ "label": "12:00–13:00", "amount": 4_000 }));
}

#[test]
fn what_was_not_a_plain_taking_is_listed_with_who_and_why() {
    let counter = two_days();
    let cheques = report(&counter, "cheques", json!({}));
    assert_eq!(cheques["rows"][0], json!(["2026-11-23 12:42", "CH07-0000003", "200000", "12345678", "000123", "=HYPERLINK(\"x\")", 4_000]));
    assert_eq!(cheques["totals"][6], 4_000);
    let counted = report(&counter, "over-and-short", json!({}));
    let cash = json!(["2026-11-23", "1", "Sam Cashier (12)", "Cash", 26_000, 25_000, -1_000, "Wrong change given"]);
    assert!(counted["rows"].as_array().expect("rows").contains(&cash), "{counted}");
    assert_eq!(counted["picture"], json!([{ "label": "23/11/2026 · Sam Cashier (12)", "amount": 1_000 }]));
    assert_eq!((&counted["totals"][6], &counted["totals"][7]), (&json!(-1_000), &json!("£0.00 over, £10.00 short")));
    let drawer = report(&counter, "drawer-openings", json!({}));
    let opening = json!(["2026-11-23 12:42", "1", "Sam Cashier (12)", "Opened without a sale", "Change for a note: for a £20 note", 0]);
    assert_eq!(drawer["rows"], json!([opening]));
}

#[test]
fn a_void_is_listed_with_its_reason_and_who_approved_it_and_lessens_the_takings() {
    let counter = Counter::open();
    let number = counter.call("sale.take", counter.cash_sale("23", "501234566", "100"))["receipt"]["number"].clone();
    let id = counter.call("receipt.correctable", json!({ "number": number }))["correction_id"].clone();
    counter.call(
        "receipt.void",
        json!({ "correction_id": id, "number": number, "lines": [{ "line": 0, "amount": "30" }],
                "reason": { "code": "keyed-wrong", "text": "meant 70" }, "approval": { "user_code": "21", "secret": "2121" } }),
    );
    counter.call("user.sign_out", json!({}));
    counter.sign_in("20", "2020");
    let listed = report(&counter, "voids-and-refunds", json!({}));
    let void = json!(["2026-11-23 10:42", "CH07-0000002", "Void", number, "12", "21", "Keyed wrongly: meant 70", -3_000]);
    assert_eq!((listed["rows"].clone(), listed["totals"][7].clone()), (json!([void]), json!(-3_000)));
    let people = by_key(&report(&counter, "takings-by-cashier", json!({})));
    assert_eq!(people["Sam Cashier (12)"], [json!(1), json!(10_000), json!(-3_000), json!(7_000)]);
    let trail = report(&counter, "audit-trail", json!({ "kind": "corrections", "text": "meant 70" }));
    assert_eq!(trail["rows"].as_array().map(Vec::len), Some(1));
}

#[test]
fn the_audit_trail_is_searched_by_person_kind_and_text_and_never_shows_a_secret() {
    let counter = two_days();
    let trail = |also: Value| report(&counter, "audit-trail", also)["rows"].as_array().expect("rows").clone();
    let newest = trail(json!({}));
    assert_eq!((newest[0][2].as_str(), newest[0][4].as_str()), (Some("20"), Some("Signed in")));
    assert!(trail(json!({ "user_code": "12" })).iter().all(|row| row[2] == "12"));
    // Supervisor 20 signed in, and approved the close.
    assert_eq!(trail(json!({ "user_code": "20" })).len(), 2);
    let cash = trail(json!({ "kind": "cash" }));
    assert_eq!((cash.len(), cash[0][5].as_str()), (1, Some("Change for a note: for a £20 note")));
    for (text, found) in [("60", 1), ("65432109", 1), ("wrong CHANGE", 1), ("CH07-0000003", 1), ("nothing like it", 0), ("(", 0)] {
        assert_eq!(trail(json!({ "text": text })).len(), found, "{text}");
    }
    let all = json!(trail(json!({ "period": "this-month" }))).to_string();
    for secret in ["1212", "argon2", "12345678", "HYPERLINK"] {
        assert!(!all.contains(secret), "{secret} in {all}");
    }
}

#[test]
fn the_audit_trail_goes_on_page_by_page_and_no_entry_is_left_out_or_twice() {
    let counter = Counter::open();
    for _ in 0..120 {
        counter.call("drawer.open", json!({ "reason": "check-float" }));
    }
    counter.call("user.sign_out", json!({}));
    counter.sign_in("20", "2020");
    let (mut before, mut seen) = (Value::Null, Vec::new());
    loop {
        let page = report(&counter, "audit-trail", json!({ "before": before }));
        let rows = page["rows"].as_array().expect("rows");
        seen.extend(rows.iter().map(|row| row[0].as_str().expect("a number").parse::<u64>().expect("a number")));
        before = page["next"].clone();
        if before.is_null() {
            break;
        }
    }
    let head = counter.till().store().head().expect("head").seq;
    assert_eq!(seen, (1..=head).rev().collect::<Vec<_>>());
}

#[test]
fn reports_are_for_those_with_the_right_and_for_days_that_can_be() {
    let counter = two_days();
    for (from, to) in [("24/11/2026", "23/11/2026"), ("soon", ""), ("", ""), ("31/02/2026", "")] {
        let request = json!({ "report": "cheques", "period": "days", "from": from, "to": to });
        assert_eq!(counter.refused("report.run", request), "period-not-valid", "{from} {to}");
    }
    let days = |period: &str| {
        let shown = report(&counter, "cheques", json!({ "period": period }));
        (shown["from"].as_str().expect("a day").to_owned(), shown["to"].as_str().expect("a day").to_owned())
    };
    let span = |from: &str, to: &str| (from.to_owned(), to.to_owned());
    assert_eq!(days("yesterday"), span("2026-11-22", "2026-11-22"));
    assert_eq!(days("this-week"), span("2026-11-23", "2026-11-23"));
    assert_eq!(days("this-month"), span("2026-11-01", "2026-11-23"));
    for name in REPORTS {
        let empty = report(&counter, name, json!({ "period": "days", "from": "01/01/2020" }));
        assert_eq!(empty["rows"], json!([]), "{name}");
    }
    counter.call("user.sign_out", json!({}));
    counter.sign_in("12", "1212");
    assert_eq!(counter.refused("report.run", json!({ "report": "cheques" })), "right-missing");
    let export = json!({ "what": { "report": "cheques" }, "format": "csv" });
    assert_eq!(counter.refused("report.export", export), "right-missing");
}

fn export(counter: &Counter, what: Value, format: &str) -> Vec<u8> {
    let answer = counter.call("report.export", json!({ "what": what, "format": format }));
    std::fs::read(answer["path"].as_str().expect("a path")).expect("the file")
}

#[test]
fn csv_is_read_by_spreadsheets_as_plain_numbers_and_never_as_formulas() {
    let counter = two_days();
    let bytes = export(&counter, json!({ "report": "cheques" }), "csv");
    let text = String::from_utf8(bytes).expect("UTF-8");
    let mut reader = csv::Reader::from_reader(text.strip_prefix('\u{feff}').expect("a mark").as_bytes());
    assert_eq!(reader.headers().expect("names").iter().next_back(), Some("Amount"));
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().expect("rows");
    assert_eq!((rows.len(), &rows[0][5], &rows[0][6]), (1, "'=HYPERLINK(\"x\")", "40.00"));
    let days = String::from_utf8(export(&counter, json!({ "report": "takings-by-day" }), "csv")).expect("UTF-8");
    assert!(days.contains("2026-11-23,2,100.00,0.00,100.00,-10.00,90.00"), "{days}");
}

#[test]
fn each_report_is_a_pdf_that_can_be_read_in_both_languages() {
    let counter = two_days();
    for name in REPORTS {
        for (language, page) in [("en-GB", "Page 1 of"), ("cy", "Tudalen 1 o")] {
            let what = json!({ "report": name, "language": language, "period": "this-month" });
            let shown = report(&counter, name, what.clone());
            let text = text_of(&export(&counter, what, "pdf"));
            assert!(text.contains(page) && text.contains(shown["title"].as_str().expect("a title")), "{text}");
            assert!(text.contains("01/11/2026 – 23/11/2026") && text.contains("Barnsley"), "{text}");
        }
    }
    let text = text_of(&export(&counter, json!({ "report": "takings-by-mop" }), "pdf"));
    let cash = text.lines().find(|line| line.contains("Cash")).expect("a row");
    assert!(cash.contains("£60.00") && cash.contains("-£10.00") && cash.trim_end().ends_with("£50.00"), "{text}");
}

fn text_of(pdf: &[u8]) -> String {
    let folder = tempfile::tempdir().expect("folder");
    let file = folder.path().join("report.pdf");
    std::fs::write(&file, pdf).expect("written");
    let output = Command::new("pdftotext").args(["-layout", "-enc", "UTF-8"]).arg(&file).arg("-").output().expect("poppler-utils");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn an_export_goes_where_it_is_told_if_there_is_such_a_place() {
    let counter = two_days();
    let folder = tempfile::tempdir().expect("folder");
    let to = |folder: &Path, format: &str| json!({ "what": { "report": "takings-by-fund" }, "format": format, "folder": folder });
    let answer = counter.call("report.export", to(folder.path(), "csv"));
    assert_eq!(answer["path"], folder.path().join("takings-by-fund-2026-11-23.csv").display().to_string());
    for nowhere in [Path::new("reports"), &folder.path().join("missing")] {
        assert_eq!(counter.refused("report.export", to(nowhere, "pdf")), "folder-missing");
    }
    assert_eq!(std::fs::read_dir(folder.path()).expect("folder").count(), 1, "nothing half-written is left");
}

#[test]
fn every_fact_of_the_journal_has_its_words_and_a_kind_to_be_found_by() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let read = |path: &str| std::fs::read_to_string(root.join(path)).expect("a source");
    let facts = read("crates/domain/src/entry.rs");
    let facts = facts.split("pub enum Fact {").nth(1).expect("facts");
    let names: Vec<String> = facts
        .lines()
        .take_while(|line| *line != "}")
        .filter_map(|line| line.strip_prefix("    ").filter(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase())))
        .map(|line| line.trim_end_matches(" {").trim_end_matches(',').to_owned())
        .map(|name| {
            let split = name.chars().flat_map(|c| if c.is_uppercase() { vec!['_', c.to_ascii_lowercase()] } else { vec![c] });
            split.collect::<String>().trim_start_matches('_').to_owned()
        })
        .collect();
    assert!(names.len() > 20, "{names:?}");
    let kinds = read("crates/till/src/reports/audit.rs");
    for name in names {
        assert!(kinds.contains(&format!("\"{name}\"")), "{name} has no kind");
        for language in ["en-GB", "cy"] {
            let words = format!("\naudit-{} = ", name.replace('_', "-"));
            assert!(read(&format!("assets/locales/{language}/reports.ftl")).contains(&words), "{name} has no words in {language}");
        }
    }
}

#[test]
fn every_error_of_reports_and_banking_has_its_words() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = ["reports/mod.rs", "reports/audit.rs", "reports/export.rs", "banking.rs", "users.rs", "approvals.rs"];
    for file in files {
        let text = std::fs::read_to_string(sources.join(file)).expect("source");
        for piece in text.split("not_done(\"").skip(1) {
            let code = piece.split('"').next().unwrap_or_default();
            assert_ne!(counterfoil_till::english_message(code, &BTreeMap::new()), code, "error-{code} has no words");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn the_reports_agree_with_each_other_and_with_the_receipts(
        sales in prop::collection::vec((0usize..3, 1i64..50_000, any::<bool>(), 0i64..40), 1..12),
    ) {
        let counter = Counter::open();
        let mut at_ms = MORNING_MS;
        let mut total = 0;
        for (fund, pence, by_cheque, hours) in sales {
            at_ms += hours * HOUR_MS;
            counter.clock.now_ms.store(at_ms, Ordering::Relaxed);
            let pounds = format!("{}.{:02}", pence / 100, pence % 100);
            let (fund, reference) = [("23", "501234566"), ("13", "98765432109"), ("11", "BJ12345673")][fund];
            let mut line = tax(&pounds);
            line[0]["fund_code"] = json!(fund);
            line[0]["reference"] = json!(reference);
            let mut given = common::cheque(&pounds);
            given["dated"] = json!("2026-11-23");
            let cash = json!({ "kind": "cash", "mop_code": "1", "tendered": pounds });
            counter.call("sale.take", counter.sale(line, json!([if by_cheque { given } else { cash }])));
            total += pence;
        }
        counter.call("user.sign_out", json!({}));
        counter.sign_in("20", "2020");
        let ever = json!({ "period": "days", "from": "23/11/2026", "to": "31/12/2026" });
        for (name, column) in [("takings-by-fund", 2), ("takings-by-mop", 2), ("takings-by-vat", 2), ("takings-by-cashier", 4),
                               ("takings-by-day", 4), ("takings-by-hour", 2)] {
            let shown = report(&counter, name, ever.clone());
            let rows: i64 = shown["rows"].as_array().expect("rows").iter().map(|row| row[column].as_i64().expect("pence")).sum();
            prop_assert_eq!((rows, shown["totals"][column].as_i64()), (total, Some(total)), "{}", name);
        }
    }
}
