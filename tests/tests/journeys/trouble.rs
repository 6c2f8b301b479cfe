//! A till that can't be opened says so, and what to do.

use counterfoil_tests::journey::{demonstration, journey_from};
use counterfoil_tests::window::Failure;
use fantoccini::key::Key;
use std::path::Path;

fn written_by_a_newer_version(data: &Path) -> Result<(), Failure> {
    demonstration(data)?;
    rusqlite::Connection::open(data.join("till.db"))?.pragma_update(None, "user_version", 9999)?;
    Ok(())
}

#[tokio::test]
async fn data_of_a_newer_version_is_left_alone_and_the_screen_says_what_to_do() -> Result<(), Failure> {
    journey_from("newer", written_by_a_newer_version, async |counter, place| {
        counter.screen("trouble").await?;
        counter.focus_on("again").await?;
        counter.reads("problem", "written by a newer version of Counterfoil. Install that version. Nothing was changed.").await?;
        counter.clean("trouble").await?;
        counter.presses(Key::Enter).await?;
        counter.reads("problem", "Install that version.").await?;
        let store = rusqlite::Connection::open(place.folder.join("data/till.db"))?;
        assert_eq!(store.pragma_query_value(None, "user_version", |row| row.get::<_, i64>(0))?, 9999);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_second_window_on_the_same_till_says_so_and_goes_on_once_the_first_is_closed() -> Result<(), Failure> {
    let first = |data: &Path| {
        demonstration(data)?;
        Ok(counterfoil_testkit::till::open(data, false)?)
    };
    journey_from("second-window", first, async |counter, place| {
        counter.screen("trouble").await?;
        counter.focus_on("again").await?;
        counter.reads("problem", "Counterfoil is running on this till already.").await?;
        counter.clean("trouble").await?;
        drop(place.kept);
        counter.presses(Key::Enter).await?;
        counter.screen("sign-in").await?;
        counter.focus_on("user-code").await
    })
    .await
}

fn damaged(data: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(data)?;
    Ok(std::fs::write(data.join("till.db"), b"this was once a store ".repeat(200))?)
}

#[tokio::test]
async fn a_till_whose_data_is_damaged_says_where_it_is_and_what_to_do() -> Result<(), Failure> {
    journey_from("damaged", damaged, async |counter, _| {
        counter.screen("trouble").await?;
        counter.reads("advice", "till.db").await?;
        counter.reads("advice", "set-aside").await?;
        counter.clean("damaged").await
    })
    .await
}
