//! The reference box, the account card, finding accounts.

use crate::api::references::{
    AccountCard, AccountHit, Candidate, CheckReference, CheckedReference, FindAccounts, FoundAccounts, FundAnswer, MessageView, Recognise,
    Recognised, ShowAccount,
};
use crate::error::TillError;
use crate::till::{Caller, Core, Till};
use counterfoil_domain::account::AccountHolder;
use counterfoil_domain::barcode::Scanned;
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
    let readings = barcode::read(&council.barcodes, &request.text);
    let as_barcode = of_barcode(&till.core, council, &readings.scanned)?;
    if !as_barcode.candidates.is_empty() {
        return Ok(as_barcode);
    }
    // A fund that takes almost anything must not take a whole barcode for the reference that is in it.
    match (readings.scanned.is_empty(), readings.misread, request.scanned) {
        (false, _, true) => Err(Refusal::new(Code::BarcodeReferenceNotValid).into()),
        (false, _, false) => Err(Refusal::new(Code::ReferenceNotValid).into()),
        (true, true, _) => Err(Refusal::new(Code::BarcodeMisread).into()),
        (true, false, true) => as_typed(&till.core, council, &barcode::plain(&request.text)).map_err(of_scan),
        (true, false, false) => as_typed(&till.core, council, &barcode::plain(&request.text)),
    }
}

/// What nothing is known by was a barcode: its words say so. A swiped card is still called what it is.
fn of_scan(error: TillError) -> TillError {
    let nothing_known = [Code::ReferenceNotValid, Code::ReferenceUnreadable, Code::ReferenceMissing];
    match nothing_known.iter().any(|code| code.as_str() == error.code) {
        true => Refusal::new(Code::BarcodeUnknown).into(),
        false => error,
    }
}

/// The candidates of every template that reads the barcode, the likeliest of each first. Which of several templates was meant
/// is for the cashier to say, however much speaks for one of them.
fn of_barcode(core: &Core, council: &Council, scanned: &[Scanned]) -> Result<Recognised, TillError> {
    let (mut candidates, mut others): (Vec<Candidate>, Vec<Candidate>) = (Vec::new(), Vec::new());
    for one in scanned {
        let Ok(reference) = readable(&one.reference) else { continue };
        let fits = proposals(core, council, &reference, one.fund_code.as_deref())?;
        let first = likeliest(&fits);
        for (place, fit) in fits.into_iter().enumerate() {
            let next = candidate(core, council, fit, Some(one))?;
            let known = |other: &Candidate| {
                (&other.fund_code, &other.reference, other.proposed_amount) == (&next.fund_code, &next.reference, next.proposed_amount)
            };
            match (candidates.iter().chain(&others).any(known), place < first) {
                (true, _) => {}
                (false, true) => candidates.push(next),
                (false, false) => others.push(next),
            }
        }
    }
    let equally_likely = candidates.len();
    candidates.append(&mut others);
    Ok(Recognised { candidates, equally_likely, from_barcode: true })
}

/// How many of the first are equally likely.
fn likeliest(fits: &[FundFit]) -> usize {
    fits.iter().take_while(|fit| fits.first().is_some_and(|first| first.strength == fit.strength)).count()
}

fn as_typed(core: &Core, council: &Council, text: &str) -> Result<Recognised, TillError> {
    let fits = proposals(core, council, &readable(text)?, None)?;
    if fits.is_empty() {
        let code = if holds_card_number(text) { Code::CardNumberTyped } else { Code::ReferenceNotValid };
        return Err(Refusal::new(code).into());
    }
    let equally_likely = likeliest(&fits);
    let candidates = fits.into_iter().map(|fit| candidate(core, council, fit, None)).collect::<Result<_, TillError>>()?;
    Ok(Recognised { candidates, equally_likely, from_barcode: false })
}

fn candidate(core: &Core, council: &Council, fit: FundFit, scanned: Option<&Scanned>) -> Result<Candidate, TillError> {
    let account = standing(core, &fit.fund_code, &fit.reference)?;
    let owed = account.holder.as_ref().map(|holder| holder.balance.minus(account.taken_since)).filter(|owed| owed.is_positive());
    Ok(Candidate {
        account: card(council, &fit.fund_code, &account),
        proposed_amount: scanned.and_then(|scanned| scanned.amount).or(owed),
        barcode: scanned.map(|scanned| scanned.template.clone()),
        fund_code: fit.fund_code,
        reference: fit.reference,
        strength: fit.strength,
    })
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
    let candidate = Candidate { fund_code: fund.code.clone(), reference, strength, account: None, proposed_amount: None, barcode: None };
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
