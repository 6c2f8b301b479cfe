//! Printers on the network, well and unwell.

use counterfoil_devices::{Asks, MAX_JOB_BYTES, Paper, PrintError, PrintFault, Printer, PrinterStatus, PrinterTarget, Timeouts};
use counterfoil_simulators::printer::{Manner, SimulatedPrinter, State};
use std::net::SocketAddr;
use std::time::Duration;

const JOB: &[u8] = b"\x1b@One receipt\n";
/// How long a job that is on its way may take on a slow machine; tests that pass don't wait for it.
const SOON: Duration = Duration::from_secs(20);

/// How long tests wait for what never comes.
const NEVER: Duration = Duration::from_millis(500);

fn printer_at(address: SocketAddr, write: Duration, answer: Duration) -> Box<dyn Printer> {
    let target = PrinterTarget::Tcp { host: address.ip().to_string(), port: address.port() };
    target.open(Asks::RealTime, Timeouts { connect: SOON, write, answer, slip: answer }).expect("a printer that takes bytes")
}

fn well(address: SocketAddr) -> Box<dyn Printer> {
    printer_at(address, SOON, SOON)
}

fn printed_by(manner: Manner) -> (SimulatedPrinter, Result<PrinterStatus, PrintError>) {
    let simulated = SimulatedPrinter::start(manner).expect("a free port");
    let write = if manner == Manner::StopsReading { NEVER } else { SOON };
    let answer = if manner == Manner::Silent { NEVER } else { SOON };
    let result = printer_at(simulated.address(), write, answer).print(JOB);
    (simulated, result)
}

/// What went wrong, and whether paper may have come out.
fn failure(manner: Manner) -> (PrintFault, bool) {
    let (_simulated, result) = printed_by(manner);
    let error = result.expect_err("a failure");
    (error.fault, error.handed_over)
}

#[test]
fn a_job_arrives_byte_for_byte_and_once() {
    let (simulated, result) = printed_by(Manner::Answers(State::Ready));
    assert!(result.is_ok(), "{result:?}");
    assert_eq!(simulated.next_job(SOON).as_deref(), Some(JOB));
    assert_eq!(simulated.next_job(Duration::ZERO), None);
}

#[test]
fn jobs_of_one_printer_come_one_after_the_other() {
    let simulated = SimulatedPrinter::start(Manner::Answers(State::PaperNearEnd)).expect("a free port");
    let mut printer = well(simulated.address());
    for job in [&b"first\n"[..], b"second\n", b"third\n"] {
        assert!(printer.print(job).is_ok(), "printed");
        assert_eq!(simulated.next_job(SOON).as_deref(), Some(job));
    }
}

#[test]
fn a_large_job_with_a_picture_arrives_whole() {
    let simulated = SimulatedPrinter::start(Manner::Answers(State::Ready)).expect("a free port");
    let job: Vec<u8> = (0..MAX_JOB_BYTES).map(|place| b'A' + u8::try_from(place % 23).expect("small")).collect();
    assert!(well(simulated.address()).print(&job).is_ok(), "printed");
    assert!(simulated.next_job(SOON).as_deref() == Some(&job[..]), "the job differs");
}

#[test]
fn a_clone_that_never_answers_prints() {
    let (simulated, result) = printed_by(Manner::Silent);
    assert!(result.is_ok(), "{result:?}");
    assert_eq!(simulated.next_job(SOON).as_deref(), Some(JOB));
}

#[test]
fn a_printer_that_cannot_print_says_why_and_is_handed_nothing() {
    for (state, fault) in [
        (State::CoverOpen, PrintFault::CoverOpen),
        (State::PaperOut, PrintFault::PaperOut),
        (State::Failed, PrintFault::PrinterError),
        (State::Offline, PrintFault::Offline),
    ] {
        assert_eq!(failure(Manner::Answers(state)), (fault, false), "{state:?}");
    }
}

#[test]
fn what_goes_wrong_during_the_job_leaves_in_doubt_whether_it_came_out() {
    assert_eq!(failure(Manner::ChangesDuringTheJob(State::PaperOut)), (PrintFault::PaperOut, true));
    assert_eq!(failure(Manner::ChangesDuringTheJob(State::CoverOpen)), (PrintFault::CoverOpen, true));
    assert_eq!(failure(Manner::DropsAfter(4)), (PrintFault::Dropped, true));
}

#[test]
fn a_printer_that_stops_reading_is_given_up() {
    assert_eq!(failure(Manner::StopsReading), (PrintFault::TimedOut, true));
}

#[test]
fn a_printer_that_accepts_and_never_reads_does_not_block_for_ever() {
    let simulated = SimulatedPrinter::start(Manner::NeverReads).expect("a free port");
    // More than the operating systems on both sides hold for it, so that it shows.
    let mut printer = printer_at(simulated.address(), NEVER, NEVER);
    let result = printer.print(&vec![b'x'; MAX_JOB_BYTES]);
    // Where they hold it all, nothing tells this printer from a silent clone: what counts is that the call returned.
    assert!(result.is_ok() || result.is_err_and(|error| error.fault == PrintFault::TimedOut && error.handed_over));
}

#[test]
fn where_no_printer_listens_nothing_was_printed() {
    let address = SimulatedPrinter::unreachable().expect("a free port");
    let error = well(address).print(JOB).expect_err("nobody there");
    assert_eq!((error.code(), error.handed_over), ("printer-unreachable", false));
    let error = well(address).status().expect_err("nobody there");
    assert_eq!(error.fault, PrintFault::Unreachable);
}

#[test]
fn a_printer_is_well_again_once_its_trouble_is_put_right() {
    let simulated = SimulatedPrinter::start(Manner::Answers(State::CoverOpen)).expect("a free port");
    let mut printer = well(simulated.address());
    assert_eq!(printer.status().expect("a status").fault(), Some(PrintFault::CoverOpen));
    assert!(printer.print(JOB).is_err());
    simulated.set_manner(Manner::Answers(State::PaperNearEnd));
    let status = printer.status().expect("a status");
    assert_eq!((status.fault(), status.paper, status.cover_open), (None, Paper::NearEnd, Some(false)));
    assert!(printer.print(JOB).is_ok(), "printed");
    assert_eq!(simulated.next_job(SOON).as_deref(), Some(JOB));
}

#[test]
fn an_error_says_nothing_of_what_was_to_be_printed() {
    let address = SimulatedPrinter::unreachable().expect("a free port");
    let error = well(address).print(b"501234566").expect_err("nobody there");
    assert!(!format!("{error} {error:?}").contains("501234566"));
}
