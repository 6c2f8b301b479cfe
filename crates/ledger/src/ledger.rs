//! What every request has at hand.

use crate::error::LedgerError;
use crate::metrics::Counters;
use crate::migrations;
use crate::reference::load_rules;
use crate::rules::Rules;
use crate::settings::Settings;
use crate::signing_key;
use crate::surroundings::Surroundings;
use counterfoil_wire::Hash;
use counterfoil_wire::signing::PublicKey;
use deadpool_postgres::{GenericClient, Manager, ManagerConfig, Object, Pool, RecyclingMethod};
use ed25519_dalek::SigningKey;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio_postgres::NoTls;

/// How long a request waits for a connection before it is told that the ledger is busy.
const WAIT_FOR_CONNECTION: Duration = Duration::from_secs(10);

/// No statement of a request may hold a row, or wait for one, for longer than a till waits for its answer.
const LIMITS: &str = "-c lock_timeout=20s -c statement_timeout=60s -c idle_in_transaction_session_timeout=60s";

/// The hub as its requests see it. Nothing of a till or a person is held here: any copy can answer any request.
#[derive(Clone)]
pub struct Ledger(Arc<Parts>);

struct Parts {
    pool: Pool,
    key: SigningKey,
    public_key: PublicKey,
    surroundings: Arc<dyn Surroundings>,
    path_prefix: String,
    counters: Counters,
    rules: Mutex<Option<(Hash, Option<Arc<Rules>>)>>,
}

impl Ledger {
    /// Reads or makes the signing key and brings the database up to date.
    ///
    /// # Errors
    /// The key or the database isn't as it should be.
    pub async fn open(settings: &Settings, surroundings: Arc<dyn Surroundings>) -> Result<Ledger, LedgerError> {
        let key = signing_key::read_or_make(&settings.signing_key, surroundings.as_ref())?;
        let pool = pool(settings)?;
        let mut client = pool.get().await?;
        migrations::migrate(&mut client, migrations::ALL).await?;
        drop(client);
        let public_key = PublicKey::of(&key);
        Ok(Ledger(Arc::new(Parts {
            pool,
            key,
            public_key,
            surroundings,
            path_prefix: settings.path_prefix.clone(),
            counters: Counters::default(),
            rules: Mutex::new(None),
        })))
    }

    /// A connection of the pool. One that died since it was last used is replaced.
    ///
    /// # Errors
    /// The database can't be reached, or all connections are taken for too long.
    pub async fn database(&self) -> Result<Object, LedgerError> {
        Ok(self.0.pool.get().await?)
    }

    /// With what heads are signed.
    pub fn key(&self) -> &SigningKey {
        &self.0.key
    }

    /// Its public half.
    pub fn public_key(&self) -> &PublicKey {
        &self.0.public_key
    }

    /// The clock: milliseconds since 1970, UTC.
    pub fn now_ms(&self) -> i64 {
        self.0.surroundings.now_ms()
    }

    /// Random bytes.
    ///
    /// # Errors
    /// The machine has none to give.
    pub fn random<const N: usize>(&self) -> Result<[u8; N], LedgerError> {
        let mut bytes = [0; N];
        self.0.surroundings.random(&mut bytes)?;
        Ok(bytes)
    }

    /// What stands before each path, as people see it.
    pub fn path_prefix(&self) -> &str {
        &self.0.path_prefix
    }

    /// What this copy has done.
    pub(crate) fn counters(&self) -> &Counters {
        &self.0.counters
    }

    /// What postings are held against: the rules of a pack. They are read once for each pack, and kept.
    ///
    /// # Errors
    /// The database's.
    pub(crate) async fn rules(&self, client: &impl GenericClient, pack: Option<Hash>) -> Result<Option<Arc<Rules>>, LedgerError> {
        let Some(sha256) = pack else { return Ok(None) };
        let kept = self.0.rules.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((_, rules)) = kept.filter(|(of, _)| *of == sha256) {
            return Ok(rules);
        }
        let rules = load_rules(client, sha256).await?.map(Arc::new);
        *self.0.rules.lock().unwrap_or_else(PoisonError::into_inner) = Some((sha256, rules.clone()));
        Ok(rules)
    }

    /// Closes the connections once nobody uses them.
    pub fn close(&self) {
        self.0.pool.close();
    }
}

/// Connections are made when they are needed: the hub starts before its database is asked for anything.
fn pool(settings: &Settings) -> Result<Pool, LedgerError> {
    let mut config: tokio_postgres::Config = settings.database_url.parse()?;
    let options = config.get_options().map_or_else(|| LIMITS.to_owned(), |own| format!("{LIMITS} {own}"));
    config.options(options).application_name("counterfoil-ledger").connect_timeout(Duration::from_secs(5));
    let manager = Manager::from_config(config, NoTls, ManagerConfig { recycling_method: RecyclingMethod::Fast });
    Pool::builder(manager)
        .max_size(settings.database_connections)
        .runtime(deadpool_postgres::Runtime::Tokio1)
        .wait_timeout(Some(WAIT_FOR_CONNECTION))
        .build()
        .map_err(|error| LedgerError::Setting(error.to_string()))
}
