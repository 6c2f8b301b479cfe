/**
 * Takes a scanner's keys out of what is typed, wherever the focus is. In a box they are let through and taken back once they
 * turn out to be a scan, so that nobody who types waits for them; elsewhere, where a single key may press a button, they are
 * held back for the moment that tells a scanner from a hand.
 */
import { heldKeys, replay, watchKeys } from "./keys";
import { END_PAUSE, FASTEST_HAND, SLOWEST_SCANNER, Wedge, type Scan, type WedgeSettings } from "./wedge";

export type { Scan } from "./wedge";

type Box = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
type Before = { value: string; checked: boolean; start: number | null; end: number | null };

/** How many keys the quickest hand presses at once; more wait for the pause that ends a scan. */
const HANDFUL = 4;

let settings: WedgeSettings | null = null;
let wedge: Wedge | null = null;
let hear: (scan: Scan) => void = () => undefined;
let typed: () => void = () => undefined;
let listens: () => boolean = () => false;
let before = new Map<Box, Before>();
let heldBefore: string | null = null;
let waiting: KeyboardEvent[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;

/** Begins to take scans out, whenever `when` says so; `heard` is given each, and `byHand` is told of keys that are no part of one. */
export function takeScans(when: () => boolean, heard: (scan: Scan) => void, byHand: () => void): void {
  listens = when;
  hear = heard;
  typed = byHand;
  watchKeys({ down, touch });
  window.addEventListener("keyup", (event) => wedge?.up(event.code), { capture: true });
  window.addEventListener("blur", () => wedge?.forget());
}

/** How the scanner types; none that types. */
export function setWedge(now: WedgeSettings | null): void {
  if (JSON.stringify(now) === JSON.stringify(settings)) return;
  settings = now;
  wedge = now && new Wedge(now);
}

/** Is this a box that takes a barcode as it is typed, such as a bag's number? */
export function takesBarcodes(element: Element | null): element is HTMLInputElement {
  return element instanceof HTMLInputElement && element.dataset.takesScans !== undefined;
}

/** Is what is typed here left alone? In a box for a PIN nothing is taken out, kept or put back. */
function isLeftAlone(element: Element | null): boolean {
  return takesBarcodes(element) || (element instanceof HTMLInputElement && element.type === "password");
}

/** True when the key goes on to whoever else it is for. */
function down(event: KeyboardEvent): boolean {
  if (!wedge || !listens() || isLeftAlone(document.activeElement) || event.isComposing) {
    wedge?.forget();
    letGo();
    typed();
    return true;
  }
  const verdict = wedge.down({ ...keyOf(event), at: event.timeStamp });
  if (verdict.is === "aside") return true;
  clearTimeout(timer);
  if (verdict.is === "typing" || verdict.is === "begins") {
    letGo();
    typed();
  }
  if (verdict.is === "typing") return true;
  if (verdict.is === "trail") return false;
  if (verdict.is === "scan") {
    taken(verdict.scan);
    return false;
  }
  if (verdict.is === "begins") heldBefore = heldKeys.text;
  timer = later(quiet, settings?.prefix ? SLOWEST_SCANNER : FASTEST_HAND);
  const box = boxOf(document.activeElement);
  if (box) touch(box);
  // A space by itself presses buttons in a way that can't be done again later.
  else if (event.key !== " " || waiting.length) waiting.push(event);
  return !waiting.includes(event);
}

function keyOf({ key, code, repeat, ctrlKey, altKey, metaKey }: KeyboardEvent): Pick<KeyboardEvent, "key" | "code" | "repeat" | "ctrlKey" | "altKey" | "metaKey"> {
  return { key, code, repeat, ctrlKey, altKey, metaKey };
}

/** No key followed as fast as a scanner's: what waits was pressed by hand, unless a pause is what ends a scan. */
function quiet(): void {
  if (!settings?.ends_by_pause || waiting.length <= HANDFUL) pressWaiting();
  if (settings?.ends_by_pause) timer = later(paused, END_PAUSE);
}

/** After a while; keys that have come meanwhile and weren't looked at yet, because the window was busy, are looked at first. */
function later(work: () => void, wait: number): ReturnType<typeof setTimeout> {
  return setTimeout(() => (timer = setTimeout(work)), wait);
}

function paused(): void {
  const scan = wedge?.pause();
  if (scan) taken(scan);
  else letGo();
}

/** Puts everything back as it was before the scanner typed. */
function taken(scan: Scan): void {
  waiting = [];
  if (heldKeys.text !== null) heldKeys.text = heldBefore ?? "";
  for (const [box, was] of before) restore(box, was);
  before = new Map();
  hear(scan);
}

/** It was typed by hand after all. */
function letGo(): void {
  before = new Map();
  pressWaiting();
}

function pressWaiting(): void {
  const keys = waiting;
  waiting = [];
  keys.forEach(replay);
}

/** Remembers a box as it is, before the first key of what may be a scan changes it. */
function touch(element: Element): void {
  const box = boxOf(element);
  if (!box || before.has(box) || !wedge?.gathering) return;
  const text = box instanceof HTMLSelectElement ? null : box;
  before.set(box, { value: box.value, checked: box instanceof HTMLInputElement && box.checked, start: text?.selectionStart ?? null, end: text?.selectionEnd ?? null });
}

function restore(box: Box, was: Before): void {
  if (box.value !== was.value) {
    box.value = was.value;
    box.dispatchEvent(new Event(box instanceof HTMLSelectElement ? "change" : "input", { bubbles: true }));
  }
  if (box instanceof HTMLInputElement && box.checked !== was.checked) box.click();
  if (!(box instanceof HTMLSelectElement) && was.start !== null) box.setSelectionRange(was.start, was.end);
}

function boxOf(element: Element | null): Box | null {
  if (element instanceof HTMLInputElement && ["button", "submit", "reset"].includes(element.type)) return null;
  return element instanceof HTMLInputElement || element instanceof HTMLSelectElement || element instanceof HTMLTextAreaElement ? element : null;
}
