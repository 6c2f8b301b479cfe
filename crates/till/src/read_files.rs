//! X and Z reads as files for finance: CSV with a row a figure, or a PDF of what is printed.

use crate::api::cash::ExportX;
use crate::api::cash_up::ExportZ;
use crate::api::reports::{Exported, ReportFormat};
use crate::cash::{XTaken, x_taken};
use crate::error::TillError;
use crate::phrases::words;
use crate::reports::{chosen_folder, csv_text, written};
use crate::till::{Caller, Core, Till};
use crate::{papers, views, z_reads};
use counterfoil_documents::Sheet;
use counterfoil_domain::day_end::{SessionTotals, Tally, ZRead};
use counterfoil_domain::text::Language;
use counterfoil_domain::{Council, Pence};
use std::path::Path;

/// `session.x_export`.
pub(crate) fn x_export(till: &Till, caller: &Caller, request: ExportX) -> Result<Exported, TillError> {
    let (core, council) = (&till.core, caller.council()?);
    let now = core.surroundings.now_ms();
    let (taken, sheet) = core.store.read(|reading| {
        let taken = x_taken(reading, council, caller.user()?)?;
        let at = (now, Some(caller.user()?.code.as_str()));
        let sheet = papers::x_read(core, reading, &taken, at, false, core.settings().profile().columns)?;
        Ok::<_, TillError>((taken, sheet))
    })?;
    let mut figures = Figures::new(council, request.language);
    figures.x_read(core, &taken);
    let name = format!("x-read-session-{}-{}", taken.row.number, core.local(now).format("%Y-%m-%d-%H%M%S"));
    write(core, &chosen_folder(core, &request.folder)?, (&name, request.format), figures, &sheet, now)
}

/// `z.export`.
pub(crate) fn z_export(till: &Till, caller: &Caller, request: ExportZ) -> Result<Exported, TillError> {
    let (core, council) = (&till.core, caller.council()?);
    let (entry, z) = core.store.read(|reading| z_reads::whole(reading, request.number))?;
    let sheet = papers::z_read(core, &entry, &z, true, core.settings().profile().columns)?;
    let mut figures = Figures::new(council, request.language);
    figures.z_read(core, &z, entry.at_ms);
    let name = format!("z-read-{}{}-{:04}", z.office_code, z.till_code, z.number);
    write(core, &chosen_folder(core, &request.folder)?, (&name, request.format), figures, &sheet, entry.at_ms)
}

fn write(
    core: &Core,
    folder: &Path,
    (name, format): (&str, ReportFormat),
    figures: Figures<'_>,
    sheet: &Sheet,
    at_ms: i64,
) -> Result<Exported, TillError> {
    let rows = figures.rows.len() as u64;
    let (name, bytes) = match format {
        ReportFormat::Csv => (format!("{name}.csv"), figures.csv()?),
        ReportFormat::Pdf => (format!("{name}.pdf"), papers::pdf_of(core, sheet, at_ms)?),
    };
    Ok(Exported { path: written(folder, &name, &bytes)?.display().to_string(), rows })
}

/// A read's figures, one a row: to which part it belongs, what it is of, how many, and what they come to.
struct Figures<'a> {
    council: &'a Council,
    language: Language,
    rows: Vec<[String; 4]>,
}

impl<'a> Figures<'a> {
    fn new(council: &'a Council, language: Language) -> Figures<'a> {
        Figures { council, language, rows: Vec::new() }
    }

    fn say(&self, key: &str) -> String {
        words(self.language, key, &[])
    }

    fn mop(&self, code: &str) -> String {
        self.council.mop(code).map_or_else(|| code.to_owned(), |mop| mop.name.in_language(self.language).to_owned())
    }

    fn fund(&self, code: &str) -> String {
        self.council.fund(code).map_or_else(|| code.to_owned(), |fund| fund.name.in_language(self.language).to_owned())
    }

    fn row(&mut self, part: &str, what: String, count: Option<u64>, amount: Option<Pence>) {
        let count = count.map(|count| count.to_string()).unwrap_or_default();
        self.rows.push([self.say(part), what, count, amount.map(Pence::plain).unwrap_or_default()]);
    }

    fn x_read(&mut self, core: &Core, taken: &XTaken) {
        self.row("day-opened", views::moment(core, taken.row.opened_at_ms), None, None);
        self.totals(&taken.totals, taken.row.float);
        for mop in &taken.expected {
            self.row("day-expected-title", self.mop(&mop.mop_code), None, Some(mop.amount));
        }
    }

    fn z_read(&mut self, core: &Core, z: &ZRead, closed_at_ms: i64) {
        self.row("day-opened", views::moment(core, z.opened_at_ms), None, None);
        self.row("day-closed", views::moment(core, closed_at_ms), None, None);
        self.totals(&z.totals, z.float);
        for mop in &z.mops {
            let name = self.mop(&mop.mop_code);
            self.row("day-expected", name.clone(), None, Some(mop.expected));
            self.row("day-counted", name.clone(), None, Some(mop.counted));
            self.row("day-difference", name, None, Some(mop.difference()));
        }
        if let Some(given) = &z.reason {
            let known = self.council.reasons.iter().find(|reason| reason.code == given.code);
            let reason = known.map_or(given.code.as_str(), |reason| reason.text.in_language(self.language)).to_owned();
            self.row("day-reason", [reason, given.text.clone()].join(" ").trim_end().to_owned(), None, None);
        }
        self.row("day-float-left", String::new(), None, Some(z.float_left));
        self.row("day-to-bank", String::new(), None, Some(z.cash_for_bank(self.council)));
    }

    fn totals(&mut self, totals: &SessionTotals, float: Pence) {
        if !totals.first_receipt.is_empty() {
            self.row("day-receipts", format!("{} – {}", totals.first_receipt, totals.last_receipt), None, None);
        }
        for mop in &totals.mops {
            self.row("day-by-mop", self.mop(&mop.mop_code), Some(mop.count), Some(mop.amount));
        }
        for fund in &totals.funds {
            self.row("day-by-fund", self.fund(&fund.fund_code), Some(fund.count), Some(fund.amount));
        }
        for vat in &totals.vat {
            self.row("day-by-vat", vat.vat_code.clone(), None, Some(vat.gross));
            self.row("day-vat-in-it", vat.vat_code.clone(), None, Some(vat.vat));
        }
        self.tallies(totals);
        self.row("day-float", String::new(), None, Some(float));
    }

    fn tallies(&mut self, totals: &SessionTotals) {
        let tallies: [(&str, Tally); 6] = [
            ("day-taken", totals.receipts),
            ("day-voids", totals.voids),
            ("day-refunds", totals.refunds),
            ("day-transfers", totals.transfers),
            ("day-lifts", totals.lifts),
            ("day-top-ups", totals.top_ups),
        ];
        for (key, tally) in tallies {
            self.row("day-counts", self.say(key), Some(tally.count), Some(tally.amount));
        }
        self.row("day-counts", self.say("day-drawer-openings"), Some(totals.drawer_openings), None);
    }

    fn csv(self) -> Result<Vec<u8>, TillError> {
        let not_written = |error: csv::Error| TillError::not_done("export-not-written").because(error);
        // Spreadsheets take a file without this mark for one of the system's own code page.
        let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
        let columns = ["report-column-part", "report-column-what", "report-column-items", "report-column-amount"];
        writer.write_record(columns.map(|column| self.say(column))).map_err(not_written)?;
        for [part, what, count, amount] in self.rows {
            writer.write_record([csv_text(part), csv_text(what), count, amount]).map_err(not_written)?;
        }
        writer.into_inner().map_err(|error| TillError::not_done("export-not-written").because(error))
    }
}
