//! The reference box, the account card, finding accounts.

use crate::api::references::{
    AccountCard, AccountHit, Candidate, CheckReference, CheckedReference, FindAccounts, FoundAccounts, FundAnswer, MessageView, Recognise,
    Recognised, ShowAccount,
};
use crate::error::TillError;
use crate::till::{Caller, Core, Till};
use counterfoil_domain::account::AccountHolder;
use counterfoil_domain::card_number::holds_card_number;
use counterfoil_domain::reference::{AccountLookUp, Fit, FundFit, fit_fund, propose, readable};
use counterfoil_domain::sale::Standing;
use counterfoil_domain::text::Language;
use counterfoil_domain::{Code, Council, Pence, Refusal, barcode};

/// How many accounts a search lists.
const LISTED: usize = 50;

/// `reference.recognise`.
pub(crate) fn recognise(till: &Till, caller: &Caller, request: Recognise) -> Result<Recognised, TillError> {
    let council = caller.council()?;
    if request.suspense {
        return unplaced(council, &request.text);
    }
    let scanned = barcode::read(&council.barcodes, &request.text);
    let from_barcode = scanned.is_some();
    let (_, plain) = barcode::split_symbology(request.text.trim());
    let (text, amount, fund_code) = match &scanned {
        Some(scanned) => (scanned.reference.as_str(), scanned.amount, scanned.fund_code.as_deref()),
        None => (plain, None, None),
    };
    let reference = readable(text)?;
    let fits = proposals(&till.core, council, &reference, fund_code)?;
    let Some(strongest) = fits.first().map(|fit| fit.strength) else {
        let code = if holds_card_number(text) { Code::CardNumberTyped } else { Code::ReferenceNotValid };
        return Err(Refusal::new(code).into());
    };
    let equally_likely = fits.iter().filter(|fit| fit.strength == strongest).count();
    let candidates = fits
        .into_iter()
        .map(|fit| {
            let account = standing(&till.core, &fit.fund_code, &fit.reference)?;
            let owed = account.holder.as_ref().map(|holder| holder.balance.minus(account.taken_since)).filter(|owed| owed.is_positive());
            Ok(Candidate {
                account: card(council, &fit.fund_code, &account),
                proposed_amount: amount.or(owed),
                fund_code: fit.fund_code,
                reference: fit.reference,
                strength: fit.strength,
            })
        })
        .collect::<Result<Vec<_>, TillError>>()?;
    Ok(Recognised { candidates, equally_likely, from_barcode })
}

/// Money that nobody can place, under whatever was typed as its reference.
fn unplaced(council: &Council, text: &str) -> Result<Recognised, TillError> {
    let fund = council.funds.iter().find(|fund| fund.suspense).ok_or_else(|| Refusal::new(Code::FundNotAvailable))?;
    let fits = |reference: &str| match fit_fund(council, fund, reference, &mut |_, _| false) {
        Fit::Fits { reference, strength } => Some((reference, strength)),
        Fit::Misfits(_) => None,
    };
    let misfit = if holds_card_number(text) { Code::CardNumberTyped } else { Code::ReferenceNotValidForFund };
    let (reference, strength) = fits(&readable(text)?).ok_or_else(|| Refusal::new(misfit))?;
    let candidate = Candidate { fund_code: fund.code.clone(), reference, strength, account: None, proposed_amount: None };
    Ok(Recognised { candidates: vec![candidate], equally_likely: 1, from_barcode: false })
}

/// The funds that take a reference, the extract looked up once for all of them.
fn proposals(core: &Core, council: &Council, reference: &str, fund_code: Option<&str>) -> Result<Vec<FundFit>, TillError> {
    with_look_up(core, |exists| match fund_code.and_then(|code| council.fund(code)).filter(|fund| fund.at_counter) {
        Some(fund) => match fit_fund(council, fund, reference, exists) {
            Fit::Fits { reference, strength } => vec![FundFit { fund_code: fund.code.clone(), reference, strength }],
            Fit::Misfits(_) => Vec::new(),
        },
        None => propose(council, reference, exists),
    })
}

/// Runs a rule that asks whether accounts exist. A look-up that fails is an error, never a "no such account".
fn with_look_up<T>(core: &Core, rule: impl FnOnce(&mut AccountLookUp<'_>) -> T) -> Result<T, TillError> {
    let extract = core.extract();
    let mut failure = None;
    let answer = rule(&mut |fund, reference| match extract.as_ref().map(|extract| extract.account(fund, reference)) {
        Some(Ok(holder)) => holder.is_some(),
        Some(Err(error)) => {
            failure = Some(error);
            false
        }
        None => false,
    });
    match failure {
        Some(error) => Err(error.into()),
        None => Ok(answer),
    }
}

/// What is known of an account: its row, and what this till took since.
pub(crate) fn standing(core: &Core, fund_code: &str, reference: &str) -> Result<Standing, TillError> {
    let Some(extract) = core.extract() else { return Ok(Standing::default()) };
    let Some(holder) = extract.account(fund_code, reference)? else { return Ok(Standing::default()) };
    let taken_since = core.store.read(|reading| reading.taken_since(fund_code, reference, holder.as_at))?;
    Ok(Standing { holder: Some(holder), taken_since, cash_today: Pence::ZERO })
}

fn card(council: &Council, fund_code: &str, standing: &Standing) -> Option<AccountCard> {
    let holder = standing.holder.as_ref()?;
    let message = holder.message_id.and_then(|id| council.message(fund_code, id)).map(|message| MessageView {
        text: message.text.clone(),
        stops_payments: message.stops_payments,
        stops_cheques: message.stops_cheques,
    });
    Some(AccountCard {
        name: holder.full_name(),
        address: holder.address_line(),
        balance: holder.balance,
        as_at: holder.as_at.to_string(),
        taken_since: standing.taken_since,
        message,
    })
}

/// `account.show`.
pub(crate) fn show_account(till: &Till, caller: &Caller, request: ShowAccount) -> Result<AccountCard, TillError> {
    let account = standing(&till.core, &request.fund_code, &request.reference.trim().to_uppercase())?;
    card(caller.council()?, &request.fund_code, &account).ok_or_else(|| TillError::not_done("account-unknown"))
}

/// `account.find`.
pub(crate) fn find_accounts(till: &Till, caller: &Caller, request: FindAccounts) -> Result<FoundAccounts, TillError> {
    let council = caller.council()?;
    let Some(extract) = till.core.extract() else { return Ok(FoundAccounts { hits: Vec::new(), more: false, sounds_like: false }) };
    // The longest text worth looking for: a name and a whole address.
    let typed: String = request.text.chars().take(200).collect();
    let found = extract.find(&typed, LISTED)?;
    let at_counter = |holder: &AccountHolder| council.fund(&holder.fund_code).is_some_and(|fund| fund.at_counter);
    let hits = found.holders.into_iter().filter(at_counter).map(hit).collect();
    Ok(FoundAccounts { hits, more: found.more, sounds_like: found.sounds_like })
}

fn hit(holder: AccountHolder) -> AccountHit {
    AccountHit {
        name: holder.full_name(),
        address: holder.address_line(),
        balance: holder.balance,
        as_at: holder.as_at.to_string(),
        fund_code: holder.fund_code,
        reference: holder.reference,
    }
}

/// `reference.check`.
pub(crate) fn check(till: &Till, caller: &Caller, request: CheckReference) -> Result<CheckedReference, TillError> {
    let council = caller.council()?;
    let reference = readable(&request.text)?;
    let mut funds = Vec::new();
    for fund in council.funds.iter().filter(|fund| request.fund_code.as_ref().is_none_or(|code| *code == fund.code)) {
        let fit = with_look_up(&till.core, |exists| fit_fund(council, fund, &reference, exists))?;
        let (fits, kept, strength, misfit) = match fit {
            Fit::Fits { reference, strength } => (true, Some(reference), Some(strength), None),
            Fit::Misfits(misfit) => (false, None, None, Some(misfit)),
        };
        let fund_name = fund.name.in_language(Language::English).to_owned();
        funds.push(FundAnswer { fund_code: fund.code.clone(), fund_name, fits, reference: kept, strength, misfit });
    }
    if funds.is_empty() { Err(TillError::not_done("fund-not-available")) } else { Ok(CheckedReference { funds }) }
}
