//! The hub as a process: stopped and started, its database gone for a moment, several copies at once.

use crate::common::{Centre, takings};
use counterfoil_ledger::check::check;
use counterfoil_testkit::hub::Hub;
use counterfoil_testkit::hub_till::HubTill;
use counterfoil_testkit::postgres::{Cluster, shared};
use counterfoil_wire::entries::{EntriesReply, Status};
use std::net::TcpStream;
use tokio_postgres::NoTls;

fn holds(centre: &Centre) {
    let checks = centre.hub.as_administrator(check).unwrap();
    assert!(checks.iter().all(|check| check.faults.is_empty()), "{checks:?}");
}

#[test]
fn a_hub_that_was_stopped_and_started_goes_on_where_it_was() {
    let centre = Centre::new();
    let mut till = centre.till();
    let key = till.send(&takings(1..=3)).head;
    let (settings, address) = (centre.hub.settings().clone(), centre.hub.address().to_owned());
    let Centre { hub, folder: _folder, .. } = centre;
    hub.stop().unwrap();
    assert_eq!(till.try_send(&takings(4..=5)).status, 0);
    let again = Hub::with(settings, &address, std::sync::Arc::new(counterfoil_ledger::surroundings::Machine)).unwrap();
    let reply = till.send(&takings(4..=5));
    assert_eq!((reply.head.head.seq, reply.head.till_id), (5, key.till_id));
    again.stop().unwrap();
}

#[test]
fn what_is_under_way_is_finished_before_the_hub_stops() {
    let centre = Centre::new();
    let till = centre.till();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (database, connection) = runtime.block_on(tokio_postgres::connect(&centre.database_url, NoTls)).unwrap();
    runtime.spawn(connection);
    let sql = |sql: &'static str| runtime.block_on(database.query(sql, &[])).unwrap();
    // Somebody else holds the till's row, so that the request is under way for as long as the test likes.
    sql("BEGIN");
    sql("SELECT FROM tills FOR UPDATE");
    let address = centre.hub.address().to_owned();
    std::thread::scope(|scope| {
        let sending = scope.spawn(|| till.try_send(&takings(1..=3)));
        while sql("SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()").is_empty() {}
        let Centre { hub, .. } = centre;
        let stopping = scope.spawn(move || hub.stop());
        while TcpStream::connect(&address).is_ok() {}
        sql("COMMIT");
        assert_eq!(sending.join().unwrap().status, 200);
        stopping.join().unwrap().unwrap();
    });
    assert_eq!(sql("SELECT FROM entries").len(), 3);
}

#[test]
fn a_database_that_went_away_and_came_back_is_used_again_and_nothing_is_lost() {
    let cluster = Cluster::start().unwrap();
    let centre = Centre::on(&cluster.database().unwrap());
    let mut till = centre.till();
    till.send(&takings(1..=3));
    cluster.stop().unwrap();
    assert_eq!(till.try_send(&takings(4..=5)).problem(), "busy");
    assert_eq!(till.get("/health/ready", &[]).status, 503);
    assert_eq!(till.get("/health/live", &[]).status, 200);
    cluster.start_again().unwrap();
    let reply = till.send(&takings(4..=5));
    assert_eq!(reply.head.head.seq, 5);
    cluster.restart().unwrap();
    assert_eq!(till.send(&takings(6..=7)).head.head.seq, 7);
    holds(&centre);
}

#[test]
fn two_hubs_on_one_database_keep_one_journal() {
    let centre = Centre::new();
    let other = Hub::start(&centre.database_url, centre.folder.path()).unwrap();
    let till = centre.till();
    let elsewhere = till.at(other.url());
    let mut here = till.clone();
    for batch in 0..10 {
        let bodies = takings(batch * 20 + 1..=batch * 20 + 20);
        let (mut one, mut two) = (here.clone(), HubTill { head: here.head, ..elsewhere.clone() });
        std::thread::scope(|scope| {
            let sending = [scope.spawn(|| one.send(&bodies)), scope.spawn(|| two.send(&bodies))];
            let [first, second] = sending.map(|sent| sent.join().unwrap());
            assert_eq!(first.head.head, second.head.head);
            assert_ne!(first.entries[0].status, second.entries[0].status);
        });
        here = one;
    }
    assert_eq!(centre.number("SELECT count(*) FROM entries"), 200);
    holds(&centre);
}

#[test]
fn many_tills_at_once_lose_nothing() {
    let centre = Centre::new();
    let tills: Vec<HubTill> = (0..20).map(|_| centre.till()).collect();
    std::thread::scope(|scope| {
        for till in &tills {
            scope.spawn(|| {
                let mut till = till.clone();
                for batch in 0..5 {
                    let reply: EntriesReply = till.send(&takings(batch * 10 + 1..=batch * 10 + 10));
                    assert!(reply.entries.iter().all(|entry| entry.status == Status::Created));
                }
            });
        }
    });
    assert_eq!(centre.number("SELECT count(*) FROM postings"), 1000);
    assert_eq!(centre.number("SELECT sum(amount_pence)::bigint FROM totals"), 500_000);
    holds(&centre);
}

#[test]
fn the_checks_name_what_somebody_changed_behind_the_ledger_s_back() {
    let centre = Centre::new();
    let mut till = centre.till();
    till.send(&takings(1..=5));
    holds(&centre);
    let tamper = "ALTER TABLE entries DISABLE TRIGGER USER; ALTER TABLE postings DISABLE TRIGGER USER;
        UPDATE entries SET body = replace(encode(body, 'escape'), '500', '501')::bytea WHERE seq = 3;
        UPDATE postings SET amount_pence = 501 WHERE seq = 4";
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let (client, connection) = tokio_postgres::connect(&centre.database_url, NoTls).await.unwrap();
        tokio::spawn(connection);
        client.batch_execute(tamper).await.unwrap();
    });
    let checks = centre.hub.as_administrator(check).unwrap();
    let broken: Vec<(&str, usize)> = checks.iter().map(|check| (check.name, check.faults.len())).collect();
    assert_eq!(broken, [("chains-whole", 1), ("postings-are-the-entries", 2), ("totals-are-the-postings", 1)]);
}

#[test]
fn a_database_of_a_later_program_is_left_alone() {
    let centre = Centre::new();
    let (url, folder) = (centre.database_url.clone(), tempfile::tempdir().unwrap());
    centre.rows("INSERT INTO migrations VALUES (999, '') RETURNING 1");
    let told = Hub::start(&url, folder.path()).err().unwrap().to_string();
    assert!(told.contains("a later program wrote it"), "{told}");
    centre.rows("UPDATE migrations SET number = 1, sha256 = 'other' WHERE number = 1 RETURNING 1");
    centre.rows("DELETE FROM migrations WHERE number = 999 RETURNING 1");
    let told = Hub::start(&url, folder.path()).err().unwrap().to_string();
    assert!(told.contains("isn't this program's"), "{told}");
}

#[test]
fn copies_that_start_at_once_on_an_empty_database_make_it_once() {
    let (url, folder) = (shared().database().unwrap(), tempfile::tempdir().unwrap());
    let hubs: Vec<Hub> = (0..4).map(|_| Hub::start(&url, folder.path()).unwrap()).collect();
    for hub in &hubs {
        assert!(hub.enrolment_code("CH", "07", None).is_ok());
    }
    assert!(hubs.into_iter().all(|hub| hub.stop().is_ok()));
}

/// Makes the ledger what an older hub would have left: these entries kept, not understood, and without postings.
fn as_kept_by_an_older_hub(centre: &Centre, from_seq: u64) {
    let sql = format!(
        "ALTER TABLE entries DISABLE TRIGGER USER; ALTER TABLE postings DISABLE TRIGGER USER;
         UPDATE entries SET understood = false WHERE seq >= {from_seq};
         DELETE FROM postings WHERE seq >= {from_seq};
         DELETE FROM totals; UPDATE tills SET head_session = NULL;
         INSERT INTO totals SELECT till_number, session, day, mop_code, fund_code, false, count(*), sum(amount_pence) FROM postings
            GROUP BY till_number, session, day, mop_code, fund_code;
         ALTER TABLE entries ENABLE TRIGGER USER; ALTER TABLE postings ENABLE TRIGGER USER"
    );
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let (client, connection) = tokio_postgres::connect(&centre.database_url, NoTls).await.unwrap();
        tokio::spawn(connection);
        client.batch_execute(&sql).await.unwrap();
    });
}

#[test]
fn entries_that_an_older_hub_did_not_understand_have_their_postings_once_a_newer_one_has_started() {
    let centre = Centre::new();
    let mut till = centre.till();
    for batch in 0..3 {
        till.send(&takings(batch * 300 + 1..=batch * 300 + 300));
    }
    let postings = || -> Vec<String> {
        centre.rows("SELECT p::text FROM postings p ORDER BY till_number, seq, part").iter().map(|row| row.get(0)).collect()
    };
    let before = postings();
    let told = till.send(&[]).totals;
    as_kept_by_an_older_hub(&centre, 101);
    assert_eq!(till.send(&[]).totals, None);
    let waiting = centre.hub.settings().clone();
    let machine = || std::sync::Arc::new(counterfoil_ledger::surroundings::Machine);
    for _ in 0..2 {
        // Starting again makes nothing twice, and two that start at once make it once.
        std::thread::scope(|scope| {
            let starting = [0, 1].map(|_| scope.spawn(|| Hub::with(waiting.clone(), "127.0.0.1:0", machine()).unwrap().stop().unwrap()));
            for started in starting {
                started.join().unwrap();
            }
        });
        assert_eq!(postings(), before);
        assert_eq!(till.send(&[]).totals, told);
    }
    assert_eq!(centre.number("SELECT count(*) FROM understood_later"), 800);
    assert_eq!(centre.number("SELECT count(*) FROM entries WHERE NOT understood"), 800);
    holds(&centre);
}

#[test]
fn an_entry_that_still_nobody_understands_goes_on_waiting() {
    let centre = Centre::new();
    let mut till = centre.till();
    let later = String::from_utf8(takings([1]).remove(0)).unwrap().replacen("\"v\":1", "\"v\":9999", 1);
    till.send(&[later.into_bytes()]);
    assert!(centre.hub.as_administrator(async |_| Ok(())).is_ok());
    assert_eq!(centre.number("SELECT count(*) FROM postings"), 0);
    assert_eq!(centre.number("SELECT count(*) FROM understood_later"), 0);
    holds(&centre);
}
