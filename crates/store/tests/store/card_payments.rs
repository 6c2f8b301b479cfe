//! Card payments as the journal has them: their states, and that a rebuild finds the same.

use crate::common::{entry, id, open, receipt, write};
use counterfoil_domain::Pence;
use counterfoil_domain::card_payment::{Approval, CardIntent, CardOutcome, CardReversal, CardState};
use counterfoil_domain::entry::Fact;
use counterfoil_domain::receipt::{CardDetails, TenderDetails};
use counterfoil_store::{Store, StoreError};
use std::collections::BTreeSet;

fn intent(number: u64, amount: i64) -> Fact {
    let intent = CardIntent {
        transaction_id: id(number),
        service_id: format!("S{number}"),
        terminal: "simulator".into(),
        known_as: String::new(),
        mop_code: "3".into(),
        amount: Pence(amount),
        sale_id: id(900 + number),
        lines: Vec::new(),
        completes: None,
    };
    Fact::CardPaymentIntended { intent: Box::new(intent) }
}

fn reversal(number: u64, of: u64, amount: i64) -> Fact {
    let reversal = CardReversal {
        transaction_id: id(number),
        service_id: format!("S{number}"),
        terminal: "simulator".into(),
        known_as: String::new(),
        of: id(of),
        amount: Pence(amount),
        signature_refused: false,
    };
    Fact::CardReversalIntended { reversal }
}

fn settled(number: u64, outcome: CardOutcome) -> Fact {
    Fact::CardPaymentSettled { transaction_id: id(number), outcome }
}

fn approved(amount: i64, signature: bool) -> CardOutcome {
    CardOutcome::Approved { approval: Box::new(Approval { amount: Pence(amount), signature, ..Approval::default() }) }
}

fn in_receipt(number: u64, amount: i64) -> Fact {
    let Fact::ReceiptTaken { mut receipt, content } = receipt(1, "1234", amount) else { panic!("another fact") };
    receipt.tenders[0].details = TenderDetails::Card(CardDetails { transaction_id: id(number), ..CardDetails::default() });
    Fact::ReceiptTaken { receipt, content }
}

/// Writes facts one after another and answers where each payment stands after each.
fn states(store: &Store, payment: u64, facts: Vec<Fact>) -> Vec<&'static str> {
    let state = |_| store.read(|reading| reading.card_payment(&id(payment))).expect("read").map_or("", |row| row.state.as_str());
    let first = 1_000 + store.head().expect("head").seq;
    facts.into_iter().zip(first..).map(|(fact, number)| write(store, entry(number, fact)).expect("written")).map(state).collect()
}

#[test]
fn a_payment_goes_from_its_intent_to_a_receipt_and_is_open_until_then() {
    let folder = tempfile::tempdir().expect("folder");
    let store = open(folder.path()).expect("store");
    let sent = Fact::CardPaymentSent { transaction_id: id(1) };
    let steps = vec![intent(1, 1_000), sent, settled(1, approved(1_000, false))];
    assert_eq!(states(&store, 1, steps), ["intended", "sent", "approved"]);
    let open_now = || store.read(|reading| reading.open_card_payments()).expect("read").len();
    assert_eq!(open_now(), 1);
    let row = store.read(|reading| reading.card_payment(&id(1))).expect("read").expect("a row");
    let approval = store.read(|reading| reading.approval(&row)).expect("read").expect("approved");
    assert_eq!((row.approved, approval.amount, row.user_code.as_str()), (Pence(1_000), Pence(1_000), "12"));
    assert_eq!(states(&store, 1, vec![in_receipt(1, 1_000)]), ["used"]);
    assert_eq!(open_now(), 0);
    assert_eq!(store.rebuild().expect("rebuilt"), []);
}

#[test]
fn an_abandoned_payment_is_given_back_and_one_that_could_not_be_is_still_there() {
    let folder = tempfile::tempdir().expect("folder");
    let store = open(folder.path()).expect("store");
    let declined = CardOutcome::Declined { condition: "Refusal".into(), receipts: Vec::new() };
    let steps = vec![
        intent(1, 1_000),
        settled(1, approved(1_000, true)),
        reversal(2, 1, 1_000),
        settled(2, declined),
        Fact::CardSignatureAccepted { transaction_id: id(1) },
        reversal(3, 1, 1_000),
        settled(3, CardOutcome::NotFound),
        reversal(4, 1, 1_000),
        settled(4, approved(1_000, false)),
    ];
    let expected = ["intended", "signature", "reversing", "signature", "approved", "reversing", "approved", "reversing", "reversed"];
    assert_eq!(states(&store, 1, steps), expected);
    let state = |number| store.read(|reading| reading.card_payment(&id(number))).expect("read").map(|row| row.state);
    assert_eq!((state(2), state(3), state(4)), (Some(CardState::Free), Some(CardState::Free), Some(CardState::Used)));
    assert_eq!(store.rebuild().expect("rebuilt"), []);
}

#[test]
fn an_unclear_payment_stays_open_until_a_person_or_the_terminal_says_what_became_of_it() {
    let folder = tempfile::tempdir().expect("folder");
    let store = open(folder.path()).expect("store");
    let unclear = |number| Fact::CardPaymentUnresolved { transaction_id: id(number), why: "terminal-dropped".into() };
    let resolved = |number, taken: Option<Approval>| Fact::CardPaymentResolved {
        transaction_id: id(number),
        taken: taken.map(Box::new),
        text: "slip seen".into(),
    };
    let slip = Approval { amount: Pence(500), ..Approval::default() };
    assert_eq!(states(&store, 1, vec![intent(1, 500), unclear(1), resolved(1, Some(slip))]), ["intended", "unresolved", "approved"]);
    assert_eq!(states(&store, 2, vec![intent(2, 500), unclear(2), resolved(2, None)]), ["intended", "unresolved", "free"]);
    assert_eq!(store.rebuild().expect("rebuilt"), []);
}

fn resolved(number: u64, taken: Option<i64>) -> Fact {
    let taken = taken.map(|amount| Box::new(Approval { amount: Pence(amount), ..Approval::default() }));
    Fact::CardPaymentResolved { transaction_id: id(number), taken, text: "slip seen".into() }
}

#[test]
fn a_payment_that_a_person_says_was_not_charged_counts_for_nothing_beside_the_terminal_s_totals() {
    let folder = tempfile::tempdir().expect("folder");
    let store = open(folder.path()).expect("store");
    let known = || store.read(|reading| reading.approved_between("simulator", 0, u64::MAX >> 1)).expect("read");
    states(&store, 1, vec![intent(1, 1_000), settled(1, approved(1_000, false))]);
    assert_eq!(known(), Pence(1_000));
    assert_eq!(states(&store, 1, vec![resolved(1, None)]), ["free"]);
    assert_eq!(known(), Pence::ZERO);
    assert_eq!(states(&store, 1, vec![settled(1, approved(1_000, false))]), ["approved"]);
    assert_eq!(known(), Pence(1_000), "the terminal had taken it after all");
    assert_eq!(store.rebuild().expect("rebuilt"), []);
}

#[test]
fn a_reversal_that_no_correction_takes_is_over_once_a_supervisor_has_said_so_and_still_counts_as_given_back() {
    let folder = tempfile::tempdir().expect("folder");
    let store = open(folder.path()).expect("store");
    let facts = vec![intent(1, 1_000), settled(1, approved(1_000, false)), in_receipt(1, 1_000), reversal(2, 1, 400)];
    states(&store, 1, facts);
    assert_eq!(states(&store, 2, vec![settled(2, approved(400, false)), resolved(2, Some(400))]), ["approved", "used"]);
    let known = store.read(|reading| reading.approved_between("simulator", 0, u64::MAX >> 1)).expect("read");
    assert_eq!((known, store.read(|reading| reading.returned(&id(1))).expect("read")), (Pence(600), Pence(400)));
    assert_eq!(
        states(&store, 3, vec![reversal(3, 1, 100), settled(3, approved(100, false)), resolved(3, None)])[1..],
        ["approved", "free"]
    );
    assert_eq!(store.rebuild().expect("rebuilt"), []);
}

#[test]
fn a_payment_whose_reversal_turns_out_to_have_gone_through_after_all_pays_for_nothing() {
    let folder = tempfile::tempdir().expect("folder");
    let store = open(folder.path()).expect("store");
    let steps = vec![
        intent(1, 1_000),
        settled(1, approved(1_000, false)),
        reversal(2, 1, 1_000),
        resolved(2, None),
        settled(2, approved(1_000, false)),
    ];
    assert_eq!(states(&store, 1, steps), ["intended", "approved", "reversing", "approved", "reversed"]);
    assert_eq!(store.rebuild().expect("rebuilt"), []);
}

#[test]
fn what_a_terminal_knows_payments_by_is_given_out_once_also_by_the_next_run_of_the_program() {
    let folder = tempfile::tempdir().expect("folder");
    let mut seen = BTreeSet::new();
    for _ in 0..3 {
        let store = open(folder.path()).expect("store");
        for _ in 0..5 {
            let id = store.next_service_id(77).expect("an id");
            assert!(id.len() == 10 && seen.insert(id.clone()), "{id} was given out before");
        }
        assert_eq!(store.rebuild().expect("rebuilt"), []);
    }
}

#[test]
fn a_store_that_was_copied_gives_out_ids_from_another_place() {
    let folder = tempfile::tempdir().expect("folder");
    let store = open(folder.path()).expect("store");
    let first = store.next_service_id(77).expect("an id");
    store.forget_service_ids().expect("forgotten");
    let second = store.next_service_id(77_000).expect("an id");
    assert_eq!((first.as_str(), second.as_str()), ("0000000025", "0000001NEW"), "not the next one");
}

#[test]
fn a_payment_is_begun_once() {
    let folder = tempfile::tempdir().expect("folder");
    let store = open(folder.path()).expect("store");
    write(&store, entry(1, intent(1, 500))).expect("written");
    assert!(matches!(write(&store, entry(1, intent(1, 500))), Err(StoreError::IdTaken)));
    write(&store, entry(2, intent(1, 500))).expect_err("the same payment under another entry");
}
