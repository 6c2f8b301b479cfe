//! What comes down to a till: the pack and the extract of account holders, whole or as changes.

use crate::common::Centre;
use counterfoil_ledger::reference::{put_extract, put_pack};
use counterfoil_pack::PackFiles;
use counterfoil_testkit::hub_till::{HubTill, Taking};
use counterfoil_testkit::till::demonstration_pack;
use counterfoil_wire::Hash;
use counterfoil_wire::reference::Reference;

const HEADER: &str = "AccountReference,FundCode,CurrentBalance,Surname\n";

fn put(centre: &Centre, rows: &str) -> u64 {
    let csv = centre.folder.path().join("extract.csv");
    std::fs::write(&csv, format!("{HEADER}{rows}")).unwrap();
    centre.hub.as_administrator(async |ledger| put_extract(ledger, &csv).await).unwrap().0
}

fn put_demonstration_pack(centre: &Centre) -> Hash {
    let files = PackFiles::read_dir(&demonstration_pack()).unwrap();
    centre.hub.as_administrator(async |ledger| put_pack(ledger, &files).await).unwrap()
}

fn reference(till: &HubTill, have: &str) -> Reference {
    till.signed_get(&format!("/v1/reference?{have}")).json()
}

fn fetched(till: &HubTill, path: &str) -> String {
    String::from_utf8(till.signed_get(path).body).unwrap()
}

#[test]
fn a_pack_is_offered_until_the_till_has_it_and_is_the_bundle_that_its_hash_says() {
    let centre = Centre::new();
    let mut till = centre.till();
    assert_eq!(reference(&till, ""), Reference::default());
    assert!(!till.send(&[]).reference_waiting);
    let sha256 = put_demonstration_pack(&centre);
    assert!(till.send(&[]).reference_waiting);
    let offer = reference(&till, &format!("have_pack={}", "0".repeat(64))).pack.unwrap();
    let bundle = till.signed_get(&format!("/v1/reference/pack/{}", offer.sha256)).body;
    assert_eq!((Hash::of(&bundle), bundle.len() as u64), (sha256, offer.bytes));
    assert!(counterfoil_pack::check(&PackFiles::from_bundle(&bundle).unwrap()).is_ok());
    till.state.pack_sha256 = Some(sha256.to_string());
    assert!(!till.send(&[]).reference_waiting);
    assert_eq!(reference(&till, &format!("have_pack={sha256}")).pack, None);
    assert_eq!(till.signed_get(&format!("/v1/reference/pack/{}", "0".repeat(64))).status, 404);
    assert_eq!(centre.unknown_till().get("/v1/reference", &[]).problem(), "signature-wrong");
}

#[test]
fn an_extract_comes_whole_to_a_till_that_has_none_and_as_changes_to_one_that_has_an_earlier_one() {
    let centre = Centre::new();
    let till = centre.till();
    let many: String = (0..50).map(|row| format!("A{row},23,1.00,Same\n")).collect();
    let first = put(&centre, &format!("{many}B1,23,1.00,Gone\nB2,23,1.00,Dearer\nb2,23,9.00,Twice\n"));
    let offer = reference(&till, "").extract.unwrap();
    assert_eq!((offer.version, offer.rows, offer.changes), (first, 53, None));
    let csv = fetched(&till, &format!("/v1/reference/extract/{first}"));
    assert_eq!(csv, format!("{HEADER}{many}B1,23,1.00,Gone\nB2,23,1.00,Dearer\nb2,23,9.00,Twice\n"));
    assert_eq!((offer.snapshot.sha256, offer.snapshot.bytes), (Hash::of(csv.as_bytes()), csv.len() as u64));

    let second = put(&centre, &format!("{many}B2,23,2.00,Dearer\nB3,23,1.00,\"New, here\""));
    let offer = reference(&till, &format!("have_extract={first}")).extract.unwrap();
    let changes = fetched(&till, &format!("/v1/reference/extract/{second}?from={first}"));
    assert_eq!(changes, format!("Change,{HEADER}-,B1,23,1.00,Gone\n+,B2,23,2.00,Dearer\n+,B3,23,1.00,\"New, here\"\n"));
    assert_eq!(offer.changes.unwrap().sha256, Hash::of(changes.as_bytes()));
    assert_eq!(reference(&till, &format!("have_extract={second}")).extract, None);
}

#[test]
fn every_row_of_a_large_extract_can_change() {
    let centre = Centre::new();
    let till = centre.till();
    let rows = |balance: &str| (0..30_000).map(|row| format!("A{row},23,{balance},Somebody of some street\n")).collect::<String>();
    let first = put(&centre, &rows("1.00"));
    let second = put(&centre, &rows("2.00"));
    let changes = fetched(&till, &format!("/v1/reference/extract/{second}?from={first}"));
    assert_eq!(changes.lines().count(), 30_001);
    assert!(fetched(&till, &format!("/v1/reference/extract/{second}")) == format!("{HEADER}{}", rows("2.00")));
    assert_eq!(reference(&till, &format!("have_extract={first}")).extract.unwrap().changes, None, "they are more than the whole");
}

#[test]
fn changes_are_not_told_since_an_extract_of_other_columns_or_of_long_ago() {
    let centre = Centre::new();
    let till = centre.till();
    let other = centre.folder.path().join("other.csv");
    std::fs::write(&other, "FundCode,AccountReference,Surname,CurrentBalance\n23,A1,Same,1.00\n").unwrap();
    let (first, _) = centre.hub.as_administrator(async |ledger| put_extract(ledger, &other).await).unwrap();
    let rows: String = (0..50).map(|row| format!("A{row},23,1.00,Same\n")).collect();
    let second = put(&centre, &rows);
    assert_eq!(reference(&till, &format!("have_extract={first}")).extract.unwrap().changes, None);
    let mut last = second;
    for _ in 0..5 {
        last = put(&centre, &rows);
    }
    assert_eq!(reference(&till, &format!("have_extract={second}")).extract.unwrap().changes, None);
    let offer = reference(&till, &format!("have_extract={}", last - 1)).extract.unwrap();
    assert_eq!(fetched(&till, &format!("/v1/reference/extract/{last}?from={}", last - 1)), format!("Change,{HEADER}"));
    assert_eq!(offer.changes.unwrap().bytes, HEADER.len() as u64 + 7);
    assert_eq!(till.signed_get(&format!("/v1/reference/extract/{first}")).status, 404);
    assert_eq!(centre.number("SELECT count(*) FROM extracts"), 5);
}

#[test]
fn a_file_that_is_no_extract_changes_nothing() {
    let centre = Centre::new();
    let csv = centre.folder.path().join("other.csv");
    for text in ["", "a,b\n1,2\n", &format!("{HEADER}{}", "x".repeat(20_000))] {
        std::fs::write(&csv, text).unwrap();
        assert!(centre.hub.as_administrator(async |ledger| put_extract(ledger, &csv).await).is_err());
    }
    assert_eq!(centre.number("SELECT count(*) FROM extracts"), 0);
}

#[test]
fn a_posting_that_breaks_the_pack_s_rules_is_accepted_into_suspense_with_its_reason() {
    let centre = Centre::new();
    let mut till = centre.till();
    till.send(&[Taking { fund_code: "ZZZ", ..Taking::of(1, 100) }.body()]);
    put_demonstration_pack(&centre);
    till.send(&[
        Taking::of(2, 200).body(),
        Taking { fund_code: "ZZZ", ..Taking::of(3, 300) }.body(),
        Taking { mop_code: "ZZZ", ..Taking::of(4, 400) }.body(),
        String::from_utf8(Taking::of(5, 500).body()).unwrap().replace("\"office_code\":\"CH\"", "\"office_code\":\"ZZZ\"").into_bytes(),
    ]);
    let rows = centre.rows("SELECT fund_code, held_fund, held_reason FROM postings ORDER BY seq");
    let held: Vec<(&str, Option<&str>, Option<&str>)> = rows.iter().map(|row| (row.get(0), row.get(1), row.get(2))).collect();
    assert_eq!(
        held,
        [
            ("ZZZ", None, None),
            ("23", None, None),
            ("ZZZ", Some("1"), Some("fund-unknown")),
            ("23", Some("1"), Some("mop-unknown")),
            ("23", Some("1"), Some("office-unknown")),
        ]
    );
    // As the till posted it, whatever the ledger moved.
    assert_eq!(till.send(&[]).totals.unwrap().funds.len(), 2);
}
