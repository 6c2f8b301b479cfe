//! The log: one file a day in the data folder, two weeks kept, none above a size. No personal data, ever.

use counterfoil_till::surroundings::{Machine, Surroundings};
use std::io::Write;
use std::path::Path;
use tracing_appender::non_blocking::WorkerGuard;
use tracing_appender::rolling::{Builder, Rotation};

/// How many days are kept.
const DAYS: usize = 14;
/// What one program writes in a day, in bytes: something that goes wrong a thousand times a second fills no disk.
const MOST_BYTES_A_DAY: usize = 16 << 20;

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
    let (writer, guard) = tracing_appender::non_blocking(Bounded::new(file, today));
    // Which line of the program says it is what a support bundle keeps of a line: the words are in the source.
    let lines = tracing_subscriber::fmt().with_writer(writer).with_ansi(false).with_max_level(tracing::Level::INFO);
    lines.with_target(false).with_file(true).with_line_number(true).try_init().ok()?;
    Some(guard)
}

/// The day in UTC, as the files are named: days since 1970.
fn today() -> u64 {
    u64::try_from(Machine.now_ms()).unwrap_or_default() / 86_400_000
}

/// A writer that writes so much a day and says once that it is more.
struct Bounded<W> {
    inner: W,
    today: fn() -> u64,
    day: u64,
    left: usize,
    told: bool,
}

impl<W: Write> Bounded<W> {
    fn new(inner: W, today: fn() -> u64) -> Bounded<W> {
        Bounded { inner, today, day: today(), left: MOST_BYTES_A_DAY, told: false }
    }
}

impl<W: Write> Write for Bounded<W> {
    fn write(&mut self, line: &[u8]) -> std::io::Result<usize> {
        let day = (self.today)();
        if day != self.day {
            (self.day, self.left, self.told) = (day, MOST_BYTES_A_DAY, false);
        }
        if line.len() <= self.left {
            self.left -= line.len();
            self.inner.write_all(line)?;
        } else if !self.told {
            // A shorter line after it would leave a gap that nobody sees.
            (self.left, self.told) = (0, true);
            self.inner.write_all(b"There is more today than is kept.\n")?;
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.inner.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_s_log_ends_at_its_size_and_says_so_once() {
        let mut log = Bounded::new(Vec::new(), || 1);
        let line = vec![b'x'; 1 << 20];
        for _ in 0..40 {
            log.write_all(&line).expect("written");
        }
        assert_eq!(log.inner.len(), MOST_BYTES_A_DAY + "There is more today than is kept.\n".len());
        log.today = || 2;
        log.write_all(b"a new day").expect("written");
        assert!(log.inner.ends_with(b"a new day"));
    }
}
