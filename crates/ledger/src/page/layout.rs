//! What every view of the page has: its head, who is signed in, and where else one can go.

use super::signed_in::SignedIn;
use super::words::Words;
use crate::ledger::Ledger;
use maud::{DOCTYPE, Markup, html};

/// The views, in the order of the navigation: path and key of their name.
const VIEWS: [(&str, &str); 5] = [
    ("/fleet", "ledger-fleet"),
    ("/takings", "ledger-takings"),
    ("/suspense", "ledger-suspense"),
    ("/reconciliation", "ledger-reconciliation"),
    ("/export", "ledger-export"),
];

/// The whole document.
fn document(ledger: &Ledger, words: Words, title: &str, header: &Markup, main: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(words.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · " (words.say("ledger-name")) }
                link rel="stylesheet" href={ (ledger.path_prefix()) "/page.css" };
            }
            body {
                a.skip href="#main" { (words.say("ledger-skip")) }
                (header)
                main id="main" tabindex="-1" {
                    h1 { (title) }
                    (main)
                }
                footer { (language_form(ledger, words)) }
            }
        }
    }
}

/// The other language, in its own words.
fn language_form(ledger: &Ledger, words: Words) -> Markup {
    let (tag, name) = if words.tag() == "cy" { ("en-GB", "English") } else { ("cy", "Cymraeg") };
    html! {
        form method="post" action={ (ledger.path_prefix()) "/language" } {
            input type="hidden" name="tag" value=(tag);
            button.quiet lang=(tag) { (name) }
        }
    }
}

/// A view for nobody in particular.
pub fn plain(ledger: &Ledger, words: Words, title: &str, main: &Markup) -> Markup {
    let header = html! { header { p.name { (words.say("ledger-name")) } } };
    document(ledger, words, title, &header, main)
}

/// A view for somebody who is signed in. `here` is its path.
pub fn view(ledger: &Ledger, by: &SignedIn, here: &str, title: &str, main: &Markup) -> Markup {
    let (words, prefix) = (by.words, ledger.path_prefix());
    let header = html! {
        header {
            p.name { (words.say("ledger-name")) }
            nav aria-label=(words.say("ledger-views")) {
                ul {
                    @for (path, key) in VIEWS {
                        li { a href={ (prefix) (path) } aria-current=[(path == here).then_some("page")] { (words.say(key)) } }
                    }
                }
            }
            form.who method="post" action={ (prefix) "/sign-out" } {
                span { (by.person.name) }
                (csrf(by))
                button.quiet { (words.say("ledger-sign-out")) }
            }
        }
    };
    document(ledger, words, title, &header, main)
}

/// What every form carries.
pub fn csrf(by: &SignedIn) -> Markup {
    html! { input type="hidden" name="csrf" value=(by.csrf); }
}

/// A labelled box.
pub fn field(words: Words, name: &str, kind: &str, value: &str) -> Markup {
    html! {
        div.field {
            label for=(name) { (words.say(&format!("ledger-{name}"))) }
            input id=(name) name=(name) type=(kind) value=(value) autocomplete="off" spellcheck="false";
        }
    }
}

/// A table that can be scrolled by keyboard where it is wider than the screen.
pub fn scrolled(name: &str, table: &Markup) -> Markup {
    html! { div.scrolled role="region" aria-label=(name) tabindex="0" { (table) } }
}

/// Something that went well, or didn't.
pub fn notice(text: &str, is_bad: bool) -> Markup {
    html! { p.notice.bad[is_bad] role=(if is_bad { "alert" } else { "status" }) { (text) } }
}
