//! A deposit's papers: the paying-in slip and the list of its cheques, as pages of A4.

use crate::api::banking::DepositView;
use crate::error::TillError;
use crate::phrases::words;
use crate::reports::rendered;
use crate::till::Core;
use chrono::NaiveDateTime;
use counterfoil_documents::document::Align;
use counterfoil_documents::report::{Column, Part, Report, Table};
use counterfoil_domain::council::{Denomination, MoneyForm};
use counterfoil_domain::text::Language;
use counterfoil_domain::{Council, Pence};
use counterfoil_store::TillName;

/// What the papers are made from.
pub(crate) struct Papers<'a> {
    pub core: &'a Core,
    pub council: &'a Council,
    pub language: Language,
    pub till: Option<TillName>,
    pub shown: &'a DepositView,
    pub created: NaiveDateTime,
}

impl Papers<'_> {
    /// The paying-in slip: what the bank counts against.
    pub fn slip(&self) -> Result<Vec<u8>, TillError> {
        let deposit = &self.shown.deposit;
        let mut parts = vec![Part::Pairs(vec![
            (self.say("slip-number"), deposit.slip.clone()),
            (self.say("slip-sessions"), deposit.z_reads.iter().map(|z| format!("Z {z}")).collect::<Vec<_>>().join(", ")),
        ])];
        for (form, heading) in [(MoneyForm::Note, "slip-notes"), (MoneyForm::OtherNote, "slip-other-notes"), (MoneyForm::Coin, "slip-coin")]
        {
            parts.extend(self.cash(form, heading));
        }
        parts.push(Part::Heading(self.say("slip-total")));
        parts.push(Part::Table(self.sums()));
        if let Some(reason) = &deposit.reason {
            let known = self.council.reasons.iter().find(|known| known.code == reason.code);
            let known = known.map_or(reason.code.as_str(), |known| known.text.in_language(self.language));
            let words = [known, &reason.text].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ");
            let (expected, difference) = (deposit.cash_expected.to_string(), self.shown.difference.to_string());
            parts.push(Part::Text(
                self.say_with("slip-differs", &[("expected", &expected), ("difference", &difference), ("reason", &words)]),
            ));
        }
        if !deposit.bags.is_empty() {
            parts.push(Part::Heading(self.say("slip-bags")));
            parts.push(Part::Table(self.bags()));
        }
        parts.push(Part::Lines(["slip-paid-in-by", "slip-checked-by", "slip-bank-stamp"].map(|key| self.say(key)).to_vec()));
        self.render("slip-title", parts)
    }

    /// The list of cheques that goes with it.
    pub fn cheques(&self) -> Result<Vec<u8>, TillError> {
        let deposit = &self.shown.deposit;
        let columns = self.columns(&[
            ("slip-line", true),
            ("report-column-receipt", false),
            ("report-column-sort-code", false),
            ("report-column-account", false),
            ("report-column-cheque", false),
            ("report-column-drawer", false),
            ("report-column-amount", true),
        ]);
        let rows = deposit
            .cheques
            .iter()
            .enumerate()
            .map(|(place, banked)| {
                let cheque = &banked.cheque;
                vec![
                    (place + 1).to_string(),
                    banked.number.clone(),
                    sort_code(&cheque.sort_code),
                    cheque.account.clone(),
                    cheque.number.clone(),
                    cheque.drawer.clone(),
                    banked.amount.to_string(),
                ]
            })
            .collect();
        let mut totals = vec![String::new(); 7];
        totals[1] = self.say("report-total");
        totals[6] = deposit.cheque_total.to_string();
        let parts = vec![Part::Table(Table { columns, rows, totals: Some(totals) })];
        self.render("cheque-list-title", parts)
    }

    fn say(&self, key: &str) -> String {
        words(self.language, key, &[])
    }

    fn say_with(&self, key: &str, args: &[(&str, &str)]) -> String {
        words(self.language, key, args)
    }

    /// Columns by their words and whether they hold figures.
    fn columns(&self, columns: &[(&str, bool)]) -> Vec<Column> {
        let align = |figures| if figures { Align::Right } else { Align::Left };
        columns.iter().map(|(key, figures)| Column { name: self.say(key), align: align(*figures) }).collect()
    }

    /// The denominations of one form that were paid in; nothing where none were.
    fn cash(&self, form: MoneyForm, heading: &str) -> Vec<Part> {
        let kinds: Vec<&Denomination> = self.council.denominations.iter().filter(|kind| kind.form == form).collect();
        let counted = self.shown.deposit.cash.iter().filter_map(|count| {
            let kind = kinds.iter().find(|kind| kind.code == count.denomination)?;
            Some((*kind, count.pieces, Pence(kind.value.0.saturating_mul(count.pieces))))
        });
        let (mut rows, mut sum) = (Vec::new(), Pence::ZERO);
        for (kind, pieces, value) in counted {
            let bags = kind.bag.map(|bag| (value.0 / bag.0.max(1)).to_string()).unwrap_or_default();
            rows.push(vec![kind.label(self.language), pieces.to_string(), bags, value.to_string()]);
            sum = sum.plus(value);
        }
        if rows.is_empty() {
            return Vec::new();
        }
        let columns = self.columns(&[("slip-denomination", false), ("slip-pieces", true), ("slip-full-bags", true), ("slip-value", true)]);
        let totals = Some(vec![self.say("report-total"), String::new(), String::new(), sum.to_string()]);
        vec![Part::Heading(self.say(heading)), Part::Table(Table { columns, rows, totals })]
    }

    fn sums(&self) -> Table {
        let deposit = &self.shown.deposit;
        let row = |key: &str, count: String, amount: Pence| vec![self.say(key), count, amount.to_string()];
        let mut rows = vec![row("slip-cash", String::new(), deposit.cash_total)];
        rows.push(row("slip-cheques", deposit.cheques.len().to_string(), deposit.cheque_total));
        if !deposit.postal_order_total.is_zero() {
            rows.push(row("slip-postal-orders", String::new(), deposit.postal_order_total));
        }
        let columns = self.columns(&[("slip-what", false), ("slip-count", true), ("slip-value", true)]);
        Table { columns, rows, totals: Some(row("slip-paid-in", String::new(), self.shown.total)) }
    }

    fn bags(&self) -> Table {
        let bags = self.shown.deposit.bags.iter();
        Table {
            columns: self.columns(&[("slip-bag", false), ("slip-seal", false), ("slip-value", true)]),
            rows: bags.map(|bag| vec![bag.number.clone(), bag.seal.clone(), bag.amount.to_string()]).collect(),
            totals: None,
        }
    }

    fn render(&self, title: &str, parts: Vec<Part>) -> Result<Vec<u8>, TillError> {
        let (office, till) = self.till.as_ref().map(|name| (name.office_code.clone(), name.till_code.clone())).unwrap_or_default();
        let office = self.council.office(&office).map_or(office, |office| office.name.in_language(self.language).to_owned());
        let day = self.created.format("%d/%m/%Y %H:%M").to_string();
        let (by, approver) = (self.person(&self.shown.made_by), self.person(&self.shown.approved_by));
        let report = Report {
            title: self.say_with(title, &[("number", &self.shown.deposit.number.to_string())]),
            language: self.language,
            lead: vec![
                self.say_with("report-lead", &[("office", &office), ("till", &till), ("days", &day)]),
                self.say_with("slip-people", &[("by", &by), ("approver", &approver)]),
            ],
            parts,
        };
        rendered(self.core, &report, self.created)
    }

    fn person(&self, code: &str) -> String {
        self.council.user(code).map_or_else(|| code.to_owned(), |user| format!("{} ({})", user.name, user.code))
    }
}

/// Six digits as banks write them.
fn sort_code(digits: &str) -> String {
    match (digits.get(0..2), digits.get(2..4), digits.get(4..6)) {
        (Some(a), Some(b), Some(c)) if digits.len() == 6 => format!("{a}-{b}-{c}"),
        _ => digits.to_owned(),
    }
}
