//! What IT types to see which settings hold on a machine.

use crate::command_line::{out, pretty};
use crate::layers::layers;
use clap::Subcommand;
use counterfoil_till::{SettingsInForce, TillError};
use serde_json::{Value, json};
use std::path::Path;

/// This machine's settings.
#[derive(Subcommand)]
pub enum SettingsTask {
    /// Say each setting's value and where it comes from: policy, install, file or default. The counter may be open.
    Show {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
}

/// Runs one. Settings above the file that can't be used are named, and make the exit code 1.
pub fn perform(data: &Path, task: SettingsTask) -> Result<(), TillError> {
    let SettingsTask::Show { json } = task;
    let layers = layers();
    let file = SettingsInForce::read(data, &layers);
    let settings = match &file {
        Ok(settings) => settings.clone(),
        Err(_) => SettingsInForce::without_file(&layers)?,
    };
    if json {
        out(&pretty(&json!({
            "settings": settings.each(),
            "wrong": settings.wrong,
            "places": { "policy": layers.policy.place, "install": layers.install.place, "file": data.join("settings.json") },
            "file_trouble": file.as_ref().err().map(ToString::to_string),
        })));
    } else {
        for setting in settings.each() {
            let value = if setting.value == Value::Null { "-".to_owned() } else { setting.value.to_string() };
            out(&format!("{:<14} {:<8} {value}", setting.name, setting.origin.word()));
        }
        settings.wrong.iter().for_each(|wrong| out(&format!("Can't be used: {}: {}", wrong.place, wrong.reason)));
    }
    file?;
    match settings.wrong.iter().find(|wrong| !wrong.unknown) {
        Some(wrong) => Err(TillError::not_done("settings-unreadable").with("reason", &wrong.reason)),
        None => Ok(()),
    }
}
