//! Twenty thousand takings into an IMS that fails three times in ten, and how long that takes beside one that never fails.
//! Panics when anything is lost or there twice. `cargo bench -p counterfoil-ledger-client`
#![allow(clippy::disallowed_methods, reason = "measuring time is what a bench is for")]

#[path = "../tests/common/mod.rs"]
mod common;

use common::soak::none_lost_none_twice;
use std::io;
use std::time::{Duration, Instant};

const TAKINGS: u64 = 20_000;
const SEED: u64 = 20_261_120;

fn main() -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let timed = |percent| -> Duration {
        let start = Instant::now();
        runtime.block_on(none_lost_none_twice(SEED, TAKINGS, percent, 0));
        start.elapsed()
    };
    let (failing, sound) = (timed(30), timed(0));
    eprintln!("{TAKINGS} takings: {failing:.1?} with faults in 30 % of requests, {sound:.1?} without");
    Ok(())
}
