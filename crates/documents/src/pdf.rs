//! A sheet as a PDF: one page of receipt paper, as long as what stands on it.
//!
//! Text is drawn with two embedded fonts (see `assets/fonts`), so it looks the same everywhere, can be searched and copied,
//! and is read out by a screen reader in its language. The same sheet and facts give the same bytes.
#![allow(clippy::float_arithmetic, reason = "places on a page in points; no amount of money is reckoned here")]

use crate::DocumentError;
use crate::code_page::carried;
use crate::document::{Align, Style};
use crate::qr::QUIET_ZONE;
use crate::sheet::{Row, Sheet};
use crate::wrap;
use chrono::NaiveDateTime;
use counterfoil_domain::text::Language;
use lopdf::{Object, StringFormat};
use printpdf::{
    Color, CustomPdfConformance, FontId, Greyscale, Mm, Op, PaintMode, ParsedFont, PdfConformance, PdfDocument, PdfFont, PdfFontHandle,
    PdfPage, PdfSaveOptions, Point, Pt, Rect, TextItem,
};

pub(crate) static REGULAR: &[u8] = include_bytes!("../../../assets/fonts/JetBrainsMono-Regular.ttf");
pub(crate) static BOLD: &[u8] = include_bytes!("../../../assets/fonts/JetBrainsMono-Bold.ttf");

/// Points in a millimetre.
pub(crate) const MM: f32 = 72.0 / 25.4;
/// The paper of nearly every receipt printer.
const PAGE_WIDTH: f32 = 80.0 * MM;
/// White at the left and right.
const SIDE: f32 = 4.5 * MM;
/// White at the top and bottom.
const END: f32 = 7.0 * MM;
/// Where words may stand.
const TEXT_WIDTH: f32 = PAGE_WIDTH - 2.0 * SIDE;
/// Width of every character of the font, as a share of its size.
pub(crate) const ADVANCE: f32 = 0.6;
/// From one line to the next, as a share of the font's size.
const LEADING: f32 = 1.34;
/// The part of a line above its baseline.
const ASCENT: f32 = 1.0;
/// How much larger than plain text a heading is, where there is room.
const HEADING_SCALE: f32 = 1.2;
/// How much larger than plain text large text is. Paper doubles it, which is more than a page needs.
const LARGE_SCALE: f32 = 1.7;
/// Height of a barcode's bars.
const BARCODE_HEIGHT: f32 = 11.0 * MM;
/// The widest module of a barcode.
const WIDEST_MODULE: f32 = 0.33 * MM;
/// Height and width of a QR code.
const QR_SIDE: f32 = 20.0 * MM;
/// One dot of a picture, as on a printer of 180 dots an inch.
const DOT: f32 = 72.0 / 180.0;
/// The highest picture.
const PICTURE_HEIGHT: f32 = 28.0 * MM;

/// What the file says about itself.
#[derive(Clone, Copy, Debug)]
pub struct PdfFacts<'a> {
    /// Who wrote it: the council's name.
    pub author: &'a str,
    /// When, by the council's clock. Passed in, so that the same receipt is the same file.
    pub created: NaiveDateTime,
}

/// The sheet as a PDF file.
///
/// # Errors
/// [`DocumentError::Font`] when the program's own fonts can't be read, [`DocumentError::Pdf`] when the file can't be put
/// together in memory. Neither depends on the sheet.
pub fn render(sheet: &Sheet, facts: &PdfFacts<'_>) -> Result<Vec<u8>, DocumentError> {
    let mut document = begun(&sheet.title, facts)?;
    // Both faces have the same characters.
    let page = Page::of(sheet, &Face::Regular.font()?);
    document.pages.push(PdfPage::new(Mm(PAGE_WIDTH / MM), Mm(page.height / MM), page.ops));
    saved(&document, &sheet.title, sheet.language, facts)
}

/// A file without pages, with both faces in it.
pub(crate) fn begun(title: &str, facts: &PdfFacts<'_>) -> Result<PdfDocument, DocumentError> {
    let mut document = PdfDocument::new(title);
    document.metadata.info.author = facts.author.to_owned();
    document.metadata.info.creator = "Counterfoil".to_owned();
    document.metadata.info.producer = "Counterfoil".to_owned();
    // An ordinary PDF: the conformances offered embed a colour profile of half a megabyte.
    document.metadata.info.conformance =
        PdfConformance::Custom(CustomPdfConformance { requires_icc_profile: false, requires_xmp_metadata: false, ..Default::default() });
    for face in [Face::Regular, Face::Bold] {
        document.resources.fonts.map.insert(face.id(), PdfFont::new(face.font()?));
    }
    Ok(document)
}

/// Writes the file with an identity and a date of its own instead of printpdf's random and empty ones.
pub(crate) fn saved(document: &PdfDocument, title: &str, language: Language, facts: &PdfFacts<'_>) -> Result<Vec<u8>, DocumentError> {
    let failed = |error: &dyn std::fmt::Display| DocumentError::Pdf(error.to_string());
    let mut file = document.to_lopdf_document(&PdfSaveOptions::default(), &mut Vec::new());
    let string = |text: String| Object::String(text.into_bytes(), StringFormat::Literal);
    let created = facts.created.format("%Y%m%d%H%M%S").to_string();
    let identity = string(format!("{title}/{created}"));
    file.version = "1.7".to_owned();
    file.trailer.set("ID", Object::Array(vec![identity.clone(), identity]));
    file.catalog_mut().map_err(|error| failed(&error))?.set("Lang", string(language.tag().to_owned()));
    let info = file.trailer.get(b"Info").and_then(Object::as_reference).map_err(|error| failed(&error))?;
    let info = file.get_dictionary_mut(info).map_err(|error| failed(&error))?;
    for unwanted in ["GTS_PDFXVersion", "Trapped", "Identifier", "Keywords", "Subject"] {
        info.remove(unwanted.as_bytes());
    }
    info.set("CreationDate", string(format!("D:{created}")));
    info.set("ModDate", string(format!("D:{created}")));
    file.compress();
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).map_err(|error| failed(&error))?;
    Ok(bytes)
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Face {
    Regular,
    Bold,
}

impl Face {
    fn id(self) -> FontId {
        FontId(match self {
            Face::Regular => "JetBrainsMono-Regular".to_owned(),
            Face::Bold => "JetBrainsMono-Bold".to_owned(),
        })
    }

    pub(crate) fn font(self) -> Result<ParsedFont, DocumentError> {
        let bytes = match self {
            Face::Regular => REGULAR,
            Face::Bold => BOLD,
        };
        ParsedFont::from_bytes(bytes, 0, &mut Vec::new()).ok_or(DocumentError::Font)
    }
}

/// A page as high as its rows need.
struct Page {
    ops: Vec<Op>,
    height: f32,
}

/// What is drawn from here on has this grey; 0 is black.
pub(crate) fn fill(grey: f32) -> Op {
    Op::SetFillColor { col: Color::Greyscale(Greyscale::new(grey, None)) }
}

/// Text and boxes placed by their distance from the top.
struct Pen<'a> {
    font: &'a ParsedFont,
    drawn: Vec<Drawn>,
    /// How far down the page the next row begins.
    down: f32,
    /// Size of plain text, so that `columns` characters fill the width.
    size: f32,
}

/// Something on a page; `down` is from its top.
pub(crate) enum Drawn {
    Words {
        face: Face,
        size: f32,
        x: f32,
        down: f32,
        text: String,
    },
    Box {
        x: f32,
        down: f32,
        width: f32,
        height: f32,
    },
    /// A box in grey; 0 is black.
    Shade {
        x: f32,
        down: f32,
        width: f32,
        height: f32,
        grey: f32,
    },
}

impl Page {
    fn of(sheet: &Sheet, font: &ParsedFont) -> Page {
        let columns = u16::try_from(sheet.columns.max(1)).unwrap_or(u16::MAX);
        let mut pen = Pen { font, drawn: Vec::new(), down: END, size: TEXT_WIDTH / f32::from(columns) / ADVANCE };
        for row in &sheet.rows {
            pen.row(row);
        }
        let height = pen.down + END;
        let mut ops = vec![fill(0.0)];
        for drawn in pen.drawn {
            drawn.onto(&mut ops, height);
        }
        Page { ops, height }
    }
}

impl Drawn {
    pub(crate) fn onto(self, ops: &mut Vec<Op>, height: f32) {
        match self {
            Drawn::Words { face, size, x, down, text } => ops.extend([
                Op::StartTextSection,
                Op::SetFont { font: PdfFontHandle::External(face.id()), size: Pt(size) },
                Op::SetTextCursor { pos: Point { x: Pt(x), y: Pt(height - down) } },
                Op::ShowText { items: vec![TextItem::Text(text)] },
                Op::EndTextSection,
            ]),
            Drawn::Box { x, down, width, height: tall } => {
                let mut rectangle = Rect::from_xywh(Pt(x), Pt(height - down - tall), Pt(width), Pt(tall));
                rectangle.mode = Some(PaintMode::Fill);
                ops.push(Op::DrawRectangle { rectangle });
            }
            Drawn::Shade { x, down, width, height: tall, grey } => {
                ops.push(fill(grey));
                Drawn::Box { x, down, width, height: tall }.onto(ops, height);
                ops.push(fill(0.0));
            }
        }
    }
}

impl Pen<'_> {
    fn row(&mut self, row: &Row) {
        match row {
            Row::Text { align, style, text } => {
                let scale = self.scale(*style, text_columns(text));
                self.words(*align, *style, scale, text);
                self.down += self.size * scale * LEADING;
            }
            Row::Pair { style, left, right } => {
                let scale = self.scale(*style, text_columns(left) + 1.0 + text_columns(right));
                self.words(Align::Left, *style, scale, left);
                self.words(Align::Right, *style, scale, right);
                self.down += self.size * scale * LEADING;
            }
            Row::Rule => {
                self.down += self.size * 0.45;
                self.drawn.push(Drawn::Box { x: SIDE, down: self.down, width: TEXT_WIDTH, height: 0.6 });
                self.down += self.size * 0.55;
            }
            Row::Blank => self.down += self.size * LEADING * 0.7,
            Row::Barcode { text, bars } => self.barcode(text, bars),
            Row::Qr { side, dots, .. } => self.qr(*side, dots),
            Row::Picture { width, height, dots } => self.picture(*width, *height, DOT, dots),
        }
    }

    /// How much larger than plain the style is drawn: never so large that the words leave the page.
    fn scale(&self, style: Style, columns: f32) -> f32 {
        let wanted = match (style.wide, style.tall) {
            (true, _) => LARGE_SCALE,
            (false, true) => HEADING_SCALE,
            (false, false) => return 1.0,
        };
        let room = TEXT_WIDTH / (columns.max(1.0) * self.size * ADVANCE);
        wanted.min(room)
    }

    fn words(&mut self, align: Align, style: Style, scale: f32, text: &str) {
        let size = self.size * scale;
        let free = TEXT_WIDTH - text_columns(text) * size * ADVANCE;
        let x = SIDE
            + match align {
                Align::Left => 0.0,
                Align::Centre => free / 2.0,
                Align::Right => free,
            };
        let face = if style.bold { Face::Bold } else { Face::Regular };
        let text: String = carried(text, |c| self.font.lookup_glyph_index(u32::from(c)).map(|_| c)).collect();
        if !text.is_empty() {
            self.drawn.push(Drawn::Words { face, size, x, down: self.down + size * ASCENT, text });
        }
    }

    fn barcode(&mut self, text: &str, bars: &str) {
        let modules = f32::from(u16::try_from(bars.len().max(1)).unwrap_or(u16::MAX));
        let module = WIDEST_MODULE.min(TEXT_WIDTH / modules);
        let left = (PAGE_WIDTH - modules * module) / 2.0;
        self.down += self.size * 0.5;
        for (start, length) in black_runs(bars.bytes().map(|byte| byte == b'1')) {
            self.drawn.push(Drawn::Box { x: left + start * module, down: self.down, width: length * module, height: BARCODE_HEIGHT });
        }
        self.down += BARCODE_HEIGHT + self.size * 0.2;
        self.words(Align::Centre, Style::PLAIN, 1.0, text);
        self.down += self.size * LEADING;
    }

    /// With white around it, as scanners need it.
    fn qr(&mut self, side: u32, dots: &[u8]) {
        let Ok(modules) = u16::try_from(side) else { return };
        let module = QR_SIDE / f32::from(modules.max(1));
        let quiet = module * f32::from(u16::try_from(QUIET_ZONE).unwrap_or_default());
        self.down += quiet;
        self.picture(side, side, module, dots);
        self.down += quiet;
    }

    fn picture(&mut self, width: u32, height: u32, dot: f32, dots: &[u8]) {
        let (Ok(across), Ok(lines)) = (u16::try_from(width), u16::try_from(height)) else { return };
        let (across, lines) = (f32::from(across), f32::from(lines));
        let dot = dot.min(TEXT_WIDTH / across.max(1.0)).min(PICTURE_HEIGHT / lines.max(1.0));
        let left = (PAGE_WIDTH - across * dot) / 2.0;
        let stride = usize::try_from(width.div_ceil(8)).unwrap_or(usize::MAX);
        for line in dots.chunks(stride.max(1)) {
            let pixels = line.iter().flat_map(|byte| (0..8).map(move |bit| byte & (0x80 >> bit) != 0));
            for (start, length) in black_runs(pixels) {
                // A little taller than its line, so that no hair of white shows between two.
                self.drawn.push(Drawn::Box { x: left + start * dot, down: self.down, width: length * dot, height: dot * 1.05 });
            }
            self.down += dot;
        }
        self.down += self.size * 0.4;
    }
}

/// Characters of a line, for reckoning its width.
pub(crate) fn text_columns(text: &str) -> f32 {
    f32::from(u16::try_from(wrap::width(text)).unwrap_or(u16::MAX))
}

/// Where black begins and how long it lasts.
fn black_runs(dots: impl Iterator<Item = bool>) -> Vec<(f32, f32)> {
    let mut runs: Vec<(u16, u16)> = Vec::new();
    for (place, _) in dots.enumerate().filter(|(_, black)| *black) {
        let place = u16::try_from(place).unwrap_or(u16::MAX);
        match runs.last_mut() {
            Some((start, length)) if start.saturating_add(*length) == place => *length = length.saturating_add(1),
            _ => runs.push((place, 1)),
        }
    }
    runs.into_iter().map(|(start, length)| (f32::from(start), f32::from(length))).collect()
}
