//! Voids, refunds and transfers: never more than remains, to the penny what was taken, and nothing that moves by itself.

use crate::common::council;
use counterfoil_domain::card_payment::GivenBack;
use counterfoil_domain::cash_up::MopAmount;
use counterfoil_domain::correction::{CardSlip, Correctable, CorrectedLine, RefundDraft, reason_given, refund, transfer, void};
use counterfoil_domain::council::{MopKind, ReasonKind};
use counterfoil_domain::posting::{Posting, waterfall};
use counterfoil_domain::receipt::{CardDetails, ChequeDetails, IncomeLine, Receipt, Tender, TenderDetails};
use counterfoil_domain::sale::Settled;
use counterfoil_domain::text::Language;
use counterfoil_domain::vat::vat_within;
use counterfoil_domain::{Code, Pence};
use proptest::prelude::*;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

fn line(fund: &str, pence: i64, percent: i64) -> IncomeLine {
    let rate = Decimal::new(percent, 2);
    IncomeLine {
        fund_code: fund.into(),
        reference: "R1".into(),
        amount: Pence(pence),
        vat_code: if percent == 0 { "Z" } else { "S" }.into(),
        vat_rate: rate,
        vat: vat_within(Pence(pence), rate),
        narrative: String::new(),
        stop_overridden: Some(1),
        override_reason: "agreed".into(),
        payer_name: String::new(),
        payer_address: String::new(),
        in_suspense: false,
    }
}

fn card() -> CardDetails {
    CardDetails { terminal: "T1".into(), authorisation: "A1".into(), last_four: "1234".into(), ..CardDetails::default() }
}

fn details(kind: MopKind, pence: i64) -> TenderDetails {
    match kind {
        MopKind::Cash => TenderDetails::Cash { tendered: Pence(pence + 50), change: Pence(50) },
        MopKind::Card => TenderDetails::Card(card()),
        MopKind::Cheque => TenderDetails::Cheque(ChequeDetails {
            sort_code: "200000".into(),
            account: "12345678".into(),
            number: "000001".into(),
            drawer: "A Payer".into(),
            dated: "2026-11-20".parse().unwrap(),
        }),
        MopKind::PostalOrder => TenderDetails::PostalOrder { number: "P1".into() },
        MopKind::Internal => TenderDetails::Internal,
    }
}

fn tender(kind: MopKind, pence: i64) -> Tender {
    let code = match kind {
        MopKind::Cash => "CASH",
        MopKind::Card => "CARD",
        MopKind::Cheque => "CHQ",
        MopKind::PostalOrder => "PO",
        MopKind::Internal => "JR",
    };
    Tender { mop_code: code.into(), amount: Pence(pence), details: details(kind, pence) }
}

fn receipt(lines: Vec<IncomeLine>, tenders: Vec<Tender>) -> Receipt {
    let gross: Vec<_> = lines.iter().map(|line| (line.amount, line.vat)).collect();
    let paid: Vec<_> = tenders.iter().map(|tender| tender.amount).collect();
    Receipt {
        number: "CH07-0000001".into(),
        serial: 1,
        office_code: "CH".into(),
        till_code: "07".into(),
        total: gross.iter().map(|(amount, _)| *amount).sum(),
        postings: waterfall(&gross, &paid),
        lines,
        tenders,
        language: Language::English,
    }
}

/// A receipt with what was taken back of it so far.
struct Kept {
    receipt: Receipt,
    corrected: Vec<Pence>,
    left_by_card: Pence,
    refunded: Vec<MopAmount>,
    given_back: Vec<GivenBack>,
    returned: BTreeMap<String, Pence>,
}

impl Kept {
    fn of(receipt: Receipt) -> Kept {
        let by_card = receipt.tenders.iter().filter(|tender| tender.details.kind() == MopKind::Card).map(|tender| tender.amount).sum();
        Kept {
            corrected: vec![Pence::ZERO; receipt.lines.len()],
            receipt,
            left_by_card: by_card,
            refunded: Vec::new(),
            given_back: Vec::new(),
            returned: BTreeMap::new(),
        }
    }

    fn now(&self) -> Correctable<'_> {
        Correctable {
            receipt: &self.receipt,
            corrected: &self.corrected,
            left_by_card: self.left_by_card,
            refunded: &self.refunded,
            given_back: &self.given_back,
            returned: &self.returned,
        }
    }

    fn keep(&mut self, wanted: &[CorrectedLine], settled: &Settled) {
        for part in wanted {
            self.corrected[part.line] = self.corrected[part.line].plus(part.amount);
        }
        let to_cards = settled.tenders.iter().filter(|tender| tender.details.kind() == MopKind::Card);
        self.left_by_card = self.left_by_card.plus(to_cards.map(|tender| tender.amount).sum());
    }
}

fn part(line: usize, pence: i64) -> CorrectedLine {
    CorrectedLine { line, amount: Pence(pence) }
}

fn slip(tender: usize) -> CardSlip {
    CardSlip { tender, terminal: "T1".into(), authorisation: "R7".into(), last_four: "1234".into() }
}

fn cash() -> RefundDraft {
    RefundDraft { mop_code: "CASH".into(), ..RefundDraft::default() }
}

fn amounts(tenders: &[Tender]) -> Vec<(&str, i64)> {
    tenders.iter().map(|tender| (tender.mop_code.as_str(), tender.amount.0)).collect()
}

fn code<T: std::fmt::Debug>(result: Result<T, counterfoil_domain::Refusal>) -> Code {
    result.expect_err("refused").code
}

#[test]
fn a_void_gives_each_tender_back_what_it_paid_of_the_line() {
    let kept = Kept::of(receipt(
        vec![line("CT", 10_000, 0), line("CT", 5_000, 0)],
        vec![tender(MopKind::Cash, 8_000), tender(MopKind::Card, 7_000)],
    ));
    let whole = void(kept.now(), &[part(0, 10_000), part(1, 5_000)], &[slip(1)]).unwrap();
    assert_eq!(amounts(&whole.tenders), [("CASH", -8_000), ("CARD", -7_000)]);
    assert_eq!(whole.total, Pence(-15_000));
    let turned: Vec<Posting> =
        kept.receipt.postings.iter().map(|one| Posting { amount: one.amount.negated(), vat: one.vat.negated(), ..one.clone() }).collect();
    assert_eq!(whole.postings, turned);
    let second = void(kept.now(), &[part(1, 5_000)], &[slip(1)]).unwrap();
    assert_eq!(amounts(&second.tenders), [("CARD", -5_000)]);
    assert_eq!(second.postings, [Posting { line: 0, tender: 0, amount: Pence(-5_000), vat: Pence::ZERO }]);
    assert_eq!(second.lines[0].stop_overridden, None);
}

#[test]
fn a_part_paid_by_card_is_voided_only_with_the_terminals_slip_of_that_tender() {
    let kept = Kept::of(receipt(vec![line("CT", 1_000, 0)], vec![tender(MopKind::Card, 400), tender(MopKind::Card, 600)]));
    let refusal = void(kept.now(), &[part(0, 1_000)], &[slip(0)]).expect_err("the second card has no slip");
    assert_eq!((refusal.code, refusal.args["amount"].as_str(), refusal.args["tender"].as_str()), (Code::CardReversalNeeded, "£6.00", "1"));
    assert!(void(kept.now(), &[part(0, 1_000)], &[slip(0), slip(1)]).is_ok());
    let wrong = CardSlip { last_four: "12".into(), ..slip(0) };
    assert_eq!(code(void(kept.now(), &[part(0, 400)], &[wrong])), Code::CardLastFour);
}

#[test]
fn a_cheque_or_postal_order_is_handed_back_whole_or_not_at_all() {
    for (kind, expected) in [(MopKind::Cheque, Code::ChequeNotDivisible), (MopKind::PostalOrder, Code::PostalOrderNotDivisible)] {
        let kept = Kept::of(receipt(vec![line("CT", 1_000, 0), line("CT", 500, 0)], vec![tender(kind, 1_500)]));
        assert_eq!(code(void(kept.now(), &[part(0, 1_000)], &[])), expected);
        assert_eq!(void(kept.now(), &[part(0, 1_000), part(1, 500)], &[]).unwrap().tenders[0].amount, Pence(-1_500));
    }
}

#[test]
fn more_than_remains_nothing_twice_and_lines_that_are_not_there_are_refused() {
    let mut kept = Kept::of(receipt(vec![line("CT", 1_000, 0)], vec![tender(MopKind::Cash, 1_000)]));
    kept.corrected[0] = Pence(400);
    let above = void(kept.now(), &[part(0, 601)], &[]).expect_err("above");
    assert_eq!((above.code, above.args["left"].as_str()), (Code::CorrectionAboveRemainder, "£6.00"));
    for wanted in [vec![], vec![part(0, 0)], vec![part(0, -5)], vec![part(1, 5)], vec![part(0, 5), part(0, 5)]] {
        assert_eq!(code(void(kept.now(), &wanted, &[])), Code::CorrectionEmpty, "{wanted:?}");
    }
}

#[test]
fn what_takes_money_back_is_not_taken_back_itself() {
    let kept = Kept::of(receipt(vec![line("CT", 1_000, 0)], vec![tender(MopKind::Cash, 1_000)]));
    let voided = void(kept.now(), &[part(0, 1_000)], &[]).unwrap();
    let void_receipt = Receipt { lines: voided.lines, tenders: voided.tenders, postings: voided.postings, ..kept.receipt.clone() };
    let council = council();
    let again = Kept::of(void_receipt);
    assert_eq!(again.now().remains_altogether(), Pence::ZERO);
    assert_eq!(code(void(again.now(), &[part(0, 1_000)], &[])), Code::CorrectionOfCorrection);
    assert_eq!(code(refund(&council, again.now(), &[part(0, 1_000)], &cash())), Code::CorrectionOfCorrection);
    assert_eq!(code(transfer(again.now(), part(0, 1_000), line("HIRE", 1_000, 0), "JR")), Code::CorrectionOfCorrection);
}

#[test]
fn a_refund_is_paid_in_one_of_the_councils_ways_up_to_its_maximum() {
    let council = council();
    let kept = Kept::of(receipt(vec![line("CT", 10_000, 0)], vec![tender(MopKind::Cash, 10_000)]));
    let in_cash = refund(&council, kept.now(), &[part(0, 5_000)], &cash()).unwrap();
    assert_eq!(in_cash.tenders[0].details, TenderDetails::Cash { tendered: Pence(-5_000), change: Pence::ZERO });
    assert_eq!(code(refund(&council, kept.now(), &[part(0, 5_001)], &cash())), Code::RefundAboveMaximum);
    let earlier = [MopAmount { mop_code: "CASH".into(), amount: Pence(3_000) }];
    let second = Correctable { refunded: &earlier, ..kept.now() };
    assert!(refund(&council, second, &[part(0, 2_000)], &cash()).is_ok());
    let split = refund(&council, second, &[part(0, 2_001)], &cash()).expect_err("in parts it is the same refund");
    assert_eq!((split.code, split.args["maximum"].as_str()), (Code::RefundAboveMaximum, "£20.00"));
    for mop_code in ["CHQ", "PO", "JR", "?"] {
        let by = RefundDraft { mop_code: mop_code.into(), ..RefundDraft::default() };
        assert_eq!(code(refund(&council, kept.now(), &[part(0, 100)], &by)), Code::RefundMethodNotAllowed, "{mop_code}");
    }
    let request = |payee: &str| RefundDraft { mop_code: "REQ".into(), payee: payee.into(), ..RefundDraft::default() };
    assert_eq!(code(refund(&council, kept.now(), &[part(0, 10_000)], &request("  "))), Code::PayeeMissing);
    let asked = refund(&council, kept.now(), &[part(0, 10_000)], &request(" Mrs  A Example ")).unwrap();
    assert_eq!(asked.tenders[0].details, TenderDetails::ChequeRequest { payee: "Mrs A Example".into() });
}

#[test]
fn no_more_goes_back_to_a_card_than_was_paid_by_card() {
    let council = council();
    let by_card = RefundDraft { mop_code: "CARD".into(), slip: Some(slip(0)), ..RefundDraft::default() };
    let mut kept = Kept::of(receipt(vec![line("CT", 10_000, 0)], vec![tender(MopKind::Cash, 7_000), tender(MopKind::Card, 3_000)]));
    let above = refund(&council, kept.now(), &[part(0, 3_001)], &by_card).expect_err("above");
    assert_eq!((above.code, above.args["maximum"].as_str()), (Code::RefundAbovePaidByCard, "£30.00"));
    let first = refund(&council, kept.now(), &[part(0, 2_000)], &by_card).unwrap();
    kept.keep(&[part(0, 2_000)], &first);
    assert_eq!(kept.now().left_by_card, Pence(1_000));
    assert_eq!(code(refund(&council, kept.now(), &[part(0, 1_001)], &by_card)), Code::RefundAbovePaidByCard);
    let without_slip = RefundDraft { slip: None, ..by_card };
    assert_eq!(code(refund(&council, kept.now(), &[part(0, 500)], &without_slip)), Code::CardAuthorisation);
}

/// Paid at the till's own terminal, by a payment with that id.
fn at_terminal(id: &str, pence: i64) -> Tender {
    let details = TenderDetails::Card(CardDetails { transaction_id: id.into(), ..card() });
    Tender { mop_code: "CARD".into(), amount: Pence(pence), details }
}

#[test]
fn a_refund_to_the_card_takes_the_payment_that_has_enough_left_or_has_gone_back_for_it_already() {
    let council = council();
    let by_card = RefundDraft { mop_code: "CARD".into(), ..RefundDraft::default() };
    let mut kept = Kept::of(receipt(vec![line("CT", 10_000, 0)], vec![at_terminal("a", 5_000), at_terminal("b", 5_000)]));
    let needed = |kept: &Kept, pence: i64| {
        let refusal = refund(&council, kept.now(), &[part(0, pence)], &by_card).expect_err("the terminal comes first");
        (refusal.code, refusal.args.get("payment").cloned())
    };
    assert_eq!(needed(&kept, 5_000), (Code::CardReversalNeeded, Some("a".into())));
    kept.returned.insert("a".into(), Pence(4_000));
    assert_eq!(needed(&kept, 1_000), (Code::CardReversalNeeded, Some("a".into())));
    assert_eq!(needed(&kept, 1_001), (Code::CardReversalNeeded, Some("b".into())), "of the first too little is left");
    kept.returned.insert("b".into(), Pence(4_000));
    assert_eq!(needed(&kept, 1_001), (Code::CardAuthorisation, None), "none has so much left: the slips of two are typed");
    kept.returned.clear();
    let details = CardDetails { transaction_id: "r".into(), ..card() };
    kept.given_back.push(GivenBack { of: "b".into(), amount: Pence(1_000), details: details.clone() });
    let settled = refund(&council, kept.now(), &[part(0, 1_000)], &by_card).unwrap();
    assert_eq!(settled.tenders[0].details, TenderDetails::Card(details), "what went back already is taken first");
}

#[test]
fn what_a_terminal_has_given_back_for_no_void_goes_back_with_none_and_the_rest_of_the_line_still_does() {
    let tenders = || vec![at_terminal("a", 1_000), tender(MopKind::Cash, 9_000)];
    let mut kept = Kept::of(receipt(vec![line("CT", 10_000, 20)], tenders()));
    kept.returned.insert("a".into(), Pence(1_000));
    let rest = void(kept.now(), &[part(0, 9_000)], &[slip(0)]).unwrap();
    assert_eq!(amounts(&rest.tenders), [("CASH", -9_000)]);
    assert_eq!(rest.postings.iter().map(|one| one.amount).sum::<Pence>(), Pence(-9_000));
    let whole = void(kept.now(), &[part(0, 10_000)], &[slip(0)]).expect_err("too much");
    assert_eq!((whole.code, whole.args["left"].as_str()), (Code::CardGivenBackAlready, "£90.00"));
    // A part of the payment, and a line that nothing else has paid.
    kept = Kept::of(receipt(vec![line("CT", 1_000, 0), line("CT", 9_000, 0)], tenders()));
    kept.returned.insert("a".into(), Pence(400));
    assert_eq!(code(void(kept.now(), &[part(0, 601)], &[slip(0)])), Code::CardGivenBackAlready);
    let rest = void(kept.now(), &[part(0, 600), part(1, 9_000)], &[slip(0)]).unwrap();
    assert_eq!(amounts(&rest.tenders), [("CARD", -600), ("CASH", -9_000)]);
}

#[test]
fn a_transfer_moves_no_money_and_its_new_line_can_be_moved_on() {
    let kept = Kept::of(receipt(vec![line("SUSP", 12_000, 0)], vec![tender(MopKind::Cash, 12_000)]));
    let moved = transfer(kept.now(), part(0, 5_000), line("HIRE", 5_000, 20), "JR").unwrap();
    assert_eq!(moved.total, Pence::ZERO);
    assert_eq!(moved.lines.iter().map(|line| (line.amount.0, line.vat.0)).collect::<Vec<_>>(), [(-5_000, 0), (5_000, 833)]);
    assert_eq!(code(transfer(kept.now(), part(0, 5_000), line("SUSP", 5_000, 0), "JR")), Code::TransferToItself);
    assert_eq!(code(transfer(kept.now(), part(0, 5_000), line("HIRE", 4_000, 0), "JR")), Code::CorrectionEmpty);
    let next = Kept::of(Receipt {
        lines: moved.lines,
        tenders: moved.tenders,
        postings: moved.postings,
        total: moved.total,
        ..kept.receipt.clone()
    });
    assert_eq!(next.now().remains(1), Pence(5_000));
    assert!(transfer(next.now(), part(1, 5_000), line("CT", 5_000, 0), "JR").is_ok());
    assert!(refund(&council(), next.now(), &[part(1, 5_000)], &cash()).is_ok());
    assert_eq!(code(transfer(next.now(), part(0, 5_000), line("CT", 5_000, 0), "JR")), Code::CorrectionOfCorrection);
}

#[test]
fn a_reason_is_one_of_its_own_kind_and_no_card_number_is_kept_beside_it() {
    let council = council();
    assert_eq!(reason_given(&council, ReasonKind::Void, "keyed-wrong", " typed  twice ").unwrap().text, "typed twice");
    assert_eq!(code(reason_given(&council, ReasonKind::Refund, "keyed-wrong", "")), Code::ReasonMissing);
    assert_eq!(code(reason_given(&council, ReasonKind::Void, "", "")), Code::ReasonMissing);
    assert_eq!(code(reason_given(&council, ReasonKind::Void, "keyed-wrong", "4111 1111 1111 1111")), Code::CardNumberTyped);
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Void,
    Refund,
    Transfer,
}

fn any_receipt() -> impl Strategy<Value = Receipt> {
    let line_of = (1_i64..60_000, prop::sample::select(vec![0, 5, 20])).prop_map(|(pence, percent)| line("CT", pence, percent));
    let kinds = prop::sample::select(vec![MopKind::Cash, MopKind::Card, MopKind::Cheque]);
    (prop::collection::vec(line_of, 1..5), prop::collection::vec((kinds, 1_u32..100), 1..4)).prop_map(|(lines, ways)| {
        let total: i64 = lines.iter().map(|line| line.amount.0).sum();
        let whole: i64 = ways.iter().map(|(_, weight)| i64::from(*weight)).sum();
        let mut left = total;
        let last = ways.len() - 1;
        let mut tenders = Vec::new();
        for (index, (kind, weight)) in ways.into_iter().enumerate() {
            let share = if index == last { left } else { (total * i64::from(weight) / whole).min(left) };
            left -= share;
            if share > 0 {
                tenders.push(tender(kind, share));
            }
        }
        receipt(lines, tenders)
    })
}

fn any_steps() -> impl Strategy<Value = Vec<(Step, usize, i64)>> {
    let step = prop::sample::select(vec![Step::Void, Step::Refund, Step::Transfer]);
    prop::collection::vec((step, 0_usize..5, 1_i64..40_000), 1..30)
}

proptest! {
    #[test]
    fn whatever_is_taken_back_in_whatever_order_never_goes_beyond_a_line_and_is_right_to_the_penny(
        receipt in any_receipt(), steps in any_steps(),
    ) {
        let council = council();
        let slips: Vec<CardSlip> = (0..receipt.tenders.len()).map(slip).collect();
        let mut kept = Kept::of(receipt);
        let mut back = vec![(0_i64, 0_i64); kept.receipt.lines.len()];
        // Whatever was asked for at last takes the rest of each line, so that every line is taken back in parts.
        let rest = (0..kept.receipt.lines.len()).map(|line| (Step::Transfer, line, 60_000));
        for (step, line_index, pence) in steps.into_iter().chain(rest) {
            let pence = pence.min(kept.now().remains(line_index).0.max(1));
            let wanted = [part(line_index, pence)];
            let settled = match step {
                Step::Void => void(kept.now(), &wanted, &slips),
                Step::Refund => refund(&council, kept.now(), &wanted, &cash()),
                Step::Transfer => transfer(kept.now(), wanted[0], line("HIRE", pence, 20), "JR"),
            };
            let Ok(settled) = settled else { continue };
            prop_assert_eq!(settled.lines.iter().map(|line| line.amount).sum::<Pence>(), settled.total);
            prop_assert_eq!(settled.tenders.iter().map(|tender| tender.amount).sum::<Pence>(), settled.total);
            for (index, line) in settled.lines.iter().enumerate() {
                let mine = || settled.postings.iter().filter(|posting| posting.line == index);
                prop_assert_eq!(mine().map(|posting| posting.amount).sum::<Pence>(), line.amount);
                prop_assert_eq!(mine().map(|posting| posting.vat).sum::<Pence>(), line.vat);
            }
            for (index, tender) in settled.tenders.iter().enumerate() {
                let mine = settled.postings.iter().filter(|posting| posting.tender == index);
                prop_assert_eq!(mine.map(|posting| posting.amount).sum::<Pence>(), tender.amount);
            }
            if matches!(step, Step::Transfer) {
                prop_assert_eq!(settled.postings.iter().map(|posting| posting.amount).sum::<Pence>(), Pence::ZERO);
            }
            back[line_index].0 -= settled.lines[0].amount.0;
            back[line_index].1 -= settled.lines[0].vat.0;
            kept.keep(&wanted, &settled);
            prop_assert!(back[line_index].0 <= kept.receipt.lines[line_index].amount.0);
        }
        let taken: Vec<(i64, i64)> = kept.receipt.lines.iter().map(|line| (line.amount.0, line.vat.0)).collect();
        prop_assert_eq!(back, taken);
    }

    #[test]
    fn a_line_voided_in_any_number_of_parts_gives_each_tender_back_its_share(receipt in any_receipt(), cuts in prop::collection::vec(1_i64..20_000, 1..12)) {
        prop_assume!(receipt.tenders.iter().all(|tender| tender.details.kind() != MopKind::Cheque));
        let slips: Vec<CardSlip> = (0..receipt.tenders.len()).map(slip).collect();
        let mut kept = Kept::of(receipt);
        let mut left: Vec<i64> = kept.receipt.tenders.iter().map(|tender| tender.amount.0).collect();
        for line in 0..kept.receipt.lines.len() {
            for cut in cuts.iter().copied().chain([i64::MAX]) {
                let remains = kept.now().remains(line).0;
                if remains == 0 { continue; }
                let wanted = [part(line, cut.min(remains))];
                let settled = void(kept.now(), &wanted, &slips).unwrap();
                for tender in &settled.tenders {
                    let mut wanted = -tender.amount.0;
                    for (index, _) in kept.receipt.tenders.iter().enumerate().filter(|(_, original)| original.mop_code == tender.mop_code) {
                        let share = wanted.min(left[index]);
                        left[index] -= share;
                        wanted -= share;
                    }
                    prop_assert_eq!(wanted, 0);
                }
                kept.keep(&wanted, &settled);
            }
        }
        prop_assert!(left.iter().all(|left| *left == 0), "{:?}", left);
    }
}
