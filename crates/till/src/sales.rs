//! The main job: pricing a basket and taking the payment; parking.

use crate::api::sales::{
    ParkSale, ParkedSale, PriceSale, PricedLine, PricedSale, PricedTender, ResumedSale, SaleBegun, TakeSale, Taken, Warning, WhichSale,
};
use crate::api::{Changed, Nothing};
use crate::approvals;
use crate::cards;
use crate::cash_limit::{Account, accounts_of_holder, cash_today, not_seen};
use crate::error::TillError;
use crate::references::standing;
use crate::sessions::still_open;
use crate::till::{Caller, Till};
use crate::views;
use counterfoil_domain::card_payment::CardState;
use counterfoil_domain::council::Fund;
use counterfoil_domain::entry::{Entry, Fact};
use counterfoil_domain::receipt::{IncomeLine, Receipt, receipt_number};
use counterfoil_domain::reference::{Fit, fit_fund, readable};
use counterfoil_domain::sale::{
    LineDraft, Payment, Priced, Settled, Standing, TenderDraft, cash_accepted, cash_in, parkable, parked_label, price, settle,
};
use counterfoil_domain::text::Language;
use counterfoil_domain::{Council, Pence};
use counterfoil_store::{Decision, Job, PaymentRow, Reading, uuid_bytes};
use sha2::{Digest, Sha256};

/// `sale.begin`.
pub(crate) fn begin(till: &Till, _: &Caller, _: Nothing) -> Result<SaleBegun, TillError> {
    till.core.ledger.serving(Some(till.core.surroundings.now_ms()));
    Ok(SaleBegun { sale_id: till.core.surroundings.new_id() })
}

/// `sale.price`.
pub(crate) fn price_sale(till: &Till, caller: &Caller, request: PriceSale) -> Result<PricedSale, TillError> {
    let now_ms = till.core.surroundings.now_ms();
    till.core.ledger.serving((!request.lines.is_empty()).then_some(now_ms));
    let approved = till.core.store.read(|reading| cards::approved_for(reading, &request.tenders))?;
    let priced = priced(till, caller, &request.lines, Payment { tenders: &request.tenders, approved: &approved })?;
    let warnings = warnings(till, caller.council()?, &priced)?;
    let ready = settle(priced.clone()).is_ok();
    Ok(PricedSale {
        lines: priced
            .lines
            .iter()
            .map(|line| PricedLine { amount: line.as_ref().map(|line| line.amount), vat: line.as_ref().map(|line| line.vat) })
            .collect(),
        tenders: priced.tenders.iter().map(|tender| PricedTender { amount: tender.as_ref().map(|tender| tender.amount) }).collect(),
        total: priced.total,
        paid: priced.paid,
        due: priced.due,
        change: priced.change,
        problems: priced.problems,
        warnings,
        ready,
    })
}

/// Lines whose account a card may have been charged for, and lines of an amount that was taken on their account today already: paid twice,
/// perhaps.
fn warnings(till: &Till, council: &Council, priced: &Priced) -> Result<Vec<Warning>, TillError> {
    let core = &till.core;
    core.store.read(|reading| {
        let charged = cards::charged_perhaps(reading, council, &priced.lines)?.into_iter();
        let unclear = charged.filter(|(_, row)| row.state == CardState::Unresolved).map(|(line, row)| Warning {
            line,
            number: String::new(),
            taken_at: views::moment(core, row.at_ms),
            unclear: Some(row.amount),
        });
        let mut warnings: Vec<Warning> = unclear.collect();
        for (index, line) in priced.lines.iter().enumerate() {
            let Some(line) = line.as_ref().filter(|line| !line.reference.is_empty()) else { continue };
            let earlier = reading.same_payments(&line.fund_code, &line.reference, core.today(), line.amount)?;
            let warning =
                |row: PaymentRow| Warning { line: index, number: row.number, taken_at: views::moment(core, row.at_ms), unclear: None };
            warnings.extend(earlier.into_iter().map(warning));
        }
        Ok(warnings)
    })
}

pub(crate) fn priced(till: &Till, caller: &Caller, lines: &[LineDraft], payment: Payment<'_>) -> Result<Priced, TillError> {
    let council = caller.council()?;
    let mut seen = payment.tenders.iter().any(|tender| matches!(tender, TenderDraft::Cash { .. })).then(Vec::new);
    let standings = lines.iter().map(|line| standing_of(till, council, line, seen.as_mut())).collect::<Result<Vec<_>, _>>()?;
    Ok(price(council, till.core.today(), lines, payment, &standings))
}

/// The account behind a line as typed: what the bill prints around the reference is taken off first. Where some of it is paid in
/// cash, `seen` holds the accounts whose cash of today is counted already.
fn standing_of(till: &Till, council: &Council, line: &LineDraft, seen: Option<&mut Vec<Account>>) -> Result<Standing, TillError> {
    let Some((fund, reference)) = as_kept(council, line) else { return Ok(Standing::default()) };
    let core = &till.core;
    let accounts = match seen {
        Some(seen) => not_seen(seen, accounts_of_holder(core, council, &fund.code, &reference)?),
        None => Vec::new(),
    };
    let cash_today = core.store.read(|reading| cash_today(reading, council, &accounts, core.today()))?;
    Ok(Standing { cash_today, ..standing(core, &fund.code, &reference)? })
}

/// A line's fund, and its reference as that fund would keep it: asked as if the account existed.
pub(crate) fn as_kept<'a>(council: &'a Council, line: &LineDraft) -> Option<(&'a Fund, String)> {
    let fund = council.fund(&line.fund_code)?;
    match fit_fund(council, fund, &readable(&line.reference).ok()?, &mut |_, _| true) {
        Fit::Fits { reference, .. } => Some((fund, reference)),
        Fit::Misfits(_) => None,
    }
}

/// The accounts whose cash of the day counts towards the limit; none where nothing is paid in cash.
pub(crate) fn customers_accounts(till: &Till, council: &Council, settled: &Settled) -> Result<Vec<Account>, TillError> {
    let mut seen = Vec::new();
    for line in settled.lines.iter().filter(|_| cash_in(settled.tenders.iter()).is_positive()) {
        let accounts = accounts_of_holder(&till.core, council, &line.fund_code, &line.reference)?;
        not_seen(&mut seen, accounts);
    }
    Ok(seen)
}

/// Who approved the stops that are overridden, where any are.
pub(crate) fn stops_approved(till: &Till, caller: &Caller, lines: &[IncomeLine], request: &TakeSale) -> Result<Option<String>, TillError> {
    let overridden: Pence = lines.iter().filter(|line| line.stop_overridden.is_some()).map(|line| line.amount).sum();
    if overridden.is_zero() {
        return Ok(None);
    }
    approvals::stop_overridden(till, caller, overridden, request.approval.as_ref())
}

/// `sale.take`.
pub(crate) fn take(till: &Till, caller: &Caller, request: TakeSale) -> Result<Taken, TillError> {
    let core = &till.core;
    let id = uuid_bytes(&request.sale_id).ok_or_else(|| TillError::not_done("request-unreadable").with("reason", "sale_id"))?;
    let content = content_of(&request)?;
    let settled = match checked(till, caller, &request) {
        Ok(settled) => settled,
        Err(refused) => return taken_earlier(till, &id, &content)?.ok_or(refused),
    };
    let second = stops_approved(till, caller, &settled.lines, &request)
        .and_then(|approved_by| Ok((approved_by, cards::supervised(till, caller, &request.sale_id, request.approval.as_ref())?)));
    let (stops_approved_by, supervised_by) = match second {
        Ok(second) => second,
        Err(refused) => return taken_earlier(till, &id, &content)?.ok_or(refused),
    };
    let (user, session) = (caller.user()?.code.clone(), caller.session()?);
    let accounts = customers_accounts(till, caller.council()?, &settled)?;
    let at_once = till.printing.expects_one();
    let committed = core.store.commit(|reading| {
        if let Some((seq, earlier)) = reading.entry_by_id(&id)? {
            same_content(&earlier, &content)?;
            return Ok(Decision::Already(seq, Box::new(earlier)));
        }
        still_open(reading, session)?;
        cards::may_be_taken(reading, &request.sale_id, &request.tenders, supervised_by.is_some())?;
        // The limit for cash once more: another sale can have been taken since this one was priced.
        let earlier = cash_today(reading, caller.council()?, &accounts, core.today())?;
        cash_accepted(caller.council()?, cash_in(settled.tenders.iter()), earlier)?;
        let receipt = numbered(reading, caller.council()?, settled, request.language)?;
        let job = Job { drawer: receipt.has_cash(), at_once, ..Job::default() };
        let entry = core.entry(request.sale_id.clone(), Some(&user), Some(session), Fact::ReceiptTaken { receipt, content });
        let entry = Entry { approved_by: stops_approved_by.or(supervised_by), ..entry };
        Ok::<_, TillError>(Decision::Write(Box::new(entry), Some(job)))
    })?;
    till.customer_served();
    if !committed.again {
        till.printing.wake();
        core.tell(&[Changed::Receipts, Changed::Printing, Changed::Parked, Changed::Cards]);
    }
    taken(committed.entry, committed.again)
}

/// The sale as it stands, or what is wrong with it.
fn checked(till: &Till, caller: &Caller, request: &TakeSale) -> Result<Settled, TillError> {
    let approved = till.core.store.read(|reading| cards::approved_for(reading, &request.tenders))?;
    let payment = Payment { tenders: &request.tenders, approved: &approved };
    settle(priced(till, caller, &request.lines, payment)?).map_err(TillError::of_problems)
}

fn taken(entry: Entry, again: bool) -> Result<Taken, TillError> {
    match entry.fact {
        Fact::ReceiptTaken { receipt, .. } => Ok(Taken { change: receipt.change(), receipt, again }),
        _ => Err(TillError::not_done("sale-id-with-other-content")),
    }
}

/// A sale that was taken already is answered again whatever its check says now: what it was checked against may have changed.
fn taken_earlier(till: &Till, id: &[u8; 16], content: &str) -> Result<Option<Taken>, TillError> {
    let Some((_, earlier)) = till.core.store.read(|reading| reading.entry_by_id(id))? else { return Ok(None) };
    same_content(&earlier, content)?;
    taken(earlier, true).map(Some)
}

/// The receipt with the next number of the series, given out under the store's lock.
pub(crate) fn numbered(reading: &Reading<'_>, council: &Council, settled: Settled, language: Language) -> Result<Receipt, TillError> {
    let name = reading.till_name()?.ok_or_else(|| TillError::not_done("till-not-set-up"))?;
    let serial = reading.next_serial()?;
    Ok(Receipt {
        number: receipt_number(&council.receipt.number, &name.office_code, &name.till_code, serial)?,
        serial,
        office_code: name.office_code,
        till_code: name.till_code,
        total: settled.total,
        lines: settled.lines,
        tenders: settled.tenders,
        postings: settled.postings,
        language,
    })
}

/// What was typed, as one hash.
pub(crate) fn content_of(request: &TakeSale) -> Result<String, TillError> {
    hash_of(&(&request.lines, &request.tenders, request.language))
}

/// SHA-256 of what was asked for, in hexadecimal.
pub(crate) fn hash_of(asked: &impl serde::Serialize) -> Result<String, TillError> {
    let bytes = serde_json::to_vec(asked).map_err(|error| TillError::not_done("internal").because(error))?;
    Ok(Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect())
}

/// The same id with other content is an alarm, never a silent skip.
fn same_content(earlier: &Entry, content: &str) -> Result<(), TillError> {
    match &earlier.fact {
        Fact::ReceiptTaken { content: known, .. } if known == content => Ok(()),
        _ => Err(TillError::not_done("sale-id-with-other-content")),
    }
}

/// `sale.park`.
pub(crate) fn park(till: &Till, caller: &Caller, request: ParkSale) -> Result<Nothing, TillError> {
    uuid_bytes(&request.sale_id).ok_or_else(|| TillError::not_done("request-unreadable").with("reason", "sale_id"))?;
    let supervised_by = cards::supervised(till, caller, &request.sale_id, request.approval.as_ref())?;
    let priced = priced(till, caller, &request.lines, Payment::default())?;
    let lines = parkable(&priced, &request.lines).map_err(TillError::of_problems)?;
    let label = parked_label(&request.label, &lines)?;
    let sale_id = request.sale_id;
    let fact = Fact::SaleParked { sale_id: sale_id.clone(), label, lines, total: priced.total };
    let (core, session) = (&till.core, caller.session()?);
    let entry = core.entry(core.surroundings.new_id(), Some(&caller.user()?.code), Some(session), fact);
    let entry = Entry { approved_by: supervised_by.clone(), ..entry };
    core.store.commit(|reading| {
        // A session that is counted has no more parked sales.
        still_open(reading, session)?;
        cards::may_be_parked(reading, &sale_id, supervised_by.is_some())?;
        Ok::<_, TillError>(Decision::Write(Box::new(entry), None))
    })?;
    till.customer_served();
    till.core.tell(&[Changed::Parked]);
    Ok(Nothing {})
}

/// `sale.parked`.
pub(crate) fn parked(till: &Till, _: &Caller, _: Nothing) -> Result<Vec<ParkedSale>, TillError> {
    let rows = till.core.store.read(|reading| reading.parked())?;
    Ok(rows
        .into_iter()
        .map(|row| ParkedSale {
            sale_id: row.sale_id,
            label: row.label,
            total: row.total,
            line_count: row.lines.len(),
            parked_at: views::moment(&till.core, row.parked_at_ms),
        })
        .collect())
}

/// `sale.resume`.
pub(crate) fn resume(till: &Till, _: &Caller, request: WhichSale) -> Result<ResumedSale, TillError> {
    let row = till.core.store.read(|reading| reading.parked_sale(&request.sale_id))?;
    let row = row.ok_or_else(|| TillError::not_done("parked-sale-unknown"))?;
    let cards = till.core.store.read(|reading| cards::approved_of(reading, &row.sale_id))?;
    Ok(ResumedSale { sale_id: row.sale_id, lines: row.lines, cards: cards::views_of(till, cards) })
}

/// `sale.abandon`.
pub(crate) fn abandon(till: &Till, caller: &Caller, request: WhichSale) -> Result<Nothing, TillError> {
    let (core, by) = (&till.core, &caller.user()?.code);
    core.store.commit(|reading| {
        reading.parked_sale(&request.sale_id)?.ok_or_else(|| TillError::not_done("parked-sale-unknown"))?;
        cards::may_be_abandoned(reading, &request.sale_id)?;
        let fact = Fact::SaleAbandoned { sale_id: request.sale_id };
        Ok::<_, TillError>(Decision::Write(Box::new(core.entry(core.surroundings.new_id(), Some(by), caller.session, fact)), None))
    })?;
    till.core.tell(&[Changed::Parked]);
    Ok(Nothing {})
}
