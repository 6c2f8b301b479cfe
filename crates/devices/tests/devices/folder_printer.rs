//! The printer that writes files.

use counterfoil_devices::{Asks, MAX_JOB_BYTES, PrintFault, Printer, PrinterStatus, PrinterTarget, Timeouts};
use std::fs;
use std::path::Path;

fn printer_in(folder: &Path) -> Box<dyn Printer> {
    PrinterTarget::File { folder: folder.to_owned() }.open(Asks::RealTime, Timeouts::default()).expect("a printer that takes bytes")
}

#[test]
fn each_job_is_a_file_of_its_own_also_after_a_restart() {
    let folder = tempfile::tempdir().expect("a folder");
    let printed = folder.path().join("made").join("when needed");
    let mut printer = printer_in(&printed);
    assert!(printer.print(b"one").is_ok(), "printed");
    assert!(printer.print(b"two").is_ok(), "printed");
    assert!(printer_in(&printed).print(b"three").is_ok(), "printed");
    for (name, bytes) in [("0001.bin", "one"), ("0002.bin", "two"), ("0003.bin", "three")] {
        assert_eq!(fs::read_to_string(printed.join(name)).expect(name), bytes);
    }
    assert_eq!(fs::read_dir(&printed).expect("a folder").count(), 3, "nothing unfinished is left");
    assert_eq!(printer.status(), Ok(PrinterStatus::UNKNOWN));
}

#[test]
fn a_file_that_a_crash_left_unfinished_and_other_files_do_no_harm() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["0001.part", "notes.txt", "9999.bin", "x.bin"] {
        fs::write(folder.path().join(name), "old").expect("written");
    }
    assert!(printer_in(folder.path()).print(b"new").is_ok(), "printed");
    assert_eq!(fs::read_to_string(folder.path().join("10000.bin")).expect("a job"), "new");
}

#[test]
fn a_folder_that_cannot_be_written_is_named_as_the_trouble() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("a file");
    fs::write(&file, "").expect("written");
    let error = printer_in(&file).print(b"job").expect_err("no folder");
    assert_eq!((error.code(), error.handed_over), ("printer-folder-not-writable", false));
}

#[test]
fn an_absurdly_large_job_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let error = printer_in(folder.path()).print(&vec![0; MAX_JOB_BYTES + 1]).expect_err("too large");
    assert_eq!(error.fault, PrintFault::JobTooLarge);
}

#[test]
fn screen_and_no_printer_take_no_bytes() {
    assert!(PrinterTarget::Screen.open(Asks::RealTime, Timeouts::default()).is_none());
    assert!(PrinterTarget::None.open(Asks::RealTime, Timeouts::default()).is_none());
}
