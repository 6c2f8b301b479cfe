//! The Windows program and its installer, built on Linux: `cargo xtask msi`, and with `--verify` tried out.
//!
//! [`build`] compiles, [`source`] and [`package`] make the MSI, [`papers`] what lies beside it. [`tables`] looks at what was made,
//! [`verify`] installs it in a Windows of its own ([`wine`]).

mod build;
mod package;
mod papers;
mod pe;
mod source;
mod tables;
mod verify;
mod wine;

use crate::checkout::Checkout;
use crate::debian::{self, Need};
use crate::progress::Progress;
use crate::shell::Failure;
use crate::ui;
use build::Certificate;
use clap::Args;
use package::Package;
use std::path::PathBuf;

/// The most that the MSI may weigh.
const MOST_BYTES: u64 = 15_000_000;

/// How to build it.
#[derive(Args)]
pub struct Options {
    /// Try it out: its tables, and installing, using, upgrading, repairing and removing it under Wine
    #[arg(long)]
    verify: bool,
    /// Sign with this certificate and its key (one PKCS#12 file); its password is read from COUNTERFOIL_CERTIFICATE_PASSWORD.
    /// Without the option: COUNTERFOIL_CERTIFICATE
    #[arg(long, value_name = "FILE")]
    certificate: Option<PathBuf>,
    /// Have the moment of signing confirmed by this RFC 3161 server: a signature without it ends with its certificate
    #[arg(long, value_name = "URL")]
    timestamp: Option<String>,
    /// Take the Windows programs as they were built last
    #[arg(long)]
    built: bool,
    /// Run the core's own tests under Wine too; a first time takes some ten minutes
    #[arg(long)]
    core_tests: bool,
}

/// `cargo xtask msi`.
///
/// # Errors
/// The first step that fails.
pub fn msi(checkout: &Checkout, options: &Options) -> Result<(), Failure> {
    let mut progress = Progress::default();
    let certificate = options.certificate.clone().or_else(|| std::env::var_os("COUNTERFOIL_CERTIFICATE").map(PathBuf::from));
    let certificate = certificate.map(|file| Certificate { file, timestamp: options.timestamp.clone() });
    let package = Package::of(checkout, &checkout.version()?);
    progress.step("system packages for the Windows program", || {
        debian::install(checkout, Need::Msi)?;
        // Takings are made by a program of this machine's own.
        if options.verify { debian::install(checkout, Need::Build) } else { Ok(()) }
    })?;
    if !options.built {
        progress.step("the window's contents", || {
            ui::install(checkout)?;
            ui::build(checkout)
        })?;
        progress.step("the Windows program", || build::program(checkout))?;
    }
    progress.step("what is installed, and what it is made of", || build::stage(checkout, &package, certificate.as_ref()))?;
    progress.step("the MSI, and the policy templates beside it", || {
        package.make(checkout, certificate.as_ref())?;
        build::lay_out_policy(checkout, &package)
    })?;
    progress.step("the same again gives the same", || package.is_reproducible(checkout, certificate.is_some()))?;
    progress.step("the MSI's size and tables", || {
        package.check_size(MOST_BYTES)?;
        tables::check(checkout, &package)
    })?;
    if options.verify {
        verify::verify(checkout, &package, &mut progress)?;
    }
    if options.core_tests {
        progress.step("the core's tests under Wine", || verify::core_tests(checkout))?;
    }
    progress.summary();
    println!("\n{}", checkout.short(&package.file).display());
    Ok(())
}
