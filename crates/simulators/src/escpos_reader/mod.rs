//! A reader of ESC/POS bytes: what a printer would put on paper. Written from Epson's ESC/POS command reference.
//!
//! It is stricter than any printer: a byte it doesn't know, a command where the reference says that it has no effect, or
//! text that is never followed by a line feed is an error.

mod characters;
mod codes;
mod printout;

use characters::Page;
use codes::{QrSettings, code128};
pub use printout::{Align, Line, Piece, Printout};

/// Bytes that are not what the reference describes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("byte {at}: {what}")]
pub struct Misread {
    /// Where, from 0.
    pub at: usize,
    /// What is wrong.
    pub what: String,
}

/// Reads everything that was sent to a printer.
///
/// # Errors
/// The first thing that the reference doesn't describe.
pub fn read(bytes: &[u8]) -> Result<Printout, Misread> {
    let (printout, line, state, qr) = (Printout::default(), String::new(), State::default(), QrSettings::default());
    let mut printer = Printer { bytes, at: 0, printout, line, state, qr };
    while printer.at < bytes.len() {
        printer.step()?;
    }
    if !printer.line.is_empty() {
        return printer.fail("text without a line feed is never printed");
    }
    Ok(printer.printout)
}

#[derive(Clone, Copy)]
struct State {
    page: Option<Page>,
    british: bool,
    align: Align,
    bold: bool,
    width: u8,
    height: u8,
    barcode_height: u8,
    barcode_module: u8,
    on_slip: bool,
}

impl Default for State {
    /// As after `ESC @`. The code page is the printer's own, which nobody knows.
    fn default() -> State {
        State {
            page: None,
            british: false,
            align: Align::Left,
            bold: false,
            width: 1,
            height: 1,
            barcode_height: 162,
            barcode_module: 3,
            on_slip: false,
        }
    }
}

struct Printer<'a> {
    bytes: &'a [u8],
    at: usize,
    printout: Printout,
    line: String,
    state: State,
    /// Kept over `ESC @`.
    qr: QrSettings,
}

impl Printer<'_> {
    fn fail<T>(&self, what: impl Into<String>) -> Result<T, Misread> {
        Err(Misread { at: self.at, what: what.into() })
    }

    fn next(&mut self) -> Result<u8, Misread> {
        match self.bytes.get(self.at) {
            Some(byte) => {
                self.at += 1;
                Ok(*byte)
            }
            None => self.fail("ends in the middle of a command"),
        }
    }

    fn take(&mut self, count: usize) -> Result<Vec<u8>, Misread> {
        match self.bytes.get(self.at..self.at.saturating_add(count)) {
            Some(bytes) => {
                self.at += count;
                Ok(bytes.to_vec())
            }
            None => self.fail(format!("{count} bytes of data promised, fewer sent")),
        }
    }

    fn step(&mut self) -> Result<(), Misread> {
        match self.next()? {
            b'\n' => {
                self.feed_line();
                Ok(())
            }
            // Prints nothing.
            0x00 => Ok(()),
            0x0c => self.eject(),
            0x10 => self.real_time(),
            0x1b => self.escape(),
            0x1c => match self.next()? {
                b'.' => Ok(()),
                other => self.fail(format!("FS {other:#04x} is unknown")),
            },
            0x1d => self.group(),
            byte if byte < 0x20 || byte == 0x7f => self.fail(format!("control byte {byte:#04x} is unknown")),
            byte => self.character(byte),
        }
    }

    fn feed_line(&mut self) {
        let State { align, bold, width, height, .. } = self.state;
        let text = std::mem::take(&mut self.line);
        self.printout.pieces.push(Piece::Line(Line { text, align, bold, width, height }));
    }

    fn character(&mut self, byte: u8) -> Result<(), Misread> {
        let c = match (byte, self.state.page) {
            (b'#', _) if self.state.british => '£',
            (0..=0x7f, _) => char::from(byte),
            (_, None) => return self.fail("a character above 7F before a code page was chosen"),
            (_, Some(page)) => match page.character(byte) {
                Some(c) => c,
                None => return self.fail(format!("{byte:#04x} is not in the code page")),
            },
        };
        self.line.push(c);
        Ok(())
    }

    /// `FF`: prints what is left of a slip, and puts it out.
    fn eject(&mut self) -> Result<(), Misread> {
        self.at_line_start("FF")?;
        if !self.state.on_slip {
            return self.fail("FF without a slip");
        }
        self.state.on_slip = false;
        self.printout.pieces.push(Piece::Ejected);
        Ok(())
    }

    /// `ESC c 0 n`: on what is printed. 4 is a slip, and 1 or 3 the roll.
    fn select_paper(&mut self) -> Result<(), Misread> {
        self.at_line_start("ESC c 0")?;
        match (self.next()?, self.next()?) {
            (b'0', 4) => {
                self.state.on_slip = true;
                self.printout.pieces.push(Piece::Slip);
                Ok(())
            }
            (b'0', 1 | 3) => {
                self.state.on_slip = false;
                Ok(())
            }
            (command, n) => self.fail(format!("ESC c {command} {n} is unknown")),
        }
    }

    fn real_time(&mut self) -> Result<(), Misread> {
        match (self.next()?, self.next()?) {
            (0x04, 1..=5) => Ok(()),
            (command, n) => self.fail(format!("DLE {command:#04x} {n:#04x} is unknown")),
        }
    }

    fn escape(&mut self) -> Result<(), Misread> {
        match self.next()? {
            b'@' => {
                self.state = State::default();
                self.line.clear();
            }
            b'R' => self.state.british = self.next()? == 3,
            b'M' => match self.next()? {
                0 | b'0' => {}
                font => return self.fail(format!("font {font} has other columns")),
            },
            b't' => {
                let number = self.next()?;
                let Some(page) = Page::numbered(number) else { return self.fail(format!("code page {number} is unknown")) };
                self.state.page = Some(page);
            }
            b'a' => {
                self.at_line_start("ESC a")?;
                self.state.align = match self.next()? {
                    0 | b'0' => Align::Left,
                    1 | b'1' => Align::Centre,
                    2 | b'2' => Align::Right,
                    n => return self.fail(format!("ESC a {n} is unknown")),
                }
            }
            b'E' => self.state.bold = self.next()? & 1 == 1,
            b'd' => {
                let lines = self.next()?;
                self.at_line_start("ESC d")?;
                self.printout.pieces.push(Piece::Feed(lines));
            }
            b'p' => self.pulse()?,
            b'c' => self.select_paper()?,
            // How long it waits for a slip, in minutes, and from then on, in tenths of a second.
            b'f' => drop(self.take(2)?),
            other => return self.fail(format!("ESC {other:#04x} is unknown")),
        }
        Ok(())
    }

    /// `ESC p m t1 t2`: times in units of 2 ms.
    fn pulse(&mut self) -> Result<(), Misread> {
        let (m, on, off) = (self.next()?, self.next()?, self.next()?);
        let pin = match m {
            0 | b'0' => 2,
            1 | b'1' => 5,
            _ => return self.fail(format!("drawer {m} is unknown")),
        };
        self.printout.pieces.push(Piece::Drawer { pin, on_ms: u16::from(on) * 2, off_ms: u16::from(off) * 2 });
        Ok(())
    }

    fn group(&mut self) -> Result<(), Misread> {
        match self.next()? {
            b'!' => {
                let n = self.next()?;
                if n & 0b1000_1000 != 0 {
                    return self.fail(format!("GS ! {n:#04x} is out of range"));
                }
                (self.state.width, self.state.height) = ((n >> 4) + 1, (n & 0x0f) + 1);
            }
            // What it tells by itself: nothing of it is seen on paper.
            b'a' => drop(self.next()?),
            b'H' => match self.next()? {
                0 | b'0' => {}
                n => return self.fail(format!("GS H {n}: text of the printer's own")),
            },
            b'h' => self.state.barcode_height = self.next()?,
            b'w' => match self.next()? {
                module @ 2..=6 => self.state.barcode_module = module,
                module => return self.fail(format!("GS w {module} is out of range")),
            },
            b'k' => self.barcode()?,
            b'v' => self.picture()?,
            b'(' => self.symbol()?,
            b'V' if self.state.on_slip => return self.fail("a slip can't be cut"),
            b'V' => match (self.next()?, self.next()?) {
                (66, feed) => {
                    self.at_line_start("GS V")?;
                    self.printout.pieces.push(Piece::Cut { feed });
                }
                (m, n) => return self.fail(format!("GS V {m} {n} is unknown")),
            },
            other => return self.fail(format!("GS {other:#04x} is unknown")),
        }
        Ok(())
    }

    fn at_line_start(&self, command: &str) -> Result<(), Misread> {
        if self.line.is_empty() { Ok(()) } else { self.fail(format!("{command} has no effect in the middle of a line")) }
    }

    /// `GS k 73 n d1…dn`.
    fn barcode(&mut self) -> Result<(), Misread> {
        self.at_line_start("GS k")?;
        let (kind, length) = (self.next()?, self.next()?);
        if kind != 73 {
            return self.fail(format!("GS k {kind} is not Code 128"));
        }
        let data = self.take(usize::from(length))?;
        self.no_real_time_command_in(&data)?;
        match code128(&data) {
            Some((text, symbols)) => {
                let State { barcode_module: module, barcode_height: height, align, .. } = self.state;
                self.printout.pieces.push(Piece::Barcode { text, symbols, module, height, align });
                Ok(())
            }
            None => self.fail("not the data of a Code 128"),
        }
    }

    /// `GS ( k pL pH 49 fn …`: a QR code's settings, its text, and that it is printed.
    fn symbol(&mut self) -> Result<(), Misread> {
        self.at_line_start("GS (")?;
        if self.next()? != b'k' {
            return self.fail("GS ( of another kind");
        }
        let length = u16::from_le_bytes([self.next()?, self.next()?]);
        let data = self.take(usize::from(length))?;
        self.no_real_time_command_in(&data)?;
        match self.qr.obey(&data) {
            Ok(None) => {}
            Ok(Some((text, module))) => self.printout.pieces.push(Piece::Qr { text, module, align: self.state.align }),
            Err(what) => return self.fail(what),
        }
        Ok(())
    }

    /// `GS v 0 m xL xH yL yH d1…dk`.
    fn picture(&mut self) -> Result<(), Misread> {
        self.at_line_start("GS v 0")?;
        let head = self.take(6)?;
        let [b'0', 0, x_low, x_high, y_low, y_high] = head[..] else {
            return self.fail("GS v 0 in an unknown mode");
        };
        let across = usize::from(u16::from_le_bytes([x_low, x_high]));
        let height = usize::from(u16::from_le_bytes([y_low, y_high]));
        if across == 0 || height == 0 {
            return self.fail("a picture without dots");
        }
        let dots = self.take(across * height)?;
        self.no_real_time_command_in(&dots)?;
        let (width, align) = (across * 8, self.state.align);
        match self.printout.pieces.last_mut() {
            // On paper it goes on where the one before it ended.
            Some(Piece::Picture { width: w, height: lines, dots: above, align: a }) if (*w, *a) == (width, align) => {
                *lines += height;
                above.extend(dots);
            }
            _ => self.printout.pieces.push(Piece::Picture { width, height, dots, align }),
        }
        Ok(())
    }

    /// A printer obeys real-time commands wherever they stand, even inside data.
    fn no_real_time_command_in(&self, data: &[u8]) -> Result<(), Misread> {
        let command = data.windows(2).find(|pair| pair[0] == 0x10 && matches!(pair[1], 0x04 | 0x05 | 0x14));
        match command {
            Some(_) => self.fail("a real-time command inside data"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only_line(bytes: &[u8]) -> Line {
        read(bytes).expect("readable").lines().next().expect("a line").clone()
    }

    #[test]
    fn the_pound_is_where_the_code_pages_have_it() {
        assert_eq!(only_line(b"\x1bt\x10\xa3\x80\n").text, "£€");
        assert_eq!(only_line(b"\x1bt\x13\x9c\xd5\n").text, "£€");
        assert_eq!(only_line(b"\x1bR\x03#\n").text, "£");
    }

    #[test]
    fn size_weight_and_place_are_those_at_the_line_s_end() {
        let line = only_line(b"\x1ba\x01\x1bE\x01\x1d!\x11Total\n");
        assert_eq!(line, Line { text: "Total".into(), align: Align::Centre, bold: true, width: 2, height: 2 });
        assert_eq!(line.columns(), 10);
    }

    #[test]
    fn a_picture_a_barcode_a_cut_and_a_drawer_are_told_apart() {
        let printout = read(b"\x1dv0\0\x01\0\x02\0\xff\x81\x1dw\x02\x1dk\x49\x08{BA{C\x00\x2a{\x1dV\x42\x05\x1bp\x00\x19\xfa");
        assert!(printout.is_err(), "a lone brace");
        let printout =
            read(b"\x1dv0\0\x01\0\x02\0\xff\x81\x1dw\x02\x1dk\x49\x07{BA{C\x00\x2a\x1dV\x42\x05\x1bp\x00\x19\xfa").expect("readable");
        assert_eq!(
            printout.pieces,
            [
                Piece::Picture { width: 8, height: 2, dots: vec![0xff, 0x81], align: Align::Left },
                Piece::Barcode {
                    text: "A0042".into(),
                    symbols: vec![104, 33, 99, 0, 42, 91, 106],
                    module: 2,
                    height: 162,
                    align: Align::Left
                },
                Piece::Cut { feed: 5 },
                Piece::Drawer { pin: 2, on_ms: 50, off_ms: 500 },
            ]
        );
    }

    #[test]
    fn what_the_reference_does_not_describe_is_an_error() {
        for (bytes, at) in [
            (&b"a\x07"[..], 2),
            (b"\xa3\n", 1),
            (b"\x1bz", 2),
            (b"never fed", 9),
            (b"a\x1ba\x01", 3),
            (b"\x1dv0\0\xff\xff\xff\xff", 8),
            (b"\x1bt\x10\x81\n", 4),
            (b"\x1dv0\0\x02\0\x01\0\x10\x14", 10),
            (b"\x1b", 1),
        ] {
            assert_eq!(read(bytes).map_err(|misread| misread.at), Err(at), "{bytes:02x?}");
        }
    }
}
