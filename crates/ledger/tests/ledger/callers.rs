//! Who may speak: enrolled tills, for themselves, now.

use crate::common::{Centre, takings};
use counterfoil_ledger::enrolment::revoke;
use counterfoil_testkit::hub_till::HubTill;
use counterfoil_wire::enrolment::Enrolled;
use counterfoil_wire::entries::EntriesReply;
use counterfoil_wire::problem::Problem;
use ed25519_dalek::SigningKey;

#[test]
fn a_code_enrols_one_till_once_and_answers_the_same_till_the_same_again() {
    let centre = Centre::new();
    let code = centre.code();
    let till = centre.unknown_till();
    let enrolled: Enrolled = till.enrol(&code.to_lowercase().replace('-', " ")).json();
    assert_eq!((enrolled.office_code.as_str(), enrolled.till_code.as_str(), enrolled.replaces), ("CH", "07", false));
    assert_eq!(till.enrol(&code).json::<Enrolled>(), enrolled);
    assert_eq!(centre.unknown_till().enrol(&code).problem(), "code-wrong");
    let same_id_other_key = HubTill { key: SigningKey::from_bytes(&[99; 32]), ..till.clone() };
    assert_eq!(same_id_other_key.enrol(&code).problem(), "code-wrong");
    assert_eq!(same_id_other_key.enrol(&centre.code()).problem(), "till-known");
    assert_eq!(centre.number("SELECT count(*) FROM tills"), 1);
}

#[test]
fn a_wrong_or_an_old_code_enrols_nobody() {
    let centre = Centre::new();
    assert_eq!(centre.unknown_till().enrol("0000-0000-0000-0000").problem(), "code-wrong");
    let code = centre.code();
    centre.rows("UPDATE enrolment_codes SET expires_at_ms = 1 RETURNING 1");
    assert_eq!(centre.unknown_till().enrol(&code).problem(), "code-wrong");
}

#[test]
fn an_id_or_a_key_that_can_t_be_one_enrols_nobody() {
    let centre = Centre::new();
    let till = centre.unknown_till();
    assert_eq!(HubTill { id: "'; --".into(), ..till.clone() }.enrol(&centre.code()).status, 400);
    assert_eq!(till.post("/v1/enrol", b"{}", &[]).problem(), "request-unreadable");
    let weak = format!(r#"{{"code":"x","till_id":"a","public_key":"{}=","program_version":""}}"#, "A".repeat(43));
    assert_eq!(till.post("/v1/enrol", weak.as_bytes(), &[]).problem(), "request-unreadable");
}

#[test]
fn a_request_that_isn_t_signed_by_its_till_is_refused() {
    let centre = Centre::new();
    let (till, other) = (centre.till(), centre.till());
    let forged = HubTill { key: SigningKey::from_bytes(&[99; 32]), ..till.clone() };
    assert_eq!(forged.try_send(&takings([1])).problem(), "signature-wrong");
    assert_eq!(till.post(&till.entries_path(), b"", &[]).problem(), "signature-wrong");
    assert_eq!(till.signed_post(&other.entries_path(), &till.batch(&takings([1])), &[]).problem(), "till-wrong");
    assert_eq!(centre.unknown_till().try_send(&takings([1])).problem(), "till-unknown");
    let signed = till.signature("POST", &till.entries_path(), b"other");
    let headers = signed.each_ref().map(|(name, value)| (*name, value.as_str()));
    assert_eq!(till.post(&till.entries_path(), &till.batch(&takings([1])), &headers).problem(), "signature-wrong");
    assert_eq!(centre.number("SELECT count(*) FROM entries"), 0);
}

#[test]
fn a_till_whose_clock_is_an_hour_off_is_told_the_ledger_s_time_and_signs_with_that() {
    let centre = Centre::new();
    let till = HubTill { clock_off_ms: 3_600_000, ..centre.till() };
    let problem: Problem = till.try_send(&takings([1])).json();
    assert_eq!(problem.code, "date-wrong");
    let wrong_ms: i64 = till.signature("GET", "/", b"")[1].1.parse().unwrap();
    let right = HubTill { clock_off_ms: 3_600_000 + problem.now_ms - wrong_ms, ..till };
    assert_eq!(right.try_send(&takings([1])).status, 200);
}

#[test]
fn a_request_played_again_changes_nothing() {
    let centre = Centre::new();
    let till = centre.till();
    let batch = till.batch(&takings(1..=2));
    let signed = till.signature("POST", &till.entries_path(), &batch);
    let headers = signed.each_ref().map(|(name, value)| (*name, value.as_str()));
    let first: EntriesReply = till.post(&till.entries_path(), &batch, &headers).json();
    let again: EntriesReply = till.post(&till.entries_path(), &batch, &headers).json();
    assert_eq!((first.head.head, first.totals), (again.head.head, again.totals));
    assert_eq!(centre.number("SELECT count(*) FROM postings"), 2);
}

#[test]
fn a_revoked_till_is_refused_and_what_it_sent_stays() {
    let centre = Centre::new();
    let mut till = centre.till();
    till.send(&takings(1..=2));
    centre.hub.as_administrator(async |ledger| revoke(ledger, &till.id).await).unwrap();
    assert_eq!(till.try_send(&takings([3])).problem(), "till-revoked");
    assert_eq!(till.signed_get(&till.entries_path()).problem(), "till-revoked");
    assert_eq!(centre.number("SELECT count(*) FROM entries"), 2);
    assert!(centre.hub.as_administrator(async |ledger| revoke(ledger, "nobody").await).is_err());
}

#[test]
fn a_replacement_takes_the_lost_till_s_place_and_the_lost_one_raises_an_alarm_when_it_speaks() {
    let centre = Centre::new();
    let mut lost = centre.till();
    lost.send(&takings(1..=3));
    let code = centre.hub.enrolment_code("CH", "07", Some(&lost.id)).unwrap();
    let new = centre.unknown_till();
    let enrolled: Enrolled = new.enrol(&code).json();
    assert_eq!((enrolled.till_id.as_str(), enrolled.replaces), (lost.id.as_str(), true));
    let new = HubTill { id: enrolled.till_id, head: lost.head, ..new };
    assert_eq!(new.try_send(&takings([4])).status, 200);
    assert_eq!(lost.try_send(&takings([4])).problem(), "till-revoked");
    assert_eq!(centre.rows("SELECT kind FROM alarms")[0].get::<_, &str>(0), "replaced-till");
    assert_eq!(centre.number("SELECT count(*) FROM tills"), 1);
}

#[test]
fn what_isn_t_there_is_a_problem_with_the_ledger_s_time() {
    let centre = Centre::new();
    let problem: Problem = centre.unknown_till().get("/v1/nowhere", &[]).json();
    assert_eq!((problem.code.as_str(), problem.now_ms > 0), ("not-found", true));
    assert_eq!(centre.unknown_till().get("/v1/enrol", &[]).status, 405);
}
