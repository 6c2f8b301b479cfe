//! The devices of a till, chosen and tried at the counter.

use crate::common;
use crate::common::Counter;
use serde_json::{Value, json};

fn on_network(host: &str) -> Value {
    json!({ "kind": "tcp", "host": host, "port": 9100 })
}

fn choose(counter: &Counter, printer: &Value) -> Value {
    counter.call("devices.choose_printer", json!({ "printer": printer, "columns": 42 }))
}

/// What pairs a terminal that isn't there.
fn pairing(counter: &Counter) -> Value {
    let authority = counter.folder.path().join("root.pem");
    std::fs::write(&authority, "no certificate").expect("a file");
    json!({ "host": "127.0.0.1", "port": "8443", "poi_id": "P400Plus-275479597", "sale_id": "CH07", "key_identifier": "counter",
        "key_version": "1", "authority": authority, "live": true, "passphrase": "correct horse" })
}

fn written(counter: &Counter) -> Value {
    let text = std::fs::read_to_string(counter.folder.path().join("data/settings.json")).expect("settings");
    serde_json::from_str(&text).expect("JSON")
}

fn administrator() -> Counter {
    let counter = Counter::fresh();
    counter.sign_in("90", "9090");
    counter
}

/// What the journal says of devices.
fn journalled(counter: &Counter) -> Vec<Value> {
    let entries = counter
        .till()
        .store()
        .read(|reading| (1..).map_while(|seq| reading.entry(seq).transpose()).collect::<Result<Vec<_>, counterfoil_store::StoreError>>());
    let facts = entries.expect("read").into_iter().map(|entry| serde_json::to_value(entry.fact).expect("JSON"));
    facts.filter_map(|fact| fact.get("device_settings_changed").cloned()).collect()
}

#[test]
fn a_printer_that_is_chosen_holds_at_once_and_the_one_before_is_kept_until_somebody_has_seen_it_print() {
    let mut counter = administrator();
    let shown = choose(&counter, &on_network("192.0.2.7"));
    assert_eq!((&shown["printer"]["host"], &shown["printer_before"]["printer"]["kind"]), (&json!("192.0.2.7"), &json!("screen")));
    assert_eq!(counter.call("start.show", json!({}))["printer"]["host"], json!("192.0.2.7"));
    // A second try doesn't make the first, which nobody has seen print, the one to go back to; nor does a restart forget it.
    choose(&counter, &on_network("192.0.2.8"));
    counter.restart();
    counter.sign_in("90", "9090");
    let shown = counter.call("devices.printer_back", json!({}));
    assert_eq!((&shown["printer"]["kind"], &shown["printer_before"]), (&json!("screen"), &Value::Null));
    choose(&counter, &on_network("192.0.2.9"));
    assert_eq!(counter.call("devices.keep_printer", json!({}))["printer_before"], Value::Null);
    assert_eq!(written(&counter)["printer"], on_network("192.0.2.9"));
}

#[test]
fn what_changed_is_journalled_by_its_name_alone_and_nothing_changed_is_not() {
    let counter = administrator();
    choose(&counter, &on_network("192.0.2.7"));
    counter.call("devices.choose_scanner", json!({ "scanner": { "kind": "keyboard", "prefix": "~" } }));
    counter.call("devices.choose_scanner", json!({ "scanner": { "kind": "keyboard", "prefix": "~" } }));
    for _ in 0..2 {
        counter.call("devices.drawer_level", json!({ "high": true, "open": false }));
    }
    let facts = journalled(&counter);
    let wanted = [["printer", "printer_before"].as_slice(), &["scanner"], &["profile"]];
    assert_eq!(facts, wanted.map(|fields| json!({ "fields": fields })));
}

#[test]
fn what_could_not_be_started_with_is_refused_before_it_is_written() {
    let counter = administrator();
    let before = written(&counter);
    let queue = |name: &str| json!({ "kind": "queue", "name": name });
    for printer in [on_network(" "), json!({ "kind": "serial", "path": "", "baud": 9600 }), queue(" "), queue("-o")] {
        assert_eq!(counter.refused("devices.choose_printer", json!({ "printer": printer, "columns": 42 })), "printer-address");
    }
    let without_speed = json!({ "kind": "serial", "path": "COM3", "baud": 0 });
    assert_eq!(counter.refused("devices.choose_printer", json!({ "printer": without_speed, "columns": 42 })), "printer-baud");
    assert_eq!(counter.refused("devices.choose_printer", json!({ "printer": on_network("a"), "columns": 7 })), "printer-columns");
    for scanner in [
        json!({ "kind": "keyboard", "prefix": "£" }),
        json!({ "kind": "keyboard", "suffix": "123456" }),
        json!({ "kind": "keyboard", "min_length": 2 }),
        json!({ "kind": "serial", "path": " " }),
        json!({ "kind": "serial", "path": "COM4", "baud": 0 }),
    ] {
        assert_eq!(counter.refused("devices.choose_scanner", json!({ "scanner": scanner })), "scanner-settings", "{scanner}");
    }
    assert_eq!(written(&counter), before);
}

#[test]
fn whether_a_printer_answers_is_said_here_and_stays_where_nothing_is_said() {
    let counter = administrator();
    let status = |model: &str, answers: Value| {
        let request = json!({ "printer": on_network("192.0.2.7"), "model": model, "columns": 42, "answers": answers });
        counter.call("devices.choose_printer", request)["profile"].get("status").cloned()
    };
    assert_eq!(status("any", json!(false)), Some(json!("never")));
    assert_eq!(status("any", Value::Null), Some(json!("never")));
    assert_eq!(status("tm-t88", json!(false)), Some(json!("never")), "another model that doesn't answer either");
    assert_eq!(status("tm-t88", json!(true)), None, "as on the model");
}

#[test]
fn no_two_devices_are_on_one_serial_port_whichever_of_them_was_chosen_first() {
    let counter = administrator();
    let at = |port: &str| json!({ "kind": "serial", "path": port, "baud": 9600 });
    choose(&counter, &at("COM3"));
    counter.call("devices.choose_printer", json!({ "other": true, "printer": at("COM4"), "columns": 42 }));
    counter.call("devices.choose_scanner", json!({ "scanner": at("COM5") }));
    for port in ["com3", "COM4 "] {
        assert_eq!(counter.refused("devices.choose_scanner", json!({ "scanner": at(port) })), "port-taken", "{port}");
    }
    for (other, port) in [(false, "COM4"), (false, "com5"), (true, "COM3"), (true, "COM5")] {
        let request = json!({ "other": other, "printer": at(port), "columns": 42 });
        assert_eq!(counter.refused("devices.choose_printer", request), "port-taken", "{other} {port}");
    }
    // Each may be chosen again where it is.
    choose(&counter, &at("COM3"));
    counter.call("devices.choose_scanner", json!({ "scanner": at("COM5") }));
}

#[test]
fn the_printer_before_does_not_come_back_to_a_port_that_another_device_has_now() {
    let counter = administrator();
    let at = |port: &str| json!({ "kind": "serial", "path": port, "baud": 9600 });
    choose(&counter, &at("COM3"));
    counter.call("devices.keep_printer", json!({}));
    choose(&counter, &on_network("192.0.2.7"));
    counter.call("devices.choose_scanner", json!({ "scanner": at("COM3") }));
    assert_eq!(counter.refused("devices.printer_back", json!({})), "port-taken");
    assert_eq!(written(&counter)["printer"], on_network("192.0.2.7"));
    counter.call("devices.choose_scanner", json!({ "scanner": at("COM5") }));
    assert_eq!(counter.call("devices.printer_back", json!({}))["printer"]["path"], json!("COM3"));
}

#[test]
fn what_cannot_be_journalled_is_not_changed() {
    let counter = administrator();
    let before = (written(&counter), counter.call("devices.show", json!({})));
    let no_room = counter.without_room("journal");
    let request = json!({ "printer": on_network("192.0.2.7"), "columns": 42 });
    counter.till().call("devices.choose_printer", request).expect_err("not journalled");
    assert_eq!((written(&counter), counter.call("devices.show", json!({}))), before);
    no_room.ends();
    choose(&counter, &on_network("192.0.2.7"));
}

#[test]
fn a_model_brings_what_it_can_do_and_what_differed_from_the_one_before_goes_with_that() {
    let counter = administrator();
    let choose = |model: &str, columns: usize| {
        let printer = json!({ "kind": "queue", "name": "receipts" });
        counter.call("devices.choose_printer", json!({ "printer": printer, "model": model, "columns": columns }))["profile"].clone()
    };
    assert_eq!(choose("tm-t20", 42), json!({ "model": "tm-t20", "columns": 42 }));
    assert_eq!(choose("tm-t20", 48), json!({ "model": "tm-t20" }));
    assert_eq!(choose("tm-t20", 42), json!({ "model": "tm-t20", "columns": 42 }));
    assert_eq!(choose("generic-58mm", 32), json!({ "model": "generic-58mm" }));
    assert_eq!(written(&counter)["printer"], json!({ "kind": "queue", "name": "receipts" }));
}

#[test]
fn another_printer_is_named_and_taken_away_again() {
    let counter = administrator();
    let other = |printer: Value| json!({ "other": true, "printer": printer, "model": "tm-t88", "columns": 42 });
    let shown = counter.call("devices.choose_printer", other(on_network("192.0.2.8")));
    assert_eq!((&shown["other_printer"], &shown["printer"]["kind"]), (&on_network("192.0.2.8"), &json!("screen")));
    assert_eq!((&shown["printer_before"], &shown["other_profile"]["model"]), (&Value::Null, &json!("tm-t88")));
    counter.call("print.test", json!({ "other": true }));
    counter.call("devices.choose_printer", other(json!({ "kind": "none" })));
    assert_eq!((&written(&counter)["other_printer"], &written(&counter)["other_profile"]), (&Value::Null, &Value::Null));
    assert_eq!(counter.refused("print.test", json!({ "other": true })), "printer-other-missing");
    assert_eq!(
        journalled(&counter),
        [json!({ "fields": ["other_printer", "other_profile"] }), json!({ "fields": ["other_printer", "other_profile"] })]
    );
}

#[test]
fn what_is_missing_of_a_terminal_is_said_by_its_field_before_anything_is_asked() {
    let counter = administrator();
    for (field, value) in [
        ("host", json!(" ")),
        ("port", json!("0")),
        ("port", json!("70000")),
        ("poi_id", json!("P400Plus")),
        ("sale_id", json!("")),
        ("sale_id", json!("7".repeat(65))),
        ("key_identifier", json!("")),
        ("key_version", json!("one")),
        ("authority", json!("/nowhere/root.pem")),
        ("passphrase", json!("")),
    ] {
        let mut request = pairing(&counter);
        request[field] = value;
        let error = counter.till().call("card.pair", request).expect_err("refused");
        assert_eq!((error.code.as_str(), error.args.get("field").map(String::as_str)), ("terminal-pairing", Some(field)));
    }
    assert_eq!(counter.refused("card.pair", pairing(&counter)), "terminal-bad-settings");
    let mut request = pairing(&counter);
    request["sale_id"] = json!("4111111111111111");
    assert_eq!(counter.refused("card.pair", request), "card-number-typed");
}

#[test]
fn a_cashier_sees_the_devices_and_tries_the_scanner_but_changes_nothing() {
    let counter = Counter::open();
    let shown = counter.call("devices.show", json!({}));
    assert_eq!((&shown["scanner"]["kind"], &shown["fixed"]), (&json!("keyboard"), &json!([])));
    counter.call("devices.ports", json!({}));
    for (name, payload) in [
        ("devices.choose_printer", json!({ "printer": { "kind": "none" }, "columns": 42 })),
        ("card.pair", pairing(&counter)),
        ("card.unpair", json!({})),
        ("devices.keep_printer", json!({})),
        ("devices.printer_back", json!({})),
        ("devices.drawer_level", json!({ "high": true, "open": true })),
        ("devices.choose_scanner", json!({ "scanner": { "kind": "keyboard" } })),
    ] {
        assert_eq!(counter.refused(name, payload), "right-missing", "{name}");
    }
    let look = counter.call("scan.look", json!({ "text": "]C1\u{1d}982650123456600018450\r" }));
    let wanted =
        json!({ "shown": "]C1<GS>982650123456600018450<CR>", "symbology": "]C1", "layouts": ["Council Tax bill"], "misread": false });
    assert_eq!(look, wanted);
}

#[test]
fn a_card_scanned_where_a_device_is_tried_or_set_up_is_shown_and_kept_nowhere() {
    let counter = administrator();
    let pack = common::assets().join("packs/barnsley-demo");
    let printer = on_network("4111\u{a0}1111\u{a0}1111\u{a0}1111");
    let before = written(&counter);
    let set_up = json!({ "folder": pack, "office_code": "CH", "till_code": "07", "printer": printer });
    assert_eq!(counter.refused("start.set_up", set_up), "card-number-typed");
    assert_eq!(written(&counter), before);
    for text in ["4111111111111111", "]C04111111111111111\r", "%B4111111111111111^A PAYER^3012"] {
        assert_eq!(counter.refused("scan.look", json!({ "text": text })), "card-number-typed", "{text}");
    }
}
