//! The council's limit for cash from one customer on one day: across receipts, and across accounts that the extract has under the
//! same name at the same postcode. A payment divided among somebody's accounts is still one customer's cash.

use crate::error::TillError;
use crate::till::Core;
use chrono::NaiveDate;
use counterfoil_domain::council::MopKind;
use counterfoil_domain::{Council, Pence};
use counterfoil_store::Reading;

/// Fund and reference.
pub(crate) type Account = (String, String);

/// The account with every other of its holder, as far as the extract knows; only itself where nobody asks for a limit.
pub(crate) fn accounts_of_holder(core: &Core, council: &Council, fund_code: &str, reference: &str) -> Result<Vec<Account>, TillError> {
    let mut accounts = vec![(fund_code.to_owned(), reference.to_owned())];
    let Some(extract) = core.extract().filter(|_| council.policies.cash_limit.is_some()) else { return Ok(accounts) };
    if let Some(holder) = extract.account(fund_code, reference)? {
        let others = extract.same_holder(&holder)?.into_iter().map(|other| (other.fund_code, other.reference));
        accounts.extend(others.filter(|other| *other != (fund_code.to_owned(), reference.to_owned())));
    }
    Ok(accounts)
}

/// What this till took on these accounts on a day in cash.
pub(crate) fn cash_today(reading: &Reading<'_>, council: &Council, accounts: &[Account], day: NaiveDate) -> Result<Pence, TillError> {
    let mut sum = Pence::ZERO;
    for mop in council.mops.iter().filter(|mop| mop.kind == MopKind::Cash) {
        for (fund_code, reference) in accounts {
            sum = sum.plus(reading.taken_by_mop(fund_code, reference, day, &mop.code)?);
        }
    }
    Ok(sum)
}

/// Adds what isn't there yet, and answers it: no account counts twice in one basket.
pub(crate) fn not_seen(seen: &mut Vec<Account>, accounts: Vec<Account>) -> Vec<Account> {
    let new: Vec<Account> = accounts.into_iter().filter(|account| !seen.contains(account)).collect();
    seen.extend(new.iter().cloned());
    new
}
