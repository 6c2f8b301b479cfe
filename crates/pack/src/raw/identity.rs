//! Who the council is, and how it looks: council.toml, offices.csv, receipt.toml, brand.toml.

use super::text::{
    AddressLine, Colour, CouncilCode, LanguageTag, Name, Names, OfficeCode, PackVersion, ReceiptNumber, Sentences, TimeZone, VatNumber,
};
use schemars::JsonSchema;
use serde::Deserialize;

/// council.toml: who the council is, and which format the pack is written in.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CouncilFile {
    /// The version of the pack format: 1.
    #[schemars(range(min = 1, max = 1))]
    #[expect(dead_code, reason = "read before anything else is, to refuse a newer format with a clear message")]
    pub(crate) format: u32,
    /// The pack's own version, as the council counts it.
    pub(crate) version: PackVersion,
    /// Short code, unique among councils that share a ledger.
    pub(crate) code: CouncilCode,
    /// The council's name.
    pub(crate) name: Names,
    /// Postal address, line by line, for the receipt.
    #[schemars(length(min = 1, max = 6))]
    pub(crate) address: Vec<AddressLine>,
    /// VAT registration number; needed where any VAT rate is above 0.
    pub(crate) vat_number: Option<VatNumber>,
    /// IANA time zone: decides which day a payment belongs to.
    pub(crate) time_zone: TimeZone,
    /// Languages offered; the first is the default.
    #[schemars(length(min = 1, max = 2))]
    pub(crate) languages: Vec<LanguageTag>,
    /// A demonstration: the screen says so, and shows how to sign in.
    #[serde(default)]
    pub(crate) demonstration: bool,
    /// For a demonstration: how to sign in, in words.
    #[serde(default)]
    pub(crate) sign_in_hint: Option<Sentences>,
}

/// One row of offices.csv: a site where money is taken.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OfficeRow {
    /// 1–2 letters and digits.
    pub(crate) code: OfficeCode,
    /// Its name.
    pub(crate) name: Name,
    /// Its name in Welsh.
    pub(crate) name_cy: Option<Name>,
}

/// receipt.toml: the receipt's number and its own words.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReceiptFile {
    /// Pattern of the receipt number: `{office}`, `{till}` and `{serial}`, with an optional width such as `{serial:07}`.
    pub(crate) number: ReceiptNumber,
    /// Printed under the council's address.
    #[serde(default)]
    #[schemars(length(max = 10))]
    pub(crate) header: Vec<Sentences>,
    /// Printed at the end.
    #[serde(default)]
    #[schemars(length(max = 10))]
    pub(crate) footer: Vec<Sentences>,
    /// Print logo.png at the top?
    #[serde(default)]
    pub(crate) logo: bool,
    /// Print the number as a QR code too, for scanners and phones that read pictures?
    #[serde(default)]
    pub(crate) qr: bool,
    /// Printed on the back of cheques under the council's name, by printers that can: its bank account, for instance.
    #[serde(default)]
    #[schemars(length(max = 4))]
    pub(crate) endorsement: Vec<Sentences>,
}

/// brand.toml: the council's colours. Its logo is logo.svg for the screen and logo.png for the receipt.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BrandFile {
    /// Behind the top bar and on the main button.
    pub(crate) colour: Colour,
    /// Text on that colour; at least 4.5 to 1 in contrast.
    pub(crate) on_colour: Colour,
}
