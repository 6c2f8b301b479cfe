//! Counter and ledger that aren't the same: what is said of it, and what a person decides.

use crate::ledger_steps::{cashes_up, enrolled, leaves, looks, meddles, pays_into};
use counterfoil_simulators::ims::{Behaviour, StandInIms, Tables, Transaction};
use counterfoil_tests::day::{approves, menu, takes_cash};
use counterfoil_tests::demo;
use counterfoil_tests::journey::{Place, demonstration, journey_from};
use counterfoil_tests::window::Failure;
use fantoccini::key::Key;
use std::path::Path;

#[tokio::test]
async fn a_session_whose_totals_at_the_ledger_are_not_the_counter_s_is_told_at_once_and_at_the_close_and_stays_told() -> Result<(), Failure>
{
    journey_from("totals-differ", enrolled, async |counter, Place { kept: hub, .. }| {
        demo::open_session(counter, false).await?;
        takes_cash(counter, "40").await?;
        counter.reads("status-line", "All takings are in the ledger").await?;
        // As if somebody had changed what the ledger adds up.
        meddles(&hub, "UPDATE totals SET amount_pence = amount_pence - 1000")?;
        takes_cash(counter, "20").await?;
        counter.reads("status-line", "Session 1 isn't the same in the ledger as on this till").await?;
        counter.clean("told-the-cashier").await?;
        looks(counter).await?;
        counter.reads("ledger-differs", "Session 1 isn't the same in the ledger").await?;
        counter.clean("in-the-dialog").await?;
        leaves(counter).await?;
        cashes_up(counter, "8").await?;
        counter.sees("#session-proof[data-how='trouble']").await?;
        counter.reads("session-proof", "Counter and ledger differ").await?;
        counter.clean("at-the-close").await?;
        counter.presses(Key::Enter).await?;
        // The next session is the same on both sides, and the one before it isn't forgotten for that.
        demo::count_float(counter, false).await?;
        takes_cash(counter, "20").await?;
        looks(counter).await?;
        counter.reads("ledger-unsent", "Nothing").await?;
        counter.reads("ledger-differs", "Session 1 isn't the same in the ledger").await
    })
    .await
}

/// A till that pays into an IMS in which somebody has already keyed something under its first receipt's number.
fn keyed_already(data: &Path) -> Result<StandInIms, Failure> {
    demonstration(data)?;
    let ims = StandInIms::start(Tables::demonstration(), Behaviour::default())?;
    let text = |text: &str| Some(text.to_owned());
    ims.store(Transaction {
        psp_reference: text("CH07-0000001"),
        fund_code: text("11"),
        mop_code: text("1"),
        account_reference: text("BJ12345673"),
        amount: Some("19.00".parse()?),
        vat_amount: Some("0".parse()?),
        ..Transaction::default()
    });
    pays_into(data, &ims)?;
    Ok(ims)
}

#[tokio::test]
async fn what_the_ims_has_otherwise_is_accepted_as_it_is_there_by_a_supervisor_and_a_second_person() -> Result<(), Failure> {
    journey_from("settled", keyed_already, async |counter, Place { kept: ims, .. }| {
        demo::open_session(counter, false).await?;
        takes_cash(counter, "20").await?;
        counter.reads("status-line", "1 receipt waits for a person").await?;
        menu(counter, "sign-out").await?;
        demo::sign_in(counter, "20", "2020").await?;
        counter.screen("open-session").await?;
        looks(counter).await?;
        counter.reads("held-0", "something else under this receipt's number").await?;
        demo::tab_to(counter, "held-look-0").await?;
        counter.presses(Key::Enter).await?;
        counter.focus_on("held-text").await?;
        counter.types("Keyed at the IMS by hand while the till was down").await?;
        demo::tab_to(counter, "held-other").await?;
        counter.clean("to-accept").await?;
        counter.presses(Key::Enter).await?;
        // Nobody approves what they asked for.
        approves(counter, "20", "2020").await?;
        counter.sees("#approval-problem").await?;
        counter.focus_on("approver-code").await?;
        counter.clean("not-the-same-person").await?;
        counter.script("document.activeElement.select(); return 0").await?;
        approves(counter, "21", "2121").await?;
        counter.reads("ledger-said", "CH07-0000001 is accepted as the ledger has it").await?;
        counter.until("document.querySelector('#held') === null").await?;
        counter.reads("ledger-unsent", "Nothing").await?;
        counter.clean("accepted").await?;
        assert_eq!(ims.rows_of("CH07-0000001").len(), 1, "nothing more is sent");
        leaves(counter).await?;
        counter.reads("status-line", "All takings are in the ledger").await
    })
    .await
}
