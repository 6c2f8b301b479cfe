//! What stands on the counter: printer, and the web view that the window is drawn by.

use super::{Found, Patient};
use counterfoil_devices::{Asks, Paper, PrinterTarget, Timeouts};

pub(super) fn printer(patient: &Patient<'_>) -> Found {
    let Ok(settings) = &patient.settings else { return Found::look("printer-unknown") };
    let target = &settings.settings.printer;
    let Some(mut printer) = target.open(Asks::RealTime, Timeouts::default()) else {
        return Found::ok(if *target == PrinterTarget::Screen { "printer-screen" } else { "printer-none" });
    };
    match printer.status() {
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

pub(super) fn web_view(patient: &Patient<'_>) -> Found {
    match patient.surroundings.web_view() {
        Some(version) => Found::ok("web-view").with("version", version),
        None => Found::wrong("web-view-none"),
    }
}
