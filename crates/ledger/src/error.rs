//! What goes wrong: a refusal that a caller is told, or a fault that stops a command.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use counterfoil_wire::problem::Problem;

/// A fault of the ledger's own: the database, a file, a setting.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// PostgreSQL refused, or can't be reached.
    #[error("the database: {}", told(.0))]
    Database(#[from] tokio_postgres::Error),
    /// No connection could be had from the pool.
    #[error("the database: {}", not_had(.0))]
    Pool(#[from] deadpool_postgres::PoolError),
    /// The database was written by a later program.
    #[error("the database is at migration {found}, and this program knows {known}: a later program wrote it")]
    Newer {
        /// What the database has.
        found: i32,
        /// What this program knows.
        known: i32,
    },
    /// An applied migration isn't this program's.
    #[error("migration {0} of the database isn't this program's")]
    MigrationDiffers(i32),
    /// A file.
    #[error("{path}: {error}")]
    File {
        /// Which.
        path: String,
        /// What is wrong with it.
        error: std::io::Error,
    },
    /// A socket, or chance.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// A setting that can't be used, or an argument.
    #[error("{0}")]
    Setting(String),
    /// What is stored isn't what this program stores.
    #[error("the database holds {0}, which this program didn't write")]
    Stored(&'static str),
}

/// PostgreSQL's own words, without the values that it repeats in its detail: those can be a person's.
fn told(error: &tokio_postgres::Error) -> String {
    match error.as_db_error() {
        Some(database) => format!("{} ({})", database.message(), database.code().code()),
        None => std::error::Error::source(error).map_or_else(|| error.to_string(), |why| format!("{error}: {why}")),
    }
}

fn not_had(error: &deadpool_postgres::PoolError) -> String {
    match error {
        deadpool_postgres::PoolError::Backend(error) => told(error),
        other => other.to_string(),
    }
}

/// What a caller is told instead of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The HTTP status.
    pub status: StatusCode,
    /// Stable, as in [`Problem`].
    pub code: &'static str,
    /// In English, without personal data.
    pub message: String,
}

impl Refused {
    /// With its words.
    pub fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Refused {
        Refused { status, code, message: message.into() }
    }

    /// Whatever was asked for isn't there.
    pub fn not_found(message: &str) -> Refused {
        Refused::new(StatusCode::NOT_FOUND, "not-found", message)
    }

    /// The request can't be read.
    pub fn bad(message: impl Into<String>) -> Refused {
        Refused::new(StatusCode::BAD_REQUEST, "request-unreadable", message)
    }

    /// As the answer, which carries the ledger's time.
    pub fn answer(self, now_ms: i64) -> Response {
        let problem = Problem { code: self.code.to_owned(), message: self.message, now_ms };
        (self.status, Json(problem)).into_response()
    }
}

impl<E: Into<LedgerError>> From<E> for Refused {
    fn from(error: E) -> Refused {
        let error = error.into();
        tracing::error!(%error, "a request couldn't be answered");
        Refused::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "The ledger can't do this at the moment. Nothing was changed; try again.")
    }
}
