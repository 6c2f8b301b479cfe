//! The page's words in both languages, and how it writes money and moments.

use chrono::NaiveDate;
use counterfoil_domain::Pence;
use counterfoil_domain::text::Language;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

const ENGLISH: &str = include_str!("../../../../assets/locales/en-GB/ledger.ftl");
const WELSH: &str = include_str!("../../../../assets/locales/cy/ledger.ftl");

static BUNDLES: LazyLock<[FluentBundle<FluentResource>; 2]> = LazyLock::new(|| [bundle("en-GB", ENGLISH), bundle("cy", WELSH)]);

/// A message that can't be parsed is left out and shows as its key; the tests find it.
fn bundle(tag: &str, source: &str) -> FluentBundle<FluentResource> {
    let language: LanguageIdentifier = tag.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    bundle.set_use_isolating(false);
    let resource = match FluentResource::try_new(source.to_owned()) {
        Ok(resource) | Err((resource, _)) => resource,
    };
    bundle.add_resource_overriding(resource);
    bundle
}

/// One language's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words(pub Language);

impl Words {
    /// `en-GB` or `cy`.
    pub fn tag(self) -> &'static str {
        if self.0 == Language::Welsh { "cy" } else { "en-GB" }
    }

    /// Words without arguments.
    pub fn say(self, key: &str) -> String {
        self.say_with(key, &[])
    }

    /// Words with arguments; in English, or as their key, where there are none.
    pub fn say_with(self, key: &str, args: &[(&str, &str)]) -> String {
        let mut arguments = FluentArgs::new();
        for (name, value) in args {
            arguments.set(*name, *value);
        }
        let [english, welsh] = &*BUNDLES;
        let own = if self.0 == Language::Welsh { welsh } else { english };
        let said = [own, english].into_iter().find_map(|bundle| {
            let pattern = bundle.get_message(key)?.value()?;
            Some(bundle.format_pattern(pattern, Some(&arguments), &mut Vec::new()).into_owned())
        });
        said.unwrap_or_else(|| key.to_owned())
    }
}

/// `£1,204.50`.
pub fn money(pence: i64) -> String {
    Pence(pence).to_string()
}

/// `25/11/2026`.
pub fn day(day: NaiveDate) -> String {
    day.format("%d/%m/%Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(source: &str) -> Vec<&str> {
        source.lines().filter_map(|line| line.split_once(" = ")).map(|(key, _)| key).filter(|key| !key.starts_with([' ', '#'])).collect()
    }

    #[test]
    fn every_word_is_there_in_both_languages_and_can_be_read() {
        assert_eq!(keys(ENGLISH), keys(WELSH));
        for source in [ENGLISH, WELSH] {
            assert!(FluentResource::try_new(source.to_owned()).is_ok());
        }
    }
}
