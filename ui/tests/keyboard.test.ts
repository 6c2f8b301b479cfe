import { describe, expect, test } from "vitest";
import { chordOf, isBrowsers } from "../src/keyboard/chords";

describe("chords", () => {
  const press = (key: string, code: string, held: Partial<KeyboardEvent> = {}): string =>
    chordOf({ key, code, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });

  test("are called as they are printed on the keys", () => {
    expect(press("F5", "F5")).toBe("F5");
    expect(press("L", "KeyL", { ctrlKey: true, shiftKey: true })).toBe("Ctrl+Shift+L");
    expect(press("¡", "Digit1", { altKey: true })).toBe("Alt+1");
    expect(press("r", "KeyR")).toBe("R");
  });
  test("a web view's own keys are known", () => {
    for (const chord of ["F1", "F3", "F5", "F7", "F12", "Ctrl+R", "Ctrl+F", "Ctrl+P", "Alt+ArrowLeft", "BrowserBack", "Ctrl++", "Ctrl+-"]) {
      expect(isBrowsers(chord), chord).toBe(true);
    }
    for (const chord of ["A", "Enter", "Tab", "Ctrl+C", "Ctrl+V", "Ctrl+A", "Ctrl+Z"]) expect(isBrowsers(chord), chord).toBe(false);
  });
});
