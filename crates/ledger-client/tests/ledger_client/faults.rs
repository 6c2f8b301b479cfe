//! Each way in which an IMS fails, over real HTTP: what was taken is there once in the end.

use crate::common;
use crate::common::{SETTLE_MS, attempt, client, impatient, ims, line, mixed, receipt, simple, tender};
use counterfoil_domain::Pence;
use counterfoil_domain::correction::CorrectionKind;
use counterfoil_domain::ims_codes::{ImsCodes, ImsMop};
use counterfoil_ledger_client::localgov_ims::{Delivery, DeliveryState, Fault, LocalGovIms, Settings, Trouble};
use counterfoil_simulators::ims::{self, Behaviour, Call, Fault as ImsFault, StandInIms, Tables, Transaction};

fn fresh() -> DeliveryState {
    DeliveryState::default()
}

fn references(delivery: Delivery) -> Vec<String> {
    match delivery {
        Delivery::Delivered { references } => references,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_receipt_becomes_one_row_a_posting_under_its_own_number() {
    let ims = ims();
    let delivery = attempt(&ims, &client(&ims), &mixed(1), fresh(), 0).await.delivery;
    let rows = ims.rows();
    assert_eq!(references(delivery), rows.iter().map(|row| row.reference.clone()).collect::<Vec<_>>());
    let told: Vec<_> = rows
        .iter()
        .map(|row| {
            let texts = [&row.fund_code, &row.mop_code, &row.vat_code, &row.account_reference].map(|text| text.as_deref().unwrap());
            (texts, row.amount.unwrap().to_string(), row.vat_rate.to_string(), row.vat_amount.unwrap().to_string())
        })
        .collect();
    let own = |texts: [&'static str; 4], amount: &str, rate: &str, vat: &str| (texts, amount.to_owned(), rate.to_owned(), vat.to_owned());
    assert_eq!(
        told,
        [
            own(["23", "1", "N0", "501234566"], "80.00", "0", "0.00"),
            own(["23", "92", "N0", "501234566"], "20.00", "0", "0.00"),
            own(["19", "92", "W0", "12345678901"], "50.00", "0.2", "8.33"),
        ]
    );
    for row in rows {
        assert_eq!((row.psp_reference.as_deref(), row.office_code.as_deref(), row.user_code), (Some("CH07-0000001"), Some("CH"), 12));
        assert_eq!(
            (row.narrative.as_deref(), row.transaction_date.unwrap().to_string()),
            (Some("At the counter"), "2026-11-20 09:30:00".to_owned())
        );
    }
}

#[tokio::test]
async fn a_receipt_that_is_there_already_is_not_posted_again() {
    let ims = ims();
    attempt(&ims, &client(&ims), &mixed(1), fresh(), 0).await;
    let again = attempt(&ims, &client(&ims), &mixed(1), fresh().after_a_start(0, SETTLE_MS), 0).await;
    assert_eq!(references(again.delivery).len(), 3);
    assert_eq!(ims.counters().posts, 3);
}

#[tokio::test]
async fn whatever_becomes_of_a_posting_it_is_there_once_after_the_settle_time() {
    for (fault, early) in [
        (ImsFault::DropReply, true),
        (ImsFault::StoreLate { after_ms: SETTLE_MS - 1 }, false),
        (ImsFault::BadRequest { words: true, stored: false }, false),
        (ImsFault::BadRequest { words: true, stored: true }, true),
        (ImsFault::BadRequest { words: false, stored: false }, false),
        (ImsFault::ServerError { stored: false }, false),
        (ImsFault::ServerError { stored: true }, true),
        (ImsFault::CloseMidBody, true),
    ] {
        let (ims, receipt) = (ims(), mixed(1));
        let client = client(&ims);
        ims.tell(Call::Post, fault);
        let first = attempt(&ims, &client, &receipt, fresh(), 0).await;
        assert!(matches!(first.delivery, Delivery::InDoubt { until_ms: SETTLE_MS, .. }), "{fault:?}: {:?}", first.delivery);
        // Before the settle time a search may find it, and nothing is posted if it doesn't. The receipt's other postings wait too.
        let second = attempt(&ims, &client, &receipt, first.state, SETTLE_MS - 2).await;
        assert_eq!(second.delivery, Delivery::InDoubt { until_ms: SETTLE_MS, trouble: Trouble::MayStillBeWritten }, "{fault:?}");
        assert_eq!((ims.rows().len(), ims.counters().posts), (usize::from(early), 1), "{fault:?}");
        let third = attempt(&ims, &client, &receipt, second.state, SETTLE_MS).await;
        assert_eq!((references(third.delivery).len(), ims.rows().len()), (3, 3), "{fault:?}");
    }
}

#[tokio::test]
async fn a_slow_answer_is_an_answer() {
    let ims = ims();
    ims.tell(Call::Post, ImsFault::AnswerSlowly { after_ms: 20 });
    references(attempt(&ims, &client(&ims), &simple(1), fresh(), 0).await.delivery);
    assert_eq!((ims.rows().len(), ims.counters().posts), (1, 1));
}

#[tokio::test]
async fn a_posting_that_is_written_after_the_till_gave_up_is_found_and_not_repeated() {
    let (ims, receipt) = (ims(), simple(1));
    let client = impatient(&ims);
    ims.tell(Call::Post, ImsFault::HangThenStore);
    let first = attempt(&ims, &client, &receipt, fresh(), 0).await;
    assert_eq!(first.delivery, Delivery::InDoubt { until_ms: SETTLE_MS, trouble: Trouble::TimedOut });
    assert_eq!(ims.rows().len(), 0);
    ims.let_go();
    while ims.rows().is_empty() {
        tokio::task::yield_now().await;
    }
    references(attempt(&ims, &client, &receipt, first.state, SETTLE_MS).await.delivery);
    assert_eq!((ims.rows().len(), ims.counters().posts), (1, 1));
}

#[tokio::test]
async fn a_search_that_fails_is_neither_yes_nor_no() {
    for (fault, trouble) in [
        (ImsFault::LoseSearch { times: 0 }, Trouble::SearchFailed),
        (ImsFault::ServerError { stored: false }, Trouble::Status(500)),
        (ImsFault::DropReply, Trouble::Broken),
        (ImsFault::CloseMidBody, Trouble::Broken),
        (ImsFault::Hang, Trouble::TimedOut),
    ] {
        let ims = ims();
        let client = impatient(&ims);
        attempt(&ims, &client, &simple(1), fresh(), 0).await;
        ims.tell(Call::Search, fault);
        let unclear = attempt(&ims, &client, &simple(1), fresh(), 0).await;
        assert_eq!(unclear.delivery, Delivery::Unreachable { trouble }, "{fault:?}");
        assert_eq!((unclear.state, ims.counters().posts), (fresh(), 1));
    }
}

#[tokio::test]
async fn a_search_lost_after_posting_leaves_a_receipt_that_the_next_search_confirms() {
    let ims = ims();
    let client = client(&ims);
    ims.tell(Call::Search, ImsFault::AnswerSlowly { after_ms: 1 });
    ims.tell(Call::Search, ImsFault::LoseSearch { times: 0 });
    let first = attempt(&ims, &client, &mixed(1), fresh(), 0).await;
    assert_eq!(first.delivery, Delivery::Unreachable { trouble: Trouble::SearchFailed });
    assert_eq!(first.state.accepted.len(), 3);
    references(attempt(&ims, &client, &mixed(1), first.state, 1).await.delivery);
    assert_eq!(ims.rows().len(), 3);
}

#[tokio::test]
async fn nothing_that_listens_is_no_doubt() {
    let ims = ims();
    let client = client(&ims);
    drop(ims);
    let attempt = client.deliver(&simple(1), fresh(), &|| 0).await;
    assert_eq!((attempt.delivery, attempt.state), (Delivery::Unreachable { trouble: Trouble::NoConnection }, fresh()));
    assert_eq!(client.is_there().await, Err(Trouble::NoConnection));
}

#[tokio::test]
async fn a_404_of_something_that_is_not_the_api_is_not_taken_for_nothing_there() {
    let ims = ims();
    let elsewhere = LocalGovIms::new(Settings { base_url: format!("{}/elsewhere", ims.base_url()), ..common::settings(&ims) }).unwrap();
    let sent_before = fresh().after_a_start(-SETTLE_MS, SETTLE_MS);
    let attempt = attempt(&ims, &elsewhere, &simple(1), sent_before, 0).await;
    assert_eq!(attempt.delivery, Delivery::Unreachable { trouble: Trouble::NotTheApi });
    assert_eq!(ims.rows().len(), 0);
}

#[tokio::test]
async fn rows_too_many_or_different_are_left_as_they_are_for_a_person() {
    let ims = ims();
    let client = client(&ims);
    attempt(&ims, &client, &simple(1), fresh(), 0).await;
    let row = ims.rows()[0].clone();
    ims.store(row.clone());
    let twice = attempt(&ims, &client, &simple(1), fresh(), 0).await;
    let references = vec!["0000000000002".to_owned()];
    assert_eq!(twice.delivery, Delivery::Quarantined { fault: Fault::TooMany { count: 1, amount: Pence(1_250), references } });
    ims.store(Transaction { psp_reference: Some("CH07-0000002".to_owned()), narrative: Some("Changed by a rule".to_owned()), ..row });
    let differs = attempt(&ims, &client, &simple(2), fresh(), 0).await;
    let references = vec!["0000000000003".to_owned()];
    assert_eq!(differs.delivery, Delivery::Quarantined { fault: Fault::Differs { count: 1, amount: Pence(1_250), references } });
    assert_eq!((ims.rows().len(), ims.counters().posts), (3, 1));
}

#[tokio::test]
async fn a_receipt_with_a_fund_that_the_ims_does_not_have_is_put_aside_while_others_pass() {
    let ims = ims();
    let client = client(&ims);
    let unknown = receipt(1, vec![line("88", "1", 100)], vec![tender("1", 100)]);
    let (mut state, mut now_ms, mut serial) = (fresh(), 0, 1);
    let fault = loop {
        let result = attempt(&ims, &client, &unknown, state, now_ms).await;
        if let Delivery::Quarantined { fault } = result.delivery {
            break fault;
        }
        (state, serial) = (result.state, serial + 1);
        references(attempt(&ims, &client, &simple(serial), fresh(), now_ms + 1).await.delivery);
        now_ms += SETTLE_MS;
        assert!(serial < 20, "never put aside");
    };
    let Fault::Refused { last, tries: 5, .. } = &fault else { panic!("{fault:?}") };
    assert_eq!(last.said.as_deref(), Some("An error occurred while updating the entries."));
    assert!(fault.to_string().contains("fund 88"));
    // A person adds the fund to the IMS and releases the receipt.
    ims.change_tables(|tables| tables.funds[0].code = "88".to_owned());
    let released = attempt(&ims, &client, &unknown, fresh(), now_ms).await;
    references(released.delivery);
}

#[tokio::test]
async fn an_ims_that_takes_nothing_puts_no_receipt_aside() {
    let ims = ims();
    let client = client(&ims);
    ims.change_tables(|tables| tables.users.clear());
    let (mut states, mut now_ms) = ([fresh(), fresh()], 0);
    for _ in 0..12 {
        for (at, state) in states.iter_mut().enumerate() {
            let result = attempt(&ims, &client, &simple(at as u64 + 1), std::mem::take(state), now_ms).await;
            assert!(matches!(result.delivery, Delivery::InDoubt { trouble: Trouble::Refused(400), .. }), "{:?}", result.delivery);
            *state = result.state;
        }
        now_ms += SETTLE_MS;
    }
}

#[tokio::test]
async fn what_the_ims_cannot_keep_is_put_aside_before_anything_is_sent() {
    let ims = ims();
    let client = client(&ims);
    let wide = receipt(1, vec![line("23-LONG", "1", 100)], vec![tender("1", 100)]);
    let mut nobody = simple(2);
    nobody.user_code = "sam".to_owned();
    let mut personal = simple(3);
    personal.receipt.lines[0].reference = "SECRET".repeat(6);
    for (receipt, words) in [(wide, "FundCode \"23-LONG\""), (nobody, "\"sam\" has no number"), (personal, "AccountReference \"\"")] {
        let Delivery::Quarantined { fault } = attempt(&ims, &client, &receipt, fresh(), 0).await.delivery else { panic!("{words}") };
        assert!(fault.to_string().contains(words) && !fault.to_string().contains("SECRET"), "{fault}");
    }
    assert_eq!(ims.counters(), ims::Counters::default());
}

#[tokio::test]
async fn a_refund_is_negative_under_its_own_number_and_names_what_it_refunds() {
    let ims = ims();
    let mut refund = simple(2);
    refund.receipt.postings[0].amount = Pence(-1_250);
    refund.corrects = Some((CorrectionKind::Refund, "CH07-0000001".to_owned()));
    references(attempt(&ims, &client(&ims), &refund, fresh(), 0).await.delivery);
    let row = &ims.rows()[0];
    assert_eq!((row.amount.unwrap().to_string(), row.psp_reference.as_deref()), ("-12.50".to_owned(), Some("CH07-0000002")));
    assert_eq!(row.narrative.as_deref(), Some("Refund of CH07-0000001: At the counter"));
}

#[tokio::test]
async fn a_transfer_leaves_by_the_mop_for_out_and_arrives_by_the_one_for_in() {
    let ims = ims();
    let mop = ImsMop::ByDirection { into: "10".to_owned(), out: "11".to_owned() };
    let codes = ImsCodes { mops: [("JR".to_owned(), mop)].into(), ..ImsCodes::default() };
    let client = LocalGovIms::new(Settings { codes, ..common::settings(&ims) }).unwrap();
    let mut transfer = receipt(3, vec![line("23", "501234566", 500), line("5", "12345678902", 500)], vec![tender("JR", 1_000)]);
    transfer.receipt.postings[0].amount = Pence(-500);
    transfer.corrects = Some((CorrectionKind::Transfer, "CH07-0000001".to_owned()));
    references(attempt(&ims, &client, &transfer, fresh(), 0).await.delivery);
    let told: Vec<_> = ims.rows().iter().map(|row| (row.mop_code.clone().unwrap(), row.amount.unwrap().to_string())).collect();
    assert_eq!(told, [("11".to_owned(), "-5.00".to_owned()), ("10".to_owned(), "5.00".to_owned())]);
}

#[tokio::test]
async fn a_version_that_searches_by_receipt_number_only_is_paid_into_as_well() {
    let behaviour = Behaviour { ignores_psp_reference: true, ..Behaviour::default() };
    let ims = StandInIms::start(Tables::demonstration(), behaviour).unwrap();
    let client = client(&ims);
    for serial in [1, 2, 1] {
        references(attempt(&ims, &client, &mixed(serial), fresh(), 0).await.delivery);
    }
    assert_eq!(ims.rows().len(), 6);
}

#[tokio::test]
async fn a_version_that_shows_the_first_twenty_rows_takes_longer_receipts_and_never_twice() {
    let behaviour = Behaviour { first_rows_only: Some(20), ..Behaviour::default() };
    let ims = StandInIms::start(Tables::demonstration(), behaviour).unwrap();
    let client = client(&ims);
    let lines = (1..=25).map(|pence| line("23", "501234566", pence)).collect();
    let long = receipt(1, lines, vec![tender("1", (1..=25).sum())]);
    let first = attempt(&ims, &client, &long, fresh(), 0).await;
    assert!(references(first.delivery).iter().all(|reference| !reference.is_empty()));
    // Without its own memory of what was accepted the till can't know, and says so.
    let forgotten = attempt(&ims, &client, &long, fresh().after_a_start(-SETTLE_MS, SETTLE_MS), 0).await;
    assert_eq!(forgotten.delivery, Delivery::Quarantined { fault: Fault::CutOff { shown: 20 } });
    assert_eq!(ims.rows().len(), 25);
}
