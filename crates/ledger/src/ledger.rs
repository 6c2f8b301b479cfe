//! What every request has at hand.

use crate::council_clock::CouncilClock;
use crate::error::LedgerError;
use crate::metrics::Counters;
use crate::reference::{Newest, load_pack};
use crate::rules::Rules;
use crate::settings::Settings;
use crate::surroundings::Surroundings;
use crate::{database, entries, exposure, migrations, signing_key};
use counterfoil_wire::Hash;
use counterfoil_wire::signing::PublicKey;
use deadpool_postgres::{GenericClient, Object, Pool};
use ed25519_dalek::SigningKey;
use std::sync::{Arc, Mutex, PoisonError};

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
    exposed: Vec<&'static str>,
    pack: Mutex<Option<(Hash, OfPack)>>,
}

/// What the hub takes from a council pack.
#[derive(Clone, Debug, Default)]
pub(crate) struct OfPack {
    /// What postings are held against; none when the pack has no fund for suspense.
    pub rules: Option<Arc<Rules>>,
    /// The council's time.
    pub clock: CouncilClock,
}

impl Ledger {
    /// Reads or makes the signing key and brings the database up to date.
    ///
    /// # Errors
    /// The key or the database isn't as it should be.
    pub async fn open(settings: &Settings, surroundings: Arc<dyn Surroundings>) -> Result<Ledger, LedgerError> {
        let key = signing_key::read_or_make(&settings.signing_key, surroundings.as_ref())?;
        let pool = database::pool(settings)?;
        let mut client = pool.get().await?;
        migrations::migrate(&mut client, migrations::ALL).await?;
        drop(client);
        let public_key = PublicKey::of(&key);
        let ledger = Ledger(Arc::new(Parts {
            pool,
            key,
            public_key,
            surroundings,
            path_prefix: settings.path_prefix.clone(),
            counters: Counters::default(),
            exposed: exposure::of(settings)?,
            pack: Mutex::new(None),
        }));
        entries::catch_up(&ledger).await?;
        Ok(ledger)
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

    /// What everybody on its network can read of this copy: codes of the `exposure` module.
    pub(crate) fn exposed(&self) -> &[&'static str] {
        &self.0.exposed
    }

    /// What is taken from a pack. It is read once for each pack, and kept.
    ///
    /// # Errors
    /// The database's.
    pub(crate) async fn of_pack(&self, client: &impl GenericClient, pack: Option<Hash>) -> Result<OfPack, LedgerError> {
        let Some(sha256) = pack else { return Ok(OfPack::default()) };
        let kept = self.0.pack.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((_, of_pack)) = kept.filter(|(of, _)| *of == sha256) {
            return Ok(of_pack);
        }
        let of_pack = load_pack(client, sha256).await?;
        *self.0.pack.lock().unwrap_or_else(PoisonError::into_inner) = Some((sha256, of_pack.clone()));
        Ok(of_pack)
    }

    /// What is taken from the newest pack.
    ///
    /// # Errors
    /// The database's.
    pub(crate) async fn of_newest_pack(&self, client: &impl GenericClient) -> Result<OfPack, LedgerError> {
        self.of_pack(client, Newest::now(client).await?.pack).await
    }

    /// Closes the connections once nobody uses them.
    pub fn close(&self) {
        self.0.pool.close();
    }
}
