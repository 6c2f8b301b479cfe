//! The devices of this till, chosen and tried at the counter itself. What is chosen holds at once, is written to the machine's
//! settings, and is journalled by the names of the settings: never by what is in them.

use crate::api::devices::{ChoosePrinter, ChooseScanner, DevicesView, LookAtScan, PrinterBefore, ScanLook, SeenDrawer, SerialPorts};
use crate::api::{Changed, Nothing};
use crate::error::TillError;
use crate::settings::Settings;
use crate::till::{Caller, Till};
use counterfoil_devices::scanner::serial_ports;
use counterfoil_devices::{PrinterTarget, ScannerTarget, can_be_a_queue};
use counterfoil_documents::profile::StatusBy;
use counterfoil_documents::{ChosenProfile, Level, Model};
use counterfoil_domain::barcode;
use counterfoil_domain::card_number::holds_card_number;
use counterfoil_domain::entry::Fact;
use counterfoil_domain::refusal::{Code, Refusal};
use serde::Serialize;

/// The settings that are chosen here.
const CHOSEN_HERE: [&str; 6] = ["printer", "profile", "other_printer", "other_profile", "scanner", "card_terminal"];
/// The names of the control characters, by their codes.
const CONTROLS: [&str; 32] = [
    "NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS", "TAB", "LF", "VT", "FF", "CR", "SO", "SI", "DLE", "DC1", "DC2", "DC3",
    "DC4", "NAK", "SYN", "ETB", "CAN", "EM", "SUB", "ESC", "FS", "GS", "RS", "US",
];

/// `devices.show`.
pub(crate) fn show(till: &Till, _: &Caller, _: Nothing) -> Result<DevicesView, TillError> {
    let settings = till.core.settings();
    let other_profile = settings.other_profile.clone().unwrap_or_else(|| settings.profile.clone());
    let Settings { printer, profile, printer_before, other_printer, scanner, card_terminal, .. } = settings;
    let fixed = CHOSEN_HERE.iter().filter(|name| till.core.fixed_by_policy(name)).map(|name| (*name).to_owned()).collect();
    let (columns, other_columns) = (profile.profile().columns, other_profile.profile().columns);
    let terminal = card_terminal.map(|terminal| terminal.target);
    Ok(DevicesView { printer, profile, columns, printer_before, other_printer, other_profile, other_columns, scanner, terminal, fixed })
}

/// `devices.ports`.
pub(crate) fn ports(_: &Till, _: &Caller, _: Nothing) -> Result<SerialPorts, TillError> {
    let ports = serial_ports().map_err(|error| TillError::not_done("ports-unknown").because(error))?;
    Ok(SerialPorts { ports })
}

/// `devices.choose_printer`: the one before is kept, until somebody has seen that the new one prints.
pub(crate) fn choose_printer(till: &Till, caller: &Caller, request: ChoosePrinter) -> Result<DevicesView, TillError> {
    let ChoosePrinter { other, printer, model, columns, answers } = request;
    holds_none(&printer)?;
    if matches!(printer, PrinterTarget::Serial { baud: 0, .. }) {
        return Err(TillError::not_done("printer-baud"));
    }
    if !can_be_reached(&printer) {
        return Err(TillError::not_done("printer-address"));
    }
    change(till, caller, |settings| {
        if let Some(port) = printer.port() {
            is_free(settings, port, if other { "other-printer" } else { "printer" })?;
        }
        let before = if other { settings.other_profile.as_ref().unwrap_or(&settings.profile) } else { &settings.profile };
        let profile = chosen_profile(before, model, columns, answers);
        if profile.profile().problem().is_some() {
            return Err(TillError::not_done("printer-columns"));
        }
        if other {
            let is_one = printer != PrinterTarget::None;
            (settings.other_printer, settings.other_profile) = (is_one.then_some(printer), is_one.then_some(profile));
            return Ok(());
        }
        let before = PrinterBefore { printer: settings.printer.clone(), profile: settings.profile.clone() };
        if (&before.printer, &before.profile) != (&printer, &profile) {
            settings.printer_before.get_or_insert(before);
        }
        (settings.printer, settings.profile) = (printer, profile);
        Ok(())
    })
}

/// What differs from a model belongs to the one printer that was of it.
fn chosen_profile(before: &ChosenProfile, model: Option<Model>, columns: usize, answers: Option<bool>) -> ChosenProfile {
    let mut profile = match model {
        Some(model) if model != before.model => ChosenProfile { model, ..ChosenProfile::default() },
        _ => before.clone(),
    };
    // A model's own width isn't written down: it stays the model's.
    if profile.profile().columns != columns {
        profile.columns = Some(columns).filter(|columns| profile.model.profile().columns != *columns);
    }
    match answers {
        Some(false) => profile.status = Some(StatusBy::Never),
        Some(true) => profile.status = profile.status.filter(|status| *status != StatusBy::Never),
        None => {}
    }
    profile
}

/// Is a serial port free for a device? Two that open it would take each other's bytes.
fn is_free(settings: &Settings, port: &str, for_which: &str) -> Result<(), TillError> {
    let devices = [
        ("printer", settings.printer.is_at(port)),
        ("other-printer", settings.other_printer.as_ref().is_some_and(|printer| printer.is_at(port))),
        ("scanner", settings.scanner.is_at(port)),
    ];
    match devices.into_iter().find(|(device, there)| *there && *device != for_which) {
        Some((device, _)) => Err(TillError::not_done("port-taken").with("by", device)),
        None => Ok(()),
    }
}

/// A card scanned into an address must not be kept as one.
pub(crate) fn holds_none(typed: &impl Serialize) -> Result<(), TillError> {
    let text = serde_json::to_string(typed).map_err(|error| TillError::not_done("internal").because(error))?;
    if holds_card_number(&text) { Err(Refusal::new(Code::CardNumberTyped).into()) } else { Ok(()) }
}

/// Said of what was typed before it becomes a setting that a till can't start with.
fn can_be_reached(printer: &PrinterTarget) -> bool {
    match printer {
        PrinterTarget::Tcp { host, port } => !host.trim().is_empty() && *port > 0,
        PrinterTarget::Serial { path, .. } => !path.trim().is_empty(),
        PrinterTarget::Queue { name, server } => can_be_a_queue(name, server.as_deref()),
        PrinterTarget::File { .. } | PrinterTarget::Screen | PrinterTarget::None => true,
    }
}

/// `devices.keep_printer`: it prints, and the one before is forgotten.
pub(crate) fn keep_printer(till: &Till, caller: &Caller, _: Nothing) -> Result<DevicesView, TillError> {
    change(till, caller, |settings| {
        settings.printer_before = None;
        Ok(())
    })
}

/// `devices.printer_back`: the one before is the till's again.
pub(crate) fn printer_back(till: &Till, caller: &Caller, _: Nothing) -> Result<DevicesView, TillError> {
    change(till, caller, |settings| {
        if let Some(before) = settings.printer_before.take() {
            // Another device may have been put there meanwhile.
            if let Some(port) = before.printer.port() {
                is_free(settings, port, "printer")?;
            }
            (settings.printer, settings.profile) = (before.printer, before.profile);
        }
        Ok(())
    })
}

/// `devices.drawer_level`: which level of the drawer's switch means open, from what somebody saw.
pub(crate) fn drawer_level(till: &Till, caller: &Caller, seen: SeenDrawer) -> Result<DevicesView, TillError> {
    change(till, caller, |settings| {
        settings.profile.drawer_open_level = Some(Level::of_open(seen.high, seen.open));
        Ok(())
    })
}

/// `devices.choose_scanner`.
pub(crate) fn choose_scanner(till: &Till, caller: &Caller, request: ChooseScanner) -> Result<DevicesView, TillError> {
    holds_none(&request.scanner)?;
    if let Some(field) = request.scanner.problem() {
        return Err(TillError::not_done("scanner-settings").with("field", field));
    }
    change(till, caller, |settings| {
        if let ScannerTarget::Serial { path, .. } = &request.scanner {
            is_free(settings, path, "scanner")?;
        }
        settings.scanner = request.scanner;
        Ok(())
    })
}

/// Uses what was changed from now on. It is journalled before it is written: the trail may tell of a change that failed, and never misses
/// one.
fn change(till: &Till, caller: &Caller, change: impl FnOnce(&mut Settings) -> Result<(), TillError>) -> Result<DevicesView, TillError> {
    let core = &till.core;
    let by = &caller.user()?.code;
    let (before, after) = core.change_settings_with(change, |before, after| {
        let fields = changed_fields(before, after);
        if fields.is_empty() { Ok(()) } else { core.note(Some(by), caller.session, Fact::DeviceSettingsChanged { fields }).map(drop) }
    })?;
    if before != after {
        till.settle_scanner();
        till.printing.wake();
        core.tell(&[Changed::Configuration, Changed::Printing]);
    }
    show(till, caller, Nothing {})
}

fn changed_fields(before: &Settings, after: &Settings) -> Vec<String> {
    let differs = [
        ("printer", before.printer != after.printer),
        ("profile", before.profile != after.profile),
        ("other_printer", before.other_printer != after.other_printer),
        ("other_profile", before.other_profile != after.other_profile),
        ("printer_before", before.printer_before != after.printer_before),
        ("scanner", before.scanner != after.scanner),
    ];
    differs.iter().filter(|(_, differs)| *differs).map(|(name, _)| (*name).to_owned()).collect()
}

/// `scan.look`: nothing is done with it.
pub(crate) fn look_at_scan(_: &Till, caller: &Caller, request: LookAtScan) -> Result<ScanLook, TillError> {
    let text: String = request.text.chars().take(counterfoil_devices::scanner::LONGEST_SCAN).collect();
    let symbology = barcode::split_symbology(text.trim());
    let readings = barcode::read(&caller.council()?.barcodes, &text);
    // A council's own barcode may look like a card's number; what is none of them may be one, and then it isn't shown.
    if readings.scanned.is_empty() && !readings.misread {
        holds_none(&[text.as_str(), symbology.1])?;
    }
    Ok(ScanLook {
        shown: text.chars().map(shown).collect(),
        symbology: symbology.0.map(str::to_owned),
        layouts: readings.scanned.into_iter().map(|scanned| scanned.template).collect(),
        misread: readings.misread,
    })
}

fn shown(c: char) -> String {
    match usize::try_from(u32::from(c)).ok().and_then(|code| CONTROLS.get(code)) {
        Some(name) => format!("<{name}>"),
        None => c.to_string(),
    }
}
