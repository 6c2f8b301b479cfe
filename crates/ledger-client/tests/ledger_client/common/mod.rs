//! A till's receipts, the stand-in IMS, and a queue that is worked off by a clock that the test moves.

#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "each test uses some of it")]

pub mod soak;

use chrono::NaiveDate;
use counterfoil_domain::Pence;
use counterfoil_domain::posting::waterfall;
use counterfoil_domain::receipt::{IncomeLine, Receipt, Tender, TenderDetails};
use counterfoil_domain::text::Language;
use counterfoil_ledger_client::localgov_ims::{Attempt, Delivery, DeliveryState, Fault, LocalGovIms, OutgoingReceipt, Pace, Settings};
use counterfoil_simulators::ims::{Behaviour, StandInIms, Tables};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicI64, Ordering};

pub const SETTLE_MS: i64 = 120_000;

pub fn ims() -> StandInIms {
    StandInIms::start(Tables::demonstration(), Behaviour::default()).unwrap()
}

pub fn settings(ims: &StandInIms) -> Settings {
    Settings { base_url: ims.base_url().to_owned(), pace: Pace { settle_ms: SETTLE_MS, ..Pace::default() }, ..Settings::default() }
}

pub fn client(ims: &StandInIms) -> LocalGovIms {
    LocalGovIms::new(settings(ims)).unwrap()
}

/// One that gives up soon, for tests in which it has to.
pub fn impatient(ims: &StandInIms) -> LocalGovIms {
    let pace = Pace { request_timeout_ms: 300, settle_ms: SETTLE_MS, ..Pace::default() };
    LocalGovIms::new(Settings { pace, ..settings(ims) }).unwrap()
}

pub fn line(fund_code: &str, reference: &str, pence: i64) -> IncomeLine {
    let taxed = fund_code == "19";
    IncomeLine {
        fund_code: fund_code.to_owned(),
        reference: reference.to_owned(),
        amount: Pence(pence),
        vat_code: if taxed { "W0" } else { "N0" }.to_owned(),
        vat_rate: if taxed { "0.2" } else { "0" }.parse().unwrap(),
        vat: Pence(if taxed { pence / 6 } else { 0 }),
        narrative: "At the counter".to_owned(),
        stop_overridden: None,
        override_reason: String::new(),
        payer_name: String::new(),
        payer_address: String::new(),
        in_suspense: false,
    }
}

pub fn tender(mop_code: &str, pence: i64) -> Tender {
    Tender { mop_code: mop_code.to_owned(), amount: Pence(pence), details: TenderDetails::Internal }
}

pub fn receipt(serial: u64, lines: Vec<IncomeLine>, tenders: Vec<Tender>) -> OutgoingReceipt {
    let gross: Vec<(Pence, Pence)> = lines.iter().map(|line| (line.amount, line.vat)).collect();
    let paid: Vec<Pence> = tenders.iter().map(|tender| tender.amount).collect();
    let receipt = Receipt {
        number: format!("CH07-{serial:07}"),
        serial,
        office_code: "CH".to_owned(),
        till_code: "07".to_owned(),
        total: paid.iter().copied().sum(),
        postings: waterfall(&gross, &paid),
        lines,
        tenders,
        language: Language::English,
    };
    let taken_at = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap().and_hms_opt(9, 30, 0).unwrap();
    OutgoingReceipt { receipt, taken_at, user_code: "12".to_owned(), corrects: None }
}

pub fn simple(serial: u64) -> OutgoingReceipt {
    receipt(serial, vec![line("23", "501234566", 1_250)], vec![tender("1", 1_250)])
}

/// Two lines, two tenders, three postings.
pub fn mixed(serial: u64) -> OutgoingReceipt {
    let lines = vec![line("23", "501234566", 10_000), line("19", "12345678901", 5_000)];
    receipt(serial, lines, vec![tender("1", 8_000), tender("92", 7_000)])
}

/// A day's takings: most have one line, some have several, some of those the same line twice.
pub fn takings(seed: u64, count: u64) -> Vec<OutgoingReceipt> {
    let mut chance = StdRng::seed_from_u64(seed);
    (1..=count)
        .map(|serial| {
            let several = chance.random_range(0..10) == 0;
            let lines: Vec<IncomeLine> = (0..if several { chance.random_range(2..4) } else { 1 })
                .map(|_| line(["23", "5", "19"][chance.random_range(0..3)], "501234566", chance.random_range(1..4) * 600))
                .collect();
            let total: i64 = lines.iter().map(|line| line.amount.0).sum();
            let by_cash = if several { chance.random_range(1..total) } else { total };
            let tenders = [("1", by_cash), ("92", total - by_cash)].into_iter().filter(|(_, pence)| *pence > 0);
            receipt(serial, lines, tenders.map(|(mop, pence)| tender(mop, pence)).collect())
        })
        .collect()
}

pub async fn attempt(ims: &StandInIms, client: &LocalGovIms, receipt: &OutgoingReceipt, state: DeliveryState, now_ms: i64) -> Attempt {
    ims.set_clock(now_ms);
    client.deliver(receipt, state, &move || now_ms).await
}

/// A queue as a till keeps it: what waits, how far it got, when it is due again.
pub struct Queue<'a> {
    ims: &'a StandInIms,
    client: &'a LocalGovIms,
    waiting: VecDeque<(i64, OutgoingReceipt, DeliveryState)>,
    clock_ms: AtomicI64,
    /// So many attempts in a thousand end with the till being stopped before it has written down what came of them.
    stops_per_thousand: u32,
    chance: StdRng,
    pub put_aside: Vec<Fault>,
    pub delivered: BTreeMap<String, Vec<String>>,
    pub attempts: u64,
    pub stops: u64,
}

impl<'a> Queue<'a> {
    pub fn new(ims: &'a StandInIms, client: &'a LocalGovIms, receipts: &[OutgoingReceipt]) -> Queue<'a> {
        Queue {
            ims,
            client,
            waiting: receipts.iter().map(|receipt| (0, receipt.clone(), DeliveryState::default())).collect(),
            clock_ms: AtomicI64::new(0),
            stops_per_thousand: 0,
            chance: StdRng::seed_from_u64(1),
            put_aside: Vec::new(),
            delivered: BTreeMap::new(),
            attempts: 0,
            stops: 0,
        }
    }

    pub fn stopping(mut self, per_thousand: u32, seed: u64) -> Queue<'a> {
        (self.stops_per_thousand, self.chance) = (per_thousand, StdRng::seed_from_u64(seed));
        self
    }

    pub fn now_ms(&self) -> i64 {
        self.clock_ms.load(Ordering::SeqCst)
    }

    /// Works until nothing waits. What is put aside for having failed too often is released by a person, and tried again; nothing
    /// else may be put aside.
    pub async fn work_off(&mut self) {
        while let Some((due_ms, receipt, state)) = self.waiting.pop_front() {
            self.clock_ms.fetch_max(due_ms, Ordering::SeqCst);
            let now_ms = self.clock_ms.fetch_add(1, Ordering::SeqCst);
            self.ims.set_clock(now_ms);
            self.attempts += 1;
            assert!(self.attempts < 1_000_000, "it never ends");
            let before = state.clone();
            let Attempt { delivery, state } = self.client.deliver(&receipt, state, &|| self.now_ms()).await;
            if self.chance.random_range(0..1_000) < self.stops_per_thousand {
                self.start_again(receipt, before);
                continue;
            }
            match delivery {
                Delivery::Delivered { references } => {
                    self.delivered.insert(receipt.receipt.number.clone(), references);
                }
                // One in four comes back too early, which must do no harm.
                Delivery::InDoubt { until_ms, .. } => {
                    let early = self.chance.random_range(0..4) == 0;
                    let due_ms = if early { self.chance.random_range(now_ms..=until_ms.max(now_ms)) } else { until_ms };
                    self.wait(due_ms, receipt, state);
                }
                Delivery::Unreachable { .. } => self.wait(now_ms + 1_000, receipt, state),
                Delivery::Quarantined { fault } => {
                    let by_chance = matches!(fault, Fault::Refused { .. } | Fault::NeverAnswered { .. });
                    assert!(by_chance, "{}: {fault}", receipt.receipt.number);
                    self.put_aside.push(fault);
                    self.wait(now_ms + 1_000, receipt, state.released());
                }
            }
        }
    }

    /// The till was stopped in an attempt: whatever still waits may have been sent just now.
    fn start_again(&mut self, receipt: OutgoingReceipt, before: DeliveryState) {
        self.stops += 1;
        self.waiting.push_front((0, receipt, before));
        let now_ms = self.now_ms();
        // Only the few that were tried have anything that could be in doubt; the rest is left alone to keep the test short.
        for (_, _, state) in self.waiting.iter_mut().take(20) {
            *state = std::mem::take(state).after_a_start(now_ms, self.client.pace().settle_ms);
        }
    }

    fn wait(&mut self, due_ms: i64, receipt: OutgoingReceipt, state: DeliveryState) {
        let place = self.waiting.partition_point(|(due, _, _)| *due <= due_ms);
        self.waiting.insert(place, (due_ms, receipt, state));
    }
}
