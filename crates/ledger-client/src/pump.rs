//! The pump: sends what is in the outbox, in order, for as long as the program runs. It may be killed at any moment: what it
//! has done is what the ledger and the till have written down, and it begins again from there.

use crate::backoff::Backoff;
use crate::outbox::{Outbox, Standing};
use crate::reason::Reason;
use crate::turns::Turns;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;

/// With nothing to send the ledger is asked all the same: it wants to know how the till is, and the till whether it is there.
const IDLE: Duration = Duration::from_secs(60);

/// What a transport's step came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// There is more to send at once.
    More,
    /// Everything is sent.
    Idle,
    /// Something is to be looked at again after this long, and nothing of what is known now before.
    Wait(Duration),
    /// The ledger can't be used now, for this reason.
    Down(Reason),
    /// An alarm stands: nothing is sent until a person has looked.
    Halted,
}

/// A way to a ledger.
pub trait Transport: Send {
    /// Sends what comes next, and writes down what became of it.
    fn step<'a>(&'a mut self, outbox: &'a dyn Outbox) -> Pin<Box<dyn Future<Output = Step> + Send + 'a>>;
}

/// What wakes the pump.
#[derive(Default)]
pub struct Wake {
    /// Something was committed. While the ledger can't be reached this shortens no wait.
    pub committed: Notify,
    /// A person asks for a try now.
    pub asked: Notify,
}

/// Pumps until the future is dropped.
pub async fn run(outbox: Arc<dyn Outbox>, mut transport: Box<dyn Transport>, wake: Arc<Wake>) {
    let mut failures = 0;
    loop {
        let began_ms = outbox.now_ms();
        let step = transport.step(&*outbox).await;
        failures = if matches!(step, Step::Down(_)) { failures + 1 } else { 0 };
        match step {
            Step::More => {
                outbox.stands(Standing::Up);
                let took_ms = u64::try_from(outbox.now_ms().saturating_sub(began_ms)).unwrap_or_default();
                let pause = Turns::default().pause(Duration::from_millis(took_ms), was_served(&wake).await);
                if !pause.is_zero() {
                    wait(&wake, pause, false).await;
                }
            }
            Step::Idle => {
                outbox.stands(Standing::Up);
                wait(&wake, IDLE, true).await;
            }
            // What waits keeps nothing that comes after it.
            Step::Wait(time) => {
                outbox.stands(Standing::Up);
                wait(&wake, time, true).await;
            }
            Step::Down(reason) => {
                outbox.stands(Standing::Down(reason));
                let pause = Backoff::default().wait_ms(failures, outbox.chance());
                wait(&wake, Duration::from_millis(pause), false).await;
            }
            Step::Halted => {
                outbox.stands(Standing::Halted);
                wait(&wake, IDLE, false).await;
            }
        }
    }
}

/// Was anything committed since this was asked last, or since the pump last waited for it?
async fn was_served(wake: &Wake) -> bool {
    tokio::select! {
        biased;
        () = wake.committed.notified() => true,
        () = std::future::ready(()) => false,
    }
}

async fn wait(wake: &Wake, time: Duration, for_commits: bool) {
    tokio::select! {
        () = wake.asked.notified() => {}
        () = wake.committed.notified(), if for_commits => {}
        () = tokio::time::sleep(time) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_payment_gives_the_counter_its_turn_after_one_batch_and_not_after_the_next() {
        let wake = Wake::default();
        wake.committed.notify_one();
        assert_eq!([was_served(&wake).await, was_served(&wake).await], [true, false]);
    }
}
