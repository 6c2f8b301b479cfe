//! A till that sends to a hub: a day's worth and more drained at once, payments taken meanwhile, account holders coming down.

use crate::accounts::write_csv;
use crate::figures::{Timings, row, timed};
use crate::hub::copied;
use crate::{Bench, Outcome, history, set_up};
use counterfoil_ledger::reference::put_extract;
use counterfoil_testkit::hub::Hub;
use counterfoil_testkit::postgres::shared;
use counterfoil_testkit::till::{assets, cash_sale, open_session, sign_in};
use counterfoil_till::secrets::SecretsFile;
use counterfoil_till::surroundings::{Machine, Surroundings};
use counterfoil_till::{Opening, Till};
use rusqlite::Connection;
use serde_json::json;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// Nothing may stand still for so long.
const PATIENCE: Duration = Duration::from_secs(300);

impl Bench {
    /// All on one hub with a PostgreSQL of the bench's own.
    pub fn sending(&self) -> Outcome {
        let url = shared().database()?;
        let hub = Hub::start(&url, self.folder.path())?;
        let folder = self.path("sending");
        set_up(&folder)?;
        history::fill(&folder, self.sizes.hub_entries, &self.template()?)?;
        let bodies = bodies(&folder)?;
        let bare = Timings::of((0..5).map(|_| copied(&url, &bodies)).collect::<Outcome<_>>()?).median();

        let (till, _) = opened(&folder, false)?;
        sign_in(&till)?;
        open_session(&till)?;
        let alone = Timings::of(self.payments(&till)?);
        let enrol = json!({ "url": hub.url(), "code": hub.enrolment_code("CH", "07", None)? });
        till.enrol(None, &serde_json::from_value(enrol)?)?;
        drop(till);

        let (till, told) = opened(&folder, true)?;
        sign_in(&till)?;
        let (drained, meanwhile) = timed(|| -> Outcome<Timings> {
            let meanwhile = Timings::of(self.payments(&till)?);
            until(&told, || Ok(till.call("ledger.show", json!({}))?["unsent_receipts"] == 0))?;
            Ok(meanwhile)
        });
        row(&format!("{} unsent receipts drain into the hub, against COPY of the same bytes", self.sizes.hub_entries), drained, bare, 10.0);
        row("payment p50 while the pump drains, against one while it is still", meanwhile?.median(), alone.median(), 1.1);
        self.accounts_down(&hub, &till, &told)
    }

    /// Each from another customer: the cash of one who comes back is added up before it is taken, which is another figure.
    fn payments(&self, till: &Till) -> Outcome<Vec<Duration>> {
        let template = self.template()?;
        let payment = |_| {
            let serial = till.store().read(|reading| reading.next_serial())?;
            let sale = cash_sale(&Machine.new_id(), template.reference(serial), "0.01");
            let (time, taken) = timed(|| till.call("sale.take", sale));
            taken.map(|_| time).map_err(Into::into)
        };
        (0..self.sizes.commits.min(500)).map(payment).collect()
    }

    /// The same rows, once from a file beside the till and once from the hub.
    fn accounts_down(&self, hub: &Hub, till: &Till, told: &Receiver<()>) -> Outcome {
        let csv = self.path("accounts-down.csv");
        write_csv(&csv, self.sizes.accounts)?;
        let (local, imported) = timed(|| till.import_accounts(&csv, &mut |_| {}));
        imported?;
        hub.as_administrator(async |ledger| put_extract(ledger, &csv).await)?;
        let (down, came) = timed(|| {
            until(told, || {
                till.call("ledger.ask", json!({}))?;
                let text = till.store().read(|reading| reading.extract())?;
                Ok(text.is_some_and(|now| now.ledger_version.is_some()))
            })
        });
        came?;
        row(&format!("{} accounts come down from the hub, against their import from a file", self.sizes.accounts), down, local, 2.0);
        Ok(())
    }
}

fn opened(folder: &Path, sends: bool) -> Outcome<(Till, Receiver<()>)> {
    let (tell, told) = channel();
    let opening = Opening {
        folder: folder.to_owned(),
        resources: assets(),
        surroundings: Box::new(Machine),
        listener: Box::new(move |_| {
            let _ = tell.send(());
        }),
        prints: false,
        sends,
        secrets: Box::new(SecretsFile::of(folder)),
        layers: counterfoil_till::Layers::default(),
    };
    Ok((Till::open(opening)?, told))
}

/// Asks whenever something happened at the till, and a few times a second besides.
fn until(told: &Receiver<()>, mut done: impl FnMut() -> Outcome<bool>) -> Outcome {
    let (time, outcome) = timed(|| {
        for _ in 0..u64::try_from(PATIENCE.as_millis() / 50).unwrap_or(1) {
            if done()? {
                return Ok(());
            }
            let _ = told.recv_timeout(Duration::from_millis(50));
            while told.try_recv().is_ok() {}
        }
        Err("nothing more happens".into())
    });
    outcome.map_err(|error: Box<dyn std::error::Error>| format!("{error} after {time:?}").into())
}

fn bodies(folder: &Path) -> Outcome<Vec<Vec<u8>>> {
    let store = Connection::open(folder.join("till.db"))?;
    let mut statement = store.prepare("SELECT body FROM journal ORDER BY seq")?;
    let bodies = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(bodies)
}
