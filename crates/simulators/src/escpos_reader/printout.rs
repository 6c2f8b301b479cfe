//! What a printer did.

/// What came out of the printer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Printout {
    /// From top to bottom.
    pub pieces: Vec<Piece>,
}

/// One thing that a printer did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Printed a line of text and fed it.
    Line(Line),
    /// Printed a barcode.
    Barcode {
        /// What a scanner reads from it.
        text: String,
        /// The values of its symbols, from start to stop.
        symbols: Vec<usize>,
        /// Width of a module, in dots.
        module: u8,
        /// Height of the bars, in dots.
        height: u8,
        /// Where it stands.
        align: Align,
    },
    /// Printed a QR code.
    Qr {
        /// What a scanner reads from it.
        text: String,
        /// Width of a module, in dots.
        module: u8,
        /// Where it stands.
        align: Align,
    },
    /// Printed a picture.
    Picture {
        /// Dots across, a multiple of 8.
        width: usize,
        /// Dots down.
        height: usize,
        /// Rows from the top, most significant bit left, 1 is black.
        dots: Vec<u8>,
        /// Where it stands.
        align: Align,
    },
    /// Fed so many lines.
    Feed(u8),
    /// Fed to the cutter and so many dots more, and cut.
    Cut {
        /// Dots beyond the cutter.
        feed: u8,
    },
    /// Turned to the slip that lies in it: what follows is printed on that.
    Slip,
    /// Put the slip out.
    Ejected,
    /// Sent a pulse to a drawer.
    Drawer {
        /// Connector pin, 2 or 5.
        pin: u8,
        /// Pulse in ms.
        on_ms: u16,
        /// Pause in ms.
        off_ms: u16,
    },
}

/// A printed line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its characters.
    pub text: String,
    /// Where it stands.
    pub align: Align,
    /// Emphasised?
    pub bold: bool,
    /// Times the normal width.
    pub width: u8,
    /// Times the normal height.
    pub height: u8,
}

impl Line {
    /// Columns of single width that it takes.
    pub fn columns(&self) -> usize {
        self.text.chars().count() * usize::from(self.width)
    }
}

/// Where something stands on the paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// At the left edge.
    #[default]
    Left,
    /// In the middle.
    Centre,
    /// At the right edge.
    Right,
}

impl Printout {
    /// The lines of text.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Line(line) => Some(line),
            _ => None,
        })
    }

    /// All text, a line each.
    pub fn text(&self) -> String {
        self.lines().map(|line| format!("{}\n", line.text)).collect()
    }

    /// Columns of the widest line.
    pub fn widest(&self) -> usize {
        self.lines().map(Line::columns).max().unwrap_or(0)
    }
}
