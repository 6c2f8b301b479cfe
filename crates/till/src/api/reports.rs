//! Reports: asked for by name and period, answered as rows and columns, written as CSV and PDF.

use counterfoil_domain::Pence;
use counterfoil_domain::text::Language;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ReportName {
    /// Takings by fund.
    TakingsByFund,
    /// Takings by MOP.
    TakingsByMop,
    /// Takings by VAT code: gross, VAT, net.
    TakingsByVat,
    /// Takings by the person who took them.
    TakingsByCashier,
    /// Takings by the hour of the day.
    TakingsByHour,
    /// Takings by day.
    TakingsByDay,
    /// Cheques, one by one.
    Cheques,
    /// Voids and refunds, with their reasons.
    VoidsAndRefunds,
    /// What each Z read expected and counted.
    OverAndShort,
    /// The drawer, opened for something else than a sale.
    DrawerOpenings,
    /// What went to the bank, and what was kept back of it.
    Deposits,
    /// The journal, the newest first.
    AuditTrail,
}

/// Which days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Period {
    /// Today.
    #[default]
    Today,
    /// Yesterday.
    Yesterday,
    /// From Monday to today.
    ThisWeek,
    /// From the first of the month to today.
    ThisMonth,
    /// From one day to another, as typed.
    Days,
}

/// Which of the journal's entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum AuditKind {
    /// Signing in and out, and trying to.
    SignIns,
    /// Payments, parked sales, reprints.
    Payments,
    /// Card payments at a terminal that the till drives.
    Cards,
    /// Voids, refunds, transfers.
    Corrections,
    /// Cash between drawer and safe, and the drawer opened without a sale.
    Cash,
    /// Sessions: opened, counted, closed.
    Sessions,
    /// Deposits.
    Banking,
    /// Users: released, disabled, given a new secret.
    Users,
    /// The till itself: set up, packs, extracts.
    Till,
}

impl AuditKind {
    /// All of them.
    pub const ALL: [AuditKind; 9] = [
        AuditKind::SignIns,
        AuditKind::Payments,
        AuditKind::Cards,
        AuditKind::Corrections,
        AuditKind::Cash,
        AuditKind::Sessions,
        AuditKind::Banking,
        AuditKind::Users,
        AuditKind::Till,
    ];
}

/// Run a report.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct RunReport {
    /// Which.
    pub report: ReportName,
    /// For which days.
    #[serde(default)]
    pub period: Period,
    /// The first day, as typed; only for [`Period::Days`].
    #[serde(default)]
    pub from: String,
    /// The last day, as typed; nothing is the first.
    #[serde(default)]
    pub to: String,
    /// The language that it is written in.
    #[serde(default)]
    pub language: Language,
    /// Audit trail: only what this person did, approved or had done to them.
    #[serde(default)]
    pub user_code: String,
    /// Audit trail: only this kind.
    #[serde(default)]
    pub kind: Option<AuditKind>,
    /// Audit trail: only what has this in it: a number, a reference, an amount, a reason.
    #[serde(default)]
    pub text: String,
    /// Audit trail: go on below this entry.
    #[serde(default)]
    #[ts(type = "number | null")]
    pub before: Option<u64>,
}

/// How a column is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ColumnKind {
    /// Words.
    Text,
    /// Whole pence.
    Money,
    /// A number of things.
    Count,
    /// `2026-11-23`, or with the time `2026-11-23 10:42`.
    Date,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ReportColumn {
    /// Its name, in the language asked for.
    pub name: String,
    /// How it is read.
    pub kind: ColumnKind,
}

/// A cell: a number where its column has numbers, words otherwise. A sum that a column doesn't have is empty words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(untagged)]
pub enum Cell {
    /// Whole pence, or a number of things.
    Number(#[ts(type = "number")] i64),
    /// Words, or a date.
    Text(String),
}

/// A bar of a picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Point {
    /// What it is of.
    pub label: String,
    /// How much.
    pub amount: Pence,
}

/// A report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ReportView {
    /// Its title.
    pub title: String,
    /// The first day, `2026-11-23`.
    pub from: String,
    /// The last day.
    pub to: String,
    /// Its columns.
    pub columns: Vec<ReportColumn>,
    /// Its rows; at most 500.
    pub rows: Vec<Vec<Cell>>,
    /// Sums over all rows, also those that aren't listed.
    pub totals: Option<Vec<Cell>>,
    /// The same as a picture, where one helps.
    pub picture: Option<Vec<Point>>,
    /// There are more rows than are listed; an export has them all.
    pub more: bool,
    /// Audit trail: where to go on, if there is more.
    #[ts(type = "number | null")]
    pub next: Option<u64>,
}

/// The forms of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ReportFormat {
    /// Rows with the columns' names; amounts as plain numbers, no sums.
    Csv,
    /// Pages of A4.
    Pdf,
}

/// Write a report as a file.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ExportReport {
    /// The report.
    pub what: RunReport,
    /// As what.
    pub format: ReportFormat,
    /// An existing folder, its full path; nothing is the data folder's `reports`.
    #[serde(default)]
    pub folder: String,
}

/// Where the file is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Exported {
    /// Its full path.
    pub path: String,
    /// How many rows it has.
    #[ts(type = "number")]
    pub rows: u64,
}
