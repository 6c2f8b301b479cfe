//! Who the council is and how it looks: identity, offices, receipt, colours and logo.

use super::{logo, rows};
use crate::files::PackFiles;
use crate::pack::RawPack;
use crate::problem::{PackProblem, Report, codes};
use crate::raw::text::words;
use counterfoil_domain::council::{Brand, Identity, Office, ReceiptTexts};
use counterfoil_domain::receipt::receipt_number;

/// The longest office code, till code and serial that a receipt number must hold.
const LONGEST_OFFICE: &str = "WW";
const LONGEST_TILL: &str = "WWWW";
const LARGEST_SERIAL: u64 = 9_999_999_999;
/// WCAG 2.2, success criterion 1.4.3 (AA): 4.5 to 1, here in hundredths.
const MIN_CONTRAST_HUNDREDTHS: u64 = 450;

pub(super) fn identity(raw: &RawPack, report: &mut Report) -> Identity {
    let Some(file) = &raw.council else { return Identity::default() };
    let (source, data) = (&file.source, &file.data);
    if data.time_zone.parse::<chrono_tz::Tz>().is_err() {
        report.at(source, "time_zone", codes::NOT_VALID, "isn't a time zone of the IANA list, such as Europe/London");
    }
    for (index, language) in data.languages.iter().enumerate() {
        if data.languages[..index].contains(language) {
            report.at(source, &format!("languages[{index}]"), codes::DUPLICATE, "is there twice");
        }
    }
    if data.sign_in_hint.is_some() && !data.demonstration {
        let reason = "would show everybody how to sign in; only a demonstration has it";
        report.at(source, "sign_in_hint", codes::CONTRADICTION, reason);
    }
    Identity {
        code: data.code.0.clone(),
        name: data.name.words(),
        address: data.address.iter().map(|line| line.0.clone()).collect(),
        vat_number: data.vat_number.as_ref().map(|number| number.0.clone()),
        time_zone: data.time_zone.0.clone(),
        languages: data.languages.iter().map(|language| language.language()).collect(),
        demonstration: data.demonstration,
        sign_in_hint: data.sign_in_hint.as_ref().map(|hint| hint.words()),
        pack_version: data.version.0.clone(),
    }
}

pub(super) fn offices(raw: &RawPack, report: &mut Report) -> Vec<Office> {
    let Some(file) = &raw.offices else { return Vec::new() };
    report.duplicates(&file.source, rows(Some(file)).map(|(path, row)| (format!("{path}.code"), &*row.code)));
    if file.data.is_empty() {
        report.at(&file.source, "", codes::NOT_COMPLETE, "has no office");
    }
    file.data.iter().map(|row| Office { code: row.code.0.clone(), name: words(&row.name, row.name_cy.as_deref()) }).collect()
}

pub(super) fn receipt(raw: &RawPack, files: &PackFiles, report: &mut Report) -> ReceiptTexts {
    let Some(file) = &raw.receipt else { return ReceiptTexts::default() };
    let data = &file.data;
    let lengths = raw.offices.iter().flat_map(|offices| offices.data.iter().map(|row| row.code.len()));
    let longest = lengths.clone().max().unwrap_or(LONGEST_OFFICE.len());
    let one_length = lengths.min().is_none_or(|shortest| shortest == longest);
    let longest = LONGEST_OFFICE.get(..longest).unwrap_or(LONGEST_OFFICE);
    if receipt_number(&data.number, longest, LONGEST_TILL, LARGEST_SERIAL).is_err() {
        let reason = "must have {office}, {till} and {serial} and, with a till of 4 characters and serial 9999999999, come to at most \
                      30 letters, digits, - and /";
        report.at(&file.source, "number", codes::NOT_VALID, reason);
    } else if runs_together(&data.number) || (!one_length && office_runs_into_till(&data.number)) {
        let reason = "puts two parts of changing length side by side: different receipts could get the same number";
        report.at(&file.source, "number", codes::CONTRADICTION, reason);
    }
    if data.logo && files.get("logo.png").is_none() {
        report.at(&file.source, "logo", codes::CONTRADICTION, "is true, and the pack has no logo.png");
    }
    ReceiptTexts {
        number: data.number.0.clone(),
        header: data.header.iter().map(|line| line.words()).collect(),
        footer: data.footer.iter().map(|line| line.words()).collect(),
        logo: data.logo,
        qr: data.qr,
        endorsement: data.endorsement.iter().map(|line| line.words()).collect(),
    }
}

/// Till 1 with serial 11 and till 11 with serial 1 must not get one number: something must part the serial from digits.
fn runs_together(pattern: &str) -> bool {
    let Some((before, rest)) = pattern.split_once("{serial") else { return false };
    let after = rest.split_once('}').map_or("", |(_, after)| after);
    let open = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '{' | '}'));
    open(before.chars().last()) || open(after.chars().next())
}

/// Till 12 of office A and till 2 of office A1 must not get one number: where offices' codes have several lengths, `-` or `/` must
/// stand somewhere between office and till. Tills' codes are of any length, for a pack doesn't know them.
fn office_runs_into_till(pattern: &str) -> bool {
    let (Some(office), Some(till)) = (pattern.find("{office}"), pattern.find("{till}")) else { return false };
    let between = pattern.get(office.min(till)..office.max(till)).unwrap_or_default();
    !between.contains(['-', '/'])
}

pub(super) fn brand(raw: &RawPack, files: &PackFiles, report: &mut Report) -> Brand {
    let logo_svg = files.get("logo.svg").and_then(|bytes| logo::svg(bytes, report));
    let logo_bitmap = files.get("logo.png").and_then(|bytes| match logo::bitmap(bytes) {
        Ok(bitmap) => Some(bitmap),
        Err(reason) => {
            report.push(PackProblem::of_file("logo.png", codes::PICTURE, reason));
            None
        }
    });
    let Some(file) = &raw.brand else { return Brand::default() };
    let (colour, on_colour) = (file.data.colour.to_lowercase(), file.data.on_colour.to_lowercase());
    let contrast = contrast_hundredths(&colour, &on_colour);
    if contrast < MIN_CONTRAST_HUNDREDTHS {
        let reason = format!("has a contrast of {}.{:02} to 1 on colour; 4.5 to 1 is the least", contrast / 100, contrast % 100);
        report.at(&file.source, "on_colour", codes::CONTRAST, reason);
    }
    Brand { colour, on_colour, logo_svg, logo_bitmap }
}

/// WCAG's contrast ratio of two colours (`#rrggbb`), in hundredths, rounded down.
fn contrast_hundredths(one: &str, other: &str) -> u64 {
    let (one, other) = (luminance(one), luminance(other));
    // WCAG adds 0.05 to both luminances, against glare.
    (one.max(other) + LUMINANCE_ONE / 20) * 100 / (one.min(other) + LUMINANCE_ONE / 20)
}

/// White's relative luminance in whole numbers.
const LUMINANCE_ONE: u64 = 1_000_000;

/// WCAG's relative luminance, in millionths.
fn luminance(colour: &str) -> u64 {
    let part = |from: usize| colour.get(from..from + 2).and_then(|hex| u8::from_str_radix(hex, 16).ok()).unwrap_or_default();
    (2126 * linear(part(1)) + 7152 * linear(part(3)) + 722 * linear(part(5))) / 10_000
}

/// One sRGB channel as light, in millionths.
#[allow(clippy::float_arithmetic, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "light, not money; 0 to 1,000,000")]
fn linear(channel: u8) -> u64 {
    let share = f64::from(channel) / 255.0;
    let light = if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) };
    (light * 1_000_000.0).round() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_wcag_s() {
        // WCAG's own ends, and the well-known grey that just passes on white.
        assert_eq!(contrast_hundredths("#000000", "#ffffff"), 2100);
        assert_eq!(contrast_hundredths("#ffffff", "#ffffff"), 100);
        assert_eq!(contrast_hundredths("#767676", "#ffffff"), 454);
        assert_eq!(contrast_hundredths("#777777", "#ffffff"), 447);
    }

    #[test]
    fn office_and_till_must_be_parted_where_codes_of_offices_differ_in_length() {
        for (pattern, together) in [
            ("{office}-{till}-{serial}", false),
            ("{till}/R{office}-{serial}", false),
            ("{office}-{serial}-{till}", false),
            ("{office}{till}-{serial}", true),
            ("{till}{office}-{serial}", true),
            ("R-{office}T{till}-{serial}", true),
        ] {
            assert_eq!(office_runs_into_till(pattern), together, "{pattern}");
        }
    }

    #[test]
    fn a_serial_must_be_parted_from_what_stands_beside_it() {
        for (pattern, together) in [
            ("{office}{till}-{serial:07}", false),
            ("{office}/{till}/{serial}", false),
            ("{serial}-{office}{till}", false),
            ("{office}{till}{serial:07}", true),
            ("{serial}{office}-{till}", true),
            ("R1{serial}-{office}-{till}", true),
        ] {
            assert_eq!(runs_together(pattern), together, "{pattern}");
        }
    }
}
