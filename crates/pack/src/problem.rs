//! What is wrong with a pack: which file, where in it, and why.

use crate::source::Source;
use counterfoil_domain::Pence;
use counterfoil_domain::money::parse_amount;
use counterfoil_domain::refusal::Code;
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt;

/// The most problems that are listed: somebody who gave the wrong folder needs no more.
pub const MAX_PROBLEMS: usize = 500;

/// One thing that is wrong with a pack.
///
/// Never says what a password's hash is, nor any other value of `users.csv`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PackProblem {
    /// The file, relative to the pack's folder; `pack` when it is the folder or the whole.
    pub file: String,
    /// Where in the file: `line 12, funds[3].vat_code`, either half alone, or nothing. Entries count from 0, lines from 1.
    pub place: String,
    /// Stable, for programs: one of [`codes`].
    pub code: &'static str,
    /// Plain English, for people.
    pub reason: String,
}

impl PackProblem {
    /// A problem of a whole file.
    pub fn of_file(file: &str, code: &'static str, reason: impl Into<String>) -> PackProblem {
        PackProblem { file: file.to_owned(), place: String::new(), code, reason: reason.into() }
    }
}

/// `funds.toml, line 12, funds[3].vat_code: there is no VAT code N9`.
impl fmt::Display for PackProblem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place.is_empty() {
            true => write!(out, "{}: {}", self.file, self.reason),
            false => write!(out, "{}, {}: {}", self.file, self.place, self.reason),
        }
    }
}

impl std::error::Error for PackProblem {}

/// Every [`PackProblem::code`].
pub mod codes {
    /// The folder or a file can't be read from the disk.
    pub const UNREADABLE: &str = "unreadable";
    /// A file that every pack has isn't there.
    pub const FILE_MISSING: &str = "file-missing";
    /// A file that no pack has: perhaps a slip in its name.
    pub const FILE_UNKNOWN: &str = "file-unknown";
    /// A file, or all of them, is larger than a pack may be.
    pub const TOO_LARGE: &str = "too-large";
    /// The stored form of a pack is damaged or of a newer kind.
    pub const BUNDLE_NOT_VALID: &str = "bundle-not-valid";
    /// The pack is written for a newer program.
    pub const FORMAT_NEWER: &str = "format-newer";
    /// Not UTF-8.
    pub const NOT_UTF8: &str = "not-utf8";
    /// Not TOML, or not CSV.
    pub const SYNTAX: &str = "syntax";
    /// A field that the file doesn't have.
    pub const FIELD_UNKNOWN: &str = "field-unknown";
    /// A field that must be there isn't.
    pub const FIELD_MISSING: &str = "field-missing";
    /// Text where a number should be, and so on.
    pub const WRONG_TYPE: &str = "wrong-type";
    /// Of the right type, but not one of the values or of the form that the field takes.
    pub const NOT_VALID: &str = "not-valid";
    /// Too short, too long, too small, too large, too few, too many.
    pub const OUT_OF_BOUNDS: &str = "out-of-bounds";
    /// Text that can't be printed, or with spaces at its ends.
    pub const TEXT_NOT_PLAIN: &str = "text-not-plain";
    /// Two of what there may be only one of.
    pub const DUPLICATE: &str = "duplicate";
    /// A name of something that isn't in the pack.
    pub const REFERENCE_UNKNOWN: &str = "reference-unknown";
    /// Two fields that don't go together.
    pub const CONTRADICTION: &str = "contradiction";
    /// Something that a counter can't do without isn't there.
    pub const NOT_COMPLETE: &str = "not-complete";
    /// Colours too alike to be read.
    pub const CONTRAST: &str = "contrast";
    /// A picture that can't be used.
    pub const PICTURE: &str = "picture";
    /// More problems than are listed.
    pub const MANY: &str = "many";

    /// All of them.
    pub const ALL: [&str; 21] = [
        UNREADABLE,
        FILE_MISSING,
        FILE_UNKNOWN,
        TOO_LARGE,
        BUNDLE_NOT_VALID,
        FORMAT_NEWER,
        NOT_UTF8,
        SYNTAX,
        FIELD_UNKNOWN,
        FIELD_MISSING,
        WRONG_TYPE,
        NOT_VALID,
        OUT_OF_BOUNDS,
        TEXT_NOT_PLAIN,
        DUPLICATE,
        REFERENCE_UNKNOWN,
        CONTRADICTION,
        NOT_COMPLETE,
        CONTRAST,
        PICTURE,
        MANY,
    ];
}

/// The problems found so far. One place is named once: what follows from a first mistake there helps nobody.
#[derive(Default)]
pub(crate) struct Report {
    problems: Vec<PackProblem>,
    places: BTreeSet<(String, String)>,
    left_out: usize,
}

impl Report {
    /// Keeps a problem, unless its place already has one.
    pub(crate) fn push(&mut self, problem: PackProblem) {
        let place = (problem.file.clone(), problem.place.clone());
        if !problem.place.is_empty() && !self.places.insert(place) {
            return;
        }
        match self.problems.len() < MAX_PROBLEMS {
            true => self.problems.push(problem),
            false => self.left_out += 1,
        }
    }

    /// Keeps a problem at a path of a file, such as `funds[3].vat_code`.
    pub(crate) fn at(&mut self, source: &Source, path: &str, code: &'static str, reason: impl Into<String>) {
        self.push(PackProblem { file: source.file.to_owned(), place: source.place(path), code, reason: reason.into() });
    }

    /// Reads an amount of pounds; zero stands in for one that isn't.
    pub(crate) fn amount(&mut self, source: &Source, path: &str, text: &str) -> Pence {
        parse_amount(text).unwrap_or_else(|refusal| {
            let (code, reason) = match refusal.code {
                Code::AmountTooLarge => (codes::OUT_OF_BOUNDS, "is more than £9,999,999.99"),
                _ => (codes::NOT_VALID, "isn't an amount of pounds such as 12.50"),
            };
            self.at(source, path, code, reason);
            Pence::ZERO
        })
    }

    /// Names every value that comes again, compared without regard to case, as the ledger's database compares.
    pub(crate) fn duplicates<'a>(&mut self, source: &Source, keys: impl Iterator<Item = (String, &'a str)>) {
        let mut seen = BTreeSet::new();
        for (path, key) in keys {
            if !seen.insert(key.to_uppercase()) {
                self.at(source, &path, codes::DUPLICATE, format!("{key} is already there; each may be there once"));
            }
        }
    }

    /// Nothing found.
    pub(crate) fn is_empty(&self) -> bool {
        self.problems.is_empty()
    }

    /// The problems, in the order of the files' names and as found in each.
    pub(crate) fn into_problems(mut self) -> Vec<PackProblem> {
        self.problems.sort_by(|a, b| a.file.cmp(&b.file));
        if self.left_out > 0 {
            let reason = format!("{} more problems aren't listed", self.left_out);
            self.problems.push(PackProblem::of_file("pack", codes::MANY, reason));
        }
        self.problems
    }
}
