import type { Language } from "../generated/types";

const WELSH = new Map([[0, "zero"], [1, "one"], [2, "two"], [3, "few"], [6, "many"]]);

/**
 * The plural form of a whole number, as CLDR has it. Our own, because the web view of Windows knows no Welsh and would take
 * English forms without a word.
 */
export function pluralForm(language: Language, count: number): string {
  if (language === "cy") return WELSH.get(count) ?? "other";
  return count === 1 ? "one" : "other";
}
