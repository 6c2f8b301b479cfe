//! The stand-in IMS against what is known of the real one, asked by hand.
#![allow(clippy::unwrap_used, reason = "what these tests' own functions expect is part of the tests")]

use counterfoil_simulators::ims::{Behaviour, Call, Fault, Plan, StandInIms, Tables};
use std::io::{Read, Write};
use std::net::TcpStream;

fn ims() -> StandInIms {
    StandInIms::start(Tables::demonstration(), Behaviour::default()).unwrap()
}

/// Sends one request and reads until the connection ends.
fn ask(ims: &StandInIms, method: &str, path: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(ims.address()).unwrap();
    let length = body.len();
    let head = format!("{method} {path} HTTP/1.1\r\nHost: ims\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}");
    stream.write_all(head.as_bytes()).unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

fn get(ims: &StandInIms, path: &str) -> String {
    ask(ims, "GET", path, "")
}

fn status(answer: &str) -> &str {
    answer.get(9..12).unwrap_or_default()
}

const TAKING: &str = r#"{"PspReference": "CH07-0000001", "OfficeCode": "CH", "TransactionDate": "2026-11-20T09:30:00", "AccountReference": "501234566",
    "UserCode": 12, "FundCode": "23", "MopCode": "1", "Amount": 12.50, "VatCode": "N0", "VatRate": 0, "VatAmount": 0.00, "Narrative": "x"}"#;
const POSTS: &str = "/api/ProcessedTransactions";

#[test]
fn the_same_post_twice_is_two_takings_with_references_of_its_own() {
    let ims = ims();
    ims.set_clock(1_763_628_000_000);
    let first = ask(&ims, "POST", POSTS, TAKING);
    assert_eq!(status(&first), "201");
    for shown in [r#""Reference":"0000000000001""#, r#""InternalReference":"0000000000001""#, r#""Amount":12.50"#, r#""ImportId":null"#] {
        assert!(first.contains(shown), "{first}");
    }
    assert!(first.contains(r#""EntryDate":"2025-11-20T08:40:00""#), "{first}");
    assert_eq!(status(&ask(&ims, "POST", POSTS, TAKING)), "201");
    let rows = ims.rows_of("CH07-0000001");
    assert_eq!(rows.iter().map(|row| row.reference.as_str()).collect::<Vec<_>>(), ["0000000000001", "0000000000002"]);
    assert_eq!(status(&get(&ims, "/api/ProcessedTransactions/0000000000002")), "200");
    assert_eq!(status(&get(&ims, "/api/ProcessedTransactions/0000000000003")), "404");
}

#[test]
fn a_code_that_it_does_not_know_or_a_text_that_is_too_wide_is_refused() {
    let ims = ims();
    for (from, to) in [
        ("\"23\"", "\"99\""),
        ("\"1\"", "\"XX\""),
        ("\"CH\"", "\"ZZ\""),
        ("\"N0\"", "\"Q0\""),
        ("12,", "13,"),
        ("CH07-0000001", "CH07-0000001-CH07-0000001-CH07-0000001"),
        ("\"x\"", &format!("\"{}\"", "x".repeat(101))),
        ("12.50", "\"a lot\""),
        ("2026-11-20", "20/11/2026"),
    ] {
        assert_eq!(status(&ask(&ims, "POST", POSTS, &TAKING.replacen(from, to, 1))), "400", "{to}");
    }
    assert_eq!(status(&ask(&ims, "POST", POSTS, "nothing")), "400");
    assert_eq!(ims.rows(), []);
}

#[test]
fn a_search_answers_404_when_nothing_matches_and_400_when_it_fails() {
    let ims = ims();
    ims.set_clock(1_763_628_000_000);
    ask(&ims, "POST", POSTS, TAKING);
    let search = |query: &str| status(&get(&ims, &format!("{POSTS}?{query}"))).to_owned();
    for found in [
        "PspReference=CH07-0000001",
        "ReceiptNumber=CH07-0000001",
        "FundCodes=5&FundCodes=23&MopCodes=1&Amount=12.5",
        "StartDate=2025-11-20&EndDate=2025-11-20T09:00:00",
        "AccountReference=501234566&Narrative=x",
        "InternalReference=0000000000001",
        "",
    ] {
        assert_eq!(search(found), "200", "{found}");
    }
    for none in ["PspReference=CH07-000000", "StartDate=2025-11-21", "EndDate=2025-11-19", "FundCodes=5", "AppReference=a"] {
        assert_eq!(search(none), "404", "{none}");
    }
    assert_eq!(search("Amount=much"), "400");
    ims.tell(Call::Search, Fault::LoseSearch { times: 1 });
    assert_eq!([search(""), search(""), search("")], ["400", "400", "200"]);
}

#[test]
fn each_fault_does_to_the_taking_what_it_says() {
    for (fault, answer, stored) in [
        (Fault::DropReply, "", 1),
        (Fault::StoreLate { after_ms: 10 }, "", 0),
        (Fault::BadRequest { words: true, stored: false }, "400", 0),
        (Fault::BadRequest { words: false, stored: true }, "400", 1),
        (Fault::ServerError { stored: false }, "500", 0),
        (Fault::ServerError { stored: true }, "500", 1),
        (Fault::CloseMidBody, "201", 1),
        (Fault::AnswerSlowly { after_ms: 1 }, "201", 1),
    ] {
        let ims = ims();
        ims.tell(Call::Post, fault);
        let whole = ask(&ims, "POST", POSTS, TAKING);
        assert_eq!((status(&whole), ims.rows().len()), (answer, stored), "{fault:?}");
        assert_eq!(whole.contains("The request is invalid."), matches!(fault, Fault::BadRequest { words: true, .. }));
        assert_eq!(whole.ends_with('}'), answer == "201" && fault != Fault::CloseMidBody || whole.contains("Message"), "{whole}");
        assert_eq!(ims.counters().faults.get(fault.name()), Some(&1));
    }
}

#[test]
fn what_is_stored_late_is_stored_when_its_clock_gets_there() {
    let ims = ims();
    ims.tell(Call::Post, Fault::StoreLate { after_ms: 10 });
    ask(&ims, "POST", POSTS, TAKING);
    ims.set_clock(9);
    assert_eq!((ims.rows().len(), ims.still_to_be_stored()), (0, 1));
    ims.set_clock(10);
    assert_eq!((ims.rows().len(), ims.still_to_be_stored()), (1, 0));
}

#[test]
fn reference_data_is_listed_by_what_is_asked_for() {
    let ims = ims();
    ims.change_tables(|tables| tables.funds[0].disabled = true);
    assert!(!get(&ims, "/api/Funds").contains("Council Tax"));
    assert!(get(&ims, "/api/Funds?IsDisabled=true").contains(r#""FundCode":"23""#));
    assert!(get(&ims, "/api/Funds/5").contains(r#""MaximumAmount":99999.99"#));
    assert!(get(&ims, "/api/MethodOfPayments?Type=IsATransferIn").contains(r#""Code":"10""#));
    assert!(!get(&ims, "/api/MethodOfPayments?Type=IsATransferIn").contains(r#""Code":"11""#));
    assert!(get(&ims, "/api/AccountHolders/501234566").contains(r#""CurrentBalance":123.45"#));
    assert!(get(&ims, "/api/FundMetadata/GeneralLedgerCode/5").ends_with(r#""964104""#));
    for none in [
        "/api/Funds/99",
        "/api/Funds?FundName=Nothing",
        "/api/MethodOfPayments?Type=x",
        "/api/AccountHolders/1",
        "/api/FundMetadata/x/5",
        "/api",
    ] {
        assert_eq!(status(&get(&ims, none)), "404", "{none}");
    }
}

#[test]
fn the_same_seed_deals_the_same_faults() {
    let deal = || {
        let ims = ims();
        ims.plan(Some(Plan { seed: 7, percent: 50, latest_ms: 10, hangs_per_thousand: 0 }));
        let answers: Vec<String> = (0..40).map(|_| status(&ask(&ims, "POST", POSTS, TAKING)).to_owned()).collect();
        (answers, ims.counters())
    };
    let (first, second) = (deal(), deal());
    assert_eq!(first, second);
    assert!(first.1.faults.values().sum::<u64>() > 5);
}

#[test]
fn a_gateway_lets_in_only_who_shows_its_header_and_only_below_its_path() {
    let behaviour = Behaviour {
        base_path: Some("/gateway/ims".to_owned()),
        required_header: Some(("x-key".to_owned(), "k".to_owned())),
        ..Behaviour::default()
    };
    let ims = StandInIms::start(Tables::demonstration(), behaviour).unwrap();
    assert_eq!(status(&get(&ims, "/gateway/ims/api/Funds")), "401");
    assert_eq!(status(&get(&ims, "/gateway/ims/api/Funds HTTP/1.1\r\nX-Key: k\r\nX-Rest:")), "200");
    assert_eq!(status(&get(&ims, "/api/Funds HTTP/1.1\r\nX-Key: k\r\nX-Rest:")), "404");
    assert_eq!(ims.counters().not_let_in, 1);
}
