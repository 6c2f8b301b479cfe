//! The store against what it promises: appended once, chained, projected, refused when it can't be trusted.

use crate::common::{entry, open, receipt, write};
use chrono::NaiveDate;
use counterfoil_domain::Pence;
use counterfoil_domain::entry::Fact;
use counterfoil_domain::sale::LineDraft;
use counterfoil_store::{Decision, Job, JobState, StoreError, TillLock};
use proptest::prelude::*;
use rusqlite::Connection;
use std::collections::BTreeMap;

#[test]
fn an_entry_is_never_changed_or_deleted() {
    let folder = tempfile::tempdir().expect("folder");
    let store = open(folder.path()).expect("store");
    write(&store, entry(1, Fact::SignedIn)).expect("written");
    let other = Connection::open(folder.path().join("till.db")).expect("other hand");
    for sql in ["UPDATE journal SET body = x'00'", "DELETE FROM journal"] {
        let refused = other.execute(sql, []).expect_err("refused").to_string();
        assert!(refused.contains("append-only"), "{refused}");
    }
}

#[test]
fn a_changed_byte_and_a_missing_entry_break_the_chain_where_they_are() {
    let folder = tempfile::tempdir().expect("folder");
    {
        let store = open(folder.path()).expect("store");
        for number in 1..=5 {
            write(&store, entry(number, Fact::SignedIn)).expect("written");
        }
        assert_eq!(store.verify().expect("holds").entries, 5);
    }
    let forger = Connection::open(folder.path().join("till.db")).expect("forger");
    forger.execute_batch("DROP TRIGGER journal_is_never_changed; UPDATE journal SET body = x'7b7d' WHERE seq = 3").expect("forged");
    drop(forger);
    let broken = open(folder.path()).expect("the end still holds").verify().expect_err("found");
    assert!(matches!(broken, StoreError::ChainBroken { seq: 3, .. }), "{broken}");
    let thief = Connection::open(folder.path().join("till.db")).expect("thief");
    thief.execute_batch("DROP TRIGGER journal_is_never_deleted; DELETE FROM journal WHERE seq = 2").expect("stolen");
    drop(thief);
    let broken = open(folder.path()).expect("the end still holds").verify().expect_err("found");
    assert!(matches!(broken, StoreError::ChainBroken { seq: 3, .. }), "{broken}");
}

#[test]
fn an_edited_last_entry_is_found_before_the_till_trades() {
    let folder = tempfile::tempdir().expect("folder");
    write(&open(folder.path()).expect("store"), entry(1, Fact::SignedIn)).expect("written");
    let forger = Connection::open(folder.path().join("till.db")).expect("forger");
    forger.execute_batch("DROP TRIGGER journal_is_never_changed; UPDATE journal SET body = x'7b7d'").expect("forged");
    drop(forger);
    assert!(matches!(open(folder.path()), Err(StoreError::ChainBroken { seq: 1, .. })));
}

#[test]
fn an_id_is_written_once_and_a_refused_decision_writes_nothing() {
    let folder = tempfile::tempdir().expect("folder");
    let store = open(folder.path()).expect("store");
    write(&store, entry(1, Fact::SignedIn)).expect("written");
    assert!(matches!(write(&store, entry(1, Fact::SignedOut)), Err(StoreError::IdTaken)));
    let refused = store.commit(|_| Err::<Decision, _>(StoreError::DiskFull));
    assert!(matches!(refused, Err(StoreError::DiskFull)));
    assert_eq!(store.verify().expect("holds").entries, 1);
}

#[test]
fn one_program_at_a_time_holds_a_data_folder() {
    let folder = tempfile::tempdir().expect("folder");
    let first = TillLock::take(folder.path()).expect("first");
    assert!(matches!(open(folder.path()), Err(StoreError::InUse)));
    drop(first);
    open(folder.path()).expect("free again");
}

#[test]
fn a_store_of_a_later_version_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().expect("folder");
    drop(open(folder.path()).expect("store"));
    let file = folder.path().join("till.db");
    Connection::open(&file).expect("later program").pragma_update(None, "user_version", 99).expect("later");
    assert!(matches!(open(folder.path()), Err(StoreError::Newer { found: 99, .. })));
    let version: u32 = Connection::open(&file).expect("open").pragma_query_value(None, "user_version", |row| row.get(0)).expect("version");
    assert_eq!(version, 99);
}

#[test]
fn a_file_that_is_no_store_is_damaged_and_left_as_it_is() {
    let folder = tempfile::tempdir().expect("folder");
    let file = folder.path().join("till.db");
    let rubbish = b"this was once a store, before the disk failed ".repeat(200);
    std::fs::write(&file, &rubbish).expect("written");
    assert!(matches!(open(folder.path()), Err(StoreError::Damaged(_))));
    assert_eq!(std::fs::read(&file).expect("read"), rubbish);
}

#[test]
fn a_full_store_refuses_the_payment_and_keeps_what_it_has() {
    let folder = tempfile::tempdir().expect("folder");
    let store = open(folder.path()).expect("store");
    write(&store, entry(1, receipt(1, "501234566", 100))).expect("written");
    // A file-size limit stands in for the full disk: SQLite answers both alike.
    store.limit_pages_for_test().expect("limited");
    let mut refused = None;
    for serial in 2..500 {
        if let Err(error) = write(&store, entry(serial, receipt(serial, "501234566", 100))) {
            refused = Some((serial, error));
            break;
        }
    }
    let (serial, error) = refused.expect("it fills up");
    assert!(matches!(error, StoreError::DiskFull), "{error}");
    assert_eq!(store.verify().expect("holds").entries, serial - 1);
    assert_eq!(store.read(|reading| reading.next_serial()).expect("read"), serial);
}

#[test]
fn a_print_job_is_written_with_its_receipt_and_survives_a_restart_and_one_that_is_handed_over_at_once_is_in_doubt_then() {
    for (at_once, state) in [(false, JobState::Waiting), (true, JobState::Printing)] {
        let folder = tempfile::tempdir().expect("folder");
        {
            let store = open(folder.path()).expect("store");
            let job = Job { drawer: true, at_once, ..Job::default() };
            store
                .commit(|_| Ok::<_, StoreError>(Decision::Write(Box::new(entry(1, receipt(1, "501234566", 100))), Some(job))))
                .expect("written");
        }
        let store = open(folder.path()).expect("again");
        let job = store.read(|reading| reading.next_print_job([false; 2])).expect("read").expect("a job");
        assert_eq!((job.prints, job.state, job.handed_over, job.tries), (1, state, at_once, 0));
        store.print_job_is_out(&job).expect("removed");
        assert_eq!(store.read(|reading| reading.next_print_job([false; 2])).expect("read"), None);
    }
}

#[test]
fn what_is_for_the_till_s_own_printer_comes_before_what_was_asked_for_earlier_at_the_other_one() {
    let folder = tempfile::tempdir().expect("folder");
    let store = open(folder.path()).expect("store");
    for (serial, other) in [(1, true), (2, false), (3, false)] {
        let entry = Box::new(entry(serial, receipt(serial, "501234566", 100)));
        let job = Job { other, ..Job::default() };
        store.commit(|_| Ok::<_, StoreError>(Decision::Write(entry, Some(job)))).expect("written");
    }
    let next = |passed_over| store.read(|reading| reading.next_print_job(passed_over)).expect("read").map(|job| job.job);
    assert_eq!(next([false, false]), Some(2));
    assert_eq!(next([true, false]), Some(1));
    assert_eq!(next([false, true]), Some(2));
    assert_eq!(next([true, true]), None);
}

#[test]
fn an_amount_is_looked_for_among_the_newest_receipts_only() {
    let folder = tempfile::tempdir().expect("folder");
    let store = open(folder.path()).expect("store");
    for serial in 1..=5 {
        write(&store, entry(serial, receipt(serial, "501234566", 700))).expect("written");
    }
    let found = |among: u64, most: u32| -> Vec<u64> {
        let rows = store.read(|reading| reading.receipts_by_total(Pence(700), among, most)).expect("rows");
        rows.iter().map(|row| row.serial).collect()
    };
    assert_eq!(found(100, 10), [5, 4, 3, 2, 1]);
    assert_eq!(found(2, 10), [5, 4]);
    assert_eq!(found(100, 1), [5]);
}

#[test]
fn a_receipt_is_found_by_its_number_however_the_council_writes_it() {
    let folder = tempfile::tempdir().expect("folder");
    let store = open(folder.path()).expect("store");
    for serial in 1..=12 {
        write(&store, entry(serial, receipt(serial, "501234566", 100))).expect("written");
    }
    let find = |number: &str| store.read(|reading| reading.receipt_by_number(number)).expect("read").map(|row| row.serial);
    assert_eq!(find("CH07-0000012"), Some(12));
    assert_eq!(find("ch07-0000002"), Some(2));
    assert_eq!(find("CH08-0000002"), None);
    assert_eq!(find("99999999999999999999999999"), None);
    assert_eq!(find(""), None);
}

/// One thing that happens at a till.
#[derive(Clone, Debug)]
enum Step {
    Take(usize, i64),
    Park(u8),
    Abandon(u8),
    Fail(u8),
    SignIn,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        4 => (0usize..4, 1i64..100_000).prop_map(|(account, pence)| Step::Take(account, pence)),
        1 => (0u8..3).prop_map(Step::Park),
        1 => (0u8..3).prop_map(Step::Abandon),
        1 => (1u8..6).prop_map(Step::Fail),
        1 => Just(Step::SignIn),
    ];
    prop::collection::vec(step, 1..40)
}

const ACCOUNTS: [&str; 4] = ["501234566", "123456780", "500000001", "500000010"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_store_agrees_with_a_model_that_knows_no_sql_and_a_rebuild_changes_nothing(steps in steps()) {
        let folder = tempfile::tempdir().expect("folder");
        let store = open(folder.path()).expect("store");
        let (mut taken, mut parked, mut failures) = (Vec::new(), BTreeMap::new(), 0);
        for (number, step) in (1..).zip(&steps) {
            let fact = match step {
                Step::Take(account, pence) => {
                    taken.push((ACCOUNTS[*account], *pence));
                    receipt(taken.len() as u64, ACCOUNTS[*account], *pence)
                }
                Step::Park(slot) => {
                    parked.insert(*slot, number);
                    let lines = vec![LineDraft { reference: number.to_string(), ..LineDraft::default() }];
                    Fact::SaleParked { sale_id: slot.to_string(), label: number.to_string(), lines, total: Pence(5) }
                }
                Step::Abandon(slot) => {
                    parked.remove(slot);
                    Fact::SaleAbandoned { sale_id: slot.to_string() }
                }
                Step::Fail(count) => {
                    failures = u32::from(*count);
                    Fact::SignInFailed { user_code: "12".into(), failures, locked: failures >= 5 }
                }
                Step::SignIn => {
                    failures = 0;
                    Fact::SignedIn
                }
            };
            write(&store, entry(number, fact)).expect("written");
        }
        let check = |when: &str| {
            let (count, value) = store.read(|reading| reading.unsent()).expect("unsent");
            prop_assert_eq!((count, value.0), (taken.len() as u64, taken.iter().map(|(_, pence)| pence).sum::<i64>()), "{}", when);
            for account in ACCOUNTS {
                let day = NaiveDate::from_ymd_opt(2026, 11, 20).expect("day");
                let since = store.read(|reading| reading.taken_since("23", account, day)).expect("since");
                prop_assert_eq!(since.0, taken.iter().filter(|(other, _)| *other == account).map(|(_, pence)| pence).sum::<i64>());
            }
            let labels: Vec<String> = store.read(|reading| reading.parked()).expect("parked").into_iter().map(|row| row.label).collect();
            let mut wanted: Vec<u64> = parked.values().copied().collect();
            wanted.sort_unstable();
            prop_assert_eq!(labels, wanted.iter().map(ToString::to_string).collect::<Vec<_>>());
            let known = store.read(|reading| reading.sign_in("12")).expect("sign-ins").map_or(0, |row| row.failures);
            prop_assert_eq!(known, failures);
            Ok(())
        };
        check("live")?;
        prop_assert_eq!(store.rebuild().expect("rebuild"), Vec::new());
        check("rebuilt")?;
        prop_assert_eq!(store.verify().expect("chain").entries, steps.len() as u64);
    }
}

#[test]
fn a_projection_that_was_tampered_with_is_found_and_put_right_by_a_rebuild() {
    let folder = tempfile::tempdir().expect("folder");
    let store = open(folder.path()).expect("store");
    write(&store, entry(1, receipt(1, "501234566", 100))).expect("written");
    Connection::open(folder.path().join("till.db")).expect("forger").execute("UPDATE postings SET amount_pence = 1", []).expect("forged");
    let differences = store.rebuild().expect("rebuild");
    assert_eq!(differences.iter().map(|difference| difference.table.as_str()).collect::<Vec<_>>(), ["postings"]);
    assert_eq!(store.rebuild().expect("rebuild"), Vec::new());
}
