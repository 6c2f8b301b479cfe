//! A counter's whole day: two cashiers take money and cash up, a supervisor takes it to the bank. And the steps of it that other
//! journeys are made of.

use crate::demo;
use crate::window::{Counter, Failure};
use fantoccini::key::Key;

/// Opens the till's menu and chooses an entry by its id, going down from the first.
///
/// # Errors
/// The menu hasn't it.
pub async fn menu(counter: &Counter, id: &str) -> Result<(), Failure> {
    counter.presses(Key::F9).await?;
    counter.sees("[data-dialog='till']").await?;
    counter.until("document.activeElement?.id?.startsWith('menu-')").await?;
    down_to(counter, &format!("menu-{id}")).await?;
    counter.presses(Key::Enter).await
}

/// Goes down with the arrow until the focus is there.
///
/// # Errors
/// It never came there.
pub async fn down_to(counter: &Counter, id: &str) -> Result<(), Failure> {
    for _ in 0..60 {
        if counter.script("return document.activeElement?.id ?? ''").await? == id {
            return Ok(());
        }
        counter.presses(Key::Down).await?;
    }
    Err(format!("the arrow never came to #{id}").into())
}

/// Takes an amount in cash, exactly, on a fine.
///
/// # Errors
/// A step that didn't happen.
pub async fn takes_cash(counter: &Counter, amount: &str) -> Result<(), Failure> {
    demo::add_line(counter, "BJ12345673", amount).await?;
    let before = receipt_shown(counter).await?;
    counter.presses(Key::F5).await?;
    counter.focus_on("tendered").await?;
    counter.presses(Key::Enter).await?;
    taken(counter, &before).await
}

/// The number of the receipt that is shown; nothing when there is none.
async fn receipt_shown(counter: &Counter) -> Result<String, Failure> {
    let shown = counter.script("return document.getElementById('receipt-number')?.textContent ?? ''").await?;
    Ok(shown.as_str().unwrap_or_default().to_owned())
}

/// Waits for another receipt than the one before.
async fn taken(counter: &Counter, before: &str) -> Result<(), Failure> {
    counter.until(&format!("(document.getElementById('receipt-number')?.textContent ?? {before:?}) !== {before:?}")).await?;
    counter.focus_on("reference").await
}

/// Types into the box of a denomination, going down from the first.
///
/// # Errors
/// There is no such box.
pub async fn counts(counter: &Counter, prefix: &str, code: &str, text: &str) -> Result<(), Failure> {
    down_to(counter, &format!("{prefix}-{code}")).await?;
    counter.types(text).await
}

/// Goes on to the card terminal's total, types it, and is asked whether the count is to be given.
///
/// # Errors
/// A step that didn't happen.
pub async fn gives(counter: &Counter, terminal: &str) -> Result<(), Failure> {
    counts(counter, "terminal", "92", terminal).await?;
    counter.presses(Key::Enter).await?;
    counter.focus_on("give").await?;
    counter.presses(Key::Enter).await?;
    counter.focus_on("give-yes").await
}

/// A second person's code and PIN in the dialog that asks for them.
///
/// # Errors
/// Nobody asked.
pub async fn approves(counter: &Counter, code: &str, secret: &str) -> Result<(), Failure> {
    counter.focus_on("approver-code").await?;
    counter.types(code).await?;
    counter.presses(Key::Tab).await?;
    counter.focus_on("approver-secret").await?;
    counter.types(secret).await?;
    counter.presses(Key::Enter).await
}

/// The whole day, with a picture of each step. Answers the paying-in slip's path.
///
/// # Errors
/// The first step that didn't happen.
pub async fn perform(counter: &Counter) -> Result<String, Failure> {
    first_cashier(counter).await?;
    second_cashier(counter).await?;
    supervisor(counter).await
}

/// Cashier 12 takes £40 in cash and £60 by cheque, and cashes up.
async fn first_cashier(counter: &Counter) -> Result<(), Failure> {
    demo::open_session(counter, true).await?;
    takes_cash(counter, "40").await?;
    counter.picture("cash-taken").await?;
    demo::add_line(counter, "FP1234567A", "60").await?;
    let before = receipt_shown(counter).await?;
    demo::pay_by_cheque(counter, "60").await?;
    counter.picture("cheque").await?;
    counter.presses(Key::Enter).await?;
    taken(counter, &before).await?;
    menu(counter, "cash-up").await?;
    counter.screen("cash-up").await?;
    counter.focus_on("count-50").await?;
    counts(counter, "count", "20", "7").await?;
    counter.picture("counting").await?;
    down_to(counter, "tick-2-0").await?;
    counter.types(" ").await?;
    counter.picture("cheques-ticked").await?;
    closes(counter).await?;
    counter.picture("first-z-read").await?;
    leaves(counter).await
}

/// Cashier 14, who works in Welsh, takes £20 in cash, and cashes up.
async fn second_cashier(counter: &Counter) -> Result<(), Failure> {
    demo::sign_in(counter, "14", "1414").await?;
    demo::count_float(counter, false).await?;
    takes_cash(counter, "20").await?;
    counter.picture("in-welsh").await?;
    menu(counter, "cash-up").await?;
    counter.focus_on("count-50").await?;
    counts(counter, "count", "20", "6").await?;
    closes(counter).await?;
    counter.picture("second-z-read").await?;
    leaves(counter).await
}

/// Gives a count that agrees, and closes the session.
async fn closes(counter: &Counter) -> Result<(), Failure> {
    gives(counter, "0").await?;
    counter.presses(Key::Enter).await?;
    counter.focus_on("close-session").await?;
    counter.picture("agrees").await?;
    counter.presses(Key::Enter).await?;
    counter.focus_on("z-done").await
}

/// From the Z read to the sign-in screen.
async fn leaves(counter: &Counter) -> Result<(), Failure> {
    counter.presses(Key::Enter).await?;
    counter.screen("open-session").await?;
    menu(counter, "sign-out").await?;
    counter.screen("sign-in").await
}

/// Supervisor 20 looks at the day's takings and takes them to the bank; supervisor 21 approves.
async fn supervisor(counter: &Counter) -> Result<String, Failure> {
    demo::sign_in(counter, "20", "2020").await?;
    counter.screen("open-session").await?;
    menu(counter, "reports").await?;
    counter.focus_on("report-takings-by-fund").await?;
    counter.reads("report-table", "£60.00").await?;
    counter.picture("takings").await?;
    counter.presses(Key::Escape).await?;
    counter.no_dialog().await?;
    menu(counter, "banking").await?;
    counter.focus_on("banking-begin").await?;
    counter.reads("banking-cash", "£60.00").await?;
    counter.picture("to-bank").await?;
    counter.presses(Key::Enter).await?;
    counter.focus_on("slip-number").await?;
    counter.scans("000123").await?;
    counter.focus_on("bank-50").await?;
    down_to(counter, "bank-20").await?;
    counter.types("3").await?;
    demo::tab_to(counter, "bag-number-0").await?;
    counter.types("BK-1").await?;
    counter.presses(Key::Tab).await?;
    counter.types("S77").await?;
    counter.picture("banked").await?;
    counter.presses(Key::Enter).await?;
    approves(counter, "21", "2121").await?;
    counter.sees("#deposit-made").await?;
    counter.picture("deposit").await?;
    counter.text("paper-slip").await
}
