//! A till of the demonstration council, made ready in a folder.

use counterfoil_till::surroundings::Machine;
use counterfoil_till::{Opening, Till, TillError};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// The checkout's `assets`.
pub fn assets() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets")
}

/// The demonstration council's pack.
pub fn demonstration_pack() -> PathBuf {
    assets().join("packs/barnsley-demo")
}

/// Opens a till's data folder as the counter does.
///
/// # Errors
/// The till's own.
pub fn open(folder: &Path, prints: bool) -> Result<Till, TillError> {
    Till::open(Opening {
        folder: folder.to_owned(),
        resources: assets(),
        surroundings: Box::new(Machine),
        listener: Box::new(|_| {}),
        prints,
        sends: prints,
        secrets: Box::new(counterfoil_till::secrets::SecretsFile::of(folder)),
        layers: counterfoil_till::Layers::default(),
    })
}

/// Sets a till up with the demonstration council. Again, it changes nothing.
///
/// # Errors
/// The till's own.
pub fn set_up(till: &Till, printer: &Value) -> Result<(), TillError> {
    let set_up = json!({ "folder": demonstration_pack(), "office_code": "CH", "till_code": "07", "printer": printer });
    till.call("start.set_up", set_up).map(|_| ())
}

/// Signs cashier 12 in.
///
/// # Errors
/// The till's own.
pub fn sign_in(till: &Till) -> Result<(), TillError> {
    till.call("user.sign_in", json!({ "user_code": "12", "secret": "1212" })).map(|_| ())
}

/// Opens a session with a float of £100, for whoever is signed in.
///
/// # Errors
/// The till's own.
pub fn open_session(till: &Till) -> Result<(), TillError> {
    till.call("session.open", json!({ "counts": [{ "denomination": "20", "pieces": 5 }] })).map(|_| ())
}

/// A till that takes money at once: set up, cashier 12 signed in, a session open.
///
/// # Errors
/// The till's own.
pub fn make_ready(till: &Till, printer: &Value) -> Result<(), TillError> {
    set_up(till, printer)?;
    sign_in(till)?;
    open_session(till)
}

/// A one-line cash sale on an account that needn't be in the extract, as `sale.take` wants it.
pub fn cash_sale(sale_id: &str, reference: &str, pounds: &str) -> Value {
    json!({
        "sale_id": sale_id,
        "lines": [{ "fund_code": "11", "reference": reference, "amount": pounds }],
        "tenders": [{ "kind": "cash", "mop_code": "1", "tendered": pounds }],
    })
}
