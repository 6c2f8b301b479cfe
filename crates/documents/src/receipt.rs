//! What a receipt says.
//!
//! With VAT it is also a VAT receipt: council name, address, VAT number, date, description, gross per rate and the rate; above
//! £250 also net and VAT per rate (VAT Regulations 1995, regulation 16; VAT Notice 700, section 16). The account holder's name
//! and address are never printed: whoever holds the receipt need not be the account holder.

use crate::card_slip;
use crate::document::{Block, Document, Style};
use chrono::NaiveDateTime;
use counterfoil_domain::Pence;
use counterfoil_domain::correction::{Correction, CorrectionKind, ReasonGiven};
use counterfoil_domain::council::{Council, Fund, Office};
use counterfoil_domain::receipt::{IncomeLine, Receipt, Tender, TenderDetails};
use rust_decimal::Decimal;

/// Up to this the simplified form of a VAT receipt is enough.
const SIMPLIFIED_VAT_LIMIT: Pence = Pence(25_000);

/// Words in the receipt's language.
pub trait Phrases {
    /// The phrase with this key (one of [`KEYS`]) and its arguments filled in.
    fn phrase(&self, key: &str, args: &[(&str, &str)]) -> String;
}

/// Every key that a receipt asks for; `receipt.ftl` of each language has them all.
pub const KEYS: [&str; 31] = [
    "receipt-title",
    "receipt-copy",
    "receipt-number",
    "receipt-date",
    "receipt-office",
    "receipt-till",
    "receipt-cashier",
    "receipt-reference",
    "receipt-total",
    "receipt-tendered",
    "receipt-change",
    "receipt-cheque-number",
    "receipt-card-number",
    "receipt-authorisation",
    "receipt-postal-order-number",
    "receipt-vat-number",
    "receipt-vat-gross",
    "receipt-vat-net",
    "receipt-vat-amount",
    "receipt-demonstration",
    "receipt-void",
    "receipt-refund",
    "receipt-transfer",
    "receipt-corrects",
    "receipt-reason",
    "receipt-payee",
    "receipt-voided-by",
    "receipt-refunded-by",
    "receipt-transferred-by",
    "receipt-payer",
    "receipt-card-slip",
];

fn kind_key(kind: CorrectionKind) -> &'static str {
    match kind {
        CorrectionKind::Void => "receipt-void",
        CorrectionKind::Refund => "receipt-refund",
        CorrectionKind::Transfer => "receipt-transfer",
    }
}

fn taken_back_key(kind: CorrectionKind) -> &'static str {
    match kind {
        CorrectionKind::Void => "receipt-voided-by",
        CorrectionKind::Refund => "receipt-refunded-by",
        CorrectionKind::Transfer => "receipt-transferred-by",
    }
}

/// What was taken back of a receipt since it was printed, by one other receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenBack {
    /// How.
    pub kind: CorrectionKind,
    /// The other receipt's number.
    pub number: String,
    /// How much, above zero.
    pub amount: Pence,
}

/// What a receipt is made from.
#[derive(Clone, Copy, Debug)]
pub struct ReceiptFacts<'a> {
    /// The council, for its name, texts, funds and MOPs.
    pub council: &'a Council,
    /// Where it was taken.
    pub office: &'a Office,
    /// The receipt.
    pub receipt: &'a Receipt,
    /// When it was taken, by the council's clock.
    pub taken_at: NaiveDateTime,
    /// Who took it.
    pub cashier_code: &'a str,
    /// In which session.
    pub session: u64,
    /// Is this any but the first print? Then it says so.
    pub copy: bool,
    /// What it takes back of an earlier receipt, if that is what it does.
    pub correction: Option<&'a Correction>,
    /// What was taken back of it since: a copy says so, as nobody may take it for money that is still there.
    pub taken_back: &'a [TakenBack],
}

/// The receipt as a document, in the receipt's own language. `phrases` must speak that language.
pub fn receipt(facts: &ReceiptFacts<'_>, phrases: &dyn Phrases) -> Document {
    let writer = Writer { facts, phrases };
    let mut blocks = Vec::with_capacity(48);
    writer.warnings(&mut blocks);
    writer.head(&mut blocks);
    writer.particulars(&mut blocks);
    writer.income(&mut blocks);
    writer.payment(&mut blocks);
    writer.vat(&mut blocks);
    writer.terminal_copies(&mut blocks);
    writer.foot(&mut blocks);
    Document { title: writer.say_with("receipt-title", &[("number", &facts.receipt.number)]), language: facts.receipt.language, blocks }
}

struct Writer<'a> {
    facts: &'a ReceiptFacts<'a>,
    phrases: &'a dyn Phrases,
}

impl Writer<'_> {
    fn say(&self, key: &str) -> String {
        self.phrases.phrase(key, &[])
    }

    fn say_with(&self, key: &str, args: &[(&str, &str)]) -> String {
        self.phrases.phrase(key, args)
    }

    /// What nobody may overlook stands first.
    fn warnings(&self, blocks: &mut Vec<Block>) {
        if self.facts.copy {
            blocks.push(Block::centred(Style::LARGE, self.say("receipt-copy")));
        }
        if let Some(correction) = self.facts.correction {
            blocks.push(Block::centred(Style::LARGE, self.say(kind_key(correction.kind))));
        }
        self.demonstration(blocks);
    }

    fn demonstration(&self, blocks: &mut Vec<Block>) {
        if self.facts.council.identity.demonstration {
            blocks.push(Block::centred(Style::BOLD, self.say("receipt-demonstration")));
            blocks.push(Block::Blank);
        }
    }

    fn head(&self, blocks: &mut Vec<Block>) {
        let Council { identity, receipt: texts, brand, .. } = self.facts.council;
        let language = self.facts.receipt.language;
        if let Some(logo) = brand.logo_bitmap.as_ref().filter(|_| texts.logo) {
            blocks.push(Block::Logo(logo.clone()));
            blocks.push(Block::Blank);
        }
        blocks.push(Block::centred(Style::HEADING, identity.name.in_language(language)));
        blocks.extend(identity.address.iter().map(|line| Block::centred(Style::PLAIN, line)));
        blocks.extend(texts.header.iter().map(|words| Block::centred(Style::PLAIN, words.in_language(language))));
        blocks.push(Block::Rule);
    }

    fn particulars(&self, blocks: &mut Vec<Block>) {
        let ReceiptFacts { office, receipt, taken_at, cashier_code, session, .. } = self.facts;
        let till = self.say_with("receipt-till", &[("till", &receipt.till_code), ("session", &session.to_string())]);
        blocks.push(Block::Pair { style: Style::BOLD, indent: 0, left: self.say("receipt-number"), right: receipt.number.clone() });
        // Figures only: they need no translation, and no month is mistaken for a day in Britain.
        blocks.push(Block::pair(self.say("receipt-date"), taken_at.format("%d/%m/%Y %H:%M").to_string()));
        blocks.push(Block::pair(self.say("receipt-office"), office.name.in_language(receipt.language)));
        blocks.push(Block::pair(till, self.say_with("receipt-cashier", &[("code", cashier_code)])));
        if let Some(correction) = self.facts.correction {
            blocks.push(Block::pair(self.say("receipt-corrects"), correction.of.clone()));
            blocks.push(Block::pair(self.say("receipt-reason"), self.reason(&correction.reason)));
        }
        for back in self.facts.taken_back {
            let left = self.say(taken_back_key(back.kind));
            blocks.push(Block::Pair { style: Style::BOLD, indent: 0, left, right: back.number.clone() });
            blocks.push(Block::detail(back.amount.to_string()));
        }
        blocks.push(Block::Rule);
    }

    /// The reason in the receipt's language; what was typed beside it is for the council, not for the paper.
    fn reason(&self, given: &ReasonGiven) -> String {
        let reason = self.facts.council.reasons.iter().find(|reason| reason.code == given.code);
        reason.map_or(given.code.as_str(), |reason| reason.text.in_language(self.facts.receipt.language)).to_owned()
    }

    fn income(&self, blocks: &mut Vec<Block>) {
        for line in &self.facts.receipt.lines {
            self.income_line(line, blocks);
        }
        blocks.push(Block::Rule);
        blocks.push(Block::Total { left: self.say("receipt-total"), right: self.facts.receipt.total.to_string() });
        blocks.push(Block::Rule);
    }

    fn income_line(&self, line: &IncomeLine, blocks: &mut Vec<Block>) {
        let language = self.facts.receipt.language;
        let fund = self.facts.council.fund(&line.fund_code);
        let name = fund.map_or(line.fund_code.as_str(), |fund| fund.name.in_language(language));
        let label = fund.and_then(|fund: &Fund| fund.reference_label.as_ref());
        let label = label.map_or_else(|| self.say("receipt-reference"), |label| label.in_language(language).to_owned());
        blocks.push(Block::Pair { style: Style::BOLD, indent: 0, left: name.to_owned(), right: line.amount.to_string() });
        blocks.push(Block::detail(format!("{label}: {}", line.reference)));
        if !line.narrative.is_empty() {
            blocks.push(Block::detail(&line.narrative));
        }
        if !line.payer_name.is_empty() {
            blocks.push(Block::detail(format!("{}: {}", self.say("receipt-payer"), line.payer_name)));
            blocks.push(Block::detail(&line.payer_address));
        }
    }

    fn payment(&self, blocks: &mut Vec<Block>) {
        for tender in &self.facts.receipt.tenders {
            self.tender(tender, blocks);
        }
    }

    fn tender(&self, tender: &Tender, blocks: &mut Vec<Block>) {
        let mop = self.facts.council.mop(&tender.mop_code);
        let name = mop.map_or(tender.mop_code.as_str(), |mop| mop.name.in_language(self.facts.receipt.language));
        if !tender.amount.is_zero() {
            blocks.push(Block::pair(name, tender.amount.to_string()));
        }
        let mut detail = |key: &str, value: String| blocks.push(Block::detail_pair(self.say(key), value));
        match &tender.details {
            TenderDetails::Cash { .. } if !tender.amount.is_positive() => {}
            TenderDetails::Cash { tendered, change } => {
                detail("receipt-tendered", tendered.to_string());
                detail("receipt-change", change.to_string());
            }
            TenderDetails::Cheque(cheque) => detail("receipt-cheque-number", cheque.number.clone()),
            TenderDetails::Card(card) => {
                // A terminal doesn't always say both.
                if !card.last_four.is_empty() {
                    detail("receipt-card-number", format!("**** {}", card.last_four));
                }
                if !card.authorisation.is_empty() {
                    detail("receipt-authorisation", card.authorisation.clone());
                }
            }
            TenderDetails::PostalOrder { number } => detail("receipt-postal-order-number", number.clone()),
            TenderDetails::ChequeRequest { payee } => detail("receipt-payee", payee.clone()),
            TenderDetails::Internal => {}
        }
    }

    /// The VAT part, when any line carries VAT. The limit is held against the whole receipt, which is never less than what
    /// carries VAT: too much is said now and then, never too little.
    fn vat(&self, blocks: &mut Vec<Block>) {
        let rates = vat_by_rate(&self.facts.receipt.lines);
        if rates.is_empty() {
            return;
        }
        blocks.push(Block::Rule);
        if let Some(number) = &self.facts.council.identity.vat_number {
            blocks.push(Block::pair(self.say("receipt-vat-number"), number));
        }
        let in_full = self.facts.receipt.total.0.abs() > SIMPLIFIED_VAT_LIMIT.0;
        for VatAtRate { rate, gross, vat } in rates {
            let rate = format!("{}%", (rate * Decimal::ONE_HUNDRED).normalize());
            blocks.push(Block::pair(self.say_with("receipt-vat-gross", &[("rate", &rate)]), gross.to_string()));
            if in_full {
                blocks.push(Block::detail_pair(self.say("receipt-vat-net"), gross.minus(vat).to_string()));
                blocks.push(Block::detail_pair(self.say("receipt-vat-amount"), vat.to_string()));
            }
        }
    }

    /// The customer's copies of the terminal's own receipts, unaltered.
    fn terminal_copies(&self, blocks: &mut Vec<Block>) {
        for tender in &self.facts.receipt.tenders {
            let TenderDetails::Card(card) = &tender.details else { continue };
            for copy in card.receipts.iter().filter(|copy| copy.customer) {
                blocks.push(Block::Rule);
                blocks.extend(card_slip::lines(copy));
            }
        }
    }

    fn foot(&self, blocks: &mut Vec<Block>) {
        let ReceiptFacts { council, receipt, .. } = self.facts;
        blocks.push(Block::Blank);
        blocks.extend(council.receipt.footer.iter().map(|words| Block::centred(Style::PLAIN, words.in_language(receipt.language))));
        if !council.receipt.footer.is_empty() {
            blocks.push(Block::Blank);
        }
        self.demonstration(blocks);
        blocks.push(Block::Barcode(receipt.number.clone()));
        if council.receipt.qr {
            blocks.push(Block::Qr(receipt.number.clone()));
        }
    }
}

/// What was taken at one rate above zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct VatAtRate {
    rate: Decimal,
    gross: Pence,
    vat: Pence,
}

/// Lines with VAT added up by rate, in the order in which the rates first appear. The VAT is the sum of what each line was
/// committed with, so that the receipt and the ledger agree to the penny.
fn vat_by_rate(lines: &[IncomeLine]) -> Vec<VatAtRate> {
    let mut rates: Vec<VatAtRate> = Vec::new();
    for line in lines.iter().filter(|line| line.vat_rate > Decimal::ZERO) {
        match rates.iter_mut().find(|entry| entry.rate == line.vat_rate) {
            Some(entry) => {
                entry.gross = entry.gross.plus(line.amount);
                entry.vat = entry.vat.plus(line.vat);
            }
            None => rates.push(VatAtRate { rate: line.vat_rate, gross: line.amount, vat: line.vat }),
        }
    }
    rates
}
