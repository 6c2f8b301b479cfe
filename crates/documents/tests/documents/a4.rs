//! Reports on pages of A4, read back with poppler.

use chrono::NaiveDate;
use counterfoil_documents::a4::render;
use counterfoil_documents::document::Align;
use counterfoil_documents::pdf::PdfFacts;
use counterfoil_documents::report::{Bar, Column, Part, Report, Table};
use counterfoil_domain::text::Language;
use std::process::Command;

fn pdf(report: &Report) -> Vec<u8> {
    let created = NaiveDate::from_ymd_opt(2026, 11, 23).and_then(|day| day.and_hms_opt(17, 5, 0)).expect("a time");
    render(report, &PdfFacts { author: "Cyngor Sir Aberwen", created }, &|page, pages| format!("Page {page} of {pages}")).expect("a PDF")
}

/// What a tool of poppler-utils writes about a PDF.
fn poppler(tool: &str, args: &[&str], pdf: &[u8]) -> String {
    let folder = tempfile::tempdir().expect("folder");
    let file = folder.path().join("report.pdf");
    std::fs::write(&file, pdf).expect("written");
    let mut command = Command::new(tool);
    command.args(args).arg(&file);
    if tool == "pdftotext" {
        command.arg("-");
    }
    let output = command.output().expect("poppler-utils is installed");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{tool} has something to complain of");
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn text_of(report: &Report) -> String {
    poppler("pdftotext", &["-layout", "-enc", "UTF-8"], &pdf(report))
}

fn column(name: &str, align: Align) -> Column {
    Column { name: name.into(), align }
}

fn takings(rows: usize) -> Report {
    let columns = vec![column("Fund", Align::Left), column("Items", Align::Right), column("Takings", Align::Right)];
    let rows: Vec<Vec<String>> = (0..rows).map(|row| vec![format!("Fund {row}"), row.to_string(), format!("£{row},000.00")]).collect();
    let totals = Some(vec!["Total".into(), "9".into(), "£9,999.99".into()]);
    Report {
        title: "Takings by fund".into(),
        language: Language::Welsh,
        lead: vec!["Tŷ'r Cyngor · 23 Nov 2026".into()],
        parts: vec![Part::Table(Table { columns, rows, totals })],
    }
}

#[test]
fn every_page_has_its_number_and_the_columns_names_and_no_row_is_lost() {
    let text = text_of(&takings(150));
    let pages: Vec<&str> = text.split('\u{c}').filter(|page| !page.trim().is_empty()).collect();
    assert_eq!(pages.len(), 3, "{text}");
    for (place, page) in pages.iter().enumerate() {
        assert!(page.contains(&format!("Page {} of 3", place + 1)), "{page}");
        assert!(page.contains("Fund   ") && page.contains("Takings"), "{page}");
    }
    for row in 0..150 {
        assert!(text.lines().any(|line| line.contains(&format!("Fund {row} ")) && line.contains(&format!("£{row},000.00"))), "{row}");
    }
    let last = pages.last().expect("a page");
    assert!(last.contains("Total") && last.contains("£9,999.99"), "{last}");
}

#[test]
fn amounts_stand_under_each_other_at_the_right() {
    let text = text_of(&takings(12));
    let ends: Vec<usize> = text.lines().filter(|line| line.contains(",000.00")).map(|line| line.trim_end().chars().count()).collect();
    assert_eq!(ends.len(), 12);
    assert!(ends.iter().all(|end| *end == ends[0]), "{ends:?}\n{text}");
    let boxes = poppler("pdftotext", &["-bbox"], &pdf(&takings(12)));
    let total = boxes.lines().find(|line| line.contains("£9,999.99")).expect("the total");
    let end: f64 = total.split("xMax=\"").nth(1).and_then(|rest| rest.split('"').next()).and_then(|end| end.parse().ok()).expect("a place");
    assert!((end - (595.28 - 42.52)).abs() < 1.0, "figures end at the right edge of what is written on: {end}");
}

#[test]
fn long_words_are_wrapped_in_their_column_and_nothing_leaves_the_page() {
    let words = "counted twice and still short, the customer came back with the note that was given in change ".repeat(3);
    let columns = vec![column("Day", Align::Left), column("Why", Align::Left), column("Difference", Align::Right)];
    let rows = vec![vec!["23 Nov 2026".into(), words.clone(), "−£10.00".into()]];
    let report = Report { parts: vec![Part::Table(Table { columns, rows, totals: None })], ..takings(0) };
    let boxes = poppler("pdftotext", &["-bbox"], &pdf(&report));
    let reach = boxes.split("xMax=\"").skip(1).filter_map(|piece| piece.split('"').next()?.parse::<f64>().ok());
    assert!(reach.fold(0.0, f64::max) < 595.0 - 40.0, "{boxes}");
    let squeezed = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let raw = squeezed(&poppler("pdftotext", &["-raw"], &pdf(&report)));
    let missing: Vec<String> = squeezed(&words).into_iter().filter(|word| !raw.contains(word)).collect();
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn pictures_pairs_and_lines_to_sign_on_say_what_they_are() {
    let bar = |label: &str, length, value: &str| Bar { label: label.into(), length, value: value.into() };
    let parts = vec![
        Part::Heading("By hour".into()),
        Part::Bars(vec![bar("09:00", 1_200, "£12.00"), bar("10:00", -300, "−£3.00"), bar("11:00", 0, "£0.00")]),
        Part::Pairs(vec![("Slip".into(), "000123".into())]),
        Part::Text("Free words".into()),
        Part::Lines(vec!["Signature".into()]),
    ];
    let text = text_of(&Report { parts, ..takings(0) });
    for wanted in ["By hour", "09:00", "−£3.00", "Slip", "000123", "Free words", "Signature", "Cyngor Sir Aberwen", "Tŷ'r Cyngor"] {
        assert!(text.contains(wanted), "{wanted} is missing from\n{text}");
    }
}

#[test]
fn the_same_report_is_the_same_small_file_that_says_what_it_is() {
    let bytes = pdf(&takings(40));
    assert!(bytes == pdf(&takings(40)), "two renderings differ");
    assert!(bytes.len() < 60_000, "{} bytes", bytes.len());
    let said = poppler("pdfinfo", &[], &bytes);
    for wanted in ["Takings by fund", "Cyngor Sir Aberwen", "A4", "Nov 23 17:05:00 2026"] {
        assert!(said.contains(wanted), "{wanted} is missing from\n{said}");
    }
    assert!(bytes.windows(9).any(|window| window == b"/Lang(cy)"));
}
