//! A ledger to look at beside a demonstration till: a PostgreSQL of its own and a hub on it. The first line that it writes is
//! JSON: where the hub is, a code for the till, who may sign in at its page. Then it tells of takings as they arrive. It ends
//! when its input does.

#![allow(clippy::print_stdout, reason = "what it writes is what it is for")]

use clap::Parser;
use counterfoil_ledger::people::{self, Person, Role};
use counterfoil_testkit::hub::Hub;
use counterfoil_testkit::postgres::Cluster;
use serde_json::json;
use std::error::Error;
use std::io::Read;
use std::path::PathBuf;
use std::time::Duration;
use tokio_postgres::NoTls;

/// Who may sign in at the page.
const PERSON: &str = "finance";

/// A ledger for the demonstration.
#[derive(Parser)]
struct Arguments {
    /// Where its signing key is kept.
    #[arg(long)]
    folder: PathBuf,
    /// The till's office.
    #[arg(long)]
    office: String,
    /// The till.
    #[arg(long)]
    till: String,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    std::fs::create_dir_all(&arguments.folder)?;
    let cluster = Cluster::start()?;
    let database = cluster.database()?;
    let hub = Hub::start(&database, &arguments.folder)?;
    let code = hub.enrolment_code(&arguments.office, &arguments.till, None)?;
    let password = hub.as_administrator(async |ledger| {
        let password = people::made_password(ledger)?;
        let person = Person { code: PERSON.into(), name: "Finance".into(), role: Role::Administrator };
        people::add(ledger, &person, &password).await?;
        Ok(password)
    })?;
    println!("{}", json!({ "url": hub.url(), "code": code, "user": PERSON, "password": password }));
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.spawn(async move {
        if let Err(error) = tell_of_takings(&database).await {
            eprintln!("the ledger's database: {error}");
        }
    });
    // Whoever started it closes this when they are done.
    let _ = std::io::stdin().read_to_end(&mut Vec::new());
    runtime.shutdown_background();
    hub.stop()?;
    Ok(())
}

/// Writes a line whenever more has arrived.
async fn tell_of_takings(database: &str) -> Result<(), tokio_postgres::Error> {
    let (client, connection) = tokio_postgres::connect(database, NoTls).await?;
    tokio::spawn(connection);
    let mut told = 0;
    loop {
        let sql = "SELECT count(DISTINCT receipt_number), coalesce(sum(amount_pence), 0)::bigint FROM postings";
        let row = client.query_one(sql, &[]).await?;
        let (receipts, pence): (i64, i64) = (row.get(0), row.get(1));
        if receipts != told {
            told = receipts;
            let noun = if receipts == 1 { "receipt" } else { "receipts" };
            println!("In the ledger: {receipts} {noun}, £{}.{:02}", pence / 100, pence % 100);
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}
