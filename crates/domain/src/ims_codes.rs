//! What a council's codes are in its LocalGov IMS, where takings are paid into one. A code that isn't listed is the same in both.

use std::collections::BTreeMap;

/// Which of the IMS's codes stand for ours.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImsCodes {
    /// Methods of payment.
    pub mops: BTreeMap<String, ImsMop>,
    /// Funds.
    pub funds: BTreeMap<String, String>,
    /// VAT codes.
    pub vat_codes: BTreeMap<String, String>,
    /// Offices.
    pub offices: BTreeMap<String, String>,
    /// People. The IMS knows them by a number; a code that is a number needs no row.
    pub users: BTreeMap<String, i32>,
    /// Who stands for people without a number of their own.
    pub other_users: Option<i32>,
}

/// A MOP of the IMS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImsMop {
    /// One code.
    Always(String),
    /// One for each direction: the IMS's transfers have a MOP marked `IsATransferIn` and one marked `IsATransferOut`.
    ByDirection {
        /// For postings above zero.
        into: String,
        /// For postings below zero.
        out: String,
    },
}

impl ImsCodes {
    /// The IMS's code for a posting by this MOP; `out` when it takes money off an account.
    pub fn mop<'a>(&'a self, code: &'a str, out: bool) -> &'a str {
        match self.mops.get(code) {
            None => code,
            Some(ImsMop::Always(ims)) => ims,
            Some(ImsMop::ByDirection { out: out_of, .. }) if out => out_of,
            Some(ImsMop::ByDirection { into, .. }) => into,
        }
    }

    /// The IMS's code for a fund.
    pub fn fund<'a>(&'a self, code: &'a str) -> &'a str {
        self.funds.get(code).map_or(code, String::as_str)
    }

    /// The IMS's code for a VAT code.
    pub fn vat_code<'a>(&'a self, code: &'a str) -> &'a str {
        self.vat_codes.get(code).map_or(code, String::as_str)
    }

    /// The IMS's code for an office.
    pub fn office<'a>(&'a self, code: &'a str) -> &'a str {
        self.offices.get(code).map_or(code, String::as_str)
    }

    /// The IMS's number for a person; none when nobody stands for them.
    pub fn user(&self, code: &str) -> Option<i32> {
        self.users.get(code).copied().or_else(|| code.parse().ok()).or(self.other_users)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_without_a_row_is_the_same_in_both() {
        let codes = ImsCodes::default();
        assert_eq!((codes.mop("92", false), codes.fund("23"), codes.vat_code("N0"), codes.office("CH")), ("92", "23", "N0", "CH"));
        assert_eq!((codes.user("12"), codes.user("sam")), (Some(12), None));
    }

    #[test]
    fn a_transfer_leaves_by_one_mop_and_arrives_by_another() {
        let transfer = ImsMop::ByDirection { into: "10".into(), out: "11".into() };
        let codes = ImsCodes {
            mops: BTreeMap::from([("JR".into(), transfer), ("CA".into(), ImsMop::Always("1".into()))]),
            users: BTreeMap::from([("sam".into(), 7)]),
            other_users: Some(1),
            ..ImsCodes::default()
        };
        assert_eq!((codes.mop("JR", true), codes.mop("JR", false), codes.mop("CA", true)), ("11", "10", "1"));
        assert_eq!((codes.user("sam"), codes.user("alex")), (Some(7), Some(1)));
    }
}
