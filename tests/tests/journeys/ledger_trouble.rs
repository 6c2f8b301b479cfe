//! What stands between a till and its ledger, as the window says it: a certificate that isn't trusted, an address without
//! encryption, another name than the ledger's.

use crate::ledger_steps::{enrols, leaves, looks, retypes, sets, strangers, tabs_back};
use counterfoil_ledger::{Settings, Tls};
use counterfoil_simulators::ims::certificates::PrivateAuthority;
use counterfoil_testkit::hub::Hub;
use counterfoil_testkit::{postgres, till};
use counterfoil_tests::day::{menu, takes_cash};
use counterfoil_tests::demo;
use counterfoil_tests::journey::{Place, demonstration, journey_from};
use counterfoil_tests::window::Failure;
use fantoccini::key::Key;
use serde_json::json;
use std::path::Path;
use std::sync::Arc;

/// A till that its hub knows, over TLS of the council's own authority; its settings name another authority since.
fn another_authority(data: &Path) -> Result<Hub, Failure> {
    demonstration(data)?;
    let folder = data.parent().ok_or("no folder around the data")?;
    let (council, stranger) = (PrivateAuthority::new()?, PrivateAuthority::new()?);
    let own = council.server()?;
    let written = |name: &str, text: &str| std::fs::write(folder.join(name), text).map(|()| folder.join(name));
    let council = written("council.pem", council.certificate_pem())?;
    let stranger = written("stranger.pem", stranger.certificate_pem())?;
    let tls = Tls { certificate: written("hub.pem", &own.certificate_pem)?, key: written("hub.key", &own.key_pem)? };
    let database_url = postgres::shared().database()?;
    let settings = Settings { database_url, signing_key: folder.join("ledger-signing.key"), tls: Some(tls), ..Settings::default() };
    let hub = Hub::with(settings, "127.0.0.1:0", Arc::new(counterfoil_ledger::surroundings::Machine))?;
    let code = hub.enrolment_code("CH", "07", None)?;
    let enrol = || till::open(data, false)?.call("ledger.enrol", json!({ "url": hub.url(), "code": code, "authority": council }));
    std::thread::scope(|scope| scope.spawn(enrol).join()).map_err(|_| "enrolling panicked")??;
    sets(data, |settings| settings["ledger"]["authority"] = json!(stranger))?;
    Ok(hub)
}

#[tokio::test]
async fn a_certificate_that_is_not_trusted_is_named_with_what_to_do_and_put_right_by_naming_the_authority() -> Result<(), Failure> {
    journey_from("certificate", another_authority, async |counter, Place { kept: hub, folder }| {
        demo::open_session(counter, false).await?;
        counter.reads("status-line", "the ledger's certificate isn't trusted").await?;
        takes_cash(counter, "20").await?;
        counter.reads("status-line", "1 receipt (£20.00) to send · line down since").await?;
        counter.clean("told-the-cashier").await?;
        looks(counter).await?;
        counter.reads("ledger-state", "the ledger's certificate isn't trusted").await?;
        counter.reads("ledger-what-to-do", "Tell IT").await?;
        counter.clean("what-to-do").await?;
        counter.chord(&[Key::Control, Key::Shift], "l").await?;
        counter.reads("ledger-what-to-do", "Dywedwch wrth TG").await?;
        counter.clean("in-welsh").await?;
        counter.chord(&[Key::Control, Key::Shift], "l").await?;
        leaves(counter).await?;
        menu(counter, "sign-out").await?;
        demo::sign_in(counter, "90", "9090").await?;
        counter.screen("open-session").await?;
        looks(counter).await?;
        demo::tab_to(counter, "enrol-again").await?;
        counter.presses(Key::Enter).await?;
        counter.focus_on("enrol-address").await?;
        enrols(counter, hub.url(), "").await?;
        counter.reads("problem", "isn't trusted, so nothing was sent").await?;
        counter.focus_on("enrol-authority").await?;
        counter.clean("not-trusted").await?;
        retypes(counter, &folder.join("nowhere.pem").to_string_lossy()).await?;
        counter.presses(Key::Enter).await?;
        counter.reads("problem", "can't be read").await?;
        counter.focus_on("enrol-authority").await?;
        retypes(counter, &folder.join("council.pem").to_string_lossy()).await?;
        counter.presses(Key::Enter).await?;
        counter.reads("ledger-said", "The ledger knows this till now").await?;
        counter.reads("ledger-state", "The ledger answers").await?;
        counter.reads("ledger-unsent", "Nothing").await?;
        counter.clean("put-right").await
    })
    .await
}

#[tokio::test]
async fn an_address_without_encryption_is_used_only_when_somebody_has_agreed_to_it() -> Result<(), Failure> {
    journey_from("in-the-clear", strangers, async |counter, Place { kept: hub, .. }| {
        demo::sign_in(counter, "90", "9090").await?;
        counter.screen("open-session").await?;
        looks(counter).await?;
        enrols(counter, "http://ledger.invalid", "AAAA-BBBB").await?;
        counter.reads("enrol-question", "go over the network unencrypted").await?;
        counter.focus_on("enrol-no").await?;
        counter.clean("asked").await?;
        counter.presses(Key::Enter).await?;
        counter.focus_on("enrol-address").await?;
        counter.until("document.querySelector('#enrol-question') === null").await?;
        enrols(counter, "http://ledger.invalid", "AAAA-BBBB").await?;
        counter.focus_on("enrol-no").await?;
        tabs_back(counter).await?;
        counter.focus_on("enrol-yes").await?;
        counter.presses(Key::Enter).await?;
        // Nobody has that address, and nothing else stood in the way any more.
        counter.reads("problem", "can't be reached").await?;
        enrols(counter, hub.url(), &hub.enrolment_code("CH", "07", None)?).await?;
        counter.reads("ledger-said", "The ledger knows this till now").await
    })
    .await
}

#[tokio::test]
async fn a_till_that_was_named_wrongly_takes_the_name_that_the_ledger_knows_while_nothing_was_taken_on_it() -> Result<(), Failure> {
    journey_from("take-name", strangers, async |counter, Place { kept: hub, .. }| {
        demo::sign_in(counter, "90", "9090").await?;
        counter.screen("open-session").await?;
        looks(counter).await?;
        enrols(counter, hub.url(), &hub.enrolment_code("CH", "08", None)?).await?;
        counter.reads("enrol-question", "Shall this till be called 08 at office CH from now on?").await?;
        counter.focus_on("enrol-no").await?;
        counter.clean("asked").await?;
        counter.presses(Key::Enter).await?;
        counter.focus_on("enrol-code").await?;
        counter.presses(Key::Enter).await?;
        counter.focus_on("enrol-no").await?;
        tabs_back(counter).await?;
        counter.focus_on("enrol-yes").await?;
        counter.presses(Key::Enter).await?;
        counter.reads("ledger-said", "The ledger knows this till now").await?;
        counter.reads("ledger-state", "The ledger answers").await?;
        counter.clean("taken").await?;
        leaves(counter).await?;
        menu(counter, "sign-out").await?;
        demo::open_session(counter, false).await?;
        takes_cash(counter, "20").await?;
        counter.reads("receipt-number", "CH08-0000001").await?;
        counter.reads("status-line", "All takings are in the ledger").await
    })
    .await
}
