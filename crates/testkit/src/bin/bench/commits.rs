//! A one-line cash receipt, durable, against a bare insert of the same bytes; and the receipt itself.

use crate::figures::{Timings, row, row_of_ratios, timed};
use crate::history::{self, Template};
use crate::{Bench, Outcome};
use counterfoil_store::{Decision, Job, StoreError};
use counterfoil_synthetic::shape::Shape;
use counterfoil_testkit::till;
use counterfoil_till::surroundings::{Machine, Surroundings};
use counterfoil_till::{Rendering, Till, render_receipt};
use rusqlite::Connection;
use serde_json::json;
use std::path::Path;
use std::time::Duration;

/// The fund of `till::cash_sale`.
const FUND: &str = "11";
/// More than are paid on in a day.
const REFERENCES: usize = 20_000;

/// A till, what to take at it, and the bare table beside it.
struct Place<'a> {
    till: Till,
    template: &'a Template,
    bare: Connection,
    body: Vec<u8>,
}

/// What was measured in turns at one place.
struct Commits {
    /// The store's commit by itself: entry, projections, print job.
    store: Timings,
    /// The command `sale.take` around it.
    command: Timings,
    bare: Timings,
}

impl Bench {
    /// A receipt of a till that is there for nothing else.
    pub fn template(&self) -> Outcome<Template> {
        let council = counterfoil_till::check_pack(&till::demonstration_pack()).map_err(|problems| format!("{problems:?}"))?.1;
        let folder = tempfile::tempdir_in(self.folder.path())?;
        let ready = till::open(folder.path(), false)?;
        till::make_ready(&ready, &json!({ "kind": "screen" }))?;
        take(&ready, "BJ12345673")?;
        let last = ready.store().head()?.seq;
        let entry = ready.store().read(|reading| reading.entry(last))?.ok_or("no entry")?;
        let validator = council.fund(FUND).and_then(|fund| fund.validator.as_deref()).and_then(|name| council.validator(name));
        let shape = Shape::of(validator, 1).ok_or("no reference passes")?;
        let references = (0..shape.count()).filter_map(|number| shape.reference(number)).take(REFERENCES).collect();
        Ok(Template { entry, number: council.receipt.number, references })
    }

    pub fn commits_among_few(&self) -> Outcome {
        let template = self.template()?;
        let place = self.place("few", &template, self.sizes.few_receipts)?;
        let commits = place.commits(self.sizes.commits)?;
        commits.rows(self.sizes.few_receipts);
        let number = place.last_number()?;
        let renders = (0..100).map(|_| timed(|| render_receipt(&place.till, &number, Rendering::EscPos)));
        let renders = renders.map(|(time, sheet)| sheet.map(|_| time)).collect::<Result<Vec<_>, _>>()?;
        row(
            "receipt to ESC/POS (read, laid out, encoded) against its commit",
            Timings::of(renders).median(),
            commits.command.median(),
            1.0,
        );
        Ok(())
    }

    /// `full` has its receipts already.
    pub fn commits_among_many(&self, full: &Path) -> Outcome {
        let template = self.template()?;
        let (small, large) = (self.place("few-again", &template, self.sizes.few_receipts)?, self.place_at(full, "many", &template)?);
        let (few, many) = in_turns(&small, &large, self.sizes.commits)?;
        many.rows(self.sizes.many_receipts);
        let name = |of| format!("commit {of} p50, {} receipts against {}", self.sizes.many_receipts, self.sizes.few_receipts);
        let against = |of: fn(&Commits) -> &Timings, at: &Commits| (of(at).median(), at.bare.median());
        row_of_ratios(&name("of the store"), against(|at| &at.store, &many), against(|at| &at.store, &few), 1.2);
        row_of_ratios(&name("whole command"), against(|at| &at.command, &many), against(|at| &at.command, &few), 1.2);
        Ok(())
    }

    /// A till with that many receipts.
    fn place<'a>(&self, name: &str, template: &'a Template, receipts: u64) -> Outcome<Place<'a>> {
        let folder = self.path(name);
        crate::set_up(&folder)?;
        history::fill(&folder, receipts, template)?;
        self.place_at(&folder, name, template)
    }

    fn place_at<'a>(&self, folder: &Path, name: &str, template: &'a Template) -> Outcome<Place<'a>> {
        let till = till::open(folder, false)?;
        till::sign_in(&till)?;
        till::open_session(&till)?;
        let bare = bare_store(&self.path(&format!("{name}-bare.db")))?;
        Ok(Place { till, template, bare, body: vec![b'x'; template.length()?] })
    }
}

/// Both places are measured in turns, a few commits each, so that what else the machine does falls on both.
fn in_turns(small: &Place<'_>, large: &Place<'_>, count: usize) -> Outcome<(Commits, Commits)> {
    const TURN: usize = 10;
    let (mut few, mut many) = (Raw::default(), Raw::default());
    for _ in 0..count.div_ceil(TURN) {
        small.measure(TURN, &mut few)?;
        large.measure(TURN, &mut many)?;
    }
    Ok((few.sorted(), many.sorted()))
}

/// Durations in the order in which they came.
#[derive(Default)]
struct Raw {
    store: Vec<Duration>,
    command: Vec<Duration>,
    bare: Vec<Duration>,
}

impl Raw {
    fn sorted(self) -> Commits {
        Commits { store: Timings::of(self.store), command: Timings::of(self.command), bare: Timings::of(self.bare) }
    }
}

impl Commits {
    fn rows(&self, receipts: u64) {
        for (name, ours) in [("of the store", &self.store), ("whole command", &self.command)] {
            row(&format!("commit {name} p50, {receipts} receipts"), ours.at(50), self.bare.at(50), 1.5);
            row(&format!("commit {name} p99, {receipts} receipts"), ours.at(99), self.bare.at(99), 2.0);
        }
    }
}

impl Place<'_> {
    fn commits(&self, count: usize) -> Outcome<Commits> {
        let mut raw = Raw::default();
        self.measure(count, &mut raw)?;
        Ok(raw.sorted())
    }

    fn measure(&self, count: usize, into: &mut Raw) -> Outcome {
        let mut insert = self.bare.prepare("INSERT INTO journal (body) VALUES (?1)")?;
        for _ in 0..count {
            into.store.push(self.commit()?);
            into.command.push(take(&self.till, self.template.reference(self.next_serial()?))?);
            let (time, outcome) = timed(|| insert.execute([&self.body]));
            outcome?;
            into.bare.push(time);
        }
        Ok(())
    }

    /// The store's commit without the command around it.
    fn commit(&self) -> Outcome<Duration> {
        let store = self.till.store();
        let entry = self.template.receipt(self.next_serial()?)?;
        let job = Job { drawer: true, ..Job::default() };
        let (time, outcome) = timed(|| store.commit(|_| Ok::<_, StoreError>(Decision::Write(Box::new(entry), Some(job)))));
        outcome?;
        Ok(time)
    }

    fn next_serial(&self) -> Outcome<u64> {
        Ok(self.till.store().read(|reading| reading.next_serial())?)
    }

    fn last_number(&self) -> Outcome<String> {
        let last = self.till.call("receipt.last", json!({}))?;
        Ok(last["receipt"]["receipt"]["number"].as_str().ok_or("no last receipt")?.to_owned())
    }
}

fn take(ready: &Till, reference: &str) -> Outcome<Duration> {
    let sale = till::cash_sale(&Machine.new_id(), reference, "35.00");
    let (time, answer) = timed(|| ready.call("sale.take", sale));
    answer?;
    Ok(time)
}

pub fn bare_store(file: &Path) -> Outcome<Connection> {
    let bare = Connection::open(file)?;
    bare.pragma_update(None, "journal_mode", "wal")?;
    bare.pragma_update(None, "synchronous", "full")?;
    bare.execute_batch("CREATE TABLE journal (seq INTEGER PRIMARY KEY, body BLOB NOT NULL)")?;
    Ok(bare)
}
