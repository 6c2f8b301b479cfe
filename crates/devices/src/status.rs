//! What a printer's status bytes mean. Pure functions.
//!
//! Source: Epson's ESC/POS command reference, `DLE EOT` (real-time status) and `GS a` (automatic status back).

use crate::PrintFault;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How much paper a printer has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(rename = "PaperLeft")]
pub enum Paper {
    /// It doesn't say.
    #[default]
    Unknown,
    /// Enough.
    Enough,
    /// The roll is nearly at its end.
    NearEnd,
    /// None.
    Out,
}

/// How a printer is. `None` is what it doesn't tell: nothing can be asked through a queue of the operating system, and some
/// clones don't answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PrinterStatus {
    /// Takes data.
    pub online: Option<bool>,
    /// The cover is open.
    pub cover_open: Option<bool>,
    /// Paper.
    pub paper: Paper,
    /// Cutter or another part has failed.
    pub failed: Option<bool>,
    /// The level at the drawer's switch, pin 3. Whether high means open depends on the drawer.
    pub drawer_high: Option<bool>,
}

impl PrinterStatus {
    /// Nothing is known.
    pub const UNKNOWN: PrinterStatus =
        PrinterStatus { online: None, cover_open: None, paper: Paper::Unknown, failed: None, drawer_high: None };

    /// Why it can't print, the cause before its consequence: a printer whose cover is open is off line as well.
    pub fn fault(&self) -> Option<PrintFault> {
        if self.cover_open == Some(true) {
            Some(PrintFault::CoverOpen)
        } else if self.paper == Paper::Out {
            Some(PrintFault::PaperOut)
        } else if self.failed == Some(true) {
            Some(PrintFault::PrinterError)
        } else if self.online == Some(false) {
            Some(PrintFault::Offline)
        } else {
            None
        }
    }
}

/// A question of `DLE EOT`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// `DLE EOT 1`: on line? drawer?
    Printer,
    /// `DLE EOT 2`: why off line?
    OfflineCause,
    /// `DLE EOT 4`: paper?
    Paper,
}

impl Question {
    /// All, in the order in which they are asked.
    pub const ALL: [Question; 3] = [Question::Printer, Question::OfflineCause, Question::Paper];

    /// The bytes that ask it.
    pub fn bytes(self) -> [u8; 3] {
        let n = match self {
            Question::Printer => 1,
            Question::OfflineCause => 2,
            Question::Paper => 4,
        };
        [0x10, 0x04, n]
    }

    /// Adds what the answer says to `status`.
    pub fn read(self, answer: u8, status: &mut PrinterStatus) {
        let has = |bits: u8| answer & bits != 0;
        match self {
            Question::Printer => {
                status.drawer_high = Some(has(0x04));
                status.online = Some(!has(0x08));
            }
            Question::OfflineCause => {
                status.cover_open = Some(has(0x04));
                status.failed = Some(has(0x40));
                if has(0x20) {
                    status.paper = Paper::Out;
                }
            }
            Question::Paper if has(0x60) => status.paper = Paper::Out,
            // What the question before said about an empty roll stands.
            Question::Paper if status.paper == Paper::Out => {}
            Question::Paper if has(0x0c) => status.paper = Paper::NearEnd,
            Question::Paper => status.paper = Paper::Enough,
        }
    }
}

/// Is it an answer to `DLE EOT`? Its bits 0, 1, 4 and 7 are fixed, which tells it from other bytes such as XON.
pub fn is_answer(byte: u8) -> bool {
    byte & 0b1001_0011 == 0b0001_0010
}

/// Can it be a byte of what a printer tells by itself, or of an answer to `GS r`? XON and XOFF may come between those.
pub(crate) fn is_told(byte: u8) -> bool {
    byte & 0b1000_0000 == 0 && byte != 0x11 && byte != 0x13
}

/// `DLE EOT 5`: a slip? Only printers with a slip station answer it.
pub(crate) const SLIP_QUESTION: [u8; 3] = [0x10, 0x04, 5];

/// Does a slip lie where it is printed on? Both sensors see it, the one at the front (20 hex is "none") and the one behind (40 hex).
pub fn slip_lies(answer: u8) -> bool {
    answer & 0x60 == 0
}

/// `GS a`: say by yourself what changes at drawer, line, errors and paper.
pub(crate) const AUTOMATIC_ON: [u8; 3] = [0x1d, b'a', 0x0f];
/// `GS a`: say nothing any more.
pub(crate) const AUTOMATIC_OFF: [u8; 3] = [0x1d, b'a', 0];
/// `GS r 1`: how is the paper? Answered in its turn, once everything before it has been worked off.
pub(crate) const IS_DONE: [u8; 3] = [0x1d, b'r', 1];

/// What the sensors say in the answer to `GS r 1` and in the third byte of automatic status back.
pub(crate) fn paper_of_sensors(byte: u8) -> Paper {
    match byte {
        byte if byte & 0x0c != 0 => Paper::Out,
        byte if byte & 0x03 != 0 => Paper::NearEnd,
        _ => Paper::Enough,
    }
}

/// The four bytes of automatic status back; `None` when their fixed bits say that they are something else.
pub fn automatic(bytes: [u8; 4]) -> Option<PrinterStatus> {
    let [printer, errors, paper, _reserved] = bytes;
    let fixed = printer & 0b1001_0011 == 0b0001_0000 && bytes[1..].iter().all(|byte| byte & 0b1001_0000 == 0);
    if !fixed {
        return None;
    }
    Some(PrinterStatus {
        online: Some(printer & 0x08 == 0),
        cover_open: Some(printer & 0x20 != 0),
        paper: paper_of_sensors(paper),
        // Cutter, unrecoverable, recovers by itself; and the mechanical error, which keeps those off line that know it: on others, such as
        // the TM-T20III, the bit is undefined.
        failed: Some(errors & 0b0110_1000 != 0 || (errors & 0x04 != 0 && printer & 0x08 != 0)),
        drawer_high: Some(printer & 0x04 != 0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const WELL: PrinterStatus =
        PrinterStatus { online: Some(true), cover_open: Some(false), paper: Paper::Enough, failed: Some(false), drawer_high: Some(false) };

    fn asked(printer: u8, cause: u8, paper: u8) -> PrinterStatus {
        let mut status = PrinterStatus::UNKNOWN;
        for (question, answer) in Question::ALL.into_iter().zip([printer, cause, paper]) {
            assert!(is_answer(answer));
            question.read(answer, &mut status);
        }
        status
    }

    #[test]
    fn real_time_answers_say_what_is_wrong() {
        assert_eq!(asked(0x12, 0x12, 0x12), WELL);
        assert_eq!(asked(0x16, 0x12, 0x12), PrinterStatus { drawer_high: Some(true), ..WELL });
        assert_eq!(asked(0x12, 0x12, 0x1e), PrinterStatus { paper: Paper::NearEnd, ..WELL });
        assert_eq!(asked(0x1a, 0x16, 0x12).fault(), Some(PrintFault::CoverOpen));
        assert_eq!(asked(0x1a, 0x32, 0x7e).fault(), Some(PrintFault::PaperOut));
        assert_eq!(asked(0x1a, 0x32, 0x12).fault(), Some(PrintFault::PaperOut));
        assert_eq!(asked(0x1a, 0x52, 0x12).fault(), Some(PrintFault::PrinterError));
        assert_eq!(asked(0x1a, 0x12, 0x12).fault(), Some(PrintFault::Offline));
    }

    #[test]
    fn a_slip_lies_in_the_printer_when_both_of_its_sensors_see_it() {
        for (answer, lies) in [(0x16, true), (0x12, true), (0x76, false), (0x36, false), (0x5a, false)] {
            assert!(is_answer(answer));
            assert_eq!(slip_lies(answer), lies, "{answer:#x}");
        }
    }

    #[test]
    fn automatic_status_says_the_same() {
        assert_eq!(automatic([0x10, 0x00, 0x00, 0x00]), Some(WELL));
        assert_eq!(automatic([0x14, 0x00, 0x03, 0x0f]), Some(PrinterStatus { drawer_high: Some(true), paper: Paper::NearEnd, ..WELL }));
        let fault = |bytes| automatic(bytes).and_then(|status| status.fault());
        assert_eq!(fault([0x38, 0x00, 0x00, 0x00]), Some(PrintFault::CoverOpen));
        assert_eq!(fault([0x18, 0x00, 0x0c, 0x00]), Some(PrintFault::PaperOut));
        assert_eq!(fault([0x18, 0x08, 0x00, 0x00]), Some(PrintFault::PrinterError));
        assert_eq!(fault([0x18, 0x04, 0x00, 0x00]), Some(PrintFault::PrinterError));
        assert_eq!(automatic([0x10, 0x04, 0x00, 0x00]), Some(WELL), "undefined on some models");
        assert_eq!(fault([0x18, 0x00, 0x00, 0x00]), Some(PrintFault::Offline));
    }

    #[test]
    fn other_bytes_are_no_status() {
        for byte in [0x00, 0x11, 0x13, b'A', 0xff] {
            assert!(!is_answer(byte), "{byte:#x}");
        }
        assert_eq!(automatic([0x12, 0, 0, 0]), None);
        assert_eq!(automatic([0x10, 0x10, 0, 0]), None);
        assert_eq!(automatic([0x10, 0, 0, 0x80]), None);
    }

    #[test]
    fn a_printer_that_tells_nothing_is_not_reported_as_faulty() {
        assert_eq!(PrinterStatus::UNKNOWN.fault(), None);
    }
}
