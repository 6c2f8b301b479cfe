//! The Windows program on Linux: Debian's own compiler with its library's source, and mingw's linker.

use super::package::Package;
use super::papers;
use crate::checkout::Checkout;
use crate::shell::{self, Failure};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

const TARGET: &str = "x86_64-pc-windows-gnu";
const PROFILE: &str = "msi";

/// Where cargo builds for Windows: apart, because another compiler is used.
pub fn target_folder(checkout: &Checkout) -> PathBuf {
    checkout.target.join("windows")
}

/// Where the programs are.
pub fn programs(checkout: &Checkout) -> PathBuf {
    target_folder(checkout).join(TARGET).join(PROFILE)
}

/// Debian's cargo for the Windows target. The standard library is built from its source, because Debian has none for Windows; that
/// is still called unstable, and this compiler is told that it may.
pub fn cargo(checkout: &Checkout, task: &str, library: &str) -> Command {
    let mut command = checkout.command("/usr/bin/cargo");
    for name in ["RUSTUP_TOOLCHAIN", "CARGO", "RUSTC_WRAPPER", "RUSTDOC"] {
        command.env_remove(name);
    }
    command.env("RUSTC", "/usr/bin/rustc").env("RUSTC_BOOTSTRAP", "1").env("CARGO_TARGET_DIR", target_folder(checkout));
    command.env("CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER", "x86_64-w64-mingw32-gcc");
    command.args([task, "-Z", &format!("build-std={library}"), "--target", TARGET, "--locked"]);
    command
}

/// Builds the program, and the one for consoles.
///
/// # Errors
/// It doesn't compile.
pub fn program(checkout: &Checkout) -> Result<(), Failure> {
    let what = ["--profile", PROFILE, "--package", "counterfoil", crate::programs::SHIPPED_FEATURES];
    shell::run(cargo(checkout, "build", "std,panic_abort").args(what))
}

/// Lays out what is installed as it will lie in the program's folder.
///
/// # Errors
/// A file is missing or can't be copied; signing fails.
pub fn stage(checkout: &Checkout, package: &Package, certificate: Option<&Certificate>) -> Result<(), Failure> {
    let files = &package.files;
    remove(files)?;
    let programs = programs(checkout);
    let copies = [
        (programs.join("counterfoil.exe"), "counterfoil.exe"),
        (programs.join("counterfoil-console.exe"), "counterfoil.com"),
        (programs.join("WebView2Loader.dll"), "WebView2Loader.dll"),
        (checkout.path("src-tauri/icons/icon.ico"), "counterfoil.ico"),
    ];
    for (from, to) in copies {
        copy(&from, &files.join(to))?;
    }
    for folder in ["assets/packs/barnsley-demo", "assets/packs/barnsley-demo/demonstration"] {
        copy_files(&checkout.path(folder), &files.join(folder))?;
    }
    papers::write(checkout, package)?;
    for program in ["counterfoil.exe", "counterfoil.com"] {
        if let Some(certificate) = certificate {
            certificate.sign(checkout, &files.join(program))?;
        }
    }
    Ok(())
}

/// What programs and MSI are signed with.
pub struct Certificate {
    /// PKCS#12: the certificate and its key.
    pub file: PathBuf,
    /// Who confirms when it was signed.
    pub timestamp: Option<String>,
}

impl Certificate {
    /// Signs a program or an MSI in its place.
    ///
    /// # Errors
    /// The certificate or its password is wrong; the server that confirms the moment doesn't answer.
    pub fn sign(&self, checkout: &Checkout, file: &Path) -> Result<(), Failure> {
        let signed = file.with_extension("signed");
        let mut command = checkout.command("osslsigncode");
        command.args(["sign", "-h", "sha256", "-n", "Counterfoil", "-pkcs12"]).arg(&self.file);
        command.args(self.timestamp.iter().flat_map(|server| ["-ts", server]));
        if let Ok(password) = std::env::var("COUNTERFOIL_CERTIFICATE_PASSWORD") {
            // A file, because every process of the machine can read another's arguments.
            let kept = file.with_extension("password");
            keep_to_oneself(&kept, &password).map_err(|error| Failure::at(&kept, &error))?;
            let done = shell::output(command.arg("-readpass").arg(&kept).arg("-in").arg(file).arg("-out").arg(&signed));
            fs::remove_file(&kept).map_err(|error| Failure::at(&kept, &error))?;
            done?;
        } else {
            shell::output(command.arg("-in").arg(file).arg("-out").arg(&signed))?;
        }
        fs::rename(&signed, file).map_err(|error| Failure::at(file, &error))
    }
}

/// Writes a file that nobody else can read, not even for a moment.
fn keep_to_oneself(path: &Path, text: &str) -> std::io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(text.as_bytes())
}

pub fn remove(folder: &Path) -> Result<(), Failure> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Failure::at(folder, &error)),
        _ => Ok(()),
    }
}

pub fn copy(from: &Path, to: &Path) -> Result<(), Failure> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).map_err(|error| Failure::at(folder, &error))?;
    }
    fs::copy(from, to).map(drop).map_err(|error| Failure::at(from, &error))
}

/// Lays the policy templates beside the MSI: whoever deploys it puts them into the domain's central store.
///
/// # Errors
/// A file is missing or can't be copied.
pub fn lay_out_policy(checkout: &Checkout, package: &Package) -> Result<(), Failure> {
    let to = package.file.with_file_name("policy");
    remove(&to)?;
    for folder in ["", "cy-GB", "en-GB", "en-US"] {
        copy_files(&checkout.path("installers/policy").join(folder), &to.join(folder))?;
    }
    Ok(())
}

/// The files of a folder, without those of the folders in it.
fn copy_files(from: &Path, to: &Path) -> Result<(), Failure> {
    for entry in fs::read_dir(from).map_err(|error| Failure::at(from, &error))? {
        let path = entry.map_err(|error| Failure::at(from, &error))?.path();
        if let Some(name) = path.file_name().filter(|_| path.is_file()) {
            copy(&path, &to.join(name))?;
        }
    }
    Ok(())
}
