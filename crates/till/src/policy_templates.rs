//! The Group Policy templates: one policy for each of the machine's settings, in both languages, made from the settings' own schema so
//! that none is forgotten, and for what a first start asks for. They are in `installers/policy`.

use crate::phrases::words;
use crate::settings::SCHEMA;
use crate::settings_in_force::{ENROL_CODE, FIRST_START, LEDGER_URL};
use counterfoil_domain::text::Language;
use serde_json::Value;
use std::fmt::Write as _;

/// The registry's key, below `HKLM`.
const KEY: &str = r"SOFTWARE\Policies\Counterfoil";
/// What nobody sets: the file's version, and what the till itself remembers in it.
const NOT_DECIDED: [&str; 2] = ["format", "printer_before"];

/// How the value of one policy is entered.
enum Entered {
    /// As text: a path, an address, or JSON.
    Text,
    /// As a number within these bounds.
    Number { least: u64, most: u64 },
    /// Chosen from these.
    Choice(Vec<String>),
}

/// Name and way of entering of every policy, in the order of their names.
fn policies() -> Vec<(String, Entered)> {
    let fields = SCHEMA["properties"].as_object();
    let settings = fields.into_iter().flatten().filter(|(name, _)| !NOT_DECIDED.contains(&name.as_str()));
    let mut policies: Vec<(String, Entered)> = settings.map(|(name, schema)| (name.clone(), entered(schema))).collect();
    // A code is good for one till, once, and whoever uses the machine can read its policies.
    let first_start = FIRST_START.into_iter().filter(|name| *name != ENROL_CODE);
    policies.extend(first_start.chain([LEDGER_URL]).map(|name| (name.to_owned(), Entered::Text)));
    policies.sort_by(|one, other| one.0.cmp(&other.0));
    policies
}

fn entered(schema: &Value) -> Entered {
    if let Some(choices) = schema["enum"].as_array() {
        return Entered::Choice(choices.iter().filter_map(Value::as_str).map(str::to_owned).collect());
    }
    match schema["type"].as_str() {
        Some("integer") => Entered::Number {
            least: schema["minimum"].as_u64().unwrap_or(0),
            most: schema["maximum"].as_u64().unwrap_or(u64::from(u32::MAX)),
        },
        Some("boolean") => Entered::Number { least: 0, most: 1 },
        _ => Entered::Text,
    }
}

/// `counterfoil.admx`.
pub fn admx() -> String {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <!-- Made from the settings' schema by the test policy_templates. Don't edit. -->\n\
         <policyDefinitions xmlns=\"http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions\" revision=\"1.0\" schemaVersion=\"1.0\">\n  \
         <policyNamespaces>\n    \
         <target prefix=\"counterfoil\" namespace=\"Counterfoil.Policies\" />\n    \
         <using prefix=\"windows\" namespace=\"Microsoft.Policies.Windows\" />\n  \
         </policyNamespaces>\n  \
         <resources minRequiredRevision=\"1.0\" />\n  \
         <categories>\n    <category name=\"Counterfoil\" displayName=\"$(string.Counterfoil)\" />\n  </categories>\n  \
         <policies>\n",
    );
    for (name, entered) in policies() {
        let element = match &entered {
            Entered::Text => format!("<text id=\"value\" valueName=\"{name}\" required=\"true\" maxLength=\"16383\" />"),
            Entered::Number { least, most } => {
                format!("<decimal id=\"value\" valueName=\"{name}\" required=\"true\" minValue=\"{least}\" maxValue=\"{most}\" />")
            }
            Entered::Choice(choices) => {
                let item = |choice: &String| {
                    format!("<item displayName=\"$(string.{})\"><value><string>{choice}</string></value></item>", choice_id(&name, choice))
                };
                let items: String = choices.iter().map(item).collect();
                format!("<enum id=\"value\" valueName=\"{name}\" required=\"true\">{items}</enum>")
            }
        };
        let _ = write!(
            text,
            "    <policy name=\"{name}\" class=\"Machine\" displayName=\"$(string.{name})\" explainText=\"$(string.{name}_help)\" \
             presentation=\"$(presentation.{name})\" key=\"{KEY}\">\n      \
             <parentCategory ref=\"Counterfoil\" />\n      \
             <supportedOn ref=\"windows:SUPPORTED_Windows_10_0\" />\n      \
             <elements>{element}</elements>\n    </policy>\n"
        );
    }
    text.push_str("  </policies>\n</policyDefinitions>\n");
    text
}

/// `counterfoil.adml` in one language.
pub fn adml(language: Language) -> String {
    let say = |key: &str| escaped(&words(language, key, &[]));
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <!-- Made from assets/locales by the test policy_templates. Don't edit. -->\n\
         <policyDefinitionResources xmlns=\"http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions\" revision=\"1.0\" schemaVersion=\"1.0\">\n  \
         <displayName>{0}</displayName>\n  <description>{1}</description>\n  <resources>\n    <stringTable>\n      \
         <string id=\"Counterfoil\">{0}</string>\n",
        say("policy-category"),
        say("policy-description")
    );
    let policies = policies();
    for (name, entered) in &policies {
        let key = format!("policy-{}", name.replace('_', "-"));
        let _ = writeln!(text, "      <string id=\"{name}\">{}</string>", say(&key));
        let _ = writeln!(text, "      <string id=\"{name}_help\">{}</string>", say(&format!("{key}-help")));
        if let Entered::Choice(choices) = entered {
            for choice in choices {
                let _ = writeln!(text, "      <string id=\"{}\">{}</string>", choice_id(name, choice), say(&format!("{key}-{choice}")));
            }
        }
    }
    text.push_str("    </stringTable>\n    <presentationTable>\n");
    for (name, entered) in &policies {
        let label = say(&format!("policy-{}", name.replace('_', "-")));
        let element = match entered {
            Entered::Text => format!("<textBox refId=\"value\"><label>{label}</label></textBox>"),
            Entered::Number { .. } => format!("<decimalTextBox refId=\"value\">{label}</decimalTextBox>"),
            Entered::Choice(_) => format!("<dropdownList refId=\"value\" noSort=\"true\" defaultItem=\"0\">{label}</dropdownList>"),
        };
        let _ = writeln!(text, "      <presentation id=\"{name}\">{element}</presentation>");
    }
    text.push_str("    </presentationTable>\n  </resources>\n</policyDefinitionResources>\n");
    text
}

fn choice_id(name: &str, choice: &str) -> String {
    format!("{name}_{}", choice.replace('-', "_"))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
