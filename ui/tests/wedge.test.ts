import { describe, expect, test } from "vitest";
import { FASTEST_HAND, Wedge, type Scan, type Stroke, type WedgeSettings } from "../src/keyboard/wedge";

const USUAL: WedgeSettings = { prefix: "", suffix: "", ends_by_pause: false, min_length: 8 };

/** A key that goes down at a moment, and up again at another. */
interface Press { key: string; down: number; up: number; repeat?: boolean }

const codeOf = (key: string): string => (/^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : /^\d$/.test(key) ? `Digit${key}` : key);

/** Plays presses in the order of their moments; answers the scans that were seen. */
function play(presses: Press[], settings: Partial<WedgeSettings> = {}): Scan[] {
  const wedge = new Wedge({ ...USUAL, ...settings });
  const scans: Scan[] = [];
  const events = presses.flatMap((press) => [
    { at: press.down, go: (): void => {
      const stroke: Stroke = { key: press.key, code: codeOf(press.key), at: press.down, repeat: press.repeat ?? false };
      const verdict = wedge.down(stroke);
      if (verdict.is === "scan") scans.push(verdict.scan);
    } },
    { at: press.up, go: (): void => wedge.up(codeOf(press.key)) },
  ]);
  events.sort((one, other) => one.at - other.at).forEach(({ go }) => go());
  const last = wedge.pause();
  return last ? [...scans, last] : scans;
}

/** Keys that follow each other after these gaps, each let go after a while. */
function keys(text: string[], gap: (place: number) => number, held: () => number = () => 3): Press[] {
  let at = 1000;
  return text.map((key, place) => {
    at += gap(place);
    return { key, down: at, up: at + held() };
  });
}

const scanner = (text: string, end: string[] = ["Enter"]): Press[] => keys([...text, ...end], () => 6);
const texts = (scans: Scan[]): string[] => scans.map((scan) => scan.text);

/** Numbers that look random and are the same in every run. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

/** A time around a middle, as hands have them: many a little faster, few much slower. */
const around = (roll: () => number, middle: number, spread: number): number => middle * Math.exp(spread * Math.sqrt(-2 * Math.log(1 - roll())) * Math.cos(2 * Math.PI * roll()));

describe("a scanner that types", () => {
  test("is known by how fast it types, and its Enter or Tab belongs to it", () => {
    for (const end of ["Enter", "Tab"]) expect(texts(play(scanner("982650123456600018450", [end])))).toEqual(["982650123456600018450"]);
    expect(play(scanner("501234566"))[0]?.slowest).toBe(6);
  });
  test("capitals, a symbology's sign and the same figure twice are typed like the rest", () => {
    expect(texts(play(scanner("]C0BJ1123344A")))).toEqual(["]C0BJ1123344A"]);
  });
  test("the line feed after its return is no key of anybody's", () => {
    const wedge = new Wedge(USUAL);
    for (const { key, down } of scanner("501234566")) wedge.down({ key, code: "", at: down });
    expect(wedge.down({ key: "j", code: "KeyJ", ctrlKey: true, at: 1000 + 11 * 6 })).toEqual({ is: "trail" });
    expect(wedge.down({ key: "Enter", code: "Enter", at: 3000 })).toEqual({ is: "typing" });
  });

  test("has its Enter only directly after it: once something else was typed, Enter is the hand's", () => {
    const wedge = new Wedge({ prefix: "~", suffix: "#", ends_by_pause: false, min_length: 8 });
    [..."~5012#"].forEach((key, place) => wedge.down({ key, code: "", at: 1000 + place * 6 }));
    expect(wedge.down({ key: "5", code: "Digit5", at: 1050 })).toEqual({ is: "typing" });
    expect(wedge.down({ key: "Enter", code: "Enter", at: 1060 })).toEqual({ is: "typing" });
  });
  test("FNC1 comes as Ctrl and a bracket", () => {
    const wedge = new Wedge(USUAL);
    let at = 0;
    for (const key of "50123") wedge.down({ key, code: "", at: (at += 6) });
    wedge.down({ key: "]", code: "", ctrlKey: true, at: (at += 6) });
    for (const key of "4566") wedge.down({ key, code: "", at: (at += 6) });
    expect(wedge.down({ key: "Enter", code: "Enter", at: at + 6 })).toEqual({ is: "scan", scan: { text: "50123\u001d4566", slowest: 6 } });
  });
  test("what was typed by hand before it is no part of it, and two scans are two", () => {
    const by_hand = keys([..."18"], () => 150);
    const later = (presses: Press[], by: number): Press[] => presses.map((press) => ({ ...press, down: press.down + by, up: press.up + by }));
    expect(texts(play([...by_hand, ...later(scanner("501234566"), 600), ...later(scanner("123456780"), 800)]))).toEqual(["501234566", "123456780"]);
  });
  test("an amount with its point is never one, nor is a short number, however fast", () => {
    expect(play(scanner("123456.50"))).toEqual([]);
    expect(play(scanner("18450"))).toEqual([]);
    expect(texts(play(scanner("501234"), { min_length: 6 }))).toEqual(["501234"]);
  });
  test("without its end it is one only where a pause is set to be its end", () => {
    expect(play(scanner("501234566", []))).toEqual([]);
    expect(texts(play(scanner("501234566", []), { ends_by_pause: true }))).toEqual(["501234566"]);
  });
  test("with a prefix and a suffix what stands between them is the barcode, short or slow", () => {
    const set = { prefix: "~", suffix: "#" };
    expect(texts(play(keys([..."~5012#"], () => 80), set))).toEqual(["5012"]);
    expect(texts(play(keys([..."x~5012#", "Enter"], () => 20), set))).toEqual(["5012"]);
    expect(play(scanner("501234566"), set)).toEqual([]);
    expect(play(scanner("~501234566"), set)).toEqual([]);
    expect(texts(play(scanner("~*12"), { prefix: "~*" }))).toEqual(["12"]);
  });
});

describe("hands", () => {
  const WORDS = "the refund for 12 High Street S70 2TA was agreed by telephone 501234566 reference BJ12345673 184.50 standing order paid ";

  /** Keeps typing what people type, Enter and Tab among it. */
  function typing(roll: () => number, count: number, gap: (place: number) => number, held: () => number): Press[] {
    const from = Math.floor(roll() * WORDS.length);
    const letter = (place: number): string => (roll() < 0.05 ? (roll() < 0.5 ? "Enter" : "Tab") : (WORDS[(from + place) % WORDS.length] ?? " "));
    return keys(Array.from({ length: count }, (_, place) => letter(place)), gap, held);
  }

  test("are never a scanner, from the slowest to the fastest that there are", () => {
    for (let seed = 1; seed <= 400; seed += 1) {
      const roll = dice(seed);
      // 60 ms between keys is 200 words a minute: the fastest typists alive.
      const middle = 60 + 240 * roll();
      const presses = typing(roll, 400, () => Math.max(8, around(roll, middle, 0.35)), () => around(roll, 90, 0.3));
      expect(texts(play(presses)), `seed ${seed}`).toEqual([]);
      expect(texts(play(presses, { ends_by_pause: true })), `seed ${seed}`).toEqual([]);
    }
  });

  test("rolling over up to six keys at once are no scanner", () => {
    for (let seed = 1; seed <= 400; seed += 1) {
      const roll = dice(seed);
      let left = 0;
      const gap = (): number => {
        left = left > 0 ? left - 1 : roll() < 0.3 ? Math.floor(roll() * 6) : 0;
        return left > 0 ? 4 + roll() * 26 : FASTEST_HAND + around(roll, 90, 0.4);
      };
      expect(texts(play(typing(roll, 400, gap, () => around(roll, 110, 0.3)))), `seed ${seed}`).toEqual([]);
    }
  });

  test("that hold a key down are no scanner, whether the system says that it repeats or not", () => {
    for (const told of [true, false]) {
      for (const key of ["5", "0", "a", " "]) {
        for (const every of [16, 25, 30, 33]) {
          const held: Press[] = Array.from({ length: 60 }, (_, place) => ({ key, down: 1000 + (place ? 250 + place * every : 0), up: 60_000, repeat: told && place > 0 }));
          const before = keys([..."184"], () => 20);
          const end = { key: "Enter", down: 1000 + 250 + 60 * every, up: 61_000 };
          expect(play([...before, ...held, end]), `${key} every ${every} ms`).toEqual([]);
          expect(play([...held, end], { ends_by_pause: true }), `${key} every ${every} ms`).toEqual([]);
        }
      }
    }
  });

  test("that lay an arm on the keyboard are no scanner: the keys stay down, and nothing is whole", () => {
    const arm: Press[] = [..."asdfg"].map((key, place) => ({ key, down: 1000 + place * 2, up: 3000 }));
    expect(play([...arm, { key: "Enter", down: 1012, up: 3000 }])).toEqual([]);
  });

  test("that never type the prefix are no scanner at any speed", () => {
    for (let seed = 1; seed <= 50; seed += 1) {
      const roll = dice(seed);
      expect(play(typing(roll, 200, () => 1 + roll() * 40, () => 3), { prefix: "~" })).toEqual([]);
    }
  });
});
