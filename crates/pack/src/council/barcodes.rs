//! Barcode layouts.

use super::references::schemes;
use super::{entries, must_exist};
use crate::pack::{Loaded, RawPack};
use crate::problem::{Report, codes};
use crate::raw::BarcodesFile;
use crate::raw::references::{BarcodeEntry, SliceEntry};
use counterfoil_domain::barcode::{BarcodeCheck, BarcodeTemplate, FundInBarcode, Slice};
use counterfoil_domain::reference::{CheckDigitScheme, Scheme};

/// The most digits of an amount: £9,999,999.99 in pence.
const MAX_AMOUNT_DIGITS: usize = 9;

pub(super) fn barcodes(raw: &RawPack, report: &mut Report) -> Vec<BarcodeTemplate> {
    let Some(file) = &raw.barcodes else { return Vec::new() };
    let list = &file.data.barcodes;
    report.duplicates(&file.source, entries("barcodes", list).map(|(path, entry)| (format!("{path}.name"), &*entry.name)));
    // What is wrong with them is reported where they are validators'.
    let schemes = schemes(raw, &mut Report::default());
    let templates: Vec<BarcodeTemplate> =
        entries("barcodes", list).map(|(path, entry)| Reader { raw, file, path, entry, schemes: &schemes }.template(report)).collect();
    for (index, (path, template)) in entries("barcodes", &templates).enumerate() {
        let same = |earlier: &&BarcodeTemplate| BarcodeTemplate { name: template.name.clone(), ..(*earlier).clone() } == *template;
        if let Some(earlier) = templates.iter().take(index).find(same) {
            report.at(&file.source, &path, codes::CONTRADICTION, format!("means just what {} means", earlier.name));
        }
    }
    templates
}

/// One layout of the file, being read.
struct Reader<'a> {
    raw: &'a RawPack,
    file: &'a Loaded<BarcodesFile>,
    path: String,
    entry: &'a BarcodeEntry,
    schemes: &'a [CheckDigitScheme],
}

impl Reader<'_> {
    fn template(&self, report: &mut Report) -> BarcodeTemplate {
        let entry = self.entry;
        let length = size(entry.length);
        if entry.prefix.chars().count() >= length {
            self.contradiction(report, "prefix", "leaves no room for the reference");
        }
        if entry.ignored.as_deref().is_some_and(|ignored| entry.prefix.contains(|c| ignored.contains(c))) {
            self.contradiction(report, "ignored", "has a character of the prefix, which then never fits");
        }
        let (reference, amount) = (slice(entry.reference), entry.amount.map(slice));
        let check = entry.check_digit.as_ref().map(|check| Slice { start: size(check.start), length: size(check.length) });
        let runs = [("reference", Some(reference)), ("amount", amount), ("fund", entry.fund.map(slice)), ("check_digit", check)];
        for (name, _) in runs.iter().filter(|(_, slice)| slice.is_some_and(|slice| slice.start + slice.length > length)) {
            self.contradiction(report, name, format!("runs past the barcode's {length} characters"));
        }
        if let Some(amount) = amount {
            if amount.length > MAX_AMOUNT_DIGITS {
                let reason = format!("must be at most {MAX_AMOUNT_DIGITS} digits");
                report.at(&self.file.source, &format!("{}.amount.length", self.path), codes::OUT_OF_BOUNDS, reason);
            }
            if amount.start < reference.start + reference.length && reference.start < amount.start + amount.length {
                self.contradiction(report, "amount", "shares characters with the reference");
            }
        }
        BarcodeTemplate {
            name: entry.name.0.clone(),
            length,
            prefix: entry.prefix.0.clone(),
            ignored: entry.ignored.as_ref().map(|ignored| ignored.0.clone()).unwrap_or_default(),
            reference,
            amount,
            fund_code: self.fund_code(report),
            fund: self.fund(report),
            strip_leading: entry.strip_leading.as_ref().and_then(|padding| padding.chars().next()),
            check: self.check(report),
            symbology: entry.symbology.as_ref().map(|symbology| symbology.0.clone()),
        }
    }

    fn contradiction(&self, report: &mut Report, field: &str, reason: impl Into<String>) {
        report.at(&self.file.source, &format!("{}.{field}", self.path), codes::CONTRADICTION, reason);
    }

    fn fund_codes(&self) -> Option<impl Iterator<Item = &str>> {
        self.raw.funds.as_ref().map(|file| file.data.funds.iter().map(|fund| &*fund.code))
    }

    fn fund_code(&self, report: &mut Report) -> Option<String> {
        let code = self.entry.fund_code.as_ref()?;
        must_exist(report, self.file, &format!("{}.fund_code", self.path), code, self.fund_codes(), "fund");
        if self.entry.fund.is_some() {
            self.contradiction(report, "fund", "the layout has fund_code already");
        }
        Some(code.0.clone())
    }

    fn fund(&self, report: &mut Report) -> Option<FundInBarcode> {
        let funds = &self.entry.funds;
        let path = format!("{}.funds", self.path);
        let Some(at) = self.entry.fund.map(slice) else {
            if !funds.is_empty() {
                self.contradiction(report, "funds", "needs fund, where it stands in the barcode");
            }
            return None;
        };
        report.duplicates(&self.file.source, entries(&path, funds).map(|(path, fund)| (format!("{path}.barcode"), &*fund.barcode)));
        for (path, fund) in entries(&path, funds) {
            must_exist(report, self.file, &format!("{path}.fund_code"), &fund.fund_code, self.fund_codes(), "fund");
            if fund.barcode.chars().count() != at.length {
                let reason = format!("must have the {} characters of fund", at.length);
                report.at(&self.file.source, &format!("{path}.barcode"), codes::CONTRADICTION, reason);
            }
        }
        let codes = match funds.is_empty() {
            true => self.fund_codes().into_iter().flatten().map(|code| (code.to_owned(), code.to_owned())).collect(),
            false => funds.iter().map(|fund| (fund.barcode.0.clone(), fund.fund_code.0.clone())).collect(),
        };
        Some(FundInBarcode { at, codes })
    }

    fn check(&self, report: &mut Report) -> Option<BarcodeCheck> {
        let check = self.entry.check_digit.as_ref()?;
        let over = Slice { start: size(check.start), length: size(check.length) };
        let path = format!("{}.check_digit", self.path);
        let known = self.raw.validators.as_ref().map(|file| file.data.check_digits.iter().map(|check| &*check.name));
        must_exist(report, self.file, &format!("{path}.name"), &check.name, known, "check digit");
        let scheme = self.schemes.iter().find(|scheme| scheme.name == *check.name)?;
        let own = scheme.weights.get(over.length.saturating_sub(1));
        if own.is_none() || (own != Some(&0) && matches!(scheme.scheme, Scheme::WeightedSum { .. })) {
            let reason = format!("{} must have {} weights, and the last of them 0", scheme.name, over.length);
            report.at(&self.file.source, &format!("{path}.length"), codes::CONTRADICTION, reason);
        }
        Some(BarcodeCheck { scheme: scheme.clone(), over })
    }
}

fn size(number: u32) -> usize {
    usize::try_from(number).unwrap_or_default()
}

fn slice(entry: SliceEntry) -> Slice {
    Slice { start: size(entry.start), length: size(entry.length) }
}
