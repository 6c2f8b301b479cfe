//! The steps of a long chore: each announced, timed, and summed up at the end.

use crate::shell::Failure;
use std::time::{Duration, Instant};

/// Steps done so far.
#[derive(Default)]
pub struct Progress {
    done: Vec<(String, Duration)>,
}

impl Progress {
    /// Announces a step, does it and notes how long it took.
    ///
    /// # Errors
    /// The step's own, with its title: nothing after it is worth starting.
    #[allow(clippy::disallowed_methods, reason = "a step's duration is shown, and decides nothing")]
    pub fn step(&mut self, title: &str, work: impl FnOnce() -> Result<(), Failure>) -> Result<(), Failure> {
        println!("\n── {title}");
        let started = Instant::now();
        let outcome = work();
        let took = started.elapsed();
        match outcome {
            Ok(()) => {
                println!("   ok · {}", seconds(took));
                self.done.push((title.to_owned(), took));
                Ok(())
            }
            Err(failure) => {
                self.summary();
                Err(Failure::new(format!("FAILED at “{title}” after {}: {failure}", seconds(took))))
            }
        }
    }

    /// Prints every finished step with its time.
    pub fn summary(&self) {
        println!("\nSteps done:");
        for (title, took) in &self.done {
            println!("  {:>9}  {title}", seconds(*took));
        }
        println!("  {:>9}  altogether", seconds(self.done.iter().map(|(_, took)| *took).sum()));
    }
}

/// `63.4 s`, in whole tenths.
fn seconds(duration: Duration) -> String {
    format!("{}.{} s", duration.as_secs(), duration.subsec_millis() / 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_step_says_its_title_and_is_not_counted_as_done() {
        let mut progress = Progress::default();
        progress.step("first", || Ok(())).unwrap();
        let failure = progress.step("second", || Err(Failure::new("torn"))).unwrap_err().to_string();
        assert!(failure.contains("second") && failure.contains("torn"), "{failure}");
        assert_eq!(progress.done.len(), 1);
    }

    #[test]
    fn times_are_shown_in_tenths_of_a_second() {
        assert_eq!(seconds(Duration::from_millis(63_449)), "63.4 s");
    }
}
