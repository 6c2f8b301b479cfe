//! The published schemas: never stale, and what the delivered packs hold to.

use crate::delivered::{BOTH, files};
use counterfoil_pack::schemas;
use serde_json::{Map, Value};
use std::fs;
use std::path::{Path, PathBuf};

/// Set it to write the schemas anew: `COUNTERFOIL_WRITE_SCHEMAS=1 cargo test -p counterfoil-pack --test pack schemas::`.
const WRITE: &str = "COUNTERFOIL_WRITE_SCHEMAS";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/packs/schema/v1")
}

#[test]
fn the_published_schemas_are_those_of_the_file_types() {
    let write = std::env::var_os(WRITE).is_some();
    for (name, schema) in schemas() {
        let wanted = format!("{}\n", serde_json::to_string_pretty(&schema).unwrap());
        let path = folder().join(name);
        if write {
            fs::write(&path, &wanted).unwrap();
        }
        let published = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        assert_eq!(published, wanted, "{name} is stale; run this test with {WRITE}=1");
    }
}

#[test]
fn nothing_else_is_published() {
    let mut published: Vec<String> =
        fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    published.sort();
    let wanted: Vec<&str> = schemas().iter().map(|(name, _)| *name).collect();
    assert_eq!(published, wanted);
}

/// A file as its schema sees it, read by other means than the pack's own: one value, or one for each row.
fn instances(name: &str, bytes: &[u8]) -> Vec<Value> {
    if name.ends_with(".toml") {
        return vec![toml::from_str(std::str::from_utf8(bytes).unwrap()).unwrap()];
    }
    let mut reader = csv::Reader::from_reader(bytes);
    let names = reader.headers().unwrap().clone();
    let row = |record: csv::StringRecord| {
        let cells = names.iter().zip(record.iter()).filter(|(_, cell)| !cell.is_empty());
        Value::Object(cells.map(|(name, cell)| (name.to_owned(), Value::from(cell))).collect::<Map<_, _>>())
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

#[test]
fn the_delivered_packs_hold_to_the_published_schemas() {
    for pack in BOTH {
        let files = files(pack);
        for (name, schema) in schemas() {
            let stem = name.trim_end_matches(".schema.json");
            let names = [format!("{stem}.toml"), format!("{stem}.csv")];
            let (name, bytes) = names.iter().find_map(|name| Some((name, files.get(name)?))).expect("both packs have every file");
            let validator = jsonschema::draft202012::new(&schema).unwrap();
            let instances = instances(name, bytes);
            assert!(!instances.is_empty(), "{pack}/{name}");
            for instance in instances {
                let errors: Vec<String> = validator.iter_errors(&instance).map(|error| error.to_string()).collect();
                assert!(errors.is_empty(), "{pack}/{name}: {errors:?}");
            }
        }
    }
}

#[test]
fn a_schema_says_more_than_types() {
    let (_, funds) = schemas().into_iter().find(|(name, _)| *name == "funds.schema.json").unwrap();
    let validator = jsonschema::draft202012::new(&funds).unwrap();
    let fund = serde_json::json!({ "code": "23", "name": { "en-GB": "Tax" }, "vat_code": "N0", "maximum": "1.00" });
    let with = |name: &str, value: Value| {
        let mut fund = fund.clone();
        fund[name] = value;
        serde_json::json!({ "funds": [fund] })
    };
    assert!(validator.is_valid(&with("at_counter", true.into())));
    for (name, value) in [
        ("code", Value::from("TOOLONG")),
        ("maximum", "-1".into()),
        ("maximum", 1.into()),
        ("name", "Tax".into()),
        ("gl_code", Value::Null),
        ("colour", "red".into()),
    ] {
        assert!(!validator.is_valid(&with(name, value.clone())), "{name} {value}");
    }
}

#[test]
fn the_format_s_description_names_every_field_of_every_file() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/pack-format.md");
    let description = fs::read_to_string(path).unwrap();
    let words: Vec<&str> = description.split(|c: char| !(c.is_alphanumeric() || "_.-".contains(c))).collect();
    let mut named = 0;
    for (name, schema) in schemas() {
        let nested = schema["$defs"].as_object().into_iter().flat_map(Map::values);
        for field in [&schema].into_iter().chain(nested).filter_map(|one| one["properties"].as_object()).flat_map(Map::keys) {
            assert!(words.iter().any(|word| word.trim_matches('.') == field), "{name}: {field}");
            named += 1;
        }
    }
    assert!(named > 100, "{named}");
    for file in counterfoil_pack::FILE_NAMES {
        assert!(description.contains(file), "{file}");
    }
}
