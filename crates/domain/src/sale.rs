//! The sale: what a cashier typed becomes a priced basket, and a priced basket with its tenders a settled sale.
//!
//! [`price`] looks at everything and reports every problem beside its field; [`settle`] accepts only what has none.

mod drafts;
mod line_rules;
mod parking;

pub use drafts::{LineDraft, TenderDraft};
pub use line_rules::message_of;
pub use parking::{MAX_LABEL, parkable, parked_label};

use crate::Pence;
use crate::account::AccountHolder;
use crate::card_payment::ApprovedCard;
use crate::council::{Council, Fund, FundMessage, Mop, MopKind};
use crate::posting::{Posting, waterfall};
use crate::receipt::{CardDetails, ChequeDetails, IncomeLine, Tender, TenderDetails};
use crate::refusal::{Code, Refusal};
use crate::typed::{card_authorisation, card_last_four, card_terminal, cheque_date, code_text, digits, drawer_name};
use crate::vat::vat_within;
use chrono::NaiveDate;
use line_rules::{line_amount, narrative_for, override_reason, payer_address_for, payer_name_for, positive_amount, reference_for, vat_for};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The most lines on one receipt.
pub const MAX_LINES: usize = 50;
/// The most tenders on one receipt.
pub const MAX_TENDERS: usize = 20;

/// What is known of a line's account: from the extract, and from what this till took since.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The row of the extract.
    pub holder: Option<AccountHolder>,
    /// What this till took on it since the extract's date.
    pub taken_since: Pence,
    /// What this till took on it in cash today.
    pub cash_today: Pence,
}

/// Where a problem belongs, so that it can be shown beside its field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "part", content = "index", rename_all = "kebab-case")]
pub enum Place {
    /// The basket as a whole.
    Basket,
    /// A line, from 0.
    Line(usize),
    /// A tender, from 0.
    Tender(usize),
}

/// A problem, beside its field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Problem {
    /// Line, tender or basket.
    pub place: Place,
    /// The field's name in the draft; empty for the whole.
    pub field: String,
    /// Why.
    pub refusal: Refusal,
}

impl Problem {
    /// One of the basket as a whole.
    fn of_basket(code: Code) -> Problem {
        Problem { place: Place::Basket, field: String::new(), refusal: Refusal::new(code) }
    }
}

/// The basket with its sums, as far as what was typed can be understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Priced {
    /// One for each line of the draft; `None` where its amount can't be read.
    pub lines: Vec<Option<IncomeLine>>,
    /// One for each tender of the draft; `None` where its amount can't be read.
    pub tenders: Vec<Option<Tender>>,
    /// Σ lines.
    pub total: Pence,
    /// Σ tenders' amounts (change not counted).
    pub paid: Pence,
    /// `total` − `paid`.
    pub due: Pence,
    /// Change to hand back.
    pub change: Pence,
    /// Everything that stands in the way of taking it, apart from what is still due.
    pub problems: Vec<Problem>,
}

/// A sale that balances and breaks no rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settled {
    /// Income.
    pub lines: Vec<IncomeLine>,
    /// Payment.
    pub tenders: Vec<Tender>,
    /// The waterfall's shares.
    pub postings: Vec<Posting>,
    /// Σ lines = Σ tenders.
    pub total: Pence,
}

/// What a basket is paid with: the tenders as typed, and the card payments that terminals have approved for it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Payment<'a> {
    /// As typed.
    pub tenders: &'a [TenderDraft],
    /// Approved for this sale, and in no receipt yet.
    pub approved: &'a [ApprovedCard],
}

impl<'a> Payment<'a> {
    /// Without a card payment of a terminal of the till's own.
    pub fn typed(tenders: &'a [TenderDraft]) -> Payment<'a> {
        Payment { tenders, approved: &[] }
    }
}

/// Prices a basket. `standings` has one item for each line; `today` is the council's date.
pub fn price(council: &Council, today: NaiveDate, lines: &[LineDraft], payment: Payment<'_>, standings: &[Standing]) -> Priced {
    let tenders = payment.tenders;
    let cheque = tenders.iter().any(|tender| tender.kind() == MopKind::Cheque);
    let mut pricing = Pricing { council, today, cheque, approved: payment.approved, priced: Priced::default() };
    if lines.len() > MAX_LINES || tenders.len() > MAX_TENDERS {
        pricing.problem(Place::Basket, "", Refusal::new(Code::BasketTooLong));
        return pricing.priced;
    }
    let nobody = Standing::default();
    for (index, draft) in lines.iter().enumerate() {
        let line = pricing.line(Place::Line(index), draft, standings.get(index).unwrap_or(&nobody));
        pricing.priced.lines.push(line);
    }
    pricing.priced.total = pricing.priced.lines.iter().flatten().map(|line| line.amount).sum();
    pricing.tenders(tenders, lines, standings);
    pricing.priced
}

/// The sale, if nothing stands in its way.
///
/// # Errors
/// Every problem found, in the order of the screen; never an empty list.
pub fn settle(priced: Priced) -> Result<Settled, Vec<Problem>> {
    let mut problems = priced.problems;
    if priced.lines.is_empty() {
        problems.push(Problem::of_basket(Code::BasketEmpty));
    } else if priced.due.is_positive() {
        let mut unpaid = Problem::of_basket(Code::NotFullyPaid);
        unpaid.refusal = unpaid.refusal.with("due", priced.due);
        problems.push(unpaid);
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let lines: Vec<IncomeLine> = priced.lines.into_iter().flatten().collect();
    let tenders: Vec<Tender> = priced.tenders.into_iter().flatten().collect();
    let gross: Vec<(Pence, Pence)> = lines.iter().map(|line| (line.amount, line.vat)).collect();
    let paid: Vec<Pence> = tenders.iter().map(|tender| tender.amount).collect();
    let postings = waterfall(&gross, &paid);
    Ok(Settled { lines, tenders, postings, total: priced.total })
}

struct Pricing<'a> {
    council: &'a Council,
    today: NaiveDate,
    /// A cheque is given.
    cheque: bool,
    approved: &'a [ApprovedCard],
    priced: Priced,
}

impl Pricing<'_> {
    fn problem(&mut self, place: Place, field: &str, refusal: Refusal) {
        self.priced.problems.push(Problem { place, field: field.to_owned(), refusal });
    }

    /// Keeps the value, or notes the problem beside its field.
    fn keep<T>(&mut self, place: Place, field: &str, value: Result<T, Refusal>) -> Option<T> {
        value.map_err(|refusal| self.problem(place, field, refusal)).ok()
    }

    fn line(&mut self, place: Place, draft: &LineDraft, standing: &Standing) -> Option<IncomeLine> {
        let council = self.council;
        let fund = council.fund(&draft.fund_code).filter(|fund| fund.at_counter || fund.suspense);
        let fund = self.keep(place, "fund_code", fund.ok_or_else(|| Refusal::new(Code::FundNotAvailable)))?;
        let reference = self.keep(place, "reference", reference_for(council, fund, &draft.reference, standing));
        let paid_before = self.paid_before(fund, reference.as_deref());
        let amount = self.keep(place, "amount", line_amount(fund, &draft.amount, standing, paid_before));
        let vat_code = draft.vat_code.as_deref().filter(|code| !code.is_empty());
        let vat = self.keep(place, "vat_code", vat_for(council, fund, vat_code));
        let narrative = self.keep(place, "narrative", narrative_for(fund, &draft.narrative));
        let payer_name = self.keep(place, "payer_name", payer_name_for(fund, draft, standing));
        let payer_address = self.keep(place, "payer_address", payer_address_for(fund, draft, standing));
        let stopped_by = self.stop(place, fund, draft, standing);
        let (vat_code, vat_rate) = vat?;
        let amount = amount?;
        Some(IncomeLine {
            fund_code: fund.code.clone(),
            reference: reference.unwrap_or_default(),
            amount,
            vat: vat_within(amount, vat_rate),
            vat_code,
            vat_rate,
            narrative: narrative.unwrap_or_default(),
            override_reason: stopped_by.map(|_| draft.override_reason.clone()).unwrap_or_default(),
            stop_overridden: stopped_by,
            payer_name: payer_name.unwrap_or_default(),
            payer_address: payer_address.unwrap_or_default(),
            in_suspense: fund.suspense,
        })
    }

    /// What the lines so far pay on an account.
    fn paid_before(&self, fund: &Fund, reference: Option<&str>) -> Pence {
        let same = |line: &&IncomeLine| line.fund_code == fund.code && Some(line.reference.as_str()) == reference;
        self.priced.lines.iter().flatten().filter(same).map(|line| line.amount).sum()
    }

    /// A stop is a problem, unless it is to be overridden: then its message's id is kept with the line.
    fn stop(&mut self, place: Place, fund: &Fund, draft: &LineDraft, standing: &Standing) -> Option<u32> {
        let reason = self.keep(place, "override_reason", override_reason(self.council, draft));
        let message = message_of(self.council, fund, standing).filter(|message| self.stands_in_the_way(message))?;
        if draft.override_stop {
            return reason.map(|()| message.id);
        }
        // What stops cheques only is said beside the cheque.
        if message.stops_payments {
            self.problem(place, "reference", Refusal::new(Code::AccountOnStop));
        }
        None
    }

    fn stands_in_the_way(&self, message: &FundMessage) -> bool {
        message.stops_payments || (message.stops_cheques && self.cheque)
    }

    /// Cash pays whatever the other tenders leave, wherever it stands in the list.
    fn tenders(&mut self, drafts: &[TenderDraft], lines: &[LineDraft], standings: &[Standing]) {
        let stops_cheques = lines.iter().zip(standings).any(|(line, standing)| {
            self.council
                .fund(&line.fund_code)
                .and_then(|fund| message_of(self.council, fund, standing))
                .is_some_and(|message| message.stops_cheques)
                && !line.override_stop
        });
        let typed: Vec<Option<Pence>> = drafts
            .iter()
            .enumerate()
            .map(|(index, draft)| {
                let amount = self.typed_amount(&drafts[..index], draft);
                self.keep(Place::Tender(index), draft.amount_field(), amount)
            })
            .collect();
        let others: Pence =
            drafts.iter().zip(&typed).filter(|(draft, _)| draft.kind() != MopKind::Cash).filter_map(|(_, typed)| *typed).sum();
        let for_cash = Pence(self.priced.total.minus(others).0.max(0));
        let mut left = self.priced.total;
        let mut cash_seen = false;
        for (index, (draft, typed)) in drafts.iter().zip(&typed).enumerate() {
            let place = Place::Tender(index);
            let mop = self.keep(place, "mop_code", counter_mop(self.council, draft));
            if draft.kind() == MopKind::Cash && std::mem::replace(&mut cash_seen, true) {
                self.problem(place, "tendered", Refusal::new(Code::CashTwice));
            }
            if draft.kind() == MopKind::Cheque && stops_cheques {
                self.problem(place, "mop_code", Refusal::new(Code::AccountStopsCheques));
            }
            let amount = typed.map(|typed| if draft.kind() == MopKind::Cash { typed.min(for_cash) } else { typed });
            let details = self.details(place, draft, *typed, amount);
            if let (Some(mop), Some(amount)) = (mop, amount) {
                self.amount_rules(place, draft, mop, amount, left);
            }
            left = left.minus(amount.unwrap_or_default());
            let tender = match (mop, amount, details) {
                (Some(mop), Some(amount), Some(details)) => Some(Tender { mop_code: mop.code.clone(), amount, details }),
                _ => None,
            };
            self.priced.tenders.push(tender);
        }
        self.sums(drafts, cash_today(&self.priced.lines, standings));
    }

    /// What was typed as a tender's amount; a terminal's is what it approved, and counts once.
    fn typed_amount(&self, earlier: &[TenderDraft], draft: &TenderDraft) -> Result<Pence, Refusal> {
        match draft {
            TenderDraft::Cash { tendered, .. } => positive_amount(tendered),
            TenderDraft::Cheque { amount, .. } | TenderDraft::Card { amount, .. } | TenderDraft::PostalOrder { amount, .. } => {
                positive_amount(amount)
            }
            TenderDraft::Terminal { transaction_id, .. } => {
                let same =
                    |earlier: &TenderDraft| matches!(earlier, TenderDraft::Terminal { transaction_id: id, .. } if id == transaction_id);
                let approved = self.approved_card(draft).filter(|_| !earlier.iter().any(same));
                approved.map(|approved| approved.amount).ok_or_else(|| Refusal::new(Code::CardPaymentNotApproved))
            }
        }
    }

    fn approved_card(&self, draft: &TenderDraft) -> Option<&ApprovedCard> {
        let TenderDraft::Terminal { transaction_id, mop_code } = draft else { return None };
        self.approved.iter().find(|approved| approved.transaction_id == *transaction_id && approved.mop_code == *mop_code)
    }

    fn sums(&mut self, drafts: &[TenderDraft], cash_today: Pence) {
        self.priced.paid = self.priced.tenders.iter().flatten().map(|tender| tender.amount).sum();
        self.priced.due = self.priced.total.minus(self.priced.paid);
        self.priced.change = self
            .priced
            .tenders
            .iter()
            .flatten()
            .map(|tender| match tender.details {
                TenderDetails::Cash { change, .. } => change,
                _ => Pence::ZERO,
            })
            .sum();
        let cash = cash_in(self.priced.tenders.iter().flatten());
        if let Err(refusal) = cash_accepted(self.council, cash, cash_today) {
            let place = drafts.iter().position(|draft| draft.kind() == MopKind::Cash).map_or(Place::Basket, Place::Tender);
            self.problem(place, "tendered", refusal);
        }
    }

    fn amount_rules(&mut self, place: Place, draft: &TenderDraft, mop: &Mop, amount: Pence, left: Pence) {
        let cash = draft.kind() == MopKind::Cash;
        let field = draft.amount_field();
        if cash && amount.is_zero() {
            self.problem(place, field, Refusal::new(Code::CashNotNeeded));
        } else if amount > left {
            self.problem(place, field, Refusal::new(Code::TenderAboveDue).with("due", Pence(left.0.max(0))));
        } else if amount > mop.maximum {
            self.problem(place, field, Refusal::new(Code::TenderAboveMopMaximum).with("maximum", mop.maximum));
        } else if amount < mop.minimum {
            self.problem(place, field, Refusal::new(Code::TenderBelowMopMinimum).with("minimum", mop.minimum));
        }
    }

    fn details(&mut self, place: Place, draft: &TenderDraft, typed: Option<Pence>, amount: Option<Pence>) -> Option<TenderDetails> {
        match draft {
            TenderDraft::Cash { .. } => {
                let (tendered, amount) = (typed?, amount?);
                Some(TenderDetails::Cash { tendered, change: tendered.minus(amount) })
            }
            TenderDraft::Cheque { sort_code, account, number, drawer, dated, .. } => {
                let sort_code = self.keep(place, "sort_code", digits(sort_code, 6, Code::ChequeSortCode));
                let account = self.keep(place, "account", digits(account, 8, Code::ChequeAccount));
                let number = self.keep(place, "number", digits(number, 6, Code::ChequeNumber));
                let drawer = self.keep(place, "drawer", drawer_name(drawer));
                let dated = self.keep(place, "dated", cheque_date(dated, self.today, self.council.policies.cheque_max_age_months));
                Some(TenderDetails::Cheque(ChequeDetails {
                    sort_code: sort_code?,
                    account: account?,
                    number: number?,
                    drawer: drawer?,
                    dated: dated?,
                }))
            }
            TenderDraft::Card { amount_again, terminal, authorisation, last_four, .. } => {
                let again = self.keep(place, "amount_again", positive_amount(amount_again));
                if again.is_some_and(|again| typed.is_some_and(|typed| typed != again)) {
                    self.problem(place, "amount_again", Refusal::new(Code::CardAmountsDiffer));
                }
                let terminal = self.keep(place, "terminal", card_terminal(terminal));
                let authorisation = self.keep(place, "authorisation", card_authorisation(authorisation));
                let last_four = self.keep(place, "last_four", card_last_four(last_four));
                Some(TenderDetails::Card(CardDetails {
                    terminal: terminal?,
                    authorisation: authorisation?,
                    last_four: last_four?,
                    ..CardDetails::default()
                }))
            }
            TenderDraft::Terminal { .. } => self.approved_card(draft).map(|approved| TenderDetails::Card(approved.details.clone())),
            TenderDraft::PostalOrder { number, .. } => {
                let number = self.keep(place, "number", code_text(number, 20, Code::PostalOrderNumber))?;
                Some(TenderDetails::PostalOrder { number })
            }
        }
    }
}

/// The cash among tenders.
pub fn cash_in<'a>(tenders: impl Iterator<Item = &'a Tender>) -> Pence {
    tenders.filter(|tender| tender.details.kind() == MopKind::Cash).map(|tender| tender.amount).sum()
}

/// What was taken today in cash on the accounts of a basket, each counted once, however its reference was typed.
fn cash_today(lines: &[Option<IncomeLine>], standings: &[Standing]) -> Pence {
    let account = |index: usize| lines.get(index)?.as_ref().map(|line| (&line.fund_code, &line.reference));
    let first = |index: usize| account(index).is_some() && !(0..index).any(|earlier| account(earlier) == account(index));
    standings.iter().enumerate().filter(|(index, _)| first(*index)).map(|(_, standing)| standing.cash_today).sum()
}

/// The council's limit for cash from one customer in a day, across receipts: what this sale takes on top of what was taken
/// earlier.
///
/// # Errors
/// [`Code::CashNotAccepted`], which never says why: a customer must not learn of a limit by trying.
pub fn cash_accepted(council: &Council, cash: Pence, earlier: Pence) -> Result<(), Refusal> {
    let above = council.policies.cash_limit.is_some_and(|limit| cash.is_positive() && cash.plus(Pence(earlier.0.max(0))) > limit);
    if above { Err(Refusal::new(Code::CashNotAccepted)) } else { Ok(()) }
}

fn counter_mop<'a>(council: &'a Council, draft: &TenderDraft) -> Result<&'a Mop, Refusal> {
    let mop = council.mop(draft.mop_code()).filter(|mop| !mop.disabled && mop.kind != MopKind::Internal);
    let mop = mop.ok_or_else(|| Refusal::new(Code::MopNotAvailable))?;
    if mop.kind == draft.kind() { Ok(mop) } else { Err(Refusal::new(Code::MopOfAnotherKind)) }
}
