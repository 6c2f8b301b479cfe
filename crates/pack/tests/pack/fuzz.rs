//! What no bill has on it, scanned and typed. `cargo xtask fuzz` runs these a million times, the ordinary tests a few hundred times.

use crate::delivered::{BOTH, council};
use counterfoil_domain::barcode;
use counterfoil_domain::council::Council;
use counterfoil_domain::reference::{propose, readable};
use proptest::prelude::*;
use std::sync::LazyLock;

static COUNCILS: LazyLock<Vec<Council>> = LazyLock::new(|| BOTH.into_iter().map(council).collect());

/// Nearly barcodes, and anything at all.
fn scanned() -> impl Strategy<Value = String> {
    prop_oneof!["(\\]C[01])?(9826)?[0-9]{0,30}", "(\\]?[A-Z]?[0-9]?)[0-9A-Z\u{1d} £-]{0,40}", any::<String>(),]
}

proptest! {
    #[test]
    fn fuzz_anything_scanned_is_survived(text in scanned()) {
        for council in COUNCILS.iter() {
            let _ = barcode::read(&council.barcodes, &text);
        }
    }

    #[test]
    fn fuzz_anything_typed_as_a_reference_is_survived(text in scanned(), known in any::<bool>()) {
        let Ok(reference) = readable(&text) else { return Ok(()) };
        for council in COUNCILS.iter() {
            for fit in propose(council, &reference, &mut |_, _| known) {
                prop_assert!(fit.reference.chars().count() <= 60);
            }
        }
    }
}
