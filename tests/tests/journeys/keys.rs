//! The keys that a browser would take for itself.

use counterfoil_tests::demo;
use counterfoil_tests::journey::journey;
use counterfoil_tests::window::Failure;
use fantoccini::key::Key;
use serde_json::json;

/// Notes whether the page took each key before the web view could, and that it is still the same page.
const WATCH: &str = "window.taken = []; window.marker = 'here';
    window.addEventListener('keydown', (event) => {
        if (!['Control', 'Alt', 'Shift'].includes(event.key)) window.taken.push(event.defaultPrevented);
    }, true);
    return 0";

#[tokio::test]
async fn keys_that_a_browser_would_take_for_itself_leave_a_sale_as_it_is() -> Result<(), Failure> {
    journey("browser-keys", async |counter| {
        demo::open_session(counter, false).await?;
        demo::add_line(counter, "BJ12345673", "35").await?;
        counter.script(WATCH).await?;
        let left = char::from(Key::Left).to_string();
        let right = char::from(Key::Right).to_string();
        let f5 = char::from(Key::F5).to_string();
        let f7 = char::from(Key::F7).to_string();
        let control = [Key::Control].as_slice();
        let pressed = [
            (control, "r"),
            (control, "f"),
            (control, "p"),
            (&[Key::Control, Key::Shift], "r"),
            (&[Key::Alt], &left),
            (&[Key::Alt], &right),
            (control, "+"),
            (control, "-"),
            (control, &f5),
            (&[Key::Shift], &f7),
        ];
        for (held, key) in pressed {
            counter.script("window.taken = []; return 0").await?;
            counter.chord(held, key).await?;
            counter.until("window.taken.length === 1 && window.taken[0]").await?;
        }
        counter.focus_on("reference").await?;
        counter.reads("total", "35.00").await?;
        counter.clean("after-the-chords").await?;
        // F3 would find on the page, F7 turn caret browsing on, F5 load it anew: here they are receipts, cheque and cash.
        counter.presses(Key::F3).await?;
        counter.sees("[data-dialog='receipts']").await?;
        counter.focus_on("find-text").await?;
        counter.presses(Key::Escape).await?;
        counter.no_dialog().await?;
        counter.focus_on("reference").await?;
        counter.presses(Key::F7).await?;
        counter.focus_on("cheque-amount").await?;
        counter.presses(Key::F5).await?;
        counter.focus_on("tendered").await?;
        counter.reads("total", "35.00").await?;
        counter.reads("line-0", "BJ12345673").await?;
        assert_eq!(counter.script("return [window.marker, document.querySelectorAll('#basket .line').length]").await?, json!(["here", 1]));
        counter.clean("paying").await
    })
    .await
}
