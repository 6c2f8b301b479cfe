//! `counterfoil.com`: Counterfoil in a Windows console.
//!
//! The program itself is one with a window, so that no console flashes up behind the counter. A console neither shows what such a
//! program says nor waits for its end. This one does both: it starts the `.exe` beside it, passes on what goes in and out, and ends
//! with its exit code. Somebody who types `counterfoil doctor` gets this one, because Windows looks for `.com` before `.exe`.

use std::io::{Read, Write};
use std::process::{Command, ExitCode, Stdio};
use std::thread;

fn main() -> ExitCode {
    match perform() {
        Ok(code) => code,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "counterfoil: {error}");
            ExitCode::FAILURE
        }
    }
}

fn perform() -> std::io::Result<ExitCode> {
    let program = std::env::current_exe()?.with_file_name("counterfoil.exe");
    let mut command = Command::new(program);
    command.args(std::env::args_os().skip(1)).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut running = command.spawn()?;
    if let Some(to) = running.stdin.take() {
        // Never waited for: the program may end while nothing more is typed.
        thread::spawn(move || pass_on(std::io::stdin(), to));
    }
    let out = running.stdout.take().map(|from| thread::spawn(move || pass_on(from, std::io::stdout())));
    let err = running.stderr.take().map(|from| thread::spawn(move || pass_on(from, std::io::stderr())));
    let status = running.wait()?;
    for passing in [out, err].into_iter().flatten() {
        let _ = passing.join();
    }
    Ok(status.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from))
}

/// Byte for byte and at once, until one of the two has gone away.
fn pass_on(mut from: impl Read, mut to: impl Write) {
    let mut buffer = [0; 8192];
    while let Ok(count) = from.read(&mut buffer) {
        if count == 0 || to.write_all(&buffer[..count]).and_then(|()| to.flush()).is_err() {
            break;
        }
    }
}
