//! Cash between drawer and safe.

use super::{Day, boxes, supervisor};
use serde_json::{Value, json};

impl Day {
    fn movement(&self) -> Value {
        self.counter.call("cash.begin", json!({}))["movement_id"].clone()
    }

    pub fn lifts(&mut self, twenties: i64) {
        let asked =
            |pieces: i64| json!({ "movement_id": self.movement(), "bag": "B1", "counts": boxes("20", pieces), "approval": supervisor() });
        let possible = self.session.drawer() / 2_000;
        if twenties > possible {
            assert_eq!(self.counter.refused("cash.lift", asked(possible + 1)), "above-drawer");
            return;
        }
        self.counter.call("cash.lift", asked(twenties));
        self.session.moved -= twenties * 2_000;
        self.session.lifted += twenties * 2_000;
        self.session.tally("lifts", twenties * 2_000);
    }

    pub fn tops_up(&mut self, fives: i64) {
        let asked = json!({ "movement_id": self.movement(), "counts": boxes("5", fives), "approval": supervisor() });
        self.counter.call("cash.top_up", asked);
        self.session.moved += fives * 500;
        self.session.tally("top-ups", fives * 500);
    }

    pub fn exchanges(&mut self, twenties: i64) {
        if twenties * 2_000 > self.session.drawer() {
            return;
        }
        let asked = json!({ "movement_id": self.movement(), "out": boxes("20", twenties), "in": boxes("1-pound", twenties * 20), "approval": supervisor() });
        self.counter.call("cash.exchange", asked);
    }
}
