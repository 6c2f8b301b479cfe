//! Signing in, locking, releasing.

use counterfoil_domain::council::SecretKind;
use counterfoil_domain::rights::Right;
use counterfoil_domain::text::Language;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Sign in.
#[derive(Clone, Deserialize, TS)]
pub struct SignIn {
    /// The person's code, as typed.
    pub user_code: String,
    /// PIN or password.
    pub secret: String,
}

/// Unlock the screen.
#[derive(Clone, Deserialize, TS)]
pub struct Unlock {
    /// The signed-in person's PIN or password.
    pub secret: String,
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SignedInView {
    /// Their code.
    pub user_code: String,
    /// Their name.
    pub name: String,
    /// What they may do.
    pub rights: Vec<Right>,
    /// The language their screen starts in.
    pub language: Option<Language>,
    /// What the lock screen asks for.
    pub secret_kind: SecretKind,
}

/// Somebody whom failures have locked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct LockedUser {
    /// Their code.
    pub user_code: String,
    /// Their name.
    pub name: String,
    /// How many failures since the last success.
    pub failures: u32,
}

/// Let a locked user try again.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ReleaseUser {
    /// Who.
    pub user_code: String,
}
