//! The ledger's commands: what is shown of it, enrolling, a try now, letting things go on.

use super::{Answered, Asking, enrolling, proof};
use crate::api::ledger::{AlarmView, EnrolTill, LedgerView, QuarantinedReceipt, ReleaseAlarm, ReleaseReceipt, SettleReceipt};
use crate::api::{Changed, Nothing};
use crate::approvals;
use crate::error::TillError;
use crate::settings::{LedgerSettings, Settings};
use crate::till::{Caller, Core, Till};
use crate::views;
use counterfoil_domain::card_number::holds_card_number;
use counterfoil_domain::entry::{Entry, Fact};
use counterfoil_domain::text::{is_plain, squeeze};
use counterfoil_domain::{Code, Refusal};
use counterfoil_ledger_client::ims_transport::Detail;
use counterfoil_ledger_client::outbox::Alarm;
use counterfoil_store::{DeliveryRow, DeliveryState, LedgerNote, Reading};
use counterfoil_wire::signing::SignedHead;
use std::path::{Path, PathBuf};
use url::{Host, Url};

/// The longest text about what a person found, in characters.
const MAX_FOUND: usize = 200;

/// `ledger.show`.
pub(crate) fn show(till: &Till, _: &Caller, _: Nothing) -> Result<LedgerView, TillError> {
    let core = &till.core;
    let unreadable = |error: serde_json::Error| TillError::not_done("internal").because(error);
    core.store.read(|reading| {
        let (unsent_receipts, unsent_value) = reading.unsent()?;
        let head: Option<SignedHead> =
            reading.ledger_note(LedgerNote::SignedHead)?.map(|text| serde_json::from_str(&text)).transpose().map_err(unreadable)?;
        let alarm = super::alarm(reading)?;
        let ledger = core.settings().ledger;
        Ok(LedgerView {
            line: proof::line(core, reading)?,
            authority: ledger.as_ref().and_then(LedgerSettings::authority).map(|file| file.display().to_string()),
            address: ledger.map(LedgerSettings::into_address),
            till_number: reading.till_number()?,
            unsent_receipts,
            unsent_value,
            last_heard: head.map(|head| views::moment(core, head.at_ms)),
            quarantined: quarantined(core, reading)?,
            alarm: alarm.map(|alarm| AlarmView { code: alarm.code, seq: alarm.seq, raised_at: views::moment(core, alarm.at_ms) }),
        })
    })
}

fn quarantined(core: &Core, reading: &Reading<'_>) -> Result<Vec<QuarantinedReceipt>, TillError> {
    let mut list = Vec::new();
    for row in reading.quarantined()? {
        let Some(receipt) = reading.receipt(row.serial)? else { continue };
        let detail: Detail = serde_json::from_str(&row.detail).unwrap_or_default();
        let fault = detail.fault.as_ref().and_then(|fault| fault["fault"].as_str()).unwrap_or_default().to_owned();
        let taken_at = views::moment(core, receipt.at_ms);
        let can_be_settled = detail.references_when_settled().is_some();
        list.push(QuarantinedReceipt {
            number: receipt.number,
            total: receipt.total,
            taken_at,
            fault,
            words: detail.words,
            can_be_settled,
        });
    }
    Ok(list)
}

/// `ledger.ask`.
pub(crate) fn ask(till: &Till, _: &Caller, _: Nothing) -> Result<Nothing, TillError> {
    till.pumping.ask();
    Ok(Nothing {})
}

/// `ledger.enrol`.
pub(crate) fn enrol(till: &Till, caller: &Caller, request: EnrolTill) -> Result<LedgerView, TillError> {
    till.administrator_or_unused()?;
    till.enrol(caller.user.as_ref().map(|user| user.code.as_str()), &request)?;
    till.first_start_was_done_by_hand();
    show(till, caller, Nothing {})
}

/// What a person found, as typed.
fn found(typed: &str) -> Result<String, TillError> {
    if holds_card_number(typed) {
        return Err(Refusal::new(Code::CardNumberTyped).into());
    }
    let text = squeeze(typed);
    if text.is_empty() || text.chars().count() > MAX_FOUND || !is_plain(&text) {
        return Err(TillError::not_done("ledger-release-text"));
    }
    Ok(text)
}

/// The delivery of a receipt that waits for a person.
fn put_aside(core: &Core, number: &str) -> Result<DeliveryRow, TillError> {
    let row = core.store.read(|reading| {
        let Some(receipt) = reading.receipt_by_number(number)? else { return Ok::<_, TillError>(None) };
        Ok(reading.delivery(receipt.seq)?)
    })?;
    row.filter(|row| row.state == DeliveryState::Quarantined).ok_or_else(|| TillError::not_done("ledger-not-quarantined"))
}

/// `ledger.release_receipt`.
pub(crate) fn release_receipt(till: &Till, caller: &Caller, request: ReleaseReceipt) -> Result<LedgerView, TillError> {
    let core = &till.core;
    let (text, user) = (found(&request.text)?, caller.user()?);
    let row = put_aside(core, &request.number)?;
    let before: Detail = serde_json::from_str(&row.detail).unwrap_or_default();
    let detail = Detail { way: before.way.released(), fault: None, words: String::new(), ..before };
    let detail = serde_json::to_string(&detail).map_err(|error| TillError::not_done("internal").because(error))?;
    core.note(Some(&user.code), None, Fact::LedgerReleased { what: request.number, text })?;
    core.store.keep_delivery(&DeliveryRow { state: DeliveryState::UnderWay, detail, ..row })?;
    till.pumping.ask();
    core.tell(&[Changed::Ledger]);
    show(till, caller, Nothing {})
}

/// `ledger.settle_receipt`. Nothing more of the receipt is sent, so that money could go missing by it: a second person is always
/// needed, and what isn't in the ledger at all can't be settled.
pub(crate) fn settle_receipt(till: &Till, caller: &Caller, request: SettleReceipt) -> Result<LedgerView, TillError> {
    let core = &till.core;
    let (text, user) = (found(&request.text)?, caller.user()?);
    let row = put_aside(core, &request.number)?;
    let before: Detail = serde_json::from_str(&row.detail).unwrap_or_default();
    let Some(references) = before.references_when_settled() else { return Err(TillError::not_done("ledger-nothing-to-settle")) };
    let approved_by = Some(approvals::second_person(till, caller, request.approval.as_ref())?);
    let detail = Detail { references, ..before };
    let detail = serde_json::to_string(&detail).map_err(|error| TillError::not_done("internal").because(error))?;
    let fact = Fact::LedgerReleased { what: request.number, text };
    let entry = core.entry(core.surroundings.new_id(), Some(&user.code), None, fact);
    core.write(Entry { approved_by, ..entry })?;
    core.store.keep_delivery(&DeliveryRow { state: DeliveryState::Delivered, detail, ..row })?;
    core.tell(&[Changed::Ledger]);
    show(till, caller, Nothing {})
}

/// `ledger.release`.
pub(crate) fn release(till: &Till, caller: &Caller, request: ReleaseAlarm) -> Result<LedgerView, TillError> {
    let core = &till.core;
    let text = found(&request.text)?;
    let user = caller.user()?;
    let standing = core.store.read(|reading| reading.ledger_note(LedgerNote::Alarm))?;
    let Some(alarm) = standing.and_then(|text| serde_json::from_str::<Alarm>(&text).ok()) else {
        return Err(TillError::not_done("ledger-no-alarm"));
    };
    core.note(Some(&user.code), None, Fact::LedgerReleased { what: alarm.code, text })?;
    core.store.keep_ledger_note(LedgerNote::Alarm, None)?;
    till.pumping.ask();
    core.tell(&[Changed::Ledger]);
    show(till, caller, Nothing {})
}

/// The file of the council's own certificate authority.
fn authority_file(request: &EnrolTill) -> Option<PathBuf> {
    let typed = request.authority.as_deref().map(str::trim).filter(|typed| !typed.is_empty())?;
    Some(whole_path(Path::new(typed)))
}

/// A file by its whole path, as settings keep it: the program may be started elsewhere next time.
pub(crate) fn whole_path(typed: &Path) -> PathBuf {
    std::path::absolute(typed).unwrap_or_else(|_| typed.to_owned())
}

/// Would what is sent to this address go over the network unencrypted?
pub fn is_in_the_clear(url: &str) -> bool {
    let Ok(url) = Url::parse(url.trim()) else { return false };
    let at_home = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    url.scheme() == "http" && !at_home
}

/// Writes down that takings go to another ledger from now on.
pub(super) fn change(core: &Core, by: Option<&str>, to: LedgerSettings, before: Option<LedgerSettings>) -> Result<(), TillError> {
    let kind = match &to {
        LedgerSettings::Hub { .. } => "hub",
        LedgerSettings::LocalgovIms(_) => "localgov-ims",
    };
    let before = before.map(LedgerSettings::into_address);
    core.note(by, None, Fact::LedgerChanged { kind: kind.to_owned(), address: to.into_address(), before })?;
    Ok(())
}

impl Till {
    /// Sets the ledger's address and makes this till known to it.
    ///
    /// # Errors
    /// An address or a code that can't be used; a ledger that can't be reached; `ledger-in-the-clear` and `ledger-take-name`, which
    /// somebody may agree to. The settings are then as they were.
    pub fn enrol(&self, by: Option<&str>, request: &EnrolTill) -> Result<(), TillError> {
        let Enrolling { asking, ledger } = self.begin_enrolling(request)?;
        let answered = asking.answer()?;
        self.finish_enrolling(by, request, &answered, ledger)
    }

    /// What comes before the ledger is asked, which may be silent for long.
    pub(crate) fn begin_enrolling(&self, request: &EnrolTill) -> Result<Enrolling, TillError> {
        let core = &self.core;
        if core.store.read(|reading| reading.till_name())?.is_none() {
            return Err(TillError::not_done("till-not-set-up"));
        }
        let url = request.url.trim().to_owned();
        if is_in_the_clear(&url) && !request.in_the_clear {
            return Err(TillError::not_done("ledger-in-the-clear"));
        }
        let ledger = LedgerSettings::Hub { url, authority: authority_file(request) };
        // A policy's ledger stays: found before the code is used up.
        core.could_change_settings(|settings| settings.ledger = Some(ledger.clone()))?;
        Ok(Enrolling { asking: Asking::of(core, request, &ledger)?, ledger })
    }

    /// What comes after it has answered.
    pub(crate) fn finish_enrolling(
        &self,
        by: Option<&str>,
        request: &EnrolTill,
        answered: &Answered,
        ledger: LedgerSettings,
    ) -> Result<(), TillError> {
        let core = &self.core;
        if let Answered::Enrolled(enrolled, key) = answered {
            enrolling::enrolled_as(core, by, enrolled, key, request.take_name)?;
        }
        let known_there = |settings: &mut Settings| {
            settings.ledger = Some(ledger.clone());
            Ok(())
        };
        core.change_settings_with(known_there, |before, _| {
            // An enrolment has an entry of its own.
            let moves = request.code.trim().is_empty() || matches!(before.ledger, Some(LedgerSettings::LocalgovIms(_)));
            if moves { change(core, by, ledger.clone(), before.ledger.clone()) } else { Ok(()) }
        })?;
        self.pumping.begin_anew(core);
        core.tell(&[Changed::Ledger, Changed::Configuration]);
        Ok(())
    }
}

/// An enrolment for which the ledger is still to be asked.
pub(crate) struct Enrolling {
    pub asking: Asking,
    pub ledger: LedgerSettings,
}
