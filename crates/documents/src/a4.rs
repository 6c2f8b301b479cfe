//! A report as a PDF: pages of A4, numbered, with the columns' names on each.
//!
//! The fonts, and what a PDF says of itself, are those of receipts. The same report and facts give the same bytes.
#![allow(clippy::float_arithmetic, reason = "places on a page in points; no amount of money is reckoned here")]

use crate::DocumentError;
use crate::code_page::carried;
use crate::document::Align;
use crate::pdf::{ADVANCE, Drawn, Face, MM, PdfFacts, begun, fill, saved, text_columns};
use crate::report::{Bar, Part, Report, Table};
use crate::wrap::{printable, width, wrapped};
use printpdf::{Mm, ParsedFont, PdfPage};

const PAGE_WIDTH: f32 = 210.0 * MM;
const PAGE_HEIGHT: f32 = 297.0 * MM;
/// White at each side.
const SIDE: f32 = 15.0 * MM;
/// White at the top and the bottom; the page's number stands in the latter.
const END: f32 = 16.0 * MM;
const TEXT_WIDTH: f32 = PAGE_WIDTH - 2.0 * SIDE;
/// Characters of plain text in a line.
const COLUMNS: usize = 100;
/// The size of plain text, so that they fill the line.
const SIZE: f32 = TEXT_WIDTH / 100.0 / ADVANCE;
/// From one line to the next.
const LINE: f32 = SIZE * 1.4;
const TITLE: f32 = SIZE * 1.9;
const HEADING: f32 = SIZE * 1.25;
/// Characters between two columns.
const GAP: usize = 2;
/// The narrowest that a column of words is made.
const NARROWEST: usize = 8;
/// The widest label of a bar.
const LABEL: usize = 30;
/// Height of a line to write on.
const WRITING: f32 = 11.0 * MM;

/// The report as a PDF file. `page_words` says which page it is, of how many.
///
/// # Errors
/// [`DocumentError::Font`], [`DocumentError::Pdf`]; neither depends on the report.
pub fn render(report: &Report, facts: &PdfFacts<'_>, page_words: &dyn Fn(usize, usize) -> String) -> Result<Vec<u8>, DocumentError> {
    let mut document = begun(&report.title, facts)?;
    let font = Face::Regular.font()?;
    let mut pen = Pen { font: &font, pages: vec![Vec::new()], down: END };
    pen.head(report, facts.author);
    for part in &report.parts {
        pen.part(part);
    }
    let count = pen.pages.len();
    for number in 1..=count {
        pen.foot(number, &report.title, &page_words(number, count));
    }
    for drawn in pen.pages {
        let mut ops = vec![fill(0.0)];
        for one in drawn {
            one.onto(&mut ops, PAGE_HEIGHT);
        }
        document.pages.push(PdfPage::new(Mm(PAGE_WIDTH / MM), Mm(PAGE_HEIGHT / MM), ops));
    }
    saved(&document, &report.title, report.language, facts)
}

struct Pen<'a> {
    font: &'a ParsedFont,
    pages: Vec<Vec<Drawn>>,
    /// How far down the last page the next line begins.
    down: f32,
}

/// A column as it is drawn: where it begins and how wide it is, in characters.
#[derive(Clone, Copy)]
struct Place {
    from: usize,
    wide: usize,
    align: Align,
}

impl Pen<'_> {
    fn head(&mut self, report: &Report, author: &str) {
        self.words(Face::Regular, SIZE, 0.0, author);
        self.down += LINE * 1.3;
        for line in wrapped(&report.title, 52) {
            self.words(Face::Bold, TITLE, 0.0, &line);
            self.down += TITLE * 1.3;
        }
        for line in report.lead.iter().flat_map(|line| wrapped(&printable(line), COLUMNS)) {
            self.words(Face::Regular, SIZE, 0.0, &line);
            self.down += LINE;
        }
        self.down += LINE * 0.7;
    }

    /// The page's number at the right, the title at the left.
    fn foot(&mut self, number: usize, title: &str, words: &str) {
        let down = PAGE_HEIGHT - END + LINE;
        let room = COLUMNS.saturating_sub(width(words) + GAP);
        let title = wrapped(title, room).into_iter().next().unwrap_or_default();
        let right = TEXT_WIDTH - text_columns(words) * SIZE * ADVANCE;
        for (x, text) in [(0.0, title.as_str()), (right, words)] {
            let text = self.carried(text);
            if let Some(page) = self.pages.get_mut(number - 1).filter(|_| !text.is_empty()) {
                page.push(Drawn::Words { face: Face::Regular, size: SIZE, x: SIDE + x, down, text });
            }
        }
    }

    fn part(&mut self, part: &Part) {
        match part {
            Part::Heading(text) => {
                self.room(HEADING * 2.0 + LINE * 3.0);
                self.down += LINE * 0.4;
                self.words(Face::Bold, HEADING, 0.0, text);
                self.down += HEADING * 1.6;
            }
            Part::Text(text) => {
                for line in wrapped(&printable(text), COLUMNS) {
                    self.room(LINE);
                    self.words(Face::Regular, SIZE, 0.0, &line);
                    self.down += LINE;
                }
                self.down += LINE * 0.5;
            }
            Part::Pairs(pairs) => self.pairs(pairs),
            Part::Table(table) => self.table(table),
            Part::Bars(bars) => self.bars(bars),
            Part::Lines(lines) => self.lines(lines),
        }
    }

    /// On a new page, unless so much fits on this one.
    fn room(&mut self, height: f32) -> bool {
        let fits = self.down + height <= PAGE_HEIGHT - END;
        if !fits {
            self.pages.push(Vec::new());
            self.down = END;
        }
        !fits
    }

    fn carried(&self, text: &str) -> String {
        carried(text, |c| self.font.lookup_glyph_index(u32::from(c)).map(|_| c)).collect()
    }

    fn words(&mut self, face: Face, size: f32, x: f32, text: &str) {
        let text = self.carried(&printable(text));
        if !text.is_empty() {
            self.draw(Drawn::Words { face, size, x: SIDE + x, down: self.down + size, text });
        }
    }

    fn draw(&mut self, drawn: Drawn) {
        if let Some(page) = self.pages.last_mut() {
            page.push(drawn);
        }
    }

    fn rule(&mut self, thick: f32) {
        self.draw(Drawn::Box { x: SIDE, down: self.down, width: TEXT_WIDTH, height: thick });
        self.down += SIZE * 0.4;
    }

    fn pairs(&mut self, pairs: &[(String, String)]) {
        let widest = pairs.iter().map(|(left, _)| width(left)).max().unwrap_or_default().min(LABEL);
        for (left, right) in pairs {
            self.room(LINE);
            self.words(Face::Regular, SIZE, 0.0, left);
            self.words(Face::Bold, SIZE, across(widest + GAP), right);
            self.down += LINE;
        }
        self.down += LINE * 0.7;
    }

    fn table(&mut self, table: &Table) {
        let places = places(table);
        let names: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
        self.room(LINE * 5.0);
        self.row(&places, &names, Face::Bold);
        self.rule(0.8);
        for row in &table.rows {
            let cells: Vec<&str> = row.iter().map(String::as_str).collect();
            if self.room(LINE * lines_of(&places, &cells)) {
                self.row(&places, &names, Face::Bold);
                self.rule(0.8);
            }
            self.row(&places, &cells, Face::Regular);
        }
        if let Some(totals) = &table.totals {
            self.room(LINE * 2.0);
            self.rule(0.8);
            let cells: Vec<&str> = totals.iter().map(String::as_str).collect();
            self.row(&places, &cells, Face::Bold);
        }
        self.down += LINE;
    }

    fn row(&mut self, places: &[Place], cells: &[&str], face: Face) {
        let (top, mut lowest) = (self.down, self.down + LINE);
        for (place, cell) in places.iter().zip(cells) {
            self.down = top;
            for line in wrapped(&printable(cell), place.wide) {
                let free = match place.align {
                    Align::Left => 0,
                    Align::Centre => place.wide.saturating_sub(width(&line)) / 2,
                    Align::Right => place.wide.saturating_sub(width(&line)),
                };
                self.words(face, SIZE, across(place.from + free), &line);
                self.down += LINE;
            }
            lowest = lowest.max(self.down);
        }
        self.down = lowest;
    }

    /// Label, bar, value; the longest bar fills its room.
    fn bars(&mut self, bars: &[Bar]) {
        let widest = |text: fn(&Bar) -> &str| bars.iter().map(|bar| width(text(bar))).max().unwrap_or_default().min(LABEL);
        let (label, value) = (widest(|bar| &bar.label), widest(|bar| &bar.value));
        let (from, to) = (label + GAP, COLUMNS.saturating_sub(value + GAP));
        let longest = bars.iter().map(|bar| bar.length.unsigned_abs()).max().unwrap_or_default().max(1);
        for bar in bars {
            self.room(LINE);
            self.words(Face::Regular, SIZE, 0.0, wrapped(&bar.label, LABEL).first().map_or("", String::as_str));
            let thousandths = u16::try_from(bar.length.unsigned_abs().saturating_mul(1000) / longest).unwrap_or_default();
            let wide = across(to.saturating_sub(from)) * f32::from(thousandths) / 1000.0;
            let grey = if bar.length < 0 { 0.75 } else { 0.35 };
            self.draw(Drawn::Shade { x: SIDE + across(from), down: self.down + LINE * 0.12, width: wide, height: LINE * 0.7, grey });
            self.words(Face::Regular, SIZE, across(COLUMNS.saturating_sub(width(&bar.value))), &bar.value);
            self.down += LINE;
        }
        self.down += LINE;
    }

    fn lines(&mut self, lines: &[String]) {
        let widest = lines.iter().map(|line| width(line)).max().unwrap_or_default().min(LABEL * 2);
        for line in lines {
            self.room(WRITING);
            self.down += WRITING - LINE;
            self.words(Face::Regular, SIZE, 0.0, line);
            self.down += LINE;
            let x = across(widest + GAP);
            self.draw(Drawn::Box { x: SIDE + x, down: self.down, width: TEXT_WIDTH - x, height: 0.6 });
        }
        self.down += LINE;
    }
}

/// So many characters, in points.
fn across(characters: usize) -> f32 {
    f32::from(u16::try_from(characters).unwrap_or(u16::MAX)) * SIZE * ADVANCE
}

/// How many lines a row takes.
fn lines_of(places: &[Place], cells: &[&str]) -> f32 {
    let lines = places.iter().zip(cells).map(|(place, cell)| wrapped(&printable(cell), place.wide).len()).max().unwrap_or(1);
    f32::from(u16::try_from(lines.max(1)).unwrap_or(u16::MAX))
}

/// Each column as wide as what stands in it; where that is too much, the widest columns of words give way. Where there is room to
/// spare, the widest takes it, so that figures stand at the right edge of the page.
fn places(table: &Table) -> Vec<Place> {
    let cell = |row: &Vec<String>, place: usize| row.get(place).map_or(0, |cell| width(cell));
    let mut wide: Vec<usize> = table
        .columns
        .iter()
        .enumerate()
        .map(|(place, column)| {
            // A name is wrapped rather than that it widens a column of short cells.
            let name = column.name.split(' ').map(width).max().unwrap_or_default();
            table.rows.iter().chain(&table.totals).map(|row| cell(row, place)).max().unwrap_or_default().max(name).max(1)
        })
        .collect();
    let is_words = |place: usize| table.columns.get(place).is_some_and(|column| column.align == Align::Left);
    let gaps = GAP * table.columns.len().saturating_sub(1);
    while wide.iter().sum::<usize>() + gaps > COLUMNS {
        let words = |(place, wide): &(usize, &mut usize)| **wide > NARROWEST && is_words(*place);
        match wide.iter_mut().enumerate().filter(words).max_by_key(|(_, wide)| **wide) {
            Some((_, widest)) => *widest -= 1,
            None => break,
        }
    }
    let spare = COLUMNS.saturating_sub(wide.iter().sum::<usize>() + gaps);
    if table.columns.iter().any(|column| column.align == Align::Right)
        && let Some((_, widest)) = wide.iter_mut().enumerate().filter(|(place, _)| is_words(*place)).max_by_key(|(_, wide)| **wide)
    {
        *widest += spare;
    }
    let mut from = 0;
    let mut places = Vec::new();
    for (column, wide) in table.columns.iter().zip(wide) {
        places.push(Place { from, wide, align: column.align });
        from += wide + GAP;
    }
    places
}
