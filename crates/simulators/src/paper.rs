//! A printout as a picture: what a printer of so many dots would put on paper, to be looked at and to be kept.
//!
//! Characters stand in cells of 12 by 24 dots, lines are 30 dots apart, as on nearly every printer. How the letters look is this
//! program's own affair: no two printers have the same.
#![allow(clippy::float_arithmetic, reason = "how black a dot is; no amount of money is reckoned here")]

use crate::code128_reader::PATTERNS;
use crate::escpos_reader::{Align, Line, Piece, Printout};
use fontdue::{Font, FontSettings};
use qrcodegen::{QrCode, QrCodeEcc};
use std::path::Path;

/// A character of font A.
const CELL: (usize, usize) = (12, 24);
/// From one line to the next.
const LINE: usize = 30;
/// The letters' size with which a character fills its cell, and where they stand in it.
const SIZE: f32 = 20.0;
const BASELINE: i32 = 19;
/// A dot is black when it is covered so much, of 255.
const BLACK_FROM: u8 = 110;
/// White all around, so that the paper's edge is seen.
const EDGE: usize = 12;

static REGULAR: &[u8] = include_bytes!("../../../assets/fonts/JetBrainsMono-Regular.ttf");
static BOLD: &[u8] = include_bytes!("../../../assets/fonts/JetBrainsMono-Bold.ttf");

/// Black and white dots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Dots across.
    pub width: usize,
    /// Rows from the top, true is black.
    pub rows: Vec<Vec<bool>>,
}

/// Why a picture can't be made or read.
pub type Trouble = Box<dyn std::error::Error + Send + Sync>;

/// Draws a printout on paper of so many dots. What goes over its edge is cut off, as on paper.
///
/// # Errors
/// The fonts can't be read.
pub fn draw(printout: &Printout, dots: usize) -> Result<Picture, Trouble> {
    let font = |bytes: &[u8]| Font::from_bytes(bytes, FontSettings::default());
    let mut paper = Paper { dots, rows: Vec::new(), regular: font(REGULAR)?, bold: font(BOLD)? };
    for piece in &printout.pieces {
        paper.piece(piece)?;
    }
    let width = dots + 2 * EDGE;
    let blank = || std::iter::repeat_n(vec![false; width], EDGE);
    let rows = paper.rows.into_iter().map(|row| [vec![false; EDGE], row, vec![false; EDGE]].concat());
    Ok(Picture { width, rows: blank().chain(rows).chain(blank()).collect() })
}

struct Paper {
    dots: usize,
    rows: Vec<Vec<bool>>,
    regular: Font,
    bold: Font,
}

impl Paper {
    fn piece(&mut self, piece: &Piece) -> Result<(), Trouble> {
        match piece {
            Piece::Line(line) => self.line(line),
            Piece::Barcode { symbols, module, height, align, .. } => {
                let bars = symbols.iter().flat_map(|symbol| PATTERNS[*symbol].bytes()).chain([b'2']).enumerate();
                let bars: Vec<bool> = bars
                    .flat_map(|(place, width)| std::iter::repeat_n(place % 2 == 0, usize::from(width - b'0') * usize::from(*module)))
                    .collect();
                self.put(*align, &vec![bars; usize::from(*height)]);
            }
            Piece::Qr { text, module, align } => {
                let code = QrCode::encode_text(text, QrCodeEcc::Medium).map_err(|error| error.to_string())?;
                let wide = |row: Vec<bool>| row.into_iter().flat_map(|black| std::iter::repeat_n(black, usize::from(*module))).collect();
                let rows = (0..code.size()).map(|y| wide((0..code.size()).map(|x| code.get_module(x, y)).collect()));
                let rows: Vec<Vec<bool>> = rows.flat_map(|row: Vec<bool>| std::iter::repeat_n(row, usize::from(*module))).collect();
                self.put(*align, &rows);
            }
            Piece::Picture { width, dots, align, .. } => {
                let rows: Vec<Vec<bool>> = dots.chunks(width / 8).map(|row| (0..*width).map(|x| is_black(row, x)).collect()).collect();
                self.put(*align, &rows);
            }
            Piece::Feed(lines) => self.blank(usize::from(*lines) * LINE),
            Piece::Cut { feed } => {
                self.blank(usize::from(*feed) + LINE);
                self.mark(|x| x % 16 < 8);
            }
            Piece::Slip => self.mark(|_| true),
            Piece::Ejected => {
                self.blank(LINE);
                self.mark(|_| true);
            }
            Piece::Drawer { .. } => {}
        }
        Ok(())
    }

    fn blank(&mut self, rows: usize) {
        self.rows.extend(std::iter::repeat_n(vec![false; self.dots], rows));
    }

    /// A line of ours, not the printer's: where the paper was cut, or a slip begins.
    fn mark(&mut self, black: impl Fn(usize) -> bool) {
        self.rows.push((0..self.dots).map(black).collect());
    }

    fn put(&mut self, align: Align, rows: &[Vec<bool>]) {
        for row in rows {
            let free = self.dots.saturating_sub(row.len());
            let before = match align {
                Align::Left => 0,
                Align::Centre => free / 2,
                Align::Right => free,
            };
            let mut whole = vec![false; before];
            whole.extend(row);
            whole.resize(self.dots, false);
            self.rows.push(whole);
        }
    }

    fn line(&mut self, line: &Line) {
        let (across, down) = (usize::from(line.width), usize::from(line.height));
        let font = if line.bold { &self.bold } else { &self.regular };
        let mut rows = vec![vec![false; line.text.chars().count() * CELL.0 * across]; CELL.1 * down];
        for (place, c) in line.text.chars().enumerate() {
            for (x, y) in black_dots(font, c) {
                for (step_x, step_y) in (0..down).flat_map(|step_y| (0..across).map(move |step_x| (step_x, step_y))) {
                    rows[y * down + step_y][(place * CELL.0 + x) * across + step_x] = true;
                }
            }
        }
        let height = rows.len();
        self.put(line.align, &rows);
        self.blank(LINE.saturating_sub(height));
    }
}

fn is_black(row: &[u8], x: usize) -> bool {
    row.get(x / 8).is_some_and(|byte| byte & (0x80 >> (x % 8)) != 0)
}

/// The black dots of a character within its cell.
fn black_dots(font: &Font, c: char) -> Vec<(usize, usize)> {
    let (metrics, coverage) = font.rasterize(c, SIZE);
    let top = BASELINE - metrics.ymin - i32::try_from(metrics.height).unwrap_or_default();
    let black = coverage.iter().enumerate().filter(|(_, covered)| **covered >= BLACK_FROM);
    let place = |place: usize| {
        let (x, y) = (i32::try_from(place % metrics.width).ok()?, i32::try_from(place / metrics.width).ok()?);
        Some((usize::try_from(metrics.xmin + x).ok()?, usize::try_from(top + y).ok()?))
    };
    black.filter_map(|(at, _)| place(at)).filter(|(x, y)| *x < CELL.0 && *y < CELL.1).collect()
}

impl Picture {
    /// Writes it as a PNG of one bit a dot.
    ///
    /// # Errors
    /// The file can't be written.
    pub fn write(&self, path: &Path) -> Result<(), Trouble> {
        let file = std::fs::File::create(path)?;
        let mut encoder = png::Encoder::new(file, u32::try_from(self.width)?, u32::try_from(self.rows.len())?);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::One);
        encoder.set_compression(png::Compression::High);
        let packed = |dots: &[bool]| dots.iter().enumerate().fold(0u8, |byte, (bit, black)| byte | if *black { 0 } else { 0x80 >> bit });
        let bytes: Vec<u8> = self.rows.iter().flat_map(|row| row.chunks(8).map(packed)).collect();
        encoder.write_header()?.write_image_data(&bytes)?;
        Ok(())
    }

    /// Reads what [`Picture::write`] wrote.
    ///
    /// # Errors
    /// There is no such file, or it is another kind of picture.
    pub fn read(path: &Path) -> Result<Picture, Trouble> {
        let mut decoder = png::Decoder::new(std::io::BufReader::new(std::fs::File::open(path)?));
        decoder.set_transformations(png::Transformations::IDENTITY);
        let mut reader = decoder.read_info()?;
        let mut bytes = vec![0; reader.output_buffer_size().ok_or("too large")?];
        let info = reader.next_frame(&mut bytes)?;
        if (info.color_type, info.bit_depth) != (png::ColorType::Grayscale, png::BitDepth::One) {
            return Err("a picture of another kind".into());
        }
        let width = usize::try_from(info.width)?;
        let rows = bytes.chunks(info.line_size).map(|row| (0..width).map(|x| !is_black(row, x)).collect()).collect();
        Ok(Picture { width, rows })
    }
}
