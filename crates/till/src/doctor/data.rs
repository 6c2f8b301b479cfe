//! The till's own data: disk, rights, settings, store, chain, versions, copies.

use super::{Found, Patient};
use crate::backups;
use crate::mirror;
use counterfoil_store::{LATEST_SCHEMA, STORE_FILE, Store, StoreError, StoreLook, look_at};
use std::io::Write;

/// Below this the counter will stop before long, in bytes.
const TOO_LITTLE: u64 = 256 << 20;
/// Below this somebody should make room.
const LITTLE: u64 = 2 << 30;
/// Entries of the journal's end that are looked at without being asked for all.
const TAIL: u64 = 1_000;
const DAY_MS: i64 = 86_400_000;
/// A backup is made each day: one that is older than this wasn't.
const OLD_BACKUP_DAYS: i64 = 2;

pub(super) fn disk(patient: &Patient<'_>) -> Found {
    let Ok(free) = fs4::available_space(patient.folder) else { return Found::look("disk-unknown") };
    let found = match free {
        free if free < TOO_LITTLE => Found::wrong("disk-full"),
        free if free < LITTLE => Found::look("disk-little"),
        _ => Found::ok("disk-room"),
    };
    found.with("free", free >> 20)
}

/// Writes a file beside the store and takes it away again: what a folder's rights say isn't always what they are.
pub(super) fn rights(patient: &Patient<'_>) -> Found {
    if !patient.folder.is_dir() {
        return Found::wrong("rights-no-folder");
    }
    let probe = patient.folder.join(format!("check-up-{}.tmp", std::process::id()));
    let written = std::fs::File::create(&probe).and_then(|mut file| file.write_all(b"check-up"));
    let removed = std::fs::remove_file(&probe);
    match written.and(removed) {
        Ok(()) => Found::ok("rights"),
        Err(error) if error.kind() == std::io::ErrorKind::StorageFull => Found::wrong("disk-full").with("free", 0),
        Err(_) => Found::wrong("rights-none"),
    }
}

pub(super) fn settings(patient: &Patient<'_>) -> Found {
    match &patient.settings {
        Err(error) => Found::wrong("settings-file").with("reason", &error.message),
        Ok(settings) => match settings.wrong.iter().find(|wrong| !wrong.unknown).or(settings.wrong.first()) {
            None => Found::ok("settings"),
            Some(wrong) => {
                let found = if wrong.unknown { Found::look("settings-unknown") } else { Found::wrong("settings-refused") };
                found.with("place", &wrong.place).with("reason", &wrong.reason)
            }
        },
    }
}

/// The pragmas that are in the file itself, and SQLite's own look at the whole of it.
pub(super) fn store(patient: &Patient<'_>) -> Found {
    let file = patient.folder.join(STORE_FILE);
    match look_at(&file) {
        Ok(StoreLook { journal_mode, .. }) if journal_mode != "wal" => Found::look("store-mode").with("mode", journal_mode),
        Ok(StoreLook { bytes, .. }) => Found::ok("store").with("size", bytes >> 20),
        Err(error) => of_store(&error),
    }
}

fn of_store(error: &StoreError) -> Found {
    match error {
        StoreError::File { source, .. } if source.kind() == std::io::ErrorKind::NotFound => Found::look("store-none"),
        StoreError::Newer { found, known } => Found::wrong("store-newer").with("found", found).with("known", known),
        StoreError::ChainBroken { seq, .. } => Found::wrong("chain-broken").with("seq", seq),
        StoreError::Damaged(_) => Found::wrong("store-damaged"),
        other => Found::wrong("store-unreadable").with("code", other.code()),
    }
}

pub(super) fn chain(patient: &Patient<'_>) -> Found {
    let verified = Store::read_only(&patient.folder.join(STORE_FILE)).and_then(|store| match patient.full {
        true => store.verify().map(|verified| verified.entries),
        false => store.verify_tail(TAIL),
    });
    match verified {
        Ok(entries) => Found::ok(if patient.full { "chain-whole" } else { "chain-tail" }).with("count", entries),
        Err(error) => of_store(&error),
    }
}

pub(super) fn versions(patient: &Patient<'_>) -> Found {
    let program = env!("CARGO_PKG_VERSION");
    match look_at(&patient.folder.join(STORE_FILE)) {
        Ok(StoreLook { schema, .. }) if schema < LATEST_SCHEMA => Found::look("versions-older").with("found", schema),
        Err(StoreError::Newer { found, .. }) => Found::wrong("versions-newer").with("found", found),
        _ => Found::ok("versions"),
    }
    .with("program", program)
    .with("known", LATEST_SCHEMA)
}

pub(super) fn backup(patient: &Patient<'_>) -> Found {
    let Ok(Some(folder)) = patient.settings.as_ref().map(|settings| settings.settings.backup_folder.clone()) else {
        return Found::look("backup-nowhere");
    };
    let Ok(store) = Store::read_only(&patient.folder.join(STORE_FILE)) else { return Found::look("backup-unknown") };
    let now_ms = patient.surroundings.now_ms();
    match backups::newest(&folder, store.till_id(), now_ms) {
        Err(_) => Found::wrong("backup-folder"),
        Ok((None, _)) => Found::look("backup-none"),
        Ok((Some(made), kept)) => {
            let days = (now_ms - made) / DAY_MS;
            let found = match days {
                days if days < 0 => Found::look("backup-ahead"),
                days if days >= OLD_BACKUP_DAYS => Found::look("backup-old"),
                _ => Found::ok("backup"),
            };
            found.with("days", days).with("kept", kept)
        }
    }
}

pub(super) fn mirror(patient: &Patient<'_>) -> Found {
    let Ok(Some(root)) = patient.settings.as_ref().map(|settings| settings.settings.mirror_folder.clone()) else {
        return Found::look("mirror-nowhere");
    };
    let Ok(store) = Store::read_only(&patient.folder.join(STORE_FILE)) else { return Found::look("mirror-unknown") };
    let Ok(head) = store.head() else { return Found::look("mirror-unknown") };
    match mirror::last_entry(&root, store.till_id()) {
        Err(_) => Found::wrong("mirror-folder"),
        Ok(last) if last < head.seq => Found::look("mirror-behind").with("count", head.seq - last),
        Ok(_) => Found::ok("mirror"),
    }
}
