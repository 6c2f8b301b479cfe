//! Postings: a receipt's lines and tenders shared out by a waterfall, fixed when it is committed.

use crate::Pence;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One (line × tender) share of a receipt: the row that a ledger stores.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Posting {
    /// Which line, from 0.
    pub line: usize,
    /// Which tender, from 0.
    pub tender: usize,
    /// The share.
    pub amount: Pence,
    /// The share's VAT.
    pub vat: Pence,
}

/// Lines in order, each filled from tenders in order. `lines` are (gross, VAT) with gross above zero; `tenders` are amounts
/// above zero with the same sum.
///
/// Σ postings per line = the line; per tender = the tender; Σ VAT of a line's postings = the line's VAT.
pub fn waterfall(lines: &[(Pence, Pence)], tenders: &[Pence]) -> Vec<Posting> {
    let mut postings = Vec::new();
    let mut left: Vec<i64> = tenders.iter().map(|tender| tender.0).collect();
    let mut tender = 0;
    for (line, (gross, vat)) in lines.iter().enumerate() {
        let mut wanted = gross.0;
        let mut shares = Vec::new();
        while wanted > 0 && tender < left.len() {
            let share = wanted.min(left[tender]);
            if share > 0 {
                shares.push((tender, share));
            }
            wanted -= share;
            left[tender] -= share;
            if left[tender] == 0 {
                tender += 1;
            }
        }
        let amounts: Vec<i64> = shares.iter().map(|(_, share)| *share).collect();
        let vats = shared_out(vat.0, &amounts);
        postings.extend(shares.iter().zip(vats).map(|((tender, share), vat)| Posting {
            line,
            tender: *tender,
            amount: Pence(*share),
            vat: Pence(vat),
        }));
    }
    postings
}

/// Shares `total` out in proportion to `parts` by largest remainder; equal remainders go to the earlier part.
pub(crate) fn shared_out(total: i64, parts: &[i64]) -> Vec<i64> {
    let whole: i128 = parts.iter().map(|part| i128::from(*part)).sum();
    if whole == 0 {
        return vec![0; parts.len()];
    }
    let exact = |part: i64| i128::from(total) * i128::from(part);
    let mut shares: Vec<i64> = parts.iter().map(|part| i64::try_from(exact(*part) / whole).unwrap_or_default()).collect();
    let missing = total - shares.iter().sum::<i64>();
    let mut by_remainder: Vec<usize> = (0..parts.len()).collect();
    by_remainder.sort_by_key(|index| std::cmp::Reverse((exact(parts[*index]) % whole).abs()));
    for index in by_remainder.into_iter().take(usize::try_from(missing.unsigned_abs()).unwrap_or_default()) {
        shares[index] += missing.signum();
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shares(postings: &[Posting]) -> Vec<(usize, usize, i64)> {
        postings.iter().map(|posting| (posting.line, posting.tender, posting.amount.0)).collect()
    }

    #[test]
    fn the_second_tender_begins_where_the_first_ran_out() {
        let postings = waterfall(&[(Pence(10_000), Pence(0)), (Pence(5_000), Pence(0))], &[Pence(8_000), Pence(7_000)]);
        assert_eq!(shares(&postings), [(0, 0, 8_000), (0, 1, 2_000), (1, 1, 5_000)]);
    }

    #[test]
    fn the_odd_penny_of_vat_goes_to_the_largest_remainder() {
        let postings = waterfall(&[(Pence(100), Pence(17))], &[Pence(33), Pence(33), Pence(34)]);
        assert_eq!(postings.iter().map(|posting| posting.vat.0).collect::<Vec<_>>(), [6, 5, 6]);
    }

    fn line_and_tender_amounts() -> impl Strategy<Value = (Vec<i64>, Vec<i64>)> {
        (prop::collection::vec(1i64..1_000_000, 1..12), prop::collection::vec(0u32..1000, 0..5)).prop_map(|(lines, cuts)| {
            let total: i64 = lines.iter().sum();
            let mut places: Vec<i64> = cuts.iter().map(|cut| total * i64::from(*cut) / 1000).filter(|at| *at > 0).collect();
            places.extend([0, total]);
            places.sort_unstable();
            places.dedup();
            (lines, places.windows(2).map(|pair| pair[1] - pair[0]).collect())
        })
    }

    proptest! {
        #[test]
        fn postings_conserve_every_penny_and_its_vat((lines, tenders) in line_and_tender_amounts()) {
            let lines: Vec<(Pence, Pence)> = lines.into_iter().map(|gross| (Pence(gross), Pence(gross / 6))).collect();
            let tenders: Vec<Pence> = tenders.into_iter().map(Pence).collect();
            let postings = waterfall(&lines, &tenders);
            for (index, (gross, vat)) in lines.iter().enumerate() {
                let own: Vec<&Posting> = postings.iter().filter(|posting| posting.line == index).collect();
                prop_assert_eq!(own.iter().map(|posting| posting.amount).sum::<Pence>(), *gross);
                prop_assert_eq!(own.iter().map(|posting| posting.vat).sum::<Pence>(), *vat);
                prop_assert!(own.iter().all(|posting| posting.vat.0 >= 0 && posting.vat <= posting.amount));
            }
            for (index, tender) in tenders.iter().enumerate() {
                prop_assert_eq!(postings.iter().filter(|posting| posting.tender == index).map(|posting| posting.amount).sum::<Pence>(), *tender);
            }
            prop_assert!(postings.iter().all(|posting| posting.amount.is_positive()));
        }
    }
}
