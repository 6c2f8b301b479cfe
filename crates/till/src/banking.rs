//! Banking: closed sessions' money goes to the bank in one deposit, once, with a second person's word. What is banked is held
//! against what was counted, and a difference is kept with its reason.

use crate::api::banking::{BankingReady, DepositPapers, DepositSummary, DepositView, MakeDeposit, PapersWritten, ToBank};
use crate::api::{Changed, Nothing};
use crate::approvals::second_person_for;
use crate::error::TillError;
use crate::reports::written;
use crate::sales::hash_of;
use crate::till::{Caller, Core, Till};
use crate::{deposit_papers, receipts, views};
use counterfoil_domain::banking::{sealed_bags, slip_number, whole_bags};
use counterfoil_domain::cash_up::{TenderKey, read_count};
use counterfoil_domain::correction::{ReasonGiven, reason_given};
use counterfoil_domain::council::ReasonKind;
use counterfoil_domain::day_end::{BankBag, BankedCheque, Deposit, Tally, ZRead};
use counterfoil_domain::entry::{Entry, Fact};
use counterfoil_domain::receipt::TenderDetails;
use counterfoil_domain::session::{CountedDenomination, counted_value};
use counterfoil_domain::{Code, Council, Pence, Refusal};
use counterfoil_store::{Decision, Reading, SessionRow, uuid_bytes};

/// How many deposits are listed.
const LISTED: u32 = 100;

/// What one closed session has for the bank.
#[derive(Default)]
struct Money {
    cash: Pence,
    cheques: Vec<BankedCheque>,
    postal_orders: Tally,
}

/// `banking.ready`.
pub(crate) fn ready(till: &Till, caller: &Caller, _: Nothing) -> Result<BankingReady, TillError> {
    let (core, council) = (&till.core, caller.council()?);
    let sessions = core.store.read(|reading| {
        let rows = reading.sessions_to_bank()?;
        rows.iter().map(|row| to_bank(core, reading, council, row)).collect::<Result<Vec<_>, TillError>>()
    })?;
    let kept_back = core.store.read(|reading| reading.kept_back())?;
    Ok(BankingReady { deposit_id: core.surroundings.new_id(), sessions, kept_back })
}

fn to_bank(core: &Core, reading: &Reading<'_>, council: &Council, row: &SessionRow) -> Result<ToBank, TillError> {
    let (entry, z) = z_of(reading, row)?;
    let money = money(reading, council, &z)?;
    let cheque_sum = money.cheques.iter().map(|cheque| cheque.amount).sum();
    Ok(ToBank {
        z: z.number,
        session: row.number,
        user_code: z.user_code,
        closed_at: views::moment(core, entry.at_ms),
        cash: money.cash,
        cheques: Tally { count: money.cheques.len() as u64, amount: cheque_sum },
        postal_orders: money.postal_orders,
    })
}

/// The Z read that closed a session, with its entry.
fn z_of(reading: &Reading<'_>, row: &SessionRow) -> Result<(Entry, ZRead), TillError> {
    let not_closed = || TillError::not_done("session-not-closed");
    let entry = reading.entry(row.closed_seq.ok_or_else(not_closed)?)?.ok_or_else(not_closed)?;
    match &entry.fact {
        Fact::SessionClosed { z } => Ok((entry.clone(), (**z).clone())),
        _ => Err(not_closed()),
    }
}

/// What was counted, less the next float, with the lifts; the cheques and postal orders that were there.
fn money(reading: &Reading<'_>, council: &Council, z: &ZRead) -> Result<Money, TillError> {
    let mut money = Money { cash: z.cash_for_bank(council), ..Money::default() };
    for TenderKey { serial, tender } in &z.ticked {
        let row = reading.receipt(*serial)?.ok_or_else(|| TillError::not_done("receipt-unknown"))?;
        let receipt = receipts::kept(reading, row.seq)?.receipt;
        let Some(tender) = receipt.tenders.get(*tender) else { continue };
        match &tender.details {
            TenderDetails::Cheque(cheque) => {
                money.cheques.push(BankedCheque { number: receipt.number.clone(), cheque: cheque.clone(), amount: tender.amount });
            }
            TenderDetails::PostalOrder { .. } => {
                let sum = money.postal_orders;
                money.postal_orders = Tally { count: sum.count + 1, amount: sum.amount.plus(tender.amount) };
            }
            _ => {}
        }
    }
    Ok(money)
}

/// What was typed of a deposit, checked as far as it can be without the store.
struct Typed {
    slip: String,
    z_reads: Vec<u64>,
    cash: Vec<CountedDenomination>,
    cash_total: Pence,
    bags: Vec<BankBag>,
}

fn typed(council: &Council, request: &MakeDeposit) -> Result<Typed, Refusal> {
    let slip = slip_number(&request.slip)?;
    let cash = read_count(&council.denominations, &request.cash)?;
    whole_bags(&council.denominations, &cash)?;
    let cash_total = counted_value(&council.denominations, &cash)?;
    let bags = sealed_bags(&request.bags, cash_total)?;
    let mut z_reads = request.z_reads.clone();
    z_reads.sort_unstable();
    z_reads.dedup();
    Ok(Typed { slip, z_reads, cash, cash_total, bags })
}

/// `banking.make`.
pub(crate) fn make(till: &Till, caller: &Caller, request: MakeDeposit) -> Result<DepositView, TillError> {
    let (core, council, user) = (&till.core, caller.council()?, caller.user()?);
    let id = uuid_bytes(&request.deposit_id).ok_or_else(|| TillError::not_done("request-unreadable").with("reason", "deposit_id"))?;
    let content = hash_of(&(&request.z_reads, &request.slip, &request.cash, &request.bags, &request.reason, &request.text))?;
    if let Some((_, earlier)) = core.store.read(|reading| reading.entry_by_id(&id))? {
        return view(core, same_content(earlier, &content)?, true);
    }
    let typed = typed(council, &request)?;
    // Everything is said that is wrong before anybody is asked to approve it; the commit looks again.
    let cashiers = core.store.read(|reading| {
        to_deposit(reading, council, &typed, &request)?;
        cashiers(reading, &typed.z_reads)
    })?;
    let approved_by = Some(second_person_for(till, caller, request.approval.as_ref(), &cashiers)?);
    let committed = core.store.commit(|reading| {
        if let Some((seq, earlier)) = reading.entry_by_id(&id)? {
            return Ok(Decision::Already(seq, Box::new(same_content(earlier, &content)?)));
        }
        let fact = Fact::DepositMade { deposit: Box::new(to_deposit(reading, council, &typed, &request)?), content };
        let entry = core.entry(request.deposit_id.clone(), Some(&user.code), caller.session, fact);
        Ok::<_, TillError>(Decision::Write(Box::new(Entry { approved_by, ..entry }), None))
    })?;
    core.tell(&[Changed::Session]);
    view(core, committed.entry, committed.again)
}

/// Whose sessions these Z reads closed.
fn cashiers(reading: &Reading<'_>, z_reads: &[u64]) -> Result<Vec<String>, TillError> {
    let mut codes = Vec::new();
    for z in z_reads {
        codes.extend(reading.session_of_z(*z)?.map(|row| row.user_code));
    }
    Ok(codes)
}

fn same_content(earlier: Entry, content: &str) -> Result<Entry, TillError> {
    match &earlier.fact {
        Fact::DepositMade { content: known, .. } if known == content => Ok(earlier),
        _ => Err(TillError::not_done("id-with-other-content")),
    }
}

/// The deposit as the store has it at this moment.
fn to_deposit(reading: &Reading<'_>, council: &Council, typed: &Typed, request: &MakeDeposit) -> Result<Deposit, TillError> {
    let mut expected = Money::default();
    for z in &typed.z_reads {
        let row = reading.session_of_z(*z)?.ok_or_else(|| TillError::not_done("session-not-closed"))?;
        if row.deposit.is_some() {
            return Err(TillError::not_done("session-banked-already"));
        }
        let (_, z) = z_of(reading, &row)?;
        let money = money(reading, council, &z)?;
        expected.cash = expected.cash.plus(money.cash);
        expected.cheques.extend(money.cheques);
        expected.postal_orders.amount = expected.postal_orders.amount.plus(money.postal_orders.amount);
    }
    if reading.slip_used(&typed.slip)? {
        return Err(TillError::not_done("slip-used").with("slip", &typed.slip));
    }
    let deposit = Deposit {
        number: reading.next_deposit()?,
        slip: typed.slip.clone(),
        z_reads: typed.z_reads.clone(),
        cash: typed.cash.clone(),
        cash_total: typed.cash_total,
        bags: typed.bags.clone(),
        cheque_total: expected.cheques.iter().map(|cheque| cheque.amount).sum(),
        cheques: expected.cheques,
        postal_order_total: expected.postal_orders.amount,
        cash_expected: expected.cash,
        kept_back: reading.kept_back()?,
        reason: None,
    };
    if typed.z_reads.is_empty() || deposit.total().is_zero() && deposit.cash_expected.is_zero() {
        return Err(Refusal::new(Code::DepositEmpty).into());
    }
    let reason = reason(council, &deposit, request)?;
    Ok(Deposit { reason, ..deposit })
}

/// Needed where cash differs from what was counted by something else than all that was kept back before; welcome then.
fn reason(council: &Council, deposit: &Deposit, request: &MakeDeposit) -> Result<Option<ReasonGiven>, Refusal> {
    let difference = deposit.difference();
    if difference.is_zero() || !deposit.needs_reason() && request.reason.is_empty() {
        return Ok(None);
    }
    let given = reason_given(council, ReasonKind::Banking, &request.reason, &request.text);
    given.map(Some).map_err(|refusal| refusal.with("difference", difference))
}

fn view(core: &Core, entry: Entry, again: bool) -> Result<DepositView, TillError> {
    let made_at = views::moment(core, entry.at_ms);
    match entry.fact {
        Fact::DepositMade { deposit, .. } => Ok(DepositView {
            total: deposit.total(),
            difference: deposit.difference(),
            kept_back: deposit.still_kept_back(),
            deposit: *deposit,
            made_at,
            made_by: entry.by.unwrap_or_default(),
            approved_by: entry.approved_by.unwrap_or_default(),
            again,
        }),
        _ => Err(TillError::not_done("deposit-unknown")),
    }
}

/// `banking.list`.
pub(crate) fn list(till: &Till, _: &Caller, _: Nothing) -> Result<Vec<DepositSummary>, TillError> {
    let rows = till.core.store.read(|reading| reading.deposits(LISTED))?;
    Ok(rows
        .into_iter()
        .map(|row| DepositSummary {
            number: row.number,
            day: row.day,
            slip: row.slip,
            total: row.cash.plus(row.cheques).plus(row.postal_orders),
            difference: row.cash.minus(row.cash_expected),
        })
        .collect())
}

/// `banking.papers`: the paying-in slip and the list of cheques, in the data folder's `deposits`. Made again they are the same.
pub(crate) fn papers(till: &Till, _: &Caller, request: DepositPapers) -> Result<PapersWritten, TillError> {
    let core = &till.core;
    let unknown = || TillError::not_done("deposit-unknown");
    let (entry, name) = core.store.read(|reading| {
        let row = reading.deposit(request.number)?.ok_or_else(unknown)?;
        Ok::<_, TillError>((reading.entry(row.seq)?.ok_or_else(unknown)?, reading.till_name()?))
    })?;
    let created = core.local(entry.at_ms);
    let shown = view(core, entry, true)?;
    let folder = core.store.folder().join("deposits");
    let papers =
        deposit_papers::Papers { core, council: &*core.council()?, language: request.language, till: name, shown: &shown, created };
    let file = |kind: &str| format!("deposit-{:04}-{kind}.pdf", shown.deposit.number);
    let slip = written(&folder, &file("slip"), &papers.slip()?)?.display().to_string();
    let cheques = if shown.deposit.cheques.is_empty() {
        None
    } else {
        Some(written(&folder, &file("cheques"), &papers.cheques()?)?.display().to_string())
    };
    Ok(PapersWritten { slip, cheques })
}
