//! Check-up, support bundle and backup, as a cashier and an administrator have them; an upgrade as the window shows it.

use counterfoil_tests::day::menu;
use counterfoil_tests::demo;
use counterfoil_tests::journey::{journey, journey_from};
use counterfoil_tests::window::{Counter, Failure};
use counterfoil_till::STORE_FILE;
use fantoccini::key::Key;
use serde_json::json;
use std::path::{Path, PathBuf};

async fn looks(counter: &Counter) -> Result<(), Failure> {
    menu(counter, "upkeep").await?;
    counter.focus_on("doctor-begin").await
}

#[tokio::test]
async fn a_cashier_has_the_till_looked_at_and_writes_a_support_bundle_and_makes_no_backup() -> Result<(), Failure> {
    journey("check-up", async |counter| {
        demo::open_session(counter, false).await?;
        looks(counter).await?;
        counter.clean("before").await?;
        counter.presses(Key::Enter).await?;
        counter.reads("doctor-sum", "Money can be taken.").await?;
        counter.reads("finding-chain", "Journal: OK").await?;
        counter.reads("finding-backup", "Backup: Look at this").await?;
        counter.focus_on("doctor-begin").await?;
        counter.clean("looked-at").await?;
        assert_eq!(counter.script("return document.querySelector('#backup-begin')").await?, json!(null), "a cashier copies no data");
        for id in ["doctor-copy", "doctor-print"] {
            counter.presses(Key::Tab).await?;
            counter.focus_on(id).await?;
        }
        counter.presses(Key::Enter).await?;
        counter.reads("upkeep-said", "It is being printed.").await?;
        counter.presses(Key::Tab).await?;
        counter.focus_on("support-write").await?;
        counter.presses(Key::Enter).await?;
        counter.reads("upkeep-said", "counterfoil-support-").await?;
        counter.presses(Key::Escape).await?;
        counter.focus_on("menu-upkeep").await
    })
    .await
}

#[tokio::test]
async fn an_administrator_makes_a_backup_and_is_told_when_its_folder_is_not_there() -> Result<(), Failure> {
    journey("backup", async |counter| {
        demo::sign_in(counter, "90", "9090").await?;
        counter.screen("open-session").await?;
        counter.focus_on("sign-out").await?;
        looks(counter).await?;
        for id in ["support-write", "backup-folder"] {
            counter.presses(Key::Tab).await?;
            counter.focus_on(id).await?;
        }
        counter.types("/not/connected").await?;
        counter.presses(Key::Enter).await?;
        counter.reads("backup-folder-error", "isn't there").await?;
        counter.clean("no-folder").await?;
        let folder = tempfile::tempdir()?;
        counter.selects_all().await?;
        counter.types(folder.path().to_str().ok_or("a path")?).await?;
        counter.presses(Key::Enter).await?;
        counter.reads("backup-stands", "The backup is made and was looked at").await?;
        counter.focus_on("backup-folder").await?;
        counter.clean("made").await?;
        let copies = std::fs::read_dir(folder.path())?.filter_map(|item| Some(item.ok()?.path())).filter(|path| is_store(path)).count();
        assert_eq!(copies, 1);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_data_of_an_earlier_version_is_brought_up_to_date_while_the_window_says_how_far_it_is() -> Result<(), Failure> {
    let earlier = |data: &Path| {
        std::fs::create_dir_all(data)?;
        let store = rusqlite::Connection::open(data.join(STORE_FILE))?;
        store.execute_batch(&std::fs::read_to_string(released(1))?)?;
        // Somebody else writes to it, so that the upgrade stands until it has been seen.
        store.pragma_update(None, "journal_mode", "wal")?;
        store.execute_batch("BEGIN IMMEDIATE")?;
        Ok(store)
    };
    journey_from("upgrade", earlier, async |counter, place| {
        counter.reads("upgrading", "a copy of the till's data is made first").await?;
        counter.picture("copied").await?;
        place.kept.execute_batch("ROLLBACK")?;
        counter.screen("first-run").await?;
        let copy = place.folder.join("data/till.before-upgrade-from-1.db");
        if copy.exists() { Ok(()) } else { Err("there is no copy of the data as it was".into()) }
    })
    .await
}

/// The store of a released version.
fn released(schema: u32) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../crates/store/tests/released/{schema:04}.sql"))
}

fn is_store(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "db")
}
