//! A card payment through the driver, against the same messages exchanged by a client that only carries bytes over TLS.

use crate::figures::{Timings, row, timed};
use crate::{Bench, Outcome};
use counterfoil_domain::Pence;
use counterfoil_simulators::nexo::carrier::Carrier;
use counterfoil_simulators::nexo::{Setup, SimulatedTerminal};
use counterfoil_terminals::nexo::{NexoTerminal, NexoTimeouts};
use counterfoil_terminals::{CardTerminal, NexoTarget, Outcome as Answer, Payment, PaymentIds, Watch};

const TIMES_THE_CARRIER: f64 = 1.2;

struct Nobody;

impl Watch for Nobody {
    fn shows(&self, _text: &str) {}
}

impl Bench {
    /// Both make a connection for each payment, one after the other, and the terminal does the same work for both.
    pub fn card(&self) -> Outcome {
        let setup = Setup::default();
        let terminal = SimulatedTerminal::start(setup.clone()).map_err(|error| error.to_string())?;
        let authority = self.path("root.pem");
        std::fs::write(&authority, terminal.authority_pem())?;
        let target = NexoTarget {
            host: "127.0.0.1".into(),
            port: terminal.port(),
            poi_id: setup.poi_id.clone(),
            sale_id: "till".into(),
            key_identifier: setup.key_identifier.clone(),
            key_version: setup.key_version,
            authority,
            live: false,
            answer_timeout_ms: 150_000,
        };
        let driver = NexoTerminal::new(&target, &setup.passphrase, NexoTimeouts::of(&target))?;
        let carrier = Carrier::to(&terminal, &setup).map_err(|error| error.to_string())?;
        let (mut ours, mut bare) = (Vec::new(), Vec::new());
        for round in 0..self.sizes.card_payments {
            let ids = PaymentIds { service_id: format!("D{round}"), transaction_id: format!("ours-{round}"), at_ms: 1_780_000_000_000 };
            let payment = Payment { ids, amount: Pence(12_30) };
            let message = carrier.payment("carrier", &format!("C{round}"), 12_30);
            let (took, answer) = timed(|| driver.pay(&payment, &Nobody));
            if !matches!(answer?, Answer::Approved(_)) {
                return Err("a payment wasn't approved".into());
            }
            ours.push(took);
            let (took, answer) = timed(|| carrier.carry(&message));
            if !answer?.starts_with(b"HTTP/1.1 200") {
                return Err("a carried payment wasn't answered".into());
            }
            bare.push(took);
        }
        row("card payment through the driver", Timings::of(ours).median(), Timings::of(bare).median(), TIMES_THE_CARRIER);
        Ok(())
    }
}
