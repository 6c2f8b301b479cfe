//! The machine's settings: what is wrong is named by its path, and nothing is guessed.

use counterfoil_till::{ImsPace, LedgerSettings, Settings, settings_schema};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Set it to write the schema anew: `COUNTERFOIL_WRITE_SCHEMAS=1 cargo test -p counterfoil-till --test till settings::`.
const WRITE: &str = "COUNTERFOIL_WRITE_SCHEMAS";

fn of_the_checkout(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

fn read(text: &str) -> Result<Settings, counterfoil_till::TillError> {
    let folder = tempfile::tempdir().expect("folder");
    std::fs::write(folder.path().join("settings.json"), text).expect("written");
    Settings::read(folder.path())
}

fn reason(text: &str) -> String {
    let error = read(text).expect_err(text);
    assert_eq!(error.code, "settings-unreadable");
    error.args["reason"].clone()
}

#[test]
fn without_a_file_or_a_setting_everything_is_as_by_default() {
    let folder = tempfile::tempdir().expect("folder");
    assert_eq!(Settings::read(folder.path()).expect("no file"), Settings::default());
    assert_eq!(read("{}").expect("an empty file"), Settings::default());
    assert_eq!(read("\u{feff}{ \"format\": 1, \"other_printer\": null }").expect("an editor's mark"), Settings::default());
}

#[test]
fn what_is_written_is_read_back_and_holds_to_the_schema() {
    let folder = tempfile::tempdir().expect("folder");
    for printer in [
        json!({ "kind": "tcp", "host": "192.0.2.7" }),
        json!({ "kind": "serial", "path": "COM3", "baud": 9600, "flow": "hardware" }),
        json!({ "kind": "file", "folder": "out" }),
        json!({ "kind": "screen" }),
        json!({ "kind": "none" }),
    ] {
        let text = json!({ "printer": printer, "other_printer": printer, "profile": { "columns": 48, "code_page": "pc858" } });
        let settings = read(&text.to_string()).expect("read");
        settings.write(folder.path()).expect("written");
        assert_eq!(Settings::read(folder.path()).expect("read back"), settings);
    }
}

#[test]
fn an_ims_s_settings_are_read_back_and_what_is_left_out_has_its_default() {
    let folder = tempfile::tempdir().expect("folder");
    for auth in [json!({ "kind": "none" }), json!({ "kind": "bearer" }), json!({ "kind": "api-key", "header": "X-Key" })] {
        let text =
            json!({ "ledger": { "kind": "localgov-ims", "url": "https://ims.example/ims", "auth": auth, "pace": { "settle_ms": 500 } } });
        let settings = read(&text.to_string()).expect("read");
        settings.write(folder.path()).expect("written");
        assert_eq!(Settings::read(folder.path()).expect("read back"), settings);
        let Some(LedgerSettings::LocalgovIms(ims)) = settings.ledger else { panic!("another ledger") };
        assert_eq!(ims.pace, Some(ImsPace { settle_ms: 500, ..ImsPace::default() }));
    }
}

#[test]
fn whatever_is_wrong_is_named_by_its_path() {
    for (text, wanted) in [
        (json!({ "printr": {} }), "printr: there is no such field"),
        (json!({ "printer": "screen" }), "printer: must be a table of fields"),
        (json!({ "printer": { "kind": "usb" } }), "printer.kind: must be one of tcp, serial, queue, file, screen, none"),
        (json!({ "printer": { "kind": "tcp" } }), "printer.host: is missing"),
        (json!({ "printer": { "kind": "tcp", "host": "" } }), "printer.host: is empty"),
        (json!({ "printer": { "kind": "tcp", "host": "a", "prot": 1 } }), "printer.prot: there is no such field"),
        (json!({ "printer": { "kind": "tcp", "host": "a", "port": 70_000 } }), "printer.port: must be at most 65535"),
        (json!({ "printer": { "kind": "screen", "host": "a" } }), "printer.host: there is no such field"),
        (
            json!({ "other_printer": { "kind": "serial", "path": "COM3", "flow": "rts" } }),
            "other_printer.flow: must be one of none, hardware, software",
        ),
        (json!({ "profile": { "columns": 5000 } }), "profile.columns: must be at most 96"),
        (json!({ "profile": { "drawer_on_ms": 1 } }), "profile.drawer_on_ms: must be 2 or more"),
        (json!({ "profile": { "cut": "yes" } }), "profile.cut: must be true or false"),
        (json!({ "ledger": { "kind": "sap" } }), "ledger.kind: must be one of hub, localgov-ims"),
        (json!({ "ledger": { "kind": "localgov-ims" } }), "ledger.url: is missing"),
        (json!({ "ledger": { "kind": "localgov-ims", "url": "a", "token": "hush" } }), "ledger.token: there is no such field"),
        (
            json!({ "ledger": { "kind": "localgov-ims", "url": "a", "auth": { "kind": "basic" } } }),
            "ledger.auth.kind: must be one of none, bearer, api-key",
        ),
        (
            json!({ "ledger": { "kind": "localgov-ims", "url": "a", "pace": { "settle_ms": 0 } } }),
            "ledger.pace.settle_ms: must be 1 or more",
        ),
        (json!({ "format": 0 }), "format: must be 1 or more"),
        (json!([]), "must be a table of fields"),
    ] {
        assert_eq!(reason(&text.to_string()), wanted);
    }
    let both = reason(&json!({ "printr": {}, "profile": { "colums": 42 } }).to_string());
    assert!(both.contains("printr: there is no such field") && both.contains("profile.colums: there is no such field"), "{both}");
    assert!(reason("{ \"printer\": ").contains("line 1"), "a file that isn't JSON says where");
}

#[test]
fn a_later_version_s_file_is_refused_before_anything_else_in_it_is_looked_at() {
    let error = read(r#"{ "format": 2, "screen": "second" }"#).expect_err("newer");
    assert_eq!((error.code.as_str(), error.args["found"].as_str(), error.args["known"].as_str()), ("settings-newer", "2", "1"));
    assert!(error.message.contains('2'), "{}", error.message);
}

#[test]
fn the_published_schema_is_that_of_the_settings() {
    let wanted = format!("{}\n", serde_json::to_string_pretty(&settings_schema()).expect("text"));
    let path = of_the_checkout("assets/schema/settings.schema.json");
    if std::env::var_os(WRITE).is_some() {
        std::fs::write(&path, &wanted).expect("written");
    }
    let published = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert_eq!(published, wanted, "the schema is stale; run this test with {WRITE}=1");
}

fn fields(schema: &Value, found: &mut Vec<String>) {
    match schema {
        Value::Object(object) => {
            found.extend(object.get("properties").and_then(Value::as_object).into_iter().flat_map(|fields| fields.keys().cloned()));
            object.values().for_each(|part| fields(part, found));
        }
        Value::Array(parts) => parts.iter().for_each(|part| fields(part, found)),
        _ => {}
    }
}

#[test]
fn the_description_names_every_setting() {
    let description = std::fs::read_to_string(of_the_checkout("docs/settings.md")).expect("docs/settings.md");
    let mut settings = Vec::new();
    fields(&settings_schema(), &mut settings);
    assert!(settings.len() > 15, "{settings:?}");
    for setting in settings {
        assert!(description.contains(&format!("`{setting}`")) || description.contains(&format!("\"{setting}\"")), "{setting}");
    }
}
