//! Where the series of receipts goes on after a restore: never a number that was given out already.

use crate::error::TillError;
use counterfoil_domain::Council;
use counterfoil_domain::receipt::receipt_number;
use counterfoil_store::TillName;

/// Numbers that are left out when nobody says what the last receipt was: more than a counter takes in a day. Whether the lost till
/// took more than reached its mirror and the ledger, only it knew.
pub(super) const LEFT_OUT: u64 = 1_000;
/// A last receipt further than this from what is known is a slip of the keyboard.
const MOST_UNKNOWN: u64 = 100_000;

/// The series of one till.
pub(super) struct Series<'a> {
    /// The last number that is known to be given out.
    pub known: u64,
    /// The till's name.
    pub name: Option<&'a TillName>,
    /// Its council.
    pub council: Option<&'a Council>,
}

impl Series<'_> {
    /// Up to which number all count as given out: what is known, or the last receipt in somebody's hand, as it stands on the
    /// receipt or only its place in the series; where nobody has said, a day's worth is left out.
    pub fn given_out(&self, last_receipt: Option<&str>) -> Result<u64, TillError> {
        let Some(text) = last_receipt.map(str::trim) else { return Ok(self.known + LEFT_OUT) };
        match self.read(text).filter(|serial| *serial <= self.known + MOST_UNKNOWN) {
            Some(serial) => Ok(serial.max(self.known)),
            None => {
                let known = self.written(self.known);
                Err(TillError::not_done("restore-last-receipt").with("given", text).with("known", known))
            }
        }
    }

    fn read(&self, text: &str) -> Option<u64> {
        let runs = text.split(|c: char| !c.is_ascii_digit());
        let serials = runs.flat_map(|run| (0..run.len()).filter_map(|start| run[start..].parse().ok()));
        let whole = serials.into_iter().find(|serial| self.number(*serial).is_some_and(|number| number.eq_ignore_ascii_case(text)));
        whole.or_else(|| text.parse().ok())
    }

    fn number(&self, serial: u64) -> Option<String> {
        let (name, council) = self.name.zip(self.council)?;
        receipt_number(&council.receipt.number, &name.office_code, &name.till_code, serial).ok()
    }

    /// The number as it stands on a receipt, or its place in the series where no pack says how that is written.
    pub fn written(&self, serial: u64) -> String {
        self.number(serial).unwrap_or_else(|| serial.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given_out(text: Option<&str>) -> Result<u64, String> {
        let files = counterfoil_pack::PackFiles::read_dir(std::path::Path::new("../../assets/packs/barnsley-demo")).unwrap();
        let council = counterfoil_pack::check(&files).unwrap();
        let name = TillName { office_code: "CH".into(), till_code: "07".into() };
        let series = Series { known: 41, name: Some(&name), council: Some(&council) };
        series.given_out(text).map_err(|error| error.code)
    }

    #[test]
    fn the_last_receipt_is_read_as_it_stands_on_paper_or_as_its_place_in_the_series() {
        assert_eq!(given_out(Some(" ch07-0000045 ")), Ok(45));
        assert_eq!(given_out(Some("45")), Ok(45));
    }

    #[test]
    fn a_last_receipt_before_what_is_known_gives_nothing_out_again() {
        assert_eq!(given_out(Some("CH07-0000007")), Ok(41));
    }

    #[test]
    fn without_a_last_receipt_a_day_s_worth_of_numbers_is_left_out() {
        assert_eq!(given_out(None), Ok(41 + LEFT_OUT));
    }

    #[test]
    fn another_till_s_receipt_or_a_slip_of_the_keyboard_is_refused() {
        for text in ["CH08-0000045", "", "yes", "CH07-4500000", "4500000"] {
            assert_eq!(given_out(Some(text)), Err("restore-last-receipt".into()), "{text}");
        }
    }
}
