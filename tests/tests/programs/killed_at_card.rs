//! The till killed at each step of a card payment: the customer is charged at most once, and once the till is back its receipts and
//! the terminal's own books agree.

use counterfoil_domain::Pence;
use counterfoil_domain::card_payment::CardOutcome;
use counterfoil_domain::entry::{Entry, Fact};
use counterfoil_simulators::nexo::{Customer, Kind, Manner, Setup, SimulatedTerminal};
use counterfoil_store::{Decision, StoreError};
use counterfoil_terminals::simulator::{Booked, SCRIPT_FILE, Simulator};
use counterfoil_terminals::{CardTerminal, Outcome, Payment, PaymentIds, Watch};
use counterfoil_testkit::till::demonstration_pack;
use counterfoil_tests::rpc::Rpc;
use counterfoil_tests::until;
use counterfoil_till::secrets::{Secrets, SecretsFile, TERMINAL_PASSPHRASE};
use counterfoil_till::surroundings::{Machine, Surroundings};
use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};
use rusqlite::Connection;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

/// How often it is killed at a moment of chance's choosing.
const KILLS: usize = 60;

/// A till with a terminal, its session open.
fn set_up_with(data: &Path, target: &Value, patience: &Value) {
    let mut rpc = Rpc::start(data).expect("rpc");
    let place = json!({ "folder": demonstration_pack(), "office_code": "CH", "till_code": "07", "printer": { "kind": "none" } });
    rpc.call("start.set_up", &place).expect("set up");
    rpc.call("user.sign_in", &json!({ "user_code": "12", "secret": "1212" })).expect("sign in");
    rpc.call("session.open", &json!({ "counts": [{ "denomination": "20", "pieces": 5 }] })).expect("session");
    rpc.close().expect("closed");
    let file = data.join("settings.json");
    let mut settings: Value = serde_json::from_slice(&std::fs::read(&file).expect("settings")).expect("settings");
    settings["card_terminal"] = json!({ "target": target, "patience": patience });
    std::fs::write(file, settings.to_string()).expect("settings");
}

/// With the simulator that is a part of the till's own process, and of its folder.
fn set_up(data: &Path) {
    let patience = json!({ "first_wait_ms": 5, "longest_wait_ms": 20, "look_up_for_ms": 200 });
    set_up_with(data, &json!({ "kind": "simulator" }), &patience);
}

fn direct(data: &Path, script: &Value) {
    std::fs::write(data.join(SCRIPT_FILE), script.to_string()).expect("script");
}

fn started(data: &Path) -> Rpc {
    let mut rpc = Rpc::start(data).expect("rpc");
    rpc.call("user.sign_in", &json!({ "user_code": "12", "secret": "1212" })).expect("sign in");
    rpc
}

fn line(pounds: &str) -> Value {
    json!({ "fund_code": "11", "reference": "BJ12345673", "amount": pounds })
}

fn begin(rpc: &mut Rpc, pounds: &str) -> String {
    let sale_id = Machine.new_id();
    let begun = rpc.call("card.begin", &json!({ "sale_id": sale_id, "lines": [line(pounds)], "mop_code": "92" })).expect("begun");
    begun["transaction_id"].as_str().expect("id").to_owned()
}

fn progress(rpc: &mut Rpc, transaction_id: &str) -> Value {
    rpc.call("card.state", &json!({ "transaction_id": transaction_id })).expect("state")
}

fn state(rpc: &mut Rpc, transaction_id: &str) -> Value {
    progress(rpc, transaction_id)["payment"].clone()
}

/// Asks until nobody is at any payment any more.
fn at_rest(rpc: &mut Rpc) -> Vec<Value> {
    until("at rest", || {
        let open = rpc.call("card.unresolved", &json!({})).expect("list");
        let open = open.as_array().expect("a list").clone();
        open.iter().all(|row| row["asking"] == json!(false)).then_some(open)
    })
}

fn books(data: &Path) -> Vec<Booked> {
    Simulator::books(data).expect("books").booked
}

/// What each card payment paid, by the receipts in the journal.
fn by_receipts(data: &Path) -> BTreeMap<String, i64> {
    let store = Connection::open(data.join("till.db")).expect("store");
    let mut statement = store.prepare("SELECT j.body FROM receipts r JOIN journal j ON j.seq = r.seq").expect("query");
    let bodies = statement.query_map([], |row| row.get::<_, Vec<u8>>(0)).expect("rows");
    let mut paid = BTreeMap::new();
    for body in bodies {
        let entry: Entry = serde_json::from_slice(&body.expect("a row")).expect("an entry");
        let Fact::ReceiptTaken { receipt, .. } = entry.fact else { continue };
        for tender in receipt.tenders {
            let details = serde_json::to_value(&tender.details).expect("details");
            if let Some(id) = details["transaction_id"].as_str() {
                assert_eq!(paid.insert(id.to_owned(), tender.amount.0), None, "a card payment is in two receipts");
            }
        }
    }
    paid
}

/// The terminal's books, which the till never sees, against the till's receipts. Nothing is left over on either side.
fn both_sides_agree(data: &Path) {
    let mut at_terminal = BTreeMap::new();
    for booked in books(data) {
        let before = at_terminal.insert(booked.ids.transaction_id.clone(), booked.moved().0);
        assert_eq!(before, None, "a payment was sent twice");
    }
    at_terminal.retain(|_, moved| *moved != 0);
    assert_eq!(at_terminal, by_receipts(data));
    holds(data);
}

/// The till's journal is whole, and what is worked out from it is what it says.
fn holds(data: &Path) {
    let till = counterfoil_testkit::till::open(data, false).expect("till");
    till.store().verify().expect("the chain holds");
    assert_eq!(till.store().rebuild().expect("rebuild"), [], "the projections aren't what the journal says");
}

#[test]
fn killed_once_it_is_sent_the_payment_is_free_or_taken_as_the_terminal_says() {
    for (behaviour, standing) in [("hold-before", "free"), ("hold-after", "used"), ("in-progress", "used")] {
        let folder = tempfile::tempdir().expect("folder");
        let data = folder.path().join("data");
        set_up(&data);
        direct(&data, &json!({ "pace_ms": 0, "payments": [behaviour] }));
        let mut rpc = started(&data);
        let payment = begin(&mut rpc, "10.00");
        until("at the terminal", || {
            let sent = state(&mut rpc, &payment)["standing"] != json!("intended");
            (sent && (standing == "free" || !books(&data).is_empty())).then_some(())
        });
        rpc.kill().expect("kill");
        drop(rpc);
        let mut rpc = started(&data);
        assert_eq!(at_rest(&mut rpc).len(), 0, "{behaviour}");
        assert_eq!(state(&mut rpc, &payment)["standing"], json!(standing), "{behaviour}");
        rpc.close().expect("closed");
        both_sides_agree(&data);
    }
}

struct Nobody;
impl Watch for Nobody {
    fn shows(&self, _: &str) {}
}

/// A second payment written as far as `steps` entries, as if the till had died after the last of them.
fn left_behind(data: &Path, steps: usize) -> String {
    let till = counterfoil_testkit::till::open(data, false).expect("till");
    let store = till.store();
    let row = store.read(|reading| Ok::<_, StoreError>(reading.entry(first_intent(data))?.expect("the first payment"))).expect("read");
    let Fact::CardPaymentIntended { intent } = &row.fact else { panic!("another fact") };
    let mut intent = intent.clone();
    let (transaction_id, first) = (Machine.new_id(), intent.transaction_id.clone());
    (intent.transaction_id, intent.service_id, intent.sale_id) = (transaction_id.clone(), "LEFTBEHIND".to_owned(), Machine.new_id());
    let text = serde_json::to_string(&intent).expect("text").replace(&first, &transaction_id);
    let intent = serde_json::from_str(&text).expect("an intent");
    let ids = PaymentIds { service_id: "LEFTBEHIND".to_owned(), transaction_id: transaction_id.clone(), at_ms: row.at_ms };
    let mut facts = vec![Fact::CardPaymentIntended { intent: Box::new(intent) }];
    if steps > 1 {
        let paid = Simulator::new(data).pay(&Payment { ids, amount: Pence(1_000) }, &Nobody);
        let Ok(Outcome::Approved(approval)) = paid else { panic!("not approved") };
        facts.push(Fact::CardPaymentSent { transaction_id: transaction_id.clone() });
        facts.push(Fact::CardPaymentSettled { transaction_id: transaction_id.clone(), outcome: CardOutcome::Approved { approval } });
    }
    for (place, fact) in facts.into_iter().take(steps).enumerate() {
        let id = if place == 0 { transaction_id.clone() } else { Machine.new_id() };
        let entry = Entry { id, fact, ..row.clone() };
        store.commit(|_| Ok::<_, StoreError>(Decision::Write(Box::new(entry), None))).expect("written");
    }
    transaction_id
}

fn first_intent(data: &Path) -> u64 {
    let store = Connection::open(data.join("till.db")).expect("store");
    store.query_row("SELECT min(seq) FROM card_payments", [], |row| row.get(0)).expect("a payment")
}

#[test]
fn killed_after_the_intent_after_sending_or_after_the_answer_each_goes_on_from_where_it_was() {
    // Only written down; sent and approved, the answer not written; approved and written, the receipt not.
    for (steps, standing) in [(1, "free"), (2, "used"), (3, "used")] {
        let folder = tempfile::tempdir().expect("folder");
        let data = folder.path().join("data");
        set_up(&data);
        direct(&data, &json!({ "pace_ms": 0 }));
        let mut rpc = started(&data);
        let first = begin(&mut rpc, "10.00");
        until("taken", || (state(&mut rpc, &first)["standing"] == json!("used")).then_some(()));
        rpc.close().expect("closed");
        let payment = left_behind(&data, steps);
        let mut rpc = started(&data);
        assert_eq!(at_rest(&mut rpc).len(), 0, "after {steps} steps");
        assert_eq!(state(&mut rpc, &payment)["standing"], json!(standing), "after {steps} steps");
        rpc.close().expect("closed");
        both_sides_agree(&data);
        assert_eq!(by_receipts(&data).len(), if standing == "used" { 2 } else { 1 });
    }
}

#[test]
fn killed_at_any_moment_sixty_times_nobody_is_charged_twice_and_both_sides_agree() {
    let folder = tempfile::tempdir().expect("folder");
    let data = folder.path().join("data");
    set_up(&data);
    let mut chance = SmallRng::seed_from_u64(20_261_125);
    direct(&data, &json!({ "pace_ms": 2 }));
    for _ in 0..KILLS {
        let mut rpc = started(&data);
        assert_eq!(at_rest(&mut rpc).len(), 0, "what was left behind is clear before the next customer");
        // Approved, declined, the answer lost, in progress, never heard of.
        let pence = [0, 61, 63, 64, 65][chance.random_range(0..5usize)];
        let payment = begin(&mut rpc, &format!("10.{pence:02}"));
        for _ in 0..chance.random_range(0..40) {
            state(&mut rpc, &payment);
        }
        rpc.kill().expect("kill");
    }
    let mut rpc = started(&data);
    assert_eq!(at_rest(&mut rpc).len(), 0);
    rpc.close().expect("closed");
    both_sides_agree(&data);
    assert!(!by_receipts(&data).is_empty() && by_receipts(&data).len() < KILLS);
}

/// A till with a terminal that speaks nexo, which lives on when the till is killed.
fn with_nexo(folder: &Path) -> SimulatedTerminal {
    let (terminal, setup) = (SimulatedTerminal::start(Setup::default()).expect("a terminal"), Setup::default());
    let (data, authority) = (folder.join("data"), folder.join("root.pem"));
    std::fs::write(&authority, terminal.authority_pem()).expect("the root");
    let target = json!({
        "kind": "nexo", "host": "127.0.0.1", "port": terminal.port(), "poi_id": setup.poi_id, "sale_id": "till-07", "live": false,
        "key_identifier": setup.key_identifier, "key_version": setup.key_version, "authority": authority,
    });
    set_up_with(&data, &target, &json!({ "first_wait_ms": 5, "longest_wait_ms": 20, "look_up_for_ms": 60_000 }));
    SecretsFile::of(&data).set(TERMINAL_PASSPHRASE, &setup.passphrase).expect("the passphrase");
    terminal
}

/// What customers were charged, against the till's receipts.
fn terminal_and_till_agree(terminal: &SimulatedTerminal, data: &Path) {
    let mut charged = BTreeMap::new();
    for charge in terminal.charges() {
        assert_eq!(charged.insert(charge.transaction_id, charge.amount_pence - charge.reversed_pence), None, "charged twice");
    }
    assert_eq!(charged, by_receipts(data));
    holds(data);
}

#[test]
fn killed_at_each_step_of_a_payment_at_a_nexo_terminal_both_agree_once_the_till_is_back() {
    // What holds it up, so that it is killed there, and how the payment stands once the till is back.
    let steps = [
        ("written down", Some((Kind::Totals, Manner::Hangs)), None, "free"),
        ("sent, and never read", Some((Kind::Payment, Manner::Hangs)), None, "free"),
        ("the customer is asked", None, Some(Customer::Dithers), "used"),
        ("approved, and not yet said", Some((Kind::Payment, Manner::RepliesLate)), None, "used"),
    ];
    for (step, manner, customer, standing) in steps {
        let folder = tempfile::tempdir().expect("folder");
        let (terminal, data) = (with_nexo(folder.path()), folder.path().join("data"));
        manner.into_iter().for_each(|(kind, manner)| terminal.misbehave(kind, manner));
        customer.into_iter().for_each(|customer| terminal.expect(customer));
        let mut rpc = started(&data);
        let payment = begin(&mut rpc, "10.00");
        terminal.until_waiting(1);
        rpc.kill().expect("kill");
        drop(rpc);
        let mut rpc = started(&data);
        // The customer is still at the terminal when the till is back, and pays.
        terminal.let_go();
        assert_eq!(at_rest(&mut rpc).len(), 0, "{step}");
        assert_eq!(state(&mut rpc, &payment)["standing"], json!(standing), "{step}");
        rpc.close().expect("closed");
        assert_eq!(terminal.charges().len(), usize::from(standing == "used"), "{step}");
        terminal_and_till_agree(&terminal, &data);
    }
}

#[test]
fn killed_while_a_payment_goes_back_at_a_nexo_terminal_it_goes_back_once_and_the_void_is_written_afterwards() {
    for manner in [Manner::Hangs, Manner::RepliesLate] {
        let folder = tempfile::tempdir().expect("folder");
        let (terminal, data) = (with_nexo(folder.path()), folder.path().join("data"));
        let mut rpc = started(&data);
        let payment = begin(&mut rpc, "10.00");
        let taken = until("taken", || Some(progress(&mut rpc, &payment)["taken"].clone()).filter(|taken| !taken.is_null()));
        let number = taken["receipt"]["number"].clone();
        let correction = rpc.call("receipt.correctable", &json!({ "number": number })).expect("correctable")["correction_id"].clone();
        let void = json!({ "correction_id": correction, "number": number, "lines": [{ "line": 0, "amount": "" }], "slips": [],
            "reason": { "code": "keyed-wrong", "text": "" }, "at_terminal": true, "approval": { "user_code": "20", "secret": "2020" } });
        let went_back = manner == Manner::RepliesLate;
        terminal.misbehave(Kind::Reversal, manner.clone());
        assert_eq!(rpc.call("receipt.void", &void).expect_err("the terminal comes first")["code"], json!("card-reversal-begun"));
        terminal.until_waiting(1);
        rpc.kill().expect("kill");
        drop(rpc);
        terminal.let_go();
        let mut rpc = started(&data);
        assert_eq!(at_rest(&mut rpc).len(), usize::from(went_back), "{manner:?}");
        if !went_back {
            let again = rpc.call("receipt.void", &void).expect_err("the terminal comes first");
            let reversal = again["args"]["transaction_id"].as_str().expect("id").to_owned();
            until("given back", || (state(&mut rpc, &reversal)["standing"] == json!("approved")).then_some(()));
        }
        rpc.call("receipt.void", &void).expect("voided");
        assert_eq!(at_rest(&mut rpc).len(), 0, "{manner:?}");
        rpc.close().expect("closed");
        let charges = terminal.charges();
        assert_eq!((charges.len(), charges[0].amount_pence, charges[0].reversed_pence), (1, 1_000, 1_000), "{manner:?}");
        holds(&data);
    }
}

#[test]
fn killed_at_any_moment_at_a_nexo_terminal_that_misbehaves_nobody_is_charged_twice_and_both_agree() {
    let folder = tempfile::tempdir().expect("folder");
    let (terminal, data) = (with_nexo(folder.path()), folder.path().join("data"));
    let mut chance = SmallRng::seed_from_u64(20_261_126);
    let manners = [Manner::LosesTheReply, Manner::ClosesMidBody, Manner::SendsGarbage, Manner::BadHmac, Manner::ClosesAfterReading];
    for _ in 0..KILLS / 2 {
        let mut rpc = started(&data);
        assert_eq!(at_rest(&mut rpc).len(), 0, "what was left behind is clear before the next customer");
        terminal.behave();
        match chance.random_range(0..8usize) {
            at @ 0..5 => terminal.misbehave(Kind::Payment, manners[at].clone()),
            5 => terminal.misbehave(Kind::Status, Manner::LosesTheReply),
            _ => {}
        }
        let payment = begin(&mut rpc, "10.00");
        let standing = |rpc: &mut Rpc| state(rpc, &payment)["standing"].clone();
        match chance.random_range(0..3) {
            0 => {}
            1 => until("sent", || (standing(&mut rpc) != json!("intended")).then_some(())),
            _ => until("over", || [json!("used"), json!("free")].contains(&standing(&mut rpc)).then_some(())),
        }
        for _ in 0..chance.random_range(0..100) {
            standing(&mut rpc);
        }
        rpc.kill().expect("kill");
    }
    let mut rpc = started(&data);
    assert_eq!(at_rest(&mut rpc).len(), 0);
    rpc.close().expect("closed");
    terminal_and_till_agree(&terminal, &data);
    assert!(!by_receipts(&data).is_empty());
}
