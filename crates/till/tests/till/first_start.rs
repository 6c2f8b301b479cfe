//! A till whose installation was told everything sets itself up at its first start, and says what it can't do.

use crate::common::{PATIENCE, assets};
use counterfoil_till::secrets::SecretsFile;
use counterfoil_till::surroundings::Machine;
use counterfoil_till::{Layer, Layers, Opening, RestoreBackup, Till, restore_backup};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

fn told(office: &str, more: &[(&str, &str)]) -> Layers {
    let mut values = json!({ "pack": assets().join("packs/barnsley-demo").display().to_string(), "office": office, "till": "07" });
    for (name, value) in more {
        values[*name] = json!(value);
    }
    Layers { install: Layer { values: values.as_object().cloned().unwrap_or_default(), ..Layer::default() }, ..Layers::default() }
}

/// Where a till stands once its first start is over, or has failed once.
fn begun(folder: &Path, layers: &Layers) -> (Arc<Till>, Value) {
    let (till, heard) = opened(folder, layers);
    loop {
        let start = till.call("start.show", json!({})).expect("start");
        if start["first_start"].is_null() || !start["first_start"]["code"].is_null() {
            return (till, start);
        }
        heard.recv_timeout(PATIENCE).expect("the first start goes on");
    }
}

/// A till whose first start goes on, and what tells of whatever changes.
fn opened(folder: &Path, layers: &Layers) -> (Arc<Till>, Receiver<()>) {
    let (tell, heard) = channel();
    let opening = Opening {
        folder: folder.to_owned(),
        resources: assets(),
        surroundings: Box::new(Machine),
        listener: Box::new(move |_| {
            // A first start that outlives the test by a moment has nobody to tell.
            let _ = tell.send(());
        }),
        prints: false,
        sends: false,
        secrets: Box::new(SecretsFile::of(folder)),
        layers: layers.clone(),
    };
    let till = Arc::new(Till::open(opening).expect("the till opens"));
    till.begin_first_start(layers.first_start()).expect("begun");
    (till, heard)
}

/// A ledger that refuses every code, as the hub does one that was used; answers its address, and tells of each that it was asked.
fn refusing_ledger() -> (String, Receiver<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("its address"));
    let (tell, asked) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let _ = stream.read(&mut [0; 4096]);
            let body = json!({ "code": "code-wrong", "message": "", "now_ms": 0 }).to_string();
            let head = "HTTP/1.1 403 Forbidden\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length:";
            let _ = write!(stream, "{head} {}\r\n\r\n{body}", body.len());
            if tell.send(()).is_err() {
                return;
            }
        }
    });
    (address, asked)
}

/// A ledger's address where nothing answers.
fn silent_ledger() -> String {
    let port = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port();
    format!("http://127.0.0.1:{port}")
}

#[test]
fn a_till_that_was_told_its_pack_office_and_name_asks_nobody() {
    let folder = tempfile::tempdir().expect("folder");
    let (till, start) = begun(folder.path(), &told("CH", &[]));
    assert_eq!((&start["till"]["office_code"], &start["till"]["till_code"]), (&json!("CH"), &json!("07")));
    assert_eq!(start["first_start"], Value::Null);
    closed(till);
    let (_till, again) = begun(folder.path(), &told("CH", &[]));
    assert_eq!(again["till"], start["till"], "a second start changes nothing");
}

#[test]
fn an_office_that_the_pack_does_not_have_is_said_and_the_till_stays_fresh() {
    let folder = tempfile::tempdir().expect("folder");
    let (_till, start) = begun(folder.path(), &told("NOWHERE", &[]));
    assert_eq!(start["first_start"]["code"], "office-unknown");
    assert_eq!(start["first_start"]["again"], false);
    assert_eq!(start["till"], Value::Null);
}

#[test]
fn a_ledger_that_can_not_be_reached_is_tried_again_and_the_till_is_set_up_meanwhile() {
    let url = silent_ledger();
    let folder = tempfile::tempdir().expect("folder");
    let (_till, start) = begun(folder.path(), &told("CH", &[("ledger_url", &url), ("enrol_code", "AAAA-BBBB")]));
    assert_eq!(start["first_start"]["code"], "ledger-unreachable");
    assert_eq!(start["first_start"]["again"], true);
    assert_eq!(start["till"]["till_code"], "07");
}

#[test]
fn a_spent_code_is_said_with_the_ledger_it_was_for_and_left_to_a_person() {
    let (url, _asked) = refusing_ledger();
    let folder = tempfile::tempdir().expect("folder");
    let (_till, start) = begun(folder.path(), &told("CH", &[("ledger_url", &url), ("enrol_code", "AAAA-BBBB")]));
    assert_eq!(start["first_start"]["code"], "ledger-code-wrong");
    assert_eq!(start["first_start"]["again"], false);
    assert_eq!(start["first_start"]["ledger_url"], json!(url));
}

/// A till is switched off: its first start may hold it for a moment still.
fn closed(mut till: Arc<Till>) {
    while let Err(held) = Arc::try_unwrap(till) {
        till = held;
        std::thread::yield_now();
    }
}

/// Somebody works at a till, and switches it off.
fn works(till: Arc<Till>) {
    till.call("user.sign_in", json!({ "user_code": "12", "secret": "1212" })).expect("signed in");
    till.call("session.open", json!({ "counts": [{ "denomination": "20", "pieces": 5 }] })).expect("open");
    closed(till);
}

#[test]
fn a_till_that_worked_before_the_ledger_could_be_reached_is_made_known_at_a_later_start_and_nobody_waits_for_it() {
    let folder = tempfile::tempdir().expect("folder");
    let (till, start) = begun(folder.path(), &told("CH", &[("ledger_url", &silent_ledger()), ("enrol_code", "AAAA-BBBB")]));
    assert_eq!(start["first_start"]["code"], "ledger-unreachable");
    works(till);
    let (url, asked) = refusing_ledger();
    let (till, _heard) = opened(folder.path(), &told("CH", &[("ledger_url", &url), ("enrol_code", "AAAA-BBBB")]));
    asked.recv_timeout(PATIENCE).expect("the ledger is asked");
    assert_eq!(till.call("start.show", json!({})).expect("start")["first_start"], Value::Null, "nobody waits for it");
}

#[test]
fn a_till_that_worked_before_its_machine_was_told_a_code_tries_none() {
    let folder = tempfile::tempdir().expect("folder");
    let (till, _) = begun(folder.path(), &told("CH", &[]));
    works(till);
    let (url, asked) = refusing_ledger();
    let layers = told("CH", &[("ledger_url", &url), ("enrol_code", "AAAA-BBBB")]);
    let (till, _heard) = opened(folder.path(), &layers);
    // What asks is a thread that knows the till until it is refused.
    assert_eq!(Arc::weak_count(&till), 0, "nothing has begun");
    assert!(asked.try_recv().is_err());
}

#[test]
fn a_till_closes_as_it_should_though_the_ledger_of_its_first_start_is_silent() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("its address"));
    let folder = tempfile::tempdir().expect("folder");
    let (till, _heard) = opened(folder.path(), &told("CH", &[("ledger_url", &url), ("enrol_code", "AAAA-BBBB")]));
    let (mut asked, _) = listener.accept().expect("it is asked");
    asked.set_read_timeout(Some(PATIENCE)).expect("patience");
    assert!(asked.read(&mut [0; 4096]).expect("a question") > 0);
    assert!(Arc::try_unwrap(till).is_ok(), "nothing else holds it while the ledger says nothing");
    drop(asked);
}

#[test]
fn a_till_that_was_restored_before_it_worked_tries_no_code_by_itself() {
    let folder = tempfile::tempdir().expect("folder");
    let (data, copies) = (folder.path().join("data"), folder.path().join("copies"));
    std::fs::create_dir(&copies).expect("folder");
    let (till, _) = begun(&data, &told("CH", &[]));
    closed(till);
    let secrets = || Box::new(SecretsFile::of(&data));
    let reading = Till::read_only(&data.join("till.db"), Box::new(Machine), secrets()).expect("till");
    let file = reading.back_up(&copies, &mut |_| {}).expect("made").file;
    drop(reading);
    let from = RestoreBackup { file, ..RestoreBackup::default() };
    restore_backup(&data, &from, Box::new(Machine), secrets(), &mut |_, _| {}).expect("back");
    let (url, asked) = refusing_ledger();
    let (till, _heard) = opened(&data, &told("CH", &[("ledger_url", &url), ("enrol_code", "AAAA-BBBB")]));
    assert_eq!(Arc::weak_count(&till), 0, "nothing has begun");
    assert!(asked.try_recv().is_err());
}
