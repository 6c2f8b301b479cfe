//! Drives the `rpc` program: a request and an answer a line.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Error, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A running `rpc`, killed when dropped.
pub struct Rpc {
    child: Child,
    stdin: Option<ChildStdin>,
    stdout: BufReader<ChildStdout>,
    next_id: u64,
}

impl Rpc {
    /// Starts it on a data folder.
    ///
    /// # Errors
    /// The program isn't there.
    pub fn start(data: &Path) -> Result<Rpc, Error> {
        Rpc::start_as(Command::new(Rpc::program()), data)
    }

    /// Where it is.
    pub fn program() -> PathBuf {
        crate::program("COUNTERFOIL_RPC", "rpc")
    }

    /// Starts it on a data folder by a command of the caller's, to which `--data` and the folder are added.
    ///
    /// # Errors
    /// The command isn't there.
    pub fn start_as(mut command: Command, data: &Path) -> Result<Rpc, Error> {
        let mut child = command.arg("--data").arg(data).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let stdin = child.stdin.take();
        let stdout = child.stdout.take().ok_or_else(|| Error::other("no output"))?;
        Ok(Rpc { child, stdin, stdout: BufReader::new(stdout), next_id: 0 })
    }

    /// Sends a request without waiting for its answer.
    ///
    /// # Errors
    /// The program has gone.
    pub fn send(&mut self, cmd: &str, payload: &Value) -> Result<(), Error> {
        self.next_id += 1;
        let line = format!("{}\n", json!({ "id": self.next_id, "cmd": cmd, "payload": payload }));
        self.stdin.as_mut().ok_or_else(|| Error::other("closed"))?.write_all(line.as_bytes())
    }

    /// The next answer; `None` when the program has gone.
    ///
    /// # Errors
    /// An answer that isn't JSON.
    pub fn answer(&mut self) -> Result<Option<Value>, Error> {
        let mut line = String::new();
        if self.stdout.read_line(&mut line)? == 0 || !line.ends_with('\n') {
            return Ok(None);
        }
        Ok(Some(serde_json::from_str(&line)?))
    }

    /// Sends a request and answers what came back: `Ok` with the response, `Err` with the error.
    ///
    /// # Errors
    /// The error as JSON; a lost program as a JSON string.
    pub fn call(&mut self, cmd: &str, payload: &Value) -> Result<Value, Value> {
        self.send(cmd, payload).map_err(|error| json!(error.to_string()))?;
        let answer = self.answer().map_err(|error| json!(error.to_string()))?.ok_or_else(|| json!("the program has gone"))?;
        match answer.get("ok") {
            Some(ok) => Ok(ok.clone()),
            None => Err(answer["err"].clone()),
        }
    }

    /// Kills it as a power cut would.
    ///
    /// # Errors
    /// It can't be killed.
    pub fn kill(&mut self) -> Result<(), Error> {
        self.child.kill()
    }

    /// The process's number, to be killed from another thread.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// Closes its input and waits until it has ended.
    ///
    /// # Errors
    /// It can't be waited for.
    pub fn close(mut self) -> Result<(), Error> {
        self.stdin = None;
        self.child.wait().map(|_| ())
    }
}

impl Drop for Rpc {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
