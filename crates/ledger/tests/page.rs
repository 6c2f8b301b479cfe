//! What supervisors and finance see and decide.

#![allow(clippy::unwrap_used, reason = "a test's helpers fail the test")]

mod common;

use common::browser::{Browser, PASSWORD};
use common::{Centre, takings};
use counterfoil_ledger::check::check;
use counterfoil_ledger::people::{Role, disable, release};
use counterfoil_ledger::reference::{put_pack, read_pack};
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
    assert_eq!(post(&mut finance, decided(&csrf, "24", "again")).location, "/suspense");
    assert!(finance.get("/suspense").text.contains("Nothing is in suspense."));
    let row = centre.rows("SELECT a.fund_code, by_person, why, a.at_ms > 0, p.fund_code, held_fund FROM allocations a JOIN postings p USING (till_number, seq, part)").remove(0);
    let said: Vec<&str> = [0, 1, 2, 4, 5].map(|column| row.get(column)).to_vec();
    assert_eq!(said, ["23", "finance", "found on the bill", "ZZZ", "1"]);
    assert_eq!(finance.get("/suspense/1/1/0").status, 404);
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
