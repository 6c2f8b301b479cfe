/**
 * A scanner that types like a keyboard, told from hands: by the characters that it is set to type around a barcode, or by
 * how fast it types. Only decides; what becomes of the keys is in `scans.ts`.
 */

/** Keys closer together than this, in milliseconds, were not typed by hand. */
export const FASTEST_HAND = 35;
/** The same where a prefix says that it is a scan: a slow line to the scanner may stretch it. */
export const SLOWEST_SCANNER = 100;
/** A scanner that types nothing after a barcode has ended it when no key came for this long, in milliseconds. */
export const END_PAUSE = 250;
/** A return, tab or line feed this soon after a scan, in milliseconds, belongs to it. */
const TRAIL = 100;
/** The longest that a system waits, in milliseconds, before a key that is held comes again. */
const LONGEST_HELD = 1_100;
const LONGEST = 512;
/** What some scanners type for FNC1. */
const FNC1 = "\u001d";

export interface WedgeSettings {
  prefix: string;
  suffix: string;
  ends_by_pause: boolean;
  min_length: number;
}

export interface Stroke {
  key: string;
  code: string;
  /** In milliseconds, on any steady clock. */
  at: number;
  repeat?: boolean;
  ctrlKey?: boolean;
  altKey?: boolean;
  metaKey?: boolean;
}

/** A barcode, and how it was typed: the longest time between two of its keys, in milliseconds. */
export interface Scan {
  text: string;
  slowest: number;
}

/**
 * `typing`: not part of a scan, nor was anything before it. `begins` and `goes-on`: may be part of one. `scan`: this key ended
 * one. `trail`: the end of one that has ended already. `aside`: a key such as Shift that means nothing by itself.
 */
export type Verdict = { is: "typing" | "begins" | "goes-on" | "trail" | "aside" } | { is: "scan"; scan: Scan };

const ASIDE = new Set(["Shift", "Control", "Alt", "AltGraph", "Meta", "CapsLock", "NumLock"]);

export class Wedge {
  #settings: WedgeSettings;
  #text = "";
  #last = Number.NEGATIVE_INFINITY;
  #ended = Number.NEGATIVE_INFINITY;
  #slowest = 0;
  #down = new Set<string>();

  constructor(settings: WedgeSettings) {
    this.#settings = settings;
  }

  /** May what was typed be the beginning of a scan? */
  get gathering(): boolean {
    return this.#text !== "";
  }

  down(stroke: Stroke): Verdict {
    if (ASIDE.has(stroke.key)) return { is: "aside" };
    // Held keys come again and again; after a silence, one that seems to be down was let go unseen.
    if (stroke.at - this.#last > LONGEST_HELD) this.#down.clear();
    // A key that wasn't let go is being held, whatever the system calls it.
    const held = stroke.repeat || (stroke.code !== "" && this.#down.has(stroke.code));
    this.#down.add(stroke.code);
    const gap = stroke.at - this.#last;
    this.#last = stroke.at;
    if (held) return this.#typing();
    if (isEnd(stroke)) return this.#end(stroke.at, gap);
    const letter = letterOf(stroke);
    if (letter === null) return this.#typing();
    const limit = this.#settings.prefix ? SLOWEST_SCANNER : FASTEST_HAND;
    return this.gathering && gap < limit ? this.#add(letter, gap) : this.#begin(letter);
  }

  up(code: string): void {
    this.#down.delete(code);
  }

  /** Nothing was typed for `END_PAUSE`: the scan that has ended so, if there is one. */
  pause(): Scan | null {
    const scan = this.#settings.ends_by_pause && !this.#settings.suffix ? this.#whole("") : null;
    this.#text = "";
    return scan;
  }

  /** Keys may go up unseen while another window has the focus. */
  forget(): void {
    this.#text = "";
    this.#down.clear();
  }

  #typing(): Verdict {
    this.#text = "";
    return { is: "typing" };
  }

  #begin(letter: string): Verdict {
    // Something else was typed since: what ends it is no part of the scan before it.
    this.#ended = Number.NEGATIVE_INFINITY;
    this.#slowest = 0;
    this.#text = letter;
    return this.#fitsPrefix() ? { is: "begins" } : this.#typing();
  }

  #add(letter: string, gap: number): Verdict {
    this.#text += letter;
    this.#slowest = Math.max(this.#slowest, gap);
    if (!this.#fitsPrefix()) return this.#begin(letter);
    if (this.#text.length > LONGEST) return this.#typing();
    const { suffix } = this.#settings;
    if (!suffix || !this.#text.endsWith(suffix)) return { is: "goes-on" };
    const scan = this.#whole(suffix);
    return scan ? this.#ends(scan) : { is: "goes-on" };
  }

  #fitsPrefix(): boolean {
    const { prefix } = this.#settings;
    return prefix.startsWith(this.#text.slice(0, prefix.length));
  }

  #end(at: number, gap: number): Verdict {
    if (!this.gathering && at - this.#ended < TRAIL) {
      this.#ended = at;
      return { is: "trail" };
    }
    const limit = this.#settings.prefix ? SLOWEST_SCANNER : FASTEST_HAND;
    const scan = gap < limit && !this.#settings.suffix ? this.#whole("") : null;
    return scan ? this.#ends(scan) : this.#typing();
  }

  #ends(scan: Scan): Verdict {
    this.#text = "";
    this.#ended = this.#last;
    return { is: "scan", scan };
  }

  /** What was gathered, if it is a whole barcode. */
  #whole(suffix: string): Scan | null {
    const { prefix, min_length } = this.#settings;
    const text = this.#text.slice(prefix.length, this.#text.length - suffix.length);
    const known = prefix !== "" && this.#text.startsWith(prefix);
    if (text === "" || (!known && (text.length < min_length || isNoBarcode(text)))) return null;
    return { text, slowest: this.#slowest };
  }
}

/** An amount with its point is money however fast it came, and one key over and over is a key that is held or a sleeve. */
function isNoBarcode(text: string): boolean {
  return /^\d+\.\d{1,2}$/.test(text) || [...text].every((letter) => letter === text[0]);
}

function isEnd({ key, code, ctrlKey }: Stroke): boolean {
  return key === "Enter" || key === "Tab" || (ctrlKey === true && (code === "KeyJ" || code === "KeyM"));
}

function letterOf({ key, ctrlKey, altKey, metaKey }: Stroke): string | null {
  if (ctrlKey && key === "]") return FNC1;
  return key.length === 1 && !metaKey && (ctrlKey ?? false) === (altKey ?? false) ? key : null;
}
