//! A program of its own on a till's folder: what a process that also filled the store has in memory says nothing of the till.

use crate::{Outcome, sibling};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{ChildStdin, ChildStdout, Command, Stdio};

/// A running `rpc` with somebody signed in, killed when dropped.
pub struct Child {
    process: std::process::Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
    idle_megabytes: f64,
}

impl Child {
    /// Starts it, signs somebody in, and looks at what it has in memory then.
    pub fn idle(folder: &Path, user: &str, secret: &str) -> Outcome<Child> {
        let mut command = Command::new(sibling("rpc")?);
        command.arg("--data").arg(folder).arg("--without-printing").stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.spawn().map_err(|error| format!("rpc, built together with this program: {error}"))?;
        let stdin = process.stdin.take().ok_or("no input")?;
        let stdout = BufReader::new(process.stdout.take().ok_or("no output")?);
        let mut child = Child { process, stdin, stdout, idle_megabytes: 0.0 };
        child.call("user.sign_in", &json!({ "user_code": user, "secret": secret }))?;
        child.call("till.status", &json!({}))?;
        // Proving a PIN takes 19 MB for a moment: the peak counts from here on. Linux forgets it so.
        std::fs::write(format!("/proc/{}/clear_refs", child.process.id()), "5")?;
        child.idle_megabytes = child.megabytes("VmRSS:")?;
        Ok(child)
    }

    pub fn call(&mut self, cmd: &str, payload: &Value) -> Outcome<Value> {
        writeln!(self.stdin, "{}", json!({ "id": 1, "cmd": cmd, "payload": payload }))?;
        let mut line = String::new();
        self.stdout.read_line(&mut line)?;
        let mut answer: Value = serde_json::from_str(&line)?;
        if answer.get("ok").is_none() { Err(format!("{cmd}: {line}").into()) } else { Ok(answer["ok"].take()) }
    }

    /// The most it had in memory since it was idle, beyond what it had then.
    pub fn beyond_idle_megabytes(&self) -> Outcome<f64> {
        Ok((self.megabytes("VmHWM:")? - self.idle_megabytes).max(0.0))
    }

    fn megabytes(&self, name: &str) -> Outcome<f64> {
        let told = std::fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        let line = told.lines().find_map(|line| line.strip_prefix(name)).ok_or("not told")?;
        Ok(line.trim().trim_end_matches(" kB").trim().parse::<f64>()? / 1024.0)
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
