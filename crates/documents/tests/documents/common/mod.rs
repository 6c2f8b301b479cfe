//! A council, its receipts and its words, for the tests of this crate.

use chrono::{NaiveDate, NaiveDateTime};
use counterfoil_documents::receipt::{Phrases, ReceiptFacts, receipt};
use counterfoil_documents::{Document, Sheet, lay_out};
use counterfoil_domain::council::{Bitmap, Brand, Council, Fund, Identity, Mop, MopKind, Office, Policies, ReceiptTexts};
use counterfoil_domain::ims_codes::ImsCodes;
use counterfoil_domain::receipt::{CardDetails, ChequeDetails, IncomeLine, Receipt, Tender, TenderDetails};
use counterfoil_domain::text::{Language, Words};
use counterfoil_domain::vat::vat_within;
use counterfoil_domain::{Pence, money::MAX_AMOUNT};
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use rust_decimal::Decimal;

/// The shipped words of one language.
pub struct Shipped(FluentBundle<FluentResource>);

impl Shipped {
    pub fn in_language(language: Language) -> Shipped {
        let source = match language {
            Language::English => include_str!("../../../../../assets/locales/en-GB/receipt.ftl"),
            Language::Welsh => include_str!("../../../../../assets/locales/cy/receipt.ftl"),
        };
        let mut bundle = FluentBundle::new(vec![language.tag().parse().expect("a language")]);
        bundle.add_resource(FluentResource::try_new(source.to_owned()).expect("well-formed words")).expect("no word twice");
        Shipped(bundle)
    }
}

impl Phrases for Shipped {
    fn phrase(&self, key: &str, args: &[(&str, &str)]) -> String {
        let message = self.0.get_message(key).and_then(|message| message.value()).unwrap_or_else(|| panic!("no {key}"));
        let args: FluentArgs<'_> = args.iter().map(|(name, value)| (*name, value.to_string())).collect();
        let mut errors = Vec::new();
        let text = self.0.format_pattern(message, Some(&args), &mut errors).into_owned();
        assert!(errors.is_empty(), "{key}: {errors:?}");
        text
    }
}

fn both(english: &str, welsh: &str) -> Words {
    Words { english: english.into(), welsh: Some(welsh.into()) }
}

fn fund(code: &str, name: Words, label: Option<Words>) -> Fund {
    Fund {
        code: code.into(),
        name,
        reference_label: label,
        reference_hint: None,
        vat_code: "N".into(),
        vat_override: false,
        maximum: MAX_AMOUNT,
        may_overpay: true,
        account_must_exist: false,
        address_needed: false,
        validator: None,
        at_counter: true,
        gl_code: None,
        suspense: false,
    }
}

fn mop(code: &str, name: Words, kind: MopKind) -> Mop {
    Mop { code: code.into(), name, kind, maximum: MAX_AMOUNT, minimum: Pence(1), disabled: false }
}

/// An invented bilingual council.
pub fn council() -> Council {
    Council {
        identity: Identity {
            code: "ABERWEN".into(),
            name: both("Aberwen County Council", "Cyngor Sir Aberwen"),
            address: vec!["Tŷ'r Cyngor".into(), "12 Harbour Street".into(), "Aberwen LL99 9ZZ".into()],
            vat_number: Some("GB 123 4567 89".into()),
            time_zone: "Europe/London".into(),
            languages: vec![Language::English, Language::Welsh],
            demonstration: false,
            pack_version: "1".into(),
            ..Identity::default()
        },
        offices: vec![office()],
        funds: vec![
            fund("23", both("Council Tax", "Treth y Cyngor"), Some(both("Account number", "Rhif y cyfrif"))),
            fund("41", both("Bulky waste collection and removal of garden waste", "Casglu gwastraff swmpus a gwastraff gardd"), None),
            fund("42", both("Room hire", "Llogi ystafell"), None),
        ],
        mops: vec![
            mop("1", both("Cash", "Arian parod"), MopKind::Cash),
            mop("2", both("Cheque", "Siec"), MopKind::Cheque),
            mop("3", both("Card", "Cerdyn"), MopKind::Card),
            mop("4", both("Postal order", "Archeb bost"), MopKind::PostalOrder),
        ],
        vat_codes: vec![],
        validators: vec![],
        messages: vec![],
        roles: vec![],
        users: vec![],
        reasons: vec![],
        denominations: vec![],
        policies: Policies {
            cash_limit: None,
            cheque_max_age_months: 6,
            float: Pence(10_000),
            float_tolerance: Pence(0),
            variance_tolerance: Pence(0),
            sign_in_failures: 5,
            lock_after_minutes: 5,
            bad_rows_limit: Decimal::ZERO,
            quick_notes: vec![],
            drawer_limit: None,
            over_short_fund: String::new(),
            transfer_mop: String::new(),
        },
        approvals: Vec::new(),
        refund_methods: Vec::new(),
        barcodes: vec![],
        receipt: ReceiptTexts {
            number: "{office}{till}-{serial:07}".into(),
            header: vec![both("aberwen.example · 01234 567890", "aberwen.example · 01234 567890")],
            footer: vec![both(
                "Thank you. Please keep this receipt as proof of payment.",
                "Diolch. Cadwch y dderbynneb hon fel prawf o daliad.",
            )],
            logo: true,
            qr: false,
            endorsement: vec![both("A/c payee 20-00-00 12345678", "Talu i gyfrif 20-00-00 12345678")],
        },
        brand: Brand { logo_bitmap: Some(logo()), ..Brand::default() },
        ims_codes: ImsCodes::default(),
    }
}

/// Waves under a sun.
pub fn logo() -> Bitmap {
    let (width, height) = (160u32, 64u32);
    let stride = width.div_ceil(8);
    let mut rows = vec![0u8; usize::try_from(stride * height).expect("small")];
    for y in 0..height {
        for x in 0..width {
            let (across, down) = (i64::from(x) - 80, i64::from(y) - 26);
            let sun = across * across + down * down < 22 * 22;
            let wave = y > 36 && (i64::from(y) * 3 + ((i64::from(x) % 40) - 20).abs()) % 24 < 9;
            if wave || (sun && y < 36) {
                rows[usize::try_from(y * stride + x / 8).expect("small")] |= 0x80 >> (x % 8);
            }
        }
    }
    Bitmap { width, height, rows }
}

pub fn office() -> Office {
    Office { code: "CH".into(), name: both("Civic Hall", "Neuadd y Ddinas") }
}

pub fn line(fund: &str, reference: &str, pence: i64, rate: &str, narrative: &str) -> IncomeLine {
    let rate: Decimal = rate.parse().expect("a rate");
    IncomeLine {
        fund_code: fund.into(),
        reference: reference.into(),
        amount: Pence(pence),
        vat_code: "S".into(),
        vat_rate: rate,
        vat: vat_within(Pence(pence), rate),
        narrative: narrative.into(),
        stop_overridden: None,
        override_reason: String::new(),
        payer_name: String::new(),
        payer_address: String::new(),
        in_suspense: false,
    }
}

pub fn cash(pence: i64, tendered: i64) -> Tender {
    let details = TenderDetails::Cash { tendered: Pence(tendered), change: Pence(tendered - pence) };
    Tender { mop_code: "1".into(), amount: Pence(pence), details }
}

pub fn cheque(pence: i64) -> Tender {
    let details = TenderDetails::Cheque(ChequeDetails {
        sort_code: "401199".into(),
        account: "87654321".into(),
        number: "000123".into(),
        drawer: "A Drawer".into(),
        dated: NaiveDate::from_ymd_opt(2026, 11, 20).expect("a date"),
    });
    Tender { mop_code: "2".into(), amount: Pence(pence), details }
}

pub fn card(pence: i64) -> Tender {
    let details = TenderDetails::Card(CardDetails {
        terminal: "T1".into(),
        authorisation: "A1B2C3".into(),
        last_four: "4242".into(),
        ..CardDetails::default()
    });
    Tender { mop_code: "3".into(), amount: Pence(pence), details }
}

pub fn postal_order(pence: i64) -> Tender {
    Tender { mop_code: "4".into(), amount: Pence(pence), details: TenderDetails::PostalOrder { number: "PO998877".into() } }
}

pub fn taken(lines: Vec<IncomeLine>, tenders: Vec<Tender>, language: Language) -> Receipt {
    Receipt {
        number: "CH07-0000042".into(),
        serial: 42,
        office_code: "CH".into(),
        till_code: "07".into(),
        total: lines.iter().map(|line| line.amount).sum(),
        lines,
        tenders,
        postings: vec![],
        language,
    }
}

/// One Council Tax bill, paid in cash.
pub fn simple(language: Language) -> Receipt {
    taken(vec![line("23", "501234566", 18_450, "0", "")], vec![cash(18_450, 20_000)], language)
}

/// Several funds and rates, every kind of tender, above £250.
pub fn mixed(language: Language) -> Receipt {
    let lines = vec![
        line("23", "501234566", 18_450, "0", "Instalment 8 of 10"),
        line("41", "BW/2026/00417", 12_000, "0.2", "Sofa and mattress – 12 High Street"),
        line("42", "RH-77", 4_200, "0.05", ""),
        line("42", "RH-78", 600, "0.2", "Kitchen"),
    ];
    taken(lines, vec![cash(10_000, 10_000), cheque(10_000), card(10_000), postal_order(5_250)], language)
}

pub fn noon() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 11, 23).and_then(|day| day.and_hms_opt(10, 42, 7)).expect("a time")
}

pub fn document(council: &Council, receipt_taken: &Receipt, copy: bool) -> Document {
    let office = office();
    let facts = ReceiptFacts {
        council,
        office: &office,
        receipt: receipt_taken,
        taken_at: noon(),
        cashier_code: "12",
        session: 3,
        copy,
        correction: None,
        taken_back: &[],
    };
    receipt(&facts, &Shipped::in_language(receipt_taken.language))
}

pub fn sheet(receipt_taken: &Receipt, columns: usize) -> Sheet {
    lay_out(&document(&council(), receipt_taken, false), columns)
}
