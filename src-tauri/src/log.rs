//! The log: one file a day in the data folder, two weeks kept, none above a size. No personal data, ever.

use counterfoil_till::surroundings::{Machine, Surroundings};
use std::io::Write;
use std::panic::{Location, set_hook, take_hook};
use std::path::{Path, PathBuf};
use tracing::Subscriber;
use tracing_appender::non_blocking::WorkerGuard;
use tracing_appender::rolling::{Builder, InitError, RollingFileAppender, Rotation};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::util::SubscriberInitExt;

/// How many days are kept.
const DAYS: usize = 14;
/// What one program writes in a day, in bytes: something that goes wrong a thousand times a second fills no disk.
const MOST_BYTES_A_DAY: usize = 16 << 20;

/// Starts the log. Without a folder that can be written there is none: the counter's work comes first.
pub fn start(data: &Path) -> Option<WorkerGuard> {
    let folder = data.join("logs");
    std::fs::create_dir_all(&folder).ok()?;
    let (writer, guard) = tracing_appender::non_blocking(Bounded::new(file_in(&folder).ok()?, today));
    lines(writer).try_init().ok()?;
    tell_where_it_breaks_off(folder);
    Some(guard)
}

fn file_in(folder: &Path) -> Result<RollingFileAppender, InitError> {
    Builder::new().rotation(Rotation::DAILY).filename_prefix("counterfoil").filename_suffix("log").max_log_files(DAYS).build(folder)
}

fn lines(writer: impl for<'w> MakeWriter<'w> + Send + Sync + 'static) -> impl Subscriber + Send + Sync {
    // Which line of the program says it is what a support bundle keeps of a line: the words are in the source.
    let lines = tracing_subscriber::fmt().with_writer(writer).with_ansi(false).with_max_level(tracing::Level::INFO);
    lines.with_target(false).with_file(true).with_line_number(true).finish()
}

/// A fault of the program leaves its place in the log, written there at once: nothing more may be written afterwards. What the fault says
/// stays out, for it may name what a customer gave.
fn tell_where_it_breaks_off(folder: PathBuf) {
    let before = take_hook();
    set_hook(Box::new(move |fault| {
        if let (Ok(file), Some(at)) = (file_in(&folder), fault.location()) {
            tracing::subscriber::with_default(lines(file), || tracing::error!(place = %place(at), "the program broke off"));
        }
        before(fault);
    }));
}

/// Which line it is, in which crate: where the sources lay when it was built is nobody's concern.
fn place(at: &Location<'_>) -> String {
    let file = at.file().replace('\\', "/");
    let begin = file.rfind("/src/").map_or(0, |src| file[..src].rfind('/').map_or(0, |slash| slash + 1));
    format!("{}:{}", &file[begin..], at.line())
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
    fn a_place_is_told_from_its_crate_on() {
        assert_eq!(place(Location::caller()), format!("src-tauri/src/log.rs:{}", line!()));
    }

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
