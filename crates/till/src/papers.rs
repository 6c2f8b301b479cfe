//! What is printed for an entry of the journal: a receipt, a Z read, a slip; or nothing but the drawer's pulse.

use crate::api::printing::PrintSlip;
use crate::cards;
use crate::cash::XTaken;
use crate::doctor::Check;
use crate::error::TillError;
use crate::phrases::ReceiptPhrases;
use crate::receipts;
use crate::till::Core;
use counterfoil_documents::day_end::{self, Place, SlipFacts, XReadFacts, ZReadFacts};
use counterfoil_documents::pdf::PdfFacts;
use counterfoil_documents::receipt::Phrases;
use counterfoil_documents::slip::{self, StationFacts};
use counterfoil_documents::test_page::{self, TestPage};
use counterfoil_documents::{Block, Document, Sheet, Style, lay_out, pdf};
use counterfoil_domain::Council;
use counterfoil_domain::card_payment::{CardOutcome, ReceiptCopy};
use counterfoil_domain::council::Office;
use counterfoil_domain::day_end::{CashMovement, ZRead};
use counterfoil_domain::entry::{CheckFound, Entry, Fact};
use counterfoil_domain::receipt::{SlipKind, TenderDetails};
use counterfoil_domain::text::{Language, Words};
use counterfoil_store::Reading;

/// A document that an entry has.
pub(crate) struct Paper {
    /// What a file of it is called, without its ending.
    pub name: String,
    /// As it is printed.
    pub sheet: Sheet,
    /// When it was made, ms since 1970 UTC.
    pub at_ms: i64,
}

/// The document of an entry; none where only the drawer opens.
///
/// # Errors
/// `receipt-unknown` for an entry that nothing is printed for.
pub(crate) fn paper(core: &Core, seq: u64, copy: bool, columns: usize) -> Result<Option<Paper>, TillError> {
    core.store.read(|reading| {
        let entry = reading.entry(seq)?.ok_or_else(|| TillError::not_done("receipt-unknown"))?;
        let (name, sheet) = match &entry.fact {
            Fact::DrawerOpened { .. } | Fact::DrawerTested => return Ok(None),
            Fact::PrinterTested { other } => (format!("test-page-{seq}"), test_page(core, reading, &entry, *other, copy)?),
            Fact::CheckUpPrinted { found } => (format!("check-up-{seq}"), check_up(core, reading, &entry, found, copy, columns)?),
            Fact::SessionClosed { z } => {
                (format!("{}{}-Z{:04}", z.office_code, z.till_code, z.number), z_read(core, &entry, z, copy, columns)?)
            }
            Fact::XReadPrinted { totals, expected } => {
                let session = entry.session.unwrap_or_default();
                let row = reading.session(session)?.ok_or_else(|| TillError::not_done("receipt-unknown"))?;
                let taken = XTaken { row, totals: (**totals).clone(), expected: expected.clone() };
                (format!("x-read-{seq}"), x_read(core, reading, &taken, (entry.at_ms, entry.by.as_deref()), copy, columns)?)
            }
            Fact::CardPaymentSettled { transaction_id, outcome } => {
                (format!("card-slip-{seq}"), card_slip(core, reading, transaction_id, outcome, copy, columns)?)
            }
            Fact::CashMoved { movement, .. } => (format!("slip-{seq}"), cash_slip(core, reading, &entry, movement, copy, columns)?),
            _ => {
                let kept = receipts::kept(reading, seq)?;
                let sheet =
                    if copy { receipts::copied(core, reading, &kept, columns)? } else { receipts::sheet(core, &kept, None, columns)? };
                (kept.receipt.number.replace('/', "-"), sheet)
            }
        };
        Ok(Some(Paper { name, sheet, at_ms: entry.at_ms }))
    })
}

/// A sheet as a PDF, dated when it was made: the same bytes whenever it is rendered.
pub(crate) fn pdf_of(core: &Core, sheet: &Sheet, at_ms: i64) -> Result<Vec<u8>, TillError> {
    let council = core.council()?;
    let facts = PdfFacts { author: council.identity.name.in_language(sheet.language), created: core.local(at_ms) };
    pdf::render(sheet, &facts).map_err(|error| TillError::not_done(error.code()).because(error))
}

/// A council's own paper speaks the language of whoever asked for it.
fn language(council: &Council, by: Option<&str>) -> Language {
    let own = by.and_then(|code| council.user(code)).and_then(|user| user.language);
    own.or_else(|| council.identity.languages.first().copied()).unwrap_or_default()
}

/// An office that a later pack no longer has still prints, by its code.
pub(crate) fn office(council: &Council, code: &str) -> Office {
    council.office(code).cloned().unwrap_or_else(|| Office { code: code.to_owned(), name: Words::same(code) })
}

/// A Z read as it is printed.
pub(crate) fn z_read(core: &Core, entry: &Entry, z: &ZRead, copy: bool, columns: usize) -> Result<Sheet, TillError> {
    let council = core.council()?;
    let language = language(&council, entry.by.as_deref());
    let office = office(&council, &z.office_code);
    let facts = ZReadFacts {
        place: Place {
            council: &council,
            office: &office,
            till_code: &z.till_code,
            session: z.session,
            cashier_code: &z.user_code,
            language,
        },
        z,
        opened_at: core.local(z.opened_at_ms),
        closed_at: core.local(entry.at_ms),
        closed_by: entry.by.as_deref().unwrap_or_default(),
        approved_by: entry.approved_by.as_deref(),
        copy,
    };
    Ok(lay_out(&day_end::z_read(&facts, &ReceiptPhrases(language)), columns))
}

/// What the terminal wants printed that comes with no receipt of ours.
fn card_slip(
    core: &Core,
    reading: &Reading<'_>,
    transaction_id: &str,
    outcome: &CardOutcome,
    copy: bool,
    columns: usize,
) -> Result<Sheet, TillError> {
    let council = core.council()?;
    let row = reading.card_payment(transaction_id)?.ok_or_else(|| TillError::not_done("card-payment-unknown"))?;
    let all = cards::given_back(reading, &row)? || !matches!(outcome, CardOutcome::Approved { .. });
    let copies: Vec<&ReceiptCopy> = outcome.receipts().iter().filter(|copy| all || !copy.customer).collect();
    let language = language(&council, Some(&row.user_code));
    let phrases = ReceiptPhrases(language);
    let title = phrases.phrase("receipt-card-slip", &[]);
    let again = copy.then(|| phrases.phrase("receipt-copy", &[]));
    Ok(lay_out(&counterfoil_documents::card_slip(title, language, &copies, again), columns))
}

/// The page for the printer as it is set when it comes out.
fn test_page(core: &Core, reading: &Reading<'_>, entry: &Entry, other: bool, copy: bool) -> Result<Sheet, TillError> {
    let (council, settings) = (core.council()?, core.settings());
    let language = language(&council, entry.by.as_deref());
    let phrases = ReceiptPhrases(language);
    let chosen = settings.printer(other).1;
    let name = reading.till_name()?.map(|name| format!("{}{}", name.office_code, name.till_code)).unwrap_or_default();
    let page = TestPage {
        profile: &chosen.profile(),
        model: &phrases.phrase(&format!("printer-model-{}", chosen.model.name()), &[]),
        till: &name,
        other,
        at: core.local(entry.at_ms),
        copy,
    };
    Ok(lay_out(&test_page::test_page(&page, language, &phrases), page.profile.columns))
}

/// What a check-up found, with what to do about each.
fn check_up(
    core: &Core,
    reading: &Reading<'_>,
    entry: &Entry,
    found: &[CheckFound],
    copy: bool,
    columns: usize,
) -> Result<Sheet, TillError> {
    let language = language(&*core.council()?, entry.by.as_deref());
    let phrases = ReceiptPhrases(language);
    let title = phrases.phrase("check-up-title", &[]);
    let till = reading.till_name()?.map(|name| format!("{}{}", name.office_code, name.till_code)).unwrap_or_default();
    let again = copy.then(|| Block::centred(Style::LARGE, phrases.phrase("receipt-copy", &[])));
    let mut blocks: Vec<Block> = again.into_iter().collect();
    blocks.extend([
        Block::centred(Style::LARGE, title.clone()),
        Block::centred(Style::PLAIN, format!("{till}  {}", core.local(entry.at_ms).format("%d/%m/%Y %H:%M"))),
        Block::Rule,
    ]);
    for check in found {
        let finding = phrases.phrase(&format!("doctor-finding-{}", check.finding), &[]);
        let check = Check::of_printed(check);
        blocks.push(Block::Pair { style: Style::BOLD, indent: 0, left: check.title(language), right: finding });
        blocks.push(Block::detail(check.words(language)));
    }
    Ok(lay_out(&Document { title, language, blocks }, columns))
}

/// What a slip station prints of a receipt.
///
/// # Errors
/// `receipt-unknown`; `slip-unknown` for a line or a cheque that the receipt hasn't.
pub(crate) fn slip(core: &Core, reading: &Reading<'_>, wanted: &PrintSlip, copy: bool, columns: usize) -> Result<Sheet, TillError> {
    let row = reading.receipt_by_number(wanted.number.trim())?.ok_or_else(|| TillError::not_done("receipt-unknown"))?;
    let kept = receipts::kept(reading, row.seq)?;
    let council = core.council()?;
    let phrases = ReceiptPhrases(kept.receipt.language);
    let facts = StationFacts { council: &council, receipt: &kept.receipt, taken_at: core.local(kept.entry.at_ms), copy };
    let unknown = || TillError::not_done("slip-unknown");
    let document = match wanted.kind {
        SlipKind::Validation => {
            let line = kept.receipt.lines.get(wanted.place).ok_or_else(unknown)?;
            slip::validation(&facts, line, &phrases)
        }
        SlipKind::Endorsement => {
            let tender = kept.receipt.tenders.get(wanted.place);
            let cheque = tender.filter(|tender| matches!(tender.details, TenderDetails::Cheque(_))).ok_or_else(unknown)?;
            slip::endorsement(&facts, cheque, &phrases)
        }
    };
    Ok(lay_out(&document, columns))
}

fn cash_slip(
    core: &Core,
    reading: &Reading<'_>,
    entry: &Entry,
    movement: &CashMovement,
    copy: bool,
    columns: usize,
) -> Result<Sheet, TillError> {
    let council = core.council()?;
    let language = language(&council, entry.by.as_deref());
    let name = reading.till_name()?.ok_or_else(|| TillError::not_done("till-not-set-up"))?;
    let office = office(&council, &name.office_code);
    let facts = SlipFacts {
        place: Place {
            council: &council,
            office: &office,
            till_code: &name.till_code,
            session: entry.session.unwrap_or_default(),
            cashier_code: entry.by.as_deref().unwrap_or_default(),
            language,
        },
        movement,
        moved_at: core.local(entry.at_ms),
        approved_by: entry.approved_by.as_deref(),
        copy,
    };
    Ok(lay_out(&day_end::slip(&facts, &ReceiptPhrases(language)), columns))
}

/// What a session comes to so far, as it would be printed for `reader`.
pub(crate) fn x_read(
    core: &Core,
    reading: &Reading<'_>,
    XTaken { row, totals, expected }: &XTaken,
    (read_at_ms, reader): (i64, Option<&str>),
    copy: bool,
    columns: usize,
) -> Result<Sheet, TillError> {
    let council = core.council()?;
    let language = language(&council, reader);
    let name = reading.till_name()?.ok_or_else(|| TillError::not_done("till-not-set-up"))?;
    let office = office(&council, &name.office_code);
    let facts = XReadFacts {
        place: Place {
            council: &council,
            office: &office,
            till_code: &name.till_code,
            session: row.number,
            cashier_code: &row.user_code,
            language,
        },
        opened_at: core.local(row.opened_at_ms),
        read_at: core.local(read_at_ms),
        float: row.float,
        totals,
        expected,
        copy,
    };
    Ok(lay_out(&day_end::x_read(&facts, &ReceiptPhrases(language)), columns))
}
