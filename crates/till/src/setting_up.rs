//! First run and configuration: applying a council pack, naming the till.

use crate::api::start::{LookAtPack, PackLook, SetUpTill, Start};
use crate::api::{Changed, Nothing};
use crate::devices::holds_none;
use crate::error::TillError;
use crate::settings::CardTerminalSettings;
use crate::till::{Caller, Core, Till};
use crate::views;
use counterfoil_devices::PrinterTarget;
use counterfoil_domain::Council;
use counterfoil_domain::entry::Fact;
use counterfoil_pack::{PackFiles, PackProblem, check};
use counterfoil_store::{Reading, Store};
use counterfoil_terminals::TerminalTarget;
use std::path::Path;
use std::sync::{Arc, PoisonError};

/// The demonstration's office and till.
const DEMONSTRATION: (&str, &str) = ("CH", "07");

/// What a till says of itself when the pack that it used can't be read.
pub(crate) const PACK_UNREADABLE: &str = "pack-unreadable";

/// The council of the pack that was applied last, and the trouble where this version finds a mistake in that pack: the till opens
/// without it, so that another can be applied.
pub(crate) fn applied_council(store: &Store) -> Result<(Option<Council>, Vec<&'static str>), TillError> {
    let Some(bundle) = store.read(|reading| reading.pack_bundle())? else { return Ok((None, Vec::new())) };
    match PackFiles::from_bundle(&bundle).and_then(|files| check(&files)) {
        Ok(council) => Ok((Some(council), Vec::new())),
        Err(problems) => {
            for problem in &problems {
                tracing::error!(%problem, "the council pack in use can't be read");
            }
            Ok((None, vec![PACK_UNREADABLE]))
        }
    }
}

fn pack_problems(problems: Vec<PackProblem>) -> TillError {
    let first = problems.first().map(ToString::to_string).unwrap_or_default();
    TillError::not_done("pack-problems").with("count", problems.len()).with("first", first)
}

/// Reads a pack's folder and answers its council, or everything that is wrong with it.
///
/// # Errors
/// Each problem with file, place and reason; never an empty list.
pub fn check_pack(folder: &Path) -> Result<(PackFiles, Council), Vec<PackProblem>> {
    let files = PackFiles::read_dir(folder)?;
    let council = check(&files)?;
    Ok((files, council))
}

/// Applies a pack: all of it or nothing.
///
/// # Errors
/// `pack-problems` with the first; the store's own. The pack before it then stays in force.
pub fn apply_pack(till: &Till, folder: &Path) -> Result<(), TillError> {
    let (files, council) = check_pack(folder).map_err(pack_problems)?;
    apply(&till.core, &files, council, None)?;
    till.pumping.pack_applied(&till.core);
    Ok(())
}

fn apply(core: &Core, files: &PackFiles, council: Council, by: Option<&str>) -> Result<(), TillError> {
    if let Ok(before) = core.council() {
        core.store.read(|reading| mops_stay(reading, &before, &council))?;
    }
    let fact = Fact::PackApplied {
        council_code: council.identity.code.clone(),
        pack_version: council.identity.pack_version.clone(),
        sha256: files.sha256(),
    };
    let entry = core.entry(core.surroundings.new_id(), by, None, fact);
    core.store.apply_pack(entry, &files.to_bundle())?;
    *core.council.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(council));
    core.troubles.write().unwrap_or_else(PoisonError::into_inner).retain(|code| *code != PACK_UNREADABLE);
    core.tell(&[Changed::Configuration]);
    Ok(())
}

/// Applies a pack that came down from the ledger.
pub(crate) fn apply_bundle(core: &Core, bundle: &[u8]) -> Result<(), TillError> {
    let files = PackFiles::from_bundle(bundle).map_err(pack_problems)?;
    let council = check(&files).map_err(pack_problems)?;
    apply(core, &files, council, None)
}

/// What was taken and isn't at the bank yet is counted and banked by the kinds of the MOPs it was taken under: they stay until then.
fn mops_stay(reading: &Reading<'_>, before: &Council, after: &Council) -> Result<(), TillError> {
    let mut sessions = reading.sessions_to_bank()?;
    sessions.extend(reading.open_session()?);
    let mut used: Vec<String> = Vec::new();
    for session in &sessions {
        used.extend(reading.mop_takings(session)?.into_iter().map(|mop| mop.mop_code));
    }
    // Every session has a float, whatever it took.
    used.extend(before.cash_mop().filter(|_| !sessions.is_empty()).map(|mop| mop.code.clone()));
    let kind = |council: &Council, code: &str| council.mop(code).map(|mop| mop.kind);
    match used.iter().find(|code| kind(before, code) != kind(after, code)) {
        Some(code) => Err(TillError::not_done("pack-changes-mop").with("mop", code)),
        None => Ok(()),
    }
}

/// `start.look_at_pack`.
pub(crate) fn look_at_pack(till: &Till, _: &Caller, request: LookAtPack) -> Result<PackLook, TillError> {
    till.administrator_or_fresh()?;
    Ok(match check_pack(Path::new(request.folder.trim())) {
        Ok((_, council)) => PackLook { council: Some(views::council_view(&council)), problems: Vec::new() },
        Err(problems) => PackLook { council: None, problems: problems.iter().map(ToString::to_string).collect() },
    })
}

/// `start.set_up`.
pub(crate) fn set_up(till: &Till, caller: &Caller, request: SetUpTill) -> Result<Start, TillError> {
    till.administrator_or_fresh()?;
    set_up_till(till, caller.user.as_ref().map(|user| user.code.as_str()), &request)?;
    till.first_start_was_done_by_hand();
    views::start(till)
}

impl Till {
    /// Applies a pack, names the till and keeps its printer, for the command line. Doing it again with the same changes
    /// nothing but the printer.
    ///
    /// # Errors
    /// As `start.set_up`.
    pub fn set_up(&self, request: &SetUpTill) -> Result<(), TillError> {
        set_up_till(self, None, request)
    }
}

fn set_up_till(till: &Till, by: Option<&str>, request: &SetUpTill) -> Result<(), TillError> {
    let core = &till.core;
    holds_none(&request.printer)?;
    let (files, council) = check_pack(Path::new(request.folder.trim())).map_err(pack_problems)?;
    let till_code = request.till_code.trim().to_uppercase();
    if !(1..=4).contains(&till_code.len()) || !till_code.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(TillError::not_done("till-code-not-valid"));
    }
    if council.office(&request.office_code).is_none() {
        return Err(TillError::not_done("office-unknown"));
    }
    counterfoil_domain::receipt::receipt_number(&council.receipt.number, &request.office_code, &till_code, 1)?;
    let known = core.store.read(|reading| reading.till_name())?;
    // The series of receipt numbers belongs to the name: a till that has taken money keeps it.
    let renamed = known.as_ref().is_some_and(|known| known.office_code != request.office_code || known.till_code != till_code);
    if renamed && core.store.read(|reading| reading.next_serial())? > 1 {
        return Err(TillError::not_done("till-has-taken-money"));
    }
    // A printer that a policy names is the printer, whatever is chosen here.
    let [printer, profile] = ["printer", "profile"].map(|name| !core.fixed_by_policy(name));
    let terminal = !core.fixed_by_policy("card_terminal");
    core.change_settings(|settings| {
        if printer {
            settings.printer = request.printer.clone();
        }
        if let Some(columns) = request.columns.filter(|_| profile) {
            settings.profile.columns = Some(columns);
        }
        if terminal {
            settings.card_terminal = driven(council.identity.demonstration, settings.card_terminal.take());
        }
        match settings.profile().problem() {
            None => Ok(()),
            Some(_) => Err(TillError::not_done("printer-columns")),
        }
    })?;
    apply(core, &files, council, by)?;
    if known.is_none() || renamed {
        core.note(by, None, Fact::TillSetUp { office_code: request.office_code.clone(), till_code })?;
    }
    till.pumping.pack_applied(core);
    core.tell(&[Changed::Configuration]);
    Ok(())
}

/// Which terminal the till drives once it is set up: a demonstration has the simulator, and nobody else keeps it.
fn driven(demonstration: bool, before: Option<CardTerminalSettings>) -> Option<CardTerminalSettings> {
    match before {
        None if demonstration => Some(CardTerminalSettings::of(TerminalTarget::Simulator)),
        Some(simulator) if !demonstration && simulator.target == TerminalTarget::Simulator => None,
        as_it_is => as_it_is,
    }
}

/// `start.try_demonstration`.
pub(crate) fn try_demonstration(till: &Till, caller: &Caller, _: Nothing) -> Result<Start, TillError> {
    if till.core.store.read(|reading| reading.till_name())?.is_some() {
        return Err(TillError::not_done("till-set-up-already"));
    }
    let pack = till.core.resources.join("packs").join("barnsley-demo");
    let (office_code, till_code) = DEMONSTRATION;
    let request = SetUpTill {
        folder: pack.to_string_lossy().into_owned(),
        office_code: office_code.to_owned(),
        till_code: till_code.to_owned(),
        printer: PrinterTarget::Screen,
        columns: None,
    };
    set_up_till(till, caller.user.as_ref().map(|user| user.code.as_str()), &request)?;
    till.first_start_was_done_by_hand();
    let accounts = pack.join("demonstration").join("accounts.csv");
    if accounts.is_file() {
        till.import_accounts(&accounts, &mut |_| {})?;
    }
    views::start(till)
}
