//! Signing in, locking, releasing.

use counterfoil_domain::council::SecretKind;
use counterfoil_domain::rights::Right;
use counterfoil_domain::text::{Language, Words};
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

/// A second person's sign-in, sent with what needs one.
#[derive(Clone, Deserialize, TS)]
pub struct Approval {
    /// Their code, as typed.
    pub user_code: String,
    /// Their PIN or password.
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

/// Somebody who works at this council's counters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct PersonView {
    /// Their code.
    pub user_code: String,
    /// Their name.
    pub name: String,
    /// What their roles are called.
    pub roles: Vec<Words>,
    /// PIN or password.
    pub secret_kind: SecretKind,
    /// May not sign in.
    pub disabled: bool,
    /// Locked by failures.
    pub locked: bool,
    /// Uses a secret that was given out at this till.
    pub own_secret: bool,
}

/// Give somebody a new PIN or password.
#[derive(Clone, Deserialize, TS)]
pub struct ResetSecret {
    /// Who.
    pub user_code: String,
    /// The new PIN or password.
    pub secret: String,
    /// The same once more.
    pub secret_again: String,
    /// Why, in free text.
    #[serde(default)]
    pub reason: String,
    /// A second person, where the council wants one.
    #[serde(default)]
    #[ts(optional)]
    pub approval: Option<Approval>,
}

/// Disable somebody, or let them in again.
#[derive(Clone, Deserialize, TS)]
pub struct ChangePerson {
    /// Who.
    pub user_code: String,
    /// Why, in free text.
    #[serde(default)]
    pub reason: String,
    /// A second person, where the council wants one.
    #[serde(default)]
    #[ts(optional)]
    pub approval: Option<Approval>,
}

/// Who signed in and out, or tried.
#[derive(Clone, Debug, Default, Deserialize, TS)]
pub struct SignInHistory {
    /// Only this person; nothing is everybody.
    #[serde(default)]
    pub user_code: String,
}

/// What happened at the sign-in screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum SignInKind {
    /// Signed in, or unlocked the screen.
    SignedIn,
    /// Signed out.
    SignedOut,
    /// A wrong secret.
    Failed,
    /// The failure that locked them.
    Locked,
    /// Let try again.
    Released,
    /// Given a new secret.
    SecretReset,
    /// Disabled.
    Disabled,
    /// Let in again.
    Enabled,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SignInEvent {
    /// When.
    pub at: String,
    /// Whose sign-in.
    pub user_code: String,
    /// What happened.
    pub kind: SignInKind,
    /// By whom, where it was somebody else.
    pub by: Option<String>,
    /// Why, where somebody wrote it down.
    pub reason: String,
}
