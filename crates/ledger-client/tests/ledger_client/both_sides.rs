//! The two sides held against each other: takings, and configuration.

use crate::common::{Queue, client, ims, mixed, settings, simple};
use counterfoil_domain::ims_codes::{ImsCodes, ImsMop};
use counterfoil_domain::{Council, Pence};
use counterfoil_ledger_client::localgov_ims::{CountAndValue, LocalGovIms, Settings, Trouble};
use counterfoil_pack::PackFiles;
use counterfoil_simulators::ims::{Call, Fault, Fund, Mop, StandInIms, Tables, Transaction};
use std::path::Path;

fn value(count: u64, pence: i64) -> CountAndValue {
    CountAndValue { count, amount_pence: Pence(pence) }
}

#[tokio::test]
async fn the_reconciliation_tells_missing_extra_and_different_by_count_and_value() {
    let ims = ims();
    let client = client(&ims);
    let receipts = [simple(1), mixed(2), simple(3), simple(4)];
    Queue::new(&ims, &client, &receipts[..3]).work_off().await;
    assert!(client.reconcile(&receipts[..3]).await.agrees());

    let row = ims.rows()[0].clone();
    // Receipt 1 is there twice; receipt 3 has a row more that is none of ours; receipt 4 is there with another amount.
    ims.store(row.clone());
    ims.store(Transaction { psp_reference: Some("CH07-0000003".to_owned()), fund_code: Some("5".to_owned()), ..row.clone() });
    ims.store(Transaction { psp_reference: Some("CH07-0000004".to_owned()), amount: Some("12.00".parse().unwrap()), ..row });
    let receipts = [receipts.to_vec(), vec![simple(5)]].concat();
    let report = client.reconcile(&receipts).await;
    assert_eq!(report.receipts, 5);
    assert_eq!((report.till, report.ims), (value(7, 20_000), value(8, 1_250 + 15_000 + 1_250 + 1_250 + 1_250 + 1_200)));
    assert_eq!((report.missing, report.extra, report.different), (value(1, 1_250), value(2, 2_500), value(1, -50)));
    let told: Vec<_> =
        report.differences.iter().map(|one| (one.number.as_str(), one.missing.count, one.extra.count, one.different.count)).collect();
    assert_eq!(told, [("CH07-0000001", 0, 1, 0), ("CH07-0000003", 0, 1, 0), ("CH07-0000004", 0, 0, 1), ("CH07-0000005", 1, 0, 0)]);
    assert_eq!(report.differences[0].references, ["0000000000006"]);
    assert!(!report.agrees());
}

#[tokio::test]
async fn what_could_not_be_asked_about_is_in_no_figure_and_the_sides_do_not_agree() {
    let ims = ims();
    let client = client(&ims);
    ims.tell(Call::Search, Fault::LoseSearch { times: 0 });
    let report = client.reconcile(&[simple(1)]).await;
    assert_eq!((report.receipts, report.till), (0, value(0, 0)));
    assert_eq!(report.not_known, [("CH07-0000001".to_owned(), "the IMS's search failed".to_owned())]);
    assert!(!report.agrees());
}

fn demonstration() -> Council {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/packs/barnsley-demo");
    counterfoil_pack::check(&PackFiles::read_dir(&folder).unwrap()).unwrap()
}

/// An IMS that has exactly what the council's pack says.
fn twin(council: &Council) -> Tables {
    let amount = |pence: Pence| pence.plain().parse().unwrap();
    let funds = council.funds.iter().map(|fund| Fund {
        code: fund.code.clone(),
        name: fund.code.clone(),
        vat_code: fund.vat_code.clone(),
        maximum: amount(fund.maximum),
        vat_override: fund.vat_override,
        disabled: false,
        metadata: Vec::new(),
    });
    let mops = council.mops.iter().map(|mop| Mop {
        code: mop.code.clone(),
        name: mop.code.clone(),
        maximum: amount(mop.maximum),
        minimum: amount(mop.minimum),
        disabled: mop.disabled,
        types: Vec::new(),
    });
    Tables { funds: funds.collect(), mops: mops.collect(), ..Tables::default() }
}

async fn differences(ims: &StandInIms, codes: ImsCodes, council: &Council) -> Vec<String> {
    let client = LocalGovIms::new(Settings { codes, ..settings(ims) }).unwrap();
    client.compare_configuration(council).await.unwrap().iter().map(ToString::to_string).collect()
}

#[tokio::test]
async fn an_ims_that_has_what_the_pack_says_differs_in_nothing() {
    let council = demonstration();
    let ims = StandInIms::start(twin(&council), Default::default()).unwrap();
    assert_eq!(differences(&ims, ImsCodes::default(), &council).await, Vec::<String>::new());
}

#[tokio::test]
async fn every_difference_from_the_pack_is_told_in_words() {
    let mut council = demonstration();
    let mut tables = twin(&council);
    let fund = |tables: &mut Tables, code: &str, change: &dyn Fn(&mut Fund)| {
        tables.funds.iter_mut().filter(|fund| fund.code == code).for_each(change)
    };
    fund(&mut tables, "23", &|fund| fund.vat_code = "W0".to_owned());
    fund(&mut tables, "24", &|fund| fund.maximum = "100.00".parse().unwrap());
    fund(&mut tables, "5", &|fund| fund.disabled = true);
    fund(&mut tables, "25", &|fund| fund.vat_override = true);
    tables.funds.retain(|fund| fund.code != "11");
    tables.mops.retain(|mop| mop.code != "PO");
    tables.mops.iter_mut().filter(|mop| mop.code == "92").for_each(|mop| mop.disabled = true);
    tables.mops.iter_mut().filter(|mop| mop.code == "24").for_each(|mop| mop.maximum = "1.00".parse().unwrap());
    council.users[0].code = "sam".to_owned();
    council.offices[0].code = "HALL".to_owned();
    let ims = StandInIms::start(tables, Default::default()).unwrap();
    let transfer = ImsMop::ByDirection { into: "10".to_owned(), out: "TO".to_owned() };
    let codes = ImsCodes { mops: [("JR".to_owned(), transfer)].into(), ..ImsCodes::default() };
    assert_eq!(
        differences(&ims, codes, &council).await,
        [
            "fund 23 has VAT code N0 here and W0 in the IMS",
            "fund 24 takes at most £9,999,999.99 here and £100.00 in the IMS",
            "fund 5 is taken at the counter and disabled in the IMS",
            "fund 25: here the VAT code is fixed, in the IMS it may be overridden",
            "fund 11 is 11 in the IMS, which doesn't have it: every posting to it would be refused",
            "method of payment 92 is in use here and disabled in the IMS, as 92",
            "method of payment 24 takes at most £9,999,999.99 here and £1.00 in the IMS, as 24",
            "method of payment PO is PO in the IMS, which doesn't have it: every posting by it would be refused",
            "method of payment JR is TO in the IMS, which doesn't have it: every posting by it would be refused",
            "office HALL is \"HALL\" in the IMS, which keeps no more than 2 characters",
            "user sam has no number in the IMS, and nobody stands for others",
        ]
    );
}

#[tokio::test]
async fn a_configuration_that_cannot_be_read_is_no_difference() {
    let ims = StandInIms::start(Tables::default(), Default::default()).unwrap();
    ims.tell(Call::Other, Fault::ServerError { stored: false });
    let client = LocalGovIms::new(settings(&ims)).unwrap();
    assert_eq!(client.compare_configuration(&demonstration()).await, Err(Trouble::Status(500)));
}
