//! Receipts as a printer prints them, read by a reader that shares nothing with the encoder.

use crate::common::{council, document, logo, mixed, sheet, simple};
use counterfoil_documents::document::{Block, Document};
use counterfoil_documents::profile::{DrawerPin, MissingLetters, QrBy};
use counterfoil_documents::{CodePage, Model, PrinterProfile, escpos, lay_out};
use counterfoil_domain::council::Bitmap;
use counterfoil_domain::text::Language;
use counterfoil_simulators::escpos_reader::{self, Align, Piece, Printout};
use counterfoil_simulators::qr_reader;

fn printed(sheet: &counterfoil_documents::Sheet, profile: &PrinterProfile) -> Printout {
    escpos_reader::read(&escpos::render(sheet, profile)).expect("only what the reference describes")
}

fn models() -> impl Iterator<Item = (Model, PrinterProfile)> {
    Model::ALL.into_iter().map(|model| (model, model.profile()))
}

#[test]
fn the_pound_sign_is_a_pound_sign_on_both_code_pages() {
    for code_page in [CodePage::Wpc1252, CodePage::Pc858] {
        let printout = printed(&sheet(&simple(Language::English), 42), &PrinterProfile { code_page, ..PrinterProfile::default() });
        for amount in ["£184.50", "£200.00", "£15.50"] {
            assert!(printout.text().contains(amount), "{code_page:?}: {}", printout.text());
        }
    }
}

#[test]
fn no_line_is_wider_than_the_paper_of_any_printer() {
    for (name, profile) in models() {
        for receipt in [mixed(Language::English), mixed(Language::Welsh)] {
            let printout = printed(&sheet(&receipt, profile.columns), &profile);
            assert_eq!(printout.widest(), profile.columns, "{name:?}");
        }
    }
}

#[test]
fn amounts_end_at_the_right_edge() {
    for columns in [32, 42, 48] {
        let profile = PrinterProfile { columns, ..PrinterProfile::default() };
        let printout = printed(&sheet(&mixed(Language::English), columns), &profile);
        let amounts: Vec<_> = printout.lines().filter(|line| line.text.contains('£')).collect();
        assert_eq!(amounts.len(), 17);
        for line in amounts {
            assert_eq!((line.columns() / 2 * 2, line.align), (columns, Align::Left), "{line:?}");
            assert!(!line.text.ends_with(' '), "{line:?}");
        }
    }
}

#[test]
fn paper_and_plain_text_say_the_same() {
    let sheet = sheet(&mixed(Language::English), 42);
    let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    // What the code page can't carry is substituted: an accent, a dash; the middle dot is in it.
    let wanted = squeezed(&sheet.to_text()).replace('ŷ', "y");
    let profile = PrinterProfile { missing_letters: MissingLetters::LookAlike, ..PrinterProfile::default() };
    assert_eq!(squeezed(&printed(&sheet, &profile).text()), wanted);
}

#[test]
fn a_printer_with_a_cutter_cuts_once_at_the_end_and_one_without_feeds() {
    for (name, profile) in models() {
        let printout = printed(&sheet(&simple(Language::English), profile.columns), &profile);
        let wanted = if profile.cut { Piece::Cut { feed: 0 } } else { Piece::Feed(profile.tear_off_lines) };
        assert_eq!(printout.pieces.last(), Some(&wanted), "{name:?}");
        assert_eq!(printout.pieces.iter().filter(|piece| matches!(piece, Piece::Cut { .. })).count(), usize::from(profile.cut));
    }
}

#[test]
fn a_receipt_never_opens_the_drawer_and_the_pulse_does() {
    let profile = PrinterProfile { drawer_pin: DrawerPin::Pin5, drawer_on_ms: 100, drawer_off_ms: 200, ..PrinterProfile::default() };
    let pulse = escpos_reader::read(&escpos::drawer_pulse(&profile)).expect("a pulse");
    assert_eq!(pulse.pieces, [Piece::Drawer { pin: 5, on_ms: 100, off_ms: 200 }]);
    let pulse = escpos_reader::read(&escpos::drawer_pulse(&PrinterProfile::default())).expect("a pulse");
    assert_eq!(pulse.pieces, [Piece::Drawer { pin: 2, on_ms: 50, off_ms: 500 }]);
    let printout = printed(&sheet(&simple(Language::English), 42), &profile);
    assert!(!printout.pieces.iter().any(|piece| matches!(piece, Piece::Drawer { .. })));
}

#[test]
fn the_number_is_scanned_from_every_printer_s_paper() {
    for (name, profile) in models() {
        let printout = printed(&sheet(&simple(Language::English), profile.columns), &profile);
        let barcodes: Vec<_> = printout.pieces.iter().filter(|piece| matches!(piece, Piece::Barcode { .. })).collect();
        let [Piece::Barcode { text, module, align: Align::Centre, .. }] = barcodes[..] else { panic!("{name:?}: {barcodes:?}") };
        assert_eq!(text, "CH07-0000042", "{name:?}");
        assert!((2..=3).contains(module), "{name:?}");
    }
}

#[test]
fn a_number_too_long_for_the_paper_is_printed_without_bars() {
    let number = "ABCDEFGHIJKLMNOPQRSTUVWXYZABCD";
    let long = Document { title: String::new(), language: Language::English, blocks: vec![Block::Barcode(number.into())] };
    let profile = Model::Generic58mm.profile();
    let printout = printed(&lay_out(&long, profile.columns), &profile);
    assert_eq!(printout.text().trim(), number);
    assert!(!printout.pieces.iter().any(|piece| matches!(piece, Piece::Barcode { .. })));
}

#[test]
fn the_logo_comes_out_dot_for_dot() {
    let printout = printed(&sheet(&simple(Language::English), 42), &PrinterProfile::default());
    let Bitmap { rows, .. } = logo();
    // One dot in each byte that would begin a real-time command is more.
    let wanted: Vec<u8> = rows.into_iter().map(|byte| if byte == 0x10 { 0x11 } else { byte }).collect();
    assert_eq!(printout.pieces[0], Piece::Picture { width: 160, height: 64, dots: wanted, align: Align::Centre });
}

/// The lines of dots of each picture that is sent.
fn bands(bytes: &[u8]) -> Vec<u8> {
    bytes.windows(8).filter(|head| head.starts_with(b"\x1dv0\0") && head[7] == 0).map(|head| head[6]).collect()
}

#[test]
fn a_picture_is_sent_a_few_lines_at_a_time_and_what_one_of_them_may_lack_prints_nothing() {
    for (name, profile) in models() {
        let bytes = escpos::render(&sheet(&simple(Language::English), profile.columns), &profile);
        assert_eq!(bands(&bytes)[..3], [24, 24, 16], "{name:?}");
        let missing_end = escpos::missing_end(&profile);
        let widest = usize::try_from(profile.dots / 8).expect("small") * 24;
        assert!(missing_end.len() >= widest, "{name:?}");
        assert_eq!(escpos_reader::read(&missing_end), Ok(Printout::default()), "{name:?}");
    }
}

#[test]
fn a_printer_that_tells_by_itself_is_told_to_after_each_reset_and_no_other_is() {
    for (name, profile) in models() {
        let profile = PrinterProfile { slip_columns: Some(35), ..profile };
        let sheet = sheet(&simple(Language::English), profile.columns);
        for bytes in [escpos::render(&sheet, &profile), escpos::render_slip(&sheet, &profile)] {
            let after_reset = |at: usize| bytes.get(at + 2..at + 5) == Some(b"\x1da\x0f");
            let resets: Vec<bool> =
                bytes.windows(2).enumerate().filter(|(_, pair)| *pair == b"\x1b@").map(|(at, _)| after_reset(at)).collect();
            let wanted = matches!(name, Model::TmT88 | Model::TmT20);
            assert!(!resets.is_empty() && resets.iter().all(|told| *told == wanted), "{name:?}: {resets:?}");
        }
    }
}

#[test]
fn a_logo_wider_than_the_paper_or_full_of_commands_is_printed_safely() {
    for (width, height, byte) in [(1600u32, 900u32, 0xff), (2000, 10, 0x10), (384, 3, 0x14)] {
        let length = usize::try_from(width.div_ceil(8) * height).expect("small");
        let rows = (0..length).map(|place| if place % 2 == 0 { 0x10 } else { byte }).collect();
        let blocks = vec![Block::Logo(Bitmap { width, height, rows })];
        let picture = Document { title: String::new(), language: Language::English, blocks };
        let profile = Model::Generic58mm.profile();
        let printout = printed(&lay_out(&picture, profile.columns), &profile);
        let Some(Piece::Picture { width, height, .. }) = printout.pieces.first() else { panic!("{:?}", printout.pieces) };
        assert!(*width <= 384 && *height <= 512, "{width} by {height}");
    }
}

#[test]
fn headings_are_large_and_the_rest_is_not() {
    let printout = printed(&lay_out(&document(&council(), &simple(Language::English), true), 42), &PrinterProfile::default());
    let sizes = |text: &str| {
        printout.lines().find(|line| line.text.trim().starts_with(text)).map(|line| (line.width, line.height, line.bold)).expect(text)
    };
    assert_eq!(sizes("COPY"), (2, 2, true));
    assert_eq!(sizes("Aberwen County"), (1, 2, true));
    assert_eq!(sizes("Total"), (2, 2, true));
    assert_eq!(sizes("Cash"), (1, 1, false));
    assert_eq!(sizes("Thank you"), (1, 1, false));
}

#[test]
fn welsh_letters_lose_at_most_their_accent() {
    let profile = PrinterProfile { missing_letters: MissingLetters::LookAlike, ..PrinterProfile::default() };
    let printout = printed(&sheet(&mixed(Language::Welsh), 42), &profile);
    assert!(printout.text().contains("Ty'r Cyngor"), "{}", printout.text());
    assert!(!printout.text().contains('?'), "{}", printout.text());
}

#[test]
fn a_line_with_a_welsh_letter_that_no_page_has_is_a_picture_and_the_others_stay_text() {
    let blocks = vec![Block::pair("Canolfan Tŵr", "£5.00"), Block::pair("Neuadd", "£6.00")];
    let document = Document { title: String::new(), language: Language::Welsh, blocks };
    let printout = printed(&lay_out(&document, 42), &PrinterProfile::default());
    assert_eq!(printout.lines().count(), 1, "{}", printout.text());
    let Piece::Picture { width, height, dots, align: Align::Left } = &printout.pieces[0] else { panic!("{:?}", printout.pieces) };
    assert_eq!((*width, *height), (504, 30));
    assert!(dots.iter().map(|byte| byte.count_ones()).sum::<u32>() > 500, "letters are there");
}

#[test]
fn printers_that_read_two_bytes_as_one_are_told_not_to_before_any_text() {
    for (name, profile) in models() {
        let bytes = escpos::render(&sheet(&simple(Language::English), profile.columns), &profile);
        assert_eq!(bytes.starts_with(b"\x1b@\x1c."), matches!(name, Model::Generic80mm | Model::Generic58mm), "{name:?}");
    }
}

#[test]
fn where_the_pack_says_so_the_number_is_a_qr_code_too_drawn_by_the_printer_or_for_it() {
    let mut council = council();
    council.receipt.qr = true;
    for (name, profile) in models() {
        let printout = printed(&lay_out(&document(&council, &simple(Language::English), false), profile.columns), &profile);
        let drawn_for_it = |piece: &Piece| match piece {
            Piece::Picture { width, dots, align: Align::Centre, .. } => qr_reader::read(*width, dots),
            _ => None,
        };
        let by_itself = |piece: &Piece| match piece {
            Piece::Qr { text, module: 3..=6, align: Align::Centre } => Some(text.clone()),
            _ => None,
        };
        let read = match profile.qr {
            QrBy::Picture => printout.pieces.iter().find_map(drawn_for_it),
            QrBy::Printer => printout.pieces.iter().find_map(by_itself),
        };
        assert_eq!(read.as_deref(), Some("CH07-0000042"), "{name:?}");
        assert!(printout.pieces.iter().any(|piece| matches!(piece, Piece::Barcode { .. })), "{name:?}");
    }
    let plain = printed(&sheet(&simple(Language::English), 42), &Model::TmT88.profile());
    assert!(!plain.pieces.iter().any(|piece| matches!(piece, Piece::Qr { .. })), "only where the pack says so");
}
