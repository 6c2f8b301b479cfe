//! Other programs: shown before they run, and a failure named by what was run.

use std::fmt;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

/// Why a chore could not be done, in words for the terminal.
#[derive(Debug, PartialEq, Eq)]
pub struct Failure(String);

impl Failure {
    /// A failure in these words.
    pub fn new(words: impl Into<String>) -> Failure {
        Failure(words.into())
    }

    /// A file or folder that could not be used.
    pub fn at(path: &Path, error: &io::Error) -> Failure {
        Failure(format!("{}: {error}", path.display()))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Shows the command, runs it with this terminal, and waits for it.
///
/// # Errors
/// It could not be started, or it ended with another status than 0.
pub fn run(command: &mut Command) -> Result<(), Failure> {
    let words = words(command);
    println!("$ {words}");
    let status = command.stdin(Stdio::null()).status().map_err(|error| Failure(format!("could not start `{words}`: {error}")))?;
    if status.success() { Ok(()) } else { Err(Failure(format!("`{words}` failed ({status})"))) }
}

/// Runs a command quietly and gives what it wrote.
///
/// # Errors
/// It could not be started, or it ended with another status than 0: then with what it said.
pub fn output(command: &mut Command) -> Result<String, Failure> {
    let words = words(command);
    let output = command.stdin(Stdio::null()).output().map_err(|error| Failure(format!("could not start `{words}`: {error}")))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(Failure(format!("`{words}` failed ({}): {}", output.status, String::from_utf8_lossy(&output.stderr).trim())))
    }
}

/// True when a program of this name can be started.
pub fn is_installed(program: &str) -> bool {
    Command::new(program).arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
}

fn words(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str());
    std::iter::once(name).chain(command.get_args()).map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_fails_is_named_with_its_arguments() {
        let failure = output(Command::new("sh").args(["-c", "echo torn >&2; exit 3"])).unwrap_err().to_string();
        assert!(failure.contains("sh -c") && failure.contains("torn") && failure.contains('3'), "{failure}");
    }

    #[test]
    fn a_program_that_is_not_there_is_a_failure_and_not_a_panic() {
        assert!(run(&mut Command::new("no-such-program-anywhere")).is_err());
        assert!(!is_installed("no-such-program-anywhere"));
    }
}
