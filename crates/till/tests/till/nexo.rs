//! A till and a terminal that speaks nexo: pairing, paying, giving back, and that nothing of a card is kept but what may be.

use crate::common;
use crate::common::Counter;
use crate::common::terminal::{
    SUPERVISOR, at_rest, begin, begin_allowed, begin_sale, line, open_cards, receipts, resolve, restart, state, until, void,
    with_simulator, write,
};
use counterfoil_domain::card_payment::CardOutcome;
use counterfoil_domain::entry::Fact;
use counterfoil_simulators::nexo::{Customer, Kind, Manner, Setup, SimulatedTerminal};
use counterfoil_terminals::NexoTarget;
use counterfoil_till::Layers;
use counterfoil_till::secrets::{Secrets, SecretsFile, TERMINAL_PASSPHRASE};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

pub fn terminal() -> SimulatedTerminal {
    SimulatedTerminal::start(Setup::default()).expect("a terminal")
}

pub fn target(counter: &Counter, terminal: &SimulatedTerminal) -> NexoTarget {
    let setup = Setup::default();
    let authority = counter.folder.path().join("root.pem");
    std::fs::write(&authority, terminal.authority_pem()).expect("the root");
    NexoTarget {
        host: "127.0.0.1".into(),
        port: terminal.port(),
        poi_id: setup.poi_id,
        sale_id: "till-01".into(),
        key_identifier: setup.key_identifier,
        key_version: setup.key_version,
        authority,
        live: false,
        answer_timeout_ms: 150_000,
    }
}

/// Cashier 12 in an open session, with a terminal that is paired. A till that is started again goes on with what it finds.
pub fn paired() -> (Counter, SimulatedTerminal) {
    let (mut counter, terminal) = (Counter::open(), terminal());
    counter.prints = true;
    let health = counter.till().pair_terminal(target(&counter, &terminal), &Setup::default().passphrase).expect("paired");
    assert_eq!((health.state.as_str(), health.simulated), ("OK", true));
    (counter, terminal)
}

/// Changes the settings' terminal by hand, with the till closed; `patience` is for one that doesn't answer.
pub fn edited(counter: &mut Counter, change: impl FnOnce(&mut Value)) {
    let file = counter.folder.path().join("data/settings.json");
    let mut settings: Value = serde_json::from_slice(&std::fs::read(&file).expect("settings")).expect("settings");
    change(&mut settings["card_terminal"]);
    std::fs::write(file, settings.to_string()).expect("settings");
    restart(counter);
}

pub fn impatient(counter: &mut Counter) {
    let patience = json!({ "first_wait_ms": 1, "longest_wait_ms": 2, "look_up_for_ms": 8 });
    edited(counter, |terminal| terminal["patience"] = patience);
}

/// A payment that the terminal has taken, and that nobody knows of: its answer is lost, and so are those to every question.
pub fn unclear(counter: &Counter, terminal: &SimulatedTerminal, pounds: &str) -> String {
    terminal.misbehave(Kind::Payment, Manner::LosesTheReply);
    for _ in 0..100 {
        terminal.misbehave(Kind::Status, Manner::SaysInProgress);
    }
    let (_, payment) = begin(counter, pounds);
    until(counter, &payment, "unresolved");
    at_rest(counter, &payment);
    terminal.behave();
    payment
}

pub fn charged(terminal: &SimulatedTerminal) -> Vec<(i64, i64)> {
    terminal.charges().iter().map(|charge| (charge.amount_pence, charge.reversed_pence)).collect()
}

/// Takes a card payment; what it stands at when it is over.
pub fn pay(counter: &Counter, pounds: &str) -> Value {
    let sale = counter.call("sale.begin", json!({}))["sale_id"].as_str().expect("id").to_owned();
    let payment = begin_sale(counter, &sale, pounds).expect("begun");
    counter.until("over", |counter| {
        let now = state(counter, &payment);
        matches!(now["payment"]["standing"].as_str(), Some("used" | "free")).then_some(now)
    })
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn a_till_pays_at_a_paired_terminal_and_a_lost_reply_is_asked_about() {
    let (counter, terminal) = paired();
    let first = pay(&counter, "12.30");
    assert_eq!(first["taken"]["receipt"]["tenders"][0]["details"]["last_four"], json!("1111"));
    terminal.misbehave(Kind::Payment, Manner::LosesTheReply);
    assert_eq!(pay(&counter, "20")["payment"]["standing"], json!("used"));
    terminal.expect(Customer::IsRefused("Refusal".into()));
    assert_eq!(pay(&counter, "30")["payment"]["why"], json!("Refusal"));
    let charged: Vec<i64> = terminal.charges().iter().map(|charge| charge.amount_pence).collect();
    assert_eq!(charged, [12_30, 20_00]);
}

#[test]
fn a_terminal_that_does_not_answer_as_it_should_is_not_paired_and_nothing_is_kept_of_it() {
    let (counter, terminal) = (Counter::open(), terminal());
    let target = target(&counter, &terminal);
    let pair = |target: &NexoTarget, passphrase: &str| counter.till().pair_terminal(target.clone(), passphrase).expect_err("refused").code;
    assert_eq!(pair(&target, ""), "terminal-bad-settings");
    assert_eq!(pair(&target, "a guess"), "terminal-garbled");
    assert_eq!(pair(&NexoTarget { poi_id: "P400Plus-000000000".into(), ..target.clone() }, "x"), "terminal-not-trusted");
    terminal.misbehave(Kind::Diagnosis, Manner::BadHmac);
    assert_eq!(pair(&target, &Setup::default().passphrase), "terminal-not-authentic");
    drop(terminal);
    assert_eq!(pair(&target, &Setup::default().passphrase), "terminal-unreachable");
    for file in files(&counter.folder.path().join("data")) {
        let bytes = std::fs::read(&file).expect("a file");
        assert!(!String::from_utf8_lossy(&bytes).contains("P400Plus"), "{}", file.display());
    }
}

#[test]
fn a_terminal_that_is_paired_in_the_window_is_driven_and_its_passphrase_is_never_answered() {
    let (counter, terminal) = (Counter::open(), terminal());
    let Setup { poi_id, key_identifier, key_version, passphrase, .. } = Setup::default();
    let NexoTarget { authority, .. } = target(&counter, &terminal);
    let request = json!({ "host": "127.0.0.1", "port": terminal.port().to_string(), "poi_id": poi_id, "sale_id": "till-01", "key_identifier": key_identifier,
        "key_version": key_version.to_string(), "authority": authority, "live": false, "passphrase": passphrase });
    counter.call("user.sign_out", json!({}));
    counter.sign_in("90", "9090");
    let check = counter.call("card.pair", request);
    assert_eq!((&check["terminal"], &check["state"]), (&json!(poi_id), &json!("OK")));
    let shown = counter.call("devices.show", json!({}));
    assert_eq!((&shown["terminal"]["kind"], &shown["terminal"]["sale_id"]), (&json!("nexo"), &json!("till-01")));
    assert!(!shown.to_string().contains(&passphrase) && !check.to_string().contains(&passphrase));
    let entries = counter
        .till()
        .store()
        .read(|reading| (1..).map_while(|seq| reading.entry(seq).transpose()).collect::<Result<Vec<_>, counterfoil_store::StoreError>>());
    let journal = serde_json::to_string(&entries.expect("read")).expect("JSON");
    assert!(
        journal.contains(r#"{"fields":["card_terminal"]}"#) && !journal.contains(&passphrase) && !journal.contains(&poi_id),
        "{journal}"
    );
    counter.call("user.sign_out", json!({}));
    counter.sign_in("12", "1212");
    assert_eq!(pay(&counter, "12.30")["payment"]["standing"], json!("used"));
}

#[test]
fn a_card_number_that_a_terminal_sends_anywhere_is_in_no_file_of_the_till() {
    let numbers = ["4111111111111111", "5555555555554444", "378282246310005", "6011000990139424", "4000000000000000006"];
    let (counter, terminal) = paired();
    for number in numbers {
        terminal.expect(Customer::PaysWithNumberInTheOpen(number.into()));
        let paid = pay(&counter, "10");
        assert_eq!(paid["payment"]["standing"], json!("used"));
        let receipt = counter.call("receipt.show", json!({ "number": paid["taken"]["receipt"]["number"] })).to_string();
        assert!(!receipt.contains(number), "{receipt}");
    }
    let last = &numbers[4][15..];
    let bytes: Vec<u8> = files(counter.folder.path()).iter().flat_map(|file| std::fs::read(file).expect("a file")).collect();
    let text: String = String::from_utf8_lossy(&bytes).chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    for number in numbers {
        assert!(!text.contains(number), "{number}");
    }
    assert!(text.contains(last), "the last four are kept");
    assert!(!text.contains("SensitiveCardData") && !text.contains("TrackValue"));
}

#[test]
fn a_void_whose_reply_is_lost_is_asked_about_and_is_of_what_was_asked_for() {
    let (counter, terminal) = paired();
    let paid = pay(&counter, "10");
    let number = paid["taken"]["receipt"]["number"].clone();
    let asked = void(&counter, &number);
    terminal.misbehave(Kind::Reversal, Manner::IsBusy);
    terminal.misbehave(Kind::Reversal, Manner::LosesTheReply);
    let begun = || counter.till().call("receipt.void", asked.clone()).expect_err("the terminal comes first").args["transaction_id"].clone();
    let declined = begun();
    assert_eq!(until(&counter, &declined, "free")["payment"]["why"], json!("Busy"));
    assert_eq!((charged(&terminal), receipts(&counter)), (vec![(10_00, 0)], 1), "nothing went back, nothing is voided");
    let given_back = begun();
    assert_eq!(until(&counter, &given_back, "approved")["payment"]["approved"], json!(1_000));
    let voided = counter.call("receipt.void", asked.clone());
    let tender = &voided["receipt"]["tenders"][0];
    assert_eq!((tender["amount"].clone(), tender["details"]["transaction_id"].clone()), (json!(-1_000), json!(given_back)));
    // What a terminal says of a payment, and not of its reversal, is on the void all the same.
    let kept = ["last_four", "authorisation", "scheme", "terminal"].map(|field| tender["details"][field].as_str().unwrap_or_default());
    assert_eq!(kept, ["1111", "123456", "visa", "75479597"]);
    assert_eq!((charged(&terminal), receipts(&counter), open_cards(&counter)), (vec![(10_00, 10_00)], 2, 0));
    counter.call("cash_up.begin", json!({}));
    assert_eq!(counter.till().store().rebuild().expect("rebuilt"), []);
}

#[test]
fn a_refund_to_the_card_goes_through_the_terminal_and_a_declined_one_writes_nothing() {
    let (counter, terminal) = paired();
    let number = pay(&counter, "10")["taken"]["receipt"]["number"].clone();
    counter.close_session(common::day::pieces(&[("20", 5)]), "100");
    counter.call("session.open", json!({ "counts": [{ "denomination": "20", "pieces": 5 }] }));
    let before = receipts(&counter);
    let mut asked = void(&counter, &number);
    asked.as_object_mut().expect("an object").remove("slips");
    asked["reason"]["code"] = json!("paid-twice");
    asked["by"] = json!({ "mop_code": "92" });
    asked["lines"][0]["amount"] = json!("4.00");
    let begun = || counter.till().call("receipt.refund", asked.clone()).expect_err("the terminal comes first");
    terminal.misbehave(Kind::Reversal, Manner::IsBusy);
    let declined = begun();
    assert_eq!(declined.code, "card-reversal-begun");
    until(&counter, &declined.args["transaction_id"], "free");
    assert_eq!((receipts(&counter), charged(&terminal)), (before, vec![(10_00, 0)]));
    terminal.misbehave(Kind::Reversal, Manner::LosesTheReply);
    until(&counter, &begun().args["transaction_id"], "approved");
    let refunded = counter.call("receipt.refund", asked.clone());
    assert_eq!(refunded["receipt"]["total"], json!(-400));
    assert_eq!((receipts(&counter), charged(&terminal), open_cards(&counter)), (before + 1, vec![(10_00, 4_00)], 0));
    assert_eq!(counter.call("receipt.refund", asked.clone())["again"], json!(true));
}

#[test]
fn a_terminal_that_has_forgotten_a_payment_frees_none_that_is_older_than_a_day() {
    let (mut counter, terminal) = paired();
    impatient(&mut counter);
    let payment = unclear(&counter, &terminal, "10");
    counter.clock.now_ms.fetch_add(2 * 24 * 60 * 60 * 1_000, Ordering::Relaxed);
    terminal.two_days_pass();
    restart(&mut counter);
    let now = at_rest(&counter, &payment);
    assert_eq!((&now["payment"]["standing"], charged(&terminal)), (&json!("unresolved"), vec![(10_00, 0)]));
    // A payment of today of which it knows nothing never came to it.
    terminal.misbehave(Kind::Payment, Manner::ClosesAfterReading);
    let sale_id = counter.call("sale.begin", json!({}))["sale_id"].as_str().expect("id").to_owned();
    let lost = begin_allowed(&counter, &sale_id, "5", Some(SUPERVISOR)).expect("begun");
    assert_eq!(until(&counter, &lost, "free")["payment"]["why"], json!("not-found"));
}

#[test]
fn a_till_that_calls_itself_something_else_by_its_settings_asks_nothing_about_what_it_took_before() {
    let (mut counter, terminal) = paired();
    impatient(&mut counter);
    let payment = unclear(&counter, &terminal, "10");
    edited(&mut counter, |terminal| terminal["target"]["sale_id"] = json!("till-02"));
    let now = at_rest(&counter, &payment);
    assert_eq!((&now["payment"]["standing"], charged(&terminal)), (&json!("unresolved"), vec![(10_00, 0)]));
    edited(&mut counter, |terminal| terminal["target"]["sale_id"] = json!("till-01"));
    until(&counter, &payment, "used");
}

#[test]
fn another_terminal_is_paired_only_when_every_payment_at_the_one_before_is_clear() {
    let (mut counter, terminal) = paired();
    impatient(&mut counter);
    let same = target(&counter, &terminal);
    let payment = unclear(&counter, &terminal, "10");
    let pair = |target: NexoTarget| counter.till().pair_terminal(target, &Setup::default().passphrase).map_err(|error| error.code);
    for other in [
        NexoTarget { sale_id: "till-02".into(), ..same.clone() },
        NexoTarget { poi_id: "P400Plus-000000000".into(), ..same.clone() },
        NexoTarget { live: true, ..same.clone() },
    ] {
        assert_eq!(pair(other).err().as_deref(), Some("card-terminal-in-use"));
    }
    pair(NexoTarget { answer_timeout_ms: 140_000, ..same.clone() }).expect("the same terminal under the same name");
    counter.call("card.resolve", resolve(&payment, true, "10.00"));
    pair(NexoTarget { sale_id: "till-02".into(), ..same }).expect("nothing is open any more");
}

#[test]
fn a_pairing_that_cannot_be_written_down_leaves_the_terminal_before_with_its_passphrase() {
    let (mut counter, first) = paired();
    let second = SimulatedTerminal::start(Setup { passphrase: "another".into(), ..Setup::default() }).expect("a terminal");
    let blocked = counter.folder.path().join("data/settings.json.new");
    std::fs::create_dir(&blocked).expect("in the way");
    let authority = counter.folder.path().join("second.pem");
    std::fs::write(&authority, second.authority_pem()).expect("the root");
    let target = NexoTarget { port: second.port(), authority, ..target(&counter, &first) };
    assert_eq!(counter.till().pair_terminal(target, "another").expect_err("not written").code, "store-file");
    std::fs::remove_dir(&blocked).expect("out of the way");
    restart(&mut counter);
    assert_eq!(pay(&counter, "10")["payment"]["standing"], json!("used"));
    assert_eq!((charged(&first), charged(&second)), (vec![(10_00, 0)], Vec::new()));
}

#[test]
fn a_pairing_whose_passphrase_cannot_be_kept_leaves_the_till_with_what_it_drove_before() {
    let (counter, terminal) = (Counter::open(), terminal());
    let driven = || counter.call("till.status", json!({}))["terminal"]["name"].clone();
    let before = driven();
    let target = target(&counter, &terminal);
    let blocked = counter.folder.path().join("data/secrets.json.new");
    std::fs::create_dir(&blocked).expect("in the way");
    let refused = counter.till().pair_terminal(target.clone(), &Setup::default().passphrase).expect_err("not kept");
    assert_eq!((refused.code.as_str(), driven(), passphrase_kept(&counter)), ("secrets-unreadable", before, None));
    let file = std::fs::read_to_string(counter.folder.path().join("data/settings.json")).expect("settings");
    assert!(!file.contains(&target.poi_id), "{file}");
}

#[test]
fn a_till_that_stopped_while_it_was_paired_has_a_terminal_without_a_passphrase_and_charges_nobody_there_until_it_is_paired_again() {
    let (mut counter, terminal) = paired();
    SecretsFile::of(&counter.folder.path().join("data")).remove(TERMINAL_PASSPHRASE).expect("as it was left");
    restart(&mut counter);
    let (_, payment) = begin(&counter, "10");
    assert_eq!(until(&counter, &payment, "free")["payment"]["why"], json!("terminal-bad-settings"));
    assert_eq!(charged(&terminal), []);
    counter.till().pair_terminal(target(&counter, &terminal), &Setup::default().passphrase).expect("paired again");
    assert_eq!(pay(&counter, "20")["payment"]["standing"], json!("used"));
}

#[test]
fn a_terminal_is_neither_paired_nor_unpaired_where_that_cannot_be_journalled() {
    let (counter, terminal) = (Counter::open(), terminal());
    let (target, passphrase) = (target(&counter, &terminal), Setup::default().passphrase);
    let driven = || counter.call("till.status", json!({}))["terminal"]["name"].clone();
    let before = driven();
    let no_room = counter.without_room("journal");
    counter.till().pair_terminal(target.clone(), &passphrase).expect_err("not journalled");
    assert_eq!((driven(), passphrase_kept(&counter)), (before, None));
    no_room.ends();
    counter.till().pair_terminal(target, &passphrase).expect("paired");
    let no_room = counter.without_room("journal");
    counter.till().unpair_terminal().expect_err("not journalled");
    assert_eq!((driven(), passphrase_kept(&counter)), (json!(Setup::default().poi_id), Some(passphrase)));
    no_room.ends();
}

#[test]
fn a_terminal_s_authority_is_kept_by_its_whole_path_wherever_the_till_was_when_it_was_named() {
    let (counter, terminal) = (Counter::open(), terminal());
    let target = target(&counter, &terminal);
    let up = "../".repeat(std::env::current_dir().expect("a folder").components().count());
    let relative = format!("{up}{}", target.authority.display());
    counter.till().pair_terminal(NexoTarget { authority: relative.into(), ..target }, &Setup::default().passphrase).expect("paired");
    let file = std::fs::read(counter.folder.path().join("data/settings.json")).expect("settings");
    let settings: Value = serde_json::from_slice(&file).expect("settings");
    assert!(Path::new(settings["card_terminal"]["target"]["authority"].as_str().expect("a path")).is_absolute(), "{settings}");
}

fn administered(counter: &Counter) {
    counter.call("user.sign_out", json!({}));
    counter.sign_in("90", "9090");
}

fn passphrase_kept(counter: &Counter) -> Option<String> {
    SecretsFile::of(&counter.folder.path().join("data")).get(TERMINAL_PASSPHRASE).expect("secrets")
}

/// How often the journal says that the till drives another terminal, or none.
fn changes_journalled(counter: &Counter) -> usize {
    let entries = counter
        .till()
        .store()
        .read(|reading| (1..).map_while(|seq| reading.entry(seq).transpose()).collect::<Result<Vec<_>, counterfoil_store::StoreError>>());
    let of_terminal = |fact: &Fact| matches!(fact, Fact::DeviceSettingsChanged { fields } if fields == &["card_terminal"]);
    entries.expect("read").iter().filter(|entry| of_terminal(&entry.fact)).count()
}

#[test]
fn an_unpaired_till_drives_no_terminal_keeps_no_passphrase_and_takes_what_a_slip_says() {
    let (mut counter, terminal) = paired();
    pay(&counter, "10");
    administered(&counter);
    let before = changes_journalled(&counter);
    assert_eq!(counter.call("card.unpair", json!({}))["terminal"], Value::Null);
    assert_eq!((passphrase_kept(&counter), changes_journalled(&counter)), (None, before + 1));
    // Again it is as it was already.
    counter.call("card.unpair", json!({}));
    assert_eq!(changes_journalled(&counter), before + 1);
    for _ in 0..2 {
        assert_eq!(counter.call("till.status", json!({}))["terminal"], Value::Null);
        restart(&mut counter);
        let sale = counter.call("sale.begin", json!({}))["sale_id"].as_str().expect("id").to_owned();
        assert_eq!(begin_sale(&counter, &sale, "20"), Err("card-terminal-missing".into()));
        assert_eq!(counter.refused("card.terminal_check", json!({})), "card-terminal-missing");
        let slip = json!([{ "kind": "card", "mop_code": "92", "amount": "20", "amount_again": "20", "terminal": "PDQ1",
            "authorisation": "123456", "last_four": "4242" }]);
        counter.call("sale.take", counter.sale(json!([line("20")]), slip));
    }
    assert_eq!(charged(&terminal), [(10_00, 0)]);
    counter.till().pair_terminal(target(&counter, &terminal), &Setup::default().passphrase).expect("paired again");
    assert_eq!(pay(&counter, "30")["payment"]["standing"], json!("used"));
}

#[test]
fn a_terminal_is_unpaired_only_when_every_payment_at_it_is_clear() {
    let (mut counter, terminal) = paired();
    impatient(&mut counter);
    let payment = unclear(&counter, &terminal, "10");
    administered(&counter);
    assert_eq!(counter.refused("card.unpair", json!({})), "card-terminal-in-use");
    assert_eq!(passphrase_kept(&counter), Some(Setup::default().passphrase));
    restart(&mut counter);
    until(&counter, &payment, "used");
    assert!(counter.till().unpair_terminal().expect("un-paired"));
}

#[test]
fn an_unpairing_that_cannot_be_written_down_leaves_the_terminal_with_its_passphrase() {
    let (mut counter, terminal) = paired();
    for (place, code) in [("settings.json.new", "store-file"), ("secrets.json.new", "secrets-unreadable")] {
        let blocked = counter.folder.path().join("data").join(place);
        std::fs::create_dir(&blocked).expect("in the way");
        assert_eq!(counter.till().unpair_terminal().expect_err("not written").code, code);
        assert_eq!(pay(&counter, "10")["payment"]["standing"], json!("used"), "{place}");
        std::fs::remove_dir(&blocked).expect("out of the way");
        restart(&mut counter);
        assert_eq!(pay(&counter, "10")["payment"]["standing"], json!("used"), "{place}");
    }
    assert_eq!((charged(&terminal).len(), passphrase_kept(&counter)), (4, Some(Setup::default().passphrase)));
}

#[test]
fn the_demonstration_s_terminal_which_has_no_passphrase_is_unpaired_all_the_same_and_one_that_a_policy_fixes_is_not() {
    let mut counter = with_simulator(&json!({}));
    counter.layers.policy.values.insert("card_terminal".into(), json!({ "target": { "kind": "simulator" } }));
    restart(&mut counter);
    assert_eq!(counter.till().unpair_terminal().expect_err("fixed").code, "setting-fixed");
    counter.layers = Layers::default();
    restart(&mut counter);
    assert!(counter.till().unpair_terminal().expect("un-paired"));
    assert!(!counter.till().unpair_terminal().expect("as it was"));
    assert_eq!(counter.call("till.status", json!({}))["terminal"], Value::Null);
}

#[test]
fn what_was_settled_before_it_was_sent_is_not_sent() {
    let (counter, terminal) = paired();
    // The totals before the session's first payment hold it up.
    terminal.misbehave(Kind::Totals, Manner::RepliesLate);
    let (_, payment) = begin(&counter, "10");
    terminal.until_waiting(1);
    let fact = Fact::CardPaymentSettled { transaction_id: payment.clone(), outcome: CardOutcome::NotSent { why: "till-stopped".into() } };
    write(&counter, "019ab000-0000-7000-8000-ffffffffffff", fact);
    terminal.let_go();
    assert_eq!(at_rest(&counter, &payment)["payment"]["standing"], json!("free"));
    assert_eq!((charged(&terminal), terminal.heard().get(&Kind::Payment).copied()), (Vec::new(), None));
}

#[test]
fn a_terminal_that_gives_no_totals_is_asked_for_them_once_in_a_session() {
    let (counter, terminal) = paired();
    terminal.misbehave(Kind::Totals, Manner::SaysSomethingNew);
    pay(&counter, "10");
    pay(&counter, "20");
    assert_eq!((charged(&terminal).len(), terminal.heard().get(&Kind::Totals).copied()), (2, Some(1)));
}

#[test]
fn a_terminal_that_answers_again_is_no_longer_said_to_be_silent_while_a_payment_goes_on() {
    let (mut counter, terminal) = paired();
    edited(&mut counter, |terminal| terminal["patience"] = json!({ "first_wait_ms": 60_000 }));
    terminal.misbehave(Kind::Payment, Manner::LosesTheReply);
    terminal.misbehave(Kind::Status, Manner::SaysInProgress);
    let (_, payment) = begin(&counter, "10");
    counter.until("silent", |counter| state(counter, &payment)["fault"].is_string().then_some(()));
    counter.call("card.ask_again", json!({ "transaction_id": payment }));
    let now = counter.until("an answer", |counter| {
        let now = state(counter, &payment);
        (terminal.heard().get(&Kind::Status) == Some(&1) && now["fault"].is_null()).then_some(now)
    });
    assert_eq!((&now["payment"]["asking"], &now["payment"]["standing"]), (&json!(true), &json!("sent")));
    assert_eq!(counter.call("till.status", json!({}))["terminal"]["fault"], Value::Null);
    assert_eq!(counter.refused("card.set_aside", json!({ "transaction_id": payment })), "card-payment-in-progress");
    counter.call("card.ask_again", json!({ "transaction_id": payment }));
    until(&counter, &payment, "used");
}

#[test]
fn a_terminal_that_was_not_told_to_give_up_may_be_told_again_and_is_not_said_to_be_silent() {
    let (counter, terminal) = paired();
    terminal.expect(Customer::Dithers);
    let (_, payment) = begin(&counter, "10");
    terminal.until_waiting(1);
    terminal.misbehave(Kind::Connection, Manner::ClosesOnAccept);
    counter.call("card.abort", json!({ "transaction_id": payment }));
    let now = counter.until("not told", |counter| {
        let now = state(counter, &payment);
        (!now["abort_fault"].is_null()).then_some(now)
    });
    assert_eq!((&now["abort_fault"], &now["aborting"], &now["fault"]), (&json!("terminal-dropped"), &json!(false), &Value::Null));
    assert_eq!(counter.refused("card.set_aside", json!({ "transaction_id": payment })), "card-payment-in-progress");
    counter.call("card.abort", json!({ "transaction_id": payment }));
    assert_eq!(until(&counter, &payment, "free")["payment"]["why"], json!("aborted"));
}

#[test]
fn a_terminal_that_is_paired_again_under_another_passphrase_is_used_with_it_at_once() {
    let (counter, terminal) = paired();
    assert_eq!(pay(&counter, "10")["payment"]["standing"], json!("used"));
    let port = terminal.port();
    drop(terminal);
    let setup = Setup { passphrase: "another".into(), port, ..Setup::default() };
    let again = SimulatedTerminal::start(setup).expect("a terminal");
    counter.till().pair_terminal(target(&counter, &again), "another").expect("paired");
    assert_eq!(pay(&counter, "20")["payment"]["standing"], json!("used"));
    assert_eq!(charged(&again), [(20_00, 0)]);
}
