//! A till that isn't set up yet.

use counterfoil_testkit::till::assets;
use counterfoil_tests::demo;
use counterfoil_tests::journey::journey_from;
use counterfoil_tests::window::{Counter, Failure};
use fantoccini::key::Key;
use std::fs;
use std::path::Path;

/// Nothing is prepared: the program makes its data folder itself.
fn nothing(_: &Path) -> Result<(), Failure> {
    Ok(())
}

/// The sample council's pack in a folder of its own, to spoil.
fn copy_of_the_sample_pack(to: &Path) -> Result<(), Failure> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(assets().join("packs/dyffryn-sample"))? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            fs::copy(entry.path(), to.join(entry.file_name()))?;
        }
    }
    Ok(())
}

async fn looks_at_the_pack(counter: &Counter, folder: &Path) -> Result<(), Failure> {
    counter.focus_on("pack-folder").await?;
    counter.selects_all().await?;
    counter.types(&folder.to_string_lossy()).await?;
    counter.presses(Key::Enter).await
}

#[tokio::test]
async fn the_demonstration_council_is_one_press_away() -> Result<(), Failure> {
    journey_from("first-run", nothing, async |counter, _| {
        counter.screen("first-run").await?;
        counter.focus_on("try-demonstration").await?;
        counter.clean("first-run").await?;
        counter.presses(Key::Enter).await?;
        demo::sign_in(counter, "12", "1212").await?;
        demo::count_float(counter, false).await?;
        counter.scans("501234566").await?;
        counter.focus_on("amount").await?;
        counter.reads("account", "Mrs A Example").await
    })
    .await
}

#[tokio::test]
async fn a_pack_with_a_mistake_is_named_by_file_and_reason_and_one_without_sets_the_till_up() -> Result<(), Failure> {
    journey_from("set-up", nothing, async |counter, place| {
        counter.screen("first-run").await?;
        counter.focus_on("try-demonstration").await?;
        demo::tab_to(counter, "set-up").await?;
        counter.presses(Key::Enter).await?;
        counter.focus_on("pack-folder").await?;
        counter.clean("folder").await?;
        looks_at_the_pack(counter, &place.folder.join("nowhere")).await?;
        counter.sees("#problem").await?;
        counter.clean("no-such-folder").await?;
        let pack = place.folder.join("pack");
        copy_of_the_sample_pack(&pack)?;
        let offices = fs::read_to_string(pack.join("offices.csv"))?;
        fs::write(pack.join("offices.csv"), format!("{offices}T,The same code again,Yr un cod eto\n"))?;
        looks_at_the_pack(counter, &pack).await?;
        counter.reads("problem", "offices.csv").await?;
        counter.reads("problem", "T").await?;
        counter.clean("a-mistake").await?;
        fs::write(pack.join("offices.csv"), offices)?;
        looks_at_the_pack(counter, &pack).await?;
        counter.focus_on("office").await?;
        counter.clean("office-and-till").await?;
        demo::tab_to(counter, "till-code").await?;
        counter.selects_all().await?;
        counter.types("3").await?;
        counter.presses(Key::Enter).await?;
        counter.screen("sign-in").await?;
        // This council speaks Welsh first.
        counter.until("document.documentElement.lang === 'cy'").await?;
        counter.clean("sign-in").await?;
        demo::sign_in(counter, "seren", "seren-2026").await?;
        counter.screen("open-session").await?;
        counter.clean("open-session").await
    })
    .await
}
