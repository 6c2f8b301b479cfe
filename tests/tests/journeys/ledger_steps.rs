//! What journeys of the ledger are made of: hubs and stand-ins beside the till, and steps in the ledger's dialog.

use counterfoil_simulators::ims::StandInIms;
use counterfoil_testkit::hub::Hub;
use counterfoil_testkit::{postgres, till};
use counterfoil_tests::day::{counts, gives, menu};
use counterfoil_tests::journey::demonstration;
use counterfoil_tests::window::{Counter, Failure};
use fantoccini::key::Key;
use serde_json::{Value, json};
use std::path::Path;

/// A hub on a database of its own, with its files beside the till's.
pub fn hub(data: &Path) -> Result<Hub, Failure> {
    Ok(Hub::start(&postgres::shared().database()?, data.parent().ok_or("no folder around the data")?)?)
}

/// A till of the demonstration council, and a hub that doesn't know it yet.
pub fn strangers(data: &Path) -> Result<Hub, Failure> {
    demonstration(data)?;
    hub(data)
}

/// A till of the demonstration council that its hub knows.
pub fn enrolled(data: &Path) -> Result<Hub, Failure> {
    let hub = strangers(data)?;
    let code = hub.enrolment_code("CH", "07", None)?;
    let enrol = || till::open(data, false)?.call("ledger.enrol", json!({ "url": hub.url(), "code": code }));
    // On a thread of its own: the till waits for the network in a runtime of its own, and this is inside one.
    std::thread::scope(|scope| scope.spawn(enrol).join()).map_err(|_| "enrolling panicked")??;
    Ok(hub)
}

/// Changes the hub's database behind its back.
pub fn meddles(hub: &Hub, sql: &str) -> Result<(), Failure> {
    Ok(hub.as_administrator(async |ledger| Ok(ledger.database().await?.batch_execute(sql).await?))?)
}

/// Opens the ledger's dialog.
pub async fn looks(counter: &Counter) -> Result<(), Failure> {
    menu(counter, "ledger").await?;
    counter.sees("#ledger-state").await
}

/// Leaves the ledger's dialog and the menu.
pub async fn leaves(counter: &Counter) -> Result<(), Failure> {
    counter.presses(Key::Escape).await?;
    counter.focus_on("menu-ledger").await?;
    counter.presses(Key::Escape).await?;
    counter.no_dialog().await
}

/// Types the address and a code into the form that has the focus.
pub async fn enrols(counter: &Counter, address: &str, code: &str) -> Result<(), Failure> {
    counter.focus_on("enrol-address").await?;
    retypes(counter, address).await?;
    counter.presses(Key::Tab).await?;
    counter.focus_on("enrol-code").await?;
    retypes(counter, code).await?;
    counter.presses(Key::Enter).await
}

/// Counts so many £20 notes, gives the count, which agrees, and closes.
pub async fn cashes_up(counter: &Counter, twenties: &str) -> Result<(), Failure> {
    menu(counter, "cash-up").await?;
    counter.focus_on("count-50").await?;
    counts(counter, "count", "20", twenties).await?;
    gives(counter, "0").await?;
    counter.presses(Key::Enter).await?;
    counter.focus_on("close-session").await?;
    counter.presses(Key::Enter).await?;
    counter.focus_on("z-done").await
}

/// Types a code into the box that has the focus.
pub async fn enrols_on(counter: &Counter, code: &str) -> Result<(), Failure> {
    retypes(counter, code).await?;
    counter.presses(Key::Enter).await
}

/// Types over what is in the box that has the focus; nothing empties it.
pub async fn retypes(counter: &Counter, text: &str) -> Result<(), Failure> {
    counter.selects_all().await?;
    if text.is_empty() { counter.presses(Key::Backspace).await } else { counter.types(text).await }
}

/// Goes one box back.
pub async fn tabs_back(counter: &Counter) -> Result<(), Failure> {
    counter.chord(&[Key::Shift], &char::from(Key::Tab).to_string()).await
}

/// Changes a till's settings in its file.
pub fn sets(data: &Path, change: impl FnOnce(&mut Value)) -> Result<(), Failure> {
    let file = data.join("settings.json");
    let mut settings = std::fs::read_to_string(&file).map_or_else(|_| Ok(json!({})), |text| serde_json::from_str(&text))?;
    change(&mut settings);
    Ok(std::fs::write(&file, settings.to_string())?)
}

/// Lets a till pay into a stand-in for LocalGov IMS, that settles fast.
pub fn pays_into(data: &Path, ims: &StandInIms) -> Result<(), Failure> {
    let pace = json!({ "settle_ms": 500, "refusals_before_quarantine": 1 });
    sets(data, |settings| settings["ledger"] = json!({ "kind": "localgov-ims", "url": ims.base_url(), "pace": pace }))
}
