//! What whoever runs the hub watches it by, and what other programs read of it.

use crate::common::browser::{Browser, PASSWORD};
use crate::common::{Centre, takings};
use counterfoil_ledger::people::Role;
use serde_json::Value;

#[test]
fn the_metrics_tell_of_this_copy_and_of_what_all_copies_share() {
    let centre = Centre::new();
    let mut till = centre.till();
    till.state.unsent_receipts = 9;
    till.send(&takings(1..=4));
    let text = String::from_utf8(till.get("/metrics", &[]).body).unwrap();
    for line in [
        "counterfoil_entries_total{status=\"created\"} 4",
        "counterfoil_tills 1",
        "counterfoil_unsent_receipts 5",
        "counterfoil_alarms_open 0",
        "counterfoil_database_up 1",
    ] {
        assert!(text.lines().any(|told| told == line), "{line} in\n{text}");
    }
}

#[test]
fn each_operation_of_the_openapi_document_is_answered_with_what_it_names() {
    let centre = Centre::new();
    let till = centre.till();
    let document: Value = till.get("/v1/openapi.json", &[]).json();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let asked = path.replace("{till}", &till.id).replace("{sha256}", &"0".repeat(64)).replace("{version}", "1");
            let asked = if path.ends_with("reconciliation") { format!("{asked}?from=2026-11-25&to=2026-11-25") } else { asked };
            let answer = match method.as_str() {
                "get" => till.signed_get(&asked),
                _ if path == "/v1/enrol" => till.enrol("0000"),
                _ => till.try_send(&[]),
            };
            let named = operation["responses"].as_object().unwrap();
            assert!(named.contains_key(&answer.status.to_string()), "{method} {path}: {}", answer.status);
        }
    }
    for shape in ["EntriesReply", "BatchHeader", "SignedHead", "Problem", "Reconciliation", "Reference", "Enrolled"] {
        assert!(document["components"]["schemas"].get(shape).is_some(), "{shape}");
    }
}

#[test]
fn a_path_is_the_same_with_a_proxy_s_prefix_and_the_page_s_links_have_it() {
    let centre = Centre::new();
    let settings = counterfoil_ledger::Settings { path_prefix: "/ledger".into(), ..centre.hub.settings().clone() };
    let machine = std::sync::Arc::new(counterfoil_ledger::surroundings::Machine);
    let behind = counterfoil_testkit::hub::Hub::with(settings, "127.0.0.1:0", machine).unwrap();
    let mut till = centre.till().at(behind.url());
    assert_eq!(till.send(&takings([1])).head.head.seq, 1);
    till.url.push_str("/ledger");
    assert_eq!(till.send(&takings([2])).head.head.seq, 2);
    let form = String::from_utf8(till.get("/sign-in", &[]).body).unwrap();
    assert!(form.contains("action=\"/ledger/sign-in\"") && form.contains("href=\"/ledger/page.css\""));
}

#[test]
fn what_everybody_on_the_network_can_read_is_told_at_the_health_page_in_the_metrics_and_to_people() {
    let centre = Centre::new();
    let at = |settings: counterfoil_ledger::Settings| {
        let machine = std::sync::Arc::new(counterfoil_ledger::surroundings::Machine);
        counterfoil_testkit::hub::Hub::with(settings, "127.0.0.1:0", machine).unwrap()
    };
    let till = centre.till();
    let text = |hub: &counterfoil_testkit::hub::Hub, path: &str| String::from_utf8(till.at(hub.url()).get(path, &[]).body).unwrap();
    let exposed = counterfoil_ledger::Settings { listen: "0.0.0.0:8480".into(), ..centre.hub.settings().clone() };
    let hub = at(exposed.clone());
    let ready = text(&hub, "/health/ready");
    assert!(ready.starts_with("ready\nwarning: ") && ready.contains("plain HTTP"), "{ready}");
    assert!(text(&hub, "/metrics").contains("\ncounterfoil_exposed 1\n"));
    Browser::of(&centre, Role::Supervisor);
    let mut browser = Browser::at(hub.url());
    browser.sign_in("supervisor", PASSWORD);
    assert!(browser.get("/fleet").text.contains("can be read on the way"));
    let proxied = at(counterfoil_ledger::Settings { behind_proxy: true, ..exposed });
    assert_eq!(text(&proxied, "/health/ready"), "ready\n");
    assert!(text(&proxied, "/metrics").contains("\ncounterfoil_exposed 0\n"));
}
