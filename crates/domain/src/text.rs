//! Text that people type: what is kept of it, and words in more than one language.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The languages that the counter and its receipts speak.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
pub enum Language {
    /// British English.
    #[default]
    #[serde(rename = "en-GB")]
    English,
    /// Welsh.
    #[serde(rename = "cy")]
    Welsh,
}

impl Language {
    /// Every language that the program is delivered in.
    pub const ALL: [Language; 2] = [Language::English, Language::Welsh];

    /// The BCP 47 tag, which is also the locale folder's name.
    pub fn tag(self) -> &'static str {
        match self {
            Language::English => "en-GB",
            Language::Welsh => "cy",
        }
    }
}

/// Words from the council's pack: always in English, in Welsh where the council gives it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Words {
    /// British English.
    #[serde(rename = "en-GB")]
    pub english: String,
    /// Welsh, where the council gives it.
    #[serde(rename = "cy", default, skip_serializing_if = "Option::is_none")]
    pub welsh: Option<String>,
}

impl Words {
    /// Words that are the same in every language, such as a name.
    pub fn same(text: &str) -> Words {
        Words { english: text.to_owned(), welsh: None }
    }

    /// The words in `language`, or in English where there are none.
    pub fn in_language(&self, language: Language) -> &str {
        match (language, &self.welsh) {
            (Language::Welsh, Some(welsh)) => welsh,
            _ => &self.english,
        }
    }
}

/// The longest narrative, in characters: LocalGov IMS's column holds 100.
pub const MAX_NARRATIVE: usize = 100;

/// True when `text` can be printed, stored and sent: no control characters, no direction overrides.
pub fn is_plain(text: &str) -> bool {
    !text
        .chars()
        .any(|c| c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'))
}

/// Single spaces, none at the ends.
pub fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
