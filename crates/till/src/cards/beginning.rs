//! A card payment begins: everything that could refuse it is asked before the customer is charged, and it is written down.

use super::course;
use super::sale::approved_for;
use super::settling;
use crate::api::Changed;
use crate::api::cards::{BeginCard, CardBegun};
use crate::api::sales::TakeSale;
use crate::cash_limit::cash_today;
use crate::error::TillError;
use crate::sales::{content_of, customers_accounts, priced, stops_approved};
use crate::sessions::still_open;
use crate::till::{Caller, Till};
use counterfoil_domain::card_payment::{ApprovedCard, CardIntent, CardOutcome, CardState, ReceiptDraft};
use counterfoil_domain::entry::{Entry, Fact};
use counterfoil_domain::money::parse_amount;
use counterfoil_domain::receipt::CardDetails;
use counterfoil_domain::sale::{Payment, Priced, Settled, TenderDraft, cash_accepted, cash_in, parkable, settle};
use counterfoil_domain::{Code, Pence};
use counterfoil_store::{Decision, Reading, uuid_bytes};

/// `card.begin`.
pub(crate) fn begin(till: &Till, caller: &Caller, request: BeginCard) -> Result<CardBegun, TillError> {
    let core = &till.core;
    let id = uuid_bytes(&request.sale_id).ok_or_else(|| TillError::not_done("request-unreadable").with("reason", "sale_id"))?;
    let settings = core.settings().card_terminal.ok_or_else(|| TillError::not_done("card-terminal-missing"))?;
    let (terminal, known_as) = (settings.target.name().to_owned(), settings.target.known_as().to_owned());
    let transaction_id = core.surroundings.new_id();
    let (take, sale) = asked(till, caller, &request, &transaction_id)?;
    let approved_by = stops_approved(till, caller, &sale.lines(), &take)?;
    let (user, session) = (caller.user()?.code.clone(), caller.session()?);
    let accounts = sale.settled.as_ref().map(|settled| customers_accounts(till, caller.council()?, settled)).transpose()?;
    let completes =
        sale.settled.clone().map(|sale| Ok::<_, TillError>(ReceiptDraft { sale, language: take.language, content: content_of(&take)? }));
    let intent = CardIntent {
        transaction_id: transaction_id.clone(),
        service_id: course::service_id(core)?,
        terminal: terminal.clone(),
        known_as,
        mop_code: request.mop_code.clone(),
        amount: sale.amount,
        sale_id: request.sale_id.clone(),
        lines: sale.lines,
        completes: completes.transpose()?.map(Box::new),
    };
    core.store.commit(|reading| {
        still_open(reading, session)?;
        if reading.entry_by_id(&id)?.is_some() {
            return Err(TillError::not_done("sale-id-with-other-content"));
        }
        free_for_one_more(reading, &request, &terminal)?;
        if let (Some(settled), Some(accounts)) = (&sale.settled, &accounts) {
            let earlier = cash_today(reading, caller.council()?, accounts, core.today())?;
            cash_accepted(caller.council()?, cash_in(settled.tenders.iter()), earlier)?;
        }
        let fact = Fact::CardPaymentIntended { intent: Box::new(intent) };
        let entry = Entry { approved_by, ..core.entry(transaction_id.clone(), Some(&user), Some(session), fact) };
        Ok(Decision::Write(Box::new(entry), None))
    })?;
    set_going(till, &transaction_id)?;
    Ok(CardBegun { transaction_id })
}

/// Puts a thread to what has been written down; where none can be had, it is over: nothing was sent.
pub(super) fn set_going(till: &Till, transaction_id: &str) -> Result<(), TillError> {
    let core = &till.core;
    let row = core.store.read(|reading| settling::row(reading, transaction_id))?;
    let begun = till.cards.work(core, row);
    if let Err(error) = &begun {
        settling::settled(core, transaction_id, &CardOutcome::NotSent { why: error.code.clone() })?;
    }
    core.tell(&[Changed::Cards]);
    begun
}

/// No second payment while the sale's first is unknown, whoever asks for it, and one at a time at a terminal.
fn free_for_one_more(reading: &Reading<'_>, request: &BeginCard, terminal: &str) -> Result<(), TillError> {
    super::sale::no_card_is_unclear(reading, &request.sale_id)?;
    super::may_be_taken(reading, &request.sale_id, &request.tenders, false)?;
    let busy = |state| matches!(state, CardState::Intended | CardState::Sent);
    let open = reading.open_card_payments()?;
    if open.iter().any(|row| row.terminal == terminal && busy(row.state)) {
        return Err(TillError::not_done("card-terminal-busy"));
    }
    Ok(())
}

/// The sale with the payment as if it were approved.
struct Asked {
    amount: Pence,
    lines: Vec<counterfoil_domain::sale::LineDraft>,
    priced: Priced,
    /// Where nothing is left to pay then.
    settled: Option<Settled>,
}

impl Asked {
    fn lines(&self) -> Vec<counterfoil_domain::receipt::IncomeLine> {
        self.priced.lines.iter().flatten().cloned().collect()
    }
}

fn asked(till: &Till, caller: &Caller, request: &BeginCard, transaction_id: &str) -> Result<(TakeSale, Asked), TillError> {
    let BeginCard { sale_id, lines, tenders, mop_code, amount, language, approval } = request;
    let mut approved = till.core.store.read(|reading| approved_for(reading, tenders))?;
    let due = priced(till, caller, lines, Payment { tenders, approved: &approved })?.due;
    let amount = if amount.trim().is_empty() { due } else { parse_amount(amount)? };
    if !amount.is_positive() {
        return Err(counterfoil_domain::Refusal::new(Code::AmountZero).into());
    }
    let details = CardDetails { transaction_id: transaction_id.to_owned(), ..CardDetails::default() };
    approved.push(ApprovedCard { transaction_id: transaction_id.to_owned(), mop_code: mop_code.clone(), amount, details });
    let card = TenderDraft::Terminal { mop_code: mop_code.clone(), transaction_id: transaction_id.to_owned() };
    let tenders: Vec<TenderDraft> = tenders.iter().cloned().chain([card]).collect();
    let priced = priced(till, caller, lines, Payment { tenders: &tenders, approved: &approved })?;
    if !priced.problems.is_empty() {
        return Err(TillError::of_problems(priced.problems));
    }
    let tidy = parkable(&priced, lines).map_err(TillError::of_problems)?;
    let settled = settle(priced.clone()).ok();
    let take = TakeSale { sale_id: sale_id.clone(), lines: lines.clone(), tenders, language: *language, approval: approval.clone() };
    Ok((take, Asked { amount, lines: tidy, priced, settled }))
}
