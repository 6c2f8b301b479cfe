//! A till whose takings go to a real hub, for the tests of what happens between them.

use counterfoil_testkit::hub::Hub;
use counterfoil_testkit::postgres;
use counterfoil_testkit::till::{assets, cash_sale, make_ready, sign_in};
use counterfoil_till::secrets::SecretsFile;
use counterfoil_till::surroundings::{Machine, Surroundings};
use counterfoil_till::{Opening, Till};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;
use tempfile::TempDir;

/// A till at work, its takings going to a ledger.
pub struct SendingTill {
    /// Its data folder.
    pub data: PathBuf,
    /// The till.
    pub till: Till,
    told: Receiver<()>,
    folder: Option<TempDir>,
}

#[allow(clippy::expect_used, clippy::panic, reason = "it serves tests, and fails them")]
impl SendingTill {
    /// Opens a data folder; `folder` is removed with the till.
    ///
    /// # Panics
    /// It doesn't open.
    pub fn open(data: &Path, folder: Option<TempDir>) -> SendingTill {
        SendingTill::with(data, folder, Box::new(Machine))
    }

    /// The same, with a clock of the test's.
    ///
    /// # Panics
    /// It doesn't open.
    pub fn with(data: &Path, folder: Option<TempDir>, surroundings: Box<dyn Surroundings>) -> SendingTill {
        let (tell, told) = channel();
        let opening = Opening {
            folder: data.to_owned(),
            resources: assets(),
            surroundings,
            listener: Box::new(move |_| {
                let _ = tell.send(());
            }),
            prints: false,
            sends: true,
            secrets: Box::new(SecretsFile::of(data)),
            layers: counterfoil_till::Layers::default(),
        };
        SendingTill { data: data.to_owned(), till: Till::open(opening).expect("the till opens"), told, folder }
    }

    /// Fresh, enrolled with a code, cashier 12 in an open session.
    ///
    /// # Panics
    /// It never gets through.
    pub fn enrolled(url: &str, code: &str) -> SendingTill {
        let folder = tempfile::tempdir().expect("folder");
        let counter = SendingTill::open(&folder.path().join("till"), Some(folder));
        make_ready(&counter.till, &json!({ "kind": "none" })).expect("ready");
        let enrol = serde_json::from_value(json!({ "url": url, "code": code })).expect("a request");
        // The line may be bad here too: the same code is good until it has been answered.
        let tries = (0..50).find(|_| counter.till.enrol(None, &enrol).is_ok());
        assert!(tries.is_some(), "never enrolled");
        counter
    }

    /// Closes it; what it leaves is opened again with [`SendingTill::open`].
    pub fn closed(self) -> (PathBuf, Option<TempDir>) {
        let SendingTill { data, till, told, folder } = self;
        drop((till, told));
        (data, folder)
    }

    /// Opens what another left, with cashier 12 signed in.
    ///
    /// # Panics
    /// It doesn't open.
    pub fn reopened((data, folder): (PathBuf, Option<TempDir>)) -> SendingTill {
        let till = SendingTill::open(&data, folder);
        sign_in(&till.till).expect("signed in");
        till
    }

    /// Closed and opened again.
    pub fn restarted(self) -> SendingTill {
        SendingTill::reopened(self.closed())
    }

    /// Runs a command.
    ///
    /// # Panics
    /// It is refused.
    pub fn call(&self, name: &str, payload: Value) -> Value {
        self.till.call(name, payload).unwrap_or_else(|error| panic!("{name}: {error} {}", error.detail))
    }

    /// Takes so many payments of 34p.
    pub fn sell(&self, count: usize) {
        for _ in 0..count {
            self.call("sale.take", cash_sale(&Machine.new_id(), "BJ12345673", "0.34"));
        }
    }

    /// Waits until what is shown of the ledger is as wanted; asks for a try whenever nothing happens for a while.
    ///
    /// # Panics
    /// It never comes so far.
    pub fn ledger(&self, wanted: impl Fn(&Value) -> bool) -> Value {
        let mut view = json!(null);
        for _ in 0..400 {
            view = self.call("ledger.show", json!({}));
            if wanted(&view) {
                return view;
            }
            if self.told.recv_timeout(Duration::from_millis(250)).is_err() {
                self.call("ledger.ask", json!({}));
            }
        }
        panic!("the ledger never came so far: {view}")
    }

    /// Waits until everything is in the ledger.
    pub fn all_sent(&self) -> Value {
        self.ledger(|view| view["unsent_receipts"] == 0 && view["line"]["state"] == "up")
    }

    /// Both sides, row by row; answers how many postings there are.
    ///
    /// # Panics
    /// They differ.
    pub fn agrees(&self) -> u64 {
        let today = self.call("start.show", json!({}))["today"].as_str().expect("a day").parse().expect("a day");
        let rows = self.till.reconcile(today, today).expect("reconciled");
        for row in &rows {
            assert_eq!(row.till, row.ledger, "{row:?}");
        }
        rows.iter().map(|row| row.till.0).sum()
    }
}

/// A hub on a fresh database, its folder, and a code for till 07.
///
/// # Panics
/// It doesn't start.
#[allow(clippy::expect_used, reason = "it serves tests, and fails them")]
pub fn hub() -> (Hub, TempDir, String) {
    let folder = tempfile::tempdir().expect("folder");
    let database = postgres::shared().database().expect("a database");
    let hub = Hub::start(&database, folder.path()).expect("a hub");
    let code = hub.enrolment_code("CH", "07", None).expect("a code");
    (hub, folder, code)
}
