//! `counterfoil ledger …` as IT types it, against a stand-in for LocalGov IMS: what it says, on which side, and its exit codes.

#![allow(clippy::disallowed_methods, reason = "the end of patience with another process is a matter of real time")]

use counterfoil_pack::{PackFiles, check};
use counterfoil_simulators::ims::{Behaviour, Call, Fault, Fund, Mop, StandInIms, Tables, Transaction};
use counterfoil_testkit::till::{cash_sale, demonstration_pack};
use counterfoil_tests::journey::demonstration;
use counterfoil_tests::program;
use counterfoil_tests::rpc::Rpc;
use counterfoil_till::Pence;
use counterfoil_till::surroundings::{Machine, Surroundings};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// How long takings may take to arrive. Nothing is timed by it.
const PATIENCE: Duration = Duration::from_secs(120);

/// A till of the demonstration council, and an IMS that has what its pack says.
fn a_till() -> (tempfile::TempDir, PathBuf, StandInIms) {
    let folder = tempfile::tempdir().expect("folder");
    let data = folder.path().join("data");
    demonstration(&data).expect("a till");
    let ims = StandInIms::start(twin(), Behaviour::default()).expect("a stand-in");
    (folder, data, ims)
}

/// The tables of an IMS that has exactly what the demonstration's pack says.
fn twin() -> Tables {
    let council = check(&PackFiles::read_dir(&demonstration_pack()).expect("files")).expect("a pack");
    let amount = |pence: Pence| pence.plain().parse().expect("an amount");
    let funds = council.funds.iter().map(|fund| Fund {
        code: fund.code.clone(),
        name: fund.code.clone(),
        vat_code: fund.vat_code.clone(),
        maximum: amount(fund.maximum),
        vat_override: fund.vat_override,
        disabled: false,
        metadata: Vec::new(),
    });
    let mops = council.mops.iter().map(|mop| Mop {
        code: mop.code.clone(),
        name: mop.code.clone(),
        maximum: amount(mop.maximum),
        minimum: amount(mop.minimum),
        disabled: mop.disabled,
        types: Vec::new(),
    });
    Tables { funds: funds.collect(), mops: mops.collect(), ..Tables::demonstration() }
}

/// Runs a task of `counterfoil ledger`: its exit code, what it wrote, and what it said beside.
fn ledger(data: &Path, words: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(program("COUNTERFOIL_PROGRAM", "counterfoil"));
    let output = command.arg("--data").arg(data).arg("ledger").args(words).output().expect("counterfoil");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    (output.status.code().expect("a code"), text(output.stdout), text(output.stderr))
}

/// Lets the till pay into this IMS.
fn pays_into(data: &Path, ims: &StandInIms) {
    let (code, out, said) = ledger(data, &["ims", "--url", ims.base_url()]);
    assert_eq!((code, out.trim(), said.as_str()), (0, "Takings go to the IMS from now on.", ""));
}

/// The counter, open, with two payments in the IMS: £12.34 and £5.
fn two_payments(data: &Path) -> Rpc {
    let mut rpc = Rpc::start(data).expect("rpc");
    rpc.call("user.sign_in", &json!({ "user_code": "12", "secret": "1212" })).expect("sign in");
    rpc.call("session.open", &json!({ "counts": [{ "denomination": "20", "pieces": 5 }] })).expect("session");
    for pounds in ["12.34", "5.00"] {
        rpc.call("sale.take", &cash_sale(&Machine.new_id(), "BJ12345673", pounds)).expect("taken");
    }
    let since = Instant::now();
    while rpc.call("ledger.show", &json!({})).expect("shown")["unsent_receipts"] != json!(0) {
        assert!(since.elapsed() < PATIENCE, "it never arrives");
        std::thread::yield_now();
    }
    rpc
}

#[test]
fn the_pack_is_held_against_the_ims_and_the_exit_code_tells_whether_they_differ() {
    let (_folder, data, ims) = a_till();
    let (code, out, said) = ledger(&data, &["compare"]);
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(said.contains("(ledger-no-ims)"), "{said}");
    pays_into(&data, &ims);
    let (code, out, said) = ledger(&data, &["compare"]);
    assert_eq!((code, out.trim(), said.as_str()), (0, "The IMS has what the council pack says.", ""));
    ims.change_tables(|tables| {
        tables.funds.retain(|fund| fund.code != "11");
        tables.mops.iter_mut().filter(|mop| mop.code == "92").for_each(|mop| mop.disabled = true);
    });
    let (code, out, said) = ledger(&data, &["compare"]);
    assert_eq!(code, 1);
    assert_eq!(
        out.lines().collect::<Vec<_>>(),
        [
            "fund 11 is 11 in the IMS, which doesn't have it: every posting to it would be refused",
            "method of payment 92 is in use here and disabled in the IMS, as 92",
        ]
    );
    assert!(said.contains("2 differences") && said.contains("(ledger-ims-differs)"), "{said}");
    ims.tell(Call::Other, Fault::ServerError { stored: false });
    let (code, out, said) = ledger(&data, &["compare"]);
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(said.contains("HTTP 500") && said.contains("(ledger-ims-trouble)"), "{said}");
}

#[test]
fn both_sides_of_a_day_are_printed_beside_the_open_counter_and_the_exit_code_tells_whether_they_agree() {
    let (_folder, data, ims) = a_till();
    pays_into(&data, &ims);
    let mut rpc = two_payments(&data);
    let start = rpc.call("start.show", &json!({})).expect("start");
    let today = start["today"].as_str().expect("a day");
    let reconcile = ["reconcile", "--from", today, "--to", today];
    let (code, out, said) = ledger(&data, &reconcile);
    assert_eq!((code, said.as_str()), (0, ""), "{out}");
    let lines: Vec<Vec<&str>> = out.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(lines[1], [today, "2", "2", "£17.34", "2", "£17.34"], "{out}");
    assert_eq!(out.lines().last(), Some("Both sides agree."));

    let text = |text: &str| Some(text.to_owned());
    let extra = ims.store(Transaction {
        psp_reference: text("CH07-0000002"),
        fund_code: text("11"),
        mop_code: text("1"),
        account_reference: text("BJ12345673"),
        amount: "5.00".parse().ok(),
        vat_amount: "0".parse().ok(),
        ..Transaction::default()
    });
    let (code, out, said) = ledger(&data, &reconcile);
    assert_eq!(code, 1, "{out}");
    let day = out.lines().nth(1).expect("the day");
    assert_eq!(day.split_whitespace().collect::<Vec<_>>(), [today, "2", "2", "£17.34", "3", "£22.34", "DIFFERS"]);
    let named = out.lines().find(|line| line.contains("CH07-0000002")).expect("the receipt is named");
    assert!(named.contains("extra 1 (£5.00)") && named.contains(&extra.reference), "{named}");
    assert!(said.contains("(ledger-differs)") && !out.contains("Both sides agree."), "{out}{said}");

    // What can't be asked about is no agreement either.
    ims.tell(Call::Search, Fault::ServerError { stored: false });
    let (code, out, _) = ledger(&data, &reconcile);
    assert_eq!(code, 1);
    assert!(out.contains("CH07-0000001: not known"), "{out}");
    rpc.close().expect("closed");
}

#[test]
fn a_change_of_ledger_is_in_the_journal_and_an_address_without_encryption_is_warned_of() {
    let (_folder, data, ims) = a_till();
    pays_into(&data, &ims);
    let (code, out, said) = ledger(&data, &["ims", "--url", "http://ims.invalid"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("go over the network unencrypted"), "{said}");
    assert!(out.contains("Takings go to the IMS from now on.") && out.contains("It can't be reached now"), "{out}");
    let till = counterfoil_testkit::till::open(&data, false).expect("till");
    till.call("user.sign_in", json!({ "user_code": "90", "secret": "9090" })).expect("sign in");
    let shown = till.call("report.run", json!({ "report": "audit-trail", "kind": "till" })).expect("the trail");
    let rows: Vec<String> = shown["rows"].as_array().expect("rows").iter().map(Value::to_string).collect();
    let changes: Vec<&String> = rows.iter().filter(|row| row.contains("Takings go to another ledger")).collect();
    assert!(changes.len() == 2 && changes[0].contains("http://ims.invalid") && changes[1].contains(ims.base_url()), "{rows:?}");
}

#[test]
fn enrolling_in_the_clear_is_warned_of_and_refused_only_by_what_answers() {
    let (_folder, data, _ims) = a_till();
    let (code, _, said) = ledger(&data, &["enrol", "--url", "http://ledger.invalid", "--code", "AAAA-BBBB"]);
    assert_eq!(code, 1);
    assert!(said.contains("go over the network unencrypted") && said.contains("(ledger-unreachable)"), "{said}");
}
