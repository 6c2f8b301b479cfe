//! Finding account holders: by exact reference, by its beginning, by words in any order as typed, by sound.

use crate::connection;
use crate::error::StoreError;
use counterfoil_domain::Pence;
use counterfoil_domain::account::{AccountHolder, soundex};
use rusqlite::{Connection, OptionalExtension, Row};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// The most words that are looked for.
const MAX_WORDS: usize = 8;
/// The longest beginning of a word that the word index has an index of its own for.
const INDEXED_BEGINNING: usize = 3;
/// The most words that a beginning is written out as.
const MAX_WRITTEN_OUT: usize = 50;

/// An extract in use.
pub struct Extract {
    file: std::path::PathBuf,
    readers: Mutex<Vec<Connection>>,
}

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The accounts, at most as many as were asked for.
    pub holders: Vec<AccountHolder>,
    /// There are more.
    pub more: bool,
    /// Nothing was spelt so; these surnames sound like it.
    pub sounds_like: bool,
}

const COLUMNS: &str = "fund_code, reference, title, forename, surname, address, postcode, balance_pence, as_at, message_id";

fn holder(row: &Row<'_>) -> rusqlite::Result<AccountHolder> {
    let address: String = row.get(5)?;
    let as_at: String = row.get(8)?;
    Ok(AccountHolder {
        fund_code: row.get(0)?,
        reference: row.get(1)?,
        title: row.get(2)?,
        forename: row.get(3)?,
        surname: row.get(4)?,
        address: address.split(", ").filter(|line| !line.is_empty()).map(str::to_owned).collect(),
        postcode: row.get(6)?,
        balance: Pence(row.get(7)?),
        as_at: as_at.parse().map_err(|error| rusqlite::Error::FromSqlConversionFailure(8, rusqlite::types::Type::Text, Box::new(error)))?,
        message_id: row.get(9)?,
    })
}

impl Extract {
    /// Opens an extract's file.
    ///
    /// # Errors
    /// The file isn't there or isn't an extract.
    pub fn open(file: &Path) -> Result<Extract, StoreError> {
        let first = connection::reader(file)?;
        // A file that is no extract says so now, not at the first customer.
        first.query_row("SELECT 1 FROM accounts LIMIT 1", [], |_| Ok(())).optional()?;
        Ok(Extract { file: file.to_owned(), readers: Mutex::new(vec![first]) })
    }

    /// The account with this fund and exact reference.
    ///
    /// # Errors
    /// The store's own.
    pub fn account(&self, fund_code: &str, reference: &str) -> Result<Option<AccountHolder>, StoreError> {
        self.read(|connection| {
            let sql = format!("SELECT {COLUMNS} FROM accounts WHERE reference = ?1 AND fund_code = ?2");
            Ok(connection.prepare_cached(&sql)?.query_row((reference, fund_code), holder).optional()?)
        })
    }

    /// Finds by what was typed: the beginning of a reference; all of the words, the last as far as it is typed; or, when that
    /// finds nothing, surnames that sound like one of the words.
    ///
    /// # Errors
    /// The store's own.
    pub fn find(&self, typed: &str, most: usize) -> Result<Found, StoreError> {
        let words = words_of(typed);
        if words.is_empty() {
            return Ok(Found::default());
        }
        self.read(|connection| {
            let mut holders = Vec::new();
            if words.iter().any(|word| word.bytes().any(|byte| byte.is_ascii_digit())) {
                holders = by_reference(connection, &typed.trim().to_uppercase(), most + 1)?;
            }
            if holders.len() <= most {
                let more = by_words(connection, &words, most + 1 - holders.len().min(most))?;
                holders.extend(
                    more.into_iter()
                        .filter(|found| {
                            !holders.iter().any(|known| known.fund_code == found.fund_code && known.reference == found.reference)
                        })
                        .collect::<Vec<_>>(),
                );
            }
            let sounds_like = holders.is_empty();
            if sounds_like {
                holders = by_sound(connection, &words, most + 1)?;
            }
            let more = holders.len() > most;
            holders.truncate(most);
            Ok(Found { sounds_like: sounds_like && !holders.is_empty(), more, holders })
        })
    }

    fn read<T>(&self, ask: impl FnOnce(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let idle = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let reader = match idle {
            Some(reader) => reader,
            None => connection::reader(&self.file)?,
        };
        let answer = ask(&reader);
        self.readers.lock().unwrap_or_else(PoisonError::into_inner).push(reader);
        answer
    }
}

/// Letters and digits; anything else parts words.
fn words_of(typed: &str) -> Vec<String> {
    typed.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(MAX_WORDS).map(str::to_owned).collect()
}

fn by_reference(connection: &Connection, prefix: &str, most: usize) -> Result<Vec<AccountHolder>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM accounts WHERE reference >= ?1 AND reference < ?2 ORDER BY reference LIMIT ?3");
    let mut statement = connection.prepare_cached(&sql)?;
    let end = format!("{prefix}\u{10ffff}");
    Ok(statement.query_map((prefix, end, most as u64), holder)?.collect::<Result<_, _>>()?)
}

fn by_words(connection: &Connection, words: &[String], most: usize) -> Result<Vec<AccountHolder>, StoreError> {
    let Some((last, whole)) = words.split_last() else { return Ok(Vec::new()) };
    let mut query: Vec<String> = whole.iter().map(|word| format!("\"{word}\"")).collect();
    query.push(beginning(connection, last)?);
    let sql = format!(
        "SELECT {COLUMNS} FROM account_words JOIN accounts ON accounts.line = account_words.rowid WHERE account_words MATCH ?1 LIMIT ?2"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    Ok(statement.query_map((query.join(" AND "), most as u64), holder)?.collect::<Result<_, _>>()?)
}

/// Asks for the words that begin so. FTS5 gathers every row of every such word before it answers, a hundred thousand for a `road*`;
/// written out as the few words that there are, it reads only as far as it needs to. The rows are the same.
fn beginning(connection: &Connection, word: &str) -> Result<String, StoreError> {
    let as_it_is = format!("\"{word}\"*");
    // Only for plain letters it is certain here how the word index folds them.
    if word.len() <= INDEXED_BEGINNING || !word.is_ascii() {
        return Ok(as_it_is);
    }
    let from = word.to_ascii_lowercase();
    let mut statement = connection.prepare_cached("SELECT word FROM words WHERE word >= ?1 AND word < ?2 LIMIT ?3")?;
    let written_out = statement
        .query_map((&from, format!("{from}\u{10ffff}"), MAX_WRITTEN_OUT as u64 + 1), |row| Ok(format!("\"{}\"", row.get::<_, String>(0)?)))?
        .collect::<Result<Vec<_>, _>>()?;
    let few = (1..=MAX_WRITTEN_OUT).contains(&written_out.len());
    Ok(if few { format!("({})", written_out.join(" OR ")) } else { as_it_is })
}

/// Whichever of the words is the surname: one that sounds like it, where the other words are spelt as the account has them; where
/// there is none such, one that sounds like it whatever the other words are.
fn by_sound(connection: &Connection, words: &[String], most: usize) -> Result<Vec<AccountHolder>, StoreError> {
    let codes: Vec<(usize, String)> = words.iter().map(|word| soundex(word)).enumerate().filter(|(_, code)| !code.is_empty()).collect();
    let narrowed = "AND line IN (SELECT rowid FROM account_words WHERE account_words MATCH ?3)";
    for (narrow, others) in [(narrowed, true), ("AND ?3 IS NOT NULL", false)] {
        let sql = format!("SELECT {COLUMNS} FROM accounts WHERE soundex = ?1 {narrow} LIMIT ?2");
        let mut statement = connection.prepare_cached(&sql)?;
        for (place, code) in &codes {
            let spelt = all_but(words, *place);
            if others && spelt.is_empty() {
                continue;
            }
            let found = statement.query_map((code, most as u64, spelt), holder)?.collect::<Result<Vec<_>, _>>()?;
            if !found.is_empty() {
                return Ok(found);
            }
        }
    }
    Ok(Vec::new())
}

/// Every word but one, as the word index is asked for them.
fn all_but(words: &[String], place: usize) -> String {
    let others = words.iter().enumerate().filter(|(index, _)| *index != place);
    others.map(|(_, word)| format!("\"{word}\"*")).collect::<Vec<_>>().join(" AND ")
}
