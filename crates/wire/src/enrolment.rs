//! Making a till known: `POST /v1/enrol`, with a one-time code from an administrator.

use crate::signing::PublicKey;
use serde::{Deserialize, Serialize};

/// What a till asks with. The same code sent again with the same till and key is answered the same: a reply can be lost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Enrol {
    /// The one-time code, as typed: letters in either case, spaces and dashes don't count.
    pub code: String,
    /// The id that the till's chain is bound to; a replacement for a lost till asks for the lost one's with its own.
    pub till_id: String,
    /// The till's new public key.
    pub public_key: PublicKey,
    /// The program's version.
    pub program_version: String,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Enrolled {
    /// The id to use: the till's own or, for a replacement, the lost till's.
    pub till_id: String,
    /// The number that the ledger knows the till by: the first half of the ledger's references, `till number-entry number`.
    pub till_number: u32,
    /// Where the code says that it stands.
    pub office_code: String,
    /// What the code says that it is called.
    pub till_code: String,
    /// With what the ledger signs heads.
    pub ledger_key: PublicKey,
    /// It takes the place of a till that was lost: its journal is to be fetched first.
    pub replaces: bool,
}

/// The code as it is compared: upper case, letters and digits only.
pub fn plain_code(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase()).collect()
}

/// The ledger's reference of an entry, as finance and a receipt's proof name it: `7-1234`.
pub fn ledger_reference(till_number: u32, seq: u64) -> String {
    format!("{till_number}-{seq}")
}
