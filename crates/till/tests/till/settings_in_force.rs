//! Policy before installation before file before default, each setting whole; what can't be used is named and stops no counter.

use crate::common::Counter;
use counterfoil_devices::PrinterTarget;
use counterfoil_till::{FirstStart, Layer, Layers, LedgerSettings, Origin, Settings, SettingsInForce, TillError};
use serde_json::{Value, json};
use std::io::Write;
use std::net::TcpListener;
use std::path::Path;

fn layer(values: Value) -> Layer {
    Layer { place: "somewhere".into(), values: values.as_object().expect("an object").clone(), trouble: None }
}

fn in_force(policy: Value, install: Value, file: &Value) -> Result<SettingsInForce, TillError> {
    let folder = tempfile::tempdir().expect("folder");
    std::fs::write(folder.path().join("settings.json"), file.to_string()).expect("written");
    SettingsInForce::read(folder.path(), &Layers { policy: layer(policy), install: layer(install) })
}

fn tcp(host: &str) -> Value {
    json!({ "kind": "tcp", "host": host, "port": 9100 })
}

#[test]
fn a_policy_comes_before_the_installation_and_that_before_the_file_and_that_before_the_default() {
    let places = [tcp("policy"), tcp("install"), tcp("file")];
    let origins = [Origin::Policy, Origin::Install, Origin::File, Origin::Default];
    for (first, origin) in origins.into_iter().enumerate() {
        let said = |place: usize| if place >= first { json!({ "printer": places[place] }) } else { json!({}) };
        let found = in_force(said(0), said(1), &said(2)).expect("in force");
        assert_eq!(found.origin("printer"), origin);
        let wanted = places.get(first).map_or(PrinterTarget::default(), |place| serde_json::from_value(place.clone()).expect("printer"));
        assert_eq!(found.settings.printer, wanted);
        assert_eq!(found.fixed_by_policy("printer"), first < 2, "{first}");
        assert!(found.wrong.is_empty());
    }
}

#[test]
fn a_registry_s_texts_and_numbers_mean_what_the_file_s_values_mean() {
    let policy = json!({ "printer": tcp("p").to_string(), "mirror_folder": "\\\\files\\tills", "language": " cy ", "ledger": "" });
    let found = in_force(policy, json!({ "ledger_url": "https://ledger.example" }), &json!({})).expect("in force");
    let file = json!({ "printer": tcp("p"), "mirror_folder": "\\\\files\\tills", "language": "cy",
        "ledger": { "kind": "hub", "url": "https://ledger.example" } });
    assert_eq!(found.settings, serde_json::from_value::<Settings>(file).expect("settings"));
    assert_eq!(found.origin("ledger"), Origin::Install);
    assert!(found.wrong.is_empty(), "{:?}", found.wrong);
}

#[test]
fn what_cannot_be_used_is_named_with_its_place_and_the_next_place_counts() {
    let policy = json!({ "printer": "{\"kind\":\"usb\"}", "language": "fr", "profile": { "columns": 5000 }, "screens": 2 });
    let found = in_force(policy, json!({ "printer": tcp("install"), "MARKER": 1 }), &json!({ "language": "cy" })).expect("in force");
    assert_eq!(
        [found.origin("printer"), found.origin("language"), found.origin("profile")],
        [Origin::Install, Origin::File, Origin::Default]
    );
    let said: Vec<(Origin, &str, &str, bool)> =
        found.wrong.iter().map(|wrong| (wrong.origin, wrong.place.as_str(), wrong.reason.as_str(), wrong.unknown)).collect();
    let wrong = |reason, unknown| (Origin::Policy, "somewhere", reason, unknown);
    assert_eq!(
        said,
        [
            wrong("language: must be one of en-GB, cy", false),
            wrong("printer.kind: must be one of tcp, serial, queue, file, screen, none", false),
            wrong("profile.columns: must be at most 96", false),
            wrong("screens: there is no such setting", true),
        ]
    );
}

#[test]
fn a_file_that_cannot_be_used_is_refused_as_ever_and_a_policy_file_that_cannot_is_named() {
    assert_eq!(in_force(json!({}), json!({}), &json!({ "printr": 1 })).expect_err("refused").code, "settings-unreadable");
    let folder = tempfile::tempdir().expect("folder");
    let path = folder.path().join("policy.json");
    assert_eq!(Layer::of_file(&path).trouble, None, "no policy is nothing wrong");
    std::fs::write(&path, "{ \"printer\": ").expect("written");
    let layers = Layers { policy: Layer::of_file(&path), ..Layers::default() };
    let found = SettingsInForce::read(folder.path(), &layers).expect("in force");
    assert_eq!(found.settings, Settings::default());
    assert!(found.wrong[0].place.ends_with("policy.json") && found.wrong[0].reason.contains("line 1"), "{:?}", found.wrong);
}

#[test]
fn a_change_is_written_to_the_file_alone_and_what_a_policy_fixes_is_not_changed() {
    let folder = tempfile::tempdir().expect("folder");
    let layers = Layers { policy: layer(json!({ "printer": tcp("policy") })), ..Layers::default() };
    let found = SettingsInForce::read(folder.path(), &layers).expect("in force");
    let error = found.changed(|settings| settings.printer = PrinterTarget::None).expect_err("fixed");
    assert_eq!((error.code.as_str(), error.args["name"].as_str(), error.args["by"].as_str()), ("setting-fixed", "printer", "policy"));
    let ledger = LedgerSettings::Hub { url: "https://ledger.example".into(), authority: None };
    let changed = found.changed(|settings| settings.ledger = Some(ledger)).expect("changed");
    changed.write(folder.path()).expect("written");
    assert_eq!(SettingsInForce::read(folder.path(), &layers).expect("read back").settings, changed.settings);
    assert_eq!(Settings::read(folder.path()).expect("the file").printer, PrinterTarget::None, "the policy's printer stays the policy's");
    let back = changed.changed(|settings| settings.ledger = None).expect("changed back");
    assert_eq!((back.origin("ledger"), back.settings), (Origin::Default, found.settings));
}

#[test]
fn what_the_installation_was_given_for_the_first_start_is_read_with_the_policy_first() {
    let install = layer(json!({ "office": "CH", "till": 7, "pack": "C:\\packs\\council", "enrol_code": "" }));
    let layers = Layers { policy: layer(json!({ "office": "LIB" })), install };
    let wanted =
        FirstStart { office: Some("LIB".into()), till: Some("7".into()), pack: Some("C:\\packs\\council".into()), enrol_code: None };
    assert_eq!(layers.first_start(), wanted);
}

#[test]
fn a_wrong_policy_stops_no_counter_and_is_told_in_the_status_line() {
    let mut counter = Counter::open();
    counter.layers = Layers { policy: layer(json!({ "printer": "usb", "language": "cy" })), ..Layers::default() };
    counter.restart();
    counter.sign_in("12", "1212");
    assert_eq!(counter.call("till.status", json!({}))["troubles"], json!(["settings-refused"]));
    let start = counter.call("start.show", json!({}));
    assert_eq!((&start["printer"]["kind"], &start["language"]), (&json!("screen"), &json!("cy")));
    counter.layers = Layers { policy: layer(json!({ "ledger_url": "https://a.example", "printer": tcp("policy") })), ..Layers::default() };
    counter.restart();
    counter.sign_in("90", "9090");
    assert_eq!(counter.refused("ledger.enrol", json!({ "url": "https://b.example", "code": "AAAA-BBBB" })), "setting-fixed");
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/packs/barnsley-demo");
    counter.call("start.set_up", json!({ "folder": pack, "office_code": "CH", "till_code": "07", "printer": { "kind": "none" } }));
    assert_eq!(counter.call("start.show", json!({}))["printer"]["host"], "policy", "a policy's printer is the printer, whatever is chosen");
}

#[test]
fn what_is_chosen_while_a_ledger_is_asked_stays_chosen_whatever_the_ledger_answers() {
    let counter = Counter::fresh();
    counter.sign_in("90", "9090");
    let ledger = TcpListener::bind("127.0.0.1:0").expect("port");
    let url = format!("http://{}", ledger.local_addr().expect("address"));
    let scanner = json!({ "kind": "keyboard", "prefix": "~" });
    std::thread::scope(|threads| {
        let till = counter.till();
        let asked = threads.spawn(|| till.call("ledger.enrol", json!({ "url": url, "code": "AAAA-BBBB" })).expect_err("refused").code);
        let (mut line, _) = ledger.accept().expect("asked");
        counter.call("devices.choose_scanner", json!({ "scanner": scanner }));
        assert_eq!(counter.call("ledger.show", json!({}))["address"], Value::Null, "the ledger isn't the till's before it has answered");
        line.write_all(b"HTTP/1.1 500 No\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").expect("answered");
        drop(line);
        drop(ledger);
        assert!(!asked.join().expect("ended").is_empty());
    });
    assert_eq!(counter.call("devices.show", json!({}))["scanner"]["prefix"], "~");
    let kept = Settings::read(&counter.folder.path().join("data")).expect("the file");
    assert!(kept.ledger.is_none() && serde_json::to_string(&kept.scanner).expect("JSON").contains('~'));
}
