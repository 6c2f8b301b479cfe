//! A printer on the network, on 127.0.0.1, that prints into memory and can be told to misbehave.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
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

impl State {
    /// The answer to `DLE EOT n`. Source: Epson's ESC/POS command reference.
    fn answer(self, n: u8) -> u8 {
        let printer = if matches!(self, State::Ready | State::PaperNearEnd) { 0x12 } else { 0x1a };
        match (n, self) {
            (1, _) => printer,
            (2, State::CoverOpen) => 0x16,
            (2, State::PaperOut) => 0x32,
            (2, State::Failed) => 0x52,
            (4, State::PaperNearEnd) => 0x1e,
            (4, State::PaperOut) => 0x7e,
            _ => 0x12,
        }
    }
}

/// What the printer does with those who connect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// Prints, and answers when asked.
    Answers(State),
    /// Prints, and never answers: many clones.
    Silent,
    /// Answers as ready, then changes to this state once it has taken part of a job.
    ChangesDuringTheJob(State),
    /// Takes so many bytes of a job, then drops the connection.
    DropsAfter(usize),
    /// Answers the first questions, then reads nothing more and keeps the connection.
    StopsReading,
    /// Accepts and never reads anything.
    NeverReads,
}

/// A running printer. It is switched off when dropped.
#[derive(Debug)]
pub struct SimulatedPrinter {
    address: SocketAddr,
    manner: Arc<Mutex<Manner>>,
    off: Arc<AtomicBool>,
    questions: Arc<AtomicUsize>,
    jobs: Receiver<Vec<u8>>,
    thread: Option<JoinHandle<()>>,
}

impl SimulatedPrinter {
    /// Switches a printer on, on a free port of 127.0.0.1.
    ///
    /// # Errors
    /// When no port can be had.
    pub fn start(manner: Manner) -> io::Result<SimulatedPrinter> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let address = listener.local_addr()?;
        let (manner, off, questions) = (Arc::new(Mutex::new(manner)), Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
        let (sender, jobs) = channel();
        let works = Works { manner: Arc::clone(&manner), off: Arc::clone(&off), questions: Arc::clone(&questions), jobs: sender };
        let thread = std::thread::Builder::new().name("simulated printer".to_owned()).spawn(move || works.serve(&listener))?;
        Ok(SimulatedPrinter { address, manner, off, questions, jobs, thread: Some(thread) })
    }

    /// An address of 127.0.0.1 at which nothing listens.
    ///
    /// # Errors
    /// When no port can be had.
    pub fn unreachable() -> io::Result<SocketAddr> {
        TcpListener::bind(("127.0.0.1", 0))?.local_addr()
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Changes what it does from the next connection on.
    pub fn set_manner(&self, manner: Manner) {
        *self.manner.lock().unwrap_or_else(PoisonError::into_inner) = manner;
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
        let _ = TcpStream::connect(self.address);
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
            let manner = *self.manner.lock().unwrap_or_else(PoisonError::into_inner);
            let Ok(mut line) = line else { continue };
            let job = self.attend(&mut line, manner).unwrap_or_default();
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

    /// Takes one job to its end: what of it arrived, without the questions.
    fn attend(&self, line: &mut TcpStream, manner: Manner) -> io::Result<Vec<u8>> {
        line.set_read_timeout(Some(LOOK_UP))?;
        let mut job = Intake { manner, taken: Vec::new(), pending: Vec::new(), questions: 0 };
        let mut buffer = [0u8; 4096];
        while !self.is_off() && !job.is_over() {
            match line.read(&mut buffer) {
                Ok(0) => break,
                Ok(count) => line.write_all(&job.take(&buffer[..count]))?,
                Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
                // A broken connection ends the job; what came before was printed.
                Err(_) => break,
            }
        }
        self.questions.fetch_add(job.questions, Ordering::SeqCst);
        Ok(job.finished())
    }
}

/// What has come of a job.
struct Intake {
    manner: Manner,
    taken: Vec<u8>,
    /// The beginning of what may be a question.
    pending: Vec<u8>,
    questions: usize,
}

impl Intake {
    fn is_over(&self) -> bool {
        match self.manner {
            Manner::NeverReads => true,
            Manner::StopsReading => self.questions >= 3,
            Manner::DropsAfter(count) => self.taken.len() >= count,
            _ => false,
        }
    }

    fn finished(mut self) -> Vec<u8> {
        self.taken.append(&mut self.pending);
        if let Manner::DropsAfter(count) = self.manner {
            self.taken.truncate(count);
        }
        self.taken
    }

    /// Sorts bytes into job and questions, and gives the answers.
    fn take(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut answers = Vec::new();
        for byte in bytes {
            self.pending.push(*byte);
            match self.pending[..] {
                [0x10] | [0x10, 0x04] => {}
                [0x10, 0x04, n @ 1..=4] => {
                    self.pending.clear();
                    self.questions += 1;
                    answers.extend(self.answer(n));
                }
                _ => self.taken.append(&mut self.pending),
            }
        }
        answers
    }

    fn answer(&self, n: u8) -> Option<u8> {
        match self.manner {
            Manner::Answers(state) => Some(state.answer(n)),
            Manner::ChangesDuringTheJob(state) if !self.taken.is_empty() => Some(state.answer(n)),
            Manner::ChangesDuringTheJob(_) | Manner::DropsAfter(_) | Manner::StopsReading => Some(State::Ready.answer(n)),
            Manner::Silent | Manner::NeverReads => None,
        }
    }
}
