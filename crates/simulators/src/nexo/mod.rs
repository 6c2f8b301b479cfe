//! A card terminal on 127.0.0.1 that speaks nexo Retailer 3.0 over TLS with its encryption, keeps books of what customers were
//! charged, and can be told to misbehave.
//!
//! Written from the published protocol, and from nothing of this program's own driver: its cryptography is put together from other
//! parts on purpose.

mod answering;
mod books;
pub mod carrier;
mod certificate;
mod manner;
mod sealing;
mod serving;

pub use books::Charge;
pub use manner::{Customer, Kind, Manner, Told};

use books::Books;
use sealing::Sealing;
use std::collections::{BTreeMap, VecDeque};
use std::error::Error;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

/// A terminal's name and the key that was agreed with it.
#[derive(Clone, Debug)]
pub struct Setup {
    /// Model and serial number.
    pub poi_id: String,
    /// What its certificate says, where it isn't as it should be.
    pub common_name: Option<String>,
    /// The passphrase.
    pub passphrase: String,
    /// The key's name.
    pub key_identifier: String,
    /// The key's version.
    pub key_version: u32,
    /// Where it listens; 0 for any free port.
    pub port: u16,
}

impl Default for Setup {
    fn default() -> Setup {
        Setup {
            poi_id: "P400Plus-275479597".to_owned(),
            common_name: None,
            passphrase: "correct horse battery staple".to_owned(),
            key_identifier: "counter".to_owned(),
            key_version: 3,
            port: 0,
        }
    }
}

/// What the connections share.
pub(crate) struct Terminal {
    setup: Setup,
    sealing: Sealing,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    books: Books,
    customers: VecDeque<Customer>,
    manners: BTreeMap<Kind, VecDeque<Manner>>,
    /// Replies and customers that were held wait until this moves on.
    let_go: u64,
    waiting: usize,
    earlier: Option<Vec<u8>>,
    stopped: bool,
    unplugged: bool,
}

impl State {
    fn takes_no_more(&self) -> bool {
        self.stopped || self.unplugged
    }
}

impl Terminal {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until `ready`, or until the terminal is switched off.
    fn wait_until(&self, mut ready: impl FnMut(&mut State) -> bool) -> MutexGuard<'_, State> {
        let mut state = self.state();
        state.waiting += 1;
        self.changed.notify_all();
        while !ready(&mut state) && !state.stopped {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.waiting -= 1;
        state
    }
}

/// A running terminal. It is switched off when dropped.
pub struct SimulatedTerminal {
    address: SocketAddr,
    authority_pem: String,
    terminal: Arc<Terminal>,
    thread: Option<JoinHandle<()>>,
}

impl SimulatedTerminal {
    /// Switches one on.
    ///
    /// # Errors
    /// When no port, certificate or thread can be had.
    pub fn start(setup: Setup) -> Result<SimulatedTerminal, Box<dyn Error + Send + Sync>> {
        let common_name = setup.common_name.clone().unwrap_or_else(|| format!("{}.test.terminal.adyen.com", setup.poi_id));
        let (authority_pem, tls) = certificate::made(&common_name)?;
        let listener = TcpListener::bind(("127.0.0.1", setup.port))?;
        let address = listener.local_addr()?;
        let sealing = Sealing::of(&setup.passphrase);
        let terminal = Arc::new(Terminal { setup, sealing, state: Mutex::default(), changed: Condvar::new() });
        let shared = Arc::clone(&terminal);
        let thread = std::thread::Builder::new().name("terminal".to_owned()).spawn(move || serving::serve(&listener, &shared, &tls))?;
        Ok(SimulatedTerminal { address, authority_pem, terminal, thread: Some(thread) })
    }

    /// Its port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// The root of its certificate, PEM.
    pub fn authority_pem(&self) -> &str {
        &self.authority_pem
    }

    /// What the next customer does; without word they pay.
    pub fn expect(&self, customer: Customer) {
        self.terminal.state().customers.push_back(customer);
    }

    /// How it misbehaves with the next message of that kind; without word it behaves.
    pub fn misbehave(&self, kind: Kind, manner: Manner) {
        self.terminal.state().manners.entry(kind).or_default().push_back(manner);
    }

    /// Forgets how it was to misbehave.
    pub fn behave(&self) {
        self.terminal.state().manners.clear();
    }

    /// Lets held replies and customers go on.
    pub fn let_go(&self) {
        self.terminal.state().let_go += 1;
        self.terminal.changed.notify_all();
    }

    /// Comes back when so many customers or replies wait.
    pub fn until_waiting(&self, count: usize) {
        let mut state = self.terminal.state();
        while state.waiting < count {
            state = self.terminal.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Its cable is pulled: nobody can connect any more, and whoever is connected hears nothing until [`SimulatedTerminal::let_go`].
    pub fn unplug(&mut self) {
        self.terminal.state().unplugged = true;
        self.listens_no_more();
    }

    fn listens_no_more(&mut self) {
        // The listener wakes for a connection.
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }

    /// What customers were charged, in the order in which they were.
    pub fn charges(&self) -> Vec<Charge> {
        self.terminal.state().books.charges.clone()
    }

    /// How many messages of each kind it has read.
    pub fn heard(&self) -> BTreeMap<Kind, u32> {
        self.terminal.state().books.heard.clone()
    }

    /// 48 hours go by: ids may be used again, and are forgotten.
    pub fn two_days_pass(&self) {
        self.terminal.state().books.forget_ids();
    }
}

impl Drop for SimulatedTerminal {
    fn drop(&mut self) {
        self.terminal.state().stopped = true;
        self.terminal.changed.notify_all();
        self.listens_no_more();
    }
}
