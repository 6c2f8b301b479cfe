/** The function keys and chords of the window. Screens and dialogs put their keys on a stack; the topmost answers. */
import { onMount } from "svelte";
import { chordOf, isBrowsers } from "./chords";

/** Answers a key; `false` lets it go on to what lies beneath. */
export type Answer = (event: KeyboardEvent) => boolean | void;
export type Layer = { keys: Record<string, Answer>; modal: boolean };

/** Longest time for which keys are held back, in milliseconds. */
const LONGEST_HOLD = 2000;

const layers: Layer[] = [];
let lastKey = Date.now();
let held: string | null = null;
let watcher: Watcher | undefined;
/** Keys that were held back for a moment and are pressed now. */
const replayed = new WeakSet<KeyboardEvent>();

/** Looks at every key first: `down` answers whether it goes on, and `touch` is told of a box that held keys are typed into. */
export interface Watcher {
  down: (event: KeyboardEvent) => boolean;
  touch: (box: Element) => void;
}

export function watchKeys(by: Watcher): void {
  watcher = by;
}

/** Presses a key that was held back. */
export function replay(event: KeyboardEvent): void {
  const { key, code, ctrlKey, altKey, shiftKey, metaKey } = event;
  const again = new KeyboardEvent("keydown", { key, code, ctrlKey, altKey, shiftKey, metaKey, bubbles: true, cancelable: true });
  replayed.add(again);
  (document.activeElement ?? document.body).dispatchEvent(again);
}

/** What was typed while keys are held; none while they aren't. */
export const heldKeys = {
  get text(): string | null {
    return held;
  },
  set text(text: string | null) {
    held = text;
  },
};

/** Milliseconds since a key, a press or a movement was last noticed. */
export function idleFor(): number {
  return Date.now() - lastKey;
}

/** A component's keys, for as long as it is on the screen. A modal layer hides those beneath it, but not the first one. */
export function useKeys(keys: Record<string, Answer>, modal = false): void {
  onMount(() => push({ keys, modal }));
}

export function push(layer: Layer): () => void {
  layers.push(layer);
  return () => {
    const place = layers.indexOf(layer);
    if (place >= 0) layers.splice(place, 1);
  };
}

/** Presses a key for somebody who used the mouse or a finger. */
export function press(chord: string): void {
  answer(chord, new KeyboardEvent("keydown"));
}

export function listen(): void {
  window.addEventListener("keydown", heard, { capture: true });
  for (const kind of ["pointerdown", "wheel"] as const) window.addEventListener(kind, () => (lastKey = Date.now()), { passive: true });
}

/**
 * Holds keys back while the program answers, so that nothing lands in a box that is about to lose the focus. Characters
 * are typed into the box that has the focus afterwards; an Enter is dropped, because it answered something else.
 */
export async function holdKeys<T>(work: Promise<T>): Promise<T> {
  held = "";
  const patience = setTimeout(release, LONGEST_HOLD);
  try {
    return await work;
  } finally {
    clearTimeout(patience);
    release();
  }
}

/** Something is to be typed now, although the work goes on: a second person is asked. */
export function letKeysGo(): void {
  release();
}

function release(): void {
  const text = held ?? "";
  held = null;
  const box = document.activeElement;
  if (text && box instanceof HTMLInputElement && !box.readOnly) {
    watcher?.touch(box);
    box.setRangeText(text, box.selectionStart ?? 0, box.selectionEnd ?? 0, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function heard(event: KeyboardEvent): void {
  lastKey = Date.now();
  if (watcher && !replayed.has(event) && !watcher.down(event)) {
    event.preventDefault();
    event.stopPropagation();
    return;
  }
  const chord = chordOf(event);
  if (held !== null) {
    if (event.key.length === 1 && !event.ctrlKey && !event.altKey && !event.metaKey) held += event.key;
    event.preventDefault();
    event.stopPropagation();
    return;
  }
  // A key held down must not take two payments.
  if (event.repeat && (chord === "Enter" || /^F\d+$/.test(chord))) {
    event.preventDefault();
    event.stopPropagation();
    return;
  }
  if (answer(chord, event)) {
    event.preventDefault();
    event.stopPropagation();
  } else if (isBrowsers(chord)) {
    event.preventDefault();
  }
}

function answer(chord: string, event: KeyboardEvent): boolean {
  for (let place = layers.length - 1; place >= 0; place -= 1) {
    const layer = layers[place];
    if (!layer) continue;
    const found = layer.keys[chord];
    if (found && found(event) !== false) return true;
    if (layer.modal && place > 0) place = 1;
  }
  return false;
}
