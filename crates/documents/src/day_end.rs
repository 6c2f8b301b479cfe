//! What the papers of a day say: the X read, the Z read, the slip of cash that moved between drawer and safe.
//!
//! They are the council's own papers: they name people by their codes, and have room for signatures.

use crate::document::{Block, Document, Style};
use crate::receipt::Phrases;
use chrono::NaiveDateTime;
use counterfoil_domain::Pence;
use counterfoil_domain::cash_up::MopAmount;
use counterfoil_domain::correction::ReasonGiven;
use counterfoil_domain::council::{Council, Office};
use counterfoil_domain::day_end::{CashMovement, MovementKind, SessionTotals, Tally, ZRead};
use counterfoil_domain::session::CountedDenomination;
use counterfoil_domain::text::{Language, Words};

/// Every key that these papers ask for; `day_end.ftl` of each language has them all.
pub const KEYS: [&str; 54] = [
    "day-x-title",
    "day-x-heading",
    "day-z-title",
    "day-z-heading",
    "day-lift",
    "day-top-up",
    "day-exchange",
    "day-copy",
    "day-demonstration",
    "day-office",
    "day-till",
    "day-cashier",
    "day-date",
    "day-opened",
    "day-closed",
    "day-read-at",
    "day-closed-by",
    "day-approved-by",
    "day-receipts",
    "day-no-receipts",
    "day-by-mop",
    "day-by-fund",
    "day-by-vat",
    "day-vat-in-it",
    "day-counts",
    "day-taken",
    "day-voids",
    "day-refunds",
    "day-transfers",
    "day-lifts",
    "day-top-ups",
    "day-drawer-openings",
    "day-float",
    "day-expected-title",
    "day-cash-up",
    "day-attempt",
    "day-expected",
    "day-counted",
    "day-difference",
    "day-terminal",
    "day-terminal-says",
    "day-terminal-known",
    "day-terminal-not-compared",
    "day-reason",
    "day-over-short",
    "day-cash-counted",
    "day-total",
    "day-float-left",
    "day-to-bank",
    "day-journal",
    "day-bag",
    "day-out",
    "day-in",
    "day-signature",
];

/// Whose session it is, and where.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The council, for its name, funds, MOPs, reasons and denominations.
    pub council: &'a Council,
    /// Where.
    pub office: &'a Office,
    /// On which till.
    pub till_code: &'a str,
    /// In which session.
    pub session: u64,
    /// Whose session.
    pub cashier_code: &'a str,
    /// The paper's language.
    pub language: Language,
}

/// What an X read is made from.
#[derive(Clone, Copy, Debug)]
pub struct XReadFacts<'a> {
    /// Where.
    pub place: Place<'a>,
    /// When the session was opened, by the council's clock.
    pub opened_at: NaiveDateTime,
    /// When it was read.
    pub read_at: NaiveDateTime,
    /// The counted float.
    pub float: Pence,
    /// What the session comes to so far.
    pub totals: &'a SessionTotals,
    /// What a count should find, by MOP.
    pub expected: &'a [MopAmount],
    /// Is this any but the first print?
    pub copy: bool,
}

/// What a Z read is made from.
#[derive(Clone, Copy, Debug)]
pub struct ZReadFacts<'a> {
    /// Where.
    pub place: Place<'a>,
    /// The Z read.
    pub z: &'a ZRead,
    /// When the session was opened, by the council's clock.
    pub opened_at: NaiveDateTime,
    /// When it was closed: before it was opened, where a clock was set back.
    pub closed_at: NaiveDateTime,
    /// Who closed it.
    pub closed_by: &'a str,
    /// Who approved it, where somebody had to.
    pub approved_by: Option<&'a str>,
    /// Is this any but the first print?
    pub copy: bool,
}

/// What the slip of a cash movement is made from.
#[derive(Clone, Copy, Debug)]
pub struct SlipFacts<'a> {
    /// Where.
    pub place: Place<'a>,
    /// What moved.
    pub movement: &'a CashMovement,
    /// When, by the council's clock.
    pub moved_at: NaiveDateTime,
    /// Who approved it, where somebody had to.
    pub approved_by: Option<&'a str>,
    /// Is this any but the first print?
    pub copy: bool,
}

/// The X read. `phrases` must speak the place's language.
pub fn x_read(facts: &XReadFacts<'_>, phrases: &dyn Phrases) -> Document {
    let mut writer = Writer::new(facts.place, phrases);
    writer.head(facts.copy, "day-x-heading", &[]);
    writer.particulars();
    writer.pair("day-opened", moment(facts.opened_at));
    writer.pair("day-read-at", moment(facts.read_at));
    writer.totals(facts.totals, facts.float);
    writer.heading("day-expected-title");
    for mop in facts.expected {
        writer.blocks.push(Block::pair(writer.mop(&mop.mop_code), mop.amount.to_string()));
    }
    let number = facts.place.session.to_string();
    writer.document("day-x-title", &number)
}

/// The Z read. `phrases` must speak the place's language.
pub fn z_read(facts: &ZReadFacts<'_>, phrases: &dyn Phrases) -> Document {
    let (z, number) = (facts.z, facts.z.number.to_string());
    let mut writer = Writer::new(facts.place, phrases);
    writer.head(facts.copy, "day-z-heading", &[("number", &number)]);
    writer.particulars();
    writer.pair("day-opened", moment(facts.opened_at));
    writer.pair("day-closed", moment(facts.closed_at));
    writer.pair("day-closed-by", facts.closed_by.to_owned());
    writer.totals(&z.totals, z.float);
    writer.cash_up(z);
    if let Some(reason) = &z.reason {
        writer.reason(reason);
    }
    if let Some(approved_by) = facts.approved_by {
        writer.pair("day-approved-by", approved_by.to_owned());
    }
    writer.cash(z);
    writer.rule();
    let head = writer.say("day-journal", &[("seq", &z.head_seq.to_string())]);
    writer.blocks.push(Block::Text { align: crate::Align::Left, style: Style::PLAIN, indent: 0, text: head });
    writer.blocks.push(Block::detail(in_groups(&z.head_hash)));
    writer.signatures(2);
    writer.document("day-z-title", &number)
}

/// The slip of a cash movement. `phrases` must speak the place's language.
pub fn slip(facts: &SlipFacts<'_>, phrases: &dyn Phrases) -> Document {
    let movement = facts.movement;
    let heading = match movement.kind {
        MovementKind::Lift => "day-lift",
        MovementKind::TopUp => "day-top-up",
        MovementKind::Exchange => "day-exchange",
    };
    let mut writer = Writer::new(facts.place, phrases);
    writer.head(facts.copy, heading, &[]);
    if !movement.bag.is_empty() {
        writer.blocks.push(Block::Pair { style: Style::BOLD, indent: 0, left: writer.word("day-bag"), right: movement.bag.clone() });
    }
    writer.particulars();
    writer.pair("day-date", moment(facts.moved_at));
    if let Some(approved_by) = facts.approved_by {
        writer.pair("day-approved-by", approved_by.to_owned());
    }
    for (key, counts) in [("day-out", &movement.out), ("day-in", &movement.into)] {
        if !counts.is_empty() {
            writer.heading(key);
            writer.counts(counts);
        }
    }
    writer.signatures(2);
    writer.document(heading, &movement.bag)
}

/// Figures only: they need no translation.
fn moment(at: NaiveDateTime) -> String {
    at.format("%d/%m/%Y %H:%M").to_string()
}

/// A hash in groups of eight, so that it can be read out.
fn in_groups(hash: &str) -> String {
    let characters: Vec<char> = hash.chars().collect();
    characters.chunks(8).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

struct Writer<'a> {
    place: Place<'a>,
    phrases: &'a dyn Phrases,
    blocks: Vec<Block>,
}

impl<'a> Writer<'a> {
    fn new(place: Place<'a>, phrases: &'a dyn Phrases) -> Writer<'a> {
        Writer { place, phrases, blocks: Vec::with_capacity(64) }
    }

    fn document(self, title: &str, number: &str) -> Document {
        let title = self.say(title, &[("number", number)]);
        Document { title, language: self.place.language, blocks: self.blocks }
    }

    fn say(&self, key: &str, args: &[(&str, &str)]) -> String {
        self.phrases.phrase(key, args)
    }

    fn word(&self, key: &str) -> String {
        self.say(key, &[])
    }

    fn words(&self, words: &Words) -> String {
        words.in_language(self.place.language).to_owned()
    }

    fn mop(&self, code: &str) -> String {
        self.place.council.mop(code).map_or_else(|| code.to_owned(), |mop| self.words(&mop.name))
    }

    fn pair(&mut self, key: &str, right: String) {
        self.blocks.push(Block::pair(self.word(key), right));
    }

    fn detail(&mut self, key: &str, amount: Pence) {
        self.blocks.push(Block::detail_pair(self.word(key), amount.to_string()));
    }

    fn rule(&mut self) {
        self.blocks.push(Block::Rule);
    }

    fn heading(&mut self, key: &str) {
        self.rule();
        let text = self.word(key);
        self.blocks.push(Block::Text { align: crate::Align::Left, style: Style::BOLD, indent: 0, text });
    }

    fn head(&mut self, copy: bool, heading: &str, args: &[(&str, &str)]) {
        if copy {
            self.blocks.push(Block::centred(Style::LARGE, self.word("day-copy")));
        }
        let identity = &self.place.council.identity;
        if identity.demonstration {
            self.blocks.push(Block::centred(Style::BOLD, self.word("day-demonstration")));
        }
        self.blocks.push(Block::centred(Style::PLAIN, self.words(&identity.name)));
        self.blocks.push(Block::centred(Style::LARGE, self.say(heading, args)));
        self.rule();
    }

    fn particulars(&mut self) {
        let Place { office, till_code, session, cashier_code, .. } = self.place;
        let till = self.say("day-till", &[("till", till_code), ("session", &session.to_string())]);
        self.blocks.push(Block::pair(self.word("day-office"), self.words(&office.name)));
        self.blocks.push(Block::pair(till, self.say("day-cashier", &[("code", cashier_code)])));
    }

    fn totals(&mut self, totals: &SessionTotals, float: Pence) {
        if totals.first_receipt.is_empty() {
            let none = self.word("day-no-receipts");
            self.blocks.push(Block::Text { align: crate::Align::Left, style: Style::PLAIN, indent: 0, text: none });
        } else {
            self.pair("day-receipts", format!("{} – {}", totals.first_receipt, totals.last_receipt));
        }
        self.heading("day-by-mop");
        for mop in &totals.mops {
            self.blocks.push(Block::pair(self.mop(&mop.mop_code), mop.amount.to_string()));
        }
        self.heading("day-by-fund");
        for fund in &totals.funds {
            let name = self.place.council.fund(&fund.fund_code).map_or_else(|| fund.fund_code.clone(), |known| self.words(&known.name));
            self.blocks.push(Block::pair(name, fund.amount.to_string()));
        }
        self.heading("day-by-vat");
        for vat in &totals.vat {
            self.blocks.push(Block::pair(vat.vat_code.clone(), vat.gross.to_string()));
            if !vat.vat.is_zero() {
                self.detail("day-vat-in-it", vat.vat);
            }
        }
        self.heading("day-counts");
        for (key, tally) in [
            ("day-taken", totals.receipts),
            ("day-voids", totals.voids),
            ("day-refunds", totals.refunds),
            ("day-transfers", totals.transfers),
            ("day-lifts", totals.lifts),
            ("day-top-ups", totals.top_ups),
        ] {
            self.tally(key, tally);
        }
        self.pair("day-drawer-openings", totals.drawer_openings.to_string());
        self.pair("day-float", float.to_string());
    }

    fn tally(&mut self, key: &str, tally: Tally) {
        self.blocks.push(Block::pair(format!("{}: {}", self.word(key), tally.count), tally.amount.to_string()));
    }

    fn cash_up(&mut self, z: &ZRead) {
        self.heading("day-cash-up");
        self.pair("day-attempt", z.attempt.to_string());
        for mop in &z.mops {
            self.blocks.push(Block::Text { align: crate::Align::Left, style: Style::BOLD, indent: 0, text: self.mop(&mop.mop_code) });
            self.detail("day-expected", mop.expected);
            self.detail("day-counted", mop.counted);
            self.detail("day-difference", mop.difference());
        }
        for driven in &z.driven {
            let text = self.phrases.phrase("day-terminal", &[("name", &driven.terminal)]);
            self.blocks.push(Block::Text { align: crate::Align::Left, style: Style::BOLD, indent: 0, text });
            if driven.not_compared {
                self.detail("day-terminal-known", driven.known);
                self.blocks.push(Block::detail(self.word("day-terminal-not-compared")));
                continue;
            }
            self.detail("day-terminal-says", driven.says);
            self.detail("day-terminal-known", driven.known);
            self.detail("day-difference", driven.difference());
        }
        if let Some(receipt) = &z.over_short {
            self.pair("day-over-short", receipt.number.clone());
        }
    }

    fn reason(&mut self, given: &ReasonGiven) {
        let known = self.place.council.reasons.iter().find(|reason| reason.code == given.code);
        let words = known.map_or_else(|| given.code.clone(), |reason| self.words(&reason.text));
        self.pair("day-reason", words);
        if !given.text.is_empty() {
            self.blocks.push(Block::detail(&given.text));
        }
    }

    /// What was counted, what stays, and what goes to the bank: the rest of the drawer with the session's lifts.
    fn cash(&mut self, z: &ZRead) {
        self.heading("day-cash-counted");
        let counted = self.counts(&z.cash);
        self.pair("day-float-left", z.float_left.to_string());
        let to_bank = counted.minus(z.float_left).plus(z.totals.lifts.amount);
        self.blocks.push(Block::Pair { style: Style::BOLD, indent: 0, left: self.word("day-to-bank"), right: to_bank.to_string() });
    }

    /// Each denomination with its pieces and value, then the sum.
    fn counts(&mut self, counts: &[CountedDenomination]) -> Pence {
        let mut total = Pence::ZERO;
        for count in counts {
            let kind = self.place.council.denominations.iter().find(|kind| kind.code == count.denomination);
            let value = Pence(kind.map_or(0, |kind| kind.value.0).saturating_mul(count.pieces));
            let name = kind.map_or_else(|| count.denomination.clone(), |kind| kind.label(self.place.language));
            self.blocks.push(Block::detail_pair(format!("{} × {name}", count.pieces), value.to_string()));
            total = total.plus(value);
        }
        self.blocks.push(Block::Pair { style: Style::BOLD, indent: 0, left: self.word("day-total"), right: total.to_string() });
        total
    }

    fn signatures(&mut self, how_many: usize) {
        for _ in 0..how_many {
            self.blocks.push(Block::Blank);
            self.blocks.push(Block::Blank);
            self.rule();
            self.blocks.push(Block::Text { align: crate::Align::Left, style: Style::PLAIN, indent: 0, text: self.word("day-signature") });
        }
    }
}
