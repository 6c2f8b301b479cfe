//! From the rules' values to what callers see.

use crate::api::Nothing;
use crate::api::people::SignedInView;
use crate::api::sessions::SessionView;
use crate::api::start::{CouncilView, FundView, MopView, ReasonView, Start, TillView, VatView};
use crate::error::TillError;
use crate::people;
use crate::till::{Caller, Core, Till};
use counterfoil_domain::Council;
use counterfoil_domain::council::{MopKind, User};
use counterfoil_domain::rights::Right;
use counterfoil_store::{Reading, SessionRow};
use std::sync::PoisonError;

/// `start.show`.
pub(crate) fn start_show(till: &Till, _: &Caller, _: Nothing) -> Result<Start, TillError> {
    start(till)
}

pub(crate) fn start(till: &Till) -> Result<Start, TillError> {
    let core = &till.core;
    // Before what it changes: one that is over has then named the till here too.
    let first_start = core.first_start.read().unwrap_or_else(PoisonError::into_inner).clone();
    let council = core.council().ok();
    let seat = core.seat().clone();
    let user = match (&council, &seat.user_code) {
        (Some(council), Some(code)) => people::at_work(core, council, code)?,
        _ => None,
    };
    let code = user.as_ref().map(|user| user.code.as_str());
    let (name, open) = core.store.read(|reading| {
        let open = reading.open_session()?.map(|row| session(core, reading, row, code)).transpose()?;
        Ok::<_, TillError>((reading.till_name()?, open))
    })?;
    let settings = core.settings();
    Ok(Start {
        program_version: env!("CARGO_PKG_VERSION").to_owned(),
        till: name.map(|name| TillView {
            office_name: council
                .as_ref()
                .and_then(|council| council.office(&name.office_code))
                .map(|office| office.name.clone())
                .unwrap_or_default(),
            office_code: name.office_code,
            till_code: name.till_code,
        }),
        signed_in: user.as_ref().zip(council.as_ref()).map(|(user, council)| signed_in(council, user)),
        locked: seat.locked,
        session: open,
        has_slip_station: settings.slip_columns().is_some(),
        printer: settings.printer,
        scanner: settings.scanner,
        has_other_printer: settings.other_printer.is_some(),
        today: core.today().to_string(),
        language: settings.language,
        troubles: core.trouble_codes(),
        first_start,
        council: council.as_deref().map(council_view),
    })
}

pub(crate) fn session(core: &Core, reading: &Reading<'_>, row: SessionRow, user_code: Option<&str>) -> Result<SessionView, TillError> {
    Ok(SessionView {
        counted: reading.standing_count(row.number)?.is_some(),
        number: row.number,
        own: user_code.is_some_and(|code| code.eq_ignore_ascii_case(&row.user_code)),
        user_code: row.user_code,
        opened_at: moment(core, row.opened_at_ms),
        float: row.float,
    })
}

/// `2026-11-23 10:42` by the council's clock.
pub(crate) fn moment(core: &Core, at_ms: i64) -> String {
    core.local(at_ms).format("%Y-%m-%d %H:%M").to_string()
}

fn signed_in(council: &Council, user: &User) -> SignedInView {
    let mut rights: Vec<Right> =
        council.roles.iter().filter(|role| user.roles.contains(&role.code)).flat_map(|role| role.rights.clone()).collect();
    rights.sort_unstable();
    rights.dedup();
    SignedInView { user_code: user.code.clone(), name: user.name.clone(), rights, language: user.language, secret_kind: user.secret_kind }
}

pub(crate) fn council_view(council: &Council) -> CouncilView {
    let identity = &council.identity;
    CouncilView {
        code: identity.code.clone(),
        name: identity.name.clone(),
        languages: identity.languages.clone(),
        demonstration: identity.demonstration,
        sign_in_hint: identity.sign_in_hint.clone().filter(|_| identity.demonstration),
        colour: council.brand.colour.clone(),
        on_colour: council.brand.on_colour.clone(),
        logo_svg: council.brand.logo_svg.clone(),
        funds: council.funds.iter().filter(|fund| fund.at_counter || fund.suspense).map(fund_view).collect(),
        mops: council
            .mops
            .iter()
            .filter(|mop| !mop.disabled && mop.kind != MopKind::Internal)
            .map(|mop| MopView { code: mop.code.clone(), name: mop.name.clone(), kind: mop.kind })
            .collect(),
        vat_codes: council
            .vat_codes
            .iter()
            .filter(|vat| !vat.disabled)
            .map(|vat| VatView { code: vat.code.clone(), percent: percent(vat.rate) })
            .collect(),
        reasons: council
            .reasons
            .iter()
            .map(|reason| ReasonView { code: reason.code.clone(), kind: reason.kind, text: reason.text.clone() })
            .collect(),
        denominations: council.denominations.clone(),
        quick_notes: council.policies.quick_notes.clone(),
        float: council.policies.float,
        float_tolerance: council.policies.float_tolerance,
        lock_after_minutes: council.policies.lock_after_minutes,
        offices: council.offices.clone(),
    }
}

fn fund_view(fund: &counterfoil_domain::council::Fund) -> FundView {
    FundView {
        code: fund.code.clone(),
        name: fund.name.clone(),
        reference_label: fund.reference_label.clone(),
        reference_hint: fund.reference_hint.clone(),
        vat_code: fund.vat_code.clone(),
        vat_override: fund.vat_override,
        address_needed: fund.address_needed && !fund.suspense,
        suspense: fund.suspense,
    }
}

/// A rate of 0.2 as `20`: the point moves two places, exactly.
fn percent(rate: rust_decimal::Decimal) -> String {
    rate.checked_mul(rust_decimal::Decimal::ONE_HUNDRED).unwrap_or_default().normalize().to_string()
}
