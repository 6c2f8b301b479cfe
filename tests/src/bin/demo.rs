//! Performs the demonstration journey through the real window, and keeps its pictures and receipts.

#![allow(clippy::print_stdout, reason = "it tells where the pictures are")]

use clap::Parser;
use counterfoil_tests::window::{Counter, Failure};
use counterfoil_tests::{day, demo};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Performs the demonstration journey.
#[derive(Parser)]
struct Arguments {
    /// The program.
    #[arg(long)]
    program: PathBuf,
    /// A data folder that is set up.
    #[arg(long)]
    data: PathBuf,
    /// Where pictures and receipts go.
    #[arg(long)]
    out: PathBuf,
    /// A whole day up to the bank, instead of the demonstration's two customers.
    #[arg(long)]
    day: bool,
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let arguments = Arguments::parse();
    let counter = Counter::open(&arguments.program, &arguments.data, &arguments.out).await?;
    let performed = if arguments.day { day::perform(&counter).await.map(|slip| vec![slip]) } else { demo::perform(&counter).await };
    if performed.is_err() {
        counter.picture("where-it-stopped").await?;
    }
    counter.close().await?;
    for kept in performed? {
        if arguments.day { keep_paper(&arguments, Path::new(&kept))? } else { keep_receipt(&arguments, &kept)? }
    }
    println!("The journey is done.");
    Ok(())
}

/// A paper of the day, as PDF and PNG.
fn keep_paper(arguments: &Arguments, pdf: &Path) -> Result<(), Failure> {
    let base = arguments.out.join(pdf.file_stem().ok_or("a paper without a name")?);
    std::fs::copy(pdf, base.with_extension("pdf"))?;
    picture_of(&base)
}

/// The receipt as text, PDF, PNG and ESC/POS bytes, from the program's own command line.
fn keep_receipt(arguments: &Arguments, number: &str) -> Result<(), Failure> {
    let base = arguments.out.join(format!("receipt-{}", number.replace('/', "-")));
    for format in ["text", "pdf", "escpos"] {
        let output = Command::new(&arguments.program)
            .args(["receipt", "show", number, "--format", format, "--data"])
            .arg(&arguments.data)
            .output()?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
        }
        std::fs::write(base.with_extension(extension(format)), output.stdout)?;
    }
    picture_of(&base)
}

fn extension(format: &str) -> &str {
    match format {
        "text" => "txt",
        "escpos" => "bin",
        other => other,
    }
}

fn picture_of(base: &Path) -> Result<(), Failure> {
    let status = Command::new("pdftoppm").args(["-png", "-r", "150", "-singlefile"]).arg(base.with_extension("pdf")).arg(base).status()?;
    if status.success() { Ok(()) } else { Err("pdftoppm failed".into()) }
}
