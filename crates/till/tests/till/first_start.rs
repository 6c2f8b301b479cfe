//! A till whose installation was told everything sets itself up at its first start, and says what it can't do.

use crate::common::{PATIENCE, assets};
use counterfoil_till::secrets::SecretsFile;
use counterfoil_till::surroundings::Machine;
use counterfoil_till::{Layer, Layers, Opening, Till};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::channel;

fn told(office: &str, more: &[(&str, &str)]) -> Layers {
    let mut values = json!({ "pack": assets().join("packs/barnsley-demo").display().to_string(), "office": office, "till": "07" });
    for (name, value) in more {
        values[*name] = json!(value);
    }
    Layers { install: Layer { values: values.as_object().cloned().unwrap_or_default(), ..Layer::default() }, ..Layers::default() }
}

/// Where a till stands once its first start is over, or has failed once.
fn begun(folder: &Path, layers: &Layers) -> (Arc<Till>, Value) {
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
    loop {
        let start = till.call("start.show", json!({})).expect("start");
        if start["first_start"].is_null() || !start["first_start"]["code"].is_null() {
            return (till, start);
        }
        heard.recv_timeout(PATIENCE).expect("the first start goes on");
    }
}

/// A ledger that refuses every code, as the hub does one that was used; answers its address.
fn refusing_ledger() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("its address"));
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut asked = [0; 4096];
            let _ = stream.read(&mut asked);
            let body = json!({ "code": "code-wrong", "message": "", "now_ms": 0 }).to_string();
            let head = "HTTP/1.1 403 Forbidden\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length:";
            let _ = write!(stream, "{head} {}\r\n\r\n{body}", body.len());
        }
    });
    address
}

#[test]
fn a_till_that_was_told_its_pack_office_and_name_asks_nobody() {
    let folder = tempfile::tempdir().expect("folder");
    let (till, start) = begun(folder.path(), &told("CH", &[]));
    assert_eq!((&start["till"]["office_code"], &start["till"]["till_code"]), (&json!("CH"), &json!("07")));
    assert_eq!(start["first_start"], Value::Null);
    drop(till);
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
    let port = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port();
    let url = format!("http://127.0.0.1:{port}");
    let folder = tempfile::tempdir().expect("folder");
    let (_till, start) = begun(folder.path(), &told("CH", &[("ledger_url", &url), ("enrol_code", "AAAA-BBBB")]));
    assert_eq!(start["first_start"]["code"], "ledger-unreachable");
    assert_eq!(start["first_start"]["again"], true);
    assert_eq!(start["till"]["till_code"], "07");
}

#[test]
fn a_spent_code_is_said_with_the_ledger_it_was_for_and_left_to_a_person() {
    let url = refusing_ledger();
    let folder = tempfile::tempdir().expect("folder");
    let (_till, start) = begun(folder.path(), &told("CH", &[("ledger_url", &url), ("enrol_code", "AAAA-BBBB")]));
    assert_eq!(start["first_start"]["code"], "ledger-code-wrong");
    assert_eq!(start["first_start"]["again"], false);
    assert_eq!(start["first_start"]["ledger_url"], json!(url));
}
