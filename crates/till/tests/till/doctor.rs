//! The check-up and the support bundle: what is wrong is found and told with what to do, beside an open counter and with data that is
//! damaged; nothing personal and no secret leaves the machine.

#![allow(clippy::disallowed_methods, reason = "the end of patience with a worker is a matter of real time")]

use crate::common;
use crate::common::{Counter, MORNING_MS, PATIENCE};
use counterfoil_simulators::ims::certificates::{PrivateAuthority, server_config};
use counterfoil_simulators::ims::{Behaviour, StandInIms, Tables};
use counterfoil_simulators::printer::{Manner, SimulatedPrinter, State};
use counterfoil_till::secrets::{IMS_CERTIFICATE, LEDGER_KEY, Secrets, SecretsFile};
use counterfoil_till::surroundings::Surroundings;
use counterfoil_till::{Check, Finding, Language, Layers, Patient, SettingsInForce, check_names, check_up, write_support_bundle};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::time::Instant;

struct Machine;

impl Surroundings for Machine {
    fn now_ms(&self) -> i64 {
        MORNING_MS
    }

    fn new_id(&self) -> String {
        String::new()
    }

    fn random(&self) -> [u8; 32] {
        [0; 32]
    }

    fn web_view(&self) -> Option<String> {
        Some("2.50".into())
    }
}

fn data(counter: &Counter) -> PathBuf {
    counter.folder.path().join("data")
}

fn looked_at(folder: &Path, names: &[&str], full: bool) -> BTreeMap<String, Check> {
    let secrets = SecretsFile::of(folder);
    let patient = Patient::new(folder, SettingsInForce::read(folder, &Layers::default()), &secrets, &Machine, full);
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    check_up(&patient, &names, &mut |_, _| true).into_iter().map(|check| (check.name.clone(), check)).collect()
}

fn code(checks: &BTreeMap<String, Check>, name: &str) -> (Finding, String) {
    let check = &checks[name];
    (check.finding, check.code.clone())
}

#[test]
fn a_sound_till_is_found_sound_beside_its_open_counter_and_each_check_can_be_made_alone() {
    let counter = Counter::open();
    let checks = looked_at(&data(&counter), &[], false);
    assert_eq!(checks.len(), check_names().len());
    let wrong: Vec<&Check> = checks.values().filter(|check| check.finding == Finding::Wrong).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    for name in ["rights", "settings", "store", "chain", "versions", "printer", "web-view", "ledger"] {
        assert_eq!(checks[name].finding, Finding::Ok, "{name}");
    }
    assert_eq!(code(&checks, "backup"), (Finding::LookAtThis, "backup-nowhere".into()));
    let alone = looked_at(&data(&counter), &["chain"], true);
    assert_eq!(alone.keys().collect::<Vec<_>>(), ["chain"]);
    assert_eq!(code(&alone, "chain"), (Finding::Ok, "chain-whole".into()));
}

#[test]
fn every_finding_has_words_in_both_languages() {
    let source = |file: &str| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).expect(file);
    let codes: Vec<String> = ["src/doctor/data.rs", "src/doctor/devices.rs", "src/doctor/ledger.rs", "../ledger-client/src/probe.rs"]
        .iter()
        .flat_map(|file| {
            let text = source(file);
            let quoted: Vec<String> = text.split('"').skip(1).step_by(2).map(str::to_owned).collect();
            quoted
        })
        .filter(|code| !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'))
        .collect();
    assert!(codes.len() > 40, "{codes:?}");
    let facts = [
        "free", "reason", "place", "mode", "size", "found", "known", "seq", "code", "count", "program", "days", "kept", "seconds", "fault",
        "version", "wal", "check-up", "date", "http", "https", "port",
    ];
    for code in codes.iter().filter(|code| !facts.contains(&code.as_str())) {
        let check = Check { name: "disk".into(), finding: Finding::Ok, code: code.clone(), args: BTreeMap::new() };
        let [english, welsh] = [Language::English, Language::Welsh].map(|language| check.words(language));
        assert!(!english.starts_with("doctor-") && english != welsh, "{code} has no words");
    }
    for name in check_names() {
        let check = Check { name: name.into(), finding: Finding::Ok, code: String::new(), args: BTreeMap::new() };
        assert!(!check.title(Language::Welsh).starts_with("doctor-"), "{name}");
    }
}

#[test]
fn damaged_data_a_broken_chain_wrong_settings_and_no_folder_are_each_found() {
    let mut counter = Counter::open();
    counter.till = None;
    let file = data(&counter).join("till.db");
    let connection = rusqlite::Connection::open(&file).expect("open");
    connection.execute_batch("DROP TRIGGER journal_is_never_changed; UPDATE journal SET body = x'7b7d' WHERE seq = 2").expect("changed");
    drop(connection);
    let broken = looked_at(&data(&counter), &["chain", "store"], true);
    assert_eq!((code(&broken, "chain"), broken["chain"].args["seq"].as_str()), ((Finding::Wrong, "chain-broken".into()), "2"));
    fs::write(&file, b"this was once a store ".repeat(400)).expect("damaged");
    fs::write(data(&counter).join("settings.json"), "{ \"printr\": {} }").expect("written");
    let checks = looked_at(&data(&counter), &[], false);
    let wanted = [("store", "store-damaged"), ("chain", "store-damaged"), ("settings", "settings-file")];
    for (name, wrong) in wanted {
        assert_eq!(code(&checks, name), (Finding::Wrong, wrong.into()));
    }
    assert_eq!(code(&checks, "rights"), (Finding::Ok, "rights".into()));
    let nowhere = looked_at(&counter.folder.path().join("nowhere"), &["rights", "store"], false);
    assert_eq!(code(&nowhere, "rights"), (Finding::Wrong, "rights-no-folder".into()));
    assert_eq!(code(&nowhere, "store"), (Finding::LookAtThis, "store-none".into()));
}

#[test]
fn copies_that_are_old_or_behind_and_things_that_do_not_answer_are_found() {
    let mut counter = Counter::open();
    counter.till = None;
    let [mirror, copies] = ["mirror", "copies"].map(|name| counter.folder.path().join(name));
    [&mirror, &copies].into_iter().for_each(|folder| fs::create_dir(folder).expect("folder"));
    // A port that nobody listens on any more.
    let port = std::net::TcpListener::bind("127.0.0.1:0").expect("port").local_addr().expect("address").port();
    let settings = json!({ "mirror_folder": mirror, "backup_folder": copies, "printer": { "kind": "tcp", "host": "127.0.0.1", "port": port },
        "ledger": { "kind": "hub", "url": format!("http://127.0.0.1:{port}") } });
    fs::write(data(&counter).join("settings.json"), settings.to_string()).expect("written");
    let checks = looked_at(&data(&counter), &["backup", "mirror", "printer", "ledger", "certificate", "clock"], false);
    assert_eq!(code(&checks, "backup"), (Finding::LookAtThis, "backup-none".into()));
    assert_eq!(code(&checks, "mirror"), (Finding::LookAtThis, "mirror-behind".into()));
    assert_eq!(code(&checks, "printer"), (Finding::Wrong, "printer-fault".into()));
    assert_eq!(code(&checks, "ledger"), (Finding::Wrong, "ledger-unreachable".into()));
    assert_eq!(code(&checks, "clock"), (Finding::Ok, "clock-unknown".into()));
    let till_id = counterfoil_store::Store::read_only(&data(&counter).join("till.db")).expect("store").till_id().to_owned();
    let copied = |moment: &str| fs::write(copies.join(format!("till-{till_id}-{moment}.db")), "").expect("written");
    copied("20271120T104200Z");
    assert_eq!(code(&looked_at(&data(&counter), &["backup"], false), "backup"), (Finding::LookAtThis, "backup-ahead".into()));
    copied("20261120T104200Z");
    let old = looked_at(&data(&counter), &["backup"], false);
    assert_eq!((code(&old, "backup"), old["backup"].args["days"].as_str()), ((Finding::LookAtThis, "backup-old".into()), "3"));
    fs::remove_dir_all(&copies).expect("gone");
    fs::remove_dir_all(&mirror).expect("gone");
    let gone = looked_at(&data(&counter), &["backup", "mirror"], false);
    assert_eq!([code(&gone, "backup").1, code(&gone, "mirror").1], ["backup-folder", "mirror-folder"]);
}

#[test]
fn an_ims_that_asks_who_calls_is_shown_the_kept_certificate_and_without_it_that_is_what_is_found() {
    let council = PrivateAuthority::new().expect("an authority");
    let tls = server_config(&council.server().expect("a server"), Some(&council)).expect("TLS");
    let ims = StandInIms::start(Tables::demonstration(), Behaviour { tls: Some(tls), ..Behaviour::default() }).expect("a stand-in");
    let mut counter = Counter::open();
    counter.till = None;
    let folder = data(&counter);
    let authority = folder.join("authority.pem");
    fs::write(&authority, council.certificate_pem()).expect("written");
    let found = |shows: bool| {
        let ledger = json!({ "kind": "localgov-ims", "url": ims.base_url(), "authority": authority, "client_certificate": shows });
        fs::write(folder.join("settings.json"), json!({ "ledger": ledger }).to_string()).expect("written");
        let checks = looked_at(&folder, &["ledger", "certificate"], false);
        assert_eq!(checks["ledger"].finding == Finding::Ok, checks["certificate"].finding != Finding::Wrong, "{checks:?}");
        code(&checks, "ledger")
    };
    assert_eq!(found(false), (Finding::Wrong, "ledger-not-let-in".into()));
    assert_eq!(found(true), (Finding::Wrong, "ledger-client-certificate".into()));
    let own = council.client().expect("a client");
    SecretsFile::of(&folder).set(IMS_CERTIFICATE, &format!("{}{}", own.certificate_pem, own.key_pem)).expect("kept");
    assert_eq!(found(true), (Finding::Ok, "ledger".into()));
}

#[test]
fn the_window_sees_a_check_up_go_on_and_end() {
    let counter = Counter::open();
    assert_eq!(counter.call("doctor.show", json!({})), Value::Null);
    counter.call("doctor.begin", json!({}));
    let until = Instant::now() + PATIENCE;
    let ended = loop {
        let now = counter.call("doctor.show", json!({}));
        if now["running"] == false {
            break now;
        }
        assert!(Instant::now() < until, "it never ended: {now}");
        std::thread::yield_now();
    };
    assert_eq!(ended["checks"].as_array().expect("checks").len(), check_names().len());
    assert_eq!(ended["of"], json!(check_names().len()));
}

#[test]
fn a_printer_is_asked_as_its_profile_says_and_terminal_and_scanner_are_looked_for() {
    let mut counter = Counter::open();
    counter.till = None;
    let folder = data(&counter);
    let names = ["printer", "terminal", "scanner"];
    let with = |settings: Value| {
        fs::write(folder.join("settings.json"), settings.to_string()).expect("written");
        let found = looked_at(&folder, &names, false);
        names.map(|name| (found[name].finding, found[name].code.clone()))
    };
    // It takes connections, and would be asked in vain.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").expect("port");
    let printer = json!({ "kind": "tcp", "host": "127.0.0.1", "port": silent.local_addr().expect("address").port() });
    let nowhere = std::net::TcpListener::bind("127.0.0.1:0").expect("port").local_addr().expect("address").port();
    let authority = folder.join("root.pem");
    let terminal = json!({ "target": { "kind": "nexo", "host": "127.0.0.1", "port": nowhere, "poi_id": "P400Plus-275479597", "sale_id": "till-07",
        "key_identifier": "key", "key_version": 1, "authority": authority, "live": false } });
    let found = with(json!({ "printer": printer, "profile": { "status": "never" }, "card_terminal": terminal,
        "scanner": { "kind": "serial", "path": folder.join("no-port") } }));
    assert_eq!(found[0], (Finding::Ok, "printer-silent".into()));
    assert_eq!(found[1], (Finding::Wrong, "terminal-fault".into()));
    assert_eq!(found[2], (Finding::Wrong, "scanner-missing".into()));
    let found = with(
        json!({ "card_terminal": { "target": { "kind": "simulator" } }, "scanner": { "kind": "serial", "path": folder.join("till.db") } }),
    );
    assert_eq!(found[1], (Finding::LookAtThis, "terminal-simulator".into()));
    assert_eq!(found[2], (Finding::Ok, "scanner-port".into()));
    let found = with(json!({}));
    assert_eq!([&found[1].1, &found[2].1], ["terminal-none", "scanner-keyboard"]);
}

#[test]
fn the_support_bundle_takes_the_check_up_that_is_shown_and_one_that_is_printed_says_what_to_do() {
    let mut counter = Counter::open();
    counter.prints = true;
    counter.restart();
    counter.sign_in("12", "1212");
    counter.call("support.write", json!({}));
    let shown = counter.call("doctor.show", json!({}));
    assert_eq!((&shown["running"], shown["checks"].as_array().map(Vec::len)), (&json!(false), Some(check_names().len())));
    // What is found wrong now isn't what was shown, and not what is printed.
    fs::write(data(&counter).join("settings.json"), "{").expect("written");
    counter.call("doctor.print", json!({}));
    let paper = counter.until("the check-up comes out", |counter| {
        let strips = counter.call("print.paper", json!({}))["strips"].to_string();
        strips.contains("Check-up").then_some(strips)
    });
    assert!(paper.contains("Journal") && paper.contains("Set backup_folder") && !paper.contains("settings.json"), "{paper}");
    assert_eq!(counter.call("doctor.show", json!({})), shown);
}

#[test]
fn what_was_found_is_looked_for_again_once_it_is_no_longer_fresh() {
    let printer = SimulatedPrinter::start(Manner::Answers(State::Ready)).expect("a printer");
    let counter = common::printer::counter_at(&printer);
    counter.call("support.write", json!({}));
    let shown = counter.call("doctor.show", json!({}));
    drop(printer);
    counter.call("doctor.print", json!({}));
    assert_eq!(counter.call("doctor.show", json!({})), shown);
    counter.clock.now_ms.fetch_add(11 * 60 * 1_000, Ordering::Relaxed);
    counter.call("doctor.print", json!({}));
    assert!(counter.call("doctor.show", json!({})).to_string().contains("printer-fault"), "{shown}");
}

#[test]
fn a_terminal_is_not_asked_where_nobody_can_tell_whether_a_payment_is_under_way() {
    let mut counter = Counter::open();
    counter.till = None;
    let folder = data(&counter);
    let nowhere = std::net::TcpListener::bind("127.0.0.1:0").expect("port").local_addr().expect("address").port();
    let terminal = json!({ "target": { "kind": "nexo", "host": "127.0.0.1", "port": nowhere, "poi_id": "P400Plus-275479597", "sale_id": "till-07",
        "key_identifier": "key", "key_version": 1, "authority": folder.join("root.pem"), "live": false } });
    fs::write(folder.join("settings.json"), json!({ "card_terminal": terminal }).to_string()).expect("written");
    fs::write(folder.join("till.db"), b"this was once a store ".repeat(400)).expect("damaged");
    let found = || code(&looked_at(&folder, &["terminal"], false), "terminal");
    assert_eq!(found(), (Finding::LookAtThis, "terminal-not-asked".into()));
    fs::remove_file(folder.join("till.db")).expect("gone");
    assert_eq!(found(), (Finding::Wrong, "terminal-fault".into()));
}

/// Everything that must not leave the machine.
const PLANTED: [&str; 12] = [
    "Gwenllian Fairweather",
    "501234566",
    "BJ12345673",
    "S70 2TA",
    "PlantedKey0123456789",
    "planted-token-42",
    "7391",
    "Drawer of Cheque",
    "4111111111111111",
    "12 Planted Lane",
    "planted-host",
    "planted-person",
];

#[test]
fn nothing_personal_and_no_secret_that_was_planted_anywhere_is_in_the_support_bundle() {
    let mut counter = Counter::open();
    let mut sale = counter.cash_sale("11", "BJ12345673", "20.00");
    sale["lines"][0]["narrative"] = json!("501234566");
    sale["lines"][0]["payer_name"] = json!("Gwenllian Fairweather");
    sale["lines"][0]["payer_address"] = json!("12 Planted Lane, S70 2TA");
    counter.call("sale.park", json!({ "sale_id": sale["sale_id"], "label": "Gwenllian Fairweather", "lines": sale["lines"] }));
    let cheque = counter.cash_sale("11", "BJ12345673", "20.00");
    let tender = json!({ "kind": "cheque", "mop_code": "2", "amount": "20.00", "drawer": "Drawer of Cheque", "number": "000123" });
    // Whether this council takes cheques like this or not: what was typed is planted in the store and in the log either way.
    let _ = counter.till().call("sale.take", json!({ "sale_id": cheque["sale_id"], "lines": cheque["lines"], "tenders": [tender] }));
    counter.call("sale.take", counter.cash_sale("11", "BJ12345673", "20.00"));
    counter.till = None;
    let data = data(&counter);
    let connection = rusqlite::Connection::open(data.join("till.db")).expect("open");
    for (table, columns) in [("meta", "name, value"), ("latest", "name, value"), ("secrets", "user_code, hash")] {
        for (place, planted) in PLANTED.iter().enumerate() {
            connection
                .execute(&format!("INSERT INTO {table} ({columns}) VALUES (?1, ?2)"), (format!("{planted} {place}"), planted))
                .expect("planted");
        }
    }
    connection.execute_batch("CREATE TABLE \"Gwenllian Fairweather\" (\"planted-person\" TEXT)").expect("planted");
    drop(connection);
    SecretsFile::of(&data).set(LEDGER_KEY, "PlantedKey0123456789").expect("planted");
    let settings = json!({
        "ledger": { "kind": "hub", "url": "http://planted-person:planted-token-42@127.0.0.1:1/501234566" },
        "printer": { "kind": "tcp", "host": "planted-host", "port": 1 },
        "mirror_folder": "/srv/planted-person/12 Planted Lane", "backup_folder": "/srv/Gwenllian Fairweather",
    });
    fs::write(data.join("settings.json"), settings.to_string()).expect("planted");
    fs::create_dir_all(data.join("logs")).expect("folder");
    let at = "2026-11-23T10:42:00.000000Z";
    let mut log = format!("{at}  INFO src-tauri/src/window.rs:131: refused command=sale.take code=sign-in-failed detail=7391\n");
    log.push_str(&format!("{at} ERROR src-tauri/src/log.rs:58: the program broke off place=tauri-2.12.5/src/app.rs:1444\n"));
    for planted in PLANTED {
        log.push_str(&format!("{planted}\n{at} ERROR {planted}\n{at}  WARN crates/till/src/till.rs:148: {planted} code={planted} command=\"{planted}\" place={planted} detail={planted}\n"));
        log.push_str(&format!("{at}  INFO crates/{planted}.rs:1: no\n"));
    }
    fs::write(data.join("logs/counterfoil.2026-11-23.log"), log).expect("planted");
    fs::write(data.join("logs/Gwenllian Fairweather.log"), "no log of ours").expect("planted");
    let secrets = SecretsFile::of(&data);
    let patient = Patient::new(&data, SettingsInForce::read(&data, &Layers::default()), &secrets, &Machine, false);
    let checks = check_up(&patient, &[], &mut |_, _| true);
    let bundle = write_support_bundle(&patient, &checks, None).expect("written");
    let mut zip = zip::ZipArchive::new(fs::File::open(bundle).expect("bundle")).expect("zip");
    let mut whole = String::new();
    let mut names = Vec::new();
    for place in 0..zip.len() {
        let mut file = zip.by_index(place).expect("file");
        names.push(file.name().expect("a name").into_owned());
        file.read_to_string(&mut whole).expect("text");
    }
    assert_eq!(names, ["versions.json", "doctor.json", "doctor.txt", "settings.json", "store.json", "logs/2026-11-23.log"]);
    for planted in PLANTED.iter().flat_map(|planted| planted.split(' ').filter(|word| word.len() > 3).chain([*planted])) {
        assert!(!whole.contains(planted) && !names.iter().any(|name| name.contains(planted)), "“{planted}” is in the bundle: {whole}");
    }
    assert!(
        whole.contains("2026-11-23T10:42:00.000000Z INFO src-tauri/src/window.rs:131 command=sale.take code=sign-in-failed"),
        "{whole}"
    );
    assert!(whole.contains("ERROR src-tauri/src/log.rs:58 place=tauri-2.12.5/src/app.rs:1444"), "{whole}");
    assert!(whole.contains("\"journal\": ") && whole.contains("\"kind\": \"hub\""), "{whole}");
}
