//! What the council's codes are in its LocalGov IMS: localgov_ims.toml.

use super::text::{LedgerCode, OfficeCode, UserCode, VatCodeText};
use schemars::JsonSchema;
use serde::Deserialize;

/// localgov_ims.toml: codes that differ between this pack and the council's LocalGov IMS. What isn't listed is the same in both.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LocalgovImsFile {
    /// The IMS's number that stands for people without one of their own.
    #[schemars(range(min = 0, max = 2_147_483_647))]
    pub(crate) other_users: Option<i32>,
    /// Methods of payment.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub(crate) mops: Vec<ImsMopEntry>,
    /// Funds.
    #[serde(default)]
    #[schemars(length(max = 1000))]
    pub(crate) funds: Vec<ImsFundEntry>,
    /// VAT codes.
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub(crate) vat_codes: Vec<ImsVatEntry>,
    /// Offices.
    #[serde(default)]
    #[schemars(length(max = 1000))]
    pub(crate) offices: Vec<ImsOfficeEntry>,
    /// People.
    #[serde(default)]
    #[schemars(length(max = 10_000))]
    pub(crate) users: Vec<ImsUserEntry>,
}

/// A MOP that is another one in the IMS, or two: one for each direction.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ImsMopEntry {
    /// Its code in mops.csv.
    pub(crate) code: LedgerCode,
    /// The IMS's, whichever way the money goes.
    pub(crate) ims_code: Option<LedgerCode>,
    /// The IMS's for amounts above zero, such as the MOP of transfers in.
    #[serde(rename = "in")]
    pub(crate) into: Option<LedgerCode>,
    /// The IMS's for amounts below zero, such as the MOP of transfers out.
    pub(crate) out: Option<LedgerCode>,
}

/// A fund that has another code in the IMS.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ImsFundEntry {
    /// Its code in funds.toml.
    pub(crate) code: LedgerCode,
    /// The IMS's.
    pub(crate) ims_code: LedgerCode,
}

/// A VAT code that is another one in the IMS.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ImsVatEntry {
    /// Its code in vat.csv.
    pub(crate) code: VatCodeText,
    /// The IMS's.
    pub(crate) ims_code: VatCodeText,
}

/// An office that has another code in the IMS.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ImsOfficeEntry {
    /// Its code in offices.csv.
    pub(crate) code: OfficeCode,
    /// The IMS's.
    pub(crate) ims_code: OfficeCode,
}

/// The IMS's number of a person. A code that is a number itself needs no entry.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ImsUserEntry {
    /// Their code in users.csv.
    pub(crate) code: UserCode,
    /// The IMS's number.
    #[schemars(range(min = 0, max = 2_147_483_647))]
    pub(crate) number: i32,
}
