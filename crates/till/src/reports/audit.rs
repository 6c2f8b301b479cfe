//! The audit trail: the journal in words, the newest first. It never holds a secret, a card's details or a cheque's account.

use super::{Asked, Made, Row, Rows, text};
use crate::api::reports::AuditKind;
use crate::error::TillError;
use crate::views::moment;
use counterfoil_domain::card_payment::CardOutcome;
use counterfoil_domain::correction::ReasonGiven;
use counterfoil_domain::entry::{Entry, Fact};
use counterfoil_domain::receipt::Receipt;
use counterfoil_store::Reading;
use regex::bytes::{Regex, RegexBuilder};

/// The longest text that is searched for, in characters.
const MAX_TEXT: usize = 100;

/// The facts of a kind, as the journal names them.
fn facts(kind: AuditKind) -> &'static [&'static str] {
    match kind {
        AuditKind::SignIns => &["signed_in", "signed_out", "sign_in_failed"],
        AuditKind::Payments => &["receipt_taken", "receipt_reprinted", "slip_printed", "sale_parked", "sale_abandoned"],
        AuditKind::Cards => &[
            "card_payment_intended",
            "card_reversal_intended",
            "card_payment_sent",
            "card_payment_settled",
            "card_payment_unresolved",
            "card_payment_resolved",
            "card_signature_accepted",
            "terminal_totals_read",
        ],
        AuditKind::Corrections => &["receipt_corrected"],
        AuditKind::Cash => &["cash_moved", "drawer_opened", "drawer_tested"],
        AuditKind::Sessions => &["session_opened", "count_given", "count_rejected", "session_closed", "x_read_printed", "z_read_reprinted"],
        AuditKind::Banking => &["deposit_made"],
        AuditKind::Users => &["user_released", "secret_reset", "user_disabled", "user_enabled"],
        AuditKind::Till => &[
            "till_set_up",
            "pack_applied",
            "extract_imported",
            "till_enrolled",
            "ledger_changed",
            "ledger_released",
            "journal_restored",
            "device_settings_changed",
            "printer_tested",
            "check_up_printed",
        ],
    }
}

pub(super) fn trail(asked: &Asked<'_>, reading: &Reading<'_>, rows: &mut Rows<'_>) -> Result<Made, TillError> {
    let wanted = Wanted::of(asked)?;
    reading.each_entry_of_days_back(
        (asked.from, asked.to),
        asked.request.before,
        |body| wanted.likely(body),
        |seq, entry| {
            let (what, details) = (what(asked, &name(&entry.fact)), details(asked, &entry.fact));
            if !wanted.is(&entry, &what, &details) {
                return Ok(true);
            }
            let cells = vec![
                text(seq.to_string()),
                text(moment(asked.core, entry.at_ms)),
                text(entry.by.clone().unwrap_or_default()),
                text(entry.approved_by.clone().unwrap_or_default()),
                text(what),
                text(details),
            ];
            rows(Row { seq: Some(seq), cells })
        },
    )?;
    Ok(Made::default())
}

/// A fact's name, in words.
fn what(asked: &Asked<'_>, name: &str) -> String {
    asked.say(&format!("audit-{}", name.replace('_', "-")))
}

/// A fact as the journal names it.
fn name(fact: &Fact) -> String {
    match serde_json::to_value(fact) {
        Ok(serde_json::Value::String(name)) => name,
        Ok(serde_json::Value::Object(fields)) => fields.into_iter().next().map(|(name, _)| name).unwrap_or_default(),
        _ => String::new(),
    }
}

/// Whose sign-in or account a fact is about, where it isn't the person who did it.
fn about(fact: &Fact) -> Option<&str> {
    match fact {
        Fact::SignInFailed { user_code, .. }
        | Fact::UserReleased { user_code }
        | Fact::SecretReset { user_code, .. }
        | Fact::UserDisabled { user_code, .. }
        | Fact::UserEnabled { user_code, .. } => Some(user_code),
        _ => None,
    }
}

/// What is looked for. Most entries are seen from their bytes not to be it, without making sense of them.
struct Wanted {
    person: String,
    kind: &'static [&'static str],
    /// As it is compared.
    text: String,
    bytes: Vec<Regex>,
}

impl Wanted {
    fn of(asked: &Asked<'_>) -> Result<Wanted, TillError> {
        let request = asked.request;
        let typed: String = request.text.trim().chars().take(MAX_TEXT).collect();
        let person = request.user_code.trim();
        let person = asked.council.user(person).map_or(person, |user| &user.code).to_owned();
        let kind = request.kind.map_or(&[][..], facts);
        let mut bytes = Vec::new();
        if !person.is_empty() {
            bytes.push(pattern(&[quoted(&person)])?);
        }
        if !kind.is_empty() {
            bytes.push(pattern(&kind.iter().map(|name| quoted(name)).collect::<Vec<_>>())?);
        }
        if !typed.is_empty() {
            bytes.extend(wordings(asked, &typed).map(|wordings| pattern(&wordings)).transpose()?);
        }
        Ok(Wanted { person, kind, text: compared(&typed), bytes })
    }

    fn likely(&self, body: &[u8]) -> bool {
        self.bytes.iter().all(|pattern| pattern.is_match(body))
    }

    fn is(&self, entry: &Entry, what: &str, details: &str) -> bool {
        let people = [entry.by.as_deref(), entry.approved_by.as_deref(), about(&entry.fact)];
        let by_person = self.person.is_empty() || people.into_iter().flatten().any(|code| code.eq_ignore_ascii_case(&self.person));
        let of_kind = self.kind.is_empty() || self.kind.contains(&name(&entry.fact).as_str());
        let has_text = self.text.is_empty() || compared(what).contains(&self.text) || compared(details).contains(&self.text);
        by_person && of_kind && has_text
    }
}

/// Text as it is compared: amounts are found with and without their signs and separators.
fn compared(text: &str) -> String {
    text.to_lowercase().replace([',', '£'], "")
}

/// Facts whose words are put together from several values; there are few of them, so that all are made sense of.
const PUT_TOGETHER: [&str; 4] = ["session_closed", "deposit_made", "extract_imported", "till_set_up"];

/// What an entry's bytes hold at least if its words hold what was typed; none where every entry could. Each piece between spaces
/// is in the words, so that the longest is enough: as it is written, in a reason's words, in those for the fact, or as the
/// figures of an amount, which the journal keeps in pence.
fn wordings(asked: &Asked<'_>, typed: &str) -> Option<Vec<String>> {
    let piece = typed.split(|c: char| c.is_whitespace() || matches!(c, '·' | ':')).max_by_key(|piece| piece.len())?;
    let small = compared(piece);
    let mut wordings = vec![quoted(piece).trim_matches('"').to_owned()];
    if small.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-')) {
        let figures: String = small.chars().filter(char::is_ascii_digit).collect();
        // Pence have no zeros in front; a piece of nothing but zeros can be in any amount.
        let figures = figures.trim_start_matches('0');
        if figures.is_empty() {
            return None;
        }
        wordings.push(figures.to_owned());
    }
    let in_reason = asked.council.reasons.iter().filter(|reason| compared(reason.text.in_language(asked.language)).contains(&small));
    wordings.extend(in_reason.map(|reason| quoted(&reason.code)));
    let in_words = AuditKind::ALL.iter().flat_map(|kind| facts(*kind)).filter(|name| compared(&what(asked, name)).contains(&small));
    wordings.extend(in_words.chain(&PUT_TOGETHER).map(|name| quoted(name)));
    Some(wordings)
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Any of the texts, in capitals or small letters.
fn pattern(texts: &[String]) -> Result<Regex, TillError> {
    let any: Vec<String> = texts.iter().map(|text| regex::escape(text)).collect();
    RegexBuilder::new(&any.join("|")).case_insensitive(true).build().map_err(|error| TillError::not_done("internal").because(error))
}

/// The values of a fact, as they are searched and shown.
fn details(asked: &Asked<'_>, fact: &Fact) -> String {
    let parts: Vec<String> = match fact {
        Fact::TillSetUp { office_code, till_code } => vec![office_code.clone(), till_code.clone()],
        Fact::PackApplied { council_code, pack_version, .. } => vec![council_code.clone(), pack_version.clone()],
        Fact::ExtractImported { taken, refused, .. } => vec![format!("{taken} + {refused}")],
        Fact::SessionOpened { number, float, reason: given, .. } => {
            let why = given.as_ref().map(|given| reason(asked, given)).unwrap_or_default();
            vec![number.to_string(), float.to_string(), why]
        }
        Fact::SecretReset { user_code, reason } | Fact::UserDisabled { user_code, reason } | Fact::UserEnabled { user_code, reason } => {
            vec![user_code.clone(), reason.clone()]
        }
        Fact::ReceiptTaken { receipt, .. } => receipt_parts(receipt),
        Fact::ReceiptCorrected { receipt, correction, .. } => {
            let mut parts = receipt_parts(receipt);
            parts.extend([correction.of.clone(), reason(asked, &correction.reason)]);
            parts
        }
        Fact::ReceiptReprinted { number } | Fact::SlipPrinted { number, .. } => vec![number.clone()],
        Fact::TillEnrolled { till_number, .. } => vec![till_number.to_string()],
        Fact::LedgerChanged { address, .. } => vec![address.clone()],
        Fact::LedgerReleased { what, text } => vec![what.clone(), text.clone()],
        Fact::JournalRestored { entries, .. } => vec![entries.to_string()],
        Fact::SaleParked { label, total, .. } => vec![label.clone(), total.to_string()],
        Fact::CashMoved { movement, .. } => vec![movement.amount.to_string(), movement.bag.clone()],
        Fact::DeviceSettingsChanged { fields } => fields.clone(),
        Fact::CheckUpPrinted { found } => found.iter().filter(|check| check.finding == "wrong").map(|check| check.code.clone()).collect(),
        Fact::DrawerOpened { reason: given } => vec![reason(asked, given)],
        Fact::CountGiven { count } => vec![count.attempt.to_string()],
        Fact::CountRejected { attempt, reason: given } => vec![attempt.to_string(), reason(asked, given)],
        Fact::SessionClosed { z } => {
            let off = z.mops.iter().filter(|mop| !mop.difference().is_zero());
            let off = off.map(|mop| format!("{} {}", asked.mop(&mop.mop_code), mop.difference()));
            let why = z.reason.as_ref().map(|given| reason(asked, given)).unwrap_or_default();
            [format!("Z {}", z.number)].into_iter().chain(off).chain([why]).collect()
        }
        Fact::DepositMade { deposit, .. } => {
            let why = deposit.reason.as_ref().map(|given| reason(asked, given)).unwrap_or_default();
            vec![deposit.number.to_string(), deposit.slip.clone(), deposit.total().to_string(), why]
        }
        Fact::CardPaymentIntended { intent } => vec![intent.amount.to_string(), intent.terminal.clone(), intent.service_id.clone()],
        Fact::CardReversalIntended { reversal } => {
            vec![reversal.amount.to_string(), reversal.terminal.clone(), reversal.service_id.clone()]
        }
        Fact::CardPaymentSettled { outcome, .. } => outcome_parts(outcome),
        Fact::TerminalTotalsRead { terminal, tally } => {
            vec![terminal.clone(), tally.paid.to_string(), tally.reversed.negated().to_string()]
        }
        Fact::CardPaymentUnresolved { why, .. } => vec![why.clone()],
        Fact::CardPaymentResolved { taken, text, .. } => {
            let taken = taken.as_ref().map(|approval| approval.amount.to_string());
            taken.into_iter().chain([text.clone()]).collect()
        }
        other => about(other).map(str::to_owned).into_iter().collect(),
    };
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// What became of a card payment: its amount, or the terminal's word for why it wasn't taken.
fn outcome_parts(outcome: &CardOutcome) -> Vec<String> {
    match outcome {
        CardOutcome::Approved { approval } => vec![approval.amount.to_string(), approval.authorisation.clone()],
        CardOutcome::Declined { condition, .. } => vec![condition.clone()],
        CardOutcome::Aborted { .. } => vec!["aborted".to_owned()],
        CardOutcome::NotFound => vec!["not-found".to_owned()],
        CardOutcome::NotSent { why } => vec![why.clone()],
    }
}

/// Number, total and what it was for; how it was paid is on the receipt.
fn receipt_parts(receipt: &Receipt) -> Vec<String> {
    let lines = receipt.lines.iter().map(|line| format!("{} {}", line.fund_code, line.reference));
    [receipt.number.clone(), receipt.total.to_string()].into_iter().chain(lines).collect()
}

fn reason(asked: &Asked<'_>, given: &ReasonGiven) -> String {
    asked.reason(&given.code, &given.text)
}
