//! Words from the Fluent files, for what Rust itself says: receipts and other papers, and messages for callers without a translation.

use counterfoil_documents::receipt::Phrases;
use counterfoil_domain::text::Language;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use std::collections::BTreeMap;
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

macro_rules! sources {
    ($tag:literal) => {
        &[
            include_str!(concat!("../../../assets/locales/", $tag, "/receipt.ftl")),
            include_str!(concat!("../../../assets/locales/", $tag, "/day_end.ftl")),
            include_str!(concat!("../../../assets/locales/", $tag, "/errors.ftl")),
            include_str!(concat!("../../../assets/locales/", $tag, "/support.ftl")),
            include_str!(concat!("../../../assets/locales/", $tag, "/printing.ftl")),
            include_str!(concat!("../../../assets/locales/", $tag, "/reports.ftl")),
            include_str!(concat!("../../../assets/locales/", $tag, "/upkeep.ftl")),
            include_str!(concat!("../../../assets/locales/", $tag, "/policy.ftl")),
        ]
    };
}

const ENGLISH: &[&str] = sources!("en-GB");
const WELSH: &[&str] = sources!("cy");

static BUNDLES: LazyLock<[FluentBundle<FluentResource>; 2]> = LazyLock::new(|| [bundle("en-GB", ENGLISH), bundle("cy", WELSH)]);

/// A message that can't be parsed is left out and shows as its key; the tests find it.
fn bundle(tag: &str, sources: &[&str]) -> FluentBundle<FluentResource> {
    let language: LanguageIdentifier = tag.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // Marks around arguments help screens with two directions of writing; on paper they print as rubbish.
    bundle.set_use_isolating(false);
    for source in sources {
        let resource = match FluentResource::try_new((*source).to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        bundle.add_resource_overriding(resource);
    }
    bundle
}

fn say(language: Language, key: &str, arguments: &FluentArgs<'_>) -> Option<String> {
    let [english, welsh] = &*BUNDLES;
    let bundle = if language == Language::Welsh { welsh } else { english };
    let pattern = bundle.get_message(key)?.value()?;
    Some(bundle.format_pattern(pattern, Some(arguments), &mut Vec::new()).into_owned())
}

/// Are there words under this key?
pub(crate) fn has_words(key: &str) -> bool {
    BUNDLES[0].has_message(key)
}

/// The words of an error's code in English, or the code itself where there are none.
pub fn english_message(code: &str, args: &BTreeMap<String, String>) -> String {
    let mut arguments = FluentArgs::new();
    for (name, value) in args {
        arguments.set(name.as_str(), value.as_str());
    }
    say(Language::English, &format!("error-{code}"), &arguments).unwrap_or_else(|| code.to_owned())
}

/// The words of an error's code in both languages, one after the other: for where nobody's language is known yet.
pub fn bilingual_message(code: &str) -> String {
    let key = format!("error-{code}");
    format!("{}\n\n{}", words(Language::English, &key, &[]), words(Language::Welsh, &key, &[]))
}

/// Words in one language; in English, or as their key, where there are none.
pub(crate) fn words(language: Language, key: &str, args: &[(&str, &str)]) -> String {
    ReceiptPhrases(language).phrase(key, args)
}

/// The words of receipts and other papers in one language.
pub(crate) struct ReceiptPhrases(pub Language);

impl Phrases for ReceiptPhrases {
    fn phrase(&self, key: &str, args: &[(&str, &str)]) -> String {
        let mut arguments = FluentArgs::new();
        for (name, value) in args {
            arguments.set(*name, *value);
        }
        say(self.0, key, &arguments).or_else(|| say(Language::English, key, &arguments)).unwrap_or_else(|| key.to_owned())
    }
}
