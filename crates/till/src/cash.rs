//! Cash between drawer and safe; the drawer without a sale; what a session comes to so far.

use crate::api::cash::{CashMoved, Exchange, Lift, MovementBegun, OpenDrawer, TopUp, XRead};
use crate::api::people::Approval;
use crate::api::{Changed, Nothing};
use crate::approvals::approved;
use crate::cash_up::expected;
use crate::error::TillError;
use crate::papers;
use crate::sales::hash_of;
use crate::sessions::{drawer, still_open};
use crate::till::{Caller, Till};
use crate::views;
use counterfoil_domain::approval::Action;
use counterfoil_domain::cash_up::{MopAmount, read_count};
use counterfoil_domain::correction::reason_given;
use counterfoil_domain::council::{ReasonKind, User};
use counterfoil_domain::day_end::{CashMovement, SessionTotals};
use counterfoil_domain::entry::{Entry, Fact};
use counterfoil_domain::session::counted_value;
use counterfoil_domain::{Council, Pence, Refusal};
use counterfoil_store::{Decision, Job, Reading, SessionRow, uuid_bytes};

/// Every movement opens the drawer and prints a slip.
fn slip() -> Job {
    Job { drawer: true, ..Job::default() }
}

/// `cash.begin`.
pub(crate) fn begin(till: &Till, _: &Caller, _: Nothing) -> Result<MovementBegun, TillError> {
    Ok(MovementBegun { movement_id: till.core.surroundings.new_id() })
}

/// `cash.lift`.
pub(crate) fn lift(till: &Till, caller: &Caller, request: Lift) -> Result<CashMoved, TillError> {
    let kinds = &caller.council()?.denominations;
    let out = read_count(kinds, &request.counts)?;
    let asked = Asked {
        id: &request.movement_id,
        content: hash_of(&("lift", &request.bag, &request.counts))?,
        action: Action::Lift,
        amount: counted_value(kinds, &out)?,
        approval: request.approval.as_ref(),
    };
    move_cash(till, caller, &asked, |drawer| CashMovement::lift(kinds, &request.bag, out.clone(), drawer))
}

/// `cash.top_up`.
pub(crate) fn top_up(till: &Till, caller: &Caller, request: TopUp) -> Result<CashMoved, TillError> {
    let kinds = &caller.council()?.denominations;
    let into = read_count(kinds, &request.counts)?;
    let asked = Asked {
        id: &request.movement_id,
        content: hash_of(&("top-up", &request.counts))?,
        action: Action::FloatChange,
        amount: counted_value(kinds, &into)?,
        approval: request.approval.as_ref(),
    };
    move_cash(till, caller, &asked, |_| CashMovement::top_up(kinds, into.clone()))
}

/// `cash.exchange`.
pub(crate) fn exchange(till: &Till, caller: &Caller, request: Exchange) -> Result<CashMoved, TillError> {
    let kinds = &caller.council()?.denominations;
    let (out, into) = (read_count(kinds, &request.out)?, read_count(kinds, &request.into)?);
    let asked = Asked {
        id: &request.movement_id,
        content: hash_of(&("exchange", &request.out, &request.into))?,
        action: Action::FloatChange,
        amount: counted_value(kinds, &out)?,
        approval: request.approval.as_ref(),
    };
    move_cash(till, caller, &asked, |drawer| CashMovement::exchange(kinds, out.clone(), into.clone(), drawer))
}

/// What every movement is asked with.
struct Asked<'a> {
    id: &'a str,
    content: String,
    action: Action,
    amount: Pence,
    approval: Option<&'a Approval>,
}

/// Moves cash once. It is made twice: before somebody is asked to approve it, without a look into the drawer, and again under the
/// store's lock. Whether the drawer holds so much is answered to two people only: one alone could ask until they knew the count.
fn move_cash(
    till: &Till,
    caller: &Caller,
    asked: &Asked<'_>,
    movement: impl Fn(Pence) -> Result<CashMovement, Refusal>,
) -> Result<CashMoved, TillError> {
    let (core, council) = (&till.core, caller.council()?);
    let (user, session) = (caller.user()?.code.clone(), caller.session()?);
    let id = uuid_bytes(asked.id).ok_or_else(|| TillError::not_done("request-unreadable").with("reason", "movement_id"))?;
    let make = |reading: &Reading<'_>| Ok::<_, TillError>(movement(drawer(reading, council, &still_open(reading, session)?)?)?);
    let earlier = core.store.read(|reading| match reading.entry_by_id(&id)? {
        Some((_, earlier)) => Ok(Some(earlier)),
        None => still_open(reading, session).map(|_| None),
    })?;
    if let Some(earlier) = earlier {
        return moved(council, &earlier, &asked.content, true);
    }
    movement(Pence(i64::MAX))?;
    let approved_by = approved(till, caller, asked.action, asked.amount, asked.approval)?;
    let committed = core.store.commit(|reading| {
        if let Some((seq, earlier)) = reading.entry_by_id(&id)? {
            return Ok(Decision::Already(seq, Box::new(earlier)));
        }
        let fact = Fact::CashMoved { movement: make(reading)?, content: asked.content.clone() };
        let entry = Entry { approved_by, ..core.entry(asked.id.to_owned(), Some(&user), Some(session), fact) };
        Ok::<_, TillError>(Decision::Write(Box::new(entry), Some(slip())))
    })?;
    let answer = moved(council, &committed.entry, &asked.content, committed.again)?;
    till.printing.wake();
    core.tell(&[Changed::Session, Changed::Printing]);
    Ok(answer)
}

/// The same id with other content is an alarm, never a silent skip.
fn moved(council: &Council, entry: &Entry, content: &str, again: bool) -> Result<CashMoved, TillError> {
    match &entry.fact {
        Fact::CashMoved { movement, content: known } if known == content => {
            Ok(CashMoved { kind: movement.kind, bag: movement.bag.clone(), value: movement.value(&council.denominations), again })
        }
        _ => Err(TillError::not_done("id-with-other-content")),
    }
}

/// `drawer.open`.
pub(crate) fn open_drawer(till: &Till, caller: &Caller, request: OpenDrawer) -> Result<Nothing, TillError> {
    let core = &till.core;
    let (user, session) = (caller.user()?.code.clone(), caller.session()?);
    let reason = reason_given(caller.council()?, ReasonKind::NoSale, &request.reason, &request.text)?;
    let approved_by = approved(till, caller, Action::NoSale, Pence::ZERO, request.approval.as_ref())?;
    core.store.commit(|reading| {
        still_open(reading, session)?;
        let fact = Fact::DrawerOpened { reason };
        let entry = Entry { approved_by, ..core.entry(core.surroundings.new_id(), Some(&user), Some(session), fact) };
        Ok::<_, TillError>(Decision::Write(Box::new(entry), Some(slip())))
    })?;
    till.printing.wake();
    core.tell(&[Changed::Session, Changed::Printing]);
    Ok(Nothing {})
}

/// What a session comes to at one moment.
pub(crate) struct XTaken {
    pub row: SessionRow,
    pub totals: SessionTotals,
    pub expected: Vec<MopAmount>,
}

/// The open session for somebody who reads it.
pub(crate) fn x_taken(reading: &Reading<'_>, council: &Council, reader: &User) -> Result<XTaken, TillError> {
    let row = reading.open_session()?.ok_or_else(|| TillError::not_done("session-needed"))?;
    // Whoever is to count it blind doesn't hear first what should be there.
    if row.user_code.eq_ignore_ascii_case(&reader.code) {
        return Err(TillError::not_done("x-read-of-own-session"));
    }
    let expected = expected(reading, council, &row)?.into_iter();
    let expected = expected.map(|mop| MopAmount { mop_code: mop.mop_code, amount: mop.expected }).collect();
    Ok(XTaken { totals: reading.session_totals(&row)?, expected, row })
}

/// `session.x_read`.
pub(crate) fn x_read(till: &Till, caller: &Caller, _: Nothing) -> Result<XRead, TillError> {
    let (core, user) = (&till.core, caller.user()?);
    core.store.read(|reading| {
        let taken = x_taken(reading, caller.council()?, user)?;
        let at = (core.surroundings.now_ms(), Some(user.code.as_str()));
        let sheet = papers::x_read(core, reading, &taken, at, false, core.settings().profile().columns)?;
        let XTaken { row, totals, expected } = taken;
        Ok(XRead { session: views::session(core, reading, row, Some(&user.code))?, totals, expected, sheet })
    })
}

/// `session.x_print`: what is printed is kept, so that it is the same whenever the printer gets to it.
pub(crate) fn x_print(till: &Till, caller: &Caller, _: Nothing) -> Result<Nothing, TillError> {
    let (core, user) = (&till.core, caller.user()?);
    core.store.commit(|reading| {
        let XTaken { row, totals, expected } = x_taken(reading, caller.council()?, user)?;
        let fact = Fact::XReadPrinted { totals: Box::new(totals), expected };
        let entry = core.entry(core.surroundings.new_id(), Some(&user.code), Some(row.number), fact);
        Ok::<_, TillError>(Decision::Write(Box::new(entry), Some(Job::default())))
    })?;
    till.printing.wake();
    core.tell(&[Changed::Printing]);
    Ok(Nothing {})
}
