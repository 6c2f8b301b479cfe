//! Scans bills into the windows of two tills in turns, and writes two lists of JSON: how many microseconds passed, for each, from the scan's
//! last key to its account on the screen. Both moments are the page's own: the way of the keys to it isn't counted.

#![allow(clippy::print_stdout, reason = "the figures are what this program is for")]

use clap::Parser;
use counterfoil_tests::demo;
use counterfoil_tests::window::{Counter, Failure};
use fantoccini::key::Key;
use std::path::{Path, PathBuf};

/// Notes when the scan's last key came and when the account was there.
const WATCH: &str = r##"
    window.scanned = {};
    addEventListener("keydown", (event) => { if (event.key === "Enter") window.scanned = { ended: performance.now() }; }, { capture: true });
    new MutationObserver(() => {
        if (document.querySelector("#account .address")) window.scanned.shown ??= performance.now();
    }).observe(document.body, { childList: true, subtree: true });
"##;

/// Measures how long a scan takes to show its account.
#[derive(Parser)]
struct Arguments {
    /// The program.
    #[arg(long)]
    program: PathBuf,
    /// A data folder with many account holders, where cashier 12 has a session.
    #[arg(long)]
    many: PathBuf,
    /// One with few, and a session too.
    #[arg(long)]
    few: PathBuf,
    /// Bills of both, in pairs.
    #[arg(long, num_args = 2..)]
    bills: Vec<String>,
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let Arguments { program, many, few, bills } = Arguments::parse();
    let pictures = tempfile::tempdir()?;
    let (many, few) = (open(&program, &many, pictures.path()).await?, open(&program, &few, pictures.path()).await?);
    let (mut many_us, mut few_us) = (Vec::new(), Vec::new());
    for (place, pair) in bills.chunks_exact(2).enumerate() {
        let (of_many, of_few) = (scan(&many, &pair[0]).await?, scan(&few, &pair[1]).await?);
        // The first of each is everything's first: nobody's to count.
        if place > 0 {
            many_us.push(of_many);
            few_us.push(of_few);
        }
    }
    println!("{}", serde_json::to_string(&(many_us, few_us))?);
    many.close().await?;
    few.close().await
}

async fn open(program: &Path, data: &Path, pictures: &Path) -> Result<Counter, Failure> {
    let counter = Counter::open(program, data, pictures).await?;
    demo::sign_in(&counter, "12", "1212").await?;
    counter.screen("counter").await?;
    counter.focus_on("reference").await?;
    counter.script(WATCH).await?;
    Ok(counter)
}

async fn scan(counter: &Counter, bill: &str) -> Result<u64, Failure> {
    counter.scans(bill).await?;
    counter.until("window.scanned.shown").await?;
    let took = counter.script("return Math.round((window.scanned.shown - window.scanned.ended) * 1000)").await?;
    counter.presses(Key::Escape).await?;
    counter.until("!document.getElementById('account')").await?;
    counter.focus_on("reference").await?;
    took.as_u64().ok_or_else(|| "the page said no time".into())
}
