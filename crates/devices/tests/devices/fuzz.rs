//! Bytes that no printer and no scanner would send. `cargo xtask fuzz` runs these a million times, the ordinary tests a few hundred times.

use counterfoil_devices::PrinterStatus;
use counterfoil_devices::scanner::{Frames, Heard, LONGEST_SCAN};
use counterfoil_devices::status::{Question, automatic, is_answer};
use proptest::prelude::*;

proptest! {
    #[test]
    fn fuzz_any_status_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..12)) {
        let mut status = PrinterStatus::UNKNOWN;
        for (question, byte) in Question::ALL.into_iter().cycle().zip(&bytes) {
            if is_answer(*byte) {
                question.read(*byte, &mut status);
            }
        }
        let _ = status.fault();
        for four in bytes.windows(4) {
            let four = [four[0], four[1], four[2], four[3]];
            let told = automatic(four);
            // Its fixed bits tell it from an answer to a question.
            prop_assert!(told.is_none() || !is_answer(four[0]));
            let _ = told.and_then(|status| status.fault());
        }
    }

    /// However the bytes come in, the same barcodes are read, and none is longer than one may be.
    #[test]
    fn fuzz_any_bytes_of_a_scanner_are_survived(
        bytes in proptest::collection::vec(prop_oneof![3 => any::<u8>(), 1 => proptest::sample::select(&[b'\r', b'\n', 0, 2, 3][..])], 0..600),
        pieces in proptest::collection::vec(1usize..40, 1..20),
        pause in any::<bool>(),
    ) {
        let read = |pieces: &mut dyn Iterator<Item = usize>| {
            let (mut frames, mut heard, mut rest) = (Frames::default(), Vec::new(), &bytes[..]);
            while !rest.is_empty() {
                let (piece, after) = rest.split_at(pieces.next().unwrap_or(rest.len()).min(rest.len()));
                frames.take(piece, &mut |said| heard.push(said));
                rest = after;
            }
            if pause {
                frames.pause(&mut |said| heard.push(said));
            }
            heard
        };
        let heard = read(&mut pieces.into_iter().cycle());
        for said in &heard {
            match said {
                Heard::Scan(text) => prop_assert!((1..=LONGEST_SCAN).contains(&text.chars().count())),
                said => prop_assert_eq!(said, &Heard::TooLong),
            }
        }
        prop_assert_eq!(heard, read(&mut std::iter::empty()));
    }
}
