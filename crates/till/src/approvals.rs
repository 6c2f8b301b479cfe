//! A second person's word: asked for on the spot, proven like a sign-in, and never the requester's own. Works with no line.

use crate::api::people::Approval;
use crate::error::TillError;
use crate::people;
use crate::till::{Caller, Till};
use counterfoil_domain::Pence;
use counterfoil_domain::approval::Action;
use counterfoil_domain::rights::Right;

/// Who approved it: nobody where the council's pack asks for nobody. `amount` is what the action moves, zero for one without.
///
/// # Errors
/// `approval-needed` when somebody is needed and nobody was named; `approver-is-requester`, `approver-may-not`; a wrong secret,
/// which counts among that person's failures.
pub(crate) fn approved(
    till: &Till,
    caller: &Caller,
    action: Action,
    amount: Pence,
    approval: Option<&Approval>,
) -> Result<Option<String>, TillError> {
    let council = caller.council()?;
    if !council.needs_approval(action, amount) {
        return Ok(None);
    }
    second_person(till, caller, approval).map(Some)
}

/// Who approved taking a payment in spite of a stop: for a cashier without the right to, somebody who has it.
///
/// # Errors
/// As [`approved`].
pub(crate) fn stop_overridden(
    till: &Till,
    caller: &Caller,
    amount: Pence,
    approval: Option<&Approval>,
) -> Result<Option<String>, TillError> {
    let council = caller.council()?;
    if council.may(caller.user()?, Right::OverrideStops) {
        return approved(till, caller, Action::OverrideStop, amount, approval);
    }
    let code = second_person(till, caller, approval)?;
    let may = council.user(&code).is_some_and(|person| council.may(person, Right::OverrideStops));
    if may { Ok(Some(code)) } else { Err(TillError::not_done("approver-may-not")) }
}

/// The second person's code, whatever the pack says.
///
/// # Errors
/// As [`approved`].
pub(crate) fn second_person(till: &Till, caller: &Caller, approval: Option<&Approval>) -> Result<String, TillError> {
    second_person_for(till, caller, approval, &[])
}

/// The second person's code for what concerns the sessions of these cashiers: nobody passes their own cash, whoever asks.
///
/// # Errors
/// As [`approved`], and `approver-is-cashier`.
pub(crate) fn second_person_for(
    till: &Till,
    caller: &Caller,
    approval: Option<&Approval>,
    cashiers: &[String],
) -> Result<String, TillError> {
    let (council, requester) = (caller.council()?, caller.user()?);
    let Some(approval) = approval else { return Err(TillError::not_done("approval-needed")) };
    let person = people::person(till, council, &approval.user_code)?;
    // Said before the secret is looked at: the one thing that somebody approving their own request has to know.
    if person.as_ref().is_some_and(|person| person.code.eq_ignore_ascii_case(&requester.code)) {
        return Err(TillError::not_done("approver-is-requester"));
    }
    if person.as_ref().is_some_and(|person| cashiers.iter().any(|cashier| cashier.eq_ignore_ascii_case(&person.code))) {
        return Err(TillError::not_done("approver-is-cashier"));
    }
    people::prove(till, council, person.as_ref(), &approval.secret)?;
    let person = person.ok_or_else(|| TillError::not_done("sign-in-failed"))?;
    council.approves(&person, &requester.code)?;
    Ok(person.code)
}
