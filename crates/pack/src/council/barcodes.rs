//! Barcode layouts.

use super::{entries, must_exist};
use crate::pack::{Loaded, RawPack};
use crate::problem::{Report, codes};
use crate::raw::BarcodesFile;
use crate::raw::references::{BarcodeEntry, SliceEntry};
use counterfoil_domain::barcode::{BarcodeTemplate, Slice};

/// The most digits of an amount: £9,999,999.99 in pence.
const MAX_AMOUNT_DIGITS: usize = 9;

pub(super) fn barcodes(raw: &RawPack, report: &mut Report) -> Vec<BarcodeTemplate> {
    let Some(file) = &raw.barcodes else { return Vec::new() };
    let list = &file.data.barcodes;
    report.duplicates(&file.source, entries("barcodes", list).map(|(path, entry)| (format!("{path}.name"), &*entry.name)));
    for (index, (path, entry)) in entries("barcodes", list).enumerate() {
        if let Some(earlier) = list.iter().take(index).find(|earlier| hides(earlier, entry)) {
            let reason = format!("is never read: {} comes first and takes every barcode that fits it", &*earlier.name);
            report.at(&file.source, &path, codes::CONTRADICTION, reason);
        }
    }
    entries("barcodes", list).map(|(path, entry)| template(raw, file, &path, entry, report)).collect()
}

/// Does the earlier layout take all that the later would?
fn hides(earlier: &BarcodeEntry, later: &BarcodeEntry) -> bool {
    let symbology = earlier.symbology.is_none() || earlier.symbology == later.symbology;
    symbology && earlier.length == later.length && later.prefix.starts_with(&*earlier.prefix)
}

fn template(raw: &RawPack, file: &Loaded<BarcodesFile>, path: &str, entry: &BarcodeEntry, report: &mut Report) -> BarcodeTemplate {
    let source = &file.source;
    let length = size(entry.length);
    if entry.prefix.chars().count() >= length {
        report.at(source, &format!("{path}.prefix"), codes::CONTRADICTION, "leaves no room for the reference");
    }
    let reference = slice(entry.reference);
    let amount = entry.amount.map(slice);
    for (name, slice) in [("reference", Some(reference)), ("amount", amount)] {
        if slice.is_some_and(|slice| slice.start + slice.length > length) {
            report.at(source, &format!("{path}.{name}"), codes::CONTRADICTION, format!("runs past the barcode's {length} characters"));
        }
    }
    if let Some(amount) = amount {
        if amount.length > MAX_AMOUNT_DIGITS {
            let reason = format!("must be at most {MAX_AMOUNT_DIGITS} digits");
            report.at(source, &format!("{path}.amount.length"), codes::OUT_OF_BOUNDS, reason);
        }
        if amount.start < reference.start + reference.length && reference.start < amount.start + amount.length {
            report.at(source, &format!("{path}.amount"), codes::CONTRADICTION, "shares characters with the reference");
        }
    }
    if let Some(code) = &entry.fund_code {
        let funds = raw.funds.as_ref().map(|file| file.data.funds.iter().map(|fund| &*fund.code));
        must_exist(report, file, &format!("{path}.fund_code"), code, funds, "fund");
    }
    BarcodeTemplate {
        name: entry.name.0.clone(),
        length,
        prefix: entry.prefix.0.clone(),
        reference,
        amount,
        fund_code: entry.fund_code.as_ref().map(|code| code.0.clone()),
        strip_leading: entry.strip_leading.as_ref().and_then(|padding| padding.chars().next()),
        symbology: entry.symbology.as_ref().map(|symbology| symbology.0.clone()),
    }
}

fn size(number: u32) -> usize {
    usize::try_from(number).unwrap_or_default()
}

fn slice(entry: SliceEntry) -> Slice {
    Slice { start: size(entry.start), length: size(entry.length) }
}
