//! What the program is made of: a bill of materials (CycloneDX) beside the MSI, and everybody's licences inside it. Both come from the
//! lock files, so the same sources make the same papers.

use super::package::Package;
use crate::checkout::Checkout;
use crate::shell::{self, Failure};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// One thing that the program is made of.
struct Part {
    name: String,
    version: String,
    licence: String,
    /// Its package URL.
    purl: String,
    /// Where it lies on this machine: its licence's text is there.
    folder: PathBuf,
    /// Of its source archive, as the lock file has it.
    sha256: Option<String>,
    needs: Vec<String>,
}

/// Writes both.
///
/// # Errors
/// A lock file can't be read, or a part names no licence.
pub fn write(checkout: &Checkout, package: &Package) -> Result<(), Failure> {
    let mut parts = crates(checkout)?;
    parts.extend(npm_packages(checkout)?);
    if let Some(part) = parts.iter().find(|part| part.licence.is_empty()) {
        return Err(Failure::new(format!("{} {} names no licence", part.name, part.version)));
    }
    let bill = serde_json::to_string_pretty(&bill(&parts, &package.version)).map_err(|error| Failure::new(error.to_string()))?;
    write_file(&package.bill, &bill)?;
    write_file(&package.files.join("LICENCES.txt"), &licences(checkout, &parts)?)?;
    println!("{} parts with their licences.", parts.len());
    Ok(())
}

/// What the Windows program is linked from: not what only tests or build scripts need.
fn crates(checkout: &Checkout) -> Result<Vec<Part>, Failure> {
    let wanted = ["--format-version", "1", "--locked", "--filter-platform", "x86_64-pc-windows-gnu", crate::programs::SHIPPED_FEATURES];
    let answer = shell::output(checkout.cargo(["metadata"]).args(wanted))?;
    let metadata: Value = serde_json::from_str(&answer).map_err(|error| Failure::new(format!("cargo metadata: {error}")))?;
    let checksums = checksums(&read(&checkout.path("Cargo.lock"))?);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let packages: BTreeMap<String, &Value> = list(&metadata["packages"]).map(|package| (text(&package["id"]), package)).collect();
    let nodes: BTreeMap<String, &Value> = list(&metadata["resolve"]["nodes"]).map(|node| (text(&node["id"]), node)).collect();
    let purl = |id: &String| {
        let package = packages.get(id).copied().unwrap_or(&Value::Null);
        format!("pkg:cargo/{}@{}", text(&package["name"]), text(&package["version"]))
    };
    let program = packages.iter().find(|(_, package)| package["name"] == "counterfoil").map(|(id, _)| id.clone());
    let mut waiting: Vec<String> = program.into_iter().collect();
    let (mut seen, mut parts) = (BTreeSet::new(), Vec::new());
    while let Some(id) = waiting.pop() {
        if !seen.insert(id.clone()) {
            continue;
        }
        let needs: Vec<String> = nodes.get(&id).map(|node| linked(node)).unwrap_or_default();
        let package = packages.get(&id).copied().unwrap_or(&Value::Null);
        let (name, version) = (text(&package["name"]), text(&package["version"]));
        parts.push(Part {
            licence: text(&package["license"]).replace('/', " OR "),
            purl: purl(&id),
            folder: Path::new(&text(&package["manifest_path"])).parent().map(Path::to_owned).unwrap_or_default(),
            sha256: checksums.get(&(name.clone(), version.clone())).cloned(),
            needs: needs.iter().map(purl).collect(),
            name,
            version,
        });
        waiting.extend(needs);
    }
    parts.sort_by(|one, other| one.purl.cmp(&other.purl));
    Ok(parts)
}

/// The ids of what a crate is linked with.
fn linked(node: &Value) -> Vec<String> {
    let normal = |dependency: &&Value| list(&dependency["dep_kinds"]).any(|kind| kind["kind"].is_null());
    list(&node["deps"]).filter(normal).filter_map(|dependency| dependency["pkg"].as_str().map(str::to_owned)).collect()
}

/// The checksums in a Cargo.lock.
fn checksums(lock: &str) -> BTreeMap<(String, String), String> {
    let mut found = BTreeMap::new();
    for block in lock.split("[[package]]") {
        let value = |key: &str| {
            let line = block.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = \""));
            line.and_then(|rest| rest.strip_suffix('"')).map(str::to_owned)
        };
        if let (Some(name), Some(version), Some(checksum)) = (value("name"), value("version"), value("checksum")) {
            found.insert((name, version), checksum);
        }
    }
    found
}

/// What the window's contents are made from: not what only builds or tests them.
fn npm_packages(checkout: &Checkout) -> Result<Vec<Part>, Failure> {
    let lock: Value = serde_json::from_str(&read(&checkout.path("ui/package-lock.json"))?)
        .map_err(|error| Failure::new(format!("ui/package-lock.json: {error}")))?;
    let packages = lock["packages"].as_object().into_iter().flatten();
    let shipped = packages.filter(|(place, package)| !place.is_empty() && package["dev"] != true);
    let part = |(place, package): (&String, &Value)| {
        let name = place.rsplit_once("node_modules/").map_or(place.as_str(), |(_, name)| name).to_owned();
        let version = package["version"].as_str().unwrap_or_default().to_owned();
        Part {
            purl: format!("pkg:npm/{}@{version}", name.replace('@', "%40")),
            licence: package["license"].as_str().unwrap_or_default().to_owned(),
            folder: checkout.path("ui").join(place),
            sha256: None,
            needs: Vec::new(),
            name,
            version,
        }
    };
    Ok(shipped.map(part).collect())
}

/// CycloneDX 1.5. It has neither a time nor a serial number, so that the same sources make the same bill.
fn bill(parts: &[Part], version: &str) -> Value {
    let component = |part: &Part| {
        let mut component = json!({
            "type": "library", "bom-ref": part.purl, "name": part.name, "version": part.version, "purl": part.purl,
            "licenses": [{ "expression": part.licence }],
        });
        if let Some(sha256) = &part.sha256 {
            component["hashes"] = json!([{ "alg": "SHA-256", "content": sha256 }]);
        }
        component
    };
    let others = || parts.iter().filter(|part| part.name != "counterfoil");
    let needs = |part: &Part| json!({ "ref": part.purl, "dependsOn": part.needs.iter().collect::<BTreeSet<_>>() });
    json!({
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
        "metadata": { "component": {
            "type": "application", "bom-ref": format!("pkg:cargo/counterfoil@{version}"), "name": "counterfoil", "version": version,
            "licenses": [{ "expression": "MIT" }],
        } },
        "components": others().map(component).collect::<Vec<_>>(),
        "dependencies": parts.iter().map(needs).collect::<Vec<_>>(),
    })
}

/// Every licence's text once, with the names of those who use it.
fn licences(checkout: &Checkout, parts: &[Part]) -> Result<String, Failure> {
    let mut texts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for part in parts.iter().filter(|part| !part.folder.starts_with(checkout.path("crates"))) {
        let who = format!("{} {} ({})", part.name, part.version, part.licence);
        for text in licence_texts(&part.folder)? {
            texts.entry(text).or_default().insert(who.clone());
        }
    }
    let own = read(&checkout.path("LICENSE"))?;
    let mut all = format!("Counterfoil\r\n\r\n{}\r\n", own.replace('\n', "\r\n"));
    all.push_str("It contains the following, each under its own licence.\r\n\r\n");
    for part in parts {
        let _ = write!(all, "{} {}: {}\r\n", part.name, part.version, part.licence);
    }
    all.push_str("The Rust standard library: MIT OR Apache-2.0\r\nWebView2Loader.dll: BSD-3-Clause, Microsoft Corporation\r\n");
    for (text, who) in texts {
        let _ = write!(all, "\r\n{}\r\n{}\r\n\r\n{}\r\n", "-".repeat(80), Vec::from_iter(who).join("\r\n"), text.replace('\n', "\r\n"));
    }
    Ok(all)
}

/// The texts in a part's folder. Some parts only name their licence: it is named in the list then, as they do.
fn licence_texts(folder: &Path) -> Result<Vec<String>, Failure> {
    let mut texts = Vec::new();
    let entries = fs::read_dir(folder).map_err(|error| Failure::at(folder, &error))?;
    for path in entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_uppercase();
        if ["LICENSE", "LICENCE", "COPYING", "NOTICE", "COPYRIGHT"].iter().any(|front| name.starts_with(front)) {
            let bytes = fs::read(&path).map_err(|error| Failure::at(&path, &error))?;
            texts.push(String::from_utf8_lossy(&bytes).replace("\r\n", "\n").trim().to_owned());
        }
    }
    Ok(texts)
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|error| Failure::at(path, &error))
}

fn write_file(path: &Path, text: &str) -> Result<(), Failure> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| Failure::at(folder, &error))?;
    }
    fs::write(path, text).map_err(|error| Failure::at(path, &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_file_gives_each_package_its_checksum() {
        let lock = "version = 4\n\n[[package]]\nname = \"one\"\nversion = \"1.0.0\"\nchecksum = \"ab\"\n\n[[package]]\nname = \"own\"\nversion = \"0.1.0\"\n";
        let found = checksums(lock);
        assert_eq!(found.get(&("one".into(), "1.0.0".into())), Some(&"ab".to_owned()));
        assert_eq!(found.len(), 1);
    }
}
