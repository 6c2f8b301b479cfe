//! A ledger beside the demonstration's till, for as long as a chore needs it.

use crate::checkout::Checkout;
use crate::programs::Programs;
use crate::shell::{self, Failure};
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};
use std::thread::JoinHandle;

/// The office and the till of the demonstration.
pub const PLACE: (&str, &str) = ("CH", "07");

/// A running ledger; it ends when this is dropped.
pub struct DemoLedger {
    child: Child,
    telling: Option<JoinHandle<()>>,
    url: String,
    code: String,
}

impl DemoLedger {
    /// Starts it, and says where its page is.
    ///
    /// # Errors
    /// PostgreSQL isn't there, or the hub doesn't start.
    pub fn start(checkout: &Checkout, programs: &Programs) -> Result<DemoLedger, Failure> {
        let not_started = |error: &dyn std::fmt::Display| Failure::new(format!("the ledger doesn't start: {error}"));
        let (office, till) = PLACE;
        let mut command = programs.command(checkout, "demo-ledger");
        command.arg("--folder").arg(checkout.path("out/ledger")).args(["--office", office, "--till", till]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().map_err(|error| not_started(&error))?;
        let output = child.stdout.take().ok_or_else(|| not_started(&"no output"))?;
        let mut lines = BufReader::new(output).lines();
        let first = lines.next().and_then(Result::ok).ok_or_else(|| not_started(&"it said nothing"))?;
        let told: Value = serde_json::from_str(&first).map_err(|error| not_started(&error))?;
        let text = |name: &str| told[name].as_str().unwrap_or_default().to_owned();
        println!("The ledger is at {}/ — sign in as {} with {}", text("url"), text("user"), text("password"));
        let telling = std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                println!("  {line}");
            }
        });
        Ok(DemoLedger { child, telling: Some(telling), url: text("url"), code: text("code") })
    }

    /// Makes the till of a data folder known to it.
    ///
    /// # Errors
    /// The program's own.
    pub fn enrol(&self, checkout: &Checkout, programs: &Programs, data: &Path) -> Result<(), Failure> {
        let mut command = programs.command(checkout, "counterfoil");
        shell::run(command.args(["ledger", "enrol", "--url", &self.url, "--code", &self.code, "--data"]).arg(data))
    }

    /// Holds both sides against each other.
    ///
    /// # Errors
    /// They differ, or one can't be read.
    pub fn reconcile(&self, checkout: &Checkout, programs: &Programs, data: &Path) -> Result<(), Failure> {
        let today = shell::output(checkout.command("date").arg("+%F"))?;
        let today = today.trim();
        let mut command = programs.command(checkout, "counterfoil");
        shell::run(command.args(["ledger", "reconcile", "--from", today, "--to", today, "--data"]).arg(data))
    }
}

impl Drop for DemoLedger {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
        if let Some(telling) = self.telling.take() {
            let _ = telling.join();
        }
    }
}
