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
fn a_receipt_is_printed_though_its_printer_was_due_to_be_asked_again_when_something_for_the_other_came_first() {
    let (own, other) = (SimulatedPrinter::start(READY).expect("a printer"), SimulatedPrinter::start(READY).expect("another"));
    let (counter, mut worker) = counter_and_worker(&at(&own), &at(&other));
    let core = &counter.till.core;
    let settings = core.settings();
    let (target, chosen) = settings.printer(false);
    worker.printer(&settings, target, chosen).expect("a printer");
    worker.printers[0].jobs = JOBS_BETWEEN_QUESTIONS - 1;
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
