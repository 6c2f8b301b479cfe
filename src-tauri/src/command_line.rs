//! What IT types. The same program, the same rules, the same store.
//!
//! Exit codes: 0 done · 1 not done, nothing changed · 2 the command line can't be understood · 3 it can't be told whether it
//! was done · 4 the data folder is in use (the counter is open) · 5 nothing draws the window (WebView2).

use crate::backup_line::{self, RestoreBackupArguments};
use crate::doctor_line::{self, DoctorArguments};
use crate::folders;
use crate::layers::layers;
use crate::ledger_line::{self, LedgerTask};
use crate::restore_line::{self, RestoreArguments};
use crate::settings_line::{self, SettingsTask};
use crate::terminal_line::{self, TerminalTask};
use chrono::NaiveDate;
use clap::{Parser, Subcommand, ValueEnum};
use counterfoil_devices::{FlowControl, PrinterTarget};
use counterfoil_till::api::accounts::{ImportProgress, ImportStage};
use counterfoil_till::api::start::SetUpTill;
use counterfoil_till::surroundings::Machine;
use counterfoil_till::{
    ExportedPosting, Opening, Outcome, Rendering, STORE_FILE, Till, TillError, Upgrading, apply_pack, check_pack, english_message,
    hash_secret, render_receipt, set_store_aside, upgrade, verify_file,
};
use serde_json::{Value, json};
use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Takes council payments at a reception counter. Without a command it opens the counter's window.
#[derive(Parser)]
#[command(
    name = "counterfoil",
    version,
    about,
    after_help = "Exit codes: 0 done; 1 not done, nothing changed; 2 the command line can't be understood; 3 it can't be told whether it was done; 4 the data folder is in use; 5 no window can be opened: WebView2 is missing or doesn't start."
)]
pub struct Arguments {
    /// The data folder. Without it: the machine's on Windows, elsewhere the user's own.
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Show no box that must be clicked away where the window can't be opened; COUNTERFOIL_QUIET does the same.
    #[arg(long)]
    pub quiet: bool,
    #[command(subcommand)]
    pub task: Option<Task>,
}

/// What to do instead of opening the window.
#[derive(Subcommand)]
pub enum Task {
    /// Apply a pack, name this till and choose its printer, in one go. Again with the same changes nothing.
    Setup {
        /// The council pack's folder.
        #[arg(long)]
        pack: PathBuf,
        /// The office's code in the pack.
        #[arg(long)]
        office: String,
        /// The till's name: 1–4 letters and digits.
        #[arg(long)]
        till: String,
        /// screen, none, tcp:HOST:PORT, serial:PATH:BAUD or file:FOLDER.
        #[arg(long, default_value = "screen")]
        printer: String,
        /// The printer's columns.
        #[arg(long)]
        columns: Option<usize>,
    },
    /// Council packs.
    #[command(subcommand)]
    Pack(PackTask),
    /// Extracts of account holders.
    #[command(subcommand)]
    Accounts(AccountsTask),
    /// References.
    #[command(subcommand)]
    Reference(ReferenceTask),
    /// The journal.
    #[command(subcommand)]
    Journal(JournalTask),
    /// Postings.
    #[command(subcommand)]
    Postings(PostingsTask),
    /// Receipts.
    #[command(subcommand)]
    Receipt(ReceiptTask),
    /// The till's data as a whole.
    #[command(subcommand)]
    Store(StoreTask),
    /// The central ledger.
    #[command(subcommand)]
    Ledger(LedgerTask),
    /// Look at this machine: what it needs to take money. Exit code 1 if something is wrong. The counter may be open.
    Doctor(DoctorArguments),
    /// Write one file for whoever helps: logs, settings, check-up, counts; no personal data, no secrets. The counter may be open.
    Support {
        /// Into this folder. Without it: the data folder's “support”.
        #[arg(long, value_name = "DIR")]
        to: Option<PathBuf>,
    },
    /// Copy the till's data into a folder, and look at the copy. The counter may be open.
    Backup {
        /// The folder; it must be there.
        #[arg(long, value_name = "DIR")]
        to: PathBuf,
    },
    /// Bring the till's data back from a backup. What is in its place is set aside, never deleted.
    Restore(RestoreBackupArguments),
    /// This machine's settings.
    #[command(subcommand)]
    Settings(SettingsTask),
    /// The card terminal.
    #[command(subcommand)]
    Terminal(TerminalTask),
    /// PINs and passwords.
    #[command(subcommand)]
    Secret(SecretTask),
}

/// Council packs.
#[derive(Subcommand)]
pub enum PackTask {
    /// Say everything that is wrong with a pack: file, place, reason.
    Check {
        /// Its folder.
        folder: PathBuf,
    },
    /// Apply a pack: all of it or nothing.
    Apply {
        /// Its folder.
        folder: PathBuf,
    },
}

/// Extracts of account holders.
#[derive(Subcommand)]
pub enum AccountsTask {
    /// Take in an extract (CSV); the one before it stays in use until this one is whole.
    Import {
        /// The file.
        file: PathBuf,
    },
}

/// References.
#[derive(Subcommand)]
pub enum ReferenceTask {
    /// Each fund that takes a reference and why others don't, as JSON. For administrators: the secret is read from
    /// COUNTERFOIL_SECRET or from standard input.
    Check {
        /// The reference.
        reference: String,
        /// Only this fund.
        #[arg(long)]
        fund: Option<String>,
        /// The administrator's user code.
        #[arg(long)]
        user: String,
    },
}

/// The journal.
#[derive(Subcommand)]
pub enum JournalTask {
    /// Recompute every hash. Nothing is changed; the counter may be open.
    Verify {
        /// Another store's file: one that was set aside, or a copy.
        #[arg(long)]
        file: Option<PathBuf>,
    },
    /// Rebuild what screens and reports read from the journal, and say where it differed.
    Rebuild,
    /// Bring a lost till's journal into a fresh data folder, from its mirror, from the ledger, or from both.
    Restore(RestoreArguments),
}

/// Postings.
#[derive(Subcommand)]
pub enum PostingsTask {
    /// Write the postings of the days from..=to to standard output. The secret is read as for `reference check`.
    Export {
        /// The first day, as 2026-11-23.
        #[arg(long)]
        from: NaiveDate,
        /// The last day.
        #[arg(long)]
        to: NaiveDate,
        /// The form.
        #[arg(long, value_enum, default_value = "csv")]
        format: ExportFormat,
        /// The user code of somebody with the right to.
        #[arg(long)]
        user: String,
        /// Read this store's file, as far as it can be read: a damaged one, one that was set aside, or a copy.
        #[arg(long)]
        file: Option<PathBuf>,
    },
}

/// The forms of an export.
#[derive(Clone, Copy, ValueEnum)]
pub enum ExportFormat {
    /// With a header line.
    Csv,
    /// One JSON object a line.
    Json,
}

/// Receipts.
#[derive(Subcommand)]
pub enum ReceiptTask {
    /// Write one receipt, marked COPY, to standard output.
    Show {
        /// Its number.
        number: String,
        /// The form.
        #[arg(long, value_enum, default_value = "text")]
        format: ReceiptFormat,
        /// Read this store's file, as far as it can be read: a damaged one, one that was set aside, or a copy.
        #[arg(long)]
        file: Option<PathBuf>,
    },
}

/// The forms of a receipt.
#[derive(Clone, Copy, ValueEnum)]
pub enum ReceiptFormat {
    /// Plain text.
    Text,
    /// PDF.
    Pdf,
    /// What the printer is sent.
    Escpos,
}

/// The till's data as a whole.
#[derive(Subcommand)]
pub enum StoreTask {
    /// Put a damaged store's files aside, beside where they were, so that a fresh till can be set up. Nothing is deleted.
    SetAside,
}

/// PINs and passwords.
#[derive(Subcommand)]
pub enum SecretTask {
    /// Read a PIN or password from standard input and write its hash as a pack's users.csv wants it.
    Hash,
}

/// Runs a task and says how it went.
pub fn run(data: &Path, task: Task) -> ExitCode {
    match perform(data, task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::warn!(code = %error.code, detail = %error.detail, "a task failed");
            say(&mut std::io::stderr(), &error.to_string());
            for problem in &error.problems {
                say(&mut std::io::stderr(), &format!("{:?} {}: {}", problem.place, problem.field, problem.refusal));
            }
            match (error.args.get("file"), error.args.get("reason")) {
                (Some(_), Some(_)) => say(&mut std::io::stderr(), &english_message("store-damaged-advice", &error.args)),
                (Some(_), None) => say(&mut std::io::stderr(), &english_message("store-place", &error.args)),
                _ => {}
            }
            match (error.outcome, error.code.as_str()) {
                (Outcome::InDoubt, _) => ExitCode::from(3),
                (_, "store-in-use") => ExitCode::from(4),
                _ => ExitCode::from(1),
            }
        }
    }
}

/// The exit code where no window can be opened.
pub(crate) const NO_WEB_VIEW: u8 = 5;

pub(crate) fn say_error(line: &str) {
    say(&mut std::io::stderr(), line);
}

/// A reader that has gone away ends the talking, not the work.
fn say(out: &mut dyn Write, line: &str) {
    let _ = writeln!(out, "{line}");
}

pub(crate) fn out(line: &str) {
    say(&mut std::io::stdout(), line);
}

/// What whoever types should know, beside what was asked for.
pub(crate) fn warn(line: &str) {
    say(&mut std::io::stderr(), line);
}

fn perform(data: &Path, task: Task) -> Result<(), TillError> {
    match task {
        Task::Setup { pack, office, till, printer, columns } => {
            let request =
                SetUpTill { folder: pack.display().to_string(), office_code: office, till_code: till, printer: target(&printer)?, columns };
            open(data)?.set_up(&request)?;
            out("This till is set up.");
            Ok(())
        }
        Task::Pack(PackTask::Check { folder }) => check(&folder),
        Task::Pack(PackTask::Apply { folder }) => {
            check(&folder)?;
            apply_pack(&open(data)?, &folder)?;
            out("The pack is applied.");
            Ok(())
        }
        Task::Accounts(AccountsTask::Import { file }) => import(&open(data)?, &file),
        Task::Reference(ReferenceTask::Check { reference, fund, user }) => {
            let till = open(data)?;
            sign_in(&till, &user)?;
            let answer = till.call("reference.check", json!({ "text": reference, "fund_code": fund }))?;
            out(&pretty(&answer));
            Ok(())
        }
        Task::Journal(JournalTask::Verify { file }) => {
            let verified = verify_file(data, file.as_deref())?;
            out(&format!("{} entries; the chain holds; head {}", verified.entries, verified.head.hash));
            Ok(())
        }
        Task::Journal(JournalTask::Rebuild) => rebuild(&open(data)?),
        Task::Journal(JournalTask::Restore(arguments)) => restore_line::perform(data, arguments),
        Task::Postings(PostingsTask::Export { from, to, format, user, file: None }) => {
            let till = open(data)?;
            sign_in(&till, &user)?;
            export(&till, from, to, format)
        }
        Task::Postings(PostingsTask::Export { from, to, format, user, file: Some(file) }) => {
            let till = read_only(&file)?;
            till.sign_in_to_read(&user, &secret()?)?;
            export(&till, from, to, format)
        }
        Task::Receipt(ReceiptTask::Show { number, format, file }) => {
            let rendering = match format {
                ReceiptFormat::Text => Rendering::Text,
                ReceiptFormat::Pdf => Rendering::Pdf,
                ReceiptFormat::Escpos => Rendering::EscPos,
            };
            let till = file.map_or_else(|| open(data), |file| read_only(&file))?;
            let bytes = render_receipt(&till, &number, rendering)?;
            std::io::stdout().write_all(&bytes).map_err(|error| TillError::not_done("output").because(error))
        }
        Task::Doctor(arguments) => doctor_line::perform(data, &arguments),
        Task::Support { to } => doctor_line::support(data, to),
        Task::Backup { to } => backup_line::back_up(data, &to),
        Task::Restore(arguments) => backup_line::restore(data, arguments),
        Task::Settings(task) => settings_line::perform(data, task),
        Task::Ledger(task) => ledger_line::perform(data, task),
        Task::Terminal(task) => terminal_line::perform(data, task),
        Task::Store(StoreTask::SetAside) => {
            let aside = set_store_aside(data, &Machine)?;
            out(&format!("Set aside as {}. Set the till up anew, under a new name: the numbers of the old one are used.", aside.display()));
            Ok(())
        }
        Task::Secret(SecretTask::Hash) => {
            out(&hash_secret(&line_of_input()?)?);
            Ok(())
        }
    }
}

pub(crate) fn open(data: &Path) -> Result<Till, TillError> {
    upgrade(data, &mut |now| match now {
        Upgrading::Copying { percent } if percent % 10 == 0 => {
            say(&mut std::io::stderr(), &format!("A copy of the till's data: {percent} %"))
        }
        Upgrading::Copying { .. } => {}
        Upgrading::Changing => say(&mut std::io::stderr(), "The till's data is brought up to date."),
    })?;
    Till::open(Opening {
        folder: data.to_owned(),
        resources: folders::resources(),
        surroundings: Box::new(Machine),
        listener: Box::new(|_| {}),
        prints: false,
        sends: false,
        secrets: folders::secrets(data),
        layers: layers(),
    })
}

fn read_only(file: &Path) -> Result<Till, TillError> {
    let folder = file.parent().unwrap_or(Path::new("."));
    Till::read_only(file, Box::new(Machine), folders::secrets(folder))
}

/// The data folder's own store for reading, whoever uses it.
pub(crate) fn read_only_data(data: &Path) -> Result<Till, TillError> {
    read_only(&data.join(STORE_FILE))
}

fn check(folder: &Path) -> Result<(), TillError> {
    match check_pack(folder) {
        Ok((_, council)) => {
            out(&format!(
                "{}: {} funds, {} MOPs, {} users. Nothing is wrong.",
                council.identity.name.english,
                council.funds.len(),
                council.mops.len(),
                council.users.len()
            ));
            Ok(())
        }
        Err(problems) => {
            for problem in &problems {
                say(&mut std::io::stderr(), &problem.to_string());
            }
            Err(TillError::not_done("pack-problems").with("count", problems.len()).with("first", &problems[0]))
        }
    }
}

fn import(till: &Till, file: &Path) -> Result<(), TillError> {
    let mut told = 0;
    let end = till.import_accounts(file, &mut |progress: &ImportProgress| {
        if progress.rows >= told + 100_000 {
            told = progress.rows;
            out(&format!("{} rows", progress.rows));
        }
    })?;
    for bad in &end.bad_rows {
        say(&mut std::io::stderr(), &format!("line {}: {} {}", bad.line, bad.reason, bad.column));
    }
    out(&format!("{} rows read, {} taken, {} refused.", end.rows, end.taken, end.refused));
    if let Some(list) = &end.refused_file {
        out(&format!("Every refused row is listed in {list}."));
    }
    match end.stage {
        ImportStage::Done => Ok(()),
        _ => Err(TillError::not_done(end.error.as_deref().unwrap_or("extract-refused")).with("refused", end.refused)),
    }
}

fn rebuild(till: &Till) -> Result<(), TillError> {
    let differences = till.store().rebuild()?;
    for difference in &differences {
        out(&format!("{}: {} rows only before, {} only after", difference.table, difference.only_live, difference.only_rebuilt));
    }
    out(if differences.is_empty() { "Rebuilt; nothing differed." } else { "Rebuilt." });
    Ok(())
}

fn export(till: &Till, from: NaiveDate, to: NaiveDate, format: ExportFormat) -> Result<(), TillError> {
    let failed = |error: &dyn std::fmt::Display| TillError::not_done("output").because(error);
    let stdout = std::io::stdout().lock();
    match format {
        ExportFormat::Csv => {
            let mut writer = csv::Writer::from_writer(stdout);
            till.export_postings(from, to, &mut |posting: ExportedPosting| writer.serialize(posting).map_err(|error| failed(&error)))?;
            writer.flush().map_err(|error| failed(&error))
        }
        ExportFormat::Json => {
            let mut writer = std::io::BufWriter::new(stdout);
            till.export_postings(from, to, &mut |posting: ExportedPosting| {
                serde_json::to_writer(&mut writer, &posting).map_err(|error| failed(&error))?;
                writer.write_all(b"\n").map_err(|error| failed(&error))
            })?;
            writer.flush().map_err(|error| failed(&error))
        }
    }
}

fn sign_in(till: &Till, user: &str) -> Result<(), TillError> {
    till.call("user.sign_in", json!({ "user_code": user, "secret": secret()? })).map(|_| ())
}

pub(crate) fn secret() -> Result<String, TillError> {
    std::env::var("COUNTERFOIL_SECRET").or_else(|_| line_of_input())
}

fn line_of_input() -> Result<String, TillError> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).map_err(|error| TillError::not_done("input").because(error))?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

pub(crate) fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

/// A printer as it is typed.
fn target(text: &str) -> Result<PrinterTarget, TillError> {
    let not_valid = || TillError::not_done("printer-not-valid");
    let (kind, rest) = text.split_once(':').unwrap_or((text, ""));
    let pair = || rest.rsplit_once(':').ok_or_else(not_valid);
    match kind {
        "screen" => Ok(PrinterTarget::Screen),
        "none" => Ok(PrinterTarget::None),
        "tcp" => {
            pair().and_then(|(host, port)| Ok(PrinterTarget::Tcp { host: host.to_owned(), port: port.parse().map_err(|_| not_valid())? }))
        }
        "serial" => pair().and_then(|(path, baud)| {
            Ok(PrinterTarget::Serial { path: path.to_owned(), baud: baud.parse().map_err(|_| not_valid())?, flow: FlowControl::default() })
        }),
        "file" if !rest.is_empty() => Ok(PrinterTarget::File { folder: rest.into() }),
        _ => Err(not_valid()),
    }
}
