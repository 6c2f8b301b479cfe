//! Users: a new PIN, disabling, letting in again, and who signed in when. Nobody is ever deleted.

use crate::api::people::{ChangePerson, PersonView, ResetSecret, SignInEvent, SignInHistory, SignInKind};
use crate::api::{Changed, Nothing};
use crate::approvals::approved;
use crate::error::TillError;
use crate::people::{disabled, hash_secret};
use crate::till::{Caller, Till};
use crate::views;
use chrono::{Days, NaiveDate};
use counterfoil_domain::Pence;
use counterfoil_domain::approval::Action;
use counterfoil_domain::council::{SecretKind, User};
use counterfoil_domain::entry::{Entry, Fact};
use counterfoil_domain::typed::free_text;
use regex::bytes::Regex;

/// How many sign-ins are listed.
const LISTED: usize = 200;
/// How many days back they are looked for; what is older is in the audit trail.
const LOOKED_BACK: u64 = 366;
/// A clock that was wrong once has left entries of days to come.
const FOR_EVER: NaiveDate = match NaiveDate::from_ymd_opt(9999, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

/// `user.list`.
pub(crate) fn list(till: &Till, caller: &Caller, _: Nothing) -> Result<Vec<PersonView>, TillError> {
    let council = caller.council()?;
    till.core.store.read(|reading| {
        let locked = reading.locked_users()?;
        council
            .users
            .iter()
            .map(|user| {
                Ok(PersonView {
                    roles: council.roles.iter().filter(|role| user.roles.contains(&role.code)).map(|role| role.name.clone()).collect(),
                    secret_kind: user.secret_kind,
                    disabled: disabled(reading, user)?,
                    locked: locked.iter().any(|row| row.user_code == user.code),
                    own_secret: reading.secret(&user.code)?.is_some(),
                    user_code: user.code.clone(),
                    name: user.name.clone(),
                })
            })
            .collect()
    })
}

/// `user.reset_secret`.
pub(crate) fn reset_secret(till: &Till, caller: &Caller, request: ResetSecret) -> Result<Nothing, TillError> {
    let user = somebody_else(caller, &request.user_code)?;
    if request.secret != request.secret_again {
        return Err(TillError::not_done("secrets-differ"));
    }
    if user.secret_kind == SecretKind::Pin && !request.secret.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(TillError::not_done("secret-not-valid"));
    }
    let hash = hash_secret(&request.secret)?;
    let reason = free_text(&request.reason)?;
    let approved_by = approved(till, caller, Action::ChangeUser, Pence::ZERO, request.approval.as_ref())?;
    let entry = entry(till, caller, approved_by, Fact::SecretReset { user_code: user.code.clone(), reason })?;
    till.core.store.reset_secret(&entry, &user.code, &hash)?;
    till.core.tell(&[Changed::People]);
    Ok(Nothing {})
}

/// `user.disable`.
pub(crate) fn disable(till: &Till, caller: &Caller, request: ChangePerson) -> Result<Nothing, TillError> {
    let user_code = somebody_else(caller, &request.user_code)?.code.clone();
    let reason = free_text(&request.reason)?;
    change(till, caller, &request, Fact::UserDisabled { user_code, reason })
}

/// `user.enable`.
pub(crate) fn enable(till: &Till, caller: &Caller, request: ChangePerson) -> Result<Nothing, TillError> {
    let user_code = somebody_else(caller, &request.user_code)?.code.clone();
    let reason = free_text(&request.reason)?;
    change(till, caller, &request, Fact::UserEnabled { user_code, reason })
}

fn change(till: &Till, caller: &Caller, request: &ChangePerson, fact: Fact) -> Result<Nothing, TillError> {
    let approved_by = approved(till, caller, Action::ChangeUser, Pence::ZERO, request.approval.as_ref())?;
    let entry = entry(till, caller, approved_by, fact)?;
    till.core.write(entry)?;
    till.core.tell(&[Changed::People]);
    Ok(Nothing {})
}

fn entry(till: &Till, caller: &Caller, approved_by: Option<String>, fact: Fact) -> Result<Entry, TillError> {
    let id = till.core.surroundings.new_id();
    Ok(Entry { approved_by, ..till.core.entry(id, Some(&caller.user()?.code), caller.session, fact) })
}

/// Nobody changes their own account: one could lock the others out.
fn somebody_else<'a>(caller: &'a Caller, code: &str) -> Result<&'a User, TillError> {
    let user = caller.council()?.user(code.trim()).ok_or_else(|| TillError::not_done("user-unknown"))?;
    if user.code == caller.user()?.code { Err(TillError::not_done("user-is-oneself")) } else { Ok(user) }
}

/// `user.history`.
pub(crate) fn history(till: &Till, _: &Caller, request: SignInHistory) -> Result<Vec<SignInEvent>, TillError> {
    let wanted = request.user_code.trim();
    let from = till.core.today().checked_sub_days(Days::new(LOOKED_BACK)).unwrap_or_default();
    // Most entries are seen from their bytes to be none of these, without making sense of them.
    let names = Regex::new(r#""(signed_in|signed_out|sign_in_failed|user_released|secret_reset|user_disabled|user_enabled)""#);
    let names = names.map_err(|error| TillError::not_done("internal").because(error))?;
    let mut events = Vec::new();
    till.core.store.read(|reading| {
        reading.each_entry_of_days_back(
            (from, FOR_EVER),
            None,
            |body| names.is_match(body),
            |_, entry| {
                let event = event(till, entry).filter(|event| wanted.is_empty() || event.user_code.eq_ignore_ascii_case(wanted));
                events.extend(event);
                Ok::<_, TillError>(events.len() < LISTED)
            },
        )
    })?;
    Ok(events)
}

fn event(till: &Till, entry: Entry) -> Option<SignInEvent> {
    let by = entry.by.clone();
    let none = String::new();
    let (kind, user_code, by, reason) = match entry.fact {
        Fact::SignedIn => (SignInKind::SignedIn, by?, None, none),
        Fact::SignedOut => (SignInKind::SignedOut, by?, None, none),
        Fact::SignInFailed { user_code, locked, .. } => {
            (if locked { SignInKind::Locked } else { SignInKind::Failed }, user_code, None, none)
        }
        Fact::UserReleased { user_code } => (SignInKind::Released, user_code, by, none),
        Fact::SecretReset { user_code, reason } => (SignInKind::SecretReset, user_code, by, reason),
        Fact::UserDisabled { user_code, reason } => (SignInKind::Disabled, user_code, by, reason),
        Fact::UserEnabled { user_code, reason } => (SignInKind::Enabled, user_code, by, reason),
        _ => return None,
    };
    Some(SignInEvent { at: views::moment(&till.core, entry.at_ms), user_code, kind, by, reason })
}
