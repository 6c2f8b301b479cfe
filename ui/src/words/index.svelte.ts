/** Words of the window in the language that is chosen, and the plain forms of dates. */
import { FluentBundle, FluentResource } from "@fluent/bundle";
import type { FluentVariable } from "@fluent/bundle";
import type { Language, Refusal, Words } from "../generated/types";
import type { Failure } from "../backend";
import { pluralForm } from "./plural";

// All but the receipt's own words, those of the ledger's web page and those of the Group Policy templates.
const files = {
  "en-GB": import.meta.glob(["@locales/en-GB/*.ftl", "!@locales/en-GB/receipt.ftl", "!@locales/en-GB/ledger.ftl", "!@locales/en-GB/policy.ftl"], { query: "?raw", import: "default", eager: true }),
  cy: import.meta.glob(["@locales/cy/*.ftl", "!@locales/cy/receipt.ftl", "!@locales/cy/ledger.ftl", "!@locales/cy/policy.ftl"], { query: "?raw", import: "default", eager: true }),
} as Record<Language, Record<string, string>>;

const bundles: Record<Language, FluentBundle> = { "en-GB": bundle("en-GB"), cy: bundle("cy") };

function bundle(language: Language): FluentBundle {
  const made = new FluentBundle(language, { useIsolating: false });
  for (const text of Object.values(files[language])) made.addResource(new FluentResource(text));
  return made;
}

class Speech {
  language = $state<Language>("en-GB");

  speak(language: Language): void {
    this.language = language;
    document.documentElement.lang = language;
  }

  other(): Language {
    return this.language === "cy" ? "en-GB" : "cy";
  }
}

export const speech = new Speech();

/** A message in the chosen language, in English where the other lacks it. */
export function t(id: string, args?: Record<string, FluentVariable>): string {
  return known(id, args) ?? id;
}

/** The same for a message that may not be there, such as the words of a code. */
export function known(id: string, args?: Record<string, FluentVariable>): string | undefined {
  return message(speech.language, id, args) ?? message("en-GB", id, args);
}

function message(language: Language, id: string, args?: Record<string, FluentVariable>): string | undefined {
  const found = bundles[language].getMessage(id);
  if (!found?.value) return undefined;
  const counted: Record<string, string> = typeof args?.count === "number" ? { form: pluralForm(language, args.count) } : {};
  return bundles[language].formatPattern(found.value, { ...args, ...counted }, []);
}

/** Words that come from the council's pack. */
export function say(words: Words | null | undefined): string {
  if (!words) return "";
  return (speech.language === "cy" && words.cy) || words["en-GB"];
}

/** A rule's refusal in words. */
export function refused(refusal: Refusal): string {
  return t(`error-${refusal.code}`, (refusal.args ?? {}) as Record<string, string>);
}

/** A moment as the program gives it. */
const MOMENT = /^\d{4}-\d\d-\d\d \d\d:\d\d$/;

/** A failed command in words, with its moments as everywhere else; a code that has none here shows what the program said. */
export function failed(failure: Failure): string {
  const args = Object.entries(failure.args ?? {}).map(([name, value]) => [name, MOMENT.test(value) ? when(value) : value]);
  return known(`error-${failure.code}`, Object.fromEntries(args)) ?? failure.message;
}

/** `2026-11-20` or `2026-11-20 10:42` as `20 Nov 2026`, with the time after it. */
export function when(text: string): string {
  const [date = "", time] = text.split(" ");
  const [year, month, day] = date.split("-").map(Number);
  if (!year || !month || !day) return text;
  return [day, nth("months", month - 1), year, time].filter(Boolean).join(" ");
}

/** The same without what today says anyway: `10:42` for a moment of today, `20 Nov` for a day of this year. */
export function shortly(text: string, today: string): string {
  const [date = "", time] = text.split(" ");
  if (time && date === today) return time;
  const whole = when(text);
  return date.slice(0, 4) === today.slice(0, 4) ? whole.replace(` ${date.slice(0, 4)}`, "") : whole;
}

/** The wall clock as the top bar shows it: `Mon 23 Nov 10:42`. */
export function clock(now: Date): string {
  return [nth("weekdays", now.getDay()), now.getDate(), nth("months", now.getMonth()), clockOf(now)].join(" ");
}

/** A time of day: `10:42`. */
export function clockOf(now: Date): string {
  return [now.getHours(), now.getMinutes()].map((part) => String(part).padStart(2, "0")).join(":");
}

// From our own words: web views differ in whether they know Welsh.
function nth(id: string, place: number): string {
  return t(id).split(" ")[place] ?? "";
}
