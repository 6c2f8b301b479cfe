//! What a printer's slip station prints: a line on the customer's own bill, and the back of a cheque.

use crate::document::{Align, Block, Document, Style};
use crate::receipt::Phrases;
use chrono::NaiveDateTime;
use counterfoil_domain::council::Council;
use counterfoil_domain::receipt::{IncomeLine, Receipt, Tender};

/// Every key that a slip asks for; `printing.ftl` of each language has them all.
pub const KEYS: [&str; 3] = ["station-validation", "station-endorsement", "station-receipt"];

/// What a slip is made from.
#[derive(Clone, Copy, Debug)]
pub struct StationFacts<'a> {
    /// The council, for its name and its words on cheques.
    pub council: &'a Council,
    /// The receipt that it belongs to.
    pub receipt: &'a Receipt,
    /// When that was taken, by the council's clock.
    pub taken_at: NaiveDateTime,
    /// Has it been printed before, or may it have been? Then it says COPY.
    pub copy: bool,
}

/// A line on the bill that was paid: receipt, date, amount, account.
pub fn validation(facts: &StationFacts<'_>, line: &IncomeLine, phrases: &dyn Phrases) -> Document {
    let StationFacts { receipt, taken_at, .. } = facts;
    let text = format!("{} {} {} {}", receipt.number, taken_at.format("%d/%m/%Y"), line.amount, line.reference);
    document(facts, phrases.phrase("station-validation", &[]), vec![plain(text)], phrases)
}

/// The back of a cheque: the council's name, its words, which usually name its account, and what the cheque was given for.
pub fn endorsement(facts: &StationFacts<'_>, cheque: &Tender, phrases: &dyn Phrases) -> Document {
    let StationFacts { council, receipt, taken_at, .. } = facts;
    let mut blocks = vec![plain(council.identity.name.in_language(receipt.language))];
    blocks.extend(council.receipt.endorsement.iter().map(|words| plain(words.in_language(receipt.language))));
    blocks.push(plain(phrases.phrase("station-receipt", &[("number", &receipt.number)])));
    blocks.push(plain(format!("{} {}", taken_at.format("%d/%m/%Y"), cheque.amount)));
    document(facts, phrases.phrase("station-endorsement", &[]), blocks, phrases)
}

fn document(facts: &StationFacts<'_>, title: String, blocks: Vec<Block>, phrases: &dyn Phrases) -> Document {
    let again = facts.copy.then(|| plain(phrases.phrase("receipt-copy", &[])));
    Document { title, language: facts.receipt.language, blocks: again.into_iter().chain(blocks).collect() }
}

fn plain(text: impl Into<String>) -> Block {
    Block::Text { align: Align::Left, style: Style::PLAIN, indent: 0, text: text.into() }
}
