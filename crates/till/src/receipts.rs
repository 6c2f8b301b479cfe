//! Receipts: finding, showing, printing again, rendering.

use crate::api::printing::PrintState;
use crate::api::receipts::{FindReceipts, FoundReceipts, LastReceipt, LineSummary, ReceiptSummary, ReceiptView, Reprint, WhichReceipt};
use crate::api::{Changed, Nothing};
use crate::corrections::{kind_of, link_from, links_of, taken_back};
use crate::error::TillError;
use crate::ledger;
use crate::papers;
use crate::phrases::ReceiptPhrases;
use crate::till::{Caller, Core, Till};
use crate::views;
use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone};
use counterfoil_documents::receipt::{ReceiptFacts, TakenBack, receipt as receipt_document};
use counterfoil_documents::{Sheet, escpos, lay_out};
use counterfoil_domain::correction::Correction;
use counterfoil_domain::entry::{Entry, Fact};
use counterfoil_domain::money::parse_amount;
use counterfoil_domain::receipt::Receipt;
use counterfoil_domain::typed::read_date;
use counterfoil_store::{Decision, Job, JobState, PrintJob, Reading, ReceiptRow};

/// How many receipts a search lists.
const LISTED: u32 = 50;

/// Among how many of the newest receipts an amount or a card is looked for: some years of a busy till.
const LOOKED_THROUGH: u64 = 100_000;

/// A committed receipt with its entry.
pub(crate) struct Kept {
    pub seq: u64,
    pub entry: Entry,
    pub receipt: Receipt,
    /// What it takes back of an earlier one.
    pub correction: Option<Correction>,
}

/// Reads a receipt's entry.
pub(crate) fn kept(reading: &Reading<'_>, seq: u64) -> Result<Kept, TillError> {
    let entry = reading.entry(seq)?.ok_or_else(|| TillError::not_done("receipt-unknown"))?;
    match &entry.fact {
        Fact::ReceiptTaken { receipt, .. } => Ok(Kept { seq, receipt: receipt.clone(), correction: None, entry }),
        Fact::ReceiptCorrected { receipt, correction, .. } => {
            Ok(Kept { seq, receipt: receipt.clone(), correction: Some(correction.clone()), entry })
        }
        Fact::SessionClosed { z } => match &z.over_short {
            Some(receipt) => Ok(Kept { seq, receipt: receipt.clone(), correction: None, entry }),
            None => Err(TillError::not_done("receipt-unknown")),
        },
        _ => Err(TillError::not_done("receipt-unknown")),
    }
}

/// A copy of a receipt as it is printed now: with what was taken back of it since.
pub(crate) fn copied(core: &Core, reading: &Reading<'_>, kept: &Kept, columns: usize) -> Result<Sheet, TillError> {
    sheet(core, kept, Some(&taken_back(reading, kept.receipt.serial)?), columns)
}

/// The receipt as it is printed, laid out to so many columns; a copy with what was taken back of it.
pub(crate) fn sheet(core: &Core, kept: &Kept, copy: Option<&[TakenBack]>, columns: usize) -> Result<Sheet, TillError> {
    let council = core.council()?;
    let office = papers::office(&council, &kept.receipt.office_code);
    let facts = ReceiptFacts {
        council: &council,
        office: &office,
        receipt: &kept.receipt,
        taken_at: core.local(kept.entry.at_ms),
        cashier_code: kept.entry.by.as_deref().unwrap_or_default(),
        session: kept.entry.session.unwrap_or_default(),
        copy: copy.is_some(),
        correction: kept.correction.as_ref(),
        taken_back: copy.unwrap_or_default(),
    };
    Ok(lay_out(&receipt_document(&facts, &ReceiptPhrases(kept.receipt.language)), columns))
}

/// The receipt, whole.
fn view(till: &Till, kept: Kept) -> Result<ReceiptView, TillError> {
    let (row, job, corrections, ledger) = till.core.store.read(|reading| {
        let row = reading.receipt(kept.receipt.serial)?.ok_or_else(|| TillError::not_done("receipt-unknown"))?;
        let ledger = ledger::of_receipt(&till.core, reading, kept.seq)?;
        Ok::<_, TillError>((row, reading.print_job_of(kept.seq)?, links_of(reading, kept.receipt.serial)?, ledger))
    })?;
    let sheet = sheet(&till.core, &kept, None, till.core.settings().profile().columns)?;
    Ok(ReceiptView {
        kind: kind_of(row.kind),
        corrects: kept.correction.as_ref().map(link_from),
        corrections,
        approved_by: kept.entry.approved_by,
        taken_at: views::moment(&till.core, kept.entry.at_ms),
        user_code: kept.entry.by.unwrap_or_default(),
        session: kept.entry.session.unwrap_or_default(),
        change: kept.receipt.change(),
        print: job.as_ref().map_or(PrintState::Printed, print_state),
        receipt: kept.receipt,
        sheet,
        ledger,
    })
}

pub(crate) fn print_state(job: &PrintJob) -> PrintState {
    match job.state {
        JobState::Waiting => PrintState::Waiting,
        JobState::Printing => PrintState::Printing,
        JobState::Failed => PrintState::Failed,
    }
}

/// `receipt.show`.
pub(crate) fn show(till: &Till, _: &Caller, request: WhichReceipt) -> Result<ReceiptView, TillError> {
    let kept = till.core.store.read(|reading| {
        let row = reading.receipt_by_number(request.number.trim())?.ok_or_else(|| TillError::not_done("receipt-unknown"))?;
        kept(reading, row.seq)
    })?;
    view(till, kept)
}

/// `receipt.last`.
pub(crate) fn last(till: &Till, _: &Caller, _: Nothing) -> Result<LastReceipt, TillError> {
    let found = till.core.store.read(|reading| {
        let row = reading.latest_receipts(1)?.pop();
        row.map(|row| kept(reading, row.seq)).transpose()
    })?;
    Ok(LastReceipt { receipt: found.map(|kept| view(till, kept)).transpose()? })
}

/// `receipt.reprint`.
pub(crate) fn reprint(till: &Till, caller: &Caller, request: Reprint) -> Result<Nothing, TillError> {
    let core = &till.core;
    let user = caller.user()?;
    core.store.commit(|reading| {
        let row = reading.receipt_by_number(request.number.trim())?.ok_or_else(|| TillError::not_done("receipt-unknown"))?;
        let job = Job { of: Some(row.seq), copy: true, other: request.other_printer, ..Job::default() };
        let entry = core.entry(core.surroundings.new_id(), Some(&user.code), caller.session, Fact::ReceiptReprinted { number: row.number });
        Ok::<_, TillError>(Decision::Write(Box::new(entry), Some(job)))
    })?;
    till.printing.wake();
    core.tell(&[Changed::Printing]);
    Ok(Nothing {})
}

/// `receipt.find`.
pub(crate) fn find(till: &Till, _: &Caller, request: FindReceipts) -> Result<FoundReceipts, TillError> {
    let core = &till.core;
    let text: String = request.text.trim().chars().take(60).collect();
    core.store.read(|reading| {
        let (mut rows, looked_through) = matching(core, reading, &text)?;
        let looked_through = looked_through.filter(|_| reading.next_serial().is_ok_and(|next| next > LOOKED_THROUGH + 1));
        rows.sort_by_key(|row| std::cmp::Reverse(row.serial));
        rows.dedup_by_key(|row| row.serial);
        let more = rows.len() > LISTED as usize;
        rows.truncate(LISTED as usize);
        let receipts = rows.into_iter().map(|row| summary(core, reading, row)).collect::<Result<_, TillError>>()?;
        Ok(FoundReceipts { receipts, more, looked_through })
    })
}

/// Whatever the text can mean is looked for: a number, a time, an amount, a card's last digits, a reference's beginning; and
/// among how many of the newest receipts, where it isn't among all.
fn matching(core: &Core, reading: &Reading<'_>, text: &str) -> Result<(Vec<ReceiptRow>, Option<u64>), TillError> {
    let most = LISTED + 1;
    if text.is_empty() {
        return Ok((reading.latest_receipts(most)?, None));
    }
    if let Some(row) = reading.receipt_by_number(text)? {
        return Ok((vec![row], None));
    }
    if let Some((day, from, to)) = span(core, text) {
        return Ok((reading.receipts_between(day, from, to, most)?, None));
    }
    let mut rows = reading.receipts_by_reference(&text.to_uppercase(), most)?;
    let Ok(amount) = parse_amount(text) else { return Ok((rows, None)) };
    rows.extend(reading.receipts_by_total(amount, LOOKED_THROUGH, most)?);
    if text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        rows.extend(reading.receipts_by_last_four(text, LOOKED_THROUGH, most)?);
    }
    Ok((rows, Some(LOOKED_THROUGH)))
}

/// `10:42` is that minute today, `23/11/2026` is that day: the day, and the span as milliseconds since 1970, UTC.
fn span(core: &Core, text: &str) -> Option<(NaiveDate, i64, i64)> {
    let (from, to) = match NaiveTime::parse_from_str(text, "%H:%M") {
        Ok(time) => {
            let from = core.today().and_time(time);
            (from, from.checked_add_signed(TimeDelta::minutes(1))?)
        }
        Err(_) => {
            let day = read_date(text)?;
            (day.and_time(NaiveTime::MIN), day.checked_add_days(Days::new(1))?.and_time(NaiveTime::MIN))
        }
    };
    Some((from.date(), utc_ms(core, from)?, utc_ms(core, to)?))
}

fn utc_ms(core: &Core, local: NaiveDateTime) -> Option<i64> {
    let zone: chrono_tz::Tz = core.council().ok()?.identity.time_zone.parse().ok()?;
    zone.from_local_datetime(&local).earliest().map(|moment| moment.timestamp_millis())
}

fn summary(core: &Core, reading: &Reading<'_>, row: ReceiptRow) -> Result<ReceiptSummary, TillError> {
    let kept = kept(reading, row.seq)?;
    Ok(ReceiptSummary {
        taken_at: views::moment(core, row.at_ms),
        number: row.number,
        user_code: row.user_code,
        kind: kind_of(row.kind),
        total: row.total,
        lines: kept.receipt.lines.into_iter().map(|line| LineSummary { fund_code: line.fund_code, reference: line.reference }).collect(),
        mops: kept.receipt.tenders.into_iter().map(|tender| tender.mop_code).collect(),
    })
}

/// The forms that a receipt can be had in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rendering {
    /// Plain text.
    Text,
    /// A PDF of a receipt's width.
    Pdf,
    /// What the till's printer is sent.
    EscPos,
}

/// A receipt by its number, marked COPY, in a form of its own.
///
/// # Errors
/// `receipt-unknown`; a PDF that can't be made.
pub fn render_receipt(till: &Till, number: &str, rendering: Rendering) -> Result<Vec<u8>, TillError> {
    let core = &till.core;
    let profile = core.settings().profile();
    let (found, sheet) = core.store.read(|reading| {
        let row = reading.receipt_by_number(number.trim())?.ok_or_else(|| TillError::not_done("receipt-unknown"))?;
        let found = kept(reading, row.seq)?;
        let sheet = copied(core, reading, &found, profile.columns)?;
        Ok::<_, TillError>((found, sheet))
    })?;
    Ok(match rendering {
        Rendering::Text => sheet.to_text().into_bytes(),
        Rendering::EscPos => escpos::render(&sheet, &profile),
        Rendering::Pdf => papers::pdf_of(core, &sheet, found.entry.at_ms)?,
    })
}
