//! What network and serial printers have in common: bytes in both directions, and questions about the status between.

use crate::manners::Manners;
use crate::status::{
    AUTOMATIC_OFF, AUTOMATIC_ON, IS_DONE, PrinterStatus, Question, SLIP_QUESTION, automatic, is_answer, is_told, paper_of_sensors,
    slip_lies,
};
use crate::{MAX_JOB_BYTES, PrintError, PrintFault, Timeouts};
use std::io::{self, ErrorKind, Read, Write};
use std::time::Duration;

/// Bytes handed to the operating system at a time.
const CHUNK: usize = 4096;
/// How long one read or write waits; both kinds of line are set to it. Attempts without progress add up to the time allowed.
pub(crate) const SLICE: Duration = Duration::from_millis(250);
/// Bytes read in search of one answer; a line that sends more is not a printer answering.
const MOST_UNASKED_BYTES: usize = 64;
/// Bytes that may come before the answer that a job is done: a printer says four of them whenever something about it changes.
const MOST_BYTES_BEFORE_DONE: usize = 256;

/// Something that went wrong on a line.
#[derive(Debug)]
pub(crate) struct Trouble {
    fault: PrintFault,
    error: io::Error,
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Trouble {
        let fault = if is_timeout(&error) { PrintFault::TimedOut } else { PrintFault::Dropped };
        Trouble { fault, error }
    }
}

impl Trouble {
    fn before(self) -> PrintError {
        PrintError::before(self.fault, self.error)
    }

    fn after(self) -> PrintError {
        PrintError::after(self.fault, self.error)
    }
}

/// Prints a job over an open line whose printer was asked and is well: hands the job over, asks again. What it said last is answered.
pub(crate) fn print<S: Read + Write>(
    line: &mut S,
    bytes: &[u8],
    timeouts: Timeouts,
    manners: &mut Manners,
) -> Result<PrinterStatus, PrintError> {
    if bytes.len() > MAX_JOB_BYTES {
        return Err(PrintError::before(PrintFault::JobTooLarge, bytes.len()));
    }
    if manners.confirms() {
        // Receipts say it again, after the reset that they begin with; what only opens the drawer resets nothing.
        question(line, &AUTOMATIC_ON, timeouts.write, manners).map_err(Trouble::before)?;
    }
    hand_over(line, bytes, timeouts.write)?;
    if !manners.answers() {
        return Ok(PrinterStatus::UNKNOWN);
    }
    let after = after(line, timeouts, manners).map_err(Trouble::after)?;
    let after = after.ok_or_else(|| PrintError::after(PrintFault::TimedOut, "answered before the job and no longer after it"))?;
    match after.fault() {
        Some(fault) => Err(PrintError::after(fault, "said so when asked after the job")),
        None => Ok(after),
    }
}

/// Asks a printer that is to print how it is: one that says that it can't is handed nothing.
pub(crate) fn is_well<S: Read + Write>(line: &mut S, timeouts: Timeouts, manners: &mut Manners) -> Result<(), PrintError> {
    manners.next_job();
    match status(line, timeouts, manners)?.fault() {
        Some(fault) => Err(PrintError::before(fault, "said so when asked before the job")),
        None => Ok(()),
    }
}

/// Waits until a slip lies in the printer's slip station. One that doesn't say is believed to wait for it by itself.
pub(crate) fn slip_lies_in<S: Read + Write>(line: &mut S, timeouts: Timeouts, manners: &Manners) -> Result<(), PrintError> {
    if !manners.answers() {
        return Ok(());
    }
    let mut waited = Duration::ZERO;
    loop {
        question(line, &SLIP_QUESTION, timeouts.write, manners).map_err(Trouble::before)?;
        match byte(line, timeouts.answer, is_answer).map_err(Trouble::before)? {
            Some(answer) if !slip_lies(answer) && waited >= timeouts.slip => {
                return Err(PrintError::before(PrintFault::SlipMissing, "said so when asked before the slip"));
            }
            Some(answer) if !slip_lies(answer) => {
                // Nothing is to come: the line is only listened to for as long as one reading lasts.
                byte(line, SLICE, |_| false).map_err(Trouble::before)?;
                waited += SLICE;
            }
            _ => return Ok(()),
        }
    }
}

/// How the printer is once it has the job; `None` when it is silent.
fn after<S: Read + Write>(line: &mut S, timeouts: Timeouts, manners: &mut Manners) -> Result<Option<PrinterStatus>, Trouble> {
    if manners.confirms() {
        let done = done(line, timeouts.write, manners)?;
        // What it said counts, whether it still hears this or not: with its next connection it is asked anew.
        let _ = send(line, &AUTOMATIC_OFF, timeouts.write);
        if done.is_some() {
            return Ok(done);
        }
        manners.did_not_confirm();
    }
    // A printer obeys this question at once, but receives in order: its answer shows that the job has arrived. It may take
    // as long as the job takes to arrive.
    ask(line, timeouts.write, timeouts.write, manners)
}

/// Waits until the printer has worked off everything before this question, or says that it can't; `None` when it stays silent, or says
/// all sorts of things and never that.
pub(crate) fn done<S: Read + Write>(line: &mut S, patience: Duration, manners: &Manners) -> Result<Option<PrinterStatus>, Trouble> {
    question(line, &IS_DONE, patience, manners)?;
    let mut status = None;
    let mut heard = Vec::with_capacity(4);
    for _ in 0..MOST_BYTES_BEFORE_DONE {
        let Some(byte) = byte(line, patience, is_told)? else { break };
        heard.push(byte);
        match heard[..] {
            [first] if first & 0b1001_0011 == 0b0001_0000 => {}
            // The answer to the question itself.
            [paper] if paper & 0b1001_0000 == 0 => {
                let mut known = status.unwrap_or(PrinterStatus { online: Some(true), ..PrinterStatus::UNKNOWN });
                known.paper = paper_of_sensors(paper);
                return Ok(Some(known));
            }
            [first, errors, paper, other] => {
                heard.clear();
                let said = automatic([first, errors, paper, other]);
                if said.is_some_and(|said| said.fault().is_some()) {
                    return Ok(said);
                }
                status = said.or(status);
            }
            [_] => heard.clear(),
            _ => {}
        }
    }
    Ok(None)
}

/// How the printer is. A clone that never answers is unknown, and isn't asked again for a while; silence of one that must answer is trouble.
pub(crate) fn status<S: Read + Write>(line: &mut S, timeouts: Timeouts, manners: &mut Manners) -> Result<PrinterStatus, PrintError> {
    if !manners.answers() {
        return Ok(PrinterStatus::UNKNOWN);
    }
    match ask(line, timeouts.write, manners.patience(timeouts), manners).map_err(Trouble::before)? {
        Some(status) => {
            manners.has_answered();
            Ok(status)
        }
        None if manners.must_answer() => Err(PrintError::before(PrintFault::TimedOut, "doesn't answer")),
        None => {
            manners.was_silent();
            Ok(PrinterStatus::UNKNOWN)
        }
    }
}

/// What the printer answers; `None` when it is silent. A clone that knows only the first question is believed as far as it goes.
fn ask<S: Read + Write>(line: &mut S, to_send: Duration, to_answer: Duration, manners: &Manners) -> Result<Option<PrinterStatus>, Trouble> {
    let mut status = None;
    for asked in Question::ALL {
        question(line, &asked.bytes(), to_send, manners)?;
        match byte(line, to_answer, is_answer)? {
            Some(byte) => asked.read(byte, status.get_or_insert(PrinterStatus::UNKNOWN)),
            None => break,
        }
    }
    Ok(status)
}

/// Sends a question. A wire that doesn't take it is stopped by its printer: most say busy there when they are off line, too.
fn question<S: Write>(line: &mut S, bytes: &[u8], patience: Duration, manners: &Manners) -> Result<(), Trouble> {
    send(line, bytes, patience).map_err(|Failed { error, .. }| match Trouble::from(error) {
        Trouble { fault: PrintFault::TimedOut, error } if manners.is_wired() => Trouble { fault: PrintFault::Offline, error },
        other => other,
    })
}

/// The next byte that can be an answer; `None` when none came in the time allowed.
fn byte<S: Read>(line: &mut S, patience: Duration, can_be: impl Fn(u8) -> bool) -> Result<Option<u8>, Trouble> {
    let mut byte = [0u8];
    let mut waited = Duration::ZERO;
    let mut unasked = 0;
    while waited < patience && unasked < MOST_UNASKED_BYTES {
        match line.read(&mut byte) {
            Ok(0) => return Err(io::Error::from(ErrorKind::UnexpectedEof).into()),
            Ok(_) if can_be(byte[0]) => return Ok(Some(byte[0])),
            Ok(_) => unasked += 1,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) if is_timeout(&error) => waited += SLICE,
            Err(error) => return Err(error.into()),
        }
    }
    Ok(None)
}

/// Hands every byte of a job over.
fn hand_over<S: Write>(line: &mut S, bytes: &[u8], patience: Duration) -> Result<(), PrintError> {
    send(line, bytes, patience).map_err(|Failed { sent, error }| match sent {
        0 => Trouble::from(error).before(),
        _ => Trouble::from(error).after(),
    })
}

/// Bytes that couldn't all be sent.
struct Failed {
    /// So many were.
    sent: usize,
    error: io::Error,
}

/// Sends every byte. Each write waits at most [`SLICE`]; writes that send nothing may add up to `patience`.
fn send<S: Write>(line: &mut S, bytes: &[u8], patience: Duration) -> Result<(), Failed> {
    let mut sent = 0;
    let mut waited = Duration::ZERO;
    while let Some(left) = bytes.get(sent..).filter(|left| !left.is_empty()) {
        let stuck = match line.write(&left[..left.len().min(CHUNK)]) {
            // How Windows says that a serial port took nothing in its time.
            Ok(0) => ErrorKind::TimedOut.into(),
            Ok(count) => {
                waited = Duration::ZERO;
                sent += count;
                continue;
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => error,
        };
        waited += SLICE;
        if !is_timeout(&stuck) || waited >= patience {
            return Err(Failed { sent, error: stuck });
        }
    }
    Ok(())
}

fn is_timeout(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::TimedOut | ErrorKind::WouldBlock)
}

#[cfg(test)]
mod tests;
