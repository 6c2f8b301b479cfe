//! Making tills known: one-time codes, `POST /v1/enrol`, and revoking.

use crate::error::{LedgerError, Refused};
use crate::ledger::Ledger;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use counterfoil_wire::enrolment::{Enrol, Enrolled, plain_code};
use counterfoil_wire::{Hash, Head};
use deadpool_postgres::Transaction;

/// How long a code may be used: an administrator makes it while somebody stands at the till, or sends it there for tomorrow.
pub const CODE_LASTS_MS: i64 = 3 * 24 * 60 * 60 * 1000;

/// Letters and digits that nobody takes for another.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Where a till is to stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The office's code.
    pub office_code: String,
    /// The till's code.
    pub till_code: String,
    /// The id of a till that was lost, whose place the new one takes.
    pub replaces: Option<String>,
}

/// Makes a one-time code, such as `7F3K-0Q2M-XR8T-55WD`. Only its hash is kept.
///
/// # Errors
/// The till to be replaced isn't known; the database's.
pub async fn make_code(ledger: &Ledger, place: &Place) -> Result<String, LedgerError> {
    let client = ledger.database().await?;
    let replaces: Option<i32> = match &place.replaces {
        None => None,
        Some(till_id) => {
            let row = client.query_opt("SELECT number FROM tills WHERE id = $1", &[till_id]).await?;
            Some(row.ok_or_else(|| LedgerError::Setting(format!("no till has the id {till_id}")))?.get(0))
        }
    };
    let code = spelled(&ledger.random::<16>()?);
    let now_ms = ledger.now_ms();
    let sql = "INSERT INTO enrolment_codes (code_sha256, office_code, till_code, replaces, made_at_ms, expires_at_ms)
        VALUES ($1, $2, $3, $4, $5, $6)";
    let expires_ms = now_ms + CODE_LASTS_MS;
    client.execute(sql, &[&code_hash(&code), &place.office_code, &place.till_code, &replaces, &now_ms, &expires_ms]).await?;
    Ok(code)
}

/// Five bits of each byte, in groups of four.
pub(crate) fn spelled(random: &[u8; 16]) -> String {
    let letters: Vec<char> = random.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// 80 random bits need no slow hash.
fn code_hash(code: &str) -> Vec<u8> {
    Hash::of(plain_code(code).as_bytes()).0.to_vec()
}

/// `POST /v1/enrol`.
///
/// # Errors
/// The code is wrong, used or too old; the id or the key can't be one.
pub async fn post(State(ledger): State<Ledger>, Json(enrol): Json<Enrol>) -> Result<Json<Enrolled>, Refused> {
    check(&enrol)?;
    let mut client = ledger.database().await?;
    let transaction = client.transaction().await?;
    let code = usable_code(&transaction, &enrol, ledger.now_ms()).await?;
    let till_number = match code.used_for {
        Some(number) => number,
        None => use_code(&transaction, &ledger, &enrol, &code).await?,
    };
    let till_id: String = transaction.query_one("SELECT id FROM tills WHERE number = $1", &[&till_number]).await?.get(0);
    transaction.commit().await?;
    tracing::info!(till_number, replaces = code.replaces.is_some(), again = code.used_for.is_some(), "a till was enrolled");
    Ok(Json(Enrolled {
        till_id,
        till_number: till_number.cast_unsigned(),
        office_code: code.office_code,
        till_code: code.till_code,
        ledger_key: ledger.public_key().clone(),
        replaces: code.replaces.is_some(),
    }))
}

fn check(enrol: &Enrol) -> Result<(), Refused> {
    let plain = enrol.till_id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if !(1..=64).contains(&enrol.till_id.len()) || !plain {
        return Err(Refused::bad("A till's id is 1 to 64 letters, digits and dashes."));
    }
    enrol.public_key.read().map(drop).ok_or_else(|| Refused::bad("The public key isn't one."))
}

struct Code {
    office_code: String,
    till_code: String,
    replaces: Option<i32>,
    used_for: Option<i32>,
}

/// The code, if it is unused, or was used by this very request before: a reply can be lost.
async fn usable_code(transaction: &Transaction<'_>, enrol: &Enrol, now_ms: i64) -> Result<Code, Refused> {
    let wrong = || Refused::new(StatusCode::FORBIDDEN, "code-wrong", "The code is wrong, was used, or is too old.");
    let sql = "SELECT office_code, till_code, replaces, used_for, expires_at_ms, used_by_till, used_by_key
        FROM enrolment_codes WHERE code_sha256 = $1 FOR UPDATE";
    let row = transaction.query_opt(sql, &[&code_hash(&enrol.code)]).await?.ok_or_else(wrong)?;
    let code = Code { office_code: row.get(0), till_code: row.get(1), replaces: row.get(2), used_for: row.get(3) };
    let is_same = row.get::<_, Option<String>>(5).as_ref() == Some(&enrol.till_id)
        && row.get::<_, Option<String>>(6).as_ref() == Some(&enrol.public_key.0);
    let is_usable = if code.used_for.is_some() { is_same } else { row.get::<_, i64>(4) > now_ms };
    if is_usable { Ok(code) } else { Err(wrong()) }
}

async fn use_code(transaction: &Transaction<'_>, ledger: &Ledger, enrol: &Enrol, code: &Code) -> Result<i32, Refused> {
    let now_ms = ledger.now_ms();
    let number = match code.replaces {
        Some(number) => replace(transaction, number, enrol, code, now_ms).await?,
        None => add(transaction, enrol, code, now_ms).await?,
    };
    let sql = "UPDATE enrolment_codes SET used_at_ms = $2, used_by_till = $3, used_by_key = $4, used_for = $5 WHERE code_sha256 = $1";
    transaction.execute(sql, &[&code_hash(&enrol.code), &now_ms, &enrol.till_id, &enrol.public_key.0, &number]).await?;
    Ok(number)
}

async fn add(transaction: &Transaction<'_>, enrol: &Enrol, code: &Code, now_ms: i64) -> Result<i32, Refused> {
    let sql = "INSERT INTO tills (id, office_code, till_code, public_key, enrolled_at_ms, head_hash, program_version)
        VALUES ($1, $2, $3, $4, $5, $6, left($7, 64)) ON CONFLICT (id) DO NOTHING RETURNING number";
    let (none, key) = (Head::EMPTY.hash.0.as_slice(), &enrol.public_key.0);
    let row = transaction
        .query_opt(
            sql,
            &[&enrol.till_id, &code.office_code, &code.till_code, key, &now_ms, &none, &enrol.program_version.replace('\0', "")],
        )
        .await?;
    let known = || Refused::new(StatusCode::CONFLICT, "till-known", "A till with this id is enrolled already.");
    Ok(row.ok_or_else(known)?.get(0))
}

/// The new till gets the lost one's id, number and journal. The lost one's key is kept, so that it is known when it speaks.
async fn replace(transaction: &Transaction<'_>, number: i32, enrol: &Enrol, code: &Code, now_ms: i64) -> Result<i32, Refused> {
    let keep = "INSERT INTO retired_keys (till_number, public_key, retired_at_ms)
        SELECT number, public_key, $2 FROM tills WHERE number = $1 ON CONFLICT DO NOTHING";
    transaction.execute(keep, &[&number, &now_ms]).await?;
    let sql = "UPDATE tills SET public_key = $2, office_code = $3, till_code = $4, revoked_at_ms = NULL, said_at_ms = 0 WHERE number = $1";
    transaction.execute(sql, &[&number, &enrol.public_key.0, &code.office_code, &code.till_code]).await?;
    Ok(number)
}

/// A till's word no longer counts. What it sent stays.
///
/// # Errors
/// No such till; the database's.
pub async fn revoke(ledger: &Ledger, till_id: &str) -> Result<(), LedgerError> {
    let client = ledger.database().await?;
    let sql = "UPDATE tills SET revoked_at_ms = COALESCE(revoked_at_ms, $2) WHERE id = $1";
    match client.execute(sql, &[&till_id, &ledger.now_ms()]).await? {
        0 => Err(LedgerError::Setting(format!("no till has the id {till_id}"))),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_the_same_however_it_is_typed() {
        let code = spelled(&[0, 31, 32, 255, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18]);
        assert_eq!(code, "0Z0Z-789A-BCDE-FGHJ");
        assert_eq!(code_hash(&code), code_hash(" 0z0z 789abcdefghj"));
    }
}
