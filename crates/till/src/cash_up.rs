//! Cash-up: the blind count, frozen once it is given; what it differs by and why that may be; rejecting it; closing.
//!
//! Whose session it is decides who may: its cashier, or somebody who supervises sessions.

use crate::api::Changed;
use crate::api::Nothing;
use crate::api::cash_up::{CashUpBegun, CashUpState, CloseSession, CountView, GiveCount, MopCounted, RejectCount, ToTick, ZView};
use crate::api::sales::WhichSale;
use crate::approvals::second_person_for;
use crate::cards;
use crate::error::TillError;
use crate::sales;
use crate::sessions::{drawer, still_open};
use crate::till::{Caller, Till};
use crate::{unprinted, views, z_reads};
use counterfoil_domain::approval::Action;
use counterfoil_domain::cash_up::{
    Count, MopAmount, MopCount, TenderKey, TenderSeen, find_variance, over_short, read_count, read_terminal,
};
use counterfoil_domain::correction::{CorrectionKind, ReasonGiven, reason_given};
use counterfoil_domain::council::{MopKind, ReasonKind};
use counterfoil_domain::day_end::{MopTakings, ZRead};
use counterfoil_domain::entry::{Entry, Fact};
use counterfoil_domain::money::parse_amount;
use counterfoil_domain::receipt::{Receipt, Tender, TenderDetails, receipt_number};
use counterfoil_domain::refusal::{Code, Refusal};
use counterfoil_domain::rights::Right;
use counterfoil_domain::session::counted_value;
use counterfoil_domain::text::Language;
use counterfoil_domain::{Council, Pence};
use counterfoil_store::{Decision, Job, Reading, ReceiptKind, SessionRow, uuid_bytes};

/// The open session, if the caller may count and close it.
fn in_hand(till: &Till, caller: &Caller) -> Result<SessionRow, TillError> {
    let (council, user) = (caller.council()?, caller.user()?);
    let row = till.core.session().ok_or_else(|| TillError::not_done("session-needed"))?;
    let own = row.user_code.eq_ignore_ascii_case(&user.code);
    if council.may(user, Right::SuperviseSessions) || (own && council.may(user, Right::CashUp)) {
        return Ok(row);
    }
    Err(if own { TillError::not_done("right-missing") } else { TillError::not_done("session-of-another").with("user", row.user_code) })
}

/// `cash_up.begin`.
pub(crate) fn begin(till: &Till, caller: &Caller, _: Nothing) -> Result<CashUpBegun, TillError> {
    let (core, council) = (&till.core, caller.council()?);
    let row = in_hand(till, caller)?;
    // Read while it is counted: the count doesn't wait for it.
    cards::read_totals(till)?;
    let parked = sales::parked(till, caller, Nothing {})?;
    core.store.read(|reading| {
        let row = still_open(reading, row.number)?;
        let (waiting, failed, _) = reading.print_summary()?;
        Ok(CashUpBegun {
            count_id: core.surroundings.new_id(),
            attempt: next_attempt(reading, row.number)?,
            parked,
            waiting,
            failed,
            unprinted: unprinted::named(reading)?,
            cards: cards::views_of(till, reading.open_card_payments()?),
            tenders: to_tick(reading, council, &row)?,
            terminals: terminals(council, &takings_of_disabled_cards(reading, council, &row)?),
            session: views::session(core, reading, row, Some(&caller.user()?.code))?,
        })
    })
}

/// `cash_up.abandon`: a parked sale stands in the way of a count, also of one by somebody whose session it isn't.
pub(crate) fn abandon(till: &Till, caller: &Caller, request: WhichSale) -> Result<Nothing, TillError> {
    let (core, user, session) = (&till.core, caller.user()?, in_hand(till, caller)?.number);
    core.store.commit(|reading| {
        still_open(reading, session)?;
        reading.parked_sale(&request.sale_id)?.ok_or_else(|| TillError::not_done("parked-sale-unknown"))?;
        cards::may_be_abandoned(reading, &request.sale_id)?;
        let fact = Fact::SaleAbandoned { sale_id: request.sale_id };
        let entry = core.entry(core.surroundings.new_id(), Some(&user.code), Some(session), fact);
        Ok::<_, TillError>(Decision::Write(Box::new(entry), None))
    })?;
    core.tell(&[Changed::Parked]);
    Ok(Nothing {})
}

fn next_attempt(reading: &Reading<'_>, session: u64) -> Result<u32, TillError> {
    Ok(reading.counts(session)?.last().map_or(1, |last| last.attempt + 1))
}

/// What a terminal is asked for without takings is every card MOP that isn't disabled: only where one is, they are added up.
fn takings_of_disabled_cards(reading: &Reading<'_>, council: &Council, row: &SessionRow) -> Result<Vec<MopTakings>, TillError> {
    let disabled = council.mops.iter().any(|mop| mop.kind == MopKind::Card && mop.disabled);
    Ok(if disabled { reading.mop_takings(row)? } else { Vec::new() })
}

/// Every card MOP in use, and any other that took something: what a terminal took under the wrong one must be told too.
fn terminals(council: &Council, takings: &[MopTakings]) -> Vec<String> {
    let in_use = |code: &str| takings.iter().any(|mop| mop.mop_code == code);
    let cards = council.mops.iter().filter(|mop| mop.kind == MopKind::Card && (!mop.disabled || in_use(&mop.code)));
    cards.map(|mop| mop.code.clone()).collect()
}

/// Cheques and postal orders that should be in the drawer: what a void handed back isn't.
fn to_tick(reading: &Reading<'_>, council: &Council, row: &SessionRow) -> Result<Vec<ToTick>, TillError> {
    let mut there: Vec<ToTick> = Vec::new();
    let papers: Vec<&str> = council.mops.iter().filter(|mop| is_paper(mop.kind)).map(|mop| mop.code.as_str()).collect();
    for receipt in reading.session_receipts_by_mops(row, &papers)? {
        let entry = reading.entry(receipt.seq)?.ok_or_else(|| TillError::not_done("receipt-unknown"))?;
        match &entry.fact {
            Fact::ReceiptTaken { receipt, .. } => there.extend(papers_of(receipt, &papers)),
            Fact::ReceiptCorrected { receipt, correction, .. } if correction.kind == CorrectionKind::Void => {
                for back in receipt.tenders.iter().filter(|tender| papers.contains(&tender.mop_code.as_str())) {
                    hand_back(&mut there, correction.of_serial, back);
                }
            }
            _ => {}
        }
    }
    there.sort_by_key(|tick| (tick.key.serial, tick.key.tender));
    Ok(there)
}

fn is_paper(kind: MopKind) -> bool {
    matches!(kind, MopKind::Cheque | MopKind::PostalOrder)
}

fn papers_of(receipt: &Receipt, papers: &[&str]) -> Vec<ToTick> {
    let own = receipt.tenders.iter().enumerate().filter(|(_, tender)| papers.contains(&tender.mop_code.as_str()));
    own.map(|(place, tender)| ToTick {
        key: TenderKey { serial: receipt.serial, tender: place },
        number: receipt.number.clone(),
        mop_code: tender.mop_code.clone(),
        amount: tender.amount,
        details: tender.details.clone(),
    })
    .collect()
}

/// A cheque is handed back whole, so that it is known by its receipt and its details.
fn hand_back(there: &mut Vec<ToTick>, of_serial: u64, back: &Tender) {
    let place =
        there.iter().position(|tick| tick.key.serial == of_serial && tick.mop_code == back.mop_code && tick.details == back.details);
    if let Some(place) = place {
        there.remove(place);
    }
}

/// What a count should find, each MOP with nothing counted yet. MOPs that aren't for the counter are in no drawer.
pub(crate) fn expected(reading: &Reading<'_>, council: &Council, row: &SessionRow) -> Result<Vec<MopCount>, TillError> {
    let takings = reading.mop_takings(row)?;
    let asked = terminals(council, &takings);
    let taken = |code: &str| takings.iter().find(|mop| mop.mop_code == code).map(|mop| mop.amount);
    let mut mops = Vec::new();
    for mop in &council.mops {
        let expected = match mop.kind {
            MopKind::Cash if council.cash_mop().is_some_and(|cash| cash.code == mop.code) => Some(drawer(reading, council, row)?),
            MopKind::Card if asked.contains(&mop.code) => Some(taken(&mop.code).unwrap_or_default()),
            MopKind::Cheque | MopKind::PostalOrder => taken(&mop.code),
            MopKind::Cash | MopKind::Card | MopKind::Internal => None,
        };
        mops.extend(expected.map(|expected| MopCount { mop_code: mop.code.clone(), expected, counted: Pence::ZERO }));
    }
    Ok(mops)
}

/// `cash_up.give`.
pub(crate) fn give(till: &Till, caller: &Caller, request: GiveCount) -> Result<CountView, TillError> {
    let (core, council) = (&till.core, caller.council()?);
    let id = uuid_bytes(&request.count_id).ok_or_else(|| TillError::not_done("request-unreadable").with("reason", "count_id"))?;
    let (user, session) = (caller.user()?.code.clone(), in_hand(till, caller)?.number);
    let committed = core.store.commit(|reading| {
        let earlier = reading.entry_by_id(&id)?;
        if let Some((seq, earlier)) = earlier {
            same_count(council, &earlier, &request)?;
            return Ok(Decision::Already(seq, Box::new(earlier)));
        }
        let row = still_open(reading, session)?;
        let parked = reading.parked()?.len();
        if parked > 0 {
            return Err(TillError::not_done("sales-parked").with("count", parked));
        }
        cards::nothing_open(reading)?;
        let fact = Fact::CountGiven { count: counted(reading, council, &row, &request)? };
        Ok(Decision::Write(Box::new(core.entry(request.count_id.clone(), Some(&user), Some(session), fact)), None))
    })?;
    if !committed.again {
        core.tell(&[Changed::Session]);
    }
    core.store.read(|reading| view(till, council, reading, &committed.entry))
}

/// The count as it stands at this moment: what was typed, held against what the store says.
fn counted(reading: &Reading<'_>, council: &Council, row: &SessionRow, request: &GiveCount) -> Result<Count, TillError> {
    let cash = read_count(&council.denominations, &request.cash)?;
    let cash_value = counted_value(&council.denominations, &cash)?;
    let listed = to_tick(reading, council, row)?;
    let ticked = ticks(&listed, &request.ticked)?;
    let mut mops = expected(reading, council, row)?;
    let mut terminals = Vec::new();
    for mop in &mut mops {
        mop.counted = match council.mop_kind(&mop.mop_code) {
            MopKind::Cash => cash_value,
            MopKind::Card => {
                let amount = terminal(request, &mop.mop_code)?;
                terminals.push(MopAmount { mop_code: mop.mop_code.clone(), amount });
                amount
            }
            _ => listed.iter().filter(|tick| tick.mop_code == mop.mop_code && ticked.contains(&tick.key)).map(|tick| tick.amount).sum(),
        };
    }
    Ok(Count { attempt: next_attempt(reading, row.number)?, cash, ticked, terminals, mops, driven: cards::driven(reading, row.number)? })
}

fn ticks(listed: &[ToTick], typed: &[TenderKey]) -> Result<Vec<TenderKey>, Refusal> {
    let mut ticked = typed.to_vec();
    ticked.sort_unstable_by_key(|key| (key.serial, key.tender));
    ticked.dedup();
    let known = ticked.iter().all(|key| listed.iter().any(|tick| tick.key == *key));
    if known && ticked.len() == typed.len() { Ok(ticked) } else { Err(Refusal::new(Code::TickNotValid)) }
}

fn terminal(request: &GiveCount, mop_code: &str) -> Result<Pence, Refusal> {
    let typed = request.terminals.iter().find(|total| total.mop_code == mop_code).map_or("", |total| total.text.as_str());
    read_terminal(typed).map_err(|refusal| refusal.with("mop", mop_code))
}

/// A count asked for again is the same count, or an alarm.
fn same_count(council: &Council, earlier: &Entry, request: &GiveCount) -> Result<(), TillError> {
    let other = || TillError::not_done("id-with-other-content");
    let Fact::CountGiven { count } = &earlier.fact else { return Err(other()) };
    let same_terminals = count.terminals.iter().all(|total| terminal(request, &total.mop_code) == Ok(total.amount));
    let mut ticked = request.ticked.clone();
    ticked.sort_unstable_by_key(|key| (key.serial, key.tender));
    let same = read_count(&council.denominations, &request.cash)? == count.cash && ticked == count.ticked && same_terminals;
    if same { Ok(()) } else { Err(other()) }
}

/// `cash_up.state`.
pub(crate) fn state(till: &Till, caller: &Caller, _: Nothing) -> Result<CashUpState, TillError> {
    let (core, council) = (&till.core, caller.council()?);
    let session = in_hand(till, caller)?.number;
    core.store.read(|reading| {
        let row = reading.session(session)?.ok_or_else(|| TillError::not_done("session-needed"))?;
        let count = standing(reading, session)?.map(|(entry, _)| view(till, council, reading, &entry)).transpose()?;
        Ok(CashUpState { session: views::session(core, reading, row, Some(&caller.user()?.code))?, count })
    })
}

/// The count that stands in a session, with its entry.
fn standing(reading: &Reading<'_>, session: u64) -> Result<Option<(Entry, Count)>, TillError> {
    let Some(row) = reading.standing_count(session)? else { return Ok(None) };
    let entry = reading.entry(row.seq)?.ok_or_else(|| TillError::not_done("count-needed"))?;
    match &entry.fact {
        Fact::CountGiven { count } => Ok(Some((entry.clone(), count.clone()))),
        _ => Err(TillError::not_done("count-needed")),
    }
}

/// The count that stands, if it is this one.
fn standing_as(reading: &Reading<'_>, session: u64, attempt: u32) -> Result<(Entry, Count), TillError> {
    reading.open_session()?.filter(|row| row.number == session).ok_or_else(|| TillError::not_done("session-needed"))?;
    standing(reading, session)?.filter(|(_, count)| count.attempt == attempt).ok_or_else(|| TillError::not_done("count-needed"))
}

/// What is shown of a count once it is given.
fn view(till: &Till, council: &Council, reading: &Reading<'_>, entry: &Entry) -> Result<CountView, TillError> {
    let Fact::CountGiven { count } = &entry.fact else { return Err(TillError::not_done("count-needed")) };
    let row = reading.session(entry.session.unwrap_or_default())?.ok_or_else(|| TillError::not_done("session-needed"))?;
    let off = !count.variance().is_zero();
    let seen = if off { tenders_seen(reading, &row)? } else { Vec::new() };
    let cash = council.cash_mop().map_or("", |mop| mop.code.as_str());
    Ok(CountView {
        attempt: count.attempt,
        given_at: views::moment(&till.core, entry.at_ms),
        given_by: entry.by.clone().unwrap_or_default(),
        mops: count
            .mops
            .iter()
            .map(|mop| MopCounted {
                difference: mop.difference(),
                mop_code: mop.mop_code.clone(),
                expected: mop.expected,
                counted: mop.counted,
            })
            .collect(),
        driven: count.driven.clone(),
        clues: find_variance(&count.mops, cash, &seen),
        beyond_tolerance: count.beyond(council.policies.variance_tolerance),
        float_left: usual_float(council, count),
    })
}

/// The council's float, or all the cash where there is less.
fn usual_float(council: &Council, count: &Count) -> Pence {
    council.policies.float.min(cash_counted(council, count))
}

fn cash_counted(council: &Council, count: &Count) -> Pence {
    count.cash_mop(council).map_or(Pence::ZERO, |mop| mop.counted)
}

fn tenders_seen(reading: &Reading<'_>, row: &SessionRow) -> Result<Vec<TenderSeen>, TillError> {
    let mut seen = Vec::new();
    for receipt in reading.session_receipts(row)?.into_iter().filter(|receipt| receipt.kind != ReceiptKind::OverOrShort) {
        let receipt = crate::receipts::kept(reading, receipt.seq)?.receipt;
        seen.extend(receipt.tenders.into_iter().map(|tender| TenderSeen {
            number: receipt.number.clone(),
            mop_code: tender.mop_code,
            amount: tender.amount,
            change: match tender.details {
                TenderDetails::Cash { change, .. } => change,
                _ => Pence::ZERO,
            },
        }));
    }
    Ok(seen)
}

/// `cash_up.reject`. Somebody who doesn't supervise sessions may ask for their own count to be rejected; a second person does it.
pub(crate) fn reject(till: &Till, caller: &Caller, request: RejectCount) -> Result<Nothing, TillError> {
    let (core, council, user) = (&till.core, caller.council()?, caller.user()?);
    let row = in_hand(till, caller)?;
    let session = row.number;
    let reason = reason_given(council, ReasonKind::Variance, &request.reason, &request.text)?;
    let (_, count) = core.store.read(|reading| standing_as(reading, session, request.attempt))?;
    // A supervisor who was the cashier is no more than a cashier here.
    let supervises = council.may(user, Right::SuperviseSessions) && !row.user_code.eq_ignore_ascii_case(&user.code);
    let needed = !supervises || council.needs_approval(Action::RejectCount, count.variance());
    let approved_by = needed.then(|| second_person_for(till, caller, request.approval.as_ref(), &[row.user_code])).transpose()?;
    core.store.commit(|reading| {
        standing_as(reading, session, request.attempt)?;
        let fact = Fact::CountRejected { attempt: request.attempt, reason };
        let entry = Entry { approved_by, ..core.entry(core.surroundings.new_id(), Some(&user.code), Some(session), fact) };
        Ok::<_, TillError>(Decision::Write(Box::new(entry), None))
    })?;
    core.tell(&[Changed::Session]);
    Ok(Nothing {})
}

/// `cash_up.close`.
pub(crate) fn close(till: &Till, caller: &Caller, request: CloseSession) -> Result<ZView, TillError> {
    let (core, council, user) = (&till.core, caller.council()?, caller.user()?);
    if let Some(z) = closed_earlier(till, caller, &request)? {
        return Ok(z);
    }
    let SessionRow { number: session, user_code: cashier, .. } = in_hand(till, caller)?;
    if session != request.session {
        return Err(TillError::not_done("session-needed"));
    }
    let (_, count) = core.store.read(|reading| standing_as(reading, session, request.attempt))?;
    let beyond = count.beyond(council.policies.variance_tolerance);
    let reason = reason(council, &request, beyond)?;
    let float_left = float_left(council, &request, &count)?;
    let approved_by = beyond.then(|| second_person_for(till, caller, request.approval.as_ref(), &[cashier])).transpose()?;
    let committed = core.store.commit(|reading| {
        cards::nothing_open(reading)?;
        let (_, count) = standing_as(reading, session, request.attempt)?;
        let language = user.language.unwrap_or_default();
        let z = z_read(reading, council, count, session, Closing { reason, float_left, language })?;
        let fact = Fact::SessionClosed { z: Box::new(z) };
        let entry = Entry { approved_by, ..core.entry(core.surroundings.new_id(), Some(&user.code), Some(session), fact) };
        Ok::<_, TillError>(Decision::Write(Box::new(entry), Some(Job::default())))
    })?;
    core.read_session_again()?;
    till.printing.wake();
    core.tell(&[Changed::Session, Changed::Receipts, Changed::Printing]);
    core.store.read(|reading| z_reads::view(core, reading, committed.seq, &committed.entry))
}

/// A lost answer asked for again: the same close by the same person, or an alarm.
fn closed_earlier(till: &Till, caller: &Caller, request: &CloseSession) -> Result<Option<ZView>, TillError> {
    let (core, council) = (&till.core, caller.council()?);
    core.store.read(|reading| {
        let Some(seq) = reading.session(request.session)?.and_then(|row| row.closed_seq) else { return Ok(None) };
        let entry = reading.entry(seq)?.ok_or_else(|| TillError::not_done("session-closed"))?;
        let Fact::SessionClosed { z } = &entry.fact else { return Err(TillError::not_done("session-closed")) };
        let count = Count {
            attempt: z.attempt,
            cash: z.cash.clone(),
            ticked: z.ticked.clone(),
            terminals: Vec::new(),
            mops: z.mops.clone(),
            driven: z.driven.clone(),
        };
        let beyond = count.beyond(council.policies.variance_tolerance);
        let same = entry.by.as_deref() == Some(caller.user()?.code.as_str())
            && request.attempt == z.attempt
            && reason(council, request, beyond)? == z.reason
            && float_left(council, request, &count)? == z.float_left;
        if same { z_reads::view(core, reading, seq, &entry).map(Some) } else { Err(TillError::not_done("session-closed")) }
    })
}

/// Needed beyond the tolerance, welcome below it.
fn reason(council: &Council, request: &CloseSession, beyond: bool) -> Result<Option<ReasonGiven>, Refusal> {
    let given = beyond || !request.reason.is_empty();
    given.then(|| reason_given(council, ReasonKind::Variance, &request.reason, &request.text)).transpose()
}

fn float_left(council: &Council, request: &CloseSession, count: &Count) -> Result<Pence, Refusal> {
    if request.float_left.trim().is_empty() {
        return Ok(usual_float(council, count));
    }
    let left = parse_amount(&request.float_left)?;
    let counted = cash_counted(council, count);
    if left > counted { Err(Refusal::new(Code::FloatLeftAboveCount).with("counted", counted)) } else { Ok(left) }
}

/// What was decided at the close.
struct Closing {
    reason: Option<ReasonGiven>,
    float_left: Pence,
    language: Language,
}

fn z_read(reading: &Reading<'_>, council: &Council, count: Count, session: u64, closing: Closing) -> Result<ZRead, TillError> {
    let row = reading.session(session)?.ok_or_else(|| TillError::not_done("session-needed"))?;
    let name = reading.till_name()?.ok_or_else(|| TillError::not_done("till-not-set-up"))?;
    let (number, head) = (reading.next_z()?, reading.head()?);
    let reference = format!("{}{}-Z{number:04}", name.office_code, name.till_code);
    let over_short = over_short_receipt(reading, council, &reference, &count.mops, closing.language)?;
    Ok(ZRead {
        number,
        session,
        office_code: name.office_code,
        till_code: name.till_code,
        opened_at_ms: row.opened_at_ms,
        float: row.float,
        totals: reading.session_totals(&row)?,
        user_code: row.user_code,
        attempt: count.attempt,
        mops: count.mops,
        driven: count.driven,
        cash: count.cash,
        ticked: count.ticked,
        reason: closing.reason,
        over_short,
        float_left: closing.float_left,
        head_seq: head.seq,
        head_hash: head.hash.to_string(),
    })
}

/// Over and short is income of its own, with a receipt in the till's series.
fn over_short_receipt(
    reading: &Reading<'_>,
    council: &Council,
    reference: &str,
    mops: &[MopCount],
    language: Language,
) -> Result<Option<Receipt>, TillError> {
    let fund = &council.policies.over_short_fund;
    let vat_code = council.fund(fund).map_or("", |fund| fund.vat_code.as_str());
    let Some(settled) = over_short(fund, reference, vat_code, mops) else { return Ok(None) };
    let name = reading.till_name()?.ok_or_else(|| TillError::not_done("till-not-set-up"))?;
    let serial = reading.next_serial()?;
    Ok(Some(Receipt {
        number: receipt_number(&council.receipt.number, &name.office_code, &name.till_code, serial)?,
        serial,
        office_code: name.office_code,
        till_code: name.till_code,
        total: settled.total,
        lines: settled.lines,
        tenders: settled.tenders,
        postings: settled.postings,
        language,
    }))
}
