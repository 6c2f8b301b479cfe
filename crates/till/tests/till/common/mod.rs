//! A counter for the tests of the till: a fake clock, a till of the demonstration council, and short ways to use it.

pub mod day;
pub mod printer;
pub mod terminal;

use counterfoil_till::api::Changed;
use counterfoil_till::surroundings::Surroundings;
use counterfoil_till::{Opening, Till};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

/// How long the printing worker may be silent before a test says that something didn't happen. Nothing is timed by it.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// 23 November 2026, 10:42 in London.
pub const MORNING_MS: i64 = 1_795_430_520_000;

#[derive(Default)]
pub struct Clock {
    pub now_ms: AtomicI64,
    pub ids: AtomicU64,
}

struct Told(Arc<Clock>);

impl Surroundings for Told {
    fn now_ms(&self) -> i64 {
        self.0.now_ms.load(Ordering::Relaxed)
    }

    fn new_id(&self) -> String {
        format!("019ab000-0000-7000-8000-{:012x}", self.0.ids.fetch_add(1, Ordering::Relaxed))
    }

    fn random(&self) -> [u8; 32] {
        let mut bytes = [7; 32];
        bytes[..8].copy_from_slice(&self.0.ids.fetch_add(1, Ordering::Relaxed).to_be_bytes());
        bytes
    }
}

pub fn assets() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets")
}

pub struct Counter {
    pub folder: tempfile::TempDir,
    pub clock: Arc<Clock>,
    pub till: Option<Till>,
    pub prints: bool,
    pub sends: bool,
    pub layers: counterfoil_till::Layers,
    pub tell: Sender<()>,
    pub told: Receiver<()>,
    /// Told whenever the serial scanner has said something, its port's being there included.
    pub scanned: (Sender<()>, Receiver<()>),
}

/// Until somebody gives it room again.
pub struct NoRoom(rusqlite::Connection);

impl NoRoom {
    pub fn ends(self) {
        self.0.execute_batch("DROP TRIGGER no_room").expect("room");
    }
}

impl Counter {
    /// A fresh till of the demonstration council, nobody signed in.
    pub fn fresh() -> Counter {
        let clock = Arc::new(Clock::default());
        clock.now_ms.store(MORNING_MS, Ordering::Relaxed);
        let (tell, told) = channel();
        let mut counter = Counter {
            folder: tempfile::tempdir().expect("folder"),
            clock,
            till: None,
            prints: false,
            sends: false,
            layers: Default::default(),
            tell,
            told,
            scanned: channel(),
        };
        counter.restart();
        counter.call("start.try_demonstration", json!({}));
        counter
    }

    /// Cashier 12 in an open session.
    pub fn open() -> Counter {
        let counter = Counter::fresh();
        counter.sign_in("12", "1212");
        counter.call("session.open", json!({ "counts": [{ "denomination": "20", "pieces": 5 }] }));
        counter
    }

    pub fn restart(&mut self) {
        self.till = None;
        let (tell, scanned) = (self.tell.clone(), self.scanned.0.clone());
        let opening = Opening {
            folder: self.folder.path().join("data"),
            resources: assets(),
            surroundings: Box::new(Told(self.clock.clone())),
            listener: Box::new(move |changed| {
                if changed.contains(&Changed::Scanned) {
                    let _ = scanned.send(());
                }
                // What the test itself does is no news to it.
                if matches!(std::thread::current().name(), Some("printing" | "mirror" | "ledger" | "card" | "card abort" | "card totals")) {
                    // A worker that outlives the test by a moment has nobody to tell.
                    let _ = tell.send(());
                }
            }),
            prints: self.prints,
            sends: self.sends,
            secrets: Box::new(counterfoil_till::secrets::SecretsFile::of(&self.folder.path().join("data"))),
            layers: self.layers.clone(),
        };
        self.till = Some(Till::open(opening).expect("the till opens"));
    }

    pub fn till(&self) -> &Till {
        self.till.as_ref().expect("open")
    }

    pub fn call(&self, name: &str, payload: Value) -> Value {
        self.till().call(name, payload).unwrap_or_else(|error| panic!("{name}: {error} {}", error.detail))
    }

    pub fn refused(&self, name: &str, payload: Value) -> String {
        match self.till().call(name, payload) {
            Ok(answer) => panic!("{name} was not refused: {answer}"),
            Err(error) => error.code,
        }
    }

    /// Waits until the printer's status line is as wanted, asking again whenever the worker has done something; `meanwhile` is done
    /// before each wait.
    pub fn printer(&self, wanted: impl Fn(&Value) -> bool, meanwhile: impl Fn()) -> Value {
        for _ in 0..100 {
            let line = self.call("till.status", json!({}))["printer"].clone();
            if wanted(&line) {
                return line;
            }
            meanwhile();
            self.told.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("nothing more happens at the printer: {line}"));
        }
        panic!("the printer never came so far")
    }

    /// Waits until something is so, asking again whenever a worker has done something.
    pub fn until<T>(&self, what: &str, wanted: impl Fn(&Counter) -> Option<T>) -> T {
        loop {
            if let Some(found) = wanted(self) {
                return found;
            }
            self.told.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("nothing more happens, and not yet: {what}"));
        }
    }

    /// From now on nothing can be added to a table of the store, as on a disk that has just become full.
    pub fn without_room(&self, table: &str) -> NoRoom {
        let store = rusqlite::Connection::open(self.folder.path().join("data/till.db")).expect("store");
        let full = format!("CREATE TRIGGER no_room BEFORE INSERT ON {table} BEGIN SELECT raise(ABORT, 'no room'); END");
        store.execute_batch(&full).expect("no room");
        NoRoom(store)
    }

    pub fn sign_in(&self, user: &str, secret: &str) {
        self.call("user.sign_in", json!({ "user_code": user, "secret": secret }));
    }

    pub fn sale(&self, lines: Value, tenders: Value) -> Value {
        let begun = self.call("sale.begin", json!({}));
        json!({ "sale_id": begun["sale_id"], "lines": lines, "tenders": tenders })
    }

    pub fn cash_sale(&self, fund: &str, reference: &str, pounds: &str) -> Value {
        let line = json!({ "fund_code": fund, "reference": reference, "amount": pounds });
        self.sale(json!([line]), json!([{ "kind": "cash", "mop_code": "1", "tendered": pounds }]))
    }
}

pub fn cheque(pounds: &str) -> Value {
    json!({ "kind": "cheque", "mop_code": "24", "amount": pounds, "sort_code": "20-00-00", "account": "12345678", "number": "000123",
            "drawer": "A Payer", "dated": "2026-11-20" })
}

/// The demonstration's pack in a folder of its own, to be changed.
pub fn copy_pack(to: &Path) {
    std::fs::create_dir_all(to).expect("folder");
    for entry in std::fs::read_dir(assets().join("packs/barnsley-demo")).expect("pack").map(|entry| entry.expect("entry")) {
        if entry.path().is_file() {
            std::fs::copy(entry.path(), to.join(entry.file_name())).expect("copied");
        }
    }
}
