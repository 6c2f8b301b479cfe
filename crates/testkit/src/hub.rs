//! A hub for tests: the real service on a real database, on a port of its own, in this process.

use counterfoil_ledger::enrolment::{Place, make_code};
use counterfoil_ledger::surroundings::{Machine, Surroundings};
use counterfoil_ledger::{Ledger, LedgerError, Settings, serve_opened};
use std::net::TcpListener;
use std::path::Path;
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;

/// A running hub. It stops, finishing what is under way, when it is dropped.
pub struct Hub {
    url: String,
    settings: Settings,
    surroundings: Arc<dyn Surroundings>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<Result<(), LedgerError>>>,
}

impl Hub {
    /// Starts a hub on a database, and answers when the database is as it should be. Hubs that are given the same folder have the same signing key, as copies behind a balancer.
    ///
    /// # Errors
    /// The socket or the database isn't as it should be.
    pub fn start(database_url: &str, folder: &Path) -> Result<Hub, LedgerError> {
        let settings = Settings { signing_key: folder.join("ledger-signing.key"), ..Settings::default() };
        Hub::with(Settings { database_url: database_url.to_owned(), ..settings }, "127.0.0.1:0", Arc::new(Machine))
    }

    /// With settings, an address and surroundings of the caller's: the same address again is a hub that was restarted.
    ///
    /// # Errors
    /// As for [`Hub::start`].
    pub fn with(settings: Settings, listen: &str, surroundings: Arc<dyn Surroundings>) -> Result<Hub, LedgerError> {
        let listener = TcpListener::bind(listen)?;
        let scheme = if settings.tls.is_some() { "https" } else { "http" };
        let url = format!("{scheme}://{}", listener.local_addr()?);
        let (stop, stopped) = oneshot::channel();
        let runtime = Runtime::new()?;
        let (told, given) = (settings.clone(), surroundings.clone());
        let (opened, is_open) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            runtime.block_on(async {
                let ledger = match Ledger::open(&told, given).await {
                    Ok(ledger) => ledger,
                    Err(error) => {
                        let _ = opened.send(Err(error));
                        return Ok(());
                    }
                };
                let _ = opened.send(Ok(()));
                let stopped = async {
                    let _ = stopped.await;
                };
                serve_opened(ledger, &told, listener, stopped).await
            })
        });
        is_open.recv().unwrap_or_else(|_| Err(LedgerError::Setting("the hub panicked".into())))?;
        Ok(Hub { url, settings, surroundings, stop: Some(stop), thread: Some(thread) })
    }

    /// `http://127.0.0.1:PORT`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// `127.0.0.1:PORT`.
    pub fn address(&self) -> &str {
        self.url.split_once("://").map_or("", |(_, address)| address)
    }

    /// What it was started with.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// A one-time code for a till of this office; `replaces` is the id of a lost one.
    ///
    /// # Errors
    /// The database's; an unknown till to be replaced.
    pub fn enrolment_code(&self, office_code: &str, till_code: &str, replaces: Option<&str>) -> Result<String, LedgerError> {
        let (office_code, till_code) = (office_code.to_owned(), till_code.to_owned());
        let place = Place { office_code, till_code, replaces: replaces.map(str::to_owned) };
        self.as_administrator(async |ledger| make_code(ledger, &place).await)
    }

    /// Does what a command of the hub's does, beside the running hub.
    ///
    /// # Errors
    /// The command's.
    pub fn as_administrator<T: Send>(&self, act: impl AsyncFnOnce(&Ledger) -> Result<T, LedgerError> + Send) -> Result<T, LedgerError> {
        let acted = || {
            Runtime::new()?.block_on(async {
                let ledger = Ledger::open(&self.settings, self.surroundings.clone()).await?;
                act(&ledger).await
            })
        };
        // On a thread of its own: the caller may be inside a runtime already, and no second one starts there.
        let panicked = |_| Err(LedgerError::Setting("the command panicked".into()));
        std::thread::scope(|scope| scope.spawn(acted).join().unwrap_or_else(panicked))
    }

    /// Stops it: what is under way is finished first.
    ///
    /// # Errors
    /// What made it fail, if it failed.
    pub fn stop(mut self) -> Result<(), LedgerError> {
        self.end()
    }

    /// Stops it; the line is down until it is [`Down::back`].
    ///
    /// # Errors
    /// As for [`Hub::stop`].
    pub fn down(self) -> Result<Down, LedgerError> {
        let down = Down { settings: self.settings.clone(), address: self.address().to_owned(), surroundings: self.surroundings.clone() };
        self.stop().map(|()| down)
    }

    fn end(&mut self) -> Result<(), LedgerError> {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        let thread = self.thread.take().map(JoinHandle::join);
        thread.map_or(Ok(()), |ended| ended.unwrap_or_else(|_| Err(LedgerError::Setting("the hub panicked".into()))))
    }
}

/// A hub that can't be reached for a while.
pub struct Down {
    settings: Settings,
    address: String,
    surroundings: Arc<dyn Surroundings>,
}

impl Down {
    /// The same hub again, at the same address.
    ///
    /// # Errors
    /// As for [`Hub::start`].
    pub fn back(self) -> Result<Hub, LedgerError> {
        Hub::with(self.settings, &self.address, self.surroundings)
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        let _ = self.end();
    }
}
