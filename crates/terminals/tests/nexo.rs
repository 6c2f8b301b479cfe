//! The nexo driver against a terminal that is told to misbehave: what it says became of a payment, whether it may have begun, and
//! that nobody is charged twice.

#![allow(clippy::unwrap_used, clippy::panic)]

use counterfoil_domain::Pence;
use counterfoil_simulators::nexo::{Customer, Kind, Manner, Setup, SimulatedTerminal};
use counterfoil_terminals::nexo::{NexoTerminal, NexoTimeouts};
use counterfoil_terminals::{
    Approval, CardTerminal, Known, NexoTarget, Outcome, Payment, PaymentIds, Reversal, TerminalError, TerminalFault, TerminalTally, Watch,
};
use std::time::Duration;
use tempfile::TempDir;

struct Nobody;

impl Watch for Nobody {
    fn shows(&self, _text: &str) {}
}

/// A terminal, and a driver for it.
struct Counter {
    terminal: SimulatedTerminal,
    driver: NexoTerminal,
    _folder: TempDir,
}

const fn each(limit: Duration) -> NexoTimeouts {
    NexoTimeouts { connect: limit, payment: limit, other: limit, totals: limit }
}

/// Far longer than anything takes.
const PATIENT: NexoTimeouts = each(Duration::from_secs(600));
/// The limit of the one step that a test lets run out.
const SOON: Duration = Duration::from_millis(400);

fn target(terminal: &SimulatedTerminal, folder: &TempDir) -> NexoTarget {
    let setup = Setup::default();
    let authority = folder.path().join("root.pem");
    std::fs::write(&authority, terminal.authority_pem()).unwrap();
    NexoTarget {
        host: "127.0.0.1".into(),
        port: terminal.port(),
        poi_id: setup.poi_id,
        sale_id: "till-07".into(),
        key_identifier: setup.key_identifier,
        key_version: setup.key_version,
        authority,
        live: false,
        answer_timeout_ms: 150_000,
    }
}

fn counter_with(setup: Setup, timeouts: NexoTimeouts) -> Counter {
    let folder = TempDir::new().unwrap();
    let terminal = SimulatedTerminal::start(setup).unwrap();
    let driver = NexoTerminal::new(&target(&terminal, &folder), &Setup::default().passphrase, timeouts).unwrap();
    Counter { terminal, driver, _folder: folder }
}

fn counter() -> Counter {
    counter_with(Setup::default(), PATIENT)
}

fn ids(service_id: &str) -> PaymentIds {
    PaymentIds { service_id: service_id.into(), transaction_id: format!("our-{service_id}"), at_ms: 1_780_000_000_000 }
}

fn asking(service_id: &str) -> Payment {
    Payment { ids: ids(service_id), amount: Pence(12_30) }
}

impl Counter {
    fn pay(&self, service_id: &str) -> Result<Outcome, TerminalError> {
        self.driver.pay(&asking(service_id), &Nobody)
    }

    fn look_up(&self, service_id: &str) -> Result<Known, TerminalError> {
        self.driver.look_up(&ids(service_id), Pence(12_30), false)
    }

    fn look_up_reversal(&self, service_id: &str, pence: i64) -> Result<Known, TerminalError> {
        self.driver.look_up(&ids(service_id), Pence(pence), true)
    }

    fn charged(&self) -> Vec<i64> {
        self.terminal.charges().iter().map(|charge| charge.amount_pence).collect()
    }
}

fn approved(outcome: Outcome) -> Approval {
    let Outcome::Approved(approval) = outcome else { panic!("{outcome:?}") };
    *approval
}

#[test]
fn an_approved_payment_is_known_by_what_the_terminal_says_of_it() {
    let counter = counter();
    let approval = approved(counter.pay("A1").unwrap());
    assert_eq!(approval.amount, Pence(12_30));
    assert_eq!((approval.authorisation.as_str(), approval.last_four.as_str()), ("123456", "1111"));
    assert_eq!((approval.scheme.as_str(), approval.entry_mode.as_str()), ("visa", "contactless"));
    assert_eq!((approval.terminal_id.as_str(), approval.merchant_id.as_str()), ("75479597", "5000"));
    assert_eq!(approval.aid, "A0000000031010");
    assert_eq!(approval.terminal_reference, "simu001.275479597@2026-05-28T20:26:40.000Z");
    assert!(!approval.signature);
    let customer = approval.receipts.iter().find(|copy| copy.customer).unwrap();
    assert_eq!(customer.lines[2], ("TOTAL".to_owned(), "£12.30".to_owned()));
    assert_eq!(approval.receipts.len(), 2);
    assert_eq!(counter.terminal.charges()[0].transaction_id, "our-A1");
}

#[test]
fn every_outcome_at_the_terminal_is_told_apart() {
    let counter = counter();
    for customer in [Customer::PaysPart(500), Customer::Signs, Customer::IsRefused("Refusal".into()), Customer::Cancels] {
        counter.terminal.expect(customer);
    }
    assert_eq!(approved(counter.pay("A1").unwrap()).amount, Pence(500));
    assert!(approved(counter.pay("A2").unwrap()).signature);
    let Outcome::Declined { condition, receipts } = counter.pay("A3").unwrap() else { panic!("not declined") };
    assert_eq!((condition.as_str(), receipts.len()), ("Refusal", 2));
    assert!(matches!(counter.pay("A4").unwrap(), Outcome::Aborted { .. }));
    assert_eq!(counter.charged(), [500, 12_30]);
}

#[test]
fn a_failure_whose_word_may_mean_a_charge_is_looked_up_and_what_the_look_up_repeats_is_final() {
    let counter = counter();
    for (at, word) in
        ["Some new reason", "UnreachableHost", "Communication timeout", "DeviceOut", "UnavailableDevice", ""].into_iter().enumerate()
    {
        let id = format!("A{at}");
        counter.terminal.expect(Customer::IsRefused(word.into()));
        let error = counter.pay(&id).unwrap_err();
        assert_eq!((error.fault, error.may_have_begun), (TerminalFault::Garbled, true), "{word}");
        let Known::Settled(Outcome::Declined { condition, .. }) = counter.look_up(&id).unwrap() else { panic!("not declined") };
        assert_eq!(condition, word);
    }
    assert!(counter.charged().is_empty());
}

#[test]
fn a_payment_or_a_reversal_that_is_said_to_have_timed_out_and_was_done_is_approved_when_it_is_looked_up() {
    let counter = counter();
    let failures = [("UnreachableHost", "tid=1"), ("Refusal", "message=Communication%20timeout"), ("NotAllowed", "Request timed out")];
    for (at, (condition, additional)) in failures.into_iter().enumerate() {
        let said = || Manner::SaysItFailed(condition.into(), additional.into());
        let (payment, back) = (format!("A{at}"), format!("R{at}"));
        counter.terminal.misbehave(Kind::Payment, said());
        assert!(counter.pay(&payment).unwrap_err().may_have_begun, "{condition}");
        let Known::Settled(outcome) = counter.look_up(&payment).unwrap() else { panic!("not settled") };
        let terminal_reference = approved(outcome).terminal_reference;
        counter.terminal.misbehave(Kind::Reversal, said());
        let reversal = Reversal { ids: ids(&back), payment: ids(&payment), terminal_reference, amount: Pence(12_30) };
        assert!(counter.driver.reverse(&reversal, &Nobody).unwrap_err().may_have_begun, "{condition}");
        let Known::Settled(outcome) = counter.look_up_reversal(&back, 12_30).unwrap() else { panic!("not settled") };
        assert_eq!(approved(outcome).amount, Pence(12_30));
    }
}

#[test]
fn a_terminal_that_is_busy_has_taken_nothing() {
    let counter = counter();
    counter.terminal.misbehave(Kind::Payment, Manner::IsBusy);
    let Outcome::Declined { condition, .. } = counter.pay("A1").unwrap() else { panic!("not declined") };
    assert_eq!(condition, "Busy");
    assert_eq!(counter.charged(), [0i64; 0]);
}

/// What is done to a payment; the fault that is told; whether it may have begun; whether the customer was charged.
const TROUBLES: [(Kind, Manner, TerminalFault, bool, bool); 24] = {
    use Kind::{Connection, Payment};
    use TerminalFault::{Dropped, Garbled, NotAuthentic, NotTrusted};
    [
        (Connection, Manner::ClosesOnAccept, Dropped, false, false),
        (Connection, Manner::SpeaksSomethingElse, NotTrusted, false, false),
        (Connection, Manner::ClosesAfterHandshake, Dropped, true, false),
        (Payment, Manner::ClosesAfterReading, Dropped, true, false),
        (Payment, Manner::LosesTheReply, Dropped, true, true),
        (Payment, Manner::ClosesMidBody, Dropped, true, true),
        (Payment, Manner::SendsNoHttp, Garbled, true, true),
        (Payment, Manner::SendsGarbage, Garbled, true, true),
        (Payment, Manner::ServerError, Garbled, true, true),
        (Payment, Manner::SendsWithoutEnd, Garbled, true, true),
        (Payment, Manner::BadHmac, NotAuthentic, true, true),
        (Payment, Manner::BadBlob, NotAuthentic, true, true),
        (Payment, Manner::InTheOpen, NotAuthentic, true, true),
        (Payment, Manner::OtherKey, NotAuthentic, true, true),
        (Payment, Manner::OtherKeyVersion, NotAuthentic, true, true),
        (Payment, Manner::OtherCryptoVersion, NotAuthentic, true, true),
        (Payment, Manner::RepeatsAnEarlierAnswer, Garbled, true, true),
        (Payment, Manner::RepeatsAnEarlierAnswerInANewEnvelope, NotAuthentic, true, true),
        (Payment, Manner::OtherServiceId, Garbled, true, true),
        (Payment, Manner::OtherSaleId, Garbled, true, true),
        (Payment, Manner::OtherPoiId, Garbled, true, true),
        (Payment, Manner::OtherCategory, Garbled, true, true),
        (Payment, Manner::OtherBody, Garbled, true, true),
        (Payment, Manner::SaysSomethingNew, Garbled, true, false),
    ]
};

#[test]
fn whatever_goes_wrong_the_terminal_is_asked_what_became_of_it_and_nobody_is_charged_twice() {
    let counter = counter();
    approved(counter.pay("BEFORE").unwrap());
    for (at, (kind, manner, fault, may_have_begun, charged)) in TROUBLES.into_iter().enumerate() {
        let id = format!("A{at}");
        let before = counter.charged().len();
        counter.terminal.misbehave(kind, manner.clone());
        let error = counter.pay(&id).unwrap_err();
        assert_eq!((error.fault, error.may_have_begun), (fault, may_have_begun), "{manner:?}: {error}");
        let charges = before + usize::from(charged);
        assert_eq!(counter.charged().len(), charges, "{manner:?}");
        match counter.look_up(&id).unwrap() {
            Known::Settled(Outcome::Approved(approval)) if charged => assert_eq!(approval.amount, Pence(12_30), "{manner:?}"),
            Known::NotFound if !charged => {}
            known => panic!("{manner:?}: {known:?}"),
        }
        // Sent again by mistake, a terminal refuses it.
        if charged {
            assert!(matches!(counter.pay(&id).unwrap(), Outcome::Declined { .. }), "{manner:?}");
            assert_eq!(counter.charged().len(), charges, "{manner:?}");
        }
    }
}

#[test]
fn a_reply_that_is_slow_or_in_chunks_is_a_reply() {
    let counter = counter();
    for (id, manner) in [("A1", Manner::RepliesSlowly), ("A2", Manner::RepliesInChunks)] {
        counter.terminal.misbehave(Kind::Payment, manner);
        assert_eq!(approved(counter.pay(id).unwrap()).amount, Pence(12_30));
    }
}

#[test]
fn a_terminal_that_does_not_answer_in_time_may_have_begun_and_a_late_reply_goes_to_nobody() {
    for (manner, charged) in [(Manner::RepliesLate, true), (Manner::Hangs, false)] {
        let counter = counter_with(Setup::default(), NexoTimeouts { payment: SOON, ..PATIENT });
        counter.terminal.misbehave(Kind::Payment, manner.clone());
        let error = std::thread::scope(|scope| {
            let paying = scope.spawn(|| counter.pay("A1"));
            counter.terminal.until_waiting(1);
            paying.join().unwrap().unwrap_err()
        });
        assert_eq!((error.fault, error.may_have_begun), (TerminalFault::TimedOut, true), "{manner:?}");
        counter.terminal.let_go();
        let known = counter.look_up("A1").unwrap();
        assert_eq!(matches!(known, Known::Settled(Outcome::Approved(_))), charged, "{known:?}");
        assert_eq!(counter.charged().len(), usize::from(charged));
    }
}

#[test]
fn a_handshake_that_never_ends_has_sent_nothing() {
    let counter = counter_with(Setup::default(), NexoTimeouts { connect: SOON, ..PATIENT });
    counter.terminal.misbehave(Kind::Connection, Manner::NeverShakesHands);
    let error = counter.pay("A1").unwrap_err();
    assert_eq!((error.fault, error.may_have_begun), (TerminalFault::TimedOut, false));
}

#[test]
fn a_terminal_that_is_not_there_has_been_sent_nothing() {
    let folder = TempDir::new().unwrap();
    let terminal = SimulatedTerminal::start(Setup::default()).unwrap();
    let target = target(&terminal, &folder);
    drop(terminal);
    let driver = NexoTerminal::new(&target, "x", PATIENT).unwrap();
    let error = driver.pay(&asking("A1"), &Nobody).unwrap_err();
    assert_eq!((error.fault, error.may_have_begun), (TerminalFault::Unreachable, false));
}

#[test]
fn what_is_not_the_paired_terminal_is_sent_nothing() {
    for common_name in [
        "P400Plus-275479598.test.terminal.adyen.com",
        "P400Plus-275479597.live.terminal.adyen.com",
        "P400Plus-275479597.test.terminal.adyen.com.example.org",
        "127.0.0.1",
    ] {
        let setup = Setup { common_name: Some(common_name.to_owned()), ..Setup::default() };
        let counter = counter_with(setup, PATIENT);
        let error = counter.pay("A1").unwrap_err();
        assert_eq!((error.fault, error.may_have_begun), (TerminalFault::NotTrusted, false), "{common_name}");
        assert_eq!(counter.terminal.heard().len(), 0);
    }
    let legacy = Setup { common_name: Some("legacy-terminal-certificate.test.terminal.adyen.com".to_owned()), ..Setup::default() };
    approved(counter_with(legacy, PATIENT).pay("A1").unwrap());
}

#[test]
fn a_certificate_of_another_authority_is_not_trusted() {
    let folder = TempDir::new().unwrap();
    let (terminal, stranger) = (SimulatedTerminal::start(Setup::default()).unwrap(), SimulatedTerminal::start(Setup::default()).unwrap());
    let target = NexoTarget { port: stranger.port(), ..target(&terminal, &folder) };
    let error = NexoTerminal::new(&target, "x", PATIENT).unwrap().pay(&asking("A1"), &Nobody).unwrap_err();
    assert_eq!((error.fault, error.may_have_begun), (TerminalFault::NotTrusted, false));
}

#[test]
fn a_wrong_passphrase_takes_nothing() {
    let folder = TempDir::new().unwrap();
    let terminal = SimulatedTerminal::start(Setup::default()).unwrap();
    let driver = NexoTerminal::new(&target(&terminal, &folder), "a guess", PATIENT).unwrap();
    let error = driver.pay(&asking("A1"), &Nobody).unwrap_err();
    assert_eq!((error.fault, error.may_have_begun), (TerminalFault::Garbled, true));
    assert!(terminal.charges().is_empty());
}

#[test]
fn settings_that_cannot_be_used_are_told_before_anything_is_connected() {
    let folder = TempDir::new().unwrap();
    let terminal = SimulatedTerminal::start(Setup::default()).unwrap();
    let good = target(&terminal, &folder);
    for bad in [
        NexoTarget { poi_id: "P400".into(), ..good.clone() },
        NexoTarget { authority: folder.path().join("none.pem"), ..good.clone() },
        NexoTarget { host: "not a host".into(), ..good.clone() },
        NexoTarget { sale_id: String::new(), ..good.clone() },
    ] {
        let error = NexoTerminal::new(&bad, "x", PATIENT).err().unwrap();
        assert_eq!((error.fault, error.may_have_begun), (TerminalFault::BadSettings, false));
    }
    assert_eq!(NexoTerminal::new(&good, "", PATIENT).err().unwrap().fault, TerminalFault::BadSettings);
    let driver = NexoTerminal::new(&good, "x", PATIENT).unwrap();
    for service_id in ["", "ELEVENCHARS", "with space", "dash-1"] {
        let error = driver.pay(&asking(service_id), &Nobody).unwrap_err();
        assert_eq!((error.fault, error.may_have_begun), (TerminalFault::BadSettings, false));
    }
}

#[test]
fn a_bank_that_takes_more_than_was_asked_is_for_a_person_to_look_at() {
    let counter = counter();
    counter.terminal.expect(Customer::IsOvercharged(99_99));
    let error = counter.pay("A1").unwrap_err();
    assert_eq!((error.fault, error.may_have_begun), (TerminalFault::Garbled, true));
    assert_eq!(counter.look_up("A1").unwrap(), Known::Unclear { condition: "OtherAmount".into() }, "nor is it when it is looked up");
}

#[test]
fn an_abort_from_another_thread_ends_the_payment_and_its_outcome_comes_from_the_payment() {
    let counter = counter();
    counter.terminal.expect(Customer::Dithers);
    std::thread::scope(|scope| {
        let paying = scope.spawn(|| counter.pay("A1"));
        counter.terminal.until_waiting(1);
        assert_eq!(counter.look_up("A1").unwrap(), Known::InProgress);
        counter.driver.abort(&ids("A1"), "B1").unwrap();
        assert!(matches!(paying.join().unwrap().unwrap(), Outcome::Aborted { .. }));
    });
    assert!(matches!(counter.look_up("A1").unwrap(), Known::Settled(Outcome::Aborted { .. })));
    assert!(counter.charged().is_empty());
}

#[test]
fn a_customer_who_is_quicker_than_the_abort_has_paid() {
    let counter = counter();
    counter.terminal.expect(Customer::Dithers);
    std::thread::scope(|scope| {
        let paying = scope.spawn(|| counter.pay("A1"));
        counter.terminal.until_waiting(1);
        counter.terminal.let_go();
        assert_eq!(approved(paying.join().unwrap().unwrap()).amount, Pence(12_30));
        counter.driver.abort(&ids("A1"), "B1").unwrap();
    });
    assert!(matches!(counter.look_up("A1").unwrap(), Known::Settled(Outcome::Approved(_))));
    assert_eq!(counter.charged(), [12_30]);
}

#[test]
fn only_an_answer_that_names_the_ids_says_what_became_of_a_payment() {
    let counter = counter();
    approved(counter.pay("A1").unwrap());
    let unclear = |condition: &str| Known::Unclear { condition: condition.to_owned() };
    for (manner, known) in [
        (Manner::SaysInProgress, Known::InProgress),
        (Manner::SaysNotFoundOfAnother, unclear("OtherReference")),
        (Manner::RepeatsNothing, unclear("NothingRepeated")),
        (Manner::RepeatsAnotherPayment, unclear("OtherReference")),
        (Manner::SaysSomethingNew, unclear("Mercury")),
        (Manner::IsBusy, Known::NotNow),
        (Manner::SaysItFailed("DeviceOut".into(), String::new()), Known::NotNow),
        (Manner::SaysItFailed("LoggedOut".into(), String::new()), unclear("LoggedOut")),
    ] {
        counter.terminal.misbehave(Kind::Status, manner.clone());
        assert_eq!(counter.look_up("A1").unwrap(), known, "{manner:?}");
    }
    counter.terminal.misbehave(Kind::Status, Manner::SaysNotFound);
    assert_eq!(counter.look_up("A1").unwrap(), Known::NotFound);
    for manner in [
        Manner::BadHmac,
        Manner::InTheOpen,
        Manner::OtherServiceId,
        Manner::OtherPoiId,
        Manner::RepeatsAnEarlierAnswer,
        Manner::LosesTheReply,
    ] {
        counter.terminal.misbehave(Kind::Status, manner.clone());
        assert!(counter.look_up("A1").is_err(), "{manner:?}");
    }
    assert!(matches!(counter.look_up("A1").unwrap(), Known::Settled(Outcome::Approved(_))));
}

#[test]
fn a_payment_is_found_again_after_a_restart_by_its_ids_alone() {
    let folder = TempDir::new().unwrap();
    let terminal = SimulatedTerminal::start(Setup::default()).unwrap();
    let open = || NexoTerminal::new(&target(&terminal, &folder), &Setup::default().passphrase, PATIENT).unwrap();
    terminal.misbehave(Kind::Payment, Manner::LosesTheReply);
    open().pay(&asking("A1"), &Nobody).unwrap_err();
    let Known::Settled(outcome) = open().look_up(&ids("A1"), Pence(12_30), false).unwrap() else { panic!("not settled") };
    assert_eq!(approved(outcome).last_four, "1111");
    let other = PaymentIds { transaction_id: "another".into(), ..ids("A1") };
    assert_eq!(open().look_up(&other, Pence(12_30), false).unwrap(), Known::Unclear { condition: "OtherTransaction".into() });
}

#[test]
fn an_approved_payment_is_reversed_by_the_terminal_s_own_reference_and_the_reversal_is_found_again() {
    let counter = counter();
    let approval = approved(counter.pay("A1").unwrap());
    let reversal = |id: &str, pence: i64| Reversal {
        ids: ids(id),
        payment: ids("A1"),
        terminal_reference: approval.terminal_reference.clone(),
        amount: Pence(pence),
    };
    assert_eq!(approved(counter.driver.reverse(&reversal("R1", 10_00), &Nobody).unwrap()).amount, Pence(10_00));
    assert!(matches!(counter.driver.reverse(&reversal("R2", 10_00), &Nobody).unwrap(), Outcome::Declined { .. }), "more than was taken");
    counter.terminal.misbehave(Kind::Reversal, Manner::LosesTheReply);
    assert!(counter.driver.reverse(&reversal("R3", 2_30), &Nobody).unwrap_err().may_have_begun);
    let Known::Settled(found) = counter.look_up_reversal("R3", 2_30).unwrap() else { panic!("not settled") };
    assert_eq!(approved(found).amount, Pence(2_30), "what was asked for, though the terminal doesn't say it");
    assert_eq!(counter.look_up_reversal("R4", 2_30).unwrap(), Known::NotFound);
    assert_eq!(counter.look_up("R3").unwrap(), Known::NotFound, "it was no payment");
    assert_eq!(counter.look_up_reversal("A1", 12_30).unwrap(), Known::NotFound, "nor was that a reversal");
    assert_eq!(counter.terminal.charges()[0].reversed_pence, 12_30);
    let totals = TerminalTally { payments: 1, paid: Pence(12_30), reversals: 2, reversed: Pence(12_30) };
    assert_eq!(counter.driver.totals("T1").unwrap(), Some(totals));
}

#[test]
fn a_reversal_of_another_amount_than_was_asked_for_is_for_a_person_to_look_at() {
    let counter = counter();
    let approval = approved(counter.pay("A1").unwrap());
    let reverse = |id: &str, pence: i64| {
        let reversal =
            Reversal { ids: ids(id), payment: ids("A1"), terminal_reference: approval.terminal_reference.clone(), amount: Pence(pence) };
        counter.driver.reverse(&reversal, &Nobody)
    };
    counter.terminal.misbehave(Kind::Reversal, Manner::SaysItsAmount);
    assert_eq!(approved(reverse("R1", 2_00).unwrap()).amount, Pence(2_00));
    counter.terminal.misbehave(Kind::Reversal, Manner::SaysAnotherAmount);
    assert!(reverse("R2", 3_00).unwrap_err().may_have_begun);
    assert_eq!(counter.look_up_reversal("R2", 3_00).unwrap(), Known::Unclear { condition: "OtherAmount".into() });
    // Looked up as another amount than it was, it isn't believed either.
    assert_eq!(counter.look_up_reversal("R1", 2_01).unwrap(), Known::Unclear { condition: "OtherAmount".into() });
}

#[test]
fn totals_that_a_terminal_does_not_give_in_time_are_done_without() {
    let counter = counter_with(Setup::default(), NexoTimeouts { totals: SOON, ..PATIENT });
    counter.terminal.misbehave(Kind::Totals, Manner::Hangs);
    assert_eq!(counter.driver.totals("T1").unwrap_err().fault, TerminalFault::TimedOut);
}

#[test]
fn a_terminal_tells_how_it_is() {
    let counter = counter();
    let health = counter.driver.diagnose("D1").unwrap();
    assert_eq!((health.state.as_str(), health.host_reached, health.simulated), ("OK", Some(true), true));
}

#[test]
fn a_card_s_number_that_a_terminal_sends_anywhere_is_not_kept() {
    let counter = counter();
    for (at, number) in ["4111111111111111", "5555555555554444", "378282246310005", "4000000000000000006"].into_iter().enumerate() {
        let id = format!("A{at}");
        counter.terminal.expect(Customer::PaysWithNumberInTheOpen(number.into()));
        let outcome = counter.pay(&id).unwrap();
        let Known::Settled(known) = counter.look_up(&id).unwrap() else { panic!("not settled") };
        for outcome in [outcome, known] {
            let kept = serde_json::to_string(&outcome).unwrap();
            let digits: String = kept.chars().filter(char::is_ascii_digit).collect();
            assert!(!digits.contains(number), "{kept}");
            assert!(!kept.contains("3012") && !kept.contains("1230\""), "{kept}");
        }
    }
}
