//! From the program's start to a sign-in box that has the focus, with much in the store against nothing.

use crate::figures::{Timings, row};
use crate::{Bench, Outcome};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

impl Bench {
    pub fn starts(&self, full: &Path) -> Outcome {
        let empty = self.path("empty");
        crate::set_up(&empty)?;
        // A program of its own, because it knows of windows. It answers two lists of milliseconds.
        let mut starts = Command::new(crate::sibling("starts")?);
        starts.arg("--program").arg(crate::sibling("counterfoil")?).arg("--full").arg(full).arg("--empty").arg(empty);
        let output = starts.args(["--times", &self.sizes.starts.to_string()]).stderr(Stdio::inherit()).output()?;
        if !output.status.success() {
            return Err("the window didn't start".into());
        }
        let (full, empty): (Vec<u64>, Vec<u64>) = serde_json::from_slice(&output.stdout)?;
        let median = |times: Vec<u64>| Timings::of(times.into_iter().map(Duration::from_millis).collect()).median();
        let name = format!("start to usable window, {} receipts and {} accounts", self.sizes.many_receipts, self.sizes.accounts);
        row(&name, median(full), median(empty), 1.2);
        Ok(())
    }
}
