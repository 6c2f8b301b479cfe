//! What a card terminal wants printed: line for line as it came.

use crate::document::{Block, Document, Style};
use counterfoil_domain::card_payment::ReceiptCopy;
use counterfoil_domain::text::Language;

/// A copy's lines.
pub(crate) fn lines(copy: &ReceiptCopy) -> impl Iterator<Item = Block> {
    copy.lines.iter().map(|(name, value)| match (name.is_empty(), value.is_empty()) {
        (true, true) => Block::Blank,
        (false, false) => Block::pair(name, value),
        _ => Block::Text { align: crate::Align::Left, style: Style::PLAIN, indent: 0, text: format!("{name}{value}") },
    })
}

/// Copies on a strip of their own, each under the other. `again` is the word for a strip that may have come out before.
pub fn card_slip(title: String, language: Language, copies: &[&ReceiptCopy], again: Option<String>) -> Document {
    let mut blocks: Vec<Block> = again.into_iter().map(|word| Block::centred(Style::LARGE, word)).collect();
    for (place, copy) in copies.iter().enumerate() {
        if place > 0 {
            blocks.push(Block::Rule);
        }
        blocks.extend(lines(copy));
    }
    Document { title, language, blocks }
}
