//! Takings added up: by fund, MOP, VAT code, cashier, day and hour. Over and short is told apart from what customers paid.

use super::{Asked, Made, Rows, count, money, text};
use crate::api::reports::{Cell, Point, ReportName};
use crate::error::TillError;
use chrono::Timelike;
use counterfoil_domain::Pence;
use counterfoil_store::{Grouped, Reading, TakingsRow};

pub(super) fn by_key(asked: &Asked<'_>, reading: &Reading<'_>, rows: &mut Rows<'_>) -> Result<Made, TillError> {
    let report = asked.request.report;
    let grouped = match report {
        ReportName::TakingsByMop => Grouped::Mop,
        ReportName::TakingsByVat => Grouped::Vat,
        ReportName::TakingsByCashier => Grouped::Cashier,
        ReportName::TakingsByDay => Grouped::Day,
        _ => Grouped::Fund,
    };
    let mut found = reading.takings(asked.from, asked.to, grouped)?;
    if report == ReportName::TakingsByVat {
        // What no customer paid carries no VAT, whatever the fund's code says.
        found.retain(|row| row.count > 0);
    }
    let mut sum = TakingsRow::default();
    let mut points = Vec::new();
    for row in found {
        let name = match grouped {
            Grouped::Fund => asked.fund(&row.key),
            Grouped::Mop => asked.mop(&row.key),
            Grouped::Cashier => asked.person(&row.key),
            Grouped::Vat | Grouped::Day => row.key.clone(),
        };
        points.push(Point { label: name.clone(), amount: row.amount });
        sum = TakingsRow {
            key: String::new(),
            count: sum.count.saturating_add(row.count),
            amount: sum.amount.plus(row.amount),
            taken_back: sum.taken_back.plus(row.taken_back),
            vat: sum.vat.plus(row.vat),
            over_short: sum.over_short.plus(row.over_short),
        };
        if !rows(cells(report, name, &row).into())? {
            break;
        }
    }
    let picture = (grouped == Grouped::Fund && !points.is_empty()).then_some(points);
    Ok(Made { totals: Some(cells(report, asked.say("report-total"), &sum)), picture })
}

fn cells(report: ReportName, name: String, row: &TakingsRow) -> Vec<Cell> {
    let (amount, both) = (row.amount, row.amount.plus(row.over_short));
    let taken = amount.minus(row.taken_back);
    let figures: Vec<Pence> = match report {
        ReportName::TakingsByVat => vec![amount, row.vat, amount.minus(row.vat)],
        ReportName::TakingsByCashier => vec![taken, row.taken_back, amount],
        ReportName::TakingsByDay => vec![taken, row.taken_back, amount, row.over_short, both],
        _ => vec![amount, row.over_short, both],
    };
    [text(name), count(row.count)].into_iter().chain(figures.into_iter().map(money)).collect()
}

/// The hours by the council's clock, from the first with a receipt to the last, empty ones between them too.
pub(super) fn by_hour(asked: &Asked<'_>, reading: &Reading<'_>, rows: &mut Rows<'_>) -> Result<Made, TillError> {
    let mut hours = [(0u64, Pence::ZERO); 24];
    for quarter in reading.takings_by_quarter_hour(asked.from, asked.to)? {
        let hour = usize::try_from(asked.core.local(quarter.from_ms).hour()).unwrap_or_default();
        if let Some(place) = hours.get_mut(hour) {
            *place = (place.0.saturating_add(quarter.count), place.1.plus(quarter.amount));
        }
    }
    let busy = |(_, hour): &(usize, &(u64, Pence))| hour.0 > 0 || !hour.1.is_zero();
    let first = hours.iter().enumerate().find(busy).map_or(24, |(hour, _)| hour);
    let last = hours.iter().enumerate().rev().find(|hour| busy(hour)).map_or(0, |(hour, _)| hour);
    let (mut points, mut receipts, mut sum) = (Vec::new(), 0u64, Pence::ZERO);
    for (hour, (number, amount)) in hours.iter().enumerate().filter(|(hour, _)| (first..=last).contains(hour)) {
        let label = format!("{hour:02}:00–{:02}:00", hour + 1);
        points.push(Point { label: label.clone(), amount: *amount });
        receipts = receipts.saturating_add(*number);
        sum = sum.plus(*amount);
        rows(vec![text(label), count(*number), money(*amount)].into())?;
    }
    let totals = Some(vec![text(asked.say("report-total")), count(receipts), money(sum)]);
    Ok(Made { totals, picture: (!points.is_empty()).then_some(points) })
}
