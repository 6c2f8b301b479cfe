//! The hub's intake: against PostgreSQL's own COPY of the same bytes, and many tills at once against one.

use crate::figures::{Timings, row, timed};
use crate::{Bench, Outcome};
use counterfoil_testkit::hub::Hub;
use counterfoil_testkit::hub_till::{HubTill, Taking};
use counterfoil_testkit::postgres::shared;
use counterfoil_wire::Head;
use counterfoil_wire::entries::{EntriesReply, MAX_BATCH_BYTES, MAX_ENTRIES, Status};
use std::pin::pin;
use std::time::Duration;
use tokio_postgres::NoTls;
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::Type;

impl Bench {
    /// Both on one PostgreSQL of the bench's own.
    pub fn hub(&self) -> Outcome {
        let url = shared().database()?;
        let hub = Hub::start(&url, self.folder.path())?;
        let bodies: Vec<Vec<u8>> = (1..=self.sizes.hub_entries).map(|number| Taking::of(number, 500).body()).collect();
        let (mut ours, mut baseline) = (Vec::new(), Vec::new());
        for round in 0..3 {
            baseline.push(copied(&url, &bodies)?);
            ours.push(sent(&enrolled(&hub, round)?, &bodies)?);
        }
        let (ours, baseline) = (Timings::of(ours).median(), Timings::of(baseline).median());
        row(&format!("{} entries of one till into the hub, against COPY of the same bytes", bodies.len()), ours, baseline, 2.0);
        self.tills_at_once(&hub)
    }

    /// Each sends batches of ten receipts, as a till that has its line does; the last of a hundred answers counts.
    fn tills_at_once(&self, hub: &Hub) -> Outcome {
        let (tills, batches) = (self.sizes.hub_tills, 10);
        let alone = enrolled(hub, 1_000)?;
        let one = acknowledged(&alone, batches * 20)?;
        let many: Vec<HubTill> = (0..tills).map(|till| enrolled(hub, 2_000 + till)).collect::<Outcome<_>>()?;
        let mut all = Vec::new();
        std::thread::scope(|scope| {
            let sending: Vec<_> = many.iter().map(|till| scope.spawn(|| acknowledged(till, batches).unwrap_or_default())).collect();
            all.extend(sending.into_iter().filter_map(|sent| sent.join().ok()).flatten());
        });
        if all.len() as u64 != tills * batches {
            return Err("a batch of one of many tills wasn't acknowledged".into());
        }
        let (ours, baseline) = (Timings::of(all).at(99), Timings::of(one).at(99));
        row(&format!("99th percentile of an acknowledgement, {tills} tills at once, against one till"), ours, baseline, 5.0);
        Ok(())
    }
}

fn enrolled(hub: &Hub, number: u64) -> Outcome<HubTill> {
    let mut key = [7; 32];
    key[..8].copy_from_slice(&number.to_be_bytes());
    let till = HubTill::new(hub.url(), &format!("019ab000-0000-7000-8000-{number:012}"), key);
    Ok(till.enrolled(&hub.enrolment_code("CH", "07", None)?))
}

/// All of it, in batches as large as they may be, compressed as a till compresses them.
fn sent(till: &HubTill, bodies: &[Vec<u8>]) -> Outcome<Duration> {
    let mut heads = vec![Head::EMPTY];
    for body in bodies {
        let last = heads.last().copied().unwrap_or(Head::EMPTY);
        heads.push(last.after(&till.id, body));
    }
    let (time, all_created) = timed(|| {
        let mut from = 0;
        while from < bodies.len() {
            let until = batch_end(bodies, from);
            let reply: EntriesReply = HubTill { head: heads[from], ..till.clone() }.try_send(&bodies[from..until]).json();
            if reply.entries.iter().any(|entry| entry.status != Status::Created) {
                return false;
            }
            from = until;
        }
        true
    });
    if all_created { Ok(time) } else { Err("an entry wasn't created".into()) }
}

fn batch_end(bodies: &[Vec<u8>], from: usize) -> usize {
    let mut bytes = 1024;
    let fits = bodies[from..].iter().take(MAX_ENTRIES).take_while(|body| {
        bytes += body.len() + 1;
        bytes <= MAX_BATCH_BYTES
    });
    from + fits.count()
}

fn acknowledged(till: &HubTill, batches: u64) -> Outcome<Vec<Duration>> {
    let mut till = till.clone();
    let mut times = Vec::new();
    for batch in 0..batches {
        let bodies: Vec<Vec<u8>> = (batch * 10 + 1..=batch * 10 + 10).map(|number| Taking::of(number, 500).body()).collect();
        let (time, reply) = timed(|| till.send(&bodies));
        if reply.entries.iter().any(|entry| entry.status != Status::Created) {
            return Err("an entry wasn't created".into());
        }
        times.push(time);
    }
    Ok(times)
}

/// The same bytes into a table that has nothing else, by one COPY.
fn copied(url: &str, bodies: &[Vec<u8>]) -> Outcome<Duration> {
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let (mut client, connection) = tokio_postgres::connect(url, NoTls).await?;
        tokio::spawn(connection);
        client.batch_execute("DROP TABLE IF EXISTS bare; CREATE TABLE bare (seq bigint, body bytea)").await?;
        let start = std::time::Instant::now();
        let transaction = client.transaction().await?;
        let sink = transaction.copy_in("COPY bare FROM STDIN BINARY").await?;
        let mut writer = pin!(BinaryCopyInWriter::new(sink, &[Type::INT8, Type::BYTEA]));
        for (seq, body) in (1_i64..).zip(bodies) {
            writer.as_mut().write(&[&seq, body]).await?;
        }
        writer.finish().await?;
        transaction.commit().await?;
        Ok(start.elapsed())
    })
}
