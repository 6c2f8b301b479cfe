/** What a key press is called, and which of them a browser would answer by itself. */

type Press = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

/** Such as `F5`, `Ctrl+Shift+L`, `Alt+1`, `Escape`. */
export function chordOf(event: Press): string {
  const letter = /^Key([A-Z])$/.exec(event.code ?? "")?.[1];
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code ?? "")?.[1];
  const modified = event.ctrlKey || event.altKey || event.metaKey;
  const key = (modified && (letter ?? digit)) || (event.key.length === 1 ? event.key.toUpperCase() : event.key);
  const held = [event.ctrlKey || event.metaKey ? "Ctrl" : "", event.altKey ? "Alt" : "", event.shiftKey && (modified || key.length > 1) ? "Shift" : ""];
  return [...held.filter(Boolean), key].join("+");
}

const BROWSER = new Set([
  ..."FGHJKNOPRSTUWD".split("").map((letter) => `Ctrl+${letter}`),
  ...["I", "J", "C", "R", "N", "P", "T", "W", "G", "K", "O"].map((letter) => `Ctrl+Shift+${letter}`),
  ..."+-=0".split("").map((sign) => `Ctrl+${sign}`),
  "Alt+ArrowLeft", "Alt+ArrowRight", "Alt+Home", "BrowserBack", "BrowserForward", "BrowserRefresh", "BrowserSearch", "BrowserHome",
  "Ctrl+F5", "Shift+F5", "Ctrl+F4", "Ctrl+F3", "Shift+F3", "Shift+F7", "Shift+F10", "Ctrl+PageUp", "Ctrl+PageDown", "ContextMenu",
]);

/** Would a web view do something of its own with it? Every plain function key counts. */
export function isBrowsers(chord: string): boolean {
  return BROWSER.has(chord) || /^F([1-9]|1[0-2])$/.test(chord);
}
