//! Reports over a year: each against its bare query in the same file, and in a store ten times older against a young one.

use crate::child::Child;
use crate::figures::{Timings, row, row_of_megabytes, row_of_millis, timed};
use crate::{Bench, Outcome, history};
use chrono::Days;
use counterfoil_testkit::till;
use counterfoil_till::Till;
use rusqlite::Connection;
use serde_json::{Value, json};
use std::path::Path;
use std::time::Duration;

/// A report, and what it would be asked of the file without the program. `?1` is the serial before the year's first.
const BARE: &[(&str, &str)] = &[
    ("takings-by-fund", "SELECT fund_code, count(*), sum(amount_pence), sum(vat_pence) FROM postings WHERE serial > ?1 GROUP BY fund_code"),
    ("takings-by-mop", "SELECT mop_code, count(*), sum(amount_pence), sum(vat_pence) FROM postings WHERE serial > ?1 GROUP BY mop_code"),
    ("takings-by-vat", "SELECT vat_code, count(*), sum(amount_pence), sum(vat_pence) FROM postings WHERE serial > ?1 GROUP BY vat_code"),
    ("takings-by-cashier", "SELECT user_code, count(*), sum(total_pence) FROM receipts WHERE serial > ?1 GROUP BY user_code"),
    ("takings-by-day", "SELECT day, count(*), sum(total_pence) FROM receipts WHERE serial > ?1 GROUP BY day"),
    ("takings-by-hour", "SELECT at_ms / 3600000, count(*), sum(total_pence) FROM receipts WHERE serial > ?1 GROUP BY 1"),
    ("cheques", "SELECT serial FROM postings WHERE serial > ?1 AND mop_code = '24'"),
    (
        "voids-and-refunds",
        "SELECT r.serial, length(j.body), substr(j.body, -40) FROM receipts r JOIN journal j ON j.seq = r.seq WHERE r.serial > ?1 AND r.kind IN (1, 2)",
    ),
    (
        "over-and-short",
        "SELECT z, day, user_code, mop_code, expected_pence, counted_pence, reason_code, reason_text FROM counted WHERE seq > ?1",
    ),
    ("drawer-openings", "SELECT seq, at_ms, session, user_code, reason_code, reason_text FROM drawer_openings WHERE seq > ?1"),
    ("deposits", "SELECT day, number, slip, cash_pence, expected_pence, cheque_pence FROM deposits WHERE number > ?1"),
    ("audit-trail", "SELECT length(body), substr(body, -40) FROM journal WHERE seq > ?1"),
];

/// A till, its file without the program, and where the year begins in it.
struct Place {
    till: Till,
    bare: Connection,
    before: u64,
}

impl Bench {
    /// Two stores whose last year is the same.
    pub fn reports(&self) -> Outcome {
        let receipts = self.sizes.year_receipts;
        let days = receipts / history::RECEIPTS_A_DAY;
        let (young, old) = (self.place_of_years("young", receipts, receipts)?, self.place_of_years("old", receipts * 10, receipts)?);
        for (report, bare) in BARE {
            let (mut ours, mut baseline, mut older) = (Vec::new(), Vec::new(), Vec::new());
            // What comes first reads its pages from the disk, in either store.
            let _ = (asked(&young.till, report, days)?, asked(&old.till, report, days)?, queried(&young, bare)?);
            for _ in 0..self.sizes.reports {
                ours.push(asked(&young.till, report, days)?);
                baseline.push(queried(&young, bare)?);
                older.push(asked(&old.till, report, days)?);
            }
            let (ours, baseline, older) = (Timings::of(ours).median(), Timings::of(baseline).median(), Timings::of(older).median());
            row(&format!("{report} over a year of {receipts} receipts, against its bare query"), ours, baseline, 3.0);
            row_of_millis(&format!("{report} over a year of {receipts} receipts"), ours, 300);
            row(&format!("{report} in a store ten times older"), older, ours, 1.25);
        }
        drop(old);
        memory_of_reports(&self.path("old"), days)
    }

    fn place_of_years(&self, name: &str, receipts: u64, year: u64) -> Outcome<Place> {
        let folder = self.path(name);
        crate::set_up(&folder)?;
        history::fill(&folder, receipts, &self.template()?)?;
        let till = till::open(&folder, false)?;
        till.call("user.sign_in", json!({ "user_code": "20", "secret": "2020" }))?;
        let bare = Connection::open(folder.join("till.db"))?;
        Ok(Place { till, bare, before: receipts - year })
    }
}

/// A report over the last so many days.
fn request(report: &str, days: u64) -> Outcome<Value> {
    let today = chrono::Local::now().date_naive();
    let from = today.checked_sub_days(Days::new(days)).ok_or("no such day")?;
    // A search that finds nothing looks at every entry.
    let text = if report == "audit-trail" { "nothing holds this" } else { "" };
    Ok(json!({ "report": report, "period": "days", "from": from.to_string(), "to": today.to_string(), "text": text }))
}

fn asked(till: &Till, report: &str, days: u64) -> Outcome<Duration> {
    let request = request(report, days)?;
    let (took, answer) = timed(|| till.call("report.run", request));
    let rows = answer?["rows"].as_array().map_or(0, Vec::len);
    // Nothing is found quickly by whatever means.
    if rows == 0 && report != "audit-trail" { Err(format!("{report} has no rows").into()) } else { Ok(took) }
}

fn queried(place: &Place, sql: &str) -> Outcome<Duration> {
    let mut statement = place.bare.prepare_cached(sql)?;
    let (took, rows) = timed(|| -> rusqlite::Result<usize> {
        let mut rows = statement.query([place.before])?;
        let mut count = 0;
        while rows.next()?.is_some() {
            count += 1;
        }
        Ok(count)
    });
    rows?;
    Ok(took)
}

/// Every report of a year on the screen, and every entry of it as CSV, in a program of its own.
fn memory_of_reports(folder: &Path, days: u64) -> Outcome {
    let mut child = Child::idle(folder, "20", "2020")?;
    for (report, _) in BARE {
        child.call("report.run", &request(report, days)?)?;
    }
    row_of_megabytes("memory of every report over a year, beyond idle", child.beyond_idle_megabytes()?, 20.0);
    let mut what = request("audit-trail", days)?;
    what["text"] = json!("");
    child.call("report.export", &json!({ "what": what, "format": "csv" }))?;
    row_of_megabytes("memory of a year's audit trail as CSV, beyond idle", child.beyond_idle_megabytes()?, 20.0);
    Ok(())
}
