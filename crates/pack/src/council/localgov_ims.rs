//! The council's codes in its LocalGov IMS.

use super::{entries, must_exist};
use crate::pack::{Loaded, RawPack};
use crate::problem::{Report, codes as problem};
use crate::raw::LocalgovImsFile;
use crate::raw::localgov_ims::ImsMopEntry;
use counterfoil_domain::ims_codes::{ImsCodes, ImsMop};

pub(super) fn codes(raw: &RawPack, report: &mut Report) -> ImsCodes {
    let Some(file) = &raw.localgov_ims else { return ImsCodes::default() };
    let data = &file.data;
    let known = raw.mops.as_ref().map(|file| file.data.iter().map(|row| &*row.code));
    listed_once(report, file, "mops", "MOP", data.mops.iter().map(|entry| &*entry.code), known);
    let known = raw.funds.as_ref().map(|file| file.data.funds.iter().map(|fund| &*fund.code));
    listed_once(report, file, "funds", "fund", data.funds.iter().map(|entry| &*entry.code), known);
    let known = raw.vat.as_ref().map(|file| file.data.iter().map(|row| &*row.code));
    listed_once(report, file, "vat_codes", "VAT code", data.vat_codes.iter().map(|entry| &*entry.code), known);
    let known = raw.offices.as_ref().map(|file| file.data.iter().map(|row| &*row.code));
    listed_once(report, file, "offices", "office", data.offices.iter().map(|entry| &*entry.code), known);
    let known = raw.users.as_ref().map(|file| file.data.iter().map(|row| &*row.code));
    listed_once(report, file, "users", "user", data.users.iter().map(|entry| &*entry.code), known);
    ImsCodes {
        mops: entries("mops", &data.mops).map(|(path, entry)| (entry.code.0.clone(), mop(file, &path, entry, report))).collect(),
        funds: data.funds.iter().map(|entry| (entry.code.0.clone(), entry.ims_code.0.clone())).collect(),
        vat_codes: data.vat_codes.iter().map(|entry| (entry.code.0.clone(), entry.ims_code.0.clone())).collect(),
        offices: data.offices.iter().map(|entry| (entry.code.0.clone(), entry.ims_code.0.clone())).collect(),
        users: data.users.iter().map(|entry| (entry.code.0.clone(), entry.number)).collect(),
        other_users: data.other_users,
    }
}

/// Each code of a list is one of the pack's own, and is there once.
fn listed_once<'a>(
    report: &mut Report,
    file: &Loaded<LocalgovImsFile>,
    list: &str,
    what: &str,
    codes: impl Iterator<Item = &'a str> + Clone,
    known: Option<impl Iterator<Item = &'a str> + Clone>,
) {
    let placed = || codes.clone().enumerate().map(|(index, code)| (format!("{list}[{index}].code"), code));
    report.duplicates(&file.source, placed());
    for (path, code) in placed() {
        must_exist(report, file, &path, code, known.clone(), what);
    }
}

fn mop(file: &Loaded<LocalgovImsFile>, path: &str, entry: &ImsMopEntry, report: &mut Report) -> ImsMop {
    match (&entry.ims_code, &entry.into, &entry.out) {
        (Some(code), None, None) => ImsMop::Always(code.0.clone()),
        (None, Some(into), Some(out)) => ImsMop::ByDirection { into: into.0.clone(), out: out.0.clone() },
        _ => {
            let reason = "has either ims_code, or both in and out";
            report.at(&file.source, path, problem::CONTRADICTION, reason);
            ImsMop::Always(entry.code.0.clone())
        }
    }
}
