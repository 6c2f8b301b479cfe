//! Reports as files: CSV that a spreadsheet may open, and pages of A4.

use super::{Asked, Made, Row, id};
use crate::api::reports::{Cell, ColumnKind, ExportReport, Exported, Point, ReportColumn, ReportFormat};
use crate::error::TillError;
use crate::phrases::words;
use crate::till::{Caller, Core, Till};
use chrono::NaiveDateTime;
use counterfoil_documents::a4;
use counterfoil_documents::document::Align;
use counterfoil_documents::pdf::PdfFacts;
use counterfoil_documents::report::{Bar, Column, Part, Report, Table};
use counterfoil_domain::Pence;
use counterfoil_domain::text::Language;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// The most rows of a PDF: more than two hundred pages.
const MOST_IN_PDF: usize = 10_000;

/// `report.export`.
pub(crate) fn export(till: &Till, caller: &Caller, request: ExportReport) -> Result<Exported, TillError> {
    let asked = Asked::of(till, caller, &request.what)?;
    let folder = chosen_folder(&till.core, &request.folder)?;
    let days = if asked.from == asked.to { asked.from.to_string() } else { format!("{}-to-{}", asked.from, asked.to) };
    let name = format!("{}-{days}", id(request.what.report));
    let (path, rows) = match request.format {
        ReportFormat::Csv => {
            let path = folder.join(format!("{name}.csv"));
            let rows = in_place(&path, |out| write_csv(till, &asked, out))?;
            (path, rows)
        }
        ReportFormat::Pdf => {
            let (bytes, rows) = pdf(till, &asked)?;
            (written(&folder, &format!("{name}.pdf"), &bytes)?, rows)
        }
    };
    Ok(Exported { path: path.display().to_string(), rows })
}

/// The data folder's own `reports`, or an existing one.
pub(crate) fn chosen_folder(core: &Core, typed: &str) -> Result<PathBuf, TillError> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(core.store.folder().join("reports"));
    }
    let folder = PathBuf::from(typed);
    if folder.is_absolute() && folder.is_dir() { Ok(folder) } else { Err(TillError::not_done("folder-missing")) }
}

/// Writes a file whole or not at all, and answers its full path.
pub(crate) fn written(folder: &Path, name: &str, bytes: &[u8]) -> Result<PathBuf, TillError> {
    let path = folder.join(name);
    in_place(&path, |out| out.write_all(bytes).map_err(|error| not_written(&error)))?;
    Ok(std::path::absolute(&path).unwrap_or(path))
}

/// A file of this name is replaced only by one that is whole.
fn in_place<T>(path: &Path, write: impl FnOnce(&mut BufWriter<File>) -> Result<T, TillError>) -> Result<T, TillError> {
    let part = path.with_extension("part");
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| not_written(&error))?;
    }
    let mut out = BufWriter::new(File::create(&part).map_err(|error| not_written(&error))?);
    let done = write(&mut out).and_then(|value| {
        out.flush().map_err(|error| not_written(&error))?;
        drop(out);
        std::fs::rename(&part, path).map_err(|error| not_written(&error))?;
        Ok(value)
    });
    if done.is_err() {
        let _ = std::fs::remove_file(&part);
    }
    done
}

fn not_written(error: &dyn std::fmt::Display) -> TillError {
    TillError::not_done("export-not-written").because(error)
}

/// One row after the other: a year of them is never in memory.
fn write_csv(till: &Till, asked: &Asked<'_>, out: &mut dyn Write) -> Result<u64, TillError> {
    // Spreadsheets take a file without this mark for one of the system's own code page.
    out.write_all("\u{feff}".as_bytes()).map_err(|error| not_written(&error))?;
    let mut writer = csv::Writer::from_writer(out);
    let columns = asked.columns();
    writer.write_record(columns.iter().map(|column| &column.name)).map_err(|error| not_written(&error))?;
    let mut rows = 0u64;
    till.core.store.read(|reading| {
        asked.make(reading, &mut |row: Row| {
            rows += 1;
            let cells = columns.iter().zip(row.cells).map(|(column, cell)| in_csv(column.kind, cell));
            writer.write_record(cells).map_err(|error| not_written(&error))?;
            Ok(true)
        })
    })?;
    writer.flush().map_err(|error| not_written(&error))?;
    Ok(rows)
}

/// A spreadsheet must never take words for a formula: what begins like one is marked as text.
pub(crate) fn csv_text(words: String) -> String {
    if words.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{words}") } else { words }
}

/// Words as words, amounts as plain numbers.
fn in_csv(kind: ColumnKind, cell: Cell) -> String {
    match (kind, cell) {
        (ColumnKind::Money, Cell::Number(pence)) => Pence(pence).plain(),
        (_, Cell::Number(number)) => number.to_string(),
        (_, Cell::Text(words)) => csv_text(words),
    }
}

fn pdf(till: &Till, asked: &Asked<'_>) -> Result<(Vec<u8>, u64), TillError> {
    let core = &till.core;
    let columns = asked.columns();
    let mut rows = Vec::new();
    let (made, name) = core.store.read(|reading| {
        let made = asked.make(reading, &mut |row: Row| {
            if rows.len() == MOST_IN_PDF {
                return Err(TillError::not_done("report-too-long").with("most", MOST_IN_PDF));
            }
            rows.push(on_paper(&columns, row.cells));
            Ok(true)
        })?;
        Ok::<_, TillError>((made, reading.till_name()?))
    })?;
    let now = core.local(core.surroundings.now_ms());
    let day = |date: chrono::NaiveDate| date.format("%d/%m/%Y").to_string();
    let days = if asked.from == asked.to { day(asked.from) } else { format!("{} – {}", day(asked.from), day(asked.to)) };
    let (office, till_code) = name.map(|name| (name.office_code, name.till_code)).unwrap_or_default();
    let office = asked.council.office(&office).map_or(office, |office| office.name.in_language(asked.language).to_owned());
    let count = rows.len() as u64;
    let report = Report {
        title: asked.title(),
        language: asked.language,
        lead: vec![
            words(asked.language, "report-lead", &[("office", &office), ("till", &till_code), ("days", &days)]),
            words(asked.language, "report-made", &[("when", &now.format("%d/%m/%Y %H:%M").to_string())]),
        ],
        parts: parts(columns, rows, made, &asked.say("report-none")),
    };
    Ok((rendered(core, &report, now)?, count))
}

fn parts(columns: Vec<ReportColumn>, rows: Vec<Vec<String>>, made: Made, none: &str) -> Vec<Part> {
    if rows.is_empty() {
        return vec![Part::Text(none.to_owned())];
    }
    let totals = made.totals.map(|cells| on_paper(&columns, cells));
    let columns = columns.into_iter().map(|column| Column { name: column.name, align: align(column.kind) }).collect();
    let bar = |point: Point| Bar { label: point.label, length: point.amount.0, value: point.amount.to_string() };
    let picture = made.picture.map(|points| Part::Bars(points.into_iter().map(bar).collect()));
    [Part::Table(Table { columns, rows, totals })].into_iter().chain(picture).collect()
}

fn align(kind: ColumnKind) -> Align {
    if matches!(kind, ColumnKind::Money | ColumnKind::Count) { Align::Right } else { Align::Left }
}

fn on_paper(columns: &[ReportColumn], cells: Vec<Cell>) -> Vec<String> {
    let written = |(column, cell): (&ReportColumn, Cell)| match (column.kind, cell) {
        (ColumnKind::Money, Cell::Number(pence)) => Pence(pence).to_string(),
        (_, Cell::Number(number)) => number.to_string(),
        (ColumnKind::Date, Cell::Text(date)) => as_written(&date),
        (_, Cell::Text(words)) => words,
    };
    columns.iter().zip(cells).map(written).collect()
}

/// `2026-11-23 10:42` as it is written here: `23/11/2026 10:42`.
fn as_written(date: &str) -> String {
    let (day, time) = date.split_once(' ').unwrap_or((date, ""));
    let day: Vec<&str> = day.rsplit('-').collect();
    format!("{} {time}", day.join("/")).trim_end().to_owned()
}

/// A report as a PDF of this council.
pub(crate) fn rendered(core: &Core, report: &Report, created: NaiveDateTime) -> Result<Vec<u8>, TillError> {
    let council = core.council()?;
    let facts = PdfFacts { author: council.identity.name.in_language(report.language), created };
    let page = |page: usize, pages: usize| page_words(report.language, page, pages);
    a4::render(report, &facts, &page).map_err(|error| TillError::not_done(error.code()).because(error))
}

fn page_words(language: Language, page: usize, pages: usize) -> String {
    words(language, "report-page", &[("page", &page.to_string()), ("pages", &pages.to_string())])
}
