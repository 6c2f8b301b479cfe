//! Which settings hold on this machine: what a policy says comes first, then what the installation was given, then the data folder's
//! file, then the defaults. Each setting comes from one of them whole: a printer is never half a policy's and half the file's.

use crate::error::TillError;
use crate::settings::{SCHEMA, Settings, read_file, unreadable, write_file};
use serde::Serialize;
use serde_json::{Map, Value};
use std::path::Path;

/// The ledger's address alone, for a policy or an installation that needn't say more: a hub at this address.
pub(crate) const LEDGER_URL: &str = "ledger_url";
/// The one-time code for the ledger.
pub(crate) const ENROL_CODE: &str = "enrol_code";
/// What only a first start asks for.
pub(crate) const FIRST_START: [&str; 4] = [ENROL_CODE, "office", "till", "pack"];

/// Where a setting comes from, what counts most first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// A policy of the council's.
    Policy,
    /// A property that the installation was given.
    Install,
    /// `settings.json` in the data folder.
    File,
    /// Nobody has said anything.
    Default,
}

impl Origin {
    /// As it is said on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Origin::Policy => "policy",
            Origin::Install => "install",
            Origin::File => "file",
            Origin::Default => "default",
        }
    }
}

/// What one place above the file says: values by the settings' names. A structured one is an object, or JSON as text, for a registry
/// holds nothing else.
#[derive(Clone, Debug, Default)]
pub struct Layer {
    /// Where it is, as an administrator finds it.
    pub place: String,
    /// What it says.
    pub values: Map<String, Value>,
    /// Why it can't be read, if it can't.
    pub trouble: Option<String>,
}

impl Layer {
    /// A layer that is a JSON file; one that isn't there says nothing.
    pub fn of_file(path: &Path) -> Layer {
        let place = path.display().to_string();
        let read = match std::fs::read_to_string(path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Map::new()),
            Err(error) => Err(error.to_string()),
            Ok(text) => serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| error.to_string()),
        };
        match read {
            Ok(values) => Layer { place, values, trouble: None },
            Err(trouble) => Layer { place, values: Map::new(), trouble: Some(trouble) },
        }
    }

    /// What isn't there, or is empty, says nothing: an installer writes the properties that it wasn't given as well.
    fn value(&self, name: &str) -> Option<&Value> {
        self.values.get(name).filter(|value| !value.is_null() && value.as_str().is_none_or(|text| !text.trim().is_empty()))
    }
}

/// What is above the file.
#[derive(Clone, Debug, Default)]
pub struct Layers {
    /// The council's policy.
    pub policy: Layer,
    /// What the installation was given.
    pub install: Layer,
}

/// What a machine that was enrolled by its installation needs to set itself up; what wasn't given is asked for on the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FirstStart {
    /// The office's code in the pack.
    pub office: Option<String>,
    /// The till's name.
    pub till: Option<String>,
    /// The folder of the council's pack.
    pub pack: Option<String>,
    /// The one-time code for the ledger.
    pub enrol_code: Option<String>,
}

impl Layers {
    /// What the installation was given for the first start; a policy comes first here as well.
    pub fn first_start(&self) -> FirstStart {
        let text = |name| match self.policy.value(name).or_else(|| self.install.value(name)) {
            Some(Value::String(text)) => Some(text.trim().to_owned()),
            Some(Value::Number(number)) => Some(number.to_string()),
            _ => None,
        };
        FirstStart { office: text("office"), till: text("till"), pack: text("pack"), enrol_code: text(ENROL_CODE) }
    }

    fn above_the_file(&self) -> [(Origin, &Layer); 2] {
        [(Origin::Policy, &self.policy), (Origin::Install, &self.install)]
    }
}

/// A setting that can't be used. What it would have set comes from the next place down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WrongSetting {
    /// Which kind of place it is in.
    pub origin: Origin,
    /// Where that is.
    pub place: String,
    /// Which, and what is wrong with it: `printer.port: must be at most 65535`.
    pub reason: String,
    /// Only its name is wrong: this version doesn't know it, a later one may.
    pub unknown: bool,
}

/// One setting as it holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SettingInForce {
    /// Its name.
    pub name: String,
    /// Its value; null where there is none.
    pub value: Value,
    /// Where it comes from.
    pub origin: Origin,
}

/// The settings that hold, and where each comes from.
#[derive(Clone, Debug)]
pub struct SettingsInForce {
    /// What holds.
    pub settings: Settings,
    /// What can't be used, above the file.
    pub wrong: Vec<WrongSetting>,
    above: [(Origin, Map<String, Value>); 2],
    file: Map<String, Value>,
}

impl SettingsInForce {
    /// Reads the data folder's file below what policy and installation say.
    ///
    /// # Errors
    /// A file that can't be used is refused as it always was: whoever wrote it is at this machine. What is wrong above it is no
    /// error, lest one slip in a policy stop every counter of a council: [`SettingsInForce::wrong`] names it.
    pub fn read(folder: &Path, layers: &Layers) -> Result<SettingsInForce, TillError> {
        SettingsInForce::of(read_file(folder)?, layers)
    }

    /// The same without a file.
    ///
    /// # Errors
    /// None that what is above the file could cause.
    pub fn without_file(layers: &Layers) -> Result<SettingsInForce, TillError> {
        SettingsInForce::of(Map::new(), layers)
    }

    fn of(file: Map<String, Value>, layers: &Layers) -> Result<SettingsInForce, TillError> {
        let mut wrong = Vec::new();
        let above = layers.above_the_file().map(|(origin, layer)| (origin, usable(origin, layer, &mut wrong)));
        let settings = merged(&above, &file)?;
        Ok(SettingsInForce { settings, wrong, above, file })
    }

    /// Where a setting comes from.
    pub fn origin(&self, name: &str) -> Origin {
        let above = self.above.iter().find(|(_, values)| values.contains_key(name)).map(|(origin, _)| *origin);
        above.unwrap_or(if self.file.contains_key(name) { Origin::File } else { Origin::Default })
    }

    /// Does a policy or the installation decide this setting? Then what the file says of it counts for nothing, and it can't be changed
    /// at the till.
    pub fn fixed_by_policy(&self, name: &str) -> bool {
        self.above.iter().any(|(_, values)| values.contains_key(name))
    }

    /// Every setting, in the order of the description.
    pub fn each(&self) -> Vec<SettingInForce> {
        let values = serde_json::to_value(&self.settings).unwrap_or_default();
        let each = setting_names().map(|name| SettingInForce { value: values[name].clone(), origin: self.origin(name), name: name.into() });
        each.collect()
    }

    /// The settings with a change made in the file's place. Nothing is written yet.
    ///
    /// # Errors
    /// `setting-fixed` for one that a policy or the installation decides otherwise.
    pub fn changed(&self, change: impl FnOnce(&mut Settings)) -> Result<SettingsInForce, TillError> {
        let mut wanted = self.settings.clone();
        change(&mut wanted);
        let (before, after) = (as_map(&self.settings)?, as_map(&wanted)?);
        let mut file = self.file.clone();
        for name in setting_names().filter(|name| before.get(*name) != after.get(*name)) {
            if self.fixed_by_policy(name) {
                return Err(TillError::not_done("setting-fixed").with("name", name).with("by", self.origin(name).word()));
            }
            match after.get(name) {
                Some(value) => file.insert(name.to_owned(), value.clone()),
                None => file.remove(name),
            };
        }
        Ok(SettingsInForce { settings: merged(&self.above, &file)?, wrong: self.wrong.clone(), above: self.above.clone(), file })
    }

    /// Writes the file's part of them; what comes from above it stays above it.
    ///
    /// # Errors
    /// `store-read-only`, `disk-full` or `store-file`.
    pub fn write(&self, folder: &Path) -> Result<(), TillError> {
        let mut file = self.file.clone();
        file.insert("format".into(), self.settings.format.into());
        write_file(folder, &Value::Object(file))
    }
}

/// The names of all settings.
fn setting_names() -> impl Iterator<Item = &'static str> {
    let fields = SCHEMA["properties"].as_object();
    fields.into_iter().flat_map(Map::keys).map(String::as_str).filter(|name| *name != "format")
}

fn as_map(settings: &Settings) -> Result<Map<String, Value>, TillError> {
    match serde_json::to_value(settings) {
        Ok(Value::Object(map)) => Ok(map),
        _ => Err(TillError::not_done("internal").because("settings aren't an object")),
    }
}

fn merged(above: &[(Origin, Map<String, Value>); 2], file: &Map<String, Value>) -> Result<Settings, TillError> {
    let [(_, policy), (_, install)] = above;
    let mut whole = file.clone();
    for layer in [install, policy] {
        whole.extend(layer.iter().map(|(name, value)| (name.clone(), value.clone())));
    }
    serde_json::from_value(Value::Object(whole)).map_err(unreadable)
}

/// What of a layer can be used; the rest is named.
fn usable(origin: Origin, layer: &Layer, wrong: &mut Vec<WrongSetting>) -> Map<String, Value> {
    let tell = |reason: String, unknown| WrongSetting { origin, place: layer.place.clone(), reason, unknown };
    wrong.extend(layer.trouble.iter().map(|trouble| tell(trouble.clone(), false)));
    let mut values = Map::new();
    for name in setting_names() {
        let Some(value) = layer.value(name) else { continue };
        let value = of_the_kind(name, value);
        match problems(name, &value) {
            problems if problems.is_empty() => drop(values.insert(name.to_owned(), value)),
            problems => wrong.extend(problems.into_iter().map(|reason| tell(reason, false))),
        }
    }
    if let Some(url) = layer.value(LEDGER_URL).filter(|_| layer.value("ledger").is_none()) {
        let ledger = serde_json::json!({ "kind": "hub", "url": url });
        match problems("ledger", &ledger) {
            problems if problems.is_empty() => drop(values.insert("ledger".to_owned(), ledger)),
            problems => wrong.extend(problems.into_iter().map(|reason| tell(reason.replace("ledger.url", LEDGER_URL), false))),
        }
    }
    // An installer keeps things of its own beside what it was told; a policy's names come from the templates.
    if origin == Origin::Policy {
        let known = |name: &str| name == LEDGER_URL || FIRST_START.contains(&name) || setting_names().any(|known| known == name);
        let unknown = layer.values.keys().filter(|name| !known(name));
        wrong.extend(unknown.map(|name| tell(format!("{name}: there is no such setting"), true)));
    }
    values
}

fn problems(name: &str, value: &Value) -> Vec<String> {
    let whole = serde_json::json!({ name: value });
    let violations = counterfoil_pack::violations(&SCHEMA, &whole);
    match serde_json::from_value::<Settings>(whole) {
        Err(_) if violations.is_empty() => vec![format!("{name}: isn't of the form that this field takes")],
        _ => violations,
    }
}

/// A value as its setting wants it: a registry has only texts and numbers.
fn of_the_kind(name: &str, value: &Value) -> Value {
    let Value::String(text) = value else {
        let number = value.as_u64().filter(|number| *number < 2 && SCHEMA["properties"][name]["type"] == "boolean");
        return number.map_or_else(|| value.clone(), |number| Value::Bool(number == 1));
    };
    let schema = &SCHEMA["properties"][name];
    if schema["type"] == "string" || schema["enum"].is_array() {
        return Value::String(text.trim().to_owned());
    }
    serde_json::from_str(text).unwrap_or_else(|_| value.clone())
}
