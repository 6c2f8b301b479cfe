//! A hub on a database of the test's own, and tills that speak to it.

pub mod browser;

use counterfoil_testkit::hub::Hub;
use counterfoil_testkit::hub_till::{HubTill, Taking};
use counterfoil_testkit::postgres;
use std::sync::atomic::{AtomicU8, Ordering};
use tokio_postgres::{NoTls, Row};

/// A hub, its database and its folder.
pub struct Centre {
    pub hub: Hub,
    pub database_url: String,
    pub folder: tempfile::TempDir,
    tills: AtomicU8,
}

impl Centre {
    pub fn new() -> Centre {
        Centre::on(&postgres::shared().database().expect("database"))
    }

    pub fn on(database_url: &str) -> Centre {
        let folder = tempfile::tempdir().expect("folder");
        let hub = Hub::start(database_url, folder.path()).expect("hub");
        Centre { hub, database_url: database_url.to_owned(), folder, tills: AtomicU8::new(1) }
    }

    /// A till that is enrolled.
    pub fn till(&self) -> HubTill {
        self.unknown_till().enrolled(&self.code())
    }

    /// A till with an id and a key of its own, which the hub doesn't know.
    pub fn unknown_till(&self) -> HubTill {
        let number = self.tills.fetch_add(1, Ordering::Relaxed);
        HubTill::new(self.hub.url(), &format!("019ab000-0000-7000-8000-0000000000{number:02}"), [number; 32])
    }

    pub fn code(&self) -> String {
        self.hub.enrolment_code("CH", "07", None).expect("code")
    }

    /// What the database says.
    pub fn rows(&self, sql: &str) -> Vec<Row> {
        let run = || {
            let runtime = tokio::runtime::Runtime::new().expect("runtime");
            runtime.block_on(async {
                let (client, connection) = tokio_postgres::connect(&self.database_url, NoTls).await.expect("connection");
                tokio::spawn(connection);
                client.query(sql, &[]).await
            })
        };
        run().unwrap_or_else(|error| panic!("{sql}: {error:?}"))
    }

    /// One number that the database says.
    pub fn number(&self, sql: &str) -> i64 {
        self.rows(sql)[0].get(0)
    }
}

/// Receipts with these numbers, £5.00 each.
pub fn takings(numbers: impl IntoIterator<Item = u64>) -> Vec<Vec<u8>> {
    numbers.into_iter().map(|number| Taking::of(number, 500).body()).collect()
}
