//! What a posting is held against: the funds, MOPs and offices of the council pack that the ledger has.
//!
//! The money has been taken, so nothing is turned away here. A posting that breaks a rule goes to the pack's fund for suspense
//! with the reason, and what the till posted stays beside it.

use crate::entries::KeptPosting;
use counterfoil_domain::Council;
use std::collections::{HashMap, HashSet};

/// A council's codes, as far as they decide about a posting.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    suspense_fund: String,
    funds: HashMap<String, Option<String>>,
    mops: HashMap<String, bool>,
    offices: HashSet<String>,
}

/// Where a posting goes instead, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held<'a> {
    /// The fund for suspense.
    pub fund_code: &'a str,
    /// A stable code.
    pub reason: &'static str,
}

impl Rules {
    /// A council's; none when it has no fund for suspense, for then there is nowhere else to put anything.
    pub fn of(council: &Council) -> Option<Rules> {
        let suspense_fund = council.funds.iter().find(|fund| fund.suspense)?.code.clone();
        Some(Rules {
            suspense_fund,
            funds: council.funds.iter().map(|fund| (fund.code.clone(), fund.gl_code.clone())).collect(),
            mops: council.mops.iter().map(|mop| (mop.code.clone(), mop.disabled)).collect(),
            offices: council.offices.iter().map(|office| office.code.clone()).collect(),
        })
    }

    /// The rule that a posting breaks, if any.
    pub fn judge(&self, posting: &KeptPosting) -> Option<Held<'_>> {
        let reason = if !self.funds.contains_key(&posting.fund_code) {
            "fund-unknown"
        } else {
            match self.mops.get(&posting.mop_code) {
                None => "mop-unknown",
                Some(true) => "mop-disabled",
                Some(false) if !self.offices.contains(&posting.office_code) => "office-unknown",
                Some(false) => return None,
            }
        };
        Some(Held { fund_code: &self.suspense_fund, reason })
    }

    /// May money out of suspense go to this fund?
    pub fn takes_allocations(&self, fund_code: &str) -> bool {
        fund_code != self.suspense_fund && self.funds.contains_key(fund_code)
    }

    /// The general ledger's code of a fund.
    pub fn gl_code(&self, fund_code: &str) -> Option<&str> {
        self.funds.get(fund_code)?.as_deref()
    }
}
