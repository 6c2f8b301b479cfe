//! The delivered packs become councils, and their references fit as the councils' own rules say.

use crate::delivered::{BARNSLEY, BOTH, DYFFRYN, council, files, folder};
use argon2::password_hash::PasswordVerifier;
use argon2::password_hash::phc::PasswordHash;
use counterfoil_domain::Pence;
use counterfoil_domain::barcode;
use counterfoil_domain::council::{MoneyForm, MopKind};
use counterfoil_domain::ims_codes::ImsCodes;
use counterfoil_domain::money::MAX_AMOUNT;
use counterfoil_domain::receipt::receipt_number;
use counterfoil_domain::reference::{Fit, Misfit, Strength, fit_fund, propose, readable};
use counterfoil_domain::text::{Language, Words};
use counterfoil_pack::{PackFiles, check};

fn fit(pack: &str, fund: &str, reference: &str, exists: bool) -> Fit {
    let council = council(pack);
    let fund = council.fund(fund).expect("the fund");
    fit_fund(&council, fund, &readable(reference).expect("readable"), &mut |_, _| exists)
}

fn fits(reference: &str, strength: Strength) -> Fit {
    Fit::Fits { reference: reference.to_owned(), strength }
}

#[test]
fn both_packs_are_without_fault() {
    for pack in BOTH {
        let council = council(pack);
        assert!(council.funds.iter().any(|fund| fund.at_counter), "{pack}");
    }
}

#[test]
fn each_pack_says_what_its_codes_are_in_the_ims() {
    let (barnsley, dyffryn) = (council(BARNSLEY).ims_codes, council(DYFFRYN).ims_codes);
    assert_eq!((barnsley.mop("JR", false), barnsley.mop("JR", true), barnsley.mop("1", false)), ("10", "11", "1"));
    assert_eq!((barnsley.user("12"), barnsley.fund("23"), barnsley.office("CH")), (Some(12), "23", "CH"));
    assert_eq!((dyffryn.mop("CA", true), dyffryn.fund("CTAX"), dyffryn.vat_code("S"), dyffryn.office("T")), ("1", "23", "W0", "TA"));
    assert_eq!((dyffryn.user("seren"), dyffryn.user("mynydd")), (Some(12), Some(1)));
}

#[test]
fn a_stored_pack_from_before_the_ims_s_codes_reads_as_it_did() {
    let older = files(BARNSLEY).names().filter(|name| *name != "localgov_ims.toml").map(str::to_owned).collect::<Vec<_>>();
    let files = PackFiles::from_files(older.into_iter().map(|name| (name.clone(), files(BARNSLEY).get(&name).unwrap().to_vec()))).unwrap();
    let again = PackFiles::from_bundle(&files.to_bundle()).unwrap();
    assert_eq!((again.sha256(), &again), (files.sha256(), &files));
    assert_eq!(check(&again).unwrap().ims_codes, ImsCodes::default());
}

#[test]
fn barnsley_s_published_references_fit_their_funds() {
    // Council Tax, rates and rents must have an account; a fine needn't, and then its check digit speaks for it.
    for (fund, reference) in [("23", "501234566"), ("24", "123456780"), ("5", "12345678902")] {
        assert_eq!(fit(BARNSLEY, fund, reference, true), fits(reference, Strength::Account), "{reference}");
        assert_eq!(fit(BARNSLEY, fund, reference, false), Fit::Misfits(Misfit::AccountUnknown), "{reference}");
    }
    for (fund, reference) in [("11", "BJ12345673"), ("2R", "FP1234567A"), ("5M", "21927001234565")] {
        assert_eq!(fit(BARNSLEY, fund, reference, false), fits(reference, Strength::CheckDigit), "{reference}");
    }
    for (fund, reference) in [("11", "BJ12345674"), ("2R", "FP12345670"), ("5M", "21927001234566")] {
        assert_eq!(fit(BARNSLEY, fund, reference, false), Fit::Misfits(Misfit::CheckDigit), "{reference}");
    }
    assert_eq!(fit(BARNSLEY, "3U", "als/1234/5678", false), fits("ALS/1234/5678", Strength::Shape));
}

#[test]
fn check_digits_of_council_tax_and_rents_hold_where_no_account_need_exist() {
    let council = council(BARNSLEY);
    for (fund, right, wrong) in [("23", "501234566", "501234567"), ("23", "123456780", "123456781"), ("5", "12345678902", "12345678903")] {
        let mut fund = council.fund(fund).unwrap().clone();
        fund.account_must_exist = false;
        assert_eq!(fit_fund(&council, &fund, right, &mut |_, _| false), fits(right, Strength::CheckDigit));
        assert_eq!(fit_fund(&council, &fund, wrong, &mut |_, _| false), Fit::Misfits(Misfit::CheckDigit));
    }
}

#[test]
fn dyffryn_s_references_fit_by_other_rules_altogether() {
    assert_eq!(fit(DYFFRYN, "CTAX", "501231231/123/123", true), fits("501231231", Strength::Account), "what the bill prints");
    assert_eq!(fit(DYFFRYN, "CTAX", "601231231", true), Fit::Misfits(Misfit::Pattern));
    assert_eq!(fit(DYFFRYN, "NDR", "AB-123456", true), Fit::Misfits(Misfit::Characters));
    assert_eq!(fit(DYFFRYN, "PCN", "dy1234567q", false), fits("DY1234567Q", Strength::Shape));
    // 1×8 + 2×7 + 3×6 + 4×5 + 5×4 + 6×3 + 7×2 = 112; 112 mod 11 = 2; 11 − 2 = 9.
    let council = council(DYFFRYN);
    let tenancy = council.validator("tenancy").unwrap();
    assert!(tenancy.check_digit_holds("12345679") && !tenancy.check_digit_holds("12345670"));
    // GW1234?-: 73 stands for GW: 7×6 + 3×5 + 1×4 + 2×3 + 3×2 + 4×1 = 77; 5×1 + 6×2 + 7×3 = 38; 115 mod 7 = 3.
    assert_eq!(fit(DYFFRYN, "GWASB", "GW12343-567", false), fits("GW12343-567", Strength::CheckDigit), "a check digit inside");
    assert_eq!(fit(DYFFRYN, "GWASB", "GW12344-567", false), Fit::Misfits(Misfit::CheckDigit));
}

#[test]
fn a_reference_that_two_of_dyffryn_s_funds_could_take_is_given_to_both_by_shape_and_to_one_by_account() {
    let council = council(DYFFRYN);
    // Seven digits from 5: an overpayment, or an invoice.
    let both = propose(&council, "5123456", &mut |_, _| true);
    let codes: Vec<&str> = both.iter().map(|fit| fit.fund_code.as_str()).collect();
    assert!(codes.contains(&"HBOP") && codes.contains(&"SDR"), "{codes:?}");
    let one = propose(&council, "5123456", &mut |fund, _| fund == "HBOP");
    assert_eq!(one.first().map(|fit| (fit.fund_code.as_str(), fit.strength)), Some(("HBOP", Strength::Account)));
}

#[test]
fn each_pack_s_barcodes_are_read() {
    for (pack, text, reference, amount, fund) in [
        (BARNSLEY, "982650123456600018450", "501234566", Some(18_450), Some("23")),
        (BARNSLEY, "98271234567890200009120", "12345678902", Some(9_120), Some("5")),
        (BARNSLEY, "]C09828 1 03769511470 00006000 3", "3769511470", Some(6_000), Some("19")),
        (DYFFRYN, "]C0DA10005012312310012050", "501231231", Some(12_050), Some("CTAX")),
        (DYFFRYN, "770001250000123456", "123456", Some(12_500), None),
        (DYFFRYN, "]Q1QPCTAX0005012312310", "501231231", None, Some("CTAX")),
    ] {
        let readings = barcode::read(&council(pack).barcodes, text);
        let [read] = readings.scanned.as_slice() else { panic!("{text}: {readings:?}") };
        assert_eq!((read.reference.as_str(), read.amount, read.fund_code.as_deref()), (reference, amount.map(Pence), fund), "{text}");
    }
    let misread = barcode::read(&council(BARNSLEY).barcodes, "9828103769511470000060103");
    assert!(misread.misread && misread.scanned.is_empty(), "{misread:?}");
}

#[test]
fn the_documented_secrets_open_the_documented_users() {
    for (pack, secrets) in [
        (BARNSLEY, &[("12", "1212"), ("14", "1414"), ("20", "2020"), ("21", "2121"), ("90", "9090")][..]),
        (DYFFRYN, &[("seren", "seren-2026"), ("afon", "afon-2026"), ("mynydd", "mynydd-2026")][..]),
    ] {
        let council = council(pack);
        let readme = std::fs::read_to_string(folder(pack).join("README.md")).unwrap();
        for (code, secret) in secrets {
            let user = council.user(code).expect("the user");
            let hash = PasswordHash::new(&user.secret_hash).expect("PHC");
            assert!(argon2::Argon2::default().verify_password(secret.as_bytes(), &hash).is_ok(), "{code}");
            assert!(argon2::Argon2::default().verify_password(b"0000", &hash).is_err(), "{code}");
            assert!(readme.contains(&format!("| `{code}` | `{secret}` |")), "{pack}'s README names {code} and its secret");
        }
    }
}

#[test]
fn raw_maxima_above_the_counter_s_own_become_the_counter_s_own() {
    let council = council(BARNSLEY);
    assert_eq!(council.fund("19").unwrap().maximum, MAX_AMOUNT);
    assert_eq!(council.fund("3U").unwrap().maximum, Pence(9_999));
    assert!(council.funds.iter().all(|fund| fund.maximum <= MAX_AMOUNT));
}

#[test]
fn the_counter_has_what_a_counter_needs() {
    for pack in BOTH {
        let council = council(pack);
        for kind in [MopKind::Cash, MopKind::Cheque, MopKind::Card, MopKind::PostalOrder] {
            assert_eq!(council.mops.iter().filter(|mop| mop.kind == kind && !mop.disabled).count(), 1, "{pack} {kind:?}");
        }
        assert!(council.denominations.is_sorted_by(|a, b| a.value >= b.value), "{pack}: largest first");
        assert!(council.denominations.iter().any(|one| one.form == MoneyForm::OtherNote), "{pack}");
        for office in &council.offices {
            assert!(receipt_number(&council.receipt.number, &office.code, "07", 1).is_ok(), "{pack}");
        }
    }
    assert_eq!(receipt_number(&council(BARNSLEY).receipt.number, "CH", "07", 42).as_deref(), Ok("CH07-0000042"));
    assert_eq!(receipt_number(&council(DYFFRYN).receipt.number, "T", "2", 42).as_deref(), Ok("DA/T/2/42"));
}

#[test]
fn everything_that_is_shown_has_its_welsh() {
    for pack in BOTH {
        let council = council(pack);
        assert!(council.identity.languages.contains(&Language::Welsh), "{pack}");
        let names = [&council.identity.name].into_iter().chain(&council.identity.sign_in_hint);
        let shown: Vec<&Words> = names
            .chain(council.offices.iter().map(|office| &office.name))
            .chain(
                council
                    .funds
                    .iter()
                    .flat_map(|fund| [Some(&fund.name), fund.reference_label.as_ref(), fund.reference_hint.as_ref()])
                    .flatten(),
            )
            .chain(council.mops.iter().map(|mop| &mop.name))
            .chain(council.messages.iter().map(|message| &message.text))
            .chain(council.roles.iter().map(|role| &role.name))
            .chain(council.reasons.iter().map(|reason| &reason.text))
            .chain(council.receipt.header.iter().chain(&council.receipt.footer))
            .collect();
        assert!(shown.len() > 40, "{pack}");
        for words in shown {
            assert!(words.welsh.is_some(), "{pack}: {}", words.english);
        }
    }
}

#[test]
fn the_printer_s_logo_is_black_on_white_and_fits_the_paper() {
    let brand = council(BARNSLEY).brand;
    let bitmap = brand.logo_bitmap.expect("a logo");
    assert!(bitmap.width <= 512 && bitmap.width > 0);
    assert_eq!(bitmap.rows.len(), (bitmap.width.div_ceil(8) * bitmap.height) as usize);
    let black: u32 = bitmap.rows.iter().map(|byte| byte.count_ones()).sum();
    // A line drawing: some ink, mostly paper, and none in the corner.
    assert!(black > 500 && black < bitmap.width * bitmap.height / 2, "{black}");
    assert_eq!(bitmap.rows[0] & 0x80, 0);
    assert!(brand.logo_svg.is_some());
}

#[test]
fn the_demonstration_s_account_holders_have_references_of_their_funds() {
    let council = council(BARNSLEY);
    let mut reader = csv::Reader::from_path(folder(BARNSLEY).join("demonstration/accounts.csv")).unwrap();
    assert_eq!(reader.headers().unwrap().len(), 19);
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 300);
    let mut seen = std::collections::BTreeSet::new();
    for row in &rows {
        let (reference, fund, message) = (&row[0], council.fund(&row[1]).expect("a fund"), &row[17]);
        assert!(seen.insert((row[1].to_owned(), reference.to_owned())), "{reference} comes once");
        let validator = council.validator(fund.validator.as_deref().unwrap()).unwrap();
        assert!(
            validator.length_fits(reference) && validator.mask_fits(reference) && validator.check_digit_holds(reference),
            "{reference}"
        );
        assert!(message.is_empty() || council.message(&fund.code, message.parse().unwrap()).is_some(), "{reference}");
    }
    let fixed = |reference: &str| rows.iter().find(|row| &row[0] == reference).map(|row| (row[2].to_owned(), row[17].to_owned()));
    assert_eq!(fixed("501234566"), Some(("1204.50".into(), String::new())));
    assert_eq!(fixed("12345678902").unwrap().1, "4");
    assert_eq!(fixed("12345678914").unwrap().1, "1");
}
