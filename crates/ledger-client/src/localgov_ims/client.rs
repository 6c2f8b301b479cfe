//! Performs what [`super::course`] decides.

use super::configuration::{ConfigurationDifference, differences};
use super::connection::{Connection, NotUsable};
use super::course::{Course, Moment, PostAnswer, Step};
use super::outgoing::OutgoingReceipt;
use super::progress::{Attempt, Delivery, DeliveryState, Trouble};
use super::reconciliation::Reconciliation;
use super::rows::rows_of;
use super::settings::{Pace, Settings};
use counterfoil_domain::Council;
use counterfoil_domain::ims_codes::ImsCodes;
use std::sync::{Mutex, PoisonError};

/// Tells the time in milliseconds since 1970. Best is one that doesn't jump while the till runs, such as the machine's clock at the
/// start and what has passed since: set forward, a clock ends the settle time early.
pub type Clock<'a> = &'a (dyn Fn() -> i64 + Send + Sync);

/// A LocalGov IMS that receipts are paid into. A till has one, and hands it one receipt at a time.
#[derive(Debug)]
pub struct LocalGovIms {
    connection: Connection,
    pace: Pace,
    codes: ImsCodes,
    /// When a posting was last answered with a 201. It is not kept over a start: then it only takes longer to find a receipt's own
    /// fault.
    last_accepted_ms: Mutex<Option<i64>>,
}

impl LocalGovIms {
    /// Makes ready; asks nothing yet.
    ///
    /// # Errors
    /// [`NotUsable`] says which setting is wrong.
    pub fn new(settings: Settings) -> Result<LocalGovIms, NotUsable> {
        let connection = Connection::new(&settings)?;
        Ok(LocalGovIms { connection, pace: settings.pace, codes: settings.codes, last_accepted_ms: Mutex::new(None) })
    }

    /// How patient it is: what the settle time is, for [`DeliveryState::after_a_start`].
    pub fn pace(&self) -> &Pace {
        &self.pace
    }

    /// Is the IMS there and well? Asks for its methods of payment.
    ///
    /// # Errors
    /// What went wrong.
    pub async fn is_there(&self) -> Result<(), Trouble> {
        self.connection.is_the_api().await
    }

    /// Takes one receipt one attempt further: searches, posts what is missing, and searches again to confirm. Write down the state
    /// that comes back before the next attempt at any receipt. Dropping the future is like being stopped: treat the receipt as
    /// [`DeliveryState::after_a_start`] does.
    pub async fn deliver(&self, receipt: &OutgoingReceipt, state: DeliveryState, clock: Clock<'_>) -> Attempt {
        let rows = match rows_of(receipt, &self.codes) {
            Ok(rows) => rows,
            Err(fault) => return Attempt { delivery: Delivery::Quarantined { fault }, state },
        };
        let mut course = Course::begin(&rows, state, &self.pace, clock());
        let mut step = if rows.is_empty() { Step::End(Delivery::Delivered { references: Vec::new() }) } else { Step::Search };
        loop {
            step = match step {
                Step::End(delivery) => return Attempt { delivery, state: course.into_state() },
                Step::Search => {
                    let found = self.connection.search(&receipt.receipt.number, course.must_be_sure_of_nothing()).await;
                    course.after_search(found.as_deref().map_err(|trouble| *trouble), self.moment(clock))
                }
                Step::Post(row) => {
                    let answer = match rows.get(row) {
                        Some(row) => self.connection.post(row).await,
                        None => PostAnswer::NotSent(Trouble::Unreadable),
                    };
                    self.remember(&answer, clock);
                    course.after_post(row, answer, self.moment(clock))
                }
            };
        }
    }

    /// Holds receipts against what the IMS has under their numbers. It only reads.
    pub async fn reconcile(&self, receipts: &[OutgoingReceipt]) -> Reconciliation {
        let mut report = Reconciliation::default();
        for receipt in receipts {
            match rows_of(receipt, &self.codes) {
                Err(fault) => report.not_mapped(receipt, fault),
                Ok(rows) => report.asked(receipt, &rows, self.connection.search(&receipt.receipt.number, true).await),
            }
        }
        report
    }

    /// Holds the council's funds and MOPs against the IMS's. It only reads.
    ///
    /// # Errors
    /// What went wrong on the way.
    pub async fn compare_configuration(&self, council: &Council) -> Result<Vec<ConfigurationDifference>, Trouble> {
        let in_use = self.connection.funds(false).await?;
        let disabled = self.connection.funds(true).await?;
        let mops = self.connection.mops().await?;
        Ok(differences(council, &self.codes, &in_use, &disabled, &mops))
    }

    fn moment(&self, clock: Clock<'_>) -> Moment {
        let last_accepted_ms = *self.last_accepted_ms.lock().unwrap_or_else(PoisonError::into_inner);
        Moment { now_ms: clock(), last_accepted_ms }
    }

    fn remember(&self, answer: &PostAnswer, clock: Clock<'_>) {
        if matches!(answer, PostAnswer::Stored { .. }) {
            *self.last_accepted_ms.lock().unwrap_or_else(PoisonError::into_inner) = Some(clock());
        }
    }
}
