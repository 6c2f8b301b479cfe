//! The table of commands over standard input and output, one JSON object a line: scripts, soak and crash tests drive exactly
//! what the window drives. An answer is written only after the commit. See `tests/README.md`.

use clap::Parser;
use counterfoil_testkit::till;
use counterfoil_till::table::COMMANDS;
use counterfoil_till::{Till, TillError};
use serde_json::{Value, json};
use std::io::{BufRead, Write};
use std::path::PathBuf;

/// The table of commands over standard input and output. Never shipped.
#[derive(Parser)]
struct Arguments {
    /// The data folder.
    #[arg(long)]
    data: PathBuf,
    /// Leave print jobs alone.
    #[arg(long)]
    without_printing: bool,
}

fn main() -> std::io::Result<()> {
    let arguments = Arguments::parse();
    let till = till::open(&arguments.data, !arguments.without_printing);
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let answer = answer(&till, &line?);
        serde_json::to_writer(&mut out, &answer)?;
        out.write_all(b"\n")?;
        out.flush()?;
    }
    Ok(())
}

fn answer(till: &Result<Till, TillError>, line: &str) -> Value {
    let Ok(mut request) = serde_json::from_str::<Value>(line) else {
        return json!({ "id": null, "err": TillError::not_done("request-unreadable").with("reason", "json") });
    };
    let id = request.get("id").cloned().unwrap_or_default();
    let payload = request.get_mut("payload").map(Value::take).unwrap_or_default();
    let result = match (request.get("cmd").and_then(Value::as_str), till) {
        (Some("help"), _) => Ok(help()),
        (_, Err(error)) => Err(error.clone()),
        (Some(name), Ok(till)) => till.call(name, payload),
        (None, Ok(_)) => Err(TillError::not_done("request-unreadable").with("reason", "cmd")),
    };
    match result {
        Ok(value) => json!({ "id": id, "ok": value }),
        Err(error) => json!({ "id": id, "err": error }),
    }
}

fn help() -> Value {
    let commands: Vec<Value> = COMMANDS
        .iter()
        .map(|command| {
            json!({
                "cmd": command.name, "says": command.says, "needs": format!("{:?}", command.needs),
                "request": (command.request)(), "response": (command.response)(),
            })
        })
        .collect();
    json!({ "commands": commands, "types": counterfoil_till::types_ts() })
}
