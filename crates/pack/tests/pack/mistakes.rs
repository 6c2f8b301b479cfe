//! Each field wrong in turn: the problem names the file, the place and a stable code.

use crate::delivered::{BARNSLEY, DYFFRYN, changed, lines, loose, problems_of};
use counterfoil_pack::codes;

/// What is changed in which file, to what, and the place and code that must come of it.
type Mistake = (&'static str, &'static str, &'static str, &'static str, &'static str);

#[track_caller]
fn each_is_found(pack: &str, mistakes: &[Mistake]) {
    for (file, from, to, place, code) in mistakes {
        let problems = problems_of(changed(pack, file, from, to));
        let found = problems.iter().any(|problem| problem.file == *file && problem.place.ends_with(place) && problem.code == *code);
        assert!(found, "{file}: {from:?} to {to:?} should be {code} at {place:?}, and is:\n{}", lines(&problems));
    }
}

#[test]
fn mistakes_of_identity_are_found() {
    each_is_found(
        BARNSLEY,
        &[
            ("council.toml", "format = 1", "format = 2", "line 2, format", codes::FORMAT_NEWER),
            ("council.toml", "format = 1", "format = 0", "format", codes::OUT_OF_BOUNDS),
            ("council.toml", "format = 1\n", "", "format", codes::FIELD_MISSING),
            ("council.toml", "\"BARNSLEYDEMO\"", "\"BARNSLEY-1\"", "line 4, code", codes::NOT_VALID),
            ("council.toml", "Europe/London", "Europe/Barnsley", "time_zone", codes::NOT_VALID),
            ("council.toml", "[\"en-GB\", \"cy\"]", "[\"en-GB\", \"en-GB\"]", "languages[1]", codes::DUPLICATE),
            ("council.toml", "[\"en-GB\", \"cy\"]", "[\"fr\"]", "languages[0]", codes::NOT_VALID),
            ("council.toml", "[\"en-GB\", \"cy\"]", "[]", "languages", codes::OUT_OF_BOUNDS),
            ("council.toml", "vat_number = \"GB 000 0000 00\"\n", "", "vat_number", codes::NOT_COMPLETE),
            ("council.toml", "GB 000 0000 00", "GB 000", "vat_number", codes::OUT_OF_BOUNDS),
            ("council.toml", "demonstration = true", "demonstration = \"yes\"", "demonstration", codes::WRONG_TYPE),
            ("council.toml", "demonstration = true", "demonstration = false", "sign_in_hint", codes::CONTRADICTION),
            ("council.toml", "demonstration = true", "demonstration = true\ncolour = 1", "line 12, colour", codes::FIELD_UNKNOWN),
            ("council.toml", "cy = \"Cyngor", "fr = \"Cyngor", "name.fr", codes::FIELD_UNKNOWN),
            ("offices.csv", "CH,Civic Hall", "CHH,Civic Hall", "line 2, code", codes::OUT_OF_BOUNDS),
            ("offices.csv", "PR,Post Room", "ch,Post Room", "line 4, code", codes::DUPLICATE),
            ("offices.csv", "CH,Civic Hall", "CH,", "line 2, name", codes::FIELD_MISSING),
            ("receipt.toml", "{till}", "", "number", codes::NOT_VALID),
            ("receipt.toml", "{serial:07}", "{serial:24}", "number", codes::NOT_VALID),
            ("receipt.toml", "-{serial", "{serial", "number", codes::CONTRADICTION),
            ("brand.toml", "#ffffff", "#1d4f92", "line 3, on_colour", codes::CONTRAST),
            ("brand.toml", "#ffffff", "white", "on_colour", codes::OUT_OF_BOUNDS),
        ],
    );
}

#[test]
fn a_number_that_tills_of_two_offices_could_share_is_found_where_codes_of_offices_differ_in_length() {
    let problems = problems_of(changed(BARNSLEY, "offices.csv", "99,Batch Import", "9,Batch Import"));
    assert!(
        problems.iter().any(|problem| (problem.file.as_str(), problem.code) == ("receipt.toml", codes::CONTRADICTION)),
        "{}",
        lines(&problems)
    );
}

#[test]
fn mistakes_of_income_are_found() {
    each_is_found(
        BARNSLEY,
        &[
            ("funds.toml", "vat_code = \"N0\"", "vat_code = \"N9\"", "line 7, funds[0].vat_code", codes::REFERENCE_UNKNOWN),
            ("funds.toml", "validator = \"Parking Fines\"", "validator = \"Parking\"", "funds[4].validator", codes::REFERENCE_UNKNOWN),
            ("funds.toml", "code = \"24\"", "code = \"23\"", "funds[1].code", codes::DUPLICATE),
            ("funds.toml", "code = \"23\"", "code = \"COUNCIL\"", "funds[0].code", codes::OUT_OF_BOUNDS),
            ("funds.toml", "\"Council Tax\"", "\"\"", "funds[0].name.en-GB", codes::OUT_OF_BOUNDS),
            ("funds.toml", "\"999999.99\"", "\"10000000.00\"", "funds[0].maximum", codes::OUT_OF_BOUNDS),
            ("funds.toml", "\"999999.99\"", "\"0.00\"", "funds[0].maximum", codes::CONTRADICTION),
            ("funds.toml", "\"999999.99\"", "\"999.999\"", "funds[0].maximum", codes::NOT_VALID),
            ("funds.toml", "\"999999.99\"", "\"-1\"", "funds[0].maximum", codes::NOT_VALID),
            ("funds.toml", "\"999999.99\"", "999999.99", "funds[0].maximum", codes::WRONG_TYPE),
            ("funds.toml", "\"999999.99\"", "2026-11-23", "funds[0].maximum", codes::WRONG_TYPE),
            ("funds.toml", "\"999999.99\"", "9999999999999999999999", "funds[0].maximum", codes::WRONG_TYPE),
            ("funds.toml", "suspense = true\n", "", "funds", codes::NOT_COMPLETE),
            ("funds.toml", "at_counter = true", "at_counter = true\nsuspense = true", "funds[15].suspense", codes::DUPLICATE),
            ("funds.toml", "suspense = true", "suspense = true\ndisabled = true", "funds[15].disabled", codes::CONTRADICTION),
            ("funds.toml", "may_overpay = true", "may_overpaid = true", "funds[0].may_overpaid", codes::FIELD_UNKNOWN),
            ("mops.csv", "1,Cash,Arian parod,cash", "1,Cash,Arian parod,coins", "line 2, kind", codes::NOT_VALID),
            ("mops.csv", "1,Cash,Arian parod,cash", "1,Cash,Arian parod,card", "", codes::NOT_COMPLETE),
            ("mops.csv", "cash,0.00,9999999.99,no", "cash,5.01,5.00,no", "line 2, minimum", codes::CONTRADICTION),
            ("mops.csv", "cash,0.00,9999999.99,no", "cash,0.00,0.00,no", "line 2, maximum", codes::CONTRADICTION),
            ("mops.csv", "cash,0.00,9999999.99,no", "cash,0.00,9999999.99,maybe", "line 2, disabled", codes::NOT_VALID),
            ("mops.csv", "cash,0.00,9999999.99,no", "cash,0.00,,no", "line 2, maximum", codes::FIELD_MISSING),
            ("mops.csv", "code,name,name_cy", "code,nom,name_cy", "line 1, nom", codes::FIELD_UNKNOWN),
            ("mops.csv", "code,name,name_cy", "code,nom,name_cy", "line 1, name", codes::FIELD_MISSING),
            ("mops.csv", "code,name,name_cy", "code,code,name_cy", "line 1, code", codes::DUPLICATE),
            ("vat.csv", "W0,0.2", "W0,20", "line 6, rate", codes::NOT_VALID),
            ("vat.csv", "W0,0.2", "W0,1.1", "line 6, rate", codes::OUT_OF_BOUNDS),
            ("messages.csv", "1,5,Squatter", "1,99,Squatter", "line 2, fund_code", codes::REFERENCE_UNKNOWN),
            ("messages.csv", "2,5,Do not", "1,5,Do not", "line 3, id", codes::DUPLICATE),
            ("messages.csv", "1,5,Squatter", "0,5,Squatter", "line 2, id", codes::NOT_VALID),
        ],
    );
}

#[test]
fn mistakes_of_the_ims_s_codes_are_found() {
    let file = "localgov_ims.toml";
    each_is_found(
        BARNSLEY,
        &[
            (file, "code = \"JR\"", "code = \"JX\"", "line 5, mops[0].code", codes::REFERENCE_UNKNOWN),
            (file, "code = \"JR\"\n", "", "mops[0].code", codes::FIELD_MISSING),
            (file, "in = \"10\"\n", "", "line 4, mops[0]", codes::CONTRADICTION),
            (file, "out = \"11\"", "out = \"11\"\nims_code = \"11\"", "line 4, mops[0]", codes::CONTRADICTION),
            (file, "in = \"10\"\nout = \"11\"", "", "line 4, mops[0]", codes::CONTRADICTION),
            (file, "in = \"10\"", "in = 10", "line 6, mops[0].in", codes::WRONG_TYPE),
            (file, "out = \"11\"", "out = \"TOOWIDE\"", "line 7, mops[0].out", codes::OUT_OF_BOUNDS),
        ],
    );
    each_is_found(
        DYFFRYN,
        &[
            (file, "other_users = 1", "other_users = -1", "other_users", codes::OUT_OF_BOUNDS),
            (file, "code = \"CC\"", "code = \"CA\"", "mops[1].code", codes::DUPLICATE),
            (file, "code = \"CTAX\"", "code = \"TAX\"", "funds[0].code", codes::REFERENCE_UNKNOWN),
            (file, "code = \"Z\"", "code = \"S\"", "vat_codes[1].code", codes::DUPLICATE),
            (file, "ims_code = \"TA\"", "ims_code = \"TRE\"", "offices[0].ims_code", codes::OUT_OF_BOUNDS),
            (file, "code = \"seren\"", "code = \"Seren\"", "users[0].code", codes::REFERENCE_UNKNOWN),
            (file, "number = 12", "number = \"12\"", "users[0].number", codes::WRONG_TYPE),
        ],
    );
}

#[test]
fn a_fund_may_not_name_a_vat_code_that_is_disabled() {
    let problems = problems_of(changed(BARNSLEY, "vat.csv", "W0,0.2,no", "W0,0.2,yes"));
    assert!(problems.iter().all(|problem| problem.file == "funds.toml" && problem.place.ends_with("vat_code")), "{}", lines(&problems));
    assert_eq!(problems.len(), 3);
}

#[test]
fn mistakes_of_references_are_found() {
    each_is_found(
        BARNSLEY,
        &[
            ("validators.toml", "min_length = 5", "min_length = 31", "validators[1].min_length", codes::OUT_OF_BOUNDS),
            ("validators.toml", "min_length = 10", "min_length = 11", "validators[2].min_length", codes::CONTRADICTION),
            ("validators.toml", "BJ#######@", "BJ######@", "validators[2].mask", codes::CONTRADICTION),
            ("validators.toml", "BJ#######@", "BJ######@@", "validators[2].mask", codes::CONTRADICTION),
            ("validators.toml", "mask = \"##########\"", "mask = \"#########@\"", "validators[4].mask", codes::CONTRADICTION),
            ("validators.toml", "min_length = 8", "min_length = 7", "validators[7].mask", codes::CONTRADICTION),
            ("validators.toml", "BJ#######@\"", "BJ#######@\"\nregex = \"(BJ\"", "validators[2].regex", codes::NOT_VALID),
            ("validators.toml", "BJ#######@\"", "BJ#######@\"\nregex = \"BJ)|(.*\"", "validators[2].regex", codes::NOT_VALID),
            ("validators.toml", "BJ#######@\"", "BJ#######@\"\nregex = \"(a{500}){500}\"", "validators[2].regex", codes::NOT_VALID),
            ("validators.toml", "BJ#######@\"", "BJ#######@\"\nprinted_form = \"BJ.*\"", "validators[2].printed_form", codes::NOT_VALID),
            ("validators.toml", "BJ#######@\"", "BJ#######@\"\ncharacters = \"greek\"", "validators[2].characters", codes::NOT_VALID),
            (
                "validators.toml",
                "check_digit = \"Parking Fines\"",
                "check_digit = \"Park\"",
                "validators[2].check_digit",
                codes::REFERENCE_UNKNOWN,
            ),
            ("validators.toml", "modulus = 11", "modulus = 1", "check_digits[0].modulus", codes::OUT_OF_BOUNDS),
            (
                "validators.toml",
                "weights = [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]",
                "weights = []",
                "check_digits[0].weights",
                codes::OUT_OF_BOUNDS,
            ),
            (
                "validators.toml",
                "weights = [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]",
                "weights = [0, 0]",
                "check_digits[0].weights",
                codes::CONTRADICTION,
            ),
            (
                "validators.toml",
                "weights = [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]",
                "weights = [9]",
                "validators[2].check_digit",
                codes::CONTRADICTION,
            ),
            ("validators.toml", "5, 4, 3, 2, 1, 0]", "5, 4, 3, 2, 1, 1]", "validators[2].check_digit", codes::CONTRADICTION),
            ("validators.toml", "from = 10, to = \"A\"", "from = 12, to = \"A\"", "result_substitutions[0].from", codes::CONTRADICTION),
            ("validators.toml", "from = 10, to = \"A\"", "from = 10, to = \"AB\"", "result_substitutions[0].to", codes::OUT_OF_BOUNDS),
            (
                "validators.toml",
                "scheme = \"weighted-sum\"",
                "scheme = \"dynix-library\"",
                "check_digits[0].source_substitution",
                codes::CONTRADICTION,
            ),
            ("barcodes.toml", "fund_code = \"23\"", "fund_code = \"99\"", "line 10, barcodes[0].fund_code", codes::REFERENCE_UNKNOWN),
            ("barcodes.toml", "start = 4, length = 9", "start = 13, length = 9", "barcodes[0].reference", codes::CONTRADICTION),
            ("barcodes.toml", "start = 13, length = 8", "start = 12, length = 8", "barcodes[0].amount", codes::CONTRADICTION),
            ("barcodes.toml", "start = 13, length = 8", "start = 10, length = 11", "barcodes[0].amount.length", codes::OUT_OF_BOUNDS),
            ("barcodes.toml", "length = 21", "length = 4", "barcodes[0].prefix", codes::CONTRADICTION),
            (
                "barcodes.toml",
                "check_digit = { name = \"Invoice barcode\"",
                "check_digit = { name = \"Invoices\"",
                "barcodes[2].check_digit.name",
                codes::REFERENCE_UNKNOWN,
            ),
            ("barcodes.toml", "start = 0, length = 25", "start = 0, length = 24", "barcodes[2].check_digit.length", codes::CONTRADICTION),
            ("barcodes.toml", "barcode = \"2\"", "barcode = \"1\"", "barcodes[2].funds[1].barcode", codes::DUPLICATE),
            ("barcodes.toml", "barcode = \"2\"", "barcode = \"22\"", "barcodes[2].funds[1].barcode", codes::CONTRADICTION),
            ("barcodes.toml", "fund_code = \"20\" }", "fund_code = \"99\" }", "barcodes[2].funds[1].fund_code", codes::REFERENCE_UNKNOWN),
            ("barcodes.toml", "ignored = \" \"", "ignored = \" 9\"", "barcodes[2].ignored", codes::CONTRADICTION),
            ("barcodes.toml", "ignored = \" \"", "fund_code = \"19\"", "barcodes[2].fund", codes::CONTRADICTION),
            ("barcodes.toml", "fund = { start = 4, length = 1 }\n", "", "barcodes[2].funds", codes::CONTRADICTION),
            (
                "barcodes.toml",
                "fund = { start = 4, length = 1 }",
                "fund = { start = 25, length = 1 }",
                "barcodes[2].fund",
                codes::CONTRADICTION,
            ),
            (
                "barcodes.toml",
                "length = 23\nprefix = \"9827\"\nreference = { start = 4, length = 11 }\namount = { start = 15, length = 8 }\nfund_code = \"5\"",
                "length = 21\nprefix = \"9826\"\nreference = { start = 4, length = 9 }\namount = { start = 13, length = 8 }\nfund_code = \"23\"",
                "barcodes[1]",
                codes::CONTRADICTION,
            ),
            ("barcodes.toml", "fund_code = \"23\"", "symbology = \"C0\"", "barcodes[0].symbology", codes::NOT_VALID),
            ("barcodes.toml", "fund_code = \"23\"", "strip_leading = \"00\"", "barcodes[0].strip_leading", codes::OUT_OF_BOUNDS),
        ],
    );
}

#[test]
fn mistakes_of_people_and_cash_are_found() {
    each_is_found(
        BARNSLEY,
        &[
            ("roles.toml", "\"open-session\"", "\"open-everything\"", "roles[0].rights[0]", codes::NOT_VALID),
            ("roles.toml", "\"take-payments\"", "\"open-session\"", "roles[0].rights[1]", codes::DUPLICATE),
            ("roles.toml", "code = \"supervisor\"", "code = \"cashier\"", "roles[1].code", codes::DUPLICATE),
            ("users.csv", "Sam Cashier,cashier", "Sam Cashier,teller", "line 2, roles", codes::REFERENCE_UNKNOWN),
            ("users.csv", "14,Alex", "12,Alex", "line 3, code", codes::DUPLICATE),
            ("users.csv", "argon2id", "argon2i", "line 2, secret_hash", codes::NOT_VALID),
            ("users.csv", "v=19$m=19456", "v=19$m=1024", "line 2, secret_hash", codes::NOT_VALID),
            ("users.csv", "v=19$m=19456", "v=19$m=4000000", "line 2, secret_hash", codes::NOT_VALID),
            ("users.csv", "t=2", "t=0", "line 2, secret_hash", codes::NOT_VALID),
            ("users.csv", "pin,\"$argon2id", "pin,1212,\"$argon2id", "line 2", codes::SYNTAX),
            ("users.csv", "Administrator,administrator", "Administrator,cashier", "", codes::NOT_COMPLETE),
            ("users.csv", "en-GB,no", "de,no", "line 2, language", codes::NOT_VALID),
            ("reasons.toml", "kind = \"void\"", "kind = \"avoid\"", "reasons[0].kind", codes::NOT_VALID),
            ("reasons.toml", "code = \"paid-twice\"", "code = \"keyed-wrong\"", "reasons[3].code", codes::DUPLICATE),
            ("denominations.toml", "value = \"50.00\"", "value = \"0.00\"", "denominations[0].value", codes::OUT_OF_BOUNDS),
            ("denominations.toml", "value = \"20.00\"", "value = \"50.00\"", "denominations[1].value", codes::DUPLICATE),
            ("denominations.toml", "bag = \"10.00\"", "bag = \"10.25\"", "denominations[16].bag", codes::CONTRADICTION),
            ("denominations.toml", "form = \"note\"", "form = \"note\"\nbag = \"500.00\"", "denominations[0].bag", codes::CONTRADICTION),
            ("policies.toml", "cash_limit = \"5000.00\"", "cash_limit = \"0\"", "line 2, cash_limit", codes::OUT_OF_BOUNDS),
            ("policies.toml", "lock_after_minutes = 10", "lock_after_minutes = 0", "lock_after_minutes", codes::OUT_OF_BOUNDS),
            ("policies.toml", "sign_in_failures = 5", "sign_in_failures = -5", "sign_in_failures", codes::OUT_OF_BOUNDS),
            ("policies.toml", "sign_in_failures = 5", "sign_in_failures = 5.0", "sign_in_failures", codes::WRONG_TYPE),
            ("policies.toml", "\"0.01\"", "\"1\"", "bad_rows_limit", codes::OUT_OF_BOUNDS),
            ("policies.toml", "\"0.01\"", "\"0.0000001\"", "bad_rows_limit", codes::NOT_VALID),
            ("policies.toml", "\"10.00\"", "\"5.00\"", "quick_notes[1]", codes::DUPLICATE),
            ("policies.toml", "\"1000.00\"", "\"100.00\"", "drawer_limit", codes::CONTRADICTION),
            ("policies.toml", "float = \"100.00\"\n", "", "float", codes::FIELD_MISSING),
        ],
    );
    let without_voids = String::from_utf8(loose(DYFFRYN)["reasons.toml"].clone()).unwrap().replace("\"void\"", "\"refund\"");
    let mut files = loose(DYFFRYN);
    files.insert("reasons.toml".into(), without_voids.into_bytes());
    let problems = problems_of(files);
    assert!(problems.iter().any(|problem| problem.code == codes::NOT_COMPLETE && problem.reason.contains("void")), "{}", lines(&problems));
}

#[test]
fn a_file_that_is_no_text_or_torn_is_named_with_its_line() {
    let tears: [(&str, &str, &[u8], &str, &str); 7] = [
        ("funds.toml", "code = \"24\"", b"code = \"2\xff\"", "line 17", codes::NOT_UTF8),
        ("funds.toml", "code = \"24\"", b"code = \"24", "line 17", codes::SYNTAX),
        ("funds.toml", "code = \"24\"", b"code = \"24\"\ncode = \"25\"", "line 18", codes::SYNTAX),
        ("users.csv", "\"$argon2id", b"$argon2id", "line 2", codes::SYNTAX),
        ("messages.csv", "4,5,Do Not Accept CHEQUES", b"4,5,\"Do Not Accept CHEQUES", "line 5", codes::SYNTAX),
        ("messages.csv", "Squatter", b"Squ\xe9tter", "line 2", codes::NOT_UTF8),
        ("offices.csv", "SP,Smart Pay", b"SP,Smart,Pay", "line 5", codes::SYNTAX),
    ];
    for (file, from, to, place, code) in tears {
        let mut files = loose(BARNSLEY);
        let bytes = files[file].clone();
        let at = bytes.windows(from.len()).position(|window| window == from.as_bytes()).expect("what is changed");
        files.insert(file.into(), [&bytes[..at], to, &bytes[at + from.len()..]].concat());
        let problems = problems_of(files);
        let found = problems.iter().any(|problem| problem.file == file && problem.place == place && problem.code == code);
        assert!(found, "{file} {place} {code}:\n{}", lines(&problems));
    }
}

#[test]
fn all_mistakes_are_listed_at_once_across_files() {
    let mut files = changed(BARNSLEY, "funds.toml", "vat_code = \"N0\"", "vat_code = \"N9\"");
    for (file, from, to) in [
        ("mops.csv", "1,Cash,Arian parod,cash", "1,Cash,Arian parod,coins"),
        ("policies.toml", "lock_after_minutes = 10", "lock_after_minutes = 0"),
        ("policies.toml", "sign_in_failures = 5", "sign_in_failures = \"five\""),
        ("brand.toml", "#ffffff", "#1d4f92"),
    ] {
        let text = String::from_utf8(files[file].clone()).unwrap();
        files.insert(file.into(), text.replacen(from, to, 1).into_bytes());
    }
    let found = lines(&problems_of(files));
    for place in [
        "brand.toml, line 3, on_colour: ",
        "funds.toml, line 7, funds[0].vat_code: there is no VAT code N9",
        "mops.csv, line 2, kind: must be one of cash, cheque, card, postal-order, internal",
        "policies.toml, line 7, sign_in_failures: must be a whole number",
        "policies.toml, line 8, lock_after_minutes: must be 1 or more",
    ] {
        assert!(found.contains(place), "{place} in\n{found}");
    }
    assert_eq!(found.lines().count(), 5, "{found}");
}

#[test]
fn a_problem_never_tells_a_secret_s_hash() {
    let hash = "ti5WrhkL0FKxNduyfMtUJg";
    let mut files = loose(BARNSLEY);
    let users = String::from_utf8(files["users.csv"].clone()).unwrap();
    assert!(users.contains(hash));
    for users in [users.replace("argon2id", "argon2x"), users.replace('"', ""), users.replace("m=19456", "m=99")] {
        files.insert("users.csv".into(), users.into_bytes());
        let problems = problems_of(files.clone());
        assert!(!problems.is_empty());
        assert!(!lines(&problems).contains(hash), "{}", lines(&problems));
    }
}

#[test]
fn a_pack_of_a_newer_format_is_refused_for_that_alone() {
    let mut files = changed(BARNSLEY, "council.toml", "format = 1", "format = 7\nnew_field = true");
    files.insert("funds.toml".into(), b"everything = \"else\"".to_vec());
    let problems = problems_of(files);
    assert_eq!(
        lines(&problems),
        "council.toml, line 2, format: this pack is of format 7, and this program reads format 1; update the program"
    );
}

#[test]
fn every_file_that_a_pack_needs_is_missed_and_the_others_are_not() {
    for file in loose(BARNSLEY).into_keys() {
        let mut files = loose(BARNSLEY);
        files.remove(&file);
        let problems = problems_of(files);
        match file.as_str() {
            "messages.csv" | "barcodes.toml" | "localgov_ims.toml" | "logo.svg" => {
                assert!(problems.is_empty(), "{file}: {}", lines(&problems))
            }
            "logo.png" => assert_eq!(lines(&problems), "receipt.toml, line 2, logo: is true, and the pack has no logo.png"),
            _ => {
                assert!(problems.iter().any(|problem| problem.file == file && problem.code == codes::FILE_MISSING), "{file}");
                assert_eq!(problems.len(), 1, "only the missing file: {}", lines(&problems));
            }
        }
    }
}

#[test]
fn pictures_that_run_something_or_are_no_pictures_are_refused() {
    let svg =
        |inside: &str| format!("<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">\n{inside}</svg>");
    let deep = format!("{}{}", "<g>".repeat(4_900), "</g>".repeat(4_900));
    for (inside, safe) in [
        ("<circle r=\"4\" fill=\"url(#a)\"/><use href=\"#b\"/>", true),
        ("<script>alert(1)</script>", false),
        ("<style>@import url(http://example.org)</style>", false),
        ("<circle r=\"4\" onload=\"alert(1)\"/>", false),
        ("<circle r=\"4\" style=\"fill:red\"/>", false),
        ("<circle r=\"4\" fill=\"URL( 'http://example.org/x#a')\"/>", false),
        ("<use href=\"http://example.org/x#a\"/>", false),
        ("<use xlink:href=\"data:image/svg+xml,x\"/>", false),
        ("<image href=\"#a\"/>", false),
        ("<foreignObject/>", false),
        ("<a href=\"#x\"/>", false),
        ("<animate attributeName=\"href\"/>", false),
        ("<?xml-stylesheet href=\"x.css\"?>", false),
        ("<g xmlns=\"http://www.w3.org/1999/xhtml\"/>", false),
        ("<g>", false),
        (deep.as_str(), false),
    ] {
        let mut files = loose(BARNSLEY);
        files.insert("logo.svg".into(), svg(inside).into_bytes());
        let problems = problems_of(files);
        let refused = problems.iter().any(|problem| problem.file == "logo.svg" && problem.code == codes::PICTURE);
        assert_eq!(!refused, safe, "{inside:.60}: {}", lines(&problems));
    }
    for svg in [
        "<!DOCTYPE svg [<!ENTITY a \"b\">]><svg xmlns=\"http://www.w3.org/2000/svg\">&a;</svg>",
        "<g xmlns=\"http://www.w3.org/2000/svg\"/>",
        "",
    ] {
        let mut files = loose(BARNSLEY);
        files.insert("logo.svg".into(), svg.into());
        assert!(!problems_of(files).is_empty(), "{svg}");
    }
}
