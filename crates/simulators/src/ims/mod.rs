//! A LocalGov IMS on 127.0.0.1: its Web API as it is published, with a memory in place of its database. It can be told to
//! lose replies, to store late, to refuse, to hang, and to forget how to search.
//!
//! Written from what is known of the real one, and from nothing of this program's own client. Like the real one it takes the
//! same POST twice as two takings.

mod api;
mod books;
pub mod certificates;
mod faults;
mod serving;
mod tables;
mod transaction;

pub use books::Counters;
pub use faults::{Call, Fault, Plan};
pub use tables::{AccountHolder, Fund, Mop, Tables};
pub use transaction::Transaction;

use api::Ims;
use books::Books;
use rustls::ServerConfig;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use tokio::sync::{Notify, oneshot};
use tokio_rustls::TlsAcceptor;

/// What differs from one council's IMS to another's.
#[derive(Clone, Debug, Default)]
pub struct Behaviour {
    /// The path before `/api`, such as `/gateway/ims`.
    pub base_path: Option<String>,
    /// A header that the gateway wants to see, with its value.
    pub required_header: Option<(String, String)>,
    /// TLS, as [`certificates::server_config`] makes it.
    pub tls: Option<Arc<ServerConfig>>,
    /// Searches by `ReceiptNumber` only, and takes no notice of `PspReference`, as versions before August 2023 do.
    pub ignores_psp_reference: bool,
    /// Shows so many rows of a search, newest first; versions of the IMS show twenty.
    pub first_rows_only: Option<usize>,
}

/// A running IMS. It stops when dropped.
#[derive(Debug)]
pub struct StandInIms {
    address: SocketAddr,
    ims: Ims,
    base: String,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl StandInIms {
    /// Starts one on a free port of 127.0.0.1, with a thread of its own.
    ///
    /// # Errors
    /// When no port or thread can be had.
    pub fn start(tables: Tables, behaviour: Behaviour) -> io::Result<StandInIms> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let scheme = if behaviour.tls.is_some() { "https" } else { "http" };
        let base = format!("{scheme}://{address}{}", behaviour.base_path.as_deref().unwrap_or_default());
        let ims = Ims { books: Arc::new(Mutex::new(Books::new(tables, behaviour.clone()))), let_go: Arc::new(Notify::new()) };
        let router = api::router(ims.clone(), &behaviour);
        let tls = behaviour.tls.map(TlsAcceptor::from);
        let (stop, stopped) = oneshot::channel();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let thread = std::thread::Builder::new().name("stand-in IMS".to_owned()).spawn(move || {
            runtime.block_on(async {
                if let Ok(listener) = tokio::net::TcpListener::from_std(listener) {
                    serving::serve(listener, router, tls, stopped).await;
                }
            });
        })?;
        Ok(StandInIms { address, ims, base, stop: Some(stop), thread: Some(thread) })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The base URL: what a client is told.
    pub fn base_url(&self) -> &str {
        &self.base
    }

    /// The next such call goes wrong in this way; told twice, the one after it too.
    pub fn tell(&self, call: Call, fault: Fault) {
        self.ims.books().faults.tell(call, fault);
    }

    /// From now on faults come by this plan, or none do.
    pub fn plan(&self, plan: Option<Plan>) {
        self.ims.books().faults.plan(plan);
    }

    /// Sets the IMS's clock, in milliseconds since 1970: its entry dates, and when what is stored late is stored.
    pub fn set_clock(&self, clock_ms: i64) {
        self.ims.books().set_clock(clock_ms);
    }

    /// What hangs and is to be stored is stored now, one for each call.
    pub fn let_go(&self) {
        self.ims.let_go.notify_one();
    }

    /// Changes what it knows.
    pub fn change_tables(&self, change: impl FnOnce(&mut Tables)) {
        change(&mut self.ims.books().tables);
    }

    /// Changes what the gateway wants to see.
    pub fn require_header(&self, header: Option<(String, String)>) {
        self.ims.books().behaviour.required_header = header;
    }

    /// Stores a transaction as if somebody else had.
    pub fn store(&self, transaction: Transaction) -> Transaction {
        self.ims.books().store(transaction)
    }

    /// Everything that is stored, oldest first.
    pub fn rows(&self) -> Vec<Transaction> {
        self.ims.books().rows.clone()
    }

    /// What is stored under one payment's reference, oldest first.
    pub fn rows_of(&self, psp_reference: &str) -> Vec<Transaction> {
        self.ims.books().of_payment(psp_reference).into_iter().cloned().collect()
    }

    /// How much the clock must still bring.
    pub fn still_to_be_stored(&self) -> usize {
        self.ims.books().still_to_be_stored()
    }

    /// What it was asked so far.
    pub fn counters(&self) -> Counters {
        let books = self.ims.books();
        Counters { faults: books.faults.dealt.clone(), ..books.counters.clone() }
    }
}

impl Drop for StandInIms {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
