//! Where things are on this machine.

use counterfoil_till::secrets::Secrets;
use std::path::{Path, PathBuf};

/// The data folder unless `--data` names one. On Windows it is the machine's, because a till is shared by people who sign in to
/// Windows as themselves; elsewhere the user's own.
pub fn data() -> PathBuf {
    let from = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let base = if cfg!(windows) {
        from("ProgramData")
    } else {
        from("XDG_DATA_HOME").or_else(|| from("HOME").map(|home| home.join(".local").join("share")))
    };
    base.unwrap_or_else(|| PathBuf::from(".")).join(if cfg!(windows) { "Counterfoil" } else { "counterfoil" })
}

/// The program's own files (`packs/…`): beside the program when it is installed, in the checkout when it is being built.
pub fn resources() -> PathBuf {
    let program = std::env::current_exe().unwrap_or_default();
    program
        .ancestors()
        .skip(1)
        .take(4)
        .map(|folder| folder.join("assets"))
        .find(|folder| has_packs(folder))
        .unwrap_or_else(|| PathBuf::from("assets"))
}

fn has_packs(folder: &Path) -> bool {
    folder.join("packs").is_dir()
}

/// Where this till's keys and tokens are kept: in a file of the data folder, which Windows protects and elsewhere its owner alone can
/// read.
pub fn secrets(data: &Path) -> Box<dyn Secrets> {
    #[cfg(windows)]
    return Box::new(crate::windows::Protected::of(data));
    #[cfg(not(windows))]
    return Box::new(counterfoil_till::secrets::SecretsFile::of(data));
}
