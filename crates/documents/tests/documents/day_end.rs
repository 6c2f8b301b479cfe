//! The papers of a day, as a printer prints them, read by a reader that shares nothing with the encoder.

use crate::common::council;
use chrono::{NaiveDate, NaiveDateTime};
use counterfoil_documents::day_end::{KEYS, Place, SlipFacts, XReadFacts, ZReadFacts, slip, x_read, z_read};
use counterfoil_documents::receipt::Phrases;
use counterfoil_documents::{Document, Model, PrinterProfile, escpos, lay_out};
use counterfoil_domain::Pence;
use counterfoil_domain::cash_up::{MopAmount, MopCount};
use counterfoil_domain::correction::ReasonGiven;
use counterfoil_domain::council::{Council, Denomination, MoneyForm, Office, Reason, ReasonKind};
use counterfoil_domain::day_end::{CashMovement, FundTakings, MopTakings, MovementKind, SessionTotals, Tally, VatTakings, ZRead};
use counterfoil_domain::session::CountedDenomination;
use counterfoil_domain::text::{Language, Words};
use counterfoil_simulators::escpos_reader;
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};

/// The shipped words of one language.
struct Shipped(FluentBundle<FluentResource>);

const SOURCES: [(Language, &str); 2] = [
    (Language::English, include_str!("../../../../assets/locales/en-GB/day_end.ftl")),
    (Language::Welsh, include_str!("../../../../assets/locales/cy/day_end.ftl")),
];

impl Shipped {
    fn in_language(language: Language) -> Shipped {
        let source = SOURCES.iter().find(|(known, _)| *known == language).expect("a language").1;
        let mut bundle = FluentBundle::new(vec![language.tag().parse().expect("a language")]);
        bundle.set_use_isolating(false);
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

fn at(day: u32, hour: u32) -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 11, day).and_then(|date| date.and_hms_opt(hour, 42, 0)).expect("a moment")
}

fn with_cash() -> Council {
    let kind = |code: &str, name: Option<Words>, value| Denomination {
        code: code.into(),
        name,
        value: Pence(value),
        form: MoneyForm::Note,
        bag: None,
    };
    let scottish = Words { english: "Scottish".into(), welsh: Some("yr Alban".into()) };
    Council {
        denominations: vec![kind("20", None, 2_000), kind("20-scottish", Some(scottish), 2_000), kind("50p", None, 50)],
        reasons: vec![Reason {
            code: "not-known".into(),
            kind: ReasonKind::Variance,
            text: Words { english: "Cause not known".into(), welsh: Some("Achos anhysbys".into()) },
        }],
        ..council()
    }
}

fn counted(list: &[(&str, i64)]) -> Vec<CountedDenomination> {
    list.iter().map(|(code, pieces)| CountedDenomination { denomination: (*code).into(), pieces: *pieces }).collect()
}

fn totals() -> SessionTotals {
    let tally = |count, amount| Tally { count, amount: Pence(amount) };
    SessionTotals {
        mops: vec![
            MopTakings { mop_code: "1".into(), amount: Pence(123_450), count: 12 },
            MopTakings { mop_code: "2".into(), amount: Pence(-500), count: 1 },
        ],
        funds: vec![FundTakings { fund_code: "23".into(), amount: Pence(122_950), vat: Pence(0), count: 13 }],
        vat: vec![VatTakings { vat_code: "S".into(), gross: Pence(12_000), vat: Pence(2_000) }],
        receipts: tally(12, 123_450),
        voids: tally(1, -500),
        lifts: tally(1, 50_000),
        drawer_openings: 3,
        first_receipt: "CH07-0000001".into(),
        last_receipt: "CH07-0000014".into(),
        ..SessionTotals::default()
    }
}

fn z() -> ZRead {
    ZRead {
        number: 12,
        session: 34,
        user_code: "12".into(),
        office_code: "CH".into(),
        till_code: "07".into(),
        opened_at_ms: 0,
        float: Pence(10_000),
        totals: totals(),
        attempt: 2,
        mops: vec![MopCount { mop_code: "1".into(), expected: Pence(83_450), counted: Pence(81_450) }],
        driven: Vec::new(),
        cash: counted(&[("20", 40), ("20-scottish", 0), ("50p", 29)]),
        ticked: Vec::new(),
        reason: Some(ReasonGiven { code: "not-known".into(), text: "drawer searched".into() }),
        over_short: None,
        float_left: Pence(10_000),
        head_seq: 99,
        head_hash: "0123456789abcdef".repeat(4),
    }
}

fn office() -> Office {
    Office { code: "CH".into(), name: Words { english: "Civic Hall".into(), welsh: Some("Neuadd y Ddinas".into()) } }
}

fn place<'a>(council: &'a Council, office: &'a Office, language: Language) -> Place<'a> {
    Place { council, office, till_code: "07", session: 34, cashier_code: "12", language }
}

fn z_document(language: Language, copy: bool) -> Document {
    let (council, office, z) = (with_cash(), office(), z());
    let place = place(&council, &office, language);
    let facts = ZReadFacts { place, z: &z, opened_at: at(23, 9), closed_at: at(24, 17), closed_by: "20", approved_by: Some("21"), copy };
    z_read(&facts, &Shipped::in_language(language))
}

/// What a printer prints of it, with single spaces.
fn printed(document: &Document, profile: &PrinterProfile) -> String {
    let sheet = lay_out(document, profile.columns);
    let printout = escpos_reader::read(&escpos::render(&sheet, profile)).expect("only what the reference describes");
    assert!(printout.widest() <= profile.columns, "{} columns on {}", printout.widest(), profile.columns);
    printout.text().lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ") + "\n").collect()
}

#[track_caller]
fn assert_says(text: &str, lines: &[&str]) {
    for line in lines {
        assert!(text.lines().any(|printed| printed == *line), "{line} is missing from\n{text}");
    }
}

#[test]
fn every_phrase_exists_in_both_languages_and_no_other() {
    for (_, source) in SOURCES {
        let mut written: Vec<&str> = source.lines().filter_map(|line| line.split_once(" = ")).map(|(key, _)| key).collect();
        let mut asked = KEYS.to_vec();
        written.sort_unstable();
        asked.sort_unstable();
        assert_eq!(written, asked);
    }
}

#[test]
fn a_z_read_says_everything_that_somebody_signs_for() {
    let text = printed(&z_document(Language::English, false), &PrinterProfile::default());
    assert_says(
        &text,
        &[
            "Aberwen County Council",
            "Z READ 12",
            "Office Civic Hall",
            "Till 07, session 34 Cashier 12",
            "Opened 23/11/2026 09:42",
            "Closed 24/11/2026 17:42",
            "Closed by 20",
            "Cash £1,234.50",
            "Council Tax £1,229.50",
            "S £120.00",
            "VAT in it £20.00",
            "Payments: 12 £1,234.50",
            "Voids: 1 -£5.00",
            "Lifts to the safe: 1 £500.00",
            "Drawer openings without a sale 3",
            "Float at the start £100.00",
            "Count accepted 2",
            "Expected £834.50",
            "Counted £814.50",
            "Over or short -£20.00",
            "Reason Cause not known",
            "drawer searched",
            "Approved by 21",
            "40 × £20 £800.00",
            "29 × 50p £14.50",
            "Float left in the drawer £100.00",
            "Cash to bank, lifts included £1,214.50",
            "Journal before this close: entry 99",
        ],
    );
    assert!(text.contains("CH07-0000001 – CH07-0000014") || text.contains("CH07-0000001 - CH07-0000014"), "{text}");
    assert_eq!(text.matches("Signature and code").count(), 2);
    let hash: String =
        text.split_whitespace().filter(|word| word.len() == 8 && word.bytes().all(|byte| byte.is_ascii_hexdigit())).collect();
    assert_eq!(hash, z().head_hash);
    assert!(!text.contains("COPY"));
}

#[test]
fn a_z_read_printed_again_says_copy_and_a_welsh_one_is_welsh_throughout() {
    assert!(printed(&z_document(Language::English, true), &PrinterProfile::default()).trim_start().starts_with("COPY"));
    let text = printed(&z_document(Language::Welsh, true), &PrinterProfile::default());
    assert_says(&text, &["COPI", "DARLLENIAD Z 12", "Swyddfa Neuadd y Ddinas", "Rheswm Achos anhysbys", "Disgwyliwyd £834.50"]);
    for english in ["Council", "Expected", "Counted", "Float", "Signature", "Reason"] {
        assert!(!text.contains(english), "{english} in\n{text}");
    }
}

#[test]
fn each_paper_fits_every_printer() {
    let (council, office, totals) = (with_cash(), office(), totals());
    for language in Language::ALL {
        let (place, words) = (place(&council, &office, language), Shipped::in_language(language));
        let expected: Vec<MopAmount> = z().mops.into_iter().map(|mop| MopAmount { mop_code: mop.mop_code, amount: mop.expected }).collect();
        let float = Pence(10_000);
        let facts =
            XReadFacts { place, opened_at: at(23, 9), read_at: at(23, 12), float, totals: &totals, expected: &expected, copy: false };
        let documents = [z_document(language, true), x_read(&facts, &words)];
        for model in Model::ALL {
            let profile = model.profile();
            for document in &documents {
                assert!(printed(document, &profile).contains("£1,234.50"), "{model:?}");
            }
        }
    }
}

#[test]
fn a_lift_s_slip_names_its_bag_and_what_is_in_it() {
    let (council, office) = (with_cash(), office());
    let movement = CashMovement {
        kind: MovementKind::Lift,
        bag: "SB-001".into(),
        out: counted(&[("20", 25), ("20-scottish", 2)]),
        into: Vec::new(),
        amount: Pence(-54_000),
    };
    let place = place(&council, &office, Language::English);
    let facts = SlipFacts { place, movement: &movement, moved_at: at(23, 12), approved_by: None, copy: false };
    let text = printed(&slip(&facts, &Shipped::in_language(Language::English)), &PrinterProfile::default());
    assert_says(
        &text,
        &["LIFT TO SAFE", "Bag number SB-001", "25 × £20 £500.00", "2 × £20 Scottish £40.00", "Total £540.00", "Date 23/11/2026 12:42"],
    );
    assert_eq!(text.matches("Signature and code").count(), 2);
}
