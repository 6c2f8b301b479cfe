//! What a council says about its IMS: where it is, how to be let in, how patient to be, and which of its codes are ours.

use counterfoil_domain::ims_codes::ImsCodes;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Everything that paying into an IMS needs.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Where its API is, with the path before `/api`, such as `https://gateway.example.gov.uk/ims`.
    pub base_url: String,
    /// How to be let in. The IMS itself asks nobody; a gateway before it may.
    pub auth: Auth,
    /// A client certificate and its key, PEM, one after the other.
    pub client_certificate_pem: Option<Secret>,
    /// The council's own certificate authorities, PEM. With them no others are trusted; without, the machine's are.
    pub ca_pem: Option<String>,
    /// How patient to be.
    pub pace: Pace,
    /// Which of its codes stand for ours.
    pub codes: ImsCodes,
}

/// How a gateway is told who asks.
#[derive(Clone, Debug, Default)]
pub enum Auth {
    /// Not at all, or by the client certificate.
    #[default]
    None,
    /// `Authorization: Bearer …`
    Bearer(Secret),
    /// A header of the gateway's choosing.
    ApiKey {
        /// Its name, such as `Ocp-Apim-Subscription-Key`.
        header: String,
        /// Its value.
        key: Secret,
    },
}

/// A token, key or private key. It can't be printed by accident.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Keeps it.
    pub fn new(secret: impl Into<String>) -> Secret {
        Secret(secret.into())
    }

    /// The secret itself, for the one who sends it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Secret(…)")
    }
}

/// How patient to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Pace {
    /// How long a connection may take, in milliseconds.
    pub connect_timeout_ms: u64,
    /// How long one whole request may take, in milliseconds.
    pub request_timeout_ms: u64,
    /// How long after giving up on a posting it may still be written, in milliseconds. Nothing of that receipt is posted again
    /// before it has passed and a search has shown what is there.
    pub settle_ms: i64,
    /// How often in a row a posting may be refused, while others pass, before its receipt is put aside for a person.
    pub refusals_before_quarantine: u32,
    /// The same for a posting that is never answered properly, while others are.
    pub failures_before_quarantine: u32,
}

/// ASP.NET stops a request after 110 seconds by default; what was not written by then isn't written any more.
impl Default for Pace {
    fn default() -> Pace {
        Pace {
            connect_timeout_ms: 5_000,
            request_timeout_ms: 30_000,
            settle_ms: 120_000,
            refusals_before_quarantine: 5,
            failures_before_quarantine: 20,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_never_printed() {
        let settings =
            Settings { auth: Auth::Bearer(Secret::new("hush")), client_certificate_pem: Some(Secret::new("hush")), ..Settings::default() };
        assert!(!format!("{settings:?}").contains("hush"));
    }
}
