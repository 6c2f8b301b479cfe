//! What closed sessions have for the bank, what went there, and what was kept back.

use super::{Day, pounds};
use serde_json::{Value, json};

#[derive(Default)]
pub struct Bank {
    /// Z read, cash and papers for the bank.
    waiting: Vec<(u64, i64, i64)>,
    deposits: u64,
    banked: i64,
    kept: i64,
    /// Everything that was counted and lifted, and every float that was left of it.
    counted: i64,
    floats: i64,
}

impl Bank {
    pub fn closed(&mut self, z: u64, (counted, lifted, left): (i64, i64, i64), papers: i64) {
        self.waiting.push((z, counted + lifted - left, papers));
        self.counted += counted + lifted;
        self.floats += left;
    }
}

impl Day {
    /// Banks so many of the closed sessions in notes; what isn't a whole note is kept back for the next time.
    pub fn banks(&mut self, many: usize, brought: bool) {
        let many = many.checked_rem(self.bank.waiting.len() + 1).filter(|_| many != usize::MAX).unwrap_or(self.bank.waiting.len());
        let taken: Vec<(u64, i64, i64)> = self.bank.waiting.drain(..many).collect();
        let expected: i64 = taken.iter().map(|(_, cash, _)| cash).sum();
        let papers: i64 = taken.iter().map(|(_, _, papers)| papers).sum();
        let there = expected + if brought { self.bank.kept } else { 0 };
        let cash = there / 500 * 500;
        if taken.is_empty() || expected + papers == 0 {
            self.bank.waiting.splice(..0, taken);
            return;
        }
        self.counter.sign_in("20", "2020");
        let ready = self.counter.call("banking.ready", json!({}));
        assert_eq!(ready["kept_back"], self.bank.kept);
        self.bank.deposits += 1;
        let made = self.counter.call(
            "banking.make",
            json!({
                "deposit_id": ready["deposit_id"], "z_reads": taken.iter().map(|(z, _, _)| z).collect::<Vec<_>>(),
                "slip": format!("S{}", self.bank.deposits), "reason": "loose-coin-kept",
                "cash": [{ "denomination": "20", "by": "value", "text": pounds(cash / 2_000 * 2_000) },
                         { "denomination": "5", "by": "value", "text": pounds(cash % 2_000) }],
                "bags": if cash > 0 { json!([{ "number": "B1" }]) } else { json!([]) },
                "approval": { "user_code": "21", "secret": "2121" },
            }),
        );
        self.bank.kept += expected - cash;
        self.bank.banked += cash;
        assert_eq!((&made["total"], &made["difference"]), (&json!(cash + papers), &json!(cash - expected)));
        assert_eq!((&made["deposit"]["number"], &made["kept_back"]), (&json!(self.bank.deposits), &json!(self.bank.kept)));
        self.sign_in();
    }

    /// Deposits, what is kept back, what waits and the floats that were left are all that was ever counted and lifted.
    pub fn bank_agrees(&self) {
        let waiting: i64 = self.bank.waiting.iter().map(|(_, cash, _)| cash).sum();
        assert_eq!(self.bank.banked + self.bank.kept + waiting + self.bank.floats, self.bank.counted);
        self.counter.sign_in("20", "2020");
        let asked = json!({ "report": "deposits", "period": "days", "from": "01/11/2026", "to": "01/11/2028" });
        let rows = self.counter.call("report.run", asked)["rows"].as_array().expect("rows").clone();
        let sum = |column: usize| rows.iter().map(|row| row[column].as_i64().expect("pence")).sum::<i64>();
        assert_eq!((sum(5), sum(6)), (self.bank.banked, -self.bank.kept));
        assert_eq!(rows.last().map(|row| row[7].clone()).unwrap_or(Value::from(0)), self.bank.kept);
    }
}
