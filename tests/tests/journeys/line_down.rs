//! Cashing up while the line to the printer is down: what didn't come out is named, and nothing waits for it.

use counterfoil_tests::day::{counts, gives, menu, takes_cash};
use counterfoil_tests::demo;
use counterfoil_tests::journey::{demonstration, journey_from};
use counterfoil_tests::window::Failure;
use fantoccini::key::Key;
use serde_json::json;
use std::net::TcpListener;
use std::path::Path;

/// The demonstration till with a network printer that is gone: nobody listens where it was.
fn printer_gone(data: &Path) -> Result<(), Failure> {
    demonstration(data)?;
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let settings = json!({ "printer": { "kind": "tcp", "host": "127.0.0.1", "port": port } });
    Ok(std::fs::write(data.join("settings.json"), settings.to_string())?)
}

#[tokio::test]
async fn a_session_closes_with_the_line_to_the_printer_down_and_what_did_not_come_out_is_named() -> Result<(), Failure> {
    journey_from("line-down", printer_gone, async |counter, _| {
        demo::open_session(counter, false).await?;
        takes_cash(counter, "20").await?;
        counter.reads("status-line", "The printer doesn't answer.").await?;
        menu(counter, "cash-up").await?;
        counter.screen("cash-up").await?;
        counter.reads("unprinted", "One document hasn't come out").await?;
        let number = format!("Receipt CH07-{:07}", 1);
        counter.reads("unprinted", &number).await?;
        counter.focus_on("count-50").await?;
        counter.clean("unprinted").await?;
        counts(counter, "count", "20", "6").await?;
        gives(counter, "0").await?;
        counter.presses(Key::Enter).await?;
        counter.reads("difference", "Agrees").await?;
        counter.focus_on("close-session").await?;
        counter.presses(Key::Enter).await?;
        counter.focus_on("z-done").await?;
        counter.reads("z-read", "Z READ 1").await?;
        counter.reads("status-line", "The printer doesn't answer.").await?;
        counter.clean("closed").await?;
        counter.presses(Key::Enter).await?;
        // The next session opens as if nothing were the matter, and the trouble stays in sight.
        demo::count_float(counter, false).await?;
        counter.reads("status-line", "The printer doesn't answer.").await
    })
    .await
}
