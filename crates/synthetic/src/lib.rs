//! # Invented account holders
//!
//! What lives here: synthetic extracts in the columns of LocalGov IMS's AccountHolder, of any size, for demonstrations, tests
//! and benches. The references are valid under the council pack given; the people, streets and postcodes are made up.
//!
//! What never will: anything of a real person, and anything that is shipped.
//!
//! Where to start reading: [`write_extract`], then [`shape`] (how a fund's validator becomes references).

pub mod bad_rows;
pub mod extract;
pub mod holder;
pub mod names;
pub mod places;
pub mod plan;
pub mod shape;

#[cfg(test)]
mod tests;

pub use bad_rows::BadKind;
pub use extract::{COLUMNS, Settings, Written, write_extract};
