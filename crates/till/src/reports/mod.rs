//! Reports: each reads the store for some days and gives its rows one after the other, to a screen or into a file.

mod audit;
mod export;
mod lists;
mod takings;

pub(crate) use export::{chosen_folder, csv_text, export, rendered, written};

use crate::api::reports::{Cell, ColumnKind, Period, Point, ReportColumn, ReportName, ReportView, RunReport};
use crate::error::TillError;
use crate::phrases::words;
use crate::till::{Caller, Core, Till};
use chrono::{Datelike, Days, NaiveDate};
use counterfoil_domain::text::Language;
use counterfoil_domain::typed::read_date;
use counterfoil_domain::{Council, Pence};
use counterfoil_store::Reading;
use std::sync::Arc;

/// The most rows that a screen lists.
const LISTED: usize = 500;
/// Entries on a page of the audit trail.
const PAGE: usize = 100;

/// What was asked for, and what is needed to answer it.
struct Asked<'a> {
    core: &'a Core,
    council: Arc<Council>,
    language: Language,
    from: NaiveDate,
    to: NaiveDate,
    request: &'a RunReport,
}

/// What a report has besides its rows.
#[derive(Default)]
struct Made {
    totals: Option<Vec<Cell>>,
    picture: Option<Vec<Point>>,
}

/// Where a report's rows go; false when no more are wanted.
type Rows<'a> = dyn FnMut(Row) -> Result<bool, TillError> + 'a;

/// A row, with the place in the journal that the audit trail goes on below.
struct Row {
    seq: Option<u64>,
    cells: Vec<Cell>,
}

impl From<Vec<Cell>> for Row {
    fn from(cells: Vec<Cell>) -> Row {
        Row { seq: None, cells }
    }
}

impl<'a> Asked<'a> {
    fn of(till: &'a Till, caller: &Caller, request: &'a RunReport) -> Result<Asked<'a>, TillError> {
        let core = &*till.core;
        let (from, to) = days(core.today(), request)?;
        Ok(Asked { core, council: caller.council()?.clone(), language: request.language, from, to, request })
    }

    fn title(&self) -> String {
        self.say(&format!("report-{}", id(self.request.report)))
    }

    fn columns(&self) -> Vec<ReportColumn> {
        let columns = columns(self.request.report).iter();
        columns.map(|(name, kind)| ReportColumn { name: self.say(&format!("report-column-{name}")), kind: *kind }).collect()
    }

    fn say(&self, key: &str) -> String {
        words(self.language, key, &[])
    }

    fn fund(&self, code: &str) -> String {
        self.council.fund(code).map_or_else(|| code.to_owned(), |fund| fund.name.in_language(self.language).to_owned())
    }

    fn mop(&self, code: &str) -> String {
        self.council.mop(code).map_or_else(|| code.to_owned(), |mop| mop.name.in_language(self.language).to_owned())
    }

    fn person(&self, code: &str) -> String {
        self.council.user(code).map_or_else(|| code.to_owned(), |user| format!("{} ({})", user.name, user.code))
    }

    /// A reason's words with what was written beside it.
    fn reason(&self, code: &str, text: &str) -> String {
        let known = self.council.reasons.iter().find(|reason| reason.code == code);
        let known = known.map_or(code, |reason| reason.text.in_language(self.language));
        [known, text].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ")
    }

    /// Runs the report.
    fn make(&self, reading: &Reading<'_>, rows: &mut Rows<'_>) -> Result<Made, TillError> {
        match self.request.report {
            ReportName::TakingsByFund
            | ReportName::TakingsByMop
            | ReportName::TakingsByVat
            | ReportName::TakingsByCashier
            | ReportName::TakingsByDay => takings::by_key(self, reading, rows),
            ReportName::TakingsByHour => takings::by_hour(self, reading, rows),
            ReportName::Cheques => lists::cheques(self, reading, rows),
            ReportName::VoidsAndRefunds => lists::voids_and_refunds(self, reading, rows),
            ReportName::OverAndShort => lists::over_and_short(self, reading, rows),
            ReportName::DrawerOpenings => lists::drawer_openings(self, reading, rows),
            ReportName::Deposits => lists::deposits(self, reading, rows),
            ReportName::AuditTrail => audit::trail(self, reading, rows),
        }
    }
}

/// `report.run`.
pub(crate) fn run(till: &Till, caller: &Caller, request: RunReport) -> Result<ReportView, TillError> {
    let asked = Asked::of(till, caller, &request)?;
    let most = if request.report == ReportName::AuditTrail { PAGE } else { LISTED };
    let (mut rows, mut more, mut last) = (Vec::new(), false, None);
    let made = till.core.store.read(|reading| {
        asked.make(reading, &mut |row| {
            more = rows.len() == most;
            if !more {
                last = row.seq;
                rows.push(row.cells);
            }
            Ok(!more)
        })
    })?;
    Ok(ReportView {
        title: asked.title(),
        from: asked.from.to_string(),
        to: asked.to.to_string(),
        columns: asked.columns(),
        rows,
        totals: made.totals,
        picture: made.picture,
        more,
        next: last.filter(|_| more),
    })
}

/// The first and the last day of what was asked for.
fn days(today: NaiveDate, request: &RunReport) -> Result<(NaiveDate, NaiveDate), TillError> {
    let not_valid = || TillError::not_done("period-not-valid");
    let back = |days: u32| today.checked_sub_days(Days::new(days.into())).ok_or_else(not_valid);
    match request.period {
        Period::Today => Ok((today, today)),
        Period::Yesterday => Ok((back(1)?, back(1)?)),
        Period::ThisWeek => Ok((back(today.weekday().num_days_from_monday())?, today)),
        Period::ThisMonth => Ok((back(today.day0())?, today)),
        Period::Days => {
            let from = read_date(&request.from).ok_or_else(not_valid)?;
            let to = if request.to.trim().is_empty() { from } else { read_date(&request.to).ok_or_else(not_valid)? };
            if from <= to { Ok((from, to)) } else { Err(not_valid()) }
        }
    }
}

/// The name of a report in words' ids and files' names.
fn id(report: ReportName) -> &'static str {
    match report {
        ReportName::TakingsByFund => "takings-by-fund",
        ReportName::TakingsByMop => "takings-by-mop",
        ReportName::TakingsByVat => "takings-by-vat",
        ReportName::TakingsByCashier => "takings-by-cashier",
        ReportName::TakingsByHour => "takings-by-hour",
        ReportName::TakingsByDay => "takings-by-day",
        ReportName::Cheques => "cheques",
        ReportName::VoidsAndRefunds => "voids-and-refunds",
        ReportName::OverAndShort => "over-and-short",
        ReportName::DrawerOpenings => "drawer-openings",
        ReportName::Deposits => "deposits",
        ReportName::AuditTrail => "audit-trail",
    }
}

/// A report's columns: the end of the name's id, and how it is read.
fn columns(report: ReportName) -> &'static [(&'static str, ColumnKind)] {
    use ColumnKind::{Count, Date, Money, Text};
    match report {
        ReportName::TakingsByFund => &[("fund", Text), ("items", Count), ("takings", Money), ("over-short", Money), ("total", Money)],
        ReportName::TakingsByMop => &[("mop", Text), ("items", Count), ("takings", Money), ("over-short", Money), ("total", Money)],
        ReportName::TakingsByVat => &[("vat-code", Text), ("items", Count), ("gross", Money), ("vat", Money), ("net", Money)],
        ReportName::TakingsByCashier => {
            &[("cashier", Text), ("receipts", Count), ("taken", Money), ("taken-back", Money), ("takings", Money)]
        }
        ReportName::TakingsByDay => &[
            ("day", Date),
            ("receipts", Count),
            ("taken", Money),
            ("taken-back", Money),
            ("takings", Money),
            ("over-short", Money),
            ("total", Money),
        ],
        ReportName::TakingsByHour => &[("hour", Text), ("receipts", Count), ("takings", Money)],
        ReportName::Cheques => &[
            ("when", Date),
            ("receipt", Text),
            ("sort-code", Text),
            ("account", Text),
            ("cheque", Text),
            ("drawer", Text),
            ("amount", Money),
        ],
        ReportName::VoidsAndRefunds => &[
            ("when", Date),
            ("receipt", Text),
            ("what", Text),
            ("of", Text),
            ("cashier", Text),
            ("approved-by", Text),
            ("reason", Text),
            ("amount", Money),
        ],
        ReportName::OverAndShort => &[
            ("day", Date),
            ("z", Text),
            ("cashier", Text),
            ("mop", Text),
            ("expected", Money),
            ("counted", Money),
            ("difference", Money),
            ("reason", Text),
        ],
        ReportName::DrawerOpenings => {
            &[("when", Date), ("session", Text), ("cashier", Text), ("what", Text), ("reason", Text), ("amount", Money)]
        }
        ReportName::Deposits => &[
            ("day", Date),
            ("deposit", Text),
            ("slip", Text),
            ("cheques", Money),
            ("counted", Money),
            ("banked", Money),
            ("difference", Money),
            ("kept-back", Money),
        ],
        ReportName::AuditTrail => {
            &[("entry", Text), ("when", Date), ("cashier", Text), ("approved-by", Text), ("what", Text), ("details", Text)]
        }
    }
}

fn text(words: impl Into<String>) -> Cell {
    Cell::Text(words.into())
}

fn money(amount: Pence) -> Cell {
    Cell::Number(amount.0)
}

fn count(number: u64) -> Cell {
    Cell::Number(i64::try_from(number).unwrap_or(i64::MAX))
}
