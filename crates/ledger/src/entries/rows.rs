//! Rows on their way into a table by binary COPY, in pieces so large that neither side is woken for a few rows.
//!
//! The format: <https://www.postgresql.org/docs/15/sql-copy.html>, "Binary Format".

use crate::error::LedgerError;
use bytes::{BufMut, Bytes, BytesMut};
use deadpool_postgres::Transaction;
use futures_util::SinkExt;
use std::pin::Pin;
use tokio_postgres::CopyInSink;
use tokio_postgres::types::{IsNull, ToSql, Type};

/// A piece is handed over from this size on.
const PIECE: usize = 32 * 1024;
/// What every such stream begins with: its mark, no flags, no more header.
const HEADER: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";
/// Instead of a length: no value.
const NULL: i32 = -1;
/// Instead of a count of columns: no more rows.
const END: i16 = -1;

/// A COPY that is under way. Without [`Rows::finish`] nothing of it is kept.
pub struct Rows {
    sink: Pin<Box<CopyInSink<Bytes>>>,
    types: &'static [Type],
    piece: BytesMut,
}

impl Rows {
    /// Begins one: `sql` is the COPY, `types` are its columns'.
    pub async fn begin(transaction: &Transaction<'_>, sql: &str, types: &'static [Type]) -> Result<Rows, LedgerError> {
        let statement = transaction.prepare_cached(sql).await?;
        let sink = Box::pin(transaction.copy_in(&statement).await?);
        let mut piece = BytesMut::with_capacity(2 * PIECE);
        piece.put_slice(HEADER);
        Ok(Rows { sink, types, piece })
    }

    /// One row: a value for each column.
    pub async fn write(&mut self, values: &[&(dyn ToSql + Sync)]) -> Result<(), LedgerError> {
        let columns = i16::try_from(self.types.len()).map_err(std::io::Error::other)?;
        self.piece.put_i16(columns);
        for (value, kind) in values.iter().zip(self.types) {
            let at = self.piece.len();
            self.piece.put_i32(NULL);
            if let IsNull::No = value.to_sql_checked(kind, &mut self.piece).map_err(std::io::Error::other)? {
                let length = i32::try_from(self.piece.len() - at - 4).map_err(std::io::Error::other)?;
                self.piece[at..at + 4].copy_from_slice(&length.to_be_bytes());
            }
        }
        if self.piece.len() >= PIECE {
            let whole = std::mem::replace(&mut self.piece, BytesMut::with_capacity(2 * PIECE));
            self.sink.feed(whole.freeze()).await?;
        }
        Ok(())
    }

    /// Hands over what is left, and waits until the database has taken all of it in.
    pub async fn finish(mut self) -> Result<(), LedgerError> {
        self.piece.put_i16(END);
        self.sink.feed(self.piece.freeze()).await?;
        self.sink.as_mut().finish().await?;
        Ok(())
    }
}
