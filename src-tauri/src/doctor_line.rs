//! What IT types to look at a machine, and to send what it says to somebody who helps.

use crate::command_line::{out, pretty, warn};
use crate::folders;
use crate::layers::layers;
use crate::machine::Window;
use clap::Args;
use clap::builder::PossibleValuesParser;
use counterfoil_till::{Check, Finding, Language, Patient, SettingsInForce, TillError, check_names, check_up, write_support_bundle};
use serde_json::json;
use std::path::{Path, PathBuf};

/// What to look at.
#[derive(Args)]
pub struct DoctorArguments {
    /// Only these checks.
    #[arg(value_parser = PossibleValuesParser::new(check_names()))]
    checks: Vec<String>,
    /// As JSON.
    #[arg(long)]
    json: bool,
    /// Look at the whole journal, and not only at its end.
    #[arg(long)]
    full: bool,
    /// In Welsh.
    #[arg(long)]
    cymraeg: bool,
}

/// Looks, and says what was found. Something wrong makes the exit code 1; what should only be looked at doesn't.
pub fn perform(data: &Path, arguments: &DoctorArguments) -> Result<(), TillError> {
    let language = if arguments.cymraeg { Language::Welsh } else { Language::English };
    let secrets = folders::secrets(data);
    let patient = Patient::new(data, SettingsInForce::read(data, &layers()), &*secrets, &Window, arguments.full);
    let checks = check_up(&patient, &arguments.checks, &mut |check, _| {
        if !arguments.json {
            out(&line(check, language));
        }
        true
    });
    let wrong = checks.iter().filter(|check| check.finding == Finding::Wrong).count();
    if arguments.json {
        let said = |check: &Check| json!({ "name": check.name, "finding": check.finding, "code": check.code, "args": check.args, "words": check.words(language) });
        out(&pretty(&json!({ "wrong": wrong, "checks": checks.iter().map(said).collect::<Vec<_>>() })));
    }
    if wrong == 0 { Ok(()) } else { Err(TillError::not_done("doctor-wrong").with("count", wrong)) }
}

fn line(check: &Check, language: Language) -> String {
    let mark = match check.finding {
        Finding::Ok => "ok   ",
        Finding::LookAtThis => "look ",
        Finding::Wrong => "WRONG",
    };
    format!("{mark}  {:<12} {}", check.name, check.words(language))
}

/// Looks at the machine, and writes the support bundle with what was found. What was found is said beside where the bundle is.
pub fn support(data: &Path, to: Option<PathBuf>) -> Result<(), TillError> {
    let secrets = folders::secrets(data);
    let patient = Patient::new(data, SettingsInForce::read(data, &layers()), &*secrets, &Window, false);
    let checks = check_up(&patient, &[], &mut |check, _| {
        warn(&line(check, Language::English));
        true
    });
    let path = write_support_bundle(&patient, &checks, to.as_deref())?;
    out(&path.display().to_string());
    Ok(())
}
