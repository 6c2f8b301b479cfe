//! Account references: masks, check digits, validators, and which fund a reference belongs to.

mod check_digit;
mod mask;
mod recognise;
mod validator;

pub use check_digit::{CheckDigitScheme, ResultSubstitution, Scheme};
pub use mask::Mask;
pub use recognise::{AccountLookUp, Fit, FundFit, Misfit, Strength, fit_fund, propose, readable};
pub use validator::{CharacterClass, Validator};

/// The longest reference: LocalGov IMS's column holds 30 characters.
pub const MAX_REFERENCE: usize = 30;
