//! Taking in an extract of account holders from the window.

use chrono::NaiveDate;
use counterfoil_pack::{PackFiles, check};
use counterfoil_synthetic::{Settings, Written, write_extract};
use counterfoil_testkit::till::demonstration_pack;
use counterfoil_tests::day::down_to;
use counterfoil_tests::demo;
use counterfoil_tests::journey::{demonstration, journey_from};
use counterfoil_tests::window::{Counter, Failure};
use fantoccini::key::Key;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

/// Keeps each stage that the screen says, however short it is.
const NOTE_STAGES: &str = "window.stages = [];
    new MutationObserver(() => {
        const stage = document.getElementById('import-stage')?.dataset.stage;
        if (stage && window.stages.at(-1) !== stage) window.stages.push(stage);
    }).observe(document.body, { subtree: true, childList: true, attributes: true });
    return 0";

fn extract(file: &Path, rows: u64, bad_per_million: u32) -> Result<Written, Failure> {
    let files = PackFiles::read_dir(&demonstration_pack()).map_err(|problems| format!("{problems:?}"))?;
    let council = check(&files).map_err(|problems| format!("{problems:?}"))?;
    let as_at = NaiveDate::from_ymd_opt(2026, 11, 20).ok_or("no such day")?;
    let mut out = BufWriter::new(File::create(file)?);
    let written = write_extract(&council, &Settings { rows, seed: 1, bad_per_million, as_at }, &mut out)?;
    out.flush()?;
    Ok(written)
}

/// Signs the administrator in, who has no session, opens the import and starts it.
async fn imports(counter: &Counter, file: &Path) -> Result<(), Failure> {
    demo::sign_in(counter, "90", "9090").await?;
    counter.screen("open-session").await?;
    counter.focus_on("sign-out").await?;
    counter.clean("no-session").await?;
    opens_the_import(counter).await?;
    counter.script(NOTE_STAGES).await?;
    counter.types(&file.to_string_lossy()).await?;
    counter.presses(Key::Enter).await?;
    counter.sees("#import-stage").await
}

async fn opens_the_import(counter: &Counter) -> Result<(), Failure> {
    counter.presses(Key::F9).await?;
    counter.sees("#menu-import").await?;
    counter.focus_on("menu-last").await?;
    counter.clean("menu").await?;
    down_to(counter, "menu-import").await?;
    counter.presses(Key::Enter).await?;
    counter.focus_on("import-path").await
}

async fn stage(counter: &Counter, stage: &str) -> Result<(), Failure> {
    counter.sees(&format!("#import-stage[data-stage='{stage}']")).await
}

#[tokio::test]
async fn thirty_thousand_account_holders_are_taken_in_while_the_screen_counts_them() -> Result<(), Failure> {
    journey_from("import", demonstration, async |counter, place| {
        let file = place.folder.join("extract.csv");
        extract(&file, 30_000, 400)?;
        imports(counter, &file).await?;
        stage(counter, "done").await?;
        let stages = counter.script("return window.stages").await?;
        assert!(stages.as_array().is_some_and(|all| all.len() > 1 && all[0] == "reading"), "how far it is was said: {stages}");
        counter.clean("done").await?;
        let counts = counter
            .script("return /^30,000 rows read, ([\\d,]+) good, (\\d+) wrong$/.exec(document.querySelector('[data-rows]').textContent)")
            .await?;
        let (taken, refused) = (counts[1].as_str().ok_or("not counted")?, counts[2].as_str().ok_or("not counted")?);
        assert_eq!(taken.replace(',', "").parse::<u64>()? + refused.parse::<u64>()?, 30_000);
        assert_ne!(refused, "0", "some rows are bad");
        counter.reads("status-line", &format!("Account holders: {taken} taken, {refused} refused")).await?;
        counter.presses(Key::Escape).await?;
        counter.focus_on("menu-import").await?;
        counter.until(&format!("document.querySelector('[data-dialog]').innerText.includes('{taken} accounts')")).await?;
        counter.clean("counted").await?;
        counter.presses(Key::Escape).await?;
        counter.no_dialog().await?;
        counter.focus_on("sign-out").await
    })
    .await
}

#[tokio::test]
async fn an_import_that_is_cancelled_leaves_the_account_holders_that_were_there() -> Result<(), Failure> {
    journey_from("import-cancelled", demonstration, async |counter, place| {
        let file = place.folder.join("extract.csv");
        extract(&file, 300_000, 0)?;
        imports(counter, &file).await?;
        counter.until("Number(document.querySelector('[data-rows]')?.dataset.rows) > 0").await?;
        counter.clean("running").await?;
        demo::tab_to(counter, "import-cancel").await?;
        counter.presses(Key::Enter).await?;
        stage(counter, "cancelled").await?;
        counter.clean("cancelled").await?;
        counter.reads("status-line", "the import was cancelled").await?;
        counter.presses(Key::Escape).await?;
        counter.until("document.querySelector('[data-dialog]').innerText.includes('300 accounts')").await?;
        counter.focus_on("menu-import").await?;
        counter.presses(Key::Escape).await?;
        counter.no_dialog().await?;
        counter.focus_on("sign-out").await?;
        counter.presses(Key::Enter).await?;
        demo::open_session(counter, false).await?;
        counter.scans("501234566").await?;
        counter.focus_on("amount").await?;
        counter.reads("account", "Mrs A Example").await
    })
    .await
}

#[tokio::test]
async fn an_extract_with_too_many_bad_rows_is_refused_by_line_and_reason() -> Result<(), Failure> {
    journey_from("import-refused", demonstration, async |counter, place| {
        let file = place.folder.join("extract.csv");
        let written = extract(&file, 1_000, 50_000)?;
        imports(counter, &file).await?;
        stage(counter, "refused").await?;
        let (line, _) = written.bad.first().ok_or("no bad row")?;
        let first = counter.script("return document.querySelector(\"[data-dialog] .rows li\").textContent").await?;
        let first = first.as_str().unwrap_or_default();
        let reason = first.strip_prefix(&format!("Line {line}: ")).ok_or_else(|| format!("no line {line}: {first}"))?;
        assert!(reason.contains(' ') && !reason.contains("row-"), "a reason in words: {reason}");
        counter.clean("refused").await?;
        counter.reads("status-line", "the extract was refused").await?;
        counter.presses(Key::Escape).await?;
        counter.until("document.querySelector('[data-dialog]').innerText.includes('300 accounts')").await
    })
    .await
}

#[tokio::test]
async fn a_file_that_is_not_there_is_answered_beside_its_box() -> Result<(), Failure> {
    journey_from("import-no-file", demonstration, async |counter, place| {
        demo::sign_in(counter, "90", "9090").await?;
        counter.screen("open-session").await?;
        counter.focus_on("sign-out").await?;
        opens_the_import(counter).await?;
        counter.types(&place.folder.join("nothing.csv").to_string_lossy()).await?;
        counter.presses(Key::Enter).await?;
        counter.reads("problem", "There is no such file.").await?;
        counter.clean("no-file").await
    })
    .await
}
