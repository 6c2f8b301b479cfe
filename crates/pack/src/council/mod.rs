//! From the files' types to the domain's, with the checks that look across fields and files.
//!
//! A value that is wrong is reported and something harmless stands in for it, so that the rest can be checked too; what
//! comes out is used only when nothing was reported.

mod barcodes;
mod cash;
mod identity;
mod income;
mod localgov_ims;
mod logo;
mod people;
mod references;

use crate::files::PackFiles;
use crate::pack::{Loaded, RawPack, Rows};
use crate::problem::{Report, codes};
use crate::source::ROWS;
use counterfoil_domain::Council;

/// The council that the files describe.
pub(crate) fn council(raw: &RawPack, files: &PackFiles, report: &mut Report) -> Council {
    Council {
        identity: identity::identity(raw, report),
        offices: identity::offices(raw, report),
        funds: income::funds(raw, report),
        mops: income::mops(raw, report),
        vat_codes: income::vat_codes(raw, report),
        validators: references::validators(raw, report),
        messages: income::messages(raw, report),
        roles: people::roles(raw, report),
        users: people::users(raw, report),
        reasons: people::reasons(raw, report),
        denominations: cash::denominations(raw, report),
        policies: cash::policies(raw, report),
        approvals: cash::approvals(raw, report),
        refund_methods: cash::refund_methods(raw, report),
        barcodes: barcodes::barcodes(raw, report),
        receipt: identity::receipt(raw, files, report),
        brand: identity::brand(raw, files, report),
        ims_codes: localgov_ims::codes(raw, report),
    }
}

/// A CSV file's rows, each with its path; none when the file couldn't be read.
fn rows<T>(file: Option<&Rows<T>>) -> impl Iterator<Item = (String, &T)> {
    file.into_iter().flat_map(|file| file.data.iter().enumerate().map(|(index, row)| (format!("{ROWS}[{index}]"), row)))
}

/// A list's entries, each with its path.
fn entries<'a, T>(name: &'a str, list: &'a [T]) -> impl Iterator<Item = (String, &'a T)> {
    list.iter().enumerate().map(move |(index, entry)| (format!("{name}[{index}]"), entry))
}

/// Reports a name that nothing in `known` has. A file that couldn't be read is `None`: what it would have had isn't known.
fn must_exist<T>(
    report: &mut Report,
    from: &Loaded<T>,
    path: &str,
    name: &str,
    known: Option<impl Iterator<Item: AsRef<str>>>,
    what: &str,
) {
    if known.is_some_and(|mut known| !known.any(|other| other.as_ref() == name)) {
        report.at(&from.source, path, codes::REFERENCE_UNKNOWN, format!("there is no {what} {name}"));
    }
}
