//! LocalGov IMS as the central ledger: receipts are paid into it through its Web API, as `docs/localgov-ims.md` tells.
//!
//! Its POST isn't idempotent and nothing in it is unique, so a receipt is searched for before any of it is posted, and what
//! isn't clearly stored stays in doubt until a search after the settle time has shown it.

mod outgoing;
mod progress;
mod settings;

pub use outgoing::OutgoingReceipt;
pub use progress::{Attempt, Delivery, DeliveryState, Fault, LastRefusal, Trouble};
pub use settings::{Auth, ImsMop, Mapping, Pace, Secret, Settings};
