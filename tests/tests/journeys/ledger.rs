//! Takings on their way to the ledger, as cashiers and supervisors see it: a real hub on a real PostgreSQL.

use crate::ledger_steps::{cashes_up, enrolled, enrols, enrols_on, hub, leaves, looks, meddles, pays_into, strangers};
use counterfoil_simulators::ims::{Behaviour, StandInIms, Tables};
use counterfoil_testkit::till;
use counterfoil_tests::day::{menu, takes_cash};
use counterfoil_tests::demo;
use counterfoil_tests::journey::{Place, demonstration, journey, journey_from};
use counterfoil_tests::window::Failure;
use fantoccini::key::Key;
use serde_json::json;
use std::path::Path;

#[tokio::test]
async fn a_till_without_a_ledger_says_that_takings_stay_on_it() -> Result<(), Failure> {
    journey("no-ledger", async |counter| {
        demo::open_session(counter, false).await?;
        counter.reads("status-line", "No receipts kept on this till").await?;
        takes_cash(counter, "20").await?;
        counter.reads("status-line", "1 receipt (£20.00) kept on this till").await?;
        counter.presses(Key::F10).await?;
        counter.reads("receipt-proof", "Kept on this till").await?;
        counter.clean("receipt").await?;
        counter.presses(Key::Escape).await?;
        counter.no_dialog().await?;
        looks(counter).await?;
        counter.reads("ledger-state", "No ledger").await?;
        counter.clean("cashier").await?;
        assert_eq!(counter.script("return document.querySelector('#enrol-address')").await?, json!(null), "a cashier enrols no till");
        leaves(counter).await?;
        cashes_up(counter, "6").await?;
        assert_eq!(counter.script("return document.querySelector('#session-proof')").await?, json!(null), "nothing to be held against");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_administrator_enrols_the_till_and_takings_arrive_with_proof_on_the_receipt_and_at_the_close() -> Result<(), Failure> {
    journey_from("enrol", strangers, async |counter, Place { kept: hub, .. }| {
        demo::sign_in(counter, "90", "9090").await?;
        counter.screen("open-session").await?;
        counter.focus_on("sign-out").await?;
        looks(counter).await?;
        counter.clean("no-ledger").await?;
        enrols(counter, "ledger.invalid", "none").await?;
        counter.reads("problem", "begins with https://").await?;
        counter.clean("not-an-address").await?;
        enrols(counter, hub.url(), "AAAA-BBBB").await?;
        counter.reads("problem", "doesn't know that code").await?;
        counter.focus_on("enrol-code").await?;
        counter.clean("wrong-code").await?;
        enrols_on(counter, &hub.enrolment_code("CH", "07", None)?).await?;
        counter.reads("ledger-said", "The ledger knows this till now").await?;
        counter.reads("ledger-state", "The ledger answers").await?;
        counter.focus_on("ledger-ask").await?;
        counter.clean("enrolled").await?;
        leaves(counter).await?;
        counter.focus_on("sign-out").await?;
        counter.presses(Key::Enter).await?;
        demo::open_session(counter, false).await?;
        takes_cash(counter, "40").await?;
        counter.reads("status-line", "All takings are in the ledger").await?;
        counter.clean("all-in").await?;
        counter.presses(Key::F10).await?;
        counter.sees("#receipt-proof[data-how='good']").await?;
        counter.reads("receipt-proof", "In the ledger, reference 1-").await?;
        counter.clean("receipt").await?;
        counter.presses(Key::Escape).await?;
        counter.no_dialog().await?;
        cashes_up(counter, "7").await?;
        counter.reads("session-proof", "Counter and ledger agree: 1 receipt, £40.00").await?;
        counter.clean("agree").await
    })
    .await
}

#[tokio::test]
async fn a_till_that_is_set_up_may_be_enrolled_in_the_same_breath_before_anybody_has_signed_in() -> Result<(), Failure> {
    journey_from("first-run-ledger", hub, async |counter, Place { kept: hub, .. }| {
        counter.screen("first-run").await?;
        counter.focus_on("try-demonstration").await?;
        demo::tab_to(counter, "set-up").await?;
        counter.presses(Key::Enter).await?;
        counter.focus_on("pack-folder").await?;
        counter.types(&till::demonstration_pack().to_string_lossy()).await?;
        counter.presses(Key::Enter).await?;
        counter.focus_on("office").await?;
        counter.types("CH").await?;
        demo::tab_to(counter, "till-code").await?;
        counter.script("document.activeElement.select(); return 0").await?;
        counter.types("07").await?;
        demo::tab_to(counter, "enrol-address").await?;
        counter.types(hub.url()).await?;
        counter.presses(Key::Tab).await?;
        counter.types("AAAA-BBBB").await?;
        counter.clean("filled-in").await?;
        counter.presses(Key::Enter).await?;
        // The till has its name already; only the ledger is asked again.
        counter.sees("#named").await?;
        counter.reads("problem", "doesn't know that code").await?;
        counter.focus_on("enrol-code").await?;
        counter.clean("wrong-code").await?;
        enrols_on(counter, &hub.enrolment_code("CH", "07", None)?).await?;
        demo::sign_in(counter, "12", "1212").await?;
        counter.screen("open-session").await?;
        counter.reads("status-line", "All takings are in the ledger").await?;
        counter.clean("enrolled").await
    })
    .await
}

#[tokio::test]
async fn with_the_line_down_all_day_the_counter_trades_and_closes_and_once_it_is_back_everything_is_sent() -> Result<(), Failure> {
    journey_from("line-down", enrolled, async |counter, Place { kept: hub, .. }| {
        let down = hub.down()?;
        demo::open_session(counter, false).await?;
        counter.reads("status-line", "line down since").await?;
        counter.reads("status-line", "the ledger can't be reached").await?;
        takes_cash(counter, "40").await?;
        takes_cash(counter, "20").await?;
        counter.reads("status-line", "2 receipts (£60.00) to send · line down since").await?;
        counter.clean("down").await?;
        counter.presses(Key::F10).await?;
        counter.sees("#receipt-proof[data-how='waiting']").await?;
        counter.clean("receipt-to-send").await?;
        counter.presses(Key::Escape).await?;
        counter.no_dialog().await?;
        looks(counter).await?;
        counter.reads("ledger-state", "the ledger can't be reached").await?;
        counter.reads("ledger-what-to-do", "sent once the line is back").await?;
        counter.clean("what-to-do").await?;
        leaves(counter).await?;
        cashes_up(counter, "8").await?;
        counter.reads("session-proof", "Still to send: 2 receipts, £60.00").await?;
        counter.reads("session-proof", "In the ledger so far: 0 of 2 receipts, £0.00").await?;
        counter.clean("closed").await?;
        let _back = down.back()?;
        counter.presses(Key::Enter).await?;
        counter.screen("open-session").await?;
        looks(counter).await?;
        counter.focus_on("ledger-ask").await?;
        counter.presses(Key::Enter).await?;
        counter.reads("ledger-state", "The ledger answers").await?;
        counter.reads("ledger-unsent", "Nothing").await?;
        counter.clean("all-sent").await?;
        leaves(counter).await?;
        counter.reads("status-line", "All takings are in the ledger").await?;
        menu(counter, "sign-out").await?;
        demo::sign_in(counter, "20", "2020").await?;
        counter.screen("open-session").await?;
        menu(counter, "z-reads").await?;
        counter.focus_on("z-0").await?;
        counter.presses(Key::Enter).await?;
        counter.reads("session-proof", "Counter and ledger agree: 2 receipts, £60.00").await?;
        counter.clean("z-read").await
    })
    .await
}

#[tokio::test]
async fn an_alarm_is_told_to_the_cashier_and_released_by_a_supervisor_who_says_what_was_found() -> Result<(), Failure> {
    journey_from("alarm", enrolled, async |counter, Place { kept: hub, .. }| {
        demo::open_session(counter, false).await?;
        takes_cash(counter, "40").await?;
        counter.reads("status-line", "All takings are in the ledger").await?;
        // As if another till had written under this one's name.
        meddles(&hub, "UPDATE tills SET head_hash = sha256(head_hash)")?;
        takes_cash(counter, "20").await?;
        counter
            .reads("status-line", "Sending has stopped: the ledger has something else in this till's name. Tell your supervisor.")
            .await?;
        counter.clean("told-the-cashier").await?;
        looks(counter).await?;
        counter.reads("alarm", "A supervisor can let it go on").await?;
        counter.clean("cashier").await?;
        leaves(counter).await?;
        menu(counter, "sign-out").await?;
        demo::sign_in(counter, "20", "2020").await?;
        counter.screen("open-session").await?;
        counter.reads("status-line", "F9, Ledger").await?;
        looks(counter).await?;
        counter.focus_on("alarm-text").await?;
        counter.presses(Key::Enter).await?;
        counter.reads("problem", "Say what was found").await?;
        counter.clean("nothing-said").await?;
        meddles(&hub, "UPDATE tills SET head_hash = entries.hash FROM entries WHERE till_number = number AND seq = head_seq")?;
        counter.focus_on("alarm-text").await?;
        counter.types("The ledger was restored from a copy and put right").await?;
        counter.presses(Key::Enter).await?;
        counter.reads("ledger-said", "Sending goes on").await?;
        counter.reads("ledger-state", "The ledger answers").await?;
        counter.until("document.querySelector('#alarm') === null").await?;
        counter.reads("ledger-unsent", "Nothing").await?;
        counter.clean("released").await?;
        counter.chord(&[Key::Control, Key::Shift], "l").await?;
        counter.reads("ledger-state", "ateb").await?;
        counter.clean("in-welsh").await?;
        leaves(counter).await?;
        counter.reads("status-line", "Mae'r holl dderbyniadau yn y cyfriflyfr").await
    })
    .await
}

/// The fund of the fines that are taken.
const FINES: &str = "11";

/// A till of the demonstration council that pays into a LocalGov IMS, in which nobody has set the fund of fines up.
fn pays_into_an_ims(data: &Path) -> Result<StandInIms, Failure> {
    demonstration(data)?;
    let mut tables = Tables::demonstration();
    tables.funds.retain(|fund| fund.code != FINES);
    let ims = StandInIms::start(tables, Behaviour::default())?;
    pays_into(data, &ims)?;
    Ok(ims)
}

#[tokio::test]
async fn a_receipt_that_the_ims_refuses_waits_for_a_supervisor_while_others_go_on_and_arrives_once_it_is_released() -> Result<(), Failure> {
    journey_from("held", pays_into_an_ims, async |counter, Place { kept: ims, .. }| {
        demo::open_session(counter, false).await?;
        takes_cash(counter, "20").await?;
        let fine = counter.text("receipt-number").await?;
        demo::add_line(counter, "501234566", "30").await?;
        counter.presses(Key::F5).await?;
        counter.focus_on("tendered").await?;
        counter.presses(Key::Enter).await?;
        counter.focus_on("reference").await?;
        counter.reads("status-line", "1 receipt waits for a person").await?;
        counter.reads("status-line", "tell your supervisor").await?;
        counter.clean("told-the-cashier").await?;
        counter.presses(Key::F10).await?;
        counter.sees("#receipt-proof[data-how='good']").await?;
        counter.presses(Key::Escape).await?;
        counter.no_dialog().await?;
        counter.presses(Key::F3).await?;
        counter.focus_on("find-text").await?;
        counter.scans(&fine).await?;
        counter.sees("#receipt-proof[data-how='trouble']").await?;
        counter.clean("its-proof").await?;
        counter.presses(Key::Escape).await?;
        counter.presses(Key::Escape).await?;
        counter.no_dialog().await?;
        menu(counter, "sign-out").await?;
        demo::sign_in(counter, "20", "2020").await?;
        counter.screen("open-session").await?;
        counter.reads("status-line", "F9, Ledger").await?;
        looks(counter).await?;
        counter.reads("held-0", &fine).await?;
        counter.reads("held-0", "refused it again and again").await?;
        counter.clean("held").await?;
        demo::tab_to(counter, "held-look-0").await?;
        counter.presses(Key::Enter).await?;
        counter.focus_on("held-text").await?;
        counter.clean("to-release").await?;
        let fines = Tables::demonstration().funds.into_iter().filter(|fund| fund.code == FINES);
        ims.change_tables(|tables| tables.funds.extend(fines));
        counter.types("The fund of fines wasn't set up in the IMS; now it is").await?;
        counter.presses(Key::Enter).await?;
        counter.reads("ledger-said", &format!("Receipt {fine} is being tried again")).await?;
        counter.until("document.querySelector('#held') === null").await?;
        counter.reads("ledger-unsent", "Nothing").await?;
        counter.clean("released").await?;
        leaves(counter).await?;
        counter.reads("status-line", "All takings are in the ledger").await?;
        assert_eq!(ims.rows().len(), 2, "each taking is there once");
        Ok(())
    })
    .await
}
