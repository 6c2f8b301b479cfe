//! All of a pack's files, read into their types.

use crate::FORMAT;
use crate::files::PackFiles;
use crate::problem::{PackProblem, Report, codes};
use crate::raw::{
    BarcodesFile, BrandFile, CouncilFile, DenominationsFile, FundsFile, LocalgovImsFile, MessageRow, MopRow, OfficeRow, PoliciesFile,
    ReasonsFile, ReceiptFile, RolesFile, UserRow, ValidatorsFile, VatRow,
};
use crate::schema;
use crate::source::{Source, read_csv, read_toml};
use serde::de::DeserializeOwned;

/// A file in its type, with where everything stands.
pub(crate) struct Loaded<T> {
    pub(crate) source: Source,
    pub(crate) data: T,
}

/// A CSV file's rows.
pub(crate) type Rows<T> = Loaded<Vec<T>>;

/// The files of a pack. What is missing or can't be read is `None`, and the report says why.
pub(crate) struct RawPack {
    pub(crate) council: Option<Loaded<CouncilFile>>,
    pub(crate) offices: Option<Rows<OfficeRow>>,
    pub(crate) funds: Option<Loaded<FundsFile>>,
    pub(crate) mops: Option<Rows<MopRow>>,
    pub(crate) vat: Option<Rows<VatRow>>,
    pub(crate) validators: Option<Loaded<ValidatorsFile>>,
    pub(crate) messages: Option<Rows<MessageRow>>,
    pub(crate) roles: Option<Loaded<RolesFile>>,
    pub(crate) users: Option<Rows<UserRow>>,
    pub(crate) reasons: Option<Loaded<ReasonsFile>>,
    pub(crate) denominations: Option<Loaded<DenominationsFile>>,
    pub(crate) policies: Option<Loaded<PoliciesFile>>,
    pub(crate) barcodes: Option<Loaded<BarcodesFile>>,
    pub(crate) receipt: Option<Loaded<ReceiptFile>>,
    pub(crate) brand: Option<Loaded<BrandFile>>,
    pub(crate) localgov_ims: Option<Loaded<LocalgovImsFile>>,
}

/// Reads every file. `Err` only for a pack of a newer format, about which nothing else can be said.
pub(crate) fn read(files: &PackFiles, report: &mut Report) -> Result<RawPack, PackProblem> {
    let read = Reading { files };
    Ok(RawPack {
        council: read.council(report)?,
        offices: read.rows("offices.csv", true, report),
        funds: read.toml("funds.toml", true, report),
        mops: read.rows("mops.csv", true, report),
        vat: read.rows("vat.csv", true, report),
        validators: read.toml("validators.toml", true, report),
        messages: read.rows("messages.csv", false, report),
        roles: read.toml("roles.toml", true, report),
        users: read.rows("users.csv", true, report),
        reasons: read.toml("reasons.toml", true, report),
        denominations: read.toml("denominations.toml", true, report),
        policies: read.toml("policies.toml", true, report),
        barcodes: read.toml("barcodes.toml", false, report),
        receipt: read.toml("receipt.toml", true, report),
        brand: read.toml("brand.toml", true, report),
        localgov_ims: read.toml("localgov_ims.toml", false, report),
    })
}

struct Reading<'a> {
    files: &'a PackFiles,
}

impl Reading<'_> {
    fn council(&self, report: &mut Report) -> Result<Option<Loaded<CouncilFile>>, PackProblem> {
        let Some(bytes) = self.bytes("council.toml", true, report) else { return Ok(None) };
        let Some(source) = read_toml("council.toml", bytes, report) else { return Ok(None) };
        match source.value["format"].as_i64() {
            Some(format) if format > FORMAT => Err(PackProblem {
                file: source.file.to_owned(),
                place: source.place("format"),
                code: codes::FORMAT_NEWER,
                reason: format!("this pack is of format {format}, and this program reads format {FORMAT}; update the program"),
            }),
            _ => Ok(typed(source, report)),
        }
    }

    fn toml<T: DeserializeOwned>(&self, file: &'static str, needed: bool, report: &mut Report) -> Option<Loaded<T>> {
        let source = read_toml(file, self.bytes(file, needed, report)?, report)?;
        typed(source, report)
    }

    fn rows<T: DeserializeOwned>(&self, file: &'static str, needed: bool, report: &mut Report) -> Option<Rows<T>> {
        let bytes = self.bytes(file, needed, report)?;
        let schema = known(file, report)?;
        typed(read_csv(file, bytes, &schema.columns, &schema.required, report)?, report)
    }

    fn bytes(&self, file: &str, needed: bool, report: &mut Report) -> Option<&[u8]> {
        let bytes = self.files.get(file);
        if bytes.is_none() && needed {
            report.push(PackProblem::of_file(file, codes::FILE_MISSING, "is missing; every pack has it"));
        }
        bytes
    }
}

/// The file's value in its type, once it holds against its schema and its texts are plain.
fn typed<T: DeserializeOwned>(source: Source, report: &mut Report) -> Option<Loaded<T>> {
    known(source.file, report)?.validate(&source, report);
    source.plain_texts(report);
    match serde_json::from_value(source.value.clone()) {
        Ok(data) => Some(Loaded { source, data }),
        Err(_) => {
            // Whatever a type refuses its schema has refused, with the place. If ever it hasn't, say so rather than nothing.
            if report.is_empty() {
                report.at(&source, "", codes::NOT_VALID, "isn't of the form that the format asks for");
            }
            None
        }
    }
}

/// The file's schema. There is one for each file; were there none, the pack would be refused rather than taken unchecked.
fn known(file: &str, report: &mut Report) -> Option<&'static schema::FileSchema> {
    let schema = schema::of_file(file);
    if schema.is_none() {
        report.push(PackProblem::of_file(file, codes::NOT_VALID, "the program has no schema of this file"));
    }
    schema
}
