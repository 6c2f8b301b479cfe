//! Extracts under the council packs that the repository delivers.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "the functions around the tests may panic like the tests")]

use chrono::NaiveDate;
use counterfoil_domain::Council;
use counterfoil_domain::council::Fund;
use counterfoil_domain::reference::{Fit, fit_fund};
use counterfoil_pack::{PackFiles, check};
use counterfoil_synthetic::{Settings, write_extract};
use std::fs;
use std::path::{Path, PathBuf};

fn packs() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/packs");
    let all = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    all.filter(|path| path.join("council.toml").is_file()).collect()
}

fn council(pack: &Path) -> Council {
    let problems = |problems: Vec<_>| problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    PackFiles::read_dir(pack).map_err(problems).and_then(|files| check(&files).map_err(problems)).expect("a pack without fault")
}

fn rows(council: &Council, rows: u64) -> Vec<csv::StringRecord> {
    let as_at = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
    let mut bytes = Vec::new();
    write_extract(council, &Settings { rows, seed: 1, bad_per_million: 0, as_at }, &mut bytes).unwrap();
    csv::Reader::from_reader(bytes.as_slice()).records().map(Result::unwrap).collect()
}

#[test]
fn under_each_pack_every_reference_is_one_that_its_fund_takes() {
    let packs = packs();
    assert!(packs.len() >= 2, "{packs:?}");
    for pack in packs {
        let council = council(&pack);
        for row in rows(&council, 2_000) {
            // As if the account needn't exist: then mask and check digit are asked too.
            let fund = Fund { account_must_exist: false, ..council.fund(&row[1]).expect("a fund of the council").clone() };
            let fit = fit_fund(&council, &fund, &row[0], &mut |_, _| false);
            assert!(matches!(&fit, Fit::Fits { reference, .. } if *reference == row[0]), "{}, {row:?}: {fit:?}", pack.display());
        }
    }
}

#[test]
fn under_the_demonstration_pack_the_holders_that_guides_name_come_first() {
    let pack = packs().into_iter().find(|pack| pack.ends_with("barnsley-demo")).expect("the demonstration pack");
    let references: Vec<String> = rows(&council(&pack), 4).iter().map(|row| row[0].to_owned()).collect();
    assert_eq!(references, ["501234566", "12345678902", "12345678914", "12345678926"]);
}
