//! One entry's bytes become what the ledger keeps of it: its id, its kind, its postings.

use chrono::{Datelike, NaiveDate};
use counterfoil_domain::correction::CorrectionKind;
use counterfoil_domain::entry::{ENTRY_VERSION, Entry, Fact};
use counterfoil_domain::receipt::Receipt;
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

/// The kinds of entry that this version knows, as they are named in an entry.
pub const KINDS: &[&str] = &[
    "till_set_up",
    "pack_applied",
    "extract_imported",
    "signed_in",
    "signed_out",
    "sign_in_failed",
    "user_released",
    "session_opened",
    "receipt_taken",
    "receipt_reprinted",
    "slip_printed",
    "sale_parked",
    "sale_abandoned",
    "receipt_corrected",
    "cash_moved",
    "drawer_opened",
    "device_settings_changed",
    "drawer_tested",
    "printer_tested",
    "check_up_printed",
    "count_given",
    "count_rejected",
    "session_closed",
    "x_read_printed",
    "z_read_reprinted",
    "deposit_made",
    "secret_reset",
    "user_disabled",
    "user_enabled",
    "till_enrolled",
    "ledger_changed",
    "ledger_released",
    "card_payment_intended",
    "card_reversal_intended",
    "card_payment_sent",
    "card_payment_settled",
    "card_payment_unresolved",
    "card_payment_resolved",
    "terminal_totals_read",
    "card_signature_accepted",
    "journal_restored",
];

/// The kind of a posting that no customer paid: what a count was over or short.
pub const OVER_SHORT: &str = "over-short";

/// The largest posting, in pence. A line is typed, and is at most £9,999,999.99; beyond this no sum of them could be kept.
const MOST_PENCE: i64 = 10_000_000_000_000;

/// What is kept of an entry beside its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its id.
    pub id: Uuid,
    /// One of [`KINDS`], or what a later program calls it.
    pub kind: String,
    /// False for one that only a later program can read: its bytes are kept, and it has no postings yet.
    pub understood: bool,
    /// The session that it belongs to.
    pub session: Option<i64>,
    /// The share of each line and tender.
    pub postings: Vec<KeptPosting>,
}

/// One posting as the till made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptPosting {
    /// `taking`, `void`, `refund`, `transfer`, `over-short`.
    pub kind: &'static str,
    /// The council's day.
    pub day: NaiveDate,
    /// By the till's clock.
    pub at_ms: i64,
    /// The session's number.
    pub session: i64,
    /// The signed-in person's code.
    pub cashier: String,
    /// The receipt's number.
    pub receipt_number: String,
    /// Where it was taken.
    pub office_code: String,
    /// The fund, as the till posted it.
    pub fund_code: String,
    /// The account reference.
    pub reference: String,
    /// The MOP.
    pub mop_code: String,
    /// The VAT code.
    pub vat_code: String,
    /// The share.
    pub amount_pence: i64,
    /// Its VAT.
    pub vat_pence: i64,
    /// Taken into suspense by the cashier.
    pub in_suspense: bool,
}

/// Reads an entry.
///
/// # Errors
/// Why it isn't one: a stable code.
pub fn read_entry(body: &[u8]) -> Result<Kept, &'static str> {
    match serde_json::from_slice::<Entry>(body) {
        Ok(entry) if entry.v <= ENTRY_VERSION => understood(entry),
        _ => outline(body),
    }
}

fn understood(entry: Entry) -> Result<Kept, &'static str> {
    let id = id(&entry.id)?;
    if !(1970..=9999).contains(&entry.day.year()) {
        return Err("day-out-of-range");
    }
    let session = session(&entry).map(i64::try_from).transpose().map_err(|_| "session-out-of-range")?;
    let kind = kind_of(&entry.fact).to_owned();
    Ok(Kept { id, kind, understood: true, session, postings: postings(&entry, session.unwrap_or(0))? })
}

fn session(entry: &Entry) -> Option<u64> {
    entry.session.or(match &entry.fact {
        Fact::SessionOpened { number, .. } => Some(*number),
        Fact::SessionClosed { z } => Some(z.session),
        _ => None,
    })
}

fn id(text: &str) -> Result<Uuid, &'static str> {
    Uuid::try_parse(text).map_err(|_| "id-not-a-uuid")
}

/// What can be told of an entry whose shape isn't known.
#[derive(Deserialize)]
struct Outline {
    v: u16,
    id: String,
    fact: Value,
}

/// An entry of a later program is kept; one that this version should know and can't read isn't an entry.
fn outline(body: &[u8]) -> Result<Kept, &'static str> {
    let outline: Outline = serde_json::from_slice(body).map_err(|_| "not-an-entry")?;
    let kind = match &outline.fact {
        Value::String(kind) => Some(kind),
        Value::Object(fact) if fact.len() == 1 => fact.keys().next(),
        _ => None,
    };
    let kind = kind.filter(|kind| (1..=64).contains(&kind.len())).ok_or("not-an-entry")?;
    if outline.v <= ENTRY_VERSION && KINDS.contains(&kind.as_str()) {
        return Err("entry-malformed");
    }
    Ok(Kept { id: id(&outline.id)?, kind: text(kind), understood: false, session: None, postings: Vec::new() })
}

fn kind_of(fact: &Fact) -> &'static str {
    match fact {
        Fact::TillSetUp { .. } => "till_set_up",
        Fact::PackApplied { .. } => "pack_applied",
        Fact::ExtractImported { .. } => "extract_imported",
        Fact::SignedIn => "signed_in",
        Fact::SignedOut => "signed_out",
        Fact::SignInFailed { .. } => "sign_in_failed",
        Fact::UserReleased { .. } => "user_released",
        Fact::SessionOpened { .. } => "session_opened",
        Fact::ReceiptTaken { .. } => "receipt_taken",
        Fact::ReceiptReprinted { .. } => "receipt_reprinted",
        Fact::SlipPrinted { .. } => "slip_printed",
        Fact::SaleParked { .. } => "sale_parked",
        Fact::SaleAbandoned { .. } => "sale_abandoned",
        Fact::ReceiptCorrected { .. } => "receipt_corrected",
        Fact::CashMoved { .. } => "cash_moved",
        Fact::DrawerOpened { .. } => "drawer_opened",
        Fact::DeviceSettingsChanged { .. } => "device_settings_changed",
        Fact::DrawerTested => "drawer_tested",
        Fact::PrinterTested { .. } => "printer_tested",
        Fact::CheckUpPrinted { .. } => "check_up_printed",
        Fact::CountGiven { .. } => "count_given",
        Fact::CountRejected { .. } => "count_rejected",
        Fact::SessionClosed { .. } => "session_closed",
        Fact::XReadPrinted { .. } => "x_read_printed",
        Fact::ZReadReprinted { .. } => "z_read_reprinted",
        Fact::DepositMade { .. } => "deposit_made",
        Fact::SecretReset { .. } => "secret_reset",
        Fact::UserDisabled { .. } => "user_disabled",
        Fact::UserEnabled { .. } => "user_enabled",
        Fact::TillEnrolled { .. } => "till_enrolled",
        Fact::LedgerChanged { .. } => "ledger_changed",
        Fact::LedgerReleased { .. } => "ledger_released",
        Fact::JournalRestored { .. } => "journal_restored",
        Fact::CardPaymentIntended { .. } => "card_payment_intended",
        Fact::CardReversalIntended { .. } => "card_reversal_intended",
        Fact::CardPaymentSent { .. } => "card_payment_sent",
        Fact::CardPaymentSettled { .. } => "card_payment_settled",
        Fact::CardPaymentUnresolved { .. } => "card_payment_unresolved",
        Fact::CardPaymentResolved { .. } => "card_payment_resolved",
        Fact::TerminalTotalsRead { .. } => "terminal_totals_read",
        Fact::CardSignatureAccepted { .. } => "card_signature_accepted",
    }
}

/// The postings that an entry makes. A session's over and short is income of its own, from the Z read.
fn postings(entry: &Entry, session: i64) -> Result<Vec<KeptPosting>, &'static str> {
    match &entry.fact {
        Fact::ReceiptTaken { receipt, .. } => of_receipt(entry, session, receipt, "taking"),
        Fact::ReceiptCorrected { receipt, correction, .. } => of_receipt(entry, session, receipt, corrects(correction.kind)),
        Fact::SessionClosed { z } => {
            z.over_short.as_ref().map_or(Ok(Vec::new()), |receipt| of_receipt(entry, session, receipt, OVER_SHORT))
        }
        _ => Ok(Vec::new()),
    }
}

fn corrects(kind: CorrectionKind) -> &'static str {
    match kind {
        CorrectionKind::Void => "void",
        CorrectionKind::Refund => "refund",
        CorrectionKind::Transfer => "transfer",
    }
}

fn of_receipt(entry: &Entry, session: i64, receipt: &Receipt, kind: &'static str) -> Result<Vec<KeptPosting>, &'static str> {
    let each = receipt.postings.iter().map(|posting| {
        let line = receipt.lines.get(posting.line).ok_or("posting-without-line")?;
        let tender = receipt.tenders.get(posting.tender).ok_or("posting-without-tender")?;
        if !in_range(posting.amount.0) || !in_range(posting.vat.0) {
            return Err("amount-out-of-range");
        }
        Ok(KeptPosting {
            kind,
            day: entry.day,
            at_ms: entry.at_ms,
            session,
            cashier: text(entry.by.as_deref().unwrap_or_default()),
            receipt_number: text(&receipt.number),
            office_code: text(&receipt.office_code),
            fund_code: text(&line.fund_code),
            reference: text(&line.reference),
            mop_code: text(&tender.mop_code),
            vat_code: text(&line.vat_code),
            amount_pence: posting.amount.0,
            vat_pence: posting.vat.0,
            in_suspense: line.in_suspense,
        })
    });
    each.collect()
}

fn in_range(pence: i64) -> bool {
    (-MOST_PENCE..=MOST_PENCE).contains(&pence)
}

/// PostgreSQL's text holds every character but this one, and its indexes no more than a page. The entry's bytes keep what was
/// sent.
fn text(sent: &str) -> String {
    const MOST_CHARACTERS: usize = 200;
    if sent.len() <= MOST_CHARACTERS && !sent.contains('\0') {
        return sent.to_owned();
    }
    sent.chars().map(|letter| if letter == '\0' { '\u{fffd}' } else { letter }).take(MOST_CHARACTERS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(fact: &str) -> String {
        format!(r#"{{"v":1,"id":"019ab000-0000-7000-8000-000000000001","at_ms":1,"day":"2026-11-23","by":"12","session":3,"fact":{fact}}}"#)
    }

    fn receipt(line: usize, amount: i64, reference: &str) -> String {
        entry(&format!(
            r#"{{"receipt_taken":{{"receipt":{{"number":"CH07-1","serial":1,"office_code":"CH","till_code":"07","total":{amount},
            "lines":[{{"fund_code":"23","reference":"{reference}","amount":{amount},"vat_code":"N0","vat_rate":"0","vat":0,"narrative":""}}],
            "tenders":[{{"mop_code":"1","amount":{amount},"details":{{"kind":"internal"}}}}],
            "postings":[{{"line":{line},"tender":0,"amount":{amount},"vat":0}}],"language":"en-GB"}},"content":""}}}}"#
        ))
    }

    #[test]
    fn a_receipt_s_postings_carry_its_fund_reference_and_mop() {
        let kept = read_entry(receipt(0, 500, "501234566").as_bytes()).unwrap();
        assert_eq!((kept.kind.as_str(), kept.understood, kept.postings.len()), ("receipt_taken", true, 1));
        let posting = &kept.postings[0];
        assert_eq!((posting.fund_code.as_str(), posting.mop_code.as_str(), posting.amount_pence), ("23", "1", 500));
        assert_eq!((posting.session, posting.cashier.as_str()), (3, "12"));
    }

    #[test]
    fn a_kind_of_a_later_program_is_kept_without_postings() {
        for fact in [r#"{"drone_landed":{"x":1}}"#, r#""till_moved""#] {
            let kept = read_entry(entry(fact).as_bytes()).unwrap();
            assert_eq!((kept.understood, kept.postings.len()), (false, 0));
        }
        let later = receipt(0, 500, "1").replacen("\"v\":1", "\"v\":2", 1);
        assert!(!read_entry(later.as_bytes()).unwrap().understood);
    }

    #[test]
    fn what_is_no_entry_is_refused_with_its_reason() {
        assert_eq!(read_entry(b"{}"), Err("not-an-entry"));
        assert_eq!(read_entry(b"\xff\xfe"), Err("not-an-entry"));
        assert_eq!(read_entry(entry("7").as_bytes()), Err("not-an-entry"));
        assert_eq!(read_entry(entry(r#"{"receipt_taken":{}}"#).as_bytes()), Err("entry-malformed"));
        assert_eq!(read_entry(receipt(1, 500, "1").as_bytes()), Err("posting-without-line"));
        assert_eq!(read_entry(receipt(0, i64::MAX, "1").as_bytes()), Err("amount-out-of-range"));
        assert_eq!(read_entry(entry(r#""signed_in""#).replace("019ab000", "rubbish!").as_bytes()), Err("id-not-a-uuid"));
    }

    #[test]
    fn text_that_postgresql_cannot_hold_is_held_as_near_as_it_can() {
        let kept = read_entry(receipt(0, 1, r"a\u0000b").as_bytes()).unwrap();
        assert_eq!(kept.postings[0].reference, "a\u{fffd}b");
        assert_eq!(read_entry(receipt(0, 1, &"€".repeat(5000)).as_bytes()).unwrap().postings[0].reference.chars().count(), 200);
    }

    #[test]
    fn the_kinds_are_the_journal_s_own() {
        let error = serde_json::from_str::<Fact>(r#""no_such_kind""#).unwrap_err().to_string();
        let known: Vec<&str> = error.split('`').skip(3).step_by(2).collect();
        assert_eq!(known, KINDS);
    }
}
