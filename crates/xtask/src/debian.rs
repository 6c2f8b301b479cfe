//! System packages: which are needed for what, and how they come onto a Debian machine.

use crate::checkout::Checkout;
use crate::shell::{self, Failure};
use std::process::Command;

/// What a chore needs of the system. Each includes those before it, but for the last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// Building the program and opening its window.
    Build,
    /// Driving the window without a display, and turning its papers into pictures.
    Journey,
    /// Everything that the tests and benches call.
    Test,
    /// Building the Windows program and its installer, and trying them out.
    Msi,
}

/// Debian 12's names.
const PACKAGES: &[(&str, Need)] = &[
    ("build-essential", Need::Build),
    ("pkg-config", Need::Build),
    ("libwebkit2gtk-4.1-dev", Need::Build),
    ("libudev-dev", Need::Build), // serial ports
    ("webkit2gtk-driver", Need::Journey),
    ("xvfb", Need::Journey),
    ("fonts-dejavu-core", Need::Journey),
    ("poppler-utils", Need::Journey), // receipts: PDF to PNG
    ("imagemagick", Need::Journey),
    ("git", Need::Test),         // which files are tracked
    ("socat", Need::Test),       // pairs of serial ports
    ("cups-daemon", Need::Test), // a print queue of their own
    ("cups-client", Need::Test),
    ("sqlite3", Need::Test),    // the benches' baseline
    ("postgresql", Need::Test), // its programs only: the tests start a server of their own
    ("chromium", Need::Test),   // the ledger's page
    ("chromium-driver", Need::Test),
];

/// For Windows. Together they are large, and nothing else needs them. The compiler is Debian's own, because the standard library for
/// Windows is built from its source.
const FOR_WINDOWS: &[&str] = &[
    "cargo-web",
    "rustc-web",
    "rust-web-src",
    "gcc-mingw-w64-x86-64-posix",
    "g++-mingw-w64-x86-64-posix",
    "mingw-w64-x86-64-dev",
    "wixl",
    "msitools",
    "osslsigncode",
    "wine",
    "wine64",
];

fn wanted(need: Need) -> Vec<&'static str> {
    match need {
        Need::Msi => FOR_WINDOWS.to_vec(),
        _ => PACKAGES.iter().filter(|(_, of)| *of <= need).map(|(name, _)| *name).collect(),
    }
}

/// Installs what is missing, as root; otherwise says the one command that does.
///
/// # Errors
/// Something is missing and can't be installed from here.
pub fn install(checkout: &Checkout, need: Need) -> Result<(), Failure> {
    let wanted = wanted(need);
    if !shell::is_installed("dpkg-query") {
        println!("Not a Debian system. These packages, or what your system calls them, are needed: {}", wanted.join(" "));
        return Ok(());
    }
    let missing = missing(&wanted);
    if missing.is_empty() {
        println!("System packages: all {} are installed.", wanted.len());
        return Ok(());
    }
    if !is_root()? {
        let command = format!("sudo apt-get update && sudo apt-get install -y --no-install-recommends {}", missing.join(" "));
        return Err(Failure::new(format!("system packages are missing. Please run this, then try again:\n\n    {command}\n")));
    }
    let apt = || {
        let mut command = checkout.command("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    shell::run(apt().arg("update"))?;
    shell::run(apt().args(["install", "-y", "--no-install-recommends"]).args(missing))
}

/// Those of `wanted` that dpkg doesn't have fully installed.
fn missing<'a>(wanted: &[&'a str]) -> Vec<&'a str> {
    // dpkg-query fails when it has never heard of one of them, and still lists the others.
    let listed = Command::new("dpkg-query").args(["--show", "--showformat=${db:Status-Abbrev}|${Package}\\n"]).args(wanted).output();
    let listed = listed.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    not_listed_as_installed(wanted, &listed)
}

fn not_listed_as_installed<'a>(wanted: &[&'a str], listed: &str) -> Vec<&'a str> {
    let installed: Vec<&str> =
        listed.lines().filter_map(|line| line.split_once('|')).filter(|(state, _)| state.trim() == "ii").map(|(_, name)| name).collect();
    wanted.iter().copied().filter(|name| !installed.contains(name)).collect()
}

fn is_root() -> Result<bool, Failure> {
    Ok(shell::output(Command::new("id").arg("-u"))?.trim() == "0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_that_is_half_installed_or_unknown_counts_as_missing() {
        let listed = "ii |xvfb\nun |socat\nrc |git\niU |imagemagick\n";
        assert_eq!(
            not_listed_as_installed(&["xvfb", "socat", "git", "imagemagick", "sqlite3"], listed),
            ["socat", "git", "imagemagick", "sqlite3"]
        );
    }
}
