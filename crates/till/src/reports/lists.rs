//! Reports that list one thing after the other: cheques, voids and refunds, over and short, drawer openings.

use super::{Asked, Made, Rows, money, text};
use crate::api::reports::{Cell, Point};
use crate::error::TillError;
use crate::phrases::words;
use crate::receipts::kept;
use crate::views::moment;
use chrono::{Datelike, Days, NaiveDate};
use counterfoil_domain::Pence;
use counterfoil_domain::council::MopKind;
use counterfoil_domain::receipt::TenderDetails;
use counterfoil_domain::text::Language;
use counterfoil_store::{OverShortRow, Reading, ReceiptKind, ReceiptRow};
use std::collections::BTreeMap;

/// So many empty cells, the word for a sum before them and the sum after.
fn totals(asked: &Asked<'_>, columns: usize, at: usize, sum: Pence) -> Option<Vec<Cell>> {
    let cell = |place: usize| match place {
        0 => text(asked.say("report-total")),
        place if place == at => money(sum),
        _ => text(""),
    };
    Some((0..columns).map(cell).collect())
}

/// Cheques that were taken, and those that were handed back below zero. All are added up, also when no more are listed.
pub(super) fn cheques(asked: &Asked<'_>, reading: &Reading<'_>, rows: &mut Rows<'_>) -> Result<Made, TillError> {
    let mops: Vec<String> = asked.council.mops.iter().filter(|mop| mop.kind == MopKind::Cheque).map(|mop| mop.code.clone()).collect();
    let (mut sum, mut wanted) = (Pence::ZERO, true);
    reading.each_receipt_of_mops((asked.from, asked.to), &mops, |(row, amount)| {
        if row.kind != ReceiptKind::OverOrShort {
            sum = sum.plus(amount);
            wanted = wanted && cheques_of(asked, reading, &row, rows)?;
        }
        Ok::<_, TillError>(true)
    })?;
    Ok(Made { totals: totals(asked, 7, 6, sum), picture: None })
}

/// The cheques of one receipt; false when no more are wanted.
fn cheques_of(asked: &Asked<'_>, reading: &Reading<'_>, row: &ReceiptRow, rows: &mut Rows<'_>) -> Result<bool, TillError> {
    for tender in kept(reading, row.seq)?.receipt.tenders {
        let TenderDetails::Cheque(cheque) = tender.details else { continue };
        let cells = vec![
            text(moment(asked.core, row.at_ms)),
            text(&row.number),
            text(cheque.sort_code),
            text(cheque.account),
            text(cheque.number),
            text(cheque.drawer),
            money(tender.amount),
        ];
        if !rows(cells.into())? {
            return Ok(false);
        }
    }
    Ok(true)
}

pub(super) fn voids_and_refunds(asked: &Asked<'_>, reading: &Reading<'_>, rows: &mut Rows<'_>) -> Result<Made, TillError> {
    reading.each_taken_back(asked.from, asked.to, |row| {
        let kept = kept(reading, row.seq)?;
        let what = if row.kind == ReceiptKind::Void { "report-void" } else { "report-refund" };
        let (of, reason) = kept
            .correction
            .map(|correction| (correction.of, asked.reason(&correction.reason.code, &correction.reason.text)))
            .unwrap_or_default();
        let cells = vec![
            text(moment(asked.core, row.at_ms)),
            text(row.number),
            text(asked.say(what)),
            text(of),
            text(row.user_code),
            text(kept.entry.approved_by.unwrap_or_default()),
            text(reason),
            money(row.total),
        ];
        rows(cells.into())
    })?;
    Ok(Made { totals: totals(asked, 8, 7, reading.taken_back(asked.from, asked.to)?), picture: None })
}

/// What each Z read expected and counted by MOP; as a picture, how far off each person's sessions were over time.
pub(super) fn over_and_short(asked: &Asked<'_>, reading: &Reading<'_>, rows: &mut Rows<'_>) -> Result<Made, TillError> {
    reading.each_counted(asked.from, asked.to, |row| {
        let difference = row.counted.minus(row.expected);
        let reason = if difference.is_zero() { String::new() } else { asked.reason(&row.reason_code, &row.reason_text) };
        let cells = vec![
            text(row.day),
            text(row.z.to_string()),
            text(asked.person(&row.user_code)),
            text(if row.mop_code.is_empty() { asked.say("report-float-carried") } else { asked.mop(&row.mop_code) }),
            money(row.expected),
            money(row.counted),
            money(difference),
            text(reason),
        ];
        rows(cells.into())
    })?;
    let people = reading.over_and_short_by_person(asked.from, asked.to)?;
    let (over, short): (Pence, Pence) = (people.iter().map(|row| row.over).sum(), people.iter().map(|row| row.short).sum());
    let mut totals = totals(asked, 8, 6, over.minus(short));
    // The sum alone would say that all is well where an over and a short happen to be alike.
    let apart = words(asked.language, "report-over-and-short-sum", &[("over", &over.to_string()), ("short", &short.to_string())]);
    if let Some(last) = totals.as_mut().and_then(|cells| cells.last_mut()) {
        *last = text(apart);
    }
    let points = over_time(asked, &people);
    Ok(Made { totals, picture: (!points.is_empty()).then_some(points) })
}

/// What a bar of the picture stands for: the shortest that leaves it readable.
#[derive(Clone, Copy)]
enum Span {
    Day,
    Week,
    Month,
}

impl Span {
    fn of(from: NaiveDate, to: NaiveDate) -> Span {
        match to.signed_duration_since(from).num_days() {
            ..=14 => Span::Day,
            15..=182 => Span::Week,
            _ => Span::Month,
        }
    }

    fn first_day(self, day: NaiveDate) -> NaiveDate {
        let first = match self {
            Span::Day => None,
            Span::Week => day.checked_sub_days(Days::new(day.weekday().num_days_from_monday().into())),
            Span::Month => day.with_day(1),
        };
        first.unwrap_or(day)
    }

    fn label(self, first: NaiveDate, language: Language) -> String {
        let day = first.format("%d/%m/%Y").to_string();
        match self {
            Span::Day => day,
            Span::Week => words(language, "report-week", &[("day", &day)]),
            Span::Month => first.format("%m/%Y").to_string(),
        }
    }
}

/// How far off each person's sessions were in each day, week or month.
fn over_time(asked: &Asked<'_>, people: &[OverShortRow]) -> Vec<Point> {
    let span = Span::of(asked.from, asked.to);
    let mut sums: BTreeMap<(NaiveDate, &str), Pence> = BTreeMap::new();
    for row in people {
        let off = row.over.plus(row.short);
        if !off.is_zero() {
            let sum = sums.entry((span.first_day(row.day), &row.user_code)).or_default();
            *sum = sum.plus(off);
        }
    }
    let label = |first, code| format!("{} · {}", span.label(first, asked.language), asked.person(code));
    sums.into_iter().map(|((first, code), amount)| Point { label: label(first, code), amount }).collect()
}

pub(super) fn drawer_openings(asked: &Asked<'_>, reading: &Reading<'_>, rows: &mut Rows<'_>) -> Result<Made, TillError> {
    reading.each_drawer_opening(asked.from, asked.to, |row| {
        let cells = vec![
            text(moment(asked.core, row.at_ms)),
            // A drawer is tested between sessions as well.
            text(if row.session == 0 { String::new() } else { row.session.to_string() }),
            text(asked.person(&row.user_code)),
            text(asked.say(&format!("report-{}", row.kind))),
            text(asked.reason(&row.reason_code, &row.text)),
            money(row.amount),
        ];
        rows(cells.into())
    })?;
    Ok(Made::default())
}

/// What went to the bank: cash held against what was counted, and what is kept back after each deposit.
pub(super) fn deposits(asked: &Asked<'_>, reading: &Reading<'_>, rows: &mut Rows<'_>) -> Result<Made, TillError> {
    for row in reading.deposits_of_days(asked.from, asked.to)? {
        let cells = vec![
            text(row.day),
            text(row.number.to_string()),
            text(row.slip),
            money(row.cheques.plus(row.postal_orders)),
            money(row.cash_expected),
            money(row.cash),
            money(row.cash.minus(row.cash_expected)),
            money(row.kept_back),
        ];
        if !rows(cells.into())? {
            break;
        }
    }
    Ok(Made::default())
}
