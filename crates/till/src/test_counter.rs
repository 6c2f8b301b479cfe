//! A counter of the demonstration council for the tests that look inside: cashier 12 in an open session.

use crate::secrets::SecretsFile;
use crate::settings_in_force::Layers;
use crate::surroundings::Machine;
use crate::till::{Opening, Till};
use counterfoil_terminals::simulator::SCRIPT_FILE;
use serde_json::{Value, json};
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

/// How long a worker may be silent before a test says that something doesn't happen. Nothing is timed by it.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct TestCounter {
    pub till: Till,
    _folder: tempfile::TempDir,
    told: Receiver<()>,
}

impl TestCounter {
    /// With these settings beside the demonstration's own; `prints` if its devices are worked.
    pub fn open(settings: Value, prints: bool) -> TestCounter {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join(SCRIPT_FILE), r#"{"pace_ms":0}"#).expect("a script");
        let (tell, told) = channel();
        let demonstration = open(folder.path(), tell.clone(), false);
        demonstration.call("start.try_demonstration", json!({})).expect("set up");
        drop(demonstration);
        let file = folder.path().join("settings.json");
        let mut whole: Value = serde_json::from_slice(&std::fs::read(&file).expect("settings")).expect("settings");
        whole.as_object_mut().expect("an object").extend(settings.as_object().expect("an object").clone());
        std::fs::write(file, whole.to_string()).expect("settings");
        let counter = TestCounter { till: open(folder.path(), tell, prints), _folder: folder, told };
        counter.call("user.sign_in", json!({ "user_code": "12", "secret": "1212" }));
        counter.call("session.open", json!({ "counts": [{ "denomination": "20", "pieces": 5 }] }));
        counter
    }

    pub fn call(&self, name: &str, payload: Value) -> Value {
        self.till.call(name, payload).expect("done")
    }

    /// A line of ten pounds.
    pub fn lines() -> Value {
        json!([{ "fund_code": "11", "reference": "BJ12345673", "amount": "10.00" }])
    }

    /// Takes ten pounds in cash.
    pub fn take_cash(&self) {
        let sale_id = self.call("sale.begin", json!({}))["sale_id"].clone();
        let cash = json!([{ "kind": "cash", "mop_code": "1", "tendered": "10.00" }]);
        self.call("sale.take", json!({ "sale_id": sale_id, "lines": TestCounter::lines(), "tenders": cash }));
    }

    /// Begins a card payment of ten pounds.
    pub fn begin_card(&self) -> Value {
        let sale_id = self.call("sale.begin", json!({}))["sale_id"].clone();
        self.call("card.begin", json!({ "sale_id": sale_id, "lines": TestCounter::lines(), "mop_code": "92" }))
    }

    /// Waits until something more has happened.
    pub fn waits(&self) {
        self.told.recv_timeout(PATIENCE).expect("something more happens");
    }
}

fn open(folder: &Path, tell: Sender<()>, prints: bool) -> Till {
    let opened = Till::open(Opening {
        folder: folder.to_owned(),
        resources: Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets"),
        surroundings: Box::new(Machine),
        listener: Box::new(move |_| tell.send(()).unwrap_or_default()),
        prints,
        sends: false,
        secrets: Box::new(SecretsFile::of(folder)),
        layers: Layers::default(),
    });
    opened.expect("the till opens")
}
