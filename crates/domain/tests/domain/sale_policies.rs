//! What a council's policies make of a sale: cash across a customer's day, cheques' dates, maxima, stops, and money in suspense.

use crate::common::{council, fund};
use counterfoil_domain::account::AccountHolder;
use counterfoil_domain::card_payment::ApprovedCard;
use counterfoil_domain::council::{Council, Fund, FundMessage, Mop, Reason, ReasonKind};
use counterfoil_domain::receipt::CardDetails;
use counterfoil_domain::sale::{LineDraft, Payment, Place, Priced, Standing, TenderDraft, price, settle};
use counterfoil_domain::text::Words;
use counterfoil_domain::{Code, Pence};

fn line(fund: &str, reference: &str, pounds: &str) -> LineDraft {
    LineDraft { fund_code: fund.into(), reference: reference.into(), amount: pounds.into(), ..LineDraft::default() }
}

fn cash(pounds: &str) -> TenderDraft {
    TenderDraft::Cash { mop_code: "CASH".into(), tendered: pounds.into() }
}

fn cheque(pounds: &str, dated: &str) -> TenderDraft {
    TenderDraft::Cheque {
        mop_code: "CHQ".into(),
        amount: pounds.into(),
        sort_code: "20-00-00".into(),
        account: "12345678".into(),
        number: "000123".into(),
        drawer: "A Payer".into(),
        dated: dated.into(),
    }
}

fn paid_today(pounds: i64) -> Standing {
    Standing { cash_today: Pence(pounds * 100), ..Standing::default() }
}

fn priced(council: &Council, lines: &[LineDraft], tenders: &[TenderDraft], standings: &[Standing]) -> Priced {
    price(council, "2026-11-23".parse().unwrap(), lines, Payment::typed(tenders), standings)
}

fn codes(priced: &Priced) -> Vec<(Place, &str, Code)> {
    priced.problems.iter().map(|problem| (problem.place, problem.field.as_str(), problem.refusal.code)).collect()
}

#[test]
fn cash_is_limited_across_a_customers_receipts_of_a_day_and_nothing_says_why() {
    let council = council();
    let (lines, standings) = ([line("CT", "1", "400")], [paid_today(600)]);
    assert!(settle(priced(&council, &lines, &[cash("400")], &standings)).is_ok());
    let above = priced(&council, &[line("CT", "1", "400.01")], &[cash("400.01")], &standings);
    assert_eq!(codes(&above), [(Place::Tender(0), "tendered", Code::CashNotAccepted)]);
    assert!(above.problems[0].refusal.args.is_empty());
    // What isn't paid in cash isn't limited, and the part that is counts alone.
    assert!(settle(priced(&council, &[line("CT", "1", "5000")], &[cheque("5000", "2026-11-20")], &standings)).is_ok());
    assert!(settle(priced(&council, &[line("CT", "1", "5000")], &[cash("400"), cheque("4600", "2026-11-20")], &standings)).is_ok());
}

#[test]
fn the_accounts_of_one_basket_are_one_customers_and_each_counts_once() {
    let council = council();
    let two = [line("CT", "1", "100"), line("HIRE", "2", "100")];
    let above = priced(&council, &two, &[cash("200")], &[paid_today(500), paid_today(301)]);
    assert_eq!(codes(&above), [(Place::Tender(0), "tendered", Code::CashNotAccepted)]);
    let same = [line("CT", "1", "100"), line("CT", "1", "100")];
    assert!(codes(&priced(&council, &same, &[cash("200")], &[paid_today(500), paid_today(500)])).is_empty());
}

#[test]
fn what_was_given_back_in_cash_today_does_not_raise_the_limit() {
    let above = priced(&council(), &[line("CT", "1", "1000.01")], &[cash("1000.01")], &[paid_today(-500)]);
    assert_eq!(codes(&above), [(Place::Tender(0), "tendered", Code::CashNotAccepted)]);
}

#[test]
fn a_cheque_is_neither_of_tomorrow_nor_older_than_the_council_takes() {
    let council = council();
    for (dated, refused) in [
        ("2026-11-23", None),
        ("2026-05-23", None),
        ("2026-11-24", Some(Code::ChequePostDated)),
        ("2026-05-22", Some(Code::ChequeOutOfDate)),
        ("30/02/2026", Some(Code::ChequeDateNotValid)),
    ] {
        let found = priced(&council, &[line("CT", "1", "10")], &[cheque("10", dated)], &[]);
        assert_eq!(codes(&found).first().map(|(_, _, code)| *code), refused, "{dated}");
    }
}

#[test]
fn a_fund_and_a_mop_have_their_maxima() {
    let mut council = council();
    council.funds[0].maximum = Pence(5_000);
    council.mops[0].maximum = Pence(3_000);
    let found = priced(&council, &[line("CT", "1", "50.01")], &[], &[]);
    assert_eq!(codes(&found), [(Place::Line(0), "amount", Code::AmountAboveFundMaximum)]);
    let found = priced(&council, &[line("CT", "1", "50")], &[cash("30.01")], &[]);
    assert_eq!(codes(&found), [(Place::Tender(0), "tendered", Code::TenderAboveMopMaximum)]);
}

#[test]
fn money_in_suspense_takes_any_reference_needs_a_narrative_and_is_marked() {
    let council = council();
    assert_eq!(codes(&priced(&council, &[line("SUSP", "?", "10")], &[], &[])), [(Place::Line(0), "narrative", Code::NarrativeMissing)]);
    let told = LineDraft { narrative: "a bill that nobody can read".into(), ..line("SUSP", "Mr Green", "10") };
    let settled = settle(priced(&council, &[told], &[cash("10")], &[])).unwrap();
    assert!(settled.lines[0].in_suspense);
    let elsewhere = settle(priced(&council, &[line("CT", "1", "10")], &[cash("10")], &[])).unwrap();
    assert!(!elsewhere.lines[0].in_suspense);
}

#[test]
fn a_fund_that_asks_for_an_address_is_told_who_pays_where_no_account_says_it() {
    let mut council = council();
    council.funds[0].address_needed = true;
    let missing = [(Place::Line(0), "payer_name", Code::PayerNameMissing), (Place::Line(0), "payer_address", Code::PayerAddressMissing)];
    assert_eq!(codes(&priced(&council, &[line("CT", "1", "10")], &[], &[])), missing);
    let told = |name: &str, address: &str| [LineDraft { payer_name: name.into(), payer_address: address.into(), ..line("CT", "1", "10") }];
    let settled = settle(priced(&council, &told(" A  Payer", "1 High Street, S70 2TA"), &[cash("10")], &[])).unwrap();
    let kept = &settled.lines[0];
    assert_eq!((kept.payer_name.as_str(), kept.payer_address.as_str()), ("A Payer", "1 High Street, S70 2TA"));
    // Nobody is asked what the account says already, and what isn't asked for isn't kept.
    assert!(codes(&priced(&council, &[line("CT", "1", "10")], &[], &[account("1", 10, None)])).is_empty());
    let known = priced(&council, &told("A Payer", "1 High Street"), &[], &[account("1", 10, None)]).lines[0].clone().unwrap();
    assert_eq!((known.payer_name.as_str(), known.payer_address.as_str()), ("", ""));
    for (name, code) in
        [("4111 1111 1111 1111", Code::CardNumberTyped), ("bell\u{7}", Code::PayerNotValid), (&*"x".repeat(151), Code::PayerNotValid)]
    {
        assert_eq!(codes(&priced(&council, &told(name, "1 High Street"), &[], &[])), [(Place::Line(0), "payer_name", code)]);
        assert_eq!(codes(&priced(&council, &told("A Payer", name), &[], &[])), [(Place::Line(0), "payer_address", code)]);
    }
    council.funds[2].address_needed = true;
    let unplaced = LineDraft { narrative: "a torn bill".into(), ..line("SUSP", "1", "10") };
    assert!(codes(&priced(&council, &[unplaced], &[], &[])).is_empty());
}

#[test]
fn another_fund_that_is_not_for_the_counter_stays_away_from_it() {
    let mut council = council();
    council.funds.push(Fund { at_counter: false, ..fund("XT", "Z") });
    assert_eq!(codes(&priced(&council, &[line("XT", "1", "10")], &[], &[])), [(Place::Line(0), "fund_code", Code::FundNotAvailable)]);
}

/// An account of fund CT with something owed, and a message that may stop things.
fn account(reference: &str, pounds: i64, message_id: Option<u32>) -> Standing {
    let holder = AccountHolder {
        fund_code: "CT".into(),
        reference: reference.into(),
        balance: Pence(pounds * 100),
        message_id,
        ..AccountHolder::default()
    };
    Standing { holder: Some(holder), ..Standing::default() }
}

fn message(stops_payments: bool, stops_cheques: bool) -> FundMessage {
    FundMessage { id: 1, fund_code: "CT".into(), text: Words::same("stop"), stops_payments, stops_cheques }
}

#[test]
fn two_lines_on_one_account_together_pay_no_more_than_is_owed() {
    let mut council = council();
    council.funds[0].may_overpay = false;
    let standings = [account("A1", 100, None), account("A1", 100, None)];
    assert!(codes(&priced(&council, &[line("CT", "A1", "60"), line("CT", "a1", "40")], &[], &standings)).is_empty());
    let above = priced(&council, &[line("CT", "A1", "60"), line("CT", " a1 ", "40.01")], &[], &standings);
    assert_eq!(codes(&above), [(Place::Line(1), "amount", Code::AmountAboveBalance)]);
    assert_eq!(above.problems[0].refusal.args["owed"], "£40.00");
    // Another account, of another fund or with another reference, is owed for itself.
    let others = [line("CT", "A1", "100"), line("HIRE", "A1", "100"), line("CT", "A2", "100")];
    assert!(codes(&priced(&council, &others, &[], &[account("A1", 100, None), Standing::default(), account("A2", 100, None)])).is_empty());
}

#[test]
fn an_account_counts_once_against_the_limit_for_cash_however_its_reference_is_typed() {
    let council = council();
    let same = [line("CT", "a1", "100"), line("CT", " A1", "100")];
    assert!(codes(&priced(&council, &same, &[cash("200")], &[paid_today(500), paid_today(500)])).is_empty());
}

#[test]
fn a_stop_of_cheques_is_overridden_on_record_or_not_at_all() {
    let mut council = council();
    council.messages.push(message(false, true));
    let stopped = [account("1", 0, Some(1))];
    let over = [LineDraft { override_stop: true, ..line("CT", "1", "10") }];
    let by_cheque = [cheque("10", "2026-11-20")];
    let refused = priced(&council, &[line("CT", "1", "10")], &by_cheque, &stopped);
    assert_eq!(codes(&refused), [(Place::Tender(0), "mop_code", Code::AccountStopsCheques)]);
    assert_eq!(settle(priced(&council, &over, &by_cheque, &stopped)).unwrap().lines[0].stop_overridden, Some(1));
    // Where no cheque is given there is nothing to override, and nobody to be asked.
    assert_eq!(settle(priced(&council, &over, &[cash("10")], &stopped)).unwrap().lines[0].stop_overridden, None);
    council.reasons.push(Reason { code: "agreed".into(), kind: ReasonKind::OverrideStop, text: Words::same("agreed") });
    let unreasoned = priced(&council, &over, &by_cheque, &stopped);
    assert_eq!(codes(&unreasoned), [(Place::Line(0), "override_reason", Code::ReasonMissing)]);
}

#[test]
fn what_is_none_of_the_councils_reasons_is_not_kept_as_one() {
    let mut council = council();
    council.messages.push(message(true, true));
    let over = [LineDraft { override_stop: true, override_reason: "card 4111111111111111".into(), ..line("CT", "1", "10") }];
    let refused = [(Place::Line(0), "override_reason", Code::ReasonMissing)];
    assert_eq!(codes(&priced(&council, &over, &[], &[account("1", 0, Some(1))])), refused);
    assert_eq!(codes(&priced(&council, &over, &[], &[])), refused);
}

#[test]
fn overriding_a_stop_needs_one_of_the_councils_reasons_where_it_has_any() {
    let mut council = council();
    council.messages.push(message(true, true));
    let stopped = [account("1", 0, Some(1))];
    let over = |reason: &str| [LineDraft { override_stop: true, override_reason: reason.into(), ..line("CT", "1", "10") }];
    assert_eq!(codes(&priced(&council, &[line("CT", "1", "10")], &[], &stopped)), [(Place::Line(0), "reference", Code::AccountOnStop)]);
    assert_eq!(priced(&council, &over(""), &[], &stopped).lines[0].as_ref().unwrap().stop_overridden, Some(1));
    council.reasons.push(Reason { code: "agreed".into(), kind: ReasonKind::OverrideStop, text: Words::same("agreed") });
    assert_eq!(codes(&priced(&council, &over(""), &[], &stopped)), [(Place::Line(0), "override_reason", Code::ReasonMissing)]);
    let line = priced(&council, &over("agreed"), &[], &stopped).lines[0].clone().unwrap();
    assert_eq!((line.stop_overridden, line.override_reason.as_str()), (Some(1), "agreed"));
}

#[test]
fn an_approved_card_payment_counts_once_and_only_as_what_it_was_begun_as() {
    let mut council = council();
    let other = Mop { code: "CARD2".into(), ..council.mop("CARD").unwrap().clone() };
    council.mops.push(other);
    let details = CardDetails { transaction_id: "t1".into(), ..CardDetails::default() };
    let approved = [ApprovedCard { transaction_id: "t1".into(), mop_code: "CARD".into(), amount: Pence(500), details }];
    let by = |mop_code: &str| TenderDraft::Terminal { mop_code: mop_code.into(), transaction_id: "t1".into() };
    let (lines, today) = ([line("CT", "1", "10")], "2026-11-23".parse().unwrap());
    let paid = |tenders: &[TenderDraft]| price(&council, today, &lines, Payment { tenders, approved: &approved }, &[Standing::default()]);
    assert_eq!((paid(&[by("CARD")]).paid, paid(&[by("CARD")]).problems), (Pence(500), Vec::new()));
    for tenders in [vec![by("CARD"), by("CARD")], vec![by("CARD"), by("CARD2")], vec![by("CARD2"), by("CARD")], vec![by("CARD2")]] {
        let priced = paid(&tenders);
        let refused = priced.problems.iter().filter(|problem| problem.refusal.code == Code::CardPaymentNotApproved).count();
        assert_eq!((priced.paid <= Pence(500), refused >= 1), (true, true), "{tenders:?}");
    }
}
