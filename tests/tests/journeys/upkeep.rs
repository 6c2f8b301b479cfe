//! Check-up, support bundle and backup, as a cashier and an administrator have them; an upgrade as the window shows it.

use counterfoil_tests::day::menu;
use counterfoil_tests::demo;
use counterfoil_tests::journey::journey;
use counterfoil_tests::window::{Counter, Failure};
use fantoccini::key::Key;
use serde_json::json;
use std::path::Path;

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
        counter.clean("looked-at").await?;
        assert_eq!(counter.script("return document.querySelector('#backup-begin')").await?, json!(null), "a cashier copies no data");
        for id in ["doctor-copy", "support-write"] {
            counter.presses(Key::Tab).await?;
            counter.focus_on(id).await?;
        }
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
        counter.clean("made").await?;
        let copies = std::fs::read_dir(folder.path())?.filter_map(|item| Some(item.ok()?.path())).filter(|path| is_store(path)).count();
        assert_eq!(copies, 1);
        Ok(())
    })
    .await
}

fn is_store(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "db")
}
