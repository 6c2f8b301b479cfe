//! What stands on the counter: printer, card terminal, scanner, and the web view that the window is drawn by. What an open counter holds
//! for itself is left alone.

use super::{Found, Patient};
use crate::cards::random_service_id;
use crate::printing::asks;
use crate::secrets::TERMINAL_PASSPHRASE;
use counterfoil_devices::scanner::serial_ports;
use counterfoil_devices::{Paper, PrinterStatus, PrinterTarget, ScannerTarget, Timeouts, queues};
use counterfoil_store::{STORE_FILE, Store, StoreError};
use counterfoil_terminals::{Opening, TerminalTarget};
use std::path::Path;

pub(super) fn printer(patient: &Patient<'_>) -> Found {
    let Ok(settings) = &patient.settings else { return Found::look("printer-unknown") };
    let (target, chosen) = settings.settings.printer(false);
    let Some(mut printer) = target.open(asks(chosen), Timeouts::default()) else {
        return Found::ok(if *target == PrinterTarget::Screen { "printer-screen" } else { "printer-none" });
    };
    if let PrinterTarget::Queue { name, server } = target {
        let is_listed = queues(server.as_deref()).iter().any(|queue| queue.eq_ignore_ascii_case(name));
        return if is_listed { Found::ok("printer-queue") } else { Found::look("printer-queue-unlisted") };
    }
    match printer.status() {
        Ok(PrinterStatus::UNKNOWN) => Found::ok("printer-silent"),
        Ok(status) => match status.fault() {
            Some(fault) => Found::wrong("printer-fault").with("fault", fault.code()),
            None if status.paper == Paper::NearEnd => Found::look("printer-paper-low"),
            None => Found::ok("printer"),
        },
        // An open counter holds its serial port for itself.
        Err(_) if matches!(target, PrinterTarget::Serial { .. }) => Found::look("printer-serial"),
        Err(error) => Found::wrong("printer-fault").with("fault", error.code()),
    }
}

/// The terminal is asked how it is, but not in the middle of a payment.
pub(super) fn terminal(patient: &Patient<'_>) -> Found {
    let Ok(settings) = &patient.settings else { return Found::look("terminal-unknown") };
    let Some(terminal) = &settings.settings.card_terminal else { return Found::ok("terminal-none") };
    if terminal.target == TerminalTarget::Simulator {
        return Found::look("terminal-simulator");
    }
    match card_payment_is_open(patient.folder) {
        Ok(false) => {}
        Ok(true) => return Found::look("terminal-busy"),
        Err(_) => return Found::look("terminal-not-asked"),
    }
    let Ok(passphrase) = patient.secrets.get(TERMINAL_PASSPHRASE) else { return Found::wrong("terminal-key") };
    let opening = Opening { folder: patient.folder, passphrase: passphrase.as_deref() };
    let id = random_service_id(patient.surroundings);
    match terminal.target.open(opening).and_then(|terminal| terminal.diagnose(&id)) {
        Err(error) => Found::wrong("terminal-fault").with("fault", error.fault.code()),
        Ok(health) if health.simulated => Found::look("terminal-tests"),
        Ok(health) if health.host_reached == Some(false) => Found::look("terminal-no-host"),
        Ok(_) => Found::ok("terminal"),
    }
}

/// Where there is no store there is no payment; where it can't be read there may be one.
fn card_payment_is_open(folder: &Path) -> Result<bool, StoreError> {
    let file = folder.join(STORE_FILE);
    if !file.exists() {
        return Ok(false);
    }
    Store::read_only(&file)?.read(|reading| Ok(!reading.open_card_payments()?.is_empty()))
}

/// A serial scanner's port isn't opened: the counter reads it.
pub(super) fn scanner(patient: &Patient<'_>) -> Found {
    let Ok(settings) = &patient.settings else { return Found::look("scanner-unknown") };
    let ScannerTarget::Serial { path, .. } = &settings.settings.scanner else { return Found::ok("scanner-keyboard") };
    let listed = serial_ports().is_ok_and(|ports| ports.iter().any(|port| port.path.eq_ignore_ascii_case(path)));
    // A port may have more names than are listed.
    let is_there = listed || (cfg!(unix) && Path::new(path).exists());
    if is_there { Found::ok("scanner-port") } else { Found::wrong("scanner-missing").with("port", path) }
}

pub(super) fn web_view(patient: &Patient<'_>) -> Found {
    match patient.surroundings.web_view() {
        Some(version) => Found::ok("web-view").with("version", version),
        None => Found::wrong("web-view-none"),
    }
}
