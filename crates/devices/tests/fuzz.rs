//! Bytes that no printer would send. `cargo xtask fuzz` runs these a million times, the ordinary tests a few hundred times.

use counterfoil_devices::PrinterStatus;
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
}
