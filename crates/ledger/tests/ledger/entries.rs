//! Takings arrive exactly once, or it is said why not.

use crate::common::{Centre, takings};
use counterfoil_domain::Pence;
use counterfoil_testkit::hub_till::{HubTill, Taking, entry_id};
use counterfoil_wire::entries::{CodeTotal, EntriesPage, EntriesReply, MAX_BATCH_BYTES, Status};
use counterfoil_wire::reconciliation::Reconciliation;
use counterfoil_wire::signing::PublicKey;
use counterfoil_wire::{Hash, Head};

fn statuses(reply: &EntriesReply) -> Vec<Status> {
    reply.entries.iter().map(|entry| entry.status).collect()
}

fn seven(centre: &Centre) -> HubTill {
    let mut till = centre.till();
    till.send(&takings(1..=7));
    till
}

#[test]
fn new_entries_are_created_and_the_ledger_signs_their_head() {
    let centre = Centre::new();
    let code = centre.code();
    let mut till = centre.unknown_till();
    let ledger_key: PublicKey = till.enrol(&code).json::<counterfoil_wire::enrolment::Enrolled>().ledger_key;
    let reply = till.send(&takings(1..=3));
    assert_eq!(statuses(&reply), [Status::Created; 3]);
    assert_eq!(reply.head.head, till.head);
    assert!(reply.head.is_signed_by(&ledger_key));
    assert_eq!(reply.entries[2].hash, Some(till.head.hash));
    assert_eq!(centre.number("SELECT count(*) FROM postings"), 3);
}

#[test]
fn the_reply_has_the_session_s_totals_by_mop_and_fund() {
    let centre = Centre::new();
    let mut till = centre.till();
    till.send(&takings(1..=2));
    let other = Taking { number: 3, session: 1, fund_code: "04", mop_code: "91", amount_pence: 250 };
    let totals = till.send(&[other.body()]).totals.unwrap();
    let total = |code: &str, count, pence| CodeTotal { code: code.into(), count, amount_pence: Pence(pence) };
    assert_eq!((totals.session, totals.up_to_seq), (1, 3));
    assert_eq!(totals.mops, [total("90", 2, 1000), total("91", 1, 250)]);
    assert_eq!(totals.funds, [total("04", 1, 250), total("23", 2, 1000)]);
}

#[test]
fn a_batch_sent_again_after_a_lost_reply_exists_and_counts_once() {
    let centre = Centre::new();
    let till = centre.till();
    assert_eq!(statuses(&till.try_send(&takings(1..=5)).json()), [Status::Created; 5]);
    assert_eq!(statuses(&till.try_send(&takings(1..=5)).json()), [Status::Exists; 5]);
    let longer: EntriesReply = till.try_send(&takings(1..=7)).json();
    assert_eq!(statuses(&longer)[4..], [Status::Exists, Status::Created, Status::Created]);
    assert_eq!(longer.totals.unwrap().mops[0].count, 7);
    assert_eq!(centre.number("SELECT count(*) FROM entries"), 7);
    assert_eq!(centre.number("SELECT sum(count)::bigint FROM totals"), 7);
}

#[test]
fn an_entry_beyond_the_head_is_a_gap_and_the_till_is_told_where_the_head_is() {
    let centre = Centre::new();
    let till = seven(&centre);
    let ahead = HubTill { head: Head { seq: 9, hash: Hash([1; 32]) }, ..till.clone() };
    let reply: EntriesReply = ahead.try_send(&takings(10..=11)).json();
    assert_eq!(statuses(&reply), [Status::Gap; 2]);
    assert_eq!(reply.head.head, till.head);
    assert_eq!(centre.number("SELECT count(*) FROM alarms"), 0);
}

#[test]
fn a_changed_byte_in_an_old_entry_is_a_conflict_with_an_alarm_and_changes_nothing() {
    let centre = Centre::new();
    let till = seven(&centre);
    let again = HubTill { head: Head::EMPTY, ..till.clone() };
    let mut changed = takings(1..=8);
    changed[3] = Taking::of(4, 501).body();
    let reply: EntriesReply = again.try_send(&changed).json();
    assert_eq!(statuses(&reply)[..3], [Status::Exists; 3]);
    assert_eq!(statuses(&reply)[3..], [Status::Conflict; 5]);
    assert_eq!(reply.head.head, till.head);
    let alarms = centre.rows("SELECT kind, seq FROM alarms");
    assert_eq!((alarms[0].get::<_, &str>(0), alarms[0].get::<_, i64>(1)), ("conflict", 4));
    again.try_send(&changed);
    assert_eq!(centre.number("SELECT times FROM alarms"), 2);
    assert_eq!(centre.number("SELECT count(*) FROM entries"), 7);
}

#[test]
fn a_new_entry_whose_chain_doesn_t_fit_the_head_is_a_conflict() {
    let centre = Centre::new();
    let till = seven(&centre);
    let forked = HubTill { head: Head { seq: 7, hash: Hash([1; 32]) }, ..till };
    assert_eq!(statuses(&forked.try_send(&takings(8..=9)).json()), [Status::Conflict; 2]);
    forked.try_send(&[]);
    assert_eq!(centre.number("SELECT seq FROM alarms"), 8);
    assert_eq!(centre.number("SELECT times FROM alarms"), 2);
}

#[test]
fn an_id_that_was_there_under_another_number_is_a_conflict_and_what_came_before_it_is_kept() {
    let centre = Centre::new();
    let till = seven(&centre);
    let reply: EntriesReply = till.try_send(&[takings([8]), takings([3]), takings([9])].concat()).json();
    assert_eq!(statuses(&reply), [Status::Created, Status::Conflict, Status::Conflict]);
    assert_eq!(reply.head.head.seq, 8);
    let twice: EntriesReply = HubTill { head: reply.head.head, ..till }.try_send(&takings([20, 20])).json();
    assert_eq!(statuses(&twice), [Status::Created, Status::Conflict]);
    assert_eq!(centre.number("SELECT count(*) FROM alarms"), 2);
}

#[test]
fn what_is_no_entry_is_refused_with_its_reason_and_what_came_before_it_is_kept() {
    let centre = Centre::new();
    let till = centre.till();
    let reply: EntriesReply = till.try_send(&[takings([1]), vec![b"{\"v\":1}".to_vec()], takings([2])].concat()).json();
    assert_eq!(statuses(&reply), [Status::Created, Status::Refused, Status::Gap]);
    assert_eq!(reply.entries[1].reason.as_deref(), Some("not-an-entry"));
    assert_eq!(reply.head.head.seq, 1);
    assert_eq!(centre.rows("SELECT kind FROM alarms")[0].get::<_, &str>(0), "refused");
}

#[test]
fn an_entry_of_a_later_program_is_kept_and_flagged() {
    let centre = Centre::new();
    let mut till = centre.till();
    let later = format!(r#"{{"v":1,"id":"{}","at_ms":1,"day":"2026-11-25","fact":{{"till_moved":{{"to":"LC"}}}}}}"#, entry_id(1));
    assert_eq!(statuses(&till.send(&[later.into_bytes()])), [Status::Created]);
    let kept = centre.rows("SELECT kind, understood FROM entries");
    assert_eq!((kept[0].get::<_, &str>(0), kept[0].get::<_, bool>(1)), ("till_moved", false));
}

#[test]
fn sql_and_odd_letters_in_every_field_are_only_text() {
    let centre = Centre::new();
    let mut till = centre.till();
    let odd = r"'); DROP TABLE entries; -- \u0000 £ 🧾";
    let body = Taking { number: 1, session: 1, fund_code: odd, mop_code: odd, amount_pence: 5 }.body();
    assert_eq!(statuses(&till.send(&[body])), [Status::Created]);
    assert_eq!(centre.number("SELECT count(*) FROM entries"), 1);
    let sql = HubTill { id: "' OR 1=1 --".into(), ..till };
    assert_eq!(sql.signed_post("/v1/tills/x/entries", b"", &[]).status, 403);
}

#[test]
fn a_batch_of_too_many_or_too_large_or_not_a_batch_is_refused() {
    let centre = Centre::new();
    let till = centre.till();
    assert_eq!(till.try_send(&vec![b"{}".to_vec(); 501]).status, 413);
    assert_eq!(till.try_send(&[vec![b' '; MAX_BATCH_BYTES]]).status, 413);
    // Answered before all of it was sent, which a client may see as a connection that broke. Nothing more goes over that one.
    assert!(matches!(till.connected_anew().signed_post(&till.entries_path(), &vec![b' '; 4 << 20], &[]).status, 0 | 413));
    assert_eq!(till.signed_post(&till.entries_path(), b"rubbish", &[]).problem(), "batch-unreadable");
    assert_eq!(till.signed_post(&till.entries_path(), b"rubbish", &[("content-encoding", "zstd")]).problem(), "batch-unreadable");
    assert_eq!(till.signed_post(&till.entries_path(), b"rubbish", &[("content-encoding", "gzip")]).status, 415);
    assert_eq!(statuses(&till.try_send(&takings(1..=1)).json()), [Status::Created]);
}

#[test]
fn a_batch_without_entries_tells_how_the_till_is() {
    let centre = Centre::new();
    let mut till = seven(&centre);
    till.state.unsent_receipts = 12;
    till.state.unsent_pence = Pence(120_450);
    till.state.open_session = Some(3);
    let reply = till.send(&[]);
    assert_eq!((reply.entries.len(), reply.head.head), (0, till.head));
    let state = || centre.rows("SELECT unsent_receipts, unsent_pence, open_session, heard_at_ms > 0 FROM tills").remove(0);
    let row = state();
    assert_eq!((row.get::<_, i64>(0), row.get::<_, i64>(1), row.get::<_, i64>(2), row.get::<_, bool>(3)), (12, 120_450, 3, true));
    till.send(&takings(8..=9));
    assert_eq!((state().get::<_, i64>(0), state().get::<_, i64>(1)), (10, 119_450));
    let late = HubTill { clock_off_ms: -5000, ..till };
    late.try_send(&[]);
    assert_eq!(state().get::<_, i64>(0), 10, "a request that was overtaken doesn't take the state back");
}

#[test]
fn two_callers_at_once_with_one_till_are_served_one_after_the_other() {
    let centre = Centre::new();
    let till = centre.till();
    let bodies = takings(1..=100);
    std::thread::scope(|scope| {
        let senders: Vec<_> = (0..6).map(|_| scope.spawn(|| till.try_send(&bodies).json::<EntriesReply>())).collect();
        let replies: Vec<EntriesReply> = senders.into_iter().map(|sender| sender.join().unwrap()).collect();
        let created = replies.iter().filter(|reply| reply.entries[0].status == Status::Created).count();
        assert_eq!(created, 1);
        assert!(replies.iter().all(|reply| reply.entries.iter().all(|entry| matches!(entry.status, Status::Created | Status::Exists))));
    });
    assert_eq!(centre.number("SELECT count(*) FROM entries"), 100);
    assert_eq!(centre.number("SELECT sum(amount_pence)::bigint FROM totals"), 50_000);
}

#[test]
fn a_journal_comes_back_page_by_page_as_it_was_sent() {
    let centre = Centre::new();
    let mut till = centre.till();
    let bodies = takings(1..=620);
    till.send(&bodies[..500]);
    till.send(&bodies[500..]);
    let mut back: Vec<Vec<u8>> = Vec::new();
    while back.len() < bodies.len() {
        let page = till.signed_get(&format!("{}?after={}", till.entries_path(), back.len()));
        let mut lines = page.body.split(|byte| *byte == b'\n');
        let header: EntriesPage = serde_json::from_slice(lines.next().unwrap()).unwrap();
        assert_eq!((header.first_seq, header.head.head), (back.len() as u64 + 1, till.head));
        back.extend(lines.map(<[u8]>::to_vec));
    }
    assert!(back == bodies);
}

#[test]
fn reconciliation_tells_each_session_mop_and_fund_of_the_days_asked_for() {
    let centre = Centre::new();
    let till = seven(&centre);
    let path = |days: &str| format!("/v1/tills/{}/reconciliation?{days}", till.id);
    let found: Reconciliation = till.signed_get(&path("from=2026-11-25&to=2026-11-25")).json();
    assert_eq!((found.up_to_seq, found.rows.len()), (7, 1));
    assert_eq!((found.rows[0].count, found.rows[0].amount_pence), (7, Pence(3500)));
    assert_eq!(till.signed_get(&path("from=2026-11-26&to=2026-11-27")).json::<Reconciliation>().rows, []);
    assert_eq!(till.signed_get(&path("from=yesterday")).status, 400);
}

#[test]
fn what_was_posted_is_never_changed_by_anybody() {
    let centre = Centre::new();
    seven(&centre);
    for sql in ["UPDATE entries SET body = ''", "DELETE FROM postings", "TRUNCATE entries"] {
        let refused = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| centre.rows(sql)));
        assert!(refused.is_err(), "{sql}");
    }
}
