//! Which terminal a till drives, and where it is.

use crate::nexo::{NexoTerminal, NexoTimeouts};
use crate::simulator::Simulator;
use crate::{CardTerminal, TerminalError};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use ts_rs::TS;

/// The port at which a nexo terminal listens on its own network.
const NEXO_PORT: u16 = 8443;
/// A terminal gives a payment up after 120 s. Giving up before it does would leave every slow customer unclear.
const NEXO_ANSWER_MS: u64 = 150_000;

/// A card terminal, as a till's settings say it:
/// `{"kind": "nexo", "host": "192.0.2.9", "poi_id": "P400Plus-275479597", …}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum TerminalTarget {
    /// The demonstration's terminal: no money moves.
    Simulator,
    /// A terminal on the local network that speaks nexo Retailer 3.0.
    Nexo(NexoTarget),
}

/// Where a nexo terminal is, and what it and the till have agreed. The passphrase of the key is with the till's secrets, not here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct NexoTarget {
    /// Name or address.
    #[schemars(length(min = 1))]
    pub host: String,
    /// 8443 unless told otherwise.
    #[serde(default = "nexo_port")]
    #[schemars(range(min = 1))]
    pub port: u16,
    /// The terminal's model and serial number, as in `P400Plus-275479597`. Its certificate must say the same.
    #[schemars(regex(pattern = "^[A-Za-z0-9]{3,}-[A-Za-z0-9]{9,15}$"))]
    pub poi_id: String,
    /// What this till calls itself at the terminal. No two tills may be called the same.
    #[schemars(length(min = 1, max = 64))]
    pub sale_id: String,
    /// The name of the key that was agreed with the terminal.
    #[schemars(length(min = 1, max = 128))]
    pub key_identifier: String,
    /// Its version.
    #[schemars(range(min = 0, max = 999_999))]
    pub key_version: u32,
    /// A file with the root certificate (PEM) of the terminal's maker. No other is trusted.
    #[ts(type = "string")]
    pub authority: PathBuf,
    /// A terminal that takes real money; otherwise one for tests. A terminal of the other sort isn't trusted.
    pub live: bool,
    /// How long to wait for a payment's answer, in milliseconds: 150 s unless told otherwise. A real terminal needs no less.
    #[serde(default = "nexo_answer_ms")]
    #[schemars(range(min = 1_000, max = 600_000))]
    #[ts(type = "number")]
    pub answer_timeout_ms: u64,
}

fn nexo_port() -> u16 {
    NEXO_PORT
}

fn nexo_answer_ms() -> u64 {
    NEXO_ANSWER_MS
}

/// What a terminal is opened with that isn't in the settings.
#[derive(Clone, Copy)]
pub struct Opening<'a> {
    /// The till's own folder, for a terminal that keeps its books there.
    pub folder: &'a Path,
    /// The passphrase of the key that was agreed, from the till's secrets.
    pub passphrase: Option<&'a str>,
}

impl TerminalTarget {
    /// What it is called in the journal: a payment is only ever asked about at the terminal that it was sent to.
    pub fn name(&self) -> &str {
        match self {
            TerminalTarget::Simulator => "simulator",
            TerminalTarget::Nexo(target) => &target.poi_id,
        }
    }

    /// What the till calls itself there; empty where the terminal needs no name. Under another name a terminal knows nothing of what it
    /// took.
    pub fn known_as(&self) -> &str {
        match self {
            TerminalTarget::Simulator => "",
            TerminalTarget::Nexo(target) => &target.sale_id,
        }
    }

    /// The same terminal, of the same sort, which knows the till by the same name? Where it stands in the network and its key may differ.
    pub fn is_same(&self, other: &TerminalTarget) -> bool {
        let live = |target: &TerminalTarget| matches!(target, TerminalTarget::Nexo(target) if target.live);
        self.name() == other.name() && self.known_as() == other.known_as() && live(self) == live(other)
    }

    /// The terminal that is there. Nothing is connected before it is asked something.
    ///
    /// # Errors
    /// `terminal-bad-settings` when it can't be opened with these settings.
    pub fn open(&self, opening: Opening<'_>) -> Result<Box<dyn CardTerminal>, TerminalError> {
        match self {
            TerminalTarget::Simulator => Ok(Box::new(Simulator::new(opening.folder))),
            TerminalTarget::Nexo(target) => {
                let passphrase = opening.passphrase.unwrap_or_default();
                Ok(Box::new(NexoTerminal::new(target, passphrase, NexoTimeouts::of(target))?))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEXO: &str = r#"{"kind":"nexo","host":"192.0.2.9","poi_id":"P400Plus-275479597","sale_id":"till-07","key_identifier":"key",
        "key_version":1,"authority":"root.pem","live":true}"#;

    #[test]
    fn settings_need_only_say_which_terminal_it_is_and_what_was_agreed_with_it() {
        let TerminalTarget::Nexo(target) = serde_json::from_str(NEXO).unwrap() else { panic!("another kind") };
        assert_eq!((target.port, target.answer_timeout_ms), (8443, 150_000));
        assert_eq!(serde_json::from_str::<TerminalTarget>(r#"{"kind":"simulator"}"#).unwrap(), TerminalTarget::Simulator);
    }

    #[test]
    fn a_misspelt_setting_is_refused_and_so_is_a_passphrase_among_them() {
        let misspelt = NEXO.replace("\"live\"", "\"alive\"");
        let secret = NEXO.replace("\"live\"", "\"passphrase\":\"x\",\"live\"");
        for json in [misspelt.as_str(), secret.as_str(), r#"{"kind":"pdq"}"#, r#"{"kind":"nexo"}"#] {
            assert!(serde_json::from_str::<TerminalTarget>(json).is_err(), "{json}");
        }
    }
}
