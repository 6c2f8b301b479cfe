//! The file of an extract: its tables, and how rows go in and out of them.

use crate::error::StoreError;
use counterfoil_domain::account::{AccountHolder, soundex};
use rusqlite::{Connection, OptionalExtension, Statement};
use std::path::Path;

/// The file isn't in use until it is whole, so nothing is lost by writing it without a journal. The cache, what SQLite sorts an
/// index in, which is as large, and what the word index gathers before it writes are as small as makes no difference to the time:
/// a counter's machine has other things to do while it takes in a million rows.
///
/// `account_words` answers the first letters of a word from an index of its own; longer beginnings are looked up in `words`.
pub(super) fn made(target: &Path) -> Result<Connection, StoreError> {
    let connection = opened(target)?;
    connection.execute_batch(
        "CREATE TABLE accounts (
             line INTEGER PRIMARY KEY, fund_code TEXT NOT NULL, reference TEXT NOT NULL, title TEXT NOT NULL, forename TEXT NOT NULL,
             surname TEXT NOT NULL, soundex TEXT NOT NULL, address TEXT NOT NULL, postcode TEXT NOT NULL,
             balance_pence INTEGER NOT NULL, as_at TEXT NOT NULL, message_id INTEGER
         ) STRICT;
         CREATE VIRTUAL TABLE account_words USING fts5 (words, content = '', detail = 'none', prefix = '1 2 3',
             tokenize = \"unicode61 remove_diacritics 2\");
         INSERT INTO account_words (account_words, rank) VALUES ('hashsize', 4194304);
         CREATE TABLE words (word TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
         CREATE TABLE refused (account BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
         CREATE TABLE made (judged_by TEXT NOT NULL, can_change INTEGER NOT NULL) STRICT;",
    )?;
    Ok(connection)
}

/// Opens a file that nobody uses yet.
pub(super) fn opened(target: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open(target)?;
    connection.execute_batch(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -24000; PRAGMA temp_store = FILE;
         PRAGMA locking_mode = EXCLUSIVE;",
    )?;
    Ok(connection)
}

/// What makes the rows of a usable extract findable by sound and by the beginnings of words.
pub(super) const LAST_STEPS: [&str; 2] = [
    "CREATE INDEX accounts_by_soundex ON accounts (soundex);",
    "CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, account_words, row);
     INSERT INTO words SELECT term FROM vocabulary;",
];

/// Rows on their way into a file and out of it.
pub(super) struct Rows<'a> {
    insert: Statement<'a>,
    insert_words: Statement<'a>,
    refuse: Statement<'a>,
}

impl<'a> Rows<'a> {
    pub fn of(connection: &'a Connection) -> Result<Rows<'a>, StoreError> {
        Ok(Rows {
            insert: connection.prepare(
                "INSERT INTO accounts (line, fund_code, reference, title, forename, surname, soundex, address, postcode, balance_pence, as_at, message_id)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
            )?,
            insert_words: connection.prepare("INSERT INTO account_words (rowid, words) VALUES (?1, ?2)")?,
            refuse: connection.prepare("INSERT OR IGNORE INTO refused (account) VALUES (?1)")?,
        })
    }

    /// Puts an account holder in, under a number of their own.
    pub fn take(&mut self, line: u64, holder: &AccountHolder) -> Result<(), StoreError> {
        let address = holder.address.join(", ");
        self.insert.execute((
            line,
            &holder.fund_code,
            &holder.reference,
            &holder.title,
            &holder.forename,
            &holder.surname,
            soundex(&holder.surname),
            &address,
            &holder.postcode,
            holder.balance.0,
            holder.as_at.to_string(),
            holder.message_id,
        ))?;
        self.insert_words.execute((line, words(&holder.forename, &holder.surname, &address, &holder.postcode)))?;
        Ok(())
    }

    /// Keeps in mind that the row of an account was refused. False where one of it was already.
    pub fn refuse(&mut self, account: &[u8]) -> Result<bool, StoreError> {
        Ok(self.refuse.execute([account])? == 1)
    }
}

/// Rows on their way out of a file.
pub(super) struct Gone<'a> {
    find: Statement<'a>,
    remove: Statement<'a>,
    remove_words: Statement<'a>,
    forget: Statement<'a>,
}

impl<'a> Gone<'a> {
    pub fn of(connection: &'a Connection) -> Result<Gone<'a>, StoreError> {
        Ok(Gone {
            find: connection
                .prepare("SELECT line, forename, surname, address, postcode FROM accounts WHERE reference = ?1 AND fund_code = ?2")?,
            remove: connection.prepare("DELETE FROM accounts WHERE line = ?1")?,
            remove_words: connection.prepare("INSERT INTO account_words (account_words, rowid, words) VALUES ('delete', ?1, ?2)")?,
            forget: connection.prepare("DELETE FROM refused WHERE account = ?1")?,
        })
    }

    /// Takes an account's row out, whether it was taken or refused. False where there is none.
    pub fn remove(&mut self, account: &Account) -> Result<bool, StoreError> {
        if let Some((fund_code, reference)) = &account.named {
            let found = self
                .find
                .query_row((reference, fund_code), |row| {
                    let field = |place| row.get::<_, String>(place);
                    Ok((row.get::<_, u64>(0)?, words(&field(1)?, &field(2)?, &field(3)?, &field(4)?)))
                })
                .optional()?;
            if let Some((line, words)) = found {
                self.remove_words.execute((line, words))?;
                self.remove.execute([line])?;
                return Ok(true);
            }
        }
        Ok(self.forget.execute([&account.key])? == 1)
    }
}

/// Which account a row is about, as the ledger tells accounts apart: by fund and reference, however they are written; a row that tells
/// neither is about itself.
pub(super) struct Account {
    /// What tells it from all others.
    pub key: Vec<u8>,
    /// Fund and reference, where it tells them.
    named: Option<(String, String)>,
}

impl Account {
    pub fn of(fund_and_reference: Option<(&str, &str)>, line: &[u8]) -> Account {
        let named = fund_and_reference.map(|(fund, reference)| (fund.trim().to_owned(), reference.trim().to_uppercase()));
        let key = named.as_ref().map_or_else(|| line.to_vec(), |(fund, reference)| format!("{fund}\0{reference}").into_bytes());
        Account { key, named }
    }
}

/// What an account holder is found by.
fn words(forename: &str, surname: &str, address: &str, postcode: &str) -> String {
    [forename, surname, address, postcode, &joined(postcode)].join(" ")
}

/// A postcode without its space, so that it is found typed either way.
fn joined(postcode: &str) -> String {
    postcode.chars().filter(|c| !c.is_whitespace()).collect()
}
