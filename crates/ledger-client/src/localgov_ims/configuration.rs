//! The council's configuration held against the IMS's: what would be refused, or would be told differently.

use super::api::{ShownFund, ShownMop, decimal, whole_pence};
use counterfoil_domain::council::{Fund, Mop};
use counterfoil_domain::ims_codes::{ImsCodes, ImsMop};
use counterfoil_domain::{Council, Pence};
use serde::Serialize;
use serde_json::value::RawValue;

/// One difference between a council's pack and its IMS, in words by `Display`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "difference", rename_all = "kebab-case")]
pub enum ConfigurationDifference {
    /// Every posting to it would be refused.
    #[error("fund {fund_code} is {ims_code} in the IMS, which doesn't have it: every posting to it would be refused")]
    FundMissing {
        /// Ours.
        fund_code: String,
        /// As it is sent.
        ims_code: String,
    },
    /// Taken at the counter, disabled in the IMS.
    #[error("fund {fund_code} is taken at the counter and disabled in the IMS")]
    FundDisabled {
        /// Ours.
        fund_code: String,
    },
    /// Its lines carry another VAT code.
    #[error("fund {fund_code} has VAT code {ours} here and {theirs} in the IMS")]
    FundVat {
        /// Ours.
        fund_code: String,
        /// Ours, as it is sent.
        ours: String,
        /// The IMS's.
        theirs: String,
    },
    /// May a cashier choose another VAT code?
    #[error("fund {fund_code}: here the VAT code {}, in the IMS it {}", if *ours { "may be overridden" } else { "is fixed" }, if *theirs { "may be overridden" } else { "is fixed" })]
    FundVatOverride {
        /// Ours.
        fund_code: String,
        /// Here.
        ours: bool,
        /// There.
        theirs: bool,
    },
    /// Another limit for one line.
    #[error("fund {fund_code} takes at most {ours} here and {theirs} in the IMS")]
    FundMaximum {
        /// Ours.
        fund_code: String,
        /// Ours.
        ours: Pence,
        /// The IMS's.
        theirs: Pence,
    },
    /// Every posting by it would be refused.
    #[error("method of payment {mop_code} is {ims_code} in the IMS, which doesn't have it: every posting by it would be refused")]
    MopMissing {
        /// Ours.
        mop_code: String,
        /// As it is sent.
        ims_code: String,
    },
    /// In use here, disabled in the IMS.
    #[error("method of payment {mop_code} is in use here and disabled in the IMS, as {ims_code}")]
    MopDisabled {
        /// Ours.
        mop_code: String,
        /// As it is sent.
        ims_code: String,
    },
    /// Another limit for one tender.
    #[error("method of payment {mop_code} takes at most {ours} here and {theirs} in the IMS, as {ims_code}")]
    MopMaximum {
        /// Ours.
        mop_code: String,
        /// As it is sent.
        ims_code: String,
        /// Ours.
        ours: Pence,
        /// The IMS's.
        theirs: Pence,
    },
    /// Their entries would be refused.
    #[error("user {user_code} has no number in the IMS, and nobody stands for others")]
    UserNotMapped {
        /// Who.
        user_code: String,
    },
    /// The IMS keeps two characters.
    #[error("office {office_code} is {ims_code:?} in the IMS, which keeps no more than 2 characters")]
    OfficeTooWide {
        /// Ours.
        office_code: String,
        /// As it is sent.
        ims_code: String,
    },
}

use ConfigurationDifference as Difference;

/// All differences, in the pack's order: funds, MOPs, offices, people. What is disabled here is not asked about: nothing of it is
/// sent any more.
pub(super) fn differences(
    council: &Council,
    codes: &ImsCodes,
    in_use: &[ShownFund],
    disabled: &[ShownFund],
    mops: &[ShownMop],
) -> Vec<Difference> {
    let mut found: Vec<Difference> = Vec::new();
    for fund in council.funds.iter().filter(|fund| fund.at_counter || fund.suspense || fund.code == council.policies.over_short_fund) {
        found.extend(of_fund(fund, codes, in_use, disabled));
    }
    for mop in council.mops.iter().filter(|mop| !mop.disabled) {
        sent_as(codes, mop).into_iter().for_each(|code| found.extend(of_mop(mop, code, mops)));
    }
    found.extend(council.offices.iter().filter_map(|office| of_office(&office.code, codes)));
    let people = council.users.iter().filter(|user| !user.disabled && codes.user(&user.code).is_none());
    found.extend(people.map(|user| Difference::UserNotMapped { user_code: user.code.clone() }));
    found
}

fn of_fund(fund: &Fund, codes: &ImsCodes, in_use: &[ShownFund], disabled: &[ShownFund]) -> Vec<Difference> {
    let fund_code = || fund.code.clone();
    let ims_code = codes.fund(&fund.code);
    let Some(theirs) = in_use.iter().find(|theirs| theirs.fund_code.trim_end() == ims_code) else {
        let there = disabled.iter().any(|theirs| theirs.fund_code.trim_end() == ims_code);
        let missing = Difference::FundMissing { fund_code: fund_code(), ims_code: ims_code.to_owned() };
        return vec![if there { Difference::FundDisabled { fund_code: fund_code() } } else { missing }];
    };
    let mut found = Vec::new();
    let vat = (codes.vat_code(&fund.vat_code), theirs.vat_code.as_deref().unwrap_or_default().trim_end());
    if vat.0 != vat.1 {
        found.push(Difference::FundVat { fund_code: fund_code(), ours: vat.0.to_owned(), theirs: vat.1.to_owned() });
    }
    if fund.vat_override != theirs.vat_override {
        found.push(Difference::FundVatOverride { fund_code: fund_code(), ours: fund.vat_override, theirs: theirs.vat_override });
    }
    if let Some(maximum) = pence(theirs.maximum_amount.as_deref()).filter(|maximum| *maximum != fund.maximum) {
        found.push(Difference::FundMaximum { fund_code: fund_code(), ours: fund.maximum, theirs: maximum });
    }
    found
}

/// The IMS's codes that a MOP is sent as.
fn sent_as<'a>(codes: &'a ImsCodes, mop: &'a Mop) -> Vec<&'a str> {
    match codes.mops.get(&mop.code) {
        None => vec![&mop.code],
        Some(ImsMop::Always(code)) => vec![code],
        Some(ImsMop::ByDirection { into, out }) => vec![into, out],
    }
}

fn of_mop(mop: &Mop, ims_code: &str, mops: &[ShownMop]) -> Option<Difference> {
    let (mop_code, ims) = (mop.code.clone(), ims_code.to_owned());
    let Some(theirs) = mops.iter().find(|theirs| theirs.code.trim_end() == ims_code) else {
        return Some(Difference::MopMissing { mop_code, ims_code: ims });
    };
    if theirs.disabled {
        return Some(Difference::MopDisabled { mop_code, ims_code: ims });
    }
    let maximum = pence(theirs.maximum_amount.as_deref()).filter(|maximum| *maximum != mop.maximum)?;
    Some(Difference::MopMaximum { mop_code, ims_code: ims, ours: mop.maximum, theirs: maximum })
}

fn of_office(office_code: &str, codes: &ImsCodes) -> Option<Difference> {
    let ims_code = codes.office(office_code);
    let wide = ims_code.encode_utf16().count() > 2;
    wide.then(|| Difference::OfficeTooWide { office_code: office_code.to_owned(), ims_code: ims_code.to_owned() })
}

fn pence(number: Option<&RawValue>) -> Option<Pence> {
    number.and_then(decimal).and_then(whole_pence)
}
