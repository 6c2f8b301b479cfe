//! One printer through all that happens to a printer, on the network and on a serial wire between two ports that socat makes.

use counterfoil_devices::{Asks, FlowControl, Paper, PrintError, PrintFault, PrinterStatus, PrinterTarget, Timeouts};
use counterfoil_simulators::printer::{Manner, SimulatedPrinter, State};
use counterfoil_simulators::wire::Wire;
use std::time::Duration;

/// How long what comes may take on a slow machine; tests that pass don't wait for it.
const SOON: Duration = Duration::from_secs(20);
/// How long is waited for what never comes.
const NEVER: Duration = Duration::from_millis(500);

/// A job as long as a receipt with a picture, whose end is its cut.
fn job(number: u8) -> Vec<u8> {
    let mut job = format!("\x1b@Receipt {number}\n").into_bytes();
    job.extend([0x1d, b'v', b'0', 0, 72, 0, 32, 0]);
    // What looks like a command in a picture is none.
    job.extend([0x1d, b'r', 1, 0x1d, b'a', 15].into_iter().cycle().take(72 * 32));
    job.extend([0x1d, b'V', 66, 0]);
    job
}

/// The same as it is sent: a printer that tells by itself is told to after the reset.
fn sent(job: &[u8], asks: Asks) -> Vec<u8> {
    let (reset, rest) = job.split_at(2);
    let told: &[u8] = if asks == Asks::Automatic { b"\x1da\x0f" } else { b"" };
    [reset, told, rest].concat()
}

/// A printer, and how it is reached.
struct Line {
    printer: SimulatedPrinter,
    target: PrinterTarget,
    asks: Asks,
    _wire: Option<(tempfile::TempDir, Wire)>,
}

impl Line {
    fn network(asks: Asks) -> Line {
        let printer = SimulatedPrinter::start(Manner::Answers(State::Ready)).expect("a free port");
        let (host, port) = (printer.address().ip().to_string(), printer.address().port());
        Line { printer, target: PrinterTarget::Tcp { host, port }, asks, _wire: None }
    }

    fn serial(asks: Asks) -> Line {
        let folder = tempfile::tempdir().expect("a folder");
        let wire = Wire::plugged_in(folder.path(), ["printer", "till"]).expect("socat, which the tests need");
        let printer = SimulatedPrinter::on_serial(wire.end(0), Manner::Answers(State::Ready)).expect("a port");
        let path = wire.end(1).display().to_string();
        Line { printer, target: PrinterTarget::Serial { path, baud: 38_400, flow: FlowControl::None }, asks, _wire: Some((folder, wire)) }
    }

    fn all() -> impl Iterator<Item = Line> {
        [Asks::RealTime, Asks::Automatic].into_iter().flat_map(|asks| [Line::network(asks), Line::serial(asks)])
    }

    fn name(&self) -> String {
        format!("{:?} {:?}", self.target, self.asks)
    }

    /// As the till has it: a printer that was in trouble is opened anew.
    fn prints(&self, bytes: &[u8], write: Duration) -> Result<PrinterStatus, PrintError> {
        self.target
            .open(self.asks, Timeouts { connect: SOON, write, answer: SOON, slip: NEVER })
            .expect("a printer")
            .print(&sent(bytes, self.asks))
    }

    /// Prints, while the printer is so; what went wrong and whether paper may have come out.
    fn fails(&self, manner: Manner, write: Duration) -> (PrintFault, bool) {
        self.printer.set_manner(manner);
        let error = self.prints(&job(0), write).expect_err("a failure");
        (error.fault, error.handed_over)
    }

    /// It is put right, prints one job, and that job comes out whole, whatever came of the one before.
    fn is_well_again(&self, number: u8) {
        self.printer.set_manner(Manner::Answers(State::PaperNearEnd));
        let status = self.prints(&job(number), SOON).unwrap_or_else(|error| panic!("{}: {error}", self.name()));
        assert_eq!((status.paper, status.online), (Paper::NearEnd, Some(true)), "{}", self.name());
        while let Some(came) = self.printer.next_job(SOON) {
            if came == job(number) {
                return;
            }
            assert!(came.len() <= job(0).len(), "{}: two jobs ran together", self.name());
        }
        panic!("{}: the job never came out", self.name());
    }
}

#[test]
fn jobs_come_out_whole_and_once_and_how_the_printer_is_is_known() {
    for line in Line::all() {
        for number in 1..4 {
            let status = line.prints(&job(number), SOON).unwrap_or_else(|error| panic!("{}: {error}", line.name()));
            assert_eq!((status.fault(), status.paper, status.drawer_high), (None, Paper::Enough, Some(false)), "{}", line.name());
            assert!(line.printer.next_job(SOON) == Some(job(number)), "{}: job {number} differs", line.name());
        }
        assert_eq!(line.printer.next_job(Duration::ZERO), None, "{}", line.name());
    }
}

#[test]
fn a_printer_in_trouble_is_handed_nothing_and_prints_once_it_is_put_right() {
    let troubles = [
        (State::PaperOut, PrintFault::PaperOut),
        (State::CoverOpen, PrintFault::CoverOpen),
        (State::Failed, PrintFault::PrinterError),
        (State::Offline, PrintFault::Offline),
    ];
    for line in Line::all() {
        for (number, (state, fault)) in (1..).zip(troubles) {
            assert_eq!(line.fails(Manner::Answers(state), SOON), (fault, false), "{}", line.name());
            line.is_well_again(number);
        }
    }
}

#[test]
fn what_happens_during_a_job_leaves_it_in_doubt_and_keeps_nothing_from_the_next() {
    for line in Line::all() {
        for (number, (state, fault)) in (1..).zip([(State::PaperOut, PrintFault::PaperOut), (State::CoverOpen, PrintFault::CoverOpen)]) {
            assert_eq!(line.fails(Manner::ChangesDuringTheJob(state), SOON), (fault, true), "{}", line.name());
            line.is_well_again(number);
        }
    }
}

#[test]
fn a_printer_that_is_switched_off_in_the_middle_of_a_job_leaves_it_in_doubt() {
    for line in Line::all() {
        let (fault, handed_over) = line.fails(Manner::DropsAfter(100), NEVER);
        // A wire has nobody who hangs up.
        let wired = matches!(line.target, PrinterTarget::Serial { .. });
        let wanted = if wired { PrintFault::TimedOut } else { PrintFault::Dropped };
        assert_eq!((fault, handed_over), (wanted, true), "{}", line.name());
        line.is_well_again(1);
    }
}

#[test]
fn a_printer_that_stalls_is_given_up_in_time() {
    for line in Line::all() {
        assert_eq!(line.fails(Manner::StopsReading, NEVER), (PrintFault::TimedOut, true), "{}", line.name());
    }
}
