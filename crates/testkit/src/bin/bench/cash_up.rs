//! Cashing up a session of many receipts: what it begins with against one bare sum over the same rows, and its close against a
//! bare commit of the same bytes.

use crate::child::Child;
use crate::commits::bare_store;
use crate::figures::{Timings, row, row_of_megabytes, row_of_millis, timed};
use crate::{Bench, Outcome, set_up};
use counterfoil_testkit::till;
use counterfoil_till::Till;
use counterfoil_till::surroundings::{Machine, Surroundings};
use rusqlite::Connection;
use serde_json::{Value, json};
use std::time::Duration;

/// How often each question is asked in a session, and each baseline measured.
const ASKED: usize = 15;
/// One payment in so many is by cheque, and one by card.
const A_CHEQUE_IN: u64 = 20;
/// What each payment comes to, in pence.
const EACH: i64 = 3_500;

/// What the session's sums are at least, asked of the file without the program.
const BARE: &str = "SELECT mop_code, count(*), sum(amount_pence), sum(vat_pence) FROM postings WHERE serial > ?1 GROUP BY mop_code";

#[derive(Default)]
struct Raw {
    begin: Vec<Duration>,
    sum: Vec<Duration>,
    close: Vec<Duration>,
    bare: Vec<Duration>,
}

impl Bench {
    pub fn cash_ups(&self) -> Outcome {
        let folder = self.path("cash-up");
        set_up(&folder)?;
        let receipts = self.sizes.session_receipts;
        let mut raw = Raw::default();
        {
            let ready = till::open(&folder, false)?;
            till::sign_in(&ready)?;
            let beside = Connection::open(folder.join("till.db"))?;
            let bare = bare_store(&self.path("cash-up-bare.db"))?;
            for _ in 0..self.sizes.cash_ups {
                session(&ready, receipts, &beside, &bare, &mut raw)?;
            }
            fill(&ready, receipts)?;
        }
        let [begin, sum, close, bare] = [raw.begin, raw.sum, raw.close, raw.bare].map(|times| Timings::of(times).median());
        let of = format!("of a session of {receipts} receipts");
        row(&format!("cash-up {of} begins, against one bare sum"), begin, sum, 3.0);
        row_of_millis(&format!("cash-up {of} begins"), begin, 100);
        row(&format!("cash-up {of} closes, against a bare commit of its bytes"), close, bare, 3.0);
        memory_of_a_cash_up(&folder, receipts)
    }
}

/// One session from its float to its close.
fn session(ready: &Till, receipts: u64, beside: &Connection, bare: &Connection, raw: &mut Raw) -> Outcome {
    let before = ready.store().read(|reading| reading.next_serial())? - 1;
    fill(ready, receipts)?;
    // A printer has long printed them: the queue of a counter is short.
    beside.execute("DELETE FROM print_jobs", [])?;
    let mut begun = Value::Null;
    for _ in 0..ASKED {
        let (took, answer) = timed(|| ready.call("cash_up.begin", json!({})));
        begun = answer?;
        raw.begin.push(took);
        raw.sum.push(summed(beside, before)?);
    }
    ready.call("cash_up.give", count(&begun, receipts))?;
    let close = json!({ "session": begun["session"]["number"], "attempt": 1 });
    let (took, answer) = timed(|| ready.call("cash_up.close", close));
    answer?;
    raw.close.push(took);
    let last = ready.store().head()?.seq;
    let length: usize = beside.query_row("SELECT length(body) FROM journal WHERE seq = ?1", [last], |row| row.get(0))?;
    let mut insert = bare.prepare("INSERT INTO journal (body) VALUES (?1)")?;
    for _ in 0..ASKED {
        let (took, outcome) = timed(|| insert.execute([vec![b'x'; length]]));
        outcome?;
        raw.bare.push(took);
    }
    Ok(())
}

fn summed(beside: &Connection, before: u64) -> Outcome<Duration> {
    let mut statement = beside.prepare_cached(BARE)?;
    let (took, sums) = timed(|| statement.query_map([before], |row| row.get::<_, i64>(2))?.sum::<rusqlite::Result<i64>>());
    sums?;
    Ok(took)
}

/// Opens a session and takes its payments.
fn fill(ready: &Till, receipts: u64) -> Outcome {
    till::open_session(ready)?;
    for number in 0..receipts {
        let mut sale = till::cash_sale(&Machine.new_id(), "BJ12345673", "35.00");
        // No customer comes near the limit for cash: each pays on an account of their own.
        sale["lines"] = json!([{ "fund_code": "13", "reference": format!("{:011}", number + 1), "amount": "35.00" }]);
        if number.is_multiple_of(A_CHEQUE_IN) {
            let today = chrono::Local::now().date_naive().to_string();
            sale["tenders"] = json!([{ "kind": "cheque", "mop_code": "24", "amount": "35.00", "sort_code": "20-00-00", "account": "12345678",
                                       "number": "000123", "drawer": "A Payer", "dated": today }]);
        } else if number % A_CHEQUE_IN == 1 {
            sale["tenders"] = json!([{ "kind": "card", "mop_code": "92", "amount": "35.00", "amount_again": "35.00", "terminal": "T1",
                                       "authorisation": "A1", "last_four": "4242" }]);
        }
        ready.call("sale.take", sale)?;
    }
    Ok(())
}

/// A count that agrees.
fn count(begun: &Value, receipts: u64) -> Value {
    let ticked: Vec<&Value> = begun["tenders"].as_array().map(|list| list.iter().map(|tick| &tick["key"]).collect()).unwrap_or_default();
    let of = |rest: u64| i64::try_from((0..receipts).filter(|number| number % A_CHEQUE_IN == rest).count()).unwrap_or_default();
    let (cheques, cards) = (of(0), of(1));
    let cash = 10_000 + (i64::try_from(receipts).unwrap_or_default() - cheques - cards) * EACH;
    json!({
        "count_id": begun["count_id"], "ticked": ticked, "terminals": [{ "mop_code": "92", "text": pounds(cards * EACH) }],
        "cash": [{ "denomination": "5", "by": "value", "text": pounds(cash) }],
    })
}

fn pounds(pence: i64) -> String {
    format!("{}.{:02}", pence / 100, pence % 100)
}

/// The whole of a cash-up in a program of its own, beyond what that has in memory when it does nothing.
fn memory_of_a_cash_up(folder: &std::path::Path, receipts: u64) -> Outcome {
    let mut child = Child::idle(folder, "12", "1212")?;
    let begun = child.call("cash_up.begin", &json!({}))?;
    child.call("cash_up.give", &count(&begun, receipts))?;
    child.call("cash_up.close", &json!({ "session": begun["session"]["number"], "attempt": 1 }))?;
    row_of_megabytes(&format!("memory of a cash-up of {receipts} receipts, beyond idle"), child.beyond_idle_megabytes()?, 20.0);
    Ok(())
}
