//! What network and serial printers have in common: bytes in both directions, and questions about the status between.

use crate::status::{
    AUTOMATIC_OFF, AUTOMATIC_ON, IS_DONE, PrinterStatus, Question, SLIP_QUESTION, automatic, is_answer, paper_of_sensors, slip_lies,
};
use crate::{Asks, MAX_JOB_BYTES, PrintError, PrintFault, Timeouts};
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

/// What is known of how a printer answers. One that was silent once isn't asked again, so that it costs the wait only once.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Manners {
    /// It answers `DLE EOT`, or may.
    pub answers: bool,
    /// It has answered.
    answered: bool,
    /// It says by itself when a job is done.
    pub confirms: bool,
}

impl Manners {
    /// Before anything is known.
    pub fn new(asks: Asks) -> Manners {
        Manners { answers: asks != Asks::Never, answered: false, confirms: asks == Asks::Automatic }
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
    if manners.confirms {
        send(line, &AUTOMATIC_ON, timeouts.write).map_err(|failed| PrintError::before(fault_of(&failed.error), failed.error))?;
    }
    hand_over(line, bytes, timeouts.write)?;
    if !manners.answers {
        return Ok(PrinterStatus::UNKNOWN);
    }
    let after = after(line, timeouts, manners).map_err(|error| PrintError::after(fault_of(&error), error))?;
    let after = after.ok_or_else(|| PrintError::after(PrintFault::TimedOut, "answered before the job and no longer after it"))?;
    match after.fault() {
        Some(fault) => Err(PrintError::after(fault, "said so when asked after the job")),
        None => Ok(after),
    }
}

/// Asks a printer that is to print how it is: one that says that it can't is handed nothing.
pub(crate) fn is_well<S: Read + Write>(line: &mut S, timeouts: Timeouts, manners: &mut Manners) -> Result<(), PrintError> {
    match status(line, timeouts, manners)?.fault() {
        Some(fault) => Err(PrintError::before(fault, "said so when asked before the job")),
        None => Ok(()),
    }
}

/// Waits until a slip lies in the printer's slip station. One that doesn't say is believed to wait for it by itself.
pub(crate) fn slip_lies_in<S: Read + Write>(line: &mut S, timeouts: Timeouts, manners: &Manners) -> Result<(), PrintError> {
    let broken = |error: io::Error| PrintError::before(fault_of(&error), error);
    if !manners.answers {
        return Ok(());
    }
    let mut waited = Duration::ZERO;
    loop {
        send(line, &SLIP_QUESTION, timeouts.write).map_err(|failed| broken(failed.error))?;
        match byte(line, timeouts.answer, is_answer).map_err(broken)? {
            Some(answer) if !slip_lies(answer) && waited >= timeouts.slip => {
                return Err(PrintError::before(PrintFault::SlipMissing, "said so when asked before the slip"));
            }
            Some(answer) if !slip_lies(answer) => {
                // Nothing is to come: the line is only listened to for as long as one reading lasts.
                byte(line, SLICE, |_| false).map_err(broken)?;
                waited += SLICE;
            }
            _ => return Ok(()),
        }
    }
}

/// How the printer is once it has the job; `None` when it is silent.
fn after<S: Read + Write>(line: &mut S, timeouts: Timeouts, manners: &mut Manners) -> io::Result<Option<PrinterStatus>> {
    if manners.confirms {
        let done = done(line, timeouts.write)?;
        // What it said counts, whether it still hears this or not: with its next connection it is asked anew.
        let _ = send(line, &AUTOMATIC_OFF, timeouts.write);
        if done.is_some() {
            return Ok(done);
        }
        // Many that answer in real time don't know the other commands.
        manners.confirms = false;
    }
    // A printer obeys this question at once, but receives in order: its answer shows that the job has arrived. It may take
    // as long as the job takes to arrive.
    ask(line, timeouts.write, timeouts.write)
}

/// Waits until the printer has worked off everything before this question, or says that it can't; `None` when it stays silent, or says
/// all sorts of things and never that.
pub(crate) fn done<S: Read + Write>(line: &mut S, patience: Duration) -> io::Result<Option<PrinterStatus>> {
    send(line, &IS_DONE, patience)?;
    let mut status = None;
    let mut heard = Vec::with_capacity(4);
    for _ in 0..MOST_BYTES_BEFORE_DONE {
        let Some(byte) = byte(line, patience, |byte| byte & 0b1000_0000 == 0)? else { break };
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

/// How the printer is. One that never answers is unknown, and isn't asked again; one that has answered before is in trouble.
pub(crate) fn status<S: Read + Write>(line: &mut S, timeouts: Timeouts, manners: &mut Manners) -> Result<PrinterStatus, PrintError> {
    if !manners.answers {
        return Ok(PrinterStatus::UNKNOWN);
    }
    let patience = if manners.answered { timeouts.write } else { timeouts.answer };
    match ask(line, timeouts.write, patience).map_err(|error| PrintError::before(fault_of(&error), error))? {
        Some(status) => {
            manners.answered = true;
            Ok(status)
        }
        None if manners.answered => Err(PrintError::before(PrintFault::TimedOut, "has answered before, and doesn't now")),
        None => {
            *manners = Manners::new(Asks::Never);
            Ok(PrinterStatus::UNKNOWN)
        }
    }
}

/// What the printer answers; `None` when it is silent. A clone that knows only the first question is believed as far as it goes.
fn ask<S: Read + Write>(line: &mut S, to_send: Duration, to_answer: Duration) -> io::Result<Option<PrinterStatus>> {
    let mut status = None;
    for question in Question::ALL {
        send(line, &question.bytes(), to_send)?;
        match byte(line, to_answer, is_answer)? {
            Some(byte) => question.read(byte, status.get_or_insert(PrinterStatus::UNKNOWN)),
            None => break,
        }
    }
    Ok(status)
}

/// The next byte that can be an answer; `None` when none came in the time allowed.
fn byte<S: Read>(line: &mut S, patience: Duration, can_be: impl Fn(u8) -> bool) -> io::Result<Option<u8>> {
    let mut byte = [0u8];
    let mut waited = Duration::ZERO;
    let mut unasked = 0;
    while waited < patience && unasked < MOST_UNASKED_BYTES {
        match line.read(&mut byte) {
            Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
            Ok(_) if can_be(byte[0]) => return Ok(Some(byte[0])),
            Ok(_) => unasked += 1,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) if is_timeout(&error) => waited += SLICE,
            Err(error) => return Err(error),
        }
    }
    Ok(None)
}

/// Hands every byte of a job over.
fn hand_over<S: Write>(line: &mut S, bytes: &[u8], patience: Duration) -> Result<(), PrintError> {
    send(line, bytes, patience).map_err(|Failed { sent, error }| PrintError {
        fault: fault_of(&error),
        handed_over: sent > 0,
        detail: error.to_string(),
    })
}

/// Bytes that couldn't all be sent.
struct Failed {
    /// So many were.
    sent: usize,
    error: io::Error,
}

impl From<Failed> for io::Error {
    fn from(failed: Failed) -> io::Error {
        failed.error
    }
}

/// Sends every byte. Each write waits at most [`SLICE`]; writes that send nothing may add up to `patience`.
fn send<S: Write>(line: &mut S, bytes: &[u8], patience: Duration) -> Result<(), Failed> {
    let mut sent = 0;
    let mut waited = Duration::ZERO;
    while let Some(left) = bytes.get(sent..).filter(|left| !left.is_empty()) {
        match line.write(&left[..left.len().min(CHUNK)]) {
            Ok(0) => return Err(Failed { sent, error: ErrorKind::WriteZero.into() }),
            Ok(count) => {
                waited = Duration::ZERO;
                sent += count;
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) if is_timeout(&error) && waited + SLICE < patience => waited += SLICE,
            Err(error) => return Err(Failed { sent, error }),
        }
    }
    Ok(())
}

fn is_timeout(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::TimedOut | ErrorKind::WouldBlock)
}

fn fault_of(error: &io::Error) -> PrintFault {
    if is_timeout(error) { PrintFault::TimedOut } else { PrintFault::Dropped }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Stands in a line's answers for a read that waits in vain.
    const LATE: u8 = 0xff;

    /// A line on which everything goes as its lists say.
    #[derive(Default)]
    struct Line {
        takes: Vec<io::Result<usize>>,
        answers: Vec<u8>,
        written: Vec<u8>,
    }

    impl Write for Line {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let count = if self.takes.is_empty() { bytes.len() } else { self.takes.remove(0)?.min(bytes.len()) };
            self.written.extend_from_slice(&bytes[..count]);
            Ok(count)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl Read for Line {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if self.answers.is_empty() {
                return Err(ErrorKind::WouldBlock.into());
            }
            match self.answers.remove(0) {
                LATE => Err(ErrorKind::WouldBlock.into()),
                byte => {
                    buffer[0] = byte;
                    Ok(1)
                }
            }
        }
    }

    /// As printers do it: asks, and prints.
    fn print(line: &mut Line, bytes: &[u8], timeouts: Timeouts, manners: &mut Manners) -> Result<PrinterStatus, PrintError> {
        is_well(line, timeouts, manners)?;
        super::print(line, bytes, timeouts, manners)
    }

    fn timeouts() -> Timeouts {
        Timeouts { write: SLICE * 2, slip: SLICE * 2, ..Timeouts::default() }
    }

    #[test]
    fn a_clone_that_never_answers_prints_all_the_same_and_is_asked_only_once() {
        let mut line = Line::default();
        let mut manners = Manners::new(Asks::RealTime);
        assert_eq!(print(&mut line, b"one", timeouts(), &mut manners), Ok(PrinterStatus::UNKNOWN));
        assert_eq!(print(&mut line, b"two", timeouts(), &mut manners), Ok(PrinterStatus::UNKNOWN));
        assert_eq!(line.written, b"\x10\x04\x01onetwo");
    }

    #[test]
    fn a_printer_that_has_answered_before_and_is_silent_now_is_in_trouble_and_no_clone() {
        let mut line = Line { answers: vec![0x12; 6], ..Line::default() };
        let mut manners = Manners::new(Asks::RealTime);
        assert!(print(&mut line, b"one", timeouts(), &mut manners).is_ok());
        let error = print(&mut line, b"two", timeouts(), &mut manners).expect_err("silence");
        assert_eq!((error.fault, error.handed_over), (PrintFault::TimedOut, false));
    }

    #[test]
    fn a_printer_that_says_it_cannot_is_handed_nothing() {
        let mut line = Line { answers: vec![0x1a, 0x16, 0x12], ..Line::default() };
        let error = print(&mut line, b"job", timeouts(), &mut Manners::new(Asks::RealTime)).expect_err("an open cover");
        assert_eq!((error.fault, error.handed_over), (PrintFault::CoverOpen, false));
        assert!(!line.written.ends_with(b"job"));
    }

    #[test]
    fn paper_that_ends_during_the_job_may_have_come_out() {
        let mut line = Line { answers: vec![0x12, 0x12, 0x12, 0x1a, 0x32, 0x7e], ..Line::default() };
        let error = print(&mut line, b"job", timeouts(), &mut Manners::new(Asks::RealTime)).expect_err("no paper");
        assert_eq!((error.fault, error.handed_over), (PrintFault::PaperOut, true));
    }

    #[test]
    fn a_printer_that_falls_silent_during_the_job_may_have_printed() {
        let mut line = Line { answers: vec![0x12, 0x12, 0x12], ..Line::default() };
        let error = print(&mut line, b"job", timeouts(), &mut Manners::new(Asks::RealTime)).expect_err("silence");
        assert_eq!((error.fault, error.handed_over), (PrintFault::TimedOut, true));
    }

    #[test]
    fn an_answer_that_waits_for_the_job_to_arrive_is_waited_for() {
        let mut line = Line { answers: vec![0x12, 0x12, 0x12, LATE, 0x12, 0x12, 0x12], ..Line::default() };
        assert!(print(&mut line, b"job", timeouts(), &mut Manners::new(Asks::RealTime)).is_ok());
    }

    #[test]
    fn a_printer_that_takes_nothing_is_given_up_after_the_time_allowed() {
        let stuck = || Err(ErrorKind::WouldBlock.into());
        let mut line = Line { takes: vec![stuck(), stuck(), stuck()], ..Line::default() };
        let error = print(&mut line, b"job", timeouts(), &mut Manners::new(Asks::Never)).expect_err("stuck");
        assert_eq!((error.fault, error.handed_over, line.takes.len()), (PrintFault::TimedOut, false, 1));
    }

    #[test]
    fn bytes_taken_before_it_got_stuck_count_as_handed_over_and_progress_renews_the_patience() {
        let stuck = || Err(ErrorKind::WouldBlock.into());
        let mut line = Line { takes: vec![stuck(), Ok(1), stuck(), Ok(1), stuck(), stuck()], ..Line::default() };
        let error = print(&mut line, b"job", timeouts(), &mut Manners::new(Asks::Never)).expect_err("stuck");
        assert_eq!((error.fault, error.handed_over), (PrintFault::TimedOut, true));
        assert_eq!(line.written, b"jo");
    }

    #[test]
    fn a_printer_that_says_when_it_is_done_is_waited_for_and_what_happens_meanwhile_is_heard() {
        let well = [0x12, 0x12, 0x12, 0x14, 0x00, 0x00, 0x0f, LATE, 0x03];
        let mut line = Line { answers: well.to_vec(), ..Line::default() };
        let status = print(&mut line, b"job", timeouts(), &mut Manners::new(Asks::Automatic)).expect("printed");
        assert_eq!((status.paper, status.drawer_high), (crate::Paper::NearEnd, Some(true)));
        assert!(line.written.ends_with(b"\x1da\x0fjob\x1dr\x01\x1da\x00"), "{:02x?}", line.written);
        let paper_ends = [0x12, 0x12, 0x12, 0x10, 0x00, 0x00, 0x0f, 0x18, 0x00, 0x0c, 0x0f];
        let mut line = Line { answers: paper_ends.to_vec(), ..Line::default() };
        let error = print(&mut line, b"job", timeouts(), &mut Manners::new(Asks::Automatic)).expect_err("no paper");
        assert_eq!((error.fault, error.handed_over), (PrintFault::PaperOut, true));
    }

    #[test]
    fn a_printer_that_says_it_is_done_and_hangs_up_has_printed() {
        // Three questions, GS a, the job and GS r are taken; then it is gone.
        let mut line = Line { answers: vec![0x12, 0x12, 0x12, 0x10, 0x00, 0x00, 0x0f, 0x00], ..Line::default() };
        line.takes = [3, 3, 3, 3, 3, 3].into_iter().map(Ok).chain([Err(ErrorKind::BrokenPipe.into())]).collect();
        let status = print(&mut line, b"job", timeouts(), &mut Manners::new(Asks::Automatic)).expect("printed");
        assert_eq!((status.paper, line.takes.len()), (crate::Paper::Enough, 0));
    }

    #[test]
    fn a_printer_that_is_slow_to_take_a_question_is_waited_for_as_one_that_is_slow_to_take_a_job() {
        let slow = || Err(ErrorKind::WouldBlock.into());
        let mut line = Line { answers: vec![0x12; 6], ..Line::default() };
        line.takes = vec![slow(), Ok(3), slow(), Ok(1), Ok(2)];
        assert!(print(&mut line, b"job", timeouts(), &mut Manners::new(Asks::RealTime)).is_ok());
        assert!(line.written.starts_with(b"\x10\x04\x01\x10\x04\x02"), "{:02x?}", line.written);
    }

    #[test]
    fn a_clone_that_only_answers_in_real_time_is_not_thought_to_have_died() {
        let mut line = Line { answers: vec![0x12, 0x12, 0x12, LATE, LATE, 0x12, 0x12, 0x12], ..Line::default() };
        let mut manners = Manners::new(Asks::Automatic);
        assert!(print(&mut line, b"job", timeouts(), &mut manners).is_ok());
        assert!(manners.answers && !manners.confirms);
    }

    #[test]
    fn a_slip_that_is_put_in_while_it_is_waited_for_is_printed_on_and_one_that_is_not_there_is_not() {
        let mut line = Line { answers: vec![0x12, 0x12, 0x12, 0x76, LATE, 0x36, LATE, 0x16], ..Line::default() };
        let manners = &mut Manners::new(Asks::RealTime);
        assert_eq!(is_well(&mut line, timeouts(), manners).and_then(|()| slip_lies_in(&mut line, timeouts(), manners)), Ok(()));
        line.answers = vec![0x76, LATE, 0x76, LATE, 0x76];
        let error = slip_lies_in(&mut line, timeouts(), manners).expect_err("no slip");
        assert_eq!((error.fault, error.handed_over), (PrintFault::SlipMissing, false));
        // A printer that doesn't know the question waits for the slip by itself.
        line.answers = Vec::new();
        assert_eq!(slip_lies_in(&mut line, timeouts(), manners), Ok(()));
    }

    #[test]
    fn other_bytes_before_an_answer_are_passed_over() {
        let mut line = Line { answers: vec![0x11, 0x00, 0x12, 0x12, 0x11, 0x1e], ..Line::default() };
        let status = status(&mut line, timeouts(), &mut Manners::new(Asks::RealTime)).expect("a status");
        assert_eq!((status.online, status.paper), (Some(true), crate::Paper::NearEnd));
    }

    proptest! {
        /// Whatever a line takes and a printer says, a job comes to its end, and one of which anything went is never called not handed over.
        #[test]
        fn fuzz_whatever_a_printer_says_a_job_ends_and_what_went_counts_as_handed_over(
            answers in proptest::collection::vec(any::<u8>(), 0..48),
            takes in proptest::collection::vec(0..8usize, 0..24),
            asks in 0..3usize,
            slip: bool,
        ) {
            let take = |take| match take {
                0 => Err(ErrorKind::WouldBlock.into()),
                1 => Err(ErrorKind::Interrupted.into()),
                2 => Err(ErrorKind::BrokenPipe.into()),
                count => Ok(count - 3),
            };
            let mut line = Line { answers, takes: takes.into_iter().map(take).collect(), ..Line::default() };
            let mut manners = Manners::new([Asks::RealTime, Asks::Automatic, Asks::Never][asks]);
            let begun = is_well(&mut line, timeouts(), &mut manners)
                .and_then(|()| if slip { slip_lies_in(&mut line, timeouts(), &manners) } else { Ok(()) });
            let printed = begun.and_then(|()| super::print(&mut line, &[0xf0; 9], timeouts(), &mut manners));
            let went = line.written.contains(&0xf0);
            match printed {
                Ok(_) => prop_assert_eq!(line.written.iter().filter(|byte| **byte == 0xf0).count(), 9),
                Err(error) => prop_assert_eq!(error.handed_over, went, "{}", error),
            }
        }
    }

    #[test]
    fn an_absurdly_large_job_is_refused() {
        let error =
            print(&mut Line::default(), &vec![0; MAX_JOB_BYTES + 1], timeouts(), &mut Manners::new(Asks::Never)).expect_err("too large");
        assert_eq!((error.fault, error.handed_over), (PrintFault::JobTooLarge, false));
    }
}
