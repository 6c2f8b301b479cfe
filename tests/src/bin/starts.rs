//! Starts the program on two data folders in turns, and writes the milliseconds that each start took as two lists of JSON.
//!
//! A start ends when the sign-in box has the focus: what is typed then is not lost.

#![allow(clippy::print_stdout, reason = "the figures are what this program is for")]
#![allow(clippy::disallowed_methods, reason = "measuring time is what this program is for")]

use clap::Parser;
use counterfoil_tests::window::{Failure, Stage};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Measures how long the program takes to start.
#[derive(Parser)]
struct Arguments {
    /// The program.
    #[arg(long)]
    program: PathBuf,
    /// A data folder with much in it.
    #[arg(long)]
    full: PathBuf,
    /// One that is only set up.
    #[arg(long)]
    empty: PathBuf,
    /// How often each is started.
    #[arg(long)]
    times: usize,
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let Arguments { program, full, empty, times } = Arguments::parse();
    // The first start of a program reads it from the disk: nobody's to count.
    start(&program, &empty).await?;
    let (mut full_ms, mut empty_ms) = (Vec::new(), Vec::new());
    for _ in 0..times {
        full_ms.push(start(&program, &full).await?);
        empty_ms.push(start(&program, &empty).await?);
    }
    println!("{}", serde_json::to_string(&(full_ms, empty_ms))?);
    Ok(())
}

async fn start(program: &Path, data: &Path) -> Result<u128, Failure> {
    let stage = Stage::ready().await?;
    let pictures = tempfile::tempdir()?;
    let begun = Instant::now();
    let counter = stage.open(program, data, pictures.path()).await?;
    counter.focus_on("user-code").await?;
    let took = begun.elapsed().as_millis();
    counter.close().await?;
    // The window is gone before its program is: the next start must find the folder free.
    std::fs::File::open(data.join("till.lock"))?.lock()?;
    Ok(took)
}
