//! The Group Policy templates are those of the settings: none without a policy, none without words in both languages, and as published.

use counterfoil_till::{Language, adml, admx, settings_schema};
use roxmltree::{Document, Node};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Set it to write the templates anew: `COUNTERFOIL_WRITE_SCHEMAS=1 cargo test -p counterfoil-till --test till policy_templates::`.
const WRITE: &str = "COUNTERFOIL_WRITE_SCHEMAS";

/// The folders of the languages. Windows falls back to `en-US`, and shows nothing at all where that isn't there.
const LANGUAGES: [(&str, Language); 3] = [("en-US", Language::English), ("en-GB", Language::English), ("cy-GB", Language::Welsh)];

fn published(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../installers/policy").join(path)
}

fn elements<'a>(document: &'a Document<'a>, tag: &'static str) -> impl Iterator<Item = Node<'a, 'a>> {
    document.descendants().filter(move |node| node.tag_name().name() == tag)
}

/// The words of one language by their ids.
fn strings(text: &str) -> BTreeMap<String, String> {
    let document = Document::parse(text).expect("XML");
    let string = |node: Node<'_, '_>| (node.attribute("id").expect("id").to_owned(), node.text().unwrap_or_default().to_owned());
    elements(&document, "string").filter(|node| node.attribute("id").is_some()).map(string).collect()
}

#[test]
fn every_setting_and_what_a_first_start_asks_for_has_a_policy_that_writes_the_value_that_the_till_reads() {
    let text = admx();
    let document = Document::parse(&text).expect("XML");
    let mut values: BTreeSet<String> = BTreeSet::new();
    for policy in elements(&document, "policy") {
        assert_eq!(policy.attribute("key"), Some(r"SOFTWARE\Policies\Counterfoil"));
        assert_eq!(policy.attribute("class"), Some("Machine"));
        let value = policy.descendants().find_map(|node| node.attribute("valueName")).expect("a value");
        values.insert(value.to_owned());
    }
    let schema = settings_schema();
    let mut wanted: BTreeSet<String> = schema["properties"].as_object().expect("settings").keys().cloned().collect();
    // The file's version, and the till's own memory of the printer before.
    wanted.remove("format");
    wanted.remove("printer_before");
    wanted.extend(["ledger_url", "office", "pack", "till"].map(str::to_owned));
    assert_eq!(values, wanted, "a setting without a policy, or a policy without a setting");
}

#[test]
fn every_word_that_a_policy_needs_is_there_in_both_languages() {
    let text = admx();
    let document = Document::parse(&text).expect("XML");
    let named = |prefix: &str| -> BTreeSet<String> {
        let attributes = document.descendants().flat_map(|node| node.attributes());
        let inside = |value: &str| Some(value.strip_prefix(prefix)?.strip_suffix(')')?.to_owned());
        attributes.filter_map(|attribute| inside(attribute.value())).collect()
    };
    let (english, welsh) = (strings(&adml(Language::English)), strings(&adml(Language::Welsh)));
    for words in [&english, &welsh] {
        assert_eq!(words.keys().cloned().collect::<BTreeSet<_>>(), named("$(string."));
        let missing: Vec<_> = words.iter().filter(|(_, words)| words.is_empty() || words.starts_with("policy-")).collect();
        assert!(missing.is_empty(), "no words for {missing:?}");
    }
    let same: Vec<&String> = english.keys().filter(|id| english[*id] == welsh[*id] && *id != "Counterfoil").collect();
    assert!(same.is_empty(), "not in Welsh: {same:?}");
    let adml = adml(Language::Welsh);
    let resources = Document::parse(&adml).expect("XML");
    let presentations: BTreeSet<String> =
        elements(&resources, "presentation").map(|node| node.attribute("id").expect("id").to_owned()).collect();
    assert_eq!(presentations, named("$(presentation."));
}

#[test]
fn the_published_templates_are_those_of_the_settings() {
    let mut files = vec![("counterfoil.admx".to_owned(), admx())];
    files.extend(LANGUAGES.map(|(folder, language)| (format!("{folder}/counterfoil.adml"), adml(language))));
    for (name, wanted) in files {
        let path = published(&name);
        if std::env::var_os(WRITE).is_some() {
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("folder");
            std::fs::write(&path, &wanted).expect("written");
        }
        let found = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        assert_eq!(found, wanted, "{name} is stale; run this test with {WRITE}=1");
    }
}
