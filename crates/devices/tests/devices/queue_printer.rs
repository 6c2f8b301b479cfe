//! Printers behind a print queue, at a CUPS of the test's own.

use counterfoil_devices::{Asks, MAX_JOB_BYTES, Printer, PrinterStatus, PrinterTarget, Timeouts, queues};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

/// How often, and how quickly one after the other, a server that starts is looked for.
const LOOKS: u32 = 1000;
const BETWEEN_LOOKS: Duration = Duration::from_millis(30);

/// A print server whose one queue hands each job to a script.
struct Cups {
    folder: TempDir,
    server: Child,
}

impl Drop for Cups {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

impl Cups {
    fn start() -> Cups {
        let folder = tempfile::tempdir().expect("a folder");
        // Jobs are handed on by somebody with no rights at all.
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).expect("readable");
        for part in ["spool", "cache", "state", "log", "bin/backend", "bin/filter", "out"] {
            fs::create_dir_all(folder.path().join(part)).expect("a folder");
        }
        fs::set_permissions(folder.path().join("out"), fs::Permissions::from_mode(0o777)).expect("writable");
        let job = folder.path().join("out/job");
        assert!(Command::new("mkfifo").args(["-m", "666"]).arg(job).status().expect("mkfifo").success());
        let cups = Cups { server: Cups::configured(&folder).spawn().expect("cupsd"), folder };
        let listens = || UnixStream::connect(cups.socket()).is_ok();
        assert!(
            (0..LOOKS).any(|_| listens() || {
                std::thread::park_timeout(BETWEEN_LOOKS);
                false
            }),
            "cupsd doesn't listen"
        );
        cups
    }

    fn configured(folder: &TempDir) -> Command {
        // What starts a backend is CUPS' own.
        std::os::unix::fs::symlink("/usr/lib/cups/daemon", folder.path().join("bin/daemon")).expect("a link");
        let (path, at) = (|name: &str| folder.path().join(name), folder.path().display());
        let write = |name: &str, text: String| fs::write(path(name), text).expect(name);
        write(
            "cups-files.conf",
            format!(
                "ServerRoot {at}\nServerBin {at}/bin\nRequestRoot {at}/spool\nTempDir {at}/spool\nCacheDir {at}/cache\nStateDir {at}/state\n\
                 ErrorLog {at}/log/error\nAccessLog {at}/log/access\nPageLog {at}/log/page\nSandboxing relaxed\n"
            ),
        );
        write(
            "cupsd.conf",
            format!(
                "Listen {at}/cups.sock\nLogLevel warn\nBrowsing Off\n<Location />\nOrder allow,deny\nAllow all\n</Location>\n\
                 <Policy default>\n<Limit All>\nOrder allow,deny\nAllow all\n</Limit>\n</Policy>\n"
            ),
        );
        write("printers.conf", format!("<Printer receipts>\nDeviceURI capture:{at}/out/job\nState Idle\nAccepting Yes\n</Printer>\n"));
        // The job's number, user, title, copies, options and, sometimes, file.
        write("bin/backend/capture", "#!/bin/sh\nexec cat \"${6:--}\" > \"${DEVICE_URI#capture:}\"\n".to_owned());
        fs::set_permissions(path("bin/backend/capture"), fs::Permissions::from_mode(0o755)).expect("may be run");
        let mut cupsd = Command::new("/usr/sbin/cupsd");
        cupsd.arg("-f").arg("-c").arg(path("cupsd.conf")).arg("-s").arg(path("cups-files.conf"));
        cupsd.stdout(Stdio::null()).stderr(Stdio::null());
        cupsd
    }

    fn socket(&self) -> String {
        self.folder.path().join("cups.sock").display().to_string()
    }

    fn printer(&self, queue: &str) -> Box<dyn Printer> {
        let target = PrinterTarget::Queue { name: queue.to_owned(), server: Some(self.socket()) };
        target.open(Asks::RealTime, Timeouts::default()).expect("a printer that takes bytes")
    }

    /// The next job, whose news comes through a pipe: who opens it waits for it.
    fn printed(&self) -> Vec<u8> {
        fs::read(self.folder.path().join("out/job")).expect("a job")
    }
}

#[test]
fn a_job_goes_through_the_queue_byte_for_byte_and_how_the_printer_is_stays_unknown() {
    let cups = Cups::start();
    assert_eq!(queues(Some(&cups.socket())), ["receipts"]);
    let job: Vec<u8> = (0..=255).cycle().take(20_000).collect();
    let mut printer = cups.printer("receipts");
    assert_eq!(printer.print(&job), Ok(PrinterStatus::UNKNOWN));
    assert_eq!(printer.status(), Ok(PrinterStatus::UNKNOWN));
    assert_eq!(cups.printed(), job);
}

#[test]
fn a_queue_that_is_not_there_takes_nothing_and_says_so() {
    let cups = Cups::start();
    let error = cups.printer("another").print(b"job").expect_err("no such queue");
    assert_eq!((error.code(), error.handed_over), ("printer-queue-refused", false));
    let server = Some("/nowhere/cups.sock".to_owned());
    let target = PrinterTarget::Queue { name: "receipts".to_owned(), server };
    let error = target.open(Asks::RealTime, Timeouts::default()).expect("a printer").print(b"job").expect_err("no server");
    assert_eq!((error.code(), error.handed_over), ("printer-queue-refused", false));
    assert!(queues(Some("/nowhere/cups.sock")).is_empty());
}

/// A server that takes connections and never says a word.
fn dumb_server(folder: &TempDir) -> (UnixListener, String) {
    let path = folder.path().join("dumb.sock");
    (UnixListener::bind(&path).expect("a socket"), path.display().to_string())
}

#[test]
fn a_server_that_says_nothing_is_given_up_after_the_time_allowed_and_the_job_is_in_doubt() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_server, socket) = dumb_server(&folder);
    let target = PrinterTarget::Queue { name: "receipts".to_owned(), server: Some(socket) };
    let moment = Duration::from_millis(200);
    let mut printer =
        target.open(Asks::RealTime, Timeouts { connect: moment, write: moment, answer: moment, slip: moment }).expect("a printer");
    // More than a pipe holds: nobody reads it, and writing it never ends by itself.
    let error = printer.print(&vec![b'x'; MAX_JOB_BYTES]).expect_err("no answer");
    assert_eq!((error.code(), error.handed_over), ("printer-timed-out", true));
}

#[test]
fn a_name_that_would_be_an_option_is_refused_before_any_program_sees_it() {
    for (name, server) in [("-o", None), ("receipts", Some("-U")), ("a/b", None)] {
        let target = PrinterTarget::Queue { name: name.to_owned(), server: server.map(str::to_owned) };
        let error = target.open(Asks::RealTime, Timeouts::default()).expect("a printer").print(b"job").expect_err("no name");
        assert_eq!((error.code(), error.handed_over), ("printer-queue-refused", false), "{name}");
    }
}
