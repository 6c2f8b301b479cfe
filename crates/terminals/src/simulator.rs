//! A terminal that isn't one, for demonstrations and tests: no money moves, and everything it shows and prints says so.
//!
//! What it does is chosen by the amount's pence ([`Behaviour::of`]), or by a script in its folder. Like a real terminal it has
//! books of its own, which outlive the till: what it says that it took can be held against what the till says.

use crate::terminal::{CardTerminal, Known, Outcome, Payment, PaymentIds, Reversal, Watch};
use crate::terminal::{TerminalError, TerminalFault, TerminalHealth};
use counterfoil_domain::Pence;
use counterfoil_domain::card_payment::{Approval, ReceiptCopy, TerminalTally};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The books, in the terminal's folder.
pub const BOOKS_FILE: &str = "simulated-terminal.json";
/// What it is to do, in the same folder, where that isn't left to the amounts: a [`Script`].
pub const SCRIPT_FILE: &str = "simulated-terminal-script.json";

/// How long a customer takes, as a rule.
const USUAL_PACE: Duration = Duration::from_millis(1_200);
/// How long a slow one takes, unless somebody gives up.
const SLOW_PACE: Duration = Duration::from_secs(30);
/// After this long a driver gives up waiting.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(150);
/// How often a payment that takes its time is said to be in progress.
const LOOK_UPS_IN_PROGRESS: u32 = 2;

/// What it does with a payment or a reversal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Behaviour {
    /// Approves.
    Approve,
    /// Declines.
    Decline,
    /// Takes half a minute, and can be aborted meanwhile.
    Slow,
    /// Approves, and the answer is lost.
    LoseReply,
    /// The answer is lost; asked later, it is still at work twice, then it has approved.
    InProgress,
    /// The message never reached it.
    NotFound,
    /// It is busy with something else.
    Busy,
    /// Approves half.
    Partial,
    /// Approves if the customer's signature matches.
    Signature,
    /// Approves, and never answers anything about it.
    Silent,
    /// Does nothing, and never answers anything about it.
    SilentNotTaken,
    /// Holds on to the message until the till has gone, and forgets it.
    HoldBefore,
    /// Approves, and holds on to the answer until the till has gone.
    HoldAfter,
    /// Nothing is there to be sent to.
    Unreachable,
}

impl Behaviour {
    /// What it does by itself: the pence of an amount from 61 to 69 choose something else than approving.
    pub fn of(amount: Pence) -> Behaviour {
        match amount.0 % 100 {
            61 => Behaviour::Decline,
            62 => Behaviour::Slow,
            63 => Behaviour::LoseReply,
            64 => Behaviour::InProgress,
            65 => Behaviour::NotFound,
            66 => Behaviour::Busy,
            67 => Behaviour::Partial,
            68 => Behaviour::Signature,
            69 => Behaviour::Silent,
            _ => Behaviour::Approve,
        }
    }
}

/// What the terminal is to do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Script {
    /// How long a customer takes, in milliseconds.
    pub pace_ms: Option<u64>,
    /// What to do with the first payment, the second, and so on; those after the last go by their amounts.
    pub payments: Vec<Behaviour>,
    /// The same for reversals, which are approved otherwise.
    pub reversals: Vec<Behaviour>,
    /// Nothing is answered but what is paid or given back.
    pub dead: bool,
}

/// One payment or reversal in the terminal's books.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Booked {
    /// What the till calls it.
    pub ids: PaymentIds,
    /// A reversal: of which payment.
    pub reverses: Option<String>,
    /// What the till asked for.
    pub asked: Pence,
    /// What came of it.
    pub outcome: Option<Outcome>,
    /// What it does about it.
    behaviour: Behaviour,
    /// How often it was looked up.
    looked_up: u32,
}

impl Booked {
    /// What moved: given back is below zero.
    pub fn moved(&self) -> Pence {
        match &self.outcome {
            Some(Outcome::Approved(approval)) if self.reverses.is_some() => approval.amount.negated(),
            Some(Outcome::Approved(approval)) => approval.amount,
            _ => Pence::ZERO,
        }
    }
}

/// The terminal's books.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Books {
    /// Everything that reached it, the oldest first.
    pub booked: Vec<Booked>,
    payments_seen: usize,
    reversals_seen: usize,
}

/// The terminal.
pub struct Simulator {
    folder: PathBuf,
    aborted: Mutex<BTreeSet<String>>,
    woken: Condvar,
}

/// Two openings of one terminal share its books: an earlier run's thread may still be at it.
static AT_THE_BOOKS: Mutex<()> = Mutex::new(());

impl Simulator {
    /// The terminal whose books are in this folder.
    pub fn new(folder: &Path) -> Simulator {
        Simulator { folder: folder.to_owned(), aborted: Mutex::default(), woken: Condvar::new() }
    }

    /// What it has in its books.
    ///
    /// # Errors
    /// `terminal-garbled` when they can't be read.
    pub fn books(folder: &Path) -> Result<Books, TerminalError> {
        let _held = AT_THE_BOOKS.lock().unwrap_or_else(PoisonError::into_inner);
        read(&folder.join(BOOKS_FILE))
    }

    fn with_books<T>(&self, change: impl FnOnce(&mut Books) -> T) -> Result<T, TerminalError> {
        let _held = AT_THE_BOOKS.lock().unwrap_or_else(PoisonError::into_inner);
        let file = self.folder.join(BOOKS_FILE);
        let mut books: Books = read(&file)?;
        let answer = change(&mut books);
        let text = serde_json::to_vec(&books).map_err(|error| broken(&error))?;
        let fresh = file.with_extension("json.new");
        std::fs::write(&fresh, text).and_then(|()| std::fs::rename(&fresh, &file)).map_err(|error| broken(&error))?;
        Ok(answer)
    }

    fn script(&self) -> Result<Script, TerminalError> {
        read(&self.folder.join(SCRIPT_FILE))
    }

    /// Waits for a customer; true when somebody gave up meanwhile.
    fn waits(&self, ids: &PaymentIds, pace: Duration) -> bool {
        let aborted = self.aborted.lock().unwrap_or_else(PoisonError::into_inner);
        let goes_on = |aborted: &mut BTreeSet<String>| !aborted.contains(&ids.service_id);
        let waited = self.woken.wait_timeout_while(aborted, pace, goes_on);
        let (aborted, _): (MutexGuard<'_, BTreeSet<String>>, _) = waited.unwrap_or_else(PoisonError::into_inner);
        aborted.contains(&ids.service_id)
    }

    /// What reaches the terminal is in its books at once, with what will come of it if nobody gives up.
    fn arrives(&self, work: &Work<'_>, script: &Script) -> Result<(Behaviour, Option<Outcome>), TerminalError> {
        self.with_books(|books| {
            let reversal = work.of.is_some();
            let (scripted, seen) =
                if reversal { (&script.reversals, &mut books.reversals_seen) } else { (&script.payments, &mut books.payments_seen) };
            let by_itself = if reversal { Behaviour::Approve } else { Behaviour::of(work.amount) };
            let behaviour = scripted.get(*seen).copied().unwrap_or(by_itself);
            *seen += 1;
            if matches!(behaviour, Behaviour::Unreachable | Behaviour::NotFound | Behaviour::HoldBefore) {
                return (behaviour, None);
            }
            let outcome = (behaviour != Behaviour::SilentNotTaken).then(|| outcome(work, behaviour, books));
            books.booked.push(Booked {
                ids: work.ids.clone(),
                reverses: work.of.map(|of| of.transaction_id.clone()),
                asked: work.amount,
                outcome: outcome.clone(),
                behaviour,
                looked_up: 0,
            });
            (behaviour, outcome)
        })
    }

    fn work(&self, work: &Work<'_>, watch: &dyn Watch) -> Result<Outcome, TerminalError> {
        let script = self.script()?;
        let (behaviour, outcome) = self.arrives(work, &script)?;
        let lost = |fault, may_have_begun| Err(TerminalError { fault, may_have_begun, detail: "the simulator was told to".to_owned() });
        if behaviour == Behaviour::HoldBefore {
            self.waits(work.ids, ANSWER_TIMEOUT);
        }
        let Some(outcome) = outcome else {
            return match behaviour {
                Behaviour::Unreachable => lost(TerminalFault::Unreachable, false),
                Behaviour::NotFound => lost(TerminalFault::Dropped, true),
                _ => lost(TerminalFault::TimedOut, true),
            };
        };
        watch.shows("SIMULATOR: present card");
        let pace = script.pace_ms.map_or(USUAL_PACE, Duration::from_millis);
        let outcome =
            if self.waits(work.ids, if behaviour == Behaviour::Slow { SLOW_PACE } else { pace }) { self.given_up(work)? } else { outcome };
        match behaviour {
            Behaviour::LoseReply | Behaviour::InProgress => lost(TerminalFault::Dropped, true),
            Behaviour::Silent => lost(TerminalFault::TimedOut, true),
            Behaviour::HoldAfter => {
                self.waits(work.ids, ANSWER_TIMEOUT);
                lost(TerminalFault::TimedOut, true)
            }
            _ => {
                watch.shows(if matches!(outcome, Outcome::Approved(_)) { "SIMULATOR: approved" } else { "SIMULATOR: not approved" });
                Ok(outcome)
            }
        }
    }

    fn is_there(&self) -> Result<(), TerminalError> {
        if self.script()?.dead {
            return Err(TerminalError { fault: TerminalFault::Unreachable, may_have_begun: false, detail: "told to be dead".to_owned() });
        }
        Ok(())
    }

    fn given_up(&self, work: &Work<'_>) -> Result<Outcome, TerminalError> {
        let outcome = Outcome::Aborted { receipts: Vec::new() };
        self.with_books(|books| {
            if let Some(booked) = books.booked.iter_mut().rfind(|booked| booked.ids == *work.ids) {
                booked.outcome = Some(outcome.clone());
            }
        })?;
        Ok(outcome)
    }
}

fn outcome(work: &Work<'_>, behaviour: Behaviour, books: &Books) -> Outcome {
    let declined = |condition: &str| Outcome::Declined { condition: condition.to_owned(), receipts: receipts(work, condition) };
    match behaviour {
        Behaviour::Decline => declined("Refusal"),
        Behaviour::Busy => declined("Busy"),
        _ if !can_go_back(work, books) => declined("NotAllowed"),
        _ => Outcome::Approved(Box::new(approval(work, behaviour, books.booked.len() + 1))),
    }
}

/// No more goes back than was taken.
fn can_go_back(work: &Work<'_>, books: &Books) -> bool {
    let Some(of) = work.of else { return true };
    let own = |booked: &&Booked| booked.reverses.as_ref().unwrap_or(&booked.ids.transaction_id) == &of.transaction_id;
    let left: Pence = books.booked.iter().filter(own).map(Booked::moved).sum();
    work.amount <= left
}

fn approval(work: &Work<'_>, behaviour: Behaviour, number: usize) -> Approval {
    let amount = if behaviour == Behaviour::Partial { Pence(work.amount.0 / 2) } else { work.amount };
    Approval {
        amount,
        authorisation: format!("{number:06}"),
        last_four: "4242".to_owned(),
        scheme: "visa".to_owned(),
        entry_mode: if behaviour == Behaviour::Signature { "swiped" } else { "contactless" }.to_owned(),
        terminal_id: "SIM00001".to_owned(),
        merchant_id: "SIMMERCHANT".to_owned(),
        aid: "A0000000031010".to_owned(),
        terminal_reference: format!("SIM-{number}"),
        signature: behaviour == Behaviour::Signature,
        receipts: receipts(&Work { amount, ..*work }, "Approved"),
    }
}

/// A payment or a reversal.
#[derive(Clone, Copy)]
struct Work<'a> {
    ids: &'a PaymentIds,
    amount: Pence,
    of: Option<&'a PaymentIds>,
}

/// The two copies that a terminal prints.
fn receipts(work: &Work<'_>, result: &str) -> Vec<ReceiptCopy> {
    let line = |name: &str, value: String| (name.to_owned(), value);
    let copy = |customer: bool| ReceiptCopy {
        customer,
        lines: vec![
            line("SIMULATOR - NO MONEY MOVES", String::new()),
            line(if customer { "CARDHOLDER COPY" } else { "MERCHANT COPY" }, String::new()),
            line(if work.of.is_some() { "REVERSAL" } else { "SALE" }, work.amount.to_string()),
            line("VISA", "************4242".to_owned()),
            line("Terminal", "SIM00001".to_owned()),
            line(result, String::new()),
        ],
    };
    vec![copy(true), copy(false)]
}

impl CardTerminal for Simulator {
    fn pay(&self, payment: &Payment, watch: &dyn Watch) -> Result<Outcome, TerminalError> {
        self.work(&Work { ids: &payment.ids, amount: payment.amount, of: None }, watch)
    }

    fn look_up(&self, asked: &PaymentIds, amount: Pence, reversal: bool) -> Result<Known, TerminalError> {
        let dead = self.script()?.dead;
        let silent = |detail: &str| TerminalError { fault: TerminalFault::TimedOut, may_have_begun: false, detail: detail.to_owned() };
        let known = self.with_books(|books| {
            let of_that_kind = |booked: &&mut Booked| booked.ids == *asked && booked.reverses.is_some() == reversal;
            let Some(booked) = books.booked.iter_mut().find(of_that_kind) else { return Some(Known::NotFound) };
            booked.looked_up += 1;
            if booked.asked != amount {
                return Some(Known::Unclear { condition: "OtherAmount".to_owned() });
            }
            match (&booked.outcome, booked.behaviour) {
                (_, Behaviour::Silent | Behaviour::SilentNotTaken) => None,
                (_, Behaviour::InProgress) if booked.looked_up <= LOOK_UPS_IN_PROGRESS => Some(Known::InProgress),
                (Some(outcome), _) => Some(Known::Settled(outcome.clone())),
                (None, _) => Some(Known::InProgress),
            }
        })?;
        known.filter(|_| !dead).ok_or_else(|| silent("it doesn't answer about this one"))
    }

    fn abort(&self, asked: &PaymentIds, _: &str) -> Result<(), TerminalError> {
        self.aborted.lock().unwrap_or_else(PoisonError::into_inner).insert(asked.service_id.clone());
        self.woken.notify_all();
        Ok(())
    }

    fn reverse(&self, reversal: &Reversal, watch: &dyn Watch) -> Result<Outcome, TerminalError> {
        self.work(&Work { ids: &reversal.ids, amount: reversal.amount, of: Some(&reversal.payment) }, watch)
    }

    fn totals(&self, _: &str) -> Result<Option<TerminalTally>, TerminalError> {
        self.is_there()?;
        let books = Simulator::books(&self.folder)?;
        let moved: Vec<Pence> = books.booked.iter().map(Booked::moved).filter(|moved| !moved.is_zero()).collect();
        let (paid, reversed): (Vec<Pence>, Vec<Pence>) = moved.into_iter().partition(|moved| moved.is_positive());
        let count = |list: &[Pence]| u32::try_from(list.len()).unwrap_or(u32::MAX);
        Ok(Some(TerminalTally {
            payments: count(&paid),
            paid: paid.iter().copied().sum(),
            reversals: count(&reversed),
            reversed: reversed.iter().map(|moved| moved.negated()).sum(),
        }))
    }

    fn diagnose(&self, _: &str) -> Result<TerminalHealth, TerminalError> {
        self.is_there()?;
        Ok(TerminalHealth { state: "OK".to_owned(), host_reached: Some(true), simulated: true })
    }
}

/// A file of the terminal's; as by default where there is none.
fn read<T: Default + for<'de> Deserialize<'de>>(file: &Path) -> Result<T, TerminalError> {
    match std::fs::read(file) {
        Ok(text) => serde_json::from_slice(&text).map_err(|error| broken(&error)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(T::default()),
        Err(error) => Err(broken(&error)),
    }
}

/// Whether it had begun can't be told when its books can't be written.
fn broken(error: &dyn std::fmt::Display) -> TerminalError {
    TerminalError { fault: TerminalFault::Garbled, may_have_begun: true, detail: format!("the simulator's files: {error}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Nobody;
    impl Watch for Nobody {
        fn shows(&self, text: &str) {
            assert!(text.starts_with("SIMULATOR"), "what it shows says what it is");
        }
    }

    fn ids(number: u32) -> PaymentIds {
        PaymentIds { service_id: format!("S{number}"), transaction_id: format!("t{number}"), at_ms: 0 }
    }

    fn pays(terminal: &Simulator, number: u32, pence: i64) -> Result<Outcome, TerminalError> {
        terminal.pay(&Payment { ids: ids(number), amount: Pence(pence) }, &Nobody)
    }

    fn terminal(folder: &Path) -> Simulator {
        std::fs::write(folder.join(SCRIPT_FILE), r#"{"pace_ms":0}"#).unwrap();
        Simulator::new(folder)
    }

    #[test]
    fn the_pence_choose_what_it_does_and_its_books_outlive_it() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(pays(&terminal(folder.path()), 1, 1_000), Ok(Outcome::Approved(_))));
        assert!(matches!(pays(&terminal(folder.path()), 2, 1_061), Ok(Outcome::Declined { .. })));
        assert!(pays(&terminal(folder.path()), 3, 1_063).is_err_and(|error| error.may_have_begun));
        let Ok(Outcome::Approved(half)) = pays(&terminal(folder.path()), 4, 1_067) else { panic!("not approved") };
        assert_eq!(half.amount, Pence(533));
        let again = terminal(folder.path());
        let totals = again.totals("x").unwrap().unwrap();
        assert_eq!((totals.payments, totals.paid), (3, Pence(1_000 + 1_063 + 533)));
        assert!(matches!(again.look_up(&ids(3), Pence(1_063), false), Ok(Known::Settled(Outcome::Approved(_)))));
        assert_eq!(again.look_up(&ids(9), Pence(1_063), false), Ok(Known::NotFound));
        assert_eq!(again.look_up(&PaymentIds { at_ms: 1, ..ids(3) }, Pence(1_063), false), Ok(Known::NotFound), "another payment's ids");
        assert_eq!(again.look_up(&ids(3), Pence(1_063), true), Ok(Known::NotFound), "it was no reversal");
        assert_eq!(again.look_up(&ids(3), Pence(1_000), false), Ok(Known::Unclear { condition: "OtherAmount".into() }));
    }

    #[test]
    fn one_that_takes_its_time_is_in_progress_and_one_that_is_silent_stays_so() {
        let folder = tempfile::tempdir().unwrap();
        let terminal = terminal(folder.path());
        pays(&terminal, 1, 1_064).unwrap_err();
        let said: Vec<Known> = (0..3).map(|_| terminal.look_up(&ids(1), Pence(1_064), false).unwrap()).collect();
        assert!(matches!(said.as_slice(), [Known::InProgress, Known::InProgress, Known::Settled(_)]), "{said:?}");
        pays(&terminal, 2, 1_069).unwrap_err();
        terminal.look_up(&ids(2), Pence(1_069), false).unwrap_err();
    }

    #[test]
    fn a_slow_customer_can_be_given_up_on() {
        let folder = tempfile::tempdir().unwrap();
        let terminal = terminal(folder.path());
        terminal.abort(&ids(1), "A1").unwrap();
        assert!(matches!(pays(&terminal, 1, 1_062), Ok(Outcome::Aborted { .. })));
        assert_eq!(terminal.totals("x").unwrap().unwrap().paid, Pence::ZERO);
    }

    #[test]
    fn no_more_is_given_back_than_was_taken() {
        let folder = tempfile::tempdir().unwrap();
        let terminal = terminal(folder.path());
        pays(&terminal, 1, 1_000).unwrap();
        let back = |number, pence| {
            let reversal = Reversal { ids: ids(number), payment: ids(1), terminal_reference: "SIM-1".into(), amount: Pence(pence) };
            terminal.reverse(&reversal, &Nobody).unwrap()
        };
        assert!(matches!(back(2, 600), Outcome::Approved(_)));
        assert!(matches!(back(3, 401), Outcome::Declined { .. }));
        assert!(matches!(back(4, 400), Outcome::Approved(_)));
    }
}
