//! Signing in, locking, unlocking.

use counterfoil_tests::demo;
use counterfoil_tests::journey::journey;
use counterfoil_tests::window::Failure;
use fantoccini::key::Key;

#[tokio::test]
async fn axe_finds_nothing_before_the_counter_is_reached() -> Result<(), Failure> {
    journey("axe", async |counter| {
        counter.screen("sign-in").await?;
        counter.focus_on("user-code").await?;
        counter.clean("sign-in").await?;
        demo::sign_in(counter, "12", "0000").await?;
        counter.sees("[role='alert']").await?;
        counter.clean("wrong-pin").await?;
        counter.until("document.activeElement?.id === 'secret' && document.activeElement.value === ''").await?;
        counter.types("1212").await?;
        counter.presses(Key::Enter).await?;
        counter.screen("open-session").await?;
        counter.clean("open-session").await
    })
    .await
}

#[tokio::test]
async fn five_wrong_pins_lock_the_user() -> Result<(), Failure> {
    journey("five-wrong-pins", async |counter| {
        demo::sign_in(counter, "14", "9999").await?;
        for _ in 1..5 {
            counter.sees("[role='alert']").await?;
            counter.until("document.activeElement?.id === 'secret' && document.activeElement.value === ''").await?;
            counter.types("9999").await?;
            counter.presses(Key::Enter).await?;
        }
        counter.sees("[role='alert']").await?;
        counter.until("document.activeElement?.id === 'secret' && document.activeElement.value === ''").await?;
        // The right PIN doesn't help any more.
        counter.types("1414").await?;
        counter.presses(Key::Enter).await?;
        counter.reads("problem", "supervisor").await?;
        counter.screen("sign-in").await?;
        counter.clean("locked-out").await
    })
    .await
}

#[tokio::test]
async fn a_screen_that_is_locked_in_the_middle_of_a_sale_is_unlocked_by_the_pin_and_has_the_sale_still() -> Result<(), Failure> {
    journey("lock", async |counter| {
        demo::open_session(counter, false).await?;
        demo::add_line(counter, "BJ12345673", "35").await?;
        counter.scans("501234566").await?;
        counter.focus_on("amount").await?;
        counter.chord(&[Key::Control], "l").await?;
        counter.screen("locked").await?;
        counter.focus_on("secret").await?;
        counter.clean("locked").await?;
        assert!(!counter.script("return document.body.innerText").await?.to_string().contains("BJ12345673"), "the sale is hidden");
        counter.types("0000").await?;
        counter.presses(Key::Enter).await?;
        counter.reads("problem", "isn't right").await?;
        counter.screen("locked").await?;
        counter.until("document.activeElement?.id === 'secret' && document.activeElement.value === ''").await?;
        counter.clean("wrong-pin").await?;
        counter.types("1212").await?;
        counter.presses(Key::Enter).await?;
        counter.screen("counter").await?;
        counter.reads("total", "35.00").await?;
        counter.reads("line-0", "BJ12345673").await?;
        // The line that was begun is still being typed, and goes on.
        counter.focus_on("amount").await?;
        counter.clean("unlocked").await?;
        counter.presses(Key::Enter).await?;
        counter.reads("line-1", "501234566").await?;
        counter.focus_on("reference").await
    })
    .await
}
