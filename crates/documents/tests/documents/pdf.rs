//! Receipts as PDF, read by poppler's tools as any reader of the file would.

use crate::common;
use crate::common::{council, document, mixed, noon, simple};
use counterfoil_documents::document::{Block, Document};
use counterfoil_documents::pdf::{PdfFacts, render};
use counterfoil_documents::{Sheet, lay_out};
use counterfoil_domain::text::Language;
use counterfoil_simulators::code128_reader;
use std::path::PathBuf;
use std::process::Command;

const FACTS: PdfFacts<'static> = PdfFacts { author: "Aberwen County Council", created: chrono::NaiveDateTime::MIN };

fn pdf(sheet: &Sheet) -> Vec<u8> {
    render(sheet, &PdfFacts { created: noon(), ..FACTS }).expect("a PDF")
}

/// What a tool of poppler-utils writes about a PDF.
fn poppler(tool: &str, args: &[&str], pdf: &[u8]) -> (tempfile::TempDir, PathBuf, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("receipt.pdf");
    std::fs::write(&file, pdf).expect("written");
    let mut command = Command::new(tool);
    command.args(args).arg(&file);
    match tool {
        "pdftotext" => command.arg("-"),
        "pdftoppm" => command.arg(folder.path().join("page")),
        _ => &mut command,
    };
    let output = command.output().expect("poppler-utils is installed");
    assert!(output.status.success(), "{tool}: {}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{tool} has something to complain of");
    let said = String::from_utf8(output.stdout).expect("UTF-8");
    let path = folder.path().to_owned();
    (folder, path, said)
}

fn text_of(pdf: &[u8]) -> String {
    poppler("pdftotext", &["-layout", "-enc", "UTF-8"], pdf).2
}

#[test]
fn the_text_can_be_copied_with_pound_signs_and_welsh_letters() {
    for language in Language::ALL {
        let text = text_of(&pdf(&common::sheet(&mixed(language), 42)));
        for wanted in ["CH07-0000042", "£352.50", "£184.50", "Tŷ'r Cyngor", "501234566", "**** 4242", "–"] {
            assert!(text.contains(wanted), "{wanted} is missing from\n{text}");
        }
    }
}

#[test]
fn pdf_and_plain_text_say_the_same_in_the_same_order() {
    let sheet = common::sheet(&mixed(Language::English), 48);
    let squeezed = |text: &str| text.replace(['-', '\u{c}'], "").split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(squeezed(&text_of(&pdf(&sheet))), squeezed(&sheet.to_text()));
}

#[test]
fn the_number_is_scanned_from_the_drawn_page() {
    for columns in [32, 42, 48] {
        let (_folder, path, _) = poppler("pdftoppm", &["-r", "300", "-mono"], &pdf(&common::sheet(&simple(Language::English), columns)));
        let page = std::fs::read(path.join("page-1.pbm")).expect("a picture of the page");
        let read: Vec<String> = lines_of_dots(&page).iter().filter_map(|line| code128_reader::read(line)).collect();
        assert!(read.len() > 100, "the bars are high enough to be scanned: {} lines", read.len());
        assert!(read.iter().all(|text| text == "CH07-0000042"), "{read:?}");
    }
}

/// The lines of a binary PBM picture, true is black.
fn lines_of_dots(pbm: &[u8]) -> Vec<Vec<bool>> {
    let mut parts = pbm.splitn(3, |byte| *byte == b'\n');
    assert_eq!(parts.next(), Some(&b"P4"[..]));
    let size = std::str::from_utf8(parts.next().expect("a size")).expect("figures");
    let (width, _) = size.split_once(' ').expect("two figures");
    let width: usize = width.parse().expect("a width");
    let dots = parts.next().expect("dots");
    let line = |bytes: &[u8]| bytes.iter().flat_map(|byte| (0..8).map(move |bit| byte & (0x80 >> bit) != 0)).take(width).collect();
    dots.chunks(width.div_ceil(8)).map(line).collect()
}

#[test]
fn the_page_is_receipt_paper_as_long_as_what_stands_on_it() {
    let size = |sheet: &Sheet| {
        let said = poppler("pdfinfo", &[], &pdf(sheet)).2;
        let size = said.lines().find_map(|line| line.strip_prefix("Page size:")).expect("a size").trim().to_owned();
        let (width, height) = size.trim_end_matches(" pts").split_once(" x ").expect("two figures");
        assert!(said.contains("Pages:           1\n"), "{said}");
        assert_eq!(width, "226.772", "80 mm");
        height.parse::<f64>().expect("a height")
    };
    let (short, long) = (size(&common::sheet(&simple(Language::English), 42)), size(&common::sheet(&mixed(Language::English), 42)));
    assert!(short > 200.0 && long > short, "{short} {long}");
}

#[test]
fn the_file_says_what_it_is_by_whom_and_in_which_language() {
    let bytes = pdf(&common::sheet(&simple(Language::Welsh), 42));
    let said = poppler("pdfinfo", &[], &bytes).2;
    for wanted in ["Derbynneb CH07-0000042", "Aberwen County Council", "Nov 23 10:42:07 2026"] {
        assert!(said.contains(wanted), "{wanted} is missing from\n{said}");
    }
    assert!(bytes.windows(9).any(|window| window == b"/Lang(cy)"));
}

#[test]
fn the_same_receipt_is_the_same_small_file() {
    let sheet = common::sheet(&mixed(Language::English), 42);
    let bytes = pdf(&sheet);
    assert!(bytes == pdf(&sheet), "two renderings differ");
    assert!(bytes.len() < 60_000, "{} bytes", bytes.len());
}

#[test]
fn copies_say_so() {
    let text = text_of(&pdf(&lay_out(&document(&council(), &simple(Language::English), true), 42)));
    assert!(text.trim_start().starts_with("COPY"), "{text}");
}

#[test]
fn letters_that_the_font_does_not_have_are_substituted_as_on_paper() {
    let blocks = vec![Block::detail("中文 ąẃ x\u{301}\u{200d}‟ end")];
    let odd = Document { title: "中(\\)".into(), language: Language::English, blocks };
    assert_eq!(text_of(&pdf(&lay_out(&odd, 42))).trim(), "?? ąẃ x\" end");
}
