//! Which funds the account holders owe to, and how many each.

use crate::shape::Shape;
use counterfoil_domain::Council;
use counterfoil_domain::council::Fund;

/// Who owes to a fund, which decides what a row looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Debtor {
    /// Households: Council Tax, rents, overpaid benefits.
    Person,
    /// Firms: business rates.
    Firm,
}

/// One fund's part.
#[derive(Clone, Debug)]
pub struct FundPlan {
    /// The fund.
    pub fund_code: String,
    /// Its share of the rows, against the others' weights.
    pub weight: u32,
    /// Who owes to it.
    pub debtor: Debtor,
    /// The most that is owed, in pence.
    pub most_pence: i64,
    /// Messages that its accounts can carry.
    pub messages: Vec<u32>,
    /// Its references.
    pub shape: Shape,
}

/// By a word in the fund's English name: weight, who, and the most that is owed. The first that fits is taken.
const BY_NAME: &[(&str, u32, Debtor, i64)] = &[
    ("council tax", 70, Debtor::Person, 250_000),
    ("business rate", 5, Debtor::Firm, 4_000_000),
    ("non-domestic", 5, Debtor::Firm, 4_000_000),
    ("rent", 15, Debtor::Person, 180_000),
    ("overpayment", 6, Debtor::Person, 300_000),
];
const ANY_OTHER: (u32, Debtor, i64) = (2, Debtor::Person, 50_000);

/// The funds at the counter whose account must exist; where there are none, all at the counter. A fund whose validator lets
/// nothing through that could be found is left out.
pub fn plan(council: &Council, seed: u64) -> Vec<FundPlan> {
    let at_counter = || council.funds.iter().filter(|fund| fund.at_counter && !fund.suspense);
    let with_accounts: Vec<&Fund> = at_counter().filter(|fund| fund.account_must_exist).collect();
    let funds = if with_accounts.is_empty() { at_counter().collect() } else { with_accounts };
    funds.into_iter().filter_map(|fund| plan_fund(council, fund, seed)).collect()
}

fn plan_fund(council: &Council, fund: &Fund, seed: u64) -> Option<FundPlan> {
    let validator = fund.validator.as_deref().and_then(|name| council.validator(name));
    let name = fund.name.english.to_lowercase();
    let known = BY_NAME.iter().find(|(word, ..)| name.contains(word)).map(|(_, weight, debtor, most)| (*weight, *debtor, *most));
    let (weight, debtor, most_pence) = known.unwrap_or(ANY_OTHER);
    let messages = council.messages.iter().filter(|message| message.fund_code == fund.code).map(|message| message.id).collect();
    Some(FundPlan { fund_code: fund.code.clone(), weight, debtor, most_pence, messages, shape: Shape::of(validator, seed)? })
}
