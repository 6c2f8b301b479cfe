//! Takings into a LocalGov IMS that fails in three of ten requests: how many are lost or there twice, and how long it takes beside
//! one that never fails.

#[path = "../../../../ledger-client/tests/ledger_client/common/mod.rs"]
mod queue;

use crate::figures::{row, row_of_count, timed};
use crate::{Bench, Outcome};
use queue::soak::{PaidIn, pay_in};

const SEED: u64 = 20_261_120;
/// So many requests in a hundred go wrong.
const FAULTS: u32 = 30;
/// A request that went wrong costs a search more and another try: with three of ten wrong, several of each.
const MOST_TIMES_AS_LONG: f64 = 6.0;

impl Bench {
    /// The queue is worked off by a clock of its own, so that no settle time is waited for: what is measured is work.
    pub fn ims(&self) -> Outcome {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let count = self.sizes.ims_takings;
        let paid_in = |percent| timed(|| runtime.block_on(pay_in(SEED, count, percent, 0)));
        let ((sound, _), (failing, PaidIn { lost, twice, .. })) = (paid_in(0), paid_in(FAULTS));
        row_of_count(&format!("postings of {count} takings lost on the way to an IMS that fails in {FAULTS} % of requests"), lost, 0);
        row_of_count("postings that are there twice", twice, 0);
        row("time for them, against an IMS that never fails", failing, sound, MOST_TIMES_AS_LONG);
        Ok(())
    }
}
