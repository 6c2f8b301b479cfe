//! The changes of an extract: what they make of the one before is what the whole of the next makes, or they don't fit.

use chrono::NaiveDate;
use counterfoil_store::extract::{Extract, Made, Settings, change, import};
use proptest::prelude::*;
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

const HEADER: &str = "AccountReference,FundCode,CurrentBalance,Surname,AddressLine1,Postcode,LastUpdated";

/// An extract as a ledger has it: rows by account.
type Rows = BTreeMap<u16, String>;

fn row(account: u16, surname: &str, balance: &str) -> String {
    format!("{account},23,{balance},{surname},{account} High Street,S70 2TA,2026-11-20")
}

fn whole(rows: &Rows) -> String {
    rows.values().fold(format!("{HEADER}\n"), |text, row| text + row + "\n")
}

/// As the ledger tells what changed: rows gone first, then those that are new or other than before.
fn changes(before: &Rows, after: &Rows) -> String {
    let mut text = format!("Change,{HEADER}\n");
    before.iter().filter(|(account, _)| !after.contains_key(account)).for_each(|(_, row)| text += &format!("-,{row}\n"));
    after.iter().filter(|(account, row)| before.get(account) != Some(*row)).for_each(|(_, row)| text += &format!("+,{row}\n"));
    text
}

fn with<T>(folder: &Path, judged_by: &str, work: impl FnOnce(&Settings<'_>) -> T) -> T {
    work(&Settings {
        knows_fund: &|fund| fund == "23",
        knows_message: &|_, _| true,
        today: NaiveDate::from_ymd_opt(2026, 11, 23).expect("day"),
        judged_by,
        bad_rows_in_a_million: 900_000,
        refused_rows: &folder.join("extract-refused.csv"),
    })
}

fn imported(folder: &Path, name: &str, csv: &str) -> PathBuf {
    let (file, target) = (folder.join("extract.csv"), folder.join(name));
    std::fs::write(&file, csv).expect("csv");
    let imported = with(folder, "a pack", |settings| import(&file, &target, settings, &mut |_| true)).expect("imported");
    assert_eq!(imported.refusal, None);
    target
}

fn changed(folder: &Path, base: &Path, csv: &str, rows: usize, judged_by: &str) -> (PathBuf, Made) {
    let (file, target) = (folder.join("changes.csv"), folder.join("changed.db"));
    std::fs::write(&file, csv).expect("csv");
    let made = with(folder, judged_by, |settings| change(base, &file, &target, rows as u64, settings)).expect("answered");
    (target, made)
}

/// Every account of a file, and what can be found by.
fn content(file: &Path) -> (Vec<Vec<String>>, Vec<String>, u64) {
    let store = Connection::open(file).expect("open");
    let mut accounts = store
        .prepare("SELECT reference, fund_code, surname, address, postcode, CAST(balance_pence AS TEXT), as_at FROM accounts ORDER BY 1, 2")
        .expect("query");
    let accounts = accounts.query_map([], |row| (0..7).map(|place| row.get(place)).collect()).expect("rows");
    let accounts = accounts.map(|row| row.expect("row")).collect();
    let mut words = store.prepare("SELECT word FROM words ORDER BY 1").expect("query");
    let words = words.query_map([], |row| row.get(0)).expect("rows").map(|row| row.expect("row")).collect();
    (accounts, words, store.query_row("SELECT count(*) FROM refused", [], |row| row.get(0)).expect("count"))
}

const SURNAMES: [&str; 4] = ["Smith", "Jones", "O'Brien", "Hughes"];
/// Two of them aren't amounts, so that their rows are bad.
const BALANCES: [&str; 5] = ["1.00", "2.50", "-3.00", "much", "nothing"];

fn extract() -> impl Strategy<Value = Rows> {
    prop::collection::btree_map(0u16..40, (0usize..4, 0usize..5), 1..30).prop_map(|rows| {
        let mut rows: Rows =
            rows.into_iter().map(|(account, (surname, balance))| (account, row(account, SURNAMES[surname], BALANCES[balance]))).collect();
        // One is always good, or there is nothing to take.
        rows.insert(99, row(99, "Evans", "5.00"));
        rows
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn changes_make_of_the_one_before_what_the_whole_makes(before in extract(), after in extract()) {
        let folder = tempfile::tempdir().expect("folder");
        let base = imported(folder.path(), "base.db", &whole(&before));
        let wanted = imported(folder.path(), "whole.db", &whole(&after));
        let (target, made) = changed(folder.path(), &base, &changes(&before, &after), after.len(), "a pack");
        let Made::Extract(made) = made else { panic!("{made:?}") };
        let (accounts, words, refused) = content(&wanted);
        prop_assert_eq!((made.progress.taken, made.progress.refused), (accounts.len() as u64, refused));
        prop_assert_eq!(content(&target), (accounts, words, refused));
        // And the one after that is made of it.
        let (_, back) = changed(folder.path(), &{
            let again = folder.path().join("again.db");
            std::fs::copy(&target, &again).expect("copied");
            again
        }, &changes(&after, &before), before.len(), "a pack");
        prop_assert!(matches!(back, Made::Extract(_)), "{:?}", back);
    }
}

#[test]
fn whoever_was_changed_is_found_by_what_they_are_now_and_not_by_what_they_were() {
    let folder = tempfile::tempdir().expect("folder");
    let before = Rows::from([(1, row(1, "Smith", "1.00")), (2, row(2, "Jones", "2.00")), (3, row(3, "Hughes", "3.00"))]);
    let after = Rows::from([(1, row(1, "Ashworth", "1.00")), (3, row(3, "Hughes", "3.00")), (4, row(4, "Jones", "4.00"))]);
    let base = imported(folder.path(), "base.db", &whole(&before));
    let (target, made) = changed(folder.path(), &base, &changes(&before, &after), 3, "a pack");
    assert!(matches!(made, Made::Extract(_)), "{made:?}");
    let extract = Extract::open(&target).expect("extract");
    let find = |typed: &str| -> BTreeSet<String> {
        extract.find(typed, 50).expect("found").holders.into_iter().map(|holder| holder.reference).collect()
    };
    let only = |reference: &str| BTreeSet::from([reference.to_owned()]);
    assert_eq!((find("ashworth"), find("jones"), find("hughes high")), (only("1"), only("4"), only("3")));
    assert_eq!(find("smith"), BTreeSet::new());
    assert_eq!(find("s702ta").len(), 3);
}

#[test]
fn changes_that_do_not_fit_leave_no_file_and_the_one_before_as_it_was() {
    let folder = tempfile::tempdir().expect("folder");
    let before = Rows::from([(1, row(1, "Smith", "1.00")), (2, row(2, "Jones", "2.00"))]);
    let after = Rows::from([(1, row(1, "Smith", "1.50")), (3, row(3, "Hughes", "3.00"))]);
    let base = imported(folder.path(), "base.db", &whole(&before));
    let as_it_was = std::fs::read(&base).expect("base");
    let good = changes(&before, &after);
    let not_there = good.replace("-,2,", "-,9,");
    let header = good.replacen("Change", "Exchange", 1);
    let marked = good.replace("+,3", "?,3");
    for (csv, rows, judged_by, reason) in [
        (&good, 3, "a pack", "count"),
        (&good, 2, "another pack", "judged-by-another-pack"),
        (&not_there, 2, "a pack", "row-not-there"),
        (&header, 2, "a pack", "header"),
        (&marked, 2, "a pack", "mark"),
        (&format!("{good}+,4,23,1.00,Undated,4 High Street,S70 2TA,\n"), 3, "a pack", "rows-not-told-apart"),
    ] {
        let (target, made) = changed(folder.path(), &base, csv, rows, judged_by);
        assert_eq!(made, Made::DoesNotFit(reason), "{csv}");
        assert!(!target.exists(), "{reason}");
    }
    assert_eq!(std::fs::read(&base).expect("base"), as_it_was);
    assert!(matches!(changed(folder.path(), &base, &good, 2, "a pack").1, Made::Extract(_)));
}

#[test]
fn an_extract_with_an_account_twice_or_without_dates_or_of_an_earlier_program_is_taken_in_whole_next_time() {
    let folder = tempfile::tempdir().expect("folder");
    let one = row(1, "Smith", "1.00");
    let twice = imported(folder.path(), "twice.db", &format!("{HEADER}\n{one}\n{one}\n"));
    let undated = imported(folder.path(), "undated.db", &format!("{HEADER}\n{}\n", one.replace("2026-11-20", "")));
    let earlier = imported(folder.path(), "earlier.db", &format!("{HEADER}\n{one}\n"));
    Connection::open(&earlier).expect("open").execute_batch("DROP TABLE made; DROP TABLE refused").expect("as before");
    let none = format!("Change,{HEADER}\n");
    for (base, reason) in [(twice, "rows-not-told-apart"), (undated, "rows-not-told-apart"), (earlier, "made-before")] {
        assert_eq!(changed(folder.path(), &base, &none, 1, "a pack").1, Made::DoesNotFit(reason));
    }
}
