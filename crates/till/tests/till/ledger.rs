//! Who may make a till known to a ledger, and who is shown what of a session is there.

use crate::common::Counter;
use crate::common::day::{pieces, tax};
use serde_json::{Value, json};
use std::net::TcpListener;

/// A ledger at an address where nobody listens: whoever may enrol gets as far as that.
fn nowhere() -> Value {
    let port = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port();
    json!({ "url": format!("http://127.0.0.1:{port}"), "code": "AAAA-BBBB" })
}

#[test]
fn a_till_that_was_set_up_a_moment_ago_may_be_enrolled_by_whoever_set_it_up() {
    let counter = Counter::fresh();
    assert_eq!(counter.refused("ledger.enrol", nowhere()), "ledger-unreachable");
    counter.sign_in("12", "1212");
    assert_eq!(counter.refused("ledger.enrol", nowhere()), "ledger-unreachable");
}

#[test]
fn once_a_session_was_opened_only_an_administrator_enrols() {
    let counter = Counter::open();
    assert_eq!(counter.refused("ledger.enrol", nowhere()), "right-missing");
    counter.call("user.sign_out", json!({}));
    assert_eq!(counter.refused("ledger.enrol", nowhere()), "signed-out");
    counter.sign_in("90", "9090");
    counter.call("user.lock", json!({}));
    assert_eq!(counter.refused("ledger.enrol", nowhere()), "screen-locked");
    counter.call("user.unlock", json!({ "secret": "9090" }));
    assert_eq!(counter.refused("ledger.enrol", nowhere()), "ledger-unreachable");
}

#[test]
fn what_of_a_session_is_in_the_ledger_is_shown_to_its_cashier_to_who_sees_reports_and_to_nobody_else() {
    let counter = Counter::open();
    counter.call("sale.take", counter.sale(tax("5"), json!([{ "kind": "cash", "mop_code": "1", "tendered": "5" }])));
    counter.close_session(pieces(&[("20", 5), ("5", 1)]), "100");
    let proof = || counter.call("z.proof", json!({ "number": 1 }));
    assert_eq!(proof(), Value::Null, "there is no ledger to be held against");
    assert_eq!(counter.refused("z.proof", json!({ "number": 2 })), "z-unknown");
    for (code, secret, may) in [("14", "1414", false), ("20", "2020", true)] {
        counter.call("user.sign_out", json!({}));
        counter.sign_in(code, secret);
        if may {
            assert_eq!(proof(), Value::Null);
        } else {
            assert_eq!(counter.refused("z.proof", json!({ "number": 1 })), "right-missing");
        }
    }
}

#[test]
fn takings_go_unencrypted_over_a_network_only_when_somebody_has_agreed() {
    let counter = Counter::fresh();
    let at = |url: &str, agreed: bool| json!({ "url": url, "code": "AAAA-BBBB", "in_the_clear": agreed });
    for url in ["http://ledger.invalid", " HTTP://Ledger.invalid:8080/hub", "http://10.255.255.1"] {
        assert_eq!(counter.refused("ledger.enrol", at(url, false)), "ledger-in-the-clear", "{url}");
    }
    assert_eq!(counter.refused("ledger.enrol", at("http://ledger.invalid", true)), "ledger-unreachable");
    for (url, code) in [
        ("https://ledger.invalid", "ledger-unreachable"),
        ("ledger.invalid", "ledger-address"),
        ("https://me:pw@ledger.invalid", "ledger-address"),
    ] {
        assert_eq!(counter.refused("ledger.enrol", at(url, false)), code, "{url}");
    }
    for url in ["http://127.0.0.1:1", "http://localhost:1", "http://[::1]:1"] {
        assert!(!counterfoil_till::is_in_the_clear(url), "{url} stays on this machine");
    }
}
