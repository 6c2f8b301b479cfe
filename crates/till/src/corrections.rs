//! Voids, refunds and transfers. What is left of a line is decided inside the commit, so that of two callers at once one finds
//! nothing left.

use crate::api::Changed;
use crate::api::corrections::{
    CorrectableLine, CorrectableReceipt, Corrected, CorrectionLink, PartOfLine, ReasonDraft, ReceiptKind, RefundMethodView, RefundReceipt,
    TransferLine, VoidReceipt,
};
use crate::api::people::Approval;
use crate::api::receipts::WhichReceipt;
use crate::approvals::approved;
use crate::error::TillError;
use crate::receipts::{Kept, kept};
use crate::sales::{self, hash_of, numbered};
use crate::sessions::still_open;
use crate::till::{Caller, Till};
use counterfoil_domain::approval::Action;
use counterfoil_domain::correction::{self, Correctable, CorrectedLine, Correction, CorrectionKind, ReasonGiven, reason_given};
use counterfoil_domain::council::{MopKind, ReasonKind};
use counterfoil_domain::entry::{Entry, Fact};
use counterfoil_domain::money::parse_amount;
use counterfoil_domain::receipt::IncomeLine;
use counterfoil_domain::rights::Right;
use counterfoil_domain::sale::{LineDraft, Settled};
use counterfoil_domain::{Code, Council, Pence, Refusal};
use counterfoil_store::{CorrectionRow, Decision, Job, Reading, ReceiptRow, uuid_bytes};

/// A receipt with what was taken back of it, as the store has it at one moment.
struct Found {
    row: ReceiptRow,
    kept: Kept,
    corrected: Vec<Pence>,
    back_to_cards: Pence,
}

impl Found {
    fn read(reading: &Reading<'_>, number: &str) -> Result<Found, TillError> {
        let row = reading.receipt_by_number(number.trim())?.ok_or_else(|| TillError::not_done("receipt-unknown"))?;
        let kept = kept(reading, row.seq)?;
        let rows = reading.corrections_of(row.serial)?;
        let mut corrected = vec![Pence::ZERO; kept.receipt.lines.len()];
        for correction in &rows {
            if let Some(line) = corrected.get_mut(correction.line) {
                *line = line.plus(correction.amount);
            }
        }
        Ok(Found { back_to_cards: back_to_cards(reading, &rows)?, row, kept, corrected })
    }

    fn correctable(&self) -> Correctable<'_> {
        Correctable { receipt: &self.kept.receipt, corrected: &self.corrected, back_to_cards: self.back_to_cards }
    }

    /// Why nothing of it can be taken back in this way in this session, as a code.
    fn stands_in_the_way(&self, kind: CorrectionKind, session: u64) -> Option<&'static str> {
        let own_session = self.row.session == session;
        match (self.row.kind, kind) {
            (counterfoil_store::ReceiptKind::OverOrShort, _) => Some("correction-of-over-short"),
            (counterfoil_store::ReceiptKind::Void | counterfoil_store::ReceiptKind::Refund, _) => Some("correction-of-correction"),
            _ if self.correctable().remains_altogether().is_zero() => Some("correction-nothing-left"),
            (counterfoil_store::ReceiptKind::Transfer, CorrectionKind::Void) => Some("void-of-transfer"),
            (_, CorrectionKind::Void) if !own_session => Some("void-other-session"),
            (counterfoil_store::ReceiptKind::Taken, CorrectionKind::Refund) if own_session => Some("refund-same-session"),
            _ => None,
        }
    }

    fn may_be(&self, kind: CorrectionKind, session: u64) -> Result<(), TillError> {
        self.stands_in_the_way(kind, session).map_or(Ok(()), |code| Err(TillError::not_done(code)))
    }

    /// The parts as typed; nothing typed is all that is left.
    fn wanted(&self, parts: &[PartOfLine]) -> Result<Vec<CorrectedLine>, TillError> {
        let part = |part: &PartOfLine| {
            let typed = part.amount.trim();
            let amount = if typed.is_empty() { self.correctable().remains(part.line) } else { parse_amount(typed)? };
            Ok(CorrectedLine { line: part.line, amount })
        };
        parts.iter().map(part).collect()
    }
}

fn back_to_cards(reading: &Reading<'_>, rows: &[CorrectionRow]) -> Result<Pence, TillError> {
    let mut back = Pence::ZERO;
    for (index, row) in rows.iter().enumerate() {
        if rows[..index].iter().any(|earlier| earlier.serial == row.serial) {
            continue;
        }
        let Some(receipt) = reading.receipt(row.serial)? else { continue };
        let tenders = kept(reading, receipt.seq)?.receipt.tenders;
        let to_cards = tenders.iter().filter(|tender| tender.details.kind() == MopKind::Card);
        back = back.minus(to_cards.map(|tender| tender.amount).sum());
    }
    Ok(back)
}

/// What a correction asks for, whatever its kind.
struct Asked<'a> {
    kind: CorrectionKind,
    id: &'a str,
    number: &'a str,
    reason: &'a ReasonDraft,
    content: String,
    approval: Option<&'a Approval>,
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
        let settled = settle(found.correctable())?;
        Ok::<_, TillError>((found, settled))
    };
    core.store.read(look)?;
    let amount = wanted.iter().map(|part| part.amount).sum();
    let approved_by = approved(till, caller, action, amount, asked.approval)?;
    let id = asked.id_bytes()?;
    let committed = core.store.commit(|reading| {
        if let Some((seq, earlier)) = reading.entry_by_id(&id)? {
            asked.same(&earlier)?;
            return Ok(Decision::Already(seq, Box::new(earlier)));
        }
        still_open(reading, session)?;
        let (found, settled) = look(reading)?;
        let fact = fact(reading, caller.council()?, &found, settled, (asked, wanted, &reason))?;
        let drawer = matches!(&fact, Fact::ReceiptCorrected { receipt, .. } if receipt.has_cash());
        let job = Job { of: None, copy: false, drawer, other: false };
        let entry = Entry { approved_by, ..core.entry(asked.id.to_owned(), Some(&user), Some(session), fact) };
        Ok::<_, TillError>(Decision::Write(Box::new(entry), Some(job)))
    })?;
    if !committed.again {
        till.printing.wake();
        core.tell(&[Changed::Receipts, Changed::Printing]);
    }
    corrected(committed.entry, committed.again)
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
    let VoidReceipt { correction_id, number, lines, slips, reason, approval } = &request;
    let content = hash_of(&("void", number, lines, slips, reason))?;
    let asked = Asked { kind: CorrectionKind::Void, id: correction_id, number, reason, content, approval: approval.as_ref() };
    if let Some(done) = asked.done_earlier(till)? {
        return Ok(done);
    }
    let wanted = wanted(till, number, lines)?;
    correct(till, caller, &asked, &wanted, |of| correction::void(of, &wanted, slips))
}

/// `receipt.refund`.
pub(crate) fn refund(till: &Till, caller: &Caller, request: RefundReceipt) -> Result<Corrected, TillError> {
    let RefundReceipt { correction_id, number, lines, by, reason, approval } = &request;
    let content = hash_of(&("refund", number, lines, by, reason))?;
    let asked = Asked { kind: CorrectionKind::Refund, id: correction_id, number, reason, content, approval: approval.as_ref() };
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
    let asked = Asked { kind: CorrectionKind::Transfer, id: correction_id, number, reason, content, approval: approval.as_ref() };
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
    let mut priced = sales::priced(till, caller, &[draft], &[])?;
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
        methods: methods(council, of),
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

fn methods(council: &Council, of: Correctable<'_>) -> Vec<RefundMethodView> {
    let view = |method: &counterfoil_domain::council::RefundMethod| {
        let mop = council.mop(&method.mop_code).filter(|mop| !mop.disabled)?;
        let most = if mop.kind == MopKind::Card { of.remains_by_card() } else { of.remains_altogether() };
        let maximum = method.maximum.min(most);
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

/// What a correcting receipt corrects.
pub(crate) fn link_from(correction: &Correction) -> CorrectionLink {
    let kind = match correction.kind {
        CorrectionKind::Void => ReceiptKind::Void,
        CorrectionKind::Refund => ReceiptKind::Refund,
        CorrectionKind::Transfer => ReceiptKind::Transfer,
    };
    CorrectionLink { number: correction.of.clone(), kind, amount: correction.lines.iter().map(|part| part.amount).sum() }
}
