//! The course against a model of an IMS: answers get lost, writes come late, the till is stopped at any step.

use super::course::{Course, Moment, PostAnswer, Step};
use super::progress::{Delivery, DeliveryState, Fault, Trouble};
use super::rows::{Row, RowToPost, StoredRow};
use super::settings::Pace;
use chrono::NaiveDate;
use counterfoil_domain::Pence;
use proptest::prelude::*;
use rust_decimal::Decimal;

const SETTLE_MS: i64 = 1_000;

fn row(amount: i64) -> RowToPost {
    RowToPost {
        row: Row {
            fund_code: "23".to_owned(),
            account_reference: "501234566".to_owned(),
            mop_code: "1".to_owned(),
            amount: Pence(amount),
            vat: Pence(0),
            narrative: String::new(),
        },
        psp_reference: "CH07-0000001".to_owned(),
        office_code: "CH".to_owned(),
        transaction_date: NaiveDate::from_ymd_opt(2026, 11, 20).unwrap().and_hms_opt(9, 0, 0).unwrap(),
        user_code: 12,
        vat_code: "N0".to_owned(),
        vat_rate: Decimal::ZERO,
    }
}

fn stored(own: &RowToPost, reference: usize) -> StoredRow {
    StoredRow { row: Some(own.row.clone()), amount: own.row.amount, reference: reference.to_string() }
}

fn pace() -> Pace {
    Pace { settle_ms: SETTLE_MS, ..Pace::default() }
}

fn at(now_ms: i64) -> Moment {
    Moment { now_ms, last_accepted_ms: None }
}

/// What becomes of a request.
#[derive(Clone, Copy, Debug)]
enum Fate {
    Well,
    StoredAnswerLost,
    /// Written so long after the till gave up.
    StoredLate(i64),
    NotStoredAnswerLost,
    Refused,
    RefusedThoughStored,
    NotSent,
    /// The till is stopped before it writes down what happened; the request is treated as by the fate before.
    TillStopped,
}

fn fates() -> impl Strategy<Value = Vec<Fate>> {
    let fate = prop_oneof![
        4 => Just(Fate::Well),
        1 => Just(Fate::StoredAnswerLost),
        2 => (0..SETTLE_MS).prop_map(Fate::StoredLate),
        1 => Just(Fate::NotStoredAnswerLost),
        1 => Just(Fate::Refused),
        1 => Just(Fate::RefusedThoughStored),
        1 => Just(Fate::NotSent),
        1 => Just(Fate::TillStopped),
    ];
    prop::collection::vec(fate, 0..40)
}

struct Ims {
    rows: Vec<StoredRow>,
    /// What is still to be written, and when.
    late: Vec<(i64, StoredRow)>,
}

impl Ims {
    fn at(&mut self, now_ms: i64) -> &mut Ims {
        let (due, later) = std::mem::take(&mut self.late).into_iter().partition(|(at, _)| *at <= now_ms);
        self.late = later;
        self.rows.extend(Vec::into_iter(due).map(|(_, row)| row));
        self
    }

    fn searched(&self, fate: Fate) -> Result<&[StoredRow], Trouble> {
        if matches!(fate, Fate::Well) { Ok(&self.rows) } else { Err(Trouble::SearchFailed) }
    }

    fn posted(&mut self, own: &RowToPost, fate: Fate, now_ms: i64) -> PostAnswer {
        let new = stored(own, self.rows.len() + self.late.len());
        match fate {
            Fate::Well | Fate::StoredAnswerLost | Fate::RefusedThoughStored => self.rows.push(new),
            Fate::StoredLate(after) => self.late.push((now_ms + after, new)),
            _ => {}
        }
        match fate {
            Fate::Well => PostAnswer::Stored { reference: "R".to_owned() },
            Fate::Refused | Fate::RefusedThoughStored => PostAnswer::Refused { status: 400, said: None },
            Fate::NotSent => PostAnswer::NotSent(Trouble::NoConnection),
            _ => PostAnswer::Unclear(Trouble::TimedOut),
        }
    }
}

/// Runs one attempt. None when the till was stopped in it; a till that is stopped in a POST doesn't know whether it was written.
fn attempt(
    ims: &mut Ims,
    rows: &[RowToPost],
    state: DeliveryState,
    now_ms: i64,
    fates: &mut Vec<Fate>,
) -> Option<(Delivery, DeliveryState)> {
    let pace = Pace { refusals_before_quarantine: u32::MAX, failures_before_quarantine: u32::MAX, ..pace() };
    let mut course = Course::begin(rows, state, &pace, now_ms);
    let mut step = Step::Search;
    loop {
        let fate = fates.pop().unwrap_or(Fate::Well);
        step = match step {
            Step::End(delivery) => return Some((delivery, course.into_state())),
            _ if matches!(fate, Fate::TillStopped) => {
                if let Step::Post(row) = step {
                    ims.posted(&rows[row], fates.pop().unwrap_or(Fate::Well), now_ms);
                }
                return None;
            }
            Step::Search => course.after_search(ims.at(now_ms).searched(fate), at(now_ms)),
            Step::Post(row) => course.after_post(row, ims.posted(&rows[row], fate, now_ms), at(now_ms)),
        };
    }
}

fn amounts(rows: impl Iterator<Item = Pence>) -> Vec<i64> {
    let mut amounts: Vec<i64> = rows.map(|amount| amount.0).collect();
    amounts.sort_unstable();
    amounts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]
    #[test]
    fn every_posting_arrives_once_whatever_gets_lost_comes_late_or_stops(
        kinds in prop::collection::vec(1i64..4, 1..7), mut fates in fates(), waits in prop::collection::vec(0i64..3_000, 40),
    ) {
        let rows: Vec<RowToPost> = kinds.into_iter().map(row).collect();
        let mut ims = Ims { rows: Vec::new(), late: Vec::new() };
        let (mut state, mut now_ms, mut waits) = (DeliveryState::default(), 0, waits.into_iter());
        for _ in 0..200 {
            let expected = amounts(rows.iter().map(|own| own.row.amount));
            let result = attempt(&mut ims, &rows, state.clone(), now_ms, &mut fates);
            for own in &rows {
                let count = |all: &[i64]| all.iter().filter(|amount| **amount == own.row.amount.0).count();
                prop_assert!(count(&amounts(ims.rows.iter().map(|row| row.amount))) <= count(&expected), "twice: {:?}", own.row.amount);
            }
            match result {
                Some((Delivery::Delivered { references }, _)) => {
                    prop_assert_eq!(references.len(), rows.len());
                    prop_assert_eq!(amounts(ims.at(i64::MAX).rows.iter().map(|row| row.amount)), expected);
                    return Ok(());
                }
                Some((Delivery::Quarantined { fault }, _)) => prop_assert!(false, "quarantined: {fault}"),
                Some((_, next)) => state = next,
                None => state = state.after_a_start(now_ms, SETTLE_MS),
            }
            now_ms += waits.next().unwrap_or(SETTLE_MS);
        }
        prop_assert!(false, "never delivered");
    }

    #[test]
    fn with_anything_extra_in_the_ims_nothing_more_is_posted(kinds in prop::collection::vec(1i64..4, 1..5), extra in 1i64..6, shown in 0usize..5) {
        let rows: Vec<RowToPost> = kinds.into_iter().map(row).collect();
        let mut found: Vec<StoredRow> = rows.iter().take(shown).enumerate().map(|(at, own)| stored(own, at)).collect();
        found.extend((0..=rows.len()).map(|at| stored(&row(extra), 100 + at)));
        let pace = pace();
        let step = Course::begin(&rows, DeliveryState::default(), &pace, 0).after_search(Ok(&found), at(0));
        let put_aside = matches!(step, Step::End(Delivery::Quarantined { fault: Fault::TooMany { .. } | Fault::Differs { .. } }));
        prop_assert!(put_aside, "{step:?}");
    }
}

fn end(step: Step) -> Delivery {
    match step {
        Step::End(delivery) => delivery,
        other => panic!("{other:?}"),
    }
}

/// Posts the one row of a receipt, gets this answer, and hands back the state.
fn after_posting(state: DeliveryState, answer: PostAnswer, moment: Moment) -> (Step, DeliveryState) {
    let (rows, pace) = ([row(1)], pace());
    let mut course = Course::begin(&rows, state, &pace, moment.now_ms);
    assert_eq!(course.after_search(Ok(&[]), moment), Step::Post(0));
    (course.after_post(0, answer, moment), course.into_state())
}

fn refused() -> PostAnswer {
    PostAnswer::Refused { status: 400, said: None }
}

#[test]
fn a_posting_without_a_clear_answer_is_not_sent_again_before_the_settle_time() {
    let (step, state) = after_posting(DeliveryState::default(), PostAnswer::Unclear(Trouble::TimedOut), at(500));
    assert_eq!(end(step), Delivery::InDoubt { until_ms: 1_500, trouble: Trouble::TimedOut });
    let (rows, pace) = ([row(1)], pace());
    let mut early = Course::begin(&rows, state.clone(), &pace, 1_499);
    assert!(early.must_be_sure_of_nothing());
    assert_eq!(end(early.after_search(Ok(&[]), at(1_499))), Delivery::InDoubt { until_ms: 1_500, trouble: Trouble::MayStillBeWritten });
    assert_eq!(Course::begin(&rows, state, &pace, 1_500).after_search(Ok(&[]), at(1_500)), Step::Post(0));
}

#[test]
fn a_posting_that_never_left_is_in_no_doubt() {
    let (step, state) = after_posting(DeliveryState::default(), PostAnswer::NotSent(Trouble::NoConnection), at(0));
    assert_eq!(end(step), Delivery::Unreachable { trouble: Trouble::NoConnection });
    assert_eq!(state, DeliveryState::default());
}

#[test]
fn a_receipt_that_is_refused_while_others_pass_is_put_aside_with_its_codes() {
    let (mut state, mut now_ms) = (DeliveryState::default(), 0);
    for _ in 0..5 {
        state = after_posting(state, refused(), Moment { now_ms, last_accepted_ms: Some(now_ms - 1) }).1;
        now_ms += SETTLE_MS;
    }
    let (rows, pace) = ([row(1)], pace());
    let mut course = Course::begin(&rows, state.clone(), &pace, now_ms);
    let delivery = end(course.after_search(Ok(&[]), Moment { now_ms, last_accepted_ms: Some(now_ms - 1) }));
    let Delivery::Quarantined { fault: fault @ Fault::Refused { tries: 5, .. } } = delivery else { panic!("{delivery:?}") };
    assert!(fault.to_string().contains("fund 23, MOP 1, office CH, VAT N0, user 12"), "{fault}");
    assert!(!fault.to_string().contains("501234566"));
    let mut released = Course::begin(&rows, state.released(), &pace, now_ms);
    assert_eq!(released.after_search(Ok(&[]), Moment { now_ms, last_accepted_ms: Some(now_ms) }), Step::Post(0));
}

#[test]
fn an_ims_that_refuses_everything_is_no_fault_of_a_receipt() {
    let (mut state, mut now_ms) = (DeliveryState::default(), 0);
    for _ in 0..100 {
        state = after_posting(state, refused(), Moment { now_ms, last_accepted_ms: Some(-1) }).1;
        now_ms += SETTLE_MS;
    }
    assert_eq!(state.refusals, 100);
}

#[test]
fn a_posting_that_is_stored_by_its_answer_and_never_shown_is_a_person_s_to_decide() {
    let (rows, pace) = ([row(1)], pace());
    let (step, state) = after_posting(DeliveryState::default(), PostAnswer::Stored { reference: "R".to_owned() }, at(0));
    assert_eq!(step, Step::Search);
    let mut course = Course::begin(&rows, state, &pace, 0);
    assert_eq!(end(course.after_search(Ok(&[]), at(0))), Delivery::InDoubt { until_ms: SETTLE_MS, trouble: Trouble::NotShownYet });
    let mut later = Course::begin(&rows, course.into_state(), &pace, SETTLE_MS);
    assert_eq!(end(later.after_search(Ok(&[]), at(SETTLE_MS))), Delivery::Quarantined { fault: Fault::StoredButNotShown });
}

#[test]
fn a_search_that_may_be_cut_off_is_never_taken_for_what_is_missing() {
    let (rows, pace): (Vec<RowToPost>, _) = ((1..=25).map(row).collect(), pace());
    let shown: Vec<StoredRow> = rows.iter().enumerate().take(20).map(|(at, own)| stored(own, at)).collect();
    let mut unknown = Course::begin(&rows, DeliveryState::default(), &pace, 0);
    assert_eq!(end(unknown.after_search(Ok(&shown), at(0))), Delivery::Quarantined { fault: Fault::CutOff { shown: 20 } });
    let mut told = Course::begin(&rows, DeliveryState::default(), &pace, 0);
    let mut step = told.after_search(Ok(&[]), at(0));
    while let Step::Post(row) = step {
        step = told.after_post(row, PostAnswer::Stored { reference: format!("R{row}") }, at(0));
    }
    let Delivery::Delivered { references } = end(told.after_search(Ok(&shown), at(0))) else { panic!() };
    assert_eq!((references[19].as_str(), references[24].as_str()), ("19", "R24"));
}

#[test]
fn a_clock_that_was_set_back_keeps_no_receipt_longer_than_the_settle_time() {
    let (rows, pace) = ([row(1)], pace());
    let from_the_future = DeliveryState { in_doubt_until_ms: Some(i64::MAX), ..DeliveryState::default() };
    let mut course = Course::begin(&rows, from_the_future, &pace, 0);
    assert_eq!(end(course.after_search(Ok(&[]), at(0))), Delivery::InDoubt { until_ms: SETTLE_MS, trouble: Trouble::MayStillBeWritten });
}
