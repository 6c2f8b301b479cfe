//! Lines on which everything goes as a test says.

use super::*;
use crate::Asks;
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
    let mut manners = Manners::new(Asks::RealTime, false);
    assert_eq!(print(&mut line, b"one", timeouts(), &mut manners), Ok(PrinterStatus::UNKNOWN));
    assert_eq!(print(&mut line, b"two", timeouts(), &mut manners), Ok(PrinterStatus::UNKNOWN));
    assert_eq!(line.written, b"\x10\x04\x01onetwo");
}

#[test]
fn a_printer_that_has_answered_before_and_is_silent_now_is_in_trouble_and_no_clone() {
    let mut line = Line { answers: vec![0x12; 6], ..Line::default() };
    let mut manners = Manners::new(Asks::RealTime, false);
    assert!(print(&mut line, b"one", timeouts(), &mut manners).is_ok());
    let error = print(&mut line, b"two", timeouts(), &mut manners).expect_err("silence");
    assert_eq!((error.fault, error.handed_over), (PrintFault::TimedOut, false));
}

#[test]
fn a_printer_on_a_wire_that_is_silent_is_off_and_so_is_one_that_tells_by_itself_what_changes() {
    for manners in [Manners::new(Asks::RealTime, true), Manners::new(Asks::Automatic, false)] {
        let (mut line, mut manners) = (Line::default(), manners);
        for _ in 0..3 {
            let error = print(&mut line, b"job", timeouts(), &mut manners).expect_err("silence");
            assert_eq!((error.fault, error.handed_over), (PrintFault::TimedOut, false));
        }
        assert_eq!(line.written, b"\x10\x04\x01".repeat(3));
    }
    let unasked = &mut Manners::new(Asks::Never, true);
    assert_eq!(print(&mut Line::default(), b"job", timeouts(), unasked), Ok(PrinterStatus::UNKNOWN));
}

#[test]
fn a_wire_that_does_not_take_a_question_has_a_printer_that_is_off_line() {
    let stuck = || Err(ErrorKind::TimedOut.into());
    let mut line = Line { takes: vec![stuck(), stuck()], ..Line::default() };
    let error = print(&mut line, b"job", timeouts(), &mut Manners::new(Asks::RealTime, true)).expect_err("off line");
    assert_eq!((error.fault, error.handed_over), (PrintFault::Offline, false));
    // On a network somebody else may have stopped it.
    line.takes = vec![stuck(), stuck()];
    let error = print(&mut line, b"job", timeouts(), &mut Manners::new(Asks::RealTime, false)).expect_err("stuck");
    assert_eq!((error.fault, error.handed_over), (PrintFault::TimedOut, false));
    for asks in [Asks::RealTime, Asks::Automatic] {
        line = Line { answers: vec![0x12, 0x12, 0x12], ..Line::default() };
        // Three questions, GS a, and the job.
        let before = if asks == Asks::Automatic { 5 } else { 4 };
        line.takes = (0..before).map(|_| Ok(3)).chain([stuck(), stuck()]).collect();
        let error = print(&mut line, b"job", timeouts(), &mut Manners::new(asks, true)).expect_err("off line");
        assert_eq!((error.fault, error.handed_over), (PrintFault::Offline, true), "{asks:?}");
    }
}

#[test]
fn a_port_that_says_it_took_nothing_is_waited_for_and_given_up_like_any_other() {
    let mut line = Line { takes: vec![Ok(0), Ok(1), Ok(0), Ok(2)], ..Line::default() };
    assert!(print(&mut line, b"job", timeouts(), &mut Manners::new(Asks::Never, true)).is_ok());
    assert_eq!(line.written, b"job");
    line.takes = vec![Ok(0), Ok(1), Ok(0), Ok(0), Ok(0)];
    let error = print(&mut line, b"job", timeouts(), &mut Manners::new(Asks::Never, true)).expect_err("stuck");
    assert_eq!((error.fault, error.handed_over, line.takes.len()), (PrintFault::TimedOut, true, 1));
}

#[test]
fn a_printer_that_says_it_cannot_is_handed_nothing() {
    let mut line = Line { answers: vec![0x1a, 0x16, 0x12], ..Line::default() };
    let error = print(&mut line, b"job", timeouts(), &mut Manners::new(Asks::RealTime, false)).expect_err("an open cover");
    assert_eq!((error.fault, error.handed_over), (PrintFault::CoverOpen, false));
    assert!(!line.written.ends_with(b"job"));
}

#[test]
fn paper_that_ends_during_the_job_may_have_come_out() {
    let mut line = Line { answers: vec![0x12, 0x12, 0x12, 0x1a, 0x32, 0x7e], ..Line::default() };
    let error = print(&mut line, b"job", timeouts(), &mut Manners::new(Asks::RealTime, false)).expect_err("no paper");
    assert_eq!((error.fault, error.handed_over), (PrintFault::PaperOut, true));
}

#[test]
fn a_printer_that_falls_silent_during_the_job_may_have_printed() {
    let mut line = Line { answers: vec![0x12, 0x12, 0x12], ..Line::default() };
    let error = print(&mut line, b"job", timeouts(), &mut Manners::new(Asks::RealTime, false)).expect_err("silence");
    assert_eq!((error.fault, error.handed_over), (PrintFault::TimedOut, true));
}

#[test]
fn an_answer_that_waits_for_the_job_to_arrive_is_waited_for() {
    let mut line = Line { answers: vec![0x12, 0x12, 0x12, LATE, 0x12, 0x12, 0x12], ..Line::default() };
    assert!(print(&mut line, b"job", timeouts(), &mut Manners::new(Asks::RealTime, false)).is_ok());
}

#[test]
fn a_printer_that_takes_nothing_is_given_up_after_the_time_allowed() {
    let stuck = || Err(ErrorKind::WouldBlock.into());
    let mut line = Line { takes: vec![stuck(), stuck(), stuck()], ..Line::default() };
    let error = print(&mut line, b"job", timeouts(), &mut Manners::new(Asks::Never, false)).expect_err("stuck");
    assert_eq!((error.fault, error.handed_over, line.takes.len()), (PrintFault::TimedOut, false, 1));
}

#[test]
fn bytes_taken_before_it_got_stuck_count_as_handed_over_and_progress_renews_the_patience() {
    let stuck = || Err(ErrorKind::WouldBlock.into());
    let mut line = Line { takes: vec![stuck(), Ok(1), stuck(), Ok(1), stuck(), stuck()], ..Line::default() };
    let error = print(&mut line, b"job", timeouts(), &mut Manners::new(Asks::Never, false)).expect_err("stuck");
    assert_eq!((error.fault, error.handed_over), (PrintFault::TimedOut, true));
    assert_eq!(line.written, b"jo");
}

#[test]
fn a_printer_that_says_when_it_is_done_is_waited_for_and_what_happens_meanwhile_is_heard() {
    let well = [0x12, 0x12, 0x12, 0x14, 0x00, 0x00, 0x0f, LATE, 0x03];
    let mut line = Line { answers: well.to_vec(), ..Line::default() };
    let status = print(&mut line, b"job", timeouts(), &mut Manners::new(Asks::Automatic, false)).expect("printed");
    assert_eq!((status.paper, status.drawer_high), (crate::Paper::NearEnd, Some(true)));
    assert!(line.written.ends_with(b"\x1da\x0fjob\x1dr\x01\x1da\x00"), "{:02x?}", line.written);
    // XOFF and XON may come between the bytes of what it tells.
    let held_up = [0x12, 0x12, 0x12, 0x14, 0x13, 0x00, 0x11, 0x00, 0x0f, 0x13, 0x11, 0x03];
    let mut line = Line { answers: held_up.to_vec(), ..Line::default() };
    assert_eq!(print(&mut line, b"job", timeouts(), &mut Manners::new(Asks::Automatic, true)), Ok(status));
    let paper_ends = [0x12, 0x12, 0x12, 0x10, 0x00, 0x00, 0x0f, 0x18, 0x00, 0x0c, 0x0f];
    let mut line = Line { answers: paper_ends.to_vec(), ..Line::default() };
    let error = print(&mut line, b"job", timeouts(), &mut Manners::new(Asks::Automatic, false)).expect_err("no paper");
    assert_eq!((error.fault, error.handed_over), (PrintFault::PaperOut, true));
}

#[test]
fn a_printer_that_says_it_is_done_and_hangs_up_has_printed() {
    // Three questions, GS a, the job and GS r are taken; then it is gone.
    let mut line = Line { answers: vec![0x12, 0x12, 0x12, 0x10, 0x00, 0x00, 0x0f, 0x00], ..Line::default() };
    line.takes = [3, 3, 3, 3, 3, 3].into_iter().map(Ok).chain([Err(ErrorKind::BrokenPipe.into())]).collect();
    let status = print(&mut line, b"job", timeouts(), &mut Manners::new(Asks::Automatic, false)).expect("printed");
    assert_eq!((status.paper, line.takes.len()), (crate::Paper::Enough, 0));
}

#[test]
fn a_printer_that_is_slow_to_take_a_question_is_waited_for_as_one_that_is_slow_to_take_a_job() {
    let slow = || Err(ErrorKind::WouldBlock.into());
    let mut line = Line { answers: vec![0x12; 6], ..Line::default() };
    line.takes = vec![slow(), Ok(3), slow(), Ok(1), Ok(2)];
    assert!(print(&mut line, b"job", timeouts(), &mut Manners::new(Asks::RealTime, false)).is_ok());
    assert!(line.written.starts_with(b"\x10\x04\x01\x10\x04\x02"), "{:02x?}", line.written);
}

#[test]
fn a_clone_that_only_answers_in_real_time_is_not_thought_to_have_died() {
    let mut line = Line { answers: vec![0x12, 0x12, 0x12, LATE, LATE, 0x12, 0x12, 0x12], ..Line::default() };
    let mut manners = Manners::new(Asks::Automatic, false);
    assert!(print(&mut line, b"job", timeouts(), &mut manners).is_ok());
    assert!(manners.answers() && !manners.confirms());
}

#[test]
fn a_slip_that_is_put_in_while_it_is_waited_for_is_printed_on_and_one_that_is_not_there_is_not() {
    let mut line = Line { answers: vec![0x12, 0x12, 0x12, 0x76, LATE, 0x36, LATE, 0x16], ..Line::default() };
    let manners = &mut Manners::new(Asks::RealTime, false);
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
    let status = status(&mut line, timeouts(), &mut Manners::new(Asks::RealTime, false)).expect("a status");
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
        wired: bool,
    ) {
        let take = |take| match take {
            0 => Err(ErrorKind::WouldBlock.into()),
            1 => Err(ErrorKind::Interrupted.into()),
            2 => Err(ErrorKind::BrokenPipe.into()),
            count => Ok(count - 3),
        };
        let mut line = Line { answers, takes: takes.into_iter().map(take).collect(), ..Line::default() };
        let mut manners = Manners::new([Asks::RealTime, Asks::Automatic, Asks::Never][asks], wired);
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
        print(&mut Line::default(), &vec![0; MAX_JOB_BYTES + 1], timeouts(), &mut Manners::new(Asks::Never, false)).expect_err("too large");
    assert_eq!((error.fault, error.handed_over), (PrintFault::JobTooLarge, false));
}
