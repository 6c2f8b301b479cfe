//! A printer on the network, on 127.0.0.1, or on a serial port, that prints into memory and can be told to misbehave.
//!
//! Source of what it answers: Epson's ESC/POS command reference, `DLE EOT`, `GS a` and `GS r`.

mod intake;

use intake::Intake;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// How often a quiet connection looks whether the printer was switched off.
const LOOK_UP: Duration = Duration::from_millis(50);

/// What the printer says when it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// All is well.
    Ready,
    /// All is well, and the roll is nearly at its end.
    PaperNearEnd,
    /// Its cover is open.
    CoverOpen,
    /// It has no paper.
    PaperOut,
    /// Its cutter is stuck.
    Failed,
    /// Somebody switched it off line.
    Offline,
}

/// What the printer does with those who connect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// Prints, answers when asked, and tells by itself when it is told to.
    Answers(State),
    /// Prints, answers when asked, and knows nothing of telling by itself: the better clones.
    AnswersInRealTime(State),
    /// Prints, and never answers: many clones.
    Silent,
    /// Answers as ready, then changes to this state once it has taken part of a job.
    ChangesDuringTheJob(State),
    /// Takes so many bytes of a job, then drops the connection; on a serial port, which has none, it takes and says nothing more.
    DropsAfter(usize),
    /// Takes so many bytes of a job, then its cable is pulled while it stays on: whatever comes next goes on where that stopped, in the
    /// middle of a picture for instance.
    UnpluggedAfter(usize),
    /// Answers the first questions, then reads nothing more and keeps the connection.
    StopsReading,
    /// Accepts and never reads anything.
    NeverReads,
}

/// A running printer. It is switched off when dropped.
#[derive(Debug)]
pub struct SimulatedPrinter {
    address: Option<SocketAddr>,
    manner: Arc<Mutex<Manner>>,
    off: Arc<AtomicBool>,
    questions: Arc<AtomicUsize>,
    slip: Arc<AtomicBool>,
    jobs: Receiver<Vec<u8>>,
    thread: Option<JoinHandle<()>>,
}

impl SimulatedPrinter {
    /// Switches a printer on, on a free port of 127.0.0.1.
    ///
    /// # Errors
    /// When no port can be had.
    pub fn start(manner: Manner) -> io::Result<SimulatedPrinter> {
        SimulatedPrinter::start_at(SocketAddr::from(([127, 0, 0, 1], 0)), manner)
    }

    /// Switches a printer on where one was before.
    ///
    /// # Errors
    /// When something else listens there.
    pub fn start_at(address: SocketAddr, manner: Manner) -> io::Result<SimulatedPrinter> {
        let listener = TcpListener::bind(address)?;
        SimulatedPrinter::run(Some(listener.local_addr()?), manner, move |works| works.serve(&listener))
    }

    /// Switches a printer on at the far end of a serial wire. A job ends with its cut there: nothing else tells its end.
    ///
    /// # Errors
    /// When the port can't be opened.
    pub fn on_serial(port: &Path, manner: Manner) -> io::Result<SimulatedPrinter> {
        let mut line = serialport::new(port.to_string_lossy(), 38_400).timeout(LOOK_UP).open()?;
        SimulatedPrinter::run(None, manner, move |works| works.serve_wire(&mut line))
    }

    fn run(address: Option<SocketAddr>, manner: Manner, serve: impl FnOnce(&Works) + Send + 'static) -> io::Result<SimulatedPrinter> {
        let (sender, jobs) = channel();
        let manner = Arc::new(Mutex::new(manner));
        let (off, questions, slip) = (Arc::default(), Arc::default(), Arc::default());
        let works = Works { manner: manner.clone(), off, questions, slip, command: Mutex::default(), jobs: sender };
        let (off, questions, slip) = (works.off.clone(), works.questions.clone(), works.slip.clone());
        let thread = std::thread::Builder::new().name("simulated printer".to_owned()).spawn(move || serve(&works))?;
        Ok(SimulatedPrinter { address, manner, off, questions, slip, jobs, thread: Some(thread) })
    }

    /// An address of 127.0.0.1 at which nothing listens.
    ///
    /// # Errors
    /// When no port can be had.
    pub fn unreachable() -> io::Result<SocketAddr> {
        TcpListener::bind(("127.0.0.1", 0))?.local_addr()
    }

    /// Where it listens; port 0 of nowhere for one on a serial port.
    pub fn address(&self) -> SocketAddr {
        self.address.unwrap_or_else(|| SocketAddr::from(([0, 0, 0, 0], 0)))
    }

    /// Changes what it does from the next connection on; on a serial port from now on.
    pub fn set_manner(&self, manner: Manner) {
        *self.manner.lock().unwrap_or_else(PoisonError::into_inner) = manner;
    }

    /// Puts a slip into its slip station. It is put out again once it is printed on.
    pub fn put_slip(&self) {
        self.slip.store(true, Ordering::SeqCst);
    }

    /// How often it was asked how it is, on connections whose job has come.
    pub fn questions(&self) -> usize {
        self.questions.load(Ordering::SeqCst)
    }

    /// The next job that came, without questions about the status; `None` when none came in time. A connection on which
    /// nothing but questions came is no job.
    pub fn next_job(&self, timeout: Duration) -> Option<Vec<u8>> {
        self.jobs.recv_timeout(timeout).ok()
    }
}

impl Drop for SimulatedPrinter {
    fn drop(&mut self) {
        self.off.store(true, Ordering::SeqCst);
        // Wakes the listener.
        if let Some(address) = self.address {
            let _ = TcpStream::connect(address);
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// What the printer's thread has.
struct Works {
    manner: Arc<Mutex<Manner>>,
    off: Arc<AtomicBool>,
    questions: Arc<AtomicUsize>,
    /// Does a slip lie in its slip station?
    slip: Arc<AtomicBool>,
    /// The beginning of a command whose end went astray.
    command: Mutex<Vec<u8>>,
    jobs: Sender<Vec<u8>>,
}

impl Works {
    fn serve(&self, listener: &TcpListener) {
        // Connections that are kept and never read again.
        let mut kept = Vec::new();
        for line in listener.incoming() {
            if self.is_off() {
                return;
            }
            let Ok(mut line) = line else { continue };
            let job = self.intake();
            let manner = job.manner();
            let job = self.attend(&mut line, job).unwrap_or_default();
            if matches!(manner, Manner::NeverReads | Manner::StopsReading) {
                kept.push(line);
            }
            if !job.is_empty() && self.jobs.send(job).is_err() {
                return;
            }
        }
    }

    fn is_off(&self) -> bool {
        self.off.load(Ordering::SeqCst)
    }

    fn manner(&self) -> Manner {
        *self.manner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ready for what comes next.
    fn intake(&self) -> Intake {
        let command = std::mem::take(&mut *self.command.lock().unwrap_or_else(PoisonError::into_inner));
        Intake::new(self.manner(), self.slip.clone(), command)
    }

    /// What came of a job.
    fn finish(&self, mut job: Intake) -> Vec<u8> {
        *self.command.lock().unwrap_or_else(PoisonError::into_inner) = job.begun_command();
        job.finished()
    }

    /// Takes one job to its end: what of it arrived, without the questions.
    fn attend(&self, line: &mut TcpStream, mut job: Intake) -> io::Result<Vec<u8>> {
        line.set_read_timeout(Some(LOOK_UP))?;
        line.set_nodelay(true)?;
        while !self.is_off() && !job.is_over() {
            match hear(line) {
                Ok(Some(bytes)) if bytes.is_empty() => break,
                Ok(Some(bytes)) => line.write_all(&job.take(&bytes))?,
                Ok(None) => {}
                // A broken connection ends the job; what came before was printed.
                Err(_) => break,
            }
        }
        self.questions.fetch_add(job.questions(), Ordering::SeqCst);
        Ok(self.finish(job))
    }

    /// Serves whoever is at the other end of a wire, which is never hung up, until the printer is switched off or unplugged.
    fn serve_wire<L: Read + Write>(&self, line: &mut L) {
        let mut job = self.intake();
        while !self.is_off() {
            let Ok(heard) = hear(line) else { return };
            // What has come now is met as the printer is now.
            if job.manner() != self.manner() {
                let partly = self.finish(job);
                job = self.intake();
                if !partly.is_empty() && self.jobs.send(partly).is_err() {
                    return;
                }
            }
            let Some(bytes) = heard.filter(|bytes| !bytes.is_empty() && !job.is_over()) else { continue };
            // As a wire does: an answer that nobody reads is lost.
            let _ = line.write_all(&job.take(&bytes));
            if let Some(cut) = job.cut() {
                self.questions.fetch_add(job.questions(), Ordering::SeqCst);
                if self.jobs.send(cut).is_err() {
                    return;
                }
            }
        }
    }
}

/// What has come on a line; `None` when nothing came for a while, and nothing at all when the other end hung up.
fn hear<L: Read>(line: &mut L) -> io::Result<Option<Vec<u8>>> {
    let mut buffer = [0u8; 4096];
    match line.read(&mut buffer) {
        Ok(count) => Ok(Some(buffer[..count].to_vec())),
        Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted) => Ok(None),
        Err(error) => Err(error),
    }
}
