//! A journey: a data folder made ready, a window on it, steps by keys alone, and pictures of where it went.

use crate::program;
use crate::window::{Counter, Failure};
use serde_json::json;
use std::path::{Path, PathBuf};

/// A journey on a till of the demonstration council with its few hundred account holders, at the sign-in screen.
///
/// # Errors
/// The first step that didn't happen.
pub async fn journey(name: &str, steps: impl AsyncFnOnce(&Counter) -> Result<(), Failure>) -> Result<(), Failure> {
    journey_from(name, demonstration, async |counter, _| steps(counter).await).await
}

/// A journey on a data folder that `prepare` makes ready. The steps are given the folder around it, to put files in. The
/// window is closed whatever came of it; where a journey failed, a picture is kept.
///
/// # Errors
/// The first step that didn't happen.
pub async fn journey_from<Kept>(
    name: &str,
    prepare: impl FnOnce(&Path) -> Result<Kept, Failure>,
    steps: impl AsyncFnOnce(&Counter, Place<Kept>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("data");
    let kept = prepare(&data)?;
    let pictures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../out/screenshots").join(name);
    let _ = std::fs::remove_dir_all(&pictures);
    let counter = Counter::open(&program("COUNTERFOIL_PROGRAM", "counterfoil"), &data, &pictures).await?;
    let outcome = steps(&counter, Place { folder: folder.path().to_owned(), kept }).await;
    if outcome.is_err() {
        counter.picture("where-it-stopped").await?;
    }
    counter.close().await?;
    outcome
}

/// Where a journey's files are.
pub struct Place<Kept> {
    /// A folder of this journey's own, gone after it.
    pub folder: PathBuf,
    /// What its preparation left.
    pub kept: Kept,
}

/// Makes a till of the demonstration council.
///
/// # Errors
/// The till's own.
pub fn demonstration(data: &Path) -> Result<(), Failure> {
    let till = counterfoil_testkit::till::open(data, false)?;
    till.call("start.try_demonstration", json!({}))?;
    Ok(())
}
