//! What references and barcodes look like: validators.toml, barcodes.toml.

use super::text::{
    BarcodeFundText, BarcodePrefix, CheckCharacter, Digits, IgnoredCharacters, LedgerCode, MaskText, Padding, Regex, RuleName, Symbology,
};
use counterfoil_domain::reference::CharacterClass;
use schemars::JsonSchema;
use serde::Deserialize;

/// validators.toml: the shapes of references, and how their check digits are worked out.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ValidatorsFile {
    /// The shapes, by name.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub(crate) validators: Vec<ValidatorEntry>,
    /// The check digits, by name.
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub(crate) check_digits: Vec<CheckDigitEntry>,
}

/// The shape of a reference. All that is given must fit, in upper case.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ValidatorEntry {
    /// What funds.toml calls it.
    pub(crate) name: RuleName,
    /// Fewest characters.
    #[schemars(range(min = 1, max = 30))]
    pub(crate) min_length: u32,
    /// Most characters.
    #[schemars(range(min = 1, max = 30))]
    pub(crate) max_length: u32,
    /// Which characters; without it, any.
    #[serde(default)]
    pub(crate) characters: CharactersText,
    /// A pattern of the whole reference.
    pub(crate) regex: Option<Regex>,
    /// Character by character: `$` letter, `#` digit, `?` either, `*` either, space, `/` or `-`, `@` check digit, else itself.
    pub(crate) mask: Option<MaskText>,
    /// A check digit of this file.
    pub(crate) check_digit: Option<RuleName>,
    /// A pattern of what bills print; its first group is the reference.
    pub(crate) printed_form: Option<Regex>,
}

/// Which characters a reference may have.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum CharactersText {
    #[default]
    Any,
    Digits,
    Letters,
    Alphanumeric,
}

impl CharactersText {
    pub(crate) fn class(self) -> CharacterClass {
        match self {
            CharactersText::Any => CharacterClass::Any,
            CharactersText::Digits => CharacterClass::Digits,
            CharactersText::Letters => CharacterClass::Letters,
            CharactersText::Alphanumeric => CharacterClass::Alphanumeric,
        }
    }
}

/// How a check digit is worked out.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CheckDigitEntry {
    /// What a validator calls it.
    pub(crate) name: RuleName,
    /// Weighted sum, or the library cards' scheme.
    pub(crate) scheme: SchemeText,
    /// The modulus.
    #[schemars(range(min = 2, max = 1000))]
    pub(crate) modulus: u32,
    /// Weight by place in the whole reference; the check digit's own is 0.
    #[schemars(length(min = 1, max = 30), inner(range(max = 1000)))]
    pub(crate) weights: Vec<u32>,
    /// Digits that stand for the reference's first characters; weighted sum only.
    pub(crate) source_substitution: Option<Digits>,
    /// modulus − remainder, rather than the remainder; weighted sum only.
    #[serde(default)]
    pub(crate) subtract: bool,
    /// Results that are written another way.
    #[serde(default)]
    #[schemars(length(max = 20))]
    pub(crate) result_substitutions: Vec<SubstitutionEntry>,
}

/// The scheme of a check digit.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum SchemeText {
    WeightedSum,
    DynixLibrary,
}

/// A result that is written another way.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SubstitutionEntry {
    /// The number worked out.
    #[schemars(range(max = 1000))]
    pub(crate) from: u32,
    /// How it is written.
    pub(crate) to: CheckCharacter,
}

/// barcodes.toml: what the council's barcodes mean. Where several fit, the cashier is asked.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BarcodesFile {
    /// The layouts.
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub(crate) barcodes: Vec<BarcodeEntry>,
}

/// A barcode's layout. Places count from 0, once FNC1 and what is ignored have been left out.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BarcodeEntry {
    /// Its name.
    pub(crate) name: RuleName,
    /// How many characters it has.
    #[schemars(range(min = 1, max = 200))]
    pub(crate) length: u32,
    /// What it begins with; may be empty.
    pub(crate) prefix: BarcodePrefix,
    /// Where the reference stands.
    pub(crate) reference: SliceEntry,
    /// Where the amount stands, in pence.
    pub(crate) amount: Option<SliceEntry>,
    /// The fund, where the layout belongs to one.
    pub(crate) fund_code: Option<LedgerCode>,
    /// Where the fund stands, where the barcode says it.
    pub(crate) fund: Option<SliceEntry>,
    /// What stands there for which fund; without it, the fund's code itself.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub(crate) funds: Vec<BarcodeFundEntry>,
    /// A character that pads the reference on its left.
    pub(crate) strip_leading: Option<Padding>,
    /// Characters that are left out first, such as spaces and dashes.
    pub(crate) ignored: Option<IgnoredCharacters>,
    /// The barcode's own check digit.
    pub(crate) check_digit: Option<BarcodeCheckEntry>,
    /// Only from this symbology, by its AIM identifier or the identifier's first two characters.
    pub(crate) symbology: Option<Symbology>,
}

/// What stands in a barcode for a fund.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BarcodeFundEntry {
    /// What stands there.
    pub(crate) barcode: BarcodeFundText,
    /// The fund.
    pub(crate) fund_code: LedgerCode,
}

/// A barcode's own check digit: the last character of a run.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BarcodeCheckEntry {
    /// A check digit of validators.toml.
    pub(crate) name: RuleName,
    /// The run's first character, from 0.
    #[schemars(range(max = 199))]
    pub(crate) start: u32,
    /// How many characters, the check digit included.
    #[schemars(range(min = 2, max = 30))]
    pub(crate) length: u32,
}

/// A run of characters.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SliceEntry {
    /// The first character's place, from 0.
    #[schemars(range(max = 199))]
    pub(crate) start: u32,
    /// How many characters.
    #[schemars(range(min = 1, max = 30))]
    pub(crate) length: u32,
}
