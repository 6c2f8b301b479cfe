//! What to do next with one receipt, given what is known and what the IMS answered. Pure: [`super::client`] performs.
//!
//! Search; compare; post what is missing, one at a time; stop at the first posting that isn't clearly stored; search again. What
//! was sent without a clear 201 is in doubt: nothing of the receipt is posted before the settle time has passed and a search has
//! answered. So at most one posting is in doubt at any time, and a search after the settle time tells the truth about it.

use super::progress::{Accepted, Delivery, DeliveryState, Fault, LastRefusal, Trouble};
use super::rows::{Comparison, RowToPost, StoredRow};
use super::settings::Pace;
use counterfoil_domain::Pence;

/// Versions of the IMS show the first twenty rows of a search and say nothing of the rest.
const FIRST_PAGE: usize = 20;

/// What to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Search for the receipt's number.
    Search,
    /// Post this row.
    Post(usize),
    /// Nothing more in this attempt.
    End(Delivery),
}

/// What a POST was answered with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PostAnswer {
    /// A clear 201, with the IMS's reference.
    Stored { reference: String },
    /// A status that says that something is wrong with what was sent.
    Refused { status: u16, said: Option<String> },
    /// Anything else: it may be stored.
    Unclear(Trouble),
    /// It never left.
    NotSent(Trouble),
}

/// The moment of an answer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment {
    pub now_ms: i64,
    /// When a posting of any receipt was last answered with a 201.
    pub last_accepted_ms: Option<i64>,
}

/// One attempt at one receipt.
#[derive(Debug)]
pub(super) struct Course<'a> {
    rows: &'a [RowToPost],
    pace: &'a Pace,
    state: DeliveryState,
    /// Rows still to be posted in this attempt, the next one last.
    to_post: Vec<usize>,
}

impl<'a> Course<'a> {
    /// Begins; the first step is a search. A clock that was set back must not leave a receipt waiting for the day it came from.
    pub fn begin(rows: &'a [RowToPost], state: DeliveryState, pace: &'a Pace, now_ms: i64) -> Course<'a> {
        let latest = now_ms.saturating_add(pace.settle_ms);
        let in_doubt_until_ms = state.in_doubt_until_ms.map(|until| until.min(latest));
        Course { rows, pace, state: DeliveryState { in_doubt_until_ms, ..state }, to_post: Vec::new() }
    }

    /// Must "nothing is there" be beyond doubt? When something was sent, a 404 of something else than the IMS must not be taken
    /// for its word.
    pub fn must_be_sure_of_nothing(&self) -> bool {
        self.state.in_doubt_until_ms.is_some() || !self.state.accepted.is_empty()
    }

    /// What to write down.
    pub fn into_state(self) -> DeliveryState {
        self.state
    }

    /// The search was answered: with rows, with none, or not.
    pub fn after_search(&mut self, answer: Result<&[StoredRow], Trouble>, moment: Moment) -> Step {
        let found = match answer {
            Ok(found) => found,
            Err(trouble) => return Step::End(Delivery::Unreachable { trouble }),
        };
        let comparison = Comparison::of(self.rows, found);
        if let Some(fault) = self.unexpected(&comparison, found) {
            return put_aside(fault);
        }
        let mut missing = comparison.missing();
        let unexplained = missing.iter().any(|row| !self.was_accepted(*row));
        if missing.is_empty() || (found.len() == FIRST_PAGE && !unexplained) {
            return Step::End(Delivery::Delivered { references: self.references(&comparison, found) });
        }
        if found.len() == FIRST_PAGE {
            return put_aside(Fault::CutOff { shown: found.len() });
        }
        if let Some(until_ms) = self.state.in_doubt_until_ms.filter(|until| moment.now_ms < *until) {
            return Step::End(Delivery::InDoubt { until_ms, trouble: Trouble::MayStillBeWritten });
        }
        if missing.iter().any(|row| self.was_accepted(*row)) {
            return self.not_shown(moment);
        }
        // What was in doubt is there, or will never be.
        self.state.in_doubt_until_ms = None;
        if let Some(fault) = self.own_fault(moment) {
            return put_aside(fault);
        }
        missing.reverse();
        self.to_post = missing;
        self.next_post()
    }

    /// The POST of this row was answered, or not.
    pub fn after_post(&mut self, posting: usize, answer: PostAnswer, moment: Moment) -> Step {
        match answer {
            PostAnswer::Stored { reference } => {
                self.state = DeliveryState { accepted: std::mem::take(&mut self.state.accepted), ..DeliveryState::default() };
                self.state.accepted.push(Accepted { posting, reference });
                self.next_post()
            }
            PostAnswer::NotSent(trouble) => Step::End(Delivery::Unreachable { trouble }),
            PostAnswer::Refused { status, said } => {
                self.state.refusals = self.state.refusals.saturating_add(1);
                self.state.last_refusal = Some(LastRefusal { posting, status, said });
                self.failed(Trouble::Refused(status), moment)
            }
            PostAnswer::Unclear(trouble) => {
                self.state.failures = self.state.failures.saturating_add(1);
                self.failed(trouble, moment)
            }
        }
    }

    fn next_post(&mut self) -> Step {
        self.to_post.pop().map_or(Step::Search, Step::Post)
    }

    fn failed(&mut self, trouble: Trouble, moment: Moment) -> Step {
        self.state.last_failed_ms = Some(moment.now_ms);
        self.in_doubt(trouble, moment)
    }

    fn in_doubt(&mut self, trouble: Trouble, moment: Moment) -> Step {
        let until_ms = moment.now_ms.saturating_add(self.pace.settle_ms);
        self.state.in_doubt_until_ms = Some(until_ms);
        Step::End(Delivery::InDoubt { until_ms, trouble })
    }

    /// A 201 that a search doesn't bear out: it is given the settle time once, and never posted again by itself.
    fn not_shown(&mut self, moment: Moment) -> Step {
        if self.state.in_doubt_until_ms.is_some() {
            return put_aside(Fault::StoredButNotShown);
        }
        self.in_doubt(Trouble::NotShownYet, moment)
    }

    fn was_accepted(&self, row: usize) -> bool {
        self.state.accepted.iter().any(|accepted| accepted.posting == row)
    }

    /// Rows that nothing was expected for: twice the same, or something else under this receipt's number.
    fn unexpected(&self, comparison: &Comparison, found: &[StoredRow]) -> Option<Fault> {
        let extra: Vec<&StoredRow> = comparison.extra.iter().map(|at| &found[*at]).collect();
        let count = extra.len();
        let amount: Pence = extra.iter().map(|row| row.amount).sum();
        let references = extra.iter().map(|row| row.reference.clone()).collect();
        let ours = |stored: &StoredRow| self.rows.iter().any(|own| Some(&own.row) == stored.row.as_ref());
        match (extra.is_empty(), extra.iter().all(|stored| ours(stored))) {
            (true, _) => None,
            (false, true) => Some(Fault::TooMany { count, amount, references }),
            (false, false) => Some(Fault::Differs { count, amount, references }),
        }
    }

    /// The receipt's own fault, if it failed often enough, the last failure has been seen not to be stored, and others have passed
    /// since: an IMS that takes nothing from anybody is no fault of this receipt.
    fn own_fault(&self, moment: Moment) -> Option<Fault> {
        let others_pass = moment.last_accepted_ms.zip(self.state.last_failed_ms).is_some_and(|(accepted, failed)| accepted > failed);
        if !others_pass {
            return None;
        }
        let (refusals, failures) = (self.state.refusals, self.state.failures);
        match &self.state.last_refusal {
            Some(last) if refusals >= self.pace.refusals_before_quarantine => self.refused(last, refusals),
            _ if failures >= self.pace.failures_before_quarantine => Some(Fault::NeverAnswered { tries: failures }),
            _ => None,
        }
    }

    fn refused(&self, last: &LastRefusal, tries: u32) -> Option<Fault> {
        let sent = self.rows.get(last.posting)?;
        Some(Fault::Refused {
            last: last.clone(),
            tries,
            fund_code: sent.row.fund_code.clone(),
            mop_code: sent.row.mop_code.clone(),
            office_code: sent.office_code.clone(),
            vat_code: sent.vat_code.clone(),
            user_code: sent.user_code,
        })
    }

    /// The IMS's reference of each row: as its search shows it, or as its 201 said.
    fn references(&self, comparison: &Comparison, found: &[StoredRow]) -> Vec<String> {
        let by_answer = |row: usize| self.state.accepted.iter().find(|accepted| accepted.posting == row).map(|own| own.reference.clone());
        let shown = comparison.found_as.iter().enumerate();
        shown.map(|(row, at)| at.map(|at| found[at].reference.clone()).or_else(|| by_answer(row)).unwrap_or_default()).collect()
    }
}

fn put_aside(fault: Fault) -> Step {
    Step::End(Delivery::Quarantined { fault })
}
