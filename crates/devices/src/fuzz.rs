//! Bytes that no printer would send when it is asked whether it is done. `cargo xtask fuzz` runs this a million times, the ordinary tests
//! a few hundred times.

use crate::Asks;
use crate::manners::Manners;
use crate::stream::done;
use proptest::prelude::*;
use std::io::{self, ErrorKind, Read, Write};
use std::time::Duration;

/// Says these bytes and then nothing more, or says them again and again.
struct Says {
    bytes: Vec<u8>,
    at: usize,
    for_ever: bool,
}

impl Read for Says {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.for_ever && !self.bytes.is_empty() {
            self.at %= self.bytes.len();
        }
        let byte = *self.bytes.get(self.at).ok_or(ErrorKind::WouldBlock)?;
        self.at += 1;
        into[0] = byte;
        Ok(1)
    }
}

impl Write for Says {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

proptest! {
    #[test]
    fn fuzz_whatever_a_printer_says_instead_of_being_done_is_survived_and_has_an_end(
        bytes in proptest::collection::vec(prop_oneof![2 => any::<u8>(), 3 => proptest::sample::select(&[0x00, 0x0c, 0x10, 0x14, 0x60][..])], 0..24),
        for_ever in any::<bool>(),
    ) {
        let mut line = Says { bytes, at: 0, for_ever };
        let said = done(&mut line, Duration::from_secs(1), &Manners::new(Asks::Automatic, false)).expect("no error of the line's own");
        let _ = said.and_then(|status| status.fault());
    }
}
