//! From a barcode to its account, among many account holders against few: by the commands that the window sends, and in the window itself.

use crate::figures::{Timings, row, timed};
use crate::{Bench, Outcome, accounts};
use counterfoil_testkit::till;
use counterfoil_till::Till;
use serde_json::json;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// How many account holders are few.
const FEW: u32 = 1_000;
/// How many barcodes are scanned in a round.
const PICKED: usize = 200;

impl Bench {
    /// A till with many account holders, made ready by the row before this; scans are what the window sends for one.
    pub fn scans(&self, many: &Path) -> Outcome {
        let few = self.path("few-accounts");
        crate::set_up(&few)?;
        let csv = self.path("few-accounts.csv");
        accounts::write_csv(&csv, FEW.min(self.sizes.accounts))?;
        accounts::import(&few, &csv)?;
        let (many_bars, few_bars) = (barcodes(&self.path("accounts.csv"))?, barcodes(&csv)?);
        let (many, few) = (till::open(many, false)?, till::open(&few, false)?);
        till::sign_in(&many)?;
        till::sign_in(&few)?;
        let (mut ours, mut baseline) = (Vec::new(), Vec::new());
        for _ in 0..self.sizes.look_ups {
            let (one, other) = many_bars
                .iter()
                .zip(&few_bars)
                .map(|(a, b)| Ok((scan(&many, a)?, scan(&few, b)?)))
                .collect::<Outcome<(Vec<_>, Vec<_>)>>()?;
            ours.push(Timings::of(one).median());
            baseline.push(Timings::of(other).median());
        }
        row(&self.name("scan to account found"), Timings::of(ours).median(), Timings::of(baseline).median(), 1.2);
        Ok(())
    }

    /// The same two tills, each in its window.
    pub fn scans_shown(&self, many: &Path) -> Outcome {
        let few = self.path("few-accounts");
        for folder in [many, few.as_path()] {
            let till = till::open(folder, false)?;
            till::sign_in(&till)?;
            if till.call("till.status", json!({}))?["session"].is_null() {
                till::open_session(&till)?;
            }
        }
        let bars = [self.path("accounts.csv"), self.path("few-accounts.csv")].map(|csv| barcodes(&csv));
        let [many_bars, few_bars] = bars;
        let pairs = many_bars?.into_iter().zip(few_bars?).take(self.sizes.scans_shown).flat_map(|(one, other)| [one, other]);
        // A program of its own, because it knows of windows. It answers two lists of microseconds.
        let mut scans = Command::new(crate::sibling("scans")?);
        scans.arg("--program").arg(crate::sibling("counterfoil")?).arg("--many").arg(many).arg("--few").arg(few);
        let output = scans.arg("--bills").args(pairs).stderr(Stdio::inherit()).output()?;
        if !output.status.success() {
            return Err("the windows show no accounts".into());
        }
        let (many, few): (Vec<u64>, Vec<u64>) = serde_json::from_slice(&output.stdout)?;
        let median = |times: Vec<u64>| Timings::of(times.into_iter().map(Duration::from_micros).collect()).median();
        row(&self.name("scan to account shown in the window"), median(many), median(few), 1.2);
        Ok(())
    }

    fn name(&self, what: &str) -> String {
        format!("{what}, {} account holders against {}", self.sizes.accounts, FEW.min(self.sizes.accounts))
    }
}

/// What the window asks when a bill was scanned, and the account that it then shows.
fn scan(till: &Till, barcode: &str) -> Outcome<Duration> {
    let (time, answer) = timed(|| {
        let found = till.call("reference.recognise", json!({ "text": barcode, "scanned": true }))?;
        let first = &found["candidates"][0];
        till.call("account.show", json!({ "fund_code": first["fund_code"], "reference": first["reference"] }))
    });
    if answer?["name"].is_null() { Err("no account was shown".into()) } else { Ok(time) }
}

/// The demonstration council's bills of accounts that are spread over the whole extract.
fn barcodes(csv: &Path) -> Outcome<Vec<String>> {
    let mut bills = Vec::new();
    for line in BufReader::new(std::fs::File::open(csv)?).lines() {
        let line = line?;
        if let [reference, "23", ..] = line.split(',').collect::<Vec<_>>().as_slice() {
            bills.push(format!("9826{reference}00018450"));
        }
    }
    let step = (bills.len() / PICKED).max(1);
    Ok(bills.into_iter().step_by(step).take(PICKED).collect())
}
