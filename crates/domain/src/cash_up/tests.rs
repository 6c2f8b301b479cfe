//! Counts, differences and where they come from.

use super::*;
use crate::council::MoneyForm;
use proptest::prelude::*;
use std::collections::BTreeMap;

fn coin(code: &str, value: i64, bag: i64) -> Denomination {
    Denomination { code: code.into(), name: None, value: Pence(value), form: MoneyForm::Coin, bag: Some(Pence(bag)) }
}

fn kinds() -> Vec<Denomination> {
    let note = |code: &str, value, form| Denomination { code: code.into(), name: None, value: Pence(value), form, bag: None };
    vec![
        note("20", 2_000, MoneyForm::Note),
        note("20-scottish", 2_000, MoneyForm::OtherNote),
        coin("1-pound", 100, 2_000),
        coin("20p", 20, 1_000),
        coin("1p", 1, 100),
    ]
}

fn draft(denomination: &str, by: CountedBy, text: &str) -> CountDraft {
    CountDraft { denomination: denomination.into(), by, text: text.into() }
}

fn counted(drafts: &[CountDraft]) -> Result<Vec<(String, i64)>, Code> {
    match read_count(&kinds(), drafts) {
        Ok(counts) => Ok(counts.into_iter().map(|count| (count.denomination, count.pieces)).collect()),
        Err(refusal) => Err(refusal.code),
    }
}

#[test]
fn a_count_is_read_by_number_by_value_and_by_bags_and_adds_them_up() {
    let drafts = [
        draft("1-pound", CountedBy::Bags, "2"),
        draft("1-pound", CountedBy::Number, " 3 "),
        draft("20", CountedBy::Value, "£1,240.00"),
        draft("20p", CountedBy::Value, "0.60"),
        draft("1p", CountedBy::Number, ""),
    ];
    let expected = [("20", 62), ("1-pound", 43), ("20p", 3)];
    assert_eq!(counted(&drafts), Ok(expected.map(|(code, pieces)| (code.to_owned(), pieces)).to_vec()));
}

#[test]
fn notes_of_other_banks_are_counted_apart() {
    let drafts = [draft("20", CountedBy::Number, "1"), draft("20-scottish", CountedBy::Number, "2")];
    assert_eq!(counted(&drafts), Ok(vec![("20".into(), 1), ("20-scottish".into(), 2)]));
}

#[test]
fn a_count_that_can_not_be_is_refused_and_names_its_denomination() {
    for (denomination, by, text, code) in [
        ("20", CountedBy::Number, "-1", Code::CountNotValid),
        ("20", CountedBy::Number, "+1", Code::CountNotValid),
        ("20", CountedBy::Number, "1.5", Code::CountNotValid),
        ("20", CountedBy::Number, "two", Code::CountNotValid),
        ("20", CountedBy::Number, "٣", Code::CountNotValid),
        ("20", CountedBy::Number, "9999999", Code::CountNotValid),
        ("1p", CountedBy::Number, "100001", Code::CountNotValid),
        ("20", CountedBy::Bags, "1", Code::CountNotValid),
        ("1-pound", CountedBy::Bags, "5001", Code::CountNotValid),
        ("20", CountedBy::Value, "30", Code::CountDoesNotDivide),
        ("20p", CountedBy::Value, "0.50", Code::CountDoesNotDivide),
        ("20", CountedBy::Value, "-20", Code::AmountSigned),
        ("1p", CountedBy::Value, "9999999.99", Code::CountNotValid),
        ("1p", CountedBy::Value, "0.001", Code::AmountTooPrecise),
    ] {
        let refusal = read_count(&kinds(), &[draft(denomination, by, text)]).expect_err(text);
        assert_eq!((refusal.code, refusal.args.get("denomination").map(String::as_str)), (code, Some(denomination)), "{text}");
    }
    assert_eq!(counted(&[draft("3-pound", CountedBy::Number, "1")]), Err(Code::CountNotValid));
    assert_eq!(counted(&[draft("1p", CountedBy::Number, "60000"), draft("1p", CountedBy::Number, "60000")]), Err(Code::CountNotValid));
}

#[test]
fn a_terminal_s_total_may_be_below_zero_and_must_be_there() {
    assert_eq!(read_terminal(" 1,234.50 "), Ok(Pence(123_450)));
    assert_eq!(read_terminal("-£12"), Ok(Pence(-1_200)));
    assert_eq!(read_terminal("−12"), Ok(Pence(-1_200)));
    assert_eq!(read_terminal("0"), Ok(Pence(0)));
    for (typed, code) in
        [("", Code::AmountMissing), ("-", Code::AmountMissing), ("--1", Code::AmountSigned), ("1.234", Code::AmountTooPrecise)]
    {
        assert_eq!(read_terminal(typed).map_err(|refusal| refusal.code), Err(code), "{typed}");
    }
}

fn mop(code: &str, expected: i64, counted: i64) -> MopCount {
    MopCount { mop_code: code.into(), expected: Pence(expected), counted: Pence(counted) }
}

fn count(mops: Vec<MopCount>) -> Count {
    Count { attempt: 1, cash: Vec::new(), ticked: Vec::new(), terminals: Vec::new(), mops, driven: Vec::new() }
}

#[test]
fn an_over_in_one_mop_does_not_make_good_a_short_in_another() {
    let count = count(vec![mop("1", 10_000, 9_900), mop("92", 5_000, 5_100)]);
    assert_eq!(count.variance(), Pence(200));
    assert!(count.beyond(Pence(99)));
    assert!(!count.beyond(Pence(100)), "the tolerance itself is tolerated");
}

#[test]
fn a_terminal_that_was_not_compared_needs_a_reason_though_nothing_is_known_to_differ() {
    let terminal = |says: i64, not_compared| TerminalAgainst { terminal: "T".into(), says: Pence(says), known: Pence(500), not_compared };
    let mut count = count(vec![mop("1", 10_000, 10_000)]);
    for (terminal, beyond) in [(terminal(500, false), false), (terminal(400, false), true), (terminal(0, true), true)] {
        count.driven = vec![terminal.clone()];
        assert_eq!((count.beyond(Pence(99)), count.variance()), (beyond, Pence::ZERO), "{terminal:?}");
    }
    // What was stored before there was such a mark was compared.
    let stored: TerminalAgainst = serde_json::from_str(r#"{"terminal":"T","says":1,"known":1}"#).expect("read");
    assert!(!stored.not_compared);
}

fn tender(number: &str, mop_code: &str, amount: i64) -> TenderSeen {
    TenderSeen { number: number.into(), mop_code: mop_code.into(), amount: Pence(amount), change: Pence::ZERO }
}

#[test]
fn a_receipt_of_exactly_the_difference_is_named_but_not_one_of_another_mop() {
    let seen = [tender("R1", "1", 3_500), tender("R2", "1", 3_501), tender("R3", "92", 3_500), tender("R4", "1", -3_500)];
    let clue = |number: &str, amount| Clue::SameAmount { number: number.into(), amount: Pence(amount) };
    for counted in [6_500, 13_500] {
        assert_eq!(find_variance(&[mop("1", 10_000, counted)], "1", &seen)[..2], [clue("R1", 3_500), clue("R4", -3_500)]);
    }
}

#[test]
fn half_the_difference_is_a_receipt_that_went_the_other_way() {
    let clues = find_variance(&[mop("1", 10_000, 10_246)], "1", &[tender("R1", "1", 123)]);
    assert_eq!(clues, [Clue::HalfAmount { number: "R1".into(), amount: Pence(123) }]);
}

#[test]
fn change_that_was_given_twice_or_not_at_all_is_found() {
    let seen = [TenderSeen { change: Pence(1_550), ..tender("R1", "1", 18_450) }];
    for counted in [8_450, 11_550] {
        let clues = find_variance(&[mop("1", 10_000, counted)], "1", &seen);
        assert_eq!(clues, [Clue::Change { number: "R1".into(), amount: Pence(1_550) }]);
    }
}

#[test]
fn two_figures_the_wrong_way_round_are_found_whichever_way_the_money_went() {
    let transposed = |amount, meant| Clue::Transposed { number: "R1".into(), amount: Pence(amount), meant: Pence(meant) };
    // £184.50 was keyed where £148.50 was taken: the drawer is short by £36.00.
    assert_eq!(find_variance(&[mop("1", 28_450, 24_850)], "1", &[tender("R1", "1", 18_450)])[0], transposed(18_450, 14_850));
    // The other way round it is over.
    assert_eq!(find_variance(&[mop("1", 24_850, 28_450)], "1", &[tender("R1", "1", 14_850)])[0], transposed(14_850, 18_450));
    // £184.50 was paid back where £148.50 was keyed: short.
    assert_eq!(find_variance(&[mop("1", 24_850, 21_250)], "1", &[tender("R1", "1", -14_850)])[0], transposed(-14_850, -18_450));
    // A short is no clue to a receipt that would explain an over.
    assert_eq!(find_variance(&[mop("1", 28_449, 24_849)], "1", &[tender("R1", "1", 14_850)]), []);
}

#[test]
fn a_tender_keyed_under_the_wrong_mop_is_named_first_and_once() {
    let clues =
        find_variance(&[mop("1", 20_000, 16_500), mop("92", 4_000, 7_500)], "1", &[tender("R1", "1", 3_500), tender("R2", "92", 4_000)]);
    let wrong = Clue::WrongMop { number: "R1".into(), mop_code: "1".into(), other_mop_code: "92".into(), amount: Pence(3_500) };
    assert_eq!(clues, [wrong, Clue::LiftNotRecorded { amount: Pence(3_500) }]);
}

#[test]
fn a_short_in_whole_notes_may_be_a_lift_and_an_over_or_a_card_never_is() {
    let lift = Clue::LiftNotRecorded { amount: Pence(50_000) };
    assert_eq!(find_variance(&[mop("1", 60_000, 10_000)], "1", &[]), [lift]);
    for mops in [mop("1", 10_000, 60_000), mop("92", 60_000, 10_000), mop("1", 60_000, 9_999), mop("1", 10_000, 8_500)] {
        assert_eq!(find_variance(&[mops], "1", &[]), []);
    }
}

#[test]
fn many_receipts_of_one_amount_do_not_hide_the_other_clues() {
    let seen: Vec<TenderSeen> = (0..50).map(|n| tender(&format!("R{n}"), "1", 2_000)).collect();
    let clues = find_variance(&[mop("1", 110_000, 108_000)], "1", &seen);
    assert_eq!(clues.len(), 5);
    assert_eq!(clues[4], Clue::LiftNotRecorded { amount: Pence(2_000) });
}

/// Amounts that are near one another often, and the ends of the range now and then.
fn any_amount() -> impl Strategy<Value = i64> {
    prop_oneof![8 => -200_000i64..200_000, 1 => Just(i64::MIN), 1 => Just(i64::MAX), 1 => any::<i64>()]
}

fn any_mops() -> impl Strategy<Value = Vec<MopCount>> {
    let amounts = prop::collection::vec((any_amount(), any_amount()), 1..5);
    amounts.prop_map(|list| list.into_iter().enumerate().map(|(n, (expected, counted))| mop(&n.to_string(), expected, counted)).collect())
}

proptest! {
    #[test]
    fn whatever_is_typed_a_count_is_read_or_refused(
        drafts in prop::collection::vec((0usize..6, 0u8..3, prop_oneof![".*", "[0-9]{0,9}(\\.[0-9]{0,3})?"]), 0..8),
    ) {
        let by = [CountedBy::Number, CountedBy::Value, CountedBy::Bags];
        let codes = ["20", "20-scottish", "1-pound", "20p", "1p", "unknown"];
        let drafts: Vec<CountDraft> = drafts.iter().map(|(code, way, text)| draft(codes[*code], by[usize::from(*way)], text)).collect();
        if let Ok(counts) = read_count(&kinds(), &drafts) {
            prop_assert!(counts.iter().all(|count| (1..=MAX_PIECES).contains(&count.pieces)));
            prop_assert!(crate::session::counted_value(&kinds(), &counts).is_ok());
        }
    }

    #[test]
    fn a_value_is_taken_exactly_when_it_divides(pieces in 0i64..=MAX_PIECES, rest in 0i64..20) {
        let value = Pence(pieces * 20 + rest);
        let read = counted(&[draft("20p", CountedBy::Value, &value.plain())]);
        if rest == 0 {
            prop_assert_eq!(read.map(|counts| counts.first().map_or(0, |count| count.1)), Ok(pieces));
        } else {
            prop_assert_eq!(read, Err(Code::CountDoesNotDivide));
        }
    }

    #[test]
    fn with_over_and_short_what_is_posted_by_mop_is_what_was_counted(mops in any_mops()) {
        let possible = mops.iter().all(|mop| mop.counted.0.checked_sub(mop.expected.0).is_some());
        prop_assume!(possible);
        let mut posted: BTreeMap<&str, i128> = mops.iter().map(|mop| (mop.mop_code.as_str(), i128::from(mop.expected.0))).collect();
        let settled = over_short("SP", "CH07-Z0001", "N", &mops);
        prop_assert_eq!(settled.is_none(), mops.iter().all(|mop| mop.expected == mop.counted));
        if let Some(settled) = &settled {
            for posting in &settled.postings {
                *posted.get_mut(settled.tenders[posting.tender].mop_code.as_str()).expect("a MOP of the count") += i128::from(posting.amount.0);
                prop_assert_eq!(settled.lines[posting.line].amount, posting.amount);
            }
        }
        for mop in &mops {
            prop_assert_eq!(posted[mop.mop_code.as_str()], i128::from(mop.counted.0));
        }
    }

    #[test]
    fn the_finder_answers_whatever_the_numbers_are(
        mops in any_mops(),
        seen in prop::collection::vec((0usize..5, any_amount(), any_amount()), 0..40),
    ) {
        let seen: Vec<TenderSeen> = seen
            .into_iter()
            .enumerate()
            .map(|(n, (code, amount, change))| TenderSeen { change: Pence(change), ..tender(&format!("R{n}"), &code.to_string(), amount) })
            .collect();
        let clues = find_variance(&mops, "0", &seen);
        prop_assert!(clues.len() <= MOST_OF_A_KIND + mops.len() * (4 * MOST_OF_A_KIND + 1));
        let agrees = mops.iter().all(|mop| mop.difference().is_zero());
        prop_assert!(!agrees || clues.is_empty());
        let _ = count(mops).variance();
    }
}
