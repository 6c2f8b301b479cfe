//! What supervisors and finance see and decide.

use crate::common::browser::{Browser, PASSWORD};
use crate::common::{Centre, takings};
use counterfoil_ledger::check::check;
use counterfoil_ledger::people::{Role, disable, release};
use counterfoil_ledger::reference::{put_pack, read_pack};
use counterfoil_pack::PackFiles;
use counterfoil_testkit::hub_till::{HubTill, Taking};
use counterfoil_testkit::till::demonstration_pack;

/// A centre with the demonstration pack, three good takings and one of an unknown fund.
fn with_suspense() -> (Centre, HubTill) {
    let centre = Centre::new();
    centre.hub.as_administrator(async |ledger| put_pack(ledger, &read_pack(&demonstration_pack())?).await).unwrap();
    let mut till = centre.till();
    till.send(&takings(1..=3));
    till.send(&[Taking { fund_code: "ZZZ", ..Taking::of(4, 12_345) }.body()]);
    (centre, till)
}

#[test]
fn whoever_isn_t_signed_in_sees_nothing_but_the_form() {
    let (centre, _till) = with_suspense();
    let browser = Browser::new(&centre);
    for path in ["/fleet", "/takings", "/suspense", "/suspense/1/4/0", "/reconciliation", "/export", "/export.csv"] {
        assert_eq!(browser.get(path).location, "/sign-in", "{path}");
    }
    let form = browser.get("/sign-in");
    assert!(form.text.contains("Sign in"));
    assert!(form.headers["content-security-policy"].to_str().unwrap().starts_with("default-src 'none'"));
    assert_eq!(form.headers["x-content-type-options"], "nosniff");
}

#[test]
fn five_wrong_passwords_lock_somebody_until_they_are_released() {
    let centre = Centre::new();
    Browser::of(&centre, Role::Finance);
    let mut browser = Browser::new(&centre);
    assert!(browser.sign_in("nobody", "wrong").text.contains("The code or the password is wrong"));
    for _ in 0..4 {
        assert!(browser.sign_in("finance", "wrong").text.contains("The code or the password is wrong"));
    }
    assert!(browser.sign_in("finance", "wrong").text.contains("Too many wrong passwords"));
    assert_eq!(browser.sign_in("finance", PASSWORD).status, 403);
    centre.hub.as_administrator(async |ledger| release(ledger, "finance").await).unwrap();
    assert_eq!(browser.sign_in("FINANCE", PASSWORD).location, "/fleet");
    centre.hub.as_administrator(async |ledger| disable(ledger, "finance").await).unwrap();
    assert_eq!(browser.get("/fleet").location, "/sign-in");
    assert_eq!(browser.sign_in("finance", PASSWORD).status, 403);
}

#[test]
fn the_cookie_is_for_the_page_alone_and_ends_with_signing_out() {
    let centre = Centre::new();
    let mut browser = Browser::of(&centre, Role::Supervisor);
    let cookie = Browser::new(&centre).sign_in("supervisor", PASSWORD).headers["set-cookie"].to_str().unwrap().to_owned();
    assert!(cookie.ends_with("; Path=/; HttpOnly; Secure; SameSite=Strict"), "{cookie}");
    assert_eq!(browser.post("/sign-out", &[("csrf", "wrong")]).status, 403);
    let csrf = browser.csrf();
    assert_eq!(browser.post_from("cross-site", "/sign-out", &[("csrf", &csrf)]).status, 403);
    assert_eq!(browser.get("/fleet").status, 200);
    assert_eq!(browser.post("/sign-out", &[("csrf", &csrf)]).location, "/sign-in");
    assert_eq!(browser.get("/fleet").location, "/sign-in");
}

#[test]
fn somebody_who_went_away_is_signed_out_after_half_an_hour() {
    let centre = Centre::new();
    let browser = Browser::of(&centre, Role::Supervisor);
    centre.rows("UPDATE signed_in SET seen_at_ms = seen_at_ms - 31 * 60000 RETURNING 1");
    assert_eq!(browser.get("/fleet").location, "/sign-in");
}

#[test]
fn the_fleet_tells_each_till_and_each_alarm_and_a_supervisor_settles_one_with_a_reason() {
    let (centre, mut till) = with_suspense();
    till.state.unsent_receipts = 12;
    till.state.unsent_pence = counterfoil_domain::Pence(120_450);
    till.send(&[]);
    HubTill { head: counterfoil_wire::Head::EMPTY, ..till.clone() }.try_send(&takings(8..=9));
    let mut supervisor = Browser::of(&centre, Role::Supervisor);
    let fleet = supervisor.get("/fleet").text;
    for said in ["£1,204.50", "0.1.0", "doesn’t match what the ledger holds, from entry 1 on"] {
        assert!(fleet.contains(said), "{said}");
    }
    let csrf = supervisor.csrf();
    assert_eq!(supervisor.post("/fleet/alarms/1", &[("csrf", &csrf), ("why", " ")]).status, 403);
    let mut finance = Browser::of(&centre, Role::Finance);
    let theirs = finance.csrf();
    assert_eq!(finance.post("/fleet/alarms/1", &[("csrf", &theirs), ("why", "no")]).status, 403);
    assert_eq!(supervisor.post("/fleet/alarms/1", &[("csrf", &csrf), ("why", "a test")]).location, "/fleet");
    assert!(supervisor.get("/fleet").text.contains("No alarms."));
    assert_eq!(centre.rows("SELECT settled_by FROM alarms")[0].get::<_, &str>(0), "supervisor");
}

#[test]
fn takings_are_found_by_each_thing_that_is_known_of_them() {
    let (centre, till) = with_suspense();
    let browser = Browser::of(&centre, Role::Supervisor);
    let number = centre.number(&format!("SELECT number::bigint FROM tills WHERE id = '{}'", till.id));
    let found = |query: &str| browser.get(&format!("/takings?{query}")).text.matches("<th scope=\"row\">CH07-").count();
    assert_eq!(found(""), 4);
    assert_eq!(found("receipt-number=CH07-0000002"), 1);
    assert_eq!(found("receipt-number=CH07-"), 4);
    assert_eq!(found("reference=000000003"), 1);
    assert_eq!(found("amount=123.45"), 1);
    assert_eq!(found("from=2026-11-25&to=2026-11-25"), 4);
    assert_eq!(found("from=2026-11-26"), 0);
    assert_eq!(found("fund=ZZZ"), 1);
    assert_eq!(found("fund=1"), 1);
    assert_eq!(found(&format!("till-number={number}&fund=23&amount=5")), 3);
    assert_eq!(found("reference=%27+OR+1%3D1+--"), 0);
    assert!(browser.get("/takings?amount=lots").text.contains("“Amount” can’t be read."));
}

#[test]
fn what_is_typed_is_shown_as_text_and_never_as_html() {
    let (centre, mut till) = with_suspense();
    till.send(&[Taking { fund_code: "<b>", mop_code: "<script>alert(1)</script>", ..Taking::of(9, 1) }.body()]);
    let browser = Browser::of(&centre, Role::Supervisor);
    let page = browser.get("/takings?reference=%22%3E%3Cscript%3E").text + &browser.get("/takings").text;
    assert!(!page.contains("<script") && page.contains("&lt;script&gt;"));
}

#[test]
fn money_out_of_suspense_is_kept_with_who_when_and_why_and_the_posting_stays() {
    let (centre, till) = with_suspense();
    let number = centre.number(&format!("SELECT number::bigint FROM tills WHERE id = '{}'", till.id));
    let path = format!("/suspense/{number}/4/0");
    let mut supervisor = Browser::of(&centre, Role::Supervisor);
    let theirs = supervisor.csrf();
    let decided = |csrf: &str, fund: &str, why: &str| {
        [("csrf", csrf), ("fund", fund), ("reference", "501234566"), ("why", why)].map(|(name, value)| (name, value.to_owned()))
    };
    let post = |browser: &mut Browser, form: [(&str, String); 4]| {
        let form = form.each_ref().map(|(name, value)| (*name, value.as_str()));
        browser.post(&path, &form)
    };
    assert_eq!(post(&mut supervisor, decided(&theirs, "23", "why")).status, 403);
    let mut finance = Browser::of(&centre, Role::Finance);
    let csrf = finance.csrf();
    assert!(finance.get("/suspense").text.contains("unknown fund"));
    assert!(post(&mut finance, decided(&csrf, "NONE", "why")).text.contains("There is no such fund"));
    assert_eq!(post(&mut finance, decided(&csrf, "1", "why")).status, 422);
    assert_eq!(post(&mut finance, decided(&csrf, "23", "")).status, 422);
    assert_eq!(post(&mut finance, decided(&csrf, "23", "found on the bill")).location, "/suspense");
    let again = post(&mut finance, decided(&csrf, "24", "again"));
    assert_eq!(again.status, 409);
    assert!(again.text.contains("Somebody has decided about this meanwhile."));
    assert!(finance.get("/suspense").text.contains("Nothing is in suspense."));
    let row = centre.rows("SELECT a.fund_code, by_person, why, a.at_ms > 0, p.fund_code, held_fund FROM allocations a JOIN postings p USING (till_number, seq, part)").remove(0);
    let said: Vec<&str> = [0, 1, 2, 4, 5].map(|column| row.get(column)).to_vec();
    assert_eq!(said, ["23", "finance", "found on the bill", "ZZZ", "1"]);
    assert_eq!(finance.get("/suspense/1/1/0").status, 404);
}

#[test]
fn a_posting_is_allocated_in_parts_and_no_more_than_is_left_of_it() {
    let (centre, till) = with_suspense();
    let number = centre.number(&format!("SELECT number::bigint FROM tills WHERE id = '{}'", till.id));
    let path = format!("/suspense/{number}/4/0");
    let mut finance = Browser::of(&centre, Role::Finance);
    let csrf = finance.csrf();
    let mut part = |amount: &str, left: &str, fund: &str| {
        let form = [("csrf", csrf.as_str()), ("amount", amount), ("left", left), ("fund", fund), ("reference", "r1"), ("why", "found")];
        finance.post(&path, &form)
    };
    assert_eq!(part("100.00", "12345", "23").location, path);
    let twice = part("100.00", "12345", "23");
    assert_eq!(twice.status, 409);
    assert!(twice.text.contains("£23.45 still in suspense"), "{}", twice.text);
    for wrong in ["23.46", "0.00", "-1.00", "lots"] {
        assert_eq!(part(wrong, "2345", "24").status, 422, "{wrong}");
    }
    assert_eq!(part("20.00", "2345", "24").location, path);
    assert_eq!(centre.number("SELECT sum(amount_pence)::bigint FROM allocations"), 12_000);
    let list = finance.get("/suspense").text;
    for said in ["£100.00 allocated to 23, R1", "£20.00 allocated to 24, R1", "£3.45 still in suspense"] {
        assert!(list.contains(said), "{said}");
    }
    assert_eq!(finance.get("/takings?fund=24").text.matches("<th scope=\"row\">CH07-").count(), 1);
}

#[test]
fn an_allocation_is_taken_back_by_a_row_of_its_own_and_the_money_is_in_suspense_again() {
    let (centre, till) = with_suspense();
    let number = centre.number(&format!("SELECT number::bigint FROM tills WHERE id = '{}'", till.id));
    let path = format!("/suspense/{number}/4/0");
    let mut finance = Browser::of(&centre, Role::Finance);
    let csrf = finance.csrf();
    let whole = [("csrf", csrf.as_str()), ("fund", "23"), ("reference", "r1"), ("why", "found")];
    assert_eq!(finance.post(&path, &whole).location, "/suspense");
    let id = centre.number("SELECT id FROM allocations");
    let undo = format!("{path}/undo/{id}");
    let mut supervisor = Browser::of(&centre, Role::Supervisor);
    let theirs = supervisor.csrf();
    assert_eq!(supervisor.post(&undo, &[("csrf", &theirs), ("why", "no")]).status, 403);
    assert_eq!(finance.post(&undo, &[("csrf", &csrf), ("why", " ")]).status, 422);
    assert_eq!(finance.post(&format!("{path}/undo/{}", id + 1), &[("csrf", &csrf), ("why", "x")]).status, 404);
    assert_eq!(finance.post(&undo, &[("csrf", &csrf), ("why", "another’s bill")]).location, path);
    assert_eq!(finance.post(&undo, &[("csrf", &csrf), ("why", "another’s bill")]).status, 409);
    let page = finance.get(&path).text;
    for said in ["£123.45 to 23, R1", "£123.45 taken back from 23, R1", "another’s bill"] {
        assert!(page.contains(said), "{said}");
    }
    assert!(!finance.get("/suspense").text.contains("Nothing is in suspense."));
    let rows = centre.rows("SELECT amount_pence, undoes FROM allocations ORDER BY id");
    let kept: Vec<(i64, Option<i64>)> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
    assert_eq!(kept, [(12_345, None), (-12_345, Some(id))]);
    let day = centre.rows("SELECT day::text FROM allocations")[0].get::<_, String>(0);
    let file = finance.get(&format!("/export.csv?from={day}&to={day}")).text;
    let amounts = |kind: &str| -> Vec<String> {
        let lines = file.lines().filter(|line| line.split(',').nth(3) == Some(kind));
        lines.map(|line| format!("{} {}", line.split(',').nth(7).unwrap(), line.split(',').nth(12).unwrap())).collect()
    };
    assert_eq!(amounts("allocation"), ["1 -123.45", "23 123.45"]);
    assert_eq!(amounts("allocation-undone"), ["1 123.45", "23 -123.45"]);
    assert_eq!(finance.post(&path, &whole).location, "/suspense");
}

#[test]
fn two_people_who_decide_at_once_move_the_money_once() {
    let (centre, till) = with_suspense();
    let number = centre.number(&format!("SELECT number::bigint FROM tills WHERE id = '{}'", till.id));
    let path = format!("/suspense/{number}/4/0");
    let people = [Browser::of(&centre, Role::Finance), Browser::of(&centre, Role::Administrator)];
    let statuses = std::thread::scope(|scope| {
        let path = &path;
        let deciding = people.map(|mut browser| {
            scope.spawn(move || {
                let csrf = browser.csrf();
                let form =
                    [("csrf", csrf.as_str()), ("amount", "100"), ("left", "12345"), ("fund", "23"), ("reference", "r"), ("why", "w")];
                browser.post(path, &form).status
            })
        });
        deciding.map(|decided| decided.join().unwrap())
    });
    assert!(statuses == [303, 409] || statuses == [409, 303], "{statuses:?}");
    assert_eq!(centre.number("SELECT sum(amount_pence)::bigint FROM allocations"), 10_000);
}

#[test]
fn moments_are_told_by_the_clock_of_the_council_s_pack() {
    let centre = Centre::new();
    let pack = read_pack(&demonstration_pack()).unwrap();
    let moved = |name: &str| {
        let text = pack.get(name).unwrap();
        let elsewhere = String::from_utf8_lossy(text).replace("Europe/London", "Asia/Tokyo").into_bytes();
        (name.to_owned(), if name == "council.toml" { elsewhere } else { text.to_vec() })
    };
    let files = PackFiles::from_files(pack.names().map(moved)).unwrap();
    centre.hub.as_administrator(async |ledger| put_pack(ledger, &files).await).unwrap();
    centre.till();
    centre.rows("UPDATE tills SET heard_at_ms = 1782858600000 RETURNING 1");
    assert!(Browser::of(&centre, Role::Supervisor).get("/fleet").text.contains("01/07/2026 07:30"));
}

#[test]
fn the_general_ledger_s_file_has_each_posting_with_its_fund_s_code_and_what_left_suspense() {
    let (centre, till) = with_suspense();
    let number = centre.number(&format!("SELECT number::bigint FROM tills WHERE id = '{}'", till.id));
    let mut finance = Browser::of(&centre, Role::Finance);
    let csrf = finance.csrf();
    let before = finance.get("/export.csv?from=2026-11-25&to=2026-11-25").text;
    let lines: Vec<&str> = before.lines().collect();
    assert_eq!(lines.len(), 5);
    assert_eq!(lines[1], format!("2026-11-25,{number}-1,CH07-0000001,taking,CH,07,1,23,964101,000000001,90,N0,5.00,0.00,"));
    assert_eq!(lines[4], format!("2026-11-25,{number}-4,CH07-0000004,taking,CH,07,1,1,964024,000000004,90,N0,123.45,0.00,fund-unknown"));
    finance.post(&format!("/suspense/{number}/4/0"), &[("csrf", &csrf), ("fund", "24"), ("reference", "x1"), ("why", "found")]);
    let day = centre.rows("SELECT day::text FROM allocations")[0].get::<_, String>(0);
    let after = finance.get(&format!("/export.csv?from={day}&to={day}")).text;
    let moved: Vec<&str> = after.lines().filter(|line| line.contains(",allocation,")).collect();
    assert_eq!(moved.len(), 2);
    assert!(moved[0].contains(",1,964024,000000004,90,N0,-123.45,"), "{}", moved[0]);
    assert!(moved[1].contains(",24,964102,X1,90,N0,123.45,"), "{}", moved[1]);
    if day != "2026-11-25" {
        assert_eq!(finance.get("/export.csv?from=2026-11-25&to=2026-11-25").text, before);
    }
    assert_eq!(Browser::of(&centre, Role::Supervisor).get("/export.csv").status, 403);
    assert!(centre.hub.as_administrator(check).unwrap().iter().all(|check| check.faults.is_empty()));
}

#[test]
fn a_long_export_comes_whole() {
    let centre = Centre::new();
    let mut till = centre.till();
    for batch in 0..10 {
        till.send(&takings(batch * 500 + 1..=batch * 500 + 500));
    }
    let finance = Browser::of(&centre, Role::Finance);
    assert_eq!(finance.get("/export.csv?from=2026-11-25&to=2026-11-25").text.lines().count(), 5001);
}

#[test]
fn reconciliation_shows_both_sides() {
    let (centre, mut till) = with_suspense();
    till.state.unsent_receipts = 2;
    till.state.unsent_pence = counterfoil_domain::Pence(1000);
    till.send(&[]);
    let page = Browser::of(&centre, Role::Supervisor).get("/reconciliation?from=2026-11-25&to=2026-11-25").text;
    for said in ["£15.00", "£123.45", "£138.45", "receipts to send: 2, £10.00"] {
        assert!(page.contains(said), "{said}");
    }
}

#[test]
fn the_page_speaks_welsh_when_it_is_asked_to() {
    let centre = Centre::new();
    let mut browser = Browser::of(&centre, Role::Supervisor);
    assert_eq!(browser.post("/language", &[("tag", "cy")]).location, "/");
    let page = browser.get("/fleet").text;
    assert!(page.contains("<html lang=\"cy\">") && page.contains("Dim larymau."));
}
