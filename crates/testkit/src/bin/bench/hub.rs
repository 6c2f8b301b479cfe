//! The hub's intake: against PostgreSQL's own COPY of the same bytes, and many tills at once against one.

use crate::figures::{Timings, row, timed};
use crate::{Bench, Outcome};
use counterfoil_testkit::hub::Hub;
use counterfoil_testkit::hub_till::{HubTill, Taking};
use counterfoil_testkit::postgres::shared;
use counterfoil_wire::Head;
use counterfoil_wire::entries::{EntriesReply, MAX_BATCH_BYTES, MAX_ENTRIES, Status};
use futures_util::{SinkExt, TryStreamExt};
use std::pin::pin;
use std::time::Duration;
use tokio_postgres::NoTls;
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::Type;

/// Tills that send at the same moment, where the hub's intake as a whole is measured.
const TILLS_TOGETHER: u64 = 4;

impl Bench {
    /// All on one PostgreSQL of the bench's own. Two baselines: the bytes of the entries into a table that has nothing else, and
    /// everything that the hub keeps of them (entries and postings) into tables with the same indexes.
    pub fn hub(&self) -> Outcome {
        let url = shared().database()?;
        let hub = Hub::start(&url, self.folder.path())?;
        let bodies: Vec<Vec<u8>> = (1..=self.sizes.hub_entries).map(|number| Taking::of(number, 500).body()).collect();
        let (mut all, mut one, mut bare, mut kept) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for round in 0..3 {
            bare.push(copied(&url, &bodies)?);
            let till = enrolled(&hub, round)?;
            one.push(sent(&till, &bodies)?);
            kept.push(copied_as_kept(&url, &till.id)?);
            all.push(sent_by_all(&hub, round, &bodies)?);
        }
        let [all, one, bare, kept] = [all, one, bare, kept].map(|times| Timings::of(times).median());
        let count = bodies.len();
        row(&format!("{count} entries of {TILLS_TOGETHER} tills into the hub, against one COPY of the rows that it keeps"), all, kept, 2.0);
        row(&format!("{count} entries of one till into the hub, against COPY of their bytes alone"), one, bare, 10.0);
        self.tills_at_once(&hub)
    }

    /// First as after a morning without a line, when all have something to send at the same moment; then as on a busy day, when
    /// each takes a payment every few seconds. Nothing may be lost in either.
    fn tills_at_once(&self, hub: &Hub) -> Outcome {
        let (tills, batches) = (self.sizes.hub_tills, 10);
        let one = Timings::of(acknowledged(&enrolled(hub, 1_000)?, &Pace { batches: batches * 20, entries: 10, ..Pace::default() })?);
        let many: Vec<HubTill> = (0..tills).map(|till| enrolled(hub, 2_000 + till)).collect::<Outcome<_>>()?;
        let burst = Pace { batches, entries: 10, ..Pace::default() };
        let (time, all) = timed(|| together(&many, |_| burst));
        let sent = u32::try_from(all?.len())?;
        row(&format!("{tills} tills that send {sent} batches at once, against as many of one till"), time, one.median() * sent, 1.0);

        let payments = self.sizes.hub_payments;
        let pause = Duration::from_secs(10);
        let alone = Pace { batches: payments * 20, entries: 1, pause: Duration::from_millis(50), ..Pace::default() };
        let one = Timings::of(acknowledged(&enrolled(hub, 1_001)?, &alone)?);
        let many: Vec<HubTill> = (0..tills).map(|till| enrolled(hub, 3_000 + till)).collect::<Outcome<_>>()?;
        let number = u32::try_from(tills)?;
        let busy = |till: u32| Pace { first: pause * till / number, batches: payments, entries: 1, pause };
        let all = Timings::of(together(&many, busy)?);
        let name = format!("99th percentile of an acknowledgement, {tills} tills with a payment every {pause:?}, against one till");
        row(&name, all.at(99), one.at(99), 5.0);
        Ok(())
    }
}

/// Several tills at once: each waits for its answers, the hub for none of them.
fn sent_by_all(hub: &Hub, round: u64, bodies: &[Vec<u8>]) -> Outcome<Duration> {
    let tills: Vec<HubTill> = (0..TILLS_TOGETHER).map(|till| enrolled(hub, 100 + 10 * round + till)).collect::<Outcome<_>>()?;
    let share = bodies.len().div_ceil(tills.len());
    let (time, all) = timed(|| {
        std::thread::scope(|scope| {
            let shares = tills.iter().zip(bodies.chunks(share));
            let sending: Vec<_> = shares.map(|(till, bodies)| scope.spawn(move || sent(till, bodies).is_ok())).collect();
            sending.into_iter().all(|sent| sent.join().unwrap_or(false))
        })
    });
    if all { Ok(time) } else { Err("a batch of one of several tills wasn't acknowledged".into()) }
}

/// How a till sends.
#[derive(Clone, Copy, Default)]
struct Pace {
    /// Before its first batch.
    first: Duration,
    batches: u64,
    entries: u64,
    /// Between two batches.
    pause: Duration,
}

/// All of them, each on a thread of its own; how long each batch took.
fn together(tills: &[HubTill], pace: impl Fn(u32) -> Pace) -> Outcome<Vec<Duration>> {
    let mut all = Vec::new();
    let wanted: u64 = (0..).zip(tills).map(|(number, _)| pace(number).batches).sum();
    std::thread::scope(|scope| {
        let paces = (0..).zip(tills).map(|(number, till)| (pace(number), till));
        let sending: Vec<_> = paces.map(|(pace, till)| scope.spawn(move || acknowledged(till, &pace).unwrap_or_default())).collect();
        all.extend(sending.into_iter().filter_map(|sent| sent.join().ok()).flatten());
    });
    if all.len() as u64 == wanted { Ok(all) } else { Err("a batch of one of many tills wasn't acknowledged".into()) }
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

fn acknowledged(till: &HubTill, pace: &Pace) -> Outcome<Vec<Duration>> {
    let mut till = till.clone();
    let mut times = Vec::new();
    std::thread::sleep(pace.first);
    for batch in 0..pace.batches {
        let numbers = batch * pace.entries + 1..=(batch + 1) * pace.entries;
        let bodies: Vec<Vec<u8>> = numbers.map(|number| Taking::of(number, 500).body()).collect();
        let (time, reply) = timed(|| till.send(&bodies));
        if reply.entries.iter().any(|entry| entry.status != Status::Created) {
            return Err("an entry wasn't created".into());
        }
        times.push(time);
        std::thread::sleep(pace.pause);
    }
    Ok(times)
}

/// The same bytes into a table that has nothing else, by one COPY.
pub fn copied(url: &str, bodies: &[Vec<u8>]) -> Outcome<Duration> {
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

/// What the hub keeps of a till, by COPY out and, timed, by COPY into tables like its own.
fn copied_as_kept(url: &str, till_id: &str) -> Outcome<Duration> {
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let (mut client, connection) = tokio_postgres::connect(url, NoTls).await?;
        tokio::spawn(connection);
        let mut kept = Vec::new();
        for table in ["entries", "postings"] {
            let make = format!("DROP TABLE IF EXISTS like_{table}; CREATE TABLE like_{table} (LIKE {table} INCLUDING ALL)");
            client.batch_execute(&make).await?;
            let of = format!("SELECT * FROM {table} WHERE till_number = (SELECT number FROM tills WHERE id = '{till_id}') ORDER BY seq");
            let rows: Vec<_> = client.copy_out(&format!("COPY ({of}) TO STDOUT BINARY")).await?.try_collect().await?;
            kept.push((table, rows));
        }
        let start = std::time::Instant::now();
        let transaction = client.transaction().await?;
        for (table, rows) in kept {
            let mut sink = pin!(transaction.copy_in(&format!("COPY like_{table} FROM STDIN BINARY")).await?);
            for row in rows {
                sink.feed(row).await?;
            }
            sink.close().await?;
        }
        transaction.commit().await?;
        Ok(start.elapsed())
    })
}
