//! Timings, and the rows that they make.

use std::time::{Duration, Instant};

/// Sorted durations.
pub struct Timings(Vec<Duration>);

impl Timings {
    pub fn of(mut times: Vec<Duration>) -> Timings {
        times.sort_unstable();
        Timings(times)
    }

    pub fn at(&self, percent: usize) -> Duration {
        self.0.get(self.0.len() * percent / 100).or(self.0.last()).copied().unwrap_or_default()
    }

    pub fn median(&self) -> Duration {
        self.at(50)
    }
}

pub fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let value = work();
    (start.elapsed(), value)
}

pub fn row(name: &str, ours: Duration, baseline: Duration, bound: f64) {
    let ratio = ours.as_secs_f64() / baseline.as_secs_f64().max(1e-9);
    print(name, &format!("{ours:.1?}"), &format!("{baseline:.1?}"), ratio, bound);
}

/// Against a fixed number of milliseconds.
pub fn row_of_millis(name: &str, ours: Duration, most: u64) {
    let most = Duration::from_millis(most);
    print(name, &format!("{ours:.1?}"), &format!("{most:.1?}"), ours.as_secs_f64() / most.as_secs_f64(), 1.0);
}

/// Against a fixed number of megabytes.
pub fn row_of_megabytes(name: &str, ours: f64, most: f64) {
    print(name, &format!("{ours:.0} MB"), &format!("{most:.0} MB"), ours / most, 1.0);
}

/// A number of things against the most that there may be.
pub fn row_of_count(name: &str, ours: usize, most: usize) {
    println!("{name} | {ours} | {most} | {ours} | {most} | {}", if ours <= most { "ok" } else { "OVER" });
}

/// Two ratios, each against a baseline of its own moment.
pub fn row_of_ratios(name: &str, ours: (Duration, Duration), baseline: (Duration, Duration), bound: f64) {
    let ratio = |(ours, baseline): (Duration, Duration)| ours.as_secs_f64() / baseline.as_secs_f64().max(1e-9);
    let (ours, baseline) = (ratio(ours), ratio(baseline));
    print(name, &format!("{ours:.2}"), &format!("{baseline:.2}"), ours / baseline.max(1e-9), bound);
}

fn print(name: &str, ours: &str, baseline: &str, ratio: f64, bound: f64) {
    println!("{name} | {ours} | {baseline} | {ratio:.2} | {bound} | {}", if ratio <= bound { "ok" } else { "OVER" });
}
