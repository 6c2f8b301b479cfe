//! What a caller hears when something didn't work: a stable code, words for a cashier, and what it means for the money.

use crate::phrases::english_message;
use counterfoil_domain::Refusal;
use counterfoil_domain::sale::Problem;
use counterfoil_store::StoreError;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::Path;

/// What became of what was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Nothing was changed.
    NotDone,
    /// It was done, although something after it went wrong.
    Done,
    /// It can't be told; ask again with the same id.
    InDoubt,
}

/// An error, as every caller sees it. Never holds personal data.
#[derive(Clone, Debug, Serialize)]
pub struct TillError {
    /// Stable; words for it are in `errors.ftl` under `error-<code>`.
    pub code: String,
    /// The words in English, for callers without a translation.
    pub message: String,
    /// What became of it.
    pub outcome: Outcome,
    /// The facts that the words need.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<String, String>,
    /// Each problem of a sale beside its field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Problem>,
    /// For the log only.
    #[serde(skip)]
    pub detail: String,
}

impl TillError {
    /// Nothing was done, for this reason.
    pub fn not_done(code: &str) -> TillError {
        TillError::new(code, Outcome::NotDone, BTreeMap::new(), String::new())
    }

    /// It can't be told whether it was done.
    pub fn in_doubt(code: &str) -> TillError {
        TillError::new(code, Outcome::InDoubt, BTreeMap::new(), String::new())
    }

    /// The same with one fact for its words.
    #[must_use]
    pub fn with(self, name: &str, value: impl ToString) -> TillError {
        let mut args = self.args;
        args.insert(name.to_owned(), value.to_string());
        TillError { problems: self.problems, ..TillError::new(&self.code, self.outcome, args, self.detail) }
    }

    /// The same with a detail for the log.
    #[must_use]
    pub fn because(mut self, detail: impl ToString) -> TillError {
        self.detail = detail.to_string();
        self
    }

    /// A sale that can't be taken; the first problem speaks for all.
    pub(crate) fn of_problems(problems: Vec<Problem>) -> TillError {
        match problems.first() {
            Some(first) => TillError { problems: problems.clone(), ..TillError::from(first.refusal.clone()) },
            None => TillError::not_done("internal"),
        }
    }

    /// The store's error, with the file that it is about.
    pub(crate) fn of_file(error: StoreError, file: &Path) -> TillError {
        TillError::from(error).with("file", file.display())
    }

    fn new(code: &str, outcome: Outcome, args: BTreeMap<String, String>, detail: String) -> TillError {
        TillError { code: code.to_owned(), message: english_message(code, &args), outcome, args, problems: Vec::new(), detail }
    }
}

impl std::fmt::Display for TillError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} ({})", self.message, self.code)
    }
}

impl std::error::Error for TillError {}

impl From<Refusal> for TillError {
    fn from(refusal: Refusal) -> TillError {
        TillError::new(refusal.code.as_str(), Outcome::NotDone, refusal.args, String::new())
    }
}

impl From<StoreError> for TillError {
    fn from(error: StoreError) -> TillError {
        let is_in_doubt = matches!(error, StoreError::InDoubt(_) | StoreError::NotYetReplaced { .. });
        let outcome = if is_in_doubt { Outcome::InDoubt } else { Outcome::NotDone };
        let mut args = BTreeMap::new();
        match &error {
            StoreError::Newer { found, known } => {
                args.insert("found".to_owned(), found.to_string());
                args.insert("known".to_owned(), known.to_string());
            }
            StoreError::ChainBroken { seq, reason } => {
                args.insert("seq".to_owned(), seq.to_string());
                args.insert("reason".to_owned(), format!("entry {seq}: {reason}"));
            }
            StoreError::NotYetReplaced { path, .. } => {
                args.insert("path".to_owned(), path.display().to_string());
            }
            StoreError::Damaged(reason) => {
                args.insert("reason".to_owned(), reason.clone());
            }
            _ => {}
        }
        let code = if matches!(error, StoreError::IdTaken) { "sale-id-with-other-content" } else { error.code() };
        TillError::new(code, outcome, args, error.to_string())
    }
}
