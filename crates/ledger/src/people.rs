//! The people of the page: supervisors, finance and administrators, with passwords of their own.

use crate::enrolment::spelled;
use crate::error::LedgerError;
use crate::ledger::Ledger;
use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use clap::ValueEnum;

/// Wrong passwords after which somebody is locked.
pub const MOST_FAILURES: i32 = 5;
/// The shortest password.
const SHORTEST: usize = 10;

/// Of a password that nobody has: a code that nobody has takes as long to refuse as a wrong password.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$Y291bnRlcmZvaWwtbm9ib2R5$2dGcXuWmkzAsF8Qys9KBKkW0j7PcYd0YfKxVbTgGQ8U";

/// What somebody may do on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Role {
    /// Sees everything; allocates suspense; exports.
    Finance,
    /// Sees everything.
    Supervisor,
    /// What finance may, and settles alarms.
    Administrator,
}

impl Role {
    /// As it is kept.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Finance => "finance",
            Role::Supervisor => "supervisor",
            Role::Administrator => "administrator",
        }
    }

    fn kept(text: &str) -> Result<Role, LedgerError> {
        let roles = [Role::Finance, Role::Supervisor, Role::Administrator];
        roles.into_iter().find(|role| role.as_str() == text).ok_or(LedgerError::Stored("a role"))
    }

    /// May they say where money in suspense belongs, and take the day's export away?
    pub fn may_allocate(self) -> bool {
        matches!(self, Role::Finance | Role::Administrator)
    }

    /// May they settle an alarm?
    pub fn may_settle(self) -> bool {
        matches!(self, Role::Supervisor | Role::Administrator)
    }
}

/// Somebody who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// What they type.
    pub code: String,
    /// What others call them.
    pub name: String,
    /// What they may do.
    pub role: Role,
}

/// Adds somebody, or gives them a new name, role and password, and lets them in again.
///
/// # Errors
/// A code or a password that can't be one; the database's.
pub async fn add(ledger: &Ledger, person: &Person, password: &str) -> Result<(), LedgerError> {
    if password.chars().count() < SHORTEST {
        return Err(LedgerError::Setting(format!("a password has at least {SHORTEST} characters")));
    }
    let plain = person.code.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte));
    if !(1..=40).contains(&person.code.len()) || !plain {
        return Err(LedgerError::Setting("a person's code is 1 to 40 letters, digits, dots and dashes".into()));
    }
    let hash = hashed(ledger, password)?;
    let client = ledger.database().await?;
    let sql = "INSERT INTO people (code, name, role, secret_hash, made_at_ms) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (lower(code)) DO UPDATE SET name = excluded.name, role = excluded.role, secret_hash = excluded.secret_hash,
            failures = 0, locked = false, disabled = false";
    client.execute(sql, &[&person.code, &person.name, &person.role.as_str(), &hash, &ledger.now_ms()]).await?;
    client.execute("DELETE FROM signed_in USING people WHERE person = code AND lower(code) = lower($1)", &[&person.code]).await?;
    Ok(())
}

/// A password to hand to somebody: eighty random bits in groups of four.
///
/// # Errors
/// The machine has no random bytes to give.
pub fn made_password(ledger: &Ledger) -> Result<String, LedgerError> {
    Ok(spelled(&ledger.random()?))
}

/// Somebody may no longer sign in. Nobody is ever deleted: what they decided keeps their code.
///
/// # Errors
/// Nobody of that code; the database's.
pub async fn disable(ledger: &Ledger, code: &str) -> Result<(), LedgerError> {
    changed(ledger, code, "UPDATE people SET disabled = true WHERE lower(code) = lower($1)").await?;
    let client = ledger.database().await?;
    client.execute("DELETE FROM signed_in USING people WHERE person = code AND lower(code) = lower($1)", &[&code]).await?;
    Ok(())
}

/// Somebody who was locked may try again.
///
/// # Errors
/// Nobody of that code; the database's.
pub async fn release(ledger: &Ledger, code: &str) -> Result<(), LedgerError> {
    changed(ledger, code, "UPDATE people SET failures = 0, locked = false WHERE lower(code) = lower($1)").await
}

async fn changed(ledger: &Ledger, code: &str, sql: &str) -> Result<(), LedgerError> {
    match ledger.database().await?.execute(sql, &[&code]).await? {
        0 => Err(LedgerError::Setting(format!("nobody has the code {code}"))),
        _ => Ok(()),
    }
}

fn hashed(ledger: &Ledger, password: &str) -> Result<String, LedgerError> {
    let salt: [u8; 16] = ledger.random()?;
    let hash = Argon2::default().hash_password_with_salt(password.as_bytes(), &salt);
    hash.map(|hash| hash.to_string()).map_err(|error| LedgerError::Setting(error.to_string()))
}

/// Why nobody was signed in. The page says the same of a code that nobody has as of a wrong password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotSignedIn {
    /// Code or password.
    Wrong,
    /// Too many failures.
    Locked,
}

/// Checks a password and counts failures.
///
/// # Errors
/// The database's.
pub async fn sign_in(ledger: &Ledger, code: &str, password: &str) -> Result<Result<Person, NotSignedIn>, LedgerError> {
    let mut client = ledger.database().await?;
    let transaction = client.transaction().await?;
    // Locked while it is decided: five guesses at once are five guesses.
    let sql = "SELECT code, name, role, secret_hash, locked FROM people WHERE lower(code) = lower($1) AND NOT disabled FOR UPDATE";
    let row = transaction.query_opt(sql, &[&code]).await?;
    let hash = row.as_ref().map_or_else(|| NOBODY.to_owned(), |row| row.get(3));
    let password = password.to_owned();
    let checked = tokio::task::spawn_blocking(move || is_of(&password, &hash)).await;
    let is_right = checked.map_err(|_| LedgerError::Setting("a password couldn't be checked".into()))?;
    let Some(row) = row else { return Ok(Err(NotSignedIn::Wrong)) };
    if row.get(4) {
        return Ok(Err(NotSignedIn::Locked));
    }
    let sql = "UPDATE people SET failures = CASE WHEN $2 THEN 0 ELSE failures + 1 END, locked = NOT $2 AND failures + 1 >= $3
        WHERE code = $1 RETURNING locked";
    let locked: bool = transaction.query_one(sql, &[&row.get::<_, &str>(0), &is_right, &MOST_FAILURES]).await?.get(0);
    transaction.commit().await?;
    match (is_right, locked) {
        (true, _) => Ok(Ok(of_row(&row)?)),
        (false, true) => Ok(Err(NotSignedIn::Locked)),
        (false, false) => Ok(Err(NotSignedIn::Wrong)),
    }
}

fn is_of(password: &str, hash: &str) -> bool {
    let hash = PasswordHash::new(hash);
    hash.is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

/// The person of a row of `people`: code, name, role.
pub(crate) fn of_row(row: &tokio_postgres::Row) -> Result<Person, LedgerError> {
    Ok(Person { code: row.get(0), name: row.get(1), role: Role::kept(row.get(2))? })
}
