//! The extract: row by row, the same rows for the same settings, holding none of them.

use crate::bad_rows::BadKind;
use crate::holder::{Holder, pick};
use crate::names::{self, Name};
use crate::places::{self, Address};
use crate::plan::{Debtor, FundPlan, plan};
use crate::shape::passes;
use chrono::NaiveDate;
use counterfoil_domain::council::Fund;
use counterfoil_domain::{Council, Pence};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use std::io::{self, Write};

/// The header, as in LocalGov IMS's AccountHolder.
pub const COLUMNS: [&str; 19] = [
    "AccountReference",
    "FundCode",
    "CurrentBalance",
    "PeriodDebit",
    "PeriodCredit",
    "Title",
    "Forename",
    "Surname",
    "AddressLine1",
    "AddressLine2",
    "AddressLine3",
    "AddressLine4",
    "Postcode",
    "RecordType",
    "UserField1",
    "UserField2",
    "UserField3",
    "FundMessageId",
    "LastUpdated",
];

/// What extract is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// How many rows, good and bad together, without the header.
    pub rows: u64,
    /// The same seed makes the same extract, with the same version of this program.
    pub seed: u64,
    /// How many rows in a million are bad, by chance.
    pub bad_per_million: u32,
    /// The day of the balances.
    pub as_at: NaiveDate,
}

/// What was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Rows that an import should take.
    pub good: u64,
    /// Rows that it should list: the row's line in the file (the header is line 1; no field has a line break) and its fault.
    pub bad: Vec<(u64, BadKind)>,
}

/// Writes a synthetic extract as CSV. Every good row's reference is valid for its fund, and no two are alike.
///
/// The demonstration council of Barnsley begins with the holders of [`well_known`], so that guides and tests can name them.
///
/// # Errors
/// `out` can't be written; the council has no fund for it; or it has fewer references than rows are wanted.
pub fn write_extract(council: &Council, settings: &Settings, out: &mut impl Write) -> io::Result<Written> {
    let mut invention = Invention::new(council, settings);
    let mut csv = csv::WriterBuilder::new().flexible(true).from_writer(out);
    csv.write_record(COLUMNS)?;
    let mut written = Written::default();
    let mut earlier: Option<Holder> = None;
    for row in 0..settings.rows {
        let holder = invention.holder(row)?;
        let is_bad = invention.rng.random_range(0..1_000_000) < settings.bad_per_million;
        // The first row is always good: one that repeats it needs it.
        match earlier.as_ref().filter(|_| is_bad && row >= invention.well_known.len() as u64) {
            Some(earlier) => {
                let kind = BadKind::any(&mut invention.rng);
                csv.write_record(kind.row(&holder, earlier))?;
                written.bad.push((row + 2, kind));
            }
            None => {
                csv.write_record(holder.columns())?;
                written.good += 1;
                earlier = Some(holder);
            }
        }
    }
    csv.flush()?;
    Ok(written)
}

/// Where the rows come from.
struct Invention {
    rng: StdRng,
    well_known: Vec<Holder>,
    funds: Vec<FundSupply>,
    as_at: NaiveDate,
}

/// A fund with what is left of its references.
struct FundSupply {
    plan: FundPlan,
    next: u64,
}

impl Invention {
    fn new(council: &Council, settings: &Settings) -> Invention {
        let funds = plan(council, settings.seed).into_iter().zip(0..).map(|(plan, first)| FundSupply { plan, next: first }).collect();
        let rng = StdRng::seed_from_u64(settings.seed);
        Invention { rng, well_known: well_known(council, settings.as_at), funds, as_at: settings.as_at }
    }

    fn holder(&mut self, row: u64) -> io::Result<Holder> {
        let well_known = usize::try_from(row).ok().and_then(|row| self.well_known.get(row));
        well_known.cloned().map_or_else(|| self.invent(), Ok)
    }

    fn invent(&mut self) -> io::Result<Holder> {
        let (at, reference) = self.reference()?;
        let plan = &self.funds[at].plan;
        let rng = &mut self.rng;
        let name = if plan.debtor == Debtor::Firm { names::firm(rng) } else { names::person(rng) };
        let balance = match rng.random_range(0..100u32) {
            0..6 => Pence(-rng.random_range(1..20_000i64)),
            6..16 => Pence::ZERO,
            _ => Pence(rng.random_range(1..=plan.most_pence)),
        };
        let has_message = !plan.messages.is_empty() && rng.random_range(0..50u32) == 0;
        Ok(Holder {
            reference,
            fund_code: plan.fund_code.clone(),
            balance,
            period_debit: Pence(rng.random_range(0..=plan.most_pence / 10)),
            period_credit: Pence(rng.random_range(0..=plan.most_pence / 10)),
            name,
            address: places::address(rng),
            message_id: has_message.then(|| pick(rng, &plan.messages)),
            last_updated: self.as_at,
        })
    }

    /// A fund by chance, and its next reference.
    fn reference(&mut self) -> io::Result<(usize, String)> {
        loop {
            let at =
                self.fund().ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "the council's funds have no more references"))?;
            // Funds that share a shape take turns in it, so that a reference belongs to one of them.
            let turns = self.funds.len() as u64;
            let supply = &mut self.funds[at];
            let number = supply.next;
            supply.next += turns;
            let reference = supply.plan.shape.reference(number);
            let is_new = |reference: &String| self.well_known.iter().all(|holder| holder.reference != *reference);
            if let Some(reference) = reference.filter(is_new) {
                return Ok((at, reference));
            }
        }
    }

    /// By weight, among those that have references left.
    fn fund(&mut self) -> Option<usize> {
        let weight = |supply: &FundSupply| if supply.next < supply.plan.shape.count() { supply.plan.weight } else { 0 };
        let total: u32 = self.funds.iter().map(weight).sum();
        if total == 0 {
            return None;
        }
        let mut drawn = self.rng.random_range(0..total);
        self.funds.iter().position(|supply| {
            let weight = weight(supply);
            let here = drawn < weight;
            drawn = drawn.saturating_sub(weight);
            here
        })
    }
}

/// The account holders whom guides and tests name, where the council is the demonstration of Barnsley: Council Tax 501234566;
/// Housing Rents 12345678902 (no cheques, message 4), 12345678914 (on stop, message 1) and 12345678926 (for information,
/// message 3).
pub fn well_known(council: &Council, as_at: NaiveDate) -> Vec<Holder> {
    if !(council.identity.demonstration && council.identity.name.english.contains("Barnsley")) {
        return Vec::new();
    }
    let holder = |fund_name: &str, reference: &str, pence: i64, name: Name, street: &str, postcode: &str, message_id: Option<u32>| {
        let takes = |fund: &&Fund| fund.name.english == fund_name && fund_takes(council, fund, reference);
        let fund = council.funds.iter().find(takes)?;
        let message_is_known = message_id.is_none_or(|id| council.message(&fund.code, id).is_some());
        message_is_known.then(|| Holder {
            reference: reference.into(),
            fund_code: fund.code.clone(),
            balance: Pence(pence),
            period_debit: Pence(pence / 10),
            period_credit: Pence::ZERO,
            name,
            address: Address { lines: vec![street.into(), "Barnsley".into()], postcode: postcode.into() },
            message_id,
            last_updated: as_at,
        })
    };
    let called = |title, forename, surname: &str| Name { title, forename, surname: surname.into() };
    let all = [
        holder("Council Tax", "501234566", 120_450, called("Mrs", "A", "Example"), "12 High Street", "S70 2TA", None),
        holder("Housing Rents", "12345678902", 31_280, called("Mr", "B", "Sample"), "7 Station Road", "S71 1AA", Some(4)),
        holder("Housing Rents", "12345678914", 96_015, called("Ms", "C", "Specimen"), "3 Mill Lane", "S72 8BB", Some(1)),
        holder("Housing Rents", "12345678926", 4_500, called("Dr", "D", "Pattern"), "21 Chapel Row", "S73 0DD", Some(3)),
    ];
    all.into_iter().flatten().collect()
}

fn fund_takes(council: &Council, fund: &Fund, reference: &str) -> bool {
    fund.validator.as_deref().and_then(|name| council.validator(name)).is_none_or(|validator| passes(validator, reference))
}
