//! Signing in and out, locking, releasing.

use crate::api::people::{LockedUser, ReleaseUser, SignIn, Unlock};
use crate::api::start::Start;
use crate::api::{Changed, Nothing};
use crate::error::TillError;
use crate::till::{Caller, Core, Till};
use crate::views;
use argon2::password_hash::PasswordVerifier;
use argon2::password_hash::phc::PasswordHash;
use counterfoil_domain::Council;
use counterfoil_domain::council::User;
use counterfoil_domain::entry::Fact;
use counterfoil_store::Reading;

/// Stands in for an unknown user's hash, so that an unknown code takes as long to refuse as a wrong PIN. Its secret is nobody's.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$Y291bnRlcmZvaWwtbm9ib2R5$2dGcXuWmkzAsF8Qys9KBKkW0j7PcYd0YfKxVbTgGQ8U";
/// The longest secret that is looked at, in bytes: hashing is work, and work is bounded.
const MAX_SECRET: usize = 256;

/// `user.sign_in`.
pub(crate) fn sign_in(till: &Till, caller: &Caller, request: SignIn) -> Result<Start, TillError> {
    let council = caller.council()?;
    let user = person(till, council, &request.user_code)?;
    prove(till, council, user.as_ref(), &request.secret)?;
    let Some(user) = user else { return Err(TillError::not_done("sign-in-failed")) };
    till.core.note(Some(&user.code), None, Fact::SignedIn)?;
    till.scanning.forget();
    {
        let mut seat = till.core.seat();
        seat.user_code = Some(user.code.clone());
        seat.locked = false;
    }
    till.core.tell(&[Changed::People]);
    views::start(till)
}

/// `user.unlock`.
pub(crate) fn unlock(till: &Till, caller: &Caller, request: Unlock) -> Result<Start, TillError> {
    let (council, user) = (caller.council()?, caller.user()?);
    let person = person(till, council, &user.code)?;
    prove(till, council, person.as_ref(), &request.secret)?;
    till.core.note(Some(&user.code), None, Fact::SignedIn)?;
    till.scanning.forget();
    till.core.seat().locked = false;
    till.core.tell(&[Changed::People]);
    views::start(till)
}

/// Proves that the secret is this person's. Failures are counted in the journal, so that a restart doesn't forget them.
pub(crate) fn prove(till: &Till, council: &Council, user: Option<&User>, secret: &str) -> Result<(), TillError> {
    let known = user.map(|user| till.core.store.read(|reading| reading.sign_in(&user.code))).transpose()?.flatten();
    if known.as_ref().is_some_and(|row| row.locked) {
        return Err(TillError::not_done("user-locked"));
    }
    let proven = proven(user, secret);
    let Some(user) = user else { return Err(TillError::not_done("sign-in-failed")) };
    if proven {
        return Ok(());
    }
    let failures = known.map_or(0, |row| row.failures).saturating_add(1);
    let locked = failures >= council.policies.sign_in_failures;
    till.core.note(None, None, Fact::SignInFailed { user_code: user.code.clone(), failures, locked })?;
    if locked {
        let mut seat = till.core.seat();
        if seat.user_code.as_deref() == Some(user.code.as_str()) {
            *seat = crate::till::Seat::default();
        }
    }
    Err(TillError::not_done(if locked { "user-locked" } else { "sign-in-failed" }))
}

/// Somebody who may sign in, with the secret that holds at this till: the pack's, or one that a supervisor gave out here.
pub(crate) fn person(till: &Till, council: &Council, code: &str) -> Result<Option<User>, TillError> {
    let Some(user) = at_work(&till.core, council, code)? else { return Ok(None) };
    let secret = till.core.store.read(|reading| reading.secret(&user.code))?;
    Ok(Some(User { secret_hash: secret.unwrap_or_else(|| user.secret_hash.clone()), ..user }))
}

/// Somebody who may work at this till, if they may.
pub(crate) fn at_work(core: &Core, council: &Council, code: &str) -> Result<Option<User>, TillError> {
    let Some(user) = council.user(code.trim()) else { return Ok(None) };
    let disabled = core.store.read(|reading| disabled(reading, user))?;
    Ok(Some(User { disabled, ..user.clone() }).filter(|user| !user.disabled))
}

/// May this person not work here? What a supervisor said at this till outweighs the pack.
pub(crate) fn disabled(reading: &Reading<'_>, user: &User) -> Result<bool, TillError> {
    Ok(reading.person_disabled(&user.code)?.unwrap_or(user.disabled))
}

/// Is the secret this person's? Takes as long for nobody.
pub(crate) fn proven(user: Option<&User>, secret: &str) -> bool {
    let hash = user.map_or(NOBODY, |user| user.secret_hash.as_str());
    secret.len() <= MAX_SECRET
        && PasswordHash::new(hash).is_ok_and(|hash| argon2::Argon2::default().verify_password(secret.as_bytes(), &hash).is_ok())
}

/// `user.sign_out`.
pub(crate) fn sign_out(till: &Till, caller: &Caller, _: Nothing) -> Result<Start, TillError> {
    if let Some(user) = &caller.user {
        till.core.note(Some(&user.code), None, Fact::SignedOut)?;
    }
    *till.core.seat() = crate::till::Seat::default();
    till.core.tell(&[Changed::People]);
    views::start(till)
}

/// `user.lock`.
pub(crate) fn lock(till: &Till, caller: &Caller, _: Nothing) -> Result<Start, TillError> {
    caller.user()?;
    till.core.seat().locked = true;
    till.core.tell(&[Changed::People]);
    views::start(till)
}

/// `user.locked_out`.
pub(crate) fn locked_out(till: &Till, caller: &Caller, _: Nothing) -> Result<Vec<LockedUser>, TillError> {
    let council = caller.council()?;
    let rows = till.core.store.read(|reading| reading.locked_users())?;
    Ok(rows
        .into_iter()
        .map(|row| LockedUser {
            name: council.user(&row.user_code).map(|user| user.name.clone()).unwrap_or_default(),
            user_code: row.user_code,
            failures: row.failures,
        })
        .collect())
}

/// `user.release`. Nobody releases themselves: a locked person can't be signed in.
pub(crate) fn release(till: &Till, caller: &Caller, request: ReleaseUser) -> Result<Nothing, TillError> {
    let user = caller.council()?.user(request.user_code.trim()).ok_or_else(|| TillError::not_done("user-unknown"))?;
    till.core.note(Some(&caller.user()?.code), None, Fact::UserReleased { user_code: user.code.clone() })?;
    till.core.tell(&[Changed::People]);
    Ok(Nothing {})
}

/// The hash of a PIN or password as a pack's `users.csv` wants it: Argon2id in PHC form, with a salt of its own.
///
/// # Errors
/// `secret-not-valid` when it is shorter than four characters or longer than 256 bytes.
pub fn hash_secret(secret: &str) -> Result<String, TillError> {
    use argon2::password_hash::PasswordHasher;
    if secret.chars().count() < 4 || secret.len() > MAX_SECRET {
        return Err(TillError::not_done("secret-not-valid"));
    }
    let hash = argon2::Argon2::default().hash_password(secret.as_bytes());
    hash.map(|hash| hash.to_string()).map_err(|error| TillError::not_done("internal").because(error))
}
