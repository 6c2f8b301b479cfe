//! The supervisor's half: reports looked at and exported, a closed day taken to the bank, a new PIN given.

use counterfoil_testkit::till;
use counterfoil_tests::day;
use counterfoil_tests::demo;
use counterfoil_tests::journey::{journey, journey_from};
use counterfoil_tests::window::{Counter, Failure};
use fantoccini::key::Key;
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

/// A day of cashier 12 with £300 in cash and a cheque of £40, closed £10 short.
fn closed_day(data: &Path) -> Result<(), Failure> {
    let till = till::open(data, false)?;
    let today = till.call("start.try_demonstration", json!({}))?["today"].clone();
    till.call("user.sign_in", json!({ "user_code": "12", "secret": "1212" }))?;
    till.call("session.open", json!({ "counts": [{ "denomination": "20", "pieces": 5 }] }))?;
    let cheque = json!({ "kind": "cheque", "mop_code": "24", "amount": "40", "sort_code": "20-00-00", "account": "12345678",
                         "number": "000123", "drawer": "A Payer", "dated": today });
    let cash = |pounds: &str| json!({ "kind": "cash", "mop_code": "1", "tendered": pounds });
    for (fund, reference, pounds, tender) in
        [("23", "501234566", "265", cash("265")), ("11", "BJ12345673", "35", cash("35")), ("23", "501234566", "40", cheque)]
    {
        let id = till.call("sale.begin", json!({}))?["sale_id"].clone();
        let line = json!({ "fund_code": fund, "reference": reference, "amount": pounds });
        till.call("sale.take", json!({ "sale_id": id, "lines": [line], "tenders": [tender] }))?;
    }
    let begun = till.call("cash_up.begin", json!({}))?;
    let ticked: Vec<Value> = begun["tenders"].as_array().into_iter().flatten().map(|tick| tick["key"].clone()).collect();
    let terminals: Vec<Value> =
        begun["terminals"].as_array().into_iter().flatten().map(|mop| json!({ "mop_code": mop, "text": "0" })).collect();
    let counted = json!([{ "denomination": "50", "text": "5" }, { "denomination": "20", "text": "7" }]);
    let count = json!({ "count_id": begun["count_id"], "cash": counted, "ticked": ticked, "terminals": terminals });
    let attempt = till.call("cash_up.give", count)?["attempt"].clone();
    let close = json!({ "session": begun["session"]["number"], "attempt": attempt, "reason": "wrong-change", "float_left": "100",
                        "approval": { "user_code": "21", "secret": "2121" } });
    till.call("cash_up.close", close)?;
    till.call("user.sign_out", json!({}))?;
    Ok(())
}

/// Supervisor 20, at the item of the till's menu.
async fn opens(counter: &Counter, item: &str) -> Result<(), Failure> {
    counter.presses(Key::F9).await?;
    counter.focus_on("menu-last").await?;
    demo::tab_to(counter, &format!("menu-{item}")).await?;
    counter.presses(Key::Enter).await?;
    counter.sees(&format!("[data-dialog='{item}']")).await
}

async fn signs_in(counter: &Counter) -> Result<(), Failure> {
    demo::sign_in(counter, "20", "2020").await?;
    counter.screen("open-session").await
}

/// Down the list of reports to the one named, and Enter.
async fn asks_for(counter: &Counter, report: &str) -> Result<(), Failure> {
    let id = format!("report-{report}");
    while counter.script("return document.activeElement?.id ?? ''").await? != id.as_str() {
        counter.presses(Key::Down).await?;
    }
    counter.presses(Key::Enter).await?;
    counter.until(&format!("document.getElementById({id:?})?.getAttribute('aria-pressed') === 'true'")).await
}

fn text_of(file: &str) -> Result<String, Failure> {
    let output = Command::new("pdftotext").args(["-layout", "-enc", "UTF-8", file, "-"]).output()?;
    Ok(String::from_utf8(output.stdout)?)
}

#[tokio::test]
async fn reports_are_looked_at_with_their_pictures_and_written_as_files() -> Result<(), Failure> {
    journey_from("reports", closed_day, async |counter, _| {
        signs_in(counter).await?;
        opens(counter, "reports").await?;
        counter.focus_on("report-takings-by-fund").await?;
        counter.reads("report-table", "£305.00").await?;
        counter.clean("takings-by-fund").await?;
        asks_for(counter, "takings-by-hour").await?;
        counter.reads("report-table", "£340.00").await?;
        counter.clean("takings-by-hour").await?;
        asks_for(counter, "cheques").await?;
        counter.reads("report-table", "A Payer").await?;
        counter.clean("cheques").await?;
        asks_for(counter, "over-and-short").await?;
        counter.reads("report-table", "Wrong change given").await?;
        counter.clean("over-and-short").await?;
        demo::tab_to(counter, "export-pdf").await?;
        counter.presses(Key::Enter).await?;
        counter.reads("exported", "over-and-short").await?;
        let said = counter.text("exported").await?;
        let path = said.split(" to ").nth(1).ok_or("no path")?.to_owned();
        assert!(text_of(&path)?.contains("-£10.00"));
        counter.clean("exported").await?;
        counter.presses(Key::Escape).await?;
        counter.no_dialog().await?;
        opens(counter, "reports").await?;
        counter.focus_on("report-takings-by-fund").await?;
        asks_for(counter, "audit-trail").await?;
        counter.reads("report-table", "Session closed").await?;
        demo::tab_to(counter, "audit-text").await?;
        counter.scans("BJ12345673").await?;
        counter.until("document.querySelectorAll('#report-table tbody tr').length === 1").await?;
        counter.clean("audit-trail").await?;
        counter.presses(Key::Escape).await
    })
    .await
}

#[tokio::test]
async fn a_closed_day_is_taken_to_the_bank_with_a_second_supervisor_s_word() -> Result<(), Failure> {
    journey_from("banking", closed_day, async |counter, _| {
        signs_in(counter).await?;
        opens(counter, "banking").await?;
        counter.focus_on("banking-begin").await?;
        counter.reads("banking-cash", "£290.00").await?;
        counter.clean("ready").await?;
        counter.presses(Key::Enter).await?;
        counter.focus_on("slip-number").await?;
        counter.scans("000123").await?;
        counter.focus_on("bank-50").await?;
        counter.scans("5").await?;
        counter.focus_on("bank-20").await?;
        counter.types("1").await?;
        counter.reads("bank-differs", "£20.00").await?;
        counter.clean("differs").await?;
        counter.types(&format!("{}2", char::from(Key::Backspace))).await?;
        counter.reads("bank-differs", "As counted").await?;
        demo::tab_to(counter, "bag-number-0").await?;
        counter.types("BK-1").await?;
        counter.presses(Key::Tab).await?;
        counter.types("S77").await?;
        counter.clean("counted").await?;
        counter.presses(Key::Enter).await?;
        counter.focus_on("approver-code").await?;
        counter.clean("second-person").await?;
        counter.types("21").await?;
        counter.presses(Key::Tab).await?;
        counter.scans("2121").await?;
        counter.sees("#deposit-made").await?;
        counter.focus_on("papers").await?;
        counter.clean("made").await?;
        let slip = text_of(&counter.text("paper-slip").await?)?;
        assert!(slip.contains("000123") && slip.contains("£330.00") && slip.contains("S77"), "{slip}");
        assert!(text_of(&counter.text("paper-cheques").await?)?.contains("A Payer"));
        counter.presses(Key::Escape).await?;
        counter.sees("#banking-none").await?;
        counter.clean("all-banked").await
    })
    .await
}

#[tokio::test]
async fn a_day_of_two_cashiers_and_a_supervisor_ends_in_a_paying_in_slip() -> Result<(), Failure> {
    journey("whole-day", async |counter| {
        let slip = text_of(&day::perform(counter).await?)?;
        assert!(slip.contains("000123") && slip.contains("£120.00") && slip.contains("S77"), "{slip}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_new_pin_is_given_and_the_old_one_no_longer_works() -> Result<(), Failure> {
    journey("users", async |counter| {
        signs_in(counter).await?;
        opens(counter, "users").await?;
        counter.focus_on("user-0").await?;
        counter.clean("people").await?;
        counter.presses(Key::Enter).await?;
        counter.focus_on("new-secret").await?;
        counter.types("8642").await?;
        counter.presses(Key::Tab).await?;
        counter.types("8643").await?;
        counter.presses(Key::Enter).await?;
        counter.sees("#problem").await?;
        counter.clean("not-the-same").await?;
        for id in ["new-secret", "new-secret-again"] {
            demo::tab_to(counter, id).await?;
            counter.types("8642").await?;
        }
        counter.presses(Key::Enter).await?;
        counter.reads("users-said", "Sam Cashier").await?;
        counter.clean("given").await?;
        counter.presses(Key::Escape).await?;
        counter.focus_on("user-0").await?;
        counter.presses(Key::Down).await?;
        counter.presses(Key::Enter).await?;
        counter.focus_on("new-secret").await?;
        demo::tab_to(counter, "user-change").await?;
        counter.presses(Key::Enter).await?;
        counter.reads("user-standing", "may not sign in").await?;
        counter.clean("disabled").await?;
        counter.presses(Key::Escape).await?;
        counter.presses(Key::Escape).await?;
        counter.no_dialog().await?;
        signs_out(counter).await?;
        demo::sign_in(counter, "12", "1212").await?;
        counter.sees("[role='alert']").await?;
        counter.until("document.getElementById('secret')?.value === ''").await?;
        counter.scans("8642").await?;
        counter.screen("open-session").await?;
        signs_out(counter).await?;
        demo::sign_in(counter, "14", "1414").await?;
        counter.sees("[role='alert']").await
    })
    .await
}

async fn signs_out(counter: &Counter) -> Result<(), Failure> {
    counter.presses(Key::F9).await?;
    counter.focus_on("menu-last").await?;
    demo::tab_to(counter, "menu-sign-out").await?;
    counter.presses(Key::Enter).await?;
    counter.screen("sign-in").await
}
