//! `counterfoil.com`: Counterfoil in a Windows console.
//!
//! The program itself is one with a window, so that no console flashes up behind the counter. A console neither shows what such a
//! program says nor waits for its end. This one does both: it starts the `.exe` beside it, passes on what goes in and out, and ends
//! with its exit code. If this one is ended, by Ctrl+C or by a script that has waited long enough, the other one ends with it, and doesn't
//! go on unseen with the till in its hands. Somebody who types `counterfoil doctor` gets this one, because Windows looks for `.com` before `.exe`.

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
    #[cfg(windows)]
    let _bound = bound_to_this(&running);
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

/// Ends the other program when what is answered is let go, which Windows sees to however this one ends. Where it refuses that, both work as
/// they would without it.
#[cfg(windows)]
fn bound_to_this(running: &std::process::Child) -> Option<win32job::Job> {
    use std::os::windows::io::AsRawHandle;
    let job = win32job::Job::create_with_limit_info(win32job::ExtendedLimitInfo::new().limit_kill_on_job_close()).ok()?;
    job.assign_process(running.as_raw_handle().addr().cast_signed()).ok()?;
    Some(job)
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
