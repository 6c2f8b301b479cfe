//! A stream on its way into the database: gathered into chunks of whole rows, each compressed by itself.

use crate::error::LedgerError;
use counterfoil_wire::Hash;
use deadpool_postgres::Transaction;
use sha2::{Digest, Sha256};

/// What a chunk holds before compression, about.
const CHUNK_BYTES: usize = 1024 * 1024;
/// Fast, and still a third of the size.
const LEVEL: i32 = 3;

/// Where a row went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The chunk.
    pub place: i32,
    /// The row's first byte in it.
    pub start: i32,
    /// Its bytes.
    pub length: i32,
}

/// A stream being written.
pub struct Chunks<'a> {
    transaction: &'a Transaction<'a>,
    stream: i64,
    place: i32,
    chunk: Vec<u8>,
    sha256: Sha256,
    bytes: i64,
}

impl<'a> Chunks<'a> {
    /// Begins a stream of a version.
    pub async fn begin(transaction: &'a Transaction<'a>, version: i64, since: Option<i64>) -> Result<Chunks<'a>, LedgerError> {
        let sql = "INSERT INTO extract_streams (version, since, sha256, bytes) VALUES ($1, $2, '', 0) RETURNING id";
        let stream = transaction.query_one(sql, &[&version, &since]).await?.get(0);
        Ok(Chunks { transaction, stream, place: 0, chunk: Vec::with_capacity(CHUNK_BYTES), sha256: Sha256::new(), bytes: 0 })
    }

    /// Adds a row, made of these parts.
    pub async fn add(&mut self, parts: &[&[u8]]) -> Result<Spot, LedgerError> {
        let length: usize = parts.iter().map(|part| part.len()).sum();
        if self.chunk.len() + length > CHUNK_BYTES && !self.chunk.is_empty() {
            self.write().await?;
        }
        let too_long = |_| LedgerError::Setting("a row is longer than 2 GiB".into());
        let start = i32::try_from(self.chunk.len()).map_err(too_long)?;
        for part in parts {
            self.chunk.extend_from_slice(part);
        }
        Ok(Spot { place: self.place, start, length: i32::try_from(length).map_err(too_long)? })
    }

    async fn write(&mut self) -> Result<(), LedgerError> {
        self.sha256.update(&self.chunk);
        self.bytes += self.chunk.len() as i64;
        let compressed = zstd::bulk::compress(&self.chunk, LEVEL)?;
        let statement = self.transaction.prepare_cached("INSERT INTO extract_chunks (stream, place, bytes) VALUES ($1, $2, $3)").await?;
        self.transaction.execute(&statement, &[&self.stream, &self.place, &compressed]).await?;
        self.place += 1;
        self.chunk.clear();
        Ok(())
    }

    /// Writes what is left, and what the whole stream comes to.
    pub async fn finish(mut self) -> Result<(Hash, i64), LedgerError> {
        if !self.chunk.is_empty() {
            self.write().await?;
        }
        let sha256 = Hash(self.sha256.finalize().into());
        let sql = "UPDATE extract_streams SET sha256 = $2, bytes = $3 WHERE id = $1";
        self.transaction.execute(sql, &[&self.stream, &sha256.0.as_slice(), &self.bytes]).await?;
        Ok((sha256, self.bytes))
    }
}

/// A chunk of a stream as it is kept, compressed.
pub async fn read(client: &impl deadpool_postgres::GenericClient, stream: i64, place: i32) -> Result<Option<Vec<u8>>, LedgerError> {
    let statement = client.prepare_cached("SELECT bytes FROM extract_chunks WHERE stream = $1 AND place = $2").await?;
    Ok(client.query_opt(&statement, &[&stream, &place]).await?.map(|row| row.get(0)))
}

/// A chunk before compression.
pub fn decompressed(chunk: &[u8]) -> Result<Vec<u8>, LedgerError> {
    Ok(zstd::decode_all(chunk)?)
}
