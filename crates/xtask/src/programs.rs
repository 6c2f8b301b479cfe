//! The programs that are built here, and how they are built together.
//!
//! Cargo chooses the features of a shared dependency anew for each selection of packages. So everything that the tests need
//! is built in one selection, and the programs are then started by path: with `cargo run` for each, half the tree would be
//! built twice.

use crate::checkout::Checkout;
use crate::shell::{self, Failure};
use std::path::PathBuf;
use std::process::Command;

/// The window's files inside the program: what is shipped, and so what is tested.
pub const SHIPPED_FEATURES: &str = "--features=counterfoil/custom-protocol";

/// The programs of one build.
pub struct Programs {
    folder: PathBuf,
}

impl Programs {
    /// Those of the profile's folder below cargo's target folder: `debug`, `release`, `bench-fast`.
    pub fn of(checkout: &Checkout, profile_folder: &str) -> Programs {
        Programs { folder: checkout.target.join(profile_folder) }
    }

    /// Where a program is.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    }

    /// A program, started at the root.
    pub fn command(&self, checkout: &Checkout, name: &str) -> Command {
        checkout.command(self.path(name))
    }

    /// Tells a test or a bench where the programs are that it starts.
    pub fn tell<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command.env("COUNTERFOIL_PROGRAM", self.path("counterfoil")).env("COUNTERFOIL_RPC", self.path("rpc"))
    }
}

/// Builds every program and every test of the workspace, as `cargo test --workspace` will want them.
///
/// # Errors
/// Something doesn't compile.
pub fn build_for_tests(checkout: &Checkout) -> Result<Programs, Failure> {
    shell::run(&mut checkout.cargo(["build", "--workspace", "--all-targets", SHIPPED_FEATURES]))?;
    Ok(Programs::of(checkout, "debug"))
}
