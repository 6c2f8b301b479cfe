//! What an IMS knows before any money comes: the codes that a transaction may refer to.

use rust_decimal::Decimal;

/// A fund.
#[derive(Clone, Debug, PartialEq)]
pub struct Fund {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The VAT code of its lines.
    pub vat_code: String,
    /// The most that a line may be; the API doesn't hold anybody to it.
    pub maximum: Decimal,
    /// May another VAT code be used?
    pub vat_override: bool,
    /// No longer in use; the API takes its transactions all the same.
    pub disabled: bool,
    /// Its metadata by key.
    pub metadata: Vec<(String, String)>,
}

/// A method of payment.
#[derive(Clone, Debug, PartialEq)]
pub struct Mop {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The most that a payment may be.
    pub maximum: Decimal,
    /// The least.
    pub minimum: Decimal,
    /// No longer in use.
    pub disabled: bool,
    /// What kinds it is marked as, such as `IsACashPayment`.
    pub types: Vec<String>,
}

/// An account holder.
#[derive(Clone, Debug, PartialEq)]
pub struct AccountHolder {
    /// Whose account.
    pub reference: String,
    /// In which fund.
    pub fund_code: String,
    /// Surname.
    pub surname: String,
    /// What is owed.
    pub balance: Decimal,
}

/// All of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tables {
    /// Funds.
    pub funds: Vec<Fund>,
    /// MOPs.
    pub mops: Vec<Mop>,
    /// Office codes.
    pub offices: Vec<String>,
    /// VAT codes.
    pub vat_codes: Vec<String>,
    /// User numbers.
    pub users: Vec<i32>,
    /// Account holders.
    pub account_holders: Vec<AccountHolder>,
}

impl Tables {
    /// A few of the published demonstration's codes.
    pub fn demonstration() -> Tables {
        let fund = |code: &str, name: &str, vat_code: &str, maximum: &str, gl_code: &str| Fund {
            code: code.to_owned(),
            name: name.to_owned(),
            vat_code: vat_code.to_owned(),
            maximum: maximum.parse().unwrap_or_default(),
            vat_override: false,
            disabled: false,
            metadata: vec![("GeneralLedgerCode".to_owned(), gl_code.to_owned())],
        };
        let mop = |code: &str, name: &str, kind: &str| Mop {
            code: code.to_owned(),
            name: name.to_owned(),
            maximum: Decimal::new(999_999_999, 2),
            minimum: Decimal::ZERO,
            disabled: false,
            types: vec![kind.to_owned()],
        };
        let texts = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect();
        Tables {
            funds: vec![
                fund("23", "Council Tax", "N0", "999999.99", "964101"),
                fund("24", "Business Rates", "N0", "9999999.99", "964102"),
                fund("5", "Housing Rents", "N0", "99999.99", "964104"),
                fund("11", "Parking Fines", "N0", "9999999.99", "964110"),
                fund("19", "Miscellaneous Income", "W0", "9999999.99", "964119"),
            ],
            mops: vec![
                mop("1", "Cash", "IsACashPayment"),
                mop("92", "Card", "IsACardViaStaffPayment"),
                mop("24", "Cheque", "IsAChequePayment"),
                mop("10", "Transfer In", "IsATransferIn"),
                mop("11", "Transfer Out", "IsATransferOut"),
            ],
            offices: texts(&["CH", "99", "PR"]),
            vat_codes: texts(&["N0", "W0", "E0"]),
            users: vec![12, 14, 20],
            account_holders: vec![AccountHolder {
                reference: "501234566".to_owned(),
                fund_code: "23".to_owned(),
                surname: "Example".to_owned(),
                balance: Decimal::new(12_345, 2),
            }],
        }
    }
}
