//! Windows' spooler, given a job as it is. The only `unsafe` of the project: the system offers its print queues as functions of C, and
//! the libraries that wrap them pass over what fails while a job is written, so that a receipt could be lost unseen.
//!
//! What each block relies on: names are wide strings that end with a zero and outlive the call; a handle is used from its opening to its
//! closing, by one thread; lengths are those of the bytes that are passed.

#![allow(unsafe_code, reason = "the spooler has no other way in; what is relied on stands above and beside each block")]

use crate::{PrintError, PrintFault};
use std::io;
use std::iter::once;
use std::mem::size_of;
use std::ptr::{from_ref, null, null_mut};
use windows_sys::Win32::Graphics::Printing::{
    AbortPrinter, ClosePrinter, DOC_INFO_1W, DRIVER_INFO_8W, EndDocPrinter, EndPagePrinter, GetPrinterDriverW, OpenPrinterW,
    PRINTER_DRIVER_XPS, PRINTER_HANDLE, StartDocPrinterW, StartPagePrinter, WritePrinter,
};
use windows_sys::core::BOOL;

/// What a job is called in the queue: nothing of what is on it.
const JOB_NAME: &str = "Counterfoil";
/// Bytes go to the printer as they are: no driver makes a page of them.
const AS_IT_IS: &str = "RAW";
/// The same for a driver that is built on XPS, as all of type 4 are: given RAW it prints nothing (Microsoft's KB 2779300, where this way of
/// telling them apart comes from too).
const AS_IT_IS_PAST_XPS: &str = "XPS_PASS";

/// Hands a job to a queue by its name, or by `\\server\name`. `Ok` once the spooler has all of it and lets it go to the printer.
///
/// # Errors
/// [`PrintFault::QueueRefused`]. A job that was begun is taken back; a printer that prints while its job is still being written may have
/// printed some of it all the same.
pub fn print(queue: &str, bytes: &[u8]) -> Result<(), PrintError> {
    let queue = Queue::open(queue).map_err(|error| PrintError::before(PrintFault::QueueRefused, error))?;
    queue.begin().map_err(|error| PrintError::before(PrintFault::QueueRefused, error))?;
    queue.write(bytes).map_err(|error| {
        queue.take_back();
        PrintError::after(PrintFault::QueueRefused, error)
    })
}

/// A queue that is open.
struct Queue(PRINTER_HANDLE);

impl Queue {
    fn open(name: &str) -> io::Result<Queue> {
        let name = wide(name);
        let mut handle = PRINTER_HANDLE { Value: null_mut() };
        // SAFETY: the name ends with a zero; the handle is written to a place of ours; no defaults may be given as none.
        done(unsafe { OpenPrinterW(name.as_ptr(), &raw mut handle, null()) })?;
        Ok(Queue(handle))
    }

    fn begin(&self) -> io::Result<()> {
        let (mut name, mut kind) = (wide(JOB_NAME), wide(as_it_is(self.driver())));
        let job = DOC_INFO_1W { pDocName: name.as_mut_ptr(), pOutputFile: null_mut(), pDatatype: kind.as_mut_ptr() };
        // SAFETY: the handle is open; level 1 says that the job is described by this structure, whose strings live until the end.
        let number = unsafe { StartDocPrinterW(self.0, 1, from_ref(&job)) };
        if number == 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
    }

    /// What sort of driver the queue has, as `PRINTER_DRIVER_…`. None of them where the spooler doesn't say: an ordinary driver.
    fn driver(&self) -> u32 {
        let mut length = 0;
        // SAFETY: the handle is open; no driver fits into nothing, so that only the length is written.
        unsafe { GetPrinterDriverW(self.0, null(), 8, null_mut(), 0, &raw mut length) };
        // As many as the spooler wants, aligned for pointers and 64-bit numbers.
        let mut told = vec![0_u64; usize::try_from(length).unwrap_or_default().div_ceil(size_of::<u64>())];
        let long_enough = size_of_val(told.as_slice()) >= size_of::<DRIVER_INFO_8W>();
        // SAFETY: the handle is open; there are `length` bytes or more, of which at most so many are written.
        let answer =
            long_enough && done(unsafe { GetPrinterDriverW(self.0, null(), 8, told.as_mut_ptr().cast(), length, &raw mut length) }).is_ok();
        // SAFETY: level 8 was asked for and given, so that this structure stands at the beginning; it is long enough and aligned.
        if answer { unsafe { (*told.as_ptr().cast::<DRIVER_INFO_8W>()).dwPrinterDriverAttributes } } else { 0 }
    }

    /// The whole job, as one page.
    fn write(&self, bytes: &[u8]) -> io::Result<()> {
        // SAFETY: the handle is open, and its job is begun.
        done(unsafe { StartPagePrinter(self.0) })?;
        let mut left = bytes;
        while !left.is_empty() {
            let length = u32::try_from(left.len()).unwrap_or(u32::MAX);
            let mut taken = 0;
            // SAFETY: there are so many bytes, or more; they are only read; how many were taken is written to a place of ours.
            done(unsafe { WritePrinter(self.0, left.as_ptr().cast(), length, &raw mut taken) })?;
            left = usize::try_from(taken)
                .ok()
                .filter(|taken| *taken > 0)
                .and_then(|taken| left.get(taken..))
                .ok_or(io::ErrorKind::WriteZero)?;
        }
        // SAFETY: as above; the page and the job are those that were begun.
        done(unsafe { EndPagePrinter(self.0) })?;
        done(unsafe { EndDocPrinter(self.0) })
    }

    fn take_back(&self) {
        // SAFETY: the handle is open. A job that is nearly gone can't be taken back, which the error has said already.
        unsafe { AbortPrinter(self.0) };
    }
}

impl Drop for Queue {
    fn drop(&mut self) {
        // SAFETY: opened once, closed once, and not used afterwards.
        unsafe { ClosePrinter(self.0) };
    }
}

/// The kind of a job that a driver passes on as it is.
fn as_it_is(driver: u32) -> &'static str {
    if driver & PRINTER_DRIVER_XPS == 0 { AS_IT_IS } else { AS_IT_IS_PAST_XPS }
}

fn done(answer: BOOL) -> io::Result<()> {
    if answer == 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

fn wide(text: &str) -> Vec<u16> {
    text.encode_utf16().chain(once(0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_queue_that_is_not_there_refuses_a_job_before_any_of_it_is_handed_over() {
        let error = print("no queue of this name", b"a receipt").expect_err("there is none");
        assert_eq!((error.fault, error.handed_over), (PrintFault::QueueRefused, false));
    }

    #[test]
    fn a_driver_that_is_built_on_xps_is_given_its_own_kind_of_job_and_any_other_raw() {
        let sandboxed = 4;
        let kinds = [0, sandboxed, PRINTER_DRIVER_XPS, PRINTER_DRIVER_XPS | sandboxed].map(as_it_is);
        assert_eq!(kinds, ["RAW", "RAW", "XPS_PASS", "XPS_PASS"]);
    }

    /// `cargo xtask msi --core-tests` makes a queue of this name, whose port is a file, in a Windows of its own.
    #[test]
    #[ignore = "needs a queue whose port is a file, as `cargo xtask msi --core-tests` makes one"]
    fn a_job_goes_through_a_queue_as_it_is() {
        let file = std::env::var("COUNTERFOIL_QUEUE_FILE").expect("where the queue prints");
        let job: Vec<u8> = (0..=u8::MAX).cycle().take(100_000).collect();
        assert_eq!(print("Counter receipts", &job), Ok(()));
        assert!(std::fs::read(file).expect("printed") == job);
    }
}
