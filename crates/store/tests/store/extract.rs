//! Extracts of account holders: good rows taken, bad rows named, the extract before it safe.

use chrono::NaiveDate;
use counterfoil_store::extract::{Extract, Imported, Settings, import};
use std::path::Path;

const HEADER: &str =
    "AccountReference,FundCode,CurrentBalance,Title,Forename,Surname,AddressLine1,AddressLine2,Postcode,FundMessageId,LastUpdated";

fn row(reference: &str, surname: &str, street: &str) -> String {
    format!("{reference},23,120.50,Mrs,Ann,{surname},12 {street},Barnsley,S70 2TA,,2026-11-20")
}

fn take(folder: &Path, content: &[u8], limit: u64) -> Imported {
    let csv = folder.join("accounts.csv");
    std::fs::write(&csv, content).expect("csv");
    let today = NaiveDate::from_ymd_opt(2026, 11, 23).expect("day");
    let settings = Settings {
        knows_fund: &|fund| fund == "23",
        knows_message: &|_, id| id < 9,
        today,
        judged_by: "a pack",
        bad_rows_in_a_million: limit,
        refused_rows: &folder.join("extract-refused.csv"),
    };
    import(&csv, &folder.join("accounts/extract-1.db"), &settings, &mut |_| true).expect("imported")
}

fn reasons(imported: &Imported) -> Vec<(u64, &'static str)> {
    imported.bad_rows.iter().map(|bad| (bad.line, bad.reason)).collect()
}

#[test]
fn accounts_are_found_by_reference_name_sound_postcode_and_street_in_any_order() {
    let folder = tempfile::tempdir().expect("folder");
    let lines = [
        HEADER.to_owned(),
        row("501234566", "Ŵyn-Smythe", "High Street"),
        row("123456780", "O'Brien", "Park Road"),
        row("500000001", "Smith", "Mill Lane"),
        row("500000002", "O'Brien", "Mill Lane"),
    ];
    let imported = take(folder.path(), lines.join("\r\n").as_bytes(), 0);
    assert_eq!((imported.progress.taken, imported.refusal), (4, None));
    let extract = Extract::open(&folder.path().join("accounts/extract-1.db")).expect("extract");
    let find = |typed: &str| extract.find(typed, 50).expect("found").holders.into_iter().map(|holder| holder.reference).collect::<Vec<_>>();
    assert_eq!(find("5012"), ["501234566"]);
    assert_eq!(find("smith mil"), ["500000001"]);
    assert_eq!(find("lane smith"), ["500000001"]);
    assert_eq!(find("wyn"), ["501234566"]);
    assert_eq!(find("o'brien"), ["123456780", "500000002"]);
    assert_eq!(find("S70 2TA park"), ["123456780"]);
    assert_eq!(find("s702ta").len(), 4);
    assert_eq!(find("\" OR *"), Vec::<String>::new());
    let alike = |typed: &str| {
        let found = extract.find(typed, 50).expect("found");
        (found.sounds_like, found.holders.into_iter().map(|holder| holder.reference).collect::<Vec<_>>())
    };
    let sounds = |references: &[&str]| (true, references.iter().map(|reference| (*reference).to_owned()).collect::<Vec<_>>());
    // As it is spelt comes first: this is the beginning of a name.
    assert_eq!(alike("Smyth"), (false, vec!["501234566".to_owned()]));
    assert_eq!(alike("Smithe"), sounds(&["500000001"]));
    assert_eq!(alike("Obrian"), sounds(&["123456780", "500000002"]));
    for typed in ["Obrian Mill", "mill obrian", "Ann Obrian Mill Lane", "lane obrian ann"] {
        assert_eq!(alike(typed), sounds(&["500000002"]), "{typed}");
    }
    // Where the other words are nowhere, the sound alone finds.
    assert_eq!(alike("xyzzy Obrian"), sounds(&["123456780", "500000002"]));
    assert_eq!(alike("Qqq"), (false, Vec::new()));
    let smith = extract.account("23", "500000001").expect("found").expect("Smith");
    let same = |holder: &counterfoil_domain::account::AccountHolder| extract.same_holder(holder).expect("found").len();
    let other_name = counterfoil_domain::account::AccountHolder { forename: "Anne".into(), ..smith.clone() };
    let elsewhere = counterfoil_domain::account::AccountHolder { postcode: "S71 1AA".into(), ..smith.clone() };
    let nowhere = counterfoil_domain::account::AccountHolder { postcode: " ".into(), ..smith.clone() };
    assert_eq!([&smith, &other_name, &elsewhere, &nowhere].map(same), [1, 0, 0, 0]);
    assert!(extract.account("23", "501234566").expect("read").is_some());
    assert!(extract.account("24", "501234566").expect("read").is_none());
}

#[test]
fn a_word_is_found_by_each_of_its_beginnings_however_many_words_begin_so() {
    let folder = tempfile::tempdir().expect("folder");
    // More words begin with `stree` than are ever written out, and one with `streetly`.
    let many = (0..60).map(|number| row(&format!("5{number:08}"), "Jones", &format!("Streeton{number}")));
    let lines: Vec<String> =
        [HEADER.to_owned(), row("123456780", "Smith", "Streetly"), row("123456781", "Ŵyn-Ŷork", "Park")].into_iter().chain(many).collect();
    take(folder.path(), lines.join("\n").as_bytes(), 0);
    let extract = Extract::open(&folder.path().join("accounts/extract-1.db")).expect("extract");
    let found = |typed: &str| extract.find(typed, 100).expect("found").holders.len();
    let street = "streetly";
    for letters in 1..=street.len() {
        assert_eq!(found(&format!("Smith {}", &street[..letters])), 1, "{letters} letters");
        let all = match letters {
            1 => 62,
            2..=6 => 61,
            _ => 1,
        };
        assert_eq!(found(&street[..letters].to_uppercase()), all, "{letters} letters");
    }
    for typed in ["smith streetlys", "smith park"] {
        assert!(extract.find(typed, 100).expect("found").sounds_like, "{typed}: nothing is spelt so");
    }
    for typed in ["york", "yor", "ŷork", "ŶORK", "wyn york"] {
        assert_eq!(found(typed), 1, "{typed}");
    }
}

#[test]
fn each_bad_row_is_named_by_line_and_reason_and_spoils_no_other() {
    let folder = tempfile::tempdir().expect("folder");
    let mut content = [
        HEADER.to_owned(),
        row("501234566", "Good", "High Street"),
        "too,few".to_owned(),
        row("500000001", "\"torn", "High Street"),
        row("500000002", "Good", "High Street").replace("120.50", "£120"),
        row("500000003", "Good", "High Street").replace(",23,", ",99,"),
        row("501234566", "Twice", "High Street"),
        row("500000004", "Bell\u{7}", "High Street"),
        row("500000005", "\"Quoted, Ltd\"", "High Street"),
        row("", "Nobody", "High Street"),
    ]
    .join("\n")
    .into_bytes();
    content.extend(b"\n500000006,23,1.00,Mr,Caf\xe9,Latin,1 High Street,Barnsley,S70 2TA,,2026-11-20\n");
    content.extend(b"500000007,23,1.00,Mr,A,Stopped,1 High Street,Barnsley,S70 2TA,9,2026-11-20\n");
    let imported = take(folder.path(), &content, 1_000_000);
    assert_eq!(
        reasons(&imported),
        [
            (3, "wrong-number-of-columns"),
            (4, "quote-torn"),
            (5, "balance-not-an-amount"),
            (6, "fund-unknown"),
            (7, "account-twice"),
            (8, "text-not-plain"),
            (10, "reference-length"),
            (11, "not-utf8"),
            (12, "message-unknown"),
        ]
    );
    assert_eq!((imported.progress.taken, imported.progress.refused, imported.refusal), (2, 9, None));
}

#[test]
fn every_bad_row_is_listed_in_a_file_without_anything_of_what_is_in_it_until_the_next_import() {
    let folder = tempfile::tempdir().expect("folder");
    let bad = (0..250).map(|number| row(&format!("5{number:08}"), "Private", "Secret Street").replace("120.50", "much"));
    let twice = [row("123456780", "Good", "High Street"), row("123456780", "Private", "Secret Street")];
    let lines: Vec<String> = [HEADER.to_owned()].into_iter().chain(bad).chain(twice).collect();
    let imported = take(folder.path(), lines.join("\n").as_bytes(), 1_000_000);
    assert_eq!((imported.progress.refused, imported.bad_rows.len()), (251, 100));
    let list = folder.path().join("extract-refused.csv");
    let listed = std::fs::read_to_string(&list).expect("the list");
    let rows: Vec<&str> = listed.lines().collect();
    assert_eq!(rows.len(), 252);
    assert_eq!((rows[0], rows[1]), ("Line,Reason,Column", "2,balance-not-an-amount,CurrentBalance"));
    assert_eq!(rows[251], "253,account-twice,AccountReference");
    assert!(!listed.contains("Private") && !listed.contains("Secret") && !listed.contains("123456780"), "{listed}");
    take(folder.path(), [HEADER.to_owned(), row("123456780", "Good", "High Street")].join("\n").as_bytes(), 0);
    assert!(!list.exists());
}

#[test]
fn too_many_bad_rows_no_header_and_another_encoding_refuse_the_whole_extract() {
    let folder = tempfile::tempdir().expect("folder");
    let some_bad = [HEADER.to_owned(), row("501234566", "Good", "High Street"), "bad".to_owned()].join("\n");
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(some_bad.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for (content, refusal) in [
        (some_bad.into_bytes(), "extract-too-many-bad-rows"),
        (utf16, "extract-not-utf8"),
        (b"Name,Amount\nA,1\n".to_vec(), "extract-columns-missing"),
        (Vec::new(), "extract-empty"),
        (HEADER.as_bytes().to_vec(), "extract-empty"),
    ] {
        let imported = take(folder.path(), &content, 10_000);
        assert_eq!(imported.refusal, Some(refusal));
        assert!(!folder.path().join("accounts/extract-1.db").exists(), "{refusal}: a file was left behind");
    }
}

#[test]
fn a_cancelled_import_leaves_nothing_behind() {
    let folder = tempfile::tempdir().expect("folder");
    let csv = folder.path().join("accounts.csv");
    let rows: Vec<String> = (0..12_000).map(|number| row(&format!("5{number:08}"), "Good", "High Street")).collect();
    std::fs::write(&csv, format!("{HEADER}\n{}\n", rows.join("\n"))).expect("csv");
    let target = folder.path().join("accounts/extract-1.db");
    let today = NaiveDate::from_ymd_opt(2026, 11, 23).expect("day");
    let settings = Settings {
        knows_fund: &|_| true,
        knows_message: &|_, _| true,
        today,
        judged_by: "a pack",
        bad_rows_in_a_million: 0,
        refused_rows: &folder.path().join("extract-refused.csv"),
    };
    let imported = import(&csv, &target, &settings, &mut |progress| progress.rows < 10_000).expect("answered");
    assert!(imported.cancelled);
    assert_eq!(imported.progress.rows, 10_000);
    assert!(!target.exists());
    // While the rows are made findable it can be stopped between any two steps.
    for step in 1..=4 {
        let mut steps = 0;
        let imported = import(&csv, &target, &settings, &mut |progress| {
            steps += u32::from(progress.indexing);
            steps < step
        })
        .expect("answered");
        assert!(imported.cancelled && !target.exists(), "step {step}");
    }
}
