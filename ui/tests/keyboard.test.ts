import { describe, expect, test } from "vitest";
import { Burst } from "../src/keyboard/burst";
import { chordOf, isBrowsers } from "../src/keyboard/chords";

function type(text: string, gap: number, burst = new Burst(), from = 1000): boolean {
  let at = from;
  for (const letter of text) burst.key(letter, (at += gap));
  return burst.key("Enter", at + gap);
}

describe("a scanner in a box for money", () => {
  test("a barcode that comes faster than hands is noticed", () => expect(type("501234566", 8)).toBe(true));
  test("the same figures typed by hand are an amount", () => expect(type("501234566", 90)).toBe(false));
  test("an amount with its point is never a scan, however fast", () => expect(type("123456.50", 5)).toBe(false));
  test("a short amount is never a scan", () => expect(type("184.50", 5)).toBe(false));
  test("what was typed by hand before the scan doesn't hide it", () => {
    const burst = new Burst();
    burst.key("1", 0);
    burst.key("8", 200);
    expect(type("501234566", 8, burst)).toBe(true);
  });
  test("after its Enter a scan is over", () => {
    const burst = new Burst();
    type("501234566", 8, burst);
    expect(burst.key("Enter", 1100)).toBe(false);
  });
});

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
