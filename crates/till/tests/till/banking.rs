//! Banking: closed sessions go to the bank once, with a second person's word, and what is banked is held against what was counted.

use crate::common::Counter;
use crate::common::day::pieces;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

/// Two sessions of cashier 12 are closed, the first with a cheque and a lift; supervisor 20 is signed in.
fn two_closed_sessions() -> Counter {
    let counter = Counter::open();
    counter.call("sale.take", counter.cash_sale("23", "501234566", "300"));
    counter.take_cheque("40", "A Payer");
    lift(&counter, 5);
    // £100 float + £300 − £100 lifted is £300; £100 of it stays.
    counter.close_session(pieces(&[("50", 5), ("20", 2), ("1-pound", 10)]), "100");
    counter.call("session.open", json!({ "counts": [{ "denomination": "20", "pieces": 5 }] }));
    counter.call("sale.take", counter.cash_sale("11", "BJ12345673", "40"));
    counter.close_session(pieces(&[("20", 6), ("20-scottish", 1)]), "100");
    counter.call("user.sign_out", json!({}));
    counter.sign_in("20", "2020");
    counter
}

fn lift(counter: &Counter, twenties: u32) {
    let begun = counter.call("cash.begin", json!({}));
    let lift = json!({ "movement_id": begun["movement_id"], "bag": "L1", "counts": pieces(&[("20", twenties)]) });
    counter.call("cash.lift", lift);
}

/// A deposit of both sessions: £300 of the first (with its lift), £40 of the second.
fn deposit(counter: &Counter) -> Value {
    let ready = counter.call("banking.ready", json!({}));
    json!({
        "deposit_id": ready["deposit_id"], "z_reads": [1, 2], "slip": "000123",
        "cash": pieces(&[("50", 5), ("20", 2), ("20-scottish", 1), ("10", 1), ("1-pound", 20)]),
        "bags": [{ "number": "bk-1", "seal": "s77", "amount": "300" }, { "number": "bk-2", "amount": "40" }],
        "approval": { "user_code": "21", "secret": "2121" },
    })
}

fn with(mut request: Value, changes: Value) -> Value {
    for (key, value) in changes.as_object().expect("an object") {
        request[key] = value.clone();
    }
    request
}

#[test]
fn what_is_ready_for_the_bank_is_what_was_counted_less_the_next_float_with_the_lifts() {
    let counter = two_closed_sessions();
    let ready = counter.call("banking.ready", json!({}));
    let figures: Vec<Value> = ready["sessions"]
        .as_array()
        .expect("sessions")
        .iter()
        .map(|row| json!([row["z"], row["user_code"], row["cash"], row["cheques"]["count"], row["cheques"]["amount"]]))
        .collect();
    assert_eq!(figures, [json!([1, "12", 30_000, 1, 4_000]), json!([2, "12", 4_000, 0, 0])]);
}

#[test]
fn a_deposit_is_made_once_however_often_it_is_asked_for() {
    let counter = two_closed_sessions();
    let request = deposit(&counter);
    let made = counter.call("banking.make", request.clone());
    assert_eq!((made["total"].clone(), made["difference"].clone(), made["again"].clone()), (json!(38_000), json!(0), json!(false)));
    assert_eq!((made["made_by"].as_str(), made["approved_by"].as_str()), (Some("20"), Some("21")));
    assert_eq!(made["deposit"]["bags"][0], json!({ "number": "BK-1", "seal": "S77", "amount": 30_000 }));
    let again = counter.call("banking.make", request.clone());
    assert_eq!((again["again"].clone(), again["deposit"].clone()), (json!(true), made["deposit"].clone()));
    assert_eq!(counter.refused("banking.make", with(request.clone(), json!({ "slip": "000124" }))), "id-with-other-content");
    let fresh = counter.call("banking.ready", json!({}));
    assert_eq!(fresh["sessions"], json!([]));
    let other = with(request, json!({ "deposit_id": fresh["deposit_id"], "slip": "000124" }));
    assert_eq!(counter.refused("banking.make", other), "session-banked-already");
    assert_eq!(
        counter.call("banking.list", json!({})),
        json!([{ "number": 1, "day": "2026-11-23", "slip": "000123", "total": 38_000, "difference": 0 }])
    );
    assert_eq!(counter.till().store().rebuild().expect("rebuilt"), vec![]);
}

#[test]
fn of_two_who_bank_the_same_session_at_once_one_is_told_that_it_is_gone() {
    let counter = two_closed_sessions();
    let requests: Vec<Value> = ["000123", "000124"].map(|slip| with(deposit(&counter), json!({ "slip": slip }))).to_vec();
    let till = counter.till();
    let answers: Vec<Result<Value, String>> = std::thread::scope(|scope| {
        let make = |request| scope.spawn(move || till.call("banking.make", request).map_err(|error| error.code));
        let callers: Vec<_> = requests.into_iter().map(make).collect();
        callers.into_iter().map(|caller| caller.join().expect("an answer")).collect()
    });
    let refused: Vec<&String> = answers.iter().filter_map(|answer| answer.as_ref().err()).collect();
    assert_eq!(refused, ["session-banked-already"]);
}

#[test]
fn a_difference_from_what_was_counted_needs_a_reason_and_is_kept() {
    let counter = two_closed_sessions();
    let less = json!({ "cash": pieces(&[("50", 5), ("20", 2), ("20-scottish", 1), ("10", 1)]), "bags": [{ "number": "BK-1" }] });
    let request = with(deposit(&counter), less);
    assert_eq!(counter.refused("banking.make", request.clone()), "reason-missing");
    assert_eq!(counter.refused("banking.make", with(request.clone(), json!({ "reason": "wrong-change" }))), "reason-missing");
    let made = counter.call("banking.make", with(request, json!({ "reason": "loose-coin-kept", "text": "in the safe" })));
    assert_eq!(made["difference"], -2_000);
    assert_eq!(made["deposit"]["reason"], json!({ "code": "loose-coin-kept", "text": "in the safe" }));
    assert_eq!(counter.call("banking.list", json!({}))[0]["difference"], -2_000);
}

#[test]
fn nobody_banks_alone_and_what_cannot_be_is_said_before_anybody_is_asked() {
    let counter = two_closed_sessions();
    let request = deposit(&counter);
    let mut alone = request.clone();
    alone.as_object_mut().expect("an object").remove("approval");
    assert_eq!(counter.refused("banking.make", alone.clone()), "approval-needed");
    let own = json!({ "approval": { "user_code": "20", "secret": "2020" } });
    assert_eq!(counter.refused("banking.make", with(request.clone(), own)), "approver-is-requester");
    let cashier = json!({ "approval": { "user_code": "14", "secret": "1414" } });
    assert_eq!(counter.refused("banking.make", with(request.clone(), cashier)), "approver-may-not");
    for (change, code) in [
        (json!({ "slip": " " }), "slip-number-not-valid"),
        (json!({ "slip": "12 34" }), "slip-number-not-valid"),
        (json!({ "cash": pieces(&[("1-pound", 19)]) }), "bag-not-full"),
        (json!({ "cash": [{ "denomination": "50p", "by": "value", "text": "10.25" }] }), "count-does-not-divide"),
        (json!({ "cash": [{ "denomination": "20", "text": "-1" }] }), "count-not-valid"),
        (json!({ "cash": [{ "denomination": "doubloon", "text": "1" }] }), "count-not-valid"),
        (json!({ "bags": [] }), "bags-do-not-add-up"),
        (json!({ "bags": [{ "number": "" }] }), "bag-number-not-valid"),
        (json!({ "bags": [{ "number": "A", "amount": "300" }, { "number": "a", "amount": "40" }] }), "bag-twice"),
        (json!({ "z_reads": [3] }), "session-not-closed"),
        (json!({ "z_reads": [] }), "deposit-empty"),
    ] {
        assert_eq!(counter.refused("banking.make", with(alone.clone(), change.clone())), code, "{change}");
    }
    assert_eq!(counter.refused("banking.make", with(alone, json!({ "deposit_id": "1" }))), "request-unreadable");
    counter.call("user.disable", json!({ "user_code": "21" }));
    assert_eq!(counter.refused("banking.make", request.clone()), "sign-in-failed");
    counter.call("user.enable", json!({ "user_code": "21" }));
    counter.call("banking.make", request);
    counter.call("user.sign_out", json!({}));
    counter.sign_in("12", "1212");
    for name in ["banking.ready", "banking.list"] {
        assert_eq!(counter.refused(name, json!({})), "right-missing");
    }
}

#[test]
fn a_slip_s_number_is_used_once() {
    let counter = two_closed_sessions();
    let first = json!({ "z_reads": [2], "cash": pieces(&[("20", 2)]), "bags": [{ "number": "BK-1" }] });
    counter.call("banking.make", with(deposit(&counter), first));
    let second = json!({ "z_reads": [1], "cash": pieces(&[("50", 6)]), "bags": [{ "number": "BK-2" }] });
    assert_eq!(counter.refused("banking.make", with(deposit(&counter), second.clone())), "slip-used");
    let made = counter.call("banking.make", with(with(deposit(&counter), second), json!({ "slip": "000124" })));
    assert_eq!(made["deposit"]["number"], 2);
}

#[test]
fn the_papers_say_what_the_bank_counts_against() {
    let counter = two_closed_sessions();
    counter.call("banking.make", deposit(&counter));
    let papers = counter.call("banking.papers", json!({ "number": 1 }));
    let slip = text_of(Path::new(papers["slip"].as_str().expect("a path")));
    let line = |words: &str| slip.lines().find(|line| line.trim_start().starts_with(words)).unwrap_or_else(|| panic!("{words} in\n{slip}"));
    assert!(
        slip.contains("000123")
            && slip.contains("Z 1, Z 2")
            && slip.contains("Jo Supervisor (20)")
            && slip.contains("Robin Supervisor (21)")
    );
    assert!(line("£50 ").contains('5') && line("£50 ").trim_end().ends_with("£250.00"));
    assert!(line("£1 ").contains("20") && line("£1 ").trim_end().ends_with("£20.00"));
    let (own, other) = (slip.find("Bank of England notes").expect("notes"), slip.find("Scottish and Northern Irish notes").expect("notes"));
    assert!(own < other && slip[other..].contains("£20 Scottish"), "{slip}");
    assert!(line("Total paid in").trim_end().ends_with("£380.00"));
    assert!(line("BK-1").contains("S77") && slip.contains("(signature)"));
    let cheques = text_of(Path::new(papers["cheques"].as_str().expect("a path")));
    assert!(
        cheques.contains("20-00-00") && cheques.contains("12345678") && cheques.contains("A Payer") && cheques.contains("£40.00"),
        "{cheques}"
    );
    let welsh = counter.call("banking.papers", json!({ "number": 1, "language": "cy" }));
    assert!(text_of(Path::new(welsh["slip"].as_str().expect("a path"))).contains("Papurau Banc Lloegr"));
    assert_eq!(counter.refused("banking.papers", json!({ "number": 2 })), "deposit-unknown");
}

fn text_of(file: &Path) -> String {
    let output = Command::new("pdftotext").args(["-layout", "-enc", "UTF-8"]).arg(file).arg("-").output().expect("poppler-utils");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    String::from_utf8(output.stdout).expect("UTF-8")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    /// Cash in £10 notes: whatever is taken, lifted and left, deposits and floats carried are what was counted and lifted.
    #[test]
    fn deposits_and_floats_carried_are_what_was_counted(
        sessions in prop::collection::vec((1u32..40, 0u32..8, 0u32..10, -2i64..3), 1..4),
        together in any::<bool>(),
    ) {
        let counter = Counter::fresh();
        let (mut counted, mut left) = (0i64, 0i64);
        for (taken, lifted, float_left, off) in &sessions {
            counter.sign_in("12", "1212");
            counter.call("session.open", json!({ "counts": [{ "denomination": "10", "pieces": 10 }] }));
            counter.call("sale.take", counter.cash_sale("23", "501234566", &(taken * 10).to_string()));
            if *lifted > 0 {
                let begun = counter.call("cash.begin", json!({}));
                counter.call("cash.lift", json!({ "movement_id": begun["movement_id"], "bag": "L1", "counts": pieces(&[("10", *lifted)]) }));
            }
            let there = i64::from(10 + taken - lifted) + off;
            let cash = pieces(&[("10", u32::try_from(there).expect("some"))]);
            let float_left = i64::from(*float_left).min(there);
            counter.close_session(cash, &(float_left * 10).to_string());
            counted += (there + i64::from(*lifted)) * 1_000;
            left += float_left * 1_000;
            counter.call("user.sign_out", json!({}));
        }
        counter.sign_in("20", "2020");
        let ready = counter.call("banking.ready", json!({}));
        let each: Vec<(u64, i64)> = ready["sessions"].as_array().expect("sessions").iter()
            .map(|row| (row["z"].as_u64().expect("z"), row["cash"].as_i64().expect("pence"))).collect();
        let groups: Vec<Vec<(u64, i64)>> = if together { vec![each] } else { each.into_iter().map(|one| vec![one]).collect() };
        let mut banked = 0;
        for (place, group) in groups.iter().enumerate() {
            let cash: i64 = group.iter().map(|(_, cash)| cash).sum();
            let id = counter.call("banking.ready", json!({}))["deposit_id"].clone();
            let made = counter.call("banking.make", json!({
                "deposit_id": id, "z_reads": group.iter().map(|(z, _)| z).collect::<Vec<_>>(), "slip": format!("S{place}"),
                "cash": pieces(&[("10", u32::try_from(cash / 1_000).expect("some"))]), "bags": [{ "number": "B1" }],
                "approval": { "user_code": "21", "secret": "2121" },
            }));
            prop_assert_eq!(made["difference"].as_i64(), Some(0));
            banked += made["total"].as_i64().expect("pence");
        }
        prop_assert_eq!(banked + left, counted);
        prop_assert_eq!(counter.till().store().rebuild().expect("rebuilt"), vec![]);
    }
}
