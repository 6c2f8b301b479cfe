//! The page that shows whether a printer is set as it is: every character that a receipt needs, the width of its line in
//! columns and in dots, a barcode. It opens no drawer.

use crate::document::{Block, Document, Style};
use crate::profile::{CodePage, PrinterProfile};
use crate::receipt::Phrases;
use chrono::NaiveDateTime;
use counterfoil_domain::council::Bitmap;
use counterfoil_domain::text::Language;

/// Every key that the page asks for; `printing.ftl` of each language has them all.
pub const KEYS: [&str; 11] = [
    "test-page-title",
    "test-page-till",
    "test-page-other",
    "test-page-model",
    "test-page-columns",
    "test-page-dots",
    "test-page-code-page",
    "test-page-letters",
    "test-page-width",
    "test-page-barcode",
    "test-page-drawer",
];

/// What the codes of the page's barcodes say.
pub const CODE: &str = "TEST-0123456789";
/// Characters that go wrong on printers that aren't set right: money, English punctuation, every accent of Welsh.
const LETTERS: [&str; 3] = ["£ € # @ % & * ' \" - ’ “ ” –", "â ê î ô û ŵ ŷ á é í ó ú ẃ ý à è ì ò ù ẁ ỳ ä ë ï ö ü ẅ ÿ", "Â Ê Î Ô Û Ŵ Ŷ"];
/// Height of the bar that is as wide as the paper, in dots.
const BAR_DOTS: u32 = 8;

/// What the page is made from.
#[derive(Clone, Copy, Debug)]
pub struct TestPage<'a> {
    /// How the printer is set.
    pub profile: &'a PrinterProfile,
    /// Its model, in words.
    pub model: &'a str,
    /// The till's name.
    pub till: &'a str,
    /// Is it the other printer?
    pub other: bool,
    /// When it was asked for, by the council's clock.
    pub at: NaiveDateTime,
    /// Is this any but the first print?
    pub copy: bool,
}

/// The test page.
pub fn test_page(page: &TestPage<'_>, language: Language, phrases: &dyn Phrases) -> Document {
    let say = |key: &str| phrases.phrase(key, &[]);
    let profile = page.profile;
    let code_page = match profile.code_page {
        CodePage::Wpc1252 => "Windows 1252",
        CodePage::Pc858 => "PC858",
    };
    let again = page.copy.then(|| Block::centred(Style::LARGE, say("receipt-copy")));
    let mut blocks: Vec<Block> = again.into_iter().collect();
    blocks.extend([
        Block::centred(Style::LARGE, say("test-page-title")),
        Block::centred(
            Style::PLAIN,
            if page.other { say("test-page-other") } else { phrases.phrase("test-page-till", &[("till", page.till)]) },
        ),
        Block::centred(Style::PLAIN, page.at.format("%d/%m/%Y %H:%M").to_string()),
        Block::Rule,
        Block::pair(say("test-page-model"), page.model),
        Block::pair(say("test-page-columns"), profile.columns.to_string()),
        Block::pair(say("test-page-dots"), profile.dots.to_string()),
        Block::pair(say("test-page-code-page"), code_page),
        Block::Rule,
        Block::centred(Style::BOLD, say("test-page-letters")),
    ]);
    blocks.extend(LETTERS.map(|line| Block::centred(Style::PLAIN, line)));
    blocks.push(Block::Rule);
    blocks.push(Block::centred(Style::BOLD, say("test-page-width")));
    blocks.push(Block::centred(Style::PLAIN, ruler(profile.columns)));
    blocks.push(Block::Logo(bar(profile.dots)));
    blocks.push(Block::Blank);
    blocks.push(Block::centred(Style::BOLD, say("test-page-barcode")));
    blocks.push(Block::Barcode(CODE.to_owned()));
    blocks.push(Block::Qr(CODE.to_owned()));
    blocks.push(Block::Rule);
    blocks.push(Block::centred(Style::PLAIN, say("test-page-drawer")));
    Document { title: say("test-page-title"), language, blocks }
}

/// `1234567890` over and over, as long as a line.
fn ruler(columns: usize) -> String {
    "1234567890".chars().cycle().take(columns).collect()
}

/// A black bar as wide as the paper: where one of its ends is missing, `dots` is too many.
fn bar(dots: u32) -> Bitmap {
    let bytes = usize::try_from(dots.div_ceil(8).saturating_mul(BAR_DOTS)).unwrap_or_default();
    Bitmap { width: dots, height: BAR_DOTS, rows: vec![0xff; bytes] }
}
