//! The support bundle: one file for whoever helps from afar. Nothing goes in that was typed, scanned, taken or kept secret: each thing is
//! let in by name, and what isn't known to be harmless stays out.

use crate::doctor::{Check, Patient};
use crate::error::TillError;
use crate::phrases::has_words;
use crate::settings_in_force::SettingsInForce;
use crate::table::COMMANDS;
use crate::{backups, settings};
use counterfoil_domain::text::Language;
use counterfoil_store::{LATEST_SCHEMA, STORE_FILE, look_at, table_counts};
use regex::Regex;
use serde_json::{Map, Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The beginning of a line of the log: when, how grave, and which line of the program says it. That line has the words.
static LOG_LINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"^(\d{4}-\d\d-\d\dT[\d:.]+Z)\s+(ERROR|WARN|INFO)\s+((?:crates[/\\][a-z-]+|src-tauri)[/\\]src(?:[/\\][a-z_]+)+\.rs:\d+): (.*)$",
    )
    .ok()
});
/// Facts of a line that may be codes of this program or a line of its source.
static LOG_FACT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r#"\b(code|command|place)="?([a-z][a-z0-9._/:-]*)"?(?:\s|$)"#).ok());
/// A line of the source of this program or of a library.
static SOURCE_LINE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^[a-z0-9._-]+/src(?:/[a-z0-9_]+)+\.rs:\d+$").ok());
/// Facts of a check that are numbers, versions or codes of this program.
const HARMLESS: [&str; 15] =
    ["free", "size", "found", "known", "seq", "count", "program", "days", "kept", "seconds", "fault", "code", "version", "mode", "percent"];

/// Writes the bundle with what a check-up found into a folder, the data folder's `support` unless another is named, and answers where it
/// is. It needs no till that opens.
///
/// # Errors
/// `support-not-written`.
pub fn write_support_bundle(patient: &Patient<'_>, checks: &[Check], folder: Option<&Path>) -> Result<PathBuf, TillError> {
    let folder = folder.map_or_else(|| patient.folder.join("support"), Path::to_owned);
    let path = folder.join(format!("counterfoil-support-{}.zip", backups::stamp(patient.surroundings.now_ms())));
    let write = || {
        std::fs::create_dir_all(&folder)?;
        let mut zip = ZipWriter::new(std::fs::File::create(&path)?);
        let text = |value: &Value| serde_json::to_string_pretty(value).unwrap_or_default();
        let options = SimpleFileOptions::default();
        let files = [
            ("versions.json", text(&versions(patient))),
            ("doctor.json", text(&json!(checks.iter().map(harmless).collect::<Vec<_>>()))),
            ("doctor.txt", checks.iter().map(|check| in_words(&harmless(check))).collect()),
            ("settings.json", text(&settings_said(&patient.settings))),
            ("store.json", text(&store_said(patient.folder))),
        ];
        for (name, content) in files {
            zip.start_file(name, options)?;
            zip.write_all(content.as_bytes())?;
        }
        for (name, log) in logs(patient.folder) {
            zip.start_file(format!("logs/{name}"), options)?;
            for line in BufReader::new(std::fs::File::open(log)?).split(b'\n') {
                if let Some(line) = log_line(&String::from_utf8_lossy(&line?)) {
                    writeln!(zip, "{line}")?;
                }
            }
        }
        zip.finish()?.sync_all()
    };
    match write() {
        Ok(()) => Ok(path),
        Err(error) => {
            let _ = std::fs::remove_file(&path);
            Err(TillError::not_done("support-not-written").because(error))
        }
    }
}

fn versions(patient: &Patient<'_>) -> Value {
    json!({
        "program": env!("CARGO_PKG_VERSION"),
        "schema": LATEST_SCHEMA,
        "settings_format": settings::FORMAT,
        "system": std::env::consts::OS,
        "architecture": std::env::consts::ARCH,
        "web_view": patient.surroundings.web_view(),
        "made_at_ms": patient.surroundings.now_ms(),
    })
}

/// A check without those of its facts that are somebody's words: a path, a reason.
pub(crate) fn harmless(check: &Check) -> Check {
    let mut check = check.clone();
    for (name, value) in &mut check.args {
        if !HARMLESS.contains(&name.as_str()) {
            *value = LEFT_OUT.into();
        }
    }
    check
}

fn in_words(check: &Check) -> String {
    format!("{:?}  {}: {}\n", check.finding, check.title(Language::English), check.words(Language::English))
}

const LEFT_OUT: &str = "(left out)";

/// Numbers, switches and the words that the schema itself knows; whatever somebody has typed is only said to be there.
fn settings_said(settings: &Result<SettingsInForce, TillError>) -> Value {
    match settings {
        Err(error) => json!({ "code": error.code }),
        Ok(settings) => {
            let said = |value: &Value| without_words(value, &known_words());
            let each = settings
                .each()
                .into_iter()
                .map(|setting| json!({ "name": setting.name, "origin": setting.origin, "value": said(&setting.value) }));
            json!({ "settings": each.collect::<Vec<_>>(), "wrong": settings.wrong.iter().map(|wrong| wrong.origin).collect::<Vec<_>>() })
        }
    }
}

/// Every word that the settings' schema names as a choice.
fn known_words() -> Vec<String> {
    fn collect(schema: &Value, found: &mut Vec<String>) {
        match schema {
            Value::Object(object) => {
                found.extend(object.get("const").and_then(Value::as_str).map(str::to_owned));
                found.extend(
                    object.get("enum").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).map(str::to_owned),
                );
                object.values().for_each(|part| collect(part, found));
            }
            Value::Array(parts) => parts.iter().for_each(|part| collect(part, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    collect(&settings::SCHEMA, &mut found);
    found
}

fn without_words(value: &Value, known: &[String]) -> Value {
    match value {
        Value::String(text) if known.contains(text) => value.clone(),
        Value::String(_) => LEFT_OUT.into(),
        Value::Array(values) => values.iter().map(|value| without_words(value, known)).collect(),
        Value::Object(fields) => {
            Value::Object(fields.iter().map(|(name, value)| (name.clone(), without_words(value, known))).collect::<Map<_, _>>())
        }
        other => other.clone(),
    }
}

fn store_said(folder: &Path) -> Value {
    let file = folder.join(STORE_FILE);
    let counts = table_counts(&file).unwrap_or_default();
    match look_at(&file) {
        Ok(look) => {
            json!({ "schema": look.schema, "journal_mode": look.journal_mode, "bytes": look.bytes, "log_bytes": look.log_bytes, "rows": counts })
        }
        Err(error) => json!({ "code": error.code(), "rows": counts }),
    }
}

/// The logs, the oldest first.
fn logs(folder: &Path) -> Vec<(String, PathBuf)> {
    let items = std::fs::read_dir(folder.join("logs")).into_iter().flatten().flatten();
    let named = |path: PathBuf| {
        let day = path.file_name()?.to_str()?.strip_prefix("counterfoil.")?.strip_suffix(".log")?.to_owned();
        let is_day = day.len() == 10 && day.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        is_day.then(|| (format!("{day}.log"), path))
    };
    let mut found: Vec<_> = items.filter_map(|item| named(item.path())).collect();
    found.sort();
    found
}

/// What of a line of the log may leave the machine: when, how grave, which line of the program said it, and what in it is a code of this program
/// or a line of its source.
fn log_line(line: &str) -> Option<String> {
    let (_, [at, level, place, rest]) = LOG_LINE.as_ref()?.captures(line)?.extract();
    let mut said = format!("{at} {level} {place}");
    for (_, [name, value]) in LOG_FACT.as_ref()?.captures_iter(rest).map(|found| found.extract()) {
        let known = match name {
            "code" => has_words(&format!("error-{value}")),
            "command" => COMMANDS.iter().any(|command| command.name == value),
            _ => SOURCE_LINE.as_ref().is_some_and(|line| line.is_match(value)),
        };
        if known {
            said.push_str(&format!(" {name}={value}"));
        }
    }
    Some(said)
}
