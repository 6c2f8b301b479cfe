//! The worker led step by step, where the order of things decides.

use super::*;
use crate::test_counter::TestCounter;
use counterfoil_simulators::escpos_reader::{Piece, read};
use counterfoil_simulators::printer::{Manner, SimulatedPrinter, State};
use serde_json::{Value, json};

const READY: Manner = Manner::Answers(State::Ready);
const PATIENCE: Duration = Duration::from_secs(30);

fn at(printer: &SimulatedPrinter) -> Value {
    json!({ "kind": "tcp", "host": printer.address().ip(), "port": printer.address().port() })
}

/// A counter whose worker a test leads, with its own printer and another.
fn counter_and_worker(own: &Value, other: &Value) -> (TestCounter, Worker) {
    let counter = TestCounter::open(json!({ "printer": own, "other_printer": other }), false);
    let worker = Worker::new(&counter.till.core, counter.till.printing.shared.clone()).expect("a worker");
    (counter, worker)
}

fn is_waiting(core: &Core) -> usize {
    core.store.read(|reading| reading.print_jobs(u32::MAX)).expect("jobs").len()
}

fn pulses(job: &[u8]) -> usize {
    read(job).expect("a printout").pieces.iter().filter(|piece| matches!(piece, Piece::Drawer { .. })).count()
}

#[test]
fn a_receipt_whose_printer_was_got_ready_is_printed_though_something_for_the_other_came_first() {
    let (own, other) = (SimulatedPrinter::start(READY).expect("a printer"), SimulatedPrinter::start(READY).expect("another"));
    let (counter, mut worker) = counter_and_worker(&at(&own), &at(&other));
    let core = &counter.till.core;
    worker.get_ready(core);
    let job = counterfoil_store::Job { other: true, ..counterfoil_store::Job::default() };
    let fact = counterfoil_domain::entry::Fact::PrinterTested { other: true };
    let entry = core.entry(core.surroundings.new_id(), None, None, fact);
    let decided = counterfoil_store::Decision::Write(Box::new(entry), Some(job));
    core.store.commit(|_| Ok::<_, TillError>(decided)).expect("written");
    counter.take_cash();
    assert!(worker.print_all(core).expect("worked off"));
    assert!(other.next_job(PATIENCE).is_some());
    assert_eq!(pulses(&own.next_job(PATIENCE).expect("the receipt")), 1);
    assert_eq!(is_waiting(core), 0);
}

#[test]
fn a_job_whose_printer_is_gone_from_under_it_waits_and_is_not_called_printed() {
    let own = SimulatedPrinter::start(READY).expect("a printer");
    let (counter, mut worker) = counter_and_worker(&at(&own), &json!({ "kind": "none" }));
    let core = &counter.till.core;
    counter.take_cash();
    worker.begun = Some((core.settings().printer, Ok(())));
    assert!(!worker.print_all(core).expect("tried"));
    assert_eq!(is_waiting(core), 1);
    assert!(worker.print_all(core).expect("printed"));
    assert_eq!(pulses(&own.next_job(PATIENCE).expect("the receipt")), 0, "the drawer opens at once or not at all");
}

#[test]
fn a_printer_that_is_not_the_till_s_own_is_asked_how_it_is_only_when_somebody_wants_to_know() {
    let own = SimulatedPrinter::start(READY).expect("a printer");
    let nowhere = SimulatedPrinter::unreachable().expect("an address");
    let (counter, mut worker) = counter_and_worker(&at(&own), &json!({ "kind": "tcp", "host": nowhere.ip(), "port": nowhere.port() }));
    let (core, shared) = (&counter.till.core, worker.shared.clone());
    let settings = core.settings();
    let other = settings.other_printer.clone().expect("another");
    worker.look(core, false);
    assert_eq!(counter.till.printing.known(&other), None);
    worker.look(core, true);
    assert!(counter.till.printing.known(&other).is_some_and(|known| known.fault.is_some()));
    // And the till's own isn't asked again and again for its sake.
    assert!(!shared.may_change(&settings));
    own.set_manner(Manner::Answers(State::PaperOut));
    worker.look(core, false);
    assert!(shared.may_change(&settings));
}

#[test]
fn what_waited_for_the_till_s_printer_opens_no_drawer_at_the_other_one() {
    let (own, other) = (SimulatedPrinter::start(READY).expect("a printer"), SimulatedPrinter::start(READY).expect("another"));
    let (counter, mut worker) = counter_and_worker(&at(&own), &at(&other));
    let core = &counter.till.core;
    counter.take_cash();
    core.store.move_print_jobs().expect("moved");
    assert!(worker.print_all(core).expect("printed"));
    assert_eq!(pulses(&other.next_job(PATIENCE).expect("the receipt")), 0);
}

#[test]
fn a_document_that_cannot_be_written_as_pdf_waits_on_with_its_reason_and_the_next_one_is_written() {
    let (counter, mut worker) = counter_and_worker(&json!({ "kind": "tcp", "host": "127.0.0.1", "port": 1 }), &json!({ "kind": "none" }));
    let core = &counter.till.core;
    for _ in 0..2 {
        counter.take_cash();
    }
    // Handed over with its receipt, and no byte of it sent yet: it isn't a copy.
    let mut jobs = core.store.read(|reading| reading.print_jobs(2)).expect("jobs");
    for job in &mut jobs {
        (job.state, job.handed_over) = (JobState::Printing, true);
        core.store.update_print_job(job).expect("written");
    }
    let folder = core.store.folder().join("receipts");
    std::fs::create_dir_all(folder.join("CH07-0000001.pdf")).expect("something is in its way");
    worker.write_pdfs(core).expect("written");
    assert!(folder.join("CH07-0000002.pdf").is_file());
    let left = core.store.read(|reading| reading.print_jobs(u32::MAX)).expect("jobs");
    assert_eq!(left.iter().map(|job| job.trouble.as_deref()).collect::<Vec<_>>(), [Some("store-file")]);
    assert_eq!(counter.call("till.status", json!({}))["printer"]["state"], "store-file");
    std::fs::remove_dir(folder.join("CH07-0000001.pdf")).expect("out of its way");
    worker.write_pdfs(core).expect("written");
    assert!(folder.join("CH07-0000001.pdf").is_file());
    assert_eq!(is_waiting(core), 0);
}

#[test]
fn a_printer_that_has_answered_and_then_only_takes_what_is_sent_keeps_its_receipts_waiting() {
    let own = SimulatedPrinter::start(READY).expect("a printer");
    let (counter, mut worker) = counter_and_worker(&at(&own), &json!({ "kind": "none" }));
    let core = &counter.till.core;
    worker.timeouts.write = Duration::from_millis(500);
    counter.take_cash();
    assert!(worker.print_all(core).expect("printed"));
    own.next_job(PATIENCE).expect("the first receipt");
    // What stands before a printer that is off may still take connections.
    own.set_manner(Manner::Silent);
    counter.take_cash();
    for _ in 0..3 {
        assert!(!worker.print_all(core).expect("tried"));
        worker.look(core, false);
    }
    // Also when the till was switched off meanwhile.
    worker = Worker::new(core, worker.shared).expect("another worker");
    worker.timeouts.write = Duration::from_millis(500);
    worker.look(core, false);
    assert!(!worker.print_all(core).expect("tried"));
    assert_eq!(is_waiting(core), 1);
    own.set_manner(READY);
    assert!(worker.print_all(core).expect("printed"));
    assert!(!read(&own.next_job(PATIENCE).expect("the receipt")).expect("a printout").text().contains("COPY"));
}

#[test]
fn a_printer_that_is_said_never_to_answer_is_believed_from_then_on() {
    let own = SimulatedPrinter::start(READY).expect("a printer");
    let (counter, mut worker) = counter_and_worker(&at(&own), &json!({ "kind": "none" }));
    let core = &counter.till.core;
    worker.timeouts.write = Duration::from_millis(500);
    worker.look(core, false);
    own.set_manner(Manner::Silent);
    let mut settings = Settings::clone(&core.settings());
    let target = settings.printer.clone();
    assert!(worker.printer(&settings, &target, &settings.profile).expect("a printer").status().is_err());
    settings.profile.status = Some(StatusBy::Never);
    assert_eq!(worker.printer(&settings, &target, &settings.profile).expect("a printer").status(), Ok(PrinterStatus::UNKNOWN));
}

#[test]
fn a_picture_that_broke_off_at_a_printer_that_stays_on_takes_nothing_of_the_copy_nor_of_another_receipt() {
    let own = SimulatedPrinter::start(READY).expect("a printer");
    let (counter, mut worker) = counter_and_worker(&at(&own), &json!({ "kind": "none" }));
    let core = &counter.till.core;
    let printout = || read(&own.next_job(PATIENCE).expect("a receipt")).expect("a whole printout");
    counter.take_cash();
    assert!(worker.print_all(core).expect("printed"));
    let receipt = own.next_job(PATIENCE).expect("a receipt");
    let picture = receipt.windows(4).position(|bytes| bytes == b"\x1dv0\0").expect("the council's logo");
    let half = Manner::UnpluggedAfter(picture + 50);
    let first_line = |printout: &counterfoil_simulators::escpos_reader::Printout| printout.lines().next().expect("a line").text.clone();
    let council = first_line(&read(&receipt).expect("a printout"));
    own.set_manner(half);
    counter.take_cash();
    assert!(!worker.print_all(core).expect("tried"));
    own.next_job(PATIENCE).expect("what came before the picture");
    own.set_manner(READY);
    assert!(worker.print_all(core).expect("printed"));
    assert!(first_line(&printout()).contains("COPY"));
    // The next receipt comes out whole as well where the one that broke off went elsewhere.
    own.set_manner(half);
    counter.take_cash();
    assert!(!worker.print_all(core).expect("tried"));
    own.next_job(PATIENCE).expect("what came before the picture");
    worker.write_pdfs(core).expect("written");
    own.set_manner(READY);
    counter.take_cash();
    assert!(worker.print_all(core).expect("printed"));
    assert_eq!(first_line(&printout()), council);
}

#[test]
fn a_printer_from_which_nothing_comes_back_is_not_told_to_tell_what_changes() {
    let folder = tempfile::tempdir().expect("a folder");
    let settings = json!({ "printer": { "kind": "file", "folder": folder.path() }, "profile": { "model": "tm-t88" } });
    let counter = TestCounter::open(settings, false);
    let mut worker = Worker::new(&counter.till.core, counter.till.printing.shared.clone()).expect("a worker");
    counter.take_cash();
    assert!(worker.print_all(&counter.till.core).expect("printed"));
    let job = std::fs::read(folder.path().join("0001.bin")).expect("the receipt");
    assert!(!job.is_empty() && !job.windows(2).any(|bytes| bytes == b"\x1da"));
    let heard = json!({ "printer": { "kind": "tcp", "host": "127.0.0.1" }, "profile": { "model": "tm-t88" } });
    let counter = TestCounter::open(heard, false);
    assert_eq!(counter.till.core.settings().profile_sent(false).status, StatusBy::Automatic, "this one is listened to");
}
