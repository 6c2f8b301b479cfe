//! A card payment begins: everything that could refuse it is asked before the customer is charged, and it is written down.

use super::course;
use super::sale::{approved_for, charged_for_another, supervisor};
use super::settling;
use crate::api::Changed;
use crate::api::cards::{BeginCard, CardBegun};
use crate::api::people::Approval;
use crate::api::sales::TakeSale;
use crate::cash_limit::cash_today;
use crate::error::TillError;
use crate::sales::{content_of, customers_accounts, priced, stops_approved};
use crate::sessions::still_open;
use crate::till::{Caller, Till};
use crate::views;
use counterfoil_domain::card_payment::{ApprovedCard, CardIntent, CardOutcome, CardState, ReceiptDraft};
use counterfoil_domain::entry::{Entry, Fact};
use counterfoil_domain::money::parse_amount;
use counterfoil_domain::receipt::CardDetails;
use counterfoil_domain::sale::{Payment, Priced, Settled, TenderDraft, cash_accepted, cash_in, parkable, settle};
use counterfoil_domain::{Code, Pence};
use counterfoil_store::{CardRow, Decision, Reading, uuid_bytes};
use counterfoil_terminals::TerminalTarget;
use std::collections::BTreeSet;

/// `card.begin`.
pub(crate) fn begin(till: &Till, caller: &Caller, request: BeginCard) -> Result<CardBegun, TillError> {
    let core = &till.core;
    let id = uuid_bytes(&request.sale_id).ok_or_else(|| TillError::not_done("request-unreadable").with("reason", "sale_id"))?;
    let settings = core.settings().card_terminal.ok_or_else(|| TillError::not_done("card-terminal-missing"))?;
    // A pack can have come from the ledger or the command line onto a demonstration's till: real bills aren't paid with nothing.
    if settings.target == TerminalTarget::Simulator && !caller.council()?.identity.demonstration {
        return Err(TillError::not_done("card-terminal-simulator"));
    }
    let (terminal, known_as) = (settings.target.name().to_owned(), settings.target.known_as().to_owned());
    let transaction_id = core.surroundings.new_id();
    let (take, sale) = asked(till, caller, &request, &transaction_id)?;
    let (council, left) = (caller.council()?, till.cards.left());
    let look = |reading: &Reading<'_>| {
        free_for_one_more(reading, &request, &terminal, &left)?;
        charged_for_another(reading, council, &request.sale_id, &sale.priced.lines)
    };
    // Said before a stop is: whoever approves has to know of it.
    let charged = core.store.read(look)?;
    let supervised_by = charged.map(|row| charged_again(till, caller, &row, request.approval.as_ref())).transpose()?.flatten();
    let approved_by = stops_approved(till, caller, &sale.lines(), &take)?;
    let (user, session) = (caller.user()?.code.clone(), caller.session()?);
    let accounts = sale.settled.as_ref().map(|settled| customers_accounts(till, council, settled)).transpose()?;
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
        if let Some(row) = look(reading)?.filter(|_| supervised_by.is_none()) {
            return Err(charged_already(till, &row));
        }
        if let (Some(settled), Some(accounts)) = (&sale.settled, &accounts) {
            let earlier = cash_today(reading, council, accounts, core.today())?;
            cash_accepted(council, cash_in(settled.tenders.iter()), earlier)?;
        }
        let fact = Fact::CardPaymentIntended { intent: Box::new(intent) };
        let approved_by = approved_by.or(supervised_by);
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

/// Who answers for charging a card though one may have been charged for the account already.
fn charged_again(till: &Till, caller: &Caller, row: &CardRow, approval: Option<&Approval>) -> Result<Option<String>, TillError> {
    if approval.is_none() {
        return Err(charged_already(till, row));
    }
    supervisor(till, caller, approval, &row.user_code)
}

fn charged_already(till: &Till, row: &CardRow) -> TillError {
    TillError::not_done("card-account-unresolved").with("amount", row.amount).with("begun", views::moment(&till.core, row.at_ms))
}

/// No second payment while the sale's first is unknown, whoever asks for it, and one at a time at a terminal. What an earlier run has
/// `left` there comes first.
fn free_for_one_more(reading: &Reading<'_>, request: &BeginCard, terminal: &str, left: &BTreeSet<String>) -> Result<(), TillError> {
    super::sale::no_card_is_unclear(reading, &request.sale_id)?;
    super::may_be_taken(reading, &request.sale_id, &request.tenders, false)?;
    let busy = |row: &CardRow| matches!(row.state, CardState::Intended | CardState::Sent) || left.contains(&row.transaction_id);
    let open = reading.open_card_payments()?;
    if open.iter().any(|row| row.terminal == terminal && busy(row)) {
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

#[cfg(test)]
mod tests {
    use crate::cards::GoingOn;
    use crate::test_counter::TestCounter;
    use serde_json::{Value, json};

    fn line(fund_code: &str, reference: &str, pounds: &str) -> Value {
        json!([{ "fund_code": fund_code, "reference": reference, "amount": pounds }])
    }

    #[test]
    fn a_terminal_takes_nothing_while_it_is_first_asked_about_what_an_earlier_run_has_left_unclear() {
        let patience = json!({ "first_wait_ms": 1, "longest_wait_ms": 2, "look_up_for_ms": 8 });
        let counter = TestCounter::open(json!({ "card_terminal": { "target": { "kind": "simulator" }, "patience": patience } }), true);
        let begin = |lines: Value| {
            let sale_id = counter.call("sale.begin", json!({}))["sale_id"].clone();
            counter.till.call("card.begin", json!({ "sale_id": sale_id, "lines": lines, "mop_code": "92" }))
        };
        let begun = begin(line("11", "BJ12345673", "10.69")).expect("begun");
        while counter.call("card.state", begun.clone())["payment"]["standing"] != json!("unresolved")
            || counter.call("card.state", begun.clone())["payment"]["asking"] != json!(false)
        {
            counter.waits();
        }
        let (id, shared) = (begun["transaction_id"].as_str().expect("id"), &counter.till.cards.shared);
        let refused = || begin(line("23", "501234566", "5.00")).map_err(|error| error.code);
        shared.going_on().insert(id.to_owned(), GoingOn { left: true, ..GoingOn::default() });
        assert_eq!(refused(), Err("card-terminal-busy".to_owned()));
        shared.change(id, |going_on| going_on.left = false);
        assert!(refused().is_ok(), "the terminal has been asked");
    }
}
