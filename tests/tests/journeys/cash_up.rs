//! Lifts, the cash-up and the Z read: a short till whose cause is found, a count that is rejected, a lift when it is due.

use counterfoil_tests::day::{approves, counts, gives, menu, takes_cash};
use counterfoil_tests::demo;
use counterfoil_tests::journey::journey;
use counterfoil_tests::window::{Counter, Failure};
use fantoccini::key::Key;

/// Chooses the reason in the list that has the focus, by its first letters.
async fn chooses_reason(counter: &Counter, letters: &str) -> Result<(), Failure> {
    demo::tab_to(counter, "reason").await?;
    counter.types(letters).await?;
    counter.until("document.getElementById('reason')?.value !== ''").await
}

#[tokio::test]
async fn a_short_till_is_explained_by_the_variance_finder_and_closed_with_a_reason() -> Result<(), Failure> {
    journey("short-till", async |counter| {
        demo::open_session(counter, false).await?;
        takes_cash(counter, "63").await?;
        takes_cash(counter, "40").await?;
        menu(counter, "cash-up").await?;
        counter.screen("cash-up").await?;
        counter.focus_on("count-50").await?;
        counter.clean("counting").await?;
        // £36 was taken where £63 was keyed: £176 is in the drawer, where £203 should be.
        counts(counter, "count", "20", "8").await?;
        counts(counter, "count", "1-pound", "v16").await?;
        counter.reads("counted-cash", "176.00").await?;
        counter.clean("counted").await?;
        gives(counter, "0").await?;
        counter.clean("sure").await?;
        counter.presses(Key::Enter).await?;
        counter.reads("difference", "27.00 short").await?;
        counter.reads("clues", "36.00").await?;
        counter.focus_on("reason").await?;
        counter.clean("difference").await?;
        demo::tab_to(counter, "close-session").await?;
        counter.presses(Key::Enter).await?;
        counter.sees("#problem").await?;
        counter.clean("reason-missing").await?;
        chooses_reason(counter, "Cause").await?;
        demo::tab_to(counter, "close-session").await?;
        counter.presses(Key::Enter).await?;
        counter.sees("[data-dialog='approval']").await?;
        counter.clean("approval").await?;
        approves(counter, "12", "1212").await?;
        counter.sees("#approval-problem").await?;
        approves_again(counter, "20", "2020").await?;
        counter.focus_on("z-done").await?;
        counter.reads("z-read", "Z READ 1").await?;
        counter.reads("z-read", "-£27.00").await?;
        counter.clean("closed").await?;
        counter.presses(Key::Enter).await?;
        counter.screen("open-session").await
    })
    .await
}

/// The same after somebody was refused: their code is typed over.
async fn approves_again(counter: &Counter, code: &str, secret: &str) -> Result<(), Failure> {
    counter.focus_on("approver-code").await?;
    counter.selects_all().await?;
    approves(counter, code, secret).await
}

#[tokio::test]
async fn a_rejected_count_is_counted_again_and_what_was_typed_survives_a_locked_screen() -> Result<(), Failure> {
    journey("rejected-count", async |counter| {
        demo::open_session(counter, false).await?;
        takes_cash(counter, "40").await?;
        menu(counter, "cash-up").await?;
        counter.focus_on("count-50").await?;
        counts(counter, "count", "20", "30").await?;
        counts(counter, "count", "1-pound", "b1.5").await?;
        gives(counter, "0").await?;
        counter.presses(Key::Enter).await?;
        counter.focus_on("count-1-pound").await?;
        counter.sees("#problem").await?;
        counter.clean("not-a-number").await?;
        counter.selects_all().await?;
        counter.types("n").await?;
        counter.selects_all().await?;
        counter.presses(Key::Delete).await?;
        counter.chord(&[Key::Control], "l").await?;
        counter.screen("locked").await?;
        counter.focus_on("secret").await?;
        counter.types("1212").await?;
        counter.presses(Key::Enter).await?;
        counter.screen("cash-up").await?;
        counter.reads("counted-cash", "600.00").await?;
        counter.focus_on("count-50").await?;
        gives(counter, "0").await?;
        counter.presses(Key::Enter).await?;
        counter.reads("difference", "460.00 over").await?;
        counter.focus_on("reason").await?;
        chooses_reason(counter, "Counting").await?;
        demo::tab_to(counter, "reject-count").await?;
        counter.presses(Key::Enter).await?;
        counter.sees("[data-dialog='approval']").await?;
        approves(counter, "20", "2020").await?;
        counter.focus_on("count-50").await?;
        counter.reads("counted-cash", "0.00").await?;
        counts(counter, "count", "20", "7").await?;
        gives(counter, "0").await?;
        counter.presses(Key::Enter).await?;
        counter.reads("difference", "Agrees").await?;
        counter.focus_on("close-session").await?;
        counter.clean("agrees").await?;
        counter.presses(Key::Enter).await?;
        counter.focus_on("z-done").await?;
        counter.reads("z-read", "Count accepted").await?;
        counter.picture("z-read").await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_lift_is_taken_when_it_is_due_and_the_drawer_is_opened_for_a_reason() -> Result<(), Failure> {
    journey("lift", async |counter| {
        demo::open_session(counter, false).await?;
        takes_cash(counter, "950").await?;
        counter.reads("status-line", "Take a lift to the safe").await?;
        counter.clean("lift-due").await?;
        menu(counter, "lift").await?;
        counter.focus_on("bag").await?;
        counter.clean("lift").await?;
        counter.types("sb-001").await?;
        counter.presses(Key::Enter).await?;
        counter.focus_on("one-50").await?;
        counts(counter, "one", "20", "v900").await?;
        counter.reads("cash-total", "900.00").await?;
        for _ in 0..40 {
            if counter.script("return document.activeElement?.id ?? ''").await? == "move-cash" {
                break;
            }
            counter.presses(Key::Enter).await?;
        }
        counter.presses(Key::Enter).await?;
        counter.focus_on("moved").await?;
        counter.clean("lifted").await?;
        counter.presses(Key::Enter).await?;
        counter.until("!(document.getElementById('status-line')?.textContent ?? '').includes('lift')").await?;
        counter.until("(document.getElementById('paper')?.textContent ?? '').includes('SB-001')").await?;
        menu(counter, "exchange").await?;
        counter.focus_on("one-50").await?;
        counter.clean("exchange").await?;
        counter.presses(Key::Escape).await?;
        counter.focus_on("menu-exchange").await?;
        counter.presses(Key::Escape).await?;
        menu(counter, "no-sale").await?;
        counter.focus_on("reason").await?;
        counter.clean("no-sale").await?;
        counter.types("Change").await?;
        demo::tab_to(counter, "open-drawer").await?;
        counter.presses(Key::Enter).await?;
        counter.until("document.querySelector('[data-dialog]') === null").await
    })
    .await
}

#[tokio::test]
async fn a_supervisor_reads_x_and_z_and_closes_a_session_that_was_left_open() -> Result<(), Failure> {
    journey("left-open", async |counter| {
        demo::open_session(counter, false).await?;
        takes_cash(counter, "20").await?;
        demo::add_line(counter, "FP1234567A", "100").await?;
        counter.presses(Key::F4).await?;
        counter.focus_on("park-label").await?;
        counter.types("blue coat").await?;
        counter.presses(Key::Enter).await?;
        counter.no_dialog().await?;
        menu(counter, "sign-out").await?;
        demo::sign_in(counter, "20", "2020").await?;
        counter.screen("open-session").await?;
        menu(counter, "x-read").await?;
        counter.reads("x-read", "120.00").await?;
        counter.clean("x-read").await?;
        counter.presses(Key::Escape).await?;
        counter.presses(Key::Escape).await?;
        menu(counter, "cash-up").await?;
        counter.screen("cash-up").await?;
        counter.reads("problem", "blue coat").await?;
        demo::tab_to(counter, "abandon-0").await?;
        counter.presses(Key::Enter).await?;
        counter.focus_on("abandon-yes").await?;
        counter.clean("abandon").await?;
        counter.presses(Key::Enter).await?;
        counter.focus_on("count-50").await?;
        counts(counter, "count", "20", "6").await?;
        gives(counter, "0").await?;
        counter.presses(Key::Enter).await?;
        counter.focus_on("close-session").await?;
        counter.presses(Key::Enter).await?;
        counter.focus_on("z-done").await?;
        counter.presses(Key::Enter).await?;
        counter.screen("open-session").await?;
        menu(counter, "z-reads").await?;
        counter.focus_on("z-0").await?;
        counter.clean("z-reads").await?;
        counter.presses(Key::Enter).await?;
        counter.focus_on("z-reprint").await?;
        counter.clean("z-read").await
    })
    .await
}

#[tokio::test]
async fn a_parked_sale_is_named_before_the_count_and_cheques_are_ticked_with_the_space_bar() -> Result<(), Failure> {
    journey("cheques-ticked", async |counter| {
        demo::open_session(counter, false).await?;
        demo::add_line(counter, "BJ12345673", "35").await?;
        demo::pay_by_cheque(counter, "35").await?;
        counter.presses(Key::Enter).await?;
        counter.sees("#receipt-number").await?;
        demo::add_line(counter, "FP1234567A", "100").await?;
        counter.presses(Key::F4).await?;
        counter.focus_on("park-label").await?;
        counter.types("blue coat").await?;
        counter.presses(Key::Enter).await?;
        counter.no_dialog().await?;
        menu(counter, "cash-up").await?;
        counter.reads("problem", "blue coat").await?;
        counter.focus_on("cash-up-leave").await?;
        counter.clean("parked").await?;
        counter.presses(Key::Escape).await?;
        counter.screen("counter").await?;
        counter.presses(Key::F4).await?;
        counter.focus_on("parked-0").await?;
        counter.presses(Key::Delete).await?;
        counter.focus_on("abandon-yes").await?;
        counter.presses(Key::Enter).await?;
        counter.until("document.querySelector('[data-dialog=parked]')?.innerText.includes('Nothing is parked')").await?;
        counter.presses(Key::Escape).await?;
        counter.no_dialog().await?;
        menu(counter, "cash-up").await?;
        counter.focus_on("count-50").await?;
        counts(counter, "count", "20", "5").await?;
        counts(counter, "tick", "1-0", " ").await?;
        counter.reads("counted-ticks", "1 of 1").await?;
        counter.chord(&[Key::Control, Key::Shift], "l").await?;
        counter.reads("counted-ticks", "1 o 1").await?;
        counter.clean("welsh").await?;
        counter.chord(&[Key::Control, Key::Shift], "l").await?;
        gives(counter, "0").await?;
        counter.presses(Key::Enter).await?;
        counter.reads("difference", "Agrees").await?;
        counter.reads("by-mop", "Cheque").await
    })
    .await
}
