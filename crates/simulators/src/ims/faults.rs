//! How an IMS fails: one request at a time as it is told, or by a plan that a seed makes the same each time.

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use std::collections::{BTreeMap, VecDeque};

/// What is asked of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Call {
    /// A transaction is posted.
    Post,
    /// Transactions are searched for.
    Search,
    /// Anything else: reference data, one transaction.
    Other,
}

/// What becomes of a request. What says "stored" concerns a POST only, and is the same without it for others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Stored, and the connection is closed without a reply.
    DropReply,
    /// The connection is closed without a reply, and it is stored so many milliseconds later by the IMS's own clock.
    StoreLate {
        /// How much later.
        after_ms: i64,
    },
    /// The client waits for ever; it is stored when [`super::StandInIms::let_go`] says so.
    HangThenStore,
    /// The client waits for ever, and nothing is done.
    Hang,
    /// HTTP 400.
    BadRequest {
        /// With the reason in an object's `Message`, as ASP.NET words it; otherwise without a body.
        words: bool,
        /// Stored all the same.
        stored: bool,
    },
    /// HTTP 500.
    ServerError {
        /// Stored all the same.
        stored: bool,
    },
    /// Stored and answered, and the connection is closed in the middle of the answer.
    CloseMidBody,
    /// Stored, and answered after so many real milliseconds.
    AnswerSlowly {
        /// How many.
        after_ms: u64,
    },
    /// For a search: it fails with HTTP 400, and so do the next ones.
    LoseSearch {
        /// How many after this one.
        times: u32,
    },
}

impl Fault {
    /// Its name, for counting.
    pub fn name(&self) -> &'static str {
        match self {
            Fault::DropReply => "reply dropped",
            Fault::StoreLate { .. } => "stored late",
            Fault::HangThenStore => "hung, then stored",
            Fault::Hang => "hung",
            Fault::BadRequest { words: true, .. } => "400 with words",
            Fault::BadRequest { words: false, .. } => "400 without words",
            Fault::ServerError { .. } => "500",
            Fault::CloseMidBody => "closed mid-body",
            Fault::AnswerSlowly { .. } => "slow",
            Fault::LoseSearch { .. } => "search lost",
        }
    }
}

/// Faults by chance, the same for the same seed and the same requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Makes it the same each time.
    pub seed: u64,
    /// So many requests in a hundred go wrong.
    pub percent: u32,
    /// What is stored late is stored less than so many milliseconds later, by the IMS's own clock.
    pub latest_ms: i64,
    /// So many of a thousand faults are requests that hang; each costs its client a real timeout.
    pub hangs_per_thousand: u32,
}

/// What the IMS will do to the next requests.
#[derive(Debug, Default)]
pub(super) struct Faults {
    told: BTreeMap<Call, VecDeque<Fault>>,
    plan: Option<(Plan, StdRng)>,
    searches_lost: u32,
    /// How often each was dealt, by name.
    pub dealt: BTreeMap<&'static str, u64>,
}

impl Faults {
    pub fn tell(&mut self, call: Call, fault: Fault) {
        self.told.entry(call).or_default().push_back(fault);
    }

    pub fn plan(&mut self, plan: Option<Plan>) {
        self.plan = plan.map(|plan| (plan, StdRng::seed_from_u64(plan.seed)));
        self.searches_lost = 0;
    }

    /// What becomes of the request that has just come.
    pub fn next(&mut self, call: Call) -> Option<Fault> {
        let fault = self.told.get_mut(&call).and_then(VecDeque::pop_front).or_else(|| self.lost(call)).or_else(|| self.planned(call))?;
        if let Fault::LoseSearch { times } = fault {
            self.searches_lost = times;
        }
        *self.dealt.entry(fault.name()).or_default() += 1;
        Some(fault)
    }

    fn lost(&mut self, call: Call) -> Option<Fault> {
        let left = (call == Call::Search).then(|| self.searches_lost.checked_sub(1)).flatten()?;
        Some(Fault::LoseSearch { times: left })
    }

    fn planned(&mut self, call: Call) -> Option<Fault> {
        let (plan, chance) = self.plan.as_mut()?;
        if chance.random_range(0..100) >= plan.percent {
            return None;
        }
        if chance.random_range(0..1_000) < plan.hangs_per_thousand {
            return Some(Fault::Hang);
        }
        let stored = chance.random_range(0..2) == 0;
        let kinds = [
            Fault::DropReply,
            Fault::StoreLate { after_ms: chance.random_range(0..plan.latest_ms.max(1)) },
            Fault::BadRequest { words: true, stored },
            Fault::BadRequest { words: false, stored },
            Fault::ServerError { stored },
            Fault::CloseMidBody,
            Fault::AnswerSlowly { after_ms: 1 },
            Fault::LoseSearch { times: chance.random_range(0..4) },
        ];
        // A search can't be lost by a POST.
        let choices = if call == Call::Search { kinds.len() } else { kinds.len() - 1 };
        Some(kinds[chance.random_range(0..choices)])
    }
}
