//! Why something failed, in the standard's words: nexo Retailer 3.0, `ErrorCondition`, and what Adyen's "Terminal API refusal reasons"
//! says of them.

/// Does the word say that nothing was charged or given back? Those of a host that hasn't answered (`UnreachableHost`: it may have been
/// asked) and of a device that is out of order or away (`DeviceOut`, `UnavailableDevice`: it may have broken after the bank was asked)
/// don't, and nor does one that is new.
pub(super) fn nothing_was_done(condition: &str) -> bool {
    matches!(
        condition,
        "Aborted"
            | "Busy"
            | "Cancel"
            | "InvalidCard"
            | "LoggedOut"
            | "MessageFormat"
            | "NotAllowed"
            | "NotFound"
            | "PaymentRestriction"
            | "Refusal"
            | "UnavailableService"
            | "WrongPIN"
    )
}

/// Is it that of a terminal that can't answer a question now, and may when it is asked again?
pub(super) fn is_not_now(condition: &str) -> bool {
    matches!(condition, "Busy" | "UnavailableService" | "UnavailableDevice" | "DeviceOut" | "UnreachableHost")
}
