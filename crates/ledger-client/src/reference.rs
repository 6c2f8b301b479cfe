//! What comes down from the hub: a council pack, an extract of account holders. A half-received one is never seen: it is a
//! file beside the data until its hash is right.

use crate::hub::{Credentials, Hub, HubError};
use crate::outbox::{Outbox, OutboxError};
use counterfoil_wire::Hash;
use counterfoil_wire::entries::TillState;
use counterfoil_wire::reference::{ExtractOffer, PackOffer, Stream};
use reqwest::Response;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// What the hub says of something that it doesn't have.
const NOT_FOUND: &str = "not-found";
/// The largest pack, in bytes.
const MAX_PACK: u64 = 64 * 1024 * 1024;

/// Why nothing came down. The next try begins anew.
#[derive(Debug, thiserror::Error)]
pub enum NotFetched {
    /// The hub's.
    #[error(transparent)]
    Hub(#[from] HubError),
    /// The till's own side.
    #[error(transparent)]
    Outbox(#[from] OutboxError),
    /// The disk's.
    #[error("{0}")]
    File(#[from] std::io::Error),
    /// What came isn't what was offered.
    #[error("what came isn't what was offered")]
    HashWrong,
}

/// Fetches what is newer than the till's state says, if anything.
///
/// # Errors
/// [`NotFetched`]; what the till has stays as it was.
pub async fn fetch(hub: &Hub, who: &Credentials, outbox: &dyn Outbox, state: &TillState) -> Result<(), NotFetched> {
    let newer = hub.reference(who, outbox.now_ms(), state.pack_sha256.as_deref(), state.extract_version).await?;
    if let Some(offer) = newer.pack.filter(|offer| !outbox.refuses(&offer.sha256.to_string())) {
        pack(hub, who, outbox, &offer).await?;
    }
    if let Some(offer) = newer.extract.filter(|offer| !outbox.refuses(&offer.version.to_string())) {
        let changed = match (&offer.changes, state.extract_version) {
            (Some(changes), Some(since)) => changes_fit(hub, who, outbox, &offer, changes, since).await?,
            _ => false,
        };
        if !changed {
            extract(hub, who, outbox, &offer).await?;
        }
    }
    Ok(())
}

async fn pack(hub: &Hub, who: &Credentials, outbox: &dyn Outbox, offer: &PackOffer) -> Result<(), NotFetched> {
    if offer.bytes > MAX_PACK {
        return Err(NotFetched::HashWrong);
    }
    let file = outbox.arrivals().join("pack.part");
    let response = hub.stream(who, outbox.now_ms(), &format!("/v1/reference/pack/{}", offer.sha256)).await?;
    save(response, &file, &Stream { sha256: offer.sha256, bytes: offer.bytes }).await?;
    let bundle = std::fs::read(&file)?;
    let _ = std::fs::remove_file(&file);
    Ok(outbox.pack_arrived(&bundle)?)
}

/// A pack by its hash, into a file beside `file` first: its bundle. None where the ledger doesn't have it.
///
/// # Errors
/// [`NotFetched`].
pub async fn named_pack(hub: &Hub, who: &Credentials, now_ms: i64, sha256: Hash, file: &Path) -> Result<Option<Vec<u8>>, NotFetched> {
    let response = match hub.stream(who, now_ms, &format!("/v1/reference/pack/{sha256}")).await {
        Err(HubError::Refused(problem)) if problem.code == NOT_FOUND => return Ok(None),
        answer => answer?,
    };
    let written = received(response, file, MAX_PACK).await;
    let bundle = std::fs::read(file);
    let _ = std::fs::remove_file(file);
    if written?.0 == sha256 { Ok(Some(bundle?)) } else { Err(NotFetched::HashWrong) }
}

/// Fetches what changed since the version that the till has, and lets the till make its next extract of it. Where that doesn't work for
/// any other reason than the line, the whole is to come down.
async fn changes_fit(
    hub: &Hub,
    who: &Credentials,
    outbox: &dyn Outbox,
    offer: &ExtractOffer,
    changes: &Stream,
    since: u64,
) -> Result<bool, NotFetched> {
    let path = format!("/v1/reference/extract/{}?from={since}", offer.version);
    let file = outbox.arrivals().join("changes.part");
    let fetched = async {
        save(hub.stream(who, outbox.now_ms(), &path).await?, &file, changes).await?;
        Ok(outbox.changes_arrived(since, offer, &file)?)
    };
    let made = fetched.await;
    let _ = std::fs::remove_file(&file);
    match made {
        Err(NotFetched::Hub(error @ HubError::Unreachable(..))) => Err(error.into()),
        Err(error) => {
            tracing::warn!(%error, version = offer.version, since, "the changes of the extract can't be used, and the whole comes down");
            Ok(false)
        }
        made => made,
    }
}

async fn extract(hub: &Hub, who: &Credentials, outbox: &dyn Outbox, offer: &ExtractOffer) -> Result<(), NotFetched> {
    let path = format!("/v1/reference/extract/{}", offer.version);
    let file = outbox.arrivals().join("extract.part");
    save(hub.stream(who, outbox.now_ms(), &path).await?, &file, &offer.snapshot).await?;
    let taken = outbox.extract_arrived(offer.version, &file);
    let _ = std::fs::remove_file(&file);
    Ok(taken?)
}

/// Writes an answer into a file and holds it against what was offered.
async fn save(response: Response, file: &PathBuf, offered: &Stream) -> Result<(), NotFetched> {
    if received(response, file, offered.bytes).await? == (offered.sha256, offered.bytes) {
        return Ok(());
    }
    let _ = std::fs::remove_file(file);
    Err(NotFetched::HashWrong)
}

/// Writes an answer into a file, unpacked where its header says that it is compressed: the hash of what came, and its bytes.
async fn received(response: Response, file: &Path, most: u64) -> Result<(Hash, u64), NotFetched> {
    let compressed = response.headers().get("content-encoding").is_some_and(|encoding| encoding == "zstd");
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut sink = Sink::new(file, most)?;
    let written = if compressed {
        let mut decoder = zstd::stream::write::Decoder::new(sink)?;
        pour(response, &mut decoder).await?;
        decoder.flush()?;
        decoder.into_inner()
    } else {
        pour(response, &mut sink).await?;
        sink
    };
    Ok(written.finish()?)
}

async fn pour(mut response: Response, into: &mut impl Write) -> Result<(), NotFetched> {
    while let Some(chunk) = response.chunk().await.map_err(HubError::from)? {
        into.write_all(&chunk)?;
    }
    Ok(())
}

/// A file that is hashed while it is written, and never grows beyond what was offered.
struct Sink {
    file: BufWriter<std::fs::File>,
    hash: counterfoil_wire::chain::Hashing,
    bytes: u64,
    most: u64,
}

impl Sink {
    fn new(file: &Path, most: u64) -> std::io::Result<Sink> {
        let file = BufWriter::with_capacity(1 << 20, std::fs::File::create(file)?);
        Ok(Sink { file, hash: counterfoil_wire::chain::Hashing::default(), bytes: 0, most })
    }

    fn finish(mut self) -> std::io::Result<(Hash, u64)> {
        self.file.flush()?;
        Ok((self.hash.finish(), self.bytes))
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.bytes += bytes.len() as u64;
        if self.bytes > self.most {
            return Err(std::io::Error::new(std::io::ErrorKind::InvalidData, "longer than it was said to be"));
        }
        self.hash.update(bytes);
        self.file.write_all(bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}
