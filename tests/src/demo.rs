//! The demonstration journey: what a newcomer is shown, and the first of the journeys that are tested.

use crate::window::{Counter, Failure};
use fantoccini::key::Key;

/// A cheque as the demonstration's second customer gives it: number, sort code, account, drawer, date.
const CHEQUE: [&str; 5] = ["000123", "20-00-00", "12345678", "A Payer", ""];

/// Signs somebody in, from the sign-in screen on.
///
/// # Errors
/// A step that didn't happen.
pub async fn sign_in(counter: &Counter, user_code: &str, secret: &str) -> Result<(), Failure> {
    counter.screen("sign-in").await?;
    counter.focus_on("user-code").await?;
    counter.types(user_code).await?;
    counter.presses(Key::Tab).await?;
    counter.focus_on("secret").await?;
    counter.types(secret).await?;
    counter.presses(Key::Enter).await
}

/// Signs cashier 12 in and opens a session with five £20 notes.
///
/// # Errors
/// A step that didn't happen.
pub async fn open_session(counter: &Counter, picture: bool) -> Result<(), Failure> {
    counter.screen("sign-in").await?;
    counter.focus_on("user-code").await?;
    if picture {
        counter.picture("sign-in").await?;
    }
    sign_in(counter, "12", "1212").await?;
    count_float(counter, picture).await
}

/// Counts five £20 notes and opens the session.
///
/// # Errors
/// A step that didn't happen.
pub async fn count_float(counter: &Counter, picture: bool) -> Result<(), Failure> {
    counter.screen("open-session").await?;
    let boxes = counter.script("return [...document.querySelectorAll(\"input[id^='float-']\")].map((box) => box.id)").await?;
    let boxes: Vec<String> = serde_json::from_value(boxes)?;
    counter.focus_on(boxes.first().ok_or("no boxes for the float")?).await?;
    tab_to(counter, "float-20").await?;
    counter.types("5").await?;
    if picture {
        counter.picture("open-session").await?;
    }
    // Enter goes from box to box; in the last it opens the session.
    for next in boxes.iter().skip_while(|id| *id != "float-20").skip(1) {
        counter.presses(Key::Enter).await?;
        counter.focus_on(next).await?;
    }
    counter.presses(Key::Enter).await?;
    counter.screen("counter").await?;
    counter.focus_on("reference").await
}

/// Presses Tab until the focus is there.
///
/// # Errors
/// It never came there.
pub async fn tab_to(counter: &Counter, id: &str) -> Result<(), Failure> {
    for _ in 0..40 {
        if counter.script("return document.activeElement?.id ?? ''").await? == id {
            return Ok(());
        }
        counter.presses(Key::Tab).await?;
    }
    Err(format!("Tab never came to #{id}").into())
}

/// Adds a line: the reference as scanned, the amount as typed.
///
/// # Errors
/// A step that didn't happen.
pub async fn add_line(counter: &Counter, reference: &str, amount: &str) -> Result<(), Failure> {
    counter.focus_on("reference").await?;
    counter.scans(reference).await?;
    counter.focus_on("amount").await?;
    counter.selects_all().await?;
    counter.types(amount).await?;
    counter.presses(Key::Enter).await?;
    counter.focus_on("reference").await
}

/// One bill paid in cash with change; then two lines paid by cheque and cash. Answers the receipts' numbers.
///
/// # Errors
/// A step that didn't happen.
pub async fn perform(counter: &Counter) -> Result<Vec<String>, Failure> {
    open_session(counter, true).await?;
    counter.picture("counter").await?;
    counter.scans("501234566").await?;
    counter.focus_on("amount").await?;
    counter.picture("account").await?;
    counter.selects_all().await?;
    counter.types("184.50").await?;
    counter.presses(Key::Enter).await?;
    counter.reads("total", "184.50").await?;
    counter.picture("line").await?;
    counter.presses(Key::F5).await?;
    counter.focus_on("tendered").await?;
    counter.types("200").await?;
    counter.reads("change", "15.50").await?;
    counter.picture("cash").await?;
    counter.presses(Key::Enter).await?;
    let first = counter.text("receipt-number").await?;
    counter.reads("change", "15.50").await?;
    counter.picture("change").await?;
    add_line(counter, "BJ12345673", "35").await?;
    add_line(counter, "FP1234567A", "100").await?;
    counter.reads("total", "135.00").await?;
    counter.picture("two-lines").await?;
    pay_by_cheque(counter, "100").await?;
    counter.picture("cheque").await?;
    counter.presses(Key::Enter).await?;
    counter.reads("due", "35.00").await?;
    counter.presses(Key::F5).await?;
    counter.focus_on("tendered").await?;
    counter.types("40").await?;
    counter.reads("change", "5.00").await?;
    counter.picture("rest-in-cash").await?;
    counter.presses(Key::Enter).await?;
    counter.until(&format!("(document.getElementById('receipt-number')?.textContent ?? {first:?}) !== {first:?}")).await?;
    let second = counter.text("receipt-number").await?;
    counter.picture("second-receipt").await?;
    counter.presses(Key::F3).await?;
    counter.sees("[data-dialog='receipts']").await?;
    counter.picture("receipts").await?;
    counter.presses(Key::Escape).await?;
    Ok(vec![first, second])
}

/// Fills in a cheque dated today, without giving it yet.
///
/// # Errors
/// A step that didn't happen.
pub async fn pay_by_cheque(counter: &Counter, amount: &str) -> Result<(), Failure> {
    counter.presses(Key::F7).await?;
    counter.focus_on("cheque-amount").await?;
    counter.selects_all().await?;
    counter.types(amount).await?;
    let today = counter.script("const d = new Date(); return [d.getDate(), d.getMonth() + 1, d.getFullYear()].join('/')").await?;
    let today = today.as_str().unwrap_or_default().to_owned();
    for (field, text) in ["number", "sort-code", "account", "drawer", "dated"].into_iter().zip(CHEQUE) {
        counter.presses(Key::Tab).await?;
        counter.focus_on(&format!("cheque-{field}")).await?;
        counter.selects_all().await?;
        counter.types(if text.is_empty() { today.as_str() } else { text }).await?;
    }
    Ok(())
}
