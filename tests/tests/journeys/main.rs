//! The counter through its real window, by keys alone. Each screen visited is shown to axe, and kept as a picture.

mod accounts;
mod back_office;
mod cards;
mod cash_up;
mod corrections;
mod counter;
mod devices;
mod first_run;
mod keys;
mod languages;
mod ledger;
mod ledger_differs;
mod ledger_steps;
mod ledger_trouble;
mod line_down;
mod looks;
mod paying;
mod people;
mod printing;
mod refusals;
mod scanning;
mod trouble;
mod upkeep;
