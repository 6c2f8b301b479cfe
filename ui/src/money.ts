import type { Pence } from "./generated/types";

/** Pence as people read them: `£1,204.50`, below zero with a true minus sign. The only place where money becomes text. */
export function money(pence: Pence): string {
  return (pence < 0 ? "−" : "") + "£" + grouped(pence);
}

/** Pence as a cashier would type them into a box: `1204.50`. */
export function typed(pence: Pence): string {
  return (pence < 0 ? "-" : "") + grouped(pence).replaceAll(",", "");
}

/** Notes and coins by their name: `£20`, `50p`. */
export function denomination(pence: Pence): string {
  return pence >= 100 && pence % 100 === 0 ? "£" + String(pence / 100) : String(pence) + "p";
}

// Whole pence are cut apart as text, so that no fraction is ever formed.
function grouped(pence: Pence): string {
  const digits = String(Math.abs(Math.trunc(pence))).padStart(3, "0");
  const pounds = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ",");
  return pounds + "." + digits.slice(-2);
}
