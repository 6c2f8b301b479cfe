//! The log: one file a day in the data folder, two weeks kept. No personal data, ever.

use std::path::Path;
use tracing_appender::non_blocking::WorkerGuard;
use tracing_appender::rolling::{Builder, Rotation};

/// How many days are kept.
const DAYS: usize = 14;

/// Starts the log. Without a folder that can be written there is none: the counter's work comes first.
pub fn start(data: &Path) -> Option<WorkerGuard> {
    let folder = data.join("logs");
    std::fs::create_dir_all(&folder).ok()?;
    let file = Builder::new()
        .rotation(Rotation::DAILY)
        .filename_prefix("counterfoil")
        .filename_suffix("log")
        .max_log_files(DAYS)
        .build(folder)
        .ok()?;
    let (writer, guard) = tracing_appender::non_blocking(file);
    tracing_subscriber::fmt().with_writer(writer).with_ansi(false).with_max_level(tracing::Level::INFO).try_init().ok()?;
    Some(guard)
}
