//! Who works at the counter, what they may do and why: roles.toml, users.csv, reasons.toml.

use super::text::{LanguageTag, Name, Names, RoleCodes, SecretHash, Sentences, Slug, UserCode, YesNo};
use counterfoil_domain::council::{ReasonKind, SecretKind};
use counterfoil_domain::rights::Right;
use schemars::JsonSchema;
use serde::Deserialize;

/// roles.toml: what people may do.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RolesFile {
    /// The roles.
    #[schemars(length(min = 1, max = 50))]
    pub(crate) roles: Vec<RoleEntry>,
}

/// A named list of rights.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RoleEntry {
    /// What users.csv calls it.
    pub(crate) code: Slug,
    /// What people call it.
    pub(crate) name: Names,
    /// What it may do.
    #[schemars(length(min = 1, max = 50))]
    pub(crate) rights: Vec<RightText>,
}

/// One thing that a person may do.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RightText {
    OpenSession,
    TakePayments,
    SeeReceipts,
    OverrideStops,
    ReleaseUsers,
    ImportAccounts,
    Administer,
    CheckReferences,
    ExportPostings,
    VoidReceipts,
    RefundReceipts,
    TransferLines,
    MoveCash,
    CashUp,
    SuperviseSessions,
    Approve,
    Bank,
    SeeReports,
    ManageUsers,
}

impl RightText {
    pub(crate) fn right(self) -> Right {
        match self {
            RightText::OpenSession => Right::OpenSession,
            RightText::TakePayments => Right::TakePayments,
            RightText::SeeReceipts => Right::SeeReceipts,
            RightText::OverrideStops => Right::OverrideStops,
            RightText::ReleaseUsers => Right::ReleaseUsers,
            RightText::ImportAccounts => Right::ImportAccounts,
            RightText::Administer => Right::Administer,
            RightText::CheckReferences => Right::CheckReferences,
            RightText::ExportPostings => Right::ExportPostings,
            RightText::VoidReceipts => Right::VoidReceipts,
            RightText::RefundReceipts => Right::RefundReceipts,
            RightText::TransferLines => Right::TransferLines,
            RightText::MoveCash => Right::MoveCash,
            RightText::CashUp => Right::CashUp,
            RightText::SuperviseSessions => Right::SuperviseSessions,
            RightText::Approve => Right::Approve,
            RightText::Bank => Right::Bank,
            RightText::SeeReports => Right::SeeReports,
            RightText::ManageUsers => Right::ManageUsers,
        }
    }
}

/// One row of users.csv: a person who signs in.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UserRow {
    /// What they type.
    pub(crate) code: UserCode,
    /// What others call them.
    pub(crate) name: Name,
    /// Their roles, parted by single spaces.
    pub(crate) roles: RoleCodes,
    /// PIN (digits only) or password.
    pub(crate) secret_kind: SecretKindText,
    /// Argon2id in PHC form. Never the PIN or password itself.
    pub(crate) secret_hash: SecretHash,
    /// The language their screen starts in.
    pub(crate) language: Option<LanguageTag>,
    /// May no longer sign in; empty is no. People are disabled, never taken out.
    pub(crate) disabled: Option<YesNo>,
}

/// PIN or password.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum SecretKindText {
    Pin,
    Password,
}

impl SecretKindText {
    pub(crate) fn kind(self) -> SecretKind {
        match self {
            SecretKindText::Pin => SecretKind::Pin,
            SecretKindText::Password => SecretKind::Password,
        }
    }
}

/// reasons.toml: reasons to choose from.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReasonsFile {
    /// The reasons, in the order in which they are shown.
    #[schemars(length(min = 1, max = 200))]
    pub(crate) reasons: Vec<ReasonEntry>,
}

/// A reason to choose from.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReasonEntry {
    /// Its code.
    pub(crate) code: Slug,
    /// What it is for.
    pub(crate) kind: ReasonKindText,
    /// Its words.
    pub(crate) text: Sentences,
}

/// What a reason is for.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ReasonKindText {
    Void,
    Refund,
    NoSale,
    Variance,
    Transfer,
    OverrideStop,
    Banking,
}

impl ReasonKindText {
    /// Every kind, with its name in the file: a pack has a reason of each.
    pub(crate) const ALL: [(ReasonKindText, &'static str); 7] = [
        (ReasonKindText::Void, "void"),
        (ReasonKindText::Refund, "refund"),
        (ReasonKindText::NoSale, "no-sale"),
        (ReasonKindText::Variance, "variance"),
        (ReasonKindText::Transfer, "transfer"),
        (ReasonKindText::OverrideStop, "override-stop"),
        (ReasonKindText::Banking, "banking"),
    ];

    pub(crate) fn kind(self) -> ReasonKind {
        match self {
            ReasonKindText::Void => ReasonKind::Void,
            ReasonKindText::Refund => ReasonKind::Refund,
            ReasonKindText::NoSale => ReasonKind::NoSale,
            ReasonKindText::Variance => ReasonKind::Variance,
            ReasonKindText::Transfer => ReasonKind::Transfer,
            ReasonKindText::OverrideStop => ReasonKind::OverrideStop,
            ReasonKindText::Banking => ReasonKind::Banking,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Without a catch-all, so that a right which the format can't give doesn't compile.
    fn text_of(right: Right) -> RightText {
        match right {
            Right::OpenSession => RightText::OpenSession,
            Right::TakePayments => RightText::TakePayments,
            Right::SeeReceipts => RightText::SeeReceipts,
            Right::OverrideStops => RightText::OverrideStops,
            Right::ReleaseUsers => RightText::ReleaseUsers,
            Right::ImportAccounts => RightText::ImportAccounts,
            Right::Administer => RightText::Administer,
            Right::CheckReferences => RightText::CheckReferences,
            Right::ExportPostings => RightText::ExportPostings,
            Right::VoidReceipts => RightText::VoidReceipts,
            Right::RefundReceipts => RightText::RefundReceipts,
            Right::TransferLines => RightText::TransferLines,
            Right::MoveCash => RightText::MoveCash,
            Right::CashUp => RightText::CashUp,
            Right::SuperviseSessions => RightText::SuperviseSessions,
            Right::Approve => RightText::Approve,
            Right::Bank => RightText::Bank,
            Right::SeeReports => RightText::SeeReports,
            Right::ManageUsers => RightText::ManageUsers,
        }
    }

    #[test]
    fn each_right_of_the_format_is_the_domain_s_right_of_the_same_name() {
        for name in [
            "open-session",
            "take-payments",
            "see-receipts",
            "override-stops",
            "release-users",
            "import-accounts",
            "administer",
            "check-references",
            "export-postings",
            "void-receipts",
            "refund-receipts",
            "transfer-lines",
            "move-cash",
            "cash-up",
            "supervise-sessions",
            "approve",
            "bank",
            "see-reports",
            "manage-users",
        ] {
            let text: RightText = serde_json::from_value(name.into()).unwrap();
            assert_eq!(serde_json::to_value(text.right()).unwrap(), name);
            assert_eq!(text_of(text.right()), text);
        }
    }
}
