//! The counter through its table of commands: who may do what, what is taken, what is refused, and that nothing is lost.

use crate::common::{Counter, MORNING_MS, assets, cheque, copy_pack};
use counterfoil_till::table::{COMMANDS, Needs};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

/// An account of the demonstration that a message stops.
const ON_STOP: &str = "12345678914";

#[test]
fn nobody_reaches_a_command_without_its_right_even_when_asking_directly() {
    let counter = Counter::fresh();
    for command in COMMANDS.iter().filter(|command| command.needs != Needs::Nobody) {
        assert_eq!(counter.refused(command.name, json!({})), "signed-out", "{}", command.name);
    }
    counter.sign_in("12", "1212");
    for name in ["reference.check", "accounts.import", "user.locked_out", "user.release"] {
        assert_eq!(counter.refused(name, json!({ "text": "1", "path": "x", "user_code": "14" })), "right-missing", "{name}");
    }
    counter.call("user.lock", json!({}));
    for name in ["till.status", "sale.begin", "account.find"] {
        assert_eq!(counter.refused(name, json!({})), "screen-locked", "{name}");
    }
    assert_eq!(counter.refused("user.unlock", json!({ "secret": "9999" })), "sign-in-failed");
    counter.call("user.unlock", json!({ "secret": "1212" }));
    counter.call("till.status", json!({}));
}

#[test]
fn five_failures_lock_a_user_through_a_restart_until_somebody_releases_them() {
    let mut counter = Counter::fresh();
    for failure in 1..=5 {
        let code = counter.refused("user.sign_in", json!({ "user_code": "12", "secret": "0000" }));
        assert_eq!(code, if failure < 5 { "sign-in-failed" } else { "user-locked" });
    }
    counter.restart();
    assert_eq!(counter.refused("user.sign_in", json!({ "user_code": "12", "secret": "1212" })), "user-locked");
    assert_eq!(counter.refused("user.sign_in", json!({ "user_code": "nobody", "secret": "1212" })), "sign-in-failed");
    counter.sign_in("20", "2020");
    assert_eq!(counter.call("user.locked_out", json!({}))[0]["user_code"], "12");
    counter.call("user.release", json!({ "user_code": "12" }));
    counter.call("user.sign_out", json!({}));
    counter.sign_in("12", "1212");
}

#[test]
fn no_payment_without_an_own_open_session() {
    let counter = Counter::fresh();
    counter.sign_in("12", "1212");
    assert_eq!(counter.refused("sale.begin", json!({})), "session-needed");
    assert_eq!(counter.refused("session.open", json!({ "counts": [{ "denomination": "20", "pieces": -1 }] })), "count-not-valid");
    assert_eq!(counter.refused("session.open", json!({ "counts": [{ "denomination": "50", "pieces": 900 }] })), "float-outside-policy");
    counter.call("session.open", json!({ "counts": [{ "denomination": "20", "pieces": 5 }] }));
    assert_eq!(counter.refused("session.open", json!({ "counts": [] })), "session-open-already");
    counter.call("user.sign_out", json!({}));
    counter.sign_in("14", "1414");
    assert_eq!(counter.refused("sale.begin", json!({})), "session-of-another");
}

#[test]
fn several_lines_and_tenders_become_one_receipt_whose_change_is_no_takings() {
    let counter = Counter::open();
    let lines = json!([
        { "fund_code": "23", "reference": "501234566", "amount": "100" },
        { "fund_code": "11", "reference": "bj12345673", "amount": "50", "narrative": "  for   a friend " },
    ]);
    let tenders = json!([{ "kind": "cash", "mop_code": "1", "tendered": "100" }, cheque("70")]);
    let taken = counter.call("sale.take", counter.sale(lines, tenders));
    let receipt = &taken["receipt"];
    assert_eq!(receipt["number"], "CH07-0000001");
    assert_eq!((receipt["total"].clone(), taken["change"].clone()), (json!(15_000), json!(2_000)));
    assert_eq!(receipt["lines"][1]["reference"], "BJ12345673");
    assert_eq!(receipt["lines"][1]["narrative"], "for a friend");
    let shares: Vec<Value> = receipt["postings"].as_array().expect("postings").iter().map(|posting| posting["amount"].clone()).collect();
    assert_eq!(shares, [json!(8_000), json!(2_000), json!(5_000)]);
    let card = counter.call("account.show", json!({ "fund_code": "23", "reference": "501234566" }));
    assert_eq!((card["balance"].clone(), card["taken_since"].clone()), (json!(120_450), json!(10_000)));
}

#[test]
fn what_breaks_a_rule_is_refused_with_its_field_and_nothing_is_taken() {
    let counter = Counter::open();
    let rent = |pounds: &str| json!([{ "fund_code": "5", "reference": "12345678902", "amount": pounds }]);
    let fine = |pounds: &str| json!([{ "fund_code": "11", "reference": "BJ12345673", "amount": pounds }]);
    let cash = |pounds: &str| json!([{ "kind": "cash", "mop_code": "1", "tendered": pounds }]);
    let card = |pounds: &str, again: &str| json!([{ "kind": "card", "mop_code": "92", "amount": pounds, "amount_again": again, "terminal": "PDQ1", "authorisation": "123456", "last_four": "1234" }]);
    let mut dear = cheque("35");
    for (lines, tenders, code) in [
        (json!([]), cash("1"), "cash-not-needed"),
        (fine("-5"), cash("1"), "amount-signed"),
        (fine("1.234"), cash("2"), "amount-too-precise"),
        (fine("1e9"), cash("2"), "amount-not-a-number"),
        (fine("٣"), cash("3"), "amount-not-a-number"),
        (fine(&"9".repeat(10_000)), cash("3"), "amount-not-a-number"),
        (fine("0"), cash("1"), "amount-zero"),
        (json!([{ "fund_code": "2R", "reference": "FP1234567A", "amount": "500.01" }]), cash("501"), "amount-above-fund-maximum"),
        (json!([{ "fund_code": "11", "reference": "BJ12345674", "amount": "1" }]), cash("1"), "reference-not-valid-for-fund"),
        (json!([{ "fund_code": "11", "reference": "BJ1\u{0}2345673", "amount": "1" }]), cash("1"), "reference-unreadable"),
        (json!([{ "fund_code": "SP", "reference": "1", "amount": "1" }]), cash("1"), "fund-not-available"),
        (
            json!([{ "fund_code": "11", "reference": "BJ12345673", "amount": "1", "narrative": "card 4111 1111 1111 1111" }]),
            cash("1"),
            "card-number-typed",
        ),
        (json!([{ "fund_code": "11", "reference": "BJ12345673", "amount": "1", "vat_code": "W0" }]), cash("1"), "vat-code-fixed"),
        (rent("10"), json!([cheque("10")]), "account-stops-cheques"),
        (fine("35"), cash("34.99"), "not-fully-paid"),
        (fine("35"), card("35", "53"), "card-amounts-differ"),
        (fine("35"), card("36", "36"), "tender-above-due"),
        (fine("35"), json!([{ "kind": "cash", "mop_code": "JN", "tendered": "35" }]), "mop-not-available"),
        (fine("35"), json!([{ "kind": "cash", "mop_code": "24", "tendered": "35" }]), "mop-of-another-kind"),
        (
            fine("35"),
            json!([{ "kind": "cash", "mop_code": "1", "tendered": "20" }, { "kind": "cash", "mop_code": "1", "tendered": "15" }]),
            "cash-twice",
        ),
    ] {
        assert_eq!(counter.refused("sale.take", counter.sale(lines.clone(), tenders)), code, "{lines:.60}");
    }
    for (date, code) in [("2026-11-24", "cheque-post-dated"), ("2026-05-22", "cheque-out-of-date"), ("soon", "cheque-date-not-valid")] {
        dear["dated"] = json!(date);
        assert_eq!(counter.refused("sale.take", counter.sale(fine("35"), json!([dear]))), code);
    }
    assert_eq!(counter.call("till.status", json!({}))["unsent_receipts"], 0);
}

#[test]
fn a_stop_holds_for_a_cashier_unless_somebody_else_agrees() {
    let counter = Counter::open();
    let council = counter.call("account.find", json!({ "text": "12345678" }));
    let stopped = council["hits"].as_array().expect("hits").iter().find(|hit| {
        let card = counter.call("account.show", json!({ "fund_code": hit["fund_code"], "reference": hit["reference"] }));
        card["message"]["stops_payments"] == true
    });
    let stopped = stopped.expect("the demonstration has an account on stop")["reference"].clone();
    let line = |over: bool| json!([{ "fund_code": "5", "reference": stopped, "amount": "10", "override_stop": over, "override_reason": "service-agreed" }]);
    let cash = json!([{ "kind": "cash", "mop_code": "1", "tendered": "10" }]);
    assert_eq!(counter.refused("sale.take", counter.sale(line(false), cash.clone())), "account-on-stop");
    assert_eq!(counter.refused("sale.take", counter.sale(line(true), cash)), "approval-needed");
}

#[test]
fn a_cheque_is_taken_in_spite_of_a_stop_only_with_a_second_persons_word_which_is_kept() {
    let counter = Counter::open();
    let line = json!([{ "fund_code": "5", "reference": "12345678902", "amount": "10", "override_stop": true, "override_reason": "service-agreed" }]);
    let mut sale = counter.sale(line, json!([cheque("10")]));
    assert_eq!(counter.refused("sale.take", sale.clone()), "approval-needed");
    sale["approval"] = json!({ "user_code": "20", "secret": "2020" });
    let receipt = counter.call("sale.take", sale)["receipt"].clone();
    assert_eq!((&receipt["lines"][0]["stop_overridden"], &receipt["lines"][0]["override_reason"]), (&json!(4), &json!("service-agreed")));
    assert_eq!(counter.call("receipt.show", json!({ "number": receipt["number"] }))["approved_by"], "20");
}

#[test]
fn a_reference_is_recognised_across_funds_and_its_expected_form_never_shown() {
    let counter = Counter::open();
    let fund = |text: &str| {
        let found = counter.call("reference.recognise", json!({ "text": text }));
        (found["candidates"][0]["fund_code"].as_str().unwrap_or_default().to_owned(), found["equally_likely"].as_u64().unwrap_or_default())
    };
    assert_eq!(fund(" 501234566 "), ("23".into(), 1));
    assert_eq!(fund("bj12345673"), ("11".into(), 1));
    assert_eq!(fund("FP1234567A"), ("2R".into(), 1));
    assert_eq!(fund("12345678902"), ("5".into(), 1));
    assert_eq!(fund("]C0BJ12345673"), ("11".into(), 1));
    for (text, code) in [("", "reference-missing"), ("BJ\u{7}", "reference-unreadable"), ("?!", "reference-not-valid")] {
        let error = counter.till().call("reference.recognise", json!({ "text": text })).expect_err("refused");
        assert_eq!(error.code, code);
        assert!(!error.message.contains('#') && !error.message.contains("BJ"), "{}", error.message);
    }
}

#[test]
fn a_card_number_in_the_reference_box_is_refused_with_the_reason_typed_or_swiped() {
    let counter = Counter::open();
    for text in [
        "4111111111111111",
        "4111 1111 1111 1111",
        ";4111111111111111=29121010000000000000?",
        "%B4111111111111111^PAYER/A MRS              ^29121010000000000000000?",
    ] {
        for suspense in [false, true] {
            assert_eq!(
                counter.refused("reference.recognise", json!({ "text": text, "suspense": suspense })),
                "card-number-typed",
                "{text}"
            );
        }
    }
    let line = json!([{ "fund_code": "31", "reference": "4111111111111111", "amount": "1" }]);
    let cash = json!([{ "kind": "cash", "mop_code": "1", "tendered": "1" }]);
    assert_eq!(counter.refused("sale.take", counter.sale(line, cash)), "card-number-typed");
}

#[test]
fn a_parked_sale_survives_a_restart_and_is_gone_once_taken() {
    let mut counter = Counter::open();
    let sale = counter.cash_sale("11", "BJ12345673", "35");
    counter.call("sale.park", json!({ "sale_id": sale["sale_id"], "label": "blue coat", "lines": sale["lines"] }));
    counter.restart();
    counter.sign_in("12", "1212");
    let parked = counter.call("sale.parked", json!({}));
    assert_eq!((parked[0]["label"].clone(), parked[0]["total"].clone()), (json!("blue coat"), json!(3_500)));
    let resumed = counter.call("sale.resume", json!({ "sale_id": sale["sale_id"] }));
    assert_eq!(resumed["lines"][0]["reference"], "BJ12345673");
    assert_eq!(counter.call("sale.parked", json!({})).as_array().map(Vec::len), Some(1));
    counter.call("sale.take", sale.clone());
    assert_eq!(counter.call("sale.parked", json!({})), json!([]));
    assert_eq!(counter.refused("sale.resume", json!({ "sale_id": sale["sale_id"] })), "parked-sale-unknown");
}

#[test]
fn who_pays_is_asked_for_where_the_fund_wants_it_and_is_on_the_receipt() {
    let counter = Counter::open();
    let mut line = json!({ "fund_code": "31", "reference": "BC/2026/0417", "amount": "90" });
    let cash = json!([{ "kind": "cash", "mop_code": "1", "tendered": "90" }]);
    assert_eq!(counter.refused("sale.take", counter.sale(json!([line]), cash.clone())), "payer-name-missing");
    line["payer_name"] = json!("Mr A Builder");
    assert_eq!(counter.refused("sale.take", counter.sale(json!([line]), cash.clone())), "payer-address-missing");
    line["payer_address"] = json!("7 Mill Lane, Barnsley");
    let taken = counter.call("sale.take", counter.sale(json!([line]), cash));
    let shown = counter.call("receipt.show", json!({ "number": taken["receipt"]["number"] }));
    assert_eq!(shown["receipt"]["lines"][0]["payer_address"], "7 Mill Lane, Barnsley");
    let sheet = shown["sheet"].to_string();
    assert!(sheet.contains("Paid by: Mr A Builder") && sheet.contains("7 Mill Lane, Barnsley"), "{sheet}");
}

#[test]
fn what_may_not_be_kept_is_not_parked_either() {
    let counter = Counter::open();
    let park = |label: &str, lines: Value| {
        let sale_id = counter.call("sale.begin", json!({}))["sale_id"].clone();
        json!({ "sale_id": sale_id, "label": label, "lines": lines })
    };
    let line = |field: &str, text: &str| {
        let mut line = json!({ "fund_code": "11", "reference": "BJ12345673", "amount": "35" });
        line[field] = json!(text);
        json!([line])
    };
    let card = "4111 1111 1111 1111";
    for (field, text, code) in [
        ("narrative", card, "card-number-typed"),
        ("narrative", "bell\u{7}", "narrative-not-valid"),
        ("narrative", &*"long ".repeat(2_000), "narrative-not-valid"),
        ("reference", card, "card-number-typed"),
        ("override_reason", card, "reason-missing"),
        ("vat_code", card, "vat-code-fixed"),
        ("fund_code", card, "fund-not-available"),
        ("amount", card, "amount-not-a-number"),
    ] {
        assert_eq!(counter.refused("sale.park", park("blue coat", line(field, text))), code, "{field}: {text:.20}");
    }
    let many = Value::from(vec![line("narrative", "")[0].clone(); 51]);
    assert_eq!(counter.refused("sale.park", park("", many)), "basket-too-long");
    assert_eq!(counter.refused("sale.park", park("", json!([]))), "basket-empty");
    for (label, code) in [(card, "card-number-typed"), ("bell\u{7}", "narrative-not-valid"), (&*"x".repeat(61), "narrative-not-valid")] {
        assert_eq!(counter.refused("sale.park", park(label, line("narrative", ""))), code);
    }
    assert_eq!(counter.call("sale.parked", json!({})), json!([]));
    let spaced = park(" ", line("narrative", &format!("for{}a friend", " ".repeat(10_000))));
    counter.call("sale.park", spaced.clone());
    let resumed = counter.call("sale.resume", json!({ "sale_id": spaced["sale_id"] }));
    assert_eq!(resumed["lines"][0]["narrative"], "for a friend");
}

#[test]
fn a_basket_waits_for_what_may_be_settled_meanwhile() {
    let counter = Counter::open();
    let stopped = json!([{ "fund_code": "5", "reference": ON_STOP, "amount": "10" }]);
    let sale_id = counter.call("sale.begin", json!({}))["sale_id"].clone();
    counter.call("sale.park", json!({ "sale_id": sale_id, "lines": stopped }));
    assert_eq!(counter.call("sale.parked", json!({}))[0]["label"], ON_STOP);
}

#[test]
fn receipts_are_found_by_number_reference_amount_card_and_time() {
    let counter = Counter::open();
    counter.call("sale.take", counter.cash_sale("11", "BJ12345673", "35"));
    let line = json!([{ "fund_code": "23", "reference": "501234566", "amount": "12.34" }]);
    let card = json!([{ "kind": "card", "mop_code": "92", "amount": "12.34", "amount_again": "12.34", "terminal": "PDQ1", "authorisation": "123456", "last_four": "4242" }]);
    counter.call("sale.take", counter.sale(line, card));
    let find = |text: &str| {
        let found = counter.call("receipt.find", json!({ "text": text }));
        found["receipts"]
            .as_array()
            .expect("list")
            .iter()
            .map(|receipt| receipt["number"].as_str().unwrap_or_default().to_owned())
            .collect::<Vec<_>>()
    };
    let (first, second) = ("CH07-0000001".to_owned(), "CH07-0000002".to_owned());
    assert_eq!(find(""), [second.clone(), first.clone()]);
    assert_eq!(find("ch07-0000001"), std::slice::from_ref(&first));
    assert_eq!(find("bj123"), std::slice::from_ref(&first));
    assert_eq!(find("12.34"), std::slice::from_ref(&second));
    assert_eq!(find("4242"), std::slice::from_ref(&second));
    // Two cards pay one receipt: either finds it, and no four digits across the two do.
    let two_cards = |last_four: &str| json!({ "kind": "card", "mop_code": "92", "amount": "5", "amount_again": "5", "terminal": "PDQ1", "authorisation": "123456", "last_four": last_four });
    let line = json!([{ "fund_code": "23", "reference": "501234566", "amount": "10" }]);
    counter.call("sale.take", counter.sale(line, json!([two_cards("1122"), two_cards("3344")])));
    for (last_four, found) in [("1122", 1), ("3344", 1), ("2233", 0)] {
        assert_eq!(find(last_four).len(), found, "{last_four}");
    }
    assert_eq!(find("10:43").len(), 0);
    assert_eq!(find("10:42").len(), 3);
    assert_eq!(find("23/11/2026").len(), 3);
    assert_eq!(find("22/11/2026"), Vec::<String>::new());
    assert_eq!(find("nothing of the kind"), Vec::<String>::new());
    counter.call("receipt.reprint", json!({ "number": first }));
    assert_eq!(counter.refused("receipt.reprint", json!({ "number": "CH07-0000099" })), "receipt-unknown");
}

#[test]
fn a_clock_set_back_neither_stops_the_till_nor_disorders_its_numbers() {
    let mut counter = Counter::open();
    counter.call("sale.take", counter.cash_sale("11", "BJ12345673", "1"));
    counter.clock.now_ms.store(MORNING_MS - 40 * 24 * 3_600_000, Ordering::Relaxed);
    let taken = counter.call("sale.take", counter.cash_sale("11", "BJ12345673", "2"));
    assert_eq!(taken["receipt"]["number"], "CH07-0000002");
    counter.restart();
    assert_eq!(counter.till().store().verify().expect("chain").entries, counter.till().store().head().expect("head").seq);
    assert_eq!(counter.till().store().rebuild().expect("rebuilt"), []);
}

#[test]
fn a_till_whose_pack_this_version_refuses_opens_and_takes_another_without_losing_anything() {
    let mut counter = Counter::open();
    counter.call("sale.take", counter.cash_sale("11", "BJ12345673", "1"));
    counter.till = None;
    let store = rusqlite::Connection::open(counter.folder.path().join("data/till.db")).expect("store");
    store.execute_batch("UPDATE packs SET bundle = CAST('{}' AS BLOB)").expect("the pack is spoilt");
    drop(store);
    counter.prints = true;
    counter.restart();
    let start = counter.call("start.show", json!({}));
    assert_eq!(
        (&start["troubles"], &start["council"], &start["till"]["till_code"]),
        (&json!(["pack-unreadable"]), &Value::Null, &json!("07"))
    );
    assert_eq!(counter.refused("user.sign_in", json!({ "user_code": "12", "secret": "1212" })), "council-missing");
    let pack = assets().join("packs/barnsley-demo");
    let set_up = |code: &str| json!({ "folder": pack, "office_code": "CH", "till_code": code, "printer": { "kind": "screen" } });
    assert_eq!(counter.refused("start.set_up", set_up("08")), "till-has-taken-money");
    counter.call("start.set_up", set_up("07"));
    counter.restart();
    assert_eq!(counter.call("start.show", json!({}))["troubles"], json!([]));
    counter.sign_in("12", "1212");
    // What waited for a council to be printed comes out.
    counter.printer(|line| line["waiting"] == 0 && line["failed"] == 0, || {});
    assert_eq!(counter.call("sale.take", counter.cash_sale("11", "BJ12345673", "2"))["receipt"]["number"], "CH07-0000002");
}

#[test]
fn a_bad_pack_is_never_half_applied() {
    let counter = Counter::open();
    let broken = counter.folder.path().join("broken");
    copy_pack(&broken);
    std::fs::write(broken.join("vat.csv"), "code,rate\n\"torn,0.2\n").expect("written");
    let error = counterfoil_till::apply_pack(counter.till(), &broken).expect_err("refused");
    assert_eq!(error.code, "pack-problems");
    assert!(error.args["first"].contains("vat.csv"), "{:?}", error.args);
    counter.call("sale.take", counter.cash_sale("11", "BJ12345673", "1"));
}

#[test]
fn a_receipt_that_cannot_be_written_as_pdf_is_given_up_in_words_and_comes_out_when_it_can() {
    let mut counter = Counter::open();
    let data = counter.folder.path().join("data");
    let pack = assets().join("packs/barnsley-demo");
    counter.call("user.sign_out", json!({}));
    counter.sign_in("90", "9090");
    counter.call("start.set_up", json!({ "folder": pack, "office_code": "CH", "till_code": "07", "printer": { "kind": "none" } }));
    counter.call("user.sign_out", json!({}));
    counter.sign_in("12", "1212");
    // A file stands where the folder should be made.
    std::fs::write(data.join("receipts"), "in the way").expect("written");
    counter.call("sale.take", counter.cash_sale("11", "BJ12345673", "1"));
    counter.prints = true;
    counter.restart();
    counter.sign_in("12", "1212");
    let line = counter.printer(|line| line["state"] != "ready", || {});
    assert!(line["state"].as_str().is_some_and(|code| code.starts_with("store")), "{line}");
    std::fs::remove_file(data.join("receipts")).expect("out of the way");
    counter.call("print.retry", json!({}));
    counter.printer(|line| line["waiting"] == 0, || {});
    assert!(data.join("receipts/CH07-0000001.pdf").is_file());
}

#[test]
fn a_print_job_whose_receipt_cannot_be_read_is_given_up_and_holds_up_no_other() {
    let mut counter = Counter::open();
    counter.call("sale.take", counter.cash_sale("11", "BJ12345673", "1"));
    counter.call("sale.take", counter.cash_sale("11", "BJ12345673", "2"));
    counter.till = None;
    let store = rusqlite::Connection::open(counter.folder.path().join("data/till.db")).expect("store");
    let spoilt = "DROP TRIGGER journal_is_never_changed;
        UPDATE journal SET body = x'7b7d' WHERE seq = (SELECT seq FROM receipts WHERE serial = 1)";
    store.execute_batch(spoilt).expect("the first receipt is spoilt");
    drop(store);
    counter.prints = true;
    counter.restart();
    counter.sign_in("12", "1212");
    let line = counter.printer(|line| line["failed"] == 1 && line["waiting"] == 0, || {});
    assert_eq!(line["state"], "receipt-unreadable");
    let paper = counter.call("print.paper", json!({}));
    let numbers: Vec<&Value> = paper["strips"].as_array().expect("strips").iter().map(|strip| &strip["number"]).collect();
    assert_eq!(numbers, ["CH07-0000002"]);
}

#[test]
fn unreadable_requests_are_answered_without_repeating_what_was_sent() {
    let counter = Counter::fresh();
    for payload in [json!([1]), json!({ "user_code": 12 }), json!("secret 1212")] {
        let error = counter.till().call("user.sign_in", payload).expect_err("refused");
        assert_eq!(error.code, "request-unreadable");
        assert!(!error.message.contains("1212") && !error.detail.contains("1212"));
    }
    assert_eq!(counter.refused("no.such.command", json!({})), "command-unknown");
}

/// The sources below a folder.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let items = std::fs::read_dir(folder).expect("folder").map(|item| item.expect("item").path());
    let below = items.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] });
    below.filter(|path| path.extension().is_some_and(|ending| ending == "rs")).collect()
}

#[test]
fn every_error_that_the_till_can_answer_has_its_words() {
    let mut codes = BTreeSet::new();
    for source in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let text = std::fs::read_to_string(source).expect("source");
        for begins in ["not_done(\"", "in_doubt(\""] {
            codes.extend(text.split(begins).skip(1).filter_map(|piece| piece.split('"').next()).map(str::to_owned));
        }
    }
    assert!(codes.len() > 100, "{codes:?}");
    let none = BTreeMap::new();
    let wordless: Vec<&String> = codes.iter().filter(|code| counterfoil_till::english_message(code, &none) == **code).collect();
    assert!(wordless.is_empty(), "without words: {wordless:?}");
}

#[test]
fn a_till_whose_account_holders_cannot_be_read_opens_and_says_so() {
    let mut counter = Counter::open();
    counter.till = None;
    let extract = counter.folder.path().join("data/accounts/extract-1.db");
    assert!(extract.exists());
    std::fs::write(extract, b"not a database at all").expect("spoilt");
    counter.restart();
    counter.sign_in("12", "1212");
    assert_eq!(counter.call("till.status", json!({}))["troubles"], json!(["accounts-unreadable"]));
    counter.call("sale.take", counter.cash_sale("11", "BJ12345673", "1"));
}
