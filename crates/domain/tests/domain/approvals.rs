//! Who is asked for a second time, and who may say yes.

use crate::common::council;
use counterfoil_domain::approval::Action;
use counterfoil_domain::{Code, Pence};

#[test]
fn an_action_needs_a_second_person_above_its_amount_and_always_where_there_is_none() {
    let council = council();
    assert!(!council.needs_approval(Action::Void, Pence(2_000)));
    assert!(council.needs_approval(Action::Void, Pence(2_001)));
    assert!(council.needs_approval(Action::Void, Pence(-2_001)));
    assert!(council.needs_approval(Action::Refund, Pence(1)));
    assert!(!council.needs_approval(Action::Lift, Pence(9_999_999)));
}

#[test]
fn a_variance_needs_a_second_person_whatever_the_pack_says() {
    assert!(council().needs_approval(Action::Variance, Pence::ZERO));
}

#[test]
fn nobody_approves_what_they_asked_for_themselves() {
    let council = council();
    let sue = council.user("Sue").unwrap();
    assert_eq!(council.approves(sue, "SUE").map_err(|refusal| refusal.code), Err(Code::ApproverIsRequester));
    assert_eq!(council.approves(sue, "12").map_err(|refusal| refusal.code), Ok(()));
}

#[test]
fn only_somebody_with_the_right_to_approves() {
    let council = council();
    assert_eq!(council.approves(council.user("12").unwrap(), "20").map_err(|refusal| refusal.code), Err(Code::ApproverMayNot));
}
