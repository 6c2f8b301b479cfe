//! What the counter asks and says while a card payment is under way, and afterwards.

use super::beginning::set_going;
use super::course::{ids, service_id};
use super::sale::nothing_goes_back;
use super::settling::{self, row};
use super::{Cards, is_simulated};
use crate::api::cards::{CardBegun, CardProgress, CardView, CheckSignature, SignatureChecked, TerminalCheck, TerminalLine, WhichCard};
use crate::api::sales::Taken;
use crate::api::{Changed, Nothing};
use crate::error::TillError;
use crate::sessions::still_open;
use crate::till::{Caller, Core, Till};
use crate::views;
use counterfoil_domain::Pence;
use counterfoil_domain::card_payment::{CardOutcome, CardReversal, CardState};
use counterfoil_domain::entry::{Entry, Fact};
use counterfoil_domain::rights::Right;
use counterfoil_store::{CardRow, Decision, Reading, uuid_bytes};
use counterfoil_terminals::TerminalError;
use std::sync::Arc;

/// Who may do something about a payment: whose session it is, if they take payments, and whoever supervises sessions.
fn may_see_to(till: &Till, caller: &Caller, row: &CardRow) -> Result<(), TillError> {
    let (council, user) = (caller.council()?, caller.user()?);
    let own = caller.session == Some(row.session) && council.may(user, Right::TakePayments);
    if own || council.may(user, Right::SuperviseSessions) {
        return Ok(());
    }
    let other = till.core.session().filter(|session| session.number == row.session && !session.user_code.eq_ignore_ascii_case(&user.code));
    Err(match other {
        Some(session) => TillError::not_done("session-of-another").with("user", session.user_code),
        None => TillError::not_done("right-missing"),
    })
}

fn in_hand(till: &Till, caller: &Caller, transaction_id: &str) -> Result<CardRow, TillError> {
    let row = till.core.store.read(|reading| row(reading, transaction_id))?;
    may_see_to(till, caller, &row)?;
    Ok(row)
}

fn view(core: &Core, cards: &Cards, row: CardRow, receipt: Option<String>) -> CardView {
    CardView {
        receipt,
        begun_at: views::moment(core, row.at_ms),
        standing: row.state,
        asking: cards.is_going_on(&row.transaction_id).is_some(),
        transaction_id: row.transaction_id,
        reverses: row.reverses,
        sale_id: row.sale_id,
        mop_code: row.mop_code,
        user_code: row.user_code,
        amount: row.amount,
        approved: row.approved,
        why: row.why,
        terminal: row.terminal,
    }
}

/// Rows as the counter shows them.
pub(crate) fn views_of(till: &Till, rows: Vec<CardRow>) -> Vec<CardView> {
    rows.into_iter().map(|row| view(&till.core, &till.cards, row, None)).collect()
}

/// The receipt that a payment is in, or a reversal's payment: whoever goes on with a void or a refund looks for it.
fn receipt_of(reading: &Reading<'_>, row: &CardRow) -> Result<Option<String>, TillError> {
    let payment = row.reverses.as_deref().map(|of| reading.card_payment(of)).transpose()?.flatten();
    let in_one = payment.as_ref().unwrap_or(row).state == CardState::Used;
    Ok(if in_one { taken(reading, row)?.map(|taken| taken.receipt.number) } else { None })
}

/// `card.state`.
pub(crate) fn progress(till: &Till, _: &Caller, request: WhichCard) -> Result<CardProgress, TillError> {
    let core = &till.core;
    let going_on = till.cards.is_going_on(&request.transaction_id).unwrap_or_default();
    let (row, taken, receipt) = core.store.read(|reading| {
        let row = row(reading, &request.transaction_id)?;
        let taken = if row.state == CardState::Used { taken(reading, &row)? } else { None };
        let receipt = receipt_of(reading, &row)?;
        Ok::<_, TillError>((row, taken, receipt))
    })?;
    if taken.is_some() {
        till.customer_served();
    }
    Ok(CardProgress {
        elapsed_ms: core.surroundings.now_ms().saturating_sub(row.at_ms).max(0),
        payment: view(core, &till.cards, row, receipt),
        silent: going_on.is_silent(),
        shows: going_on.shows,
        fault: going_on.fault,
        aborting: going_on.aborting,
        abort_fault: going_on.abort_fault,
        taken,
    })
}

fn taken(reading: &Reading<'_>, row: &CardRow) -> Result<Option<Taken>, TillError> {
    let Some(sale_id) = uuid_bytes(&row.sale_id) else { return Ok(None) };
    Ok(reading.entry_by_id(&sale_id)?.and_then(|(_, entry)| match entry.fact {
        Fact::ReceiptTaken { receipt, .. } => Some(Taken { change: receipt.change(), receipt, again: false }),
        _ => None,
    }))
}

/// `card.unresolved`.
pub(crate) fn list(till: &Till, _: &Caller, _: Nothing) -> Result<Vec<CardView>, TillError> {
    let core = &till.core;
    let rows = core.store.read(|reading| {
        let rows = reading.open_card_payments()?.into_iter();
        rows.map(|row| receipt_of(reading, &row).map(|receipt| (row, receipt))).collect::<Result<Vec<_>, TillError>>()
    })?;
    Ok(rows.into_iter().map(|(row, receipt)| view(core, &till.cards, row, receipt)).collect())
}

/// `card.abort`. What isn't sent yet is over at once. Otherwise nobody waits for the terminal to hear it, and what comes of it is the
/// payment's own answer; one that came there before the payment itself was heard by nobody, and so it may be told as often as wanted.
pub(crate) fn abort(till: &Till, caller: &Caller, request: WhichCard) -> Result<Nothing, TillError> {
    let (core, cards) = (&till.core, &till.cards);
    let row = in_hand(till, caller, &request.transaction_id)?;
    if row.state == CardState::Intended && settling::given_up(core, &row.transaction_id)? {
        core.tell(&[Changed::Cards]);
        return Ok(Nothing {});
    }
    // It may have been sent in this very moment.
    let row = core.store.read(|reading| settling::row(reading, &row.transaction_id))?;
    if row.state != CardState::Sent || cards.is_going_on(&row.transaction_id).is_none() {
        return Err(TillError::not_done("card-payment-not-at-terminal"));
    }
    let terminal = cards.shared.terminal_of(core, &row).map_err(|why| TillError::not_done(&why))?;
    let (abort_id, shared, weak) = (service_id(core)?, cards.shared.clone(), Arc::downgrade(core));
    // What the last try met stands until this one is over: a sale that could be set aside can be all the while.
    shared.change(&row.transaction_id, |going_on| going_on.aborting = true);
    let work = move || {
        let told = terminal.abort(&ids(&row), &abort_id);
        let fault = told.as_ref().err().map(|error| error.fault.code().to_owned());
        shared.change(&row.transaction_id, |going_on| (going_on.aborting, going_on.abort_fault) = (told.is_ok(), fault));
        if let Err(error) = told {
            tracing::warn!(%error, "the card terminal wasn't told to give up");
            let open = shared.till_is_open();
            if let Some(core) = weak.upgrade().filter(|_| *open) {
                core.tell(&[Changed::Cards]);
            }
        }
    };
    let thread = std::thread::Builder::new().name("card abort".into()).spawn(work);
    thread.map_err(|error| TillError::not_done("internal").because(error))?;
    core.tell(&[Changed::Cards]);
    Ok(Nothing {})
}

/// `card.ask_again`.
pub(crate) fn ask_again(till: &Till, caller: &Caller, request: WhichCard) -> Result<Nothing, TillError> {
    let row = in_hand(till, caller, &request.transaction_id)?;
    match row.state {
        CardState::Sent | CardState::Unresolved => till.cards.work(&till.core, row)?,
        // It was written down, and then nothing more could be: it has never been sent.
        CardState::Intended if till.cards.is_going_on(&row.transaction_id).is_none() => {
            settling::settled(&till.core, &row.transaction_id, &CardOutcome::NotSent { why: "till-stopped".to_owned() })?;
        }
        _ => {}
    }
    till.core.tell(&[Changed::Cards]);
    Ok(Nothing {})
}

/// `card.set_aside`: the next customer is served while the terminal is asked about this one.
pub(crate) fn set_aside(till: &Till, caller: &Caller, request: WhichCard) -> Result<Nothing, TillError> {
    let row = in_hand(till, caller, &request.transaction_id)?;
    let silent = till.cards.is_going_on(&row.transaction_id).is_none_or(|going_on| going_on.is_silent());
    if row.state == CardState::Sent && !silent {
        return Err(TillError::not_done("card-payment-in-progress").with("amount", row.amount));
    }
    settling::unresolved(&till.core, &row.transaction_id, "set-aside")?;
    till.core.tell(&[Changed::Cards]);
    Ok(Nothing {})
}

/// `card.reverse`.
pub(crate) fn reverse(till: &Till, caller: &Caller, request: WhichCard) -> Result<CardBegun, TillError> {
    let row = in_hand(till, caller, &request.transaction_id)?;
    begin_reversal(till, caller, &row, false)
}

fn begin_reversal(till: &Till, caller: &Caller, payment: &CardRow, signature_refused: bool) -> Result<CardBegun, TillError> {
    let core = &till.core;
    let transaction_id = core.surroundings.new_id();
    let service_id = service_id(core)?;
    let by = caller.user()?.code.clone();
    let known_as = core.settings().card_terminal.map(|settings| settings.target.known_as().to_owned()).unwrap_or_default();
    core.store.commit(|reading| {
        // A payment can turn out approved when its session is closed already: it goes back in the one that is open now.
        let session = reading.open_session()?.ok_or_else(|| TillError::not_done("session-needed"))?.number;
        still_open(reading, session)?;
        let now = row(reading, &payment.transaction_id)?;
        if now.reverses.is_some() || !matches!(now.state, CardState::Approved | CardState::Signature) {
            return Err(TillError::not_done("card-payment-not-approved"));
        }
        // What the terminal said itself goes back as far as it can: nobody else could say what became of a refused signature.
        if now.state == CardState::Approved {
            has_reference(reading, &now)?;
        }
        let reversal = CardReversal {
            transaction_id: transaction_id.clone(),
            service_id,
            terminal: now.terminal,
            known_as,
            of: now.transaction_id,
            amount: now.approved,
            signature_refused,
        };
        let fact = Fact::CardReversalIntended { reversal };
        Ok(Decision::Write(Box::new(core.entry(transaction_id.clone(), Some(&by), Some(session), fact)), None))
    })?;
    set_going(till, &transaction_id)?;
    Ok(CardBegun { transaction_id })
}

/// A terminal gives a payment back by its own reference of it. Where a supervisor said by the slip what became of it, there is none.
fn has_reference(reading: &Reading<'_>, payment: &CardRow) -> Result<(), TillError> {
    let known = reading.approval(payment)?.is_some_and(|approval| !approval.terminal_reference.is_empty());
    if known { Ok(()) } else { Err(TillError::not_done("card-reference-missing")) }
}

/// Gives a part of a receipt's card payment back, for the correction that says so: whoever asks for that has been asked everything.
pub(crate) fn give_back(
    till: &Till,
    caller: &Caller,
    payment: &str,
    amount: Pence,
    approved_by: Option<String>,
) -> Result<String, TillError> {
    let (core, session) = (&till.core, caller.session()?);
    let transaction_id = core.surroundings.new_id();
    let service_id = service_id(core)?;
    let by = caller.user()?.code.clone();
    let target = core.settings().card_terminal.map(|settings| settings.target);
    core.store.commit(|reading| {
        still_open(reading, session)?;
        let payment = row(reading, payment)?;
        let target = target.filter(|target| target.name() == payment.terminal);
        let target = target.ok_or_else(|| TillError::not_done("card-terminal-changed"))?;
        // What went back and is in no receipt yet comes first, and so does what nobody knows.
        nothing_goes_back(reading, &[&payment.transaction_id], &[])?;
        if payment.state != CardState::Used || payment.reverses.is_some() {
            return Err(TillError::not_done("card-payment-not-approved"));
        }
        // A supervisor can have closed a reversal that no correction took: what it gave back doesn't go back again.
        let left = payment.approved.minus(reading.returned(&payment.transaction_id)?);
        if amount > left {
            return Err(TillError::not_done("card-given-back-already").with("left", left));
        }
        has_reference(reading, &payment)?;
        let reversal = CardReversal {
            transaction_id: transaction_id.clone(),
            service_id,
            terminal: payment.terminal,
            known_as: target.known_as().to_owned(),
            of: payment.transaction_id,
            amount,
            signature_refused: false,
        };
        let entry = core.entry(transaction_id.clone(), Some(&by), Some(session), Fact::CardReversalIntended { reversal });
        Ok(Decision::Write(Box::new(Entry { approved_by, ..entry }), None))
    })?;
    set_going(till, &transaction_id)?;
    Ok(transaction_id)
}

/// `card.signature`.
pub(crate) fn signature(till: &Till, caller: &Caller, request: CheckSignature) -> Result<SignatureChecked, TillError> {
    let core = &till.core;
    let payment = in_hand(till, caller, &request.transaction_id)?;
    if !request.matches {
        let begun = begin_reversal(till, caller, &payment, true)?;
        return Ok(SignatureChecked { reversal: Some(begun.transaction_id) });
    }
    core.store.commit(|reading| {
        still_open(reading, payment.session)?;
        if row(reading, &payment.transaction_id)?.state != CardState::Signature {
            return Err(TillError::not_done("card-payment-not-approved"));
        }
        let fact = Fact::CardSignatureAccepted { transaction_id: payment.transaction_id.clone() };
        let entry = core.entry(core.surroundings.new_id(), Some(&caller.user()?.code), Some(payment.session), fact);
        Ok(Decision::Write(Box::new(entry), None))
    })?;
    finish(till, &payment.transaction_id, true);
    Ok(SignatureChecked { reversal: None })
}

/// The receipt, where the payment was all that its sale lacked. With the customer there the drawer opens for what of it is cash; otherwise
/// a part waits with its sale under the parked ones. What was said of the payment is written already: what can't be written of this is no
/// error of whoever said it, and a thread tries it again.
pub(super) fn finish(till: &Till, transaction_id: &str, customer_is_there: bool) {
    let core = &till.core;
    let receipt = settling::completed(core, transaction_id, customer_is_there);
    let finished = receipt.and_then(|()| if customer_is_there { Ok(()) } else { settling::parked(core, transaction_id) });
    if let Err(error) = finished {
        tracing::error!(code = %error.code, detail = %error.detail, "the receipt of a card payment can't be written yet");
        let row = core.store.read(|reading| row(reading, transaction_id));
        if let Err(error) = row.and_then(|row| till.cards.work(core, row)) {
            tracing::error!(code = %error.code, detail = %error.detail, "the receipt of a card payment waits for the next start");
        }
    }
    till.printing.wake();
    core.tell(&[Changed::Cards, Changed::Receipts, Changed::Printing, Changed::Parked]);
}

/// `card.terminal_check`.
pub(crate) fn terminal_check(till: &Till, _: &Caller, _: Nothing) -> Result<TerminalCheck, TillError> {
    let (core, cards) = (&till.core, &till.cards);
    let settings = core.settings().card_terminal.ok_or_else(|| TillError::not_done("card-terminal-missing"))?;
    let name = settings.target.name().to_owned();
    let terminal = cards.shared.terminal(core, &name).map_err(|why| TillError::not_done(&why))?;
    let answer = terminal.diagnose(&service_id(core)?);
    cards.shared.note_fault(answer.as_ref().err().map(|error| error.fault.code()));
    core.tell(&[Changed::Cards]);
    let health = answer.map_err(|error: TerminalError| TillError::not_done(error.fault.code()).because(error))?;
    // It is there: now it can say what became of what is unclear.
    for row in core.store.read(|reading| reading.open_card_payments())? {
        if row.state == CardState::Unresolved && row.terminal == name {
            cards.work(core, row)?;
        }
    }
    Ok(TerminalCheck { terminal: name, state: health.state, host_reached: health.host_reached, simulated: health.simulated })
}

/// The terminal in the status line; nothing where there is none, and nothing of one that was there is open.
pub(crate) fn terminal_line(till: &Till, reading: &Reading<'_>) -> Result<Option<TerminalLine>, TillError> {
    let open = reading.open_card_payments()?;
    let target = till.core.settings().card_terminal.map(|settings| settings.target);
    let name = target.as_ref().map(|target| target.name().to_owned()).or_else(|| open.first().map(|row| row.terminal.clone()));
    let unresolved = open.iter().filter(|row| row.state == CardState::Unresolved).count() as u64;
    let fault = till.cards.shared.fault.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone();
    let (simulated, gone) = (target.as_ref().is_some_and(is_simulated), target.is_none());
    Ok(name.map(|name| TerminalLine { name, simulated, gone, fault, open: open.len() as u64, unresolved }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cards::{InUse, Shared};
    use crate::test_counter::TestCounter;
    use counterfoil_domain::card_payment::{Approval, TerminalTally};
    use counterfoil_terminals::{CardTerminal, Known, Outcome, Payment, PaymentIds, Reversal, TerminalFault, TerminalHealth, Watch};
    use serde_json::json;
    use std::sync::Mutex;

    #[test]
    fn when_the_terminal_s_receipt_is_there_its_customer_is_no_longer_being_served() {
        let counter = TestCounter::open(json!({}), true);
        let begun = counter.begin_card();
        assert!(counter.till.core.ledger.now().serving_ms.is_some());
        while counter.call("card.state", begun.clone())["taken"].is_null() {
            counter.waits();
        }
        assert_eq!(counter.till.core.ledger.now().serving_ms, None);
    }

    /// A terminal that a payment reaches only after it was asked about it for the last time here. Whoever waits presses the key for asking
    /// again each time that it is asked.
    struct Slow {
        shared: Arc<Shared>,
        not_yet: Mutex<u32>,
    }

    impl CardTerminal for Slow {
        fn pay(&self, _: &Payment, _: &dyn Watch) -> Result<Outcome, TerminalError> {
            Err(TerminalError { fault: TerminalFault::Dropped, may_have_begun: true, detail: String::new() })
        }

        fn look_up(&self, asked: &PaymentIds, amount: Pence, _: bool) -> Result<Known, TerminalError> {
            let mut not_yet = self.not_yet.lock().expect("held by nobody");
            if *not_yet == 0 {
                return Ok(Known::Settled(Outcome::Approved(Box::new(Approval { amount, ..Approval::default() }))));
            }
            *not_yet -= 1;
            self.shared.change(&asked.transaction_id, |going_on| going_on.ask_now = true);
            Ok(Known::NotFound)
        }

        fn abort(&self, _: &PaymentIds, _: &str) -> Result<(), TerminalError> {
            Ok(())
        }

        fn reverse(&self, _: &Reversal, _: &dyn Watch) -> Result<Outcome, TerminalError> {
            Ok(Outcome::Aborted { receipts: Vec::new() })
        }

        fn totals(&self, _: &str) -> Result<Option<TerminalTally>, TerminalError> {
            Ok(None)
        }

        fn diagnose(&self, _: &str) -> Result<TerminalHealth, TerminalError> {
            Err(TerminalError { fault: TerminalFault::Dropped, may_have_begun: false, detail: String::new() })
        }
    }

    #[test]
    fn however_often_somebody_asks_again_a_payment_is_not_called_uncharged_while_its_message_can_be_on_its_way() {
        let patience = json!({ "first_wait_ms": 1, "longest_wait_ms": 2, "look_up_for_ms": 60_000 });
        let counter = TestCounter::open(json!({ "card_terminal": { "target": { "kind": "simulator" }, "patience": patience } }), true);
        let shared = counter.till.cards.shared.clone();
        let settings = counter.till.core.settings().card_terminal.expect("a terminal");
        let terminal = Arc::new(Slow { shared: shared.clone(), not_yet: Mutex::new(5) });
        *shared.terminal.lock().expect("held by nobody") = Some(InUse { settings, terminal });
        let begun = counter.begin_card();
        let standing = loop {
            let standing = counter.call("card.state", begun.clone())["payment"]["standing"].clone();
            if standing == "used" || standing == "free" {
                break standing;
            }
            counter.waits();
        };
        assert_eq!(standing, "used");
    }
}
