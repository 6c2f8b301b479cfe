//! What may be put aside: a parked basket is kept for years like anything else in the journal, so it is looked at first.

use super::{LineDraft, Priced, Problem};
use crate::reference::readable;
use crate::refusal::{Code, Refusal};
use crate::text::squeeze;
use crate::typed::short_text;

/// The longest name of a parked sale, in characters.
pub const MAX_LABEL: usize = 60;

/// The lines of a basket, as typed and without what is around it, if they may be parked. What may be settled while they wait,
/// what is owed and a stop, stands in nobody's way.
///
/// # Errors
/// Every other problem; a basket without lines. Never an empty list.
pub fn parkable(priced: &Priced, lines: &[LineDraft]) -> Result<Vec<LineDraft>, Vec<Problem>> {
    let waits = |problem: &&Problem| !matches!(problem.refusal.code, Code::AccountOnStop | Code::AmountAboveBalance);
    let problems: Vec<Problem> = priced.problems.iter().filter(waits).cloned().collect();
    if lines.is_empty() {
        return Err(vec![Problem::of_basket(Code::BasketEmpty)]);
    }
    if problems.is_empty() { Ok(lines.iter().map(tidy).collect()) } else { Err(problems) }
}

fn tidy(draft: &LineDraft) -> LineDraft {
    LineDraft {
        reference: readable(&draft.reference).unwrap_or_default(),
        amount: draft.amount.trim().to_owned(),
        narrative: squeeze(&draft.narrative),
        payer_name: squeeze(&draft.payer_name),
        payer_address: squeeze(&draft.payer_address),
        ..draft.clone()
    }
}

/// What a parked sale is called: as typed, or else by its first line.
///
/// # Errors
/// [`Code::CardNumberTyped`]; [`Code::NarrativeNotValid`] when it is too long or can't be printed.
pub fn parked_label(typed: &str, lines: &[LineDraft]) -> Result<String, Refusal> {
    let label = short_text(typed, MAX_LABEL)?;
    if label.is_empty() { Ok(lines.first().map(|line| line.reference.clone()).unwrap_or_default()) } else { Ok(label) }
}
