//! This checkout: where it is, where its build goes, and the commands that are started in it.

use crate::shell::{self, Failure};
use serde_json::Value;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The checkout that `cargo xtask` was called in.
pub struct Checkout {
    /// The folder of the workspace's `Cargo.toml`.
    pub root: PathBuf,
    /// Where cargo builds.
    pub target: PathBuf,
    /// What `cargo metadata --no-deps` says.
    pub metadata: Value,
}

impl Checkout {
    /// Asks cargo.
    ///
    /// # Errors
    /// Cargo can't be started, or doesn't find a workspace.
    pub fn find() -> Result<Checkout, Failure> {
        let answer = shell::output(cargo().args(["metadata", "--format-version", "1", "--no-deps"]))?;
        let metadata: Value =
            serde_json::from_str(&answer).map_err(|error| Failure::new(format!("cargo metadata is not readable: {error}")))?;
        let folder = |key: &str| {
            metadata[key].as_str().map(PathBuf::from).ok_or_else(|| Failure::new(format!("cargo metadata doesn't say its {key}")))
        };
        Ok(Checkout { root: folder("workspace_root")?, target: folder("target_directory")?, metadata })
    }

    /// A path in the checkout.
    pub fn path(&self, below: &str) -> PathBuf {
        self.root.join(below)
    }

    /// The product's version, which all crates share.
    ///
    /// # Errors
    /// Cargo doesn't say it.
    pub fn version(&self) -> Result<String, Failure> {
        let packages = self.metadata["packages"].as_array().into_iter().flatten();
        let version = packages.filter(|package| package["name"] == "counterfoil").find_map(|package| package["version"].as_str());
        version.map(str::to_owned).ok_or_else(|| Failure::new("cargo metadata doesn't say the version"))
    }

    /// `cargo …` at the root.
    pub fn cargo<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Command {
        let mut command = cargo();
        command.current_dir(&self.root).args(arguments);
        command
    }

    /// Any program, at the root.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root);
        command
    }

    /// A path as people write it: from the root.
    pub fn short<'a>(&self, path: &'a Path) -> &'a Path {
        path.strip_prefix(&self.root).unwrap_or(path)
    }
}

/// Cargo without what `cargo run` told this program about itself: build scripts watch some of it, and would be run again
/// each time that somebody changes between `cargo xtask test` and `cargo test`.
fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in std::env::vars_os() {
        let said_by_cargo_run = ["CARGO_PKG_", "CARGO_MANIFEST_"].iter().any(|front| name.to_string_lossy().starts_with(front));
        if said_by_cargo_run {
            command.env_remove(name);
        }
    }
    command
}
