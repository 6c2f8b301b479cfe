//! A sheet as ESC/POS bytes.
//!
//! Source of the commands: Epson's ESC/POS command reference. Only commands that the common clones know as well are used.

use crate::code128::{self, Run};
use crate::document::{Align, Style};
use crate::letters;
use crate::profile::{DrawerPin, MissingLetters, PrinterProfile, QrBy, StatusBy};
use crate::qr;
use crate::sheet::{Row, Sheet};
use counterfoil_domain::council::Bitmap;

const NUL: u8 = 0x00;
const ESC: u8 = 0x1b;
const FF: u8 = 0x0c;
const FS: u8 = 0x1c;
const GS: u8 = 0x1d;
/// Opens a real-time command, which a printer obeys wherever it stands, even inside a picture.
const DLE: u8 = 0x10;

/// The slip station, for `ESC c 0`.
const SLIP: u8 = 4;
/// Height of a barcode's bars in dots: about 9 mm.
const BARCODE_DOTS: u8 = 72;
/// The widest module that is asked for, in dots.
const WIDEST_MODULE: usize = 3;
/// The narrowest that every printer can print and every scanner read, in dots.
const NARROWEST_MODULE: usize = 2;
/// The widest module of a QR code, in dots: at 203 dpi three quarters of a millimetre.
const WIDEST_QR_MODULE: u8 = 6;
/// The narrowest that a phone reads from thermal paper, in dots.
const NARROWEST_QR_MODULE: u8 = 3;
/// The most lines of dots of a picture: a logo is no longer than a receipt.
const MOST_PICTURE_LINES: u32 = 512;
/// Lines of dots that are sent at a time. A printer in the middle of a picture takes whatever comes for its dots, also the beginning of
/// the next document: the less it may lack, the better.
const BAND_LINES: u16 = 24;
/// Bytes of the command before a picture's dots.
const PICTURE_HEAD: usize = 8;

/// The sheet as bytes for this printer: reset, code page, rows, then feed and cut. The drawer isn't opened here.
pub fn render(sheet: &Sheet, profile: &PrinterProfile) -> Vec<u8> {
    let mut out = Paper { bytes: Vec::with_capacity(2048), profile, align: Align::Left, style: Style::PLAIN };
    out.begin();
    for row in &sheet.rows {
        out.row(row, sheet.columns);
    }
    out.end();
    out.bytes
}

/// The sheet as bytes for the printer's slip station: it is printed on what lies there, and that is put out. A slip has neither
/// pictures nor a cut, and its letters are look-alikes where the code page lacks them: its needles print no dots of ours. How a printer
/// is left that finds no slip after all is its own affair; it is reset afterwards, which also turns it back to its roll.
pub fn render_slip(sheet: &Sheet, profile: &PrinterProfile) -> Vec<u8> {
    let profile = PrinterProfile { missing_letters: MissingLetters::LookAlike, ..profile.clone() };
    let mut out = Paper { bytes: Vec::with_capacity(512), profile: &profile, align: Align::Left, style: Style::PLAIN };
    out.begin();
    // Waits a minute for a slip that was pulled out again, and half a second for a hand to let go of it.
    out.send(&[ESC, b'f', 1, 5, ESC, b'c', b'0', SLIP]);
    for row in &sheet.rows {
        if let Some(words) = row.words(sheet.columns) {
            out.line(Align::Left, Style::PLAIN, words.trim_end());
        }
    }
    out.send(&[FF]);
    out.reset();
    out.bytes
}

/// The pulse that opens the drawer: `ESC p m t1 t2`, times in units of 2 ms.
pub fn drawer_pulse(profile: &PrinterProfile) -> Vec<u8> {
    let pin = match profile.drawer_pin {
        DrawerPin::Pin2 => 0,
        DrawerPin::Pin5 => 1,
    };
    let units = |ms: u16| u8::try_from((ms / 2).clamp(1, 255)).unwrap_or(u8::MAX);
    vec![ESC, b'p', pin, units(profile.drawer_on_ms), units(profile.drawer_off_ms)]
}

/// What a printer may still lack of a command that broke off, while it stayed on: it goes before anything else is printed. A printer that
/// lacks nothing prints nothing for it.
pub fn missing_end(profile: &PrinterProfile) -> Vec<u8> {
    vec![NUL; PICTURE_HEAD + usize::from(BAND_LINES) * place(profile.dots.div_ceil(8))]
}

/// What has been sent, and the state in which it left the printer.
struct Paper<'a> {
    bytes: Vec<u8>,
    profile: &'a PrinterProfile,
    align: Align,
    style: Style,
}

impl Paper<'_> {
    fn send(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// Reset; one byte a character; the American set, since in the British one `#` is £; the code page; font A.
    fn begin(&mut self) {
        self.reset();
        if self.profile.cancel_double_byte {
            self.send(&[FS, b'.']);
        }
        self.send(&[ESC, b'R', 0, ESC, b't', self.profile.code_page.number(), ESC, b'M', 0]);
    }

    /// A reset also ends automatic status back, which is what a printer's troubles during this document are known from.
    fn reset(&mut self) {
        self.send(&[ESC, b'@']);
        if self.profile.status == StatusBy::Automatic {
            // Drawer, line, errors, paper.
            self.send(&[GS, b'a', 0x0f]);
        }
    }

    fn row(&mut self, row: &Row, columns: usize) {
        match row {
            Row::Text { align, style, text } => self.line(*align, *style, text),
            Row::Pair { style, .. } => self.line(Align::Left, *style, &row.words(columns).unwrap_or_default()),
            Row::Rule => self.line(Align::Left, Style::PLAIN, &"-".repeat(columns)),
            Row::Blank => self.line(Align::Left, Style::PLAIN, ""),
            Row::Barcode { text, .. } => self.barcode(text),
            Row::Qr { text, side, dots } => self.qr(text, *side, dots),
            Row::Picture { width, height, dots } => self.picture(Align::Centre, *width, *height, dots),
        }
    }

    fn line(&mut self, align: Align, style: Style, text: &str) {
        if self.profile.missing_letters == MissingLetters::Picture
            && letters::loses_an_accent(text, self.profile.code_page)
            && let Some(picture) = letters::line(text, style, self.cell())
        {
            return self.picture(align, picture.width, picture.height, &picture.rows);
        }
        self.set_align(align);
        self.set_style(style);
        self.profile.code_page.encode_into(text, &mut self.bytes);
        self.bytes.push(b'\n');
    }

    /// Dots across of one character.
    fn cell(&self) -> u32 {
        self.profile.dots / u32::try_from(self.profile.columns.max(1)).unwrap_or(u32::MAX)
    }

    fn set_align(&mut self, align: Align) {
        if align != self.align {
            let n = match align {
                Align::Left => 0,
                Align::Centre => 1,
                Align::Right => 2,
            };
            self.send(&[ESC, b'a', n]);
            self.align = align;
        }
    }

    fn set_style(&mut self, style: Style) {
        if style.bold != self.style.bold {
            self.send(&[ESC, b'E', u8::from(style.bold)]);
        }
        if (style.wide, style.tall) != (self.style.wide, self.style.tall) {
            self.send(&[GS, b'!', u8::from(style.wide) << 4 | u8::from(style.tall)]);
        }
        self.style = style;
    }

    /// Code 128 with its text under it. A number too long for the paper even in the narrowest bars is left out of the bars:
    /// printers print nothing, or rubbish, for a code wider than their paper.
    fn barcode(&mut self, text: &str) {
        let Some((runs, module)) = fitting_barcode(text, self.profile.dots) else {
            return self.line(Align::Centre, Style::PLAIN, text);
        };
        let data = barcode_data(&runs);
        let Ok(length) = u8::try_from(data.len()) else { return };
        self.set_align(Align::Centre);
        self.set_style(Style::PLAIN);
        // No text of the printer's own: how it looks differs between printers, and some can't.
        self.send(&[GS, b'H', 0, GS, b'h', BARCODE_DOTS, GS, b'w', module, GS, b'k', 73, length]);
        self.send(&data);
        self.line(Align::Centre, Style::PLAIN, text);
    }

    /// A QR code, drawn by the printer where it can. What the paper is too narrow for is left out: a code cut off reads as nothing.
    fn qr(&mut self, text: &str, side: u32, dots: &[u8]) {
        let across = side + 2 * qr::QUIET_ZONE;
        let Some(module) = (NARROWEST_QR_MODULE..=WIDEST_QR_MODULE).rev().find(|module| across * u32::from(*module) <= self.profile.dots)
        else {
            return;
        };
        let length = u16::try_from(text.len() + 3).unwrap_or(u16::MAX).to_le_bytes();
        match self.profile.qr {
            QrBy::Picture => {
                if let Some(Bitmap { width, height, rows }) = qr::enlarged(side, dots, u32::from(module)) {
                    self.picture(Align::Centre, width, height, &rows);
                }
            }
            QrBy::Printer => {
                // The white around it is for the sender to leave.
                self.line(Align::Centre, Style::PLAIN, "");
                // Model 2, the module's width, level M, the text, print.
                self.send(&[GS, b'(', b'k', 4, 0, b'1', b'A', b'2', 0]);
                self.send(&[GS, b'(', b'k', 3, 0, b'1', b'C', module]);
                self.send(&[GS, b'(', b'k', 3, 0, b'1', b'E', b'1']);
                self.send(&[GS, b'(', b'k', length[0], length[1], b'1', b'P', b'0']);
                self.send(text.as_bytes());
                self.send(&[GS, b'(', b'k', 3, 0, b'1', b'Q', b'0']);
                self.line(Align::Centre, Style::PLAIN, "");
            }
        }
    }

    /// `GS v 0` for each band, made smaller until it fits.
    fn picture(&mut self, align: Align, width: u32, height: u32, dots: &[u8]) {
        let step = width.div_ceil(self.profile.dots.max(1)).max(height.div_ceil(MOST_PICTURE_LINES)).max(1);
        let (width, _, mut dots) = smaller(width, height, dots, step);
        without_real_time_commands(&mut dots);
        let Ok(across) = u16::try_from(width.div_ceil(8)) else { return };
        let stride = usize::from(across).max(1);
        self.set_align(align);
        for band in dots.chunks(stride * usize::from(BAND_LINES)) {
            let down = u16::try_from(band.len() / stride).unwrap_or(BAND_LINES);
            self.send(&[GS, b'v', b'0', 0]);
            self.send(&across.to_le_bytes());
            self.send(&down.to_le_bytes());
            self.send(band);
        }
    }

    fn end(&mut self) {
        self.set_align(Align::Left);
        self.set_style(Style::PLAIN);
        if self.profile.cut {
            // Feeds to the cutter by itself.
            self.send(&[GS, b'V', 66, 0]);
        } else {
            self.send(&[ESC, b'd', self.profile.tear_off_lines]);
        }
    }
}

/// The code sets and the module's width in dots with which the code fits, the plainest and widest first.
fn fitting_barcode(text: &str, dots: u32) -> Option<(Vec<Run<'_>>, u8)> {
    if !code128::can_carry(text) {
        return None;
    }
    let room = usize::try_from(dots).unwrap_or_default();
    let shortest = code128::shortest(text);
    // Pairs of digits are sent as their values, and 16 before 04, 05 or 20 would be a real-time command.
    let safe = !barcode_data(&shortest).contains(&DLE);
    [Some(code128::simple(text)), safe.then_some(shortest)].into_iter().flatten().find_map(|runs| {
        let modules = code128::modules(&runs) + code128::QUIET_ZONES;
        let module = (NARROWEST_MODULE..=WIDEST_MODULE).rev().find(|module| modules * module <= room)?;
        Some((runs, u8::try_from(module).ok()?))
    })
}

/// The data of `GS k 73`: `{B` and `{C` choose the code set, `{{` is a brace, a pair of digits in C is one byte of its value.
fn barcode_data(runs: &[Run<'_>]) -> Vec<u8> {
    let mut data = Vec::new();
    for run in runs {
        match run {
            Run::B(text) => {
                data.extend_from_slice(b"{B");
                for byte in text.bytes() {
                    data.push(byte);
                    if byte == b'{' {
                        data.push(byte);
                    }
                }
            }
            Run::C(digits) => {
                data.extend_from_slice(b"{C");
                data.extend(digits.as_bytes().chunks(2).map(|pair| pair.iter().fold(0, |value, digit| value * 10 + (digit - b'0'))));
            }
        }
    }
    data
}

/// Every `step` × `step` dots become one, black when half of them are.
fn smaller(width: u32, height: u32, dots: &[u8], step: u32) -> (u32, u32, Vec<u8>) {
    if step <= 1 {
        return (width, height, dots.to_vec());
    }
    let stride = place(width.div_ceil(8));
    let black = |x: u32, y: u32| {
        let byte = dots.get(place(y) * stride + place(x / 8)).copied().unwrap_or_default();
        byte & (0x80 >> (x % 8)) != 0
    };
    let (new_width, new_height) = (width / step, height / step);
    let new_stride = place(new_width.div_ceil(8));
    let mut small = vec![0u8; new_stride * place(new_height)];
    for y in 0..new_height {
        for x in 0..new_width {
            let count = (0..step * step).filter(|dot| black(x * step + dot % step, y * step + dot / step)).count();
            if count * 2 >= place(step * step)
                && let Some(byte) = small.get_mut(place(y) * new_stride + place(x / 8))
            {
                *byte |= 0x80 >> (x % 8);
            }
        }
    }
    (new_width, new_height, small)
}

fn place(dots: u32) -> usize {
    usize::try_from(dots).unwrap_or(usize::MAX)
}

/// A picture may hold by chance the bytes of a real-time command, such as the one that opens the drawer. One dot more in
/// each such place avoids it.
fn without_real_time_commands(dots: &mut [u8]) {
    for byte in dots.iter_mut().filter(|byte| **byte == DLE) {
        *byte |= 0x01;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_drawer_s_pulse_is_the_one_that_drawers_expect() {
        let profile = PrinterProfile::default();
        assert_eq!(drawer_pulse(&profile), [0x1b, 0x70, 0x00, 0x19, 0xfa]);
        let other = PrinterProfile { drawer_pin: DrawerPin::Pin5, drawer_on_ms: 0, drawer_off_ms: u16::MAX, ..profile };
        assert_eq!(drawer_pulse(&other), [0x1b, 0x70, 0x01, 0x01, 0xff]);
    }

    #[test]
    fn a_number_is_in_code_set_b_unless_the_paper_is_too_narrow_for_it() {
        assert_eq!(fitting_barcode("CH07-0000042", 512), Some((vec![Run::B("CH07-0000042")], 2)));
        assert_eq!(fitting_barcode("CH07-0000042", 576).map(|(_, module)| module), Some(3));
        assert_eq!(fitting_barcode("CH07-00000421", 384), Some((vec![Run::B("CH07-"), Run::C("00000421")], 2)));
        assert_eq!(fitting_barcode("ABCDEFGHIJKLMNOPQRSTUVWXYZABCD", 384), None);
    }

    #[test]
    fn a_number_whose_digits_would_open_the_drawer_is_not_sent_in_pairs() {
        assert_eq!(fitting_barcode("CH07-00162001", 576).map(|(runs, _)| runs), Some(vec![Run::B("CH07-00162001")]));
        assert_eq!(fitting_barcode("CH07-00162001", 384), None);
    }

    #[test]
    fn digits_in_code_set_c_are_values_and_braces_are_doubled() {
        assert_eq!(barcode_data(&[Run::B("A{"), Run::C("0042")]), b"{BA{{{C\x00\x2a");
    }

    #[test]
    fn a_picture_wider_than_the_paper_is_made_smaller() {
        let (width, height, dots) = smaller(16, 2, &[0xff, 0x00, 0xff, 0x00], 2);
        assert_eq!((width, height, dots), (8, 1, vec![0xf0]));
    }
}
