//! The kinds of text that fields hold. Each has its bounds and its form in the schema, and its form in words.

use counterfoil_domain::text::Words;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use std::borrow::Cow;

/// Defines kinds of text: name, fewest and most characters, form, and what a person is told who wrote something else.
macro_rules! text_kinds {
    ($($(#[$doc:meta])* $name:ident: $least:literal..=$most:literal, $pattern:literal, $words:literal;)*) => {
        $($(#[$doc])*
        #[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
        #[serde(transparent)]
        pub(crate) struct $name(pub(crate) String);

        impl std::ops::Deref for $name {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn inline_schema() -> bool {
                true
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "minLength": $least, "maxLength": $most, "pattern": $pattern })
            }
        })*

        /// What a pattern of the schemas asks for, in words.
        pub(crate) fn pattern_in_words(pattern: &str) -> &'static str {
            match pattern {
                $($pattern => $words,)*
                _ => "isn't of the form that this field takes",
            }
        }
    };
}

text_kinds! {
    /// A name or label.
    Name: 1..=60, r"\S", "is empty";
    /// A sentence.
    Sentence: 1..=200, "[^ ]", "is blank";
    /// A council's code.
    CouncilCode: 1..=12, "^[A-Za-z0-9]{1,12}$", "must be 1 to 12 letters and digits";
    /// The pack's own version.
    PackVersion: 1..=40, "^[A-Za-z0-9][A-Za-z0-9. _-]*$", "must begin with a letter or digit and go on with those and . _ -";
    /// A line of the postal address; a narrow receipt has 42 columns.
    AddressLine: 1..=42, "^[^ ].*$", "must not begin with a space";
    /// A VAT registration number.
    VatNumber: 9..=20, "^(GB|XI)? ?([0-9] ?){9}([0-9] ?){0,3}$", "must be 9 or 12 digits, with or without GB before them";
    /// An IANA time zone.
    TimeZone: 1..=40, "^[A-Za-z0-9/_+-]+$", "must be a time zone such as Europe/London";
    /// An office's code.
    OfficeCode: 1..=2, "^[A-Za-z0-9]{1,2}$", "must be 1 or 2 letters and digits";
    /// A fund's or MOP's code.
    LedgerCode: 1..=5, "^[A-Za-z0-9]{1,5}$", "must be 1 to 5 letters and digits";
    /// A VAT code.
    VatCodeText: 1..=2, "^[A-Z0-9a-z]{1,2}$", "must be 1 or 2 letters and digits";
    /// A general ledger code.
    GlCode: 1..=30, "^[A-Za-z0-9./ -]+$", "must be letters, digits and . / - only";
    /// Pounds, read exactly. The most is £9,999,999.99, which the reading itself holds to.
    Amount: 1..=20, r"^[0-9]+(\.[0-9]{1,2})?$", "must be pounds and pence such as 12.50, without £, commas or a sign";
    /// A share: 0.2 is 20 %.
    Fraction: 1..=10, r"^[0-9](\.[0-9]{1,6})?$", "must be a share between 0 and 1, such as 0.2 for 20 %";
    /// A validator's or check digit's name.
    RuleName: 1..=60, "^[^ ](.*[^ ])?$", "must not begin or end with a space";
    /// A regular expression.
    Regex: 1..=400, "^.+$", "must be a regular expression on one line";
    /// A mask of LocalGov IMS.
    MaskText: 1..=30, "^[ -~]+$", "must be letters, digits and signs of a plain keyboard";
    /// Digits that stand for a reference's first characters.
    Digits: 1..=10, "^[0-9]+$", "must be digits";
    /// A check character.
    CheckCharacter: 1..=1, "^[0-9A-Z]$", "must be one digit or capital letter";
    /// A message's number.
    MessageId: 1..=9, "^[1-9][0-9]{0,8}$", "must be a whole number from 1";
    /// A role's, reason's or denomination's code.
    Slug: 1..=30, "^[a-z0-9][a-z0-9-]*$", "must be small letters, digits and dashes";
    /// What a person types to sign in.
    UserCode: 1..=20, "^[A-Za-z0-9][A-Za-z0-9._-]*$", "must be letters, digits and . _ -";
    /// Role codes, parted by single spaces.
    RoleCodes: 1..=200, "^[a-z0-9-]+( [a-z0-9-]+)*$", "must be codes of roles.toml, parted by single spaces";
    /// Argon2id in PHC form.
    SecretHash: 1..=300, r"^\$argon2id\$v=19\$m=[0-9]+,t=[0-9]+,p=[0-9]+\$[A-Za-z0-9+/]+\$[A-Za-z0-9+/]+$",
        "must be an argon2id hash in PHC form, never a PIN or password itself";
    /// What a barcode begins with.
    BarcodePrefix: 0..=30, "^[ -~]*$", "must be letters, digits and signs of a plain keyboard";
    /// What stands in a barcode for a fund.
    BarcodeFundText: 1..=30, "^[!-~]+$", "must be letters, digits and signs of a plain keyboard";
    /// Characters of a barcode that mean nothing.
    IgnoredCharacters: 1..=20, "^[ -~]{1,20}$", "must be up to 20 characters of a plain keyboard";
    /// One character that pads a reference.
    Padding: 1..=1, "^[ -~]$", "must be one character of a plain keyboard";
    /// An AIM symbology identifier, with its modifier or without.
    Symbology: 2..=3, r"^\][A-Za-z][0-9A-Za-z]?$", "must be an AIM symbology identifier such as ]C0, or ]C for any of its kind";
    /// A receipt number's pattern.
    ReceiptNumber: 1..=60, r"^[A-Za-z0-9{}:/-]+$", "must be letters, digits, - and /, with {office}, {till} and {serial}";
    /// A colour.
    Colour: 7..=7, "^#[0-9A-Fa-f]{6}$", "must be a colour such as #1d4f91";
}

/// A short text in the council's languages.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Names {
    /// British English; always there.
    #[serde(rename = "en-GB")]
    pub(crate) english: Name,
    /// Welsh; English stands in where it isn't given.
    #[serde(rename = "cy")]
    pub(crate) welsh: Option<Name>,
}

impl Names {
    pub(crate) fn words(&self) -> Words {
        words(&self.english, self.welsh.as_deref())
    }
}

/// A longer text in the council's languages.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sentences {
    /// British English; always there.
    #[serde(rename = "en-GB")]
    pub(crate) english: Sentence,
    /// Welsh; English stands in where it isn't given.
    #[serde(rename = "cy")]
    pub(crate) welsh: Option<Sentence>,
}

impl Sentences {
    pub(crate) fn words(&self) -> Words {
        words(&self.english, self.welsh.as_deref())
    }
}

/// The domain's words from the two columns of a CSV file.
pub(crate) fn words(english: &str, welsh: Option<&str>) -> Words {
    Words { english: english.to_owned(), welsh: welsh.map(str::to_owned) }
}

/// A language's BCP 47 tag.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
pub(crate) enum LanguageTag {
    #[serde(rename = "en-GB")]
    English,
    #[serde(rename = "cy")]
    Welsh,
}

impl LanguageTag {
    pub(crate) fn language(self) -> counterfoil_domain::text::Language {
        match self {
            LanguageTag::English => counterfoil_domain::text::Language::English,
            LanguageTag::Welsh => counterfoil_domain::text::Language::Welsh,
        }
    }
}

/// A CSV cell that says yes or no.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum YesNo {
    Yes,
    No,
}

impl YesNo {
    pub(crate) fn is_yes(self) -> bool {
        self == YesNo::Yes
    }
}
