//! Layout: what any document keeps to, however odd its words.

use counterfoil_documents::document::{Align, Block, Document, Style};
use counterfoil_documents::sheet::{MAX_COLUMNS, MIN_COLUMNS};
use counterfoil_documents::{CodePage, PrinterProfile, Row, Sheet, escpos, lay_out};
use counterfoil_domain::council::Bitmap;
use counterfoil_domain::text::Language;
use counterfoil_simulators::escpos_reader;
use proptest::prelude::*;

fn document(blocks: Vec<Block>) -> Document {
    Document { title: "Receipt".into(), language: Language::English, blocks }
}

fn styles() -> impl Strategy<Value = Style> {
    (any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(bold, tall, wide)| Style { bold, tall, wide })
}

fn aligns() -> impl Strategy<Value = Align> {
    prop_oneof![Just(Align::Left), Just(Align::Centre), Just(Align::Right)]
}

fn any_block() -> impl Strategy<Value = Block> {
    let words = || prop_oneof!["\\PC{0,60}", "[a-zŵ£ ]{0,120}", any::<String>()];
    prop_oneof![
        (aligns(), styles(), 0usize..9, words()).prop_map(|(align, style, indent, text)| Block::Text { align, style, indent, text }),
        (styles(), 0usize..9, words(), words()).prop_map(|(style, indent, left, right)| Block::Pair { style, indent, left, right }),
        (words(), words()).prop_map(|(left, right)| Block::Total { left, right }),
        words().prop_map(Block::Barcode),
        Just(Block::Rule),
        Just(Block::Blank),
    ]
}

/// The characters of a class that stand in the rows' words, in order.
fn kept(sheet: &Sheet, class: fn(&char) -> bool) -> String {
    sheet.to_text().chars().filter(class).collect()
}

fn without_spaces(text: &str) -> String {
    text.split_whitespace().collect()
}

proptest! {
    #[test]
    fn no_row_is_ever_wider_than_the_paper(blocks in prop::collection::vec(any_block(), 1..8), columns in 0usize..120) {
        let sheet = lay_out(&document(blocks), columns);
        prop_assert!((MIN_COLUMNS..=MAX_COLUMNS).contains(&sheet.columns));
        for pc858 in [true, false] {
            let profile = PrinterProfile {
                columns: sheet.columns,
                code_page: if pc858 { CodePage::Pc858 } else { CodePage::Wpc1252 },
                ..PrinterProfile::default()
            };
            let printout = escpos_reader::read(&escpos::render(&sheet, &profile)).expect("only what the reference describes");
            prop_assert!(printout.widest() <= sheet.columns, "{}", printout.text());
        }
    }

    #[test]
    fn no_word_of_a_text_is_lost(
        text in "[a-zA-Z0-9£€ŵŷéü'.,–\n\t -]{0,200}", align in aligns(), style in styles(), indent in 0usize..9, columns in 16usize..=96,
    ) {
        let sheet = lay_out(&document(vec![Block::Text { align, style, indent, text: text.clone() }]), columns);
        prop_assert_eq!(without_spaces(&sheet.to_text()), without_spaces(&text));
    }

    #[test]
    fn neither_side_of_a_pair_is_lost(
        left in "[a-z ]{0,150}", right in "[0-9£ ]{0,150}", style in styles(), indent in 0usize..9, columns in 16usize..=96,
    ) {
        for block in [Block::Pair { style, indent, left: left.clone(), right: right.clone() }, Block::Total { left: left.clone(), right: right.clone() }] {
            let sheet = lay_out(&document(vec![block]), columns);
            prop_assert_eq!(kept(&sheet, char::is_ascii_lowercase), without_spaces(&left));
            prop_assert_eq!(kept(&sheet, |c| c.is_numeric() || *c == '£'), without_spaces(&right));
        }
    }

    #[test]
    fn a_sheet_survives_being_kept_as_json(blocks in prop::collection::vec(any_block(), 1..8), dots in prop::collection::vec(any::<u8>(), 6)) {
        let mut blocks = blocks;
        blocks.push(Block::Logo(Bitmap { width: 17, height: 2, rows: dots }));
        let sheet = lay_out(&document(blocks), 42);
        let json = serde_json::to_string(&sheet).expect("JSON");
        prop_assert_eq!(serde_json::from_str::<Sheet>(&json).expect("a sheet"), sheet);
    }
}

#[test]
fn a_pair_keeps_its_right_side_at_the_edge_of_the_first_line() {
    let block = Block::pair("Bulky waste collection and removal", "£120.00");
    assert_eq!(lay_out(&document(vec![block]), 32).to_text(), "Bulky waste collection   £120.00\n  and removal\n");
}

#[test]
fn a_right_side_that_takes_the_whole_line_stands_below() {
    let block = Block::pair("Reference of the payment", "ABCDEFGHIJKLMNOPQRSTUVWX");
    let text = lay_out(&document(vec![block]), 32).to_text();
    assert_eq!(text, "Reference of the payment\n        ABCDEFGHIJKLMNOPQRSTUVWX\n");
}

#[test]
fn a_total_is_twice_as_wide_only_where_it_fits() {
    let style =
        |right: &str, columns| match &lay_out(&document(vec![Block::Total { left: "Cyfanswm".into(), right: right.into() }]), columns).rows
            [..]
        {
            [Row::Pair { style, .. }] => *style,
            rows => panic!("{rows:?}"),
        };
    assert_eq!(style("£184.50", 42), Style::LARGE);
    assert_eq!(style("£9,999,999.99", 42), Style::HEADING);
    assert_eq!(style("£9,999,999.99", 48), Style::LARGE);
    assert_eq!(style("£184.50", 32), Style::HEADING);
}

#[test]
fn what_code_128_cannot_carry_is_printed_as_words() {
    let sheet = lay_out(&document(vec![Block::Barcode("£5".into())]), 42);
    assert_eq!(sheet.rows, [Row::Text { align: Align::Centre, style: Style::PLAIN, text: "£5".into() }]);
}

#[test]
fn a_logo_whose_bytes_do_not_belong_to_its_size_is_left_out() {
    for (width, height, bytes) in [(16, 2, 3), (0, 0, 0), (u32::MAX, u32::MAX, 8)] {
        let sheet = lay_out(&document(vec![Block::Logo(Bitmap { width, height, rows: vec![0; bytes] })]), 42);
        assert_eq!(sheet.rows, [], "{width} by {height}");
    }
}
