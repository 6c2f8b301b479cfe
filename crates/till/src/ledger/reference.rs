//! Reference data from the ledger: checked when it comes, used between customers. A sale under way keeps what it began with.

use super::state::Waiting;
use crate::accounts;
use crate::api::Changed;
use crate::error::TillError;
use crate::setting_up;
use crate::till::Core;
use counterfoil_domain::entry::Fact;
use counterfoil_pack::{PackFiles, check};
use counterfoil_store::extract::{self, Extract, Imported, Made};
use counterfoil_wire::reference::ExtractOffer;
use std::path::Path;
use std::sync::{Arc, PoisonError};

/// A basket that nobody has touched for so long stands in nothing's way.
const FORGOTTEN_MS: i64 = 15 * 60 * 1000;

/// A pack has come: checked whole, or refused as long as the program runs.
pub(super) fn pack_arrived(core: &Core, bundle: &[u8]) -> Result<(), TillError> {
    let checked = PackFiles::from_bundle(bundle).and_then(|files| check(&files).map(|_| files.sha256()));
    match checked {
        Ok(_) => core.ledger.now().waiting.push(Waiting::Pack(bundle.to_vec())),
        Err(problems) => {
            let first = problems.first().map(ToString::to_string).unwrap_or_default();
            tracing::error!(count = problems.len(), first, "the ledger's pack can't be used");
            core.ledger.now().refused.push(counterfoil_wire::Hash::of(bundle).to_string());
            core.trouble("ledger-pack-refused");
        }
    }
    settle(core);
    Ok(())
}

/// An extract has come: read into a file of its own, while the counter works.
pub(super) fn extract_arrived(core: &Core, version: u64, file: &Path) -> Result<(), TillError> {
    let council = core.council()?;
    let imported = accounts::read_beside(core, &council, file, &mut |_| true)?;
    let Some((generation, imported)) = imported.usable() else {
        tracing::error!(version, "the ledger's extract can't be used");
        core.ledger.now().refused.push(version.to_string());
        core.trouble("ledger-extract-refused");
        return Ok(());
    };
    waits(core, version, generation, &imported);
    Ok(())
}

/// The changes of an extract have come: made to a copy of the one in use, while the counter works. False where they don't fit to it.
pub(super) fn changes_arrived(core: &Core, since: u64, offer: &ExtractOffer, file: &Path) -> Result<bool, TillError> {
    let council = core.council()?;
    let in_use = core.store.read(|reading| reading.extract())?.filter(|in_use| in_use.ledger_version == Some(since));
    let Some(in_use) = in_use else { return Ok(false) };
    match accounts::change_beside(core, &council, in_use.generation, offer.rows, file)? {
        (generation, Made::Extract(imported)) => {
            tracing::info!(version = offer.version, since, "the account holders' changes came down");
            waits(core, offer.version, generation, &imported);
            Ok(true)
        }
        (_, Made::DoesNotFit(reason)) => {
            tracing::warn!(version = offer.version, since, reason, "the account holders' changes don't fit to those in use");
            Ok(false)
        }
    }
}

/// An extract is whole, and is used between customers.
fn waits(core: &Core, version: u64, generation: u64, imported: &Imported) {
    let progress = &imported.progress;
    core.ledger.now().waiting.push(Waiting::Extract {
        generation,
        version,
        taken: progress.taken,
        refused: progress.refused,
        as_at: imported.as_at,
        file: extract::file(core.store.folder(), generation),
    });
    settle(core);
}

/// Uses what has come, if no customer is being served.
pub(crate) fn settle(core: &Core) {
    let now_ms = core.surroundings.now_ms();
    let waiting = {
        let mut now = core.ledger.now();
        let serving = now.serving_ms.is_some_and(|since| (0..FORGOTTEN_MS).contains(&(now_ms - since)));
        if serving || now.waiting.is_empty() {
            return;
        }
        std::mem::take(&mut now.waiting)
    };
    for arrival in waiting {
        if let Err(error) = use_now(core, arrival) {
            // What is in use stays in use; the ledger offers it again.
            tracing::error!(code = %error.code, detail = %error.detail, "reference data can't be used");
        }
    }
}

fn use_now(core: &Core, arrival: Waiting) -> Result<(), TillError> {
    match arrival {
        Waiting::Pack(bundle) => setting_up::apply_bundle(core, &bundle),
        Waiting::Extract { generation, version, taken, refused, as_at, file } => {
            let fresh = Arc::new(Extract::open(&file)?);
            let fact = Fact::ExtractImported { generation, taken, refused, as_at, ledger_version: Some(version) };
            core.note(None, None, fact)?;
            *core.extract.write().unwrap_or_else(PoisonError::into_inner) = Some(fresh);
            extract::remove_others(core.store.folder(), Some(generation));
            core.tell(&[Changed::Accounts]);
            Ok(())
        }
    }
}
