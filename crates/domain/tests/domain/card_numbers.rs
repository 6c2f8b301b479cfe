//! Payment card numbers are kept nowhere: not as the reference of a fund that takes anything, and not around one that it knows.

use crate::common::{council, fund};
use counterfoil_domain::account::AccountHolder;
use counterfoil_domain::council::{Council, Fund};
use counterfoil_domain::reference::{CharacterClass, Fit, Mask, Misfit, Strength, Validator, fit_fund, propose, readable};
use counterfoil_domain::sale::{LineDraft, Payment, Standing, price};
use counterfoil_domain::{Code, Refusal};
use regex::Regex;

const CARD: &str = "4111111111111111";

fn validator(name: &str, mask: Option<&str>) -> Validator {
    Validator {
        name: name.into(),
        min_length: 1,
        max_length: 30,
        characters: CharacterClass::Any,
        regex: None,
        mask: mask.map(Mask::new),
        check_digit: None,
        printed_form: None,
    }
}

/// A council with a fund for each kind of validator: none, open, nearly open, and one that takes sixteen digits by its own rule.
fn with_validators() -> Council {
    let mut council = council();
    council.validators = vec![
        validator("open", Some("******************************")),
        validator("stalls", Some("#*****************************")),
        validator("sixteen", Some("################")),
        Validator { printed_form: Some(Regex::new("^(A[0-9]{3})/.*$").unwrap()), ..validator("printed", Some("A###")) },
    ];
    let named = |name: &str| Fund { validator: Some(name.into()), ..fund(name, "Z") };
    council.funds.extend(["open", "stalls", "sixteen", "printed"].map(named));
    council
}

fn fit(fund: &str, text: &str, known: bool) -> Fit {
    let council = with_validators();
    fit_fund(&council, council.fund(fund).unwrap(), text, &mut |_, _| known)
}

fn refused(fund: &str, text: &str) -> Option<Code> {
    let draft = LineDraft { fund_code: fund.into(), reference: text.into(), amount: "1".into(), ..LineDraft::default() };
    let priced = price(&with_validators(), "2026-11-23".parse().unwrap(), &[draft], Payment::default(), &[Standing::default()]);
    priced.problems.first().map(|problem| problem.refusal.code)
}

#[test]
fn a_fund_that_takes_anything_takes_no_card_number() {
    for fund in ["CT", "SUSP", "open", "stalls"] {
        assert_eq!(fit(fund, CARD, false), Fit::Misfits(Misfit::CardNumber), "{fund}");
        for typed in [CARD, "4111 1111 1111 1111", "4111-1111-1111-1111", " 4111111111111111 "] {
            assert_eq!(refused(fund, typed), Some(Code::CardNumberTyped), "{fund}: {typed}");
        }
        assert!(matches!(fit(fund, "4111111111111112", false), Fit::Fits { .. }), "{fund}");
    }
}

#[test]
fn a_reference_that_an_account_or_a_validator_knows_is_one_whatever_it_looks_like() {
    let fits = |strength| Fit::Fits { reference: CARD.into(), strength };
    assert_eq!(fit("open", CARD, true), fits(Strength::Account));
    assert_eq!(fit("sixteen", CARD, false), fits(Strength::Shape));
    assert_eq!(refused("sixteen", CARD), None);
    let council = with_validators();
    let proposed: Vec<String> = propose(&council, CARD, &mut |_, _| false).into_iter().map(|fit| fit.fund_code).collect();
    assert_eq!(proposed, ["sixteen"]);
    let holder = AccountHolder { fund_code: "open".into(), reference: CARD.into(), ..AccountHolder::default() };
    let draft = LineDraft { fund_code: "open".into(), reference: CARD.into(), amount: "1".into(), ..LineDraft::default() };
    let standing = Standing { holder: Some(holder), ..Standing::default() };
    assert!(price(&council, "2026-11-23".parse().unwrap(), &[draft], Payment::default(), &[standing]).problems.is_empty());
}

#[test]
fn what_a_bill_prints_around_a_reference_is_no_place_for_a_card_number() {
    assert_eq!(refused("printed", "A123/456"), None);
    assert_eq!(refused("printed", "A123/4111111111111111"), Some(Code::CardNumberTyped));
}

#[test]
fn a_swiped_card_is_called_what_it_is() {
    for swiped in
        ["%B4111111111111111^PAYER/A MRS              ^29121010000000000000000?", ";4111111111111111=29121010000000000000?\n;x\u{7}"]
    {
        assert_eq!(readable(swiped), Err(Refusal::new(Code::CardNumberTyped)));
    }
    assert_eq!(readable(&"9".repeat(61)), Err(Refusal::new(Code::ReferenceUnreadable)));
}
