//! Voids, refunds and transfers. What is left of a line is decided inside the commit, so that of two callers at once one finds
//! nothing left.

mod found;

use crate::api::Changed;
use crate::api::corrections::{
    CorrectableLine, CorrectableReceipt, Corrected, CorrectionLink, PartOfLine, ReasonDraft, ReceiptKind, RefundMethodView, RefundReceipt,
    TransferLine, VoidReceipt,
};
use crate::api::people::Approval;
use crate::api::receipts::WhichReceipt;
use crate::approvals::approved;
use crate::cards;
use crate::error::TillError;
use crate::sales::{self, hash_of, numbered};
use crate::sessions::{drawer, still_open};
use crate::till::{Caller, Till};
use counterfoil_documents::receipt::TakenBack;
use counterfoil_domain::approval::Action;
use counterfoil_domain::card_payment::GivenBack;
use counterfoil_domain::correction::{self, Correctable, CorrectedLine, Correction, CorrectionKind, ReasonGiven, reason_given};
use counterfoil_domain::council::{MopKind, ReasonKind};
use counterfoil_domain::entry::{Entry, Fact};
use counterfoil_domain::receipt::{CardDetails, IncomeLine};
use counterfoil_domain::rights::Right;
use counterfoil_domain::sale::{LineDraft, Payment, Settled};
use counterfoil_domain::{Code, Council, Pence, Refusal};
use counterfoil_store::{Decision, Job, Reading, uuid_bytes};
use found::Found;

/// What a correction asks for, whatever its kind.
struct Asked<'a> {
    kind: CorrectionKind,
    id: &'a str,
    number: &'a str,
    reason: &'a ReasonDraft,
    content: String,
    approval: Option<&'a Approval>,
    /// A card payment of the till's own terminal is given back there.
    at_terminal: bool,
}

impl Asked<'_> {
    fn id_bytes(&self) -> Result<[u8; 16], TillError> {
        uuid_bytes(self.id).ok_or_else(|| TillError::not_done("request-unreadable").with("reason", "correction_id"))
    }

    /// The same id with the same content is the same correction; with other content it is an alarm.
    fn same(&self, earlier: &Entry) -> Result<(), TillError> {
        match &earlier.fact {
            Fact::ReceiptCorrected { content, .. } if *content == self.content => Ok(()),
            _ => Err(TillError::not_done("correction-id-with-other-content")),
        }
    }

    fn done_earlier(&self, till: &Till) -> Result<Option<Corrected>, TillError> {
        let id = self.id_bytes()?;
        let Some((_, earlier)) = till.core.store.read(|reading| reading.entry_by_id(&id))? else { return Ok(None) };
        self.same(&earlier)?;
        corrected(earlier, true).map(Some)
    }

    fn action(&self) -> (Action, ReasonKind) {
        match self.kind {
            CorrectionKind::Void => (Action::Void, ReasonKind::Void),
            CorrectionKind::Refund => (Action::Refund, ReasonKind::Refund),
            CorrectionKind::Transfer => (Action::Transfer, ReasonKind::Transfer),
        }
    }
}

/// Looked at once before anybody is asked to approve it, and once more under the store's lock.
fn correct(
    till: &Till,
    caller: &Caller,
    asked: &Asked<'_>,
    wanted: &[CorrectedLine],
    settle: impl Fn(Correctable<'_>) -> Result<Settled, Refusal>,
) -> Result<Corrected, TillError> {
    let core = &till.core;
    let (user, session) = (caller.user()?.code.clone(), caller.session()?);
    let (action, reason_kind) = asked.action();
    let reason = reason_given(caller.council()?, reason_kind, &asked.reason.code, &asked.reason.text)?;
    let look = |reading: &Reading<'_>| {
        let found = Found::read(reading, asked.number)?;
        found.may_be(asked.kind, session)?;
        found.not_back_already(asked.kind, wanted)?;
        let settled = settle(found.correctable())?;
        cards::no_other_way_back(reading, &found.kept.receipt, &settled)?;
        Ok::<_, TillError>((found, settled))
    };
    let id = asked.id_bytes()?;
    let (found, to_give_back) = core.store.read(|reading| {
        let found = Found::read(reading, asked.number)?;
        found.may_be(asked.kind, session)?;
        found.not_back_already(asked.kind, wanted)?;
        let row = still_open(reading, session)?;
        let to_give_back = to_give_back(reading, &found, &settle, asked.at_terminal, drawer(reading, caller.council()?, &row)?)?;
        Ok::<_, TillError>((found, to_give_back))
    })?;
    let approved_by = approved(till, caller, action, found.comes_to(asked.kind, wanted), asked.approval)?;
    if let Some((payment, amount)) = to_give_back {
        let begun = cards::give_back(till, caller, &payment, amount, approved_by)?;
        return Err(TillError::not_done("card-reversal-begun").with("amount", amount).with("transaction_id", begun));
    }
    let committed = core.store.commit(|reading| {
        if let Some((seq, earlier)) = reading.entry_by_id(&id)? {
            asked.same(&earlier)?;
            return Ok(Decision::Already(seq, Box::new(earlier)));
        }
        let row = still_open(reading, session)?;
        let (found, settled) = look(reading)?;
        // Another part can have gone back since somebody was asked, or nobody.
        if approved_by.is_none() && caller.council()?.needs_approval(action, found.comes_to(asked.kind, wanted)) {
            return Err(TillError::not_done("approval-needed"));
        }
        enough_cash(&settled, drawer(reading, caller.council()?, &row)?)?;
        let fact = fact(reading, caller.council()?, &found, settled, (asked, wanted, &reason))?;
        let drawer = matches!(&fact, Fact::ReceiptCorrected { receipt, .. } if receipt.has_cash());
        let job = Job { drawer, ..Job::default() };
        let entry = Entry { approved_by, ..core.entry(asked.id.to_owned(), Some(&user), Some(session), fact) };
        Ok::<_, TillError>(Decision::Write(Box::new(entry), Some(job)))
    })?;
    if !committed.again {
        till.printing.wake();
        core.tell(&[Changed::Receipts, Changed::Printing]);
    }
    corrected(committed.entry, committed.again)
}

/// The card payment that its terminal has to give back before anything is written, and how much of it: said only when everything
/// else is right, for then money moves.
fn to_give_back(
    reading: &Reading<'_>,
    found: &Found,
    settle: &impl Fn(Correctable<'_>) -> Result<Settled, Refusal>,
    at_terminal: bool,
    drawer: Pence,
) -> Result<Option<(String, Pence)>, TillError> {
    let mut first = None;
    let mut given_back = found.given_back.clone();
    loop {
        match settle(Correctable { given_back: &given_back, ..found.correctable() }) {
            Ok(settled) => {
                if first.is_some() {
                    enough_cash(&settled, drawer)?;
                }
                cards::no_other_way_back(reading, &found.kept.receipt, &settled)?;
                return Ok(first);
            }
            Err(refusal) if at_terminal && refusal.code == Code::CardReversalNeeded && refusal.args.contains_key("payment") => {
                let payment = refusal.args.get("payment").cloned().unwrap_or_default();
                let amount = Pence(refusal.args.get("pence").and_then(|pence| pence.parse().ok()).unwrap_or_default());
                let before = GivenBack { of: payment.clone(), amount, details: CardDetails::default() };
                if !amount.is_positive() || given_back.contains(&before) {
                    return Err(refusal.into());
                }
                // As if it had been given back already: whatever else stands in the way is told now.
                given_back.push(before);
                first.get_or_insert((payment, amount));
            }
            Err(refusal) => return Err(refusal.into()),
        }
    }
}

/// Cash that isn't in the drawer can't go back. Said last, when everything else is right, and never by how much.
fn enough_cash(settled: &Settled, drawer: Pence) -> Result<(), TillError> {
    let cash = settled.tenders.iter().filter(|tender| tender.details.kind() == MopKind::Cash);
    let back: Pence = cash.map(|tender| tender.amount.negated()).sum();
    if back > drawer { Err(TillError::not_done("not-enough-cash")) } else { Ok(()) }
}

fn fact(
    reading: &Reading<'_>,
    council: &Council,
    found: &Found,
    settled: Settled,
    (asked, wanted, reason): (&Asked<'_>, &[CorrectedLine], &ReasonGiven),
) -> Result<Fact, TillError> {
    let original = &found.kept.receipt;
    // Whoever could read the receipt can read what corrects it.
    let receipt = numbered(reading, council, settled, original.language)?;
    let correction = Correction {
        kind: asked.kind,
        of: original.number.clone(),
        of_serial: original.serial,
        lines: wanted.to_vec(),
        reason: reason.clone(),
    };
    Ok(Fact::ReceiptCorrected { receipt, correction, content: asked.content.clone() })
}

fn corrected(entry: Entry, again: bool) -> Result<Corrected, TillError> {
    match entry.fact {
        Fact::ReceiptCorrected { receipt, correction, .. } => Ok(Corrected { receipt, correction, approved_by: entry.approved_by, again }),
        _ => Err(TillError::not_done("correction-id-with-other-content")),
    }
}

fn wanted(till: &Till, number: &str, parts: &[PartOfLine]) -> Result<Vec<CorrectedLine>, TillError> {
    till.core.store.read(|reading| Found::read(reading, number))?.wanted(parts)
}

/// `receipt.void`.
pub(crate) fn void(till: &Till, caller: &Caller, request: VoidReceipt) -> Result<Corrected, TillError> {
    let VoidReceipt { correction_id, number, lines, slips, reason, approval, at_terminal } = &request;
    let at_terminal = *at_terminal;
    let content = hash_of(&("void", number, lines, slips, reason))?;
    let asked = Asked { kind: CorrectionKind::Void, id: correction_id, number, reason, content, approval: approval.as_ref(), at_terminal };
    if let Some(done) = asked.done_earlier(till)? {
        return Ok(done);
    }
    let wanted = wanted(till, number, lines)?;
    correct(till, caller, &asked, &wanted, |of| correction::void(of, &wanted, slips))
}

/// `receipt.refund`.
pub(crate) fn refund(till: &Till, caller: &Caller, request: RefundReceipt) -> Result<Corrected, TillError> {
    let RefundReceipt { correction_id, number, lines, by, reason, approval, at_terminal } = &request;
    let at_terminal = *at_terminal;
    let content = hash_of(&("refund", number, lines, by, reason))?;
    let asked =
        Asked { kind: CorrectionKind::Refund, id: correction_id, number, reason, content, approval: approval.as_ref(), at_terminal };
    if let Some(done) = asked.done_earlier(till)? {
        return Ok(done);
    }
    let wanted = wanted(till, number, lines)?;
    let council = caller.council()?;
    correct(till, caller, &asked, &wanted, |of| correction::refund(council, of, &wanted, by))
}

/// `receipt.transfer`.
pub(crate) fn transfer(till: &Till, caller: &Caller, request: TransferLine) -> Result<Corrected, TillError> {
    let TransferLine { correction_id, number, part, to, reason, approval } = &request;
    let content = hash_of(&("transfer", number, part, to, reason))?;
    let asked = Asked {
        kind: CorrectionKind::Transfer,
        id: correction_id,
        number,
        reason,
        content,
        approval: approval.as_ref(),
        at_terminal: false,
    };
    if let Some(done) = asked.done_earlier(till)? {
        return Ok(done);
    }
    let wanted = wanted(till, number, std::slice::from_ref(part))?;
    let Some(part) = wanted.first().copied().filter(|part| part.amount.is_positive()) else {
        return Err(Refusal::new(Code::CorrectionEmpty).into());
    };
    let draft = LineDraft {
        fund_code: to.fund_code.clone(),
        reference: to.reference.clone(),
        amount: part.amount.plain(),
        narrative: to.narrative.clone(),
        ..LineDraft::default()
    };
    let line = line_as_in_a_sale(till, caller, draft)?;
    let mop_code = &caller.council()?.policies.transfer_mop;
    correct(till, caller, &asked, &wanted, |of| correction::transfer(of, part, line.clone(), mop_code))
}

/// The line as a sale would take it, with every rule that a sale has for it.
fn line_as_in_a_sale(till: &Till, caller: &Caller, draft: LineDraft) -> Result<IncomeLine, TillError> {
    let mut priced = sales::priced(till, caller, &[draft], Payment::default())?;
    // Who paid was asked when the money was taken.
    priced.problems.retain(|problem| !matches!(problem.refusal.code, Code::PayerNameMissing | Code::PayerAddressMissing));
    if !priced.problems.is_empty() {
        return Err(TillError::of_problems(priced.problems));
    }
    priced.lines.pop().flatten().ok_or_else(|| TillError::not_done("internal"))
}

/// `receipt.correctable`.
pub(crate) fn correctable(till: &Till, caller: &Caller, request: WhichReceipt) -> Result<CorrectableReceipt, TillError> {
    let council = caller.council()?;
    let found = till.core.store.read(|reading| Found::read(reading, &request.number))?;
    let of = found.correctable();
    let why_not = |kind, right| why_not(till, caller, &found, kind, right);
    let line = |(index, line): (usize, &IncomeLine)| CorrectableLine {
        fund_code: line.fund_code.clone(),
        reference: line.reference.clone(),
        narrative: line.narrative.clone(),
        amount: line.amount,
        left: of.remains(index),
    };
    Ok(CorrectableReceipt {
        correction_id: till.core.surroundings.new_id(),
        number: found.row.number.clone(),
        kind: kind_of(found.row.kind),
        lines: found.kept.receipt.lines.iter().enumerate().map(line).collect(),
        left: of.remains_altogether(),
        void: why_not(CorrectionKind::Void, Right::VoidReceipts)?,
        refund: why_not(CorrectionKind::Refund, Right::RefundReceipts)?,
        transfer: why_not(CorrectionKind::Transfer, Right::TransferLines)?,
        methods: methods(council, of, found.left_to_pay_back()),
    })
}

/// As a command would answer, as a code; nothing when it can be done.
fn why_not(till: &Till, caller: &Caller, found: &Found, kind: CorrectionKind, right: Right) -> Result<Option<String>, TillError> {
    if !caller.council()?.may(caller.user()?, right) {
        return Ok(Some("right-missing".to_owned()));
    }
    let Some(session) = caller.session else {
        let code = if till.core.session().is_some() { "session-of-another" } else { "session-needed" };
        return Ok(Some(code.to_owned()));
    };
    Ok(found.stands_in_the_way(kind, session).map(str::to_owned))
}

fn methods(council: &Council, of: Correctable<'_>, left: Pence) -> Vec<RefundMethodView> {
    let view = |method: &counterfoil_domain::council::RefundMethod| {
        let mop = council.mop(&method.mop_code).filter(|mop| !mop.disabled)?;
        let most = if mop.kind == MopKind::Card { of.left_by_card } else { Pence(i64::MAX) };
        let maximum = of.refundable(method).min(most).min(left);
        let view = RefundMethodView { mop_code: mop.code.clone(), name: mop.name.clone(), kind: mop.kind, maximum };
        maximum.is_positive().then_some(view)
    };
    council.refund_methods.iter().filter_map(view).collect()
}

/// The kind of a row of the store, as callers see it.
pub(crate) fn kind_of(kind: counterfoil_store::ReceiptKind) -> ReceiptKind {
    match kind {
        counterfoil_store::ReceiptKind::Taken => ReceiptKind::Taken,
        counterfoil_store::ReceiptKind::Void => ReceiptKind::Void,
        counterfoil_store::ReceiptKind::Refund => ReceiptKind::Refund,
        counterfoil_store::ReceiptKind::Transfer => ReceiptKind::Transfer,
        counterfoil_store::ReceiptKind::OverOrShort => ReceiptKind::OverOrShort,
    }
}

/// What took something back of a receipt, each receipt once.
pub(crate) fn links_of(reading: &Reading<'_>, serial: u64) -> Result<Vec<CorrectionLink>, TillError> {
    let mut links: Vec<(u64, CorrectionLink)> = Vec::new();
    for row in reading.corrections_of(serial)? {
        if let Some((_, link)) = links.iter_mut().find(|(serial, _)| *serial == row.serial) {
            link.amount = link.amount.plus(row.amount);
            continue;
        }
        let number = reading.receipt(row.serial)?.map(|receipt| receipt.number).unwrap_or_default();
        links.push((row.serial, CorrectionLink { number, kind: kind_of(row.kind), amount: row.amount }));
    }
    Ok(links.into_iter().map(|(_, link)| link).collect())
}

/// The same for a copy of the receipt.
pub(crate) fn taken_back(reading: &Reading<'_>, serial: u64) -> Result<Vec<TakenBack>, TillError> {
    let links = links_of(reading, serial)?.into_iter();
    Ok(links
        .filter_map(|CorrectionLink { number, kind, amount }| {
            let kind = match kind {
                ReceiptKind::Void => CorrectionKind::Void,
                ReceiptKind::Refund => CorrectionKind::Refund,
                ReceiptKind::Transfer => CorrectionKind::Transfer,
                ReceiptKind::Taken | ReceiptKind::OverOrShort => return None,
            };
            Some(TakenBack { kind, number, amount })
        })
        .collect())
}

/// What a correcting receipt corrects.
pub(crate) fn link_from(correction: &Correction) -> CorrectionLink {
    let kind = match correction.kind {
        CorrectionKind::Void => ReceiptKind::Void,
        CorrectionKind::Refund => ReceiptKind::Refund,
        CorrectionKind::Transfer => ReceiptKind::Transfer,
    };
    CorrectionLink { number: correction.of.clone(), kind, amount: correction.lines.iter().map(|part| part.amount).sum() }
}
