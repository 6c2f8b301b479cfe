//! Validators and check digits.

use super::{entries, must_exist};
use crate::pack::{Loaded, RawPack};
use crate::problem::{Report, codes};
use crate::raw::ValidatorsFile;
use crate::raw::references::{CheckDigitEntry, SchemeText, ValidatorEntry};
use counterfoil_domain::reference::{CheckDigitScheme, Mask, ResultSubstitution, Scheme, Validator};
use regex::{Regex, RegexBuilder};

/// The most memory, in bytes, that one pattern's program may take: a pattern of repeated repeats can ask for any amount.
const MAX_REGEX_BYTES: usize = 1024 * 1024;

pub(super) fn validators(raw: &RawPack, report: &mut Report) -> Vec<Validator> {
    let Some(file) = &raw.validators else { return Vec::new() };
    let ValidatorsFile { validators, check_digits } = &file.data;
    report.duplicates(&file.source, entries("validators", validators).map(|(path, entry)| (format!("{path}.name"), &*entry.name)));
    report.duplicates(&file.source, entries("check_digits", check_digits).map(|(path, entry)| (format!("{path}.name"), &*entry.name)));
    let schemes = schemes(raw, report);
    entries("validators", validators).map(|(path, entry)| validator(file, &path, entry, &schemes, report)).collect()
}

/// The check digits, for validators and for barcodes.
pub(super) fn schemes(raw: &RawPack, report: &mut Report) -> Vec<CheckDigitScheme> {
    let Some(file) = &raw.validators else { return Vec::new() };
    entries("check_digits", &file.data.check_digits).map(|(path, entry)| scheme(file, &path, entry, report)).collect()
}

fn scheme(file: &Loaded<ValidatorsFile>, path: &str, entry: &CheckDigitEntry, report: &mut Report) -> CheckDigitScheme {
    let source = &file.source;
    if entry.weights.iter().all(|weight| *weight == 0) {
        report.at(source, &format!("{path}.weights"), codes::CONTRADICTION, "all are 0: no digit would count");
    }
    let substitutions: Vec<String> = entry.result_substitutions.iter().map(|substitution| substitution.from.to_string()).collect();
    let place = |index| format!("{path}.result_substitutions[{index}].from");
    report.duplicates(source, substitutions.iter().enumerate().map(|(index, from)| (place(index), from.as_str())));
    for (index, _) in entry.result_substitutions.iter().enumerate().filter(|(_, substitution)| substitution.from > entry.modulus) {
        report.at(source, &place(index), codes::CONTRADICTION, "is above the modulus: no result is");
    }
    let weighted = entry.scheme == SchemeText::WeightedSum;
    for (field, given) in [("source_substitution", entry.source_substitution.is_some()), ("subtract", entry.subtract)] {
        if given && !weighted {
            report.at(source, &format!("{path}.{field}"), codes::CONTRADICTION, "belongs to the scheme weighted-sum only");
        }
    }
    CheckDigitScheme {
        name: entry.name.0.clone(),
        scheme: match weighted {
            true => Scheme::WeightedSum {
                source_substitution: entry.source_substitution.as_ref().map(|digits| digits.0.clone()),
                subtract: entry.subtract,
            },
            false => Scheme::DynixLibrary,
        },
        modulus: entry.modulus,
        weights: entry.weights.clone(),
        result_substitutions: entry
            .result_substitutions
            .iter()
            .map(|substitution| ResultSubstitution { from: substitution.from, to: substitution.to.0.clone() })
            .collect(),
    }
}

fn validator(
    file: &Loaded<ValidatorsFile>,
    path: &str,
    entry: &ValidatorEntry,
    schemes: &[CheckDigitScheme],
    report: &mut Report,
) -> Validator {
    let source = &file.source;
    if entry.min_length > entry.max_length {
        report.at(source, &format!("{path}.min_length"), codes::CONTRADICTION, "is above max_length");
    }
    if let Some(mask) = &entry.mask {
        mask_fits_lengths(file, path, entry, mask, report);
    }
    let scheme = entry.check_digit.as_deref().and_then(|name| schemes.iter().find(|scheme| scheme.name == name));
    if let Some(name) = &entry.check_digit {
        let names = Some(schemes.iter().map(|scheme| &scheme.name));
        must_exist(report, file, &format!("{path}.check_digit"), name, names, "check digit");
    }
    if let Some(scheme) = scheme {
        weights_fit(file, path, entry, scheme, report);
    }
    Validator {
        name: entry.name.0.clone(),
        min_length: usize::try_from(entry.min_length).unwrap_or_default(),
        max_length: usize::try_from(entry.max_length).unwrap_or_default(),
        characters: entry.characters.class(),
        regex: entry.regex.as_ref().and_then(|pattern| whole(file, &format!("{path}.regex"), pattern, 0, report)),
        mask: entry.mask.as_ref().map(|mask| Mask::new(mask)),
        check_digit: scheme.cloned(),
        printed_form: entry.printed_form.as_ref().and_then(|pattern| whole(file, &format!("{path}.printed_form"), pattern, 1, report)),
    }
}

fn mask_fits_lengths(file: &Loaded<ValidatorsFile>, path: &str, entry: &ValidatorEntry, mask: &str, report: &mut Report) {
    let path = format!("{path}.mask");
    let places: Vec<char> = mask.chars().collect();
    let length = |number: u32| usize::try_from(number).unwrap_or_default();
    let check_places = places.iter().filter(|place| **place == '@').count();
    if places.len() != length(entry.max_length) {
        let reason = format!("has {} places, and max_length is {}", places.len(), entry.max_length);
        report.at(&file.source, &path, codes::CONTRADICTION, reason);
    } else if places.iter().skip(length(entry.min_length)).any(|place| *place != '*') {
        let reason = "references may be shorter than the mask only where it ends in *; min_length is too small or the mask too strict";
        report.at(&file.source, &path, codes::CONTRADICTION, reason);
    } else if check_places > 1 {
        report.at(&file.source, &path, codes::CONTRADICTION, "has more than one @");
    } else if check_places == 1 && entry.check_digit.is_none() {
        report.at(&file.source, &path, codes::CONTRADICTION, "has @, and the validator names no check_digit");
    }
}

/// Every digit must count: a reference longer than the weights would have digits that no check looks at. And the check digit
/// must not be part of its own sum.
fn weights_fit(file: &Loaded<ValidatorsFile>, path: &str, entry: &ValidatorEntry, scheme: &CheckDigitScheme, report: &mut Report) {
    let path = format!("{path}.check_digit");
    let longest = usize::try_from(entry.max_length).unwrap_or_default();
    let place = entry.mask.as_deref().and_then(|mask| Mask::new(mask).check_digit_place()).unwrap_or(longest.saturating_sub(1));
    let weighted = matches!(scheme.scheme, Scheme::WeightedSum { .. });
    if scheme.weights.len() < longest {
        let reason = format!("has {} weights, and max_length is {longest}", scheme.weights.len());
        report.at(&file.source, &path, codes::CONTRADICTION, reason);
    } else if weighted && scheme.weights.get(place).is_some_and(|weight| *weight != 0) {
        let reason = format!("its weight at place {place} (from 0) must be 0: there stands the check digit itself");
        report.at(&file.source, &path, codes::CONTRADICTION, reason);
    } else if !weighted && place + 1 != longest {
        report.at(&file.source, &path, codes::CONTRADICTION, "the scheme dynix-library has its check digit at the end");
    }
}

/// The pattern, made to match a whole text and nothing less.
fn whole(file: &Loaded<ValidatorsFile>, path: &str, pattern: &str, groups: usize, report: &mut Report) -> Option<Regex> {
    let compile = |text: &str| RegexBuilder::new(text).size_limit(MAX_REGEX_BYTES).build();
    // On its own first: `a)|(b` would only be a pattern with our brackets around it.
    match compile(pattern).and_then(|_| compile(&format!(r"\A(?:{pattern})\z"))) {
        Err(_) => {
            report.at(&file.source, path, codes::NOT_VALID, "isn't a regular expression that this program can use");
            None
        }
        Ok(whole) if whole.captures_len() <= groups => {
            report.at(&file.source, path, codes::NOT_VALID, "needs brackets around the part that is the reference");
            None
        }
        Ok(whole) => Some(whole),
    }
}
