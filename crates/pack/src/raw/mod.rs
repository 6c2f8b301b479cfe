//! The files of format 1, field by field: what the published schemas are made from.
//!
//! These types are the promise to councils and stay as they are while the domain's own types change.

pub(crate) mod cash;
pub(crate) mod identity;
pub(crate) mod income;
pub(crate) mod localgov_ims;
pub(crate) mod people;
pub(crate) mod references;
pub(crate) mod text;

pub(crate) use cash::{DenominationsFile, PoliciesFile};
pub(crate) use identity::{BrandFile, CouncilFile, OfficeRow, ReceiptFile};
pub(crate) use income::{FundsFile, MessageRow, MopRow, VatRow};
pub(crate) use localgov_ims::LocalgovImsFile;
pub(crate) use people::{ReasonsFile, RolesFile, UserRow};
pub(crate) use references::{BarcodesFile, ValidatorsFile};
