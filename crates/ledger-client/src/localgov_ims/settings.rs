//! What a council says about its IMS: where it is, how to be let in, how patient to be, and which of its codes are ours.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
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
    /// Which of its codes are ours.
    pub mapping: Mapping,
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

/// Which of the IMS's codes are ours. A code that isn't listed is the same in both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mapping {
    /// Methods of payment.
    pub mops: BTreeMap<String, ImsMop>,
    /// Funds.
    pub funds: BTreeMap<String, String>,
    /// VAT codes.
    pub vat_codes: BTreeMap<String, String>,
    /// Offices.
    pub offices: BTreeMap<String, String>,
    /// People. The IMS knows them by a number; a code that is a number needs no row.
    pub users: BTreeMap<String, i32>,
    /// Who stands for people without a number of their own.
    pub other_users: Option<i32>,
}

/// A MOP of the IMS.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ImsMop {
    /// One code.
    Always(String),
    /// One for each direction: the IMS's transfers have a MOP marked `IsATransferIn` and one marked `IsATransferOut`.
    ByDirection {
        /// For postings above zero.
        #[serde(rename = "in")]
        into: String,
        /// For postings below zero.
        out: String,
    },
}

impl Mapping {
    /// The IMS's code for a posting by this MOP; `out` when it takes money off an account.
    pub fn mop<'a>(&'a self, code: &'a str, out: bool) -> &'a str {
        match self.mops.get(code) {
            None => code,
            Some(ImsMop::Always(ims)) => ims,
            Some(ImsMop::ByDirection { into, out: out_of }) => {
                if out {
                    out_of
                } else {
                    into
                }
            }
        }
    }

    /// The IMS's code for a fund.
    pub fn fund<'a>(&'a self, code: &'a str) -> &'a str {
        self.funds.get(code).map_or(code, String::as_str)
    }

    /// The IMS's code for a VAT code.
    pub fn vat_code<'a>(&'a self, code: &'a str) -> &'a str {
        self.vat_codes.get(code).map_or(code, String::as_str)
    }

    /// The IMS's code for an office.
    pub fn office<'a>(&'a self, code: &'a str) -> &'a str {
        self.offices.get(code).map_or(code, String::as_str)
    }

    /// The IMS's number for a person; none when nobody stands for them.
    pub fn user(&self, code: &str) -> Option<i32> {
        self.users.get(code).copied().or_else(|| code.parse().ok()).or(self.other_users)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_without_a_row_is_the_same_in_both() {
        let mapping = Mapping::default();
        assert_eq!((mapping.mop("92", false), mapping.fund("23"), mapping.vat_code("N0"), mapping.office("CH")), ("92", "23", "N0", "CH"));
        assert_eq!((mapping.user("12"), mapping.user("sam")), (Some(12), None));
    }

    #[test]
    fn a_transfer_leaves_by_one_mop_and_arrives_by_another() {
        let mapping: Mapping =
            serde_json::from_str(r#"{"mops": {"JR": {"in": "10", "out": "11"}, "CA": "1"}, "users": {"sam": 7}, "other_users": 1}"#)
                .unwrap();
        assert_eq!((mapping.mop("JR", true), mapping.mop("JR", false), mapping.mop("CA", true)), ("11", "10", "1"));
        assert_eq!((mapping.user("sam"), mapping.user("alex")), (Some(7), Some(1)));
    }

    #[test]
    fn a_misspelt_table_is_refused() {
        assert!(serde_json::from_str::<Mapping>(r#"{"mop": {}}"#).is_err());
    }

    #[test]
    fn a_secret_is_never_printed() {
        let settings =
            Settings { auth: Auth::Bearer(Secret::new("hush")), client_certificate_pem: Some(Secret::new("hush")), ..Settings::default() };
        assert!(!format!("{settings:?}").contains("hush"));
    }
}
